// SPDX-License-Identifier: Apache-2.0
/* YAML: trees, where their text came from, and what is refused. */
#include <errno.h>
#include <string.h>
#include "rule/yaml.h"
#include "unit.h"

static struct eyas_arena arena;
static struct eyas_yaml_docs docs;
static struct eyas_yaml_err err;

static void teardown(void)
{
	eyas_vec_release(&docs.v);
	eyas_arena_release(&arena);
}

static int parse_bytes(const char *text, size_t len)
{
	return eyas_yaml_parse(text, len, 3, &arena, &docs, &err);
}

static int parse(const char *text)
{
	return parse_bytes(text, strlen(text));
}

static struct eyas_yaml *root_of(const char *text)
{
	ck_assert_msg(parse(text) == 0, "%s", err.msg);
	ck_assert_uint_eq(docs.v.len, 1);
	return docs.v.data[0];
}

static void check_at(const struct eyas_yaml *n, uint32_t line, uint32_t col)
{
	ck_assert_msg(n->at.file == 3 && n->at.line == line && n->at.col == col, "at %u:%u",
		      n->at.line, n->at.col);
}

START_TEST(tree)
{
	struct eyas_yaml *root = root_of("- rule: A\n  tags: [x, 'y']\n- - z\n"), *map, *tags;

	ck_assert_int_eq(root->kind, EYAS_YAML_SEQ);
	ck_assert_uint_eq(root->seq.len, 2);
	map = root->seq.v[0];
	ck_assert_int_eq(map->kind, EYAS_YAML_MAP);
	check_at(map, 1, 3);
	ck_assert_uint_eq(map->map.len, 2);
	ck_assert_str_eq(map->map.v[1].key->scalar.s, "tags");
	check_at(map->map.v[1].key, 2, 3);
	ck_assert_str_eq(eyas_yaml_get(map, "rule")->scalar.s, "A");
	check_at(eyas_yaml_get(map, "rule"), 1, 9);
	ck_assert_ptr_null(eyas_yaml_get(map, "rul"));
	ck_assert_ptr_null(eyas_yaml_get(root, "rule"));
	tags = eyas_yaml_get(map, "tags");
	ck_assert_uint_eq(tags->seq.len, 2);
	check_at(tags->seq.v[1], 2, 13);
	ck_assert_int_eq(tags->seq.v[1]->scalar.style, EYAS_YAML_SINGLE);
	ck_assert_str_eq(root->seq.v[1]->seq.v[0]->scalar.s, "z");
}
END_TEST

START_TEST(first_of_equal_keys_counts)
{
	struct eyas_yaml *root = root_of("a: 1\na: 2\n");

	ck_assert_uint_eq(root->map.len, 2);
	ck_assert_str_eq(eyas_yaml_get(root, "a")->scalar.s, "1");
}
END_TEST

START_TEST(nulls)
{
	struct eyas_yaml *seq = root_of("[~, null, Null, NULL, '', \"null\", nul, [], {}]");
	static const bool want[] = { true, true, true, true, false, false, false, false, false };

	ck_assert_ptr_nonnull(seq);
	for (size_t i = 0; i < seq->seq.len; i++)
		ck_assert_msg(eyas_yaml_is_null(seq->seq.v[i]) == want[i], "item %zu", i);
}
END_TEST

START_TEST(empty_values_are_null)
{
	struct eyas_yaml *map = root_of("a:\nb: ''\n");

	ck_assert(eyas_yaml_is_null(eyas_yaml_get(map, "a")));
	ck_assert(!eyas_yaml_is_null(eyas_yaml_get(map, "b")));
	/* What is not there is not null either. */
	ck_assert(!eyas_yaml_is_null(NULL));
}
END_TEST

START_TEST(documents)
{
	ck_assert_int_eq(parse("a\n---\n- b\n---\n...\n--- c\n"), 0);
	ck_assert_uint_eq(docs.v.len, 4);
	ck_assert_str_eq(docs.v.data[0]->scalar.s, "a");
	ck_assert_int_eq(docs.v.data[1]->kind, EYAS_YAML_SEQ);
	ck_assert(eyas_yaml_is_null(docs.v.data[2]));
	ck_assert_str_eq(docs.v.data[3]->scalar.s, "c");
}
END_TEST

START_TEST(nothing_is_no_document)
{
	ck_assert_int_eq(parse(""), 0);
	ck_assert_uint_eq(docs.v.len, 0);
	ck_assert_int_eq(parse("# only a comment\n"), 0);
	ck_assert_uint_eq(docs.v.len, 0);
}
END_TEST

START_TEST(aliases_are_the_node_itself)
{
	struct eyas_yaml *root = root_of("- &a [x, y]\n- *a\n- &a z\n- *a\n");

	ck_assert_ptr_eq(root->seq.v[0], root->seq.v[1]);
	ck_assert_ptr_ne(root->seq.v[0], root->seq.v[2]);
	ck_assert_ptr_eq(root->seq.v[2], root->seq.v[3]);
}
END_TEST

/* ---- places in scalars ---- */

/* In @text, the byte of the scalar's value at @off is at line:col. */
static const struct {
	const char *text, *value;
	struct {
		size_t off;
		uint32_t line, col;
	} places[4];
} scalars[] = {
	{ "ab cd", "ab cd", { { 0, 1, 1 }, { 3, 1, 4 }, { 5, 1, 6 } } },
	{ "k: ab cd", "ab cd", { { 0, 1, 4 }, { 4, 1, 8 } } },
	/* Folded: the blank is where the line ended. */
	{ "k: ab\n   cd\n", "ab cd", { { 1, 1, 5 }, { 2, 1, 6 }, { 3, 2, 4 } } },
	{ "k: ab\n\n   cd\n", "ab\ncd", { { 3, 3, 4 } } },
	{ "k: 'ab'", "ab", { { 0, 1, 5 }, { 1, 1, 6 } } },
	{ "k: 'it''s'", "it's", { { 1, 1, 6 }, { 2, 1, 7 }, { 3, 1, 9 } } },
	{ "k: 'ab\n  cd'", "ab cd", { { 3, 2, 3 } } },
	{ "k: \"ab\"", "ab", { { 0, 1, 5 } } },
	{ "k: \"a\\tb\\x41c\\u20acd\"",
	  "a\tbAc\xe2\x82\xac"
	  "d",
	  { { 2, 1, 8 }, { 3, 1, 9 }, { 4, 1, 13 }, { 8, 1, 20 } } },
	{ "k: \"ab\\\n   cd\"", "abcd", { { 1, 1, 6 }, { 2, 2, 4 } } },
	{ "k: \"ab \\\n   \\ cd\"", "ab  cd", { { 4, 2, 6 } } },
	{ "k: |\n  ab\n  cd\n", "ab\ncd\n", { { 0, 2, 3 }, { 3, 3, 3 }, { 4, 3, 4 } } },
	{ "k: |\n  ab\n    cd\n", "ab\n  cd\n", { { 5, 3, 5 } } },
	{ "k: >\n  ab\n  cd\n", "ab cd\n", { { 0, 2, 3 }, { 3, 3, 3 } } },
	{ "k: >-  # why\n  ab\n\n  cd", "ab\ncd", { { 0, 2, 3 }, { 3, 4, 3 } } },
	{ "k: |2\n   ab\n", " ab\n", { { 1, 2, 4 } } },
	{ "k: !tag &anchor ab", "ab", { { 0, 1, 17 }, { 1, 1, 18 } } },
	{ "k: \xc3\xbc\xe2\x82\xac b", "\xc3\xbc\xe2\x82\xac b", { { 2, 1, 5 }, { 6, 1, 7 } } },
	{ "k: ab\r\n   cd\r\n", "ab cd", { { 3, 2, 4 } } },
	/* A byte order mark is a character. */
	{ "\xef\xbb\xbfk: ab", "ab", { { 0, 1, 4 } } },
};

START_TEST(places_of_scalars)
{
	const char *text = scalars[_i].text;
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;
	struct eyas_yaml *n = root_of(text);

	if (n->kind == EYAS_YAML_MAP)
		n = n->map.v[0].val;
	ck_assert_str_eq(n->scalar.s, scalars[_i].value);
	eyas_yaml_srctext(n, text, strlen(text), &st);
	ck_assert_str_eq(st.text.buf, scalars[_i].value);
	for (size_t i = 0; i < 4 && scalars[_i].places[i].line; i++) {
		struct eyas_place p = eyas_srctext_place(&st, scalars[_i].places[i].off);

		ck_assert_msg(
			p.line == scalars[_i].places[i].line && p.col == scalars[_i].places[i].col,
			"%s: byte %zu at %u:%u", text, scalars[_i].places[i].off, p.line, p.col);
	}
}
END_TEST

/* ---- what is refused ---- */

static const struct {
	const char *text, *msg;
	uint32_t line, col;
} bad[] = {
	{ "a: [b",
	  "did not find expected ',' or ']', while parsing a flow sequence that begins in "
	  "line 1",
	  2, 1 },
	{ "a: 'b",
	  "found unexpected end of stream, while scanning a quoted scalar that begins in "
	  "line 1",
	  1, 6 },
	{ "a: b: c", "mapping values are not allowed in this context", 1, 5 },
	{ "- a\nb: c",
	  "did not find expected '-' indicator, while parsing a block collection that "
	  "begins in line 1",
	  2, 1 },
	{ "x: *y", "the referenced anchor is not defined", 1, 4 },
	/* An anchor counts after its node only. */
	{ "&a [*a]", "the referenced anchor is not defined", 1, 5 },
	{ "a: &x 1\n---\nb: *x\n", "the referenced anchor is not defined", 3, 4 },
	{ "a\n\x01", "control characters are not allowed", 2, 1 },
	{ "\xff", "invalid leading UTF-8 octet", 1, 1 },
	{ "a\xc3", "incomplete UTF-8 octet sequence", 1, 2 },
};

START_TEST(refused)
{
	ck_assert_int_eq(parse(bad[_i].text), -EINVAL);
	ck_assert_str_eq(err.msg, bad[_i].msg);
	ck_assert_msg(err.at.line == bad[_i].line && err.at.col == bad[_i].col, "%s: at %u:%u",
		      bad[_i].text, err.at.line, err.at.col);
}
END_TEST

START_TEST(depth_is_bounded)
{
	char text[200];

	memset(text, '[', 64);
	memset(text + 64, ']', 64);
	ck_assert_int_eq(parse_bytes(text, 128), 0);
	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	ck_assert_int_eq(parse_bytes(text, 130), -EINVAL);
	ck_assert_str_eq(err.msg, "nested too deep");
	ck_assert_uint_eq(err.at.col, 65);
}
END_TEST

START_TEST(aliases_of_aliases_are_bounded)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_strbuf_adds(&sb, "- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 20; i++) {
		eyas_strbuf_addf(&sb, "- &a%d [", i);
		for (int k = 0; k < 10; k++)
			eyas_strbuf_addf(&sb, "%s*a%d", k ? ", " : "", i - 1);
		eyas_strbuf_adds(&sb, "]\n");
	}
	ck_assert_int_eq(parse(sb.buf), -EINVAL);
	ck_assert_str_eq(err.msg, "too many nodes (are there aliases of aliases?)");
	ck_assert_uint_eq(err.at.line, 6);
}
END_TEST

START_TEST(nul_bytes_stay)
{
	struct eyas_yaml *n = root_of("\"a\\0b\"");

	ck_assert_uint_eq(n->scalar.len, 3);
	ck_assert_mem_eq(n->scalar.s, "a\0b", 4);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, tree);
	tcase_add_test(tc, first_of_equal_keys_counts);
	tcase_add_test(tc, nulls);
	tcase_add_test(tc, empty_values_are_null);
	tcase_add_test(tc, documents);
	tcase_add_test(tc, nothing_is_no_document);
	tcase_add_test(tc, aliases_are_the_node_itself);
	tcase_add_loop_test(tc, places_of_scalars, 0, sizeof(scalars) / sizeof(scalars[0]));
	tcase_add_loop_test(tc, refused, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, depth_is_bounded);
	tcase_add_test(tc, aliases_of_aliases_are_bounded);
	tcase_add_test(tc, nul_bytes_stay);
}

EYAS_TEST_MAIN("yaml", fill)
