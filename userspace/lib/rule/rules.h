/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of struct eyas_ruleset, for the files of this folder only. */
#ifndef EYAS_RULE_RULES_H
#define EYAS_RULE_RULES_H

#include "base/arena.h"
#include "base/vec.h"
#include "rule/build.h"
#include "rule/format.h"
#include "rule/prog.h"
#include "rule/ruleset.h"
#include "rule/tree.h"

/* A member of an alert that is no field of the rule's output. */
struct eyas_extra {
	const char *key;
	struct eyas_format *format;
	bool is_value;			/* the format is one field: its value, not its text */
};

struct eyas_rule {
	const char *name, *desc, *source;
	const char *condition, *output;		/* as written, exceptions and appends included */
	enum eyas_priority priority;
	const char *const *tags;		/* sorted */
	size_t ntags;
	bool enabled;
	uint32_t node;				/* in the ruleset's program */
	struct eyas_evset events;		/* types for which it can match */
	struct eyas_format *format;
	struct eyas_extra *extras;
	size_t nextras;
	const struct eyas_static *statics;	/* the program's */
	size_t nstatics;
	size_t index;				/* among rs->rules */
};

struct eyas_ruleset {
	struct eyas_arena arena;		/* rules and their texts */
	struct eyas_ruleset_options opt;
	struct eyas_prog prog;
	EYAS_VEC(struct eyas_rule *) rules;	/* in order of definition */
	/* Made by eyas_ruleset_index(), of the rules that can match: */
	/* By event type, of calls that ended well and that failed; NULL: none. */
	struct eyas_gate *trees[2][EYAS_EVT_MAX];
	uint32_t *matches;			/* room for all of them */
};

/* An empty one, ready for rules to be added by loading; NULL: out of memory. */
struct eyas_ruleset *eyas_ruleset_create(const struct eyas_ruleset_options *opt);

/* Will it ever alert? */
bool eyas_ruleset_has_live(const struct eyas_ruleset *rs, const struct eyas_rule *rule);

/* All rules are there: make them fit to be matched. 0 or -ENOMEM. */
int eyas_ruleset_index(struct eyas_ruleset *rs);

#endif
