// SPDX-License-Identifier: Apache-2.0
/* Indexes: which predicates go together, and what a value hits. */
#include "rule/index.h"

#include <errno.h>
#include <string.h>

/* With fewer texts, looking for each by itself is faster. */
#define WITHIN_MIN	2
#define WALK_MIN	4

static int kind_of(const struct eyas_pred *p)
{
	switch (p->op->id) {
	case EYAS_OP_EQ:
	case EYAS_OP_IN:
	case EYAS_OP_INTERSECTS:
	case EYAS_OP_STARTSWITH:
		return EYAS_INDEX_BEGIN;
	case EYAS_OP_ENDSWITH:
		return EYAS_INDEX_END;
	case EYAS_OP_CONTAINS:
		return EYAS_INDEX_WITHIN;
	case EYAS_OP_ICONTAINS:
		return EYAS_INDEX_IWITHIN;
	default:
		return -1;
	}
}

/* Of one value, or of candidates: there, it is enough if one passes. */
static bool is_indexable(const struct eyas_pred *p)
{
	const struct eyas_term *t = p->lhs;
	int kind = kind_of(p);

	if (kind < 0 || p->rhs || t->shape.type != EYAS_T_STRING || (t->shape.list && !t->any))
		return false;
	if (p->mod != EYAS_MOD_NONE && p->mod != EYAS_MOD_ANYOF)
		return false;
	/* The empty text is in all others, which the automaton can't tell. */
	for (size_t i = 0; i < p->n && kind >= EYAS_INDEX_WITHIN; i++)
		if (!p->consts[i].v.s.len)
			return false;
	return true;
}

/* ---- making ---- */

void eyas_index_free(struct eyas_index *ix)
{
	if (!ix)
		return;
	eyas_trie_release(&ix->trie);
	eyas_finder_release(&ix->finder);
	eyas_vec_release(&ix->preds);
	free(ix->hits);
	free(ix);
}

static struct eyas_index *find(struct eyas_prog *prog, struct eyas_term *t,
			       enum eyas_index_kind kind)
{
	struct eyas_index *ix = t->index[kind];

	if (ix)
		return ix;
	ix = calloc(1, sizeof(*ix));
	if (!ix || eyas_vec_push(&prog->indexes, ix)) {
		free(ix);
		return NULL;
	}
	ix->id = (uint32_t)prog->indexes.len - 1;
	ix->term = t;
	ix->kind = kind;
	ix->trie.backward = kind == EYAS_INDEX_END;
	ix->finder.fold = kind == EYAS_INDEX_IWITHIN;
	t->index[kind] = ix;
	return ix;
}

static bool is_automaton(const struct eyas_index *ix)
{
	return ix->kind == EYAS_INDEX_WITHIN || ix->kind == EYAS_INDEX_IWITHIN;
}

static int add(struct eyas_index *ix, struct eyas_pred *p)
{
	int r = eyas_vec_push(&ix->preds, p);

	for (size_t i = 0; i < p->n && !r; i++) {
		const struct eyas_value *v = &p->consts[i].v;
		struct eyas_trie_text text = {
			.s = v->s.p, .len = v->s.len, .what = p,
			.whole = ix->kind == EYAS_INDEX_BEGIN && p->op->id != EYAS_OP_STARTSWITH,
		};

		if (is_automaton(ix))
			r = eyas_finder_add(&ix->finder, v->s.p, v->s.len, p);
		else
			r = eyas_trie_add(&ix->trie, text);
	}
	return r;
}

static bool is_worth_it(const struct eyas_index *ix)
{
	if (is_automaton(ix))
		return ix->finder.texts.len >= WITHIN_MIN;
	return ix->trie.texts.len >= WALK_MIN;
}

/* The predicates of an index that is of no use go without. */
static int finish(struct eyas_index *ix)
{
	int r;

	if (!is_worth_it(ix))
		return 0;
	r = is_automaton(ix) ? eyas_finder_build(&ix->finder) : eyas_trie_build(&ix->trie);
	if (r)
		return r == -E2BIG ? 0 : r;
	ix->hits = calloc(ix->preds.len, sizeof(struct eyas_pred *));
	if (!ix->hits)
		return -ENOMEM;
	for (uint32_t i = 0; i < ix->preds.len; i++) {
		ix->preds.data[i]->index = ix;
		ix->preds.data[i]->slot = i;
	}
	return 0;
}

int eyas_index_build(struct eyas_prog *prog)
{
	int r = 0;

	for (size_t i = 0; i < prog->all_preds.len && !r; i++) {
		struct eyas_pred *p = prog->all_preds.data[i];
		struct eyas_index *ix;

		if (!p->used || !is_indexable(p))
			continue;
		ix = find(prog, p->lhs, (enum eyas_index_kind)kind_of(p));
		r = ix ? add(ix, p) : -ENOMEM;
	}
	for (size_t i = 0; i < prog->indexes.len && !r; i++)
		r = finish(prog->indexes.data[i]);
	return r;
}

/* ---- looking ---- */

/* What is being looked at. */
struct look {
	struct eyas_index *ix;
	uint64_t gen;
	uint8_t holds;
};

static void hit(void *what, void *arg)
{
	struct eyas_pred *p = what;
	struct look *l = arg;

	if (p->gen != l->gen) {
		p->gen = l->gen;
		p->holds = 0;
		l->ix->hits[l->ix->nhits++] = p;
	}
	p->holds |= l->holds;
}

static void look_at(struct look *l, const struct eyas_value *v)
{
	if (is_automaton(l->ix))
		eyas_finder_scan(&l->ix->finder, v->s.p, v->s.len, hit, l);
	else
		eyas_trie_walk(&l->ix->trie, v->s.p, v->s.len, hit, l);
}

static void look_at_all(struct look *l, const struct eyas_value *v)
{
	if (!v)
		return;
	if (!v->list) {
		look_at(l, v);
		return;
	}
	for (size_t i = 0; i < v->l.len; i++)
		look_at(l, &v->l.v[i]);
}

void eyas_index_look(struct eyas_index *ix, struct eyas_eval *eval)
{
	struct look l = { ix, eval->gen, EYAS_HOLDS_BOTH };

	ix->gen = eval->gen;
	ix->nhits = 0;
	if (eyas_term_differs(ix->term, eval)) {
		l.holds = EYAS_HOLDS_REAL;
		look_at_all(&l, eyas_term_get_real(ix->term, eval));
		l.holds = EYAS_HOLDS_GIVEN;
	}
	look_at_all(&l, eyas_term_get(ix->term, eval));
}
