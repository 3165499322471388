#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build eyas, let a small incident happen where it watches, show what it tells.
# In a VM; DEMO=host: on this machine, where the module loads, with its /etc,
# /root and logs covered by copies.
set -eu
. "$(dirname "$0")/lib.sh"

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	color=1
fi
if [ "${DEMO:-}" = host ]; then
	[ "$(id -u)" -eq 0 ] || die "DEMO=host needs root"
	"$top/scripts/setup.sh" build vm headers
	make -s -C "$top" module program
	grep -q '^eyas ' /proc/modules || insmod "$top/eyas.ko" ||
		die "the module does not load here; 'userspace/eyas doctor' says why"
	# shellcheck disable=SC2016 # for the inner shell
	# Nobody sees what the incident writes but itself.
	exec unshare --mount sh -ec '
		for dir in /etc /root /var/log /tmp /opt; do
			mount -t tmpfs cover /mnt
			cp -a "$dir/." /mnt/ 2>/dev/null || :
			mount --move /mnt "$dir"
		done
		PATH=$1/userspace:$PATH DEMO_COLOR=$2 exec sh "$1/scripts/demo/incident.sh" \
			"$1/scripts/demo"' sh "$top" "${color:-}"
fi

"$top/scripts/setup.sh" build vm test
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-demo.XXXXXX")
trap 'rm -rf "$stage"' EXIT
"$top/scripts/stage.sh" "$stage/root" useradd
say 'building, and booting a VM: half a minute the first time'
# shellcheck disable=SC2016 # for the inner shell
"$top/scripts/vm.sh" run --copy "$stage/root" --copy "$top/scripts/demo" -- sh -c \
	'tar -C /copy/root -cf - . | tar -C / -xf - && DEMO_COLOR=$0 exec sh /copy/demo/incident.sh /copy/demo' \
	"${color:-}"
