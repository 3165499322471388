// SPDX-License-Identifier: Apache-2.0
/* Numbers, whole files, and how far words are apart. */
#include <check.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include "base/util.h"
#include "unit.h"

#define UNTOUCHED	77

static const struct { const char *s; int r; uint64_t v; } numbers[] = {
	{ "0", 0, 0 }, { "42", 0, 42 }, { "007", 0, 7 }, { "0x0", 0, 0 }, { "0xfF", 0, 255 },
	{ "0Xdeadbeef", 0, 0xdeadbeef }, { "18446744073709551615", 0, UINT64_MAX },
	{ "0xffffffffffffffff", 0, UINT64_MAX }, { "0x00000000000000000000000000001", 0, 1 },
	{ "18446744073709551616", -ERANGE, UNTOUCHED },
	{ "99999999999999999999", -ERANGE, UNTOUCHED },
	{ "0x10000000000000000", -ERANGE, UNTOUCHED },
	{ "99999999999999999999x", -EINVAL, UNTOUCHED },
	{ "", -EINVAL, UNTOUCHED }, { "0x", -EINVAL, UNTOUCHED }, { "-1", -EINVAL, UNTOUCHED },
	{ "+1", -EINVAL, UNTOUCHED }, { " 1", -EINVAL, UNTOUCHED }, { "1 ", -EINVAL, UNTOUCHED },
	{ "1\n", -EINVAL, UNTOUCHED }, { "a", -EINVAL, UNTOUCHED }, { "1f", -EINVAL, UNTOUCHED },
	{ "0xg", -EINVAL, UNTOUCHED }, { "x1", -EINVAL, UNTOUCHED },
	{ "0x0x1", -EINVAL, UNTOUCHED },
};

START_TEST(numbers_are_read_whole)
{
	uint64_t v = UNTOUCHED;

	ck_assert_int_eq(eyas_parse_u64(numbers[_i].s, &v), numbers[_i].r);
	ck_assert_uint_eq(v, numbers[_i].v);
}
END_TEST

START_TEST(files_are_read_whole)
{
	static char data[5000];
	char path[] = "/tmp/eyas-unit-XXXXXX";
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	memset(data, 'd', sizeof(data));
	data[10] = '\0';
	ck_assert_int_eq(write(fd, data, sizeof(data)), sizeof(data));
	close(fd);

	eyas_strbuf_adds(&sb, "before ");
	ck_assert_int_eq(eyas_read_file(path, sizeof(data), &sb), 0);
	ck_assert_uint_eq(sb.len, 7 + sizeof(data));
	ck_assert_mem_eq(sb.buf, "before ", 7);
	ck_assert_mem_eq(sb.buf + 7, data, sizeof(data));

	/* One byte too many leaves what was there. */
	eyas_strbuf_cut(&sb, 7);
	ck_assert_int_eq(eyas_read_file(path, sizeof(data) - 1, &sb), -EFBIG);
	ck_assert_str_eq(sb.buf, "before ");
	ck_assert_int_eq(eyas_read_file(path, 0, &sb), -EFBIG);
	unlink(path);
	ck_assert_int_eq(eyas_read_file(path, 100, &sb), -ENOENT);
	ck_assert_int_eq(eyas_read_file("/", 100, &sb), -EISDIR);
	ck_assert_int_eq(eyas_read_file("/dev/null", 0, &sb), 0);
	ck_assert_str_eq(sb.buf, "before ");
	ck_assert_int_eq(eyas_read_file("/dev/zero", 100000, &sb), -EFBIG);
	ck_assert_str_eq(sb.buf, "before ");
	/* A file that tells no size. */
	ck_assert_int_eq(eyas_read_file("/proc/self/stat", 100000, &sb), 0);
	ck_assert_uint_gt(sb.len, 7 + 50);
}
END_TEST

START_TEST(words_are_apart)
{
	static const struct { const char *a, *b; size_t d; } cases[] = {
		{ "", "", 0 }, { "a", "", 1 }, { "", "abc", 3 }, { "open", "open", 0 },
		{ "opne", "open", 2 }, { "proc.nmae", "proc.name", 2 }, { "kitten", "sitting", 3 },
		{ "abc", "xyz", 3 }, { "a", "ab", 1 }, { "ab", "b", 1 },
	};
	char most[EYAS_EDIT_MAX + 2];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ck_assert_uint_eq(eyas_edit_distance(cases[i].a, cases[i].b), cases[i].d);
		ck_assert_uint_eq(eyas_edit_distance(cases[i].b, cases[i].a), cases[i].d);
	}
	memset(most, 'x', sizeof(most) - 1);
	most[EYAS_EDIT_MAX + 1] = '\0';
	ck_assert_uint_eq(eyas_edit_distance(most, "x"), SIZE_MAX);
	ck_assert_uint_eq(eyas_edit_distance("x", most), SIZE_MAX);
	most[EYAS_EDIT_MAX] = '\0';
	ck_assert_uint_eq(eyas_edit_distance(most, most), 0);
	ck_assert_uint_eq(eyas_edit_distance(most, ""), EYAS_EDIT_MAX);
}
END_TEST

START_TEST(beginnings)
{
	ck_assert(eyas_startswith("openat", "open"));
	ck_assert(eyas_startswith("x", ""));
	ck_assert(!eyas_startswith("op", "open"));
	ck_assert(eyas_streq("", ""));
	ck_assert(!eyas_streq("a", "ab"));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, numbers_are_read_whole, 0, EYAS_ARRAY_LEN(numbers));
	tcase_add_test(tc, files_are_read_whole);
	tcase_add_test(tc, words_are_apart);
	tcase_add_test(tc, beginnings);
}

EYAS_TEST_MAIN("util", fill)
