# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A web server under load, traced with all of %network and %file: no request
# fails, and no line is lost, or the loss is told. Prints what it costs. Only
# where make test-dual has put the programs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -e "$here/../many" ]; then
	echo 'SKIP: the web server is for make test-dual'
	exit 0
fi
PATH=$here/../tools:$PATH
seconds=${WEB_SECONDS:-60}
dir=/tmp/web
rm -rf $dir
mkdir -p $dir/www $dir/logs
cd $dir
head -c 5000 /bin/busybox >www/page
cat >nginx.conf <<END
user root; worker_processes 2; pid $dir/pid; error_log $dir/logs/error;
events { worker_connections 256; }
http {
	access_log $dir/logs/access; client_body_temp_path $dir/logs/t1;
	proxy_temp_path $dir/logs/t2; fastcgi_temp_path $dir/logs/t3;
	uwsgi_temp_path $dir/logs/t4; scgi_temp_path $dir/logs/t5;
	server { listen 127.0.0.1:8080; root $dir/www; }
}
END

fail() {
	echo "web.sh: $*"
	exit 1
}

# load NAME: for so many seconds, each request a connection of its own.
load() {
	: >logs/access
	nginx -c $dir/nginx.conf -s reopen
	ab -q -r -c 8 -n 10000000 -t "$seconds" http://127.0.0.1:8080/page >"$1.ab" 2>&1 || fail "ab: $(cat "$1.ab")"
	[ "$(sed -n 's/^Failed requests: *//p' "$1.ab")" = 0 ] || { cat "$1.ab" && fail "$1: a request failed"; }
	! grep -q '^Non-2xx' "$1.ab" || fail "$1: a request was answered by an error"
	echo "$1: $(sed -n 's/^Requests per second: *\([0-9.]*\).*/\1/p' "$1.ab") requests a second, $(
		sed -n 's/^Complete requests: *//p' "$1.ab") in all, $(sed -n 's/^ *99% *//p' "$1.ab") ms for 99 % of them"
}

nginx -c $dir/nginx.conf
until [ -s pid ]; do sleep 0.1; done
load alone

eyas trace --tree -p "$(cat pid)" -e %network,%file -o log 2>err &
tracer=$!
until grep -qs attached err; do sleep 0.1; done
sleep 1
load traced
sleep 1
kill -INT $tracer
wait $tracer || fail 'status of eyas trace'

lost=$(sed -n 's/^eyas: events [0-9]*, lost \([0-9]*\)$/\1/p' err)
told=$(sed -n 's/^--- \([0-9]*\) events* lost: .*/\1/p' log | awk '{ n += $1 } END { print n + 0 }')
# Each request opens the page; a call of the other worker may cut the line.
opened=$(grep -c 'openat(AT_FDCWD, "/tmp/web/www/page", ' log || true)
accepted=$(grep -Ec 'accept4(\(| resumed>).* = [0-9]' log || true)
served=$(grep -c . logs/access)
echo "$(grep -c . log) lines, lost ${lost:-0}; $served requests served, $opened in the trace"
[ "$told" = "${lost:-0}" ] || fail "$told events are told to be lost where they were"
if [ -z "$lost" ]; then
	[ "$opened" = "$served" ] || fail 'lines are missing though nothing was lost'
	[ "$accepted" -ge "$served" ] || fail 'connections are missing'
fi

eyas trace -c -f -p "$(cat pid)" --tree -o counts 2>/dev/null &
tracer=$!
sleep 1
load counted
kill -INT $tracer
wait $tracer
head -n 5 counts

if command -v strace >/dev/null; then
	strace -f -q -e trace=%network,%file -o /dev/null -p "$(pidof nginx)" &
	tracer=$!
	sleep 1
	load strace
	kill -INT $tracer
	wait $tracer || true
fi
nginx -c $dir/nginx.conf -s quit
