// SPDX-License-Identifier: Apache-2.0
/* What each thread has of its own: credentials, names, namespaces, directories. */
#include <check.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include "enrich/enrich.h"
#include "life.h"
#include "unit.h"

#define FIRST	700U
#define HOST_MNT	4026531841U
#define HOST_NET	4026531840U
#define OTHER_MNT	4026532001U
#define OTHER_NET	4026532002U

static struct eyas_life l;

static void setup(void)
{
	eyas_life_create(&l);
	eyas_life_start(&l, FIRST);
}

static void teardown(void)
{
	eyas_life_release(&l);
}

static const struct eyas_proc *proc(uint32_t pid)
{
	return eyas_enrich_proc(l.en, pid);
}

/* ---- what happens ---- */

/* A call that changes nothing: then @tid acts. */
static const struct eyas_proc *actor(uint32_t tid)
{
	eyas_rec_by(&l.b, FIRST);
	eyas_rec_sys(&l.b, SYS_getpid, FIRST, 0);
	l.b.last->tid = tid;
	eyas_life_update(&l);
	return eyas_enrich_actor(l.en, &l.ev);
}

/* Like the first one at the start, unless the caller changes the record. */
static struct eyas_fork *new_thread(uint32_t by, uint32_t tid)
{
	struct eyas_fork *f;

	eyas_rec_by(&l.b, FIRST);
	f = eyas_rec_fork(&l.b, FIRST, "cat");
	l.b.last->tid = by;
	f->child_tid = tid;
	f->flags = EYAS_FORK_F_THREAD | EYAS_FORK_F_VM | EYAS_FORK_F_FILES | EYAS_FORK_F_FS;
	f->task.cap_permitted = f->task.cap_effective = EYAS_LIFE_CAPS;
	return f;
}

static void add_thread(uint32_t tid)
{
	new_thread(FIRST, tid);
	eyas_life_update(&l);
}

static void become(uint32_t tid, uint32_t uid)
{
	struct eyas_creds_change *c;

	eyas_rec_by(&l.b, FIRST);
	c = eyas_rec_other(&l.b, EYAS_REC_CREDS, sizeof(*c));
	l.b.last->tid = tid;
	c->before.cap_permitted = c->before.cap_effective = EYAS_LIFE_CAPS;
	c->after = (struct eyas_creds){ .uid = uid, .euid = uid, .suid = uid };
	eyas_life_update(&l);
}

static void rename_by(uint32_t by, uint32_t tid, const char *name)
{
	struct eyas_comm *c;

	eyas_rec_by(&l.b, FIRST);
	c = eyas_rec_other(&l.b, EYAS_REC_COMM, sizeof(*c));
	l.b.last->tid = by;
	c->tid = tid;
	c->pid = FIRST;
	memcpy(c->after, name, strlen(name));
	eyas_life_update(&l);
}

static void thread_ends(uint32_t tid, uint32_t flags)
{
	struct eyas_exit *x;

	eyas_rec_by(&l.b, FIRST);
	x = eyas_rec_exit(&l.b, 0);
	l.b.last->tid = tid;
	x->flags = flags;
	/* As the kernel has it: of the thread. */
	x->start_time += tid - FIRST;
	eyas_life_update(&l);
}

static struct eyas_ns *call_with_ns(uint32_t tid, int nr, uint64_t a, uint64_t b)
{
	static struct eyas_ns ns;

	eyas_rec_by(&l.b, FIRST);
	eyas_rec_sys(&l.b, nr, 0, a, b);
	l.b.last->tid = tid;
	ns = (struct eyas_ns){ .mnt = HOST_MNT, .net = HOST_NET };
	return (void *)(eyas_rec_blob(&l.b, EYAS_BLOB_NS, EYAS_BLOB_NO_ARG, &ns, sizeof(ns)) + 1);
}

static void chdir_by(uint32_t tid, const char *path)
{
	eyas_rec_by(&l.b, FIRST);
	eyas_rec_sys(&l.b, SYS_chdir, 0, 0x7000);
	l.b.last->tid = tid;
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, path);
	eyas_life_update(&l);
}

/* ---- credentials and names ---- */

START_TEST(threads_are_as_the_first_one)
{
	add_thread(701);
	ck_assert_ptr_eq(actor(701), proc(FIRST));
	ck_assert_ptr_eq(actor(FIRST), proc(FIRST));
	ck_assert_ptr_null(eyas_enrich_actor(l.en, &(struct eyas_event){ .pid = 9, .tid = 9 }));
}
END_TEST

START_TEST(a_thread_changes_alone)
{
	add_thread(701);
	add_thread(702);
	become(701, 33);
	ck_assert_uint_eq(actor(701)->euid, 33);
	ck_assert_uint_eq(actor(701)->cap_effective, 0);
	ck_assert_uint_eq(actor(702)->euid, 0);
	ck_assert_uint_eq(actor(702)->cap_effective, EYAS_LIFE_CAPS);
	ck_assert_uint_eq(proc(FIRST)->euid, 0);
	/* All else is the process'. */
	ck_assert_uint_eq(actor(701)->pid, FIRST);
	ck_assert_text_eq(actor(701)->exepath, "/usr/bin/cat");
	ck_assert_text_eq(actor(701)->cwd, "/home/me");
	ck_assert_text_eq(actor(701)->comm, "cat");
	ck_assert_uint_eq(actor(701)->threads, 3);
}
END_TEST

START_TEST(the_first_one_changes_alone)
{
	add_thread(701);
	add_thread(702);
	become(FIRST, 33);
	ck_assert_uint_eq(proc(FIRST)->euid, 33);
	ck_assert_uint_eq(actor(FIRST)->euid, 33);
	ck_assert_uint_eq(actor(701)->euid, 0);
	ck_assert_uint_eq(actor(702)->cap_effective, EYAS_LIFE_CAPS);
	/* What it makes now is as it is itself. */
	new_thread(FIRST, 703)->task.uid = 33;
	l.b.last->tid = FIRST;
	eyas_life_update(&l);
	ck_assert_uint_eq(actor(703)->uid, 33);
	ck_assert_uint_eq(actor(702)->uid, 0);
}
END_TEST

START_TEST(all_change_one_by_one)
{
	/* As libraries do it for a process. */
	add_thread(701);
	add_thread(702);
	become(701, 33);
	become(FIRST, 33);
	ck_assert_uint_eq(actor(702)->euid, 0);
	become(702, 33);
	ck_assert_ptr_eq(actor(702), proc(FIRST));	/* nothing special is kept */
	ck_assert_ptr_eq(actor(701), proc(FIRST));
	ck_assert_uint_eq(proc(FIRST)->euid, 33);
	/* And with the first one last. */
	become(701, 44);
	become(702, 44);
	become(FIRST, 44);
	ck_assert_ptr_eq(actor(701), proc(FIRST));
	ck_assert_ptr_eq(actor(702), proc(FIRST));
	ck_assert_uint_eq(proc(FIRST)->euid, 44);
}
END_TEST

START_TEST(threads_have_names)
{
	const struct eyas_proc *p;

	add_thread(701);
	rename_by(701, 701, "worker");
	p = actor(701);
	ck_assert_text_eq(p->comm, "worker");
	ck_assert_text_eq(p->cmdline, "worker /x");
	ck_assert_text_eq(proc(FIRST)->comm, "cat");
	/* By /proc/self/task/TID/comm, another thread does it. */
	rename_by(701, FIRST, "main");
	ck_assert_text_eq(proc(FIRST)->cmdline, "main /x");
	ck_assert_text_eq(actor(701)->comm, "worker");
	rename_by(FIRST, 701, "main");
	ck_assert_ptr_eq(actor(701), proc(FIRST));
}
END_TEST

START_TEST(children_are_of_the_thread_that_made_them)
{
	struct eyas_fork *f;

	add_thread(701);
	become(701, 33);
	rename_by(701, 701, "worker");
	eyas_rec_by(&l.b, FIRST);
	f = eyas_rec_fork(&l.b, 800, "worker");
	f->task.uid = f->task.euid = 33;
	l.b.last->tid = 701;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(800)->euid, 33);
	ck_assert_text_eq(proc(800)->comm, "worker");
	ck_assert_text_eq(proc(800)->exepath, "/usr/bin/cat");
	ck_assert_ptr_eq(eyas_enrich_parent(l.en, proc(800)), proc(FIRST));
	/* And threads, too. */
	f = new_thread(701, 702);
	f->task.uid = 33;
	eyas_life_update(&l);
	ck_assert_uint_eq(actor(702)->uid, 33);
	ck_assert_uint_eq(actor(703)->uid, 0);
}
END_TEST

START_TEST(an_actor_is_a_process_to_all_questions)
{
	struct eyas_fd fd;
	const struct eyas_proc *p;

	eyas_life_fork(&l, 1, FIRST);
	eyas_life_start(&l, 1);
	eyas_life_fork(&l, 1, FIRST);
	eyas_life_start(&l, FIRST);
	add_thread(701);
	eyas_life_open(&l, FIRST, 4, "/var/log/x", 0);
	become(701, 33);
	p = actor(701);
	ck_assert_ptr_ne(p, proc(FIRST));
	ck_assert_ptr_eq(eyas_enrich_parent(l.en, p), proc(1));
	ck_assert_int_eq(eyas_enrich_fd(l.en, p, 4, &fd), 0);
	ck_assert_text_eq(fd.name, "/var/log/x");
	ck_assert_ptr_null(eyas_enrich_container(l.en, p));
}
END_TEST

/* ---- without records of their own: old captures ---- */

START_TEST(calls_tell_of_the_thread)
{
	add_thread(701);
	eyas_rec_by(&l.b, FIRST);
	eyas_rec_sys(&l.b, SYS_setresuid, 0, 33, 33, 33);
	l.b.last->tid = 701;
	eyas_life_update(&l);
	ck_assert_uint_eq(eyas_enrich_actor(l.en, &l.ev)->euid, 33);
	ck_assert_uint_eq(proc(FIRST)->euid, 0);
	eyas_rec_sys(&l.b, SYS_prctl, 0, PR_SET_NAME, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "worker");
	l.b.last->tid = 701;
	eyas_life_update(&l);
	ck_assert_text_eq(eyas_enrich_actor(l.en, &l.ev)->comm, "worker");
	ck_assert_text_eq(proc(FIRST)->comm, "cat");
}
END_TEST

/* ---- life ---- */

START_TEST(a_thread_that_ended_is_known_for_its_event)
{
	struct eyas_enrich_stats st;

	add_thread(701);
	become(701, 33);
	thread_ends(701, 0);
	ck_assert_uint_eq(eyas_enrich_actor(l.en, &l.ev)->euid, 33);
	ck_assert_uint_eq(proc(FIRST)->threads, 1);
	/* The number is another thread's then. */
	ck_assert_ptr_eq(actor(701), proc(FIRST));
	eyas_enrich_stats(l.en, &st);
	ck_assert_uint_eq(st.threads_refused, 0);
}
END_TEST

START_TEST(the_last_thread_need_not_be_the_first)
{
	add_thread(701);
	add_thread(702);
	become(702, 33);
	thread_ends(FIRST, 0);
	ck_assert(!proc(FIRST)->exited);
	ck_assert_uint_eq(proc(FIRST)->threads, 2);
	ck_assert_uint_eq(actor(702)->euid, 33);
	thread_ends(701, 0);
	ck_assert_uint_eq(actor(702)->euid, 33);
	thread_ends(702, EYAS_EXIT_F_GROUP);
	ck_assert(proc(FIRST)->exited);
}
END_TEST

START_TEST(exec_leaves_one_thread)
{
	add_thread(701);
	add_thread(702);
	become(702, 33);
	rename_by(702, 702, "worker");
	/* Any thread may; it gets the number of the first one, which ended. */
	thread_ends(FIRST, 0);
	thread_ends(701, 0);
	eyas_life_start(&l, FIRST);
	ck_assert_uint_eq(proc(FIRST)->threads, 1);
	ck_assert(!proc(FIRST)->exited);
	ck_assert_ptr_eq(actor(702), proc(FIRST));
	ck_assert_uint_eq(proc(FIRST)->euid, 0);
	add_thread(703);
	thread_ends(703, 0);
	ck_assert_uint_eq(proc(FIRST)->threads, 1);
	eyas_life_end(&l, FIRST);
	ck_assert(proc(FIRST)->exited);
}
END_TEST

START_TEST(threads_of_another_process_of_that_number)
{
	add_thread(701);
	become(701, 33);
	/* Their ends were lost: the number is that of a thread of another process. */
	eyas_life_start(&l, 900);
	eyas_rec_by(&l.b, 900);
	eyas_rec_fork(&l.b, 900, "cat")->child_tid = 701;
	((struct eyas_fork *)(void *)(l.b.last + 1))->flags = EYAS_FORK_F_THREAD | EYAS_FORK_F_FS;
	((struct eyas_fork *)(void *)(l.b.last + 1))->task.uid = 44;
	eyas_life_update(&l);
	eyas_life_call(&l, 900, SYS_getpid, 900, 0);
	l.ev.tid = 701;
	ck_assert_uint_eq(eyas_enrich_actor(l.en, &l.ev)->uid, 44);
	ck_assert_ptr_eq(actor(701), proc(FIRST));
}
END_TEST

/* ---- namespaces and directories ---- */

static void start_in_namespaces(void)
{
	struct eyas_task *t;

	eyas_rec_by(&l.b, FIRST);
	t = eyas_rec_exec(&l.b, "cat");
	t->ns_mnt = HOST_MNT;
	t->ns_net = HOST_NET;
	eyas_rec_text(&l.b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/home/me");
	eyas_life_update(&l);
}

START_TEST(namespaces_are_entered_by_threads)
{
	start_in_namespaces();
	new_thread(FIRST, 701)->task = (struct eyas_task){
		.ns_mnt = HOST_MNT, .ns_net = HOST_NET, .comm = "cat" };
	eyas_life_update(&l);
	ck_assert_ptr_eq(actor(701), proc(FIRST));
	call_with_ns(701, SYS_setns, 5, CLONE_NEWNET)->net = OTHER_NET;
	eyas_life_update(&l);
	ck_assert_uint_eq(actor(701)->ns_net, OTHER_NET);
	ck_assert_text_eq(actor(701)->cwd, "/home/me");
	ck_assert_uint_eq(proc(FIRST)->ns_net, HOST_NET);
	/* And back. */
	call_with_ns(701, SYS_setns, 6, CLONE_NEWNET);
	eyas_life_update(&l);
	ck_assert_ptr_eq(actor(701), proc(FIRST));
}
END_TEST

START_TEST(the_root_of_a_mount_namespace_that_is_entered)
{
	struct eyas_text path;

	start_in_namespaces();
	new_thread(FIRST, 701)->task = (struct eyas_task){
		.ns_mnt = HOST_MNT, .ns_net = HOST_NET, .comm = "cat" };
	eyas_life_update(&l);
	call_with_ns(701, SYS_unshare, CLONE_FS, 0);
	eyas_life_update(&l);
	ck_assert_text_eq(actor(701)->cwd, "/home/me");
	/* Whatever the descriptor is of, the kernel tells. */
	call_with_ns(701, SYS_setns, 5, 0)->mnt = OTHER_MNT;
	eyas_life_update(&l);
	ck_assert_text_eq(actor(701)->cwd, "/");
	ck_assert_uint_eq(actor(701)->ns_mnt, OTHER_MNT);
	ck_assert_text_eq(proc(FIRST)->cwd, "/home/me");
	chdir_by(701, "etc");
	ck_assert_text_eq(actor(701)->cwd, "/etc");
	chdir_by(FIRST, "/tmp");
	ck_assert_text_eq(proc(FIRST)->cwd, "/tmp");
	ck_assert_text_eq(actor(701)->cwd, "/etc");
	/* Relative names are meant there. */
	eyas_rec_sys(&l.b, SYS_unlink, 0, 0x7000);
	l.b.last->tid = 701;
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, "passwd");
	eyas_life_update(&l);
	ck_assert_int_eq(eyas_enrich_path(l.en, &l.ev, 0, &l.arena, &path), 0);
	ck_assert_text_eq(path, "/etc/passwd");
	/* Its children begin there. */
	eyas_rec_fork(&l.b, 800, "cat");
	l.b.last->tid = 701;
	eyas_life_update(&l);
	ck_assert_text_eq(proc(800)->cwd, "/etc");
}
END_TEST

START_TEST(threads_share_a_directory_until_they_do_not)
{
	add_thread(701);
	add_thread(702);
	chdir_by(701, "/srv");
	ck_assert_text_eq(proc(FIRST)->cwd, "/srv");
	ck_assert_text_eq(actor(702)->cwd, "/srv");
	/* The first one goes its own way: the others stay. */
	eyas_life_call(&l, FIRST, SYS_unshare, 0, CLONE_NEWNS);
	chdir_by(FIRST, "/tmp");
	ck_assert_text_eq(proc(FIRST)->cwd, "/tmp");
	ck_assert_text_eq(actor(701)->cwd, "/srv");
	/* One that never shared. */
	new_thread(FIRST, 703)->flags &= ~EYAS_FORK_F_FS;
	eyas_life_update(&l);
	chdir_by(703, "/opt");
	ck_assert_text_eq(actor(703)->cwd, "/opt");
	ck_assert_text_eq(proc(FIRST)->cwd, "/tmp");
}
END_TEST

START_TEST(alone_nobody_is_left_behind)
{
	eyas_life_call(&l, FIRST, SYS_unshare, 0, CLONE_NEWNS | CLONE_FS);
	chdir_by(FIRST, "/tmp");
	become(FIRST, 33);
	ck_assert_text_eq(proc(FIRST)->cwd, "/tmp");
	ck_assert_ptr_eq(actor(FIRST), proc(FIRST));
	ck_assert_ptr_eq(actor(701), proc(FIRST));
}
END_TEST

/* ---- bounds ---- */

START_TEST(many_threads_are_a_matter_of_numbers)
{
	struct eyas_enrich_stats st;

	for (uint32_t i = 0; i < 66000; i++) {
		add_thread(FIRST + 1 + i);
		become(FIRST + 1 + i, i % 2 ? 33 : 44);
		if (l.b.len > EYAS_RECS_SIZE / 2)
			eyas_recs_reset(&l.b);
	}
	eyas_enrich_stats(l.en, &st);
	ck_assert_uint_eq(st.threads_refused, 66000 - 65536);
	ck_assert_uint_eq(actor(FIRST + 1)->euid, 44);
	ck_assert_uint_eq(actor(FIRST + 2)->euid, 33);
	ck_assert_ptr_eq(actor(FIRST + 66000), proc(FIRST));
	eyas_life_start(&l, FIRST);
	ck_assert_ptr_eq(actor(FIRST + 1), proc(FIRST));
}
END_TEST

/* ---- from /proc ---- */

static void fake_thread(uint32_t tid, const char *comm, uint32_t uid)
{
	char path[64], text[256];

	snprintf(path, sizeof(path), "proc/500/task/%u/stat", tid);
	snprintf(text, sizeof(text), "%u (%s) S 1 500 500 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 200\n", tid,
		 comm);
	eyas_fakeroot_file(&l.root, path, text);
	snprintf(path, sizeof(path), "proc/500/task/%u/status", tid);
	snprintf(text, sizeof(text), "Uid:\t%u\t%u\t%u\t%u\nGid:\t0\t0\t0\t0\nCapInh:\t0\n"
		 "CapPrm:\t0\nCapEff:\t0\n", uid, uid, uid, uid);
	eyas_fakeroot_file(&l.root, path, text);
}

START_TEST(threads_that_were_there_before)
{
	struct eyas_err err;

	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 500, .ppid = 1, .comm = "java", .ticks = 200, .threads = 3 });
	fake_thread(500, "java", 0);
	fake_thread(501, "GC Thread", 0);
	fake_thread(502, "java", 33);
	ck_assert_int_eq(eyas_enrich_seed(l.en, &err), 0);
	ck_assert_text_eq(proc(500)->comm, "java");
	eyas_life_call(&l, 500, SYS_getpid, 500, 0);
	l.ev.tid = 501;
	ck_assert_text_eq(eyas_enrich_actor(l.en, &l.ev)->comm, "GC Thread");
	l.ev.tid = 502;
	ck_assert_uint_eq(eyas_enrich_actor(l.en, &l.ev)->euid, 33);
	ck_assert_text_eq(eyas_enrich_actor(l.en, &l.ev)->comm, "java");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, threads_are_as_the_first_one);
	tcase_add_test(tc, a_thread_changes_alone);
	tcase_add_test(tc, the_first_one_changes_alone);
	tcase_add_test(tc, all_change_one_by_one);
	tcase_add_test(tc, threads_have_names);
	tcase_add_test(tc, children_are_of_the_thread_that_made_them);
	tcase_add_test(tc, an_actor_is_a_process_to_all_questions);
	tcase_add_test(tc, calls_tell_of_the_thread);
	tcase_add_test(tc, a_thread_that_ended_is_known_for_its_event);
	tcase_add_test(tc, the_last_thread_need_not_be_the_first);
	tcase_add_test(tc, exec_leaves_one_thread);
	tcase_add_test(tc, threads_of_another_process_of_that_number);
	tcase_add_test(tc, namespaces_are_entered_by_threads);
	tcase_add_test(tc, the_root_of_a_mount_namespace_that_is_entered);
	tcase_add_test(tc, threads_share_a_directory_until_they_do_not);
	tcase_add_test(tc, alone_nobody_is_left_behind);
	tcase_add_test(tc, many_threads_are_a_matter_of_numbers);
	tcase_add_test(tc, threads_that_were_there_before);
}

EYAS_TEST_MAIN("threadset", fill)
