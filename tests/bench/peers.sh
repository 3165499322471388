#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2086,SC2046 # words that may be nothing, or several
# Runs in the VM: the same operations watched by others, and by us. Two tables:
# what the watched program pays, and what everybody pays together.
set -eu
dir=$(dirname "$0")
tracing=/sys/kernel/tracing
modes='off eyas strace seccomp ftrace'

watched() {
	case $1 in
	off) "$dir/ops" $2 ;;
	# everything recorded with data and objects, and a reader that drops it
	eyas)
		mkfifo /tmp/hold.in
		"$dir/hold" all </tmp/hold.in >/tmp/hold.out 2>/dev/null &
		holder=$!
		exec 9>/tmp/hold.in
		until grep -q ready /tmp/hold.out; do sleep 0.1; done
		"$dir/ops" $2
		exec 9>&-
		wait $holder || :
		rm /tmp/hold.in
		;;
	strace) strace -f -o /dev/null "$dir/ops" $2 ;;
	seccomp) strace -f --seccomp-bpf -e trace=openat -o /dev/null "$dir/ops" $2 ;;
	ftrace)
		echo 1 >$tracing/events/raw_syscalls/enable
		cat $tracing/trace_pipe >/dev/null &
		reader=$!
		"$dir/ops" $2
		echo 0 >$tracing/events/raw_syscalls/enable
		kill $reader
		;;
	sysdig)
		sysdig -w /dev/null >/dev/null 2>&1 &
		reader=$!
		sleep 3
		"$dir/ops" $2
		kill $reader
		wait $reader || :
		;;
	# all calls, entry and exit, into files in memory
	lttng)
		lttng create bench --output=/tmp/lttng >/dev/null
		lttng enable-event --kernel --syscall --all >/dev/null
		lttng start >/dev/null
		"$dir/ops" $2
		lttng destroy bench >/dev/null
		rm -rf /tmp/lttng
		;;
	esac
}

# Its daemon finds modules and the other programs itself.
lttng_start() {
	[ -x /usr/bin/lttng-sessiond ] || return 1
	[ -e /var/run ] || ln -s /run /var/run
	"$dir/depmod" -a && lttng-sessiond --daemonize >/tmp/lttng.log 2>&1 &&
		lttng list --kernel >/dev/null 2>&1 && return
	echo 'without lttng: its daemon does not start' >&2
	tail -n 5 /tmp/lttng.log >&2
	return 1
}

table() {
	awk -v title="$1" -v order="$modes" '
	{ n = split(FILENAME, f, "."); cost[$1, f[n]] = $2; if (f[n] == "off") ops[++count] = $1 }
	END {
		n = split(order, mode)
		printf "%-34s", title
		for (m = 1; m <= n; m++)
			printf " %10s", mode[m] == "off" ? "bare" : mode[m]
		print ""
		for (i = 1; i <= count; i++) {
			printf "%-34s %10d", ops[i], cost[ops[i], "off"]
			for (m = 2; m <= n; m++)
				printf " %+10d", cost[ops[i], mode[m]] - cost[ops[i], "off"]
			print ""
		}
	}' $(for mode in $modes; do echo "/tmp/$2.$mode"; done)
}

if [ -f "$dir/scap.ko" ] && insmod "$dir/scap.ko" 2>/dev/null; then
	modes="$modes sysdig"
fi
if lttng_start; then
	modes="$modes lttng"
fi
"$dir/ops" >/dev/null
for mode in $modes; do
	watched "$mode" '' >"/tmp/own.$mode"
	watched "$mode" total >"/tmp/all.$mode"
done
table 'instructions, the program alone' own
echo
table 'instructions, all together' all
