// SPDX-License-Identifier: Apache-2.0
/* Texts anywhere in a value: the same as looking for each. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "rule/finder.h"
#include "unit.h"

struct found { unsigned int n; bool is[64]; };

static void note(void *what, void *arg)
{
	struct found *f = arg;

	f->n++;
	f->is[(uintptr_t)what - 1] = true;
}

static void add(struct eyas_finder *f, const char *s, unsigned int id)
{
	ck_assert_int_eq(eyas_finder_add(f, s, strlen(s), (void *)(uintptr_t)(id + 1)), 0);
}

static struct found scan(const struct eyas_finder *f, const char *s)
{
	struct found ret = { 0 };

	eyas_finder_scan(f, s, strlen(s), note, &ret);
	return ret;
}

START_TEST(texts_in_texts)
{
	struct eyas_finder f = { 0 };
	struct found r;

	add(&f, "he", 0);
	add(&f, "she", 1);
	add(&f, "hers", 2);
	add(&f, "his", 3);
	add(&f, "he", 4);
	ck_assert_int_eq(eyas_finder_build(&f), 0);
	r = scan(&f, "ushers");
	ck_assert(r.n == 4 && r.is[0] && r.is[1] && r.is[2] && r.is[4]);
	r = scan(&f, "shis");
	ck_assert(r.n == 1 && r.is[3]);
	ck_assert_uint_eq(scan(&f, "").n, 0);
	ck_assert_uint_eq(scan(&f, "SHE").n, 0);
	eyas_finder_release(&f);
}
END_TEST

START_TEST(case_is_folded_if_asked)
{
	struct eyas_finder f = { .fold = true };
	struct found r;

	add(&f, "PassWord", 0);
	add(&f, "\xc4x", 1);	/* not ASCII: as it is */
	ck_assert_int_eq(eyas_finder_build(&f), 0);
	r = scan(&f, "--pAsswOrd=1");
	ck_assert(r.n == 1 && r.is[0]);
	r = scan(&f, "\xc4X");
	ck_assert(r.n == 1 && r.is[1]);
	ck_assert_uint_eq(scan(&f, "\xe4x").n, 0);
	ck_assert_uint_eq(scan(&f, "p@ssword").n, 0);
	eyas_finder_release(&f);
}
END_TEST

START_TEST(nothing_to_find)
{
	struct eyas_finder f = { 0 };

	ck_assert_int_eq(eyas_finder_build(&f), 0);
	ck_assert_uint_eq(scan(&f, "abc").n, 0);
	eyas_finder_release(&f);
}
END_TEST

START_TEST(too_large_is_refused)
{
	enum { N = 2 << 20 };
	struct eyas_finder f = { 0 };
	char *text = calloc(1, N);

	memset(text, 'x', N);
	ck_assert_int_eq(eyas_finder_add(&f, text, N, (void *)1), 0);
	ck_assert_int_eq(eyas_finder_build(&f), -E2BIG);
	eyas_finder_release(&f);
	free(text);
}
END_TEST

/* With all bytes in use there is no class for the others. */
START_TEST(every_byte_is_refused)
{
	struct eyas_finder f = { 0 };
	char text[256];

	for (int i = 0; i < 256; i++)
		text[i] = (char)i;
	ck_assert_int_eq(eyas_finder_add(&f, text, 256, (void *)1), 0);
	ck_assert_int_eq(eyas_finder_build(&f), -E2BIG);
	eyas_finder_release(&f);

	ck_assert_int_eq(eyas_finder_add(&f, text, 254, (void *)1), 0);
	memset(f.class, 0, sizeof(f.class));
	ck_assert_int_eq(eyas_finder_build(&f), 0);
	eyas_finder_release(&f);
}
END_TEST

static uint32_t state = 1;

static uint32_t roll(uint32_t n)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % n;
}

static void random_text(char *buf, uint32_t min, uint32_t max)
{
	uint32_t n = min + roll(max - min + 1);

	for (uint32_t i = 0; i < n; i++)
		buf[i] = "abAB"[roll(4)];
	buf[n] = '\0';
}

START_TEST(random_texts_as_by_hand)
{
	for (int round = 0; round < 3000; round++) {
		struct eyas_finder f = { .fold = roll(2) };
		uint32_t n = 1 + roll(20);
		char texts[20][8], s[24];

		for (uint32_t i = 0; i < n; i++) {
			random_text(texts[i], 1, 5);
			add(&f, texts[i], i);
		}
		ck_assert_int_eq(eyas_finder_build(&f), 0);
		for (int k = 0; k < 20; k++) {
			struct found r;

			random_text(s, 0, 20);
			r = scan(&f, s);
			for (uint32_t i = 0; i < n; i++) {
				bool want = f.fold ? strcasestr(s, texts[i]) != NULL :
						     strstr(s, texts[i]) != NULL;

				ck_assert_msg(r.is[i] == want, "'%s' in '%s'", texts[i], s);
			}
		}
		eyas_finder_release(&f);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, texts_in_texts);
	tcase_add_test(tc, case_is_folded_if_asked);
	tcase_add_test(tc, nothing_to_find);
	tcase_add_test(tc, too_large_is_refused);
	tcase_add_test(tc, every_byte_is_refused);
	tcase_add_test(tc, random_texts_as_by_hand);
}

EYAS_TEST_MAIN("finder", fill)
