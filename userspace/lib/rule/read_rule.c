// SPDX-License-Identifier: Apache-2.0
/* Items "rule": defined, appended to, overridden, switched on and off. */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/exceptions.h"
#include "rule/near.h"
#include "rule/read.h"

#define NO_APPEND                                                                  \
	"Rule uses 'append' or 'override.<key>: append' but no rule by that name " \
	"already exists"
#define NO_REPLACE                                                                  \
	"An 'override.<key>: replace' to a rule was requested but no rule by that " \
	"name already exists"
#define NO_SWITCH "Rule has 'enabled' key but no rule by that name already exists"
#define NO_VALUES "Appended rule must have exceptions or condition property"
#define WARN_SWITCH                                                               \
	"The standalone 'enabled' key usage is deprecated. The correct approach " \
	"requires also a 'replace' entry under the 'override' key (i.e. "         \
	"'enabled: replace')."

#define SOURCE "syscall"

/* An item, and the rule that it makes or changes. */
struct item {
	struct eyas_items *it;
	struct eyas_want w;
	struct eyas_rule_def *r;
};

typedef int set_fn(const struct item *m, bool append);

/* ---- one function for each key; append: behind what is there ---- */

static int set_text(const struct item *m, const char *key, bool append, struct eyas_srctext *text,
		    struct eyas_place *at)
{
	struct eyas_yaml *val = NULL;
	int r = eyas_want_text(&m->w, key, &val);

	if (r)
		return r;
	if (!append || !text->text.len) {
		eyas_srctext_release(text);
		*at = val->at;
	}
	return eyas_read_srctext(m->it, val, text);
}

static int set_condition(const struct item *m, bool append)
{
	if (!append)
		m->r->fragment = false;
	return set_text(m, "condition", append, &m->r->cond, &m->r->cond_at);
}

/* Without the blanks around it. */
static int set_output(const struct item *m, bool append)
{
	_cleanup_srctext_ struct eyas_srctext part = EYAS_SRCTEXT_INIT;
	struct eyas_srctext *out = &m->r->output;
	struct eyas_place at = { 0 };
	size_t from = 0, end;
	int r = set_text(m, "output", false, &part, &at);

	if (r)
		return r;
	end = part.text.len;
	while (from < end && strchr(" \t\n\v\f\r", part.text.buf[from]))
		from++;
	while (end > from && strchr(" \t\n\v\f\r", part.text.buf[end - 1]))
		end--;
	if (!append || !out->text.len) {
		eyas_srctext_release(out);
		m->r->output_at = at;
	} else {
		eyas_srctext_add_fixed(out, " ", 1, at);
	}
	eyas_srctext_copy(out, &part, from, end - from);
	return out->text.oom ? -ENOMEM : 0;
}

static int set_desc(const struct item *m, bool append)
{
	struct eyas_yaml *val = NULL;
	int r = eyas_want_text(&m->w, "desc", &val);

	if (r)
		return r;
	if (!append)
		eyas_strbuf_reset(&m->r->desc);
	if (m->r->desc.len)
		eyas_strbuf_addc(&m->r->desc, ' ');
	eyas_strbuf_adds(&m->r->desc, val->scalar.s);
	return eyas_strbuf_ok(&m->r->desc) ? 0 : -ENOMEM;
}

static int set_priority(const struct item *m, bool append _unused_)
{
	struct eyas_yaml *val = NULL;
	struct eyas_near near;
	int r = eyas_want_text(&m->w, "priority", &val);

	if (r || !eyas_priority_parse(val->scalar.s, &m->r->priority))
		return r;
	eyas_near_init(&near, val->scalar.s);
	for (unsigned int i = 0; i < EYAS_PRIO_MAX; i++)
		eyas_near_offer(&near, eyas_priority_name((enum eyas_priority)i));
	return eyas_want_fail(&m->w, "rule priority", NULL, val->at,
			      eyas_near_hint(&near, "emergency, alert, critical, error, warning, "
						    "notice, informational or debug"),
			      "Invalid priority");
}

static int set_tags(const struct item *m, bool append)
{
	struct eyas_yaml *tags = NULL;
	int r = eyas_want_opt_texts(&m->w, "tags", &tags);

	if (!append)
		m->r->tags.len = 0;
	for (size_t i = 0; tags && i < tags->seq.len && !r; i++)
		r = eyas_vec_push(&m->r->tags, tags->seq.v[i]->scalar.s);
	return r;
}

static int set_exceptions(const struct item *m, bool append)
{
	struct eyas_exceptions ex = { 0 };
	int r = eyas_exceptions_read(m->it, &m->w, append, &ex);

	if (!r && append)
		r = eyas_exceptions_append(m->it, &m->w, m->r, &ex);
	else if (!r)
		r = eyas_exceptions_set(m->it, &m->w, m->r, &ex);
	eyas_exceptions_release(&ex);
	return r;
}

static int set_enabled(const struct item *m, bool append _unused_)
{
	return eyas_want_opt_bool(&m->w, "enabled", &m->r->enabled);
}

static int set_warn_evttypes(const struct item *m, bool append _unused_)
{
	return eyas_want_opt_bool(&m->w, "warn_evttypes", &m->r->warn_evttypes);
}

static int set_skip_unknown(const struct item *m, bool append _unused_)
{
	return eyas_want_opt_bool(&m->w, "skip-if-unknown-filter", &m->r->skip_unknown);
}

static int set_capture(const struct item *m, bool append _unused_)
{
	return eyas_want_opt_bool(&m->w, "capture", &m->r->capture);
}

static int set_capture_duration(const struct item *m, bool append _unused_)
{
	return eyas_want_opt_u32(&m->w, "capture_duration", &m->r->capture_ms);
}

/* ---- override ---- */

/* clang-format off */
static const struct eyas_override_key keys[] = {
	{ "capture",			false },
	{ "capture_duration",		false },
	{ "condition",			true },
	{ "desc",			true },
	{ "enabled",			false },
	{ "exceptions",			true },
	{ "output",			true },
	{ "priority",			false },
	{ "skip-if-unknown-filter",	false },
	{ "tags",			true },
	{ "warn_evttypes",		false },
};

/* In the same order. */
static set_fn *const setters[] = {
	set_capture, set_capture_duration, set_condition, set_desc, set_enabled, set_exceptions,
	set_output, set_priority, set_skip_unknown, set_tags, set_warn_evttypes,
};
/* clang-format on */

_Static_assert(EYAS_ARRAY_LEN(keys) == EYAS_ARRAY_LEN(setters), "a setter for each key");

static int set_keys(const struct item *m, uint32_t which, bool append)
{
	const char *how = append ? "append" : "replace";
	int r = 0;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(keys) && !r; i++) {
		if (!(which & 1U << i))
			continue;
		if (!eyas_yaml_get(m->w.map, keys[i].name))
			return eyas_note(m->it->notes, EYAS_LOAD_ERR_YAML_VALIDATE, m->w.about,
					 NULL,
					 "An %s override for '%s' was specified but '%s' is not "
					 "defined",
					 how, keys[i].name, keys[i].name);
		r = setters[i](m, append);
	}
	return r;
}

static int unexpected_key(const struct item *m, const struct eyas_yaml *key)
{
	struct eyas_about about = { "overrides", key->scalar.s, key->at, m->w.about };

	return eyas_note(m->it->notes, EYAS_LOAD_ERR_YAML_VALIDATE, &about, NULL,
			 "Unexpected key '%s': no corresponding entry under 'override' is defined.",
			 key->scalar.s);
}

/* A key that could be overridden stands there, but nobody said so. */
static int check_rest(const struct item *m, uint32_t done)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(keys); i++) {
		if (done & 1U << i || !eyas_yaml_get(m->w.map, keys[i].name))
			continue;
		for (size_t k = 0; k < m->w.map->map.len; k++) {
			const struct eyas_yaml *key = m->w.map->map.v[k].key;

			if (key->kind == EYAS_YAML_SCALAR && !strcmp(key->scalar.s, keys[i].name))
				return unexpected_key(m, key);
		}
	}
	return 0;
}

static void reset(struct eyas_rule_def *r)
{
	eyas_srctext_release(&r->cond);
	eyas_srctext_release(&r->output);
	eyas_strbuf_reset(&r->desc);
	r->tags.len = 0;
	eyas_exceptions_release(&r->exceptions);
	r->source = SOURCE;
	r->priority = EYAS_PRIO_DEBUG;
	r->enabled = r->warn_evttypes = true;
	r->skip_unknown = r->capture = r->unknown_source = r->fragment = false;
	r->capture_ms = 0;
}

/* The rule that is to be changed. When only grammar counts it may be elsewhere. */
static int find(struct item *m, const char *otherwise)
{
	bool known = eyas_items_rule(m->it, m->w.about->name);

	if (!known && !m->it->syntax_only)
		return eyas_read_no_previous(&m->w, &m->it->rule_names, m->w.about->name,
					     otherwise);
	m->r = eyas_items_add_rule(m->it, m->w.about->name);
	if (!m->r)
		return -ENOMEM;
	if (!known) {
		reset(m->r);
		m->r->at = m->w.map->at;
		m->r->fragment = true;
	}
	return 0;
}

static int override(struct item *m, const struct eyas_overrides *ov)
{
	int r = find(m, ov->append ? NO_APPEND : NO_REPLACE);

	if (!r)
		r = set_keys(m, ov->append, true);
	if (!r)
		r = set_keys(m, ov->replace, false);
	return r ? r : check_rest(m, ov->append | ov->replace);
}

/* "append: true", which knows two keys only. */
static int append_old(struct item *m)
{
	bool cond = eyas_yaml_get(m->w.map, "condition");
	bool exceptions = eyas_yaml_get(m->w.map, "exceptions");
	int r = find(m, NO_APPEND);

	if (!r && !cond && !exceptions)
		return eyas_note(m->it->notes, EYAS_LOAD_ERR_VALIDATE, m->w.about,
				 "for other keys write 'override'", NO_VALUES);
	if (!r && cond)
		r = set_condition(m, true);
	if (!r && exceptions)
		r = set_exceptions(m, true);
	return r;
}

/* ---- definitions ---- */

/* Neither condition nor anything else but whether it is on. */
static int switch_rule(struct item *m)
{
	bool enabled = true;
	int r;

	if (!eyas_yaml_get(m->w.map, "enabled"))
		return eyas_want_fail(&m->w, NULL, NULL, m->w.about->at,
				      "to change parts of a rule, name them under 'override'",
				      "Item has no mapping for key 'enabled'");
	r = eyas_want_bool(&m->w, "enabled", &enabled);
	if (!r)
		r = eyas_note(m->it->notes, EYAS_LOAD_DEPRECATED_ITEM, m->w.about, NULL,
			      WARN_SWITCH);
	if (!r)
		r = find(m, NO_SWITCH);
	if (!r)
		m->r->enabled = enabled;
	return r;
}

static int set_source(const struct item *m, const char *source)
{
	struct eyas_near near;

	m->r->source = source;
	m->r->unknown_source = strcmp(source, SOURCE) != 0;
	if (!m->r->unknown_source || m->it->syntax_only)
		return 0;
	eyas_near_init(&near, source);
	eyas_near_offer(&near, SOURCE);
	return eyas_note(m->it->notes, EYAS_LOAD_UNKNOWN_SOURCE, m->w.about,
			 eyas_near_hint(&near, "the only source here is '" SOURCE "'"),
			 "Unknown source %.200s, skipping", source);
}

static int define(struct item *m)
{
	/* clang-format off */
	static set_fn *const required[] = { set_condition, set_output, set_desc, set_priority };
	static set_fn *const optional[] = {
		set_enabled, set_warn_evttypes, set_skip_unknown, set_capture, set_capture_duration,
		set_tags, set_exceptions,
	};
	/* clang-format on */
	const struct eyas_rule_def *old = eyas_items_rule(m->it, m->w.about->name);
	const char *old_source = old ? old->source : SOURCE;
	struct eyas_yaml *source = NULL;
	int r;

	m->r = eyas_items_add_rule(m->it, m->w.about->name);
	if (!m->r)
		return -ENOMEM;
	reset(m->r);
	m->r->at = m->w.map->at;
	for (size_t i = 0; i < EYAS_ARRAY_LEN(required); i++) {
		r = required[i](m, false);
		if (r)
			return r;
	}
	r = eyas_want_opt_text(&m->w, "source", &source);
	if (!r && old && source && strcmp(source->scalar.s, old_source) != 0)
		return eyas_note(m->it->notes, EYAS_LOAD_ERR_VALIDATE, m->w.about, NULL,
				 "Rule has been re-defined with a different source");
	if (!r)
		r = set_source(m, source ? source->scalar.s : old_source);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(optional) && !r; i++)
		r = optional[i](m, false);
	return r;
}

static bool has_any(const struct eyas_yaml *map)
{
	return eyas_yaml_get(map, "condition") || eyas_yaml_get(map, "output") ||
	       eyas_yaml_get(map, "desc") || eyas_yaml_get(map, "priority");
}

int eyas_read_rule(struct eyas_items *it, const struct eyas_yaml *map)
{
	static const char *const known[] = {
		"rule",
		"condition",
		"output",
		"desc",
		"priority",
		"source",
		"enabled",
		"tags",
		"exceptions",
		"warn_evttypes",
		"skip-if-unknown-filter",
		"capture",
		"capture_duration",
		"append",
		"override",
		NULL,
	};
	struct eyas_about about = { "rule", NULL, map->at, NULL };
	struct item m = { .it = it, .w = { it->notes, map, &about } };
	struct eyas_yaml *name = NULL;
	struct eyas_overrides ov = { 0 };
	bool append = false;
	int r = eyas_want_text(&m.w, "rule", &name);

	if (r)
		return r;
	about.name = name->scalar.s;
	r = eyas_want_known_keys(&m.w, known);
	if (!r)
		r = eyas_overrides_read(&m.w, keys, EYAS_ARRAY_LEN(keys), &ov);
	if (!r)
		r = eyas_read_append(&m.w, ov.append || ov.replace, &append);
	if (r)
		return r;
	if (ov.append || ov.replace)
		return override(&m, &ov);
	if (append)
		return append_old(&m);
	return has_any(map) ? define(&m) : switch_rule(&m);
}
