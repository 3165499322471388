#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a tool can say of the code: each check is a function below, named in the
# list at the end. Prints findings, then "N passed, N failed".
# usage: check-style.sh [CHECK...]
set -eu
. "$(dirname "$0")/lib.sh"
cd "$top"

files() { git ls-files -co --exclude-standard -- "$@"; }

# Tables are read in columns; nobody writes them by function.
tables='kmod/include/uapi/linux/eyas_.*|userspace/lib/field/(flags|params).*|.*/xlat/.*'
no_tables() { grep -vxE "$tables"; }

licences() {
	for file in $(files '*.c' '*.h' '*.sh' '*.scd' '*.yaml' Makefile '*/Makefile' Kbuild); do
		head -n 3 "$file" | grep -q SPDX-License-Identifier || echo "$file: no SPDX line"
	done
}

# Statements are laid out by clang-format; what stands in columns, tables, macros
# and comments behind code, by people.
format() {
	if ! clang-format --version | grep -q 'version 14'; then
		echo 'clang-format is not version 14, the one that the style is defined by'
		return
	fi
	for file in $(files 'kmod/*.c' 'userspace/*.c' | no_tables); do
		awk -f scripts/laid-out.awk "$file" >"$work/is"
		clang-format "$file" | awk -f scripts/laid-out.awk | grep -v '^$' >"$work/should"
		grep -v '^$' "$work/is" | diff - "$work/should" | sed -n 's/^< //p' |
			grep -E '([;{]|[){]) *$' | grep -vE '^[^=]*\};?$|= \{' | sed "s|^|$file: |"
	done
}

checkpatch() {
	tool=$cache/checkpatch
	if [ ! -x "$tool/checkpatch.pl" ]; then
		scripts/fetch.sh 'bookworm-security bookworm' "$tool" linux-source-6.1 >&2
		tar -C "$tool" -xf "$tool/usr/src/linux-source-6.1.tar.xz" --strip-components=2 \
			linux-source-6.1/scripts/checkpatch.pl linux-source-6.1/scripts/spelling.txt \
			linux-source-6.1/scripts/const_structs.checkpatch
		rm -r "${tool:?}/usr"
	fi
	# What the style differs in, or what speaks of the kernel's own tree only.
	ignore=FILE_PATH_CHANGES,CONST_STRUCT,SPDX_LICENSE_TAG,COMPLEX_MACRO,MACRO_ARG_REUSE
	ignore=$ignore,MACRO_ARG_PRECEDENCE,AVOID_EXTERNS,NEW_TYPEDEFS,SPLIT_STRING
	ignore=$ignore,CAMELCASE,LINUX_VERSION_CODE,PREFER_KERNEL_TYPES,LONG_LINE_STRING,CONSTANT_COMPARISON
	ignore=$ignore,MULTISTATEMENT_MACRO_USE_DO_WHILE,BRACKET_SPACE,TRAILING_STATEMENTS,USE_NEGATIVE_ERRNO,ENOSYS
	files 'kmod/*.c' 'kmod/*.h' | no_tables | xargs perl "$tool/checkpatch.pl" --no-tree -f \
		--terse --no-summary --show-types --max-line-length=100 --ignore "$ignore" 2>&1 || :
}

# Two kernels, all warnings, and sparse.
kernel_build() {
	for series in 6.1 6.12; do
		dir=$(scripts/module.sh "$series" W=1 C=2 "CF=-D__CHECK_ENDIAN__" EYAS_DEBUG=y) || :
		grep -E '(warning|error):' "$dir/log" || :
	done
}

gcc_warnings() {
	make -s -k -C userspace O="$top/build/gcc" WERROR=1 2>&1 || :
	make -s -k -C tests/vm O="$top/build/vm-progs-werror" WERROR=1 2>&1 || :
}

clang_warnings() {
	make -s -k -C userspace O="$top/build/clang" CC=clang WERROR=1 2>&1 || :
}

# Leaks are left to the sanitizers of the unit tests, which do follow pointers;
# uninitialised variables to both compilers; it does not parse all of GNU C.
cppcheck_all() {
	files 'userspace/*.c' 'tests/unit/*.c' | xargs cppcheck -q -j2 --std=c11 \
		--enable=warning,performance,portability --inline-suppr -I userspace/lib -I userspace/cmd \
		-I kmod/include/uapi --template='{file}:{line}: {message} [{id}]' \
		--suppress=missingIncludeSystem --suppress=unknownMacro --suppress=preprocessorErrorDirective \
		--suppress=memleak --suppress=resourceLeak --suppress=uninitvar --suppress=syntaxError \
		--suppress=nullPointerRedundantCheck --suppress=normalCheckLevelMaxBranches 2>&1 || :
}

# tidy [OPTION...]: its findings in user space.
tidy() {
	files 'userspace/*.c' | xargs -P2 -I FILE clang-tidy --quiet "$@" FILE -- -std=gnu11 \
		-D_GNU_SOURCE -I userspace/lib -isystem kmod/include/uapi -include base/banned.h 2>&1 |
		grep -E '(warning|error|Error)[: ]' | grep -vE '^[0-9]+ (warning|error)s? |^Suppressed' || :
}

clang_tidy() { tidy; }

# Not among those that must pass: see .clang-tidy.
clang_analyzer() { tidy --checks='-*,clang-analyzer-*' --warnings-as-errors=; }

layers() {
	files 'userspace/lib/*.[ch]' | xargs grep -nE '^#include "[a-z]+/' | awk '
	BEGIN { n = split("base event source decode enrich field rule output trace pipeline", l)
		for (i = 1; i <= n; i++) rank[l[i]] = i }
	{ split($0, p, ":"); split(p[1], d, "/"); match($0, /"[a-z]+\//)
	  it = substr($0, RSTART + 1, RLENGTH - 2)
	  if (!rank[it]) print p[1] ":" p[2] ": no such layer: " it
	  else if (rank[it] > rank[d[3]]) print p[1] ":" p[2] ": " d[3] " may not include " it }'
	files 'userspace/lib/*.c' | sed 's|.*/||' | sort | uniq -d | sed 's/$/: two files of that name/'
}

# shellcheck disable=SC2016 # single quotes are for awk and ctags
sizes() {
	files 'kmod/*.c' 'userspace/*.c' | no_tables | while read -r file; do
		lines=$(wc -l <"$file")
		[ "$lines" -le 600 ] || echo "$file: $lines lines, more than 600"
	done
	# But for the interface.
	files 'kmod/*.h' 'userspace/*.h' | no_tables | grep -vxE 'kmod/include/uapi/linux/eyas\.h' |
		while read -r file; do
			lines=$(wc -l <"$file")
			[ "$lines" -le 180 ] || echo "$file: $lines lines, more than 180"
		done
	files 'kmod/*.c' 'userspace/*.c' | xargs ctags -x --kinds-C=f --fields=+e \
		--_xformat='%F %N %n %{end}' | awk '$4 - $3 >= 60 { print $1 ":" $3 ": " $2 " has " $4 - $3 + 1 " lines" }'
	# Texts stay whole; rows of tables and comments behind code may stand where there is room.
	files 'kmod/*.c' 'kmod/*.h' 'userspace/*.c' 'userspace/*.h' | no_tables | xargs awk '
		{ line = $0; gsub(/\t/, "        ", line); sub(/ *\/\*.*\*\/ *$/, "", line) }
		length(line) > 100 && !/"/ && !/^[ \t]*(\{ |ROW\(|\[[A-Z_]+\])/ { print FILENAME ":" FNR ": longer than 100 columns" }'
}

# The interface compiles alone, in old C and in C++.
interface() {
	printf '#include <linux/eyas.h>\n#include <linux/eyas_kinds.h>\nint x;\n' >"$work/abi.c"
	gcc -std=c90 -Wall -Werror -fsyntax-only -I kmod/include/uapi "$work/abi.c" 2>&1 || :
	g++ -x c++ -std=c++11 -Wall -Werror -fsyntax-only -I kmod/include/uapi "$work/abi.c" 2>&1 || :
}

# Names of programs and calls, and what tests misspell on purpose.
words='fo,te,ser,inout,ot,nd,hist,fle,ba,whats,ue,mis,creat,parms,chage,doas,parm,opne,nmae,usig,nam,nevers,statics,exrta,outptu'
spelling() {
	files '*.c' '*.h' '*.sh' '*.md' '*.scd' '*.yaml' | grep -v '^tests/.*/corpus/' |
		xargs codespell -L "$words" 2>&1 || :
}

shell() {
	files '*.sh' scripts/vm/init scripts/vm/session .ci/run | xargs shellcheck -f gcc 2>&1 || :
}

manuals() {
	for page in $(files 'docs/man/*.scd'); do
		scdoc <"$page" 2>&1 >"$work/page" | sed "s|^|$page: |"
	done
}

checks='licences format checkpatch kernel_build gcc_warnings clang_warnings cppcheck_all clang_tidy
	layers sizes interface spelling shell manuals'

scripts/setup.sh build vm test style
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
# shellcheck disable=SC2086 # a list of words
[ $# -gt 0 ] || set -- $checks
for check; do
	"$check" >"$work/found" || echo "status $?" >>"$work/found"
	if [ -s "$work/found" ]; then
		failed=$((failed + 1))
		echo "FAIL $check"
		sed 's/^/     /' "$work/found"
	else
		passed=$((passed + 1))
		echo "ok   $check"
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
