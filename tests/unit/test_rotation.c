// SPDX-License-Identifier: Apache-2.0
/* Names of the files of a recording: those that tcpdump would give. */
#include <check.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "source/rotation.h"
#include "unit.h"

#define T	1700000000	/* 2023-11-14 22:13:20 UTC */

static struct eyas_err err;

static void setup(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	memset(&err, 0, sizeof(err));
}

static void name_is(const struct eyas_rotation *r, unsigned int n, const char *want)
{
	_cleanup_strbuf_ struct eyas_strbuf name = EYAS_STRBUF_INIT;

	ck_assert_int_eq(eyas_rotation_name(r, n, T, &name), 0);
	ck_assert_str_eq(name.buf, want);
}

START_TEST(one_file_has_its_own_name)
{
	struct eyas_rotation r = { .path = "a%H.eyas" };

	ck_assert_int_eq(eyas_rotation_check(&r, &err), 0);
	name_is(&r, 0, "a%H.eyas");
}
END_TEST

START_TEST(by_size_the_first_has_no_number)
{
	struct eyas_rotation r = { .path = "a", .bytes = 1 };

	ck_assert_int_eq(eyas_rotation_check(&r, &err), 0);
	name_is(&r, 0, "a");
	name_is(&r, 1, "a1");
	name_is(&r, 10, "a10");
}
END_TEST

START_TEST(a_circle_of_files_has_zeros)
{
	struct eyas_rotation r = { .path = "a", .bytes = 1, .files = 11 };

	name_is(&r, 0, "a00");
	name_is(&r, 9, "a09");
	name_is(&r, 10, "a10");
	name_is(&r, 11, "a00");
	r.files = 10;
	name_is(&r, 9, "a9");
	name_is(&r, 10, "a0");
	r.files = 1;
	name_is(&r, 5, "a0");
	r.files = 101;
	name_is(&r, 5, "a005");
}
END_TEST

START_TEST(by_time_the_name_has_the_time)
{
	struct eyas_rotation r = { .path = "a-%Y%m%d-%H%M%S", .seconds = 60 };

	ck_assert_int_eq(eyas_rotation_check(&r, &err), 0);
	name_is(&r, 0, "a-20231114-221320");
	r.files = 3;
	ck_assert_int_eq(eyas_rotation_check(&r, &err), 0);
	name_is(&r, 0, "a-20231114-221320");
	r.files = 0;
	r.bytes = 1000;
	name_is(&r, 0, "a-20231114-221320");
	name_is(&r, 2, "a-20231114-2213202");
}
END_TEST

START_TEST(what_would_lose_files_is_refused)
{
	static const struct {
		struct eyas_rotation r;
		const char *why;
	} cases[] = {
		{ { .path = "a", .seconds = 1 },
		  "with -G each file would be written over the last "
		  "one: give 'a' a time, as in 'host-%Y%m%d-%H%M%S.eyas'" },
		{ { .path = "a", .files = 2 }, "-W needs -C or -G: one file is all there is" },
		{ { .path = "a%S", .bytes = 1, .seconds = 1, .files = 2 },
		  "-W goes with -C or with -G, not with both" },
		{ { .path = "-", .bytes = 1 },
		  "stdout can't be divided into files; name one with "
		  "-o" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ck_assert_int_eq(eyas_rotation_check(&cases[i].r, &err), -EINVAL);
		ck_assert_str_eq(err.msg, cases[i].why);
	}
}
END_TEST

START_TEST(names_that_are_too_long_are_refused)
{
	_cleanup_strbuf_ struct eyas_strbuf name = EYAS_STRBUF_INIT;
	char path[PATH_MAX + 1];
	struct eyas_rotation r = { .path = path, .seconds = 1 };

	memset(path, 'x', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	ck_assert_int_eq(eyas_rotation_name(&r, 0, T, &name), -ENAMETOOLONG);
	r.seconds = 0;
	ck_assert_int_eq(eyas_rotation_name(&r, 0, T, &name), -ENAMETOOLONG);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, one_file_has_its_own_name);
	tcase_add_test(tc, by_size_the_first_has_no_number);
	tcase_add_test(tc, a_circle_of_files_has_zeros);
	tcase_add_test(tc, by_time_the_name_has_the_time);
	tcase_add_test(tc, what_would_lose_files_is_refused);
	tcase_add_test(tc, names_that_are_too_long_are_refused);
}

EYAS_TEST_MAIN("rotation", fill)
