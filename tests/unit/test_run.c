// SPDX-License-Identifier: Apache-2.0
/* Runs of records: the order that one record at a time has, all accounted for, loss alone. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fakering.h"
#include "source/merge.h"
#include "unit.h"

#define RINGS	4
#define SIZE	16384U
#define SKEW	((uint64_t)EYAS_MERGE_SKEW_NS)
#define T0	1000000000ULL

static struct eyas_fakering fake[RINGS];
static struct eyas_ring rings[RINGS];
static struct eyas_merge m;
static struct eyas_merge_node n;
static struct eyas_ring_run run;
static struct eyas_err err;

/* Rings 0 and 2 are of lane CRIT, 1 and 3 of lane BULK. */
static void setup(void)
{
	memset(&m, 0, sizeof(m));
	memset(&err, 0, sizeof(err));
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

static int next_run(void)
{
	return eyas_merge_next_run(&m, &n, &run, &err);
}

static void run_is(int ring, uint64_t first, uint32_t count)
{
	ck_assert_msg(next_run() == 1, "%s", err.msg);
	ck_assert_ptr_eq(n.ring, &rings[ring]);
	ck_assert_uint_eq(n.rec->time, first);
	ck_assert_uint_eq(run.count, count);
	ck_assert_uint_eq(run.len, 48 * count);
	ck_assert_ptr_null(run.loss);
}

START_TEST(a_run_ends_where_another_ring_is_next)
{
	for (uint64_t t = 0; t < 10; t++)
		put(1, T0 + 10 * t);
	put(3, T0 + 25);
	put(0, T0 + 60);	/* before the record of its time in the bulk lane */
	put(3, T0 + 80);	/* as old as one of the same lane: whichever was first */
	round_at(T0 + 85 + SKEW);
	run_is(1, T0, 3);
	run_is(3, T0 + 25, 1);
	run_is(1, T0 + 30, 3);
	run_is(0, T0 + 60, 1);
	run_is(1, T0 + 60, 3);
	run_is(3, T0 + 80, 1);
	ck_assert_int_eq(next_run(), 0);
	/* The one behind the horizon. */
	round_at(T0 + 200 + SKEW);
	run_is(1, T0 + 90, 1);
	ck_assert_int_eq(next_run(), 0);
	for (int i = 0; i < RINGS; i++)
		ck_assert_uint_eq(fake[i].cons->tail, fake[i].head);
}
END_TEST

START_TEST(space_is_given_back_behind_a_run)
{
	while (put(1, T0))
		;
	round_at(T0 + SKEW);
	/* At most a quarter of the ring at once, and not before it has been read. */
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(next_run(), 1);
		ck_assert_uint_eq(run.count, SIZE / 4 / 48);
		ck_assert_uint_eq(fake[1].cons->tail, i < 2 ? 0 : 2 * 48 * (SIZE / 4 / 48));
	}
}
END_TEST

/* Everything that happens, in an order: seen or told as lost. */
START_TEST(many_runs_are_sorted_and_whole)
{
	uint64_t now = T0, last = 0, seen = 0, told = 0, asked = 0, runs = 0;
	unsigned int seed = 3;

	for (int i = 0; i < 3000; i++) {
		for (int k = rand_r(&seed) % 700; k > 0; k--) {
			now += (unsigned int)rand_r(&seed) % 3;
			put(rand_r(&seed) % 3 ? 1 : rand_r(&seed) % RINGS, now);
			asked++;
		}
		round_at(now + SKEW);
		while (rand_r(&seed) % 200 && next_run() > 0) {
			const struct eyas_record *rec = n.rec;

			for (uint32_t r = 0; r < run.count; r++) {
				ck_assert_uint_ge(rec->time, last);
				last = rec->time;
				rec = (const void *)((const char *)rec + rec->len);
			}
			ck_assert_ptr_eq(rec, (const char *)n.rec + run.len);
			ck_assert(!run.loss || run.count == 1);
			if (run.loss)
				told += run.loss->count[EYAS_CLASS_PROCESS];
			else
				seen += run.count;
			runs++;
		}
		ck_assert_msg(!err.code, "%s", err.msg);
	}
	ck_assert_int_eq(eyas_merge_round(&m, now, true, &err), 0);
	while (next_run() > 0) {
		seen += run.loss ? 0 : run.count;
		told += run.loss ? run.loss->count[EYAS_CLASS_PROCESS] : 0;
	}
	for (int i = 0; i < RINGS; i++) {
		struct eyas_loss rest;
		uint64_t number;

		if (eyas_ring_rest(&rings[i], &rest, &number, &err) > 0)
			told += rest.count[EYAS_CLASS_PROCESS];
	}
	ck_assert_uint_eq(seen + told, asked);
	ck_assert_uint_gt(told, 1000);
	ck_assert_uint_gt(seen, 2 * runs);
}
END_TEST

START_TEST(a_number_that_is_skipped_ends_a_run_and_is_an_error)
{
	put(1, T0);
	put(1, T0 + 1);
	fake[1].number++;
	put(1, T0 + 2);
	round_at(T0 + 10 + SKEW);
	run_is(1, T0, 2);
	ck_assert_int_eq(next_run(), -EBADMSG);
	ck_assert_str_eq(err.msg, "ring of CPU 1 (bulk) skips from 2 to 4 where a record accounts "
			 "for 1");
}
END_TEST

START_TEST(a_record_that_cannot_be_ends_a_run_and_is_an_error)
{
	static const struct eyas_record bad[] = {
		{ .len = 24, .time = T0 + 2, .seq = 3 },
		{ .len = 40, .time = T0 + 2, .seq = 3 },
		{ .len = 34, .time = T0 + 2, .seq = 3 },
		{ .len = 32, .time = T0, .seq = 3 },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		teardown();
		setup();
		put(1, T0);
		put(1, T0 + 1);
		eyas_fakering_put_raw(&fake[1], &bad[i], sizeof(bad[i]));
		round_at(T0 + 10 + SKEW);
		run_is(1, T0, 2);
		ck_assert_int_eq(next_run(), -EBADMSG);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_run_ends_where_another_ring_is_next);
	tcase_add_test(tc, space_is_given_back_behind_a_run);
	tcase_add_test(tc, many_runs_are_sorted_and_whole);
	tcase_add_test(tc, a_number_that_is_skipped_ends_a_run_and_is_an_error);
	tcase_add_test(tc, a_record_that_cannot_be_ends_a_run_and_is_an_error);
}

EYAS_TEST_MAIN("run", fill)
