/* SPDX-License-Identifier: Apache-2.0 */
/* The tokens of conditions: each function takes one at the cursor, or nothing. */
#ifndef EYAS_RULE_LEX_H
#define EYAS_RULE_LEX_H

#include "base/arena.h"
#include "base/err.h"
#include "rule/ast.h"

struct eyas_lex {
	const char *s;
	size_t len, pos;
	struct eyas_loc last; /* the last token */
	struct eyas_arena *arena; /* of unescaped strings */
};

bool eyas_lex_blank(struct eyas_lex *lx); /* as many as there are */
bool eyas_lex_str(struct eyas_lex *lx, const char *token);
bool eyas_lex_identifier(struct eyas_lex *lx);
bool eyas_lex_field(struct eyas_lex *lx); /* a.b.c */
bool eyas_lex_number(struct eyas_lex *lx);
bool eyas_lex_bare(struct eyas_lex *lx); /* a value without quotes */
bool eyas_lex_bare_arg(struct eyas_lex *lx); /* the same in [] */
/* A row of the given form; NULL if none stands here. */
const struct eyas_op *eyas_lex_op(struct eyas_lex *lx, enum eyas_op_form form);

/*
 * A string in quotes: 1 and its value in @ret, 0 if none stands here, -EINVAL
 * with @err if it is malformed (last tells where), -ENOMEM.
 */
int eyas_lex_quoted(struct eyas_lex *lx, struct eyas_word *ret, struct eyas_err *err);

/* The last token as text. -ENOMEM. */
int eyas_lex_word(const struct eyas_lex *lx, struct eyas_word *ret);

bool eyas_is_blank(char c);

#endif
