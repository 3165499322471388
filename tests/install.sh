#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make install and uninstall into a folder, and the module by the machine's own
# DKMS with trees of our own: added, built, installed, removed.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d "${TMPDIR:-/tmp}/eyas-install.XXXXXX")
trap 'rm -rf "$root"' EXIT
passed=0 failed=0

# ok WHAT COMMAND...
ok() {
	what=$1
	shift
	if "$@" >"$root/log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $what"
		tail -n 20 "$root/log" | sed 's/^/     /'
	fi
}

version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$top/dkms.conf")
ok 'make install' make -s -C "$top" install DESTDIR="$root/d" PREFIX=/usr
for file in bin/eyas share/eyas/rules/exec.yaml share/man/man1/eyas.1 \
	"src/eyas-$version/dkms.conf" "src/eyas-$version/kmod/ring.c"; do
	ok "installed $file" test -s "$root/d/usr/$file"
done
ok 'the program runs' sh -c "'$root/d/usr/bin/eyas' --version | grep -qx 'eyas $version'"
ok 'nothing built goes along' sh -c "! find '$root/d/usr/src' -name '*.o' | grep ."
ok 'make uninstall' make -s -C "$top" uninstall DESTDIR="$root/d" PREFIX=/usr
ok 'nothing is left' sh -c "! find '$root/d' -type f | grep ."

# A kernel that is only in the cache: DKMS finds its headers by /lib/modules.
kernel=$("$top/scripts/kernel.sh" 6.1)
KVER=$(cat "$kernel/release")
export KVER DKMS_TREE="$root/dkms"
if [ ! -e "/lib/modules/$KVER/build" ]; then
	mkdir -p "/lib/modules/$KVER"
	ln -s "$kernel/lib/modules/$KVER/build" "/lib/modules/$KVER/build"
	trap 'rm -rf "$root" "/lib/modules/$KVER/build"; rmdir "/lib/modules/$KVER"' EXIT
fi
ok 'dkms add, build, install' "$top/scripts/dkms.sh" install
built=$(find "$root/dkms/lib/modules" -name 'eyas.ko*' | head -n 1)
ok 'dkms installed a module' test -s "$built"
for field in "license: *GPL" "version: *$version" "parm: *max_mb" "vermagic: *$KVER"; do
	ok "modinfo: $field" sh -c "modinfo '$built' | grep -q '^$field'"
done
ok 'dkms install again' "$top/scripts/dkms.sh" install
ok 'dkms remove' "$top/scripts/dkms.sh" uninstall
ok 'dkms has nothing left' sh -c "! find '$root/dkms' -name 'eyas*' -o -name '*.ko*' | grep ."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
