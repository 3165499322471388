// SPDX-License-Identifier: Apache-2.0
/* Constants of conditions: what each type reads, and what it refuses. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "rule/const.h"
#include "unit.h"

static int parse(enum eyas_type type, const char *op, const char *s, struct eyas_const *ret,
		 struct eyas_err *err)
{
	static struct eyas_arena arena;
	struct eyas_word w = { s, strlen(s) };

	return eyas_const_parse(type, eyas_op_find(op, strlen(op)), &w, &arena, ret, err);
}

static const struct { enum eyas_type type; const char *s; int64_t want; } numbers[] = {
	{ EYAS_T_INT, "0", 0 },			{ EYAS_T_INT, "-1", -1 },
	{ EYAS_T_INT, "+5", 5 },		{ EYAS_T_INT, "0x10", 16 },
	{ EYAS_T_INT, "0XfF", 255 },		{ EYAS_T_INT, "010", 10 },
	{ EYAS_T_INT, "-0x10", -16 },
	{ EYAS_T_INT, "9223372036854775807", INT64_MAX },
	{ EYAS_T_INT, "-9223372036854775808", INT64_MIN },
	{ EYAS_T_INT, "0xffffffffffffffff", -1 },
	{ EYAS_T_UINT, "18446744073709551615", -1 },
	{ EYAS_T_UINT, "-1", -1 },		{ EYAS_T_UINT, "0x7f", 127 },
	{ EYAS_T_BOOL, "true", 1 },		{ EYAS_T_BOOL, "false", 0 },
	{ EYAS_T_PORT, "80", 80 },		{ EYAS_T_PORT, "65535", 65535 },
	{ EYAS_T_PORT, "0x50", 80 },		{ EYAS_T_PORT, "http", 80 },
	{ EYAS_T_PORT, "ssh", 22 },
	{ EYAS_T_RELTIME, "5000000000", 5000000000 },
	{ EYAS_T_ABSTIME, "1", 1 },
};

START_TEST(numbers_as_listed)
{
	struct eyas_err err = { 0 };
	struct eyas_const c;

	ck_assert_msg(!parse(numbers[_i].type, "=", numbers[_i].s, &c, &err), "%s: %s",
		      numbers[_i].s, err.msg);
	ck_assert_int_eq(c.v.i, numbers[_i].want);
	ck_assert_int_eq(c.v.type, numbers[_i].type);
}
END_TEST

static const struct { enum eyas_type type; const char *op, *s, *msg; } bad[] = {
	{ EYAS_T_INT, "=", "", " is not a valid number" },
	{ EYAS_T_INT, "=", "x", "x is not a valid number" },
	{ EYAS_T_INT, "=", "1x", "1x is not a valid number" },
	{ EYAS_T_INT, "=", "0x", "0x is not a valid number" },
	{ EYAS_T_INT, "=", "1.5", "1.5 is not a valid number" },
	{ EYAS_T_INT, "=", " 1", " 1 is not a valid number" },
	{ EYAS_T_INT, "=", "9223372036854775808", "9223372036854775808 is not a valid number" },
	{ EYAS_T_UINT, "=", "18446744073709551616", "18446744073709551616 is not a valid number" },
	{ EYAS_T_DOUBLE, "=", "1,5", "1,5 is not a valid number" },
	{ EYAS_T_DOUBLE, "=", "", " is not a valid number" },
	{ EYAS_T_BOOL, "=", "1", "unrecognized boolean value '1'; use true or false" },
	{ EYAS_T_BOOL, "=", "TRUE", "unrecognized boolean value 'TRUE'; use true or false" },
	{ EYAS_T_PORT, "=", "65536", "65536 is not a valid port" },
	{ EYAS_T_PORT, "=", "nosuchport", "unknown port 'nosuchport': neither a number nor a "
	  "service of /etc/services" },
	{ EYAS_T_IP, "=", "10.0.0", "unrecognized IP address '10.0.0'" },
	{ EYAS_T_IP, "=", "10.0.0.0/8", "unrecognized IP address '10.0.0.0/8'" },
	{ EYAS_T_IP, "=", "1::2::3", "unrecognized IP address '1::2::3'" },
	{ EYAS_T_NET, "=", "10.0.0.0",
	  "unrecognized IP network '10.0.0.0'; write it as 10.0.0.0/8" },
	{ EYAS_T_NET, "=", "10.0.0.0/33",
	  "unrecognized IP network '10.0.0.0/33'; write it as 10.0.0.0/8" },
	{ EYAS_T_NET, "=", "10.0.0.0/",
	  "unrecognized IP network '10.0.0.0/'; write it as 10.0.0.0/8" },
	{ EYAS_T_NET, "=", "::/0", "unrecognized IP network '::/0'; write it as 10.0.0.0/8" },
	{ EYAS_T_NET, "=", "::1/129", "unrecognized IP network '::1/129'; write it as 10.0.0.0/8" },
	{ EYAS_T_STRING, "regex", "(", "invalid regex pattern: missing closing parenthesis" },
	{ EYAS_T_BYTES, "bcontains", "CAF",
	  "bcontains and bstartswith operator support hex strings only" },
	{ EYAS_T_BYTES, "bstartswith", "XY",
	  "bcontains and bstartswith operator support hex strings only" },
	{ EYAS_T_NONE, "=", "x", "values of this field cannot be compared" },
};

START_TEST(refused_as_listed)
{
	struct eyas_err err = { 0 };
	struct eyas_const c;

	ck_assert_int_eq(parse(bad[_i].type, bad[_i].op, bad[_i].s, &c, &err), -EINVAL);
	ck_assert_str_eq(err.msg, bad[_i].msg);
	eyas_const_release(&c);
}
END_TEST

START_TEST(doubles)
{
	struct eyas_const c;

	ck_assert_int_eq(parse(EYAS_T_DOUBLE, "=", "-1.5e+2", &c, NULL), 0);
	ck_assert_double_eq(c.v.d, -150.0);
	ck_assert_int_eq(parse(EYAS_T_DOUBLE, "=", "3", &c, NULL), 0);
	ck_assert_double_eq(c.v.d, 3.0);
}
END_TEST

START_TEST(addresses)
{
	static const uint8_t four[4] = { 10, 1, 2, 3 };
	struct eyas_const c;

	ck_assert_int_eq(parse(EYAS_T_IP, "=", "10.1.2.3", &c, NULL), 0);
	ck_assert_uint_eq(c.v.ip.family, 4);
	ck_assert_mem_eq(c.v.ip.addr, four, 4);
	/* The same in the clothes of IPv6. */
	ck_assert_int_eq(parse(EYAS_T_IP, "=", "::ffff:10.1.2.3", &c, NULL), 0);
	ck_assert_uint_eq(c.v.ip.family, 4);
	ck_assert_mem_eq(c.v.ip.addr, four, 4);
	ck_assert_int_eq(parse(EYAS_T_IP, "=", "fe80::1", &c, NULL), 0);
	ck_assert_uint_eq(c.v.ip.family, 6);
	ck_assert_uint_eq(c.v.ip.addr[15], 1);
	ck_assert_int_eq(parse(EYAS_T_NET, "=", "10.1.2.3/0", &c, NULL), 0);
	ck_assert_uint_eq(c.v.ip.prefix, 0);
	ck_assert_int_eq(parse(EYAS_T_NET, "=", "::ffff:10.0.0.0/104", &c, NULL), 0);
	ck_assert_uint_eq(c.v.ip.family, 4);
	ck_assert_uint_eq(c.v.ip.prefix, 8);
	ck_assert_int_eq(parse(EYAS_T_NET, "=", "fe80::/10", &c, NULL), 0);
	ck_assert_uint_eq(c.v.ip.prefix, 10);
}
END_TEST

START_TEST(texts_and_bytes)
{
	struct eyas_arena arena = { 0 };
	struct eyas_word nul = { "a\0b", 3 };
	struct eyas_err err = { 0 };
	struct eyas_const c;

	ck_assert_int_eq(eyas_const_parse(EYAS_T_STRING, eyas_op_find("=", 1), &nul, &arena, &c,
					  &err), -EINVAL);
	ck_assert_str_eq(err.msg, "text may not hold a NUL byte");
	ck_assert_int_eq(eyas_const_parse(EYAS_T_BYTES, eyas_op_find("=", 1), &nul, &arena, &c,
					  &err), 0);
	ck_assert_uint_eq(c.v.s.len, 3);
	ck_assert_int_eq(parse(EYAS_T_BYTES, "bcontains", "CaFeba00", &c, NULL), 0);
	ck_assert_uint_eq(c.v.s.len, 4);
	ck_assert_mem_eq(c.v.s.p, "\xca\xfe\xba\x00", 4);
	eyas_arena_release(&arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, numbers_as_listed, 0, sizeof(numbers) / sizeof(numbers[0]));
	tcase_add_loop_test(tc, refused_as_listed, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, doubles);
	tcase_add_test(tc, addresses);
	tcase_add_test(tc, texts_and_bytes);
}

EYAS_TEST_MAIN("const", fill)
