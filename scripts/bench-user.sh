#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What user space costs, in instructions, counted by valgrind.
# usage: bench-user.sh rules [FILE...]	an event judged: without rules, with ours,
#					with FILE, with both
#        bench-user.sh enrich		the process table
set -eu
. "$(dirname "$0")/lib.sh"

"$top/scripts/setup.sh" build test
what=$1
shift
dir=$top/build/bench
mkdir -p "$dir"
make -s -C "$top/userspace" O="$dir" "$dir/build/libeyas.a"
# shellcheck disable=SC2046 # a list of words
gcc -std=gnu11 -O2 -g -D_GNU_SOURCE -I "$top/userspace/lib" -isystem "$top/kmod/include/uapi" \
	-I "$top/tests/lib" -o "$dir/$what" "$top/tests/bench/$what.c" \
	"$top/tests/lib/records.c" "$dir/build/libeyas.a" \
	$(pkg-config --libs libmnl yaml-0.1 jansson libpcre2-8 libzstd zlib)
case $what in
rules)
	echo '== our rules'
	"$top/tests/bench/rules.sh" "$dir/rules" "$top"/rules/*.yaml
	[ $# -gt 0 ] || { [ ! -f "$top/../shared/data/falco_rules.yaml" ] ||
		set -- "$top/../shared/data/falco_rules.yaml"; }
	if [ $# -gt 0 ]; then
		echo "== $*"
		"$top/tests/bench/rules.sh" "$dir/rules" "$@"
		echo '== both'
		"$top/tests/bench/rules.sh" "$dir/rules" "$@" "$top"/rules/*.yaml
	else
		echo 'SKIP: no other rules file was named'
	fi
	;;
enrich) "$top/tests/bench/enrich.sh" "$dir/enrich" ;;
*) die "nothing to measure is called '$what'; one of rules, enrich" ;;
esac
