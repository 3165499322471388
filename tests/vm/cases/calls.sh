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
failed=0 lines=0 wanted=$*

# run NAME OPTION...: the program under eyas trace, and in the same run under strace, if
# it is here. Two processes that take turns cut each other's lines: with -ff they do not.
run() {
	program=$vm/progs/calls$1
	name=$1
	shift
	rm -rf /tmp/calls "$name".*
	if [ "$strace" ]; then
		eyas trace -ff -qq "$@" -o "$name.of" -- strace -q "$@" -o "$name.strace" "$program" \
			>"$name.want" 2>/dev/null
	else
		eyas trace -ff -qq "$@" -o "$name.of" -- "$program" >"$name.want"
	fi
	mv "$(grep -l '^close(-424242' "$name.of".*)" "$name.eyas"
}

# shown TRACER NAME: what it shows between the marks.
shown() {
	awk '/^close\(-424242\)/ { on = !on; next } on' "$2.$1"
}

# check WHAT WANTED SHOWN
check() {
	if cmp -s "$2" "$3" && [ -s "$2" ]; then
		return
	fi
	echo "$1: -wanted +shown"
	diff "$2" "$3" | grep '^[-+<>]' | cut -c1-300 | head -n 40 || true
	failed=$((failed + 1))
}

if [ "$(uname -m)" != x86_64 ]; then
	echo 'SKIP: only for x86_64'
	exit 0
fi
strace=$(command -v strace || true)
[ "$strace" ] || echo 'SKIP: strace is not here to be compared with'
for program in "$vm"/progs/calls64_* "$vm"/progs/calls32_*; do
	name=${program##*/calls}
	case " $wanted " in
	'  ' | *" ${name#*_} "*) ;;
	*) continue ;;
	esac
	run "$name"
	shown eyas "$name" >e
	check "$name under eyas" "$name.want" e
	lines=$((lines + $(grep -c . "$name.want")))
	if [ "$strace" ]; then
		shown strace "$name" >s
		check "$name under strace" "$name.want" s
	fi
done

# Names of descriptors, -y and -yy. What differs: the kernel does not tell what a pair
# is made of, and this VM's does not tell strace of the ends of sockets.
comparable() {
	sed -E -e '/^(pipe2?|socketpair)\(/d' -e '/cmsg_data/d' -e '/events=/s/<pipe:[^>]*>//g' \
		-e 's/<(TCP|UNIX)(:|-STREAM:)\[[^]]*\]>/<\1>/g' -e 's/ +=/ =/'
}
for name in 64_fds 64_sockets 64_files; do
	if [ -z "$strace" ] || [ "$wanted" ]; then
		break
	fi
	for y in -y -yy; do
		run "$name" "$y"
		shown strace "$name" | comparable >s
		shown eyas "$name" | comparable >e
		check "$name with $y" s e
	done
done
echo "$lines lines, of $(sed 's/(.*//' ./*.want | sort -u | grep -c .) calls"
[ "$lines" -gt 0 ] && [ "$failed" -eq 0 ]
