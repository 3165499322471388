#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What watching costs, in guest instructions, which QEMU counts exactly.
# usage: bench.sh [SERIES...]
set -eu
. "$(dirname "$0")/lib.sh"

"$top/scripts/setup.sh" build vm
make -s -C "$top/tests/vm" O="$top/build/vm-progs"
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-bench.XXXXXX")
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/bench"
"$top/scripts/stage.sh" "$stage/root" "$top/build/vm-progs/hold" "$top/build/vm-progs/ops"
mv "$stage/root$top/build/vm-progs/"* "$stage/bench/"
cp "$top/tests/bench/guest.sh" "$stage/bench/"
[ $# -gt 0 ] || set -- 6.1 6.12
for series; do
	echo "== $series"
	"$top/scripts/vm.sh" run --bare --icount --kernel "$series" --copy "$stage/root" \
		--copy "$stage/bench" -- sh -c \
		'tar -C /copy/root -cf - . | tar -C / -xf - && exec sh /copy/bench/guest.sh'
done
