# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2012,SC2016,SC2022,SC2015
# Dual trace: strace and eyas trace watch the same run, and what they tell of
# it is compared, thread by thread and line by line. What has to differ is
# listed in dual.awk; why lines differ is counted for each command. dual.sh
# [NAME...]: only these commands. DUAL_SHOW: lines that are shown of differences.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=${DUAL_DIR:-/tmp/dual}
tools=$(cd "$here/.." && pwd)/tools
PATH=$tools:$PATH
rm -rf "$dir"
mkdir -p "$dir/work"
cd "$dir/work"
if ! command -v strace >/dev/null; then
	echo 'SKIP: strace is not here'
	exit 0
fi
wanted=" $* "
equal=0 total=0 commands=0 failed=0

# Lines of $name.s and $name.e, made comparable.
normalise() {
	awk '{ print $1 }' "../$name.s" | sort -u >"../$name.pids"
	awk -f "$here/dual.awk" -v "only=../$name.pids" "../$name.s" | sort -s -n -k 1,1 >"../$name.ns"
	# eyas trace also saw what strace did before the command's exec.
	pid=$(head -n 1 "../$name.s" | awk '{ print $1 }')
	exec=$(head -n 1 "../$name.s" | sed 's/^[0-9]* *//; s/,.*//')
	awk -f "$here/dual.awk" -v "only=../$name.pids" "../$name.e" | sort -s -n -k 1,1 |
		awk -v "pid=$pid" -v "exec=$exec" \
			'$1 != pid || on || index($0, exec) { if ($1 == pid) on = 1; print }' >"../$name.ne"
}

# How many lines of one file are not in the other: $other and $more.
compare() {
	diff -U 0 "$1" "$2" >../differences || true
	other=$(grep -c '^-[0-9]' ../differences || true)
	more=$(grep -c '^+[0-9]' ../differences || true)
}

# What finds no difference where there is one proves nothing.
printf '1 a\n1 b\n1 c\n' >../x
printf '1 a\n1 c\n1 d\n1 e\n' >../y
compare ../x ../y
[ "$other$more" = 12 ] || { echo "the comparison finds $other and $more" && exit 1; }

# Why lines differ: "N reason" for each that there is, of $name.
reasons() {
	sed -n 's/^-[0-9]* //p' ../differences | awk '
	/nlmsg_len=/ { n["netlink message not decoded"]++; next }
	{ n["unexplained"]++ }
	END { for (why in n) print n[why], why }' >../reasons
	paste -s -d , ../reasons | sed 's/,/, /g'
}

# both NAME COMMAND...: run it under both, compare.
both() {
	name=$1
	shift
	case $wanted in
	'  ' | *" $name "*) ;;
	*) return 0 ;;
	esac
	if ! command -v "$1" >/dev/null; then
		echo "SKIP $name: no program '$1' here"
		return 0
	fi
	timeout 600 eyas trace -f --buffer 64 -o "../$name.e" -- strace -f -o "../$name.s" -- "$@" </dev/null \
		>"../$name.out" 2>&1 || true
	normalise
	lines=$(grep -c . "../$name.ns")
	compare "../$name.ns" "../$name.ne"
	commands=$((commands + 1))
	total=$((total + lines))
	equal=$((equal + lines - other))
	note='' why=$(reasons)
	unexplained=$(sed -n 's/ unexplained$//p' ../reasons)
	# Each command has to agree, however little it is of all.
	if [ $((${unexplained:-0} * 1000)) -gt $((lines * 5)) ]; then
		note=' TOO FEW'
		failed=$((failed + 1))
	fi
	if grep -q 'events* lost' "../$name.e"; then
		note="$note LOST"
		failed=$((failed + 1))
	fi
	printf '%-10s %7d lines %7d equal %6.2f %%%s %s\n' "$name" "$lines" $((lines - other)) \
		"$(awk "BEGIN { print 100 * ($lines - $other) / $lines }")" "$note" "$why"
	grep '^[-+][0-9]' ../differences | cut -c1-"${DUAL_WIDTH:-200}" | head -n "${DUAL_SHOW:-12}" |
		sed 's/^/    /'
}

# For commands that take long: only where make test-dual has put their programs.
many() { [ ! -e "$here/../many" ] || both "$@"; }

printf 'one\ntwo\nthree\n' >text
mkdir -p tree/a/b
for n in 1 2 3 4 5; do echo "file $n" >tree/a/b/$n; done

both true true
both cat cat /etc/passwd
both ls ls -l /usr/bin
both lsR ls -R /etc
both cp cp text copy
both mv mv copy moved
both ln ln -s text link
both readlink readlink -f link
both rm rm -f moved
both mkdir mkdir -p x/y/z
both rmdir rmdir x/y/z
both chmod chmod 600 text
both touch touch -d 2020-01-01 text
both stat stat text
both wc wc text
both sort sort -r text
both head head -n 1 text
both tail tail -n 1 text
both tr dash -c 'tr a-z A-Z <text'
both tee dash -c 'echo x | tee y z'
both dd dd if=/dev/zero of=zeros bs=4k count=8
both truncate truncate -s 1M sparse
both df df /
both du du -s tree
both find find tree -type f
both xargs dash -c 'find tree -type f | xargs wc -l'
both grep grep -r file tree
both sed sed -i s/one/ONE/ text
both awk awk '{ n += NR } END { print n }' text
both diff dash -c 'diff text /etc/passwd; true'
both tar tar -cf tree.tar tree
both tgz bash -c 'tar -czf tree.tgz tree && tar -tzf tree.tgz'
both gzip gzip -k zeros
both xz xz -k zeros
both sha sha256sum text
both od od -c text
both date date
both env env A=b true
both seq seq 10
both sleep sleep 0.1
both timeout timeout 0.2 sleep 5
both id id
both uname uname -a
both ps ps ax
both ss ss -tan
both script bash -c 'for i in 1 2 3; do echo $i | cat; done; (exit 3); true'
both pipes bash -c 'ls / | sort | uniq -c | wc -l; echo hi >x2; cat <x2'
both traps bash -c 'trap "echo got" USR1; kill -USR1 $$; sleep 0.05 & wait; wait'
both here bash -c 'cat <<<text; read -t 0.05 x; echo ${x:-none}'
both perl perl -e 'print 1+1; open F, "</etc/passwd"; @l = <F>; system "true"; unlink "nosuch"'
both perlnet perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1") or die;
	if (!fork) { $c = IO::Socket::INET->new("127.0.0.1:" . $s->sockport); print $c "hello\n"; print <$c>; exit }
	$c = $s->accept; print <$c>; print $c "bye\n"; close $c; wait'
both python "$(basename "$(ls "$tools"/python3* 2>/dev/null | head -n 1)" )" -S -c 'import os; print(os.getpid()); os.listdir("/")'
both git git init -q repo
both commit dash -c 'cd repo && git -c user.name=a -c user.email=b commit -q --allow-empty -m x'
both sqlite sqlite3 test.db 'create table t (x); insert into t values (1); select * from t'
both keygen ssh-keygen -q -t ed25519 -N '' -f key
both openssl openssl rand -hex 8
both make dash -c 'printf "all: a b\na b:\n\ttouch \$@\n" >Makefile; make -s -j2'
both threads busy threads
both signals busy signals
both forks busy forks
both vforks busy vforks
both exec busy exec
both killed busy killed
both stops busy stops
both core busy core

# A compiler, builds, a web server and who asks it, and much of what is above.
cat >hello.c <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int argc, char **argv) { printf("%zu\n", strlen(argv[argc - 1])); return 0; }
END
for n in 1 2 3 4; do sed "s/main/f$n/" hello.c >part$n.c; done
printf 'prog: hello.o part1.o part2.o part3.o part4.o\n\tgcc -o $@ $^\n' >build.mk
mkdir -p www logs
head -c 300000 /bin/busybox >www/big
echo hello >www/small
cat >nginx.conf <<END
user root; worker_processes 2; pid $dir/work/nginx.pid; error_log $dir/work/logs/error;
events { worker_connections 64; }
http {
	access_log $dir/work/logs/access; client_body_temp_path $dir/work/logs/t1;
	proxy_temp_path $dir/work/logs/t2; fastcgi_temp_path $dir/work/logs/t3;
	uwsgi_temp_path $dir/work/logs/t4; scgi_temp_path $dir/work/logs/t5;
	server { listen 127.0.0.1:8080; root $dir/work/www; }
}
END
busybox httpd -p 127.0.0.1:8081 -h www
many gcc gcc -c hello.c
many build make -s -j2 -f build.mk CC=gcc
many clone git clone -q repo repo2
many log git -C repo log --stat
many curl curl -s -o got http://127.0.0.1:8081/big
many curlname curl -s http://localhost:8081/small
many nginx dash -c "nginx -c $PWD/nginx.conf; curl -s http://127.0.0.1:8080/big http://127.0.0.1:8080/none |
	wc -c; nginx -c $PWD/nginx.conf -s reload; curl -s http://127.0.0.1:8080/small;
	nginx -c $PWD/nginx.conf -s quit; while [ -e nginx.pid ]; do sleep 0.1; done"
many ab dash -c "nginx -c $PWD/nginx.conf; ab -q -n 200 -c 8 http://127.0.0.1:8080/small;
	nginx -c $PWD/nginx.conf -s stop; while [ -e nginx.pid ]; do sleep 0.1; done"
many tables sqlite3 many.db 'create table t (x, y); create index i on t (x);
	with recursive n(i) as (select 1 union all select i + 1 from n limit 2000)
	insert into t select i, hex(randomblob(20)) from n; select count(*) from t where x > 100; vacuum'
many rsa ssh-keygen -q -t rsa -b 2048 -N '' -f key2
many tree find /usr/include -name 'a*'
many usrtar bash -c 'tar -czf inc.tgz /usr/include/linux && tar -tzf inc.tgz | tail -n 1'
many loops bash -c 'for ((i = 0; i < 30; i++)); do n=$(echo $i | sed s/1/2/); done; echo $n'
many pythons "$(basename "$(ls "$tools"/python3* 2>/dev/null | head -n 1)")" -S -c 'import os, threading, time
def work():
	for i in range(50):
		with open("/etc/passwd") as f: f.read()
threads = [threading.Thread(target=work) for i in range(4)]
for t in threads: t.start()
for t in threads: t.join()
for i in range(20):
	if not os.fork(): os._exit(i)
	os.wait()'
many signals2 busy signals 300
many forks2 busy forks 200
many threads2 busy threads 500
many gdb gdb -q -batch -ex run -ex bt --args busy threads

[ "$commands" -gt 0 ] || { echo 'no such command' && exit 1; }
echo "$equal of $total lines equal, $commands commands"
if [ $((equal * 1000)) -lt $((total * 995)) ]; then
	echo 'less than 99.5 % are equal'
	exit 1
fi
[ "$failed" -eq 0 ]
