// SPDX-License-Identifier: Apache-2.0
/* JSON text: what is escaped how, and that a strict parser takes it. */
#include <check.h>
#include <jansson.h>
#include <string.h>
#include "base/json.h"
#include "unit.h"

static const struct {
	const char *in;
	size_t len;
	const char *want;
} escapes[] = {
	{ "plain text", 10, "plain text" },
	{ "", 0, "" },
	{ "say \"hi\" \\ bye", 14, "say \\\"hi\\\" \\\\ bye" },
	{ "a\nb\tc\rd\be\ff", 11, "a\\nb\\tc\\rd\\be\\ff" },
	{ "esc \033[31m", 9, "esc \\u001b[31m" },
	{ "nul\0!", 5, "nul\\u0000!" },
	{ "del \177", 5, "del \177" },
	{ "gr\303\274n \342\202\254 \360\237\246\206", 14, "gr\303\274n \342\202\254 \360\237\246\206" },
	/* Each bad byte is one replacement. */
	{ "\377x\376", 3, "\357\277\275x\357\277\275" },
	{ "\303(", 2, "\357\277\275(" },
	{ "cut \342\202", 6, "cut \357\277\275\357\277\275" },
	/* Overlong slash, a surrogate, past the end of Unicode. */
	{ "\300\257", 2, "\357\277\275\357\277\275" },
	{ "\355\240\200", 3, "\357\277\275\357\277\275\357\277\275" },
	{ "\364\220\200\200", 4, "\357\277\275\357\277\275\357\277\275\357\277\275" },
};

START_TEST(escapes_as_listed)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_json_escape(&sb, escapes[_i].in, escapes[_i].len);
	ck_assert(eyas_strbuf_ok(&sb));
	ck_assert_str_eq(sb.buf, escapes[_i].want);
}
END_TEST

START_TEST(any_two_bytes_are_a_valid_string)
{
	for (unsigned int v = 0; v < 65536; v++) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
		char in[2] = { (char)(v >> 8), (char)(v & 0xff) };
		json_t *j;

		eyas_json_string(&sb, in, sizeof(in));
		j = json_loadb(sb.buf, sb.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		ck_assert_msg(json_is_string(j), "bytes %04x: %s", v, sb.buf);
		json_decref(j);
	}
}
END_TEST

START_TEST(doubles_read_back)
{
	static const struct { double d; const char *want; } cases[] = {
		{ 0.0, "0.0" }, { 1.0, "1.0" }, { -2.5, "-2.5" }, { 0.1, "0.1" },
		{ 1e300, "1e+300" }, { 1.0 / 3, "0.3333333333333333" },
		{ __builtin_inf(), "null" }, { __builtin_nan(""), "null" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

		eyas_json_double(&sb, cases[i].d);
		ck_assert_str_eq(sb.buf, cases[i].want);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, escapes_as_listed, 0, sizeof(escapes) / sizeof(escapes[0]));
	tcase_add_test(tc, any_two_bytes_are_a_valid_string);
	tcase_add_test(tc, doubles_read_back);
}

EYAS_TEST_MAIN("json", fill)
