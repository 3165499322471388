/* SPDX-License-Identifier: Apache-2.0 */
/* thread.*. */
#include <string.h>
#include <sys/syscall.h>
#include "fields.h"
#include "unit.h"

static const struct eyas_field_case cat[] = {
	{ "thread.cap_permitted", "CAP_CHOWN CAP_NET_ADMIN CAP_CHECKPOINT_RESTORE" },
	{ "thread.cap_inheritable", "" }, { "thread.cap_effective", "CAP_SYS_ADMIN" },
	{ "thread.tid", "700" }, { "thread.ismain", "true" }, { "thread.vtid", "7" }, { 0 },
};

/* Its process has other numbers inside than outside, so nobody knows the thread's. */
static const struct eyas_field_case second_thread[] = {
	{ "thread.tid", "701" }, { "thread.ismain", "false" }, { "thread.vtid", NULL },
	{ "thread.vmsize", "0" }, { "thread.vmrss", "0" }, { 0 },
};

static const struct eyas_field_case host_thread[] = {
	{ "thread.tid", "301" }, { "thread.ismain", "false" }, { "thread.vtid", "301" }, { 0 },
};

static const struct eyas_field_case stranger[] = {
	{ "thread.cap_permitted", NULL }, { "thread.cap_inheritable", NULL },
	{ "thread.cap_effective", NULL }, { "thread.tid", "900" }, { "thread.ismain", "true" },
	{ "thread.vtid", NULL }, { "thread.pfmajor", NULL }, { "thread.pfminor", NULL },
	{ "thread.cgroups", NULL }, { "thread.cgroup.cpu", NULL }, { "thread.vmsize", NULL },
	{ "thread.vmrss", NULL }, { "thread.exectime", NULL }, { "thread.totexectime", NULL },
	{ "thread.cpu", NULL }, { "thread.cpu.user", NULL }, { "thread.cpu.system", NULL }, { 0 },
};

static void see_call(struct eyas_fields *f, uint32_t pid, uint32_t tid)
{
	eyas_rec_by(&f->b, pid);
	f->b.tid = tid;
	eyas_rec_sys(&f->b, SYS_getpid, pid);
	eyas_fields_see(f);
}

START_TEST(of_events)
{
	struct eyas_fields f;
	struct eyas_task *t;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_by(&f.b, 700);
	t = eyas_rec_exec(&f.b, "cat");
	t->vpid = t->vtid = 7;
	t->cap_permitted = 1ULL << 0 | 1ULL << 12 | 1ULL << 40 | 1ULL << 63;
	t->cap_effective = 1ULL << 21;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, cat);
	see_call(&f, 700, 701);
	eyas_fields_expect(&f, second_thread);
	see_call(&f, 300, 301);
	eyas_fields_expect(&f, host_thread);
	see_call(&f, 900, 900);
	eyas_fields_expect(&f, stranger);
	eyas_fields_release(&f);
}
END_TEST

/* What is of the thread is that of the thread that acts, in all families. */
START_TEST(who_acts)
{
	static const struct eyas_field_case worker[] = {
		{ "thread.tid", "301" }, { "user.uid", "33" }, { "group.gid", "44" },
		{ "thread.cap_effective", "CAP_CHOWN" }, { "proc.name", "worker" },
		{ "proc.cmdline", "worker -n /etc/shadow" }, { "proc.pid", "300" },
		{ "proc.exe", "cat" }, { "proc.pname", "bash" }, { "proc.aname[2]", "sshd" },
		{ "proc.cwd", "/home/alice/" }, { 0 },
	};
	static const struct eyas_field_case first[] = {
		{ "thread.tid", "300" }, { "user.uid", "1000" }, { "thread.cap_effective", "" },
		{ "proc.name", "cat" }, { "proc.cmdline", "cat -n /etc/shadow" }, { 0 },
	};
	struct eyas_creds_change *c;
	struct eyas_comm *name;
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_by(&f.b, 300);
	c = eyas_rec_other(&f.b, EYAS_REC_CREDS, sizeof(*c));
	c->after.uid = c->after.euid = 1000;
	eyas_fields_see(&f);
	eyas_rec_fork(&f.b, 300, "cat")->flags = EYAS_FORK_F_THREAD | EYAS_FORK_F_FS;
	((struct eyas_fork *)(void *)(f.b.last + 1))->child_tid = 301;
	eyas_fields_see(&f);
	c = eyas_rec_other(&f.b, EYAS_REC_CREDS, sizeof(*c));
	f.b.last->tid = 301;
	c->after = (struct eyas_creds){ .euid = 33, .egid = 44, .cap_effective = 1 };
	eyas_fields_see(&f);
	name = eyas_rec_other(&f.b, EYAS_REC_COMM, sizeof(*name));
	name->pid = 300;
	name->tid = 301;
	memcpy(name->after, "worker", 7);
	eyas_fields_see(&f);
	see_call(&f, 300, 301);
	eyas_fields_expect(&f, worker);
	see_call(&f, 300, 300);
	eyas_fields_expect(&f, first);
	eyas_fields_release(&f);
}
END_TEST

START_TEST(all_capabilities)
{
	struct eyas_fields f;
	struct eyas_task *t;
	const char *text;
	size_t words = 1;

	eyas_fields_create(&f);
	t = eyas_rec_exec(&f.b, "x");
	t->cap_effective = (1ULL << 41) - 1;
	eyas_fields_see(&f);
	text = eyas_fields_text(&f, "thread.cap_effective");
	ck_assert(!strncmp(text, "CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH ", 47));
	ck_assert_str_eq(strrchr(text, ' '), " CAP_CHECKPOINT_RESTORE");
	for (; (text = strchr(text, ' ')); text++)
		words++;
	ck_assert_uint_eq(words, 41);
	eyas_fields_release(&f);
}
END_TEST

/* ---- what /proc tells ---- */

static const struct eyas_field_case unified[] = {
	{ "thread.cgroups", "=/user.slice/user-0.slice" },
	{ "thread.cgroup.cpu", "/user.slice/user-0.slice" },
	{ "thread.cgroup[memory]", "/user.slice/user-0.slice" }, { "thread.pfmajor", "3" },
	{ "thread.pfminor", "1" }, { "thread.vmsize", "8000" }, { "thread.vmrss", "500" }, { 0 },
};

static const struct eyas_field_case split[] = {
	{ "thread.cgroups", "cpu,cpuacct=/a name=systemd=/b:c =/d" },
	{ "thread.cgroup.cpu", "/a" }, { "thread.cgroup.cpuacct", "/a" },
	{ "thread.cgroup.cpuse", "/d" }, { "thread.cgroup.name", "/d" }, { 0 },
};

static void add_proc(struct eyas_fields *f, const char *cgroup, uint64_t ticks)
{
	eyas_fakeroot_proc(&f->root, &(struct eyas_fakeproc){
		.pid = 50, .comm = "a) S 1", .ppid = 1, .threads = 1, .ticks = ticks,
		.cgroup = cgroup });
	eyas_fakeroot_file(&f->root, "proc/50/task/50/stat",
			   "50 (a) S 1) S 1 50 50 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 500 0 0\n");
	eyas_fakeroot_file(&f->root, "proc/50/status",
			   "Name:\ta\nNSpid:\t50\nVmSize:\t    8000 kB\nVmRSS:\t     500 kB\n");
}

static void seed(struct eyas_fields *f)
{
	struct eyas_err err;

	ck_assert_msg(eyas_enrich_seed(f->en, &err) == 0, "%s", err.msg);
}

START_TEST(from_proc)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	add_proc(&f, "0::/user.slice/user-0.slice\n", 500);
	seed(&f);
	see_call(&f, 50, 50);
	eyas_fields_expect(&f, unified);
	add_proc(&f, "garbage\n4:cpu,cpuacct:/a\n1:name=systemd:/b:c\n0::/d", 500);
	eyas_fields_expect(&f, split);
	eyas_fields_release(&f);
}
END_TEST

/* A pid that is another process by now tells nothing. */
START_TEST(reused_pid)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	add_proc(&f, "0::/x\n", 500);
	seed(&f);
	add_proc(&f, "0::/x\n", 501);
	see_call(&f, 50, 50);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "thread.cgroups", NULL }, { "thread.pfmajor", NULL }, { "thread.vmsize", NULL },
		{ "thread.tid", "50" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Nothing is asked of /proc if it is not of the host that the events are from. */
START_TEST(not_live)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	add_proc(&f, "0::/x\n", 5000);
	eyas_rec_by(&f.b, 50);
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "thread.cgroups", NULL }, { "thread.pfminor", NULL }, { "thread.vmrss", NULL },
		{ 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(all_rows)
{
	static const struct eyas_field_case *const lists[] = {
		cat, second_thread, host_thread, stranger, unified, split, NULL,
	};
	static const char *const always[] = { "thread.tid", "thread.ismain", NULL };

	eyas_fields_covered("thread", lists, always);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, of_events);
	tcase_add_test(tc, who_acts);
	tcase_add_test(tc, all_capabilities);
	tcase_add_test(tc, from_proc);
	tcase_add_test(tc, reused_pid);
	tcase_add_test(tc, not_live);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("field_thread", fill)
