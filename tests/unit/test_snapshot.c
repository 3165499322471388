// SPDX-License-Identifier: Apache-2.0
/* State saved and loaded: another machine knows what this one knew, and asks nobody else. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include "enrich/container.h"
#include "enrich/hosts.h"
#include "enrich/snapshot.h"
#include "life.h"
#include "source/capture_items.h"
#include "unit.h"

#define ID	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct eyas_life l;
static struct eyas_enrich *copy;
static struct eyas_strbuf state;
static struct eyas_err err;

static void setup(void)
{
	eyas_life_create(&l);
	eyas_strbuf_init(&state);
	copy = NULL;
}

static void teardown(void)
{
	eyas_enrich_free(copy);
	eyas_strbuf_release(&state);
	eyas_life_release(&l);
}

static void seed(void)
{
	ck_assert_msg(eyas_enrich_seed(l.en, &err) == 0, "%s", err.msg);
}

static void save(void)
{
	eyas_strbuf_reset(&state);
	ck_assert_msg(eyas_enrich_save(l.en, &state, &err) == 0, "%s", err.msg);
}

/* Save, and load into one that has this machine's own files at hand. */
static void save_and_load(void)
{
	save();
	eyas_enrich_free(copy);
	ck_assert_int_eq(eyas_enrich_create(&copy, "", &err), 0);
	eyas_enrich_detach(copy);
	ck_assert_msg(eyas_enrich_load(copy, eyas_bytes_of(state.buf, state.len), &err) == 0, "%s",
		      err.msg);
}

static void same_text(struct eyas_text a, struct eyas_text b)
{
	ck_assert_int_eq(!a.p, !b.p);
	ck_assert_uint_eq(a.len, b.len);
	if (a.len)
		ck_assert_mem_eq(a.p, b.p, a.len);
}

/* The same process on both sides, in all that can be asked of it. */
static void same_proc(uint32_t pid)
{
	const struct eyas_proc *a = eyas_enrich_proc(l.en, pid);
	const struct eyas_proc *b = eyas_enrich_proc(copy, pid);
	const struct eyas_proc *pa, *pb;
	struct eyas_proc x, y;

	ck_assert_ptr_nonnull(a);
	ck_assert_ptr_nonnull(b);
	same_text(a->comm, b->comm);
	same_text(a->exepath, b->exepath);
	same_text(a->exename, b->exename);
	same_text(a->argv, b->argv);
	same_text(a->envp, b->envp);
	same_text(a->cwd, b->cwd);
	same_text(a->exe, b->exe);
	same_text(a->args, b->args);
	same_text(a->exeline, b->exeline);
	same_text(a->cmdline, b->cmdline);
	pa = eyas_enrich_parent(l.en, a);
	pb = eyas_enrich_parent(copy, b);
	ck_assert_int_eq(!pa, !pb);
	if (pa)
		ck_assert_uint_eq(pa->pid, pb->pid);
	/* The rest, texts apart, as bytes. */
	x = *a;
	y = *b;
	memset(&x.comm, 0,
	       offsetof(struct eyas_proc, argv_full) - offsetof(struct eyas_proc, comm));
	memset(&y.comm, 0,
	       offsetof(struct eyas_proc, argv_full) - offsetof(struct eyas_proc, comm));
	memset(&x.exe, 0, offsetof(struct eyas_proc, children) - offsetof(struct eyas_proc, exe));
	memset(&y.exe, 0, offsetof(struct eyas_proc, children) - offsetof(struct eyas_proc, exe));
	ck_assert_int_eq(!x.exe_file, !y.exe_file);
	if (x.exe_file)
		ck_assert_mem_eq(x.exe_file, y.exe_file, sizeof(*x.exe_file));
	x.exe_file = y.exe_file = NULL;
	ck_assert_mem_eq(&x, &y, sizeof(x));
}

START_TEST(processes_of_events_and_of_proc_are_the_same)
{
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 1,
							     .comm = "init",
							     .exe = "/sbin/init",
							     .cwd = "/",
							     .ticks = 5,
							     .cmdline = "/sbin/init",
							     .cmdline_len = 11,
							     .environ = "A=1" });
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 600,
							     .ppid = 1,
							     .pgid = 600,
							     .sid = 600,
							     .vpid = 7,
							     .uid = 1000,
							     .euid = 0,
							     .gid = 5,
							     .threads = 4,
							     .ticks = 1234,
							     .caps = 0x3f,
							     .comm = "we(i)rd",
							     .exe = "/usr/bin/x (deleted)",
							     .cwd = "/srv",
							     .loginuid = "1000",
							     .cmdline = "x\0-y",
							     .cmdline_len = 5,
							     .ns_pid = 4026532000,
							     .ns_user = 77 });
	seed();
	eyas_rec_by(&l.b, 1);
	eyas_life_fork(&l, 1, 700);
	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_life_call(&l, 701, SYS_setuid, 0, 33);
	save_and_load();
	same_proc(1);
	same_proc(600);
	same_proc(700);
	same_proc(701);
	ck_assert_uint_eq(eyas_enrich_proc(copy, 701)->euid, 33);
	ck_assert_ptr_null(eyas_enrich_proc(copy, 2));
	ck_assert_ptr_eq(eyas_enrich_ns_init(copy, 4026532000),
			 eyas_enrich_ns_init(l.en, 4026532000));
}
END_TEST

/* /proc tells the start of a process to 10 ms: that it is not exact is saved, too. */
START_TEST(a_process_of_proc_is_still_the_one_of_later_events)
{
	eyas_fakeroot_proc(&l.root,
			   &(struct eyas_fakeproc){ .pid = 5, .ticks = 1234, .comm = "x" });
	seed();
	save_and_load();
	eyas_rec_by(&l.b, 5);
	eyas_rec_exit(&l.b, 0)->start_time = 12340000000ULL + 9999999;
	eyas_rec_event(&l.b, &l.ev);
	ck_assert_int_eq(eyas_enrich_update(copy, &l.ev), 0);
	ck_assert(eyas_enrich_proc(copy, 5)->exited);
}
END_TEST

START_TEST(a_name_set_later_stays_beside_that_of_exec)
{
	eyas_life_start(&l, 700);
	eyas_rec_by(&l.b, 700);
	eyas_rec_sys(&l.b, SYS_prctl, 0, 15);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "renamed");
	eyas_life_update(&l);
	save_and_load();
	same_proc(700);
	ck_assert_text_eq(eyas_enrich_proc(copy, 700)->comm, "renamed");
	ck_assert_text_eq(eyas_enrich_proc(copy, 700)->cmdline, "renamed /x");
}
END_TEST

/* Who acts, by the copy. */
static const struct eyas_proc *actor(uint32_t tid)
{
	struct eyas_event ev = { .pid = 700, .tid = tid };

	return eyas_enrich_actor(copy, &ev);
}

START_TEST(threads_that_differ_still_do)
{
	struct eyas_creds_change *c;

	eyas_life_start(&l, 700);
	for (uint32_t tid = 701; tid < 704; tid++) {
		struct eyas_fork *f = eyas_rec_fork(&l.b, 700, "cat");

		f->child_tid = tid;
		f->flags = EYAS_FORK_F_THREAD | (tid == 703 ? 0 : EYAS_FORK_F_FS);
		eyas_life_update(&l);
	}
	/* 701 alone, then the first one: 702 is what both were. */
	for (uint32_t tid = 701; tid >= 700; tid--) {
		c = eyas_rec_other(&l.b, EYAS_REC_CREDS, sizeof(*c));
		l.b.last->tid = tid;
		c->after.uid = c->after.euid = tid;
		eyas_life_update(&l);
	}
	eyas_rec_sys(&l.b, SYS_chdir, 0, 0x7000);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 0, "/tmp");
	eyas_life_update(&l);
	save_and_load();
	ck_assert_uint_eq(actor(700)->euid, 700);
	ck_assert_uint_eq(actor(701)->euid, 701);
	ck_assert_uint_eq(actor(702)->euid, 0);
	ck_assert_uint_eq(actor(703)->euid, 0);
	ck_assert_text_eq(actor(702)->cwd, "/tmp");
	ck_assert_text_eq(actor(703)->cwd, "/home/me");
}
END_TEST

START_TEST(ancestors_that_ended_are_there)
{
	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_life_fork(&l, 701, 702);
	eyas_life_fork(&l, 700, 703);
	eyas_life_end(&l, 701);
	eyas_life_end(&l, 703);		/* nobody's ancestor */
	save_and_load();
	same_proc(700);
	same_proc(702);
	same_proc(701);
	ck_assert(eyas_enrich_proc(copy, 701)->exited);
	ck_assert_ptr_null(eyas_enrich_proc(copy, 703));
}
END_TEST

/* The pid of an ancestor that ended has a new owner. */
START_TEST(a_pid_used_again_is_that_of_the_living)
{
	const struct eyas_proc *p;

	eyas_life_start(&l, 700);
	eyas_life_fork(&l, 700, 701);
	eyas_life_fork(&l, 701, 702);
	eyas_life_end(&l, 701);
	eyas_life_fork(&l, 700, 701);
	save_and_load();
	p = eyas_enrich_proc(copy, 701);
	ck_assert(!p->exited);
	p = eyas_enrich_parent(copy, eyas_enrich_proc(copy, 702));
	ck_assert_uint_eq(p->pid, 701);
	ck_assert(p->exited);
}
END_TEST

static void fd_is(uint32_t pid, int num, char type, const char *name)
{
	struct eyas_fd fd;

	ck_assert_int_eq(eyas_enrich_fd(copy, eyas_enrich_proc(copy, pid), num, &fd), 0);
	ck_assert_int_eq(fd.type, type);
	ck_assert_text_eq(fd.name, name);
}

START_TEST(descriptors_come_from_events_and_from_proc)
{
	struct eyas_fd fd;

	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 1, .comm = "init" });
	eyas_fakeroot_link(&l.root, "proc/1/fd/0", "/dev/null");
	eyas_fakeroot_link(&l.root, "proc/1/fd/5", "pipe:[77]");
	eyas_fakeroot_link(&l.root, "proc/1/fd/6", "socket:[78]");
	seed();
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 3, "/etc/shadow", 0);
	eyas_life_call(&l, 700, SYS_socket, 4, 2, 1, 0);
	save_and_load();
	fd_is(1, 0, 'f', "/dev/null");
	fd_is(1, 5, 'p', "pipe:[77]");
	fd_is(1, 6, 0, "socket:[78]");
	fd_is(700, 3, 'f', "/etc/shadow");
	ck_assert_int_eq(eyas_enrich_fd(copy, eyas_enrich_proc(copy, 700), 4, &fd), 0);
	ck_assert_int_eq(fd.type, '4');
	ck_assert_int_eq(fd.proto, 't');
	ck_assert_int_eq(eyas_enrich_fd(copy, eyas_enrich_proc(copy, 700), 9, &fd), -ENOENT);

	/* Later ones go by the events, where these tell what is closed. */
	eyas_fakeroot_link(&l.root, "proc/1/fd/9", "/of/now");
	eyas_life_call(&l, 700, SYS_close, 0, 3);
	eyas_life_call(&l, 700, SYS_getppid, 1);
	save_and_load();
	fd_is(1, 5, 'p', "pipe:[77]");
	ck_assert_int_eq(eyas_enrich_fd(copy, eyas_enrich_proc(copy, 1), 9, &fd), -ENOENT);
	ck_assert_int_eq(eyas_enrich_fd(copy, eyas_enrich_proc(copy, 700), 3, &fd), -ENOENT);
}
END_TEST

START_TEST(close_on_exec_still_holds)
{
	struct eyas_fd fd;

	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 3, "/stays", 0);
	eyas_life_open(&l, 700, 4, "/goes", O_CLOEXEC);
	save_and_load();
	fd_is(700, 4, 'f', "/goes");
	eyas_rec_by(&l.b, 700);
	eyas_rec_exec(&l.b, "sh");
	eyas_rec_event(&l.b, &l.ev);
	ck_assert_int_eq(eyas_enrich_update(copy, &l.ev), 0);
	fd_is(700, 3, 'f', "/stays");
	ck_assert_int_eq(eyas_enrich_fd(copy, eyas_enrich_proc(copy, 700), 4, &fd), -ENOENT);
}
END_TEST

START_TEST(names_are_those_of_the_other_machine)
{
	static const uint8_t addr[4] = { 10, 1, 2, 3 };
	const struct eyas_host *host;

	eyas_fakeroot_file(&l.root, "etc/passwd",
			   "root:secret:0:0:Mr. Root:/root:/bin/zsh\n"
			   "web:x:33:33::/www:/bin/false\n");
	eyas_fakeroot_file(&l.root, "etc/group", "wheel:x:0:web\nweb:!:33:\n");
	eyas_fakeroot_file(&l.root, "etc/hosts", "10.1.2.3 db.example db\n::1 six\n");
	save_and_load();
	ck_assert_str_eq(eyas_enrich_user(copy, 0), "root");
	ck_assert_str_eq(eyas_enrich_user_home(copy, 33), "/www");
	ck_assert_str_eq(eyas_enrich_user_shell(copy, 0), "/bin/zsh");
	ck_assert_str_eq(eyas_enrich_group(copy, 0), "wheel");
	ck_assert_ptr_null(eyas_enrich_user(copy, 1));	/* daemon, on this machine */
	ck_assert_ptr_null(eyas_enrich_group(copy, 1));
	host = eyas_enrich_host(copy, addr, 4);
	ck_assert_ptr_nonnull(host);
	ck_assert_str_eq(host->name, "db.example");
	ck_assert_str_eq(host->next->name, "db");
	/* Neither passwords nor what people are called. */
	ck_assert_ptr_null(memmem(state.buf, state.len, "secret", 6));
	ck_assert_ptr_null(memmem(state.buf, state.len, "Mr.", 3));
	ck_assert_ptr_null(memmem(state.buf, state.len, ":!:", 3));
}
END_TEST

START_TEST(nothing_is_read_from_this_machine)
{
	uint32_t self = (uint32_t)getpid();
	struct eyas_life own;

	eyas_life_create(&own);
	eyas_life_start(&l, 700);
	save_and_load();
	/* An event of a process that is here, too, but is meant to be there. */
	eyas_life_call(&own, self, SYS_getppid, 1);
	own.ev.pid = self;
	ck_assert_int_eq(eyas_enrich_update(copy, &own.ev), 0);
	ck_assert_ptr_null(eyas_enrich_proc(copy, self));
	eyas_life_release(&own);
}
END_TEST

START_TEST(containers_are_known_by_cgroup)
{
	struct eyas_enrich_stats st;

	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 1,
							     .comm = "init",
							     .cgroup = "0::/init.scope\n" });
	eyas_fakeroot_file(&l.root, "sys/fs/cgroup/init.scope/x", "");
	seed();
	eyas_life_start(&l, 700);
	save_and_load();
	ck_assert_str_eq(eyas_enrich_container(copy, eyas_enrich_proc(copy, 1)), "");

	/* A container is started while it is recorded. */
	eyas_rec_by(&l.b, 700);
	eyas_rec_fork(&l.b, 800, "runc")->task.cgroup = 4711;
	eyas_life_update(&l);
	eyas_strbuf_reset(&state);
	ck_assert_int_eq(eyas_enrich_save_cgroup(l.en, &l.ev, &state), 0);
	ck_assert_uint_eq(state.len, 0);	/* nobody knows it yet */
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 800,
							     .comm = "runc",
							     .cgroup = "0::/system.slice/docker-" ID
								       ".scope\n" });
	ck_assert_int_eq(eyas_enrich_save_cgroup(l.en, &l.ev, &state), 0);
	ck_assert_uint_gt(state.len, 64);
	ck_assert_msg(eyas_enrich_load(copy, eyas_bytes_of(state.buf, state.len), &err) == 0, "%s",
		      err.msg);
	ck_assert_int_eq(eyas_enrich_update(copy, &l.ev), 0);
	ck_assert_str_eq(eyas_enrich_container(copy, eyas_enrich_proc(copy, 800)), ID);
	/* Once. */
	eyas_strbuf_reset(&state);
	ck_assert_int_eq(eyas_enrich_save_cgroup(l.en, &l.ev, &state), 0);
	ck_assert_uint_eq(state.len, 0);
	eyas_enrich_stats(copy, &st);
	ck_assert_uint_eq(st.live, 3);
}
END_TEST

START_TEST(records_that_change_nothing_are_not_wanted)
{
	struct eyas_recs *b = &l.b;

	eyas_rec_sys(b, SYS_getppid, 1);
	ck_assert(!eyas_enrich_wants(l.en, b->last));
	eyas_rec_sys(b, SYS_read, 1);
	ck_assert(!eyas_enrich_wants(l.en, b->last));
	b->last->nr = -1;
	ck_assert(!eyas_enrich_wants(l.en, b->last));
	eyas_rec_loss(b, 0, 1);
	ck_assert(!eyas_enrich_wants(l.en, b->last));
	eyas_rec_sys(b, SYS_openat, 1);
	ck_assert(eyas_enrich_wants(l.en, b->last));
	eyas_rec_sys(b, SYS_chdir, 1);
	ck_assert(eyas_enrich_wants(l.en, b->last));
	eyas_rec_exit(b, 1);
	ck_assert(eyas_enrich_wants(l.en, b->last));
	eyas_rec_fork(b, 1, "x");
	ck_assert(eyas_enrich_wants(l.en, b->last));
}
END_TEST

/* Items cut anywhere, and any byte of them changed: an error or another state, no harm. */
START_TEST(no_items_do_harm)
{
	eyas_fakeroot_file(&l.root, "etc/passwd", "root::0:0::/root:/bin/sh\n");
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 3, "/etc/shadow", 0);
	eyas_life_fork(&l, 700, 701);
	eyas_life_fork(&l, 701, 702);
	eyas_life_end(&l, 701);
	save();
	for (size_t len = 0; len <= state.len; len++) {
		_cleanup_free_ char *own = malloc(len + 1);

		memcpy(own, state.buf, len);
		eyas_enrich_free(copy);
		ck_assert_int_eq(eyas_enrich_create(&copy, "", &err), 0);
		eyas_enrich_detach(copy);
		(void)eyas_enrich_load(copy, eyas_bytes_of(own, len), &err);
		for (int bit = 0; len && bit < 3; bit++) {
			own[len - 1] ^= (char)(1 << 3 * bit);
			(void)eyas_enrich_load(copy, eyas_bytes_of(own, len), &err);
		}
	}
	ck_assert_int_eq(eyas_enrich_load(copy, eyas_bytes_of(state.buf, 7), &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "state that does not fit the block");
}
END_TEST

START_TEST(a_process_without_a_pid_is_refused)
{
	struct eyas_capture_proc none = { .pid = 0 };
	size_t begun = eyas_item_begin(&state, EYAS_CAPTURE_PROC);

	eyas_item_put(&state, EYAS_CAPTURE_PROC_TASK, &none, sizeof(none));
	eyas_item_end(&state, begun);
	ck_assert_int_eq(eyas_enrich_create(&copy, "", &err), 0);
	ck_assert_int_eq(eyas_enrich_load(copy, eyas_bytes_of(state.buf, state.len), &err),
			 -EBADMSG);
	ck_assert_str_eq(err.msg, "an item of type 36 that can't be");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, processes_of_events_and_of_proc_are_the_same);
	tcase_add_test(tc, a_process_of_proc_is_still_the_one_of_later_events);
	tcase_add_test(tc, a_name_set_later_stays_beside_that_of_exec);
	tcase_add_test(tc, threads_that_differ_still_do);
	tcase_add_test(tc, ancestors_that_ended_are_there);
	tcase_add_test(tc, a_pid_used_again_is_that_of_the_living);
	tcase_add_test(tc, descriptors_come_from_events_and_from_proc);
	tcase_add_test(tc, close_on_exec_still_holds);
	tcase_add_test(tc, names_are_those_of_the_other_machine);
	tcase_add_test(tc, nothing_is_read_from_this_machine);
	tcase_add_test(tc, containers_are_known_by_cgroup);
	tcase_add_test(tc, records_that_change_nothing_are_not_wanted);
	tcase_add_test(tc, no_items_do_harm);
	tcase_add_test(tc, a_process_without_a_pid_is_refused);
}

EYAS_TEST_MAIN("snapshot", fill)
