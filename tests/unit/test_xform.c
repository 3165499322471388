// SPDX-License-Identifier: Apache-2.0
/* Transformers: what they make of values, and what they refuse. */
#include "unit.h"
#include "fake.h"

/* Value of t.s1, the condition, whether it holds. */
static const struct { const char *s, *cond; bool want; } cases[] = {
	{ "CaT", "tolower(t.s1) = cat", true },
	{ "CaT", "toupper(t.s1) = CAT", true },
	{ "\xc4", "tolower(t.s1) = \"\xc4\"", true },
	{ "/usr/bin/cat", "basename(t.s1) = cat", true },
	{ "cat", "basename(t.s1) = cat", true },
	{ "/usr/bin/", "basename(t.s1) = \"\"", true },
	{ "/USR/CAT", "tolower(basename(t.s1)) = cat", true },
	{ "abc", "len(t.s1) = 3", true },
	{ "", "len(t.s1) = 0", true },
	{ "abc", "len(t.s1) in (1, 3)", true },
	{ "aGVsbG8=", "b64(t.s1) = hello", true },
	{ "aGVsbG8", "b64(t.s1) = hello", true },
	{ "aGVsbA==", "b64(t.s1) = hell", true },
	{ "aGVsbG8gd29ybGQh", "b64(t.s1) = \"hello world!\"", true },
	{ "", "b64(t.s1) = \"\"", true },
	{ "a", "b64(t.s1) exists", false },
	{ "a$VsbG8=", "b64(t.s1) exists", false },
	{ "aGVs=bG8", "b64(t.s1) exists", false },
	{ "a", "concat(t.s1, \"-\", t.s1) = a-a", true },
	{ "a", "join(\"-\", (t.s1, \"x\", t.s1)) = a-x-a", true },
	{ "a", "join(t.s1, (b, c)) = bac", true },
	{ "a", "join(\"-\", ()) = \"\"", true },
	{ "abc", "join(\",\", (len(t.s1), \"x\", len(t.s1))) = \"3,x,3\"", true },
	{ "a", "join(\",\", (t.int, \"x\")) exists", false },
	{ "a", "t.s1 = tolower(t.s1)", true },
	{ "A", "t.s1 = tolower(t.s1)", false },
	{ "a", "t.s1 = val(t.s1)", true },
	/* A missing input makes the result missing. */
	{ NULL, "tolower(t.s1) exists", false },
	{ NULL, "len(t.s1) >= 0", false },
	{ NULL, "concat(t.s1, \"x\") exists", false },
	{ NULL, "join(\"-\", (t.s1, \"x\")) exists", false },
	{ NULL, "not tolower(t.s1) = x", true },
};

START_TEST(makes_as_listed)
{
	struct fake f = { 0 };

	if (cases[_i].s)
		fake_text(&f, F_S1, cases[_i].s);
	ck_assert_msg(fake_holds(cases[_i].cond, &f) == cases[_i].want, "%s", cases[_i].cond);
	eyas_arena_release(&f.arena);
}
END_TEST

static const struct { const char *cond; bool want; } on_lists[] = {
	{ "len(t.list) = 3", true },
	{ "tolower(t.list) in (-x, /file, a)", true },
	{ "tolower(t.list) in (-x, file, a)", false },
	{ "toupper(t.list) intersects (/FILE)", true },
	{ "basename(t.list) intersects (FILE)", true },
	{ "join(\" \", t.list) = \"-x /FILE A\"", true },
	{ "getopt(t.list, \"x:\") in (x, /FILE)", true },
	{ "getopt(t.list, \"x:\")[x] = /FILE", true },
	{ "getopt(t.list, \"y:\")[x] exists", false },
	{ "tolower(t.list[1]) = /file", true },
	{ "tolower(t.list[7]) exists", false },
};

START_TEST(works_on_lists)
{
	struct eyas_value v[3] = { fake_str("-x"), fake_str("/FILE"), fake_str("A") };
	struct fake f = { 0 };
	bool got;

	fake_list(&f, F_LIST, v, 3);
	got = fake_holds(on_lists[_i].cond, &f);
	ck_assert_msg(got == on_lists[_i].want, "%s", on_lists[_i].cond);
	eyas_arena_release(&f.arena);
}
END_TEST

static const struct { const char *cond, *msg; } bad[] = {
	{ "tolower(t.int) = x",
	  "can't add field transformer: type 'signed number' is not supported "
	  "by 'tolower' transformer applied on field 't.int'" },
	{ "len(t.int) = 1", "can't add field transformer: type 'signed number' is not supported by "
	  "'len' transformer applied on field 't.int'" },
	{ "b64(t.bool) = x",
	  "can't add field transformer: type 'boolean' is not supported by 'b64' "
	  "transformer applied on field 't.bool'" },
	{ "tolower(len(t.s1)) = 1", "can't add field transformer: type 'unsigned number' is not "
	  "supported by 'tolower' transformer applied on field 't.s1'" },
	{ "join(\"-\") = x", "join() requires exactly 2 arguments: separator and list" },
	{ "join(t.list, (a)) = x", "join() separator must be a string" },
	{ "join(\"-\", \"x\") = x", "join() second argument must be a list of strings" },
	{ "join(\"-\", (\"a\", t.list)) = x", "elements of a list must not be lists" },
	{ "concat(t.s1) = x", "concat() requires at least 2 arguments" },
	{ "concat(t.s1, t.int) = x", "concat() arguments must be strings" },
	{ "concat(t.s1, t.list) = x", "concat() arguments must be strings" },
	{ "getopt(t.list) = x",
	  "getopt() requires exactly 2 arguments: args list and optstring" },
	{ "getopt(t.s1, \"a\") = x", "getopt() first argument must be a list of strings" },
	{ "getopt(t.list, t.list) = x", "getopt() optstring must be a string" },
	{ "getopt(t.list, \"ab\")[ab] = x", "getopt() takes one option letter in []" },
	{ "tolower(t.any) = x", "field 't.any' does not support transformers" },
	{ "tolower(t.plain) = x", "field 't.plain' does not support transformers" },
	{ "join(\"-\", (t.plain)) = x", "field 't.plain' does not support transformers" },
	{ "tolower(t.nosuch) = x", "filter_check called with nonexistent field t.nosuch" },
	{ "t.s1 = val(t.left)", "field 't.left' cannot be used on the right of an operator" },
	{ "t.s1 = val(t.int)", "fields of different types cannot be compared: 't.s1' is a string, "
	  "'t.int' is a signed number" },
	{ "t.s1 = len(t.s1)", "fields of different types cannot be compared: 't.s1' is a string, "
	  "'t.s1' is a unsigned number" },
	{ "t.s1 pmatch val(t.s2)",
	  "a field cannot be compared with another one here: 't.s1 pmatch' "
	  "takes values only" },
	{ "t.s1 regex val(t.s2)", "a field cannot be compared with another one here: 't.s1 regex' "
	  "takes values only" },
	{ "evt.type = val(t.s1)", "a field cannot be compared with another one here: 'evt.type =' "
	  "takes values only" },
	{ "t.s1 = val(t.list)", "operator '=' takes one value, not a list" },
	/* Constants must be in quotes here. */
	{ "concat(t.s1, b) = x", "expected a field or a nested valid transformer: 'tolower', "
	  "'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt'" },
};

START_TEST(refuses_as_listed)
{
	struct conds r;

	ck_assert_str_eq(conds_error(bad[_i].cond, &r), bad[_i].msg);
	conds_release(&r);
}
END_TEST

START_TEST(table_is_complete)
{
	size_t n;
	const struct eyas_xform *x = eyas_xform_table(&n);

	ck_assert_uint_eq(n, 9);
	for (size_t i = 0; i < n; i++) {
		ck_assert_ptr_eq(eyas_xform_find(x[i].name, strlen(x[i].name)), &x[i]);
		ck_assert(x[i].check && x[i].apply && x[i].help);
	}
	ck_assert_ptr_null(eyas_xform_find("tolow", 5));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, makes_as_listed, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_loop_test(tc, works_on_lists, 0, sizeof(on_lists) / sizeof(on_lists[0]));
	tcase_add_loop_test(tc, refuses_as_listed, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, table_is_complete);
}

EYAS_TEST_MAIN("xform", fill)
