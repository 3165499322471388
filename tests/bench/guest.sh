#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM: costs of the operations, bare and in each state of the module.
# Prints one line for each operation; budgets are those of docs/DESIGN.md.
set -eu
dir=$(dirname "$0")

held() {
	mkfifo /tmp/hold.in
	"$dir/hold" "$1" < /tmp/hold.in > /tmp/hold.out &
	pid=$!
	exec 9> /tmp/hold.in
	until grep -q ready /tmp/hold.out; do sleep 0.1; done
	"$dir/ops" > "/tmp/ops.$1"
	exec 9>&-
	wait "$pid" || echo "bench: $1: records were lost, its figures are too low" >&2
	rm /tmp/hold.in
}

rmmod eyas 2> /dev/null || true
"$dir/ops" > /tmp/ops.warm
"$dir/ops" > /tmp/ops.off
insmod /run-vm/eyas.ko
"$dir/ops" > /tmp/ops.loaded
for mode in none bare two count data all; do held "$mode"; done

awk '
BEGIN {
	budget["getppid", "none"] = 100;	budget["getppid", "bare"] = 220
	budget["getppid", "two"] = 240;		budget["read64", "two"] = 240
	budget["read64", "none"] = 100;		budget["read64", "data"] = 440
	budget["open+close", "all"] = 1400
	budget["vfork+exec+wait", "all"] = 40000
	split("off loaded none bare two count data all", modes)
}
{ n = split(FILENAME, f, "."); cost[$1, f[n]] = $2; if (f[n] == "off") order[++ops] = $1 }
END {
	printf "%-22s %9s %9s %9s %9s %9s %9s %9s %9s   %s\n", "instructions per op", \
		"bare", "loaded", "not sel.", "records", "two", "count", "data", "all", "budget"
	for (i = 1; i <= ops; i++) {
		o = order[i]; text = ""
		printf "%-22s %9d", o, cost[o, "off"]
		for (m = 2; m <= 8; m++) {
			d = cost[o, modes[m]] - cost[o, "off"]
			printf " %+9d", d
			if ((o, modes[m]) in budget)
				text = text sprintf(" %s<=%d %s", modes[m], budget[o, modes[m]], \
					d <= budget[o, modes[m]] ? "ok" : "OVER")
		}
		print "  " text
	}
}' /tmp/ops.off /tmp/ops.loaded /tmp/ops.none /tmp/ops.bare /tmp/ops.two \
	/tmp/ops.count /tmp/ops.data /tmp/ops.all
