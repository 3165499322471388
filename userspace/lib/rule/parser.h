/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the parser, for parse*.c: a cursor, and what waits for its parent. */
#ifndef EYAS_RULE_PARSER_H
#define EYAS_RULE_PARSER_H

#include "base/vec.h"
#include "rule/lex.h"
#include "rule/parse.h"

struct eyas_parser {
	struct eyas_lex lx;
	unsigned int depth, max_depth;
	struct eyas_parse_err *perr;
	/* Children wait here until their parent is complete. */
	EYAS_VEC(struct eyas_ast *) kids;
	EYAS_VEC(struct eyas_operand) items;
};

/* Both return -EINVAL. @hint must live as long as the arena; NULL is fine. */
int eyas_parser_fail_at(struct eyas_parser *p, struct eyas_loc loc, const char *hint,
			const char *fmt, ...) _printf_(4, 5);
int eyas_parser_fail(struct eyas_parser *p, const char *msg, const char *hint);

/* One level deeper: 0, or -EINVAL if that is too deep. */
int eyas_parser_push(struct eyas_parser *p);

/* 1 if such a thing stood here, 0 if not; -EINVAL, -ENOMEM. */
int eyas_parser_field(struct eyas_parser *p, struct eyas_operand *ret);
/* val() only if @rhs. */
int eyas_parser_transformer(struct eyas_parser *p, bool rhs, struct eyas_operand *ret);

/* What must stand here: 0, -EINVAL, -ENOMEM. With @xforms a transformer will do. */
int eyas_parser_number(struct eyas_parser *p, struct eyas_operand *ret);
int eyas_parser_string(struct eyas_parser *p, bool xforms, struct eyas_operand *ret);
int eyas_parser_list(struct eyas_parser *p, bool xforms, struct eyas_operand *ret);

/* "oneof" and so on, if a list follows; else it is a value. */
enum eyas_modifier eyas_parser_modifier(struct eyas_parser *p);

#endif
