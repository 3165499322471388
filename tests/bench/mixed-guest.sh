#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM, for mixed.sh: work of many kinds while it is being recorded,
# whole and by each of the folders of rules in /copy/mixed/rules.
set -eu
PATH=/usr/bin:/usr/sbin:/bin:/sbin:/usr/local/bin
export PATH HOME=/root GIT_CONFIG_NOSYSTEM=1
src=/copy/mixed
work=/var/tmp/mixed
mkdir -p /out $work /root
recorders=

record() {
	name=$1
	shift
	eyas record --buffer 64 -o "/out/$name.eyas" "$@" 2>"/tmp/$name.err" &
	recorders="$recorders $!"
	until grep -qs '^eyas: recording' "/tmp/$name.err"; do
		kill -0 $! || { cat "/tmp/$name.err" && exit 1; }
		busybox sleep 0.1
	done
}

# ---- kinds of work ----

spawn() {
	for i in $(busybox seq "$1"); do
		/bin/true
		date +%s >/dev/null
		x=$(basename "/usr/lib/x$i" | sed 's/x/y/')
		id -u | grep -q 0
		[ -n "$x" ]
	done
}

walk() {
	find $src /usr/include -type f | wc -l
	ls -lR $src /etc >/dev/null
	grep -rl eyas_event $src/userspace | head -n 3
}

archive() {
	tar -C $src -cf $work/src.tar kmod userspace
	gzip -1 -kf $work/src.tar
	rm -rf $work/src
	mkdir $work/src
	tar -C $work/src -xzf $work/src.tar.gz
}

compile() {
	mkdir -p $work/obj
	for c in "$src"/userspace/lib/base/*.c; do
		gcc -std=gnu11 -O1 -D_GNU_SOURCE -I $src/userspace/lib \
			-isystem $src/kmod/include/uapi -c -o "$work/obj/$(basename "$c" .c).o" "$c"
	done
	ld -r -o $work/base.o $work/obj/*.o
}

versions() {
	cd $work/src
	rm -rf .git
	git -c init.defaultBranch=main init -q .
	git config user.name builder
	git config user.email builder@localhost
	git add .
	git commit -qm first
	echo >>kmod/main.c
	git status --porcelain
	git diff | wc -l
	git commit -qam second
	git log --oneline | wc -l
	cd /
}

serve() {
	for i in $(busybox seq "$1"); do
		busybox wget -qO /dev/null "http://127.0.0.1:8080/userspace/Makefile"
		busybox wget -qO /dev/null "http://127.0.0.1:8080/none" 2>/dev/null || :
		bash -c 'exec 3<>/dev/tcp/127.0.0.1/8080
			printf "GET /kmod/main.c HTTP/1.0\r\n\r\n" >&3
			cat <&3 >/dev/null'
	done
}

order() {
	find $src -type f -exec cat {} + >$work/words
	sort -u $work/words | wc -l
	sort -k2 $work/words >$work/sorted
}

copy() {
	dd if=/dev/zero of=$work/blob bs=4096 count=3000 2>/dev/null
	dd if=$work/blob of=/dev/null bs=512 count=4000 2>/dev/null
	cp -r $src/userspace $work/copied
	rm -rf $work/copied
}

busybox ip link set lo up 2>/dev/null || busybox ifconfig lo up
busybox httpd -p 127.0.0.1:8080 -h $src
record all
for rules in "$src"/rules/*; do record "$(basename "$rules")" -r "$rules"; done
for round in 1 2; do
	echo "round $round"
	spawn 60
	walk
	archive
	compile
	versions
	serve 40
	order
	copy
done
# shellcheck disable=SC2086 # a list of numbers
kill -INT $recorders
for pid in $recorders; do wait "$pid"; done
grep -h '^eyas: events' /tmp/*.err
! grep -hq 'lost [1-9]' /tmp/*.err || echo 'mixed: some were lost' >&2
