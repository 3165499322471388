/* SPDX-License-Identifier: Apache-2.0 */
/* Transformers: functions of values, written around a field. One row each. */
#ifndef EYAS_RULE_XFORM_H
#define EYAS_RULE_XFORM_H

#include "base/arena.h"
#include "base/err.h"
#include "event/value.h"

/* What a transformer's argument, or the whole, is when rules are compiled. */
struct eyas_shape {
	enum eyas_type type;
	bool list;
	bool text;		/* a constant */
	const char *name;	/* of the field, for messages; "" if there is none */
};

struct eyas_xform {
	const char *name;
	bool many;		/* takes several arguments, lists and constants */
	bool subscript;		/* may be followed by [x] */
	bool rhs_only;		/* val() */
	const char *help;
	/* Check the arguments and tell what comes out. -EINVAL with @err. */
	int (*check)(const struct eyas_xform *x, const struct eyas_shape *args, size_t n,
		     bool subscript, struct eyas_shape *ret, struct eyas_err *err);
	/* 0, -ENOENT: the result is missing, -ENOMEM. @sub: text in [], NULL: none. */
	int (*apply)(const struct eyas_value *args, size_t n, const char *sub,
		     struct eyas_arena *arena, struct eyas_value *ret);
};

const struct eyas_xform *eyas_xform_table(size_t *ret_len);
const struct eyas_xform *eyas_xform_find(const char *name, size_t len);

#endif
