#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes what strace prints into the files of calls given, after each call.
# usage: ask.sh FILE...
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
dir=${O:-$top/build/oracle}
mkdir -p "$dir"

strace -V | grep -q 'version 6\.1' || echo "not strace 6.1: lines may be other ones" >&2
${CC:-cc} -O1 -static -nostdlib -fno-stack-protector -fcf-protection=none -fno-pie -no-pie \
	-o "$dir/call" "$here/call.c"
${CC:-cc} -std=gnu11 -O1 -g -D_GNU_SOURCE -I "$top/tests/lib" -I "$top/userspace/lib" \
	-isystem "$top/kmod/include/uapi" -o "$dir/oracle" "$here/oracle.c" \
	"$top/tests/lib/cases.c" "$top"/userspace/lib/event/syscall.c
export ORACLE_CALL="$dir/call" TZ=UTC
for file; do
	"$dir/oracle" "$file" >"$dir/new"
	cat "$dir/new" >"$file"
done
