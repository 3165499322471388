/* SPDX-License-Identifier: Apache-2.0 */
/* For calls of which type, failed or not, a condition can hold. Never too few. */
#ifndef EYAS_RULE_OUTCOME_H
#define EYAS_RULE_OUTCOME_H

#include "rule/prog.h"

struct eyas_outcome {
	/* Of calls that ended well [0] and that failed [1]. */
	struct eyas_evset may[2], may_not[2];
};

struct eyas_outcomes {
	const struct eyas_prog *prog;
	struct eyas_evset all, calls, makers;	/* makers of a descriptor */
	struct eyas_outcome *known;		/* by node */
	bool *is_known;
};

int eyas_outcomes_init(struct eyas_outcomes *o, const struct eyas_prog *prog) _must_check_;
void eyas_outcomes_release(struct eyas_outcomes *o);
const struct eyas_outcome *eyas_outcome_of(struct eyas_outcomes *o, uint32_t node);

/* Does the result of a call decide what @p says? It may if its field tells of that. */
bool eyas_outcome_counts(const struct eyas_pred *p);

#endif
