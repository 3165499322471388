// SPDX-License-Identifier: Apache-2.0
/* Tokens: where each ends, and what quoted strings become. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "rule/lex.h"
#include "unit.h"

typedef bool take_fn(struct eyas_lex *lx);

/* How much of the text is taken; 0: nothing. */
static const struct { take_fn *take; const char *s; size_t want; } tokens[] = {
	{ eyas_lex_identifier, "abc_1 x", 5 },	{ eyas_lex_identifier, "_abc", 0 },
	{ eyas_lex_identifier, "1abc", 0 },	{ eyas_lex_identifier, "", 0 },
	{ eyas_lex_field, "proc.name=x", 9 },	{ eyas_lex_field, "proc", 0 },
	{ eyas_lex_field, "proc.", 0 },		{ eyas_lex_field, "a.b.c.d[1]", 7 },
	{ eyas_lex_field, "a.b.", 3 },		{ eyas_lex_field, "a.b.1", 3 },
	{ eyas_lex_field, ".a.b", 0 },		{ eyas_lex_field, "proc.aname[2]", 10 },
	{ eyas_lex_number, "123x", 3 },		{ eyas_lex_number, "-1", 2 },
	{ eyas_lex_number, "+1.5e+3 ", 7 },	{ eyas_lex_number, "1.", 2 },
	{ eyas_lex_number, "1e5", 1 },		{ eyas_lex_number, "0x1fG", 5 },
	{ eyas_lex_number, "0x", 1 },		{ eyas_lex_number, "-", 0 },
	{ eyas_lex_number, ".5", 0 },		{ eyas_lex_number, "-0x10", 2 },
	{ eyas_lex_bare, "abc def", 3 },	{ eyas_lex_bare, "runc:[0:PARENT])", 15 },
	{ eyas_lex_bare, "a/b*c?{}<>;&|", 13 },	{ eyas_lex_bare, "a=b", 1 },
	{ eyas_lex_bare, "a,b", 1 },		{ eyas_lex_bare, "a\"b", 1 },
	{ eyas_lex_bare, "(a)", 0 },		{ eyas_lex_bare, "a\vb", 1 },
	{ eyas_lex_bare, "a\\b", 3 },		{ eyas_lex_bare, "a\bb", 3 },
	{ eyas_lex_bare_arg, "2]", 1 },		{ eyas_lex_bare_arg, "/etc/(a)=,]", 10 },
	{ eyas_lex_bare_arg, "a b]", 1 },	{ eyas_lex_bare_arg, "]", 0 },
	{ eyas_lex_blank, " \t\b\r\nx", 5 },	{ eyas_lex_blank, "\vx", 0 },
};

START_TEST(tokens_end_as_listed)
{
	struct eyas_lex lx = { .s = tokens[_i].s, .len = strlen(tokens[_i].s) };

	ck_assert_int_eq(tokens[_i].take(&lx), tokens[_i].want > 0);
	ck_assert_msg(lx.pos == tokens[_i].want, "'%s': %zu", tokens[_i].s, lx.pos);
}
END_TEST

static const struct { enum eyas_op_form form; const char *s, *want; } ops[] = {
	{ EYAS_OP_NUM, "<=1", "<=" },		{ EYAS_OP_NUM, "<1", "<" },
	{ EYAS_OP_NUM, ">=1", ">=" },		{ EYAS_OP_NUM, "=1", NULL },
	{ EYAS_OP_STR, "==x", "==" },		{ EYAS_OP_STR, "=x", "=" },
	{ EYAS_OP_STR, "!=x", "!=" },		{ EYAS_OP_STR, "contains x", "contains" },
	{ EYAS_OP_STR, "contains(x", NULL },	{ EYAS_OP_STR, "contains", NULL },
	{ EYAS_OP_STR, "glob\tx", "glob" },	{ EYAS_OP_STR, "iglob x", "iglob" },
	{ EYAS_OP_STR, "in x", NULL },		{ EYAS_OP_LIST, "in(x", "in" },
	{ EYAS_OP_LIST, "intersects(x", "intersects" }, { EYAS_OP_LIST, "pmatch(x", "pmatch" },
	{ EYAS_OP_UNARY, "existsand", "exists" }, { EYAS_OP_UNARY, "exist", NULL },
};

START_TEST(operators_as_listed)
{
	struct eyas_lex lx = { .s = ops[_i].s, .len = strlen(ops[_i].s) };
	const struct eyas_op *op = eyas_lex_op(&lx, ops[_i].form);

	if (!ops[_i].want) {
		ck_assert_ptr_null(op);
		ck_assert_uint_eq(lx.pos, 0);
		return;
	}
	ck_assert_ptr_nonnull(op);
	ck_assert_str_eq(op->name, ops[_i].want);
	ck_assert_uint_eq(lx.pos, strlen(op->name));
}
END_TEST

/* What is taken, and what it means; no meaning: nothing is taken. */
static const struct { const char *s; size_t end; const char *want; } quoted[] = {
	{ "\"abc\" d", 5, "abc" },		{ "'abc'", 5, "abc" },
	{ "\"\"", 2, "" },			{ "\"a'b\"", 5, "a'b" },
	{ "'a\"b'", 5, "a\"b" },		{ "\"a\\\"b\"", 6, "a\"b" },
	{ "'a\\'b'", 6, "a'b" },
	{ "\"\\b\\f\\n\\r\\t\\\\\\/\"", 16, "\b\f\n\r\t\\/" },
	{ "\"\\x41\\x7a\"", 10, "Az" },		{ "\"a\\ b\"", 6, "a\\ b" },
	{ "\"abc", 0, NULL },			{ "abc", 0, NULL },
	/* The quote after any backslash does not end it. */
	{ "\"a\\\\\" b\"", 0, "!invalid" },
	{ "\"a\\\\\"", 0, NULL },
};

START_TEST(strings_as_listed)
{
	struct eyas_arena arena = { 0 };
	struct eyas_lex lx = { .s = quoted[_i].s, .len = strlen(quoted[_i].s), .arena = &arena };
	struct eyas_err err = { 0 };
	struct eyas_word w;
	int r = eyas_lex_quoted(&lx, &w, &err);

	if (quoted[_i].want && *quoted[_i].want == '!') {
		ck_assert_int_eq(r, 1);
		ck_assert_str_eq(w.s, "a\\\" b");
	} else if (quoted[_i].want) {
		ck_assert_int_eq(r, 1);
		ck_assert_uint_eq(lx.pos, quoted[_i].end);
		ck_assert_uint_eq(w.len, strlen(quoted[_i].want));
		ck_assert_str_eq(w.s, quoted[_i].want);
	} else {
		ck_assert_int_eq(r, 0);
	}
	eyas_arena_release(&arena);
}
END_TEST

static const struct { const char *s, *msg; size_t off; } bad[] = {
	{ "\"ab\\c\"", "unsupported string escape sequence: \\c", 3 },
	{ "\"\\d\"", "unsupported string escape sequence: \\d", 1 },
	{ "\"\\x4\"", "truncated hex char escape sequence", 1 },
	{ "\"\\x4g\"", "invalid hex char escape sequence: \\x4g", 1 },
	{ "'\\\"'", "invalid \\\" escape in '-quoted string", 1 },
	{ "\"\\'\"", "invalid \\' escape in \"-quoted string", 1 },
};

START_TEST(bad_strings_as_listed)
{
	struct eyas_arena arena = { 0 };
	struct eyas_lex lx = { .s = bad[_i].s, .len = strlen(bad[_i].s), .arena = &arena };
	struct eyas_err err = { 0 };
	struct eyas_word w;

	ck_assert_int_eq(eyas_lex_quoted(&lx, &w, &err), -EINVAL);
	ck_assert_str_eq(err.msg, bad[_i].msg);
	ck_assert_uint_eq(lx.last.off, bad[_i].off);
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(nul_is_a_byte_like_others)
{
	struct eyas_arena arena = { 0 };
	struct eyas_lex lx = { .s = "\"a\\x00b\"", .len = 8, .arena = &arena };
	struct eyas_word w;

	ck_assert_int_eq(eyas_lex_quoted(&lx, &w, NULL), 1);
	ck_assert_uint_eq(w.len, 3);
	ck_assert_mem_eq(w.s, "a\0b", 3);
	/* In the text itself it ends what is bare. */
	lx = (struct eyas_lex){ .s = "a\0b", .len = 3, .arena = &arena };
	ck_assert(eyas_lex_bare(&lx));
	ck_assert_uint_eq(lx.pos, 1);
	eyas_arena_release(&arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, tokens_end_as_listed, 0, sizeof(tokens) / sizeof(tokens[0]));
	tcase_add_loop_test(tc, operators_as_listed, 0, sizeof(ops) / sizeof(ops[0]));
	tcase_add_loop_test(tc, strings_as_listed, 0, sizeof(quoted) / sizeof(quoted[0]));
	tcase_add_loop_test(tc, bad_strings_as_listed, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, nul_is_a_byte_like_others);
}

EYAS_TEST_MAIN("lex", fill)
