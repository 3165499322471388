// SPDX-License-Identifier: Apache-2.0
/* Indexes: which predicates go together, and what a value hits. */
#include "rule/index.h"

#include <errno.h>
#include <string.h>

/* With fewer texts, looking for each by itself is faster. */
#define WITHIN_MIN	2
#define WALK_MIN	4

/* Where a predicate belongs. */
struct place {
	struct eyas_term *term;
	enum eyas_index_kind kind;
	bool whole;		/* the text is all of the value */
	bool dir;		/* or what precedes a slash in it */
};

static bool find_kind(const struct eyas_pred *p, struct place *ret)
{
	switch (p->op->id) {
	case EYAS_OP_EQ:
	case EYAS_OP_IN:
	case EYAS_OP_INTERSECTS:
		ret->whole = true;
		ret->kind = EYAS_INDEX_BEGIN;
		return true;
	case EYAS_OP_STARTSWITH:
		ret->kind = EYAS_INDEX_BEGIN;
		return true;
	case EYAS_OP_ENDSWITH:
		ret->kind = EYAS_INDEX_END;
		return true;
	case EYAS_OP_CONTAINS:
		ret->kind = EYAS_INDEX_WITHIN;
		return true;
	case EYAS_OP_ICONTAINS:
		ret->kind = EYAS_INDEX_IWITHIN;
		return true;
	default:
		return false;
	}
}

static struct eyas_term *term_of(const struct eyas_prog *prog, const char *field)
{
	eyas_vec_for_each(&prog->all_terms, it)
		if ((*it)->field && !strcmp((*it)->field->name, field))
			return *it;
	return NULL;
}

/*
 * A directory begins the name that it is of, a file's name ends it: what is
 * asked of those is looked for in the name, together with what is asked of that.
 * What is found there may be true, the rest can't be.
 */
static void move_to_name(const struct eyas_prog *prog, struct place *at)
{
	const struct eyas_field *f = at->term->field;
	bool begins = f && !strcmp(f->name, "fd.directory");
	bool ends = f && !strcmp(f->name, "fd.filename");
	struct eyas_term *name = begins || ends ? term_of(prog, "fd.name") : NULL;

	if (!name || at->kind > EYAS_INDEX_END)
		return;
	if (begins && at->kind == EYAS_INDEX_BEGIN) {
		at->dir = at->whole;
	} else if (ends && (at->whole || at->kind == EYAS_INDEX_END)) {
		at->kind = EYAS_INDEX_END;
		at->whole = false;
	} else {
		return;
	}
	at->term = name;
}

/* Of one value, or of candidates: there, it is enough if one passes. */
static bool find_place(const struct eyas_prog *prog, const struct eyas_pred *p, struct place *ret)
{
	struct eyas_term *t = p->lhs;

	*ret = (struct place){ .term = t };
	if (!find_kind(p, ret) || p->rhs || t->shape.type != EYAS_T_STRING ||
	    (t->shape.list && !t->any))
		return false;
	if (p->mod != EYAS_MOD_NONE && p->mod != EYAS_MOD_ANYOF)
		return false;
	/* The empty text is in all others, which the automaton can't tell. */
	for (size_t i = 0; i < p->n && ret->kind >= EYAS_INDEX_WITHIN; i++)
		if (!p->consts[i].v.s.len)
			return false;
	move_to_name(prog, ret);
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
	ix->life = t->life;
	ix->trie.backward = kind == EYAS_INDEX_END;
	ix->finder.fold = kind == EYAS_INDEX_IWITHIN;
	t->index[kind] = ix;
	return ix;
}

static bool is_automaton(const struct eyas_index *ix)
{
	return ix->kind == EYAS_INDEX_WITHIN || ix->kind == EYAS_INDEX_IWITHIN;
}

/* "/etc" is the directory of itself, if it is one, and of what begins with "/etc/". */
static int add_dir(struct eyas_prog *prog, struct eyas_index *ix, struct eyas_trie_text text)
{
	char *slashed = eyas_arena_alloc(&prog->arena, text.len + 1);
	int r;

	if (!slashed)
		return -ENOMEM;
	r = eyas_trie_add(&ix->trie, text);
	if (text.len)
		memcpy(slashed, text.s, text.len);
	if (!text.len || text.s[text.len - 1] != '/')
		slashed[text.len++] = '/';
	text.s = slashed;
	text.whole = false;
	return r ? r : eyas_trie_add(&ix->trie, text);
}

static int add(struct eyas_prog *prog, struct eyas_index *ix, struct eyas_pred *p,
	       const struct place *at)
{
	int r = eyas_vec_push(&ix->preds, p);

	for (size_t i = 0; i < p->n && !r; i++) {
		const struct eyas_value *v = &p->consts[i].v;
		struct eyas_trie_text text = {
			.s = v->s.p, .len = v->s.len, .what = p, .whole = at->whole,
		};

		if (is_automaton(ix))
			r = eyas_finder_add(&ix->finder, v->s.p, v->s.len, p);
		else if (at->dir)
			r = add_dir(prog, ix, text);
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
		struct place at;

		if (!p->used || !find_place(prog, p, &at))
			continue;
		ix = find(prog, at.term, at.kind);
		r = ix ? add(prog, ix, p, &at) : -ENOMEM;
	}
	for (size_t i = 0; i < prog->indexes.len && !r; i++)
		r = finish(prog->indexes.data[i]);
	return r;
}

/* ---- looking ---- */

/* What is being looked at. */
struct look {
	struct eyas_index *ix;
	struct eyas_eval *eval;
	uint8_t holds;
};

/* That a text was found is no proof where the predicate is of another term. */
static __attribute__((noinline)) void hit_other(struct eyas_index *ix, struct eyas_pred *p,
						struct eyas_eval *eval)
{
	if (p->gen == ix->gen)
		return;
	p->gen = ix->gen;
	p->holds = eyas_pred_work_out(p, eval);
	if (p->holds)
		ix->hits[ix->nhits++] = p;
}

static inline void hit(void *what, void *arg)
{
	struct eyas_pred *p = what;
	const struct look *l = arg;

	if (p->lhs != l->ix->term) {
		hit_other(l->ix, p, l->eval);
		return;
	}
	if (p->gen != l->ix->gen) {
		p->gen = l->ix->gen;
		p->holds = 0;
		l->ix->hits[l->ix->nhits++] = p;
	}
	p->holds |= l->holds;
}

static __attribute__((noinline)) void scan(struct look l, const char *s, size_t len)
{
	eyas_finder_scan(&l.ix->finder, s, len, hit, &l);
}

static inline __attribute__((always_inline)) void look_at(struct look l, const struct eyas_value *v)
{
	if (is_automaton(l.ix))
		scan(l, v->s.p, v->s.len);
	else
		eyas_trie_walk(&l.ix->trie, v->s.p, v->s.len, hit, &l);
}

static __attribute__((noinline)) void look_at_all(struct look l, const struct eyas_value *v)
{
	if (v && !v->list)
		look_at(l, v);
	for (size_t i = 0; v && v->list && i < v->l.len; i++)
		look_at(l, &v->l.v[i]);
}

void eyas_index_look(struct eyas_index *ix, struct eyas_eval *eval)
{
	struct look l = { ix, eval, EYAS_HOLDS_BOTH };
	const struct eyas_value *v;

	ix->gen = eval->gen[ix->life];
	ix->nhits = 0;
	if (eyas_term_differs(ix->term, eval)) {
		l.holds = EYAS_HOLDS_REAL;
		look_at_all(l, eyas_term_get_real(ix->term, eval));
		l.holds = EYAS_HOLDS_GIVEN;
	}
	v = eyas_term_get(ix->term, eval);
	/* One value, as nearly all are: the short way. */
	if (v && !v->list)
		look_at(l, v);
	else
		look_at_all(l, v);
}
