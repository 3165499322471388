# SPDX-License-Identifier: Apache-2.0
# C text as far as its layout is clang-format's to judge: no preprocessor lines,
# blanks within lines as one, no comments behind code.
/^[ \t]*#/ || cont { cont = /\\$/; print ""; next }
{
	match($0, /^[ \t]*/)
	lead = substr($0, 1, RLENGTH)
	rest = substr($0, RLENGTH + 1)
	gsub(/[ \t]+/, " ", rest)
	sub(/ *\/\*.*$/, "", rest)
	gsub(/\) \{/, "){", rest)
	print lead rest
}
