# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# eyas status and doctor, with the module and without.
set -eu
cd "$(mktemp -d)"

fail() {
	echo "$*"
	tail -n 30 ./*.out ./*.log 2>/dev/null || :
	exit 1
}

eyas status >idle.out || fail "idle: status $?"
grep -q '^module    loaded, version [0-9.]*, interface [0-9]*, built for ' idle.out || fail 'module'
grep -q '^hooks     none' idle.out || fail 'hooks of nobody'
grep -q '^anchors   34 of 34$' idle.out || fail 'anchors'
grep -q '^sessions  0 of 16$' idle.out || fail 'sessions'

eyas watch -o alerts >watch.out 2>watch.log &
watch=$!
until grep -q 'eyas: watching' watch.log; do sleep 0.1; done
for _ in 1 2 3 4 5; do cat /etc/passwd >/dev/null; done
eyas status >busy.out || fail "busy: status $?"
grep -q '^hooks     exec, fork, exit.*syscalls' busy.out || fail 'hooks'
grep -q "^session [0-9]*, of process $watch (eyas)$" busy.out || fail 'session'
eyas status -j >busy.json || fail "-j: status $?"
perl -e '
	local $/; $_ = <>;
	/^\{"loaded":true,.*"owner_pid":'"$watch"',.*"nested":0/s or die "no such members\n";
	/"total":\{"produced":(\d+),"records":(\d+),"bytes":\d+,"lost":(\d+)[^}]*\}[^}]*\}\}$/ or die "no total\n";
	$1 == $2 + $3 && $1 > 10 or die "produced $1, records $2, lost $3\n";' busy.json || fail 'JSON'

eyas doctor >doctor.out || fail "doctor: status $?"
for check in kernel loaded device rights control anchors rules; do
	grep -q "^ok    $check " doctor.out || fail "doctor: $check"
done
kill -INT $watch
wait $watch

rmmod eyas
if eyas status >gone.out 2>gone.log; then fail 'status without a module'; fi
grep -q '^module    not loaded$' gone.out || fail 'not loaded'
grep -q 'modprobe eyas' gone.log || fail 'no fix'
eyas status -j 2>/dev/null | grep -q '^{"loaded":false' || fail 'JSON not loaded'
if eyas doctor >gone.doctor.out; then fail 'doctor without a module'; fi
grep -q '^FAIL  loaded' gone.doctor.out || fail 'doctor: loaded'
grep -q 'mend: sudo modprobe eyas' gone.doctor.out || fail 'doctor: fix'
# What is recorded of each call is known without it, by anybody.
su -s /bin/sh nobody -c 'eyas status --captures' >captures.out || fail "captures: status $?"
grep -q '^openat  *257  bulk  filename: string before; result: file or socket$' captures.out ||
	fail 'captures: openat'
grep -q '^x86_64: [0-9]* calls' captures.out || fail 'captures: sum'
[ "$(grep -c ' bulk  \| crit  ' captures.out)" = "$(sed -n 's/^x86_64: \([0-9]*\) calls.*/\1/p' captures.out)" ] ||
	fail 'captures: number'
[ "$(eyas status --captures=x32 -j | grep -c '^{"name":"[a-z_0-9]*","number":[0-9]*,')" -gt 300 ] ||
	fail 'captures: JSON'
eyas status --captures=vax 2>vax.out && fail 'captures: an ABI that is none'
grep -q "no table of calls 'vax'; there are x86_64, ia32" vax.out || fail 'captures: ABIs'
insmod /run-vm/eyas.ko
# A stranger may not ask.
su -s /bin/sh nobody -c 'eyas status' >nobody.out 2>nobody.log && fail 'nobody may ask'
grep -qi 'permi\|root\|CAP_NET_ADMIN' nobody.log || fail 'no reason told'
