# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# eyas watch with a falco.yaml, settings on the command line and Falco's letters.
set -eu
dir=$(mktemp -d)
cd "$dir"
mkdir files rules.d

fail() {
	echo "$*"
	tail -n 20 ./*.log ./*.out ./*.json 2>/dev/null || :
	exit 1
}

await() {
	tries=0
	until grep -q "$2" "$1" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || fail "no '$2' in $1"
		sleep 0.1
	done
}

cat >rules.yaml <<END
- {rule: One, desc: d, priority: NOTICE, tags: [a, x], output: one %fd.filename,
   condition: 'evt.type in (open, openat) and fd.name startswith $dir/files/'}
- {rule: Two, desc: d, priority: INFO, tags: [a], output: two,
   condition: 'evt.type in (open, openat) and fd.name startswith $dir/files/ and static.site = west'}
- {rule: Three, desc: d, priority: DEBUG, tags: [b], output: three,
   condition: 'evt.type in (open, openat) and fd.name startswith $dir/files/'}
END
cat >falco.yaml <<END
engine: {kind: modern_ebpf, modern_ebpf: {cpus_for_each_buffer: 2}}
rules_files: [$dir/rules.yaml, $dir/local.yaml, $dir/rules.d]
priority: info
rule_matching: all
json_output: true
json_include_message_property: true
json_include_tags_property: false
stdout_output: {enabled: true}
file_output: {enabled: true, filename: $dir/alerts.json}
webserver: {enabled: false}
outputs_queue: {capacity: 0}
static_fields: {site: west}
append_output:
  - match: {rule: One}
    extra_output: at=%static.site
    extra_fields: [evt.type, {who: "%proc.name!"}]
END

# The file alone: JSON on both channels, two rules of three.
eyas watch -c falco.yaml >one.out 2>one.log &
watch=$!
await one.log 'eyas: watching, 3 rules'
: >files/f
await alerts.json '"rule":"Two"'
kill -INT $watch
wait $watch || fail "status $?"
grep -q '^eyas: falco.yaml: no effect here: engine, outputs_queue$' one.log || fail 'no warning'
cmp -s one.out alerts.json || fail 'the channels differ'
[ "$(grep -c . alerts.json)" -eq 2 ] || fail 'not two alerts'
grep -q '^{"hostname":"[^"]*","message":"one f at=west","output":"[0-9:.]*: Notice one f at=west","output_fields":{"evt.time":[0-9]*,"evt.type":"openat","fd.filename":"f","static.site":"west","who":"sh!"},"priority":"Notice","rule":"One","source":"syscall","time":"[0-9T:.-]*Z"}$' alerts.json || fail 'JSON differs'
grep -q '^   One: 1$' one.log || fail 'no counts'

# The command line wins.
eyas watch -c falco.yaml -o json_output=false -o 'rules[].disable.rule=O*' --priority debug \
	-o static_fields.site=east -o alerts.txt -o 'append_output[]={"extra_output": "more"}' \
	-M 4 >two.out 2>two.log &
watch=$!
await two.log 'eyas: watching'
: >files/g
wait $watch || fail "status $?"
grep -q '^[0-9:.]*: Debug three more$' alerts.txt || fail 'no text'
[ "$(grep -c . alerts.txt)" -eq 1 ] || fail 'not one alert'
grep -q '^Events detected: 1$' two.out || fail 'no counts'

# A changed configuration is taken in while watching; one that is wrong is not.
# shellcheck disable=SC2016 # it is for eyas to expand
sed 's/^json_output: .*/json_output: false/; s/^stdout_output: .*/stdout_output: {enabled: false}/
	s/filename: \(.*\).json}/filename: "\1.${EYAS_TEST_ENDING}"}/' falco.yaml >live.yaml
EYAS_TEST_ENDING=first eyas watch -c live.yaml -P watch.pid >live.out 2>live.log &
watch=$!
await live.log 'eyas: watching, 3 rules'
[ "$(cat watch.pid)" -eq $watch ] || fail 'another process id'
: >files/h
await alerts.first 'Notice One\|Notice one'
# No file that was moved away is written to.
mv alerts.first alerts.old
: >files/i
await alerts.first 'one i'
! grep -q 'one i' alerts.old || fail 'the file that was moved away goes on'
sed 's/EYAS_TEST_ENDING}/EYAS_TEST_ENDING}.second/; s/site: west/site: south/
	s/^priority: .*/rules: [{disable: {tag: x}}]/' live.yaml >next && mv next live.yaml
await live.log '^eyas: reloaded, 3 rules'
: >files/k
await alerts.first.second 'Debug three'
[ "$(grep -c . alerts.first.second)" -eq 1 ] || fail 'the settings are not the new ones'
! grep -q three alerts.first || fail 'the old file goes on'
echo 'json_output: perhaps' >live.yaml
await live.log "^eyas: live.yaml:1:14: json_output: 'perhaps' is neither true nor false; the old rules stay"
await alerts.first.second 'Critical eyas internal: reload failure: the old rules stay: live.yaml:1:14: json_output'
: >files/l
tries=0
until [ "$(grep -c 'Debug three' alerts.first.second)" -eq 2 ]; do
	tries=$((tries + 1))
	[ $tries -lt 200 ] || fail 'the old settings did not stay'
	sleep 0.1
done
kill -INT $watch
wait $watch || fail "status $?"
[ ! -e watch.pid ] || fail 'the process id stays'

# By tag and name.
eyas watch -r rules.yaml -o static_fields.site=west --rule-matching all -t a -T x -M 4 >three.out 2>three.log &
watch=$!
eyas watch -r rules.yaml -o static_fields.site=west --rule-matching all -D hre -M 4 >four.out 2>four.log &
other=$!
await three.log 'eyas: watching'
await four.log 'eyas: watching'
: >files/h
wait $watch $other || fail "status $?"
grep -q '^Events detected: 1$' three.out || fail '-t, -T'
grep -q '^   Two: 1$' three.out || fail '-t, -T'
grep -q '^Events detected: 2$' four.out || fail '-D'
! grep -q Three four.out || fail '-D'

# What else there is, and what is wrong.
echo '- {rule: Bad, desc: d, condition: x, output: x}' >bad.yaml
sed -i 's/ and static.site = west//' rules.yaml
eyas watch -V rules.yaml >five.out || fail '-V'
grep -q '^rules.yaml: Ok$' five.out || fail '-V says nothing'
! eyas watch -V rules.yaml bad.yaml >five.out || fail '-V of what is wrong'
[ "$(eyas watch -r rules.yaml -L | grep -c .)" -eq 3 ] || fail '-L'
eyas watch -r rules.yaml -l Two | grep -q '^output  *two$' || fail '-l'
eyas watch --list | grep -q proc.name || fail '--list'
eyas watch --list-events | grep -q '^openat ' || fail '--list-events'
! eyas watch -c falco.yaml -o priority=loud 2>five.log || fail 'a priority that is none'
grep -q "^eyas: priority=loud: priority: 'loud' is not a priority" five.log || fail 'not told'
