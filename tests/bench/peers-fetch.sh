#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Debian's sysdig and its driver, built for the stock 6.1 kernel, to be measured
# against: into FOLDER/root and FOLDER/bench/scap.ko.
# usage: peers-fetch.sh FOLDER
set -eu
. "$(dirname "$0")/../../scripts/lib.sh"
out=$1
work=$top/build/peers
kernel=$("$top/scripts/kernel.sh" 6.1)

if [ ! -f "$work/scap.ko" ]; then
	rm -rf "$work"
	"$top/scripts/fetch.sh" bookworm "$work" falcosecurity-scap-dkms sysdig libfalcosecurity0 \
		libyaml-cpp0.7 libjsoncpp25 libtbb12 libjq1 libonig5 libgrpc++1.51 libgrpc29 \
		libprotobuf32 libcurl4 libb64-0d libluajit-5.1-2
	source=$(echo "$work"/usr/src/*scap*)
	make -C "$kernel/lib/modules/$(cat "$kernel/release")/build" M="$source" modules \
		>"$work/log" 2>&1
	cp "$source"/*.ko "$work/scap.ko"
fi
cp "$work/scap.ko" "$out/bench/"
mkdir -p "$out/root/usr/bin"
cp "$work/usr/bin/sysdig" "$out/root/usr/bin/"
export LD_LIBRARY_PATH="$work/usr/lib/x86_64-linux-gnu"
missing=$(ldd "$work/usr/bin/sysdig" | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p')
[ -z "$missing" ] || die "sysdig needs $missing"
for lib in $(ldd "$work/usr/bin/sysdig" | sed -n 's/^.*=> *\(\/[^ ]*\) .*$/\1/p'); do
	mkdir -p "$out/root/usr/lib/x86_64-linux-gnu"
	cp -L "$lib" "$out/root/usr/lib/x86_64-linux-gnu/"
done
