// SPDX-License-Identifier: Apache-2.0
/* Output formats: what is taken for a field, and how values are printed. */
#include "unit.h"
#include "fake.h"

static int compile(struct conds *r, const char *text, struct eyas_format **ret)
{
	struct eyas_build b = conds_build(r);

	return eyas_format_compile(&b, text, strlen(text), ret);
}

/* s1 is "cat", s2 is missing, int is -5, list is (a, b). */
static void fill_fields(struct fake *f)
{
	static const struct eyas_value v[2] = { { .type = EYAS_T_STRING, .s = { "a", 1 } },
						{ .type = EYAS_T_STRING, .s = { "b", 1 } } };

	fake_text(f, F_S1, "cat");
	fake_set(f, F_INT, (struct eyas_value){ .i = -5 });
	fake_u(f, F_UINT, 18446744073709551615ULL);
	fake_u(f, F_BOOL, 1);
	fake_set(f, F_DOUBLE, (struct eyas_value){ .d = 0.25 });
	fake_u(f, F_DUR, 5);
	fake_u(f, F_HEX, 0xabc);
	fake_u(f, F_PORT, 443);
	fake_set(f, F_IP, (struct eyas_value){ .ip = { { 10, 0, 0, 1 }, 4, 32 } });
	fake_set(f, F_BYTES, (struct eyas_value){ .s = { "a\0b\x7f\xff~", 6 } });
	fake_list(f, F_LIST, v, 2);
	fake_list(f, F_ANC, v, 2);
	fake_text(f, F_KEY, "env");
	fake_paths(f, F_PATH1, "/tmp/x", "/etc/shadow");
}

static const struct { const char *format, *want; } good[] = {
	{ "", "" },
	{ "plain text", "plain text" },
	{ "%t.s1", "cat" },
	{ "*%t.s1", "cat" },
	{ "**%t.s1", "*cat" },
	{ "x%t.s1y z", "xcaty z" },		/* the longest known name */
	{ "%t.s1%t.s1", "catcat" },
	{ "(%t.s1)", "(cat)" },
	{ "%t.s1.", "cat." },
	{ "%t.s1.x", "cat.x" },
	{ "%t.s1[0]", "cat[0]" },		/* takes no argument, so it is text */
	{ "%t.s2", "<NA>" },
	{ "a=%t.s2 b=%t.s1", "a=<NA> b=cat" },
	{ "%5t.s1|", "cat  |" },
	{ "%2t.s1|", "ca|" },
	{ "%6t.s2|", "<NA>  |" },
	{ "%0t.s1", "cat" },
	{ "%t.int", "-5" },
	{ "%t.uint", "18446744073709551615" },
	{ "%t.bool", "true" },
	{ "%t.double", "0.2" },
	{ "%t.dur", "5" },
	{ "%t.hex", "ABC" },
	{ "%t.port", "443" },
	{ "%t.ip", "10.0.0.1" },
	{ "%t.bytes", "a.b..~" },
	{ "%t.list", "(a,b)" },
	{ "%t.list[1]", "b" },
	{ "%t.list[1]]", "b]" },
	{ "%t.list[7]", "<NA>" },
	{ "%t.anc", "a b" },
	{ "%t.anc[0]", "a" },
	{ "%t.key[HOME]", "env" },
	{ "%t.key['a b']!", "env!" },
	{ "%t.key[\"a]b\"]!", "env!" },
	{ "%toupper(t.s1)!", "CAT!" },
	{ "%10toupper(t.s1)!", "CAT       !" },
	{ "%tolower(toupper(t.s1))", "cat" },
	{ "%toupper(t.s2)", "<NA>" },
	{ "%join(\"-\", (t.s1, \"x\"))", "cat-x" },
	{ "%len(t.list)", "2" },
	{ "%toupper(t.list)", "(A,B)" },
	{ "%t.path1", "/tmp/x" },		/* as given, always */
	{ "100\xc3\xbc %t.s1", "100\xc3\xbc cat" },
};

START_TEST(printed_as_listed)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct eyas_format *f = NULL;
	struct fake fake = { 0 };
	struct conds r;

	conds_init(&r, false, false);
	fill_fields(&fake);
	ck_assert_msg(!compile(&r, good[_i].format, &f), "%s: %s", good[_i].format,
		      r.perr.err.msg);
	ck_assert_int_eq(eyas_format_render(f, fake_ctx(&fake), &sb), 0);
	ck_assert_str_eq(sb.buf, good[_i].want);
	conds_release(&r);
	eyas_arena_release(&fake.arena);
}
END_TEST

static const struct { const char *format, *msg; size_t off, end; } bad[] = {
	{ "a %", "invalid formatting syntax: formatting cannot end with a %", 2, 3 },
	{ "a %5", "invalid formatting syntax: formatting cannot end with a %", 2, 4 },
	{ "%5000t.s1", "invalid formatting syntax: width too large", 0, 4 },
	{ "%%", "invalid formatting token %: unknown filter: %", 1, 2 },
	{ "x %nosuch.field y",
	  "invalid formatting token nosuch.field: unknown filter: nosuch.field",
	  3, 15 },
	{ "%t.", "invalid formatting token t.: unknown filter: t.", 1, 3 },
	{ "%t.filter", "t.filter is filter only and cannot be used as a display field", 1, 9 },
	{ "%t.key", "field 't.key' requires an argument", 1, 6 },
	{ "%t.key[bad]", "argument 'bad' is bad", 1, 11 },
	{ "%t.list[x]", "argument of field 't.list' must be a number, not 'x'", 1, 10 },
	{ "ab %tolower(t.int)",
	  "can't add field transformer: type 'signed number' is not supported "
	  "by 'tolower' transformer applied on field 't.int'", 4, 18 },
	{ "ab %tolower(x", "expected a field or a nested valid transformer: 'tolower', 'toupper', "
	  "'b64', 'basename', 'len', 'join', 'concat', 'getopt'", 12, 12 },
	{ "%concat(t.s1)", "concat() requires at least 2 arguments", 1, 13 },
	{ "%toupper(t.plain)", "field 't.plain' does not support transformers", 9, 16 },
};

START_TEST(refused_as_listed)
{
	struct eyas_format *f = NULL;
	struct conds r;

	conds_init(&r, false, false);
	ck_assert_int_eq(compile(&r, bad[_i].format, &f), -EINVAL);
	ck_assert_str_eq(r.perr.err.msg, bad[_i].msg);
	ck_assert_uint_eq(r.perr.loc.off, bad[_i].off);
	ck_assert_uint_eq(r.perr.loc.end, bad[_i].end);
	conds_release(&r);
}
END_TEST

static int note(const char *key, const struct eyas_field *field, const struct eyas_value *val,
		void *arg)
{
	struct eyas_strbuf *sb = arg;

	eyas_strbuf_addf(sb, "%s=", key);
	if (val)
		eyas_value_format(field, val, sb);
	else
		eyas_strbuf_adds(sb, "null");
	eyas_strbuf_addc(sb, ';');
	return strcmp(key, "t.uint") ? 0 : -ECANCELED;
}

static const struct { const char *format, *want; } members[] = {
	{ "no field", "" },
	{ "%t.s1 %t.s2 %t.int", "t.s1=cat;t.s2=null;t.int=-5;" },
	{ "%t.s1 %9t.s1 %t.s1", "t.s1=cat;" },
	{ "%t.list[1] %t.list", "t.list[1]=b;t.list=(a,b);" },
	{ "%t.key['a b']", "t.key[a b]=env;" },
	/* Of a transformer, what it is applied to. */
	{ "%toupper(t.s1) %len(t.list) %t.s1", "t.s1=cat;t.list=(a,b);" },
	{ "%join(\"-\", (t.s1, \"x\", t.int))", "t.s1=cat;t.int=-5;" },
	{ "%join(\"-\", (t.s1, \"x\", t.list))", NULL },
	{ "%join(\"-\", (t.s1, \"x\", t.s2))", "t.s1=cat;t.s2=null;" },
};

START_TEST(members_as_listed)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct eyas_format *f = NULL;
	struct fake fake = { 0 };
	struct conds r;

	conds_init(&r, false, false);
	fill_fields(&fake);
	if (!members[_i].want) {
		ck_assert_int_eq(compile(&r, members[_i].format, &f), -EINVAL);
	} else {
		ck_assert_int_eq(compile(&r, members[_i].format, &f), 0);
		ck_assert_int_eq(eyas_format_fields(f, fake_ctx(&fake), note, &sb), 0);
		ck_assert_str_eq(sb.buf, members[_i].want);
	}
	conds_release(&r);
	eyas_arena_release(&fake.arena);
}
END_TEST

START_TEST(the_caller_can_stop)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct eyas_format *f = NULL;
	struct fake fake = { 0 };
	struct conds r;

	conds_init(&r, false, false);
	fill_fields(&fake);
	ck_assert_int_eq(compile(&r, "%t.s1 %t.uint %t.int", &f), 0);
	ck_assert_int_eq(eyas_format_fields(f, fake_ctx(&fake), note, &sb), -ECANCELED);
	ck_assert_str_eq(sb.buf, "t.s1=cat;t.uint=18446744073709551615;");
	conds_release(&r);
	eyas_arena_release(&fake.arena);
}
END_TEST

START_TEST(values_by_type)
{
	static const struct { struct eyas_value v; const char *want; } cases[] = {
		{ { .type = EYAS_T_INT, .i = INT64_MIN }, "-9223372036854775808" },
		{ { .type = EYAS_T_BOOL, .u = 0 }, "false" },
		{ { .type = EYAS_T_DOUBLE, .d = -1.25 }, "-1.2" },
		{ { .type = EYAS_T_ABSTIME, .u = 1700000000000000000 }, "1700000000000000000" },
		{ { .type = EYAS_T_NET, .ip = { { 10 }, 4, 8 } }, "10.0.0.0/8" },
		{ { .type = EYAS_T_IP, .ip = { { 0xfe, 0x80, [15] = 1 }, 6, 128 } }, "fe80::1" },
		{ { .type = EYAS_T_STRING, .s = { "", 0 } }, "" },
		{ { .type = EYAS_T_STRING, .list = true, .l = { NULL, 0 } }, "()" },
		{ { .type = EYAS_T_NONE }, "" },
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(cases); i++) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

		eyas_value_format(NULL, &cases[i].v, &sb);
		ck_assert_str_eq(sb.buf, cases[i].want);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, printed_as_listed, 0, EYAS_ARRAY_LEN(good));
	tcase_add_loop_test(tc, refused_as_listed, 0, EYAS_ARRAY_LEN(bad));
	tcase_add_loop_test(tc, members_as_listed, 0, EYAS_ARRAY_LEN(members));
	tcase_add_test(tc, the_caller_can_stop);
	tcase_add_test(tc, values_by_type);
}

EYAS_TEST_MAIN("format", fill)
