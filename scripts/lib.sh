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
