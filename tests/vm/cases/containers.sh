# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What a container is called is known at its first event, from its runtime's files.
set -eu
dir=$(mktemp -d)
cd "$dir"
id=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
pod=fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210
cgroup=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
if [ -z "$cgroup" ]; then
	cgroup=/tmp/cgroup2
	mkdir -p "$cgroup"
	mount -t cgroup2 none "$cgroup"
fi

fail() {
	echo "$*"
	tail -n 20 ./*.log ./*.out 2>/dev/null || :
	exit 1
}

await() {
	tries=0
	until grep -q "$2" "$1" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "no '$2' in $1"
		sleep 0.1
	done
}

# Run the rest in a new cgroup of the name $1.
inside() {
	mkdir -p "$cgroup/$1"
	# shellcheck disable=SC2016
	sh -c 'echo $$ >"$0/cgroup.procs"; shift; exec "$@"' "$cgroup/$1" "$@"
}

cat >rules.yaml <<'END'
- rule: Marker opened
  desc: a file of the test
  condition: >
    evt.type in (open, openat) and fd.name = /tmp/boxed and container and
    (container.image.repository = nginx or k8s.ns.name exists)
  output: >
    id=%container.id name=%container.name type=%container.type image=%container.image
    repository=%container.image.repository tag=%container.image.tag
    privileged=%container.privileged pod=%k8s.pod.name ns=%k8s.ns.name label=%container.label.app
  priority: NOTICE
- macro: container
  condition: (container.id != host)
END

eyas watch -r rules.yaml >watch.out 2>watch.log &
watch=$!
await watch.log 'eyas: watching'
docker=/var/lib/docker/containers/$id
mkdir -p "$docker"
cat >"$docker/config.v2.json" <<'END'
{"Name":"/web","Config":{"Image":"nginx:1.25","Labels":{"app":"front"}}}
END
echo '{"Privileged":true}' >"$docker/hostconfig.json"
bundle=/run/containerd/io.containerd.runtime.v2.task/k8s.io/$pod
mkdir -p "$bundle"
cat >"$bundle/config.json" <<'END'
{"annotations":{"io.kubernetes.cri.container-name":"db","io.kubernetes.cri.sandbox-id":"x",
"io.kubernetes.cri.image-name":"docker.io/library/redis:7","io.kubernetes.cri.sandbox-name":"db-0",
"io.kubernetes.cri.sandbox-namespace":"prod"}}
END
: >/tmp/boxed
# The first process of a cgroup has to live until it is asked about.
stays=': </tmp/boxed; sleep 5; :'
inside "docker-$id.scope" sh -c "$stays"
# It is gone from the disk, and known all the same.
rm -r "$docker"
inside "docker-$id.scope" cat /tmp/boxed
inside "cri-containerd-$pod.scope" sh -c "$stays"
inside plain cat /tmp/boxed
await watch.out 'ns=prod'
kill -INT $watch
wait $watch || fail "status $?"
web="id=0123456789ab name=web type=docker image=nginx:1.25 repository=nginx tag=1.25 privileged=true pod=<NA> ns=<NA> label=front"
[ "$(grep -c "Notice $web\$" watch.out)" -eq 2 ] || fail 'not twice docker'
db="id=fedcba987654 name=db type=containerd image=docker.io/library/redis:7 repository=docker.io/library/redis tag=7 privileged=[<a-zNA>]* pod=db-0 ns=prod label=<NA>"
[ "$(grep -c "Notice $db\$" watch.out)" -eq 1 ] || fail 'not once Kubernetes'
grep -q '^Events detected: 3$' watch.out || fail 'not 3 alerts'
rmdir "$cgroup/docker-$id.scope" "$cgroup/cri-containerd-$pod.scope" "$cgroup/plain"
rm -r /tmp/boxed "$bundle"
