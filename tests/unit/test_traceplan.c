// SPDX-License-Identifier: Apache-2.0
/* What the kernel is asked for: no more than the options need. */
#include <string.h>
#include <sys/syscall.h>
#include "event/syscall.h"
#include "trace/trace.h"
#include "unit.h"

#define NATIVE	EYAS_ABI_X86_64
#define BASE	(EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_DATA)

struct plan {
	struct eyas_trace_options o;
	struct eyas_policy p;
};

static void start(struct plan *pl, const char *calls)
{
	eyas_trace_options_init(&pl->o);
	ck_assert_int_eq(eyas_callset_parse(&pl->o.calls, calls, NULL), 0);
}

static uint8_t plan_of(struct plan *pl, int nr)
{
	pl->o.counters = eyas_trace_counters_do(&pl->o);
	eyas_trace_policy(&pl->o, &pl->p);
	return pl->p.plan[NATIVE][nr];
}

START_TEST(usual)
{
	struct plan pl;

	start(&pl, "close");
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE);
	ck_assert_uint_eq(pl.p.plan[NATIVE][SYS_dup], 0);
	ck_assert_uint_eq(pl.p.other[NATIVE], 0);
	ck_assert_uint_eq(pl.p.events, EYAS_EVENT_PROCESS | EYAS_EVENT_SIGNAL);
	ck_assert_uint_eq(pl.p.flags, EYAS_SESSION_F_LATE | EYAS_SESSION_F_BRIEF);
	ck_assert_uint_eq(pl.p.snaplen, 512);
	ck_assert_uint_eq(pl.p.scope.npids, 0);
}
END_TEST

/* Starts are recorded where the end does not tell what there was, or never comes. */
START_TEST(starts)
{
	static const int always[] = {
		SYS_execve, SYS_execveat, SYS_exit, SYS_exit_group, SYS_rt_sigreturn, SYS_poll,
		SYS_select,
	};
	const struct eyas_syscall *sc;
	unsigned int len, n = 0;
	struct plan pl;

	start(&pl, "all");
	ck_assert_uint_eq(plan_of(&pl, SYS_getppid), BASE);
	ck_assert_uint_eq(plan_of(&pl, SYS_openat), BASE);
	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		ck_assert_uint_eq(pl.p.plan[NATIVE][always[i]], BASE | EYAS_PLAN_ENTER);
	for (sc = eyas_syscall_table(NATIVE, &len); len; len--, sc++)
		n += sc->name && !(pl.p.plan[NATIVE][sc->nr] & EYAS_PLAN_ENTER);
	ck_assert_uint_ge(n, 300);
	/* Objects may be gone at the end, but not those of calls that do away with none. */
	pl.o.decode.fds = 1;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE | EYAS_PLAN_OBJECTS | EYAS_PLAN_ENTER);
	ck_assert_uint_eq(plan_of(&pl, SYS_dup), BASE | EYAS_PLAN_OBJECTS);
	/* The time of a line is that of the beginning. */
	pl.o.decode.fds = 0;
	pl.o.clock = EYAS_TRACE_TIME_OF_DAY;
	ck_assert_uint_eq(plan_of(&pl, SYS_getppid), BASE | EYAS_PLAN_ENTER);
}
END_TEST

START_TEST(everything)
{
	struct plan pl;

	start(&pl, "all");
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		ck_assert_uint_eq(pl.p.plan[abi][EYAS_NR_MAX - 1], BASE);
		ck_assert_uint_eq(pl.p.other[abi], BASE);
	}
}
END_TEST

/* What is shown at the end only needs no entry, but where memory is overwritten. */
START_TEST(by_status)
{
	struct plan pl;

	start(&pl, "close,poll,execve,execveat");
	pl.o.status = EYAS_TRACE_SUCCESSFUL;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE | EYAS_PLAN_NO_FAILED);
	ck_assert_uint_eq(plan_of(&pl, SYS_poll), BASE | EYAS_PLAN_NO_FAILED | EYAS_PLAN_ENTER);
	/* What exec was given is gone once it has succeeded. */
	ck_assert_uint_eq(plan_of(&pl, SYS_execve), BASE | EYAS_PLAN_NO_FAILED | EYAS_PLAN_ENTER);
	ck_assert_uint_eq(plan_of(&pl, SYS_execveat), BASE | EYAS_PLAN_NO_FAILED | EYAS_PLAN_ENTER);
	pl.o.status = EYAS_TRACE_FAILED;
	ck_assert_uint_eq(plan_of(&pl, SYS_poll), BASE | EYAS_PLAN_NO_OK);
	pl.o.status = EYAS_TRACE_UNFINISHED;
	/* The ends are needed to know which calls have none; those have lasted. */
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE);
	ck_assert_uint_eq(pl.p.flags, EYAS_SESSION_F_LATE | EYAS_SESSION_F_BRIEF);
	/* Counts are of all calls. */
	pl.o.status = EYAS_TRACE_FAILED;
	pl.o.end = EYAS_TRACE_END_SUMMARY;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE);
}
END_TEST

START_TEST(times)
{
	struct plan pl;

	start(&pl, "close");
	pl.o.spent = true;
	plan_of(&pl, SYS_close);
	ck_assert_uint_eq(pl.p.flags,
			  EYAS_SESSION_F_TIMES | EYAS_SESSION_F_LATE | EYAS_SESSION_F_BRIEF);
	/* Entries have a time of their own. */
	pl.o.spent = false;
	pl.o.clock = EYAS_TRACE_TIME_OF_DAY;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE | EYAS_PLAN_ENTER);
	ck_assert_uint_eq(pl.p.flags & EYAS_SESSION_F_TIMES, 0);
	pl.o.slower = 1000000;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE);
	ck_assert_uint_eq(pl.p.flags, EYAS_SESSION_F_TIMES | EYAS_SESSION_F_BRIEF);
}
END_TEST

/* Processes are told of in full where more than their ids is shown, or records are kept. */
START_TEST(processes)
{
	struct plan pl;

	start(&pl, "close");
	plan_of(&pl, SYS_close);
	ck_assert_uint_ne(pl.p.flags & EYAS_SESSION_F_BRIEF, 0);
	pl.o.whole = true;
	plan_of(&pl, SYS_close);
	ck_assert_uint_eq(pl.p.flags & EYAS_SESSION_F_BRIEF, 0);
	pl.o.whole = false;
	pl.o.decode.pids = true;
	plan_of(&pl, SYS_close);
	ck_assert_uint_eq(pl.p.flags & EYAS_SESSION_F_BRIEF, 0);
	pl.o.decode.pids = false;
	pl.o.end = EYAS_TRACE_END_TREE;
	plan_of(&pl, SYS_close);
	ck_assert_uint_eq(pl.p.flags & EYAS_SESSION_F_BRIEF, 0);
	pl.o.end = 0;
	pl.o.form = EYAS_TRACE_JSON;
	plan_of(&pl, SYS_close);
	ck_assert_uint_eq(pl.p.flags & EYAS_SESSION_F_BRIEF, 0);
}
END_TEST

START_TEST(objects)
{
	struct plan pl;

	start(&pl, "close");
	pl.o.decode.fds = 1;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), BASE | EYAS_PLAN_ENTER | EYAS_PLAN_OBJECTS);
	/* Where relative names begin is followed, but only for that. */
	ck_assert_uint_eq(plan_of(&pl, SYS_chdir), EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS |
			  EYAS_PLAN_OBJECTS | EYAS_PLAN_NO_FAILED);
	ck_assert_uint_eq(plan_of(&pl, SYS_dup), 0);
	pl.o.decode.fds = 0;
	ck_assert_uint_eq(plan_of(&pl, SYS_chdir), 0);
	pl.o.end = EYAS_TRACE_END_FILES;
	pl.o.form = EYAS_TRACE_NO_LINES;
	ck_assert_uint_eq(plan_of(&pl, SYS_close), EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS |
			  EYAS_PLAN_OBJECTS);
	ck_assert(!eyas_trace_counters_do(&pl.o));
}
END_TEST

START_TEST(counters)
{
	struct plan pl;

	start(&pl, "close");
	pl.o.form = EYAS_TRACE_NO_LINES;
	pl.o.end = EYAS_TRACE_END_SUMMARY;
	ck_assert(eyas_trace_counters_do(&pl.o));
	ck_assert_uint_eq(plan_of(&pl, SYS_close), EYAS_PLAN_COUNT);
	ck_assert_uint_eq(pl.p.flags, EYAS_SESSION_F_TIMES | EYAS_SESSION_F_BRIEF);
	ck_assert_uint_eq(pl.p.events, EYAS_EVENT_PROCESS);
	/* Which path a call is about the kernel does not know. */
	ck_assert_int_eq(eyas_vec_push(&pl.o.paths, "/tmp"), 0);
	ck_assert(!eyas_trace_counters_do(&pl.o));
	ck_assert_uint_eq(plan_of(&pl, SYS_close), EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS |
			  EYAS_PLAN_OBJECTS);
	eyas_trace_options_release(&pl.o);
}
END_TEST

START_TEST(lengths)
{
	struct plan pl;

	start(&pl, "read");
	pl.o.decode.strsize = 5000;
	plan_of(&pl, SYS_read);
	ck_assert_uint_eq(pl.p.snaplen, 5001);
	pl.o.decode.strsize = UINT32_MAX;
	plan_of(&pl, SYS_read);
	ck_assert_uint_eq(pl.p.snaplen, EYAS_SNAPLEN_MAX);
	pl.o.decode.strsize = 32;
	pl.o.read.inverted = true;
	plan_of(&pl, SYS_read);
	ck_assert_uint_eq(pl.p.snaplen, EYAS_SNAPLEN_MAX);
}
END_TEST

/* The end of sigreturn comes without a number. */
START_TEST(end_of_sigreturn)
{
	struct plan pl;

	start(&pl, "rt_sigreturn");
	plan_of(&pl, SYS_rt_sigreturn);
	ck_assert_uint_eq(pl.p.other[NATIVE], BASE);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, usual);
	tcase_add_test(tc, starts);
	tcase_add_test(tc, everything);
	tcase_add_test(tc, by_status);
	tcase_add_test(tc, times);
	tcase_add_test(tc, objects);
	tcase_add_test(tc, processes);
	tcase_add_test(tc, counters);
	tcase_add_test(tc, lengths);
	tcase_add_test(tc, end_of_sigreturn);
}

EYAS_TEST_MAIN("traceplan", fill)
