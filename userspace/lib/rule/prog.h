/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program that conditions are compiled to: terms (values of an event),
 * predicates (tests of terms) and nodes (and, or, not), each made once however
 * many rules use it. How they are put to an event is in cond.h and tree.h.
 */
#ifndef EYAS_RULE_PROG_H
#define EYAS_RULE_PROG_H

#include "base/arena.h"
#include "base/map.h"
#include "event/evtype.h"
#include "field/field.h"
#include "rule/options.h"
#include "rule/pmatch.h"
#include "rule/test.h"
#include "rule/xform.h"

/* A path has two values: as given by the program, and the kernel's own. */
enum eyas_variant { EYAS_AS_GIVEN, EYAS_REAL, EYAS_VARIANTS };

/* What a predicate says of both: a bit for each variant for which it holds. */
#define EYAS_HOLDS_GIVEN	(1U << EYAS_AS_GIVEN)
#define EYAS_HOLDS_REAL		(1U << EYAS_REAL)
#define EYAS_HOLDS_BOTH		(EYAS_HOLDS_GIVEN | EYAS_HOLDS_REAL)

/* How long a value is remembered: for one event, or while its process is the same. */
enum eyas_life { EYAS_LIFE_EVENT, EYAS_LIFE_PROC, EYAS_LIVES };

/* What is told of many predicates of one term at once, see index.h. */
enum eyas_index_kind {
	EYAS_INDEX_BEGIN,		/* = in intersects startswith */
	EYAS_INDEX_END,			/* endswith */
	EYAS_INDEX_WITHIN,		/* contains */
	EYAS_INDEX_IWITHIN,		/* icontains */
	EYAS_INDEX_KINDS,
};

struct eyas_index;

struct eyas_term {
	enum eyas_operand_kind kind;
	struct eyas_shape shape;
	bool any;			/* its list holds candidates */
	bool num;			/* no text: 0 is a value, too */
	enum eyas_type fits;		/* of a field's single value; NONE: it may be a list */
	int (*get)(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		   struct eyas_value *ret);	/* the field's */
	bool has_real;			/* the variants may differ, */
	bool of_name;			/* and do so only where the subject's name does */
	uint8_t life;			/* enum eyas_life */
	unsigned int cost;
	const struct eyas_field *field;
	struct eyas_field_arg arg;
	const struct eyas_xform *xform;
	const char *sub;
	struct eyas_term **args;	/* of a transformer; items of a list */
	size_t nargs;
	struct eyas_value text;		/* TEXT */
	const char *key;		/* as written, for output */
	struct eyas_index *index[EYAS_INDEX_KINDS];
	/* Of the evaluation that the generation is of. */
	uint64_t gen[EYAS_VARIANTS];
	bool known[EYAS_VARIANTS];
	bool differs;			/* has_real, and it is another one */
	struct eyas_value val[EYAS_VARIANTS];
};

struct eyas_pred {
	const struct eyas_op *op;
	enum eyas_modifier mod;
	struct eyas_term *lhs, *rhs;	/* rhs NULL: constants */
	struct eyas_const *consts;
	size_t n;
	eyas_test_fn *test;
	bool hashed;			/* the constants are in texts or nums */
	struct eyas_strmap texts;
	struct eyas_map nums;
	struct eyas_pmatch pm;
	bool by_type;			/* evt.type =, !=, in: */
	struct eyas_evset types;	/* true for these */
	bool never;			/* can't be true */
	bool plain;			/* no list, one constant */
	uint8_t life;			/* enum eyas_life: that of its terms */
	bool used;			/* by a rule that may match */
	unsigned int cost;		/* of working it out, roughly */
	unsigned int odds;		/* of being true, in percent, a guess */
	struct eyas_index *index;	/* that tells whether it holds, or NULL */
	uint32_t slot;			/* its number there */
	uint64_t gen;
	uint8_t holds;			/* EYAS_HOLDS_*, if gen is the event's */
};

enum eyas_node_kind { EYAS_NODE_FALSE, EYAS_NODE_TRUE, EYAS_NODE_PRED, EYAS_NODE_NOT,
		      EYAS_NODE_AND, EYAS_NODE_OR };

struct eyas_node {
	uint8_t kind;
	bool typed;			/* tests the event's type or result somewhere */
	bool used;			/* by a rule that may match */
	uint16_t depth;
	struct eyas_pred *pred;
	uint32_t *kids;			/* AND, OR, NOT: indices, sorted */
	uint32_t nkids;
	struct eyas_evset may, may_not;	/* event types for which it can be true, false */
};

/* A field that the user made up: "static.NAME", always the same text. */
struct eyas_static {
	struct eyas_field field;
	const char *value;
};

struct eyas_prog {
	struct eyas_arena arena;
	struct eyas_strmap terms, preds, nodes_by_key;
	EYAS_VEC(struct eyas_term *) all_terms;
	EYAS_VEC(struct eyas_pred *) all_preds;
	EYAS_VEC(struct eyas_node) nodes;
	EYAS_VEC(struct eyas_index *) indexes;
	struct eyas_static *statics;
	size_t nstatics;
	bool paths_as_given;
	uint64_t gen;			/* counts events, from 1 */
	/* Of the last event's process; and the first event since it is as it is. */
	const struct eyas_proc *proc;
	uint64_t epoch, proc_gen;
};

int eyas_prog_init(struct eyas_prog *prog, bool paths_as_given);
void eyas_prog_release(struct eyas_prog *prog);

/* Give the program fields of its own, copied. 0 or -ENOMEM. */
int eyas_prog_add_statics(struct eyas_prog *prog, const struct eyas_static_field *statics,
			  size_t n);

/* As eyas_field_find(), the program's own fields included. */
const struct eyas_field *eyas_prog_field(const struct eyas_prog *prog, const char *name,
					 size_t len, struct eyas_field_arg *ret_arg);

/* All event types that rules see. */
void eyas_evset_all(struct eyas_evset *ret);
unsigned int eyas_evset_count(const struct eyas_evset *s);

#endif
