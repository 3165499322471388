// SPDX-License-Identifier: Apache-2.0
/* The reader of one ring: positions, loss, accounting, and rings that lie. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "fakering.h"
#include "records.h"
#include "source/ring.h"
#include "unit.h"

#define SIZE	16384U

static struct eyas_fakering f;
static struct eyas_recs b;
static struct eyas_ring ring;
static struct eyas_err err;
static const struct eyas_record *rec;

static void setup(void)
{
	memset(&b, 0, sizeof(b));
	memset(&err, 0, sizeof(err));
	eyas_fakering_create(&f, 3, EYAS_LANE_BULK, SIZE);
	eyas_ring_attach(&ring, &f.geo, f.prod, f.cons, f.data);
}

static void teardown(void)
{
	eyas_recs_release(&b);
	eyas_fakering_free(&f);
}

static bool put(size_t text)
{
	static const char path[4096] = "/x";

	eyas_recs_reset(&b);
	eyas_rec_sys(&b, SYS_openat, 3);
	eyas_rec_blob(&b, EYAS_BLOB_STRING, 1, path, text);
	return eyas_fakering_put(&f, b.last, EYAS_CLASS_FILE);
}

/* Take the next record, which must be there and in order. */
static void take(struct eyas_event *ev)
{
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), 1);
	ck_assert_int_eq(eyas_event_parse(ev, eyas_bytes_of(rec, rec->len), &err), 0);
	ck_assert_msg(eyas_ring_account(&ring, ev->rec, ev->loss, &err) == 0, "%s", err.msg);
	eyas_ring_advance(&ring, rec->len);
}

START_TEST(records_come_in_order)
{
	struct eyas_event ev;

	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), 0);
	for (int i = 0; i < 5; i++)
		ck_assert(put((size_t)i * 3));
	/* Not seen before the ring is looked at. */
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), 0);
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
	for (uint32_t i = 0; i < 5; i++) {
		take(&ev);
		ck_assert_uint_eq(rec->seq, i + 1);
		ck_assert_uint_eq(ev.blobs[0].len, i * 3);
	}
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), 0);
	/* Space goes back when told so. */
	ck_assert_uint_eq(f.cons->tail, 0);
	eyas_ring_release(&ring);
	ck_assert_uint_eq(f.cons->tail, f.head);
}
END_TEST

START_TEST(a_long_run_wraps_and_gives_space_back)
{
	struct eyas_event ev;
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < 3000; i++) {
		ck_assert(put(i % 1000));
		ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
		take(&ev);
		ck_assert_uint_eq(ev.blobs[0].len, i % 1000);
		bytes += rec->len;
		ck_assert_uint_lt(ring.pos - f.cons->tail, SIZE / 4);
	}
	ck_assert_uint_eq(ring.pos, bytes);
	ck_assert_uint_gt(bytes, 50 * SIZE);
	ck_assert_uint_eq(ring.number, 3000);
}
END_TEST

START_TEST(a_new_reader_goes_on_where_the_last_one_stopped)
{
	struct eyas_event ev;
	struct eyas_ring next;

	put(1);
	put(2);
	eyas_ring_refresh(&ring, 0, &err);
	take(&ev);
	eyas_ring_release(&ring);
	eyas_ring_attach(&next, &f.geo, f.prod, f.cons, f.data);
	ck_assert_int_eq(eyas_ring_refresh(&next, 0, &err), 0);
	ck_assert_int_eq(eyas_ring_peek(&next, &rec, &err), 1);
	ck_assert_uint_eq(rec->seq, 2);
}
END_TEST

START_TEST(everything_is_seen_or_told_as_lost)
{
	uint64_t seen = 0, told = 0, number;
	unsigned int seed = 5;
	struct eyas_event ev;
	struct eyas_loss rest;

	for (int i = 0; i < 20000; i++) {
		put((size_t)rand_r(&seed) % 3000);
		if (rand_r(&seed) % 8)
			continue;
		ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
		for (int n = rand_r(&seed) % 12; n && eyas_ring_peek(&ring, &rec, &err) > 0; n--) {
			take(&ev);
			if (ev.loss)
				told += ev.loss->count[EYAS_CLASS_FILE];
			else
				seen++;
		}
		eyas_ring_release(&ring);
	}
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
	while (eyas_ring_peek(&ring, &rec, &err) > 0) {
		take(&ev);
		if (ev.loss)
			told += ev.loss->count[EYAS_CLASS_FILE];
		else
			seen++;
	}
	ck_assert_uint_gt(seen, 1000);
	ck_assert_uint_gt(told, 1000);
	ck_assert_uint_eq(ring.told[EYAS_CLASS_FILE], told);
	if (eyas_ring_rest(&ring, &rest, &number, &err) > 0) {
		ck_assert_uint_eq(number, 20000);
		told += rest.count[EYAS_CLASS_FILE];
	}
	ck_assert_uint_eq(seen + told, 20000);
}
END_TEST

START_TEST(what_no_record_tells_is_the_rest)
{
	struct eyas_event ev;
	struct eyas_loss rest;
	uint64_t number = 0;
	int n = 0;

	while (put(4000))
		n++;
	ck_assert_int_eq(n, 4);
	put(4000);
	eyas_ring_refresh(&ring, 0, &err);
	for (int i = 0; i < n; i++)
		take(&ev);
	ck_assert_int_eq(eyas_ring_rest(&ring, &rest, &number, &err), 1);
	ck_assert_uint_eq(rest.count[EYAS_CLASS_FILE], 2);
	ck_assert_uint_eq(rest.count[EYAS_CLASS_OTHER], 0);
	ck_assert_uint_eq(rest.first, ring.time);
	ck_assert_uint_eq(number, 6);

	/* Counts that do not add up are not told as truth. */
	f.prod->lost[EYAS_CLASS_OTHER]++;
	ck_assert_int_eq(eyas_ring_rest(&ring, &rest, &number, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "ring of CPU 3 (bulk) was asked for 6 records, gave 4 and "
			 "counts 3 as lost since");
	f.prod->lost[EYAS_CLASS_OTHER] = f.prod->lost[EYAS_CLASS_FILE] = 0;
	f.prod->produced = 4;
	ck_assert_int_eq(eyas_ring_rest(&ring, &rest, &number, &err), 0);
}
END_TEST

START_TEST(a_number_that_is_skipped_is_an_error)
{
	struct eyas_event ev;

	put(1);
	f.number++;		/* one that nobody heard of */
	put(2);
	eyas_ring_refresh(&ring, 0, &err);
	take(&ev);
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), 1);
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(rec, rec->len), &err), 0);
	ck_assert_int_eq(eyas_ring_account(&ring, ev.rec, ev.loss, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "ring of CPU 3 (bulk) skips from 1 to 3 where a record accounts "
			 "for 1");
}
END_TEST

START_TEST(numbers_go_on_past_32_bits)
{
	struct eyas_event ev;

	ring.number = f.number = UINT32_MAX - 1ULL;
	for (int i = 0; i < 4; i++)
		put(0);
	eyas_ring_refresh(&ring, 0, &err);
	for (int i = 0; i < 4; i++)
		take(&ev);
	ck_assert_uint_eq(rec->seq, 2);
	ck_assert_uint_eq(ring.number, UINT32_MAX + 3ULL);
}
END_TEST

static void bad_record(struct eyas_record *r, const char *want)
{
	eyas_fakering_put_raw(&f, r, sizeof(*r));
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, want);
	/* It stays where it is, and so does the answer. */
	ck_assert_int_eq(eyas_ring_peek(&ring, &rec, &err), -EBADMSG);
}

START_TEST(lengths_that_cannot_be_are_refused)
{
	static const struct { uint32_t len; const char *want; } lens[] = {
		{ 0, "ring of CPU 3 (bulk), offset 0: a record of 0 bytes where 32 are left" },
		{ 24, "ring of CPU 3 (bulk), offset 0: a record of 24 bytes where 32 are left" },
		{ 40, "ring of CPU 3 (bulk), offset 0: a record of 40 bytes where 32 are left" },
		{ 4294967288U, "ring of CPU 3 (bulk), offset 0: a record of 4294967288 bytes where "
			       "32 are left" },
	};
	struct eyas_record r = { .len = lens[_i].len };

	bad_record(&r, lens[_i].want);
}
END_TEST

START_TEST(time_does_not_run_backwards)
{
	struct eyas_record r = { .len = sizeof(r), .type = EYAS_REC_EXIT, .time = 41 };
	struct eyas_event ev;

	b.time = 42 - 1000;
	put(0);
	eyas_ring_refresh(&ring, 0, &err);
	take(&ev);
	bad_record(&r, "ring of CPU 3 (bulk), offset 96: time runs backwards from 42 to 41");
}
END_TEST

START_TEST(heads_that_cannot_be_are_refused)
{
	static const struct { uint64_t head; bool bad; } heads[] = {
		{ 96, false }, { 104, false }, { 88, true }, { 97, true }, { SIZE, false },
		{ SIZE + 8, true }, { UINT64_MAX - 7, true }, { 0, true },
	};

	put(0);
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
	ck_assert_uint_eq(ring.head, 96);
	f.prod->head = heads[_i].head;
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), heads[_i].bad ? -EBADMSG : 0);
	ck_assert_uint_eq(ring.head, heads[_i].bad ? 96 : heads[_i].head);
}
END_TEST

START_TEST(poison_is_told_once_and_what_is_there_is_read)
{
	struct eyas_event ev;

	put(0);
	f.prod->state = EYAS_RING_STATE_POISONED;
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), -EIO);
	ck_assert_ptr_nonnull(strstr(err.msg, "ring of CPU 3 (bulk) is poisoned: "));
	ck_assert_int_eq(eyas_ring_refresh(&ring, 0, &err), 0);
	take(&ev);
}
END_TEST

START_TEST(the_floor_rises_while_nothing_is_written)
{
	ck_assert_int_eq(eyas_ring_refresh(&ring, 1000, &err), 0);
	ck_assert_uint_eq(ring.floor, 1000);
	eyas_fakering_busy(&f, true);
	ck_assert_int_eq(eyas_ring_refresh(&ring, 2000, &err), 0);
	ck_assert(ring.busy);
	ck_assert_uint_eq(ring.floor, 1000);
	/* What comes is not older than what came last. */
	f.prod->last_time = 1500;
	ck_assert_int_eq(eyas_ring_refresh(&ring, 2000, &err), 0);
	ck_assert_uint_eq(ring.floor, 1500);
	eyas_fakering_busy(&f, false);
	ck_assert_int_eq(eyas_ring_refresh(&ring, 2000, &err), 0);
	ck_assert_uint_eq(ring.floor, 2000);
	/* A clock that was read earlier does not lower it. */
	ck_assert_int_eq(eyas_ring_refresh(&ring, 100, &err), 0);
	ck_assert_uint_eq(ring.floor, 2000);
}
END_TEST

START_TEST(rings_are_mapped_as_told)
{
	struct eyas_ring_geometry g = {
		.consumer_offset = 0, .producer_offset = 4096, .data_size = 4096,
		.state = EYAS_RING_STATE_LIVE,
	};
	struct eyas_ring r = { .data = NULL };
	int fd = memfd_create("ring", 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, 4 * 4096), 0);
	ck_assert_msg(eyas_ring_map(&r, fd, &g, &err) == 0, "%s", err.msg);
	ck_assert_int_eq(eyas_ring_refresh(&r, 7, &err), 0);
	r.pos = r.head = 0;
	ck_assert_int_eq(eyas_ring_peek(&r, &rec, &err), 0);
	eyas_ring_unmap(&r);
	eyas_ring_unmap(&r);

	ck_assert_int_eq(eyas_ring_map(&r, -1, &g, &err), -EBADF);
	ck_assert_str_eq(err.msg, "cannot map the crit ring of CPU 0: Bad file descriptor");
	close(fd);
}
END_TEST

static const struct eyas_ring_geometry bad_geometries[] = {
	{ .data_size = 0 },
	{ .data_size = 2048 },
	{ .data_size = 4096 + 1 },
	{ .data_size = 12288 },
	{ .data_size = 512U << 20 },
	{ .data_size = 1ULL << 63 },
	{ .data_size = 4096, .lane = 2 },
	{ .data_size = 4096, .cpu = 65536 },
};

START_TEST(geometries_that_cannot_be_are_refused)
{
	struct eyas_ring r;

	ck_assert_int_eq(eyas_ring_map(&r, -1, &bad_geometries[_i], &err), -EPROTO);
	ck_assert_ptr_nonnull(strstr(err.msg, "is not supported"));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, records_come_in_order);
	tcase_add_test(tc, a_long_run_wraps_and_gives_space_back);
	tcase_add_test(tc, a_new_reader_goes_on_where_the_last_one_stopped);
	tcase_add_test(tc, everything_is_seen_or_told_as_lost);
	tcase_add_test(tc, what_no_record_tells_is_the_rest);
	tcase_add_test(tc, a_number_that_is_skipped_is_an_error);
	tcase_add_test(tc, numbers_go_on_past_32_bits);
	tcase_add_loop_test(tc, lengths_that_cannot_be_are_refused, 0, 4);
	tcase_add_test(tc, time_does_not_run_backwards);
	tcase_add_loop_test(tc, heads_that_cannot_be_are_refused, 0, 8);
	tcase_add_test(tc, poison_is_told_once_and_what_is_there_is_read);
	tcase_add_test(tc, the_floor_rises_while_nothing_is_written);
	tcase_add_test(tc, rings_are_mapped_as_told);
	tcase_add_loop_test(tc, geometries_that_cannot_be_are_refused, 0, 8);
}

EYAS_TEST_MAIN("source_ring", fill)
