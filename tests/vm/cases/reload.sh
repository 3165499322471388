# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The module comes and goes again and again, each time with a session, while two
# programs make calls; and it does not go while a session is open.
set -eu
actor() { while :; do cat /etc/passwd >/dev/null; done; }
actor &
one=$!
actor &
two=$!
trap 'kill $one $two' EXIT

before=$(grep -c . /proc/kallsyms)
rmmod eyas
n=0
# Kernels from 7.0 on take seconds to wait for all that probe.
cycles=200
[ "$(uname -r | cut -d. -f1)" -lt 7 ] || cycles=20
while [ $n -lt $cycles ]; do
	insmod /run-vm/eyas.ko
	[ -c /dev/eyas ]
	t_once
	rmmod eyas
	[ ! -e /dev/eyas ]
	n=$((n + 1))
done
insmod /run-vm/eyas.ko
[ "$(grep -c . /proc/kallsyms)" -eq "$before" ]
echo "$n cycles"

mkfifo /tmp/held
t_once held </tmp/held >/tmp/held.out &
held=$!
exec 8>/tmp/held
until grep -q open /tmp/held.out; do sleep 0.05; done
if rmmod eyas 2>/tmp/err; then
	echo 'unloaded under an open session'
	exit 1
fi
cat /tmp/err
grep -qi 'temporarily unavailable\|busy\|in use' /tmp/err
exec 8>&-
wait $held
rmmod eyas
insmod /run-vm/eyas.ko
