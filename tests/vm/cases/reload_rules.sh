# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Rules change while events come: each event gives one alert, by the old rules or the new ones.
set -eu
dir=$(mktemp -d)
cd "$dir"
mkdir numbers rules.d

fail() {
	echo "$*"
	tail -n 20 ./*.log
	exit 1
}

# Until FILE has COUNT lines with TEXT, 20 s at most.
await() {
	tries=0
	until [ "$(grep -c "$2" "$1" 2>/dev/null)" -ge "$3" ]; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || fail "no $3 times '$2' in $1"
		sleep 0.05
	done
}

# Each set asks the kernel for something that the other does not.
rule() {
	cat <<-END
	- rule: Numbered
	  desc: a file of the test
	  condition: evt.type in (open, openat) and fd.name startswith $dir/numbers/
	  output: "$1 by=%proc.name parent=%proc.pname number=%fd.filename"
	  priority: $2
	- rule: Other
	  desc: never
	  condition: evt.type = $3 and proc.name = nobody
	  output: x
	  priority: NOTICE
	END
}
rule old NOTICE ptrace >old.yaml
rule new WARNING chdir >new.yaml
sed '3s/fd.name/fd.nmae/' old.yaml >bad.yaml
cp old.yaml rules.yaml

eyas watch -r rules.yaml -r rules.d/more.yaml 2>none.log && fail 'a file that is not there'
echo '- {list: of_the_test, items: [a]}' >rules.d/more.yaml
eyas watch -r rules.yaml -r rules.d >watch.out 2>watch.log &
watch=$!
await watch.log 'eyas: watching, 2 rules' 1

# Numbers, until told to stop; the shell itself opens the files.
cat >actor.sh <<'END'
n=0
while [ ! -e stop ]; do
	n=$((n + 1))
	echo >numbers/$n
done
echo $n >count
END
sh actor.sh &
actor=$!

# 21 reloads in all the ways there are: renamed over, written in place, by signal.
n=0
while [ $n -lt 21 ]; do
	set -- old.yaml new.yaml
	[ $((n % 2)) -eq 1 ] || set -- new.yaml
	case $((n % 3)) in
	0) cp "$1" next && mv next rules.yaml ;;
	1) cat "$1" >rules.yaml ;;
	2) kill -HUP $watch ;;
	esac
	n=$((n + 1))
	await watch.log '^eyas: reloaded, 2 rules, ' $n
done
touch stop
wait $actor
count=$(cat count)
await watch.out "number=$count\$" 1

sed -n 's/^.* number=\([0-9]*\)$/\1/p' watch.out | sort -n >seen
seq 1 "$count" >wanted
cmp -s seen wanted || fail "not one alert for each of $count: $(diff wanted seen | head -n 5)"
grep -q 'Notice old by=sh parent=' watch.out || fail 'the old rules told nothing'
grep -q 'Warning new by=sh parent=' watch.out || fail 'the new rules told nothing'
# What was known of processes is known still.
! grep -q '<NA>' watch.out || fail 'a process was forgotten'
echo "$count events, $n reloads: one alert each"

# A broken file: it is told where, and the old rules stay.
mv bad.yaml rules.yaml
await watch.log '^eyas: .*the old rules stay$' 1
await watch.out 'Critical eyas internal: reload failure: the old rules stay: rules.yaml:3:' 1
grep -q '^rules.yaml:3:[0-9]*: error: ' watch.log || fail 'no place on stderr'
grep -q 'file="rules.yaml" line="3"' watch.out || fail 'no place in the fields'
echo >numbers/0
await watch.out 'number=0$' 1

# None is worse than a broken one, and a new one in a folder is one more.
rm rules.yaml
await watch.out 'reload failure: .*cannot read .rules.yaml' 1
rule last ERROR ptrace >next && mv next rules.yaml
await watch.log '^eyas: reloaded, 2 rules, ' 22
sed 's/Numbered/Again/; s/Other/Another/' old.yaml >rules.d/zz.yaml
await watch.log '^eyas: reloaded, 4 rules, ' 1
rm rules.d/zz.yaml
await watch.log '^eyas: reloaded, 2 rules, ' 23
echo >numbers/-1
await watch.out 'Error last by=.*number=-1$' 1

# Counts are by name, over all of them.
kill -INT $watch
wait $watch || fail "status $?"
grep -q "^Events detected: $((count + 2))\$" watch.out || fail 'events were counted wrongly'
grep -q "^   Numbered: $((count + 2))\$" watch.out || fail 'rules were counted wrongly'
grep -q '^eyas: events [0-9]*, lost 0$' watch.log || fail 'events were lost'
