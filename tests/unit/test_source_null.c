// SPDX-License-Identifier: Apache-2.0
/* The source without a kernel, and what all sources share. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "records.h"
#include "source/source.h"
#include "unit.h"

static struct eyas_recs b;
static struct eyas_event ev;
static struct eyas_err err;

static void setup(void)
{
	memset(&b, 0, sizeof(b));
	memset(&err, 0, sizeof(err));
}

static void teardown(void)
{
	eyas_recs_release(&b);
}

static struct eyas_source *open_recs(void)
{
	struct eyas_source *src = NULL;

	ck_assert_int_eq(eyas_source_null_open(&src, b.data, b.len, &err), 0);
	return src;
}

START_TEST(nothing_ends_at_once)
{
	struct eyas_source *src = open_recs();
	struct eyas_policy p;

	ck_assert_int_eq(eyas_source_fd(src), -1);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -ENODATA);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -ENODATA);
	ck_assert_int_eq(eyas_source_drain(src, &err), 0);
	eyas_policy_init(&p);
	ck_assert_int_eq(eyas_source_set_policy(src, &p, &err), -EOPNOTSUPP);
	ck_assert_str_eq(err.msg, "cannot choose what is recorded: this source only replays");
	ck_assert_uint_eq(src->stats.events, 0);
	eyas_source_close(src);
	eyas_source_close(NULL);
}
END_TEST

START_TEST(records_come_once_and_are_counted)
{
	struct eyas_source *src;

	eyas_rec_exec(&b, "sh");
	eyas_rec_sys(&b, SYS_openat, -ENOENT);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/nope");
	eyas_rec_loss(&b, EYAS_CLASS_FILE, 3);
	eyas_rec_loss(&b, EYAS_CLASS_DESC, 4);
	eyas_rec_exit(&b, 0);
	src = open_recs();
	memset(b.data, 0, b.len);	/* the source has a copy */

	for (uint64_t i = 1; i <= 5; i++) {
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
		ck_assert_uint_eq(ev.num, i);
		ck_assert_uint_eq(ev.time, EYAS_RECS_TIME + (i - 1) * 1000);
		ck_assert_uint_eq(ev.lane, i == 2 ? EYAS_LANE_BULK : EYAS_LANE_CRIT);
		if (i == 2)
			ck_assert_bytes_eq(ev.blobs[0].data, ev.blobs[0].len, "/nope");
	}
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -ENODATA);
	ck_assert_uint_eq(src->stats.events, 3);
	ck_assert_uint_eq(src->stats.loss_events, 2);
	ck_assert_uint_eq(src->stats.lost, 7);
	ck_assert_uint_eq(src->stats.lost_by_class[EYAS_CLASS_FILE], 3);
	ck_assert_uint_eq(src->stats.lost_by_class[EYAS_CLASS_DESC], 4);
	eyas_source_close(src);
}
END_TEST

START_TEST(a_bad_record_is_final)
{
	struct eyas_source *src;

	eyas_rec_exit(&b, 0);
	eyas_rec_exit(&b, 0);
	b.last->type = 99;
	eyas_rec_exit(&b, 0);
	src = open_recs();
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	for (int i = 0; i < 2; i++) {
		memset(&err, 0, sizeof(err));
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EBADMSG);
		ck_assert_str_eq(err.msg, "offset 48: byte 4: record type 99 is unknown");
	}
	ck_assert_int_eq(eyas_source_next(src, &ev, NULL), -EBADMSG);
	ck_assert_uint_eq(src->stats.events, 1);
	eyas_source_close(src);
}
END_TEST

START_TEST(records_that_do_not_fit_are_refused)
{
	size_t whole;

	eyas_rec_exit(&b, 0);
	whole = b.len;
	eyas_rec_exit(&b, 0);
	for (size_t len = whole + 1; len < 2 * whole; len++) {
		struct eyas_source *src;

		b.len = len;
		src = open_recs();
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EBADMSG);
		ck_assert_str_eq(err.msg, "offset 48: record does not fit");
		eyas_source_close(src);
	}
	for (uint32_t len = 0; len < 48; len++) {
		struct eyas_source *src;

		b.len = 2 * whole;
		b.last->len = len;
		src = open_recs();
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EBADMSG);
		eyas_source_close(src);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, nothing_ends_at_once);
	tcase_add_test(tc, records_come_once_and_are_counted);
	tcase_add_test(tc, a_bad_record_is_final);
	tcase_add_test(tc, records_that_do_not_fit_are_refused);
}

EYAS_TEST_MAIN("source_null", fill)
