#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs in the VM: every case, or those named, each with a freshly loaded module.
vm=/copy/vm
export PATH="$vm/progs:$PATH"
# Libraries and programs of the machine that the tests were built on.
tar -C /copy/root -cf - . | tar -C / -xf - || exit
passed=0
failed=0

# A child of the last case may still hold its session.
fresh_module() {
	tries=0
	while ! rmmod eyas 2>/dev/null && [ $tries -lt 50 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	# What a failed case left behind is not to fail the next one.
	if [ -d /sys/module/eyas ]; then
		for fd in /proc/[0-9]*/fd/*; do
			[ "$(readlink "$fd")" != /dev/eyas ] || kill -9 "$(echo "$fd" | cut -d/ -f3)"
		done
		sleep 1
		rmmod eyas
	fi
	insmod /run-vm/eyas.ko || echo 'the module does not load'
}

# A run with many programs takes long: what it says is shown as it comes.
out_of() {
	if [ -e $vm/many ]; then
		{
			status=0
			"$@" 2>&1 || status=$?
			echo $status >/tmp/status
		} | tee /tmp/out
		return "$(cat /tmp/status)"
	fi
	"$@" >/tmp/out 2>&1
}

run() {
	name=$1
	shift
	fresh_module
	start=$(cut -d. -f1 /proc/uptime)
	if out_of "$@"; then
		passed=$((passed + 1))
		echo "ok   $name ($(($(cut -d. -f1 /proc/uptime) - start)) s)"
		sed -n "s/^SKIP:/SKIP $name:/p" /tmp/out
	else
		status=$?
		failed=$((failed + 1))
		echo "FAIL $name: status $status"
		tail -n 40 /tmp/out | sed 's/^/     /'
	fi
	if dmesg | grep -E 'WARNING:|BUG:|: FAIL$' >/tmp/bad; then
		failed=$((failed + 1))
		echo "FAIL $name: the kernel's log"
		sed 's/^/     /' /tmp/bad
		dmesg -c >/dev/null
	fi
}

# wanted NAME [WANTED...]: all are, if none is named.
wanted() {
	[ $# -gt 1 ] || return 0
	name=$1
	shift
	for one; do
		[ "$one" != "$name" ] || return 0
	done
	return 1
}

for program in "$vm"/progs/t_*; do
	name=${program##*/}
	wanted "$name" "$@" && run "$name" "$program"
done
for script in "$vm"/cases/*.sh; do
	name=$(basename "$script" .sh)
	wanted "$name" "$@" && run "$name" sh "$script"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
