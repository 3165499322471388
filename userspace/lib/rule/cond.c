// SPDX-License-Identifier: Apache-2.0
/* From nodes to conditions. Nothing that is done here changes what one means. */
#include "rule/cond.h"

#include <errno.h>
#include <string.h>

#define ALWAYS		UINT32_MAX	/* a round: for every event type */
#define FLATTEN_MAX	32		/* kids copied into what they are kids of */
#define GROUP_MIN	2

/* The operands of an and, or, that is being made. */
struct parts {
	bool is_and;
	EYAS_VEC(struct eyas_cond *) kids;
	EYAS_VEC(struct eyas_pred *) preds;	/* that may be grouped */
};

static void parts_release(struct parts *p)
{
	eyas_vec_release(&p->kids);
	eyas_vec_release(&p->preds);
}

/* ---- equal ones are one ---- */

static size_t data_of(const struct eyas_cond *c, const void **ret)
{
	switch ((enum eyas_cond_kind)c->kind) {
	case EYAS_COND_PRED:
	case EYAS_COND_NOT_PRED:
		*ret = &c->pred;
		return sizeof(c->pred);
	case EYAS_COND_ANY:
	case EYAS_COND_NONE:
		*ret = c->group.slots;
		return c->n * sizeof(*c->group.slots);
	case EYAS_COND_AND:
	case EYAS_COND_OR:
		*ret = c->kids;
		return c->n * sizeof(struct eyas_cond *);
	case EYAS_COND_FALSE:
	case EYAS_COND_TRUE:
		break;
	}
	*ret = NULL;
	return 0;
}

/* @like, made up of the caller's memory, as it is kept. */
static struct eyas_cond *intern(struct eyas_conds *c, const struct eyas_cond *like)
{
	_cleanup_strbuf_ struct eyas_strbuf key = EYAS_STRBUF_INIT;
	struct eyas_cond *ret;
	const void *data;
	size_t size = data_of(like, &data);
	void *copy;

	eyas_strbuf_addc(&key, (char)like->kind);
	if (like->kind == EYAS_COND_ANY || like->kind == EYAS_COND_NONE)
		eyas_strbuf_add(&key, &like->group.index, sizeof(like->group.index));
	eyas_strbuf_add(&key, data, size);
	if (!eyas_strbuf_ok(&key))
		return NULL;
	ret = eyas_strmap_get(&c->known, key.buf, key.len);
	if (ret)
		return ret;
	ret = eyas_arena_alloc(&c->prog->arena, sizeof(*ret));
	copy = eyas_arena_alloc(&c->prog->arena, size);
	if (!ret || !copy || eyas_strmap_set(&c->known, key.buf, key.len, ret))
		return NULL;
	*ret = *like;
	ret->id = c->last_id++;
	if (size)
		memcpy(copy, data, size);
	if (like->kind == EYAS_COND_ANY || like->kind == EYAS_COND_NONE)
		ret->group.slots = copy;
	else if (like->kind == EYAS_COND_AND || like->kind == EYAS_COND_OR)
		ret->kids = copy;
	return ret;
}

/* ---- leaves ---- */

static uint8_t percent(double odds)
{
	return (uint8_t)(odds < 0.01 ? 1 : odds > 0.99 ? 99 : odds * 100);
}

static struct eyas_cond *leaf(struct eyas_conds *c, struct eyas_pred *p, bool negated)
{
	struct eyas_cond like = {
		.kind = negated ? EYAS_COND_NOT_PRED : EYAS_COND_PRED, .pred = p,
		.cost = p->cost, .life = p->life,
		.odds = percent((negated ? 100 - p->odds : p->odds) / 100.0),
	};

	return intern(c, &like);
}

static struct eyas_cond *group(struct eyas_conds *c, struct eyas_pred *const *preds, size_t n,
			       bool none)
{
	_cleanup_free_ uint32_t *slots = calloc(n, sizeof(*slots));
	struct eyas_cond like = {
		.kind = none ? EYAS_COND_NONE : EYAS_COND_ANY, .n = (uint32_t)n,
		.group = { preds[0]->index, slots },
		.life = preds[0]->index->life,
	};
	double odds_none = 1;

	if (!slots)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		slots[i] = preds[i]->slot;
		odds_none *= 1 - preds[i]->odds / 100.0;
		if (preds[i]->cost > like.cost)
			like.cost = preds[i]->cost;
	}
	like.odds = percent(none ? odds_none : 1 - odds_none);
	return intern(c, &like);
}

/* ---- and, or ---- */

static bool may_group(const struct parts *parts, const struct eyas_cond *kid)
{
	return kid->kind == (parts->is_and ? EYAS_COND_NOT_PRED : EYAS_COND_PRED) &&
	       kid->pred->index;
}

static int add_part(struct parts *parts, struct eyas_cond *kid)
{
	uint8_t same = parts->is_and ? EYAS_COND_AND : EYAS_COND_OR;
	uint8_t group = parts->is_and ? EYAS_COND_NONE : EYAS_COND_ANY;
	int r = 0;

	if (may_group(parts, kid))
		return eyas_vec_push(&parts->preds, kid->pred);
	if (kid->n > FLATTEN_MAX || (kid->kind != same && kid->kind != group))
		return eyas_vec_push(&parts->kids, kid);
	for (uint32_t i = 0; i < kid->n && !r; i++) {
		if (kid->kind == same)
			r = add_part(parts, kid->kids[i]);
		else
			r = eyas_vec_push(&parts->preds,
					  kid->group.index->preds.data[kid->group.slots[i]]);
	}
	return r;
}

static int by_slot(const void *pa, const void *pb)
{
	const struct eyas_pred *a = *(struct eyas_pred *const *)pa;
	const struct eyas_pred *b = *(struct eyas_pred *const *)pb;

	if (a->index != b->index)
		return a->index->id < b->index->id ? -1 : 1;
	return (a->slot > b->slot) - (a->slot < b->slot);
}

/* Predicates of one index become one condition. */
static int make_groups(struct eyas_conds *c, struct parts *parts)
{
	struct eyas_pred **v = parts->preds.data;
	size_t n = parts->preds.len;
	int r = 0;

	if (n)
		qsort(v, n, sizeof(struct eyas_pred *), by_slot);
	for (size_t i = 0, end; i < n && !r; i = end) {
		struct eyas_cond *kid;
		size_t used = i;

		for (end = i + 1; end < n && v[end]->index == v[i]->index; end++)
			if (v[end] != v[used])
				v[++used] = v[end];
		if (++used - i < GROUP_MIN)
			kid = leaf(c, v[i], parts->is_and);
		else
			kid = group(c, v + i, used - i, parts->is_and);
		r = kid ? eyas_vec_push(&parts->kids, kid) : -ENOMEM;
	}
	return r;
}

/* Cost until it is decided, were each kid the only one. */
static double price(const struct eyas_cond *kid, bool is_and)
{
	return kid->cost / (double)(is_and ? 100 - kid->odds : kid->odds);
}

static int by_price(const void *pa, const void *pb, void *arg)
{
	const struct eyas_cond *a = *(struct eyas_cond *const *)pa;
	const struct eyas_cond *b = *(struct eyas_cond *const *)pb;
	double x = price(a, *(bool *)arg), y = price(b, *(bool *)arg);

	if (x < y || x > y)
		return x < y ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static struct eyas_cond *join(struct eyas_conds *c, struct parts *parts)
{
	struct eyas_cond like = { .kind = parts->is_and ? EYAS_COND_AND : EYAS_COND_OR };
	struct eyas_cond **v = parts->kids.data;
	double cost = 0, go_on = 1;

	like.life = EYAS_LIFE_PROC;
	if (!parts->kids.len)
		return c->constant[parts->is_and];
	qsort_r(v, parts->kids.len, sizeof(struct eyas_cond *), by_price, &parts->is_and);
	for (size_t i = 0; i < parts->kids.len; i++) {
		if (i && v[i] == v[like.n - 1])
			continue;
		v[like.n++] = v[i];
		if (v[i]->life == EYAS_LIFE_EVENT)
			like.life = EYAS_LIFE_EVENT;
		cost += go_on * v[i]->cost;
		go_on *= (parts->is_and ? v[i]->odds : 100 - v[i]->odds) / 100.0;
	}
	if (like.n == 1)
		return v[0];
	like.kids = v;
	like.cost = cost < 1e6 ? (unsigned int)cost + 1 : 1000000;
	like.odds = percent(parts->is_and ? go_on : 1 - go_on);
	return intern(c, &like);
}

static struct eyas_cond *cond_of(struct eyas_conds *c, uint32_t node, bool negated);

static struct eyas_cond *combine(struct eyas_conds *c, const struct eyas_node *n, bool negated)
{
	_cleanup_(parts_release) struct parts parts = {
		.is_and = (n->kind == EYAS_NODE_AND) != negated,
	};

	for (uint32_t i = 0; i < n->nkids; i++) {
		struct eyas_cond *kid = cond_of(c, n->kids[i], negated);

		/* One false one decides an and, one true one an or. */
		if (!kid || kid == c->constant[!parts.is_and])
			return kid;
		if (kid != c->constant[parts.is_and] && add_part(&parts, kid))
			return NULL;
	}
	if (make_groups(c, &parts))
		return NULL;
	return join(c, &parts);
}

/* ---- from nodes ---- */

/* A predicate, if type and result of the event leave anything to be asked. */
static struct eyas_cond *of_pred(struct eyas_conds *c, uint32_t node, bool negated)
{
	const struct eyas_node *n = &c->prog->nodes.data[node];
	const struct eyas_outcome *outcome;

	if (n->typed) {
		outcome = eyas_outcome_of(&c->outcomes, node);
		if (!eyas_evset_has(&outcome->may[c->failed], c->type))
			return c->constant[negated];
		if (!eyas_evset_has(&outcome->may_not[c->failed], c->type))
			return c->constant[!negated];
	}
	return leaf(c, n->pred, negated);
}

static struct eyas_cond *make(struct eyas_conds *c, uint32_t node, bool negated)
{
	const struct eyas_node *n = &c->prog->nodes.data[node];

	switch ((enum eyas_node_kind)n->kind) {
	case EYAS_NODE_FALSE:
	case EYAS_NODE_TRUE:
		break;
	case EYAS_NODE_PRED:
		return of_pred(c, node, negated);
	case EYAS_NODE_NOT:
		return cond_of(c, n->kids[0], !negated);
	case EYAS_NODE_AND:
	case EYAS_NODE_OR:
		return combine(c, n, negated);
	}
	return c->constant[(n->kind == EYAS_NODE_TRUE) != negated];
}

static struct eyas_cond *cond_of(struct eyas_conds *c, uint32_t node, bool negated)
{
	const struct eyas_node *n = &c->prog->nodes.data[node];
	struct eyas_cond_memo *memo = &c->memo[negated][node];

	if (memo->round != c->round && memo->round != ALWAYS) {
		memo->cond = make(c, node, negated);
		memo->round = !memo->cond ? 0 : n->typed ? c->round : ALWAYS;
	}
	return memo->cond;
}

struct eyas_cond *eyas_cond_of(struct eyas_conds *c, uint32_t node)
{
	return cond_of(c, node, false);
}

void eyas_conds_round(struct eyas_conds *c, unsigned int type, bool failed)
{
	c->round++;
	c->type = type;
	c->failed = failed;
}

int eyas_conds_init(struct eyas_conds *c, struct eyas_prog *prog)
{
	struct eyas_cond no = { .kind = EYAS_COND_FALSE }, yes = { .kind = EYAS_COND_TRUE };
	size_t n = prog->nodes.len + 1;

	memset(c, 0, sizeof(*c));
	c->prog = prog;
	c->memo[0] = calloc(n, sizeof(**c->memo));
	c->memo[1] = calloc(n, sizeof(**c->memo));
	c->constant[0] = intern(c, &no);
	c->constant[1] = intern(c, &yes);
	if (c->memo[0] && c->memo[1] && c->constant[0] && c->constant[1] &&
	    !eyas_outcomes_init(&c->outcomes, prog))
		return 0;
	eyas_conds_release(c);
	return -ENOMEM;
}

void eyas_conds_release(struct eyas_conds *c)
{
	free(c->memo[0]);
	free(c->memo[1]);
	eyas_strmap_release(&c->known);
	eyas_outcomes_release(&c->outcomes);
	memset(c, 0, sizeof(*c));
}
