#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Install what a task needs on a bare Debian or Ubuntu; does nothing where all
# of it is there.
# usage: setup.sh [build|vm|test|dual|style|headers|image]...
set -eu
. "$(dirname "$0")/lib.sh"

# One line for each task: what is to be installed for it.
packages_for() {
	case $1 in
	build) echo gcc make pkg-config libc6-dev libmnl-dev libyaml-dev libjansson-dev \
		libpcre2-dev libzstd-dev zlib1g-dev scdoc ;;
	# the kernel's own build system, for modules, and a VM to try them in
	vm) echo qemu-system-x86 busybox-static cpio kmod bc bison flex libelf1 libssl3 pahole \
		xz-utils debian-archive-keyring ca-certificates ;;
	test) echo check gcc-multilib passwd login perl-base dpkg strace dkms valgrind python3-minimal git sqlite3 \
		openssh-client openssl procps iproute2 perl dash ;;
	# what is traced by strace and by us at the same time, beside that
	dual) echo gcc binutils libc6-dev nginx-light apache2-utils curl gdb ;;
	style) echo git g++ clang-format clang-tidy clang cppcheck sparse codespell shellcheck \
		universal-ctags perl patch bzip2 ;;
	image) echo mmdebstrap e2fsprogs debian-archive-keyring ;;
	headers) echo "linux-headers-$(uname -r)" ;;
	*) die "unknown task '$1': one of build, vm, test, dual, style, headers, image" ;;
	esac
}

wanted=
for task in "${@:-build}"; do
	wanted="$wanted $(packages_for "$task")"
done

missing=
for package in $wanted; do
	dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null ||
	die "this is no Debian or Ubuntu; install the like of:$missing"
say "installing$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A list of packages may be old or, in a fresh container, not there at all.
# shellcheck disable=SC2086 # a list of words
if ! {
	as_root apt-get -q update &&
		as_root apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing
} >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	die "cannot install:$missing"
fi
