#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM: one CPU makes calls, the other one reads their records, with
# rings of default size. If not all arrive at full speed, from which rate on they do not.
# usage: flood.sh [COUNT]
set -eu
dir=$(dirname "$0")
count=${1:-10000000}
cat >/tmp/flood.yaml <<'END'
- rule: Nothing
  desc: Is looked at for each call and never true.
  condition: evt.type = getppid and proc.name = nobody
  output: "%proc.name"
  priority: DEBUG
END

reader() {
	case $1 in
	record) exec taskset 2 eyas record -e trace=getppid -o /tmp/flood.eyas ;;
	watch) exec taskset 2 eyas watch -r /tmp/flood.yaml -o /tmp/flood.alerts >/dev/null ;;
	esac
}

# One run: MODE COUNT RATE. Sets $rate, $seen and $lost.
run() {
	reader "$1" 2>/tmp/flood.err &
	pid=$!
	until eyas status 2>/dev/null | grep -q "\b$pid\b"; do sleep 0.2; done
	rate=$("$dir/flood" "$2" "$3")
	sleep 1
	kill -INT $pid
	wait $pid || true
	seen='' lost=''
	eval "$(sed -n 's/^eyas: events \([0-9]*\), lost \([0-9]*\).*/seen=\1 lost=\2/p' /tmp/flood.err)"
	[ -n "$seen" ] || { cat /tmp/flood.err >&2 && exit 1; }
	printf '%-8s %12s %12s %12s %12s\n' "$1" "$2" "$seen" "$lost" "$rate"
}

# Between what loses and what does not, by halves.
search() {
	low=0 high=$rate
	for _ in 1 2 3 4 5; do
		run "$1" $((count / 5)) $(((low + high) / 2))
		if [ "$lost" -gt 0 ]; then high=$rate; else low=$rate; fi
	done
	echo "$1: loses from about $high records a second on; nothing at $low"
}

# Calls are getppid; what is seen has some records of processes, too.
printf '%-8s %12s %12s %12s %12s\n' reader calls seen lost 'calls/s'
for mode in record watch; do
	run $mode "$count" 0
	if [ "$lost" -gt 0 ]; then
		search $mode
	else
		echo "$mode: nothing lost at full speed, $rate records a second"
	fi
done
