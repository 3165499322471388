/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as the user's options change them, while they are compiled. */
#ifndef EYAS_RULE_ADJUST_H
#define EYAS_RULE_ADJUST_H

#include "rule/compile.h"

/* Is it on, after all switches? */
bool eyas_adjust_enabled(const struct eyas_ruleset_options *opt, const struct eyas_rule *rule);

/* Add to @out what is appended to the output of @def; out of memory is sticky. */
void eyas_adjust_output(const struct eyas_ruleset_options *opt, const struct eyas_rule_def *def,
			struct eyas_srctext *out);

/* Make rule->extras, the members beside its output. 0; -EINVAL with an error noted; -ENOMEM. */
int eyas_adjust_fields(struct eyas_compiler *c, const struct eyas_rule_def *def,
		       struct eyas_rule *rule);

#endif
