// SPDX-License-Identifier: Apache-2.0
/* Event types: each has one name, and all names that rules write are known. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "event/evtype.h"
#include "event/syscall.h"
#include "unit.h"

START_TEST(names_lead_back)
{
	unsigned int n = 0;

	for (unsigned int t = 0; t < EYAS_EVT_MAX + 100; t++) {
		const char *name = eyas_evtype_name(t);

		if (!name)
			continue;
		ck_assert_msg(eyas_evtype_by_name(name) == (int)t, "%u: %s", t, name);
		n++;
	}
	ck_assert_uint_gt(n, 400);
	ck_assert_ptr_null(eyas_evtype_name(EYAS_EVT_CLONED));
	ck_assert_ptr_null(eyas_evtype_name(EYAS_EVT_LOSS));
	ck_assert_ptr_null(eyas_evtype_name(EYAS_EVT_OTHER_NAMED));
	ck_assert_ptr_null(eyas_evtype_name(EYAS_EVT_MAX));
	ck_assert_ptr_null(eyas_evtype_name(UINT32_MAX));
}
END_TEST

static const struct { const char *name; int type; } known[] = {
	{ "openat", SYS_openat }, { "execve", SYS_execve }, { "execveat", SYS_execveat },
	{ "accept", SYS_accept }, { "accept4", SYS_accept4 }, { "dup3", SYS_dup3 },
	{ "umount2", SYS_umount2 }, { "userfaultfd", SYS_userfaultfd }, { "clone3", SYS_clone3 },
	{ "finit_module", SYS_finit_module }, { "io_uring_setup", SYS_io_uring_setup },
	{ "syscall", EYAS_EVT_SYSCALL }, { "procexit", EYAS_EVT_PROCEXIT },
	{ "signaldeliver", EYAS_EVT_SIGNALDELIVER }, { "switch", EYAS_EVT_SWITCH },
	{ "page_fault", EYAS_EVT_PAGE_FAULT }, { "page_fault_user", EYAS_EVT_PAGE_FAULT },
	/* under another name */
	{ "pread", SYS_pread64 }, { "pwrite64", SYS_pwrite64 }, { "pwrite", SYS_pwrite64 },
	{ "prlimit", SYS_prlimit64 }, { "fstatat64", SYS_newfstatat },
	{ "setuid32", SYS_setuid }, { "fcntl64", SYS_fcntl }, { "mmap2", SYS_mmap },
	{ "clock_gettime64", SYS_clock_gettime }, { "recvmmsg_time64", SYS_recvmmsg },
#ifdef SYS_select
	{ "_newselect", SYS_select }, { "stat64", SYS_stat }, { "lchown32", SYS_lchown },
#endif
	/* only elsewhere */
	{ "umount", EYAS_EVT_umount }, { "socketcall", EYAS_EVT_socketcall },
	{ "send", EYAS_EVT_send }, { "recv", EYAS_EVT_recv }, { "llseek", EYAS_EVT__llseek },
	{ "break", EYAS_EVT_break }, { "waitpid", EYAS_EVT_waitpid },
	/* never here */
	{ "container", EYAS_EVT_OTHER_NAMED }, { "notification", EYAS_EVT_OTHER_NAMED },
	{ "infra", EYAS_EVT_OTHER_NAMED }, { "pluginevent", EYAS_EVT_OTHER_NAMED },
	{ "asyncevent", EYAS_EVT_OTHER_NAMED }, { "drop", EYAS_EVT_OTHER_NAMED },
	{ "scapevent", EYAS_EVT_OTHER_NAMED }, { "s390_sthyi", EYAS_EVT_OTHER_NAMED },
	{ "useradded", EYAS_EVT_OTHER_NAMED }, { "k8s", EYAS_EVT_OTHER_NAMED },
	/* none */
	{ "", -ENOENT }, { "opena", -ENOENT }, { "openatt", -ENOENT }, { "OPENAT", -ENOENT },
	{ " open", -ENOENT }, { "cloned", -ENOENT }, { "loss", -ENOENT }, { "NA1", -ENOENT },
	{ "<NA>", -ENOENT },
};

START_TEST(names_are_known)
{
	ck_assert_msg(eyas_evtype_by_name(known[_i].name) == known[_i].type, "%s: %d",
		      known[_i].name, eyas_evtype_by_name(known[_i].name));
}
END_TEST

/* All that the official rules name, and what engines like ours keep state by. */
START_TEST(names_in_use_are_native_calls)
{
	static const char *const names[] = {
		"accept", "accept4", "bind", "bpf", "capset", "chdir", "chmod", "chroot", "clone",
		"clone3", "close", "close_range", "connect", "creat", "dup", "dup2", "dup3",
		"epoll_create", "epoll_create1", "eventfd", "eventfd2", "execve", "execveat",
		"fchdir", "fchmod", "fchmodat", "fcntl", "finit_module", "fork", "getsockopt",
		"init_module", "inotify_init", "inotify_init1", "io_uring_setup", "link", "linkat",
		"listen", "memfd_create", "mkdir", "mkdirat", "mount", "open", "openat", "openat2",
		"open_by_handle_at", "pidfd_getfd", "pidfd_open", "pipe", "pipe2", "prctl",
		"ptrace", "recvfrom", "recvmmsg", "recvmsg", "rename", "renameat", "renameat2",
		"rmdir", "sendmmsg", "sendmsg", "sendto", "setgid", "setns", "setregid",
		"setresgid", "setresuid", "setreuid", "setsid", "setuid", "shutdown", "signalfd",
		"signalfd4", "socket", "socketpair", "symlink", "symlinkat", "timerfd_create",
		"umount2", "unlink", "unlinkat", "unshare", "userfaultfd", "vfork",
	};

#ifndef __x86_64__
	eyas_test_skip("some of these calls have no native number here");
	return;
#endif
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int t = eyas_evtype_by_name(names[i]);

		ck_assert_msg(t >= 0 && t < EYAS_NR_MAX, "%s: %d", names[i], t);
		ck_assert_str_eq(eyas_evtype_name((unsigned int)t), names[i]);
	}
}
END_TEST

START_TEST(sets_hold_what_was_added)
{
	struct eyas_evset s = { 0 };

	for (unsigned int t = 0; t < EYAS_EVT_MAX; t += 7)
		eyas_evset_add(&s, t);
	eyas_evset_add(&s, EYAS_EVT_MAX);
	eyas_evset_add(&s, UINT32_MAX);
	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++)
		ck_assert_int_eq(eyas_evset_has(&s, t), t % 7 == 0);
	ck_assert(!eyas_evset_has(&s, EYAS_EVT_MAX));
	ck_assert(!eyas_evset_has(&s, UINT32_MAX));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, names_lead_back);
	tcase_add_loop_test(tc, names_are_known, 0, sizeof(known) / sizeof(known[0]));
	tcase_add_test(tc, names_in_use_are_native_calls);
	tcase_add_test(tc, sets_hold_what_was_added);
}

EYAS_TEST_MAIN("evtype", fill)
