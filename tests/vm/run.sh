#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests that need a kernel, on one or more stock kernels: each case is a
# script in cases/ or a program in progs/, run in one VM.
# usage: run.sh [--kernel NAME]... [--many] [CASE...]	(NAME: see scripts/kernel.sh)
#	--many: with more programs to be traced, and what the cases print is shown
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/lib.sh
. "$here/../../scripts/lib.sh"

kernels='' many='' timeout=1500
while [ $# -gt 0 ]; do
	case $1 in
	--kernel) kernels="$kernels $2" && shift ;;
	--many) many=many timeout=7200 ;;
	*) break ;;
	esac
	shift
done
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-vmtests.XXXXXX")
trap 'rm -rf "$stage"' EXIT
"$top/scripts/setup.sh" build vm test ${many:+dual}

# What a VM of an architecture gets, once: stage_for ARCHITECTURE
stage_for() {
	to=$stage/$1 root='' progs=$top/build/vm-progs
	[ ! -d "$to" ] || return 0
	[ "$1" = amd64 ] || { root=$("$top/scripts/root.sh" "$1") && progs=$progs-$1; }
	make_for "$1" -C "$here" O="$progs"
	"$top/scripts/stage.sh" --arch "$1" "$to/root" "$progs"/* perl useradd passwd chage bash truncate \
		shred script dpkg
	mkdir -p "$to/vm"
	cp -r "$here/cases" "$here/guest.sh" "$top/tests/rules" "$to/vm/"
	# A rules file from outside, where there is one; the case says if there is none.
	falco=${EYAS_FALCO_RULES:-$top/../shared/data/falco_rules.yaml}
	[ ! -f "$falco" ] || cp "$falco" "$to/vm/falco_rules.yaml"
	mv "$to/root$progs" "$to/vm/progs"
	"$here/tools.sh" --arch "$1" "$to/vm/tools" "$to/root" $many
}

passed=0 failed=0
for kernel in ${kernels:-6.1 6.12}; do
	echo "== $kernel"
	log=$stage/log
	arch=$(kernel_arch "$kernel")
	stage_for "$arch"
	EYAS_DEBUG=y "$top/scripts/vm.sh" run --kernel "$kernel" ${EYAS_MODULE:+--module "$EYAS_MODULE"} --smp 2 --timeout "$timeout" \
		${many:+--mem 2500} \
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
