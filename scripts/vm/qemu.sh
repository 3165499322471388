#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Print the QEMU command to use: the installed one, if it is 8.1 or newer. Until
# then code that the guest patched could be run from a stale translation on
# another CPU, seen there as "int3: 0000" or worse whenever tracepoints come and
# go; Debian 12 has 7.2, so its backport is fetched into the cache.
set -eu
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../lib.sh"

version=$(qemu-system-x86_64 --version | sed -n 's/.*version \([0-9]*\.[0-9]*\).*/\1/p')
if [ "$(printf '%s\n' 8.1 "$version" | sort -V | head -n 1)" = 8.1 ]; then
	echo qemu-system-x86_64
	exit
fi
dir=$cache/qemu
exec 9>"$cache/qemu.lock"
flock 9
if [ ! -x "$dir/run" ]; then
	rm -rf "$dir"
	"$top/scripts/fetch.sh" bookworm-backports "$dir" qemu-system-x86 qemu-system-data qemu-system-common \
		seabios
	printf '#!/bin/sh\nexec %s/usr/bin/qemu-system-x86_64 -L %s "$@"\n' "$dir" \
		"$dir/usr/share/qemu -L $dir/usr/share/seabios" >"$dir/run"
	chmod +x "$dir/run"
fi
echo "$dir/run"
