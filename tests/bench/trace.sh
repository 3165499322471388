#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM: the same operations under strace and under eyas trace, all
# calls printed to a file, or one that is never made: what the program pays. Then
# whole runs, to the last line printed: what everybody pays together. On one CPU
# another program that runs now and then makes what allocates dearer, or cheaper, by
# some hundred instructions; so eyas trace, which need not run meanwhile, sleeps
# until the program has ended.
set -eu
dir=$(dirname "$0")
modes='off strace seccomp trace nothing count'

traced() {
	case $1 in
	off) "$dir/ops" "$2" ;;
	strace) strace -f -o /tmp/log "$dir/ops" "$2" ;;
	seccomp) strace -f --seccomp-bpf -e trace=reboot -o /tmp/log "$dir/ops" "$2" ;;
	trace) asleep "$2" -e all ;;
	nothing) asleep "$2" -e reboot ;;
	count) asleep "$2" -c ;;
	esac
}

# Under eyas trace, which sleeps until it is done: asleep WHAT OPTION...
asleep() {
	what=$1
	shift
	# shellcheck disable=SC2016 # of the other shell
	eyas trace -f --buffer 64 -o /tmp/log "$@" bash -c \
		'kill -STOP $PPID; "$0" "$1"; kill -CONT $PPID' "$dir/ops" "$what"
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

# Microseconds until everything is done, of dd with so many blocks: run MODE COUNT
run() {
	set -- "$1" dd if=/dev/zero of=/dev/null bs=64 "count=$2"
	case $1 in
	off) shift ;;
	strace) shift && set -- strace -f -o /tmp/log "$@" ;;
	trace) shift && set -- eyas trace -f --buffer 64 -o /tmp/log "$@" ;;
	esac
	# shellcheck disable=SC2016 # of the other shell
	bash -c 'a=$EPOCHREALTIME; "$@" 2>/tmp/err; b=$EPOCHREALTIME; echo $((${b/./} - ${a/./}))' \
		run "$@"
}

"$dir/ops" >/dev/null
for mode in $modes; do
	traced "$mode" own >"/tmp/own.$mode" 2>/tmp/err || { cat /tmp/err && exit 1; }
	if grep -qs ' lost' /tmp/err; then
		echo "bench: $mode: $(cat /tmp/err)" >&2
	fi
done
table 'instructions, the program' own 5
echo
for mode in off strace trace; do
	few=$(run $mode 1000)
	many=$(run $mode 11000)
	echo "$mode $(((many - few) / 10))"
	if grep ' lost' /tmp/err >&2; then exit 1; fi
done | awk '
{ cost[$1] = $2 }
END {
	share = 100 * (cost["trace"] - cost["off"]) / (cost["strace"] - cost["off"])
	printf "a read and a write, all together: bare %d, strace %+d, trace %+d; trace/strace " \
		"%.1f %% <=25 %s\n", cost["off"], cost["strace"] - cost["off"], \
		cost["trace"] - cost["off"], share, share <= 25 ? "ok" : "OVER"
}'
