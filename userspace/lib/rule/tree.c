// SPDX-License-Identifier: Apache-2.0
/*
 * Rules become sequences of conditions, sorted: what is cheap, decides much and
 * is demanded by many comes first. Sequences that begin alike share a gate.
 */
#include "rule/tree.h"

#include <errno.h>
#include <string.h>

#define LEVELS_MAX	64	/* gates in a row; walked by recursion */
#define LOCK_MIN	4	/* gates for which asking an index pays */

/* Rules that demand the same, in the order of @conds. */
struct entry {
	struct eyas_cond **conds;
	uint32_t nconds;
	uint32_t *rules, nrules;
};

/* A key while it is not known which lock it will be of. */
struct loose { struct eyas_index *index; struct eyas_key key; };

struct builder {
	struct eyas_arena *arena;
	EYAS_VEC(struct entry) entries;
	EYAS_VEC(struct eyas_cond *) conds;	/* all that occur */
	EYAS_VEC(struct loose) keys;		/* of one gate's gates */
};

static void release(struct builder *b)
{
	/* Conditions outlive it; the next one must find them as they were. */
	eyas_vec_for_each(&b->conds, it)
		(*it)->uses = 0;
	eyas_vec_release(&b->entries);
	eyas_vec_release(&b->conds);
	eyas_vec_release(&b->keys);
}

/* ---- entries ---- */

static int by_cond(const void *pa, const void *pb)
{
	const struct eyas_demand *a = pa, *b = pb;

	if (a->cond != b->cond)
		return a->cond->id < b->cond->id ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

static int use(struct builder *b, struct eyas_cond *c)
{
	return c->uses++ ? 0 : eyas_vec_push(&b->conds, c);
}

/* @n rules that all demand the same. */
static int add_entry(struct builder *b, const struct eyas_demand *d, size_t n)
{
	struct eyas_cond *c = d->cond;
	struct entry e = { .nrules = (uint32_t)n };
	int r = 0;

	if (c->kind == EYAS_COND_FALSE)
		return 0;
	if (c->kind != EYAS_COND_TRUE)
		e.nconds = c->kind == EYAS_COND_AND ? c->n : 1;
	e.conds = eyas_arena_alloc(b->arena, e.nconds * sizeof(struct eyas_cond *));
	e.rules = eyas_arena_alloc(b->arena, n * sizeof(*e.rules));
	if (!e.conds || !e.rules)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		e.rules[i] = d[i].rule;
	for (uint32_t i = 0; i < e.nconds && !r; i++) {
		e.conds[i] = c->kind == EYAS_COND_AND ? c->kids[i] : c;
		r = use(b, e.conds[i]);
	}
	return r ? r : eyas_vec_push(&b->entries, e);
}

/* The less, the earlier it is asked. */
static double price(const struct eyas_cond *c)
{
	return c->cost / ((100.0 - c->odds) * c->uses);
}

static int by_price(const void *pa, const void *pb)
{
	const struct eyas_cond *a = *(struct eyas_cond *const *)pa;
	const struct eyas_cond *b = *(struct eyas_cond *const *)pb;
	double x = price(a), y = price(b);

	if (x < y || x > y)
		return x < y ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static int by_rank(const void *pa, const void *pb)
{
	const struct eyas_cond *a = *(struct eyas_cond *const *)pa;
	const struct eyas_cond *b = *(struct eyas_cond *const *)pb;

	return (a->rank > b->rank) - (a->rank < b->rank);
}

static int by_conds(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	for (uint32_t i = 0; i < a->nconds && i < b->nconds; i++)
		if (a->conds[i] != b->conds[i])
			return a->conds[i]->rank < b->conds[i]->rank ? -1 : 1;
	return (a->nconds > b->nconds) - (a->nconds < b->nconds);
}

static void sort(struct builder *b)
{
	uint32_t rank = 0;

	if (b->conds.len)
		qsort(b->conds.data, b->conds.len, sizeof(struct eyas_cond *), by_price);
	eyas_vec_for_each(&b->conds, it)
		(*it)->rank = rank++;
	eyas_vec_for_each(&b->entries, e)
		if (e->nconds)
			qsort(e->conds, e->nconds, sizeof(struct eyas_cond *), by_rank);
	if (b->entries.len)
		qsort(b->entries.data, b->entries.len, sizeof(struct entry), by_conds);
}

/* ---- locks ---- */

static int add_key(struct builder *b, struct eyas_index *index, uint32_t slot,
		   struct eyas_gate *gate)
{
	return eyas_vec_push(&b->keys, (struct loose){ index, { slot, gate } });
}

static int find_keys(struct builder *b, struct eyas_cond *const *conds, uint32_t n,
		     struct eyas_gate *gate);

/*
 * Keys so that one of them fits if @c holds: 1; 0 if there are none such,
 * whatever was added; -ENOMEM.
 */
static int add_keys(struct builder *b, const struct eyas_cond *c, struct eyas_gate *gate)
{
	int r = 1;

	switch ((enum eyas_cond_kind)c->kind) {
	case EYAS_COND_PRED:
		if (!c->pred->index)
			return 0;
		return add_key(b, c->pred->index, c->pred->slot, gate) ? -ENOMEM : 1;
	case EYAS_COND_ANY:
		for (uint32_t i = 0; i < c->n; i++)
			if (add_key(b, c->group.index, c->group.slots[i], gate))
				return -ENOMEM;
		return 1;
	case EYAS_COND_OR:
		for (uint32_t i = 0; i < c->n && r > 0; i++)
			r = add_keys(b, c->kids[i], gate);
		return r;
	case EYAS_COND_AND:
		return find_keys(b, c->kids, c->n, gate);
	case EYAS_COND_FALSE:
	case EYAS_COND_TRUE:
	case EYAS_COND_NOT_PRED:
	case EYAS_COND_NONE:
		break;
	}
	return 0;
}

/* The same for the first of @conds, which all must hold, that has keys. */
static int find_keys(struct builder *b, struct eyas_cond *const *conds, uint32_t n,
		     struct eyas_gate *gate)
{
	size_t had = b->keys.len;
	int r = 0;

	for (uint32_t i = 0; i < n && !r; i++) {
		b->keys.len = had;
		r = add_keys(b, conds[i], gate);
	}
	if (!r)
		b->keys.len = had;
	return r;
}

static int by_lock(const void *pa, const void *pb)
{
	const struct loose *a = pa, *b = pb;

	if (a->index != b->index)
		return a->index->id < b->index->id ? -1 : 1;
	return (a->key.slot > b->key.slot) - (a->key.slot < b->key.slot);
}

static int add_lock(struct builder *b, struct eyas_gate *g, const struct loose *keys, size_t n)
{
	struct eyas_lock *lock = &g->locks[g->nlocks++];

	lock->index = keys->index;
	lock->nkeys = (uint32_t)n;
	lock->keys = eyas_arena_alloc(b->arena, n * sizeof(*lock->keys));
	if (!lock->keys)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		lock->keys[i] = keys[i].key;
	return 0;
}

/* All keys that were found, as locks of @g. */
static int add_locks(struct builder *b, struct eyas_gate *g)
{
	struct loose *v = b->keys.data;
	size_t n = b->keys.len, locks = 0;
	int r = 0;

	qsort(v, n, sizeof(*v), by_lock);
	for (size_t i = 0; i < n; i++)
		locks += !i || v[i].index != v[i - 1].index;
	g->locks = eyas_arena_alloc(b->arena, locks * sizeof(*g->locks));
	if (!g->locks)
		return -ENOMEM;
	for (size_t i = 0, end; i < n && !r; i = end) {
		for (end = i + 1; end < n && v[end].index == v[i].index;)
			end++;
		r = add_lock(b, g, &v[i], end - i);
	}
	return r;
}

/* Of the gates behind @g, those with keys are reached by locks, if that pays. */
static int lock_up(struct builder *b, struct eyas_gate *g)
{
	uint32_t locked = 0, kept = 0;
	int r = 0;

	b->keys.len = 0;
	for (uint32_t i = 0; i < g->ngates && r >= 0; i++) {
		r = find_keys(b, g->gates[i]->conds, g->gates[i]->nconds, g->gates[i]);
		locked += r > 0;
	}
	if (r < 0 || locked < LOCK_MIN)
		return r < 0 ? r : 0;
	eyas_vec_for_each(&b->keys, it)
		it->key.gate->gen = 1;
	for (uint32_t i = 0; i < g->ngates; i++)
		if (!g->gates[i]->gen)
			g->gates[kept++] = g->gates[i];
	g->ngates = kept;
	eyas_vec_for_each(&b->keys, it)
		it->key.gate->gen = 0;
	return add_locks(b, g);
}

/* ---- gates ---- */

/* How many conditions all of [lo, hi) have in common, from @depth on. */
static uint32_t common(const struct builder *b, size_t lo, size_t hi, uint32_t depth)
{
	const struct entry *first = &b->entries.data[lo], *last = &b->entries.data[hi - 1];
	uint32_t i = depth;

	/* They are sorted: what the ends have in common, all have. */
	while (i < first->nconds && i < last->nconds && first->conds[i] == last->conds[i])
		i++;
	return i;
}

static size_t group_end(const struct builder *b, size_t lo, size_t hi, uint32_t depth,
			unsigned int level)
{
	size_t i = lo + 1;

	while (i < hi && level < LEVELS_MAX &&
	       b->entries.data[i].conds[depth] == b->entries.data[lo].conds[depth])
		i++;
	return i;
}

static struct eyas_gate *make_gate(struct builder *b, size_t lo, size_t hi, uint32_t depth,
				   unsigned int level);

static int add_gates(struct builder *b, struct eyas_gate *g, size_t lo, size_t hi, uint32_t depth,
		     unsigned int level)
{
	uint32_t n = 0;

	for (size_t i = lo; i < hi; i = group_end(b, i, hi, depth, level))
		n++;
	g->gates = eyas_arena_alloc(b->arena, n * sizeof(struct eyas_gate *));
	g->likely = eyas_arena_alloc(b->arena, n * sizeof(struct eyas_gate *));
	if (!g->gates || !g->likely)
		return -ENOMEM;
	for (size_t i = lo, end; i < hi; i = end) {
		struct eyas_gate *gate;

		end = group_end(b, i, hi, depth, level);
		gate = make_gate(b, i, end, depth, level + 1);
		if (!gate)
			return -ENOMEM;
		if (gate->first < g->first)
			g->first = gate->first;
		g->gates[g->ngates++] = gate;
	}
	return lock_up(b, g);
}

/* Its conditions; those that don't last once more, apart. */
static int set_conds(struct builder *b, struct eyas_gate *g, struct eyas_cond **v, uint32_t n)
{
	g->conds = v;
	g->nconds = n;
	g->passing = eyas_arena_alloc(b->arena, n * sizeof(struct eyas_cond *));
	if (!g->passing)
		return -ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		if (v[i]->life != EYAS_LIFE_PROC)
			g->passing[g->npassing++] = v[i];
	return 0;
}

/* For the entries [lo, hi), whose first @depth conditions hold if it is reached. */
static struct eyas_gate *make_gate(struct builder *b, size_t lo, size_t hi, uint32_t depth,
				   unsigned int level)
{
	struct eyas_gate *g = eyas_arena_alloc(b->arena, sizeof(*g));
	const struct entry *e = &b->entries.data[lo];
	uint32_t end = common(b, lo, hi, depth);

	if (!g || set_conds(b, g, e->conds + depth, end - depth))
		return NULL;
	g->first = UINT32_MAX;
	if (e->nconds == end) {
		g->rules = e->rules;
		g->nrules = e->nrules;
		g->first = e->rules[0];
		lo++;
	}
	return lo < hi && add_gates(b, g, lo, hi, end, level) ? NULL : g;
}

int eyas_tree_build(struct eyas_prog *prog, struct eyas_demand *demands, size_t n,
		    struct eyas_gate **ret)
{
	_cleanup_(release) struct builder b = { .arena = &prog->arena };
	int r = 0;

	*ret = NULL;
	if (n)
		qsort(demands, n, sizeof(*demands), by_cond);
	for (size_t i = 0, end; i < n && !r; i = end) {
		for (end = i + 1; end < n && demands[end].cond == demands[i].cond;)
			end++;
		r = add_entry(&b, &demands[i], end - i);
	}
	if (r || !b.entries.len)
		return r;
	sort(&b);
	*ret = make_gate(&b, 0, b.entries.len, 0, 0);
	return *ret ? 0 : -ENOMEM;
}
