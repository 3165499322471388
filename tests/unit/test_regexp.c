// SPDX-License-Identifier: Apache-2.0
/* Regular expressions: egrep's, the whole text, no way to hang. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include "rule/regexp.h"
#include "unit.h"

static const struct { const char *re, *s; bool want; } cases[] = {
	{ "abc", "abc", true },			{ "abc", "xabc", false },
	{ "abc", "abcx", false },		{ ".*abc.*", "xabcx", true },
	{ "", "", true },			{ "", "a", false },
	{ "a|b", "b", true },			{ "a|bc", "ac", false },
	{ "(a|b)*", "abba", true },		{ "a{2,3}", "aaa", true },
	{ "a{2,3}", "a", false },		{ "a{2}", "aa", true },
	{ "a{2,}", "aaaaa", true },		{ "[a-z]+[0-9]?", "abc7", true },
	{ "[[:alpha:]]+", "abc", true },	{ "[[:alpha:]]+", "ab1", false },
	{ "[^/]+", "a/b", false },		{ "[]a]", "]", true },
	{ "[^]a]", "b", true },			{ "\\.", ".", true },
	{ "\\.", "x", false },			{ "a\\+b", "a+b", true },
	{ "^abc$", "abc", true },		{ ".", "\xc3\xbc", true },
	{ "..", "\xc3\xbc", false },
	{ "/proc/(self|[0-9]+)/environ", "/proc/12/environ", true },
	{ "a+?", "", true },			{ "a*?b", "aab", true },
	{ "{", "{", true },			{ "a{x", "a{x", true },
	{ "[[.x]", "[", true },			{ "\\x41", "A", true },
	{ "\\t", "\t", true },			{ "\\v", "\v", true },
	/* Bytes that are no UTF-8 count as U+FFFD. */
	{ "a.b", "a\xff" "b", true },		{ "a\xef\xbf\xbd" "b", "a\xff" "b", true },
	{ "a..b", "a\xff\xfe" "b", true },	{ "a.b", "a\xff\xfe" "b", false },
	{ "a", "\xff", false },
};

START_TEST(matches_as_listed)
{
	struct eyas_regexp *re = NULL;
	struct eyas_err err = { 0 };

	ck_assert_msg(!eyas_regexp_create(&re, cases[_i].re, strlen(cases[_i].re), &err), "%s: %s",
		      cases[_i].re, err.msg);
	ck_assert_msg(eyas_regexp_match(re, cases[_i].s, strlen(cases[_i].s)) == cases[_i].want,
		      "'%s' '%s'", cases[_i].re, cases[_i].s);
	eyas_regexp_free(re);
}
END_TEST

static const struct { const char *re, *msg; } bad[] = {
	{ "(", "invalid regex pattern: missing closing parenthesis" },
	{ ")", "invalid regex pattern: unmatched closing parenthesis" },
	{ "[a", "invalid regex pattern: missing ]" },
	{ "a\\", "invalid regex pattern: trailing \\" },
	{ "\\d", "invalid regex pattern: invalid escape sequence: \\d" },
	{ "\\1", "invalid regex pattern: invalid escape sequence: \\1" },
	{ "[\\w]", "invalid regex pattern: invalid escape sequence: \\w" },
	{ "(?i)a", "invalid regex pattern: missing argument to repetition operator" },
	{ "(*UTF)a", "invalid regex pattern: missing argument to repetition operator" },
	{ "(+a)", "invalid regex pattern: missing argument to repetition operator" },
	{ "a{2}{3}", "invalid regex pattern: repetition of a repetition" },
	{ "a+{3}", "invalid regex pattern: repetition of a repetition" },
	{ "a{1001}", "invalid regex pattern: repetition count above 1000" },
	{ "\\x4", "invalid regex pattern: invalid escape sequence: \\x" },
};

START_TEST(refused_as_listed)
{
	struct eyas_regexp *re = NULL;
	struct eyas_err err = { 0 };

	ck_assert_int_eq(eyas_regexp_create(&re, bad[_i].re, strlen(bad[_i].re), &err), -EINVAL);
	ck_assert_str_eq(err.msg, bad[_i].msg);
	ck_assert_ptr_null(re);
}
END_TEST

START_TEST(never_hangs)
{
	static const char *const res[] = { "(a*)*b", "(a|aa)+b", "(a|a?)+b",
					   "(.*)(.*)(.*)(.*)(.*)b",
					   "((a{1,30}){1,30}){1,30}b" };
	char s[3001];

	memset(s, 'a', 3000);
	s[3000] = '\0';
	for (size_t i = 0; i < sizeof(res) / sizeof(res[0]); i++) {
		struct eyas_regexp *re = NULL;
		struct eyas_err err = { 0 };
		struct timespec a, b;

		clock_gettime(CLOCK_MONOTONIC, &a);
		if (!eyas_regexp_create(&re, res[i], strlen(res[i]), &err))
			ck_assert(!eyas_regexp_match(re, s, 3000));
		clock_gettime(CLOCK_MONOTONIC, &b);
		eyas_regexp_free(re);
		ck_assert_msg(b.tv_sec - a.tv_sec < 10, "%s", res[i]);
	}
}
END_TEST

START_TEST(nul_in_pattern_is_refused)
{
	struct eyas_regexp *re = NULL;
	struct eyas_err err = { 0 };

	ck_assert_int_eq(eyas_regexp_create(&re, "a\0b", 3, &err), -EINVAL);
	ck_assert_str_eq(err.msg, "invalid regex pattern: NUL in pattern");
}
END_TEST

/* "~": nearly so. */
static const struct { const char *re, *simpler; } simple[] = {
	{ "abc", "= abc" },		{ ".*abc", "endswith abc" },
	{ "abc.*", "startswith abc" },	{ ".*abc.*", "contains abc" },
	{ "a.c", NULL },		{ ".*", NULL },
	{ "", NULL },			{ ".*.*", NULL },
	{ "a|b", NULL },		{ ".*a+.*", NULL },
	{ "^abc$", "= abc" },		{ "^abc", "= abc" },
	{ "abc.*$", "startswith abc" },	{ "^.*abc", "endswith abc" },
	{ "^", NULL },			{ "^$", NULL },
	{ ".+abc", "~endswith abc" },	{ "abc.?", "~startswith abc" },
	{ ".*abc.+", "~contains abc" },	{ ".+", NULL },
	{ "abc+", NULL },		{ "ab.{2}", NULL },
	{ "^^abc", NULL },		{ "abc\\$", NULL },
};

START_TEST(simpler_as_listed)
{
	const char *want = simple[_i].simpler;
	char buf[64];
	bool exact;
	const char *got = eyas_regexp_simpler(simple[_i].re, strlen(simple[_i].re), &exact, buf,
					      sizeof(buf));

	if (!want) {
		ck_assert_ptr_null(got);
		return;
	}
	ck_assert_str_eq(got, want + (*want == '~'));
	ck_assert(exact == (*want != '~'));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, matches_as_listed, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_loop_test(tc, refused_as_listed, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, never_hangs);
	tcase_add_test(tc, nul_in_pattern_is_refused);
	tcase_add_loop_test(tc, simpler_as_listed, 0, sizeof(simple) / sizeof(simple[0]));
}

EYAS_TEST_MAIN("regexp", fill)
