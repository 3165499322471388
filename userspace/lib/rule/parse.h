/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of conditions, from text to tree. Names are not looked up here. */
#ifndef EYAS_RULE_PARSE_H
#define EYAS_RULE_PARSE_H

#include "base/arena.h"
#include "base/err.h"
#include "rule/ast.h"

#define EYAS_PARSE_DEPTH 1000 /* in rules; Falco's limit */

struct eyas_parse_err {
	struct eyas_loc loc;
	struct eyas_err err;
	const char *hint; /* lives as long as the arena; or NULL */
};

/*
 * Parse the whole of @s. Nodes are in @arena, their text too. 0; -EINVAL with
 * @perr filled; -ENOMEM.
 */
int eyas_parse_condition(const char *s, size_t len, unsigned int max_depth,
			 struct eyas_arena *arena, struct eyas_ast **ret,
			 struct eyas_parse_err *perr);

/*
 * Parse the transformer that @s begins with: 1 and the bytes it takes in
 * @ret_len; 0 if none is there; -EINVAL; -ENOMEM.
 */
int eyas_parse_transformer(const char *s, size_t len, struct eyas_arena *arena,
			   struct eyas_operand *ret, size_t *ret_len, struct eyas_parse_err *perr);

#endif
