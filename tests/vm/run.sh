#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests that need a kernel, on one or more stock kernels: each case is a
# script in cases/ or a program in progs/, run in one VM.
# usage: run.sh [--kernel SERIES]... [CASE...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

kernels=''
while [ "${1:-}" = --kernel ]; do
	kernels="$kernels $2"
	shift 2
done
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-vmtests.XXXXXX")
trap 'rm -rf "$stage"' EXIT
"$top/scripts/setup.sh" build vm test
make -s -C "$here" O="$top/build/vm-progs"
"$top/scripts/stage.sh" "$stage/root" "$top"/build/vm-progs/* perl useradd passwd chage bash truncate shred script \
	dpkg
mkdir -p "$stage/vm"
cp -r "$here/cases" "$here/guest.sh" "$top/tests/rules" "$stage/vm/"
# A rules file from outside, where there is one; the case says if there is none.
falco=${EYAS_FALCO_RULES:-$top/../shared/data/falco_rules.yaml}
[ ! -f "$falco" ] || cp "$falco" "$stage/vm/falco_rules.yaml"
mv "$stage/root$top/build/vm-progs" "$stage/vm/progs"
# Programs to be traced, beside those that the VM has: what is not here is skipped there.
for name in strace awk cat chmod cp date dd df diff du env find git grep gzip head id ln ls \
	make mkdir mv od openssl perl ps python3 readlink rm rmdir sed seq sha256sum sleep sort \
	sqlite3 ss ssh-keygen stat tail tar tee timeout touch tr true truncate uname uniq wc xargs xz; do
	[ ! -x "/usr/bin/$name" ] || "$top/scripts/stage.sh" "$stage/tools" "/usr/bin/$name"
done
mv "$stage/tools/usr/bin" "$stage/vm/tools"
cp -r "$stage/tools/." "$stage/root/"
for file in /usr/lib/python3.*/*.py /usr/lib/python3.*/encodings /usr/lib/python3.*/collections; do
	[ ! -e "$file" ] || { mkdir -p "$stage/root${file%/*}" && cp -r "$file" "$stage/root$file"; }
done

passed=0 failed=0
for kernel in ${kernels:-6.1 6.12}; do
	echo "== $kernel"
	log=$stage/log
	EYAS_DEBUG=y "$top/scripts/vm.sh" run --kernel "$kernel" ${EYAS_MODULE:+--module "$EYAS_MODULE"} --smp 2 --timeout 900 \
		--append syscall.x32=y \
		--copy "$stage/root" --copy "$stage/vm" -- sh /copy/vm/guest.sh "$@" \
		2>&1 | tee "$log" | sed 's/^[0-9]* passed, /   &/' || true # the sum is the last line
	line=$(grep -x '[0-9]* passed, [0-9]* failed' "$log" | tail -n 1)
	if [ -z "$line" ]; then
		echo "FAIL $kernel: the run did not end"
		line='0 passed, 1 failed'
	elif grep -q '^vm.sh: ' "$log"; then
		echo "FAIL $kernel: the kernel complained"
		failed=$((failed + 1))
	fi
	passed=$((passed + ${line%% *}))
	line=${line#*, }
	failed=$((failed + ${line%% *}))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
