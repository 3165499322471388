#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Put programs of this machine, with the libraries that they need, into a
# folder that can be copied over the root of a small VM.
# usage: stage.sh FOLDER PROGRAM...
set -eu
dir=$1
shift
for name; do
	path=$(command -v "$name" || command -v "/usr/sbin/$name") || {
		echo "stage.sh: no program '$name' here; install it first" >&2
		exit 1
	}
	path=$(realpath "$path")
	# "name => /path (address)" or, for the loader, "/path (address)"
	libs=$(ldd "$path" 2>/dev/null | sed -n 's/^.*=> *\(\/[^ ]*\) .*$/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*$/\1/p')
	for file in "$path" $libs; do
		# /lib may be a symbolic link, here and there.
		to=$dir$(realpath "${file%/*}")
		mkdir -p "$to"
		cp -L "$file" "$to/"
	done
done
