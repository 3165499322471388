/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Predicates that compare one term with constant texts, together: one walk over
 * the value finds all that hold, so their number costs next to nothing.
 */
#ifndef EYAS_RULE_INDEX_H
#define EYAS_RULE_INDEX_H

#include "rule/eval.h"
#include "rule/finder.h"
#include "rule/trie.h"

struct eyas_index {
	struct eyas_term *term;
	enum eyas_index_kind kind;
	struct eyas_trie trie;		/* BEGIN, END */
	struct eyas_finder finder;	/* the others */
	EYAS_VEC(struct eyas_pred *) preds;	/* by slot */
	uint32_t id;
	uint8_t life;			/* enum eyas_life: that of the term */
	/* Of the evaluation that gen is of: those that hold for either value. */
	uint64_t gen;
	struct eyas_pred **hits;
	uint32_t nhits;
};

/* Make the indexes of a program, for those predicates that are used. 0, -ENOMEM. */
int eyas_index_build(struct eyas_prog *prog);
void eyas_index_free(struct eyas_index *ix);

/* Find what holds: hits, and gen and holds of those predicates. */
void eyas_index_look(struct eyas_index *ix, struct eyas_eval *eval);

#endif
