# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2016
# The options that eyas trace has from strace: both run the same command with
# the same options, one after the other, and say the same.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
PATH=$here/../tools:$PATH
dir=/tmp/options
rm -rf $dir
mkdir -p $dir
cd $dir
if ! command -v strace >/dev/null; then
	echo 'SKIP: strace is not here'
	exit 0
fi
random=/proc/sys/kernel/randomize_va_space
was=$(cat $random)
trap 'echo $was >$random' EXIT
# The same addresses in both runs.
echo 0 >$random
seq 5 >f
echo hello >g
tests=0 failed=0

# What differs in two runs of anything: pids, times, the environment's place,
# and who speaks; and what only a stopped program tells (see dual.awk).
normalise() {
	sed -E -e 's/0x[0-9a-f]+ \/\* ([0-9]+) vars/0x \/* \1 vars/' -e 's/tv_n?u?sec=[0-9]+/tv/g' \
		-e 's/\b[0-9]{3,5}\b/N/g' -e 's/, si_utime=0, si_stime=0//' -e 's/, \.\.\.\} ---/} ---/' \
		-e 's/getrandom\("[^"]*"/getrandom("/' -e 's/rt_sigreturn\(\{mask=[^}]*\}\) {1,17}/rt_sigreturn()/' \
		-e 's/rt_sigreturn\(\) */rt_sigreturn()/' -e 's/^strace: Process/eyas: process/' -e 's/^strace: Requested/eyas: requested/' \
		-e 's/^[0-9]{2}:[0-9]{2}:[0-9]{2}/TIME/' -e 's/^[0-9]{10}/TIME/' -e 's/^TIME\.[0-9]*/TIME./' -e 's/^(TIME )\(\+ +[0-9.]+\)/\1/' -e 's/\) +(= [^=]*)$/) \1/' \
		-e 's/^(\(\+)? +[0-9]+\.[0-9]{6}/+/' -e 's/<[0-9.]{8}>$/<>/' "$1"
}

# same OPTION... -- COMMAND...: the lines, the command's output and the status are equal.
same() {
	options=
	while [ "$1" != -- ]; do
		options="$options $1"
		shift
	done
	shift
	tests=$((tests + 1))
	a=0 b=0
	# shellcheck disable=SC2086 # options
	strace $options -o s "$@" >out 2>err </dev/null || a=$?
	mv out s.out
	mv err s.err
	# shellcheck disable=SC2086
	eyas trace $options -o e "$@" >out 2>err </dev/null || b=$?
	normalise s >s.n
	normalise e >e.n
	normalise s.err >s.errn
	normalise err >e.errn
	if [ $a = $b ] && cmp -s s.n e.n && cmp -s s.errn e.errn && cmp -s s.out out; then
		return 0
	fi
	failed=$((failed + 1))
	echo "not the same:$options -- $*: status $a and $b"
	diff -U 0 s.n e.n | sed 1,3d | cut -c1-160 | head -n 12
	diff -U 0 s.errn e.errn | sed 1,3d | cut -c1-160 | head -n 4
}

# The same, but for commands that take longer: only for make test-dual.
many() { [ ! -e "$here/../many" ] || same "$@"; }

# Numbers in a table are those of one run: its first and last column, sorted.
table() {
	options=$1
	tests=$((tests + 1))
	# shellcheck disable=SC2086
	strace $options -o s cat f >s.out
	# shellcheck disable=SC2086
	eyas trace $options -o e cat f >s.out
	for who in s e; do
		sed -E -e 's/[0-9]+\.[0-9]+/ T/g' -e 's/ +[0-9]+( +[0-9]+ +([0-9]+ )?)/ \1/' -e 's/ +/ /g' \
			-e 's/^ //' $who | sort >$who.n
	done
	if ! cmp -s s.n e.n; then
		failed=$((failed + 1))
		echo "not the same: $options"
		diff -U 0 s.n e.n | sed 1,3d | head -n 12
	fi
}

many -f -- cat f
same -e trace=openat,read -- cat f
same -e trace=!openat,read,getrandom -- cat f
same -e '/^(open|clo)' -- cat f
many -e trace=%file -- cat f
many -e trace=%desc -- cat f
many -e trace=%process -- cat f
many -e trace=%network -- curl -s http://nosuch.invalid:9/
many -e trace=%net -- true
same -e trace=tgkill,rt_sigaction -e signal=usr1 -- busy signals
many -e trace=%memory -- cat f
many -e trace=%creds -- id
many -e trace=%clock -- date +%Z
many -e trace=%pure -- id
many -e trace=%stat -- ls f
many -e trace=%lstat -- ls -l f
many -e trace=%fstat -- ls f
many -e trace=%%stat -- ls f
many -e trace=%statfs -- df /proc
many -e trace=%fstatfs -- df /proc
many -e trace=%%statfs -- df /proc
many -e trace=file,process -- cat f
same -e trace=?nosuch,close@64 -- cat f
many -e trace=close@32 -- cat f
same -e trace=none -- cat f
many -e trace=3 -- cat f
same -e status=successful -e trace=openat,execve -- cat f nosuch
same -e status=failed -e trace=openat -- cat f nosuch
same -e status=unfinished -- cat f
many -e status=unavailable -- cat f
same -e status=!successful -- cat f nosuch
same -z -e trace=%file -- cat f nosuch
same -Z -e trace=%file -- cat f nosuch
many -z -e status=failed -e trace=openat -- cat f nosuch
many -e signal=SIGUSR1 -e trace=none -- busy signals
same -e signal=usr1,sigalrm -e trace=none -- busy signals
many -e signal=!usr1 -e trace=none -- busy signals
many -e signal=none -e trace=none -- busy signals
many -e signal=14 -e trace=none -- busy signals
many -e signal=rtmin -e trace=none -- busy signals
same -s 3 -e read -- cat f
many -s 0 -e read -- cat f
many -s 100000 -e write -- cat f
many -v -e execve -- cat f
same -v -e uname -- uname -a
same -x -e openat,read -- cat f /bin/busybox
many -xx -e openat,read -- cat f
same -X raw -e openat,mmap,newfstatat -- cat f
many -X abbrev -e openat,mmap -- cat f
same -X verbose -e openat,mmap -- cat f
same -y -e read,openat,close -- cat f
many -yy -e read,openat -- cat f
many -a 10 -e openat -- cat f
same -a 80 -e openat -- cat f
many -n -e openat -- cat f
many -P f -- cat f g
same -q -P g -y -- cat f g
many -P /etc/passwd -e trace=openat -- cat /etc/passwd
same -E A=b -E HOME -e execve -v -- env
many -u nobody -e trace=setuid,getuid,geteuid -- id
same -e raw=openat -e abbrev=none -e verbose=none -e trace=openat,newfstatat -- cat f
many -e read=3 -e trace=read,openat -- cat f
same -e write=1 -e trace=write -- cat f
many -t -e trace=close -- cat f
many -tt -e trace=close -- cat f
same -ttt -T -e trace=close -- cat f
same -r -e trace=close -- cat f
many -t -r -e trace=close -- cat f
same -qq -e trace=close -- cat f
many -qqq -e trace=close -- cat f
many --seccomp-bpf -f -e trace=openat -- cat f
same -e trace=none -- sh -c 'exit 300'
same -e trace=none -- sh -c 'kill -SEGV $$'
many -e trace=none -e signal=none -- busy core
table -c
table '-c -e trace=openat,close'
table '-c -U calls,name -S name'
table '-c -U name,calls,errors'
table '-C -qq -e close'
table '-c -w -U max-time,min-time,total-time,time-percent,name'

echo "$tests compared, $failed not the same"
[ $failed -eq 0 ]
