#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions of user space per record, exactly, from the rings to a capture file.
#
#   record.sh BENCH	BENCH: the program made of record.c
#
# Needs valgrind. Budgets are those of docs/DESIGN.md.
set -eu
[ $# -eq 1 ] || { sed -n 3,7p "$0" >&2; exit 2; }
command -v valgrind >/dev/null || { echo "record.sh: valgrind is not installed" >&2; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# "NAME RECORDS BYTES-EACH INSTRUCTIONS" for each kind, into $dir/STAGE.
for stage in count write; do
	valgrind --quiet --tool=callgrind --instr-atstart=no \
		--callgrind-out-file="$dir/out" "$1" $stage "$dir/capture" >/dev/null 2>"$dir/err" ||
		{ cat "$dir/err" >&2 && exit 1; }
	for f in "$dir"/out.*; do
		sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$f" | paste -s -d' ' -
	done >"$dir/$stage"
	rm -f "$dir"/out*
done

awk '
FILENAME ~ /count$/ { count[$1] = $4 / $2; next }
FNR == 1 { printf "%-18s %12s %12s %14s   %s\n", "per record", "read, count", "record", "bytes in file", "budget" }
{
	budget = $1 == "getppid" ? sprintf("count<=150 %s record<=350 %s", count[$1] <= 150 ? "ok" : "OVER",
		$4 / $2 <= 350 ? "ok" : "OVER") : ""
	printf "%-18s %12.0f %12.0f %14.1f   %s\n", $1, count[$1], $4 / $2, $3, budget
}' "$dir/count" "$dir/write"
