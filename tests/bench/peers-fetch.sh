#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What we are measured against: Debian's packages of it, its modules built for the
# stock 6.1 kernel, into FOLDER/root and FOLDER/bench.
# usage: peers-fetch.sh FOLDER sysdig|lttng
set -eu
. "$(dirname "$0")/../../scripts/lib.sh"
out=$1
peer=$2
work=$top/build/peers/$peer
kernel=$("$top/scripts/kernel.sh" 6.1)
libs=usr/lib/x86_64-linux-gnu

# built SOURCE [VARIABLE...]: modules of a folder of sources.
built() {
	source=$1
	shift
	make -C "$kernel/lib/modules/$(cat "$kernel/release")/build" M="$source" "$@" modules \
		>"$work/log" 2>&1
}

# staged PROGRAM...: to their places, with all libraries that they need.
staged() {
	export LD_LIBRARY_PATH="$work/$libs"
	for program; do
		mkdir -p "$out/root/${program%/*}" "$out/root/$libs"
		cp "$work/$program" "$out/root/$program"
		missing=$(ldd "$work/$program" | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p')
		[ -z "$missing" ] || die "$program needs $missing"
		for lib in $(ldd "$work/$program" | sed -n 's/^.*=> *\(\/[^ ]*\) .*$/\1/p'); do
			cp -L "$lib" "$out/root/$libs/"
		done
	done
}

get_sysdig() {
	"$top/scripts/fetch.sh" bookworm "$work" falcosecurity-scap-dkms sysdig libfalcosecurity0 \
		libyaml-cpp0.7 libjsoncpp25 libtbb12 libjq1 libonig5 libgrpc++1.51 libgrpc29 \
		libprotobuf32 libcurl4 libb64-0d libluajit-5.1-2
	built "$(echo "$work"/usr/src/*scap*)"
}

get_lttng() {
	"$top/scripts/fetch.sh" bookworm "$work" lttng-modules-dkms lttng-tools liblttng-ctl0 \
		liburcu8 liblttng-ust1 liblttng-ust-ctl5 liblttng-ust-common1 libxml2 libicu72 \
		libpopt0 libnuma1
	source=$(echo "$work"/usr/src/lttng-modules-*)
	# Not of this kernel any more, and not of interest: events of timers.
	sed -i '/lttng-probe-timer\.o/d' "$source/src/probes/Kbuild"
	built "$source" CONFIG_LTTNG=m
}

if [ ! -f "$work/done" ]; then
	rm -rf "$work"
	mkdir -p "$work"
	"get_$peer"
	touch "$work/done"
fi
case $peer in
sysdig)
	cp "$work"/usr/src/*scap*/*.ko "$out/bench/scap.ko"
	staged usr/bin/sysdig
	;;
lttng)
	extra=$out/root/lib/modules/$(cat "$kernel/release")/extra
	mkdir -p "$extra"
	find "$work"/usr/src -name '*.ko' ! -name 'lttng-test.ko' -exec cp {} "$extra/" \;
	staged usr/bin/lttng usr/bin/lttng-sessiond $libs/lttng/libexec/lttng-consumerd
	mkdir -p "$out/bench" "$out/root/usr/share/xml"
	cp -r "$work/usr/share/xml/lttng" "$out/root/usr/share/xml/"
	# It finds its modules by the index that only this one makes.
	cp -L "$(command -v depmod || echo /usr/sbin/depmod)" "$out/bench/depmod"
	;;
esac
