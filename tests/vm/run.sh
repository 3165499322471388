#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests that need a kernel, on one or more stock kernels: each case is a
# script in cases/ or a program in progs/, run in one VM.
# usage: run.sh [--kernel NAME]... [CASE...]	(NAME: see scripts/kernel.sh)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/lib.sh
. "$here/../../scripts/lib.sh"

kernels=''
while [ "${1:-}" = --kernel ]; do
	kernels="$kernels $2"
	shift 2
done
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-vmtests.XXXXXX")
trap 'rm -rf "$stage"' EXIT
"$top/scripts/setup.sh" build vm test

# What a VM of an architecture gets, once: stage_for ARCHITECTURE
stage_for() {
	to=$stage/$1 root='' progs=$top/build/vm-progs
	[ ! -d "$to" ] || return 0
	[ "$1" = amd64 ] || { root=$("$top/scripts/root.sh" "$1") && progs=$progs-$1; }
	put() { "$top/scripts/stage.sh" --arch "$arch" "$@"; }
	make_for "$1" -C "$here" O="$progs"
	put "$to/root" "$progs"/* perl useradd passwd chage bash truncate shred script dpkg
	mkdir -p "$to/vm"
	cp -r "$here/cases" "$here/guest.sh" "$top/tests/rules" "$to/vm/"
	# A rules file from outside, where there is one; the case says if there is none.
	falco=${EYAS_FALCO_RULES:-$top/../shared/data/falco_rules.yaml}
	[ ! -f "$falco" ] || cp "$falco" "$to/vm/falco_rules.yaml"
	mv "$to/root$progs" "$to/vm/progs"
	# Programs to be traced, beside those that the VM has: what is not here is skipped there.
	for name in strace awk cat chmod cp date dd df diff du env find git grep gzip head id ln ls \
		make mkdir mv od openssl perl ps python3 readlink rm rmdir sed seq sha256sum sleep sort \
		sqlite3 ss ssh-keygen stat tail tar tee timeout touch tr true truncate uname uniq wc xargs xz; do
		[ ! -x "$root/usr/bin/$name" ] || put "$to/tools" "$root/usr/bin/$name"
	done
	mv "$to/tools/usr/bin" "$to/vm/tools"
	cp -r "$to/tools/." "$to/root/"
	[ -x "$root/usr/bin/python3" ] || return 0
	for file in /usr/lib/python3.*/*.py /usr/lib/python3.*/encodings /usr/lib/python3.*/collections; do
		[ ! -e "$file" ] || { mkdir -p "$to/root${file%/*}" && cp -r "$file" "$to/root$file"; }
	done
}

passed=0 failed=0
for kernel in ${kernels:-6.1 6.12}; do
	echo "== $kernel"
	log=$stage/log
	arch=$(kernel_arch "$kernel")
	stage_for "$arch"
	EYAS_DEBUG=y "$top/scripts/vm.sh" run --kernel "$kernel" ${EYAS_MODULE:+--module "$EYAS_MODULE"} --smp 2 --timeout 1500 \
		--append syscall.x32=y \
		--copy "$stage/$arch/root" --copy "$stage/$arch/vm" -- sh /copy/vm/guest.sh "$@" \
		2>&1 | tee "$log" | sed -u 's/^[0-9]* passed, /   &/' || true # the sum is the last line
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
