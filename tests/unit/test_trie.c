// SPDX-License-Identifier: Apache-2.0
/* Texts at the beginning or end of a value: the same as looking for each. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "rule/trie.h"
#include "unit.h"

struct found { unsigned int n; bool is[64]; };

static void note(void *what, void *arg)
{
	struct found *f = arg;

	f->n++;
	f->is[(uintptr_t)what - 1] = true;
}

static void add(struct eyas_trie *t, const char *s, bool whole, unsigned int id)
{
	struct eyas_trie_text text = { .s = s, .len = strlen(s), .whole = whole,
				       .what = (void *)(uintptr_t)(id + 1) };

	ck_assert_int_eq(eyas_trie_add(t, text), 0);
}

static struct found walk(const struct eyas_trie *t, const char *s)
{
	struct found f = { 0 };

	eyas_trie_walk(t, s, strlen(s), note, &f);
	return f;
}

START_TEST(empty_finds_nothing)
{
	struct eyas_trie t = { 0 };

	ck_assert_uint_eq(walk(&t, "a").n, 0);
	ck_assert_int_eq(eyas_trie_build(&t), 0);
	ck_assert_uint_eq(walk(&t, "").n, 0);
	eyas_trie_release(&t);
}
END_TEST

START_TEST(prefixes_and_whole_texts)
{
	struct eyas_trie t = { 0 };
	struct found f;

	add(&t, "/etc", false, 0);
	add(&t, "/etc/", false, 1);
	add(&t, "/etc/passwd", true, 2);
	add(&t, "", false, 3);
	add(&t, "", true, 4);
	add(&t, "/etc/passwd", false, 5);
	add(&t, "/eta", true, 6);
	add(&t, "\xff\xfe", false, 7);
	ck_assert_int_eq(eyas_trie_build(&t), 0);

	f = walk(&t, "/etc/passwd");
	ck_assert(f.n == 5 && f.is[0] && f.is[1] && f.is[2] && f.is[3] && f.is[5]);
	f = walk(&t, "/etc/passwd-");
	ck_assert(f.n == 4 && f.is[0] && f.is[1] && f.is[3] && f.is[5]);
	f = walk(&t, "/etc");
	ck_assert(f.n == 2 && f.is[0] && f.is[3]);
	f = walk(&t, "");
	ck_assert(f.n == 2 && f.is[3] && f.is[4]);
	f = walk(&t, "/eta");
	ck_assert(f.n == 2 && f.is[6] && f.is[3]);
	f = walk(&t, "/etab");
	ck_assert(f.n == 1 && f.is[3]);
	f = walk(&t, "\xff\xfe\xfd");
	ck_assert(f.n == 2 && f.is[7]);
	eyas_trie_release(&t);
}
END_TEST

START_TEST(suffixes)
{
	struct eyas_trie t = { .backward = true };
	struct found f;

	add(&t, ".so", false, 0);
	add(&t, "x.so", false, 1);
	add(&t, "y.so", false, 2);
	add(&t, "so", true, 3);
	ck_assert_int_eq(eyas_trie_build(&t), 0);
	f = walk(&t, "libx.so");
	ck_assert(f.n == 2 && f.is[0] && f.is[1]);
	f = walk(&t, "y.so");
	ck_assert(f.n == 2 && f.is[0] && f.is[2]);
	f = walk(&t, "so");
	ck_assert(f.n == 1 && f.is[3]);
	f = walk(&t, ".so.");
	ck_assert_uint_eq(f.n, 0);
	eyas_trie_release(&t);
}
END_TEST

static void count(void *what, void *arg)
{
	ck_assert_ptr_eq(what, *(void **)arg);
	*(void **)arg = NULL;
}

/* All bytes as first ones: the widest node there is. */
START_TEST(every_byte_can_begin)
{
	static char texts[256][2];
	struct eyas_trie t = { 0 };

	for (unsigned int i = 0; i < 256; i++) {
		struct eyas_trie_text text = { .s = texts[i], .len = 2, .what = &texts[i] };

		texts[i][0] = (char)i;
		texts[i][1] = 'x';
		ck_assert_int_eq(eyas_trie_add(&t, text), 0);
	}
	ck_assert_int_eq(eyas_trie_build(&t), 0);
	for (unsigned int i = 0; i < 256; i++) {
		void *want = &texts[i];

		eyas_trie_walk(&t, texts[i], 2, count, &want);
		ck_assert_ptr_null(want);
	}
	eyas_trie_release(&t);
}
END_TEST

static uint32_t state = 1;

static uint32_t roll(uint32_t n)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % n;
}

static void random_text(char *buf, uint32_t max)
{
	uint32_t n = roll(max + 1);

	for (uint32_t i = 0; i < n; i++)
		buf[i] = "ab/"[roll(3)];
	buf[n] = '\0';
}

static bool by_hand(const char *s, const char *text, bool whole, bool backward)
{
	size_t n = strlen(text), len = strlen(s);

	if (whole)
		return !strcmp(s, text);
	return len >= n && !memcmp(backward ? s + len - n : s, text, n);
}

START_TEST(random_texts_as_by_hand)
{
	for (int round = 0; round < 3000; round++) {
		struct eyas_trie t = { .backward = roll(2) };
		uint32_t n = 1 + roll(20);
		char texts[20][8], s[12];
		bool whole[20];

		for (uint32_t i = 0; i < n; i++) {
			random_text(texts[i], 6);
			whole[i] = roll(2);
			add(&t, texts[i], whole[i], i);
		}
		ck_assert_int_eq(eyas_trie_build(&t), 0);
		for (int k = 0; k < 20; k++) {
			struct found f;

			random_text(s, 9);
			f = walk(&t, s);
			for (uint32_t i = 0; i < n; i++)
				ck_assert_msg(f.is[i] == by_hand(s, texts[i], whole[i], t.backward),
					      "'%s' in '%s'", texts[i], s);
		}
		eyas_trie_release(&t);
	}
}
END_TEST

/* Each is a prefix of the next: as deep as it gets. */
START_TEST(deep_chains)
{
	enum { N = 1000 };
	static char text[N + 1];
	struct eyas_trie t = { 0 };
	struct found f = { 0 };

	memset(text, 'x', N);
	for (size_t i = 1; i <= N; i++) {
		struct eyas_trie_text one = { .s = text, .len = i, .what = (void *)1 };

		ck_assert_int_eq(eyas_trie_add(&t, one), 0);
	}
	ck_assert_int_eq(eyas_trie_build(&t), 0);
	eyas_trie_walk(&t, text, N, note, &f);
	ck_assert_uint_eq(f.n, N);
	eyas_trie_release(&t);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, empty_finds_nothing);
	tcase_add_test(tc, prefixes_and_whole_texts);
	tcase_add_test(tc, suffixes);
	tcase_add_test(tc, every_byte_can_begin);
	tcase_add_test(tc, random_texts_as_by_hand);
	tcase_add_test(tc, deep_chains);
}

EYAS_TEST_MAIN("trie", fill)
