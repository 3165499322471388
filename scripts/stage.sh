#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Put programs of this machine, or of a system of root.sh, with the libraries
# that they need into a folder that can be copied over the root of a small VM.
# usage: stage.sh [--arch ARCHITECTURE] FOLDER PROGRAM...
set -eu
. "$(dirname "$0")/lib.sh"
arch=amd64 root=''
if [ "$1" = --arch ]; then
	arch=$2
	shift 2
fi
[ "$arch" = amd64 ] || root=$("$top/scripts/root.sh" "$arch")
dir=$1
shift

# Where the program $1 is.
find_program() {
	case $1 in
	*/*) realpath "$1" && return ;;
	esac
	for bin in usr/bin usr/sbin bin sbin usr/local/bin; do
		[ -x "$root/$bin/$1" ] && realpath "$root/$bin/$1" && return
	done
	die "no program '$1' here; install it first"
}

# The libraries of $1, and theirs.
libraries() {
	if [ -z "$root" ]; then
		# "name => /path (address)" or, for the loader, "/path (address)"
		ldd "$1" 2>/dev/null |
			sed -n 's/^.*=> *\(\/[^ ]*\) .*$/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*$/\1/p'
		return
	fi
	readelf -d -W "$1" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | while read -r lib; do
		for at in "$root"/usr/lib/*-linux-gnu/"$lib"; do
			echo "$at"
			libraries "$at"
		done
	done
	readelf -l -W "$1" 2>/dev/null | sed -n "s|.*program interpreter: \\(.*\\)].*|$root\\1|p"
}

for name; do
	path=$(find_program "$name")
	for file in "$path" $(libraries "$path" | sort -u); do
		# /lib may be a symbolic link, here and there.
		to=$(realpath "${file%/*}")
		to=$dir${to#"$root"}
		mkdir -p "$to"
		cp -L "$file" "$to/"
	done
done
