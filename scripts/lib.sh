# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the scripts of this folder share; sourced, not run. Sets $top, $cache.

top=$(cd "$(dirname "$0")" && pwd)
until [ -f "$top/Kbuild" ]; do
	top=${top%/*}
done
# Kernels, images and the like: made once, for all checkouts.
# shellcheck disable=SC2034 # for who sources this
cache=${EYAS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/eyas}

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
	say "$*"
	exit 1
}

# as_root COMMAND...: directly, or by sudo.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "root is needed for '$*': run it as root, or install sudo"
	fi
}

# kernel_arch NAME: Debian's name of the architecture of a kernel of kernel.sh.
kernel_arch() {
	case $1 in
	*-arm64) echo arm64 ;;
	*) echo amd64 ;;
	esac
}

# in_root NAME COMMAND...: in a system of root.sh, where $top and $cache are what
# and where they are here.
in_root() (
	root=$("$top/scripts/root.sh" "$1")
	shift
	# shellcheck disable=SC2016 # they are for the other shell
	unshare --map-root-user --mount sh -c 'root=$1
		for dir in "$2" "$3" /dev /proc; do
			mkdir -p "$root$dir"
			mount --rbind "$dir" "$root$dir" || exit
		done
		shift 3
		exec chroot "$root" "$@"' sh "$root" "$top" "$cache" "$@"
)

# make_for ARCHITECTURE ARGUMENT...: make, with its compiler and libraries. (Debian
# does not let compilers for it be installed beside others.)
make_for() (
	of=$1
	shift
	if [ "$of" = amd64 ]; then
		make -s "$@"
		exit
	fi
	sysroot=$("$top/scripts/root.sh" "$of")
	in_root compilers env PKG_CONFIG_LIBDIR="$sysroot/usr/lib/aarch64-linux-gnu/pkgconfig" \
		PKG_CONFIG_SYSROOT_DIR="$sysroot" make -s "$@" \
		CC="aarch64-linux-gnu-gcc-14 --sysroot=$sysroot" AR=aarch64-linux-gnu-ar
)
