// SPDX-License-Identifier: Apache-2.0
/* Values of mappings, checked; the messages are Falco's. */
#include "rule/want.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/near.h"

bool eyas_yaml_is_text(const struct eyas_yaml *node)
{
	return node->kind == EYAS_YAML_SCALAR && !eyas_yaml_is_null(node);
}

int eyas_want_fail(const struct eyas_want *w, const char *type, const char *name,
		   struct eyas_place at, const char *hint, const char *msg)
{
	struct eyas_about part = { type, name, at, w->about };

	return eyas_note(w->notes, EYAS_LOAD_ERR_YAML_VALIDATE, type ? &part : w->about, hint, "%s",
			 msg);
}

static bool has_nul(const struct eyas_yaml *node)
{
	return memchr(node->scalar.s, '\0', node->scalar.len);
}

static int missing(const struct eyas_want *w, const char *key)
{
	return eyas_note(w->notes, EYAS_LOAD_ERR_YAML_VALIDATE, w->about, NULL,
			 "Item has no mapping for key '%s'", key);
}

static int check_text(const struct eyas_want *w, const char *key, const struct eyas_yaml *val)
{
	struct eyas_about here = *w->about;

	here.at = val->at;
	if (eyas_yaml_is_null(val))
		return eyas_note(w->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &here, NULL,
				 "Mapping for key '%s' is empty", key);
	if (val->kind != EYAS_YAML_SCALAR)
		return eyas_want_fail(w, "value for", key, val->at, NULL,
				      "Value is not a scalar value");
	if (!val->scalar.len)
		return eyas_want_fail(w, "value for", key, val->at, NULL,
				      "Value must be non-empty");
	if (has_nul(val))
		return eyas_want_fail(w, "value for", key, val->at, "it holds a NUL byte",
				      "Can't decode YAML scalar value");
	return 0;
}

int eyas_want_opt_text(const struct eyas_want *w, const char *key, struct eyas_yaml **ret)
{
	struct eyas_yaml *val = eyas_yaml_get(w->map, key);
	int r = val ? check_text(w, key, val) : 0;

	if (val && !r)
		*ret = val;
	return r;
}

int eyas_want_text(const struct eyas_want *w, const char *key, struct eyas_yaml **ret)
{
	if (!eyas_yaml_get(w->map, key))
		return missing(w, key);
	return eyas_want_opt_text(w, key, ret);
}

/* YAML 1.1's words, in the ways to write them that YAML 1.1 knows. */
static bool read_bool(const char *s, bool *ret)
{
	static const char *const words[][3] = {
		{ "false", "False", "FALSE" },
		{ "true", "True", "TRUE" },
		{ "no", "No", "NO" },
		{ "yes", "Yes", "YES" },
		{ "off", "Off", "OFF" },
		{ "on", "On", "ON" },
		{ "n", "N", "N" },
		{ "y", "Y", "Y" },
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(words); i++) {
		for (size_t j = 0; j < 3; j++) {
			if (strcmp(s, words[i][j]) != 0)
				continue;
			*ret = i % 2;
			return true;
		}
	}
	return false;
}

int eyas_want_opt_bool(const struct eyas_want *w, const char *key, bool *ret)
{
	struct eyas_yaml *val = NULL;
	int r = eyas_want_opt_text(w, key, &val);

	if (r || !val || read_bool(val->scalar.s, ret))
		return r;
	return eyas_want_fail(w, "value for", key, val->at, "write true or false",
			      "Can't decode YAML scalar value");
}

int eyas_want_bool(const struct eyas_want *w, const char *key, bool *ret)
{
	return eyas_yaml_get(w->map, key) ? eyas_want_opt_bool(w, key, ret) : missing(w, key);
}

bool eyas_yaml_u32(const struct eyas_yaml *node, uint32_t *ret)
{
	uint64_t v;

	if (eyas_parse_u64(node->scalar.s, &v) < 0 || v > UINT32_MAX)
		return false;
	*ret = (uint32_t)v;
	return true;
}

int eyas_want_opt_u32(const struct eyas_want *w, const char *key, uint32_t *ret)
{
	struct eyas_yaml *val = NULL;
	int r = eyas_want_opt_text(w, key, &val);

	if (r || !val || eyas_yaml_u32(val, ret))
		return r;
	return eyas_want_fail(w, "value for", key, val->at, "write a whole number",
			      "Can't decode YAML scalar value");
}

int eyas_want_opt_texts(const struct eyas_want *w, const char *key, struct eyas_yaml **ret)
{
	struct eyas_yaml *val = eyas_yaml_get(w->map, key);
	struct eyas_about seq = { "value for", key, { 0 }, w->about };
	struct eyas_want in = { w->notes, NULL, &seq };

	if (!val)
		return 0;
	seq.at = val->at;
	if (val->kind != EYAS_YAML_SEQ)
		return eyas_want_fail(&in, NULL, NULL, val->at, "write [a, b]",
				      "Value is not a sequence");
	for (size_t i = 0; i < val->seq.len; i++) {
		const struct eyas_yaml *v = val->seq.v[i];

		if (!eyas_yaml_is_text(v))
			return eyas_want_fail(&in, "list item", NULL, v->at, NULL,
					      "sequence value is not scalar");
		if (has_nul(v))
			return eyas_want_fail(&in, "list item", NULL, v->at, "it holds a NUL byte",
					      "Can't decode YAML sequence value");
	}
	*ret = val;
	return 0;
}

int eyas_want_texts(const struct eyas_want *w, const char *key, struct eyas_yaml **ret)
{
	return eyas_yaml_get(w->map, key) ? eyas_want_opt_texts(w, key, ret) : missing(w, key);
}

static bool is_among(const char *const *words, const char *s)
{
	for (; *words; words++)
		if (!strcmp(*words, s))
			return true;
	return false;
}

int eyas_want_known_keys(const struct eyas_want *w, const char *const *known)
{
	int r = 0;

	for (size_t i = 0; i < w->map->map.len && !r; i++) {
		const struct eyas_yaml *key = w->map->map.v[i].key;
		const char *name = key->kind == EYAS_YAML_SCALAR ? key->scalar.s : "";
		struct eyas_about about = { "value for", NULL, key->at, w->about };
		struct eyas_near near;

		if (is_among(known, name))
			continue;
		eyas_near_init(&near, name);
		for (const char *const *k = known; *k && !eyas_notes_full(w->notes); k++)
			eyas_near_offer(&near, *k);
		r = eyas_note(w->notes, EYAS_LOAD_UNKNOWN_KEY, &about, eyas_near_hint(&near, NULL),
			      "Unknown key '%.200s'. The key will be ignored.", name);
	}
	return r;
}
