#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The part of a small VM's file system that is the same in every run: busybox,
# /init, some modules of the kernel. Prints the archive's path.
# usage: initramfs.sh KERNEL
set -eu
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../lib.sh"

# For discs, file systems and networks that tests need.
modules='virtio_pci virtio_blk crc32c_generic ext4 overlay dummy veth fuse tun'

name=$1
kernel=$("$top/scripts/kernel.sh" "$name")
release=$(cat "$kernel/release")
busybox=/bin/busybox
[ "$(kernel_arch "$name")" = amd64 ] || busybox=$("$top/scripts/root.sh" arm64)/usr/bin/busybox
archive=$top/build/vm/base-$name.cpio
mkdir -p "${archive%/*}"
exec 9>"$archive.lock"
flock 9
if [ -f "$archive" ] && [ -z "$(find "$top/scripts/vm" "$kernel/release" "$busybox" -newer "$archive")" ]; then
	echo "$archive"
	exit
fi

root=$(mktemp -d "${TMPDIR:-/tmp}/eyas-initramfs.XXXXXX")
trap 'rm -rf "$root"' EXIT
cd "$root"
mkdir -p usr/bin usr/sbin usr/lib usr/lib64 etc root tmp var/log var/tmp dev proc sys run opt mnt
for link in bin sbin lib lib64; do
	ln -s "usr/$link" "$link"
done
cp "$busybox" usr/bin/busybox
for applet in $(busybox --list); do
	[ "$applet" = busybox ] || ln -s busybox "usr/bin/$applet"
done
cp "$top/scripts/vm/init" "$top/scripts/vm/session" .
printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'daemon:x:1:1:daemon:/usr/sbin:/bin/false' \
	'nobody:x:65534:65534:nobody:/nonexistent:/bin/false' >etc/passwd
printf '%s\n' 'root:x:0:' 'daemon:x:1:' 'shadow:x:42:' 'nogroup:x:65534:' >etc/group
printf '%s\n' 'root:*:19000:0:99999:7:::' 'daemon:*:19000:0:99999:7:::' >etc/shadow
printf '%s\n' 'passwd: files' 'group: files' 'shadow: files' 'hosts: files' >etc/nsswitch.conf
echo '127.0.0.1 localhost' >etc/hosts
echo eyas-vm >etc/hostname
cp /etc/services /etc/protocols etc/ 2>/dev/null || true
chmod 640 etc/shadow

dir=lib/modules/$release
mkdir -p "$dir"
cp "$kernel/$dir"/modules.builtin* "$kernel/$dir/modules.order" "$dir/"
for module in $modules; do
	modprobe -d "$kernel" -S "$release" --show-depends "$module" 2>/dev/null |
		sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | sort -u | while read -r file; do
	# busybox does not take compressed ones.
	case $file in
	*.xz) xz -dc "$file" >"$dir/$(basename "$file" .xz)" ;;
	*) cp "$file" "$dir/" ;;
	esac
done
depmod -b . "$release"
find . | cpio -o -H newc --quiet >"$archive.new"
mv "$archive.new" "$archive"
echo "$archive"
