// SPDX-License-Identifier: Apache-2.0
/* The channel to a descriptor of somebody else: it stays theirs, and as it is. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "output/output.h"
#include "unit.h"

static int emit(struct eyas_output *o, const char *line)
{
	struct eyas_alert a = { .priority = EYAS_PRIO_NOTICE, .line = line, .len = strlen(line) };

	return eyas_output_emit(o, &a);
}

START_TEST(the_descriptor_stays_the_callers)
{
	struct eyas_output *o = NULL;
	struct eyas_err err = { 0 };
	char name[] = "stdout", buf[64];
	int fds[2], flags;

	ck_assert_int_eq(pipe(fds), 0);
	flags = fcntl(fds[1], F_GETFL);
	ck_assert_int_eq(eyas_output_fd_open(&o, fds[1], name, &err), 0);
	memset(name, 'x', 6);	/* the channel has its own copy */
	ck_assert_str_eq(o->name, "stdout");
	ck_assert_int_eq(emit(o, "hello"), 0);
	ck_assert_int_eq(eyas_output_reopen(o), 0);
	ck_assert_int_eq(eyas_output_finish(o, 0), 0);
	ck_assert_uint_eq(o->emitted, 1);
	eyas_output_close(o);
	eyas_output_close(NULL);
	ck_assert_int_eq(fcntl(fds[1], F_GETFL), flags);
	ck_assert_int_eq(read(fds[0], buf, sizeof(buf)), 6);
	ck_assert_mem_eq(buf, "hello\n", 6);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

START_TEST(the_end_does_not_wait_forever)
{
	struct eyas_output *o = NULL;
	static char line[70000];
	struct timespec a, b;
	int fds[2];

	memset(line, 'x', sizeof(line) - 1);
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(eyas_output_fd_open(&o, fds[1], "stdout", NULL), 0);
	ck_assert_int_eq(emit(o, line), -EAGAIN);
	ck_assert_int_eq(emit(o, "two"), -EAGAIN);
	clock_gettime(CLOCK_MONOTONIC, &a);
	ck_assert_int_eq(eyas_output_finish(o, 100), -EAGAIN);
	clock_gettime(CLOCK_MONOTONIC, &b);
	ck_assert_int_lt(b.tv_sec - a.tv_sec, 5);
	ck_assert_uint_eq(o->emitted, 0);
	ck_assert_uint_eq(o->failed, 2);
	eyas_output_close(o);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, the_descriptor_stays_the_callers);
	tcase_add_test(tc, the_end_does_not_wait_forever);
}

EYAS_TEST_MAIN("output_fd", fill)
