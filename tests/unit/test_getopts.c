// SPDX-License-Identifier: Apache-2.0
/* Options among arguments, as getopt(3) finds them. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "base/strbuf.h"
#include "rule/getopts.h"
#include "unit.h"

static struct eyas_value text(const char *s)
{
	return (struct eyas_value){ .type = EYAS_T_STRING, .s = { s, strlen(s) } };
}

/* Arguments separated by '|'; the result likewise, "-" if there is none. */
static const struct { const char *args, *optstring, *sub, *want; } cases[] = {
	{ "-a|-b", "ab", NULL, "a|b" },
	{ "-ab", "ab", NULL, "a|b" },
	{ "-abc", "ab", NULL, "a|b|?" },
	{ "-o|file|-a", "ao:", NULL, "o|file|a" },
	{ "-ofile", "o:", NULL, "o|file" },
	{ "-ao|file", "ao:", NULL, "a|o|file" },
	{ "-a|file|-b", "ab", NULL, "a" },
	{ "-a|--|-b", "ab", NULL, "a" },
	{ "--long|-a", "a", NULL, "a" },
	{ "-|-a", "a", NULL, "" },
	{ "-o", "o:", NULL, "" },
	{ "", "a", NULL, "" },
	{ "-:", "a:", NULL, "?" },
	{ "-a", "", NULL, "?" },
	{ "-o|1|-o|2", "o:", "o", "2" },
	{ "-a", "a", "a", "a" },
	{ "-a", "ab", "b", "-" },
	{ "-o", "o:", "o", "" },
	{ "-x", "a", "x", "-" },
};

START_TEST(found_as_listed)
{
	_cleanup_strbuf_ struct eyas_strbuf got = EYAS_STRBUF_INIT;
	struct eyas_arena arena = { 0 };
	struct eyas_value args[8], list = { .type = EYAS_T_STRING, .list = true }, out;
	struct eyas_value optstring = text(cases[_i].optstring);
	char buf[64], *save = NULL;
	size_t n = 0;
	int r;

	snprintf(buf, sizeof(buf), "%s", cases[_i].args);
	for (char *p = strtok_r(buf, "|", &save); p; p = strtok_r(NULL, "|", &save))
		args[n++] = text(p);
	list.l.v = args;
	list.l.len = n;
	r = eyas_getopts(&list, &optstring, cases[_i].sub, &arena, &out);
	if (r == -ENOENT) {
		eyas_strbuf_adds(&got, "-");
	} else if (!out.list) {
		eyas_strbuf_add(&got, out.s.p, out.s.len);
	} else {
		for (size_t i = 0; i < out.l.len; i++) {
			if (i)
				eyas_strbuf_addc(&got, '|');
			eyas_strbuf_add(&got, out.l.v[i].s.p, out.l.v[i].s.len);
		}
	}
	ck_assert_str_eq(got.buf, cases[_i].want);
	/* An empty string in a list is not the same as no list. */
	if (!strcmp(cases[_i].args, "-o") && !cases[_i].sub)
		ck_assert_uint_eq(out.l.len, 1);
	eyas_arena_release(&arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, found_as_listed, 0, sizeof(cases) / sizeof(cases[0]));
}

EYAS_TEST_MAIN("getopts", fill)
