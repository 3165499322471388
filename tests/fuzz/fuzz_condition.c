// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a condition: refused with a place, or put to events; it or its negation holds. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "sample.h"

static int no_macros(void *arg, const struct eyas_ast *ref, uint32_t *ret)
{
	struct eyas_build *b = arg;

	(void)ret;
	return eyas_build_fail(b, ref->loc, NULL, "no macro %.64s", ref->macro.s);
}

/* A ruleset with that one rule; NULL if it does not compile. */
static struct eyas_ruleset *compile(const char *cond, size_t len, bool as_given)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG,
					    .paths_as_given = as_given };
	struct eyas_ruleset *rs = eyas_ruleset_create(&opt);
	struct eyas_rule *rule = eyas_arena_alloc(&rs->arena, sizeof(*rule));
	struct eyas_parse_err perr;
	struct eyas_build b = { .prog = &rs->prog, .perr = &perr, .macro = no_macros, .arg = &b };
	struct eyas_arena arena = { 0 };
	struct eyas_ast *ast;
	int r = eyas_parse_condition(cond, len, EYAS_PARSE_DEPTH, &arena, &ast, &perr);

	if (!r)
		r = eyas_build_node(&b, ast, &rule->node);
	if (r && (r != -EINVAL || perr.loc.off > perr.loc.end || perr.loc.end > len ||
		  !*perr.err.msg))
		abort();
	if (!r) {
		rule->name = "fuzz";
		rule->enabled = true;
		if (eyas_vec_push(&rs->rules, rule) || eyas_ruleset_index(rs))
			abort();
	} else {
		eyas_ruleset_free(rs);
		rs = NULL;
	}
	eyas_arena_release(&arena);
	return rs;
}

static int matched(const struct eyas_rule *rule, void *arg)
{
	(void)rule;
	*(bool *)arg = true;
	return 0;
}

static bool holds(struct eyas_ruleset *rs, struct sample *s)
{
	bool ret = false;

	if (eyas_ruleset_match(rs, sample_ctx(s), matched, &ret) < 0)
		abort();
	return ret;
}

static void put(const char *cond, size_t len, const char *negated, size_t negated_len,
		bool as_given)
{
	struct eyas_ruleset *rs = compile(cond, len, as_given);
	struct eyas_ruleset *not_rs = rs ? compile(negated, negated_len, as_given) : NULL;
	struct sample s;

	sample_create(&s);
	for (int i = 0; rs && i < SAMPLES; i++) {
		bool yes, no;

		sample_take(&s, i);
		yes = holds(rs, &s);
		/* Too deep is a reason to be refused. */
		no = not_rs ? holds(not_rs, &s) : !yes;
		/* With two paths, a test may hold for one and not for the other. */
		if (as_given ? yes == no : !yes && !no)
			abort();
	}
	sample_release(&s);
	eyas_ruleset_free(rs);
	eyas_ruleset_free(not_rs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *negated = malloc(size + 7);

	if (!negated)
		return 0;
	memcpy(negated, "not (", 5);
	if (size)
		memcpy(negated + 5, data, size);
	memcpy(negated + 5 + size, ")", 2);
	put((const char *)data, size, negated, size + 6, false);
	put((const char *)data, size, negated, size + 6, true);
	free(negated);
	return 0;
}
