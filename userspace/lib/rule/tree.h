/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules for events of one type as a tree. What several rules demand is
 * asked once; what it takes to go on is looked up in indexes. So a rule that
 * does not match costs nothing, or close to it.
 */
#ifndef EYAS_RULE_TREE_H
#define EYAS_RULE_TREE_H

#include "rule/cond.h"

struct eyas_gate;

/* Gates that an index opens: by slot of a predicate that holds. */
struct eyas_key { uint32_t slot; struct eyas_gate *gate; };
struct eyas_lock {
	struct eyas_index *index;
	struct eyas_key *keys;		/* sorted by slot */
	uint32_t nkeys;
};

/*
 * Open if all of @conds hold; some of them last: they stay as they are while the process
 * does, the others are @passing. Behind it @rules match, and further gates stand.
 */
struct eyas_gate {
	struct eyas_cond **conds, **passing;
	uint32_t nconds, npassing;
	uint32_t nrules, ngates, nlocks;
	const uint32_t *rules;		/* ascending */
	struct eyas_gate **gates;	/* to be tried one by one */
	/* Those of @gates whose lasting conditions hold for the process, found when it is
	 * seen here again: the generations are of its first events. */
	struct eyas_gate **likely;
	uint32_t nlikely;
	uint64_t seen_gen, likely_gen;
	struct eyas_lock *locks;	/* to the other gates behind */
	uint32_t first;			/* the least rule behind it */
	uint64_t gen;			/* tried in that evaluation */
};

/* A rule, by a number that tells its place, and what it demands. */
struct eyas_demand { uint32_t rule; struct eyas_cond *cond; };

/* Memory is the program's arena. @demands get sorted. 0; -ENOMEM. */
int eyas_tree_build(struct eyas_prog *prog, struct eyas_demand *demands, size_t n,
		    struct eyas_gate **ret) _must_check_;

/* What matches. */
struct eyas_matches {
	uint32_t *rules;	/* room for all */
	uint32_t n;
	bool first_only;	/* keep but the least */
};

void eyas_tree_match(struct eyas_gate *root, struct eyas_eval *eval,
		     struct eyas_matches *ret);

#endif
