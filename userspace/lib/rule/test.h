/* SPDX-License-Identifier: Apache-2.0 */
/* What operators do with two values. */
#ifndef EYAS_RULE_TEST_H
#define EYAS_RULE_TEST_H

#include "rule/const.h"

/* Does @a pass? Both are of the type that the function was found for. */
typedef bool eyas_test_fn(const struct eyas_value *a, const struct eyas_const *b);

/* The test of an operator for fields of a type; NULL: the type can't be tested so. */
eyas_test_fn *eyas_test_find(enum eyas_op_id op, enum eyas_type type);

static inline bool eyas_type_is_text(enum eyas_type type)
{
	return type == EYAS_T_STRING || type == EYAS_T_BYTES;
}

/* Are values of these types held in the same member of the union? */
bool eyas_type_is_alike(enum eyas_type a, enum eyas_type b);

#endif
