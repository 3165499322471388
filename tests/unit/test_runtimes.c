/* SPDX-License-Identifier: Apache-2.0 */
/* What runtimes leave on the disk: folders as they make them, in a root of our own. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/strbuf.h"
#include "enrich/runtimes.h"
#include "fakeroot.h"
#include "unit.h"

#define ID	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define POD	"fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
#define IMAGE	"6f7e2741b66bd3a2e8b0a7d1c6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b9a897"
#define DOCKER	"var/lib/docker/containers/" ID "/"
#define TASKS	"run/containerd/io.containerd.runtime.v2.task/"
#define STORE	"var/lib/containers/storage/overlay-"

static struct eyas_fakeroot root;
static struct eyas_runtimes rt;

static void setup(void)
{
	eyas_fakeroot_create(&root);
	ck_assert_int_eq(eyas_runtimes_init(&rt, root.dir), 0);
	rt.retry_ns = 0;
}

static void teardown(void)
{
	eyas_runtimes_release(&rt);
	eyas_fakeroot_remove(&root);
}

static const struct eyas_container *find(const char *id)
{
	return eyas_runtimes_find(&rt, id);
}

static const char *label(const struct eyas_container *c, const char *key)
{
	for (size_t i = 0; i < c->nlabels; i++)
		if (!strcmp(c->labels[i].key, key))
			return c->labels[i].value;
	return NULL;
}

static void is_mount(const struct eyas_mount *m, const char *want)
{
	char text[300];

	snprintf(text, sizeof(text), "%s:%s:%s:%d:%s", m->source, m->dest, m->mode, m->rdwr,
		 m->propagation);
	ck_assert_str_eq(text, want);
}

static void text(const char *got, const char *want)
{
	ck_assert_pstr_eq(got, want);
}

/* ---- docker ---- */

static void docker_files(void)
{
	eyas_fakeroot_file(&root, DOCKER "config.v2.json",
		"{\"ID\":\"" ID "\",\"Name\":\"/web\",\"Driver\":\"overlay2\","
		"\"Image\":\"sha256:" IMAGE "\",\"Config\":{\"Image\":\"reg:5000/shop/nginx\","
		"\"Labels\":{\"app\":\"front\",\"flag\":\"\"}},\"NetworkSettings\":{\"Networks\":"
		"{\"none\":{\"IPAddress\":\"\"},\"b\":{\"IPAddress\":\"172.17.0.2\"}}},"
		"\"MountPoints\":{\"/host/etc\":{\"Source\":\"/etc\",\"Destination\":\"/host/etc\","
		"\"RW\":false,\"Mode\":\"ro\",\"Propagation\":\"rprivate\"},\"/sock\":"
		"{\"Source\":\"/run/docker.sock\",\"RW\":true}}}");
	eyas_fakeroot_file(&root, DOCKER "hostconfig.json",
		"{\"Privileged\":true,\"PidMode\":\"host\",\"NetworkMode\":\"bridge\","
		"\"IpcMode\":\"private\"}");
	eyas_fakeroot_file(&root, "var/lib/docker/image/overlay2/repositories.json",
		"{\"Repositories\":{\"other\":{\"other:1\":\"sha256:" IMAGE "\"},"
		"\"reg:5000/shop/nginx\":{\"reg:5000/shop/nginx:0\":\"sha256:00\","
		"\"reg:5000/shop/nginx:1.25\":\"sha256:" IMAGE "\","
		"\"reg:5000/shop/nginx@sha256:d977\":\"sha256:" IMAGE "\"}}}");
}

START_TEST(docker_tells_all)
{
	const struct eyas_container *c;

	docker_files();
	c = find(ID);
	ck_assert_ptr_nonnull(c);
	text(c->type, "docker");
	text(c->name, "web");
	text(c->image, "reg:5000/shop/nginx");
	text(c->image_id, IMAGE);
	text(c->image_repository, "reg:5000/shop/nginx");
	text(c->image_tag, "1.25");
	text(c->image_digest, "sha256:d977");
	text(c->ip, "172.17.0.2");
	text(c->pod_sandbox_id, NULL);
	ck_assert_uint_eq(c->nlabels, 2);
	text(label(c, "app"), "front");
	text(label(c, "flag"), "");
	ck_assert_int_eq(c->privileged, EYAS_TOLD_YES);
	ck_assert_int_eq(c->host_pid, EYAS_TOLD_YES);
	ck_assert_int_eq(c->host_network, EYAS_TOLD_NO);
	ck_assert_int_eq(c->host_ipc, EYAS_TOLD_NO);
	ck_assert_uint_eq(c->nmounts, 2);
	is_mount(&c->mounts[0], "/etc:/host/etc:ro:0:rprivate");
	is_mount(&c->mounts[1], "/run/docker.sock:/sock::1:");
}
END_TEST

START_TEST(docker_can_be_elsewhere)
{
	eyas_fakeroot_file(&root, "etc/docker/daemon.json", "{\"data-root\":\"/srv/d\"}");
	docker_files();
	ck_assert_ptr_null(find(ID));
	eyas_fakeroot_file(&root, "srv/d/containers/" ID "/config.v2.json", "{\"Name\":\"/b\"}");
	text(find(ID)->name, "b");
	ck_assert_int_eq(find(ID)->privileged, EYAS_NOT_TOLD);
}
END_TEST

START_TEST(addresses_come_late)
{
	const struct eyas_container *c, *later;

	eyas_fakeroot_file(&root, DOCKER "config.v2.json", "{\"Name\":\"/web\"}");
	c = find(ID);
	text(c->ip, NULL);
	docker_files();
	later = find(ID);
	text(later->ip, "172.17.0.2");
	/* What was given out is still there, and what is whole isn't read again. */
	text(c->name, "web");
	eyas_fakeroot_file(&root, DOCKER "config.v2.json", "{\"Name\":\"/other\"}");
	ck_assert_ptr_eq(find(ID), later);
}
END_TEST

/* ---- podman, CRI-O ---- */

START_TEST(podman_keeps_a_list)
{
	const struct eyas_container *c;

	eyas_fakeroot_file(&root, STORE "containers/containers.json",
		"[{\"id\":\"" POD "\"},{\"id\":\"" ID "\",\"names\":[\"box\"],\"image\":\""
		IMAGE "\",\"metadata\":\"{\\\"image-name\\\":\\\"docker.io/library/busybox:1\\\","
		"\\\"name\\\":\\\"box\\\"}\"}]");
	eyas_fakeroot_file(&root, STORE "images/images.json",
		"[{\"id\":\"" IMAGE "\",\"digest\":\"sha256:aa\",\"names\":[\"x:2\"]}]");
	eyas_fakeroot_file(&root, STORE "containers/" ID "/userdata/config.json",
		"{\"annotations\":{\"io.container.manager\":\"libpod\"},\"mounts\":["
		"{\"type\":\"proc\",\"source\":\"proc\",\"destination\":\"/proc\"},"
		"{\"type\":\"bind\",\"source\":\"/srv\",\"destination\":\"/data\","
		"\"options\":[\"rbind\",\"ro\",\"rslave\"]}],\"linux\":{\"maskedPaths\":"
		"[\"/proc/kcore\"],\"namespaces\":[{\"type\":\"pid\"},"
		"{\"type\":\"network\",\"path\":\"/run/netns/x\"}]}}");
	c = find(ID);
	ck_assert_ptr_nonnull(c);
	text(c->type, "podman");
	text(c->name, "box");
	text(c->image, "docker.io/library/busybox:1");
	text(c->image_repository, "docker.io/library/busybox");
	text(c->image_tag, "1");
	text(c->image_id, IMAGE);
	text(c->image_digest, "sha256:aa");
	ck_assert_uint_eq(c->nmounts, 1);
	is_mount(&c->mounts[0], "/srv:/data::0:rslave");
	ck_assert_int_eq(c->privileged, EYAS_TOLD_NO);
	ck_assert_int_eq(c->host_pid, EYAS_TOLD_NO);
	ck_assert_int_eq(c->host_network, EYAS_NOT_TOLD);
	ck_assert_int_eq(c->host_ipc, EYAS_TOLD_YES);
}
END_TEST

START_TEST(podman_forgets_what_is_volatile)
{
	eyas_fakeroot_file(&root, STORE "containers/containers.json", "[]");
	eyas_fakeroot_file(&root, "run/containers/storage/vfs-containers/volatile-containers.json",
			   "[{\"id\":\"" ID "\",\"names\":[\"gone\"]}]");
	text(find(ID)->name, "gone");
	text(find(ID)->type, "podman");
}
END_TEST

#define CRIO_POD \
	"\"io.kubernetes.pod.name\":\"web-1\",\"io.kubernetes.pod.namespace\":\"prod\"," \
	"\"io.kubernetes.pod.uid\":\"3e41\",\"io.container.manager\":\"cri-o\"," \
	"\"io.kubernetes.cri-o.SandboxID\":\"" POD "\""

START_TEST(crio_knows_the_pod)
{
	const struct eyas_container *c;

	eyas_fakeroot_file(&root, "run/containers/storage/overlay-containers/" ID
			   "/userdata/config.json",
		"{\"annotations\":{" CRIO_POD ",\"io.kubernetes.container.name\":\"nginx\","
		"\"io.kubernetes.cri-o.ImageName\":\"quay.io/n/nginx:3\","
		"\"io.kubernetes.cri-o.Labels\":\"{\\\"app\\\":\\\"c\\\","
		"\\\"io.kubernetes.pod.name\\\":\\\"liar\\\"}\"}}");
	eyas_fakeroot_file(&root, "run/containers/storage/overlay-containers/" POD
			   "/userdata/config.json",
		"{\"annotations\":{" CRIO_POD ",\"io.kubernetes.cri-o.IP.0\":\"10.1.2.3\","
		"\"io.kubernetes.cri-o.Labels\":\"{\\\"tier\\\":\\\"one\\\"}\"}}");
	c = find(ID);
	ck_assert_ptr_nonnull(c);
	text(c->type, "cri-o");
	text(c->name, "nginx");
	text(c->image_repository, "quay.io/n/nginx");
	text(c->image_tag, "3");
	text(c->pod_sandbox_id, POD);
	text(c->ip, "10.1.2.3");
	text(label(c, "io.kubernetes.pod.name"), "web-1");
	text(label(c, "io.kubernetes.pod.namespace"), "prod");
	text(label(c, "io.kubernetes.pod.uid"), "3e41");
	text(label(c, "app"), "c");
	ck_assert_uint_eq(c->npod_labels, 1);
	text(c->pod_labels[0].key, "tier");
	text(c->pod_labels[0].value, "one");
}
END_TEST

/* ---- containerd ---- */

START_TEST(containerd_has_notes_of_kubernetes)
{
	const struct eyas_container *c;

	eyas_fakeroot_file(&root, TASKS "default/x/config.json", "{}");
	eyas_fakeroot_file(&root, TASKS "k8s.io/" ID "/config.json",
		"{\"annotations\":{\"io.kubernetes.cri.container-name\":\"nginx\","
		"\"io.kubernetes.cri.container-type\":\"container\","
		"\"io.kubernetes.cri.image-name\":\"docker.io/library/nginx:1.25@sha256:d977\","
		"\"io.kubernetes.cri.sandbox-id\":\"" POD "\","
		"\"io.kubernetes.cri.sandbox-name\":\"web-1\","
		"\"io.kubernetes.cri.sandbox-namespace\":\"prod\","
		"\"io.kubernetes.cri.sandbox-uid\":\"3e41\"}}");
	c = find(ID);
	ck_assert_ptr_nonnull(c);
	text(c->type, "containerd");
	text(c->name, "nginx");
	text(c->image_repository, "docker.io/library/nginx");
	text(c->image_tag, "1.25");
	text(c->image_digest, "sha256:d977");
	text(c->pod_sandbox_id, POD);
	text(label(c, "io.kubernetes.pod.name"), "web-1");
	text(label(c, "io.kubernetes.pod.namespace"), "prod");
	text(label(c, "io.kubernetes.pod.uid"), "3e41");
	text(label(c, "io.kubernetes.sandbox.id"), POD);
	ck_assert_int_eq(c->privileged, EYAS_NOT_TOLD);
	ck_assert_int_eq(c->host_pid, EYAS_NOT_TOLD);
}
END_TEST

START_TEST(containerd_runs_what_is_dockers)
{
	eyas_fakeroot_file(&root, TASKS "moby/" ID "/config.json", "{}");
	text(find(ID)->type, "docker");
	text(find(ID)->name, NULL);
	ck_assert_ptr_null(find(POD));
	eyas_fakeroot_file(&root, "run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/" POD
			   "/config.json", "{}");
	text(find(POD)->type, "containerd");
}
END_TEST

/* ---- names ---- */

START_TEST(some_have_only_a_name)
{
	eyas_fakeroot_file(&root, "run/systemd/machines/box", "NAME=box\n");
	text(find("box")->type, "systemd-nspawn");
	text(find("box")->name, "box");
	text(find("web1")->type, "lxc");
	text(find("web1")->name, "web1");
}
END_TEST

/* ---- what goes wrong ---- */

static const char *const junk[] = {
	"", "[]", "null", "{", "{}x", "\"text\"", "{\"Name\":\"\\u0000\"}", "{\"Name\":\"\xff\"}",
};

START_TEST(junk_is_nothing)
{
	eyas_fakeroot_file(&root, DOCKER "config.v2.json", junk[_i]);
	eyas_fakeroot_file(&root, STORE "containers/containers.json", junk[_i]);
	eyas_fakeroot_file(&root, TASKS "k8s.io/" ID "/config.json", junk[_i]);
	ck_assert_ptr_null(find(ID));
}
END_TEST

START_TEST(wrong_types_are_missing)
{
	const struct eyas_container *c;

	eyas_fakeroot_file(&root, DOCKER "config.v2.json",
		"{\"Name\":7,\"Image\":[],\"Driver\":\"../../..\",\"Config\":{\"Image\":{},"
		"\"Labels\":[1]},\"MountPoints\":{\"/x\":3},\"NetworkSettings\":\"no\"}");
	eyas_fakeroot_file(&root, DOCKER "hostconfig.json", "[{}]");
	c = find(ID);
	ck_assert_ptr_nonnull(c);
	text(c->name, NULL);
	text(c->image, NULL);
	text(c->ip, NULL);
	ck_assert_uint_eq(c->nlabels, 0);
	ck_assert_uint_eq(c->nmounts, 1);
	is_mount(&c->mounts[0], ":/x::0:");
	ck_assert_int_eq(c->privileged, EYAS_NOT_TOLD);
}
END_TEST

START_TEST(sizes_are_bounded)
{
	_cleanup_strbuf_ struct eyas_strbuf big = EYAS_STRBUF_INIT;
	const struct eyas_container *c;

	eyas_strbuf_addf(&big, "{\"Name\":\"/web\",\"Config\":{\"Labels\":{\"long\":\"%0*d\"",
			 101, 7);
	for (int i = 0; i < 300; i++)
		eyas_strbuf_addf(&big, ",\"l%d\":\"%0*d\"", i, 100, 7);
	eyas_strbuf_adds(&big, "}},\"MountPoints\":{\"/\":{}");
	for (int i = 0; i < 300; i++)
		eyas_strbuf_addf(&big, ",\"/m%d\":{}", i);
	eyas_strbuf_adds(&big, "}}");
	eyas_fakeroot_file(&root, DOCKER "config.v2.json", big.buf);
	c = find(ID);
	ck_assert_uint_eq(c->nlabels, 128);
	ck_assert_uint_eq(c->nmounts, 64);
	text(label(c, "long"), NULL);
	ck_assert_ptr_nonnull(label(c, "l0"));
	/* A file that is too large is none. */
	eyas_strbuf_addf(&big, "%*s", 1 << 20, "");
	eyas_fakeroot_file(&root, "var/lib/docker/containers/" POD "/config.v2.json", big.buf);
	ck_assert_ptr_null(find(POD));
}
END_TEST

START_TEST(a_pipe_does_not_block)
{
	char path[200];

	eyas_fakeroot_file(&root, DOCKER "x", "");
	snprintf(path, sizeof(path), "%s/" DOCKER "config.v2.json", root.dir);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ptr_null(find(ID));
}
END_TEST

START_TEST(it_is_looked_for_a_few_times)
{
	for (int i = 0; i < 5; i++)
		ck_assert_ptr_null(find(ID));
	ck_assert_ptr_null(find(POD));
	docker_files();
	text(find(ID)->name, "web");
	for (int i = 0; i < 6; i++)
		ck_assert_ptr_null(find(POD));
	eyas_fakeroot_file(&root, "var/lib/docker/containers/" POD "/config.v2.json", "{}");
	ck_assert_ptr_null(find(POD));
}
END_TEST

START_TEST(it_waits_between_two_looks)
{
	rt.retry_ns = 1000000000ULL << 20;
	ck_assert_ptr_null(find(ID));
	docker_files();
	ck_assert_ptr_null(find(ID));
}
END_TEST

START_TEST(many_are_forgotten)
{
	char id[65];

	docker_files();
	text(find(ID)->name, "web");
	for (int i = 0; i < 3000; i++) {
		snprintf(id, sizeof(id), "box%d", i);
		text(find(id)->name, id);
		ck_assert_uint_le(rt.by_id.len, 1024);
	}
	text(find(ID)->name, "web");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, docker_tells_all);
	tcase_add_test(tc, docker_can_be_elsewhere);
	tcase_add_test(tc, addresses_come_late);
	tcase_add_test(tc, podman_keeps_a_list);
	tcase_add_test(tc, podman_forgets_what_is_volatile);
	tcase_add_test(tc, crio_knows_the_pod);
	tcase_add_test(tc, containerd_has_notes_of_kubernetes);
	tcase_add_test(tc, containerd_runs_what_is_dockers);
	tcase_add_test(tc, some_have_only_a_name);
	tcase_add_loop_test(tc, junk_is_nothing, 0, (int)(sizeof(junk) / sizeof(*junk)));
	tcase_add_test(tc, wrong_types_are_missing);
	tcase_add_test(tc, sizes_are_bounded);
	tcase_add_test(tc, a_pipe_does_not_block);
	tcase_add_test(tc, it_is_looked_for_a_few_times);
	tcase_add_test(tc, it_waits_between_two_looks);
	tcase_add_test(tc, many_are_forgotten);
}

EYAS_TEST_MAIN("runtimes", fill)
