/* SPDX-License-Identifier: Apache-2.0 */
/* Items become rules: conditions parsed, macros resolved, all of it built. */
#ifndef EYAS_RULE_COMPILE_H
#define EYAS_RULE_COMPILE_H

#include "rule/items.h"

/* A text being compiled, and what it is. */
struct eyas_scope {
	const struct eyas_srctext *text;
	const struct eyas_about *about;
};

struct eyas_compiler {
	struct eyas_items *it;
	struct eyas_ruleset *rs; /* NULL: grammar only */
	struct eyas_build build;
	struct eyas_parse_err perr;
	struct eyas_scope scope; /* what is being built now */
	const struct eyas_macro_def *failed; /* building failed in this macro */
};

/* A condition with lists written out and parsed. */
struct eyas_condition {
	struct eyas_srctext text; /* with exceptions, before lists */
	struct eyas_srctext expanded;
	struct eyas_list_uses lists;
	struct eyas_arena arena;
	struct eyas_ast *ast;
};

#define EYAS_CONDITION_INIT                                              \
	{                                                                \
		.text = EYAS_SRCTEXT_INIT, .expanded = EYAS_SRCTEXT_INIT \
	}
#define _cleanup_condition_ _cleanup_(eyas_condition_release)

void eyas_condition_release(struct eyas_condition *c);

/* All return 0; -EINVAL with an error noted; -ENOMEM. */

/* Compile everything into @rs; with NULL, look at the grammar only. */
int eyas_compile(struct eyas_items *it, struct eyas_ruleset *rs);

/* The same for a text that is a condition and nothing else. */
int eyas_compile_condition(struct eyas_items *it, struct eyas_ruleset *rs, uint32_t file);

/* The condition of a rule, as far as text and syntax go. */
int eyas_compile_condition_text(struct eyas_items *it, const struct eyas_rule_def *r,
				struct eyas_condition *ret);

/* Note what is wrong at a place of a scope's text. */
int eyas_scope_note(const struct eyas_compiler *c, enum eyas_load_code code,
		    const struct eyas_scope *scope, struct eyas_loc loc, const char *hint,
		    const char *msg);

/* Write lists out and parse; about->at is where the condition begins. */
int eyas_scope_parse(struct eyas_items *it, const struct eyas_about *about, bool fragment,
		     const struct eyas_srctext *text, struct eyas_condition *ret);

/* Warnings that need no names: values that a missing field was once said to have. */
int eyas_scope_check(const struct eyas_compiler *c, const struct eyas_scope *scope,
		     const struct eyas_ast *ast);

#endif
