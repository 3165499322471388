#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The process table: instructions per event, memory of many and of short-lived processes.
#
#   enrich.sh BENCH	BENCH: the program made of enrich.c
#
# Needs valgrind. Fails where a budget is not kept: 150 instructions for a plain
# call, 8000 for fork, exec and exit; 40 MB for 10 000 processes; no growth.
set -eu
[ $# -eq 1 ] || { sed -n 3,8p "$0" >&2; exit 2; }
command -v valgrind > /dev/null || { echo "enrich.sh: valgrind is not installed" >&2; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

valgrind --quiet --tool=callgrind --instr-atstart=no --callgrind-out-file="$dir/out" \
	"$1" cost > /dev/null 2> "$dir/err" || { cat "$dir/err" >&2; exit 1; }
for f in "$dir"/out.*; do
	sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$f" | paste -s -d' ' -
done > "$dir/cost"
"$1" live 10000 > "$dir/live"
"$1" churn 1000000 > "$dir/churn"

awk '
function check(what, is, most) { if (is > most) { print "over budget: " what; bad = 1 } }
$1 == "live" { printf "%-18s %10d KiB\n", $2 " living", $3; check("memory", $3, 40000) }
$1 == "churn" { printf "%-18s %10d KiB, %d at a tenth\n", $2 " lives", $4, $3
	check("growth", $4 - $3, $3 / 50) }
FILENAME ~ /cost$/ && NF == 3 { cost[$1] = $3 / $2; printf "%-18s %10.0f instructions\n", $1, cost[$1] }
END {
	check("plain", cost["plain"], 150)
	check("fork+exec+exit", cost["fork+exec+exit"], 8000)
	exit bad
}' "$dir/cost" "$dir/live" "$dir/churn"
