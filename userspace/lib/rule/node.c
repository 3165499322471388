// SPDX-License-Identifier: Apache-2.0
/* Conditions as nodes of and, or, not: equal ones are one, and constants vanish. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "rule/build.h"
#include "rule/outcome.h"

#define DEPTH_MAX	1000	/* of nodes, macros included: they are walked by recursion */

/* The operands of an and, or, not that is being made. */
struct kids {
	EYAS_VEC(uint32_t) v;
};

static void release(struct kids *kids)
{
	eyas_vec_release(&kids->v);
}

/* ---- sets of event types ---- */

static void set_and(struct eyas_evset *a, const struct eyas_evset *b)
{
	for (size_t i = 0; i < sizeof(a->w) / sizeof(a->w[0]); i++)
		a->w[i] &= b->w[i];
}

static void set_or(struct eyas_evset *a, const struct eyas_evset *b)
{
	for (size_t i = 0; i < sizeof(a->w) / sizeof(a->w[0]); i++)
		a->w[i] |= b->w[i];
}

static void set_minus(struct eyas_evset *a, const struct eyas_evset *b)
{
	for (size_t i = 0; i < sizeof(a->w) / sizeof(a->w[0]); i++)
		a->w[i] &= ~b->w[i];
}

static void leaf_types(struct eyas_node *n)
{
	eyas_evset_all(&n->may);
	n->may_not = n->may;
	if (n->kind == EYAS_NODE_TRUE)
		memset(&n->may_not, 0, sizeof(n->may_not));
	if (n->kind == EYAS_NODE_FALSE)
		memset(&n->may, 0, sizeof(n->may));
	if (n->kind == EYAS_NODE_PRED && n->pred->by_type) {
		set_and(&n->may, &n->pred->types);
		set_minus(&n->may_not, &n->pred->types);
	}
}

static void inner_types(const struct eyas_prog *prog, struct eyas_node *n)
{
	const struct eyas_node *kid = &prog->nodes.data[n->kids[0]];

	n->may = n->kind == EYAS_NODE_NOT ? kid->may_not : kid->may;
	n->may_not = n->kind == EYAS_NODE_NOT ? kid->may : kid->may_not;
	for (uint32_t i = 1; i < n->nkids; i++) {
		kid = &prog->nodes.data[n->kids[i]];
		if (n->kind == EYAS_NODE_AND) {
			set_and(&n->may, &kid->may);
			set_or(&n->may_not, &kid->may_not);
		} else {
			set_or(&n->may, &kid->may);
			set_and(&n->may_not, &kid->may_not);
		}
	}
}

/* ---- equal nodes are one ---- */

static int intern(struct eyas_build *b, struct eyas_node *n, uint32_t *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf key = EYAS_STRBUF_INIT;
	struct eyas_prog *prog = b->prog;
	uintptr_t found;

	eyas_strbuf_addc(&key, (char)n->kind);
	if (n->kind == EYAS_NODE_PRED)
		eyas_strbuf_add(&key, &n->pred, sizeof(n->pred));
	eyas_strbuf_add(&key, n->kids, n->nkids * sizeof(*n->kids));
	if (!eyas_strbuf_ok(&key))
		return -ENOMEM;
	/* Maps hold pointers that are not NULL: here, one more than the index. */
	found = (uintptr_t)eyas_strmap_get(&prog->nodes_by_key, key.buf, key.len);
	if (found) {
		*ret = (uint32_t)(found - 1);
		return 0;
	}
	if (n->nkids) {
		uint32_t *kids = eyas_arena_alloc(&prog->arena, n->nkids * sizeof(*kids));

		if (!kids)
			return -ENOMEM;
		memcpy(kids, n->kids, n->nkids * sizeof(*kids));
		n->kids = kids;
		inner_types(prog, n);
	} else {
		leaf_types(n);
	}
	*ret = (uint32_t)prog->nodes.len;
	if (eyas_vec_push(&prog->nodes, *n))
		return -ENOMEM;
	return eyas_strmap_set(&prog->nodes_by_key, key.buf, key.len,
			       (void *)((uintptr_t)*ret + 1));
}

static int constant(struct eyas_build *b, bool value, uint32_t *ret)
{
	struct eyas_node n = { .kind = value ? EYAS_NODE_TRUE : EYAS_NODE_FALSE };

	return intern(b, &n, ret);
}

/* ---- and, or, not ---- */

static int add_kid(const struct eyas_prog *prog, struct kids *kids, uint8_t kind, uint32_t id)
{
	const struct eyas_node *n = &prog->nodes.data[id];
	int r = 0;

	if (n->kind != kind)
		return eyas_vec_push(&kids->v, id);
	for (uint32_t i = 0; i < n->nkids && !r; i++)
		r = eyas_vec_push(&kids->v, n->kids[i]);
	return r;
}

static int by_id(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Sort, and drop what stands there twice or changes nothing. True: the whole is known. */
static bool simplify(const struct eyas_prog *prog, struct kids *kids, uint8_t kind)
{
	/* What decides the whole if one kid is it. */
	uint8_t strong = kind == EYAS_NODE_AND ? EYAS_NODE_FALSE : EYAS_NODE_TRUE;
	uint8_t weak = kind == EYAS_NODE_AND ? EYAS_NODE_TRUE : EYAS_NODE_FALSE;
	size_t used = 0;

	if (kids->v.len)
		qsort(kids->v.data, kids->v.len, sizeof(*kids->v.data), by_id);
	for (size_t i = 0; i < kids->v.len; i++) {
		uint32_t id = kids->v.data[i];

		if (prog->nodes.data[id].kind == strong)
			return true;
		if (prog->nodes.data[id].kind == weak || (used && kids->v.data[used - 1] == id))
			continue;
		kids->v.data[used++] = id;
	}
	kids->v.len = used;
	return false;
}

static int join(struct eyas_build *b, const struct eyas_ast *ast, struct kids *kids, uint8_t kind,
		uint32_t *ret)
{
	struct eyas_node n = { .kind = kind };

	if (simplify(b->prog, kids, kind))
		return constant(b, kind == EYAS_NODE_OR, ret);
	if (!kids->v.len)
		return constant(b, kind == EYAS_NODE_AND, ret);
	if (kids->v.len == 1) {
		*ret = kids->v.data[0];
		return 0;
	}
	n.kids = kids->v.data;
	n.nkids = (uint32_t)kids->v.len;
	for (uint32_t i = 0; i < n.nkids; i++) {
		const struct eyas_node *kid = &b->prog->nodes.data[n.kids[i]];

		n.typed |= kid->typed;
		if (kid->depth >= n.depth)
			n.depth = (uint16_t)(kid->depth + 1);
	}
	if (n.depth > DEPTH_MAX)
		return eyas_build_fail(b, ast->loc, "put parts of it into macros",
				       "exceeded max depth limit of %d", DEPTH_MAX);
	return intern(b, &n, ret);
}

static int build_many(struct eyas_build *b, const struct eyas_ast *ast, uint8_t kind, uint32_t *ret)
{
	_cleanup_(release) struct kids kids = { 0 };
	uint32_t id;
	int r = 0;

	for (size_t i = 0; i < ast->kids.len && !r; i++) {
		r = eyas_build_node(b, ast->kids.v[i], &id);
		if (!r && ast->kids.v[i]->kind == EYAS_AST_MACRO)
			r = eyas_vec_push(&kids.v, id);
		else if (!r)
			r = add_kid(b->prog, &kids, kind, id);
	}
	return r ? r : join(b, ast, &kids, kind, ret);
}

static int build_not(struct eyas_build *b, const struct eyas_ast *ast, uint32_t *ret)
{
	struct eyas_node n = { .kind = EYAS_NODE_NOT, .nkids = 1 };
	const struct eyas_node *kid;
	uint32_t id;
	int r = eyas_build_node(b, ast->kids.v[0], &id);

	if (r)
		return r;
	kid = &b->prog->nodes.data[id];
	if (kid->kind == EYAS_NODE_NOT) {
		*ret = kid->kids[0];
		return 0;
	}
	if (kid->kind == EYAS_NODE_TRUE || kid->kind == EYAS_NODE_FALSE)
		return constant(b, kid->kind == EYAS_NODE_FALSE, ret);
	n.kids = &id;
	n.typed = kid->typed;
	n.depth = (uint16_t)(kid->depth + 1);
	if (n.depth > DEPTH_MAX)
		return eyas_build_fail(b, ast->loc, "put parts of it into macros",
				       "exceeded max depth limit of %d", DEPTH_MAX);
	return intern(b, &n, ret);
}

static int build_check(struct eyas_build *b, const struct eyas_ast *ast, uint32_t *ret)
{
	struct eyas_node n = { .kind = EYAS_NODE_PRED };
	int r = eyas_build_pred(b, ast, &n.pred);

	if (r)
		return r;
	if (n.pred->never)
		return constant(b, false, ret);
	n.typed = n.pred->by_type || eyas_outcome_counts(n.pred);
	return intern(b, &n, ret);
}

int eyas_build_node(struct eyas_build *b, const struct eyas_ast *ast, uint32_t *ret)
{
	switch (ast->kind) {
	case EYAS_AST_OR:
		return build_many(b, ast, EYAS_NODE_OR, ret);
	case EYAS_AST_AND:
		return build_many(b, ast, EYAS_NODE_AND, ret);
	case EYAS_AST_NOT:
		return build_not(b, ast, ret);
	case EYAS_AST_CHECK:
		return build_check(b, ast, ret);
	case EYAS_AST_MACRO:
		break;
	}
	return b->macro(b->arg, ast, ret);
}
