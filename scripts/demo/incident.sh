#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The incident of the demo, in real programs: somebody breaks in through a web
# page while 'eyas watch' looks on. Runs as root, in a VM or in a mount
# namespace whose /etc, /var/log and /root may be spoilt.
# usage: incident.sh FOLDER-OF-THIS-FILE [RULES]
set -u
here=$1
rules=${2:+-r $2}
work=$(mktemp -d /run/eyas-demo.XXXXXX)
alerts=$work/alerts
shown=0
expected=0
seen=0
port=8399

if [ -n "${DEMO_COLOR:-}" ]; then
	bold=$(printf '\033[1m') red=$(printf '\033[1;31m') green=$(printf '\033[32m')
	yellow=$(printf '\033[33m') off=$(printf '\033[0m')
else
	bold='' red='' green='' yellow='' off=''
fi

say() { printf '%s\n' "$*"; }

cleanup() {
	[ -n "${watch:-}" ] && kill "$watch" 2>/dev/null
	[ -n "${httpd:-}" ] && kill "$httpd" 2>/dev/null
	rm -rf "$work" /tmp/.cache-update /dev/shm/.kworker
}
trap cleanup EXIT

# Wait up to 10 s until a file has a text.
await() {
	tries=0
	while ! grep -qF "$2" "$1" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -gt 100 ] && return 1
		sleep 0.1
	done
}

# One sentence on a line, its details folded below.
show_alerts() {
	total=$(wc -l <"$alerts")
	[ "$total" -gt "$shown" ] || return 0
	tail -n +$((shown + 1)) "$alerts" | head -n $((total - shown)) |
		sed "s/^\([^ ]* [A-Z][a-z]*\) \([^(]*\)(/  ${yellow}\1${off} ${bold}\2${off}(/" |
		fold -s -w 110 | sed '/^  /!s/^/      /'
	shown=$total
}

# step "what happens" "sentence of the alert" COMMAND: what the intruder sends.
step() {
	say
	say "${bold}$1${off}"
	say "  \$ $3"
	expected=$((expected + 1))
	query=$(printf %s "127.0.0.1;$3" | sed 's/%/%25/g; s/ /+/g; s/&/%26/g; s/#/%23/g')
	busybox wget -q -O /dev/null "http://127.0.0.1:$port/cgi-bin/ping.cgi?$query"
	if await "$alerts" " $2 ("; then
		seen=$((seen + 1))
		result="${green}seen${off}"
	else
		result="${red}MISSED${off}"
	fi
	printf '  %-52s %s\n' "$2" "$result" >>"$work/table"
	sleep 0.2
	show_alerts
}

mkdir -p "$work/www/cgi-bin" /root /var/log /dev/shm
cp "$here/ping.cgi" "$work/www/cgi-bin/"
printf 'ls\nsu -\n' >/root/.bash_history
printf 'who was here\n' >/var/log/auth.log

# shellcheck disable=SC2086 # nothing, or two words
eyas watch $rules -o "$alerts" >"$work/counts" 2>"$work/log" &
watch=$!
if ! await "$work/log" 'eyas: watching'; then
	say 'demo: eyas does not watch:'
	cat "$work/log"
	exit 1
fi
say "${bold}$(cat "$work/log")${off}"

# The kernel names a program after the file that was started.
ln -s /bin/busybox "$work/httpd"
"$work/httpd" -f -p 127.0.0.1:$port -h "$work/www" &
httpd=$!
await /proc/net/tcp "$(printf '0100007F:%04X' $port)" || say 'demo: the web server does not start'

step 'A stranger finds the hole in a web page: whatever follows a ";" is run.' \
	'Shell spawned by a network service' \
	'id'
step 'The stranger looks for passwords.' \
	'Secret file read by an unexpected program' \
	'/bin/cat /etc/shadow'
step 'A tool is dropped where everybody may write, and started.' \
	'Program run from a directory for temporary files' \
	'/bin/cp /bin/busybox /dev/shm/.kworker; /dev/shm/.kworker true'
step 'A copy of the shell will give root to whoever runs it.' \
	'File made setuid or setgid' \
	'/bin/cp /bin/busybox /tmp/.cache-update; /bin/chmod 4755 /tmp/.cache-update'
step 'A user is added, the regular way.' \
	'Account made or changed by command' \
	'/usr/sbin/useradd -M -s /bin/sh helper'
step 'Another one, by hand, with no password and the rights of root.' \
	'Account file written by an unexpected program' \
	'echo helper2::0:0::/root:/bin/sh >>/etc/passwd'
step 'The tool shall come back after a reboot.' \
	'File below /etc written' \
	'/bin/mkdir -p /etc/cron.d; echo @reboot root /dev/shm/.kworker >/etc/cron.d/kworker'
step 'No traces: the history goes,' \
	'Command history cleared' \
	'/bin/rm /root/.bash_history'
step 'and so does the log.' \
	'Log cleared' \
	'/bin/cp /dev/null /var/log/auth.log'

kill -INT "$watch"
wait "$watch"
status=$?
watch=
lost=$(sed -n 's/^eyas: events [0-9]*, lost \([0-9]*\)$/\1/p' "$work/log")
say
say "${bold}What was expected, and what eyas told${off}"
cat "$work/table"
say
sed 's/^/  /' "$work/counts"
sed -n 's/^eyas: events/  events/p' "$work/log"
say
say "$expected alerts expected, $seen seen, ${lost:-unknown} events lost"
[ "$status" -eq 0 ] && [ "$seen" -eq "$expected" ] && [ "$lost" = 0 ]
