// SPDX-License-Identifier: Apache-2.0
/* Growing arrays. */
#include <check.h>
#include <errno.h>
#include <stdint.h>
#include "base/vec.h"
#include "unit.h"

struct pair { int a, b; };

START_TEST(elements_stay_in_order)
{
	struct { EYAS_VEC(struct pair) v; } s = { 0 };
	int n = 0;

	eyas_vec_for_each(&s.v, it)
		ck_abort_msg("an element of an empty array");
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(eyas_vec_push(&s.v, (struct pair){ i, -i }), 0);
	ck_assert_uint_eq(s.v.len, 1000);
	ck_assert_uint_ge(s.v.cap, 1000);
	eyas_vec_for_each(&s.v, it) {
		ck_assert_int_eq(it->a, n);
		ck_assert_int_eq(it->b, -n);
		n++;
	}
	ck_assert_int_eq(n, 1000);
	eyas_vec_release(&s.v);
	ck_assert_ptr_null(s.v.data);
	ck_assert_uint_eq(s.v.cap, 0);
	ck_assert_int_eq(eyas_vec_push(&s.v, (struct pair){ 1, 2 }), 0);
	eyas_vec_release(&s.v);
}
END_TEST

START_TEST(impossible_sizes_leave_all_as_it_was)
{
	void *data = NULL;
	size_t cap = 0;

	ck_assert_int_eq(eyas_vec_grow(&data, &cap, 0, 8), 0);
	ck_assert_ptr_null(data);
	ck_assert_int_eq(eyas_vec_grow(&data, &cap, 3, 8), 0);
	ck_assert_uint_ge(cap, 3);
	for (size_t i = 0, was = cap; i < 3; i++) {
		static const size_t needs[] = { SIZE_MAX, SIZE_MAX / 2 + 2, SIZE_MAX / 8 };
		void *before = data;

		ck_assert_int_eq(eyas_vec_grow(&data, &cap, needs[i], 16), -ENOMEM);
		ck_assert_ptr_eq(data, before);
		ck_assert_uint_eq(cap, was);
	}
	free(data);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, elements_stay_in_order);
	tcase_add_test(tc, impossible_sizes_leave_all_as_it_was);
}

EYAS_TEST_MAIN("vec", fill)
