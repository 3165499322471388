#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM: what watching costs in all, the program that is watched and the
# one that watches together, by each of the files of rules in /copy/bench/rules;
# and what it costs while nothing happens.
set -eu
dir=$(dirname "$0")
ops='getppid open+close open-missing socket+connect+close vfork+exec+wait'
idle=60

# Nanoseconds, which are instructions here, that a process ran.
ran() { cut -d' ' -f1 "/proc/$1/schedstat"; }

# "NAME APPLICATION WATCHER" lines of what each operation costs: measure [PID]
measure() {
	for op in $ops; do
		before=$([ $# -eq 0 ] || ran "$1")
		"$dir/ops" only "$op" >/tmp/op
		# What waits in the rings is its work, too.
		sleep 3
		after=$([ $# -eq 0 ] || ran "$1")
		awk -v watcher="$((${after:-0} - ${before:-0}))" '{ print $1, $2, watcher / $3 }' /tmp/op
	done
}

"$dir/ops" only open+close >/dev/null
measure >/tmp/watch.bare
for rules in "$dir"/rules/*; do
	name=${rules##*/}
	: >/tmp/err
	eyas watch -r "$rules" -o /tmp/alerts >/dev/null 2>/tmp/err &
	pid=$!
	until grep -q 'watching' /tmp/err; do
		kill -0 $pid || { cat /tmp/err && exit 1; }
		sleep 0.1
	done
	sleep 3
	measure $pid >"/tmp/watch.$name"
	before=$(ran $pid)
	sleep $idle
	echo "idle 0 $((($(ran $pid) - before) / idle))" >>"/tmp/watch.$name"
	kill -INT $pid
	wait $pid || cat /tmp/err
	grep -q 'lost 0' /tmp/err || echo "bench: records were lost, figures of $name are too low" >&2
done

set --
for rules in "$dir"/rules/*; do set -- "$@" "/tmp/watch.${rules##*/}"; done
awk '
BEGIN { budget["open+close"] = 4500; budget["vfork+exec+wait"] = 40000; budget["idle"] = 200000 }
{ sub(/.*watch\./, "", FILENAME) }
FILENAME == "bare" { bare[$1] = $2; next }
FNR == 1 {
	printf "%-24s %9s %12s %9s %9s\n", "watched by " FILENAME, "bare", "application", "watcher", "both"
}
{
	both = $2 - bare[$1] + $3
	printf "%-24s %9d %+12d %+9d %+9d%s\n", $1 == "idle" ? "idle, a second" : $1, bare[$1], \
		$2 - bare[$1], $3, both, !($1 in budget) ? "" : \
		sprintf("   <=%d %s", budget[$1], both <= budget[$1] ? "ok" : "OVER")
}' /tmp/watch.bare "$@"
