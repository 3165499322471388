#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Boot a stock Debian kernel in QEMU (no KVM needed) with the module and the
# program inside, and run a command there as root, or a shell.
set -eu
. "$(dirname "$0")/lib.sh"

usage() {
	cat <<'END'
usage: vm.sh run [OPTION...] [--] COMMAND...
       vm.sh shell [OPTION...]
run boots, runs COMMAND as root (one word: a line for sh), passes its output and
exit status on. Any warning of the kernel fails it, and so does a module that
does not unload in the end.
  --kernel NAME    kernel to boot: 6.1 (default), 5.10, 6.12 or 7.x, as they are or
                   with -rt, -cloud or -arm64 (an emulated arm64 machine) behind
  --smp N          CPUs (2)
  --icount         one CPU, guest time is the number of guest instructions
  --mem MB         memory (1024)
  --copy PATH      put a file or folder at /copy/NAME; may be repeated
  --out DIR        afterwards bring the guest's /out there
  --full           a whole Debian with systemd, apt and DKMS, not just busybox
  --timeout SECS   give up (600)
  --module FILE    this eyas.ko, not one built from the tree
  --bare           no program, only the module
  --append TEXT    more for the kernel's command line
Status 125: the VM failed, not the command; the console follows then.
END
}

mode=${1:-}
case $mode in
run | shell) shift ;;
-h | --help) usage && exit 0 ;;
*) usage >&2 && exit 2 ;;
esac
name=6.1 smp=2 icount='' mem=1024 out='' full='' timeout=600 module='' append='' bare=${EYAS_VM_BARE:-}
work=$(mktemp -d "${TMPDIR:-/tmp}/eyas-vm.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 125' INT TERM
mkdir -p "$work/root/copy" "$work/root/run-vm"

while [ $# -gt 0 ]; do
	case $1 in
	--kernel) name=$2 && shift ;;
	--smp) smp=$2 && shift ;;
	--icount) icount=1 smp=1 ;;
	--mem) mem=$2 && shift ;;
	--copy) cp -rL "$2" "$work/root/copy/" && shift ;;
	--out) out=$2 && shift ;;
	--full) full=1 ;;
	--timeout) timeout=$2 && shift ;;
	--module) module=$2 && shift ;;
	--bare) bare=1 ;;
	--append) append=$2 && shift ;;
	-h | --help) usage && exit 0 ;;
	--) shift && break ;;
	-*) die "unknown option '$1'; see vm.sh --help" ;;
	*) break ;;
	esac
	shift
done
[ "$mode" = shell ] || [ $# -gt 0 ] || die "no command given; see vm.sh --help"

arch=$(kernel_arch "$name")
"$top/scripts/setup.sh" build vm >&2
kernel=$("$top/scripts/kernel.sh" "$name")
release=$(cat "$kernel/release")
if [ -z "$module" ]; then
	module=$("$top/scripts/module.sh" "$name" ${EYAS_DEBUG:+EYAS_DEBUG=$EYAS_DEBUG})/eyas.ko
fi

# The command, as a script of the guest.
if [ "$mode" = shell ]; then
	echo 'exec setsid cttyhack sh -l'
elif [ $# -eq 1 ]; then
	printf '%s\n' "$1"
else
	for word; do
		printf "'%s' " "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
	done
	echo
fi >"$work/root/run-vm/command"
printf '%s\n' "$mode" >"$work/root/run-vm/mode"
cp "$module" "$work/root/run-vm/eyas.ko"
if [ -z "$bare" ]; then
	program=$top/userspace
	[ "$arch" = amd64 ] || program=$top/build/program-$arch
	make_for "$arch" -C "$top/userspace" O="$program" >&2 || die "the program does not build"
	"$top/scripts/stage.sh" --arch "$arch" "$work/root" "$program/eyas"
	mkdir -p "$work/root/usr/local/bin" "$work/root/usr/local/share/eyas"
	mv "$work/root$program/eyas" "$work/root/usr/local/bin/eyas"
	cp -r "$top/rules" "$work/root/usr/local/share/eyas/"
fi

base=$("$top/scripts/vm/initramfs.sh" "$name")
(cd "$work/root" && find . | cpio -o -H newc --quiet) >"$work/run.cpio"
cat "$base" "$work/run.cpio" >"$work/initrd"

set -- -nodefaults -no-reboot -display none -m "$mem" -kernel "$kernel/boot/vmlinuz-$release" \
	-initrd "$work/initrd" -serial "file:$work/console"
console=ttyS0
if [ "$arch" = arm64 ]; then
	# Its first port is of another kind; so that the others have the same names, one is idle.
	set -- "$@" -machine virt -cpu max,pauth-impdef=on -device pci-serial,chardev=idle \
		-chardev null,id=idle -device pci-serial,chardev=out -device pci-serial,chardev=status
	console=ttyAMA0
else
	set -- "$@" -serial chardev:out -serial chardev:status
fi
if [ "$mode" = shell ]; then
	stty=$(stty -g)
	trap 'stty "$stty"; rm -rf "$work"' EXIT
	stty raw -echo
	timeout=0
else
	exec </dev/null
fi
set -- "$@" -chardev stdio,id=out,signal=off -chardev "file,id=status,path=$work/status"
if [ -n "$icount" ]; then
	set -- "$@" -accel tcg -icount shift=0,sleep=off
else
	set -- "$@" -accel tcg,thread=multi -smp "$smp"
fi
if [ -n "$full" ]; then
	image=$("$top/scripts/vm/image.sh" "$name")
	set -- "$@" -drive "file=$image,if=virtio,format=raw,snapshot=on"
fi
if [ -n "$out" ]; then
	truncate -s 1G "$work/out.tar"
	set -- "$@" -drive "file=$work/out.tar,if=virtio,format=raw"
fi

line="console=$console quiet panic=-1 panic_on_warn=1 oops=panic ${full:+eyas.full} ${out:+eyas.out} $append"
: >"$work/status"
timeout "$timeout" "$("$top/scripts/vm/qemu.sh" "$arch")" "$@" -append "$line" || qemu=$?

status=$(sed -n 's/^eyas-vm: status \([0-9]*\).*/\1/p' "$work/status" | tail -n 1)
if [ -z "$status" ]; then
	tail -n "${EYAS_VM_CONSOLE:-60}" "$work/console" >&2
	[ "${qemu:-0}" -ne 124 ] || say "no end after $timeout s"
	say "the kernel or the VM failed; its console is above"
	exit 125
fi
if grep -q '^eyas-vm: bad' "$work/status"; then
	sed -n 's/^eyas-vm: bad/vm.sh: kernel:/p' "$work/status" >&2
	exit 125
fi
if [ -n "$out" ]; then
	mkdir -p "$out"
	tar -C "$out" -xf "$work/out.tar"
fi
exit "$status"
