// SPDX-License-Identifier: Apache-2.0
/* Versions: read, compared, and which of them serve. */
#include <errno.h>
#include "rule/version.h"
#include "unit.h"

static const struct {
	const char *s;
	int r;
	uint32_t v[3];
} parses[] = {
	{ "0.0.0", 0, { 0, 0, 0 } },
	{ "1.2.3", 0, { 1, 2, 3 } },
	{ "0.57.0", 0, { 0, 57, 0 } },
	{ "4294967295.0.1", 0, { UINT32_MAX, 0, 1 } },
	{ "1.2.3-rc1", 0, { 1, 2, 3 } },
	{ "1.2.3+build", 0, { 1, 2, 3 } },
	{ "01.002.0003", 0, { 1, 2, 3 } },
	{ "", -EINVAL, { 0 } },
	{ "1", -EINVAL, { 0 } },
	{ "1.2", -EINVAL, { 0 } },
	{ "1.2.", -EINVAL, { 0 } },
	{ ".1.2", -EINVAL, { 0 } },
	{ "1..2", -EINVAL, { 0 } },
	{ "1.2.3.4", -EINVAL, { 0 } },
	{ "1.2.3x", -EINVAL, { 0 } },
	{ " 1.2.3", -EINVAL, { 0 } },
	{ "-1.2.3", -EINVAL, { 0 } },
	{ "+1.2.3", -EINVAL, { 0 } },
	{ "v1.2.3", -EINVAL, { 0 } },
	{ "1.2.4294967296", -EINVAL, { 0 } },
	{ "99999999999999999999.0.0", -EINVAL, { 0 } },
};

START_TEST(parse)
{
	struct eyas_version v;

	ck_assert_msg(eyas_version_parse(parses[_i].s, &v) == parses[_i].r, "'%s'", parses[_i].s);
	for (int i = 0; i < 3 && !parses[_i].r; i++)
		ck_assert_uint_eq(v.v[i], parses[_i].v[i]);
}
END_TEST

static struct eyas_version of(const char *s)
{
	struct eyas_version v;

	ck_assert_int_eq(eyas_version_parse(s, &v), 0);
	return v;
}

START_TEST(compare_from_left_to_right)
{
	static const char *const sorted[] = { "0.0.1",	"0.0.2", "0.1.0",  "0.9.9",
					      "0.10.0", "1.0.0", "1.0.10", "2.0.0" };

	for (int i = 0; i < 8; i++)
		for (int j = 0; j < 8; j++) {
			int c = eyas_version_cmp(of(sorted[i]), of(sorted[j]));

			ck_assert_int_eq((c > 0) - (c < 0), (i > j) - (i < j));
		}
}
END_TEST

START_TEST(serves_within_a_major)
{
	ck_assert(eyas_version_serves(of("1.2.3"), of("1.2.3")));
	ck_assert(eyas_version_serves(of("1.2.3"), of("1.2.2")));
	ck_assert(eyas_version_serves(of("1.2.3"), of("1.1.9")));
	ck_assert(!eyas_version_serves(of("1.2.3"), of("1.2.4")));
	ck_assert(!eyas_version_serves(of("1.2.3"), of("1.3.0")));
	ck_assert(!eyas_version_serves(of("2.0.0"), of("1.2.3")));
	ck_assert(!eyas_version_serves(of("1.2.3"), of("2.0.0")));
	ck_assert(!eyas_version_serves(of("1.2.3"), of("0.1.0")));
}
END_TEST

START_TEST(what_official_rules_ask_for)
{
	struct eyas_version v;

	ck_assert(eyas_version_serves(eyas_engine_version(), of("0.57.0")));
	ck_assert(eyas_version_serves(eyas_engine_version(), of("0.63.0")));
	ck_assert(!eyas_version_serves(eyas_engine_version(), of("0.64.0")));
	ck_assert(eyas_plugin_version("container", &v));
	ck_assert(eyas_version_serves(v, of("0.4.0")));
	ck_assert(!eyas_plugin_version("k8saudit", &v));
	ck_assert(!eyas_plugin_version("", &v));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, parse, 0, sizeof(parses) / sizeof(parses[0]));
	tcase_add_test(tc, compare_from_left_to_right);
	tcase_add_test(tc, serves_within_a_major);
	tcase_add_test(tc, what_official_rules_ask_for);
}

EYAS_TEST_MAIN("version", fill)
