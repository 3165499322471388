#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions of user space per event, exactly, by kind of event and by rules.
#
#   rules.sh BENCH [RULES-FILE...]	BENCH: the program made of rules.c
#
# Needs valgrind. Budgets are those of docs/DESIGN.md.
set -eu
[ $# -ge 1 ] || { sed -n 3,7p "$0" >&2; exit 2; }
bench=$1
shift
command -v valgrind > /dev/null || { echo "rules.sh: valgrind is not installed" >&2; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# "NAME EVENTS MATCHES INSTRUCTIONS" for each kind, into $dir/$1.
count() {
	name=$1
	shift
	valgrind --quiet --tool=callgrind --instr-atstart=no \
		--callgrind-out-file="$dir/out" "$bench" "$@" > /dev/null 2> "$dir/err" ||
		{ cat "$dir/err" >&2; exit 1; }
	for f in "$dir"/out.*; do
		sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$f" | paste -s -d' ' -
	done > "$dir/$name"
	rm -f "$dir"/out*
}

count parse parse
count state state
count none rules
[ $# -eq 0 ] || {
	count 1x -a rules "$@"
	count 4x -n 4 -a rules "$@"
	count 16x -n 16 -a rules "$@"
}

# shellcheck disable=SC2046 # their names have no blanks
awk '
{ n = split(FILENAME, f, "/"); cost[f[n], $1] = $4 / $2; hits[f[n], $1] = $3
  if (!($1 in seen)) { seen[$1] = 1; order[++kinds] = $1 }
  if (!(f[n] in col)) { col[f[n]] = 1; cols[++ncols] = f[n] } }
END {
	shown = ncols
	if (ncols > 3) shown = 4
	printf "%-18s", "per event"
	for (c = 1; c <= ncols; c++) printf " %12s", cols[c]
	printf " %10s\n", "alerts"
	for (i = 1; i <= kinds; i++) {
		printf "%-18s", order[i]
		for (c = 1; c <= ncols; c++) printf " %12.0f", cost[cols[c], order[i]]
		printf " %10d\n", hits[cols[shown], order[i]]
	}
}' $(cd "$dir" && for f in parse state none 1x 4x 16x; do [ ! -f "$f" ] || echo "$dir/$f"; done)
