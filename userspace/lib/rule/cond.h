/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conditions as they are put to events of one type, failed calls or not: what these
 * decide is decided, "not" stands at predicates only, and predicates of one index are
 * asked together. Equal conditions are one, for all types.
 */
#ifndef EYAS_RULE_COND_H
#define EYAS_RULE_COND_H

#include "base/strbuf.h"
#include "rule/index.h"
#include "rule/outcome.h"
#include "rule/prog.h"

enum eyas_cond_kind { EYAS_COND_FALSE, EYAS_COND_TRUE, EYAS_COND_PRED, EYAS_COND_NOT_PRED,
		      EYAS_COND_ANY, EYAS_COND_NONE, EYAS_COND_AND, EYAS_COND_OR };

struct eyas_cond {
	uint8_t kind;
	uint8_t odds;			/* of being true, in percent, a guess */
	bool result;			/* AND, OR: if gen is that of the evaluation */
	uint8_t life;			/* enum eyas_life: that of all of it */
	uint32_t id, n;
	unsigned int cost;
	uint64_t gen;
	union {
		struct eyas_pred *pred;
		/* ANY, NONE of @n predicates of one index; their slots, sorted. */
		struct { struct eyas_index *index; uint32_t *slots; } group;
		struct eyas_cond **kids;	/* AND, OR: what decides sooner first */
	};
	/* While a tree is built: by how many rules, and in which order. */
	uint32_t uses, rank;
};

/* What a node is as a condition, remembered by the event type it is for. */
struct eyas_cond_memo { struct eyas_cond *cond; uint32_t round; };

/* Makes them. Conditions are in the program's arena. */
struct eyas_conds {
	struct eyas_prog *prog;
	struct eyas_strmap known;
	struct eyas_cond *constant[2];
	struct eyas_cond_memo *memo[2];	/* by node, negated or not */
	uint32_t round, last_id;
	/* Of the round. */
	unsigned int type;
	bool failed;
	struct eyas_outcomes outcomes;
};

int eyas_conds_init(struct eyas_conds *c, struct eyas_prog *prog) _must_check_;
void eyas_conds_release(struct eyas_conds *c);

/* Conditions are asked for events of @type from now on, of calls that @failed or did not. */
void eyas_conds_round(struct eyas_conds *c, unsigned int type, bool failed);
/* The condition of a node. NULL: out of memory. */
struct eyas_cond *eyas_cond_of(struct eyas_conds *c, uint32_t node);

#endif
