// SPDX-License-Identifier: Apache-2.0
/* Channels: every alert is written or counted as failed, and nothing blocks. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "output/output.h"
#include "output/queue.h"
#include "unit.h"

static char dir[64], path[96];

static void setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/eyas-unit-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/alerts", dir);
}

static void teardown(void)
{
	char old[128];

	snprintf(old, sizeof(old), "%s.1", path);
	unlink(path);
	unlink(old);
	rmdir(dir);
}

static int emit(struct eyas_output *o, const char *line)
{
	struct eyas_alert a = { .priority = EYAS_PRIO_NOTICE, .line = line, .len = strlen(line) };

	return eyas_output_emit(o, &a);
}

static void check_file(const char *name, const char *want)
{
	char buf[256] = "";
	FILE *f = fopen(name, "r");

	ck_assert_ptr_nonnull(f);
	buf[fread(buf, 1, sizeof(buf) - 1, f)] = '\0';
	fclose(f);
	ck_assert_str_eq(buf, want);
}

static struct eyas_output *open_file(void)
{
	struct eyas_output *o = NULL;
	struct eyas_err err = { 0 };

	ck_assert_msg(eyas_output_file_open(&o, path, true, &err) == 0, "%s", err.msg);
	return o;
}

START_TEST(file_is_appended_to_and_private)
{
	struct eyas_output *o;
	struct stat st;

	for (int i = 0; i < 2; i++) {
		o = open_file();
		ck_assert_int_eq(emit(o, i ? "two" : "one"), 0);
		ck_assert_uint_eq(o->emitted, 1);
		ck_assert_uint_eq(o->failed, 0);
		eyas_output_close(o);
	}
	check_file(path, "one\ntwo\n");
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
}
END_TEST

START_TEST(file_is_opened_again_after_rotation)
{
	struct eyas_output *o = open_file();
	char old[128];

	snprintf(old, sizeof(old), "%s.1", path);
	ck_assert_int_eq(emit(o, "before"), 0);
	ck_assert_int_eq(rename(path, old), 0);
	ck_assert_int_eq(emit(o, "still the old one"), 0);
	ck_assert_int_eq(eyas_output_reopen(o), 0);
	ck_assert_int_eq(emit(o, "after"), 0);
	ck_assert_uint_eq(o->emitted, 3);
	eyas_output_close(o);
	check_file(old, "before\nstill the old one\n");
	check_file(path, "after\n");
}
END_TEST

START_TEST(file_that_was_moved_away_is_made_anew)
{
	struct eyas_output *o = NULL;
	char old[128];

	snprintf(old, sizeof(old), "%s.1", path);
	ck_assert_int_eq(eyas_output_file_open(&o, path, false, NULL), 0);
	ck_assert_int_eq(emit(o, "before"), 0);
	ck_assert_int_eq(rename(path, old), 0);
	ck_assert_int_eq(emit(o, "after"), 0);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(emit(o, "last"), 0);
	/* Where no file can be made the one that there is goes on. */
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(emit(o, "into nothing"), 0);
	ck_assert_int_eq(rmdir(path), 0);
	ck_assert_int_eq(emit(o, "again"), 0);
	ck_assert_uint_eq(o->emitted, 5);
	eyas_output_close(o);
	check_file(old, "before\n");
	check_file(path, "again\n");
}
END_TEST

START_TEST(file_that_cannot_be_opened_says_why)
{
	struct eyas_output *o = NULL;
	struct eyas_err err = { 0 };

	ck_assert_int_eq(eyas_output_file_open(&o, "/nonexistent/alerts", true, &err), -ENOENT);
	ck_assert_str_eq(err.msg, "cannot open '/nonexistent/alerts': No such file or directory");
	ck_assert_ptr_null(o);
}
END_TEST

START_TEST(full_disk_is_told_and_counted)
{
	struct eyas_output *o = NULL;

	ck_assert_int_eq(eyas_output_file_open(&o, "/dev/full", true, NULL), 0);
	ck_assert_int_eq(emit(o, "one"), -ENOSPC);
	ck_assert_int_eq(emit(o, "two"), -ENOSPC);
	ck_assert_uint_eq(o->emitted, 0);
	ck_assert_uint_eq(o->failed, 0);	/* both still wait for space */
	ck_assert_int_eq(eyas_output_finish(o, 100), -ENOSPC);
	ck_assert_uint_eq(o->failed, 2);
	eyas_output_close(o);
}
END_TEST

START_TEST(reader_that_left_is_final)
{
	struct eyas_output *o = NULL;
	int fds[2];

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(eyas_output_fd_open(&o, fds[1], "stdout", NULL), 0);
	ck_assert_int_eq(emit(o, "one"), 0);
	close(fds[0]);
	ck_assert_int_eq(emit(o, "two"), -EPIPE);
	ck_assert_int_eq(emit(o, "three"), -EPIPE);
	ck_assert_uint_eq(o->emitted, 1);
	ck_assert_uint_eq(o->failed, 2);
	eyas_output_close(o);
	ck_assert_int_eq(close(fds[1]), 0);	/* stayed ours */
}
END_TEST

/* Read all that is there; returns how many lines. */
static uint64_t swallow(int fd)
{
	char buf[65536];
	uint64_t n = 0;
	ssize_t len;

	while ((len = read(fd, buf, sizeof(buf))) > 0)
		for (ssize_t i = 0; i < len; i++)
			n += buf[i] == '\n';
	return n;
}

START_TEST(slow_reader_never_blocks_and_every_line_is_accounted_for)
{
	struct eyas_output *o = NULL;
	uint64_t sent = 0, read_lines = 0;
	char line[1000];
	int fds[2], r;

	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	ck_assert_int_eq(pipe2(fds, 0), 0);
	ck_assert_int_eq(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(eyas_output_fd_open(&o, fds[1], "stdout", NULL), 0);

	do {	/* nobody reads: the pipe fills, then the queue, then lines are dropped */
		r = emit(o, line);
		sent++;
		ck_assert(r == 0 || r == -EAGAIN || r == -ENOBUFS);
	} while (o->failed < 10 && sent < 100000);
	ck_assert_int_eq(r, -ENOBUFS);
	ck_assert_uint_eq(o->failed, 10);
	ck_assert_uint_gt(sent, EYAS_QUEUE_MAX / sizeof(line));

	while (eyas_output_flush(o) == -EAGAIN)
		read_lines += swallow(fds[0]);
	read_lines += swallow(fds[0]);
	ck_assert_uint_eq(o->emitted, sent - 10);
	ck_assert_uint_eq(read_lines, sent - 10);
	eyas_output_close(o);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, file_is_appended_to_and_private);
	tcase_add_test(tc, file_is_opened_again_after_rotation);
	tcase_add_test(tc, file_that_was_moved_away_is_made_anew);
	tcase_add_test(tc, file_that_cannot_be_opened_says_why);
	tcase_add_test(tc, full_disk_is_told_and_counted);
	tcase_add_test(tc, reader_that_left_is_final);
	tcase_add_test(tc, slow_reader_never_blocks_and_every_line_is_accounted_for);
}

EYAS_TEST_MAIN("output_file", fill)
