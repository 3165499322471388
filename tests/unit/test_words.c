// SPDX-License-Identifier: Apache-2.0
/* Small sets as options have them. */
#include <errno.h>
#include <signal.h>
#include "trace/words.h"
#include "unit.h"

START_TEST(status)
{
	struct eyas_err err;
	uint32_t set;

	ck_assert_int_eq(eyas_words_status(&set, "failed", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_FAILED);
	ck_assert_int_eq(eyas_words_status(&set, "successful,detached", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_SUCCESSFUL | EYAS_TRACE_DETACHED);
	ck_assert_int_eq(eyas_words_status(&set, "!failed", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_STATUS_ALL & ~EYAS_TRACE_FAILED);
	ck_assert_int_eq(eyas_words_status(&set, "all", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_STATUS_ALL);
	ck_assert_int_eq(eyas_words_status(&set, "none", NULL), 0);
	ck_assert_uint_eq(set, 0);
	ck_assert_int_eq(eyas_words_status(&set, "!all", NULL), 0);
	ck_assert_uint_eq(set, 0);
	ck_assert_int_eq(eyas_words_status(&set, "failed,foo", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "invalid status 'foo'");
	ck_assert_int_eq(eyas_words_status(&set, "", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "invalid status ''");
}
END_TEST

START_TEST(quiet)
{
	uint32_t set;

	ck_assert_int_eq(eyas_words_quiet(&set, "attach,exit", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_QUIET_ATTACH | EYAS_TRACE_QUIET_EXIT);
	ck_assert_int_eq(eyas_words_quiet(&set, "all", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_QUIET_ALL);
	ck_assert_int_eq(eyas_words_quiet(&set, "thread-execve", NULL), 0);
	ck_assert_uint_eq(set, EYAS_TRACE_QUIET_SUPERSEDED);
}
END_TEST

START_TEST(decode_fds)
{
	uint8_t fds;

	ck_assert_int_eq(eyas_words_fds(&fds, "path", NULL), 0);
	ck_assert_uint_eq(fds, 1);
	ck_assert_int_eq(eyas_words_fds(&fds, "socket", NULL), 0);
	ck_assert_uint_eq(fds, 2);
	ck_assert_int_eq(eyas_words_fds(&fds, "all", NULL), 0);
	ck_assert_uint_eq(fds, 2);
	ck_assert_int_eq(eyas_words_fds(&fds, "none", NULL), 0);
	ck_assert_uint_eq(fds, 0);
}
END_TEST

#define BIT(sig)	(1ULL << ((sig) - 1))

START_TEST(signals)
{
	struct eyas_err err;
	uint64_t set;

	ck_assert_int_eq(eyas_words_signals(&set, "SIGINT,CHLD,9", NULL), 0);
	ck_assert_uint_eq(set, BIT(SIGINT) | BIT(SIGCHLD) | BIT(SIGKILL));
	ck_assert_int_eq(eyas_words_signals(&set, "!SIGINT", NULL), 0);
	ck_assert_uint_eq(set, ~BIT(SIGINT));
	ck_assert_int_eq(eyas_words_signals(&set, "all", NULL), 0);
	ck_assert_uint_eq(set, UINT64_MAX);
	ck_assert_int_eq(eyas_words_signals(&set, "SIGFOO", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "invalid signal 'SIGFOO'");
	ck_assert_int_eq(eyas_words_signals(&set, "65", &err), -EINVAL);
	ck_assert_int_eq(eyas_words_signals(&set, "0", &err), -EINVAL);
}
END_TEST

START_TEST(numbers)
{
	struct eyas_numbers n = { 0 };
	struct eyas_err err;

	ck_assert(eyas_numbers_empty(&n));
	ck_assert_int_eq(eyas_numbers_parse(&n, "3,5", NULL), 0);
	ck_assert(eyas_numbers_has(&n, 3) && eyas_numbers_has(&n, 5) && !eyas_numbers_has(&n, 4));
	ck_assert_int_eq(eyas_numbers_parse(&n, "!3", NULL), 0);
	ck_assert(!eyas_numbers_has(&n, 3) && eyas_numbers_has(&n, 5));
	ck_assert_int_eq(eyas_numbers_parse(&n, "all", NULL), 0);
	ck_assert(eyas_numbers_has(&n, 77) && !eyas_numbers_empty(&n));
	ck_assert_int_eq(eyas_numbers_parse(&n, "none", NULL), 0);
	ck_assert(eyas_numbers_empty(&n));
	ck_assert_int_eq(eyas_numbers_parse(&n, "3,x", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "invalid descriptor 'x'");
	ck_assert_int_eq(eyas_numbers_parse(&n, "2147483648", &err), -EINVAL);
	eyas_numbers_release(&n);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, status);
	tcase_add_test(tc, quiet);
	tcase_add_test(tc, decode_fds);
	tcase_add_test(tc, signals);
	tcase_add_test(tc, numbers);
}

EYAS_TEST_MAIN("words", fill)
