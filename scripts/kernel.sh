#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetch a stock Debian kernel, its modules and headers into the cache, without
# installing anything, and print the folder it is in. What is fetched once is
# not fetched again.
# usage: kernel.sh SERIES[-rt|-cloud|-arm64]	as 6.1, 6.12-rt, 7.x
set -eu
. "$(dirname "$0")/lib.sh"

# Where Debian keeps the kernels of a series, newest first.
suites_of() {
	case $1 in
	5.10) echo bullseye-security bullseye ;;
	6.1) echo bookworm-security bookworm ;;
	6.12) echo bookworm-backports ;;
	7.x) echo trixie-backports ;;
	*) die "no kernel series '$1': one of 5.10, 6.1, 6.12, 7.x" ;;
	esac
}

# What the packages of a flavour are called behind their last version.
flavour_of() {
	case $1 in
	*-rt | *-cloud) echo "${1##*-}-amd64" ;;
	*-arm64) echo arm64 ;;
	*) echo amd64 ;;
	esac
}

name=$1
series=${name%%-*}
dir=$cache/kernels/$name
suites=$(suites_of "$series")
flavour=$(flavour_of "$name")
arch=$(kernel_arch "$name")
mkdir -p "$cache/kernels" "$cache/apt"
exec 9>"$cache/kernels/lock.$name"
flock 9
if [ -f "$dir/release" ]; then
	echo "$dir"
	exit
fi

new=$dir.new
rm -rf "$new"
# fetch ARCHITECTURE PACKAGE...
fetch() {
	of=$1
	shift
	"$top/scripts/fetch.sh" --arch "$of" "$suites" "$new" "$@"
}
fetch "$arch" "@linux-image-$flavour:linux-image-[0-9].*-$flavour" \
	"@linux-headers-$flavour:linux-headers-[0-9].*-$flavour"
release=$(basename "$new"/usr/src/linux-headers-*-"$flavour")
release=${release#linux-headers-}
# What flavours share. Before 6.12 there was one kbuild for each series.
case $series in
5.10 | 6.1) kbuild=linux-kbuild-$series ;;
*) kbuild=linux-kbuild-${release%%-*} ;;
esac
fetch "$arch" "@linux-headers-$release:linux-headers-[0-9].*-common.*"
fetch amd64 "$kbuild"
# Newer kernels come in parts, and as files of a merged /usr.
if [ "$series" = 7.x ]; then
	fetch "$arch" "linux-binary-$release" "linux-modules-$release"
	ln -s usr/lib "$new/lib"
	mkdir "$new/boot"
	ln -s "../lib/modules/$release/vmlinuz" "$new/boot/vmlinuz-$release"
fi

# Headers know their own place in the file system by absolute paths.
find "$new/usr/src" -maxdepth 2 -name Makefile -type f -exec \
	sed -i "s|/usr/src/|$dir/usr/src/|g" {} +
for build in build source; do
	ln -sfn "$dir/usr/src/linux-headers-$release" "$new/lib/modules/$release/$build"
done
depmod -b "$new" "$release"
echo "$release" >"$new/release"
rm -rf "$dir"
mv "$new" "$dir"
echo "$dir"
