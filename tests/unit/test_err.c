// SPDX-License-Identifier: Apache-2.0
/* Errors: one statement to fail, and texts that are cut, never overrun. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "base/err.h"
#include "unit.h"

START_TEST(failing_is_one_statement)
{
	struct eyas_err err = { 0 };

	ck_assert_int_eq(eyas_err_set(&err, -ENOENT, "cannot open '%s'", "x"), -ENOENT);
	ck_assert_int_eq(err.code, -ENOENT);
	ck_assert_str_eq(err.msg, "cannot open 'x'");
	ck_assert_int_eq(eyas_err_prefix(&err, "ring %d: ", 3), -ENOENT);
	ck_assert_str_eq(err.msg, "ring 3: cannot open 'x'");
	/* Nobody wants to know more. */
	ck_assert_int_eq(eyas_err_set(NULL, -EIO, "%s", "x"), -EIO);
	ck_assert_int_eq(eyas_err_prefix(NULL, "x"), -EINVAL);
}
END_TEST

START_TEST(long_texts_are_cut)
{
	struct eyas_err err = { 0 };
	char text[1000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	eyas_err_set(&err, -EIO, "%s", text);
	ck_assert_uint_eq(strlen(err.msg), sizeof(err.msg) - 1);
	eyas_err_prefix(&err, "a: ");
	ck_assert_uint_eq(strlen(err.msg), sizeof(err.msg) - 1);
	ck_assert_int_eq(strncmp(err.msg, "a: xxx", 6), 0);
	memset(text, 'y', sizeof(text) - 1);
	eyas_err_prefix(&err, "%s", text);
	ck_assert_uint_eq(strlen(err.msg), sizeof(err.msg) - 1);
	ck_assert_ptr_null(strchr(err.msg, 'x'));
	ck_assert_int_eq(err.code, -EIO);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, failing_is_one_statement);
	tcase_add_test(tc, long_texts_are_cut);
}

EYAS_TEST_MAIN("err", fill)
