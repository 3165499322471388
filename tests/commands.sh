#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Commands that need no module, as data: tests/commands.test. What is printed,
# on stdout and stderr together, and the exit status must be as the case says.
# usage: commands.sh [WORD]: only cases with WORD in their title
#
#	--- file NAME		(at the top: files that the commands find)
#	=== what the case shows
#	$ command
#	(what it prints)
#	=> exit status
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
make -s -C "$top/userspace"
work=$(mktemp -d "${TMPDIR:-/tmp}/eyas-commands.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/files" "$work/files/empty.d" "$work/cases"

awk -v dir="$work" -v word="${1:-}" '
	/^--- file / { out = dir "/files/" $3; printf "" > out; next }
	/^=== / {
		out = ""
		if (word != "" && !index($0, word))
			next
		out = dir "/cases/" sprintf("%03d", ++n)
		print substr($0, 5) > (out ".title")
		printf "" > (out ".want")
		next
	}
	out == "" { next }
	index(out, dir "/files/") == 1 { print > out; next }
	/^\$ / { print substr($0, 3) > (out ".cmd"); next }
	/^=> / { print $2 > (out ".status"); out = ""; next }
	{ print > (out ".want") }' "$top/tests/commands.test"

PATH="$top/userspace:$PATH"
LC_ALL=C
ARGP_HELP_FMT=rmargin=79
export PATH LC_ALL ARGP_HELP_FMT
cd "$work/files"
passed=0 failed=0
for cmd in "$work"/cases/*.cmd; do
	case=${cmd%.cmd}
	status=0
	timeout 60 sh -c "$(cat "$cmd")" >"$case.got" 2>&1 </dev/null || status=$?
	if [ "$status" = "$(cat "$case.status")" ] && cmp -s "$case.want" "$case.got"; then
		passed=$((passed + 1))
		continue
	fi
	failed=$((failed + 1))
	echo "FAIL $(cat "$case.title"): exit status $status, not $(cat "$case.status")"
	diff "$case.want" "$case.got" || :
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
