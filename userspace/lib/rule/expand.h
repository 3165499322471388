/* SPDX-License-Identifier: Apache-2.0 */
/* Lists written out: in lists and in conditions, by their names in the text. */
#ifndef EYAS_RULE_EXPAND_H
#define EYAS_RULE_EXPAND_H

#include "rule/items.h"

/* Make the text of every list. 0; -EINVAL with an error noted; -ENOMEM. */
int eyas_expand_lists(struct eyas_items *it);

/*
 * Copy @from to @to with lists written out. Those that were found are marked
 * as used and added to @uses. Errors, as above, are about @about.
 */
int eyas_expand_text(struct eyas_items *it, const struct eyas_about *about,
		     const struct eyas_srctext *from, struct eyas_srctext *to,
		     struct eyas_list_uses *uses);

/* All conditions were expanded: what a used list contains is used, too. */
void eyas_expand_settle_uses(struct eyas_items *it);

#endif
