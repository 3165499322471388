// SPDX-License-Identifier: Apache-2.0
/* Container ids in cgroup paths, in the forms that runtimes use. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include "enrich/cgroup.h"
#include "unit.h"

#define ID	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ID2	"fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

static const struct { const char *text, *want; } cases[] = {
	/* on the host */
	{ "", "" }, { "0::/\n", "" }, { "0::/init.scope\n", "" },
	{ "0::/user.slice/user-1000.slice/session-2.scope\n", "" },
	{ "0::/system.slice/docker.service\n", "" },
	{ "0::/system.slice/containerd.service\n", "" },
	/* docker */
	{ "0::/system.slice/docker-" ID ".scope\n", ID },
	{ "12:pids:/docker/" ID "\n0::/\n", ID },
	{ "0::/docker/" ID "\n", ID },
	{ "0::/docker/" ID "/docker/" ID2 "\n", ID2 },
	{ "0::/docker/" ID "/system.slice/ssh.service\n", ID },
	/* podman */
	{ "0::/machine.slice/libpod-" ID ".scope\n", ID },
	{ "0::/machine.slice/libpod-" ID ".scope/container\n", ID },
	{ "0::/machine.slice/libpod-payload-" ID "\n", ID },
	{ "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" ID ".scope\n", ID },
	{ "0::/machine.slice/libpod-conmon-" ID ".scope\n", "" },
	{ "0::/machine.slice/libpod-" ID ".scope/supervisor\n", "" },
	/* Kubernetes */
	{ "0::/kubepods.slice/kubepods-besteffort.slice/cri-containerd-" ID ".scope\n", ID },
	{ "0::/kubepods.slice/kubepods-pod1.slice/crio-" ID ".scope\n", ID },
	{ "0::/kubepods.slice/kubepods-pod1.slice/crio-conmon-" ID ".scope\n", "" },
	{ "0::/kubepods/besteffort/pod05869489-8c7f-45dc-9abd-1b1620787bb1/" ID "\n", ID },
	{ "0::/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:" ID "\n", ID },
	{ "0::/default/nerdctl-" ID ".scope\n", ID },
	/* lxc */
	{ "0::/lxc/web1\n", "web1" }, { "0::/lxc.payload.web1\n", "web1" },
	{ "0::/lxc.payload/web1/init.scope\n", "web1" }, { "0::/lxc.monitor.web1\n", "" },
	{ "0::/lxc.payload.web1/system.slice/docker-" ID ".scope\n", ID },
	/* systemd-nspawn, and a virtual machine */
	{ "0::/machine.slice/systemd-nspawn@box.service/payload\n", "box" },
	{ "0::/machine.slice/systemd-nspawn@my\\x2dbox.service/payload/init.scope\n", "my-box" },
	{ "0::/machine.slice/machine-box.scope/payload/system.slice/ssh.service\n", "box" },
	{ "0::/machine.slice/systemd-nspawn@box.service/supervisor\n", "" },
	{ "0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator\n", "" },
	{ "0::/payload\n", "" }, { "0::/machine-.scope/payload\n", "" },
	{ "0::/machine-b\\x2\n", "" },
	/* nearly */
	{ "0::/docker/" ID "0\n", "" }, { "0::/docker/0" ID ".scope\n", "" },
	{ "0::/docker/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\n", "" },
	{ "0::/docker/0123456789abcdef\n", "" }, { "0::/docker-" ID "/\n", ID },
	/* not what the kernel writes */
	{ "docker/" ID "\n", "" }, { "0:/docker/" ID "\n", "" }, { "::", "" }, { ":", "" },
	{ "\n\n\n", "" }, { "0::" ID, ID }, { "0::/lxc", "" }, { "0::/lxc/", "" },
	{ "0::lxc.payload.", "" },
};

START_TEST(ids_are_found)
{
	char id[EYAS_CONTAINER_ID_MAX + 1];

	memset(id, 'x', sizeof(id));
	eyas_cgroup_container(cases[_i].text, id);
	ck_assert_msg(!strcmp(id, cases[_i].want), "'%s' is in '%s', not '%s'", cases[_i].text, id,
		      cases[_i].want);
}
END_TEST

START_TEST(long_names_are_cut)
{
	char text[300], id[EYAS_CONTAINER_ID_MAX + 1];

	snprintf(text, sizeof(text), "0::/lxc/%0*d\n", 200, 7);
	eyas_cgroup_container(text, id);
	ck_assert_uint_eq(strlen(id), EYAS_CONTAINER_ID_MAX);
	ck_assert_uint_eq(strspn(id, "0"), EYAS_CONTAINER_ID_MAX);
}
END_TEST

START_TEST(no_text_does_harm)
{
	static const char whole[] = "3:pids:/lxc.payload/x/docker-" ID ".scope\n"
				    "0::/:cri-containerd:" ID;
	unsigned int seed = 3;
	char id[EYAS_CONTAINER_ID_MAX + 1];

	for (int round = 0; round < 20000; round++) {
		size_t len = (size_t)rand_r(&seed) % sizeof(whole);
		char *own = malloc(len + 1);

		ck_assert_ptr_nonnull(own);
		memcpy(own, whole, len);
		own[len] = '\0';
		for (int i = 0; len && i < 3; i++)
			own[(size_t)rand_r(&seed) % len] = ":/.\n0a-s"[rand_r(&seed) % 8];
		eyas_cgroup_container(own, id);
		ck_assert_ptr_nonnull(memchr(id, '\0', sizeof(id)));
		free(own);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, ids_are_found, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, long_names_are_cut);
	tcase_add_test(tc, no_text_does_harm);
}

EYAS_TEST_MAIN("cgroup", fill)
