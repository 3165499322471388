// SPDX-License-Identifier: Apache-2.0
/* Shell patterns: as fnmatch(3) without flags, but in bounded time. */
#include <check.h>
#include <fnmatch.h>
#include <string.h>
#include <time.h>
#include "rule/glob.h"
#include "unit.h"

static const struct { const char *pat, *s; bool want, fold; } cases[] = {
	{ "", "", true, false },		{ "", "a", false, false },
	{ "*", "", true, false },		{ "*", "anything/at all", true, false },
	{ "a*", "a", true, false },		{ "a*", "ba", false, false },
	{ "*a", "ba", true, false },		{ "*a*", "xay", true, false },
	{ "/etc/*", "/etc/a/b", true, false },
	{ "/home/*/.ssh/*", "/home/u/.ssh/id", true, false },
	{ "/home/*/.ssh/*", "/home/.ssh/id", false, false },
	{ "?", "a", true, false },		{ "?", "", false, false },
	{ "?", "ab", false, false },		{ "*?", "", false, false },
	{ "*.log", ".log", true, false },	{ "*", ".hidden", true, false },
	{ "[ab]c", "bc", true, false },		{ "[ab]c", "cc", false, false },
	{ "[!ab]c", "cc", true, false },	{ "[^ab]c", "ac", false, false },
	{ "[a-c]x", "bx", true, false },	{ "[a-c]x", "dx", false, false },
	{ "[]]x", "]x", true, false },		{ "[!]]x", "ax", true, false },
	{ "[a-]x", "-x", true, false },		{ "[[:digit:]]*", "7up", true, false },
	{ "[[:alpha:][:digit:]_]", "_", true, false },
	{ "[[:upper:]]", "a", false, false },	{ "[", "[", true, false },
	{ "[a", "[a", true, false },		{ "\\*", "*", true, false },
	{ "\\*", "a", false, false },		{ "a\\", "a", false, false },
	{ "a\\", "a\\", false, false },		{ "\\a", "a", true, false },
	{ "[\\]]", "]", true, false },
	{ "ABC", "abc", true, true },		{ "abc", "ABC", true, true },
	{ "ABC", "abc", false, false },		{ "[a-c]", "B", true, true },
	{ "*PASS*", "my password", true, true },
	{ "*a*b*c*", "xxaxxbxxcxx", true, false }, { "*a*b*c*", "xxbxxaxxcxx", false, false },
	{ "a*b*ab", "axbxab", true, false },	{ "*ab", "aab", true, false },
};

START_TEST(matches_as_listed)
{
	ck_assert_msg(eyas_glob_match(cases[_i].pat, strlen(cases[_i].pat), cases[_i].s,
				      strlen(cases[_i].s), cases[_i].fold) == cases[_i].want,
		      "'%s' '%s'", cases[_i].pat, cases[_i].s);
}
END_TEST

static uint32_t state = 7;

static void random_text(char *buf, const char *from, uint32_t max)
{
	uint32_t n;

	state = state * 1664525 + 1013904223;
	n = (state >> 8) % (max + 1);
	for (uint32_t i = 0; i < n; i++) {
		state = state * 1664525 + 1013904223;
		buf[i] = from[(state >> 8) % strlen(from)];
	}
	buf[n] = '\0';
}

/* No backslash at the end and no open bracket: there systems differ. */
START_TEST(matches_as_the_c_library)
{
	for (int i = 0; i < 200000; i++) {
		char pat[12], s[12];

		random_text(pat, "ab*?/.", 8);
		random_text(s, "ab/.", 10);
		ck_assert_msg(eyas_glob_match(pat, strlen(pat), s, strlen(s), false) ==
			      !fnmatch(pat, s, 0), "'%s' '%s'", pat, s);
	}
}
END_TEST

/* Takes others minutes. */
START_TEST(many_stars_take_no_time)
{
	char pat[201], s[4001];
	struct timespec a, b;

	for (int i = 0; i < 100; i++)
		memcpy(pat + 2 * i, "a*", 2);
	pat[199] = 'b';
	pat[200] = '\0';
	memset(s, 'a', 4000);
	s[4000] = '\0';
	clock_gettime(CLOCK_MONOTONIC, &a);
	ck_assert(!eyas_glob_match(pat, 200, s, 4000, false));
	clock_gettime(CLOCK_MONOTONIC, &b);
	ck_assert_int_lt(b.tv_sec - a.tv_sec, 5);
}
END_TEST

/* Texts are not NUL-terminated, and may hold NULs. */
START_TEST(length_counts)
{
	ck_assert(eyas_glob_match("a*X", 2, "ab", 2, false));
	ck_assert(eyas_glob_match("a?c", 3, "a\0c", 3, false));
	ck_assert(!eyas_glob_match("a", 1, "a\0", 2, false));
}
END_TEST

START_TEST(knows_a_pattern)
{
	ck_assert(eyas_glob_is_pattern("a*", 2));
	ck_assert(eyas_glob_is_pattern("?", 1));
	ck_assert(eyas_glob_is_pattern("[a]", 3));
	ck_assert(eyas_glob_is_pattern("\\a", 2));
	ck_assert(!eyas_glob_is_pattern("/etc/pass.wd-", 13));
	ck_assert(!eyas_glob_is_pattern("a\0b", 3));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, matches_as_listed, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, matches_as_the_c_library);
	tcase_add_test(tc, many_stars_take_no_time);
	tcase_add_test(tc, length_counts);
	tcase_add_test(tc, knows_a_pattern);
}

EYAS_TEST_MAIN("glob", fill)
