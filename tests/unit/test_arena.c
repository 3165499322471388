// SPDX-License-Identifier: Apache-2.0
/* Arenas: alignment, zeroes, reuse, and sizes that can't be. */
#include <check.h>
#include <stdint.h>
#include <string.h>
#include "base/arena.h"
#include "unit.h"

START_TEST(memory_is_zeroed_aligned_and_apart)
{
	struct eyas_arena a = { 0 };
	unsigned char *p[200];

	for (size_t i = 0; i < 200; i++) {
		p[i] = eyas_arena_alloc(&a, i);
		ck_assert_ptr_nonnull(p[i]);
		ck_assert_uint_eq((uintptr_t)p[i] % 16, 0);
		for (size_t k = 0; k < i; k++)
			ck_assert_uint_eq(p[i][k], 0);
		memset(p[i], (int)i, i);
	}
	for (size_t i = 0; i < 200; i++)
		for (size_t k = 0; k < i; k++)
			ck_assert_uint_eq(p[i][k], i);
	eyas_arena_release(&a);
}
END_TEST

START_TEST(large_and_small_mix)
{
	struct eyas_arena a = { 0 };
	char *small = eyas_arena_strndup(&a, "small", 5);
	char *large = eyas_arena_alloc(&a, 1U << 20);
	char *after = eyas_arena_strndup(&a, "after", 3);

	ck_assert_ptr_nonnull(large);
	memset(large, 'x', 1U << 20);
	ck_assert_str_eq(small, "small");
	ck_assert_str_eq(after, "aft");
	eyas_arena_release(&a);
	ck_assert_ptr_null(a.first);
}
END_TEST

START_TEST(reset_reuses_and_zeroes)
{
	struct eyas_arena a = { 0 };
	char *first, *p;

	eyas_arena_reset(&a);		/* of an empty one */
	first = eyas_arena_alloc(&a, 100);
	memset(first, 'x', 100);
	for (int i = 0; i < 10; i++)
		memset(eyas_arena_alloc(&a, 20000), 'y', 20000);
	eyas_arena_reset(&a);
	p = eyas_arena_alloc(&a, 100);
	ck_assert_ptr_eq(p, first);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(p[i], 0);
	eyas_arena_release(&a);
	eyas_arena_release(&a);
}
END_TEST

START_TEST(impossible_sizes_fail)
{
	static const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 15, SIZE_MAX - 16,
					SIZE_MAX / 2 + 1 };
	struct eyas_arena a = { 0 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		ck_assert_ptr_null(eyas_arena_alloc(&a, sizes[i]));
		ck_assert_ptr_null(eyas_arena_strndup(&a, "", sizes[i]));
	}
	ck_assert_ptr_nonnull(eyas_arena_alloc(&a, 1));	/* still of use */
	eyas_arena_release(&a);
}
END_TEST

START_TEST(printf_of_any_length)
{
	struct eyas_arena a = { 0 };
	char *s = eyas_arena_printf(&a, "%s:%d", "x", 7);

	ck_assert_str_eq(s, "x:7");
	ck_assert_str_eq(eyas_arena_printf(&a, "%s", ""), "");
	s = eyas_arena_printf(&a, "%0*d", 100000, 1);
	ck_assert_uint_eq(strlen(s), 100000);
	eyas_arena_release(&a);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, memory_is_zeroed_aligned_and_apart);
	tcase_add_test(tc, large_and_small_mix);
	tcase_add_test(tc, reset_reuses_and_zeroes);
	tcase_add_test(tc, impossible_sizes_fail);
	tcase_add_test(tc, printf_of_any_length);
}

EYAS_TEST_MAIN("arena", fill)
