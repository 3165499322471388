#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build the module for a stock Debian kernel, beside the tree, and print the
# folder that eyas.ko is in.
# usage: module.sh KERNEL [MAKE-ARGUMENT...]	as 6.12-rt (see kernel.sh); W=1, EYAS_DEBUG=y
set -eu
. "$(dirname "$0")/lib.sh"

name=$1
shift
kernel=$("$top/scripts/kernel.sh" "$name")
release=$(cat "$kernel/release")
# What differs in how it is built must not share objects.
dir=$top/build/module/$name${*:+-$(printf %s "$*" | tr -c 'A-Za-z0-9\n' _)}
mkdir -p "$dir/kmod"

# Times are kept, so that only what changed is built again.
cp -pu "$top/Kbuild" "$top/dkms.conf" "$dir/"
cp -pru "$top/kmod" "$dir/"
(cd "$dir" && find kmod -name '*.[ch]') | while read -r file; do
	[ -e "$top/$file" ] || rm "$dir/$file"
done
# The host's compiler, or one that the kernel's headers are for.
case $name in
*-arm64) set -- in_root compilers make ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- \
	CC=aarch64-linux-gnu-gcc-14 "$@" ;;
5.10*) set -- make CC=gcc "$@" ;;
7.x*) set -- in_root compilers make "$@" ;;
*) set -- make "$@" ;;
esac
if ! "$@" -C "$kernel/lib/modules/$release/build" M="$dir" modules >"$dir/log" 2>&1; then
	cat "$dir/log" >&2
	die "the module does not build for $release"
fi
# vmlinux is not part of the headers, so there is no type information for it.
grep -E '(warning|error):' "$dir/log" >&2 || true
echo "$dir"
