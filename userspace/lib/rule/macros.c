// SPDX-License-Identifier: Apache-2.0
/*
 * Macros refer to macros, as deep as somebody likes: what follows references
 * keeps its stack on the heap.
 */
#include "rule/macros.h"

#include <errno.h>
#include <string.h>
#include "rule/near.h"

/* A walk along references. */
struct step {
	struct eyas_macro_def *m;
	size_t next;
};
struct walk {
	EYAS_VEC(struct step) v;
};

static void release(struct walk *w)
{
	eyas_vec_release(&w->v);
}

/* ---- references ---- */

/* What a reference was found in, and what to do with the macro. */
struct finder {
	struct eyas_compiler *c;
	const struct eyas_scope *scope;
	size_t visibility;
	struct eyas_macro_def *user; /* NULL: a rule */
};

static int undefined(const struct finder *f, const struct eyas_ast *ref,
		     const struct eyas_macro_def *later)
{
	const struct eyas_items *it = f->c->it;
	const struct eyas_word *w = &ref->macro;
	struct eyas_about about = { "condition expression", NULL, { 0 }, f->scope->about };
	struct eyas_near near;
	char list[256];
	const char *hint;

	about.at = eyas_srctext_place(f->scope->text, ref->loc.off);
	eyas_near_init(&near, w->s);
	eyas_vec_for_each(&it->macros, m)
		if ((*m)->index < f->visibility && *m != f->user)
			eyas_near_offer(&near, (*m)->name);
	hint = eyas_near_hint(&near, NULL);
	if (later && later == f->user)
		hint = "a macro can't use itself";
	else if (later)
		hint = "it is defined after this macro; a macro can use only earlier ones";
	if (!later && eyas_items_list(it, w->s, w->len)) {
		snprintf(list, sizeof(list), "'%.64s' is a list: write FIELD in (%.64s)", w->s,
			 w->s);
		hint = list;
	}
	return eyas_note(it->notes, EYAS_LOAD_ERR_VALIDATE, &about, hint,
			 "Undefined macro '%.200s' used in filter.", w->s);
}

static int find_refs(const struct finder *f, const struct eyas_ast *ast)
{
	struct eyas_macro_def *m;
	int r = 0;

	switch (ast->kind) {
	case EYAS_AST_OR:
	case EYAS_AST_AND:
	case EYAS_AST_NOT:
		for (size_t i = 0; i < ast->kids.len && !r; i++)
			r = find_refs(f, ast->kids.v[i]);
		return r;
	case EYAS_AST_CHECK:
		return 0;
	case EYAS_AST_MACRO:
		break;
	}
	m = eyas_items_macro(f->c->it, ast->macro.s, ast->macro.len);
	if (!m || m->index >= f->visibility)
		return undefined(f, ast, m);
	m->used = true;
	return f->user ? eyas_vec_push(&f->user->refs, m) : 0;
}

/* ---- parsing ---- */

static int parse(struct eyas_compiler *c, struct eyas_macro_def *m)
{
	struct eyas_about macro = { "macro", m->name, m->at, NULL };
	struct eyas_about about = { "macro condition", NULL, m->cond_at, &macro };
	_cleanup_condition_ struct eyas_condition cond = EYAS_CONDITION_INIT;
	int r;

	/* The tree lives as long as the items. */
	cond.arena = c->it->arena;
	r = eyas_scope_parse(c->it, &about, m->fragment, &m->cond, &cond);
	c->it->arena = cond.arena;
	memset(&cond.arena, 0, sizeof(cond.arena));
	if (r)
		return r;
	m->ast = cond.ast;
	m->text = cond.expanded;
	m->lists = cond.lists;
	eyas_srctext_init(&cond.expanded);
	memset(&cond.lists, 0, sizeof(cond.lists));
	return 0;
}

static int resolve(struct eyas_compiler *c, struct eyas_macro_def *m)
{
	struct eyas_about macro = { "macro", m->name, m->at, NULL };
	struct eyas_about about = { "macro condition", NULL, m->cond_at, &macro };
	struct eyas_scope scope = { &m->text, &about };
	struct finder f = { c, &scope, m->visibility, m };

	return find_refs(&f, m->ast);
}

static int loop(struct eyas_compiler *c, const struct walk *w, const struct eyas_macro_def *m)
{
	/* Falco begins with what the first one refers to. */
	const struct eyas_macro_def *named = m == w->v.data[0].m && w->v.len > 1 ? w->v.data[1].m :
										   m;
	struct eyas_about about = { "macro", named->name, named->at, NULL };

	return eyas_note(c->it->notes, EYAS_LOAD_ERR_VALIDATE, &about,
			 "a macro that is defined again can't use itself: append to it",
			 "reference loop in macro '%.200s'", named->name);
}

/* No macro may lead back to itself. */
static int check_loops(struct eyas_compiler *c, struct eyas_macro_def *root)
{
	_cleanup_(release) struct walk w = { 0 };
	int r = 0;

	if (root->state == EYAS_MACRO_DONE)
		return 0;
	root->state = EYAS_MACRO_OPEN;
	r = eyas_vec_push(&w.v, (struct step){ root, 0 });
	while (w.v.len && !r) {
		struct step *top = &w.v.data[w.v.len - 1];
		struct eyas_macro_def *next;

		if (top->next == top->m->refs.len) {
			top->m->state = EYAS_MACRO_DONE;
			w.v.len--;
			continue;
		}
		next = top->m->refs.data[top->next++];
		if (next->state == EYAS_MACRO_OPEN)
			return loop(c, &w, next);
		if (next->state == EYAS_MACRO_DONE)
			continue;
		next->state = EYAS_MACRO_OPEN;
		r = eyas_vec_push(&w.v, (struct step){ next, 0 });
	}
	return r;
}

int eyas_macros_parse(struct eyas_compiler *c)
{
	struct eyas_items *it = c->it;
	int r = 0;

	for (size_t i = 0; i < it->macros.len && !r; i++)
		r = parse(c, it->macros.data[i]);
	for (size_t i = 0; i < it->macros.len && !r && !it->syntax_only; i++)
		r = resolve(c, it->macros.data[i]);
	for (size_t i = 0; i < it->macros.len && !r && !it->syntax_only; i++)
		r = check_loops(c, it->macros.data[i]);
	return r;
}

/* ---- building ---- */

int eyas_macros_node(void *arg, const struct eyas_ast *ref, uint32_t *ret)
{
	struct eyas_compiler *c = arg;
	const struct eyas_macro_def *m = eyas_items_macro(c->it, ref->macro.s, ref->macro.len);

	if (m->failed) {
		c->failed = m->failed;
		return -EINVAL;
	}
	*ret = m->node;
	return 0;
}

/* Of @m alone. That it fails is said by the rules that use it. */
static int build(struct eyas_compiler *c, struct eyas_macro_def *m)
{
	struct eyas_about macro = { "macro", m->name, m->at, NULL };
	struct eyas_about about = { "macro condition", NULL, m->cond_at, &macro };
	struct eyas_scope scope = { &m->text, &about };
	int r;

	m->built = true;
	c->scope = scope;
	c->failed = NULL;
	r = eyas_scope_check(c, &scope, m->ast);
	if (!r)
		r = eyas_build_node(&c->build, m->ast, &m->node);
	if (r != -EINVAL)
		return r;
	m->failed = c->failed ? c->failed : m;
	if (m->failed != m)
		return 0;
	m->failure.loc = c->perr.loc;
	m->failure.hint = c->perr.hint;
	m->failure.msg =
		eyas_arena_strndup(&c->it->arena, c->perr.err.msg, strlen(c->perr.err.msg));
	return m->failure.msg ? 0 : -ENOMEM;
}

static int build_all(struct eyas_compiler *c, struct eyas_macro_def *root)
{
	_cleanup_(release) struct walk w = { 0 };
	int r = eyas_vec_push(&w.v, (struct step){ root, 0 });

	while (w.v.len && !r) {
		struct step *top = &w.v.data[w.v.len - 1];
		struct eyas_macro_def *m = top->m;

		if (m->built || top->next == m->refs.len) {
			if (!m->built)
				r = build(c, m);
			w.v.len--;
			continue;
		}
		m = m->refs.data[top->next++];
		if (!m->built)
			r = eyas_vec_push(&w.v, (struct step){ m, 0 });
	}
	return r;
}

static int build_refs(struct eyas_compiler *c, const struct eyas_ast *ast)
{
	struct eyas_macro_def *m;
	int r = 0;

	switch (ast->kind) {
	case EYAS_AST_OR:
	case EYAS_AST_AND:
	case EYAS_AST_NOT:
		for (size_t i = 0; i < ast->kids.len && !r; i++)
			r = build_refs(c, ast->kids.v[i]);
		return r;
	case EYAS_AST_CHECK:
		return 0;
	case EYAS_AST_MACRO:
		break;
	}
	m = eyas_items_macro(c->it, ast->macro.s, ast->macro.len);
	return m->built ? 0 : build_all(c, m);
}

int eyas_macros_use(struct eyas_compiler *c, const struct eyas_scope *scope,
		    const struct eyas_ast *ast)
{
	struct finder f = { c, scope, SIZE_MAX, NULL };
	int r = find_refs(&f, ast);

	return r ? r : build_refs(c, ast);
}
