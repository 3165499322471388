// SPDX-License-Identifier: Apache-2.0
/* The process table as events tell of it: lives, lineage, and a start from /proc. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "enrich/enrich.h"
#include "life.h"
#include "unit.h"

#define ID	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct eyas_life l;
static struct eyas_err err;

static void setup(void)
{
	eyas_life_create(&l);
}

static void teardown(void)
{
	eyas_life_release(&l);
}

static const struct eyas_proc *proc(uint32_t pid)
{
	return eyas_enrich_proc(l.en, pid);
}

START_TEST(exec_tells_all)
{
	const struct eyas_proc *p;

	eyas_rec_by(&l.b, 700);
	eyas_rec_exec(&l.b, "python3")->ppid = 1;
	eyas_rec_file(&l.b, EYAS_BLOB_EXE_FILE, 0100755)->ino = 99;
	eyas_rec_text(&l.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/python3.11");
	eyas_rec_text(&l.b, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, "/home/me/run.py");
	eyas_rec_blob(&l.b, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, "python3\0run.py\0-v", 18)->full =
		500;
	eyas_rec_blob(&l.b, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, "A=1\0B=2", 8);
	eyas_rec_text(&l.b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/home/me");
	((struct eyas_task *)(void *)(l.b.last + 1))->uid = 1000;
	eyas_life_update(&l);
	p = proc(700);
	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq(p->pid, 700);
	ck_assert_uint_eq(p->ppid, 1);
	ck_assert_uint_eq(p->uid, 1000);
	ck_assert_uint_eq(p->loginuid, UINT32_MAX);
	ck_assert_uint_eq(p->argv_full, 500);
	ck_assert_uint_eq(p->exec_real, l.ev.time);
	ck_assert_uint_eq(p->exe_file->ino, 99);
	ck_assert(!p->exited);
	ck_assert_text_eq(p->comm, "python3");
	ck_assert_text_eq(p->exepath, "/usr/bin/python3.11");
	ck_assert_text_eq(p->exename, "/home/me/run.py");
	ck_assert_text_eq(p->exe, "python3");
	ck_assert_text_eq(p->args, "run.py -v");
	ck_assert_text_eq(p->cmdline, "python3 run.py -v");
	ck_assert_text_eq(p->cwd, "/home/me");
	ck_assert_uint_eq(p->envp.len, 7);
	ck_assert_ptr_null(eyas_enrich_parent(l.en, p));
	ck_assert_ptr_null(proc(1));
}
END_TEST

START_TEST(binaries_without_a_name_have_one)
{
	eyas_rec_by(&l.b, 700);
	eyas_rec_exec(&l.b, "x")->exec_flags = EYAS_EXEC_F_MEMFD;
	eyas_rec_text(&l.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/memfd:evil (deleted)");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->exepath, "memfd:evil");
	ck_assert_uint_eq(proc(700)->exec_flags, EYAS_EXEC_F_MEMFD);
	eyas_rec_exec(&l.b, "x")->exec_flags = EYAS_EXEC_F_DELETED;
	eyas_rec_text(&l.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/tmp/x");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->exepath, "/tmp/x");
	/* A file may be called that; only the kernel's word counts. */
	eyas_rec_exec(&l.b, "x");
	eyas_rec_text(&l.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/tmp/x (deleted)");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->exepath, "/tmp/x (deleted)");
}
END_TEST

START_TEST(children_inherit_until_they_exec)
{
	const struct eyas_proc *p, *c;

	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	p = proc(700);
	c = proc(701);
	ck_assert_ptr_eq(eyas_enrich_parent(l.en, c), p);
	ck_assert_uint_eq(p->children, 1);
	ck_assert_uint_eq(c->start_real, l.ev.time);
	ck_assert_text_eq(c->exepath, "/usr/bin/cat");
	ck_assert_text_eq(c->cmdline, "cat /x");
	ck_assert_text_eq(c->cwd, "/home/me");
	ck_assert_uint_eq(c->exec_real, p->exec_real);

	eyas_rec_by(&l.b, 701);
	eyas_rec_exec(&l.b, "id")->ppid = 700;
	eyas_rec_text(&l.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/id");
	eyas_life_update(&l);
	ck_assert_ptr_eq(proc(701), c);
	ck_assert_text_eq(c->exepath, "/usr/bin/id");
	ck_assert_text_eq(c->cwd, "/home/me");	/* exec that tells none leaves it */
	ck_assert_text_eq(proc(700)->exepath, "/usr/bin/cat");
	ck_assert_ptr_eq(eyas_enrich_parent(l.en, c), p);
}
END_TEST

START_TEST(lineage_outlives_the_parents)
{
	const struct eyas_proc *p;
	uint32_t n = 0;

	eyas_life_start(&l, 700);
	for (uint32_t pid = 701; pid < 720; pid++) {
		eyas_life_fork(&l, pid - 1, pid);
		eyas_life_end(&l, pid - 1);
	}
	ck_assert(proc(718)->exited);
	for (p = proc(719); p; p = eyas_enrich_parent(l.en, p))
		ck_assert_uint_eq(p->pid, 719 - n++);
	ck_assert_uint_eq(n, 20);
	ck_assert_uint_eq(proc(719)->ppid, 718);
	/* Reparented: what the kernel says now is not who started it. */
	eyas_rec_by(&l.b, 719);
	eyas_rec_exec(&l.b, "x")->ppid = 1;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(719)->ppid, 718);
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(719))->pid, 718);
}
END_TEST

START_TEST(forgotten_parents_are_replaced)
{
	eyas_life_start(&l, 1);
	eyas_rec_by(&l.b, 700);
	eyas_rec_exec(&l.b, "x")->ppid = 699;	/* nobody knows it */
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(700)->ppid, 699);
	ck_assert_ptr_null(eyas_enrich_parent(l.en, proc(700)));
	/* It ended; a subreaper has its children. */
	eyas_rec_exec(&l.b, "y")->ppid = 1;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(700)->ppid, 1);
	ck_assert_ptr_eq(eyas_enrich_parent(l.en, proc(700)), proc(1));
}
END_TEST

START_TEST(children_of_orphans_have_parents)
{
	eyas_life_start(&l, 1);
	eyas_life_fork(&l, 1, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_life_end(&l, 700);
	ck_assert_uint_eq(proc(1)->children, 0);
	/* The kernel's parent of 701 is 1 now; that of 702 is 701. */
	eyas_life_fork(&l, 701, 702);
	ck_assert_uint_eq(proc(702)->ppid, 701);
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(702))->pid, 701);
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(701))->pid, 700);
	ck_assert(eyas_enrich_parent(l.en, proc(701))->exited);
	ck_assert_uint_eq(proc(701)->ppid, 700);
}
END_TEST

START_TEST(a_vfork_child_leaves_its_parent_alone)
{
	eyas_life_start(&l, 700);
	eyas_rec_by(&l.b, 700);
	eyas_rec_fork(&l.b, 701, "cat")->flags = EYAS_FORK_F_VM | EYAS_FORK_F_VFORK;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(700)->threads, 1);
	ck_assert_uint_eq(proc(701)->threads, 1);
	eyas_rec_by(&l.b, 701);
	eyas_rec_sys(&l.b, SYS_chdir, 0, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, "/tmp");
	eyas_life_update(&l);
	eyas_life_call(&l, 701, SYS_setuid, 0, 33);
	ck_assert_text_eq(proc(701)->cwd, "/tmp");
	ck_assert_text_eq(proc(700)->cwd, "/home/me");
	ck_assert_uint_eq(proc(700)->uid, 0);
	eyas_rec_by(&l.b, 701);
	eyas_rec_exec(&l.b, "id")->ppid = 700;
	eyas_life_update(&l);
	ck_assert_text_eq(proc(701)->cmdline, "id");
	ck_assert_text_eq(proc(700)->cmdline, "cat /x");
}
END_TEST

START_TEST(short_lives_leave_nothing)
{
	struct eyas_enrich_stats st;

	eyas_life_start(&l, 1);
	for (uint32_t i = 0; i < 40000; i++) {
		uint32_t pid = 100 + i % 30000;

		eyas_life_fork(&l, 1, pid);
		eyas_life_start(&l, pid);
		eyas_life_open(&l, pid, 3, "/x", 0);
		eyas_life_end(&l, pid);
		if (l.b.len > EYAS_RECS_SIZE / 2)
			eyas_recs_reset(&l.b);
	}
	eyas_enrich_stats(l.en, &st);
	ck_assert_uint_eq(st.live, 1);
	ck_assert_uint_eq(st.dead, 1024);
	ck_assert_uint_eq(st.evicted_live, 0);
	ck_assert_uint_eq(st.evicted_dead, 0);
	ck_assert_uint_eq(proc(1)->children, 0);
	ck_assert_ptr_nonnull(proc(100 + 39999 % 30000));
	ck_assert_ptr_null(proc(100 + 38000 % 30000));
}
END_TEST

START_TEST(clone_parent_makes_a_sibling)
{
	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_rec_by(&l.b, 701);
	eyas_rec_fork(&l.b, 702, "x")->task.ppid = 700;
	eyas_life_update(&l);
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(702))->pid, 700);
	ck_assert_text_eq(proc(702)->exepath, "/usr/bin/cat");
	ck_assert_uint_eq(proc(700)->children, 2);
}
END_TEST

START_TEST(threads_are_counted)
{
	eyas_life_start(&l, 700);
	ck_assert_uint_eq(proc(700)->threads, 1);
	eyas_rec_fork(&l.b, 700, "cat")->flags = EYAS_FORK_F_THREAD;
	eyas_life_update(&l);
	eyas_rec_fork(&l.b, 700, "cat")->flags = EYAS_FORK_F_THREAD;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(700)->threads, 3);
	eyas_rec_exit(&l.b, 0)->flags = 0;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(700)->threads, 2);
	ck_assert(!proc(700)->exited);
	eyas_life_end(&l, 700);
	ck_assert(proc(700)->exited);
	/* A child with the pid of its parent can't be. */
	eyas_life_start(&l, 800);
	eyas_life_fork(&l, 800, 800);
	ck_assert_ptr_null(eyas_enrich_parent(l.en, proc(800)));
}
END_TEST

START_TEST(pids_are_used_again)
{
	const struct eyas_proc *child;

	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_life_end(&l, 700);
	child = proc(701);
	/* Another process of that pid, of another parent. */
	eyas_life_start(&l, 600);
	eyas_rec_by(&l.b, 600);
	eyas_rec_fork(&l.b, 700, "new")->task.start_time = 5;
	eyas_life_update(&l);
	ck_assert(!proc(700)->exited);
	ck_assert_text_eq(proc(700)->comm, "new");
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(700))->pid, 600);
	/* The child of the first one still knows it. */
	ck_assert_ptr_eq(proc(701), child);
	ck_assert_text_eq(eyas_enrich_parent(l.en, child)->comm, "cat");
	ck_assert(eyas_enrich_parent(l.en, child)->exited);

	/* The exit of one that is no longer there ends nobody. */
	eyas_rec_by(&l.b, 700);
	eyas_rec_exit(&l.b, 0)->start_time = 777;
	eyas_life_update(&l);
	ck_assert(!proc(700)->exited);
	/* One that ended does not execute: this one has its pid. */
	eyas_life_end(&l, 600);
	ck_assert(proc(600)->exited);
	eyas_life_start(&l, 600);
	ck_assert(!proc(600)->exited);
	/* An exec that has another start time is another process: its fork was lost. */
	eyas_rec_by(&l.b, 700);
	eyas_rec_exec(&l.b, "third")->start_time = 888;
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "third");
	ck_assert_ptr_null(eyas_enrich_parent(l.en, proc(700)));
	ck_assert_ptr_null(proc(700)->exepath.p);
}
END_TEST

START_TEST(loss_changes_nothing_but_clears_nothing_either)
{
	eyas_life_start(&l, 700);
	eyas_rec_loss(&l.b, EYAS_CLASS_PROCESS, 100);
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "cat");
}
END_TEST

START_TEST(first_process_of_a_namespace)
{
	ck_assert_ptr_null(eyas_enrich_ns_init(l.en, 0));
	eyas_life_start(&l, 700);
	eyas_rec_fork(&l.b, 701, "init")->task = (struct eyas_task){
		.ppid = 700, .vpid = 1, .ns_pid = 4026532000U, .start_time = 5 };
	eyas_life_update(&l);
	ck_assert_ptr_eq(eyas_enrich_ns_init(l.en, 4026532000U), proc(701));
	ck_assert_ptr_null(eyas_enrich_ns_init(l.en, 1));
}
END_TEST

/* ---- from /proc ---- */

static void seed(void)
{
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 1, .comm = "systemd", .exe = "/sbin/init", .cwd = "/", .ticks = 100,
		.cmdline = "/sbin/init\0splash", .cmdline_len = 18, .cgroup = "0::/init.scope\n" });
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 500, .ppid = 1, .comm = "dockerd", .ticks = 200, .threads = 5,
		.exe = "/usr/bin/old (deleted)", .loginuid = "1000" });
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 501, .ppid = 500, .comm = "sh", .ticks = 300, .vpid = 1, .ns_pid = 77,
		.cgroup = "0::/docker/" ID "\n", .cwd = "/app" });
	ck_assert_int_eq(eyas_enrich_seed(l.en, &err), 0);
}

START_TEST(running_processes_are_known)
{
	const struct eyas_proc *p;
	struct eyas_enrich_stats st;

	seed();
	p = proc(501);
	ck_assert_text_eq(p->comm, "sh");
	ck_assert_text_eq(p->cwd, "/app");
	ck_assert_uint_eq(p->start_real, 1600000000000000000ULL + 3000000000ULL);
	p = eyas_enrich_parent(l.en, p);
	ck_assert_uint_eq(p->pid, 500);
	ck_assert_uint_eq(p->threads, 5);
	ck_assert_uint_eq(p->loginuid, 1000);
	ck_assert_text_eq(p->exepath, "/usr/bin/old (deleted)");	/* stat could not tell */
	p = eyas_enrich_parent(l.en, p);
	ck_assert_uint_eq(p->pid, 1);
	ck_assert_text_eq(p->cmdline, "systemd splash");
	ck_assert_text_eq(p->exeline, "/sbin/init splash");
	ck_assert_ptr_null(eyas_enrich_parent(l.en, p));
	ck_assert_ptr_eq(eyas_enrich_ns_init(l.en, 77), proc(501));
	eyas_enrich_stats(l.en, &st);
	ck_assert_uint_eq(st.live, 3);
	ck_assert_uint_eq(st.dead, 0);
	ck_assert_uint_eq(st.evicted_live, 0);
	ck_assert_uint_eq(st.first_time, 0);
}
END_TEST

START_TEST(events_say_more_than_proc)
{
	seed();
	/* The same process: /proc knows start times to a tick only. */
	eyas_rec_by(&l.b, 501);
	eyas_rec_exec(&l.b, "sh2")->start_time = 3001234567ULL;
	eyas_life_update(&l);
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(501))->pid, 500);
	ck_assert_uint_eq(proc(501)->start_time, 3001234567ULL);
	ck_assert_text_eq(proc(501)->cwd, "/app");
	/* Another one: a tick later. */
	eyas_rec_by(&l.b, 500);
	eyas_rec_exec(&l.b, "x")->start_time = 2010000000ULL;
	eyas_life_update(&l);
	ck_assert_ptr_null(eyas_enrich_parent(l.en, proc(500)));
	ck_assert_text_eq(eyas_enrich_parent(l.en, proc(501))->comm, "dockerd");
}
END_TEST

START_TEST(a_process_nobody_told_of_is_read_once)
{
	seed();
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 600, .ppid = 500, .comm = "late", .ticks = 400 });
	ck_assert_ptr_null(proc(600));
	eyas_life_call(&l, 600, SYS_getpid, 600, 0);
	ck_assert_text_eq(proc(600)->comm, "late");
	ck_assert_uint_eq(eyas_enrich_parent(l.en, proc(600))->pid, 500);
	/* One that is gone already stays unknown, though a later one has its pid. */
	eyas_life_call(&l, 601, SYS_getpid, 601, 0);
	ck_assert_ptr_null(proc(601));
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 601, .comm = "wrong" });
	eyas_life_call(&l, 601, SYS_getpid, 601, 0);
	ck_assert_ptr_null(proc(601));
	/* Its children do not have it as a parent. */
	eyas_life_fork(&l, 601, 602);
	ck_assert_text_eq(proc(602)->comm, "cat");
	ck_assert_ptr_null(eyas_enrich_parent(l.en, proc(602)));
	/* It is known as soon as an event tells of it. */
	eyas_life_start(&l, 601);
	ck_assert_text_eq(proc(601)->comm, "cat");
}
END_TEST

START_TEST(without_a_seed_nothing_is_read)
{
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 600, .comm = "other host" });
	eyas_life_call(&l, 600, SYS_getpid, 600, 0);
	ck_assert_ptr_null(proc(600));
}
END_TEST

/* ---- users and containers ---- */

START_TEST(users_have_names)
{
	eyas_fakeroot_file(&l.root, "etc/passwd", "root:x:0:0::/root:/bin/sh\n");
	eyas_fakeroot_file(&l.root, "etc/group", "root:x:0:\n");
	ck_assert_str_eq(eyas_enrich_user(l.en, 0), "root");
	ck_assert_str_eq(eyas_enrich_user_home(l.en, 0), "/root");
	ck_assert_str_eq(eyas_enrich_user_shell(l.en, 0), "/bin/sh");
	ck_assert_str_eq(eyas_enrich_group(l.en, 0), "root");
	ck_assert_ptr_null(eyas_enrich_user(l.en, 1));
	ck_assert_ptr_null(eyas_enrich_user_home(l.en, 1));
	ck_assert_ptr_null(eyas_enrich_user_shell(l.en, 1));
	ck_assert_ptr_null(eyas_enrich_group(l.en, 1));
}
END_TEST

START_TEST(containers_are_known_by_cgroup)
{
	seed();
	ck_assert_str_eq(eyas_enrich_container(l.en, proc(501)), ID);
	ck_assert_str_eq(eyas_enrich_container(l.en, proc(1)), "");
	/* A child in a cgroup nobody knows: its file is asked, once. */
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .cgroup = "0::/docker/" ID "/x\n" });
	eyas_rec_by(&l.b, 501);
	eyas_rec_fork(&l.b, 700, "sh")->task.cgroup = 4711;
	eyas_life_update(&l);
	ck_assert_str_eq(eyas_enrich_container(l.en, proc(700)), ID);
	eyas_fakeroot_end(&l.root, 700);
	ck_assert_str_eq(eyas_enrich_container(l.en, proc(700)), ID);
	/* The next one of that cgroup need not be asked. */
	eyas_rec_fork(&l.b, 701, "sh")->task.cgroup = 4711;
	eyas_life_update(&l);
	ck_assert_str_eq(eyas_enrich_container(l.en, proc(701)), ID);
	/* It moves to another one, of which nothing can be known. */
	eyas_rec_by(&l.b, 701);
	eyas_rec_exec(&l.b, "x")->cgroup = 4712;
	eyas_life_update(&l);
	ck_assert_ptr_null(eyas_enrich_container(l.en, proc(701)));
}
END_TEST

/* ---- the rest ---- */

START_TEST(times_are_kept)
{
	struct eyas_enrich_stats st;
	uint64_t first, second;

	eyas_life_start(&l, 700);
	first = l.ev.time;
	eyas_enrich_stats(l.en, &st);
	ck_assert_uint_eq(st.first_time, first);
	ck_assert_uint_eq(st.prev_time, first);
	eyas_life_call(&l, 700, SYS_getpid, 700, 0);
	second = l.ev.time;
	eyas_life_call(&l, 700, SYS_getpid, 700, 0);
	eyas_enrich_stats(l.en, &st);
	ck_assert_uint_eq(st.first_time, first);
	ck_assert_uint_eq(st.prev_time, second);
}
END_TEST

START_TEST(roots_that_cannot_be_are_refused)
{
	static char name[5000];
	struct eyas_enrich *other = NULL;

	memset(name, 'x', sizeof(name) - 1);
	ck_assert_int_eq(eyas_enrich_create(&other, name, &err), -ENAMETOOLONG);
	ck_assert_ptr_null(other);
	ck_assert_int_eq(eyas_enrich_create(&other, "/nonexistent", &err), 0);
	ck_assert_int_eq(eyas_enrich_seed(other, &err), -ENOENT);
	ck_assert_str_eq(err.msg, "cannot read '/nonexistent/proc': No such file or directory; is "
			 "it mounted?");
	eyas_enrich_free(other);
	eyas_enrich_free(NULL);
}
END_TEST

START_TEST(other_records_do_no_harm)
{
	static const struct { enum eyas_record_type type; size_t size; } types[] = {
		{ EYAS_REC_SYS_ENTER, sizeof(struct eyas_sys_enter) },
		{ EYAS_REC_SIGNAL, sizeof(struct eyas_signal) },
		{ EYAS_REC_COMM, sizeof(struct eyas_comm) },
		{ EYAS_REC_CREDS, sizeof(struct eyas_creds_change) },
		{ EYAS_REC_ANCHOR, sizeof(struct eyas_anchor) },
		{ EYAS_REC_URING, sizeof(struct eyas_uring) },
	};

	eyas_life_start(&l, 700);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		eyas_rec_other(&l.b, types[i].type, types[i].size);
		l.b.last->nr = SYS_close;
		eyas_life_update(&l);
	}
	ck_assert_text_eq(proc(700)->comm, "cat");
}
END_TEST

/* Random events of a few processes: nothing to check but that nothing breaks. */
static void rename_by(uint32_t by, uint32_t tid, uint32_t pid, const char *name)
{
	struct eyas_comm *c;

	eyas_rec_by(&l.b, by);
	c = eyas_rec_other(&l.b, EYAS_REC_COMM, sizeof(*c));
	c->tid = tid;
	c->pid = pid;
	memcpy(c->after, name, strlen(name));
	eyas_life_update(&l);
}

START_TEST(names_are_changed_by_whoever_does)
{
	eyas_life_start(&l, 700);
	rename_by(700, 700, 700, "one");
	ck_assert_text_eq(proc(700)->comm, "one");
	ck_assert_text_eq(proc(700)->cmdline, "one /x");
	rename_by(700, 705, 700, "thread");
	ck_assert_text_eq(proc(700)->comm, "one");
	rename_by(1, 700, 700, "0123456789abcdef");
	ck_assert_text_eq(proc(700)->comm, "0123456789abcde");
	rename_by(1, 9999, 9999, "nobody");
	ck_assert_ptr_null(proc(9999));
}
END_TEST

START_TEST(credentials_are_what_the_kernel_says)
{
	struct eyas_creds_change *c;

	eyas_life_start(&l, 700);
	for (uint32_t tid = 700; tid < 702; tid++) {
		eyas_rec_by(&l.b, 700);
		c = eyas_rec_other(&l.b, EYAS_REC_CREDS, sizeof(*c));
		l.b.last->tid = tid;
		c->after = (struct eyas_creds){ .uid = tid, .euid = 2, .suid = 3, .gid = 4,
						.egid = 5, .sgid = 6, .cap_inheritable = 7,
						.cap_permitted = 8, .cap_effective = 9,
						.ns_user = 10 };
		eyas_life_update(&l);
	}
	ck_assert_uint_eq(proc(700)->uid, 700);
	ck_assert_uint_eq(proc(700)->euid, 2);
	ck_assert_uint_eq(proc(700)->suid, 3);
	ck_assert_uint_eq(proc(700)->gid, 4);
	ck_assert_uint_eq(proc(700)->egid, 5);
	ck_assert_uint_eq(proc(700)->sgid, 6);
	ck_assert_uint_eq(proc(700)->cap_inheritable, 7);
	ck_assert_uint_eq(proc(700)->cap_permitted, 8);
	ck_assert_uint_eq(proc(700)->cap_effective, 9);
	ck_assert_uint_eq(proc(700)->ns_user, 10);
}
END_TEST

static void fill(TCase *tc)
{

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, exec_tells_all);
	tcase_add_test(tc, binaries_without_a_name_have_one);
	tcase_add_test(tc, children_inherit_until_they_exec);
	tcase_add_test(tc, lineage_outlives_the_parents);
	tcase_add_test(tc, forgotten_parents_are_replaced);
	tcase_add_test(tc, children_of_orphans_have_parents);
	tcase_add_test(tc, a_vfork_child_leaves_its_parent_alone);
	tcase_add_test(tc, short_lives_leave_nothing);
	tcase_add_test(tc, clone_parent_makes_a_sibling);
	tcase_add_test(tc, threads_are_counted);
	tcase_add_test(tc, pids_are_used_again);
	tcase_add_test(tc, loss_changes_nothing_but_clears_nothing_either);
	tcase_add_test(tc, first_process_of_a_namespace);
	tcase_add_test(tc, running_processes_are_known);
	tcase_add_test(tc, events_say_more_than_proc);
	tcase_add_test(tc, a_process_nobody_told_of_is_read_once);
	tcase_add_test(tc, without_a_seed_nothing_is_read);
	tcase_add_test(tc, users_have_names);
	tcase_add_test(tc, containers_are_known_by_cgroup);
	tcase_add_test(tc, times_are_kept);
	tcase_add_test(tc, roots_that_cannot_be_are_refused);
	tcase_add_test(tc, other_records_do_no_harm);
	tcase_add_test(tc, names_are_changed_by_whoever_does);
	tcase_add_test(tc, credentials_are_what_the_kernel_says);
}

EYAS_TEST_MAIN("enrich", fill)
