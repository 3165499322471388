#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions of user space per record, exactly, from the rings to a capture file.
# Needs valgrind. Budgets are those of docs/DESIGN.md.
set -eu
command -v valgrind >/dev/null || { echo "record.sh: valgrind is not installed" >&2 && exit 1; }
top=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

make -s -C "$top/userspace" O="$dir" "$dir/build/libeyas.a"
gcc -std=gnu11 -O3 -flto=auto -g -D_GNU_SOURCE -I "$top/userspace/lib" -isystem "$top/kmod/include/uapi" \
	-I "$top/tests/lib" -o "$dir/record" "$top/tests/bench/record.c" \
	"$top/tests/lib/fakering.c" "$top/tests/lib/records.c" "$dir/build/libeyas.a" \
	-lzstd -lz -lmnl

# "NAME RECORDS BYTES-EACH INSTRUCTIONS" for each kind, into $dir/STAGE.
for stage in parse count write track; do
	valgrind --quiet --tool=callgrind --instr-atstart=no \
		--callgrind-out-file="$dir/out" "$dir/record" $stage "$dir/capture" \
		>/dev/null 2>"$dir/err" || { cat "$dir/err" >&2 && exit 1; }
	for f in "$dir"/out.*; do
		sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$f" | paste -s -d' ' -
	done >"$dir/$stage"
	rm -f "$dir"/out*
done

awk '
FILENAME ~ /parse$/ { parse[$1] = $4 / $2; next }
FILENAME ~ /count$/ { count[$1] = $4 / $2; next }
FILENAME ~ /write$/ { write[$1] = $4 / $2; next }
FNR == 1 {
	printf "%-18s %12s %12s %12s %12s %14s   %s\n", "per record", "read, parse", "read, count", "record", \
		"with state", "bytes in file", "budget"
}
{
	budget = $1 != "getppid" ? "" : sprintf("count<=150 %s record<=350 %s", \
		count[$1] <= 150 ? "ok" : "OVER", write[$1] <= 350 ? "ok" : "OVER")
	printf "%-18s %12.0f %12.0f %12.0f %12.0f %14.1f   %s\n", $1, parse[$1], count[$1], write[$1], $4 / $2, $3, budget
}' "$dir/parse" "$dir/count" "$dir/write" "$dir/track"
