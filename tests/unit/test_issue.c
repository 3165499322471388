// SPDX-License-Identifier: Apache-2.0
/* Issues: noted once, placed, shown, and bounded whatever the rules files are. */
#include <errno.h>
#include <string.h>
#include "rule/issue.h"
#include "unit.h"

static struct eyas_notes notes;
static struct eyas_load_result res;
static struct eyas_rules_text texts[2];

static void start(const char *a, const char *b)
{
	texts[0] = (struct eyas_rules_text){ "a.yaml", a, strlen(a) };
	texts[1] = (struct eyas_rules_text){ "b.yaml", b, strlen(b) };
	ck_assert_int_eq(eyas_notes_init(&notes, texts, 2, &res), 0);
}

static void teardown(void)
{
	eyas_notes_release(&notes);
	eyas_load_result_release(&res);
}

static int note(enum eyas_load_code code, uint32_t file, uint32_t line, uint32_t col,
		const char *msg)
{
	struct eyas_about about = { "rule", "A", { file, line, col }, NULL };

	return eyas_note(&notes, code, &about, NULL, "%s", msg);
}

static void check_text(const char *want)
{
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;

	eyas_load_result_text(&res, &out);
	ck_assert_str_eq(out.buf, want);
}

START_TEST(all_codes_have_names)
{
	start("x", "");
	for (unsigned int c = 0; c < EYAS_LOAD_CODE_MAX; c++) {
		bool warning = c >= EYAS_LOAD_UNKNOWN_SOURCE;

		ck_assert_int_eq(note((enum eyas_load_code)c, 0, 1, 1, "m"), warning ? 0 : -EINVAL);
		ck_assert_uint_eq(res.len, c + 1);
		ck_assert(res.issues[c].warning == warning);
		ck_assert_int_eq(strncmp(res.issues[c].code, "LOAD_ERR_", 9) == 0, !warning);
		ck_assert_int_eq(strncmp(res.issues[c].code, "LOAD_", 5), 0);
		ck_assert_ptr_nonnull(res.issues[c].code_text);
	}
	ck_assert_uint_eq(res.errors, 7);
	ck_assert_uint_eq(res.warnings, 15);
}
END_TEST

START_TEST(shown_with_line_caret_and_hint)
{
	struct eyas_about rule = { "rule", "A shell", { 1, 1, 3 }, NULL };
	struct eyas_about ex = { "exceptions", NULL, { 1, 2, 3 }, &rule };
	struct eyas_about about = { "exception", "e", { 1, 2, 8 }, &ex };

	start("", "- rule: A shell\n  abcdefghi\n");
	ck_assert_int_eq(eyas_note(&notes, EYAS_LOAD_ERR_VALIDATE, &about, "do this", "no %s %d",
				   "way", 7),
			 -EINVAL);
	check_text("b.yaml:2:8: error: no way 7 [LOAD_ERR_VALIDATE]\n"
		   "  in rule 'A shell', exception 'e'\n"
		   "      abcdefghi\n"
		   "           ^\n"
		   "  hint: do this\n");
}
END_TEST

START_TEST(where_goes_from_the_file_inwards)
{
	struct eyas_about rule = { "rule", "A", { 0, 1, 3 }, NULL };
	struct eyas_about about = { "rule condition", NULL, { 0, 2, 2 }, &rule };
	const struct eyas_load_issue *is = NULL;

	start("- rule: A\n  c\n", "");
	eyas_note(&notes, EYAS_LOAD_NO_EVTTYPE, &about, NULL, "m");
	is = &res.issues[0];
	ck_assert_uint_eq(is->nwhere, 3);
	ck_assert_str_eq(is->where[0].item_type, "rules content");
	ck_assert_uint_eq(is->where[0].line, 0);
	ck_assert_str_eq(is->where[1].item_type, "rule");
	ck_assert_str_eq(is->where[1].item_name, "A");
	ck_assert_uint_eq(is->where[1].offset, 2);
	ck_assert_str_eq(is->where[2].item_type, "rule condition");
	ck_assert_str_eq(is->where[2].item_name, "");
	ck_assert_uint_eq(is->where[2].offset, 11);
	ck_assert_uint_eq(is->offset, 11);
}
END_TEST

START_TEST(nothing_is_said_twice)
{
	start("abc\n", "");
	ck_assert_int_eq(note(EYAS_LOAD_UNUSED_LIST, 0, 1, 1, "m"), 0);
	ck_assert_int_eq(note(EYAS_LOAD_UNUSED_LIST, 0, 1, 1, "m"), 0);
	ck_assert_uint_eq(res.len, 1);
	note(EYAS_LOAD_UNUSED_LIST, 0, 1, 2, "m");
	note(EYAS_LOAD_UNUSED_LIST, 0, 1, 1, "n");
	note(EYAS_LOAD_UNUSED_MACRO, 0, 1, 1, "m");
	note(EYAS_LOAD_UNUSED_LIST, 1, 1, 1, "m");
	ck_assert_uint_eq(res.len, 5);
	ck_assert_int_eq(note(EYAS_LOAD_ERR_VALIDATE, 0, 1, 1, "m"), -EINVAL);
	ck_assert_int_eq(note(EYAS_LOAD_ERR_VALIDATE, 0, 1, 1, "m"), -EINVAL);
	ck_assert_uint_eq(res.errors, 1);
}
END_TEST

START_TEST(warnings_are_kept_up_to_a_number)
{
	start("abc\n", "");
	for (uint32_t i = 0; i < 1500; i++)
		ck_assert_int_eq(note(EYAS_LOAD_UNUSED_LIST, 0, 1, i + 1, "m"), 0);
	ck_assert_uint_eq(res.len, 1000);
	ck_assert_uint_eq(res.warnings, 1500);
	ck_assert(eyas_notes_full(&notes));
	/* An error is never left out. */
	ck_assert_int_eq(note(EYAS_LOAD_ERR_VALIDATE, 0, 1, 1, "e"), -EINVAL);
	ck_assert_uint_eq(res.len, 1001);
	ck_assert_str_eq(res.issues[1000].msg, "e");
}
END_TEST

START_TEST(counts_the_rest)
{
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;

	start("abc\n", "");
	for (uint32_t i = 0; i < 1002; i++)
		note(EYAS_LOAD_UNUSED_LIST, 0, 1, i + 1, "m");
	eyas_load_result_text(&res, &out);
	ck_assert_ptr_nonnull(strstr(out.buf, "\nand 2 more warnings\n"));
}
END_TEST

/* Lines end as libyaml has it, columns are characters. */
START_TEST(offsets)
{
	static const char text[] = "ab\ncd\r\ne\xc3\xbc"
				   "f\rg\xc2\x85h\xe2\x80\xa8i\n";
	static const struct {
		uint32_t line, col;
		ptrdiff_t off;
	} want[] = {
		{ 1, 1, 0 },  { 1, 2, 1 },  { 1, 3, 2 },  { 1, 9, 2 },	{ 2, 1, 3 },
		{ 2, 9, 5 },  { 3, 1, 7 },  { 3, 2, 8 },  { 3, 3, 10 }, { 4, 1, 12 },
		{ 5, 1, 15 }, { 6, 1, 19 }, { 7, 1, 21 }, { 8, 1, -1 }, { 0, 0, -1 },
	};

	start(text, "");
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct eyas_place p = { 0, want[i].line, want[i].col };
		ptrdiff_t off = eyas_notes_offset(&notes, p);

		ck_assert_msg(off == want[i].off, "%u:%u is at %td", p.line, p.col, off);
	}
	ck_assert_int_eq(eyas_notes_offset(&notes, (struct eyas_place){ 2, 1, 1 }), -1);
	ck_assert_int_eq(eyas_notes_offset(&notes, (struct eyas_place){ 1, 1, 1 }), 0);
}
END_TEST

START_TEST(offsets_in_long_lines)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_strbuf_adds(&sb, "x\n");
	for (int i = 0; i < 5000; i++)
		eyas_strbuf_adds(&sb, "\xc3\xbc");
	eyas_strbuf_adds(&sb, "\nend\n");
	start(sb.buf, "");
	for (uint32_t col = 1; col <= 5001; col++)
		ck_assert_int_eq(eyas_notes_offset(&notes, (struct eyas_place){ 0, 2, col }),
				 2 + 2 * (ptrdiff_t)(col - 1));
	ck_assert_int_eq(eyas_notes_offset(&notes, (struct eyas_place){ 0, 3, 2 }), 10004);
}
END_TEST

START_TEST(of_a_long_line_a_part_is_shown)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	const struct eyas_load_issue *is;

	for (int i = 0; i < 500; i++)
		eyas_strbuf_addc(&sb, (char)('a' + i % 26));
	start(sb.buf, "");
	note(EYAS_LOAD_UNUSED_LIST, 0, 1, 1, "m");
	note(EYAS_LOAD_UNUSED_LIST, 0, 1, 300, "m");
	note(EYAS_LOAD_UNUSED_LIST, 0, 1, 501, "m");
	for (int i = 0; i < 3; i++) {
		is = &res.issues[i];
		ck_assert_uint_le(strlen(is->snippet), 160);
		if (i < 2)
			ck_assert_int_eq(is->snippet[is->snippet_col - 1],
					 'a' + (int)(is->col - 1) % 26);
	}
	ck_assert_uint_eq(res.issues[0].snippet_col, 1);
	ck_assert_uint_eq(strlen(res.issues[0].snippet), 160);
}
END_TEST

START_TEST(terminals_are_not_steered)
{
	struct eyas_about about = { "rule", "a\x1b[2Jb", { 0, 1, 1 }, NULL };

	start("x\x1b]0;y\x07z\n", "");
	eyas_note(&notes, EYAS_LOAD_UNUSED_LIST, &about, "h\x7fi", "m\nn\rq");
	check_text("a.yaml:1:1: warning: m?n?q [LOAD_UNUSED_LIST]\n"
		   "  in rule 'a?[2Jb'\n"
		   "    x?]0;y?z\n"
		   "    ^\n"
		   "  hint: h?i\n");
}
END_TEST

START_TEST(long_names_are_cut)
{
	static char name[5000];
	struct eyas_about about = { "rule", name, { 0, 1, 1 }, NULL };

	for (size_t i = 0; i + 2 < sizeof(name); i += 2)
		memcpy(name + i, "\xc3\xbc", 2);
	memmove(name + 1, name, sizeof(name) - 2);
	name[0] = 'x';
	start("x\n", "");
	eyas_note(&notes, EYAS_LOAD_UNUSED_LIST, &about, NULL, "m");
	/* 200 bytes would end inside of a character. */
	ck_assert_uint_eq(strlen(res.issues[0].where[1].item_name), 199);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, all_codes_have_names);
	tcase_add_test(tc, shown_with_line_caret_and_hint);
	tcase_add_test(tc, where_goes_from_the_file_inwards);
	tcase_add_test(tc, nothing_is_said_twice);
	tcase_add_test(tc, warnings_are_kept_up_to_a_number);
	tcase_add_test(tc, counts_the_rest);
	tcase_add_test(tc, offsets);
	tcase_add_test(tc, offsets_in_long_lines);
	tcase_add_test(tc, of_a_long_line_a_part_is_shown);
	tcase_add_test(tc, terminals_are_not_steered);
	tcase_add_test(tc, long_names_are_cut);
}

EYAS_TEST_MAIN("issue", fill)
