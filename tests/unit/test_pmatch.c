// SPDX-License-Identifier: Apache-2.0
/* Path prefixes go by whole components. */
#include <check.h>
#include <string.h>
#include "rule/pmatch.h"
#include "unit.h"

static const struct { const char *paths[4], *s; bool want; } cases[] = {
	{ { "/var" }, "/var/log/x", true },	{ { "/var/log" }, "/var/log/x", true },
	{ { "/var/log/x" }, "/var/log/x", true }, { { "/va" }, "/var/log/x", false },
	{ { "/var/log/x/y" }, "/var/log/x", false }, { { "/var/" }, "/var", true },
	{ { "//var///log//" }, "/var/log/x", true }, { { "/var/log" }, "//var//log/x", true },
	{ { "/" }, "/anything", true },		{ { "/" }, "", true },
	{ { "" }, "/x", true },			{ { "/opt", "/usr" }, "/usr/bin", true },
	{ { "/opt", "/usr" }, "/etc", false },
	{ { "/home/*/.ssh" }, "/home/u/.ssh/id", true },
	{ { "/home/*/.ssh" }, "/home/u/v/.ssh/id", false },
	{ { "/home/*" }, "/home", false },	{ { "/home/*" }, "/home/u", true },
	{ { "/h?me/[ab]*" }, "/home/bob", true }, { { "/h?me/[ab]*" }, "/home/carl", false },
	{ { "/etc/pass*", "/usr/lib" }, "/usr/lib/x", true },
	{ { "etc" }, "/etc/x", true },		{ { "/etc" }, "etc/x", true },
	{ { "/a/../b" }, "/b", false },		{ { NULL }, "/etc", false },
};

START_TEST(matches_as_listed)
{
	struct eyas_pmatch pm = { 0 };

	for (int i = 0; cases[_i].paths[i]; i++)
		ck_assert_int_eq(eyas_pmatch_add(&pm, cases[_i].paths[i],
						 strlen(cases[_i].paths[i])), 0);
	ck_assert_msg(eyas_pmatch_match(&pm, cases[_i].s, strlen(cases[_i].s)) == cases[_i].want,
		      "%s", cases[_i].s);
	eyas_pmatch_release(&pm);
}
END_TEST

/* Longer than any buffer, on either side. */
START_TEST(long_paths)
{
	static char path[9001], prefix[6001];
	struct eyas_pmatch pm = { 0 };

	for (size_t i = 0; i < 9000; i++)
		path[i] = i % 100 ? 'x' : '/';
	memcpy(prefix, path, 6000);
	ck_assert_int_eq(eyas_pmatch_add(&pm, prefix, 6000), 0);
	ck_assert(eyas_pmatch_match(&pm, path, 9000));
	ck_assert(eyas_pmatch_match(&pm, path, 6000));
	ck_assert(!eyas_pmatch_match(&pm, path, 5999));
	path[5998] = 'y';
	ck_assert(!eyas_pmatch_match(&pm, path, 9000));
	eyas_pmatch_release(&pm);

	ck_assert_int_eq(eyas_pmatch_add(&pm, "/etc", 4), 0);
	ck_assert(!eyas_pmatch_match(&pm, path, 9000));
	eyas_pmatch_release(&pm);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, matches_as_listed, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, long_paths);
}

EYAS_TEST_MAIN("pmatch", fill)
