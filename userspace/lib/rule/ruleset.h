/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A compiled set of rules: loaded from files, immutable, matched against
 * events. The language is Falco's; see docs/RULES.md.
 */
#ifndef EYAS_RULE_RULESET_H
#define EYAS_RULE_RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/strbuf.h"
#include "event/evtype.h"
#include "field/field.h"
#include "rule/options.h"
#include "rule/result.h"
#include "source/policy.h"

enum eyas_priority {
	EYAS_PRIO_EMERGENCY, EYAS_PRIO_ALERT, EYAS_PRIO_CRITICAL, EYAS_PRIO_ERROR,
	EYAS_PRIO_WARNING, EYAS_PRIO_NOTICE, EYAS_PRIO_INFORMATIONAL, EYAS_PRIO_DEBUG,
	EYAS_PRIO_MAX,
};

/* "Warning"; "Informational". */
const char *eyas_priority_name(enum eyas_priority prio);
/* Any case, "info" too; -EINVAL. */
int eyas_priority_parse(const char *s, enum eyas_priority *ret);

/* One rules file in memory. The text is borrowed until loading ends. */
struct eyas_rules_text {
	const char *name;	/* as shown in messages */
	const char *text;
	size_t len;
};

/* All borrowed until loading ends. */
struct eyas_ruleset_options {
	enum eyas_priority min_priority;	/* less severe rules are left out */
	bool match_all;			/* every matching rule, not the first only */
	bool paths_as_given;		/* no symlink-safe matching */
	const struct eyas_rule_switch *switches;
	size_t nswitches;
	const struct eyas_append *appends;
	size_t nappends;
	const struct eyas_static_field *statics;
	size_t nstatics;
};

struct eyas_ruleset;
struct eyas_rule;

struct eyas_rule_info {
	const char *name, *desc, *output, *source;
	enum eyas_priority priority;
	const char *const *tags;	/* sorted */
	size_t ntags;
	bool enabled;
	size_t index;			/* eyas_ruleset_at() of it */
	const struct eyas_evset *events;
};

/*
 * Load @texts in order. 0; -EINVAL if a file has an error (nothing is loaded,
 * @res says what, warnings too); -ENOMEM. @res is initialised here and
 * released by the caller in any case.
 */
int eyas_ruleset_load(struct eyas_ruleset **ret, const struct eyas_rules_text *texts, size_t n,
		      const struct eyas_ruleset_options *opt,
		      struct eyas_load_result *res) _must_check_;
void eyas_ruleset_free(struct eyas_ruleset *rs);	/* NULL is fine */

size_t eyas_ruleset_len(const struct eyas_ruleset *rs);
const struct eyas_rule *eyas_ruleset_at(const struct eyas_ruleset *rs, size_t i);
void eyas_rule_info(const struct eyas_rule *rule, struct eyas_rule_info *ret);

/* What the kernel must record so that these rules see everything they test. */
void eyas_ruleset_policy(const struct eyas_ruleset *rs, struct eyas_policy *ret);

/* Do these rules ask for descriptors that no event tells of, see eyas_enrich_keep_fds()? */
bool eyas_ruleset_needs_fds(const struct eyas_ruleset *rs);

/* Is there a rule that events like @ev can match? If not, they need not be asked about. */
bool eyas_ruleset_sees(const struct eyas_ruleset *rs, const struct eyas_event *ev);

/*
 * Call @fn for each enabled rule that matches the event of @ctx. Returns the
 * number of matches or -errno (the first non-zero return of @fn).
 */
int eyas_ruleset_match(struct eyas_ruleset *rs, struct eyas_field_ctx *ctx,
		       int (*fn)(const struct eyas_rule *rule, void *arg), void *arg);

/* The rule's output for the event of @ctx, missing fields as <NA>. */
int eyas_rule_format(const struct eyas_rule *rule, struct eyas_field_ctx *ctx,
		     struct eyas_strbuf *out);

/*
 * Call @fn for each field of the output: its text as JSON key, and the value
 * (@val NULL: missing). Keys come in order of first use, each once; then the
 * extra and the static fields, which take the place of a key that was there.
 */
int eyas_rule_output_fields(const struct eyas_rule *rule, struct eyas_field_ctx *ctx,
			    int (*fn)(const char *key, const struct eyas_field *field,
				      const struct eyas_value *val, void *arg), void *arg);

/* A value as output prints it ("(a,b)" for lists). */
void eyas_value_format(const struct eyas_field *field, const struct eyas_value *val,
		       struct eyas_strbuf *out);

#endif
