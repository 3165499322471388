/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of struct eyas_description, for describe*.c. */
#ifndef EYAS_RULE_DESCRIPTION_H
#define EYAS_RULE_DESCRIPTION_H

#include "rule/describe.h"
#include "rule/load.h"

struct eyas_description {
	struct eyas_loading ld;
	struct eyas_arena arena; /* of names */
};

/* Sort, and drop what is there twice. */
void eyas_names_settle(struct eyas_names *names);
void eyas_names_release(struct eyas_names *names);

/* What a condition is made of, macros included; to be settled. 0 or -ENOMEM. */
int eyas_description_parts(struct eyas_description *d, const struct eyas_ast *ast,
			   struct eyas_names *operators, struct eyas_names *fields);
/* The macros that it names itself. */
int eyas_description_macros(struct eyas_description *d, const struct eyas_ast *ast,
			    struct eyas_names *ret);
int eyas_description_lists(const struct eyas_list_uses *uses, struct eyas_names *ret);

#define EYAS_CONDITION_PRINTED (1U << 20) /* bytes of a condition written out */

#endif
