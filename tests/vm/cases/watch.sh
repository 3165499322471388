# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# eyas watch as its user sees it: starting, stopping, refusing, losing.
set -eu
dir=$(mktemp -d)
cd "$dir"

fail() {
	echo "$*"
	tail -n 20 ./*.log ./*.out 2>/dev/null || :
	exit 1
}

# Until FILE has TEXT, 10 s at most.
await() {
	tries=0
	until grep -q "$2" "$1" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "no '$2' in $1"
		sleep 0.1
	done
}

cat >good.yaml <<'END'
- rule: Marker opened
  desc: a file of the test
  condition: evt.type in (open, openat) and fd.name = /tmp/marker
  output: marker opened (name=%fd.name by=%proc.name res=%evt.res)
  priority: NOTICE
  tags: [test]
END
sed 's/fd.name = /fd.nmae = /' good.yaml >bad.yaml

# A broken file: the place, a caret, status 1, and no session was ever there.
if eyas watch -r bad.yaml >bad.out 2>bad.log; then fail 'bad rules were taken'; fi
grep -q '^bad.yaml:3:[0-9]*: error: ' bad.log || fail 'no place'
grep -q '^ *^$' bad.log || fail 'no caret'
grep -q "fd.name" bad.log || fail 'no suggestion'
[ ! -s bad.out ] || fail 'output of a watch that was not'
dmesg | grep -q 'eyas: session' && fail 'a session was started'

# By time.
eyas watch -r good.yaml -M 1 >time.out 2>time.log || fail "-M: status $?"
grep -q '^eyas: watching, 1 rules' time.log || fail 'did not say that it watches'
grep -q '^Events detected: 0$' time.out || fail 'no counts'
grep -q '^eyas: events [0-9]*, lost 0$' time.log || fail 'no totals'

# By signal, with alerts; two at once see the same.
eyas watch -r good.yaml >text.out 2>text.log &
one=$!
eyas watch -r good.yaml -j -o json.alerts >json.out 2>json.log &
two=$!
await text.log 'eyas: watching'
await json.log 'eyas: watching'
/bin/cat /tmp/marker 2>/dev/null || :
: >/tmp/marker
/bin/cat /tmp/marker
await text.out 'by=cat res=SUCCESS'
await json.alerts '"proc.name":"cat"'
kill -INT $one
kill -TERM $two
wait $one || fail "SIGINT: status $?"
wait $two || fail "SIGTERM: status $?"
[ "$(grep -c ' Notice marker opened (name=/tmp/marker by=' text.out)" -eq 3 ] || fail 'not 3 alerts'
[ "$(grep -c '"rule":"Marker opened"' json.alerts)" -eq 3 ] || fail 'not 3 JSON alerts'
grep -q 'by=cat res=ENOENT' text.out || fail 'no failed open'
grep -q '^{"hostname":"eyas-vm","output":"[0-9:.]*: Notice marker opened (name=/tmp/marker by=cat res=ENOENT)","output_fields":{"evt.res":"ENOENT","evt.time":[0-9]*,"fd.name":"/tmp/marker","proc.name":"cat"},"priority":"Notice","rule":"Marker opened","source":"syscall","tags":\["test"\],"time":"[0-9T:.-]*Z"}$' json.alerts || fail 'JSON differs'
[ "$(stat -c %a json.alerts)" = 600 ] || fail 'mode of the file'
grep -q '^   NOTICE: 3$' text.out || fail 'no counts by severity'
grep -q '^   Marker opened: 3$' text.out || fail 'no counts by rule'

# A reader that does not read: the host goes on, the loss is told.
eyas watch -r good.yaml >loss.out 2>loss.log &
one=$!
await loss.log 'eyas: watching'
kill -STOP $one
t_flood 200000 || fail 'the flood failed'
kill -CONT $one
await loss.out 'eyas internal: syscall event drop'
kill -INT $one
wait $one || fail "after loss: status $?"
lost=$(sed -n 's/^eyas: events [0-9]*, lost \([0-9]*\)$/\1/p' loss.log)
[ "${lost:-0}" -gt 1000 ] || fail "lost ${lost:-nothing}"
echo "flood of 200000 opens, reader stopped: $lost lost and told"

# Wrong words.
eyas watch --priority loud 2>usage.log && fail 'a priority that is none'
[ $? -eq 2 ] || :
eyas watch -r /no/such/file 2>none.log && fail 'a file that is not there'
grep -q "/no/such/file" none.log || fail 'the file is not named'
rmmod eyas
if eyas watch -r good.yaml -M 1 >gone.out 2>gone.log; then fail 'no module, no error'; fi
grep -q 'modprobe eyas' gone.log || fail 'no fix told'
insmod /run-vm/eyas.ko
