/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of loading, for those that want to know more than the rules. */
#ifndef EYAS_RULE_LOAD_H
#define EYAS_RULE_LOAD_H

#include "rule/compile.h"

struct eyas_loading {
	struct eyas_notes notes;
	struct eyas_items items;
	struct eyas_ruleset *rules; /* owned */
};

/*
 * Read and compile @texts. With @opt NULL only grammar is looked at: names need
 * not exist, and there are no rules. Returns as eyas_ruleset_load(); @ld is to
 * be released in any case, before @texts and @res are.
 */
int eyas_loading_run(struct eyas_loading *ld, const struct eyas_rules_text *texts, size_t n,
		     const struct eyas_ruleset_options *opt, struct eyas_load_result *res);
void eyas_loading_release(struct eyas_loading *ld);

#endif
