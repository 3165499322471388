#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Make the disc of a full VM once: a Debian with systemd, apt, a compiler, DKMS
# and the headers of its kernel, and ordinary programs to be watched. Prints
# where it is. A run writes to a snapshot, never to it.
# usage: image.sh SERIES
set -eu
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../lib.sh"

series=$1
image=$cache/images/$series.img
programs=systemd-sysv,dbus,kmod,dkms,gcc,make,procps,iproute2,iputils-ping,login,passwd,strace
programs=$programs,bash,perl,python3-minimal,git,curl,nginx-light,sqlite3,openssh-client,tar
programs=$programs,gzip,xz-utils,bzip2,findutils,file,less,ca-certificates,netcat-openbsd,busybox
case $series in
6.1) suite=bookworm headers=linux-headers-amd64 extra='' ;;
6.12) suite=bookworm headers=linux-headers-amd64/bookworm-backports extra=bookworm-backports ;;
*) die "no full system for kernel $series" ;;
esac

mkdir -p "$cache/images"
exec 9>"$image.lock"
flock 9
if [ -f "$image" ] && [ "$image" -nt "$0" ]; then
	echo "$image"
	exit
fi
"$top/scripts/setup.sh" image >&2
kernel=$("$top/scripts/kernel.sh" "$series")
release=$(cat "$kernel/release")
say 'making a full system: some minutes, once'
root=$(mktemp -d "$cache/images/root.XXXXXX")
trap 'rm -rf "$root"' EXIT
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
{
	echo "deb [signed-by=$keyring] http://deb.debian.org/debian $suite main"
	echo "deb [signed-by=$keyring] http://deb.debian.org/debian-security $suite-security main"
	[ -z "$extra" ] || echo "deb [signed-by=$keyring] http://deb.debian.org/debian $extra main"
} >"$root.list"
if ! mmdebstrap --quiet --mode=root --variant=minbase --include="$programs" \
	--aptopt='APT::Install-Recommends "false"' \
	--customize-hook="chroot \"\$1\" apt-get -q -y install $headers" \
	"$suite" "$root" "$root.list" >"$root.log" 2>&1; then
	tail -n 20 "$root.log" >&2
	die 'cannot make the system'
fi
mkdir -p "$root/lib/modules/$release" "$root/copy" "$root/out" "$root/run-vm"
cp -r "$kernel/lib/modules/$release/." "$root/lib/modules/$release/"
rm -f "$root/lib/modules/$release/build" "$root/lib/modules/$release/source"
ln -s "/usr/src/linux-headers-$release" "$root/lib/modules/$release/build"
cp "$top/scripts/vm/session" "$root/usr/local/sbin/eyas-vm-session"
cat >"$root/etc/systemd/system/eyas-vm.service" <<'END'
[Unit]
Description=the command that this VM was started for
After=multi-user.target

[Service]
Type=oneshot
Environment=HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
ExecStart=/bin/sh /usr/local/sbin/eyas-vm-session /run-vm
TimeoutStartSec=infinity

[Install]
WantedBy=default.target
END
ln -sf /etc/systemd/system/eyas-vm.service \
	"$root/etc/systemd/system/multi-user.target.wants/eyas-vm.service"
ln -sf /dev/null "$root/etc/systemd/system/serial-getty@ttyS0.service"
ln -sf /dev/null "$root/etc/systemd/system/nginx.service"
echo eyas-vm >"$root/etc/hostname"
echo '127.0.0.1 localhost eyas-vm' >"$root/etc/hosts"
rm -f "$image.new"
mkfs.ext4 -q -d "$root" -L eyas "$image.new" 6G >&2
rm -rf "$root.list" "$root.log"
mv "$image.new" "$image"
echo "$image"
