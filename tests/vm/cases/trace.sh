# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2012,SC2016,SC2022,SC2015
# eyas trace: the command is left as it is, whom and what it shows, where to,
# and that nobody it looks at notices.
set -eu
PATH=$(cd "$(dirname "$0")/.." && pwd)/tools:$PATH
dir=/tmp/trace
rm -rf $dir
mkdir -p $dir
cd $dir
grep=$(command -v grep)

fail() {
	echo "trace.sh: $*"
	exit 1
}

# The file has a line that matches; it has none.
has() { "$grep" -Eq -e "$2" "$1" || { cat "$1" && fail "$1 lacks '$2'"; }; }
lacks() { ! "$grep" -Eq -e "$2" "$1" || { cat "$1" && fail "$1 has '$2'"; }; }

status_of() {
	status=0
	"$@" || status=$?
	echo $status
}

# Wait until FILE has TEXT.
until_has() { until "$grep" -qs -e "$2" "$1"; do sleep 0.05; done; }

echo '== the command: its status, its streams, its environment'
[ "$(status_of eyas trace -o log sh -c 'exit 7')" = 7 ] || fail 'status 7'
[ "$(status_of eyas trace -o log sh -c 'kill -TERM $$')" = 143 ] || fail 'killed by SIGTERM'
tail -n 2 log >end
has end '^--- SIGTERM \{si_signo=SIGTERM, si_code=SI_USER, si_pid=[0-9]+, si_uid=0\} ---$'
has end '^\+\+\+ killed by SIGTERM \+\+\+$'
[ "$(status_of eyas trace -o log nosuch 2>err)" = 1 ] || fail 'no such program'
has err "^eyas: cannot run 'nosuch': there is no such program in PATH\$"
[ "$(status_of eyas trace -o log /etc/passwd 2>err)" = 1 ] || fail 'not a program'
has log '^execve\("/etc/passwd", \["/etc/passwd"\], 0x[0-9a-f]+ /\* [0-9]+ vars \*/\) = -1 EACCES'
has log '^\+\+\+ exited with 1 \+\+\+$'
[ "$("$grep" -c . log)" = 2 ] || fail 'more of a command that cannot be started'
printf 'in\n' >in
eyas trace -o log sh -c 'cat; echo err >&2' <in >out 2>err
[ "$(cat out)" = in ] && [ "$(cat err)" = err ] || fail 'streams'
env | sort >before
eyas trace -o log env | sort >after
sed -i '/^_=/d' before after
cmp before after || fail 'the environment is another one'
eyas trace -o log -E NEW=1 -E HOME env >out
has out '^NEW=1$'
lacks out '^HOME='
eyas trace -o log --argv0=other bash -c 'echo $0' x >out
has log '^execve\("[^"]*", \["other", "-c"'

echo '== the first line is exec, the last one the end'
eyas trace -o log ls / >out
head -n 1 log | "$grep" -q '^execve("[^"]*/ls", \["ls", "/"\], 0x[0-9a-f]* /\* [0-9]* vars \*/) = 0$'
[ "$(tail -n 1 log)" = '+++ exited with 0 +++' ] || fail 'no end'
eyas trace ls / 2>log >out
has log '^write\(1, '

echo '== which calls'
eyas trace -e openat,close -o log cat /etc/passwd >/dev/null
has log '^openat\(AT_FDCWD, "/etc/passwd", O_RDONLY'
lacks log '^(read|mmap|execve)\('
eyas trace -e '!openat,close' -o log cat /etc/passwd >/dev/null
lacks log '^(openat|close)\('
has log '^read\('
eyas trace -e %file -Z -o log cat /etc/passwd /nosuch >/dev/null 2>&1 || true
has log '"/nosuch", .* = -1 ENOENT \(No such file or directory\)$'
lacks log '\) += [0-9]'
eyas trace -e %file -z -o log cat /etc/passwd /nosuch >/dev/null 2>&1 || true
lacks log ENOENT
has log '"/etc/passwd", '
eyas trace -P /etc/passwd -o log cat /etc/passwd /etc/group >/dev/null
has log '^openat\(AT_FDCWD, "/etc/passwd"'
has log '^read\(3, "root:'
lacks log '/etc/group'
eyas trace --slower 150 -e %desc,clock_nanosleep,nanosleep -T -o log sleep 0.2
has log 'nanosleep\(.*\) = 0 <0\.2[0-9]*>$'
lacks log '^(read|close|openat)\('

echo '== what needs ptrace names strace'
for option in -k -i -D '-b execve' --kill-on-exit '-e inject=all:error=EPERM' '-e fault=open'; do
	# shellcheck disable=SC2086 # an option and its argument
	[ "$(status_of eyas trace $option true 2>err)" = 2 ] || fail "$option is taken"
	has err 'use strace for that$'
done

echo '== times and looks'
eyas trace -ttt -T -e close -o log cat /etc/passwd >/dev/null
has log '^[0-9]{10}\.[0-9]{6} close\(3\) += 0 <0\.[0-9]{6}>$'
eyas trace -tt -r -n -e close -o log cat /etc/passwd >/dev/null
has log '^[0-9:]{8}\.[0-9]{6} \(\+ +[0-9]+\.[0-9]{6}\) \[ +(3|57)\] close\(3\) += 0$' # of x86_64 or arm64
eyas trace -y -e read -o log cat /etc/passwd >/dev/null
has log '^read\(3</etc/passwd>, "root:'
eyas trace -s 4 -e read -o log cat /etc/passwd >/dev/null
has log '^read\(3, "root"\.\.\., '
eyas trace -e read=3 -e trace=read -o log cat /etc/hostname >/dev/null
has log '^ \| 00000  [0-9a-f]{2} .* \|$'

echo '== threads and children'
eyas trace -o log busy threads
lacks log '^[0-9]+ '
eyas trace -f -o log busy threads
[ "$(awk '/getppid/ { n[$1]++ } END { for (p in n) { c++; if (n[p] != 50) c = -99 }; print c }' log)" = 4 ] ||
	fail 'not 50 calls of each of 4 threads'
eyas trace -f -ff -o sep busy threads
[ "$(ls sep.* | wc -l)" = 5 ] || fail 'not an output for each thread'
[ "$(cat sep.* | "$grep" -c '^getppid()')" = 200 ] || fail 'calls are missing with -ff'
[ "$("$grep" -c '^+++ exited with 0 +++' sep.* | "$grep" -c ':1$')" = 5 ] || fail 'ends with -ff'
eyas trace -f -o log -e trace=exit_group,wait4 busy forks
[ "$("$grep" -c 'exit_group.*) *= ?' log)" = 51 ] || fail 'not the ends of 51 processes'
[ "$("$grep" -c '+++ exited with' log)" = 51 ] || fail 'not 51 exits'
eyas trace -f -o log busy killed
# pause() is another call on arm64.
has log '^[0-9]+ +(pause\(|ppoll\(NULL, 0, ) <unfinished \.\.\.>$'
has log '^[0-9]+ +<\.\.\. (pause resumed>|ppoll resumed> <unfinished \.\.\.>)\) += \?$'
has log '^[0-9]+ +\+\+\+ killed by SIGKILL \+\+\+$'
eyas trace -f -o log busy group
[ "$("$grep" -c '^[0-9]* *--- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, ' log)" = 2 ] ||
	fail 'a signal that ends a group is told once'
[ "$("$grep" -Ec '(pause|ppoll).*= \? ERESTARTNOHAND \(To be restarted if no handler\)$' log)" = 2 ] ||
	fail 'the thread that it was sent to saw the end of its call'
[ "$("$grep" -c '+++ killed by SIGTERM +++$' log)" = 5 ] || fail 'all threads end by it'
eyas trace -f -o log busy exec
has log '^[0-9]+ +\+\+\+ superseded by execve in pid [0-9]+ \+\+\+$'
has log '^[0-9]+ +<\.\.\. execve resumed>\) += 0$'
eyas trace -o log busy signals
[ "$("$grep" -c '^--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_TKILL, si_pid=[0-9]*, si_uid=0} ---$' log)" = 20 ] ||
	fail 'not 20 signals'
[ "$("$grep" -c '^rt_sigreturn(' log)" -ge 25 ] || fail 'returns from handlers'

echo '== processes that run already'
mkfifo pipe
busy wait <pipe &
pid=$!
exec 8>pipe
cat /proc/$pid/status >status.before
eyas trace -o log -p $pid 2>err &
tracer=$!
until_has err "Process $pid attached"
until_has log '^read(0, '
printf 'a\n' >&8
wait $tracer || fail 'status of -p'
status=0
wait $pid || status=$?
[ $status = 7 ] || fail 'the process was disturbed'
exec 8>&-
has log '^read\(0, 0x[0-9a-f]+, 1\) += 1$|^read\(0, "a", 1\) += 1$'
has log '^exit_group\(7\) += \?$'
[ "$(tail -n 1 log)" = '+++ exited with 7 +++' ] || fail 'no end with -p'

echo '== attaching and letting go leaves no trace'
busy wait <pipe &
pid=$!
exec 8>pipe
sleep 0.2
"$grep" -v ctxt /proc/$pid/status >status.before
for n in 1 2 3; do
	eyas trace -q -o log.$n -p $pid &
	tracers="${tracers:-} $!"
done
for n in 1 2 3; do until_has log.$n '^read(0, '; done
"$grep" -v ctxt /proc/$pid/status >status.during
"$grep" -q '^TracerPid:.0$' status.during
cmp status.before status.during || fail 'the process looks different while it is traced'
# shellcheck disable=SC2086 # pids
kill -INT $tracers
# shellcheck disable=SC2086
wait $tracers || fail 'status of -p after SIGINT'
"$grep" -v ctxt /proc/$pid/status >status.after
cmp status.before status.after || fail 'the process looks different after it was traced'
has log.1 '^read\(0, +<detached \.\.\.>$'
printf '\n' >&8
exec 8>&-
wait $pid || true

echo '== trees, cgroups, users'
sh -c 'sh -c "sleep 1; ls / >/dev/null"; true' &
pid=$!
sleep 0.3
eyas trace -q --tree -p $pid -e openat,exit_group -o log
[ "$(awk '/\+\+\+ exited/ { n++ } END { print n }' log)" -ge 3 ] || fail 'not the whole tree'
mkdir -p /sys/fs/cgroup/traced/below
eyas trace -q --cgroup /traced -e openat -o log &
tracer=$!
sleep 0.5
cat /etc/passwd >/dev/null
sh -c 'echo $$ >/sys/fs/cgroup/traced/below/cgroup.procs; exec cat /etc/group' >/dev/null
sleep 0.2
kill -INT $tracer
wait $tracer
has log '"/etc/group"'
lacks log '"/etc/passwd"'
eyas trace -q --uid daemon -e openat -o log &
tracer=$!
sleep 0.5
cat /etc/passwd >/dev/null
eyas trace -q -u daemon -o /dev/null cat /etc/group >/dev/null
sleep 0.2
kill -INT $tracer
wait $tracer
has log '"/etc/group"'
lacks log '"/etc/passwd"'
eyas trace --all -e openat -o log &
tracer=$!
sleep 0.5
cat /etc/group >/dev/null
sleep 0.2
kill -INT $tracer
wait $tracer
has log '^[0-9]+ +openat\(AT_FDCWD, "/etc/group"'
lacks log 'log'

echo '== outputs'
eyas trace -e close -o log true
eyas trace -e close -A -o log true
[ "$("$grep" -c '+++ exited' log)" = 2 ] || fail '-A'
eyas trace -e close -o '|cat >piped' cat /etc/passwd >/dev/null
has piped '^close\(3\)'
eyas trace --all -Y -e read,write -o '|cat >piped; true' &
tracer=$!
sleep 0.5
ls / >/dev/null
sleep 0.5
kill -INT $tracer
wait $tracer
has piped '^[0-9]+<[^>]+> '
lacks piped '^[0-9]+<cat>'
eyas trace -qq -e close -o log true
lacks log '\+\+\+'
eyas trace -f -e none sh -c '(true); true' 2>err
has err '^eyas: Process [0-9]+ attached$'
eyas trace -f -q -e none sh -c '(true); true' 2>err
lacks err attached

echo '== tables'
eyas trace -c -o log ls / >/dev/null
has log '^% time     seconds  usecs/call     calls    errors syscall$'
has log '^ *[0-9.]+ +[0-9.]+ +[0-9]+ +1 +execve$'
has log '^100.00 .* total$'
n=$(awk '$NF == "close" { print $4 }' log)
eyas trace -C -e close -o log ls / >/dev/null
[ "$(awk '$NF == "close" { print $4 }' log)" = "$n" ] || fail '-c and -C count differently'
[ "$("$grep" -c '^close(' log)" = "$n" ] || fail '-C has other lines than counts'
eyas trace -f -c -U calls,name -S calls -e getppid -o log busy threads
has log '^ +200 getppid$'
eyas trace -qq -e none --files -o log cat /etc/passwd >/dev/null
eyas trace -qq -e openat,read --files -o log cat /etc/passwd >/dev/null
has log '^ +1 +[12] +[1-9][0-9]* +0 +0 +0 +0 /etc/passwd$'
eyas trace -f -qq -e none --process-tree -o log sh -c '(exit 3); exit 4' || true
has log '^[0-9]+ .*, exited with 4$'
has log '^`-- [0-9]+ sh, exited with 3 after 0\.[0-9]{3} s$'
eyas trace -j -e openat -o log cat /etc/passwd >/dev/null
has log '^\{"event":"call","time":[0-9]+,"pid":[0-9]+,"tid":[0-9]+,"comm":"cat",.*"/etc/passwd".*\}$'
has log '^\{"event":"exit",.*"status":0,"last_thread":true\}$'

echo '== what is saved is the same again'
for what in threads signals forks exec killed; do
	eyas trace -f -y -T --save cap busy $what 2>live
	eyas trace --from cap -y -T 2>again
	cmp live again || { diff live again | head -n 20 && fail "$what is not the same from a file"; }
done
eyas trace -f -tt -o live --save cap sh -c 'ls / | cat' >/dev/null
eyas trace -f -tt -o again --from cap
cmp live again || { diff live again | head -n 20 && fail 'not the same file from a file'; }
eyas trace -c --from cap 2>again
has again '^100.00 .* total$'
eyas trace -o live --save cap cat /etc/passwd /nosuch >/dev/null 2>&1 || true
eyas trace -f -Z -e %file -o again --from cap
has again 'ENOENT'
lacks again '^[0-9]+ +(close|read)\('

echo '== what eyas record saves for it'
eyas trace -o live cat /etc/passwd /nosuch >/dev/null 2>&1 || true
eyas record -q --for trace -o cap -- cat /etc/passwd /nosuch >/dev/null 2>&1 || true
eyas trace --from cap 2>&1 | sed 's/^[0-9]* *//' >again
# Addresses, pids and what is random are of another run.
sed -i -E '/^getrandom/d; s/0x[0-9a-f]+/0x/g; s/^(set_tid_address.*= )[0-9]+$/\1/; s/[[:space:]]+=/ =/' live again
cmp live again || { diff live again | head -n 20 && fail 'not the same from what was recorded'; }
eyas record -q --for trace -o cap -- busy killed
eyas trace -f --from cap -o again
has again '^[0-9]+ +pause\( <unfinished \.\.\.>$'
has again '^[0-9]+ +exit_group\(0\) += \?$'
status=$(status_of eyas record --for watch -o cap true 2>err)
[ "$status" = 2 ] || fail "--for watch: status $status"
has err "^eyas record: --for: 'watch' is not 'trace'\$"

echo '== together with others'
if command -v strace >/dev/null; then
	eyas trace -f -e write -o log strace -o other sh -c 'echo traced'
	has log '^[0-9]+ +write\(1, "traced\\n", 7\) += 7$'
	has other '^write\(1, "traced\\n", 7\) += 7$'
else
	echo 'SKIP: strace is not here'
fi
cp "${PATH%%:*}/id" setuid-id
chown daemon setuid-id
chmod 4755 setuid-id
eyas trace -f -o log ./setuid-id -u >out
[ "$(cat out)" = "$(stat -c %u setuid-id)" ] || fail 'a setuid program is not what it was'

echo '== losses are told, and --strict makes them a failure'
status=$(status_of eyas trace --strict --buffer 1 -e trace=read,write -o log \
	dd if=/dev/zero of=/dev/null bs=1 count=200000 2>err)
if "$grep" -q '^--- [0-9]* events* lost: ' log; then
	[ "$status" = 3 ] || fail "status $status after losses"
	has err '^eyas: events [0-9]+, lost [1-9][0-9]*$'
else
	[ "$status" = 0 ] || fail "status $status without losses"
	lacks err 'lost'
	echo 'nothing was lost'
fi
