// SPDX-License-Identifier: Apache-2.0
/* Exceptions as text, to the byte, and where each piece of it came from. */
#include "loading.h"
#include "rule/exceptions.h"

/* The condition of rule R, "evt.type=open", with the exceptions @ex of it. */
static void expand(const char *ex, struct eyas_srctext *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	struct eyas_rules_text t = { "rules.yaml", NULL, 0 };
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };

	eyas_strbuf_addf(&text,
			 "- rule: R\n  desc: d\n  condition: evt.type=open\n  output: o\n"
			 "  priority: INFO\n  exceptions: %s\n",
			 ex);
	t.text = text.buf;
	t.len = text.len;
	ck_assert_msg(!eyas_loading_run(&ld, &t, 1, &opt, &res), "%s: %s", ex,
		      res.len ? res.issues[res.len - 1].msg : "?");
	ck_assert_int_eq(eyas_exceptions_expand(&ld.items, ld.items.rules.data[0], ret), 0);
	loading_end();
}

static const struct {
	const char *ex, *want;
} cases[] = {
	{ "[]", "evt.type=open" },
	{ "[{name: e, fields: proc.name}]", "(evt.type=open)" },
	{ "[{name: e, fields: proc.name, values: [a]}]",
	  "(evt.type=open) and not (proc.name in (a))" },
	{ "[{name: e, fields: proc.name, values: [a, b c, \"'d e'\", '\"f\"']}]",
	  "(evt.type=open) and not (proc.name in (a, \"b c\", 'd e', \"f\"))" },
	{ "[{name: e, fields: fd.name, comps: pmatch, values: [/a]}]",
	  "(evt.type=open) and not (fd.name pmatch (/a))" },
	{ "[{name: e, fields: proc.name, comps: contains anyof, values: [a]}]",
	  "(evt.type=open) and not (proc.name contains anyof (a))" },
	{ "[{name: e, fields: [proc.name], values: [[a]]}]",
	  "(evt.type=open) and not ((proc.name = a))" },
	{ "[{name: e, fields: [proc.name, fd.name], values: [[a, b], [c d, \"'e'\"]]}]",
	  "(evt.type=open) and not ((proc.name = a and fd.name = b) or (proc.name = \"c d\" and "
	  "fd.name = 'e'))" },
	{ "[{name: e, fields: [proc.name, fd.name], comps: [in, startswith], values: "
	  "[[[a, b c], x], [d, y], ['(e, f)', z], ['g, h', z]]}]",
	  "(evt.type=open) and not ((proc.name in (a, \"b c\") and fd.name startswith x) or "
	  "(proc.name in (d) and fd.name startswith y) or (proc.name in (e, f) and fd.name "
	  "startswith z) or (proc.name in (g, h) and fd.name startswith z))" },
	{ "[{name: e, fields: [proc.name], values: []}, {name: f, fields: proc.name, values: [x]}]",
	  "(evt.type=open) and not (proc.name in (x))" },
	{ "[{name: e, fields: [' proc.name '], comps: [' != '], values: [[' a']]}]",
	  "(evt.type=open) and not ((proc.name != \" a\"))" },
};

START_TEST(written_out)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;

	expand(cases[_i].ex, &st);
	ck_assert_str_eq(st.text.buf, cases[_i].want);
}
END_TEST

START_TEST(pieces_have_places)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;
	static const struct {
		const char *piece;
		uint32_t line, col;
	} want[] = {
		{ "evt.type", 3, 14 },	{ "open", 3, 23 },    { " and not ", 7, 5 },
		{ "proc.name", 8, 15 }, { "fd.name", 8, 26 }, { "startswith", 9, 16 },
		{ "aaa", 10, 16 },	{ "bbb", 10, 21 },
	};

	expand("\n  - name: e\n    fields: [ proc.name, fd.name]\n    comps: [=, startswith]\n"
	       "    values: [ [aaa, bbb]]",
	       &st);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		const char *p = strstr(st.text.buf, want[i].piece);
		struct eyas_place at;

		ck_assert_ptr_nonnull(p);
		at = eyas_srctext_place(&st, (size_t)(p - st.text.buf));
		ck_assert_msg(at.line == want[i].line && at.col == want[i].col, "'%s' at %u:%u",
			      want[i].piece, at.line, at.col);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, written_out, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, pieces_have_places);
}

EYAS_TEST_MAIN("exceptions", fill)
