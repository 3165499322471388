// SPDX-License-Identifier: Apache-2.0
/* Lines on their way to a descriptor: bounded, counted, whole. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "output/output.h"
#include "output/queue.h"
#include "unit.h"

static struct eyas_queue q;
static struct eyas_output o;
static int rd, wr;

static void setup(void)
{
	int fds[2];

	signal(SIGPIPE, SIG_IGN);
	memset(&o, 0, sizeof(o));
	memset(&q, 0, sizeof(q));
	eyas_strbuf_init(&q.lines);
	ck_assert_int_eq(pipe(fds), 0);
	rd = fds[0];
	wr = fds[1];
	ck_assert_int_eq(fcntl(rd, F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(fcntl(wr, F_SETPIPE_SZ, 2 * PIPE_BUF), 2 * PIPE_BUF);
}

static void teardown(void)
{
	eyas_queue_release(&q);
	close(rd);
	close(wr);
}

static int put(const char *line, size_t len)
{
	struct eyas_alert a = { .line = line, .len = len };

	return eyas_queue_put(&q, wr, &a, &o);
}

static void read_is(const char *want)
{
	static char buf[65536];
	ssize_t n = read(rd, buf, sizeof(buf));

	ck_assert_int_ge(n, 0);
	ck_assert_bytes_eq(buf, (size_t)n, want);
}

START_TEST(lines_go_out_at_once)
{
	ck_assert_int_eq(put("one", 3), 0);
	ck_assert_int_eq(put("", 0), 0);
	ck_assert_int_eq(put("two and more", 3), 0);
	read_is("one\n\ntwo\n");
	ck_assert_uint_eq(o.emitted, 3);
	ck_assert_uint_eq(o.failed, 0);
	ck_assert_int_eq(eyas_queue_flush(&q, wr, &o), 0);
}
END_TEST

START_TEST(what_the_reader_does_not_take_waits)
{
	static char line[6000];

	memset(line, 'x', sizeof(line));
	ck_assert_int_eq(put(line, sizeof(line)), 0);
	/* The pipe has no free page now. */
	ck_assert_int_eq(put(line, sizeof(line)), -EAGAIN);
	ck_assert_int_eq(put("end", 3), -EAGAIN);
	ck_assert_uint_eq(o.emitted, 1);
	while (eyas_queue_flush(&q, wr, &o) == -EAGAIN) {
		char buf[1000];

		ck_assert_int_gt(read(rd, buf, sizeof(buf)), 0);
	}
	ck_assert_uint_eq(o.emitted, 3);
	ck_assert_uint_eq(o.failed, 0);
	ck_assert_uint_eq(q.lines.len, 0);
}
END_TEST

START_TEST(the_queue_is_bounded_but_one_line_always_fits)
{
	size_t len = 2 * (size_t)EYAS_QUEUE_MAX;
	char *line = malloc(len);
	uint64_t got = 0;
	static char buf[65536];
	ssize_t n;

	ck_assert_ptr_nonnull(line);
	memset(line, 'x', len);
	ck_assert_int_eq(put(line, len), -EAGAIN);
	ck_assert_int_eq(put("more", 4), -ENOBUFS);
	ck_assert_uint_eq(o.failed, 1);
	do {
		while ((n = read(rd, buf, sizeof(buf))) > 0)
			got += (uint64_t)n;
	} while (eyas_queue_flush(&q, wr, &o) == -EAGAIN);
	while ((n = read(rd, buf, sizeof(buf))) > 0)
		got += (uint64_t)n;
	ck_assert_uint_eq(got, len + 1);
	ck_assert_uint_eq(o.emitted, 1);
	ck_assert_int_eq(put("more", 4), 0);
	read_is("more\n");
	free(line);
}
END_TEST

START_TEST(what_is_dropped_is_counted_by_lines)
{
	static char line[6000];

	memset(line, 'x', sizeof(line));
	ck_assert_int_eq(put(line, sizeof(line)), 0);
	ck_assert_int_eq(put(line, sizeof(line)), -EAGAIN);
	ck_assert_int_eq(put("a", 1), -EAGAIN);
	ck_assert_int_eq(put("b", 1), -EAGAIN);
	eyas_queue_drop(&q, &o);
	ck_assert_uint_eq(o.emitted, 1);
	ck_assert_uint_eq(o.failed, 3);
	eyas_queue_drop(&q, &o);
	ck_assert_uint_eq(o.failed, 3);
	ck_assert_int_eq(eyas_queue_flush(&q, wr, &o), 0);
}
END_TEST

START_TEST(a_reader_that_left_is_final)
{
	close(rd);
	rd = -1;
	ck_assert_int_eq(put("one", 3), -EPIPE);
	ck_assert_int_eq(put("two", 3), -EPIPE);
	ck_assert_uint_eq(o.emitted, 0);
	ck_assert_uint_eq(o.failed, 2);
	ck_assert(q.gone);
	ck_assert_int_eq(eyas_queue_flush(&q, wr, &o), 0);	/* nothing waits */
}
END_TEST

START_TEST(a_bad_descriptor_is_told_and_the_line_kept)
{
	struct eyas_alert a = { .line = "x", .len = 1 };

	ck_assert_int_eq(eyas_queue_put(&q, 1000, &a, &o), -EBADF);
	ck_assert_uint_eq(o.failed, 0);
	ck_assert_int_eq(eyas_queue_flush(&q, wr, &o), 0);
	read_is("x\n");
	ck_assert_uint_eq(o.emitted, 1);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, lines_go_out_at_once);
	tcase_add_test(tc, what_the_reader_does_not_take_waits);
	tcase_add_test(tc, the_queue_is_bounded_but_one_line_always_fits);
	tcase_add_test(tc, what_is_dropped_is_counted_by_lines);
	tcase_add_test(tc, a_reader_that_left_is_final);
	tcase_add_test(tc, a_bad_descriptor_is_told_and_the_line_kept);
}

EYAS_TEST_MAIN("queue", fill)
