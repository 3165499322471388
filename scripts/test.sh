#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All tests, on a bare machine too; closes with "N passed, N failed".
# usage: test.sh [unit|install|vm [CASE...]|dual [CASE...]]
#	dual: only what takes long, strace and eyas trace with many programs
set -eu
. "$(dirname "$0")/lib.sh"

what=${1:-all}
[ $# -eq 0 ] || shift
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# part NAME COMMAND...: counts what it prints of tests; a part that prints no
# count is one test.
part() {
	name=$1
	shift
	echo "==== $name"
	if { "$@" 2>&1 && echo "test.sh: fine"; } | tee "$log" | grep --line-buffered -v '^test.sh: fine$'; then :; fi
	counts=$(sed -n -e 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' -e \
		's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\)$/\1 \2 \3/p' "$log" |
		awk '{ if (NF == 3) { f += $2 + $3; p += $1 - $2 - $3 } else { p += $1; f += $2 } } END { print p + 0, f + 0 }')
	p=${counts% *} f=${counts#* }
	if ! grep -q '^test.sh: fine$' "$log" && [ "$f" -eq 0 ]; then
		echo "FAIL $name"
		f=1
	elif [ "$((p + f))" -eq 0 ]; then
		p=1
	fi
	skipped=$((skipped + $(grep -c '^SKIP' "$log" || true)))
	passed=$((passed + p)) failed=$((failed + f))
}

units() {
	"$top/scripts/setup.sh" build test
	part 'unit tests' make -s -C "$top/userspace" check
	part 'commands' "$top/tests/commands.sh"
	[ ! -d "$top/tests/fuzz/corpus" ] ||
		part 'fuzz corpora' make -s -C "$top/userspace" fuzz-replay
}

if [ "$what" = all ] || [ "$what" = unit ]; then
	units
fi
if [ "$what" = all ] || [ "$what" = install ]; then
	"$top/scripts/setup.sh" build vm test
	part 'install' "$top/tests/install.sh"
fi
if [ "$what" = all ] || [ "$what" = vm ]; then
	part 'VM tests' "$top/tests/vm/run.sh" "$@"
fi
if [ "$what" = dual ]; then
	[ $# -gt 0 ] || set -- dual options trace_life web
	part 'dual trace' "$top/tests/vm/run.sh" --kernel 6.1 --many "$@"
fi
[ "$skipped" -eq 0 ] || echo "$skipped skipped, see SKIP above"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
