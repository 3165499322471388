// SPDX-License-Identifier: Apache-2.0
/* required_engine_version and required_plugin_versions. */
#include <errno.h>
#include <string.h>
#include "rule/read.h"

int eyas_read_engine_version(struct eyas_items *it, const struct eyas_yaml *map)
{
	static const char *const keys[] = { "required_engine_version", NULL };
	struct eyas_version have = eyas_engine_version(), want = { 0 };
	struct eyas_about about = { "required_engine_version", NULL, map->at, NULL };
	struct eyas_want w = { it->notes, map, &about };
	struct eyas_yaml *val = NULL;
	int r = eyas_want_known_keys(&w, keys);

	if (!r)
		r = eyas_want_text(&w, "required_engine_version", &val);
	if (r)
		return r;
	/* A number is from when there were no others. */
	if (!eyas_yaml_u32(val, &want.v[1]) && eyas_version_parse(val->scalar.s, &want))
		return eyas_note(it->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &about, NULL,
				 "Unable to parse engine version '%.200s' as a semver string. "
				 "Expected \"x.y.z\" semver format.",
				 val->scalar.s);
	if (!eyas_version_serves(have, want))
		return eyas_note(it->notes, EYAS_LOAD_ERR_VALIDATE, &about,
				 "these rules need a newer eyas",
				 "Rules require engine version %u.%u.%u, but engine version is "
				 "%u.%u.%u",
				 want.v[0], want.v[1], want.v[2], have.v[0], have.v[1], have.v[2]);
	if (eyas_version_cmp(it->engine, want) < 0)
		it->engine = want;
	return 0;
}

/* ---- plugins ---- */

static int read_need(const struct eyas_want *w, struct eyas_about *about,
		     struct eyas_plugin_need *need)
{
	static const char *const keys[] = { "name", "version", "alternatives", NULL };
	struct eyas_yaml *name = NULL, *version = NULL;
	int r = eyas_want_known_keys(w, keys);

	if (!r)
		r = eyas_want_text(w, "name", &name);
	if (r)
		return r;
	about->name = name->scalar.s;
	r = eyas_want_text(w, "version", &version);
	if (r)
		return r;
	need->any[need->len].name = name->scalar.s;
	need->any[need->len++].version = version->scalar.s;
	return 0;
}

static int read_alternatives(const struct eyas_want *w, const struct eyas_yaml *alts,
			     struct eyas_plugin_need *need)
{
	int r = 0;

	for (size_t i = 0; alts && i < alts->seq.len && !r; i++) {
		struct eyas_about about = { "required plugin versions alternative", NULL,
					    alts->seq.v[i]->at, w->about };
		struct eyas_want in = { w->notes, alts->seq.v[i], &about };

		if (in.map->kind != EYAS_YAML_MAP)
			return eyas_want_fail(&in, NULL, NULL, about.at, NULL,
					      "Plugin version alternative must be a mapping");
		r = read_need(&in, &about, need);
	}
	return r;
}

static int check_versions(const struct eyas_want *w, const struct eyas_plugin_need *need)
{
	struct eyas_strmap names = { 0 };
	struct eyas_version v;
	int r = 0;

	for (size_t i = 0; i < need->len && !r; i++) {
		const char *name = need->any[i].name;

		if (eyas_version_parse(need->any[i].version, &v))
			r = eyas_note(w->notes, EYAS_LOAD_ERR_VALIDATE, w->about, NULL,
				      "Invalid required version '%.200s' for plugin '%.200s'",
				      need->any[i].version, name);
		else if (eyas_strmap_get(&names, name, strlen(name)))
			r = eyas_note(w->notes, EYAS_LOAD_ERR_VALIDATE, w->about, NULL,
				      "Defined multiple alternative version requirements for "
				      "plugin '%.200s'",
				      name);
		else
			r = eyas_strmap_set(&names, name, strlen(name), &names);
	}
	eyas_strmap_release(&names);
	return r;
}

static bool is_served(const struct eyas_plugin_need *need)
{
	struct eyas_version have, want;

	for (size_t i = 0; i < need->len; i++)
		if (eyas_plugin_version(need->any[i].name, &have) &&
		    !eyas_version_parse(need->any[i].version, &want) &&
		    eyas_version_serves(have, want))
			return true;
	return false;
}

static int unserved(const struct eyas_want *w, const struct eyas_plugin_need *need)
{
	_cleanup_strbuf_ struct eyas_strbuf names = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < need->len && names.len < 1000; i++)
		eyas_strbuf_addf(&names, "%s%.200s (>= %.200s)", i ? ", " : "", need->any[i].name,
				 need->any[i].version);
	return eyas_note(w->notes, EYAS_LOAD_ERR_VALIDATE, w->about,
			 "eyas loads no plugins; of theirs it provides only 'container'",
			 "Plugin requirement not satisfied, must load one of: %s", names.buf);
}

static int read_entry(struct eyas_items *it, const struct eyas_want *w, struct eyas_about *about)
{
	const struct eyas_yaml *alts = eyas_yaml_get(w->map, "alternatives");
	struct eyas_plugin_need need = { 0 };
	size_t n = 1;
	int r;

	if (alts && alts->kind == EYAS_YAML_SEQ)
		n += alts->seq.len;
	need.any = eyas_arena_alloc(&it->arena, n * sizeof(*need.any));
	if (!need.any)
		return -ENOMEM;
	r = read_need(w, about, &need);
	if (!r && alts && alts->kind != EYAS_YAML_SEQ)
		return eyas_want_fail(w, NULL, NULL, about->at, NULL,
				      "Value of plugin version alternatives must be a sequence");
	if (!r)
		r = read_alternatives(w, alts, &need);
	if (!r)
		r = check_versions(w, &need);
	if (!r && !it->syntax_only && !is_served(&need))
		r = unserved(w, &need);
	return r ? r : eyas_vec_push(&it->plugins, need);
}

int eyas_read_plugin_versions(struct eyas_items *it, const struct eyas_yaml *map)
{
	static const char *const keys[] = { "required_plugin_versions", NULL };
	const struct eyas_yaml *seq = eyas_yaml_get(map, "required_plugin_versions");
	struct eyas_about about = { "required plugin versions", NULL, seq->at, NULL };
	struct eyas_want w = { it->notes, map, &about };
	int r = eyas_want_known_keys(&w, keys);

	if (!r && seq->kind != EYAS_YAML_SEQ)
		return eyas_want_fail(&w, NULL, NULL, about.at, NULL,
				      "Value of required_plugin_versions must be a sequence");
	for (size_t i = 0; !r && i < seq->seq.len; i++) {
		struct eyas_about entry = { "required plugin versions entry", NULL,
					    seq->seq.v[i]->at, &about };
		struct eyas_want in = { it->notes, seq->seq.v[i], &entry };

		if (in.map->kind != EYAS_YAML_MAP)
			return eyas_want_fail(&in, NULL, NULL, entry.at, NULL,
					      "Plugin version must be a mapping");
		r = read_entry(it, &in, &entry);
	}
	return r;
}
