// SPDX-License-Identifier: Apache-2.0
/* The compiled conditions against an event: all that runs for every one. */
#include <errno.h>
#include <string.h>
#include "rule/tree.h"

/* ---- predicates ---- */

static bool is_member(const struct eyas_pred *p, const struct eyas_value *v)
{
	if (eyas_type_is_text(v->type))
		return eyas_strmap_get(&p->texts, v->s.p, v->s.len);
	return eyas_map_get(&p->nums, v->u);
}

static size_t count_passed(const struct eyas_pred *p, const struct eyas_value *v,
			   const struct eyas_const *c, size_t n)
{
	size_t passed = 0;

	for (size_t i = 0; i < n; i++)
		passed += p->test(v, &c[i]);
	return passed;
}

static bool passes_any(const struct eyas_pred *p, const struct eyas_value *v,
		       const struct eyas_const *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p->test(v, &c[i]))
			return true;
	return false;
}

/* One value, no list. */
static bool passes(const struct eyas_pred *p, const struct eyas_value *v,
		   const struct eyas_const *c, size_t n)
{
	switch (p->mod) {
	case EYAS_MOD_ONEOF:
		return count_passed(p, v, c, n) == 1;
	case EYAS_MOD_ANYOF:
		return passes_any(p, v, c, n);
	case EYAS_MOD_ALLOF:
		return n && count_passed(p, v, c, n) == n;
	case EYAS_MOD_NONE:
		break;
	}
	if (p->op->id == EYAS_OP_PMATCH)
		return eyas_pmatch_match(&p->pm, v->s.p, v->s.len);
	if (p->hashed)
		return is_member(p, v);
	return passes_any(p, v, c, n);
}

/*
 * Of a list's elements, must all pass? Of a list, "in" says so; of candidates,
 * "!=" means that none is equal. Ancestors are asked one by one even then.
 */
static bool wants_all(const struct eyas_pred *p)
{
	const struct eyas_term *t = p->lhs;

	if (!t->any)
		return p->op->id == EYAS_OP_IN;
	return p->op->id == EYAS_OP_NE && !(t->field && t->field->flags & EYAS_FIELD_JOIN);
}

static bool passes_with(const struct eyas_pred *p, const struct eyas_value *v,
			const struct eyas_const *c, size_t n)
{
	bool all;

	if (!v->list)
		return passes(p, v, c, n);
	all = wants_all(p);
	for (size_t i = 0; i < v->l.len; i++)
		if (passes(p, &v->l.v[i], c, n) != all)
			return !all;
	return all;
}

/* The other side is a field, too. */
static bool compare(const struct eyas_pred *p, const struct eyas_value *v,
		    const struct eyas_value *other, struct eyas_eval *eval)
{
	struct eyas_const one = { 0 }, *many;

	if (!other)
		return false;
	if (!other->list) {
		one.v = *other;
		return passes_with(p, v, &one, 1);
	}
	many = eyas_arena_alloc(eval->ctx->arena,
				(other->l.len ? other->l.len : 1) * sizeof(*many));
	if (!many) {
		eval->oom = true;
		return false;
	}
	for (size_t i = 0; i < other->l.len; i++)
		many[i].v = other->l.v[i];
	return passes_with(p, v, many, other->l.len);
}

static bool holds_for(const struct eyas_pred *p, const struct eyas_value *v, bool real,
		      struct eyas_eval *eval)
{
	if (!v)
		return false;
	if (p->plain)
		return p->test(v, p->consts);
	if (p->op->id == EYAS_OP_EXISTS)
		return true;
	if (!p->rhs)
		return passes_with(p, v, p->consts, p->n);
	return compare(p, v, real ? eyas_term_get_real(p->rhs, eval) : eyas_term_get(p->rhs, eval),
		       eval);
}

/* Apart, so that the way for most is a short one. */
__attribute__((noinline)) uint8_t eyas_pred_work_out(const struct eyas_pred *p,
						     struct eyas_eval *eval)
{
	bool given = holds_for(p, eyas_term_get(p->lhs, eval), false, eval), real;

	if (!eyas_term_differs(p->lhs, eval) && !(p->rhs && eyas_term_differs(p->rhs, eval)))
		return given ? EYAS_HOLDS_BOTH : 0;
	real = holds_for(p, eyas_term_get_real(p->lhs, eval), true, eval);
	return (uint8_t)((given ? EYAS_HOLDS_GIVEN : 0) | (real ? EYAS_HOLDS_REAL : 0));
}

static inline uint8_t holds(struct eyas_pred *p, struct eyas_eval *eval)
{
	const struct eyas_value *v;

	if (p->index) {
		if (p->index->gen != eval->gen[p->index->life])
			eyas_index_look(p->index, eval);
		return p->gen == p->index->gen ? p->holds : 0;
	}
	if (p->gen == eval->gen[p->life])
		return p->holds;
	p->gen = eval->gen[p->life];
	if (!p->plain || p->lhs->has_real) {
		p->holds = eyas_pred_work_out(p, eval);
		return p->holds;
	}
	v = eyas_term_get(p->lhs, eval);
	p->holds = v && p->test(v, p->consts) ? EYAS_HOLDS_BOTH : 0;
	return p->holds;
}

/* ---- conditions ---- */

static bool has_slot(const struct eyas_cond *c, uint32_t slot)
{
	uint32_t lo = 0, hi = c->n;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (c->group.slots[mid] == slot)
			return true;
		if (c->group.slots[mid] < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* Does a predicate of the group hold; with @both, for the real value, too? */
static bool is_hit(const struct eyas_cond *c, bool both, struct eyas_eval *eval)
{
	const struct eyas_index *ix = c->group.index;

	if (ix->gen != eval->gen[ix->life])
		eyas_index_look(c->group.index, eval);
	for (uint32_t i = 0; i < ix->nhits; i++)
		if ((!both || ix->hits[i]->holds == EYAS_HOLDS_BOTH) &&
		    has_slot(c, ix->hits[i]->slot))
			return true;
	return false;
}

static bool joined_holds(struct eyas_cond *c, struct eyas_eval *eval);

static __attribute__((noinline)) bool group_holds(struct eyas_cond *c, struct eyas_eval *eval)
{
	switch ((enum eyas_cond_kind)c->kind) {
	case EYAS_COND_ANY:
		return is_hit(c, false, eval);
	case EYAS_COND_NONE:
		return !is_hit(c, true, eval);
	case EYAS_COND_AND:
	case EYAS_COND_OR:
		return joined_holds(c, eval);
	case EYAS_COND_PRED:
	case EYAS_COND_NOT_PRED:
	case EYAS_COND_FALSE:
	case EYAS_COND_TRUE:
		break;
	}
	return c->kind == EYAS_COND_TRUE;
}

/* For an alert one path that fits is enough; to prevent it both must. */
static inline bool cond_holds(struct eyas_cond *c, struct eyas_eval *eval)
{
	if (c->kind == EYAS_COND_PRED)
		return holds(c->pred, eval);
	if (c->kind == EYAS_COND_NOT_PRED)
		return holds(c->pred, eval) != EYAS_HOLDS_BOTH;
	return group_holds(c, eval);
}

static bool joined_holds(struct eyas_cond *c, struct eyas_eval *eval)
{
	bool is_and = c->kind == EYAS_COND_AND;

	if (c->gen == eval->gen[c->life])
		return c->result;
	c->gen = eval->gen[c->life];
	c->result = is_and;
	for (uint32_t i = 0; i < c->n && c->result == is_and; i++)
		c->result = cond_holds(c->kids[i], eval);
	return c->result;
}

/* ---- trees ---- */

static void add_rules(const struct eyas_gate *g, struct eyas_matches *m)
{
	if (m->first_only) {
		if (!m->n || g->rules[0] < m->rules[0])
			m->rules[0] = g->rules[0];
		m->n = 1;
		return;
	}
	memcpy(m->rules + m->n, g->rules, g->nrules * sizeof(*g->rules));
	m->n += g->nrules;
}

static const struct eyas_key *first_key(const struct eyas_lock *lock, uint32_t slot)
{
	uint32_t lo = 0, hi = lock->nkeys;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (lock->keys[mid].slot < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	return &lock->keys[lo];
}

static void enter(struct eyas_gate *g, struct eyas_eval *eval, struct eyas_matches *m);

static inline bool all_hold(struct eyas_cond *const *conds, uint32_t n, struct eyas_eval *eval)
{
	for (uint32_t i = 0; i < n; i++)
		if (!cond_holds(conds[i], eval))
			return false;
	return true;
}

/* Is there anything behind it that would count? */
static inline bool is_wanted(const struct eyas_gate *g, const struct eyas_matches *m)
{
	return !m->n || !m->first_only || g->first < m->rules[0];
}

static void try_lock(const struct eyas_lock *lock, struct eyas_eval *eval, struct eyas_matches *m)
{
	const struct eyas_key *key, *end = lock->keys + lock->nkeys;
	const struct eyas_index *ix = lock->index;

	if (ix->gen != eval->gen[ix->life])
		eyas_index_look(lock->index, eval);
	for (uint32_t i = 0; i < ix->nhits; i++) {
		uint32_t slot = ix->hits[i]->slot;

		for (key = first_key(lock, slot); key < end && key->slot == slot; key++) {
			/* It may have other keys that fit. */
			if (key->gate->gen == eval->gen[EYAS_LIFE_EVENT])
				continue;
			key->gate->gen = eval->gen[EYAS_LIFE_EVENT];
			if (is_wanted(key->gate, m) &&
			    all_hold(key->gate->conds, key->gate->nconds, eval))
				enter(key->gate, eval, m);
		}
	}
}

/* Do all of its conditions that last hold? */
static bool may_open(const struct eyas_gate *g, struct eyas_eval *eval)
{
	for (uint32_t i = 0; i < g->nconds; i++)
		if (g->conds[i]->life == EYAS_LIFE_PROC && !cond_holds(g->conds[i], eval))
			return false;
	return true;
}

static __attribute__((noinline)) void find_likely(struct eyas_gate *g, struct eyas_eval *eval)
{
	g->likely_gen = eval->gen[EYAS_LIFE_PROC];
	g->nlikely = 0;
	for (uint32_t i = 0; i < g->ngates; i++)
		if (may_open(g->gates[i], eval))
			g->likely[g->nlikely++] = g->gates[i];
}

/* Most processes are seen once or very often: only then it pays to find out first. */
static __attribute__((noinline)) void enter_new(struct eyas_gate *g, struct eyas_eval *eval,
						struct eyas_matches *m)
{
	g->seen_gen = eval->gen[EYAS_LIFE_PROC];
	for (uint32_t i = 0; i < g->ngates; i++)
		if (is_wanted(g->gates[i], m) &&
		    all_hold(g->gates[i]->conds, g->gates[i]->nconds, eval))
			enter(g->gates[i], eval, m);
}

static void enter(struct eyas_gate *g, struct eyas_eval *eval, struct eyas_matches *m)
{
	struct eyas_gate **likely;

	if (g->nrules)
		add_rules(g, m);
	for (uint32_t i = 0; i < g->nlocks; i++)
		try_lock(&g->locks[i], eval, m);
	if (g->likely_gen != eval->gen[EYAS_LIFE_PROC]) {
		if (g->seen_gen != eval->gen[EYAS_LIFE_PROC]) {
			enter_new(g, eval, m);
			return;
		}
		find_likely(g, eval);
	}
	likely = g->likely;
	for (uint32_t n = g->nlikely; n; n--, likely++)
		if (is_wanted(*likely, m) &&
		    all_hold((*likely)->passing, (*likely)->npassing, eval))
			enter(*likely, eval, m);
}

void eyas_tree_match(struct eyas_gate *root, struct eyas_eval *eval, struct eyas_matches *m)
{
	if (all_hold(root->conds, root->nconds, eval))
		enter(root, eval, m);
}
