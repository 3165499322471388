#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What watching costs, in guest instructions, which QEMU counts exactly.
# usage: bench.sh [peers|trace|watch] [SERIES...]
#	peers: and what others cost, on 6.1; trace: eyas trace beside strace;
#	watch: eyas watch and what it watches together, by our rules and by those
#	that EYAS_FALCO_RULES names or that are beside the tree
set -eu
. "$(dirname "$0")/lib.sh"

"$top/scripts/setup.sh" build vm test
make -s -C "$top/tests/vm" O="$top/build/vm-progs"
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-bench.XXXXXX")
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/bench"
script=guest.sh bare=--bare
if [ "${1:-}" = trace ]; then
	shift
	script=trace.sh bare=''
	"$top/scripts/stage.sh" "$stage/root" strace bash dd
fi
if [ "${1:-}" = watch ]; then
	shift
	script=watch.sh bare=''
	others=${EYAS_FALCO_RULES:-$top/../shared/data/falco_rules.yaml}
	mkdir -p "$stage/bench/rules"
	cp -r "$top/rules" "$stage/bench/rules/ours"
	if [ -f "$others" ]; then
		cp "$others" "$stage/bench/rules/theirs"
	else
		say 'SKIP: no other rules: EYAS_FALCO_RULES is not set'
	fi
fi
if [ "${1:-}" = peers ]; then
	shift
	script=peers.sh
	"$top/scripts/stage.sh" "$stage/root" strace
	for peer in sysdig lttng; do
		"$top/tests/bench/peers-fetch.sh" "$stage" $peer ||
			say "without $peer: it could not be made"
	done
fi
"$top/scripts/stage.sh" "$stage/root" "$top/build/vm-progs/hold" "$top/build/vm-progs/ops"
mv "$stage/root$top/build/vm-progs/"* "$stage/bench/"
cp "$top/tests/bench/$script" "$stage/bench/"
[ $# -gt 0 ] || set -- 6.1 6.12
[ "$script" = guest.sh ] || set -- 6.1
for series; do
	echo "== $series"
	# shellcheck disable=SC2086 # an option or none
	"$top/scripts/vm.sh" run $bare --icount --kernel "$series" --copy "$stage/root" \
		--copy "$stage/bench" -- sh -c \
		"tar -C /copy/root -cf - . | tar -C / -xf - && exec sh /copy/bench/$script"
done
