#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build the module for Debian's arm64 kernel on this machine, beside the tree,
# and print the folder that eyas.ko is in. Only headers are needed of arm64; the
# tools and the headers that all architectures share are those of kernel.sh.
# usage: build-arm64.sh [MAKE-ARGUMENT...]	as W=1
set -eu
. "$(dirname "$0")/lib.sh"

series=6.1
kernel=$("$top/scripts/kernel.sh" "$series")
common=$(echo "$kernel"/usr/src/linux-headers-*-common)
name=$(basename "$common")
name=${name%-common}-arm64
dir=$cache/kernels/$series-arm64
work=$cache/apt/$series-arm64

# Lists of our own: the host need not know the architecture.
apt() {
	tool=$1
	shift
	"$tool" -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
		-o Dir::State="$work/state" -o Dir::State::status="$work/status" \
		-o Dir::Cache="$work/cache" -o APT::Architecture=arm64 -o APT::Architectures=arm64 \
		-o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

fetch() {
	mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/debs"
	: >"$work/status"
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	for suite in debian-security/bookworm-security debian/bookworm; do
		echo "deb [signed-by=$keyring] http://deb.debian.org/${suite%/*} ${suite#*/} main"
	done >"$work/sources.list"
	if ! { apt apt-get update && cd "$work/debs" && apt apt-get download "$name"; } \
		>"$work/log" 2>&1; then
		tail -n 5 "$work/log" >&2
		die "cannot fetch $name"
	fi
}

# The tree refers to the shared parts by absolute and by relative paths.
unpack() {
	rm -rf "$dir.new"
	mkdir -p "$dir.new"
	dpkg -x "$work"/debs/*.deb "$dir.new"
	sed -i "s|/usr/src/linux-headers-[^/]*-common|$common|g" "$dir.new/usr/src/$name/Makefile"
	for part in "$kernel"/usr/lib/linux-kbuild-*; do
		mkdir -p "$dir.new/usr/lib"
		ln -s "$part" "$dir.new/usr/lib/"
	done
	rm -rf "$dir" "$work/debs"
	mv "$dir.new" "$dir"
}

command -v aarch64-linux-gnu-gcc >/dev/null ||
	die "no aarch64-linux-gnu-gcc: install gcc-aarch64-linux-gnu"
[ -d "$dir/usr/src/$name" ] || {
	fetch
	unpack
}
out=$top/build/module/$series-arm64
mkdir -p "$out"
cp -pu "$top/Kbuild" "$top/dkms.conf" "$out/"
cp -pru "$top/kmod" "$out/"
if ! make -C "$dir/usr/src/$name" M="$out" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- "$@" \
	modules >"$out/log" 2>&1; then
	grep -E '(error|warning):' -A 3 "$out/log" >&2 || tail -n 20 "$out/log" >&2
	die "the module does not build for arm64"
fi
grep -E '(warning|error):' "$out/log" >&2 || true
echo "$out"
