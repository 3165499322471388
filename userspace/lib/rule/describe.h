/* SPDX-License-Identifier: Apache-2.0 */
/* Rules with all that loading knows of them: what they mean, use and ask for. */
#ifndef EYAS_RULE_DESCRIBE_H
#define EYAS_RULE_DESCRIBE_H

#include <jansson.h>
#include "base/vec.h"
#include "rule/ruleset.h"

struct eyas_description;

/* As eyas_ruleset_load(). @texts and @res must outlive the description. */
int eyas_description_load(struct eyas_description **ret, const struct eyas_rules_text *texts,
			  size_t n, const struct eyas_ruleset_options *opt,
			  struct eyas_load_result *res) _must_check_;
void eyas_description_free(struct eyas_description *d); /* NULL is fine */

const struct eyas_ruleset *eyas_description_rules(const struct eyas_description *d);

/* Each name once, in alphabetical order. */
struct eyas_names {
	EYAS_VEC(const char *) v;
};

struct eyas_details {
	struct eyas_strbuf condition; /* all macros and lists written out */
	struct eyas_names macros, lists; /* that its text names */
	struct eyas_names operators, fields; /* of the whole condition */
	struct eyas_names output_fields;
	struct eyas_names exceptions, exception_fields, exception_operators;
	struct eyas_policy policy; /* what the kernel must record for it */
};

/* Of a rule of the set. Names live as long as @d. 0 or -ENOMEM; release in any case. */
int eyas_description_rule(struct eyas_description *d, const struct eyas_rule *rule,
			  struct eyas_details *ret);
void eyas_details_release(struct eyas_details *details);

/*
 * Everything, or the one rule called @name, in the form of Falco's -L and -l.
 * NULL: out of memory.
 */
json_t *eyas_description_json(struct eyas_description *d, const struct eyas_rule *rule);

/* What loading found, in Falco's form: { "falco_load_results": [...] }. NULL: out of memory. */
json_t *eyas_load_result_json(const struct eyas_load_result *res,
			      const struct eyas_rules_text *texts, size_t n);

#endif
