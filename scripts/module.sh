#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build the module for a stock Debian kernel, beside the tree, and print the
# folder that eyas.ko is in.
# usage: module.sh SERIES [MAKE-ARGUMENT...]	as W=1, EYAS_DEBUG=y
set -eu
. "$(dirname "$0")/lib.sh"

series=$1
shift
kernel=$("$top/scripts/kernel.sh" "$series")
release=$(cat "$kernel/release")
# What differs in how it is built must not share objects.
dir=$top/build/module/$series${*:+-$(printf %s "$*" | tr -c 'A-Za-z0-9\n' _)}
mkdir -p "$dir/kmod"

# Times are kept, so that only what changed is built again.
cp -pu "$top/Kbuild" "$top/dkms.conf" "$dir/"
cp -pru "$top/kmod" "$dir/"
(cd "$dir" && find kmod -name '*.[ch]') | while read -r file; do
	[ -e "$top/$file" ] || rm "$dir/$file"
done
if ! make -C "$kernel/lib/modules/$release/build" M="$dir" "$@" modules >"$dir/log" 2>&1; then
	cat "$dir/log" >&2
	die "the module does not build for $release"
fi
# vmlinux is not part of the headers, so there is no type information for it.
grep -E '(warning|error):' "$dir/log" >&2 || true
echo "$dir"
