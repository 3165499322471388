#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hand the module's source to DKMS, which builds it for each kernel of this
# host, now and when a new one comes; or take it back.
# usage: dkms.sh install|uninstall
#
# For packages DESTDIR takes the source alone; for tests DKMS_TREE, a folder,
# takes everything that DKMS would write, for the kernel KVER.
set -eu
. "$(dirname "$0")/lib.sh"

name=eyas
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$top/dkms.conf")
source=${DKMS_TREE:-${DESTDIR:-}}/usr/src/$name-$version

dkms() {
	if [ -n "${DKMS_TREE:-}" ]; then
		command dkms "$@" --dkmstree "$DKMS_TREE/var/lib/dkms" \
			--sourcetree "$DKMS_TREE/usr/src" --installtree "$DKMS_TREE/lib/modules"
	else
		command dkms "$@"
	fi
}

known() { [ -n "$(dkms status "$name/$version")" ]; }

case ${1:-} in
install)
	install -d "$source"
	cp "$top/Kbuild" "$top/dkms.conf" "$top/LICENSE" "$source/"
	cp -r "$top/LICENSES" "$source/"
	# Only what git would have: no objects of a build in the tree.
	(cd "$top" && find kmod -name '*.[ch]' -exec cp --parents '{}' "$source" \;)
	[ -z "${DESTDIR:-}" ] || exit 0
	command -v dkms >/dev/null || die "the source is in $source; install dkms to build from it"
	kernel=${KVER:-$(uname -r)}
	mkdir -p "${DKMS_TREE:-}/var/lib/dkms" "${DKMS_TREE:-}/lib/modules/$kernel"
	if known; then
		dkms remove "$name/$version" --all
	fi
	dkms add "$name/$version"
	dkms build "$name/$version" -k "$kernel"
	dkms install "$name/$version" -k "$kernel"
	;;
uninstall)
	if [ -z "${DESTDIR:-}" ] && command -v dkms >/dev/null && known; then
		# An open session keeps it, and with it this command, from going.
		if [ -z "${DKMS_TREE:-}" ] && grep -q "^$name " /proc/modules; then
			rmmod "$name" || die "the module is in use; end 'eyas watch' and the like first"
		fi
		dkms remove "$name/$version" --all
	fi
	rm -rf "$source"
	;;
*)
	die "usage: dkms.sh install|uninstall"
	;;
esac
