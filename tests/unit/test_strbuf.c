// SPDX-License-Identifier: Apache-2.0
/* Growing text: always terminated, exact at every length, and out of memory sticks. */
#include <check.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include "base/strbuf.h"
#include "unit.h"

START_TEST(text_is_terminated_from_the_start)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	ck_assert_str_eq(sb.buf, "");
	eyas_strbuf_reset(&sb);
	eyas_strbuf_cut(&sb, 0);
	eyas_strbuf_cut(&sb, 100);
	eyas_strbuf_add(&sb, NULL, 0);
	eyas_strbuf_adds(&sb, "");
	ck_assert_str_eq(sb.buf, "");
	ck_assert_uint_eq(sb.len, 0);
	ck_assert(eyas_strbuf_ok(&sb));
}
END_TEST

START_TEST(appends_add_up)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_strbuf_adds(&sb, "open");
	eyas_strbuf_addc(&sb, '(');
	eyas_strbuf_add(&sb, "a\0b", 3);
	eyas_strbuf_addf(&sb, "%d, %s", -5, "x");
	eyas_strbuf_addu(&sb, 18446744073709551615ULL);
	eyas_strbuf_addi(&sb, LLONG_MIN);
	eyas_strbuf_addi(&sb, 0);
	ck_assert_uint_eq(sb.len, 54);
	ck_assert_mem_eq(sb.buf, "open(a\0b-5, x18446744073709551615-92233720368547758080", 55);
	eyas_strbuf_cut(&sb, 4);
	ck_assert_str_eq(sb.buf, "open");
	eyas_strbuf_cut(&sb, 5);
	ck_assert_uint_eq(sb.len, 4);
	eyas_strbuf_reset(&sb);
	ck_assert_str_eq(sb.buf, "");
	eyas_strbuf_adds(&sb, "again");
	ck_assert_str_eq(sb.buf, "again");
}
END_TEST

START_TEST(every_length_is_exact)
{
	char want[600];

	for (int n = 0; n < 600; n++) {
		_cleanup_strbuf_ struct eyas_strbuf one = EYAS_STRBUF_INIT, two = EYAS_STRBUF_INIT;

		memset(want, 'x', (size_t)n);
		want[n] = '\0';
		for (int i = 0; i < n; i++)
			eyas_strbuf_addc(&one, 'x');
		ck_assert_bytes_eq(one.buf, one.len, want);
		eyas_strbuf_addf(&two, "%s", want);
		eyas_strbuf_addf(&two, "%s", want);
		ck_assert_uint_eq(two.len, 2 * (size_t)n);
		ck_assert_uint_eq(strlen(two.buf), 2 * (size_t)n);
	}
}
END_TEST

START_TEST(detached_text_is_the_callers)
{
	struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	char *s = eyas_strbuf_detach(&sb);

	ck_assert_str_eq(s, "");
	free(s);
	eyas_strbuf_adds(&sb, "mine");
	s = eyas_strbuf_detach(&sb);
	ck_assert_str_eq(sb.buf, "");
	eyas_strbuf_adds(&sb, "other");
	ck_assert_str_eq(s, "mine");
	free(s);
	eyas_strbuf_release(&sb);
	eyas_strbuf_release(&sb);
	ck_assert_str_eq(sb.buf, "");
}
END_TEST

START_TEST(out_of_memory_sticks)
{
	struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_strbuf_adds(&sb, "kept");
	eyas_strbuf_add(&sb, "", SIZE_MAX);
	ck_assert(!eyas_strbuf_ok(&sb));
	eyas_strbuf_adds(&sb, "more");
	eyas_strbuf_addf(&sb, "%d", 1);
	eyas_strbuf_addu(&sb, 1);
	ck_assert_str_eq(sb.buf, "kept");
	ck_assert_ptr_null(eyas_strbuf_detach(&sb));
	ck_assert(eyas_strbuf_ok(&sb));		/* a new start */
	eyas_strbuf_add(&sb, "", SIZE_MAX / 4 + 1);
	ck_assert(!eyas_strbuf_ok(&sb));
	eyas_strbuf_reset(&sb);
	eyas_strbuf_adds(&sb, "x");
	ck_assert_str_eq(sb.buf, "x");
	eyas_strbuf_release(&sb);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, text_is_terminated_from_the_start);
	tcase_add_test(tc, appends_add_up);
	tcase_add_test(tc, every_length_is_exact);
	tcase_add_test(tc, detached_text_is_the_callers);
	tcase_add_test(tc, out_of_memory_sticks);
}

EYAS_TEST_MAIN("strbuf", fill)
