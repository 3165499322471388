/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions of rules: "and not" with the fields and values set apart. */
#ifndef EYAS_RULE_EXCEPTIONS_H
#define EYAS_RULE_EXCEPTIONS_H

#include "rule/items.h"

/* All return 0; -EINVAL with an error noted; -ENOMEM. */

/* Those of a rule's mapping; @partial: fields may be missing, values are expected. */
int eyas_exceptions_read(struct eyas_items *it, const struct eyas_want *w, bool partial,
			 struct eyas_exceptions *ret);

/* Take @ex for those that @r had; @ex is empty afterwards. @w is the rule. */
int eyas_exceptions_set(struct eyas_items *it, const struct eyas_want *w, struct eyas_rule_def *r,
			struct eyas_exceptions *ex);
/* The same, but add them: values to the ones of that name, or new ones. */
int eyas_exceptions_append(struct eyas_items *it, const struct eyas_want *w,
			   struct eyas_rule_def *r, struct eyas_exceptions *ex);

/* The condition of @r with its exceptions as text behind it. */
int eyas_exceptions_expand(struct eyas_items *it, const struct eyas_rule_def *r,
			   struct eyas_srctext *ret);

#endif
