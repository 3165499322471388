# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Call by call: programs that know what has to be shown of them, calls/*.c, under
# eyas trace and, because knowing can be wrong, under strace.
# calls.sh [NAME...]: only these.
set -eu
vm=$(cd "$(dirname "$0")/.." && pwd)
PATH=$vm/tools:$PATH
dir=${CALLS_DIR:-/tmp/calls-case}
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir"
failed=0 lines=0

# check TRACER NAME: what it shows between the marks, against what was to be shown.
check() {
	awk '/^close\(-424242\)/ { on = !on; next } on' "$2.$1" >"$2.$1.shown"
	if cmp -s "$2.want" "$2.$1.shown" && [ -s "$2.want" ]; then
		return
	fi
	echo "$2 under $1: -wanted +shown"
	diff "$2.want" "$2.$1.shown" | grep "^[-+<>]" | cut -c1-300 | head -n 40 || true
	failed=$((failed + 1))
}

if [ "$(uname -m)" != x86_64 ]; then
	echo 'SKIP: only for x86_64'
	exit 0
fi
command -v strace >/dev/null || echo 'SKIP: strace is not here to be compared with'
for program in "$vm"/progs/calls64_* "$vm"/progs/calls32_*; do
	name=${program##*/calls}
	case " $* " in
	'  ' | *" ${name#*_} "*) ;;
	*) continue ;;
	esac
	rm -rf /tmp/calls
	eyas trace -qq -o "$name.eyas" "$program" >"$name.want"
	check eyas "$name"
	lines=$((lines + $(grep -c . "$name.want")))
	if command -v strace >/dev/null; then
		rm -rf /tmp/calls
		strace -q -o "$name.strace" "$program" >"$name.want" 2>/dev/null
		check strace "$name"
	fi
done
echo "$lines lines, of $(sed 's/(.*//' ./*.want | sort -u | grep -c .) calls"
[ "$lines" -gt 0 ] && [ "$failed" -eq 0 ]
