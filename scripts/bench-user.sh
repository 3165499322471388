#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What user space costs, in instructions, counted by valgrind.
# usage: bench-user.sh rules [FILE...]	an event judged: without rules, with ours,
#					with FILE, with both; made-up and recorded ones
#        bench-user.sh enrich		the process table
# Without FILE the one that EYAS_FALCO_RULES names, or that is beside the tree.
set -eu
. "$(dirname "$0")/lib.sh"

"$top/scripts/setup.sh" build test
what=$1
shift
dir=$top/build/bench
mkdir -p "$dir"
make -s -C "$top/userspace" O="$dir" "$dir/build/libeyas.a"

# build NAME [SUFFIX FLAG...]: tests/bench/NAME.c as $dir/NAMESUFFIX
build() {
	name=$1 suffix=${2:-}
	shift $(($# > 1 ? 2 : 1))
	# shellcheck disable=SC2046 # a list of words
	gcc -std=gnu11 -O3 -flto=auto -g -D_GNU_SOURCE -I "$top/userspace/lib" \
		-isystem "$top/kmod/include/uapi" -I "$top/tests/lib" "$@" -o "$dir/$name$suffix" \
		"$top/tests/bench/$name.c" "$top/tests/lib/records.c" "$dir/build/libeyas.a" \
		$(pkg-config --libs libmnl yaml-0.1 jansson libpcre2-8 libzstd zlib)
}

bench_rules() {
	others=${EYAS_FALCO_RULES:-$top/../shared/data/falco_rules.yaml}
	[ $# -gt 0 ] || { [ ! -f "$others" ] || set -- "$others"; }
	echo '== our rules, events made up'
	"$top/tests/bench/rules.sh" "$dir/rules" "$top"/rules/*.yaml
	sets=ours=$top/rules
	if [ $# -gt 0 ]; then
		echo "== $*, events made up"
		"$top/tests/bench/rules.sh" "$dir/rules" "$@"
		others=$(echo "$*" | tr ' ' ,)
		sets="$sets both=$others,$top/rules theirs=$others"
	else
		echo 'SKIP: no other rules file was named, and EYAS_FALCO_RULES is not set'
	fi
	echo '== recorded events'
	# shellcheck disable=SC2086 # a list of words
	"$top/tests/bench/rules-mixed.sh" "$dir/mixed" "$("$top/tests/bench/mixed.sh" $sets)" $sets
}

case $what in
rules)
	build rules
	build mixed
	build mixed -parts -DPARTS
	bench_rules "$@"
	;;
enrich)
	build enrich
	"$top/tests/bench/enrich.sh" "$dir/enrich"
	;;
*) die "nothing to measure is called '$what'; one of rules, enrich" ;;
esac
