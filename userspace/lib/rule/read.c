// SPDX-License-Identifier: Apache-2.0
/* Rules files: documents, sequences of items, and what an item is. */
#include "rule/read.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/near.h"

#define ERR_BOTH                                                              \
	"Keys 'override' and 'append: true' cannot be used together. Add an " \
	"'append' entry (e.g. 'condition: append') under 'override' instead."
#define WARN_APPEND                                                            \
	"'append' key is deprecated. Add an 'append' entry (e.g. 'condition: " \
	"append') under 'override' instead."

/* The first of these keys that an item has says what it is. */
static const struct {
	const char *key;
	int (*read)(struct eyas_items *it, const struct eyas_yaml *map);
} kinds[] = {
	{ "required_engine_version", eyas_read_engine_version },
	{ "required_plugin_versions", eyas_read_plugin_versions },
	{ "list", eyas_read_list },
	{ "macro", eyas_read_macro },
	{ "rule", eyas_read_rule },
};

int eyas_read_srctext(const struct eyas_items *it, const struct eyas_yaml *scalar,
		      struct eyas_srctext *ret)
{
	const struct eyas_rules_text *t = &it->notes->texts[scalar->at.file];

	if (ret->text.len)
		eyas_srctext_add_fixed(ret, " ", 1, scalar->at);
	eyas_yaml_srctext(scalar, t->text, t->len, ret);
	return ret->text.oom ? -ENOMEM : 0;
}

int eyas_read_append(const struct eyas_want *w, bool overrides, bool *ret)
{
	int r = eyas_want_opt_bool(w, "append", ret);

	if (r || !*ret)
		return r;
	r = eyas_note(w->notes, EYAS_LOAD_DEPRECATED_ITEM, w->about, NULL, WARN_APPEND);
	if (!r && overrides)
		r = eyas_want_fail(w, NULL, NULL, w->about->at, NULL, ERR_BOTH);
	return r;
}

int eyas_read_no_previous(const struct eyas_want *w, const struct eyas_strmap *names,
			  const char *name, const char *msg)
{
	struct eyas_near near;
	const char *key;
	size_t pos = 0, len;
	void *val;

	eyas_near_init(&near, name);
	while (eyas_strmap_next(names, &pos, &key, &len, &val))
		eyas_near_offer(&near, key);
	return eyas_note(w->notes, EYAS_LOAD_ERR_VALIDATE, w->about,
			 eyas_near_hint(&near, "define it first; files are read in order"), "%s",
			 msg);
}

static int unknown_item(struct eyas_items *it, const struct eyas_yaml *map)
{
	struct eyas_about about = { "rules content item", NULL, map->at, NULL };
	struct eyas_near near = { 0 };

	for (size_t i = 0; i < map->map.len && !near.best && !eyas_notes_full(it->notes); i++) {
		const struct eyas_yaml *key = map->map.v[i].key;

		if (key->kind != EYAS_YAML_SCALAR)
			continue;
		eyas_near_init(&near, key->scalar.s);
		for (size_t k = 0; k < EYAS_ARRAY_LEN(kinds); k++)
			eyas_near_offer(&near, kinds[k].key);
	}
	return eyas_note(it->notes, EYAS_LOAD_UNKNOWN_ITEM, &about,
			 eyas_near_hint(&near, "an item is a rule, macro, list, "
					       "required_engine_version or "
					       "required_plugin_versions"),
			 "Unknown top level item");
}

static int fail(struct eyas_items *it, const char *type, struct eyas_place at, const char *hint,
		const char *msg)
{
	struct eyas_about about = { type, NULL, at, NULL };

	return eyas_note(it->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &about, hint, "%s", msg);
}

static int read_item(struct eyas_items *it, const struct eyas_yaml *item)
{
	if (item->kind != EYAS_YAML_MAP)
		return fail(it, "rules content item", item->at, "write '- rule: NAME'",
			    "Unexpected element type. Each element should be a yaml associative "
			    "array.");
	for (size_t i = 0; i < EYAS_ARRAY_LEN(kinds); i++)
		if (eyas_yaml_get(item, kinds[i].key))
			return kinds[i].read(it, item);
	return unknown_item(it, item);
}

static int read_document(struct eyas_items *it, const struct eyas_yaml *root)
{
	static const char hint[] = "a rules file is a sequence of items: '- rule: NAME'";
	int r = 0;

	if (eyas_yaml_is_null(root))
		return 0;
	if (root->kind == EYAS_YAML_SCALAR)
		return fail(it, "rules content", root->at, hint, "Rules content is not yaml");
	if (root->kind != EYAS_YAML_SEQ)
		return fail(it, "rules content", root->at, hint,
			    "Rules content is not yaml array of objects");
	for (size_t i = 0; i < root->seq.len && !r; i++)
		if (!eyas_yaml_is_null(root->seq.v[i]))
			r = read_item(it, root->seq.v[i]);
	return r;
}

int eyas_read_file_items(struct eyas_items *it, uint32_t file)
{
	const struct eyas_rules_text *t = &it->notes->texts[file];
	struct eyas_yaml_docs docs = { 0 };
	struct eyas_yaml_err err;
	int r = eyas_yaml_parse(t->text, t->len, file, &it->arena, &docs, &err);

	if (r == -EINVAL) {
		struct eyas_about about = { "value for", NULL, err.at, NULL };

		r = eyas_note(it->notes, EYAS_LOAD_ERR_YAML_PARSE, &about, NULL, "%s", err.msg);
	}
	for (size_t i = 0; i < docs.v.len && !r; i++)
		if (docs.v.data[i])
			r = read_document(it, docs.v.data[i]);
	eyas_vec_release(&docs.v);
	return r;
}
