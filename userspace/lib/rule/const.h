/* SPDX-License-Identifier: Apache-2.0 */
/* Constants of conditions: text turned into a value of the field's type. */
#ifndef EYAS_RULE_CONST_H
#define EYAS_RULE_CONST_H

#include "base/arena.h"
#include "base/err.h"
#include "event/value.h"
#include "rule/ast.h"
#include "rule/op.h"
#include "rule/regexp.h"

struct eyas_const {
	struct eyas_value v;
	struct eyas_regexp *re;		/* of the operator regex; owned */
};

/*
 * @word as it is compared with values of @type by @op. Memory of text is the
 * word's or @arena's. -EINVAL with @err; -ENOMEM.
 */
int eyas_const_parse(enum eyas_type type, const struct eyas_op *op, const struct eyas_word *word,
		     struct eyas_arena *arena, struct eyas_const *ret, struct eyas_err *err);
void eyas_const_release(struct eyas_const *c);

#endif
