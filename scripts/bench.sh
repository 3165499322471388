#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What watching costs, in guest instructions, which QEMU counts exactly.
# usage: bench.sh [peers|trace|throughput|watch] [SERIES...]
#	peers: and what others cost, on 6.1; trace: eyas trace beside strace;
#	throughput: how many records a second get from one CPU to a reader on another;
#	watch: eyas watch and what it watches together, by our rules and by those
#	that EYAS_FALCO_RULES names or that are beside the tree
set -eu
. "$(dirname "$0")/lib.sh"

"$top/scripts/setup.sh" build vm test
make -s -C "$top/tests/vm" O="$top/build/vm-progs"
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-bench.XXXXXX")
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/bench"
script=guest.sh options='--icount --bare'
if [ "${1:-}" = trace ]; then
	shift
	script=trace.sh options=--icount
	"$top/scripts/stage.sh" "$stage/root" strace bash dd
fi
if [ "${1:-}" = watch ]; then
	shift
	script=watch.sh options=--icount
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
if [ "${1:-}" = throughput ]; then
	shift
	script=flood.sh options='--smp 2'
	"$top/scripts/stage.sh" "$stage/root" taskset
fi
for prog in hold ops flood; do
	"$top/scripts/stage.sh" "$stage/root" "$top/build/vm-progs/$prog"
done
mv "$stage/root$top/build/vm-progs/"* "$stage/bench/"
cp "$top/tests/bench/$script" "$stage/bench/"
[ $# -gt 0 ] || set -- 6.1 6.12
[ "$script" = guest.sh ] || [ $# -eq 1 ] || set -- 6.1
for series; do
	echo "== $series"
	# shellcheck disable=SC2086 # a list
	"$top/scripts/vm.sh" run --timeout 3600 $options --kernel "$series" --copy "$stage/root" \
		--copy "$stage/bench" -- sh -c \
		"tar -C /copy/root -cf - . | tar -C / -xf - && exec sh /copy/bench/$script"
done
