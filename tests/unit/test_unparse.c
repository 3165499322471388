// SPDX-License-Identifier: Apache-2.0
/* Conditions as text again: as Falco prints them, and the same when read again. */
#include "loading.h"

static const struct {
	const char *in, *out;
} cases[] = {
	{ "proc.name=a", "proc.name = a" },
	{ "proc.name == a", "proc.name == a" },
	{ "(((proc.name=a)))", "proc.name = a" },
	{ "proc.name=a and fd.num>=0 or not evt.num exists",
	  "((proc.name = a and fd.num >= 0) or not evt.num exists)" },
	{ "not not proc.name=a", "proc.name = a" },
	{ "not(proc.name=a or m)", "not (proc.name = a or m)" },
	{ "proc.name in (a, 'b c', \"d\")", "proc.name in (a, \"b c\", d)" },
	{ "proc.name in ()", "proc.name in ()" },
	{ "proc.name contains ''", "proc.name contains \"\"" },
	{ "proc.name = \"a\\\"b\"", "proc.name = \"a\\\"b\"" },
	{ "proc.name = 'a\\\\b c'", "proc.name = \"a\\\\b c\"" },
	{ "proc.name = \"tab\\there\"", "proc.name = \"tab\\there\"" },
	{ "proc.name = \"\\x01\\x7f\"", "proc.name = \"\\x01\x7f\"" },
	{ "proc.aname[2] = x", "proc.aname[2] = x" },
	{ "proc.env['A B'] = x", "proc.env[\"A B\"] = x" },
	{ "proc.name startswith oneof (a, b)", "proc.name startswith oneof (a, b)" },
	{ "tolower(basename(proc.exepath)) = val(proc.name)",
	  "tolower(basename(proc.exepath)) = val(proc.name)" },
	{ "fd.net != 10.0.0.0/8", "fd.net != 10.0.0.0/8" },
	{ "fd.name pmatch (/a, /b*)", "fd.name pmatch (/a, /b*)" },
};

static void unparse(const char *in, struct eyas_arena *arena, struct eyas_strbuf *out)
{
	struct eyas_parse_err perr;
	struct eyas_ast *ast;
	int r = eyas_parse_condition(in, strlen(in), EYAS_PARSE_DEPTH, arena, &ast, &perr);

	ck_assert_msg(!r, "%s: %s", in, perr.err.msg);
	eyas_unparse(ast, NULL, 1000, out);
}

START_TEST(printed)
{
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT, again = EYAS_STRBUF_INIT;
	struct eyas_arena arena = { 0 };

	unparse(cases[_i].in, &arena, &out);
	ck_assert_str_eq(out.buf, cases[_i].out);
	unparse(out.buf, &arena, &again);
	ck_assert_str_eq(again.buf, out.buf);
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(macros_are_written_out)
{
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;
	struct eyas_macro_def *m;

	ck_assert_loads("- {macro: a, condition: proc.name=x or proc.name=y}\n"
			"- {macro: b, condition: not a}\n");
	m = eyas_items_macro(&ld.items, "b", 1);
	eyas_unparse(m->ast, &ld.items, 1000, &out);
	ck_assert_str_eq(out.buf, "not (proc.name = x or proc.name = y)");
	eyas_strbuf_reset(&out);
	eyas_unparse(m->ast, NULL, 1000, &out);
	ck_assert_str_eq(out.buf, "not a");
	loading_end();
}
END_TEST

START_TEST(cut_where_it_gets_long)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT, out = EYAS_STRBUF_INIT;
	struct eyas_macro_def *m;

	eyas_strbuf_adds(&text, "- {macro: m0, condition: proc.name=x}\n");
	for (int i = 1; i < 100; i++)
		eyas_strbuf_addf(&text, "- {macro: m%d, condition: m%d and m%d}\n", i, i - 1,
				 i - 1);
	ck_assert_loads(text.buf);
	m = eyas_items_macro(&ld.items, "m99", 3);
	eyas_unparse(m->ast, &ld.items, 1000, &out);
	ck_assert_uint_lt(out.len, 1100);
	ck_assert_str_eq(out.buf + out.len - 3, "...");
	loading_end();
}
END_TEST

START_TEST(cut_where_it_gets_deep)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT, out = EYAS_STRBUF_INIT;
	struct eyas_macro_def *m;

	eyas_strbuf_adds(&text, "- {macro: m0, condition: proc.name=x}\n");
	for (int i = 1; i < 100000; i++)
		eyas_strbuf_addf(&text, "- {macro: m%d, condition: m%d}\n", i, i - 1);
	ck_assert_loads(text.buf);
	m = eyas_items_macro(&ld.items, "m99999", 6);
	eyas_unparse(m->ast, &ld.items, 1000, &out);
	ck_assert_str_eq(out.buf, "...");
	eyas_strbuf_reset(&out);
	m = eyas_items_macro(&ld.items, "m400", 4);
	eyas_unparse(m->ast, &ld.items, 1000, &out);
	ck_assert_str_eq(out.buf, "proc.name = x");
	loading_end();
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, printed, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, macros_are_written_out);
	tcase_add_test(tc, cut_where_it_gets_long);
	tcase_add_test(tc, cut_where_it_gets_deep);
}

EYAS_TEST_MAIN("unparse", fill)
