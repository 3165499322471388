#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM: the same operations under strace and under eyas trace, all
# calls printed to a file, or one that is never made. What the program pays,
# what everybody pays together, and eyas as a part of strace.
set -eu
dir=$(dirname "$0")
modes='off strace seccomp trace nothing count'

traced() {
	case $1 in
	off) "$dir/ops" "$2" ;;
	strace) strace -f -o /tmp/log "$dir/ops" "$2" ;;
	seccomp) strace -f --seccomp-bpf -e trace=reboot -o /tmp/log "$dir/ops" "$2" ;;
	trace) eyas trace -f -o /tmp/log "$dir/ops" "$2" ;;
	nothing) eyas trace -f -e reboot -o /tmp/log "$dir/ops" "$2" ;;
	count) eyas trace -f -c -o /tmp/log "$dir/ops" "$2" ;;
	esac
}

table() {
	files=
	for mode in $modes; do files="$files /tmp/$2.$mode"; done
	# shellcheck disable=SC2086 # a list
	awk -v title="$1" -v order="$modes" -v budget="$3" '
	{ n = split(FILENAME, f, "."); cost[$1, f[n]] = $2; if (f[n] == "off") ops[++count] = $1 }
	END {
		n = split(order, mode)
		printf "%-26s", title
		for (m = 1; m <= n; m++)
			printf " %9s", mode[m] == "off" ? "bare" : mode[m]
		print "   trace/strace, budget"
		for (i = 1; i <= count; i++) {
			bare = cost[ops[i], "off"]
			printf "%-26s %9d", ops[i], bare
			for (m = 2; m <= n; m++)
				printf " %+9d", cost[ops[i], mode[m]] - bare
			share = 100 * (cost[ops[i], "trace"] - bare) / (cost[ops[i], "strace"] - bare)
			times = cost[ops[i], "nothing"] / bare
			printf "   %5.1f %% <=%d %s, nothing %.2fx <=1.3 %s\n", share, budget, \
				share <= budget ? "ok" : "OVER", times, times <= 1.3 ? "ok" : "OVER"
		}
	}' $files
}

"$dir/ops" >/dev/null
for mode in $modes; do
	traced "$mode" own >"/tmp/own.$mode" 2>/tmp/err || { cat /tmp/err && exit 1; }
	traced "$mode" total >"/tmp/all.$mode" 2>/tmp/err || { cat /tmp/err && exit 1; }
	if grep -qs ' lost' /tmp/err; then
		echo "bench: $mode: $(cat /tmp/err)" >&2
	fi
done
table 'instructions, the program' own 5
echo
table 'instructions, all together' all 25
