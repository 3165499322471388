// SPDX-License-Identifier: Apache-2.0
/* Predicates: which make sense, which are one, what is told about them. */
#include "unit.h"
#include "fake.h"

static const struct { const char *cond, *msg; size_t off; } bad[] = {
	{ "t.int contains x",
	  "operator 'contains' is not supported for field 't.int' of type signed "
	  "number", 6 },
	{ "t.ip < 1", "operator '<' is not supported for field 't.ip' of type IP address", 5 },
	{ "t.bool > 0", "operator '>' is not supported for field 't.bool' of type boolean", 7 },
	{ "t.bytes glob x", "operator 'glob' is not supported for field 't.bytes' of type byte "
	  "buffer", 8 },
	{ "t.s1 bcontains ff", "operator 'bcontains' is not supported for field 't.s1' of type "
	  "string", 5 },
	{ "t.int pmatch (1)", "operator 'pmatch' is not supported for field 't.int' of type signed "
	  "number", 6 },
	{ "t.list = a", "operator '=' is not supported for lists", 7 },
	{ "t.list contains a", "operator 'contains' is not supported for lists", 7 },
	{ "t.list pmatch (a)", "operator 'pmatch' is not supported for lists", 7 },
	{ "t.int = x", "x is not a valid number", 8 },
	{ "t.int in (1, x, 3)", "x is not a valid number", 13 },
	{ "t.bool = yes", "unrecognized boolean value 'yes'; use true or false", 9 },
	{ "t.ip = 10.0.0.0/8", "unrecognized IP address '10.0.0.0/8'", 7 },
	{ "t.net = 10.0.0.1", "unrecognized IP network '10.0.0.1'; write it as 10.0.0.0/8", 8 },
	{ "t.s1 regex '['", "invalid regex pattern: missing ]", 11 },
	{ "t.s1 = 'a\\x00b'", "text may not hold a NUL byte", 7 },
	{ "t.bytes bcontains xyz", "bcontains and bstartswith operator support hex strings only",
	  18 },
	{ "evt.type = nosuch", "unknown event type nosuch", 11 },
	{ "evt.type in (open, nosuch)", "unknown event type nosuch", 19 },
	{ "evt.type != nosuch", "unknown event type nosuch", 12 },
	{ "syscall.type = nosuch", "unknown event type nosuch", 15 },
};

START_TEST(refused_as_listed)
{
	struct conds r;

	ck_assert_str_eq(conds_error(bad[_i].cond, &r), bad[_i].msg);
	ck_assert_uint_eq(r.perr.loc.off, bad[_i].off);
	conds_release(&r);
}
END_TEST

static const char *const good[] = {
	"t.s1 = a", "t.bytes contains a", "t.bytes bcontains CAFE", "t.bytes bstartswith ca",
	"t.s1 contains oneof (a, b)", "t.int = anyof (1, 2)", "t.s1 regex allof (a, b)",
	"t.list in (a)", "t.list intersects (a)", "t.list exists", "t.list[0] = a",
	"t.list[0] contains a", "t.any = a", "t.anyip != 10.0.0.1", "t.anynet = 10.0.0.0/8",
	"t.s1 < val(t.s2)", "t.list in val(t.list)", "t.dur > 5", "t.port = http",
	"evt.type in (open, openat)", "evt.type startswith open", "t.ip in (::1, 10.0.0.1)",
};

START_TEST(accepted_as_listed)
{
	struct conds r;

	ck_assert_str_eq(conds_error(good[_i], &r), "");
	conds_release(&r);
}
END_TEST

/* Texts of conditions, and how many different predicates they make. */
START_TEST(equal_ones_are_one)
{
	static const char *const conds[] = {
		"t.s1 = a", "t.s1 == a", "t.s1 = \"a\"", "t.s1 != a", "t.s2 = a",
		"t.s1 in (a, b)", "t.s1 in ( a,b )", "t.s1 in (a, b, c)", "t.s1 in (ab)",
		"t.s1 intersects (a, b)", "t.s1 = anyof (a, b)", "t.s1 = oneof (a, b)",
		"t.s1 contains a", "t.s1 = val(t.s2)", "t.s1 = val(t.s2)", "t.s1 exists",
		"t.s1 in ()", "t.s1 in (\"\")",
	};
	struct conds r;
	uint32_t node;

	conds_init(&r, false, false);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(conds); i++)
		ck_assert_int_eq(conds_node(&r, conds[i], &node), 0);
	ck_assert_uint_eq(r.rs->prog.all_preds.len, 14);
	conds_release(&r);
}
END_TEST

START_TEST(long_lists_are_hashed)
{
	struct conds r;
	uint32_t node;

	conds_init(&r, false, false);
	ck_assert_int_eq(conds_node(&r, "t.int in (1,2,3,4,5,6,7,8,9)", &node), 0);
	ck_assert(r.rs->prog.nodes.data[node].pred->hashed);
	ck_assert_int_eq(conds_node(&r, "t.int in (1,2,3)", &node), 0);
	ck_assert(!r.rs->prog.nodes.data[node].pred->hashed);
	ck_assert_int_eq(conds_node(&r, "t.net in (10.0.0.0/8,10.1.0.0/16,10.2.0.0/16,10.3.0.0/16,"
				   "10.4.0.0/16,10.5.0.0/16,10.6.0.0/16,10.7.0.0/16,10.8.0.0/16)",
				   &node), 0);
	ck_assert(!r.rs->prog.nodes.data[node].pred->hashed);
	conds_release(&r);
}
END_TEST

/* Nothing is as negative as this. */
static const struct { const char *cond; bool never; } nevers[] = {
	{ "evt.num = 0", true },	{ "evt.num in (0)", true },	{ "evt.num < 1", true },
	{ "evt.num <= 0", true },	{ "evt.num = 1", false },	{ "evt.num < 2", false },
	{ "evt.num >= 0", false },
	{ "evt.num != 0", false },
	{ "evt.num in (0, 1)", false },
	{ "t.uint = 0", false },	{ "evt.num = oneof (0, 0)", false },
};

START_TEST(never_as_listed)
{
	struct conds r;
	uint32_t node;

	conds_init(&r, false, false);
	ck_assert_int_eq(conds_node(&r, nevers[_i].cond, &node), 0);
	ck_assert_int_eq(r.rs->prog.nodes.data[node].kind == EYAS_NODE_FALSE, nevers[_i].never);
	conds_release(&r);
}
END_TEST

static const struct { const char *cond, *warning; } warnings[] = {
	{ "t.s1 = t.s2", "'t.s2' may be a valid field misused as a const string value" },
	{ "t.s1 in (a, t.s2)", "'t.s2' may be a valid field misused as a const string value" },
	{ "t.s1 = \"tolower(t.s2)\"",
	  "'tolower(t.s2)' may be a valid field transformer misused as a "
	  "const string value" },
	{ "t.s1 = ' t.s2 '", "' t.s2 ' may be a valid field misused as a const string value" },
	{ "t.s1 = 'tolower ( t.s2)'",
	  "'tolower ( t.s2)' may be a valid field transformer misused as a "
	  "const string value" },
	{ "t.s1 = ' '", "" },
	{ "t.s1 regex '^abc$'", "this regex can be written as '= abc'" },
	{ "t.s1 regex '.*abc'", "this regex can be written as 'endswith abc'" },
	{ "t.s1 regex 'abc.+'", "this regex is nearly 'startswith abc'" },
	{ "t.s1 regex 'a.c'", "" },
	{ "t.s1 = t.nosuch", "" },
	{ "t.s1 = \"\"", "" },
	{ "t.s1 = \"nosuch(t.s2)\"", "" },
};

START_TEST(warned_as_listed)
{
	struct conds r;

	ck_assert_str_eq(conds_error(warnings[_i].cond, &r), "");
	ck_assert_str_eq(r.warned, warnings[_i].warning);
	if (*r.warned)
		ck_assert_int_eq(r.code, EYAS_LOAD_COMPILE_CONDITION);
	conds_release(&r);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, refused_as_listed, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_loop_test(tc, accepted_as_listed, 0, sizeof(good) / sizeof(good[0]));
	tcase_add_test(tc, equal_ones_are_one);
	tcase_add_test(tc, long_lists_are_hashed);
	tcase_add_loop_test(tc, never_as_listed, 0, sizeof(nevers) / sizeof(nevers[0]));
	tcase_add_loop_test(tc, warned_as_listed, 0, sizeof(warnings) / sizeof(warnings[0]));
}

EYAS_TEST_MAIN("pred", fill)
