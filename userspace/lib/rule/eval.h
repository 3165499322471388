/* SPDX-License-Identifier: Apache-2.0 */
/* A program's values and predicates for one event, each worked out at most once. */
#ifndef EYAS_RULE_EVAL_H
#define EYAS_RULE_EVAL_H

#include "rule/prog.h"

/* One event being put to the program. */
struct eyas_eval {
	struct eyas_field_ctx *ctx;
	uint64_t gen[EYAS_LIVES];	/* what is remembered bears it, by how long it holds */
	bool oom;			/* a value could not be worked out */
};

/* The value as given, not remembered: 0, -ENOENT, -ENOMEM. */
int eyas_term_value(struct eyas_term *t, struct eyas_field_ctx *ctx, struct eyas_value *ret);

/* Work out the value as given, and whether the real one differs, and remember it. */
void eyas_term_fill(struct eyas_term *t, struct eyas_eval *eval);
void eyas_term_compare(struct eyas_term *t, struct eyas_eval *eval);

/* Is the real value another one? If not, there is no need to look at it. */
static inline bool eyas_term_differs(struct eyas_term *t, struct eyas_eval *eval)
{
	if (!t->has_real)
		return false;
	if (t->gen[EYAS_REAL] != eval->gen[t->life])
		eyas_term_compare(t, eval);
	return t->differs;
}

/* A value, worked out once for each @eval; NULL if it is missing. */
static inline const struct eyas_value *eyas_term_get(struct eyas_term *t, struct eyas_eval *eval)
{
	if (t->gen[EYAS_AS_GIVEN] != eval->gen[t->life])
		eyas_term_fill(t, eval);
	return t->known[EYAS_AS_GIVEN] ? &t->val[EYAS_AS_GIVEN] : NULL;
}

static inline const struct eyas_value *eyas_term_get_real(struct eyas_term *t,
							  struct eyas_eval *eval)
{
	if (!eyas_term_differs(t, eval))
		return eyas_term_get(t, eval);
	return t->known[EYAS_REAL] ? &t->val[EYAS_REAL] : NULL;
}

/* Whether it holds, EYAS_HOLDS_*, without a look into indexes or at what is remembered. */
uint8_t eyas_pred_work_out(const struct eyas_pred *p, struct eyas_eval *eval);

#endif
