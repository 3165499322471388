// SPDX-License-Identifier: Apache-2.0
/* Text from pieces: each byte knows its place, through copies and cuts. */
#include <string.h>
#include "rule/srctext.h"
#include "unit.h"

static struct eyas_place at(uint32_t file, uint32_t line, uint32_t col)
{
	return (struct eyas_place){ file, line, col };
}

static void check_place(const struct eyas_srctext *st, size_t off, uint32_t file, uint32_t line,
			uint32_t col)
{
	struct eyas_place p = eyas_srctext_place(st, off);

	ck_assert_msg(p.file == file && p.line == line && p.col == col,
		      "byte %zu of '%s': file %u, %u:%u", off, st->text.buf, p.file, p.line, p.col);
}

START_TEST(empty_is_nowhere)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;

	check_place(&st, 0, 0, 0, 0);
	check_place(&st, 5, 0, 0, 0);
	eyas_srctext_add(&st, "", 0, at(0, 1, 1));
	ck_assert_uint_eq(st.runs.len, 0);
	eyas_srctext_cut(&st, 0);
	check_place(&st, 0, 0, 0, 0);
}
END_TEST

START_TEST(pieces_keep_their_places)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;

	eyas_srctext_add(&st, "abc", 3, at(0, 2, 5));
	eyas_srctext_add_fixed(&st, "--", 2, at(1, 7, 9));
	eyas_srctext_add(&st, "xy", 2, at(0, 4, 1));
	ck_assert_str_eq(st.text.buf, "abc--xy");
	check_place(&st, 0, 0, 2, 5);
	check_place(&st, 2, 0, 2, 7);
	check_place(&st, 3, 1, 7, 9);
	check_place(&st, 4, 1, 7, 9);
	check_place(&st, 5, 0, 4, 1);
	check_place(&st, 6, 0, 4, 2);
	/* The end is just behind the last one, and so is what is past it. */
	check_place(&st, 7, 0, 4, 3);
	check_place(&st, 99, 0, 4, 3);
}
END_TEST

START_TEST(what_goes_on_is_one_run)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;

	eyas_srctext_add(&st, "ab", 2, at(0, 1, 1));
	eyas_srctext_add(&st, "cd", 2, at(0, 1, 3));
	ck_assert_uint_eq(st.runs.len, 1);
	eyas_srctext_add(&st, "ef", 2, at(0, 1, 6));
	ck_assert_uint_eq(st.runs.len, 2);
	eyas_srctext_add_fixed(&st, "g", 1, at(0, 1, 8));
	eyas_srctext_add_fixed(&st, "h", 1, at(0, 1, 8));
	ck_assert_uint_eq(st.runs.len, 3);
	check_place(&st, 3, 0, 1, 4);
	check_place(&st, 4, 0, 1, 6);
	check_place(&st, 7, 0, 1, 8);
}
END_TEST

START_TEST(columns_are_characters)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;
	static const char s[] = "a\xc3\xbc\xe2\x82\xac\xf0\x9f\xa6\x86z";

	eyas_srctext_add(&st, s, strlen(s), at(0, 1, 1));
	check_place(&st, 1, 0, 1, 2);
	check_place(&st, 3, 0, 1, 3);
	check_place(&st, 6, 0, 1, 4);
	check_place(&st, 10, 0, 1, 5);
	eyas_srctext_add(&st, "!", 1, at(0, 1, 6));
	ck_assert_uint_eq(st.runs.len, 1);
	ck_assert_uint_eq(eyas_utf8_len(s, strlen(s)), 5);
}
END_TEST

/* Any part of a text, copied, has the places that it had. */
START_TEST(copies_keep_places)
{
	_cleanup_srctext_ struct eyas_srctext from = EYAS_SRCTEXT_INIT;

	eyas_srctext_add(&from, "abc", 3, at(0, 1, 1));
	eyas_srctext_add_fixed(&from, "def", 3, at(0, 9, 9));
	eyas_srctext_add(&from, "g\xc3\xbch", 4, at(1, 3, 3));
	eyas_srctext_add(&from, "ij", 2, at(1, 4, 1));
	for (size_t off = 0; off <= from.text.len; off++)
		for (size_t len = 0; off + len <= from.text.len; len++) {
			_cleanup_srctext_ struct eyas_srctext to = EYAS_SRCTEXT_INIT;

			eyas_srctext_add(&to, "x", 1, at(5, 5, 5));
			eyas_srctext_copy(&to, &from, off, len);
			eyas_srctext_add(&to, "y", 1, at(6, 6, 6));
			ck_assert_uint_eq(to.text.len, len + 2);
			ck_assert_mem_eq(to.text.buf + 1, from.text.buf + off, len);
			for (size_t i = 0; i < len; i++) {
				struct eyas_place p = eyas_srctext_place(&from, off + i);

				check_place(&to, i + 1, p.file, p.line, p.col);
			}
			check_place(&to, len + 1, 6, 6, 6);
		}
}
END_TEST

START_TEST(copy_may_go_on)
{
	_cleanup_srctext_ struct eyas_srctext from = EYAS_SRCTEXT_INIT;
	_cleanup_srctext_ struct eyas_srctext to = EYAS_SRCTEXT_INIT;

	eyas_srctext_add(&from, "abcdef", 6, at(0, 1, 1));
	eyas_srctext_copy(&to, &from, 0, 3);
	eyas_srctext_copy(&to, &from, 3, 3);
	ck_assert_uint_eq(to.runs.len, 1);
	ck_assert_str_eq(to.text.buf, "abcdef");
	check_place(&to, 5, 0, 1, 6);
}
END_TEST

START_TEST(cut_forgets_the_end)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;

	eyas_srctext_add(&st, "abc", 3, at(0, 1, 1));
	eyas_srctext_add(&st, "def", 3, at(0, 2, 1));
	eyas_srctext_cut(&st, 4);
	ck_assert_str_eq(st.text.buf, "abcd");
	check_place(&st, 3, 0, 2, 1);
	eyas_srctext_cut(&st, 3);
	ck_assert_uint_eq(st.runs.len, 1);
	/* Not behind "c", though that is where it would have gone on. */
	eyas_srctext_add(&st, "x", 1, at(0, 2, 4));
	check_place(&st, 3, 0, 2, 4);
	eyas_srctext_cut(&st, 0);
	ck_assert_uint_eq(st.runs.len, 0);
	ck_assert_str_eq(st.text.buf, "");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, empty_is_nowhere);
	tcase_add_test(tc, pieces_keep_their_places);
	tcase_add_test(tc, what_goes_on_is_one_run);
	tcase_add_test(tc, columns_are_characters);
	tcase_add_test(tc, copies_keep_places);
	tcase_add_test(tc, copy_may_go_on);
	tcase_add_test(tc, cut_forgets_the_end);
}

EYAS_TEST_MAIN("srctext", fill)
