/* SPDX-License-Identifier: Apache-2.0 */
/* container.* and k8s.*. */
#include <string.h>
#include <sys/syscall.h>
#include "enrich/container.h"
#include "fields.h"
#include "unit.h"

#define ID	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct eyas_field_case host[] = {
	{ "container.id", "host" }, { "container.full_id", NULL }, { "container.name", "host" },
	{ "container.type", "host" }, { "container.image", NULL }, { "container.image.id", NULL },
	{ "container.image.repository", NULL }, { "container.image.tag", NULL },
	{ "container.image.digest", NULL }, { "container.privileged", NULL },
	{ "container.mounts", NULL }, { "container.mount[0]", NULL },
	{ "container.mount.source[0]", NULL }, { "container.mount.dest[0]", NULL },
	{ "container.mount.mode[0]", NULL }, { "container.mount.rdwr[0]", NULL },
	{ "container.mount.propagation[0]", NULL }, { "container.start_ts", NULL },
	{ "container.duration", NULL }, { "container.ip", NULL },
	{ "container.cni.json", NULL }, { "container.host_pid", NULL },
	{ "container.host_network", NULL }, { "container.host_ipc", NULL },
	{ "container.label[app]", NULL }, { "container.labels", NULL }, { "k8s.ns.name", NULL },
	{ "k8s.pod.name", NULL }, { "k8s.pod.id", NULL }, { "k8s.pod.uid", NULL },
	{ "k8s.pod.sandbox_id", NULL }, { "k8s.pod.full_sandbox_id", NULL },
	{ "k8s.pod.label[app]", NULL }, { "k8s.pod.labels", NULL }, { "k8s.pod.ip", NULL },
	{ "k8s.pod.cni.json", NULL }, { "k8s.rc.name", NULL }, { "k8s.rc.id", NULL },
	{ "k8s.rc.label.x", NULL }, { "k8s.rc.labels", NULL }, { "k8s.svc.name", NULL },
	{ "k8s.svc.id", NULL }, { "k8s.svc.label[x]", NULL }, { "k8s.svc.labels", NULL },
	{ "k8s.ns.id", NULL }, { "k8s.ns.label.x", NULL }, { "k8s.ns.labels", NULL },
	{ "k8s.rs.name", NULL }, { "k8s.rs.id", NULL }, { "k8s.rs.label.x", NULL },
	{ "k8s.rs.labels", NULL }, { "k8s.deployment.name", NULL },
	{ "k8s.deployment.id", NULL }, { "k8s.deployment.label.x", NULL },
	{ "k8s.deployment.labels", NULL }, { 0 },
};

/* What the kernel alone tells. */
static const struct eyas_field_case bare[] = {
	{ "container.id", "0123456789ab" }, { "container.full_id", ID },
	{ "container.name", NULL }, { "container.type", NULL }, { "container.image", NULL },
	{ "container.privileged", NULL }, { "container.mounts", NULL },
	{ "container.mount.dest[/etc]", NULL }, { "container.labels", NULL },
	{ "container.host_pid", "false" }, { "container.host_network", "true" },
	{ "container.host_ipc", NULL }, { "container.start_ts", "1700000000000001000" },
	{ "container.duration", "1000" }, { "k8s.pod.name", NULL }, { "k8s.ns.name", NULL },
	{ "fd.containername", "0123456789ab:/etc/shadow" },
	{ "fd.containerdirectory", "0123456789ab:/etc" }, { 0 },
};

static const struct eyas_field_case told[] = {
	{ "container.id", "0123456789ab" }, { "container.name", "web" },
	{ "container.type", "docker" }, { "container.image", "docker.io/library/nginx:1.25" },
	{ "container.image.id", "6f7e2741b66b" },
	{ "container.image.repository", "docker.io/library/nginx" },
	{ "container.image.tag", "1.25" }, { "container.image.digest", "sha256:d977" },
	{ "container.privileged", "true" }, { "container.ip", "172.17.0.2" },
	{ "container.cni.json", "{}" }, { "container.host_pid", "false" },
	{ "container.host_network", "true" }, { "container.host_ipc", "false" },
	{ "container.mounts", "/etc:/host/etc:ro:false:rprivate,/var/run/docker.sock:"
	  "/sock::true:" },
	{ "container.mount[0]", "/etc:/host/etc:ro:false:rprivate" },
	{ "container.mount[/var/run/*]", "/var/run/docker.sock:/sock::true:" },
	{ "container.mount[/var]", NULL }, { "container.mount[2]", NULL },
	{ "container.mount.source[/host/*]", "/etc" }, { "container.mount.source[/etc]", NULL },
	{ "container.mount.source[1]", "/var/run/docker.sock" },
	{ "container.mount.dest[/etc]", "/host/etc" }, { "container.mount.dest[/e*]", "/host/etc" },
	{ "container.mount.dest[1]", "/sock" }, { "container.mount.dest[/host/etc]", NULL },
	{ "container.mount.mode[/etc]", "ro" }, { "container.mount.mode[1]", "" },
	{ "container.mount.rdwr[/etc]", "false" }, { "container.mount.rdwr[1]", "true" },
	{ "container.mount.propagation[0]", "rprivate" }, { "container.label[app]", "front" },
	{ "container.label.app", "front" }, { "container.label[ap]", NULL },
	{ "container.labels", "app:front, flag" }, { "k8s.ns.name", "prod" },
	{ "k8s.pod.name", "web-1" }, { "k8s.pod.uid", "3e41" }, { "k8s.pod.id", "3e41" },
	{ "k8s.pod.sandbox_id", "abcdef012345" },
	{ "k8s.pod.full_sandbox_id", "abcdef0123456789" }, { "k8s.pod.label[tier]", "one" },
	{ "k8s.pod.label.tier", "one" }, { "k8s.pod.label[app]", NULL },
	{ "k8s.pod.labels", "tier:one" }, { "k8s.pod.ip", "172.17.0.2" },
	{ "k8s.pod.cni.json", "{}" }, { "k8s.deployment.name", NULL }, { 0 },
};

static const struct eyas_field_case stranger[] = {
	{ "container.id", NULL }, { "container.name", NULL }, { "container.type", NULL },
	{ "container.host_pid", NULL }, { "k8s.pod.name", NULL }, { 0 },
};

static const struct eyas_label labels[] = {
	{ "app", "front" }, { "io.kubernetes.pod.namespace", "prod" },
	{ "io.kubernetes.pod.name", "web-1" }, { "io.kubernetes.pod.uid", "3e41" },
	{ "flag", "" },
}, pod_labels[] = { { "tier", "one" } };

static const struct eyas_mount mounts[] = {
	{ "/etc", "/host/etc", "ro", "rprivate", false },
	{ "/var/run/docker.sock", "/sock", "", "", true },
};

static const struct eyas_container facts = {
	.name = "web", .type = "docker", .image = "docker.io/library/nginx:1.25",
	.image_id = "6f7e2741b66b", .image_repository = "docker.io/library/nginx",
	.image_tag = "1.25", .image_digest = "sha256:d977", .ip = "172.17.0.2",
	.cni_json = "{}", .pod_sandbox_id = "abcdef0123456789", .privileged = EYAS_TOLD_YES,
	.host_pid = EYAS_TOLD_YES, .host_ipc = EYAS_TOLD_NO, .labels = labels, .nlabels = 5,
	.pod_labels = pod_labels, .npod_labels = 1, .mounts = mounts, .nmounts = 2,
};

static const struct eyas_container *find(void *arg, const char *id)
{
	ck_assert_str_eq(id, ID);
	++*(int *)arg;
	return &facts;
}

/* A host with a container in a pid namespace of its own and the host's network. */
static void create(struct eyas_fields *f)
{
	struct eyas_task *t;
	struct eyas_err err;

	eyas_fields_create(f);
	eyas_fakeroot_proc(&f->root, &(struct eyas_fakeproc){ .pid = 1, .comm = "init" });
	eyas_fakeroot_file(&f->root, "proc/2000/cgroup",
			   "0::/system.slice/docker-" ID ".scope\n");
	ck_assert_int_eq(eyas_enrich_seed(f->en, &err), 0);
	eyas_rec_by(&f->b, 1);
	t = eyas_rec_exec(&f->b, "init");
	t->ns_pid = 1;
	t->ns_net = 2;
	eyas_fields_see(f);
	eyas_rec_by(&f->b, 2000);
	t = eyas_rec_exec(&f->b, "nginx");
	t->vpid = 1;
	t->ns_pid = 3;
	t->ns_net = 2;
	eyas_fields_see(f);
}

static void open_shadow(struct eyas_fields *f, uint32_t pid)
{
	eyas_rec_by(&f->b, pid);
	eyas_rec_sys(&f->b, SYS_open, 3);
	eyas_rec_text(&f->b, EYAS_BLOB_STRING, 0, "/etc/shadow");
	eyas_fields_see(f);
}

START_TEST(on_the_host)
{
	struct eyas_fields f;

	create(&f);
	open_shadow(&f, 1);
	eyas_fields_expect(&f, host);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.containername", ":/etc/shadow" }, { "fd.containerdirectory", ":/etc" },
		{ 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(in_a_container)
{
	struct eyas_fields f;
	int asked = 0;

	create(&f);
	/* Its beginning is that of its first process: seen at first by its exec. */
	open_shadow(&f, 2000);
	eyas_fields_expect(&f, bare);
	eyas_enrich_set_containers(f.en, find, &asked);
	eyas_fields_expect(&f, told);
	ck_assert_int_gt(asked, 0);
	open_shadow(&f, 1);
	asked = 0;
	eyas_fields_expect(&f, host);
	ck_assert_int_eq(asked, 0);
	eyas_enrich_set_containers(f.en, NULL, NULL);
	open_shadow(&f, 2000);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "container.name", NULL }, { "container.id", "0123456789ab" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Nothing known of the process: neither host nor container. */
START_TEST(unknown)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	open_shadow(&f, 77);
	eyas_fields_expect(&f, stranger);
	eyas_rec_by(&f.b, 78);
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, stranger);
	eyas_fields_release(&f);
}
END_TEST

static const struct eyas_container *find_empty(void *arg, const char *id)
{
	(void)id;
	return arg;
}

/* A runtime that tells next to nothing. */
START_TEST(told_little)
{
	struct eyas_container empty = { .host_network = EYAS_TOLD_YES };
	struct eyas_fields f;

	create(&f);
	eyas_enrich_set_containers(f.en, find_empty, &empty);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "container.name", NULL }, { "container.privileged", NULL },
		{ "container.mounts", "" }, { "container.labels", NULL },
		{ "container.host_ipc", NULL }, { "k8s.pod.ip", NULL },
		{ "k8s.pod.labels", NULL }, { "k8s.pod.sandbox_id", NULL },
		{ "k8s.pod.name", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Nobody tells, but its rights speak for themselves. */
START_TEST(all_rights)
{
	static const struct { uint64_t caps; uint32_t ns_user; const char *want; } cases[] = {
		{ (1ULL << 41) - 1, 0, "true" }, { (1ULL << 41) - 1, 77, NULL },
		{ (1ULL << 40) - 1, 0, NULL }, { 0, 0, NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct eyas_fields f;
		struct eyas_task *t;

		create(&f);
		eyas_rec_by(&f.b, 2000);
		t = eyas_rec_exec(&f.b, "nginx");
		t->ns_pid = 1;
		t->ns_user = cases[i].ns_user;
		t->cap_permitted = cases[i].caps;
		eyas_fields_see(&f);
		eyas_fields_expect(&f, (const struct eyas_field_case[]){
			{ "container.privileged", cases[i].want }, { 0 } });
		eyas_fields_release(&f);
	}
}
END_TEST

START_TEST(all_rows)
{
	static const struct eyas_field_case *const lists[] = { host, bare, told, stranger, NULL };

	eyas_fields_covered("container", lists, NULL);
	eyas_fields_covered("k8s", lists, NULL);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, on_the_host);
	tcase_add_test(tc, all_rights);
	tcase_add_test(tc, in_a_container);
	tcase_add_test(tc, unknown);
	tcase_add_test(tc, told_little);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("field_container", fill)
