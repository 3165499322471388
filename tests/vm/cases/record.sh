# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Recordings: what was recorded is replayed, by the same numbers and to the same
# alerts; files that were cut, killed or ran out of disk are good up to there.
set -eu
dir=/tmp/record
rm -rf $dir
mkdir -p $dir
cd $dir

fail() {
	echo "record.sh: $*"
	exit 1
}

# Start recording, and wait until it does: start NAME OPTION...
start() {
	name=$1
	shift
	eyas record "$@" 2>"$name.err" &
	recorder=$!
	until grep -qs '^eyas: recording' "$name.err"; do
		kill -0 $recorder || { cat "$name.err" && exit 1; }
		sleep 0.1
	done
}

stop() {
	kill -INT $recorder
	wait $recorder
}

# Many short calls, of many kinds.
work() {
	dd if=/dev/zero of=/dev/null bs=1 count="$1" 2>/dev/null
	ls -lR /etc >/dev/null
	cat /etc/passwd /etc/group >/dev/null
}

# A number of the statistics: stat_of NAME FILE...
stat_of() {
	key=$1
	shift
	eyas replay --stats -j "$@" | sed "s/.*\"$key\":\([0-9]*\).*/\1/"
}

# Wait until FILE says TEXT: until_says FILE TEXT
until_says() {
	until grep -qs "$2" "$1"; do sleep 0.1; done
}

told() { sed -n "s/^eyas: .*$2 \([0-9]*\).*/\1/p" "$1.err"; }

echo '== what rules need, and no more'
cat >needs.yaml <<END
- rule: R
  desc: a file is read
  priority: INFO
  output: read %fd.name by %proc.pname
  condition: evt.type in (open, openat) and fd.name = /etc/group and evt.is_open_read = true
END
start needs -r needs.yaml -o needs.eyas
work 500
stop
[ "$(stat_of lost needs.eyas)" -eq 0 ] || fail 'some of it was lost'
eyas watch -q -r needs.yaml --from needs.eyas | grep -q ': Informational read /etc/group by ' ||
	fail 'the rule sees nothing in what was recorded for it'
! eyas replay needs.eyas | grep -qE ' (read|write) ' || fail 'more was recorded than the rule needs'
! eyas record -r needs.yaml -e read -o none.eyas 2>none.err || fail '-r and -e together'
echo '- {rule: R}' >bad.yaml
! eyas record -r bad.yaml -o none.eyas 2>none.err || fail 'bad rules are taken'
grep -q '^eyas: cannot load the rules; nothing is recorded$' none.err || fail 'not told of bad rules'

echo '== what was recorded is what is replayed'
start all -o all.eyas
work 2000
stop
grep '^eyas: events' all.err
[ "$(stat_of events all.eyas)" -eq "$(told all events)" ] || fail 'replay counts other events'
[ "$(stat_of lost all.eyas)" -eq "$(told all lost)" ] || fail 'replay counts other losses'
[ "$(told all events)" -gt 4000 ] || fail 'too few events'
lines=$(eyas replay all.eyas | wc -l)
[ "$lines" -ge "$(told all events)" ] || fail "only $lines lines"
eyas replay -p '%proc.exe %evt.type %fd.name' all.eyas | grep -q '^cat openat /etc/passwd$' ||
	fail 'no cat that opens /etc/passwd'
eyas replay -j all.eyas | tail -n 1 | grep -q '^{"evt.num":' || fail 'no JSON'
# Who opened the file is known from the capture, not from here.
eyas replay -p '%user.name %group.name' all.eyas | grep -q '^root root$' || fail 'no names'

echo '== the same alerts as live'
cat >marker.yaml <<'END'
- rule: marker
  desc: a marker is opened
  condition: evt.type in (open, openat) and fd.name startswith /tmp/record/marker
  output: "%evt.type %proc.exeline %proc.pname %user.name %fd.name %evt.res"
  priority: NOTICE
END
eyas watch -r marker.yaml -j -o live.json 2>live.err &
watcher=$!
until_says live.err '^eyas: watching'
start alerts -o alerts.eyas
for i in 1 2 3 4 5; do
	echo $i >"marker$i"
	cat "marker$i" >/dev/null
	cat "marker-none$i" 2>/dev/null || :
done
sleep 0.5
stop
kill -INT $watcher
wait $watcher
eyas watch -r marker.yaml -j -o again.json --from alerts.eyas 2>again.err
alerts() { sed 's/.*"output":"[0-9:.]*: \([^}]*\)","output_fields.*"rule":"\([^"]*\)".*/\2 \1/' "$1"; }
alerts live.json >live.txt
alerts again.json >again.txt
[ "$(grep -c marker live.txt)" -eq 15 ] || fail "$(cat live.txt)"
cmp live.txt again.txt || { diff live.txt again.txt || : ; fail 'other alerts than live'; }

echo '== killed while it writes'
start killed -o killed.eyas
work 3000
sleep 1.5
kill -9 $recorder
wait $recorder || :
eyas replay --stats -j killed.eyas >killed.json 2>killed.note || fail "$(cat killed.note)"
cat killed.note
grep -q 'no end mark\|was cut' killed.note || fail 'it is not said'
[ "$(sed 's/.*"events":\([0-9]*\).*/\1/' killed.json)" -gt 3000 ] || fail 'too little is there'

echo '== cut anywhere'
size=$(stat -c %s all.eyas)
for part in 1 2 3 4 5 6 7; do
	head -c $((size * part / 8)) all.eyas >cut.eyas
	eyas replay cut.eyas >/dev/null 2>cut.note || fail "$(cat cut.note)"
	grep -q 'no end mark\|was cut' cut.note || fail 'it is not said'
done

echo '== the disk is full'
mkdir -p full
mount -t tmpfs -o size=256k tmpfs full
eyas record -o full/x.eyas 2>full.err &
recorder=$!
until_says full.err '^eyas: recording'
i=0
while kill -0 $recorder 2>/dev/null && [ $i -lt 100 ]; do
	head -c 65536 /dev/urandom >/dev/null
	ls -lR /etc /proc/self /proc/1 /sys/kernel >/dev/null 2>&1 || :
	i=$((i + 1))
done
if wait $recorder; then fail 'a full disk looks like success'; fi
grep 'No space left on device' full.err || fail "$(cat full.err)"
eyas replay --stats -j full/x.eyas >full.json 2>full.note || fail "$(cat full.note)"
grep -q 'no end mark' full.note || fail "$(cat full.note)"
[ "$(sed 's/.*"events":\([0-9]*\).*/\1/' full.json)" -gt 1000 ] || fail 'too little is there'
umount full

echo '== files by size, each good alone'
start size -C 1 -o size.eyas -v
i=0
while [ ! -e size.eyas2 ] && [ $i -lt 200 ]; do
	work 20000
	i=$((i + 1))
done
stop
total=0
for file in size.eyas size.eyas1 size.eyas2; do
	total=$((total + $(stat_of events $file)))
	eyas replay --stats $file >/dev/null 2>note
	[ ! -s note ] || fail "$file: $(cat note)"
	eyas replay -p '%proc.name %proc.pname' $file | tail -n 100 | grep -vq NA ||
		fail "$file does not know its processes"
done
[ $total -eq "$(told size events)" ] || fail 'the parts are not the whole'
[ "$(stat_of events size.eyas size.eyas1 size.eyas2)" -eq $total ] || fail 'not one recording'

echo '== files by time, then the end'
start time -G 1 -W 3 -o 'time-%s.eyas'
while kill -0 $recorder 2>/dev/null; do
	work 100
done
wait $recorder || fail "$(cat time.err)"
set -- time-*.eyas
[ $# -eq 3 ] || fail "$*"
grep 'in 3 files' time.err
[ "$(stat_of events "$@")" -eq "$(told time events)" ] || fail 'not one recording'

echo '== into a pipe, and while it is written'
eyas record -q -M 1 -o - | eyas replay --stats -j - >pipe.json 2>pipe.err || fail "$(cat pipe.err)"
[ ! -s pipe.err ] || fail "$(cat pipe.err)"
start follow -o follow.eyas
eyas replay -f -p '%evt.num' follow.eyas >follow.txt 2>follow.note &
follower=$!
work 500
sleep 1.5
[ "$(wc -l <follow.txt)" -gt 500 ] || fail 'nothing is there while it is written'
stop
wait $follower || fail "$(cat follow.note)"
[ "$(wc -l <follow.txt)" -eq "$(eyas replay -p '%evt.num' follow.eyas | wc -l)" ] ||
	fail 'the follower stopped early'

echo '== the flight recorder'
start ring --ring 30s -o 'ring-%s.eyas' --at-end
work 300
sleep 0.3
kill -USR1 $recorder
until_says ring.err '^eyas: wrote'
sleep 1
cat /etc/hostname >/dev/null
sleep 0.3
stop
set -- ring-*.eyas
[ $# -eq 2 ] || fail "$* $(cat ring.err)"
for file; do
	[ "$(stat_of events "$file")" -gt 300 ] || fail "$file has too little"
done
eyas replay -p '%proc.exe %fd.name' "$file" | grep -q '^cat /etc/hostname$' ||
	fail 'the last one lacks the end'

echo '== of a command alone'
status=0
eyas record -o own.eyas -- sh -c 'cat /etc/passwd >/dev/null; exit 7' 2>own.err || status=$?
if grep -q "can't record processes alone" own.err; then
	echo 'SKIP: the module can only record all processes'
	exit 0
fi
[ $status -eq 7 ] || fail "status $status: $(cat own.err)"
[ "$(eyas replay -p '%evt.type %proc.exe' own.eyas | head -n 1)" = 'execve sh' ] ||
	fail 'its exec is not the first thing'
[ "$(eyas replay -p '%evt.type %proc.exe' own.eyas | tail -n 1)" = 'procexit sh' ] ||
	fail 'its end is not the last thing'
eyas replay -p '%proc.exe' own.eyas | sort -u >own.txt
[ "$(cat own.txt)" = "$(printf 'cat\nsh')" ] || fail "who was recorded: $(cat own.txt)"
status=0
eyas record -q -o own.eyas -- sh -c 'kill -9 $$' || status=$?
[ $status -eq 137 ] || fail "status $status of a command that was killed"
status=0
eyas record -q -M 1 -o own.eyas -- sleep 100 || status=$?
[ $status -eq 143 ] || fail "status $status of a command that ran too long"
[ "$(stat_of events own.eyas)" -gt 5 ] || fail 'it was not recorded'
start passed -o own.eyas -- sh -c 'trap "exit 5" TERM; while :; do sleep 0.1; done'
sleep 0.5
kill -TERM $recorder
status=0
wait $recorder || status=$?
[ $status -eq 5 ] || fail "status $status of a command that was told to end"
status=0
eyas record -o own.eyas -- /nowhere/x 2>own.err || status=$?
[ $status -eq 1 ] || fail "status $status of no command"
grep -q "cannot run '/nowhere/x'" own.err || fail "$(cat own.err)"

echo '== of some processes'
sh -c 'while :; do cat /etc/group >/dev/null; done' &
looping=$!
# Who is in a recording of a second: recorded OPTION... Of a process that ended
# before /proc was read, nobody knows the name.
recorded() {
	eyas record -q -M 1 -o some.eyas "$@" || fail "$*"
	eyas replay -p '%proc.exe %user.name' some.eyas | grep -v '^<NA>' | sort -u | paste -s -d, -
}
got=$(recorded -p $looping)
[ "$got" = 'sh root' ] || fail "-p: $got"
got=$(recorded -p $looping --tree)
[ "$got" = 'cat root,sh root' ] || fail "--tree: $got"
mkdir -p /sys/fs/cgroup/one/two
echo $looping >/sys/fs/cgroup/one/two/cgroup.procs
got=$(recorded --cgroup one)
[ "$got" = 'cat root,sh root' ] || fail "--cgroup: $got"
got=$(recorded -p $looping -e trace=openat)
[ "$(stat_of events some.eyas)" -gt 0 ] || fail 'nothing at all'
! eyas replay -p '%evt.type' some.eyas | grep -vx 'openat\|clone\|vfork\|fork\|procexit\|execve' ||
	fail 'other calls than those chosen'
kill $looping
(
	sleep 0.4
	exec su -s /bin/sh nobody -c 'cat /etc/hostname >/dev/null'
) &
got=$(recorded --uid nobody)
case $got in
*'cat nobody'*) ;;
*) fail "--uid: $got" ;;
esac
! echo "$got" | grep -q ' root' || fail "--uid: $got"
