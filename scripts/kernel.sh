#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetch a stock Debian kernel, its modules and headers into the cache, without
# installing anything, and print the folder it is in. What is fetched once is
# not fetched again.
# usage: kernel.sh SERIES		as 6.1, 6.12
set -eu
. "$(dirname "$0")/lib.sh"

# Where Debian keeps the kernels of a series, newest first.
suites_of() {
	case $1 in
	5.10) echo bullseye-security bullseye ;;
	6.1) echo bookworm-security bookworm ;;
	6.12) echo bookworm-backports ;;
	*) die "no kernel series '$1': one of 5.10, 6.1, 6.12" ;;
	esac
}

series=$1
dir=$cache/kernels/$series
suites=$(suites_of "$series")
mkdir -p "$cache/kernels" "$cache/apt"
exec 9>"$cache/kernels/lock.$series"
flock 9
if [ -f "$dir/release" ]; then
	echo "$dir"
	exit
fi

new=$dir.new
rm -rf "$new"
"$top/scripts/fetch.sh" "$suites" "$new" '@linux-image-amd64:linux-image-[0-9].*-amd64' \
	'@linux-headers-amd64:linux-headers-[0-9].*-amd64'
release=$(basename "$new"/boot/vmlinuz-*)
release=${release#vmlinuz-}
# What all flavours of it share. Before 6.12 there was one for each series.
kbuild=linux-kbuild-$release
[ "$series" = 6.12 ] || kbuild=linux-kbuild-$series
"$top/scripts/fetch.sh" "$suites" "$new" "linux-headers-${release%-*}-common" "${kbuild%-amd64}"

# Headers know their own place in the file system by absolute paths.
find "$new/usr/src" -maxdepth 2 -name Makefile -type f -exec \
	sed -i "s|/usr/src/|$dir/usr/src/|g" {} +
for build in build source; do
	link=$(readlink "$new/lib/modules/$release/$build" 2>/dev/null) || continue
	ln -sfn "$dir$link" "$new/lib/modules/$release/$build"
done
depmod -b "$new" "$release"
echo "$release" >"$new/release"
rm -rf "$dir"
mv "$new" "$dir"
echo "$dir"
