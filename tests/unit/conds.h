/* SPDX-License-Identifier: Apache-2.0 */
/* Rules made from conditions alone, without a file, for unit tests. */
#ifndef EYAS_TEST_CONDS_H
#define EYAS_TEST_CONDS_H

#include <check.h>
#include <errno.h>
#include <string.h>
#include "rule/rules.h"

struct conds_macro { const char *name; uint32_t node; };

struct conds {
	struct eyas_ruleset *rs;
	struct eyas_arena asts;
	struct eyas_parse_err perr;
	struct conds_macro macros[64];
	size_t nmacros;
	char warned[512];		/* the last warning */
	enum eyas_load_code code;
};

static int conds_find_macro(void *arg, const struct eyas_ast *ref, uint32_t *ret)
{
	struct conds *r = arg;

	for (size_t i = 0; i < r->nmacros; i++) {
		if (strcmp(r->macros[i].name, ref->macro.s) != 0)
			continue;
		*ret = r->macros[i].node;
		return 0;
	}
	ck_abort_msg("no macro %s", ref->macro.s);
	return -EINVAL;
}

static int conds_warn(void *arg, enum eyas_load_code code, struct eyas_loc loc, const char *hint,
		     const char *msg)
{
	struct conds *r = arg;

	(void)loc, (void)hint;
	r->code = code;
	snprintf(r->warned, sizeof(r->warned), "%s", msg);
	return 0;
}

static inline struct eyas_build conds_build(struct conds *r)
{
	return (struct eyas_build){ .prog = &r->rs->prog, .perr = &r->perr, .warn = conds_warn,
				    .macro = conds_find_macro, .arg = r };
}

static inline void conds_init(struct conds *r, bool all, bool as_given)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG, .match_all = all,
					    .paths_as_given = as_given };

	memset(r, 0, sizeof(*r));
	r->rs = eyas_ruleset_create(&opt);
	ck_assert_ptr_nonnull(r->rs);
}

static inline void conds_release(struct conds *r)
{
	eyas_ruleset_free(r->rs);
	eyas_arena_release(&r->asts);
}

/* The node of a condition. -EINVAL with r->perr. */
static inline int conds_node(struct conds *r, const char *cond, uint32_t *ret)
{
	struct eyas_build b = conds_build(r);
	struct eyas_ast *ast;
	int e = eyas_parse_condition(cond, strlen(cond), EYAS_PARSE_DEPTH, &r->asts, &ast,
				     &r->perr);

	return e ? e : eyas_build_node(&b, ast, ret);
}

static inline void conds_macro(struct conds *r, const char *name, const char *cond)
{
	uint32_t node = 0;
	int e = conds_node(r, cond, &node);

	ck_assert_msg(!e, "%s: %s", cond, r->perr.err.msg);
	r->macros[r->nmacros++] = (struct conds_macro){ name, node };
}

static inline struct eyas_rule *conds_rule(struct conds *r, const char *cond)
{
	struct eyas_rule *rule = eyas_arena_alloc(&r->rs->arena, sizeof(*rule));
	int e = conds_node(r, cond, &rule->node);

	ck_assert_msg(!e, "%s: %s", cond, r->perr.err.msg);
	rule->name = rule->condition = cond;
	rule->enabled = true;
	rule->priority = EYAS_PRIO_NOTICE;
	ck_assert_int_eq(eyas_vec_push(&r->rs->rules, rule), 0);
	return rule;
}

/* Why a condition does not compile; "" if it does. */
static inline const char *conds_error(const char *cond, struct conds *r)
{
	uint32_t node;

	conds_init(r, false, false);
	return conds_node(r, cond, &node) ? r->perr.err.msg : "";
}

#endif
