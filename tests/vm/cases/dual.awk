# SPDX-License-Identifier: Apache-2.0
# Normalises a trace of `strace -f -o` or `eyas trace -f -o` for the comparison
# of both: whole calls, sorted by thread, without what has to differ.
#
#	awk -f dual.awk [-v only=FILE] TRACE
#
# only: a list of pids, one a line; lines of others are left out.
#
# What has to differ, and is made equal:
#   - where a call of another thread came between: calls are put together again
#   - blanks before the result: they depend on where the line was broken
BEGIN {
	while (only && (getline line < only) > 0)
		wanted[line] = 1
}

function clean(text) {
	sub(/\) += /, ") = ", text)
	return text
}

{
	pid = $1
	if (only && !(pid in wanted))
		next
	text = $0
	sub(/^[0-9]+ +/, "", text)
	if (match(text, / <unfinished \.\.\.>$/)) {
		open[pid] = substr(text, 1, RSTART - 1)
		next
	}
	if (match(text, /^<\.\.\. [a-z0-9_]+ resumed>/)) {
		text = open[pid] substr(text, RSTART + RLENGTH)
		delete open[pid]
	}
	n[pid]++
	lines[pid, n[pid]] = clean(text)
	if (n[pid] == 1)
		order[++pids] = pid
}

END {
	for (i = 1; i <= pids; i++)
		for (k = 1; k <= n[order[i]]; k++)
			print order[i] " " lines[order[i], k]
}
