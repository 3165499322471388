// SPDX-License-Identifier: Apache-2.0
/* "Did you mean": what is near enough to be said. */
#include <string.h>
#include "rule/near.h"
#include "unit.h"

static const char *const keys[] = { "condition", "output", "desc", "priority", "tags", "enabled" };

static const struct {
	const char *word, *near;
} cases[] = {
	{ "cndition", "condition" },
	{ "Condition", "condition" },
	{ "CONDITION", "condition" },
	{ "cond", "condition" },
	{ "outptu", "output" },
	{ "descr", "desc" },
	{ "tag", "tags" },
	{ "enable", "enabled" },
	{ "prio", "priority" },
	{ "something", NULL },
	{ "x", NULL },
	{ "", NULL },
};

START_TEST(of_keys)
{
	struct eyas_near near;

	eyas_near_init(&near, cases[_i].word);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		eyas_near_offer(&near, keys[i]);
	if (cases[_i].near)
		ck_assert_msg(near.best && !strcmp(near.best, cases[_i].near), "%s: %s",
			      cases[_i].word, near.best ? near.best : "nothing");
	else
		ck_assert_msg(!near.best, "%s: %s", cases[_i].word, near.best);
}
END_TEST

START_TEST(hint_is_a_question)
{
	struct eyas_near near;

	eyas_near_init(&near, "proc.nmae");
	ck_assert_str_eq(eyas_near_hint(&near, "otherwise"), "otherwise");
	ck_assert_ptr_null(eyas_near_hint(&near, NULL));
	eyas_near_offer(&near, "proc.pname");
	eyas_near_offer(&near, "proc.name");
	eyas_near_offer(&near, "proc.args");
	ck_assert_str_eq(eyas_near_hint(&near, NULL), "did you mean 'proc.name'?");
}
END_TEST

START_TEST(long_words_are_near_to_nothing)
{
	char word[1001];
	struct eyas_near near;

	memset(word, 'a', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	eyas_near_init(&near, word);
	eyas_near_offer(&near, word);
	eyas_near_offer(&near, "aaaa");
	ck_assert_ptr_null(near.best);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, of_keys, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tc, hint_is_a_question);
	tcase_add_test(tc, long_words_are_near_to_nothing);
}

EYAS_TEST_MAIN("near", fill)
