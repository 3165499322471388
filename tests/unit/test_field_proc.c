/* SPDX-License-Identifier: Apache-2.0 */
/* proc.*. */
#include <string.h>
#include <sys/syscall.h>
#include "field/lineage.h"
#include "fields.h"
#include "unit.h"

/* systemd > sshd > bash > cat: see fields.h. */
static const struct eyas_field_case cat[] = {
	{ "proc.exe", "cat" }, { "proc.pexe", "-bash" },
	{ "proc.aexe", "(-bash,sshd: alice,/sbin/init)" },
	{ "proc.aexe[0]", "cat" }, { "proc.aexe[1]", "-bash" }, { "proc.aexe[3]", "/sbin/init" },
	{ "proc.aexe[4]", NULL }, { "proc.exepath", "/usr/bin/cat" },
	{ "proc.pexepath", "/usr/bin/bash" },
	{ "proc.aexepath", "(/usr/bin/bash,/usr/sbin/sshd,/usr/lib/systemd/systemd)" },
	{ "proc.aexepath[2]", "/usr/sbin/sshd" }, { "proc.aexepath[9]", NULL },
	{ "proc.name", "cat" }, { "proc.pname", "bash" }, { "proc.aname", "(bash,sshd,systemd)" },
	{ "proc.aname[0]", "cat" }, { "proc.aname[2]", "sshd" }, { "proc.aname[4]", NULL },
	{ "proc.aname[4294967296]", NULL }, { "proc.args", "-n /etc/shadow" },
	{ "proc.args[0]", "-n" }, { "proc.args[1]", "/etc/shadow" }, { "proc.args[2]", NULL },
	{ "proc.args[999999999]", NULL }, { "proc.aargs", "(,-D,)" }, { "proc.aargs[2]", "-D" },
	{ "proc.aargs[0]", "-n /etc/shadow" }, { "proc.aargs[4]", NULL },
	{ "proc.cmdline", "cat -n /etc/shadow" }, { "proc.pcmdline", "bash" },
	{ "proc.acmdline", "(bash,sshd -D,systemd)" }, { "proc.acmdline[2]", "sshd -D" },
	{ "proc.acmdline[4]", NULL }, { "proc.cmdnargs", "2" }, { "proc.cmdlenargs", "13" },
	{ "proc.exeline", "cat -n /etc/shadow" }, { "proc.env", "HOME=/home/alice LANG=C EMPTY=" },
	{ "proc.env[LANG]", "C" }, { "proc.env[EMPTY]", "" }, { "proc.env[LAN]", NULL },
	{ "proc.env[HOME=]", NULL }, { "proc.aenv", "(HOME=/home/alice LANG=C)" },
	{ "proc.aenv[1]", "HOME=/home/alice LANG=C" }, { "proc.aenv[2]", NULL },
	{ "proc.aenv[0]", "HOME=/home/alice LANG=C EMPTY=" }, { "proc.aenv[LANG]", "C" },
	{ "proc.aenv[EMPTY]", NULL }, { "proc.cwd", "/home/alice/" },
	{ "proc.loginshellid", "200" }, { "proc.tty", "34816" }, { "proc.pid", "300" },
	{ "proc.ppid", "200" }, { "proc.apid", "(200,100,1)" }, { "proc.apid[0]", "300" },
	{ "proc.apid[3]", "1" }, { "proc.apid[4]", NULL }, { "proc.vpid", "300" },
	{ "proc.pvpid", "200" }, { "proc.sid", "200" }, { "proc.sname", "bash" },
	{ "proc.sid.exe", "-bash" }, { "proc.sid.exepath", "/usr/bin/bash" },
	{ "proc.vpgid", "300" }, { "proc.vpgid.name", "cat" }, { "proc.vpgid.exe", "cat" },
	{ "proc.vpgid.exepath", "/usr/bin/cat" }, { "proc.pgid", "300" },
	{ "proc.pgid.name", "cat" }, { "proc.pgid.exe", "cat" },
	{ "proc.pgid.exepath", "/usr/bin/cat" }, { "proc.is_exe_writable", "false" },
	{ "proc.is_exe_upper_layer", "false" }, { "proc.is_exe_lower_layer", "false" },
	{ "proc.is_exe_from_memfd", "false" }, { "proc.is_sid_leader", "false" },
	{ "proc.is_vpgid_leader", "true" }, { "proc.is_pgid_leader", "true" },
	{ "proc.exe_ino", NULL }, { "proc.exe_ino.ctime", NULL }, { "proc.exe_ino.mtime", NULL },
	{ "proc.exe_ino.ctime_duration_proc_start", NULL },
	{ "proc.exe_ino.ctime_duration_pidns_start", NULL },
	{ "proc.pidns_init_start_ts", NULL }, { "proc.nthreads", "1" }, { "proc.nchilds", "0" },
	/* fork and exec are two records each */
	{ "proc.duration", "1000" }, { "proc.ppid.duration", "3000" },
	{ "proc.pid.ts", "1700000000000005000" }, { "proc.ppid.ts", "1700000000000003000" },
	{ 0 },
};

static const struct eyas_field_case first[] = {
	{ "proc.name", "systemd" }, { "proc.pname", NULL }, { "proc.pexe", NULL },
	{ "proc.pexepath", NULL }, { "proc.pcmdline", NULL }, { "proc.aname", NULL },
	{ "proc.aname[0]", "systemd" }, { "proc.aname[1]", NULL }, { "proc.aexe", NULL },
	{ "proc.aexepath", NULL }, { "proc.aargs", NULL }, { "proc.acmdline", NULL },
	{ "proc.aenv", NULL }, { "proc.apid", NULL }, { "proc.pvpid", NULL },
	{ "proc.ppid", "0" }, { "proc.ppid.duration", NULL }, { "proc.ppid.ts", NULL },
	{ "proc.cwd", NULL }, { "proc.env", NULL }, { "proc.env[HOME]", NULL },
	{ "proc.loginshellid", NULL }, { "proc.args", "" }, { "proc.args[0]", NULL },
	{ "proc.cmdnargs", "0" }, { "proc.cmdlenargs", "0" }, { "proc.exeline", "/sbin/init" },
	{ "proc.stdin.type", NULL }, { "proc.fdopencount", NULL }, { 0 },
};

static const struct eyas_field_case stranger[] = {
	{ "proc.exe", NULL }, { "proc.pexe", NULL }, { "proc.aexe[0]", NULL },
	{ "proc.exepath", NULL }, { "proc.name", NULL }, { "proc.args", NULL },
	{ "proc.args[0]", NULL }, { "proc.cmdline", NULL }, { "proc.cmdnargs", NULL },
	{ "proc.cmdlenargs", NULL }, { "proc.exeline", NULL }, { "proc.env", NULL },
	{ "proc.env[X]", NULL }, { "proc.aenv[X]", NULL }, { "proc.cwd", NULL },
	{ "proc.loginshellid", NULL }, { "proc.tty", NULL }, { "proc.pid", "4000" },
	{ "proc.ppid", NULL }, { "proc.vpid", NULL }, { "proc.sid", NULL },
	{ "proc.sname", NULL }, { "proc.sid.exe", NULL }, { "proc.sid.exepath", NULL },
	{ "proc.vpgid", NULL }, { "proc.vpgid.name", NULL }, { "proc.vpgid.exe", NULL },
	{ "proc.vpgid.exepath", NULL }, { "proc.pgid", NULL }, { "proc.pgid.name", NULL },
	{ "proc.pgid.exe", NULL }, { "proc.pgid.exepath", NULL }, { "proc.duration", NULL },
	{ "proc.pid.ts", NULL }, { "proc.is_exe_writable", NULL },
	{ "proc.is_exe_upper_layer", NULL }, { "proc.is_exe_lower_layer", NULL },
	{ "proc.is_exe_from_memfd", NULL }, { "proc.is_sid_leader", NULL },
	{ "proc.is_vpgid_leader", NULL }, { "proc.is_pgid_leader", NULL },
	{ "proc.nthreads", NULL }, { "proc.nchilds", NULL }, { "proc.fdopencount", NULL },
	{ "proc.fdlimit", NULL }, { "proc.fdusage", NULL }, { "proc.vmsize", NULL },
	{ "proc.vmrss", NULL }, { "proc.vmswap", NULL }, { "proc.stdin.type", NULL },
	{ "proc.stdout.type", NULL }, { "proc.stderr.type", NULL }, { "proc.stdin.name", NULL },
	{ "proc.stdout.name", NULL }, { "proc.stderr.name", NULL }, { 0 },
};

static void see_call(struct eyas_fields *f, uint32_t pid)
{
	eyas_rec_by(&f->b, pid);
	eyas_rec_sys(&f->b, SYS_getpid, pid);
	eyas_fields_see(f);
}

START_TEST(tree)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_fields_expect(&f, cat);
	see_call(&f, 1);
	eyas_fields_expect(&f, first);
	see_call(&f, 4000);
	eyas_fields_expect(&f, stranger);
	eyas_fields_release(&f);
}
END_TEST

/* ---- the binary ---- */

static const struct eyas_field_case binary[] = {
	{ "proc.is_exe_writable", "true" }, { "proc.is_exe_upper_layer", "true" },
	{ "proc.is_exe_lower_layer", "true" }, { "proc.is_exe_from_memfd", "true" },
	{ "proc.exepath", "memfd:x" }, { "proc.exe_ino", "77" },
	{ "proc.exe_ino.ctime", "1699999999000000000" },
	{ "proc.exe_ino.mtime", "1699999998000000000" },
	{ "proc.exe_ino.ctime_duration_proc_start", "1000000000" },
	{ "proc.exe_ino.ctime_duration_pidns_start", NULL }, { 0 },
};

static struct eyas_task *exec_file(struct eyas_fields *f, uint64_t ctime)
{
	struct eyas_task *t = eyas_rec_exec(&f->b, "x");
	struct eyas_file *file = eyas_rec_file(&f->b, EYAS_BLOB_EXE_FILE, 0100755);

	file->ino = 77;
	file->ctime = ctime;
	file->mtime = EYAS_RECS_TIME - 2000000000;
	return t;
}

START_TEST(of_the_binary)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	exec_file(&f, EYAS_RECS_TIME - 1000000000)->exec_flags =
		EYAS_EXEC_F_WRITABLE | EYAS_EXEC_F_UPPER | EYAS_EXEC_F_MEMFD | EYAS_EXEC_F_LOWER;
	eyas_rec_text(&f.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/memfd:x (deleted)");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, binary);
	eyas_fields_release(&f);
}
END_TEST

/* Written by the process itself before it became it. */
START_TEST(binary_younger_than_process)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	exec_file(&f, EYAS_RECS_TIME + 1000000000);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.exe_ino.ctime_duration_proc_start", "0" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- namespaces ---- */

static const struct eyas_field_case inside[] = {
	{ "proc.vpid", "5" }, { "proc.pvpid", "1" }, { "proc.sid", "1" }, { "proc.vpgid", "5" },
	{ "proc.pgid", "1005" }, { "proc.sname", "entry" }, { "proc.vpgid.name", "shell" },
	{ "proc.is_sid_leader", "false" }, { "proc.is_vpgid_leader", "true" },
	{ "proc.is_pgid_leader", "true" },
	{ "proc.pidns_init_start_ts", "1700000000000000000" },
	{ "proc.exe_ino.ctime_duration_pidns_start", "5000" }, { 0 },
};

START_TEST(in_a_pid_namespace)
{
	struct eyas_fields f;
	struct eyas_task *t;

	eyas_fields_create(&f);
	eyas_rec_by(&f.b, 1001);
	t = eyas_rec_exec(&f.b, "entry");
	t->vpid = t->vpgid = t->vsid = 1;
	t->ns_pid = 4026532000;
	eyas_fields_see(&f);
	t = &eyas_rec_fork(&f.b, 1005, "entry")->task;
	eyas_fields_see(&f);
	eyas_rec_by(&f.b, 1005);
	t = exec_file(&f, EYAS_RECS_TIME + 5000);
	memcpy(t->comm, "shell", 6);
	t->ppid = t->sid = 1001;
	t->vpid = t->vpgid = 5;
	t->vsid = 1;
	t->ns_pid = 4026532000;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, inside);
	eyas_fields_release(&f);
}
END_TEST

/* ---- leaders that are gone ---- */

START_TEST(leader_not_known)
{
	struct eyas_fields f;
	struct eyas_task *t;

	eyas_fields_create(&f);
	for (uint32_t pid = 10; pid < 13; pid++) {
		if (pid > 10) {
			eyas_rec_by(&f.b, pid - 1);
			eyas_rec_fork(&f.b, pid, "x");
			eyas_fields_see(&f);
		}
		eyas_rec_by(&f.b, pid);
		t = eyas_rec_exec(&f.b, pid == 10 ? "other" : pid == 11 ? "eldest" : "youngest");
		t->ppid = pid - 1;
		t->sid = t->pgid = pid == 10 ? 10 : 9;
		eyas_fields_see(&f);
	}
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.name", "youngest" }, { "proc.sname", "eldest" },
		{ "proc.pgid.name", "eldest" }, { "proc.vpgid.name", "eldest" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Its number was given to somebody who is in another session. */
START_TEST(leader_number_reused)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_by(&f.b, 9);
	eyas_rec_exec(&f.b, "impostor")->sid = 1;
	eyas_fields_see(&f);
	eyas_rec_by(&f.b, 10);
	eyas_rec_exec(&f.b, "own")->sid = 9;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "proc.sname", "own" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- lists ---- */

static void exec_argv(struct eyas_fields *f, const char *argv, size_t len)
{
	eyas_rec_exec(&f->b, "x");
	eyas_rec_blob(&f->b, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, argv, len);
	eyas_fields_see(f);
}

START_TEST(odd_arguments)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	exec_argv(&f, "x\0\0a b\0", 8);		/* "x", "", "a b", "" */
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.cmdnargs", "3" }, { "proc.cmdlenargs", "3" }, { "proc.args[0]", "" },
		{ "proc.args[1]", "a b" }, { "proc.args[2]", "" }, { "proc.args[3]", NULL },
		{ "proc.args", " a b " },
		{ 0 } });
	exec_argv(&f, "", 1);			/* "" alone */
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.exe", "" }, { "proc.args", "" }, { "proc.cmdnargs", "0" },
		{ "proc.args[0]", NULL }, { "proc.cmdline", "x" }, { 0 } });
	exec_argv(&f, "", 0);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.cmdnargs", "0" }, { "proc.cmdlenargs", "0" }, { 0 } });
	eyas_rec_exec(&f.b, "x");		/* not recorded */
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.exe", NULL }, { "proc.cmdnargs", NULL }, { "proc.cmdlenargs", NULL },
		{ "proc.args[0]", NULL }, { "proc.cmdline", "x" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(environment_by_name)
{
	static const char env[] = "A\0B\0=B=1\0B=2\0B=3\0BB=4\0C==";
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_exec(&f.b, "x");
	eyas_rec_blob(&f.b, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, env, sizeof(env));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.env[A]", NULL }, { "proc.env[B]", "2" }, { "proc.env[BB]", "4" },
		{ "proc.env[C]", "=" }, { "proc.env", "A B =B=1 B=2 B=3 BB=4 C==" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(root_directory)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_exec(&f.b, "x");
	eyas_rec_text(&f.b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "proc.cwd", "/" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* A program cannot make a list as long as it wants. */
START_TEST(deep_lineage)
{
	struct eyas_field_arg arg = { 0 };
	const struct eyas_field *row;
	struct eyas_fields f;
	struct eyas_value v;

	eyas_fields_create(&f);
	eyas_rec_by(&f.b, 10);
	eyas_rec_exec(&f.b, "sh");
	eyas_fields_see(&f);
	for (uint32_t pid = 10; pid < 10 + 2 * EYAS_LINEAGE_MAX; pid++) {
		eyas_recs_reset(&f.b);
		eyas_rec_by(&f.b, pid);
		eyas_rec_fork(&f.b, pid + 1, "x");
		eyas_fields_see(&f);
	}
	see_call(&f, 10 + 2 * EYAS_LINEAGE_MAX);
	row = eyas_field_find("proc.aname", 10, &arg);
	ck_assert_int_eq(row->get(&f.ctx, &arg, &v), 0);
	ck_assert_uint_eq(v.l.len, EYAS_LINEAGE_MAX);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.aname[1024]", "x" }, { "proc.aname[1025]", NULL },
		{ "proc.loginshellid", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(threads)
{
	struct eyas_fields f;
	struct eyas_fork *fork;

	eyas_fields_create(&f);
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	fork = eyas_rec_fork(&f.b, 1000, "x");
	fork->child_tid = 1001;
	fork->flags = EYAS_FORK_F_THREAD;
	eyas_fields_see(&f);
	see_call(&f, 1000);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.nthreads", "2" }, { "proc.nchilds", "1" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- what /proc tells ---- */

static const struct eyas_field_case live[] = {
	{ "proc.vmsize", "8000" }, { "proc.vmrss", "500" }, { "proc.vmswap", "20" },
	{ "proc.fdopencount", "4" }, { "proc.fdlimit", "1024" }, { "proc.fdusage", "0.391" },
	{ "proc.stdin.type", "file" }, { "proc.stdin.name", "/dev/null" },
	{ "proc.stdout.type", "pipe" }, { "proc.stdout.name", "pipe:[1234]" },
	{ "proc.stderr.type", NULL }, { "proc.stderr.name", "socket:[99]" }, { 0 },
};

/* Its name is not known: only that it is one. */
static const struct eyas_field_case made[] = {
	{ "proc.stderr.type", "event" }, { "proc.stderr.name", NULL },
	{ "proc.stdin.type", NULL }, { 0 },
};

START_TEST(from_proc)
{
	struct eyas_fields f;
	struct eyas_err err;

	eyas_fields_create(&f);
	eyas_fakeroot_proc(&f.root, &(struct eyas_fakeproc){
		.pid = 50, .comm = "x", .ppid = 1, .threads = 1, .ticks = 5 });
	eyas_fakeroot_file(&f.root, "proc/50/status",
			   "Name:\tx\nNSpid:\t50\nVmSize:\t 8000 kB\nVmRSS:\t 500 kB\n"
			   "VmSwap:\t 20 kB\n");
	eyas_fakeroot_file(&f.root, "proc/50/limits",
			   "Limit                     Soft Limit       Hard Limit       Units\n"
			   "Max open files            1024             524288           files\n");
	eyas_fakeroot_link(&f.root, "proc/50/fd/0", "/dev/null");
	eyas_fakeroot_link(&f.root, "proc/50/fd/1", "pipe:[1234]");
	eyas_fakeroot_link(&f.root, "proc/50/fd/2", "socket:[99]");
	eyas_fakeroot_link(&f.root, "proc/50/fd/17", "/etc/passwd");
	ck_assert_int_eq(eyas_enrich_seed(f.en, &err), 0);
	see_call(&f, 50);
	eyas_fields_expect(&f, live);
	eyas_fakeroot_file(&f.root, "proc/50/limits",
			   "Limit\nMax open files            unlimited            unlimited\n");
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.fdlimit", "9223372036854775807" }, { "proc.fdusage", "0.000" }, { 0 } });
	eyas_fakeroot_unlink(&f.root, "proc/50/limits");
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "proc.fdlimit", NULL }, { "proc.fdusage", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(standard_error_of_events)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_eventfd2, 2);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, made);
	eyas_fields_release(&f);
}
END_TEST

START_TEST(all_rows)
{
	static const struct eyas_field_case *const lists[] = {
		cat, first, stranger, binary, inside, live, made, NULL,
	};
	static const char *const always[] = { "proc.pid", NULL };

	eyas_fields_covered("proc", lists, always);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, tree);
	tcase_add_test(tc, of_the_binary);
	tcase_add_test(tc, binary_younger_than_process);
	tcase_add_test(tc, in_a_pid_namespace);
	tcase_add_test(tc, leader_not_known);
	tcase_add_test(tc, leader_number_reused);
	tcase_add_test(tc, odd_arguments);
	tcase_add_test(tc, environment_by_name);
	tcase_add_test(tc, root_directory);
	tcase_add_test(tc, deep_lineage);
	tcase_add_test(tc, threads);
	tcase_add_test(tc, from_proc);
	tcase_add_test(tc, standard_error_of_events);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("field_proc", fill)
