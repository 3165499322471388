#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Record, in a VM, what a busy host does, for rules to be tried on: everything
# in all.eyas, and in NAME.eyas what watching by some rules sees of it.
# usage: mixed.sh NAME=RULES[,RULES...]...
# Prints the folder that they are in; it is kept, and made again only if the
# rules or the work have changed.
set -eu
. "$(dirname "$0")/../../scripts/lib.sh"

here=$top/tests/bench
files=
for set; do files="$files $(printf %s "${set#*=}" | tr , ' ')"; done
# shellcheck disable=SC2086 # lists of names without blanks
sum=$({ echo "$@" && find "$here/mixed.sh" "$here/mixed-guest.sh" $files -type f -exec cat {} +; } |
	cksum | cut -d' ' -f1)
kept=$cache/mixed
dir=$kept/$sum
[ ! -f "$dir/all.eyas" ] || { echo "$dir" && exit 0; }

"$top/scripts/setup.sh" build vm test >&2
say 'recording the work of a busy host, in a VM; this takes a few minutes' >&2
stage=$(mktemp -d "${TMPDIR:-/tmp}/eyas-mixed.XXXXXX")
trap 'rm -rf "$stage"' EXIT
cc1=$(gcc -print-prog-name=cc1)
lib=${cc1%/*}
mkdir -p "$stage/root$lib" "$stage/root/usr/include" "$stage/mixed/rules"

# Programs of a distribution, which load libraries, not those of busybox.
"$top/scripts/stage.sh" "$stage/root" gcc as ld "$cc1" bash cat ls cp rm mkdir find xargs grep \
	sed sort head wc tar gzip dd date env dirname basename id uname git busybox
# Names that are links to what they are of.
for name in gcc as ld; do
	ln -s "$(realpath "$(command -v $name)")" "$stage/root/usr/bin/$name"
done
cp -r "$lib/include" "$stage/root$lib/"
cp /usr/include/*.h "$stage/root/usr/include/"
cp -r /usr/include/x86_64-linux-gnu /usr/include/linux /usr/include/asm-generic \
	"$stage/root/usr/include/"
rm -rf "$stage/root/usr/include/x86_64-linux-gnu/"[!abgs]*
cp -r "$top/userspace" "$top/kmod" "$stage/mixed/"
rm -rf "$stage/mixed/userspace/build"* "$stage/mixed/userspace/eyas"
find "$stage/mixed" -name '*.o' -delete
cp "$here/mixed-guest.sh" "$stage/mixed/"

for set; do
	mkdir "$stage/mixed/rules/${set%%=*}"
	n=0
	for path in $(printf %s "${set#*=}" | tr , ' '); do
		n=$((n + 1))
		for file in $(find "$path" -name '*.yaml' | sort); do
			cp "$file" "$stage/mixed/rules/${set%%=*}/$n-${file##*/}"
		done
	done
done
"$top/scripts/vm.sh" run --mem 2048 --timeout 1500 --copy "$stage/root" --copy "$stage/mixed" \
	--out "$stage/out" -- sh -c \
	'tar -C /copy/root -cf - . | tar -C / -xf - && rm -rf /copy/root &&
		exec sh /copy/mixed/mixed-guest.sh' >&2
rm -rf "$kept"
mkdir -p "$kept"
mv "$stage/out" "$dir"
echo "$dir"
