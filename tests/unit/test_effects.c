// SPDX-License-Identifier: Apache-2.0
/* What calls change: credentials, sessions, names, directories, descriptors. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include "enrich/enrich.h"
#include "life.h"
#include "unit.h"

static struct eyas_life l;

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

/* ---- credentials ---- */

static void ids_are(uint32_t uid, uint32_t euid, uint32_t suid, uint64_t caps)
{
	const struct eyas_proc *p = proc(700);

	ck_assert_uint_eq(p->uid, uid);
	ck_assert_uint_eq(p->euid, euid);
	ck_assert_uint_eq(p->suid, suid);
	ck_assert_uint_eq(p->cap_effective, caps);
}

START_TEST(setuid_of_root_takes_all)
{
	eyas_life_start(&l, 700);
	eyas_life_call(&l, 700, SYS_setuid, 0, 33);
	ids_are(33, 33, 33, 0);
	ck_assert_uint_eq(proc(700)->cap_permitted, 0);
	ck_assert_uint_eq(proc(700)->gid, 0);
	/* And is no way back, but if it were: */
	eyas_life_call(&l, 700, SYS_setuid, -EPERM, 0);
	ids_are(33, 33, 33, 0);
}
END_TEST

START_TEST(effective_ids_come_and_go)
{
	eyas_life_start(&l, 700);
	eyas_life_call(&l, 700, SYS_setresuid, 0, UINT32_MAX, 33, UINT32_MAX);
	ids_are(0, 33, 0, 0);
	ck_assert_uint_eq(proc(700)->cap_permitted, EYAS_LIFE_CAPS);
	/* Without capabilities: the effective one only. */
	eyas_life_call(&l, 700, SYS_setuid, 0, 0);
	ids_are(0, 0, 0, EYAS_LIFE_CAPS);
	eyas_life_call(&l, 700, SYS_setreuid, 0, UINT32_MAX, 34);
	ids_are(0, 34, 34, 0);
	eyas_life_call(&l, 700, SYS_setreuid, 0, 35, UINT32_MAX);
	ids_are(35, 34, 34, 0);
	ck_assert_uint_eq(proc(700)->cap_permitted, 0);
	/* To the real one: the saved one stays. */
	eyas_life_call(&l, 700, SYS_setreuid, 0, UINT32_MAX, 35);
	ids_are(35, 35, 34, 0);
}
END_TEST

START_TEST(capabilities_of_others_stay)
{
	struct eyas_task *t;

	/* No root, but with capabilities: of a binary that has them. */
	eyas_rec_by(&l.b, 700);
	t = eyas_rec_exec(&l.b, "ping");
	t->uid = t->euid = t->suid = 1000;
	t->cap_permitted = t->cap_effective = EYAS_LIFE_CAPS;
	eyas_life_update(&l);
	eyas_life_call(&l, 700, SYS_setresuid, 0, 1001, 1002, 1003);
	ids_are(1001, 1002, 1003, EYAS_LIFE_CAPS);
	ck_assert_uint_eq(proc(700)->cap_permitted, EYAS_LIFE_CAPS);
	eyas_life_call(&l, 700, SYS_setresuid, 0, UINT32_MAX, 0, UINT32_MAX);
	eyas_life_call(&l, 700, SYS_setuid, 0, 1001);
	ids_are(1001, 1001, 1001, 0);
}
END_TEST

START_TEST(group_ids_change_alike)
{
	eyas_life_start(&l, 700);
	eyas_life_call(&l, 700, SYS_setgid, 0, 50);
	ck_assert_uint_eq(proc(700)->gid, 50);
	ck_assert_uint_eq(proc(700)->egid, 50);
	ck_assert_uint_eq(proc(700)->sgid, 50);
	eyas_life_call(&l, 700, SYS_setresgid, 0, 1, UINT32_MAX, 3);
	ck_assert_uint_eq(proc(700)->gid, 1);
	ck_assert_uint_eq(proc(700)->egid, 50);
	ck_assert_uint_eq(proc(700)->sgid, 3);
	eyas_life_call(&l, 700, SYS_setregid, 0, UINT32_MAX, 7);
	ck_assert_uint_eq(proc(700)->egid, 7);
	ck_assert_uint_eq(proc(700)->sgid, 7);
	ck_assert_uint_eq(proc(700)->cap_effective, EYAS_LIFE_CAPS);
	/* Only of the process that did it. */
	eyas_life_fork(&l, 700, 701);
	eyas_life_call(&l, 701, SYS_setgid, 0, 9);
	ck_assert_uint_eq(proc(700)->egid, 7);
}
END_TEST

START_TEST(ids_of_a_user_namespace_are_asked_for)
{
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .comm = "cat", .uid = 100000, .euid = 100033, .ticks = 70000,
		.ns_user = 5, .caps = 1 });
	ck_assert_int_eq(eyas_enrich_seed(l.en, NULL), 0);
	ck_assert_uint_eq(proc(700)->euid, 100033);
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .comm = "cat", .uid = 100000, .euid = 100044, .ticks = 70000,
		.ns_user = 5, .caps = 3 });
	eyas_life_call(&l, 700, SYS_setresuid, 0, UINT32_MAX, 44, UINT32_MAX);
	ck_assert_uint_eq(proc(700)->euid, 100044);	/* not 44 */
	ck_assert_uint_eq(proc(700)->cap_effective, 3);
	/* capset's sets are behind a pointer, too. */
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .comm = "cat", .ticks = 70000, .ns_user = 5, .caps = 7 });
	eyas_life_call(&l, 700, SYS_capset, 0, 0);
	ck_assert_uint_eq(proc(700)->cap_effective, 7);
	/* Another process has that pid now: it says nothing of ours. */
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .comm = "other", .ticks = 90000, .ns_user = 5, .caps = 15 });
	eyas_life_call(&l, 700, SYS_capset, 0, 0);
	ck_assert_uint_eq(proc(700)->cap_effective, 7);
}
END_TEST

static void call_with_creds(int nr, uint64_t arg, uint32_t uid)
{
	struct eyas_creds c = { .uid = uid, .euid = uid + 1, .suid = uid + 2, .gid = 4, .egid = 5,
				.sgid = 6, .cap_effective = 7, .cap_permitted = 8, .ns_user = 9 };

	eyas_rec_by(&l.b, 700);
	eyas_rec_sys(&l.b, nr, 0, arg);
	eyas_rec_blob(&l.b, EYAS_BLOB_CREDS, EYAS_BLOB_NO_ARG, &c, sizeof(c));
	eyas_life_update(&l);
}

START_TEST(what_the_kernel_adds_to_a_call_wins)
{
	eyas_life_start(&l, 700);
	call_with_creds(SYS_setuid, 33, 100033);	/* in a user namespace */
	ids_are(100033, 100034, 100035, 7);
	ck_assert_uint_eq(proc(700)->cap_permitted, 8);
	ck_assert_uint_eq(proc(700)->egid, 5);
	ck_assert_uint_eq(proc(700)->ns_user, 9);
	call_with_creds(SYS_capset, 0, 1);
	ids_are(1, 2, 3, 7);
}
END_TEST

START_TEST(calls_tell_nothing_where_records_do)
{
	struct eyas_creds_change *c;
	struct eyas_comm *name;

	eyas_life_start(&l, 700);
	eyas_life_start(&l, 800);
	/* From the first record on, of whomever. */
	eyas_rec_by(&l.b, 800);
	c = eyas_rec_other(&l.b, EYAS_REC_CREDS, sizeof(*c));
	c->after.uid = c->after.euid = c->after.suid = 44;
	eyas_life_update(&l);
	ck_assert_uint_eq(proc(800)->euid, 44);
	eyas_life_call(&l, 700, SYS_setuid, 0, 33);
	ids_are(0, 0, 0, EYAS_LIFE_CAPS);
	call_with_creds(SYS_setuid, 33, 33);
	ids_are(0, 0, 0, EYAS_LIFE_CAPS);
	/* Names are not told by these, but by others. */
	eyas_rec_sys(&l.b, SYS_prctl, 0, PR_SET_NAME, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "one");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "one");
	name = eyas_rec_other(&l.b, EYAS_REC_COMM, sizeof(*name));
	name->tid = name->pid = 800;
	memcpy(name->after, "two", 4);
	eyas_life_update(&l);
	ck_assert_text_eq(proc(800)->comm, "two");
	eyas_rec_sys(&l.b, SYS_prctl, 0, PR_SET_NAME, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "three");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "one");
}
END_TEST

START_TEST(credentials_of_a_namespace_are_asked_for)
{
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .comm = "cat", .uid = 1000, .euid = 1000, .ticks = 70000, .caps = 0 });
	ck_assert_int_eq(eyas_enrich_seed(l.en, NULL), 0);
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){
		.pid = 700, .comm = "cat", .uid = 1000, .euid = 1000, .ticks = 70000, .caps = 0xff });
	eyas_life_call(&l, 700, SYS_unshare, 0, CLONE_NEWNET);
	ck_assert_uint_eq(proc(700)->cap_effective, 0);
	eyas_life_call(&l, 700, SYS_unshare, 0, CLONE_NEWUSER);
	ck_assert_uint_eq(proc(700)->cap_effective, 0xff);
}
END_TEST

/* ---- namespaces ---- */

static void call_with_ns(int nr, uint64_t flags, const struct eyas_ns *ns)
{
	eyas_rec_by(&l.b, 700);
	eyas_rec_sys(&l.b, nr, 0, nr == SYS_setns ? 5 : flags, nr == SYS_setns ? flags : 0);
	eyas_rec_blob(&l.b, EYAS_BLOB_NS, EYAS_BLOB_NO_ARG, ns, sizeof(*ns));
	eyas_life_update(&l);
}

START_TEST(namespaces_change)
{
	struct eyas_ns ns = { .mnt = 10, .net = 20, .user = 30, .pid = 40 };

	eyas_life_start(&l, 700);
	call_with_ns(SYS_unshare, CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUSER, &ns);
	ck_assert_uint_eq(proc(700)->ns_mnt, 10);
	ck_assert_uint_eq(proc(700)->ns_net, 20);
	ck_assert_uint_eq(proc(700)->ns_user, 30);
	ck_assert_uint_eq(proc(700)->ns_pid, 0);	/* that of children changes, not its own */
	ck_assert_text_eq(proc(700)->cwd, "/home/me");
	/* The kernel need not know the mount namespace. */
	ns.mnt = 0;
	call_with_ns(SYS_setns, CLONE_NEWNET, &ns);
	ck_assert_uint_eq(proc(700)->ns_mnt, 10);
	ck_assert_text_eq(proc(700)->cwd, "/home/me");
	ns.mnt = 11;
	call_with_ns(SYS_setns, 0, &ns);
	ck_assert_text_eq(proc(700)->cwd, "/");
	/* Told by the call only. */
	eyas_life_start(&l, 700);
	eyas_life_call(&l, 700, SYS_setns, -EPERM, 5, CLONE_NEWNS);
	ck_assert_text_eq(proc(700)->cwd, "/home/me");
	eyas_life_call(&l, 700, SYS_setns, 0, 5, CLONE_NEWNS);
	ck_assert_text_eq(proc(700)->cwd, "/");
}
END_TEST

/* ---- sessions, groups, names ---- */

START_TEST(sessions_and_groups)
{
	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_rec_by(&l.b, 701);
	eyas_life_call(&l, 701, SYS_setsid, 701, 0);
	ck_assert_uint_eq(proc(701)->sid, 701);
	ck_assert_uint_eq(proc(701)->vpgid, 701);
	ck_assert_uint_eq(proc(701)->tty, 0);
	eyas_life_fork(&l, 700, 702);
	eyas_life_call(&l, 702, SYS_setpgid, 0, 0, 0);
	ck_assert_uint_eq(proc(702)->pgid, 702);
	eyas_life_fork(&l, 700, 703);
	eyas_life_call(&l, 700, SYS_setpgid, 0, 703, 702);
	ck_assert_uint_eq(proc(703)->pgid, 702);
	eyas_life_call(&l, 700, SYS_setpgid, -ESRCH, 703, 999);
	ck_assert_uint_eq(proc(703)->pgid, 702);
	eyas_life_call(&l, 700, SYS_setpgid, 0, 12345, 0);	/* nobody we know */
	ck_assert_uint_eq(proc(700)->pgid, 700);
}
END_TEST

START_TEST(names_are_set_by_prctl)
{
	eyas_life_start(&l, 700);
	eyas_rec_sys(&l.b, SYS_prctl, 0, PR_SET_NAME, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "[kworker/0:1]");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "[kworker/0:1]");
	ck_assert_text_eq(proc(700)->cmdline, "[kworker/0:1] /x");
	/* Another thread's name is its own. */
	eyas_rec_sys(&l.b, SYS_prctl, 0, PR_SET_NAME, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "worker");
	l.b.last->tid = 705;
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "[kworker/0:1]");
	eyas_rec_sys(&l.b, SYS_prctl, 0, PR_SET_DUMPABLE, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "nonsense");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->comm, "[kworker/0:1]");
}
END_TEST

/* ---- directories ---- */

static void chdir_to(uint32_t pid, const char *path)
{
	eyas_rec_by(&l.b, pid);
	eyas_rec_sys(&l.b, SYS_chdir, 0, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, path);
	eyas_life_update(&l);
}

START_TEST(directories_change)
{
	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	chdir_to(700, "../you/./x");
	ck_assert_text_eq(proc(700)->cwd, "/home/you/x");
	ck_assert_text_eq(proc(701)->cwd, "/home/me");
	chdir_to(700, "/");
	ck_assert_text_eq(proc(700)->cwd, "/");
	chdir_to(700, "etc");
	ck_assert_text_eq(proc(700)->cwd, "/etc");
	eyas_rec_sys(&l.b, SYS_chdir, -ENOENT, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, "/nope");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->cwd, "/etc");
	/* The kernel's own name wins: a link led elsewhere. */
	eyas_rec_sys(&l.b, SYS_chdir, 0, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, "/tmp/link");
	eyas_rec_text(&l.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/root/.ssh");
	eyas_life_update(&l);
	ck_assert_text_eq(proc(700)->cwd, "/root/.ssh");
	/* Nothing was recorded: better the old one than none. */
	eyas_life_call(&l, 700, SYS_chdir, 0, 0x7000);
	ck_assert_text_eq(proc(700)->cwd, "/root/.ssh");
}
END_TEST

static void chroot_to(const char *path)
{
	eyas_rec_by(&l.b, 700);
	eyas_rec_sys(&l.b, SYS_chroot, 0, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, path);
	eyas_life_update(&l);
}

START_TEST(names_begin_at_a_new_root)
{
	static const struct { const char *cwd, *root, *want; } cases[] = {
		{ "/srv/jail/etc", "/srv/jail", "/etc" },
		{ "/srv/jail", "/srv/jail/", "/" },
		{ "/srv/jail", ".", "/" },
		{ "/srv/jail/a", "..", "/a" },
		{ "/srv/jailer", "/srv/jail", "/srv/jailer" },	/* outside: nothing better is known */
		{ "/srv", "/", "/srv" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		eyas_life_start(&l, 700);
		chdir_to(700, cases[i].cwd);
		chroot_to(cases[i].root);
		ck_assert_text_eq(proc(700)->cwd, cases[i].want);
	}
	/* No name was recorded. */
	eyas_life_call(&l, 700, SYS_chroot, 0, 0x7000);
	ck_assert_text_eq(proc(700)->cwd, "/srv");
}
END_TEST

START_TEST(fchdir_follows_the_descriptor)
{
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 4, "/var/log", O_DIRECTORY);
	eyas_life_call(&l, 700, SYS_fchdir, 0, 4);
	ck_assert_text_eq(proc(700)->cwd, "/var/log");
	eyas_life_call(&l, 700, SYS_fchdir, 0, 99);
	ck_assert_text_eq(proc(700)->cwd, "/var/log");
}
END_TEST

/* ---- descriptors ---- */

/* Without @name: it is not known. */
static void fd_is(uint32_t pid, int32_t num, char type, const char *name)
{
	struct eyas_fd fd = { 0 };

	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(pid), num, &fd), name ? 0 : -ENOENT);
	if (!name)
		return;
	ck_assert_int_eq(fd.type, type);
	ck_assert_int_eq(fd.num, num);
	ck_assert_bytes_eq(fd.name.p ? fd.name.p : "", fd.name.len, name);
}

START_TEST(a_closed_descriptor_has_its_name_until_the_next_event)
{
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 3, "/a", 0);
	eyas_life_call(&l, 700, SYS_close, 0, 3);
	fd_is(700, 3, 'f', "/a");
	eyas_life_call(&l, 700, SYS_getpid, 700, 0);
	fd_is(700, 3, 0, NULL);
	eyas_life_open(&l, 700, 3, "/b", 0);
	eyas_life_open(&l, 700, 4, "/c", 0);
	eyas_life_open(&l, 700, 5, "/d", 0);
	eyas_life_call(&l, 700, SYS_close, -EBADF, 3);
	eyas_life_call(&l, 700, SYS_close_range, 0, 4, UINT32_MAX, 4);	/* only marks them */
	eyas_life_call(&l, 700, SYS_getpid, 700, 0);
	fd_is(700, 3, 'f', "/b");
	fd_is(700, 4, 'f', "/c");
	eyas_life_call(&l, 700, SYS_close_range, 0, 4, UINT32_MAX, 0);
	eyas_life_call(&l, 700, SYS_getpid, 700, 0);
	fd_is(700, 3, 'f', "/b");
	fd_is(700, 4, 0, NULL);
	fd_is(700, 5, 0, NULL);
}
END_TEST

START_TEST(duplicates_are_followed)
{
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 3, "/a", O_CLOEXEC);
	eyas_life_call(&l, 700, SYS_dup, 4, 3);
	eyas_life_call(&l, 700, SYS_dup2, 1, 3, 1);
	eyas_life_call(&l, 700, SYS_dup3, 5, 3, 5, O_CLOEXEC);
	eyas_life_call(&l, 700, SYS_fcntl, 6, 3, F_DUPFD, 0);
	eyas_life_call(&l, 700, SYS_fcntl, 7, 3, F_DUPFD_CLOEXEC, 0);
	eyas_life_call(&l, 700, SYS_fcntl, 0, 3, F_GETFL, 0);
	for (int i = 3; i < 8; i++)
		fd_is(700, i, 'f', "/a");
	fd_is(700, 1, 'f', "/a");
	eyas_life_call(&l, 700, SYS_fcntl, 0, 3, F_SETFD, 0);
	eyas_life_call(&l, 700, SYS_fcntl, 0, 4, F_SETFD, FD_CLOEXEC);
	eyas_life_start(&l, 700);
	fd_is(700, 3, 'f', "/a");
	fd_is(700, 1, 'f', "/a");
	fd_is(700, 6, 'f', "/a");
	fd_is(700, 4, 0, NULL);
	fd_is(700, 5, 0, NULL);
	fd_is(700, 7, 0, NULL);
}
END_TEST

START_TEST(other_descriptors_have_types)
{
	static const struct { int nr; uint64_t arg[3]; char type; } made[] = {
		{ SYS_eventfd2, { 0 }, 'e' }, { SYS_epoll_create1, { 0 }, 'l' },
		{ SYS_signalfd4, { (uint64_t)-1 }, 's' }, { SYS_timerfd_create, { 0 }, 't' },
		{ SYS_inotify_init1, { 0 }, 'i' }, { SYS_memfd_create, { 0 }, 'm' },
		{ SYS_pidfd_open, { 1 }, 'P' }, { SYS_io_uring_setup, { 8 }, 'r' },
		{ SYS_userfaultfd, { 0 }, 'u' }, { SYS_socket, { AF_INET, SOCK_STREAM, 0 }, '4' },
		{ SYS_socket, { AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0 }, '6' },
		{ SYS_socket, { AF_UNIX, SOCK_STREAM, 0 }, 'u' },
		{ SYS_socket, { AF_NETLINK, SOCK_RAW, 0 }, 'n' },
		{ SYS_socket, { AF_PACKET, SOCK_RAW, 0 }, 'o' },
	};
	struct eyas_fd fd;

	eyas_life_start(&l, 700);
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
		eyas_life_call(&l, 700, made[i].nr, 10 + (int64_t)i, made[i].arg[0], made[i].arg[1],
		     made[i].arg[2]);
		fd_is(700, 10 + (int32_t)i, made[i].type, "");
	}
	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(700), 19, &fd), 0);
	ck_assert_int_eq(fd.proto, 't');
	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(700), 20, &fd), 0);
	ck_assert_int_eq(fd.proto, 'u');
	eyas_life_call(&l, 700, SYS_accept4, 30, 19, 0, 0, SOCK_CLOEXEC);
	fd_is(700, 30, '4', "");
	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(700), 30, &fd), 0);
	ck_assert_int_eq(fd.proto, 't');
	eyas_life_call(&l, 700, SYS_socket, -EPERM, AF_PACKET, SOCK_RAW, 0);
	fd_is(700, -EPERM, 0, NULL);
}
END_TEST

START_TEST(descriptors_of_a_memfd_close_on_exec)
{
	eyas_life_start(&l, 700);
	eyas_life_call(&l, 700, SYS_memfd_create, 5, 0x7000, 1);	/* MFD_CLOEXEC */
	eyas_life_call(&l, 700, SYS_memfd_create, 6, 0x7000, 0);
	eyas_life_start(&l, 700);
	fd_is(700, 5, 0, NULL);
	fd_is(700, 6, 'm', "");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, setuid_of_root_takes_all);
	tcase_add_test(tc, effective_ids_come_and_go);
	tcase_add_test(tc, capabilities_of_others_stay);
	tcase_add_test(tc, group_ids_change_alike);
	tcase_add_test(tc, ids_of_a_user_namespace_are_asked_for);
	tcase_add_test(tc, what_the_kernel_adds_to_a_call_wins);
	tcase_add_test(tc, calls_tell_nothing_where_records_do);
	tcase_add_test(tc, credentials_of_a_namespace_are_asked_for);
	tcase_add_test(tc, namespaces_change);
	tcase_add_test(tc, sessions_and_groups);
	tcase_add_test(tc, names_are_set_by_prctl);
	tcase_add_test(tc, directories_change);
	tcase_add_test(tc, names_begin_at_a_new_root);
	tcase_add_test(tc, fchdir_follows_the_descriptor);
	tcase_add_test(tc, a_closed_descriptor_has_its_name_until_the_next_event);
	tcase_add_test(tc, duplicates_are_followed);
	tcase_add_test(tc, other_descriptors_have_types);
	tcase_add_test(tc, descriptors_of_a_memfd_close_on_exec);
}

EYAS_TEST_MAIN("effects", fill)
