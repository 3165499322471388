// SPDX-License-Identifier: Apache-2.0
/* Lists, macros and rules by name. What is defined again keeps its position. */
#include "rule/items.h"

#include <string.h>

void eyas_items_init(struct eyas_items *it, struct eyas_notes *notes, bool syntax_only)
{
	memset(it, 0, sizeof(*it));
	it->notes = notes;
	it->syntax_only = syntax_only;
}

static void list_release(struct eyas_list_def *l)
{
	eyas_vec_release(&l->items);
	eyas_srctext_release(&l->text);
	eyas_vec_release(&l->uses);
}

static void macro_release(struct eyas_macro_def *m)
{
	eyas_srctext_release(&m->cond);
	eyas_srctext_release(&m->text);
	eyas_vec_release(&m->lists.v);
	eyas_vec_release(&m->refs);
}

void eyas_exceptions_release(struct eyas_exceptions *ex)
{
	eyas_vec_for_each(&ex->v, it)
		eyas_vec_release(&it->values);
	eyas_vec_release(&ex->v);
	eyas_strmap_release(&ex->names);
}

static void rule_release(struct eyas_rule_def *r)
{
	eyas_srctext_release(&r->cond);
	eyas_srctext_release(&r->output);
	eyas_strbuf_release(&r->desc);
	eyas_vec_release(&r->tags);
	eyas_exceptions_release(&r->exceptions);
}

void eyas_items_release(struct eyas_items *it)
{
	eyas_vec_for_each(&it->lists, l)
		list_release(*l);
	eyas_vec_for_each(&it->macros, m)
		macro_release(*m);
	eyas_vec_for_each(&it->rules, r)
		rule_release(*r);
	eyas_vec_release(&it->lists);
	eyas_vec_release(&it->macros);
	eyas_vec_release(&it->rules);
	eyas_vec_release(&it->odd_lists);
	eyas_vec_release(&it->plugins);
	eyas_strmap_release(&it->list_names);
	eyas_strmap_release(&it->macro_names);
	eyas_strmap_release(&it->rule_names);
	eyas_arena_release(&it->arena);
}

struct eyas_list_def *eyas_items_list(const struct eyas_items *it, const char *name, size_t len)
{
	return eyas_strmap_get(&it->list_names, name, len);
}

struct eyas_macro_def *eyas_items_macro(const struct eyas_items *it, const char *name, size_t len)
{
	return eyas_strmap_get(&it->macro_names, name, len);
}

struct eyas_rule_def *eyas_items_rule(const struct eyas_items *it, const char *name)
{
	return eyas_strmap_get(&it->rule_names, name, strlen(name));
}

struct eyas_list_def *eyas_items_add_list(struct eyas_items *it, const char *name)
{
	struct eyas_list_def *l = eyas_items_list(it, name, strlen(name));

	if (!l) {
		l = eyas_arena_alloc(&it->arena, sizeof(*l));
		if (!l || eyas_strmap_set(&it->list_names, name, strlen(name), l))
			return NULL;
		l->name = name;
		l->index = it->mentions;
		eyas_srctext_init(&l->text);
		if (eyas_vec_push(&it->lists, l))
			return NULL;
	}
	l->visibility = it->mentions++;
	return l;
}

struct eyas_macro_def *eyas_items_add_macro(struct eyas_items *it, const char *name)
{
	struct eyas_macro_def *m = eyas_items_macro(it, name, strlen(name));

	if (!m) {
		m = eyas_arena_alloc(&it->arena, sizeof(*m));
		if (!m || eyas_strmap_set(&it->macro_names, name, strlen(name), m))
			return NULL;
		m->name = name;
		m->index = it->mentions;
		eyas_srctext_init(&m->cond);
		eyas_srctext_init(&m->text);
		if (eyas_vec_push(&it->macros, m))
			return NULL;
	}
	m->visibility = it->mentions++;
	return m;
}

struct eyas_rule_def *eyas_items_add_rule(struct eyas_items *it, const char *name)
{
	struct eyas_rule_def *r = eyas_items_rule(it, name);

	if (!r) {
		r = eyas_arena_alloc(&it->arena, sizeof(*r));
		if (!r || eyas_strmap_set(&it->rule_names, name, strlen(name), r))
			return NULL;
		r->name = name;
		eyas_srctext_init(&r->cond);
		eyas_srctext_init(&r->output);
		eyas_strbuf_init(&r->desc);
		if (eyas_vec_push(&it->rules, r))
			return NULL;
	}
	it->mentions++;
	return r;
}
