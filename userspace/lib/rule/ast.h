/* SPDX-License-Identifier: Apache-2.0 */
/* A condition as a tree. Nodes live in an arena; all know where they stand. */
#ifndef EYAS_RULE_AST_H
#define EYAS_RULE_AST_H

#include "base/arena.h"
#include "rule/op.h"

/* Where in the text that was parsed: bytes from @off up to @end. */
struct eyas_loc { size_t off, end; };

/* A name or a value: a piece of text in the arena, NUL-terminated. */
struct eyas_word { const char *s; size_t len; };

enum eyas_operand_kind {
	EYAS_OPERAND_FIELD,	/* proc.name, proc.aname[2] */
	EYAS_OPERAND_XFORM,	/* tolower(proc.name) */
	EYAS_OPERAND_TEXT,	/* a value */
	EYAS_OPERAND_LIST,	/* (a, b) */
};

/* Either side of an operator, and what transformers are applied to. */
struct eyas_operand {
	enum eyas_operand_kind kind;
	struct eyas_loc loc;
	struct eyas_word name;		/* of field or transformer; the value of a TEXT */
	bool quoted;			/* TEXT: in quotes */
	bool has_arg;
	struct eyas_word arg;		/* in [] */
	struct eyas_operand *args;	/* of a transformer; items of a list */
	size_t nargs;
};

enum eyas_ast_kind { EYAS_AST_OR, EYAS_AST_AND, EYAS_AST_NOT, EYAS_AST_CHECK, EYAS_AST_MACRO };

struct eyas_ast {
	enum eyas_ast_kind kind;
	struct eyas_loc loc;
	union {
		struct { struct eyas_ast **v; size_t len; } kids;	/* OR, AND, NOT (1) */
		struct eyas_word macro;
		struct {
			struct eyas_operand lhs;
			const struct eyas_op *op;
			enum eyas_modifier mod;
			struct eyas_operand rhs;	/* not if the operator is unary */
			struct eyas_loc op_loc;
		} check;
	};
};

#endif
