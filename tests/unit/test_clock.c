// SPDX-License-Identifier: Apache-2.0
/* The time of day of events: monotonic through slewing, honest about steps. */
#include <check.h>
#include "source/clock.h"
#include "unit.h"

#define S	1000000000ULL
#define MS	1000000ULL
#define DAY	(1700000000 * S)

START_TEST(raw_becomes_real)
{
	struct eyas_clock c = { 0 };

	eyas_clock_set(&c, 5 * S, DAY);
	ck_assert_uint_eq(eyas_clock_real(&c, 5 * S), DAY);
	ck_assert_uint_eq(eyas_clock_real(&c, 6 * S + 1), DAY + S + 1);
	/* Raw may be ahead of the time of day: a clock never set. */
	eyas_clock_set(&c, 100 * S, 3 * S);
	ck_assert_uint_eq(eyas_clock_real(&c, 101 * S), 4 * S);
}
END_TEST

START_TEST(slewing_never_runs_backwards)
{
	struct eyas_clock c = { 0 };

	eyas_clock_set(&c, 1 * S, DAY);
	ck_assert_uint_eq(eyas_clock_real(&c, 2 * S), DAY + S);
	/* The next sample finds the time of day 1 ms behind. */
	eyas_clock_set(&c, 2 * S, DAY + S - MS);
	ck_assert_uint_eq(eyas_clock_real(&c, 2 * S + 100), DAY + S);
	ck_assert_uint_eq(eyas_clock_real(&c, 2 * S + MS + 1), DAY + S + 1);
}
END_TEST

START_TEST(a_clock_set_back_is_believed)
{
	struct eyas_clock c = { 0 };

	eyas_clock_set(&c, 1 * S, DAY);
	ck_assert_uint_eq(eyas_clock_real(&c, 2 * S), DAY + S);
	eyas_clock_set(&c, 2 * S, DAY - 3600 * S);
	ck_assert_uint_eq(eyas_clock_real(&c, 2 * S), DAY - 3600 * S);
}
END_TEST

START_TEST(samples_are_due_after_a_second_or_a_step)
{
	struct eyas_clock c = { 0 };

	eyas_clock_set(&c, 10 * S, DAY);
	ck_assert(!eyas_clock_stale(&c, 10 * S, DAY));
	ck_assert(!eyas_clock_stale(&c, 11 * S - 1, DAY + S - 1));
	ck_assert(eyas_clock_stale(&c, 11 * S, DAY + S));
	ck_assert(!eyas_clock_stale(&c, 10 * S + MS, DAY + MS + 9 * MS));
	ck_assert(!eyas_clock_stale(&c, 10 * S + MS, DAY + MS - 9 * MS));
	ck_assert(eyas_clock_stale(&c, 10 * S + MS, DAY + MS + 11 * MS));
	ck_assert(eyas_clock_stale(&c, 10 * S + MS, DAY + MS - 11 * MS));
	ck_assert(eyas_clock_stale(&c, 10 * S + MS, DAY - 3600 * S));
}
END_TEST

START_TEST(sampling_reads_the_clocks)
{
	struct eyas_clock c = { 0 };
	uint64_t raw, real, t;

	eyas_clock_sample(&c);
	real = eyas_clock_now(CLOCK_REALTIME);
	raw = eyas_clock_now(CLOCK_MONOTONIC_RAW);
	t = eyas_clock_real(&c, raw);
	ck_assert_uint_ge(t, real - 10 * MS);
	ck_assert_uint_le(t, real + 10 * MS);
	ck_assert(!eyas_clock_stale(&c, raw, real));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, raw_becomes_real);
	tcase_add_test(tc, slewing_never_runs_backwards);
	tcase_add_test(tc, a_clock_set_back_is_believed);
	tcase_add_test(tc, samples_are_due_after_a_second_or_a_step);
	tcase_add_test(tc, sampling_reads_the_clocks);
}

EYAS_TEST_MAIN("clock", fill)
