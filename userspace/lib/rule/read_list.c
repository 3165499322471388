// SPDX-License-Identifier: Apache-2.0
/* Items "list" and "macro". */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/read.h"

#define NO_LIST                                                                    \
	"List uses 'append' or 'override.items: append' but no list by that name " \
	"already exists"
#define NO_MACRO                                                                    \
	"Macro uses 'append' or 'override.condition: append' but no macro by that " \
	"name already exists"

/* What ends a name in a condition, and what quotes it. */
static bool is_list_name(const char *s)
{
	return !strpbrk(s, "()\"'=, \t\n\v\f\r");
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_macro_name(const char *s)
{
	if (!is_alpha(*s))
		return false;
	for (; *s; s++)
		if (!is_alpha(*s) && !(*s >= '0' && *s <= '9') && *s != '_')
			return false;
	return true;
}

/* Of both there is one key to override, so that it is all or nothing. */
static int read_how(const struct eyas_want *w, const char *key, bool *ret_append)
{
	struct eyas_override_key table = { key, true };
	struct eyas_overrides ov;
	int r = eyas_overrides_read(w, &table, 1, &ov);

	if (!r)
		r = eyas_read_append(w, ov.append || ov.replace, ret_append);
	*ret_append |= ov.append;
	return r;
}

static int keep_items(struct eyas_list_def *l, const struct eyas_yaml *items)
{
	for (size_t i = 0; i < items->seq.len; i++)
		if (eyas_vec_push(&l->items, items->seq.v[i]))
			return -ENOMEM;
	return 0;
}

int eyas_read_list(struct eyas_items *it, const struct eyas_yaml *map)
{
	static const char *const keys[] = { "list", "items", "append", "override", NULL };
	struct eyas_about about = { "list", NULL, map->at, NULL };
	struct eyas_want w = { it->notes, map, &about };
	struct eyas_yaml *name = NULL, *items = NULL;
	struct eyas_list_def *l;
	bool append = false, known;
	int r = eyas_want_text(&w, "list", &name);

	if (r)
		return r;
	about.name = name->scalar.s;
	r = eyas_want_known_keys(&w, keys);
	if (!r && !is_list_name(about.name))
		r = eyas_note(it->notes, EYAS_LOAD_INVALID_LIST_NAME, &about, NULL,
			      "List has an invalid name. List names should match a regular "
			      "expression: ([^()\"'[:space:]=,]+)");
	if (!r)
		r = eyas_want_texts(&w, "items", &items);
	if (!r)
		r = read_how(&w, "items", &append);
	if (r)
		return r;
	known = eyas_items_list(it, about.name, strlen(about.name));
	if (append && !known && !it->syntax_only)
		return eyas_read_no_previous(&w, &it->list_names, about.name, NO_LIST);
	l = eyas_items_add_list(it, about.name);
	if (!l)
		return -ENOMEM;
	if (!known && !is_list_name(about.name) && eyas_vec_push(&it->odd_lists, l))
		return -ENOMEM;
	if (!append)
		l->items.len = 0;
	if (!append || !known)
		l->at = map->at;
	return keep_items(l, items);
}

int eyas_read_macro(struct eyas_items *it, const struct eyas_yaml *map)
{
	static const char *const keys[] = { "macro", "condition", "append", "override", NULL };
	struct eyas_about about = { "macro", NULL, map->at, NULL };
	struct eyas_want w = { it->notes, map, &about };
	struct eyas_yaml *name = NULL, *cond = NULL;
	struct eyas_macro_def *m;
	bool append = false, known;
	int r = eyas_want_text(&w, "macro", &name);

	if (r)
		return r;
	about.name = name->scalar.s;
	r = eyas_want_known_keys(&w, keys);
	if (!r && !is_macro_name(about.name))
		r = eyas_note(it->notes, EYAS_LOAD_INVALID_MACRO_NAME, &about, NULL,
			      "Macro has an invalid name. Macro names should match a regular "
			      "expression: ([a-zA-Z]+[a-zA-Z0-9_]*)");
	if (!r)
		r = eyas_want_text(&w, "condition", &cond);
	if (!r)
		r = read_how(&w, "condition", &append);
	if (r)
		return r;
	known = eyas_items_macro(it, about.name, strlen(about.name));
	if (append && !known && !it->syntax_only)
		return eyas_read_no_previous(&w, &it->macro_names, about.name, NO_MACRO);
	m = eyas_items_add_macro(it, about.name);
	if (!m)
		return -ENOMEM;
	if (!append || !known) {
		eyas_srctext_release(&m->cond);
		m->at = map->at;
		m->cond_at = cond->at;
		m->fragment = append;
	}
	return eyas_read_srctext(it, cond, &m->cond);
}
