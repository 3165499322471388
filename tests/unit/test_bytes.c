// SPDX-License-Identifier: Apache-2.0
/* The cursor that everything from outside is read with: never past the end. */
#include <check.h>
#include <stdint.h>
#include "base/bytes.h"
#include "unit.h"

START_TEST(bytes_are_taken_in_order)
{
	static const char data[] = "abcdef";
	struct eyas_bytes b = eyas_bytes_of(data, 6);
	char buf[4] = "";

	ck_assert_uint_eq(eyas_bytes_left(&b), 6);
	ck_assert_ptr_eq(eyas_bytes_take(&b, 2), data);
	ck_assert(eyas_bytes_get(&b, buf, 3));
	ck_assert_str_eq(buf, "cde");
	ck_assert_uint_eq(eyas_bytes_left(&b), 1);
	ck_assert_ptr_eq(eyas_bytes_take(&b, 0), data + 5);
	ck_assert_ptr_eq(eyas_bytes_take(&b, 1), data + 5);
	ck_assert_uint_eq(eyas_bytes_left(&b), 0);
	ck_assert_ptr_nonnull(eyas_bytes_take(&b, 0));
}
END_TEST

START_TEST(too_much_takes_nothing)
{
	static const char data[] = "abc";
	struct eyas_bytes b = eyas_bytes_of(data, 3);
	char buf[8] = "unused";

	ck_assert_ptr_null(eyas_bytes_take(&b, 4));
	ck_assert_ptr_null(eyas_bytes_take(&b, SIZE_MAX));
	ck_assert(!eyas_bytes_get(&b, buf, 4));
	ck_assert_str_eq(buf, "unused");
	ck_assert_uint_eq(eyas_bytes_left(&b), 3);
	ck_assert_ptr_eq(eyas_bytes_take(&b, 3), data);
	ck_assert_ptr_null(eyas_bytes_take(&b, 1));
}
END_TEST

START_TEST(nothing_at_all)
{
	struct eyas_bytes b = eyas_bytes_of(NULL, 0);

	ck_assert_uint_eq(eyas_bytes_left(&b), 0);
	ck_assert_ptr_null(eyas_bytes_take(&b, 1));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, bytes_are_taken_in_order);
	tcase_add_test(tc, too_much_takes_nothing);
	tcase_add_test(tc, nothing_at_all);
}

EYAS_TEST_MAIN("bytes", fill)
