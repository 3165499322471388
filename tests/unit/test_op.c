// SPDX-License-Identifier: Apache-2.0
/* The table of operators: names, forms, and the types that each can test. */
#include <check.h>
#include <string.h>
#include "rule/op.h"
#include "rule/test.h"
#include "unit.h"

START_TEST(found_by_name)
{
	size_t n;
	const struct eyas_op *ops = eyas_op_table(&n);

	ck_assert_uint_eq(n, 20);
	for (size_t i = 0; i < n; i++) {
		const struct eyas_op *op = eyas_op_find(ops[i].name, strlen(ops[i].name));

		ck_assert_ptr_eq(op, &ops[i]);
	}
	ck_assert_ptr_null(eyas_op_find("contain", 7));
	ck_assert_ptr_null(eyas_op_find("containss", 9));
	ck_assert_ptr_null(eyas_op_find("", 0));
	ck_assert_int_eq(eyas_op_find("==", 2)->id, eyas_op_find("=", 1)->id);
}
END_TEST

/* Whichever comes first in the table is taken: none may be hidden by a shorter one. */
START_TEST(none_hides_a_longer_one)
{
	size_t n;
	const struct eyas_op *ops = eyas_op_table(&n);

	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (ops[i].form == ops[k].form && !ops[i].word)
				ck_assert_msg(strncmp(ops[k].name, ops[i].name,
						      strlen(ops[i].name)) != 0 ||
					      strlen(ops[k].name) <= strlen(ops[i].name),
					      "'%s' before '%s'", ops[i].name, ops[k].name);
}
END_TEST

START_TEST(every_type_it_takes_has_a_test)
{
	size_t n;
	const struct eyas_op *ops = eyas_op_table(&n);

	for (size_t i = 0; i < n; i++) {
		if (ops[i].id == EYAS_OP_EXISTS || ops[i].id == EYAS_OP_PMATCH)
			continue;
		for (unsigned int t = EYAS_T_STRING; t <= EYAS_T_PORT; t++)
			if (ops[i].types & 1U << t)
				ck_assert_msg(eyas_test_find(ops[i].id, (enum eyas_type)t),
					      "%s of %s", ops[i].name,
					      eyas_type_name((enum eyas_type)t));
	}
}
END_TEST

START_TEST(guesses_are_percentages)
{
	size_t n;
	const struct eyas_op *ops = eyas_op_table(&n);

	for (size_t i = 0; i < n; i++) {
		ck_assert_uint_gt(ops[i].odds, 0);
		ck_assert_uint_lt(ops[i].odds, 100);
		ck_assert_uint_gt(ops[i].cost, 0);
	}
}
END_TEST

START_TEST(modifiers)
{
	static const char *const names[] = { "oneof", "anyof", "allof" };

	for (int i = 0; i < 3; i++) {
		enum eyas_modifier mod = eyas_modifier_find(names[i], 5);

		ck_assert_int_eq(mod, EYAS_MOD_ONEOF + i);
		ck_assert_str_eq(eyas_modifier_name(mod), names[i]);
	}
	ck_assert_int_eq(eyas_modifier_find("noneof", 6), EYAS_MOD_NONE);
	ck_assert_int_eq(eyas_modifier_find("any", 3), EYAS_MOD_NONE);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, found_by_name);
	tcase_add_test(tc, none_hides_a_longer_one);
	tcase_add_test(tc, every_type_it_takes_has_a_test);
	tcase_add_test(tc, guesses_are_percentages);
	tcase_add_test(tc, modifiers);
}

EYAS_TEST_MAIN("op", fill)
