#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetch Debian packages of any suite and unpack them in a folder; nothing is
# installed, the host's package lists stay as they are. A package @META:REGEX
# stands for the one that META depends on and that has the form REGEX.
# usage: fetch.sh [--arch ARCHITECTURE] "SUITE [SUITE...]" FOLDER PACKAGE...
set -eu
. "$(dirname "$0")/lib.sh"

arch=amd64
if [ "$1" = --arch ]; then
	arch=$2
	shift 2
fi
suites=$1
dir=$2
shift 2
work=$cache/apt/$(printf %s "$suites" | tr ' ' +)
[ "$arch" = amd64 ] || work=$work-$arch
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"

# The lists and packages of our own, nothing of the host's.
apt() {
	tool=$1
	shift
	"$tool" -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
		-o Dir::State="$work/state" -o Dir::State::status="$work/status" \
		-o Dir::Cache="$work/cache" -o APT::Architecture="$arch" -o APT::Architectures="$arch" \
		-o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

# try WHAT COMMAND...: its output is of interest only if it fails.
try() {
	what=$1
	shift
	"$@" >"$work/log" 2>&1 && return
	tail -n 5 "$work/log" >&2
	die "cannot $what"
}

# The first package that $1 depends on and that has the form $2.
depends() {
	apt apt-cache depends "$1" | sed -n "s/^ *Depends: \($2\)\$/\1/p" | head -n 1
}

exec 8>"$work/lock"
flock 8
: >"$work/status"
for suite in $suites; do
	case $suite in
	*-security) archive=debian-security ;;
	*) archive=debian ;;
	esac
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
		"http://deb.debian.org/$archive $suite main"
done >"$work/sources.list"
try "read Debian's package lists of $suites" apt apt-get update

packages=
for package; do
	case $package in
	@*)
		meta=${package#@}
		package=$(depends "${meta%%:*}" "${meta#*:}")
		[ -n "$package" ] || die "$suites: ${meta%%:*} depends on no ${meta#*:}"
		;;
	esac
	packages="$packages $package"
done
say "fetching$packages"
debs=$(mktemp -d "$work/debs.XXXXXX")
trap 'rm -rf "$debs"' EXIT
# shellcheck disable=SC2086 # a list of words
(cd "$debs" && try "fetch$packages" apt apt-get download $packages)
mkdir -p "$dir"
for deb in "$debs"/*.deb; do
	dpkg -x "$deb" "$dir"
done
