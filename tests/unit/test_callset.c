// SPDX-License-Identifier: Apache-2.0
/* Sets of calls as people write them. */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "event/syscall.h"
#include "trace/callset.h"
#include "unit.h"

#define NATIVE	EYAS_ABI_X86_64

static const struct {
	const char *expr;
	int in[4];		/* 0: no more; read is not asked for here */
	int out[4];
} sets[] = {
	{ "close", { SYS_close }, { SYS_open } },
	{ "close,open", { SYS_close, SYS_open }, { SYS_dup } },
	{ "!close,open", { SYS_dup }, { SYS_close, SYS_open } },
	{ "!!close", { SYS_close }, { SYS_dup } },
	{ "all", { SYS_close, SYS_dup }, { 0 } },
	{ "!none", { SYS_close, SYS_dup }, { 0 } },
	{ "none", { 0 }, { SYS_close, SYS_dup } },
	{ "!all", { 0 }, { SYS_close, SYS_dup } },
	{ "3", { SYS_close }, { SYS_dup } },
	{ "%file", { SYS_open, SYS_execve, SYS_unlink }, { SYS_close, SYS_kill } },
	{ "file", { SYS_open, SYS_execve, SYS_unlink }, { SYS_close, SYS_kill } },
	{ "%desc", { SYS_close, SYS_write }, { SYS_unlink, SYS_getpid } },
	{ "%process", { SYS_fork, SYS_kill, SYS_exit_group }, { SYS_close } },
	{ "%network", { SYS_socket, SYS_sendto }, { SYS_close } },
	{ "%net", { SYS_socket, SYS_sendto }, { SYS_close } },
	{ "%signal", { SYS_kill, SYS_rt_sigaction }, { SYS_close } },
	{ "%ipc", { SYS_shmget, SYS_msgsnd }, { SYS_close } },
	{ "%memory", { SYS_mmap, SYS_brk }, { SYS_close } },
	{ "%creds", { SYS_setuid, SYS_getuid }, { SYS_close } },
	{ "%clock", { SYS_clock_gettime, SYS_adjtimex }, { SYS_nanosleep } },
	{ "%pure", { SYS_getpid, SYS_getuid }, { SYS_close } },
	{ "%stat", { SYS_stat }, { SYS_lstat, SYS_fstat } },
	{ "%lstat", { SYS_lstat }, { SYS_stat } },
	{ "%fstat", { SYS_fstat, SYS_newfstatat }, { SYS_stat } },
	{ "%%stat", { SYS_stat, SYS_lstat, SYS_fstat, SYS_statx }, { SYS_statfs } },
	{ "%statfs", { SYS_statfs }, { SYS_fstatfs } },
	{ "%fstatfs", { SYS_fstatfs }, { SYS_statfs } },
	{ "%%statfs", { SYS_statfs, SYS_fstatfs }, { SYS_stat } },
	{ "/^open", { SYS_open, SYS_openat, SYS_open_by_handle_at }, { SYS_mq_open } },
	{ "/open", { SYS_open, SYS_mq_open }, { SYS_close } },
	{ "?nosuch,close", { SYS_close }, { SYS_dup } },
	{ "?/^nosuch,close", { SYS_close }, { SYS_dup } },
	{ "close@64,dup@x32", { SYS_close }, { SYS_dup } },
	{ "!%file,close", { SYS_dup }, { SYS_open, SYS_close } },
};

START_TEST(good)
{
	struct eyas_callset s;

	ck_assert_int_eq(eyas_callset_parse(&s, sets[_i].expr, NULL), 0);
	for (int i = 0; i < 4 && sets[_i].in[i]; i++)
		ck_assert_msg(eyas_callset_has(&s, NATIVE, sets[_i].in[i]), "%s lacks %d",
			      sets[_i].expr, sets[_i].in[i]);
	for (int i = 0; i < 4 && sets[_i].out[i]; i++)
		ck_assert_msg(!eyas_callset_has(&s, NATIVE, sets[_i].out[i]), "%s has %d",
			      sets[_i].expr, sets[_i].out[i]);
}
END_TEST

static const struct { const char *expr, *message; } wrong[] = {
	{ "nosuch", "invalid system call 'nosuch'" },
	{ "opne", "invalid system call 'opne'; did you mean 'open'?" },
	{ "close,", "invalid system call ''" },
	{ "", "invalid system call ''" },
	{ "clock", "invalid system call 'clock'; did you mean '%clock'?" },
	{ "%nosuch", "invalid system call '%nosuch'" },
	{ "640", "invalid system call '640'" },
	{ "/^nosuch", "no system call matches '/^nosuch'" },
};

START_TEST(bad)
{
	struct eyas_callset s;
	struct eyas_err err;

	ck_assert_int_eq(eyas_callset_parse(&s, wrong[_i].expr, &err), -EINVAL);
	ck_assert_str_eq(err.msg, wrong[_i].message);
}
END_TEST

START_TEST(bad_regex)
{
	struct eyas_callset s;
	struct eyas_err err;

	ck_assert_int_eq(eyas_callset_parse(&s, "/a(", &err), -EINVAL);
	ck_assert_int_eq(strncmp(err.msg, "'a(' is no regular expression: ", 31), 0);
}
END_TEST

/* Numbers that have no place of their own. */
START_TEST(others)
{
	struct eyas_callset s;

	ck_assert_int_eq(eyas_callset_parse(&s, "!close", NULL), 0);
	ck_assert(eyas_callset_has(&s, NATIVE, -1));
	ck_assert(eyas_callset_has(&s, NATIVE, EYAS_NR_MAX));
	ck_assert(!eyas_callset_has(&s, EYAS_ABI_MAX, 0));
	ck_assert_int_eq(eyas_callset_parse(&s, "%file", NULL), 0);
	ck_assert(!eyas_callset_has(&s, NATIVE, -1));
	ck_assert(!eyas_callset_has(&s, NATIVE, 100000));
	ck_assert_int_eq(eyas_callset_parse(&s, "none", NULL), 0);
	ck_assert(eyas_callset_empty(&s));
	s.other = 1;
	ck_assert(!eyas_callset_empty(&s));
}
END_TEST

/* A name is meant in each ABI that has it, under the number that it has there. */
START_TEST(all_abis)
{
	const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X32, "ioctl");
	struct eyas_callset s;

	ck_assert_ptr_nonnull(sc);
	ck_assert_int_ne(sc->nr, SYS_ioctl);
	ck_assert_int_eq(eyas_callset_parse(&s, "ioctl", NULL), 0);
	ck_assert(eyas_callset_has(&s, NATIVE, SYS_ioctl));
	ck_assert(eyas_callset_has(&s, EYAS_ABI_X32, sc->nr));
	ck_assert(!eyas_callset_has(&s, EYAS_ABI_X32, SYS_ioctl));
	ck_assert_int_eq(eyas_callset_parse(&s, "ioctl@x32", NULL), 0);
	ck_assert(!eyas_callset_has(&s, NATIVE, SYS_ioctl));
	ck_assert(eyas_callset_has(&s, EYAS_ABI_X32, sc->nr));
}
END_TEST

START_TEST(classes)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	eyas_callset_classes(EYAS_TRACE_FILE | EYAS_TRACE_NETWORK | EYAS_TRACE_STATLIKE, &text);
	ck_assert_str_eq(text.buf, "%file,%network,%%stat");
	eyas_strbuf_reset(&text);
	eyas_callset_classes(0, &text);
	ck_assert_uint_eq(text.len, 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, good, 0, sizeof(sets) / sizeof(sets[0]));
	tcase_add_loop_test(tc, bad, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(tc, bad_regex);
	tcase_add_test(tc, others);
	tcase_add_test(tc, all_abis);
	tcase_add_test(tc, classes);
}

EYAS_TEST_MAIN("callset", fill)
