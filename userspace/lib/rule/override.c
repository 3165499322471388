// SPDX-License-Identifier: Apache-2.0
/* "override: { condition: append }", checked. */
#include "rule/override.h"

#include <errno.h>
#include <string.h>
#include "rule/near.h"

/* Of one entry. */
struct entry {
	const struct eyas_want *w;
	const struct eyas_override_key *keys;
	size_t n, i; /* i == n: no such key */
	const char *name, *op;
	struct eyas_place at, op_at;
};

static const char *hint_for(const struct entry *e, struct eyas_near *near)
{
	eyas_near_init(near, e->name);
	for (size_t i = 0; i < e->n; i++)
		eyas_near_offer(near, e->keys[i].name);
	return e->i < e->n ? NULL : eyas_near_hint(near, "there is no such key to override");
}

static int bad_operation(const struct entry *e)
{
	struct eyas_about about = { "value for", e->name, e->op_at, e->w->about };
	const char *allowed = e->i == e->n	   ? "" :
			      e->keys[e->i].append ? " append replace" :
						     " replace";
	struct eyas_near near;

	return eyas_note(e->w->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &about, hint_for(e, &near),
			 "Invalid override operation for key '%.200s': '%.200s'. "
			 "Allowed values are:%s",
			 e->name, e->op, allowed);
}

static int take(const struct entry *e, struct eyas_overrides *ret)
{
	struct eyas_about about = { "overrides", e->name, e->at, e->w->about };
	struct eyas_near near;

	if (!strcmp(e->op, "append")) {
		if (e->i < e->n && e->keys[e->i].append) {
			ret->append |= 1U << e->i;
			return 0;
		}
		return eyas_note(e->w->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &about,
				 hint_for(e, &near),
				 "Key '%.200s' cannot be appended to, use 'replace' instead",
				 e->name);
	}
	if (strcmp(e->op, "replace") != 0)
		return bad_operation(e);
	if (e->i < e->n) {
		ret->replace |= 1U << e->i;
		return 0;
	}
	return eyas_note(e->w->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &about, hint_for(e, &near),
			 "Key '%.200s' cannot be replaced", e->name);
}

static int read_entry(const struct eyas_want *w, const struct eyas_override_key *keys, size_t n,
		      const struct eyas_yaml_pair *pair, struct eyas_overrides *ret)
{
	struct entry e = {
		.w = w, .keys = keys, .n = n, .at = pair->key->at, .op_at = pair->val->at
	};

	if (pair->key->kind != EYAS_YAML_SCALAR || pair->val->kind != EYAS_YAML_SCALAR)
		return eyas_want_fail(w, "overrides", NULL, pair->key->at,
				      "write KEY: append, or KEY: replace",
				      "Value is not a scalar value");
	e.name = pair->key->scalar.s;
	e.op = pair->val->scalar.s;
	while (e.i < n && strcmp(keys[e.i].name, e.name) != 0)
		e.i++;
	return take(&e, ret);
}

int eyas_overrides_read(const struct eyas_want *w, const struct eyas_override_key *keys, size_t n,
			struct eyas_overrides *ret)
{
	const struct eyas_yaml *val = eyas_yaml_get(w->map, "override");
	struct eyas_about about = { "overrides", NULL, { 0 }, w->about };
	int r = 0;

	*ret = (struct eyas_overrides){ 0 };
	if (!val || eyas_yaml_is_null(val))
		return 0;
	about.at = val->at;
	/* Falco does not even see a word here. */
	if (val->kind == EYAS_YAML_SCALAR)
		return eyas_note(
			w->notes, EYAS_LOAD_UNKNOWN_KEY, &about,
			"write it as a mapping: { KEY: append }",
			"The value of 'override' is not a mapping. The key will be ignored.");
	if (val->kind != EYAS_YAML_MAP)
		return eyas_want_fail(w, "overrides", NULL, val->at,
				      "write it as a mapping: { KEY: append }",
				      "Value is not a mapping");
	for (size_t i = 0; i < val->map.len && !r; i++)
		r = read_entry(w, keys, n, &val->map.v[i], ret);
	return r;
}
