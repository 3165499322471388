#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each shipped rule against real programs: what must make it fire, and what
# must not. Runs as root in a VM, for it spoils /etc.
# usage: run.sh FOLDER-OF-THIS-FILE RULES
#
# A case file has a line for each thing to know:
#   rule NAME        what the lines below are about
#   setup COMMAND    must succeed
#   fires COMMAND    makes the rule fire at least once
#   silent COMMAND   does not
# Commands are given to sh -c; their own exit status does not matter.
set -u
here=$1
rules=$2
work=$(mktemp -d /run/eyas-rules.XXXXXX)
alerts=$work/alerts
passed=0
failed=0
markers=0

fail() {
	failed=$((failed + 1))
	printf 'FAIL %s: %s: %s\n' "$rule" "$1" "$2"
}

count() { grep -cF "\"rule\":\"$1\"" "$alerts"; }

# Wait until all events up to now have been judged.
settle() {
	markers=$((markers + 1))
	"$work/eyas-marker" $markers
	tries=0
	while ! grep -q "\"proc.cmdline\":\"eyas-marker [^ \"]* $markers\"" "$alerts"; do
		tries=$((tries + 1))
		if [ $tries -gt 200 ]; then
			fail marker "number $markers did not arrive"
			return 1
		fi
		sleep 0.05
	done
}

# try fires|silent COMMAND
try() {
	before=$(count "$rule")
	sh -c "$2" </dev/null >"$work/out" 2>&1
	settle || return
	after=$(count "$rule")
	got=silent
	[ "$after" -eq "$before" ] || got=fires
	if [ "$got" = "$1" ]; then
		passed=$((passed + 1))
		return
	fi
	fail "$1" "$2"
	sed 's/^/    output: /' "$work/out"
	tail -n 3 "$alerts" | sed 's/^/    alert: /'
}

line() {
	case $1 in
	rule) rule=$2 ;;
	setup) sh -c "$2" </dev/null >"$work/out" 2>&1 || fail setup "$2" ;;
	fires | silent) try "$1" "$2" ;;
	'#' | '') ;;
	*) fail 'not a case' "$1 $2" ;;
	esac
}

printf '#!/bin/sh\n' >"$work/eyas-marker"
chmod +x "$work/eyas-marker"
: >"$alerts"
eyas watch -r "$rules" -r "${here%/falco}/marker.yaml" -j -o "$alerts" >"$work/counts" 2>"$work/log" &
watch=$!
tries=0
until grep -q "eyas: watching" "$work/log" 2>/dev/null; do
	tries=$((tries + 1))
	if [ $tries -gt 100 ] || ! kill -0 $watch; then
		echo 'eyas does not watch:'
		cat "$work/log"
		exit 1
	fi
	sleep 0.1
done

for file in "$here"/*.test; do
	rule=$file
	while read -r key rest; do
		line "$key" "$rest"
	done <"$file"
done

# Every rule that there is has a case that fires.
cat "$rules"/*.yaml | sed -n 's/^- rule: //p' >"$work/names"
while read -r rule; do
	grep -qxF "rule $rule" "$here"/*.test || fail coverage 'no case'
done <"$work/names"

kill -INT $watch
wait $watch || fail 'eyas watch' "exit status $?"
grep -q '^eyas: events [0-9]*, lost 0$' "$work/log" || fail 'eyas watch' "$(tail -n 1 "$work/log")"
rm -rf "$work"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
