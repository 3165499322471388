#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests that need a kernel on every kind of kernel that eyas is for, one after
# the other, and a table of what came out. Takes hours where others run, too.
# usage: test-matrix.sh [--kernel NAME]... [CASE...]	(NAME: see kernel.sh)
set -eu
. "$(dirname "$0")/lib.sh"

kernels=''
while [ "${1:-}" = --kernel ]; do
	kernels="$kernels $2"
	shift 2
done
: "${kernels:=5.10 6.1 6.1-rt 6.1-cloud 6.1-arm64 6.12 6.12-rt 6.12-arm64 7.x 7.x-rt 7.x-arm64}"
out=$top/build/matrix
mkdir -p "$out"
for kernel in $kernels; do
	rm -f "$out/$kernel"
	"$top/tests/vm/run.sh" --kernel "$kernel" "$@" 2>&1 | tee "$out/$kernel" |
		sed -u 's/^[0-9]* passed, /   &/' || true # the sum is the last line
	grep -q '^ok ' "$out/$kernel" || echo "FAIL $kernel: no case ended well" | tee -a "$out/$kernel"
done

# Of each kernel and case: ok, FAIL, or part (ok, but for what is said to be skipped).
cd "$out"
# shellcheck disable=SC2086 # a list of words
awk '
	FNR == 1 { kernels[++n] = FILENAME }
	/^(ok  |FAIL|SKIP) / {
		name = $2; sub(/:$/, "", name)
		if (name == FILENAME) name = "(run)"
		if (!(name in seen)) { seen[name] = 1; names[++m] = name }
		to = $1 == "SKIP" ? "part" : $1
		if (result[FILENAME, name] != "FAIL") result[FILENAME, name] = to
		sum[to]++
	}
	END {
		printf "%-14s", "case"
		for (k = 1; k <= n; k++) printf " %-10s", kernels[k]
		for (i = 1; i <= m; i++) {
			printf "\n%-14s", names[i]
			for (k = 1; k <= n; k++) {
				r = result[kernels[k], names[i]]
				printf " %-10s", r == "" ? "-" : r
			}
		}
		printf "\n%d passed, %d failed\n", sum["ok"], sum["FAIL"]
		exit sum["FAIL"] > 0
	}' $kernels
