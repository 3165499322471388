// SPDX-License-Identifier: Apache-2.0
/* What operators say of two values, for each type. */
#include <check.h>
#include <string.h>
#include "rule/test.h"
#include "unit.h"

static struct eyas_arena arena;

static struct eyas_value value(enum eyas_type type, const char *s)
{
	struct eyas_word w = { s, strlen(s) };
	struct eyas_const c;
	struct eyas_err err = { 0 };
	enum eyas_type as = type == EYAS_T_NET ? EYAS_T_IP : type;

	ck_assert_msg(!eyas_const_parse(as, eyas_op_find("=", 1), &w, &arena, &c, &err), "%s",
		      err.msg);
	return c.v;
}

static const struct { enum eyas_type type; const char *a, *op, *b; bool want; } cases[] = {
	{ EYAS_T_STRING, "abc", "=", "abc", true },
	{ EYAS_T_STRING, "abc", "=", "abcd", false },
	{ EYAS_T_STRING, "abc", "=", "ABC", false },
	{ EYAS_T_STRING, "", "=", "", true },
	{ EYAS_T_STRING, "abc", "!=", "abd", true },
	{ EYAS_T_STRING, "abc", "!=", "abc", false },
	{ EYAS_T_STRING, "abc", "<", "abd", true },
	{ EYAS_T_STRING, "abc", "<", "ab", false },
	{ EYAS_T_STRING, "ab", "<", "abc", true },
	{ EYAS_T_STRING, "abc", "<=", "abc", true },
	{ EYAS_T_STRING, "b", ">", "abc", true },
	{ EYAS_T_STRING, "a", ">=", "b", false },
	{ EYAS_T_STRING, "\xff", ">", "a", true },
	{ EYAS_T_STRING, "a-needle-b", "contains", "needle", true },
	{ EYAS_T_STRING, "a-needl-b", "contains", "needle", false },
	{ EYAS_T_STRING, "x", "contains", "", true },
	{ EYAS_T_STRING, "NeEdLe", "icontains", "needle", true },
	{ EYAS_T_STRING, "ab", "icontains", "ABC", false },
	{ EYAS_T_STRING, "x", "icontains", "", true },
	{ EYAS_T_STRING, "/etc/x", "startswith", "/etc", true },
	{ EYAS_T_STRING, "/et", "startswith", "/etc", false },
	{ EYAS_T_STRING, "x", "startswith", "", true },
	{ EYAS_T_STRING, "a.so", "endswith", ".so", true },
	{ EYAS_T_STRING, "so", "endswith", ".so", false },
	{ EYAS_T_STRING, "/a/b", "glob", "/*b", true },
	{ EYAS_T_STRING, "/A/B", "glob", "/a*", false },
	{ EYAS_T_STRING, "/A/B", "iglob", "/a*", true },
	{ EYAS_T_BYTES, "abc", "=", "abc", true },
	{ EYAS_T_BYTES, "abc", "contains", "b", true },
	{ EYAS_T_BYTES, "abc", "startswith", "ab", true },
	{ EYAS_T_BYTES, "abc", "endswith", "bc", true },
	{ EYAS_T_BYTES, "abc", "bcontains", "6263", true },
	{ EYAS_T_BYTES, "abc", "bstartswith", "6162", true },
	{ EYAS_T_BYTES, "abc", "bstartswith", "6263", false },
	{ EYAS_T_INT, "-1", "<", "0", true },
	{ EYAS_T_INT, "-1", ">", "0", false },
	{ EYAS_T_INT, "5", "<=", "5", true },
	{ EYAS_T_INT, "5", ">=", "6", false },
	{ EYAS_T_INT, "5", "!=", "6", true },
	{ EYAS_T_UINT, "0xffffffffffffffff", ">", "1", true },
	{ EYAS_T_UINT, "3", "=", "0x3", true },
	{ EYAS_T_BOOL, "true", "=", "true", true },
	{ EYAS_T_BOOL, "true", "!=", "false", true },
	{ EYAS_T_BOOL, "false", "=", "true", false },
	{ EYAS_T_DOUBLE, "0.5", "<", "0.75", true },
	{ EYAS_T_DOUBLE, "0.5", "=", "0.5", true },
	{ EYAS_T_DOUBLE, "nan", "=", "nan", false },
	{ EYAS_T_DOUBLE, "nan", "<", "1", false },
	{ EYAS_T_DOUBLE, "nan", "!=", "1", true },
	{ EYAS_T_RELTIME, "5", ">", "4", true },
	{ EYAS_T_ABSTIME, "5", "=", "5", true },
	{ EYAS_T_PORT, "443", "=", "https", true },
	{ EYAS_T_PORT, "443", "<", "444", true },
	{ EYAS_T_IP, "10.0.0.1", "=", "10.0.0.1", true },
	{ EYAS_T_IP, "10.0.0.1", "=", "10.0.0.2", false },
	{ EYAS_T_IP, "10.0.0.1", "!=", "10.0.0.2", true },
	{ EYAS_T_IP, "10.0.0.1", "=", "::1", false },
	{ EYAS_T_IP, "10.0.0.1", "!=", "::1", true },
	{ EYAS_T_IP, "fe80::1", "=", "fe80::1", true },
	{ EYAS_T_IP, "::ffff:10.0.0.1", "=", "10.0.0.1", true },
	{ EYAS_T_NET, "10.9.8.7", "=", "10.0.0.0/8", true },
	{ EYAS_T_NET, "11.9.8.7", "=", "10.0.0.0/8", false },
	{ EYAS_T_NET, "11.9.8.7", "!=", "10.0.0.0/8", true },
	{ EYAS_T_NET, "192.168.1.130", "in", "192.168.1.128/25", true },
	{ EYAS_T_NET, "192.168.1.127", "in", "192.168.1.128/25", false },
	{ EYAS_T_NET, "1.2.3.4", "=", "0.0.0.0/0", true },
	{ EYAS_T_NET, "fe80::1", "=", "fe80::/10", true },
	{ EYAS_T_NET, "fec0::1", "=", "fe80::/10", false },
	{ EYAS_T_NET, "fe80::1", "=", "10.0.0.0/8", false },
	{ EYAS_T_NET, "fe80::1", "!=", "10.0.0.0/8", true },
};

START_TEST(says_as_listed)
{
	const struct eyas_op *op = eyas_op_find(cases[_i].op, strlen(cases[_i].op));
	struct eyas_word w = { cases[_i].b, strlen(cases[_i].b) };
	struct eyas_value a = value(cases[_i].type, cases[_i].a);
	struct eyas_err err = { 0 };
	struct eyas_const b;

	ck_assert_msg(!eyas_const_parse(cases[_i].type, op, &w, &arena, &b, &err), "%s", err.msg);
	ck_assert_msg(eyas_test_find(op->id, cases[_i].type)(&a, &b) == cases[_i].want, "%s %s %s",
		      cases[_i].a, cases[_i].op, cases[_i].b);
	eyas_const_release(&b);
}
END_TEST

START_TEST(none_for_what_makes_no_sense)
{
	ck_assert_ptr_null(eyas_test_find(EYAS_OP_CONTAINS, EYAS_T_INT));
	ck_assert_ptr_null(eyas_test_find(EYAS_OP_LT, EYAS_T_IP));
	ck_assert_ptr_null(eyas_test_find(EYAS_OP_EQ, EYAS_T_NONE));
	ck_assert_ptr_null(eyas_test_find(EYAS_OP_REGEX, EYAS_T_NET));
}
END_TEST

START_TEST(alike)
{
	ck_assert(eyas_type_is_alike(EYAS_T_STRING, EYAS_T_BYTES));
	ck_assert(eyas_type_is_alike(EYAS_T_INT, EYAS_T_PORT));
	ck_assert(eyas_type_is_alike(EYAS_T_IP, EYAS_T_NET));
	ck_assert(!eyas_type_is_alike(EYAS_T_STRING, EYAS_T_INT));
	ck_assert(!eyas_type_is_alike(EYAS_T_DOUBLE, EYAS_T_INT));
	ck_assert(!eyas_type_is_alike(EYAS_T_NONE, EYAS_T_NONE));
	ck_assert(eyas_type_is_text(EYAS_T_BYTES) && !eyas_type_is_text(EYAS_T_UINT));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, says_as_listed, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, none_for_what_makes_no_sense);
	tcase_add_test(tc, alike);
}

EYAS_TEST_MAIN("test", fill)
