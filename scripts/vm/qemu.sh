#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Print the QEMU command to use: the installed one, if it is 8.1 or newer. Until
# then code that the guest patched could be run from a stale translation on
# another CPU, seen there as "int3: 0000" or worse whenever tracepoints come and
# go; Debian 12 has 7.2, so its backport is fetched into the cache.
# usage: qemu.sh amd64|arm64
set -eu
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../lib.sh"

case $1 in
amd64) qemu=qemu-system-x86_64 packages='qemu-system-x86 seabios' ;;
arm64) qemu=qemu-system-aarch64 packages='qemu-system-arm' ;;
*) die "no QEMU for '$1'" ;;
esac
version=$($qemu --version 2>/dev/null | sed -n 's/.*version \([0-9]*\.[0-9]*\).*/\1/p')
if [ "$(printf '%s\n' 8.1 "$version" | sort -V | head -n 1)" = 8.1 ]; then
	echo $qemu
	exit
fi
dir=$cache/qemu
[ "$1" = amd64 ] || dir=$cache/qemu-$1
exec 9>"$cache/qemu.lock"
flock 9
if [ ! -x "$dir/run" ]; then
	rm -rf "$dir"
	# shellcheck disable=SC2086 # a list of words
	"$top/scripts/fetch.sh" bookworm-backports "$dir" $packages qemu-system-data qemu-system-common
	printf '#!/bin/sh\nexec %s/usr/bin/%s -L %s "$@"\n' "$dir" "$qemu" \
		"$dir/usr/share/qemu -L $dir/usr/share/seabios" >"$dir/run"
	chmod +x "$dir/run"
fi
echo "$dir/run"
