/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at rules without using them. */
#ifndef EYAS_RULE_CHECK_H
#define EYAS_RULE_CHECK_H

#include "rule/ruleset.h"

/* Both return as eyas_ruleset_load(), and leave in @res what is wrong. */

/* Grammar only: what fields, macros, lists or rules are named need not exist. */
int eyas_rules_check_grammar(const struct eyas_rules_text *texts, size_t n,
			     struct eyas_load_result *res);

/*
 * The last of @texts is a condition. It may use what the rules files before it
 * define; with @grammar its names need not exist.
 */
int eyas_condition_check(const struct eyas_rules_text *texts, size_t n, bool grammar,
			 struct eyas_load_result *res);

#endif
