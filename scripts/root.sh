#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Unpack a Debian system beside the host's, made once; nothing in it is set up.
# Prints the folder.
# usage: root.sh compilers	what builds modules for kernels newer than the host
#        root.sh arm64		libraries, headers and programs of arm64
set -eu
. "$(dirname "$0")/lib.sh"

name=$1
case $name in
compilers)
	suite=trixie arch=amd64
	packages=make,gcc-14,gcc-14-aarch64-linux-gnu,libelf1t64,libssl3t64,zlib1g,pahole,pkgconf
	packages=$packages,bash,dash,coreutils,sed,grep,mawk,findutils,perl-base
	;;
arm64)
	suite=bookworm arch=arm64
	packages=libc6-dev,libmnl-dev,libyaml-dev,libjansson-dev,libpcre2-dev,libzstd-dev,zlib1g-dev
	packages=$packages,busybox-static,bash,coreutils,perl-base,passwd,login,util-linux,bsdutils,dpkg
	packages=$packages,grep,sed,mawk,findutils,diffutils,gzip,xz-utils,tar,strace,openssl
	;;
*) die "no system '$name': one of compilers, arm64" ;;
esac
dir=$cache/roots/$name
mkdir -p "$cache/roots"
exec 9>"$dir.lock"
flock 9
# Made anew when what is to be in it has changed.
if [ "$(cat "$dir.packages" 2>/dev/null)" != "$suite $packages" ]; then
	"$top/scripts/setup.sh" image >&2
	say "unpacking Debian $suite for $arch"
	rm -rf "$dir" "$dir.packages"
	if ! mmdebstrap --quiet --variant=extract --architectures="$arch" --include="$packages" \
		--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
		--aptopt='APT::Install-Recommends "false"' --dpkgopt='path-exclude=/usr/share/*' \
		"$suite" "$dir" "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]\
 http://deb.debian.org/debian $suite main" >"$dir.log" 2>&1; then
		tail -n 10 "$dir.log" >&2
		die "cannot unpack it"
	fi
	ln -s mawk "$dir/usr/bin/awk"
	echo "$suite $packages" >"$dir.packages"
fi
echo "$dir"
