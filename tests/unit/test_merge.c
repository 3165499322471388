// SPDX-License-Identifier: Apache-2.0
/* Many rings as one stream: the order, the horizon, and who holds it back. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fakering.h"
#include "records.h"
#include "source/merge.h"
#include "unit.h"

#define RINGS	5
#define SIZE	65536U
#define SKEW	((uint64_t)EYAS_MERGE_SKEW_NS)
#define T0	1000000000ULL

static struct eyas_fakering fake[RINGS];
static struct eyas_ring rings[RINGS];
static struct eyas_merge m;
static struct eyas_merge_node n;
static struct eyas_err err;

/* Rings 0, 2, 4 are of lane CRIT, 1 and 3 of lane BULK. */
static void setup(void)
{
	memset(&m, 0, sizeof(m));
	for (uint32_t i = 0; i < RINGS; i++) {
		eyas_fakering_create(&fake[i], i, i % 2, SIZE);
		eyas_ring_attach(&rings[i], &fake[i].geo, fake[i].prod, fake[i].cons, fake[i].data);
		ck_assert_int_eq(eyas_merge_add(&m, &rings[i]), 0);
	}
}

static void teardown(void)
{
	eyas_merge_release(&m);
	for (int i = 0; i < RINGS; i++)
		eyas_fakering_free(&fake[i]);
}

static bool put(int ring, uint64_t time)
{
	struct {
		struct eyas_record rec;
		struct eyas_exit exit;
	} r = { { .len = sizeof(r), .type = EYAS_REC_EXIT, .time = time, .nr = -1 }, { 0 } };

	return eyas_fakering_put(&fake[ring], &r.rec, EYAS_CLASS_PROCESS);
}

static void round_at(uint64_t now)
{
	ck_assert_msg(eyas_merge_round(&m, now, false, &err) == 0, "%s", err.msg);
}

static void next_is(int ring, uint64_t time)
{
	ck_assert_int_eq(eyas_merge_next(&m, &n, &err), 1);
	ck_assert_uint_eq(n.time, time);
	ck_assert_ptr_eq(n.ring, &rings[ring]);
	ck_assert_uint_eq(n.rec->time, time);
	ck_assert_uint_eq(n.len, n.rec->len);
}

static void next_is_none(void)
{
	ck_assert_int_eq(eyas_merge_next(&m, &n, &err), 0);
}

START_TEST(no_rings_no_records)
{
	struct eyas_merge none = { .len = 0 };

	ck_assert_int_eq(eyas_merge_round(&none, T0, false, &err), 0);
	ck_assert_int_eq(eyas_merge_next(&none, &n, &err), 0);
	ck_assert(!eyas_merge_busy(&none));
	eyas_merge_release(&none);
}
END_TEST

START_TEST(order_is_that_of_time_then_lane)
{
	put(1, T0);		/* bulk */
	put(1, T0 + 3);
	put(2, T0);		/* crit, at the same time: first */
	put(2, T0 + 1);
	put(3, T0 + 2);
	next_is_none();
	round_at(T0 + 10 + SKEW);
	next_is(2, T0);
	next_is(1, T0);
	next_is(2, T0 + 1);
	next_is(3, T0 + 2);
	next_is(1, T0 + 3);
	next_is_none();
	next_is_none();
	for (int i = 0; i < RINGS; i++)
		ck_assert_uint_eq(fake[i].cons->tail, fake[i].head);
}
END_TEST

START_TEST(what_is_too_young_waits)
{
	put(0, T0);
	put(0, T0 + 100);
	round_at(T0 + 50 + SKEW);
	next_is(0, T0);
	next_is_none();		/* another CPU may still write of T0 + 51 */
	/* The space of what was read is given back before the caller waits. */
	ck_assert_uint_eq(fake[0].cons->tail, fake[0].head / 2);
	put(1, T0 + 60);
	round_at(T0 + 200 + SKEW);
	next_is(1, T0 + 60);
	next_is(0, T0 + 100);
	next_is_none();
}
END_TEST

START_TEST(a_ring_being_written_to_holds_back)
{
	round_at(T0 + SKEW);
	put(0, T0 + 10);
	eyas_fakering_busy(&fake[3], true);
	round_at(T0 + 1000 + SKEW);
	ck_assert(eyas_merge_busy(&m));
	next_is_none();
	eyas_fakering_busy(&fake[3], false);
	put(3, T0 + 5);
	round_at(T0 + 1000 + SKEW);
	ck_assert(!eyas_merge_busy(&m));
	next_is(3, T0 + 5);
	next_is(0, T0 + 10);
	next_is_none();
}
END_TEST

START_TEST(idle_rings_do_not_hold_back)
{
	put(0, T0);
	round_at(T0 + SKEW);
	next_is(0, T0);
	next_is_none();
}
END_TEST

START_TEST(in_the_end_nothing_is_held_back)
{
	put(0, T0 + 100);
	put(1, T0 + 50);
	eyas_fakering_busy(&fake[4], true);
	ck_assert_int_eq(eyas_merge_round(&m, T0, true, &err), 0);
	next_is(1, T0 + 50);
	next_is(0, T0 + 100);
	next_is_none();
}
END_TEST

START_TEST(many_records_come_out_sorted_and_whole)
{
	uint64_t now = T0, last = 0, given = 0, seq[RINGS] = { 0 };
	unsigned int seed = 11, sent = 0;

	while (given < 50000) {
		for (int k = rand_r(&seed) % 100; k > 0; k--) {
			int i = rand_r(&seed) % RINGS;

			now += (unsigned int)rand_r(&seed) % 3;
			sent += put(i, now);
		}
		round_at(now + SKEW);
		for (int k = rand_r(&seed) % 200; k > 0; k--) {
			ptrdiff_t i;

			if (eyas_merge_next(&m, &n, &err) <= 0)
				break;
			ck_assert_uint_ge(n.time, last);
			last = n.time;
			i = n.ring - rings;
			ck_assert_uint_gt(n.rec->seq, seq[i]);
			seq[i] = n.rec->seq;
			if (n.rec->type != EYAS_REC_LOSS)
				given++;
		}
	}
	ck_assert_int_eq(eyas_merge_round(&m, now, true, &err), 0);
	while (eyas_merge_next(&m, &n, &err) > 0) {
		ck_assert_uint_ge(n.time, last);
		last = n.time;
		if (n.rec->type != EYAS_REC_LOSS)
			given++;
	}
	ck_assert_uint_eq(given, sent);
}
END_TEST

START_TEST(rings_may_come_later)
{
	struct eyas_fakering late;
	struct eyas_ring ring;

	put(0, T0);
	round_at(T0 + SKEW);
	eyas_fakering_create(&late, 9, EYAS_LANE_CRIT, SIZE);
	eyas_ring_attach(&ring, &late.geo, late.prod, late.cons, late.data);
	ck_assert_int_eq(eyas_merge_add(&m, &ring), 0);
	next_is(0, T0);
	next_is_none();
	round_at(T0 + 10 + SKEW);
	put(0, T0 + 5);
	round_at(T0 + 10 + SKEW);
	next_is(0, T0 + 5);
	next_is_none();
	eyas_merge_release(&m);
	eyas_fakering_free(&late);
}
END_TEST

START_TEST(a_ring_that_lies_stops_all)
{
	struct eyas_record bad = { .len = 12, .time = T0 + 1 };

	put(0, T0);
	eyas_fakering_put_raw(&fake[0], &bad, sizeof(bad));
	put(1, T0 + 5);
	round_at(T0 + 10 + SKEW);
	next_is(0, T0);
	ck_assert_int_eq(eyas_merge_next(&m, &n, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "ring of CPU 0 (crit), offset 48: a record of 12 bytes where 32 "
			 "are left");
}
END_TEST

START_TEST(a_poisoned_ring_is_told_once)
{
	put(1, T0);
	fake[0].prod->state = EYAS_RING_STATE_POISONED;
	ck_assert_int_eq(eyas_merge_round(&m, T0 + SKEW, false, &err), -EIO);
	round_at(T0 + SKEW);
	next_is(1, T0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, no_rings_no_records);
	tcase_add_test(tc, order_is_that_of_time_then_lane);
	tcase_add_test(tc, what_is_too_young_waits);
	tcase_add_test(tc, a_ring_being_written_to_holds_back);
	tcase_add_test(tc, idle_rings_do_not_hold_back);
	tcase_add_test(tc, in_the_end_nothing_is_held_back);
	tcase_add_test(tc, many_records_come_out_sorted_and_whole);
	tcase_add_test(tc, rings_may_come_later);
	tcase_add_test(tc, a_ring_that_lies_stops_all);
	tcase_add_test(tc, a_poisoned_ring_is_told_once);
}

EYAS_TEST_MAIN("merge", fill)
