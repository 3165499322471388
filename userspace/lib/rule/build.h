/* SPDX-License-Identifier: Apache-2.0 */
/* From syntax to program: names looked up, types checked, constants read. */
#ifndef EYAS_RULE_BUILD_H
#define EYAS_RULE_BUILD_H

#include "rule/issue.h"
#include "rule/parse.h"
#include "rule/prog.h"

struct eyas_build {
	struct eyas_prog *prog;
	struct eyas_parse_err *perr;	/* where and why it failed */
	/* A warning about a place in the text; returns 0 or -ENOMEM. May be NULL. */
	int (*warn)(void *arg, enum eyas_load_code code, struct eyas_loc loc, const char *hint,
		    const char *msg);
	/* The node of a macro, by name. -EINVAL with @perr. */
	int (*macro)(void *arg, const struct eyas_ast *ref, uint32_t *ret);
	void *arg;
};

/* -EINVAL with b->perr filled; -ENOMEM. */
int eyas_build_fail(struct eyas_build *b, struct eyas_loc loc, const char *hint, const char *fmt,
		    ...) _printf_(4, 5);

/* What a term is for: fields may be good only for testing, or only for printing. */
enum eyas_use { EYAS_USE_LHS, EYAS_USE_RHS, EYAS_USE_OUTPUT };

/* The term of a field, transformer, list or text: a new one or an equal one. */
int eyas_build_term(struct eyas_build *b, const struct eyas_operand *o, enum eyas_use use,
		    struct eyas_term **ret);
/* The predicate of a check, the same way. */
int eyas_build_pred(struct eyas_build *b, const struct eyas_ast *check, struct eyas_pred **ret);
/* The node of a condition. */
int eyas_build_node(struct eyas_build *b, const struct eyas_ast *ast, uint32_t *ret);

#endif
