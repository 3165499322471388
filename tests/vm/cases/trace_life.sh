# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2016
# eyas trace: processes that stop, dump, outlive, call strange things; outputs
# that fail; whom to trace, in all ways; tables of what was touched.
set -eu
PATH=$(cd "$(dirname "$0")/.." && pwd)/tools:$PATH
dir=/tmp/trace_life
rm -rf $dir
mkdir -p $dir
cd $dir

fail() {
	echo "trace_life.sh: $*"
	exit 1
}

has() { grep -Eq -e "$2" "$1" || { tail -n 30 "$1" && fail "$1 lacks '$2'"; }; }
lacks() { ! grep -Eq -e "$2" "$1" || { tail -n 30 "$1" && fail "$1 has '$2'"; }; }
count() { [ "$(grep -Ec -e "$2" "$1")" = "$3" ] || { tail -n 30 "$1" && fail "$1 has '$2' not $3 times"; }; }

status_of() {
	status=0
	"$@" || status=$?
	echo $status
}

until_has() { until grep -qs -e "$2" "$1"; do sleep 0.05; done; }

echo '== stops, cores, children of all kinds'
eyas trace -f -o log busy stops
count log '^[0-9]+ +--- SIGSTOP \{si_signo=SIGSTOP, si_code=SI_TKILL, ' 5
count log '^[0-9]+ +--- stopped by SIGSTOP ---$' 5
has log '^[0-9]+ +\+\+\+ exited with 3 \+\+\+$'
[ "$(status_of eyas trace -o log busy core)" = 134 ] || fail 'status of a core dump'
[ "$(tail -n 1 log)" = '+++ killed by SIGABRT (core dumped) +++' ] || fail 'end of a core dump'
eyas trace -f -o log -e trace=%process busy vforks
count log '\+\+\+ exited with [0-9] \+\+\+$' 31
count log ' vfork\(' 10
count log ' clone3\(\{flags=CLONE_CLEAR_SIGHAND, exit_signal=SIGCHLD, stack=NULL, stack_size=0\}, 88' 10
has log ' clone\(child_stack=NULL, flags=CLONE_UNTRACED\|SIGCHLD'

# Made with CLONE_PARENT, it is our child, and has to be waited for.
[ "$(status_of eyas trace -f -o log busy sibling)" = 0 ] || fail 'nobody waited for a sibling'
count log '\+\+\+ exited with 4 \+\+\+$' 1
[ "$(status_of eyas record -o sibling.eyas busy sibling)" = 0 ] || fail 'nor did eyas record'

echo '== the streams of a command end when it ends them'
(yes || :; : >ended) 2>/dev/null | eyas trace -qq -e trace=none -o log \
	sh -c 'exec <&-; until [ -e ended ]; do sleep 0.05; done'
rm ended
eyas trace -qq -e trace=none -o log sh -c 'exec >&-; until [ -e ended ]; do sleep 0.05; done' |
	(cat; : >ended)
rm ended

echo '== copies and devices by name'
eyas trace -yy -o log -e trace=dup,dup2,dup3,fstat,newfstatat sh -c 'exec 5</dev/zero 6<&5; cat <&6 | head -c 1 >/dev/null'
has log '^dup2\(5</dev/zero<char 1:5>>, 6\) += 6</dev/zero<char 1:5>>$'
eyas trace -P /dev/full -o log -e trace=dup,dup2,dup3 sh -c 'exec 5</dev/full 6<&5 7</dev/null 8<&7'
count log '^dup2?3?\(5' 1
lacks log '\(7'

echo '== what outlives the command is followed to its end'
[ "$(status_of eyas trace -f -o log sh -c '(sleep 0.3; echo late >late) & exit 3')" = 3 ] || fail 'status'
has late '^late$'
has log '^[0-9]+ +open(at)?\(.*"late", '
count log '\+\+\+ exited with 3 \+\+\+$' 1

echo '== a command that stopped takes a signal all the same'
eyas trace -o log sh -c 'kill -STOP $$; exit 5' &
tracer=$!
until_has log '^--- stopped by SIGSTOP ---$'
kill -TERM $tracer
status=0
wait $tracer || status=$?
[ $status = 143 ] || fail "status $status of a command that was stopped and killed"
eyas trace -o log sh -c 'trap "echo >went-on" CONT; trap "exit 9" TERM; echo >ready; while :; do sleep 0.05; done' &
tracer=$!
until [ -e ready ]; do sleep 0.05; done
kill -TERM $tracer
status=0
wait $tracer || status=$?
[ $status = 9 ] || fail "status $status of a command that takes SIGTERM"
[ ! -e went-on ] || fail 'a command that was not stopped was sent SIGCONT'

echo '== outputs that fail leave the command alone'
[ "$(status_of eyas trace -o /dev/full sh -c 'sleep 0.3; echo ran >ran' 2>err)" = 1 ] || fail 'status with a full disk'
has err "^eyas: cannot write to '/dev/full': No space left on device\$"
count err . 1
has ran '^ran$'
rm ran
eyas trace sh -c 'sleep 0.3; ls / >/dev/null; echo ran >ran' 2>&1 | head -n 1 >first
has first '^execve\('
has ran '^ran$'
rm ran
[ "$(status_of eyas trace -o '|exit 3' sh -c 'sleep 0.3; echo ran >ran' 2>err)" = 1 ] || fail 'status without a reader'
has ran '^ran$'

echo '== long lines'
eyas trace -s 60000 -e write -o log dd if=/dev/zero bs=50000 count=1 >/dev/null 2>&1
[ "$(awk '/^write\(1, / { print length($0) }' log)" = 100027 ] || fail 'a string of 50000 bytes'
# shellcheck disable=SC2046 # many words
eyas trace -v -s 20000 -e execve -o log echo $(seq 2000) >out
[ "$(head -n 1 log | tr ',' '\n' | grep -c '^ "[0-9]*"')" = 2000 ] || fail 'an exec with 2000 words'

echo '== several processes'
mkfifo pipe1 pipe2
busy wait <pipe1 &
one=$!
busy wait <pipe2 &
two=$!
exec 8>pipe1 9>pipe2
eyas trace -o log -p $one -p $two 2>err &
a=$!
eyas trace -o log2 -p "$one $two" 2>err2 &
b=$!
until_has log "^$one *read(0, "
until_has log2 "^$one *read(0, "
until_has log "^$two *read(0, "
until_has log2 "^$two *read(0, "
echo >&8
echo >&9
wait $one || true
wait $two || true
wait $a || fail 'status of -p, twice'
wait $b || fail 'status of -p with two'
exec 8>&- 9>&-
for pid in $one $two; do
	for n in log log2; do
		has $n "^$pid +exit_group\(7"
		has $n "^$pid +\+\+\+ exited with 7 \+\+\+\$"
	done
done

echo '== whom there is not'
for pid in 0 -1 x 1,x 99999999 ''; do
	[ "$(status_of eyas trace -p "$pid" 2>err)" = 1 ] || fail "status of -p '$pid'"
	has err "^eyas: (invalid process id: '|there is no process )"
done
[ "$(status_of eyas trace --uid nosuch 2>err)" = 1 ] || fail 'status of --uid'
has err "^eyas: there is no user 'nosuch'\$"
[ "$(status_of eyas trace --cgroup nosuch 2>err)" = 1 ] || fail 'status of --cgroup'
has err "^eyas: there is no cgroup 'nosuch' below "
[ "$(status_of eyas trace --container 0123abcd 2>err)" = 1 ] || fail 'status of --container'
has err "^eyas: no container here has an id that begins with '0123abcd'\$"
[ "$(status_of eyas trace 2>err)" = 2 ] || fail 'status of nobody'
[ "$(status_of eyas trace -p 1 true 2>err)" = 2 ] || fail 'status of a command with -p'

echo '== a container'
id=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
mkdir -p /sys/fs/cgroup/system.slice/docker-$id.scope/init
eyas trace -q --container 0123456789ab -e openat -o log &
tracer=$!
sleep 0.5
cat /etc/passwd >/dev/null
sh -c "echo \$\$ >/sys/fs/cgroup/system.slice/docker-$id.scope/init/cgroup.procs; exec cat /etc/group" >/dev/null
sleep 0.2
kill -INT $tracer
wait $tracer
has log '"/etc/group"'
lacks log '"/etc/passwd"'

echo '== what a tree of processes came to'
eyas trace --tree -qq -e none -o log sh -c '(exit 3); kill -TERM $$' || true
has log '^[0-9]+ sh \(.*\), killed by SIGTERM'
has log '^`-- [0-9]+ sh, exited with 3 after [0-9.]+ s$'

echo '== what was touched in the net'
mkdir -p www
echo hello >www/page
busybox httpd -p 127.0.0.1:8071 -h www
eyas trace -f -qq --network -e %network,read,write,close -o log wget -q -O page http://127.0.0.1:8071/page
cmp page www/page
has log '^ +1 .* TCP -> 127\.0\.0\.1:8071$'

echo '== a debugger that is traced debugs'
if command -v gdb >/dev/null; then
	eyas trace -f -o log gdb -q -nx -batch -ex 'break getppid' -ex run -ex 'delete 1' -ex continue \
		--args busy threads 1 >out 2>&1
	has out 'exited normally'
	has log ' ptrace\(PTRACE_CONT, '
else
	echo 'SKIP: gdb is not here'
fi

echo '== without a trace'
eyas trace -z -Z -A --list 2>err >out
has err '^eyas: of -z and -Z only the last one counts'
eyas trace --list -e openat,%pure >out
has out '^ 257 openat +%desc,%file +fully$'
has out '^  39 getpid +%pure +fully$'
has out '^[0-9]+ calls: [0-9]+ decoded fully, 0 partly, 0 raw$'
eyas trace -h >out || fail 'status of -h'
has out '^Usage: eyas trace '
