/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of conditions: one row each. */
#ifndef EYAS_RULE_OP_H
#define EYAS_RULE_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "event/value.h"

/* What stands to the right of an operator. */
enum eyas_op_form { EYAS_OP_UNARY, EYAS_OP_NUM, EYAS_OP_STR, EYAS_OP_LIST };

enum eyas_op_id {
	EYAS_OP_EXISTS,
	EYAS_OP_LE, EYAS_OP_LT, EYAS_OP_GE, EYAS_OP_GT,
	EYAS_OP_EQ, EYAS_OP_NE,
	EYAS_OP_GLOB, EYAS_OP_IGLOB, EYAS_OP_CONTAINS, EYAS_OP_ICONTAINS, EYAS_OP_BCONTAINS,
	EYAS_OP_STARTSWITH, EYAS_OP_BSTARTSWITH, EYAS_OP_ENDSWITH, EYAS_OP_REGEX,
	EYAS_OP_INTERSECTS, EYAS_OP_IN, EYAS_OP_PMATCH,
};

/* Of "op oneof (a, b)". */
enum eyas_modifier { EYAS_MOD_NONE, EYAS_MOD_ONEOF, EYAS_MOD_ANYOF, EYAS_MOD_ALLOF };

struct eyas_op {
	const char *name;
	enum eyas_op_id id;
	enum eyas_op_form form;
	bool word;		/* must be followed by a blank */
	uint32_t types;		/* of fields that it can test, 1 << enum eyas_type */
	unsigned int cost;	/* of one test, roughly */
	unsigned int odds;	/* that it holds, in percent, a guess */
};

/* All of them, in the order in which they are looked for; "==" is one more "=". */
const struct eyas_op *eyas_op_table(size_t *ret_len);

/* By its name; NULL if there is none. */
const struct eyas_op *eyas_op_find(const char *name, size_t len);

/* "oneof", "anyof", "allof"; EYAS_MOD_NONE if it is none of them. */
enum eyas_modifier eyas_modifier_find(const char *name, size_t len);
const char *eyas_modifier_name(enum eyas_modifier mod);

const char *eyas_type_name(enum eyas_type type);

#endif
