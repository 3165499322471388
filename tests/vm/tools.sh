#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Put programs that are to be traced into two folders: TOOLS, to be the first of
# PATH in a VM, and ROOT, to be copied over its root. What is not here is left out.
# usage: tools.sh [--arch ARCHITECTURE] TOOLS ROOT [many]
#	many: a compiler, git, a web server and the like, too; of this machine
set -eu
scripts=$(cd "$(dirname "$0")/../../scripts" && pwd)
arch=amd64 from=''
if [ "$1" = --arch ]; then
	arch=$2
	shift 2
fi
[ "$arch" = amd64 ] || from=$("$scripts/root.sh" "$arch")
tools=$1 root=$2
tmp=$(mktemp -d "${TMPDIR:-/tmp}/eyas-tools.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tools" "$root"

stage() {
	"$scripts/stage.sh" --arch "$arch" "$@"
}

# keep FILE...: files at their own place below ROOT.
keep() {
	for file; do
		[ -e "$file" ] || continue
		dir=$(realpath "$(dirname "$file")")
		dir=$root${dir#"$from"}
		mkdir -p "$dir"
		cp -rL "$file" "$dir/"
	done
}

for name in strace awk cat chmod cp dash date dd df diff du env find git grep gzip head id ln ls \
	make mkdir mv od openssl perl ps python3 readlink rm rmdir sed seq sha256sum sleep sort \
	sqlite3 ss ssh-keygen stat tail tar tee timeout touch tr true truncate uname uniq wc xargs xz; do
	[ ! -x "$from/usr/bin/$name" ] || stage "$tmp" "$from/usr/bin/$name"
done
keep "$from"/usr/lib/python3.*/*.py "$from"/usr/lib/python3.*/encodings "$from"/usr/lib/python3.*/collections

if [ "${3:-}" = many ]; then
	stage "$tmp" /usr/bin/curl /usr/bin/gdb /usr/bin/ab /usr/sbin/nginx
	mv "$tmp/usr/sbin/nginx" "$tmp/usr/bin/"
	# gcc finds its parts by where it is.
	stage "$root" gcc as ld "$(gcc -print-prog-name=cc1)" "$(gcc -print-prog-name=collect2)" \
		"$(gcc -print-file-name=liblto_plugin.so)"
	ln -sf "$(basename "$(realpath "$(command -v gcc)")")" "$root/usr/bin/gcc"
	ln -sf "$(basename "$(realpath "$(command -v as)")")" "$root/usr/bin/as"
	ln -sf "$(basename "$(realpath "$(command -v ld)")")" "$root/usr/bin/ld"
	for file in crt1.o Scrt1.o crti.o crtn.o crtbegin.o crtbeginS.o crtend.o crtendS.o libgcc.a \
		libgcc_s.so.1 libgcc_s.so libc.so libc_nonshared.a libc.so.6; do
		keep "$(realpath "$(gcc -print-file-name=$file)")"
	done
	multi=$(gcc -print-multiarch)
	keep "$(dirname "$(gcc -print-file-name=crtbegin.o)")/include" "/usr/include/$multi/bits" \
		"/usr/include/$multi/gnu" "/usr/include/$multi/sys" "/usr/include/$multi/asm" \
		/usr/include/linux /usr/include/asm-generic /usr/include/*.h
	# A clone runs it by this name.
	ln -s git "$tools/git-upload-pack"
	mkdir -p "$root/var/lib/nginx" "$root/var/log/nginx"
	: >"$tools/../many"
fi
mv "$tmp"/usr/bin/* "$tools/"
rmdir "$tmp/usr/bin"
cp -r "$tmp/." "$root/"
