// SPDX-License-Identifier: Apache-2.0
/* Lists written out, to the byte; compared with doing it list by list, as Falco does. */
#include "loading.h"
#include "rule/expand.h"

/* ---- list by list ---- */

struct plain_list {
	const char *name;
	char text[64];
};

static bool is_delim(char c)
{
	return strchr(" \t\b\r\n(),=", c);
}

static bool is_blank(char c)
{
	return strchr(" \t\b\r\n", c);
}

/* One list, all over the text, from left to right; what was put in is not looked at. */
static void replace_one(char *text, size_t size, const struct plain_list *l)
{
	size_t n = strlen(l->name), pos = 0;

	while (text[pos]) {
		size_t start = pos, end = pos + n;
		char rest[4096];

		if (strncmp(text + pos, l->name, n) != 0 || (pos && !is_delim(text[pos - 1])) ||
		    (text[end] && !is_delim(text[end]))) {
			pos++;
			continue;
		}
		while (start && is_blank(text[start - 1]))
			start--;
		while (text[end] && is_blank(text[end]))
			end++;
		if (!*l->text && start && text[start - 1] == ',')
			start--;
		else if (!*l->text && text[end] == ',')
			end++;
		snprintf(rest, sizeof(rest), "%s%s %s", start ? " " : "", l->text, text + end);
		snprintf(text + start, size - start, "%s", rest);
		pos = start + (start ? 1 : 0) + strlen(l->text) + 1;
	}
}

/* Several blanks are as good as one, and beside a delimiter none is needed. */
static void squeeze(char *s)
{
	char *from = s, *to = s;

	for (; *from; from++) {
		bool edge = to == s || strchr("(),= ", to[-1]) || strchr("(),= ", from[1]);

		if (*from != ' ' || !edge)
			*to++ = *from;
	}
	*to = '\0';
}

/* ---- random lists and texts ---- */

#define NLISTS 5

static unsigned int state;

static unsigned int roll(unsigned int n)
{
	state = state * 1103515245 + 12345;
	return (state >> 16) % n;
}

static const char *const words[] = { "l0", "l1", "l2", "l3", "l4", "x", "l", "l00", "y" };

static void random_text(char *buf, size_t size, unsigned int n, bool commas)
{
	static const char *const glue[] = { ",", ", ", " , ", " ", "(", ")", "=", ",(" };

	*buf = '\0';
	for (unsigned int i = 0; i < n; i++) {
		size_t used = strlen(buf);

		snprintf(buf + used, size - used, "%s%s",
			 !i	? "" :
			 commas ? ", " :
				  glue[roll(8)],
			 words[roll(9)]);
	}
}

START_TEST(same_as_list_by_list)
{
	for (state = (unsigned int)_i; state < (unsigned int)_i + 300; state++) {
		_cleanup_srctext_ struct eyas_srctext from = EYAS_SRCTEXT_INIT;
		_cleanup_srctext_ struct eyas_srctext to = EYAS_SRCTEXT_INIT;
		_cleanup_strbuf_ struct eyas_strbuf yaml = EYAS_STRBUF_INIT;
		struct eyas_about about = { "rule", NULL, { 0, 1, 1 }, NULL };
		struct plain_list lists[NLISTS];
		struct eyas_list_uses uses = { 0 };
		unsigned int seed = state;
		char text[4096];

		for (int i = 0; i < NLISTS; i++) {
			lists[i].name = words[i];
			random_text(lists[i].text, sizeof(lists[i].text), roll(4), true);
			/* Of earlier lists the own items count: that is another matter. */
			for (char *p = lists[i].text; *p; p++)
				if (*p == 'l' && p[1] >= '0' && p[1] <= '0' + i)
					*p = 'z';
			eyas_strbuf_addf(&yaml, "- {list: l%d, items: [%s]}\n", i, lists[i].text);
		}
		random_text(text, sizeof(text), 1 + roll(8), false);
		ck_assert_loads(yaml.buf);
		eyas_srctext_add(&from, text, strlen(text), (struct eyas_place){ 0, 1, 1 });
		ck_assert_int_eq(eyas_expand_text(&ld.items, &about, &from, &to, &uses), 0);
		for (int i = 0; i < NLISTS; i++)
			replace_one(text, sizeof(text), &lists[i]);
		squeeze(text);
		squeeze(to.text.buf);
		ck_assert_msg(!strcmp(to.text.buf, text), "%u: '%s' in\n%s'%s', not\n'%s'", seed,
			      from.text.buf, yaml.buf, to.text.buf, text);
		eyas_vec_release(&uses.v);
		loading_end();
		state = seed;
	}
}
END_TEST

START_TEST(uses_are_listed)
{
	_cleanup_srctext_ struct eyas_srctext from = EYAS_SRCTEXT_INIT;
	_cleanup_srctext_ struct eyas_srctext to = EYAS_SRCTEXT_INIT;
	struct eyas_about about = { "rule", NULL, { 0, 1, 1 }, NULL };
	struct eyas_list_uses uses = { 0 };

	ck_assert_loads("- {list: a, items: [x, y]}\n- {list: b, items: []}\n");
	eyas_srctext_add(&from, "q in (a,b,a)", 12, (struct eyas_place){ 0, 9, 1 });
	ck_assert_int_eq(eyas_expand_text(&ld.items, &about, &from, &to, &uses), 0);
	ck_assert_str_eq(to.text.buf, "q in ( x, y   , x, y )");
	ck_assert_uint_eq(uses.v.len, 3);
	ck_assert_str_eq(uses.v.data[0].list->name, "a");
	ck_assert_str_eq(uses.v.data[1].list->name, "b");
	ck_assert_int_eq(strncmp(to.text.buf + uses.v.data[2].off, "x, y ", 5), 0);
	ck_assert_uint_eq(uses.v.data[2].end, uses.v.data[2].off + 5);
	/* Items are where they were written, the blanks around them where the name was. */
	ck_assert_uint_eq(eyas_srctext_place(&to, uses.v.data[2].off).line, 1);
	ck_assert_uint_eq(eyas_srctext_place(&to, uses.v.data[2].end - 1).line, 9);
	ck_assert_uint_eq(eyas_srctext_place(&to, uses.v.data[2].end - 1).col, 11);
	eyas_vec_release(&uses.v);
	loading_end();
}
END_TEST

START_TEST(lists_that_double_are_bounded)
{
	_cleanup_strbuf_ struct eyas_strbuf yaml = EYAS_STRBUF_INIT;

	for (int i = 0; i < 60; i++)
		eyas_strbuf_addf(&yaml, "- {list: l%d, items: [l%d, l%d]}\n", i, i + 1, i + 1);
	ck_assert_int_eq(loading_start(yaml.buf), -EINVAL);
	ck_assert_str_eq(res.issues[0].msg,
			 "Lists are too long: written out, they take more than 128 MiB");
	loading_end();
}
END_TEST

START_TEST(too_many_odd_names)
{
	_cleanup_strbuf_ struct eyas_strbuf yaml = EYAS_STRBUF_INIT;

	for (int i = 0; i < 65; i++)
		eyas_strbuf_addf(&yaml, "- {list: a %d, items: [x]}\n", i);
	ck_assert_int_eq(loading_start(yaml.buf), -EINVAL);
	ck_assert_str_eq(res.issues[res.len - 1].msg, "More than 64 lists have invalid names");
	loading_end();
}
END_TEST

static void fill(TCase *tc)
{
	for (int i = 0; i < 4; i++)
		tcase_add_loop_test(tc, same_as_list_by_list, i * 1000000, i * 1000000 + 1);
	tcase_add_test(tc, uses_are_listed);
	tcase_add_test(tc, lists_that_double_are_bounded);
	tcase_add_test(tc, too_many_odd_names);
}

EYAS_TEST_MAIN("expand", fill)
