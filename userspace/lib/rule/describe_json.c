// SPDX-License-Identifier: Apache-2.0
/* Descriptions as JSON; the keys are Falco's. */
#include <errno.h>
#include <string.h>
#include "rule/description.h"
#include "rule/unparse.h"

/* jansson takes the value of a failed call as a failure of its own: one check is enough. */
struct json {
	json_t *o;
	bool bad;
};

static void put(struct json *j, const char *key, json_t *val)
{
	if (json_object_set_new(j->o, key, val))
		j->bad = true;
}

/* Constants may hold bytes that are no text. */
static json_t *text(const char *s, size_t len)
{
	json_t *v = json_stringn(s, len);
	char *copy;

	if (v)
		return v;
	copy = strndup(s, len);
	for (size_t i = 0; copy && i < len; i++)
		if (copy[i] & 0x80)
			copy[i] = '?';
	v = copy ? json_string(copy) : NULL;
	free(copy);
	return v;
}

static void put_text(struct json *j, const char *key, const char *s)
{
	put(j, key, text(s, strlen(s)));
}

static void put_names(struct json *j, const char *key, const struct eyas_names *names)
{
	json_t *a = json_array();

	eyas_vec_for_each(&names->v, it)
		if (json_array_append_new(a, text(*it, strlen(*it))))
			j->bad = true;
	put(j, key, a);
}

static void put_events(struct json *j, const struct eyas_evset *set)
{
	struct eyas_names names = { 0 };

	for (unsigned int t = 0; set && t < EYAS_EVT_MAX; t++)
		if (eyas_evset_has(set, t) && eyas_evtype_name(t) &&
		    eyas_vec_push(&names.v, eyas_evtype_name(t)))
			j->bad = true;
	eyas_names_settle(&names);
	put_names(j, "events", &names);
	eyas_names_release(&names);
}

static json_t *finish(struct json *j)
{
	if (!j->bad)
		return j->o;
	json_decref(j->o);
	return NULL;
}

/* { "info": ..., "details": ... } */
static json_t *item(json_t *info, json_t *details)
{
	struct json j = { json_object(), !info || !details };

	put(&j, "info", info);
	put(&j, "details", details);
	return finish(&j);
}

/* ---- rules ---- */

static json_t *rule_info(const struct eyas_rule_def *def)
{
	struct json j = { json_object(), false };
	struct eyas_names names = { 0 };

	put_text(&j, "name", def->name);
	put(&j, "condition", text(def->cond.text.buf, def->cond.text.len));
	put_text(&j, "priority", eyas_priority_name(def->priority));
	put(&j, "output", text(def->output.text.buf, def->output.text.len));
	put_text(&j, "description", def->desc.buf);
	put(&j, "enabled", json_boolean(def->enabled));
	put_text(&j, "source", def->source);
	put(&j, "capture", json_boolean(def->capture));
	put(&j, "capture_duration", json_integer(def->capture_ms));
	eyas_vec_for_each(&def->tags, it)
		if (eyas_vec_push(&names.v, *it))
			j.bad = true;
	eyas_names_settle(&names);
	put_names(&j, "tags", &names);
	eyas_names_release(&names);
	return finish(&j);
}

static json_t *rule_details(struct eyas_description *d, const struct eyas_rule *rule)
{
	struct json j = { json_object(), false };
	struct eyas_details det;

	j.bad = eyas_description_rule(d, rule, &det) < 0;
	put_names(&j, "macros", &det.macros);
	put_names(&j, "lists", &det.lists);
	put_names(&j, "condition_operators", &det.operators);
	put_names(&j, "condition_fields", &det.fields);
	put_names(&j, "output_fields", &det.output_fields);
	put_names(&j, "exception_fields", &det.exception_fields);
	put_names(&j, "exception_names", &det.exceptions);
	put_names(&j, "exception_operators", &det.exception_operators);
	put_events(&j, &rule->events);
	put(&j, "condition_compiled", text(det.condition.buf, det.condition.len));
	put_text(&j, "output_compiled", rule->output);
	put(&j, "extra_output_formatted_fields", json_object());
	put(&j, "plugins", json_array());
	eyas_details_release(&det);
	return finish(&j);
}

static json_t *rule_item(struct eyas_description *d, const struct eyas_rule *rule)
{
	return item(rule_info(eyas_items_rule(&d->ld.items, rule->name)), rule_details(d, rule));
}

/* ---- macros and lists ---- */

static json_t *macro_item(struct eyas_description *d, const struct eyas_macro_def *m)
{
	const struct eyas_evset *events = NULL;
	struct json info = { json_object(), false }, det = { json_object(), false };
	struct eyas_names macros = { 0 }, lists = { 0 }, ops = { 0 }, fields = { 0 };
	_cleanup_strbuf_ struct eyas_strbuf cond = EYAS_STRBUF_INIT;

	put_text(&info, "name", m->name);
	put(&info, "condition", text(m->cond.text.buf, m->cond.text.len));
	/* What no rule uses was not built. */
	if (m->built && !m->failed)
		events = &d->ld.rules->prog.nodes.data[m->node].may;
	det.bad = eyas_description_parts(d, m->ast, &ops, &fields) ||
		  eyas_description_macros(d, m->ast, &macros) ||
		  eyas_description_lists(&m->lists, &lists);
	eyas_unparse(m->ast, &d->ld.items, EYAS_CONDITION_PRINTED, &cond);
	put(&det, "used", json_boolean(m->used));
	put_names(&det, "macros", &macros);
	put_names(&det, "lists", &lists);
	put_names(&det, "condition_operators", &ops);
	put_names(&det, "condition_fields", &fields);
	put_events(&det, events);
	put(&det, "condition_compiled", text(cond.buf, cond.len));
	put(&det, "plugins", json_array());
	eyas_names_release(&macros);
	eyas_names_release(&lists);
	eyas_names_release(&ops);
	eyas_names_release(&fields);
	return item(finish(&info), finish(&det));
}

static void add_item_text(struct json *j, const struct eyas_yaml *node)
{
	if (json_array_append_new(j->o, text(node->scalar.s, node->scalar.len)))
		j->bad = true;
}

static json_t *list_item(struct eyas_description *d, const struct eyas_list_def *l)
{
	struct json info = { json_object(), false }, det = { json_object(), false };
	struct json items = { json_array(), false }, compiled = { json_array(), false };
	struct eyas_names lists = { 0 };

	eyas_vec_for_each(&l->items, it) {
		const struct eyas_list_def *ref =
			eyas_items_list(&d->ld.items, (*it)->scalar.s, (*it)->scalar.len);

		add_item_text(&items, *it);
		if (ref && eyas_vec_push(&lists.v, ref->name))
			det.bad = true;
		if (!ref || ref->index >= l->visibility) {
			add_item_text(&compiled, *it);
			continue;
		}
		eyas_vec_for_each(&ref->items, of_it)
			add_item_text(&compiled, *of_it);
	}
	eyas_names_settle(&lists);
	put_text(&info, "name", l->name);
	put(&info, "items", finish(&items));
	put(&det, "used", json_boolean(l->used));
	put_names(&det, "lists", &lists);
	put(&det, "items_compiled", finish(&compiled));
	put(&det, "plugins", json_array());
	eyas_names_release(&lists);
	return item(finish(&info), finish(&det));
}

/* ---- all of it ---- */

static json_t *requirement(const char *name, const char *version)
{
	struct json j = { json_object(), false };

	put_text(&j, "name", name);
	put_text(&j, "version", version);
	return finish(&j);
}

static json_t *plugin_item(const struct eyas_plugin_need *need)
{
	struct json j = { requirement(need->any[0].name, need->any[0].version), false };
	json_t *alts = json_array();

	for (size_t i = 1; i < need->len; i++)
		if (json_array_append_new(alts,
					  requirement(need->any[i].name, need->any[i].version)))
			j.bad = true;
	put(&j, "alternatives", alts);
	return finish(&j);
}

static void append(struct json *j, json_t *val)
{
	if (json_array_append_new(j->o, val))
		j->bad = true;
}

static void put_versions(struct json *j, const struct eyas_items *it)
{
	struct json plugins = { json_array(), false };
	char engine[40];

	snprintf(engine, sizeof(engine), "%u.%u.%u", it->engine.v[0], it->engine.v[1],
		 it->engine.v[2]);
	put_text(j, "required_engine_version", engine);
	eyas_vec_for_each(&it->plugins, need)
		append(&plugins, plugin_item(need));
	put(j, "required_plugin_versions", finish(&plugins));
}

json_t *eyas_description_json(struct eyas_description *d, const struct eyas_rule *rule)
{
	struct json j = { json_object(), false }, rules = { json_array(), false };
	struct json macros = { json_array(), false }, lists = { json_array(), false };
	const struct eyas_ruleset *rs = d->ld.rules;

	for (size_t i = 0; i < rs->rules.len; i++)
		if (!rule || rule == rs->rules.data[i])
			append(&rules, rule_item(d, rs->rules.data[i]));
	eyas_vec_for_each(&d->ld.items.macros, m)
		if (!rule)
			append(&macros, macro_item(d, *m));
	eyas_vec_for_each(&d->ld.items.lists, l)
		if (!rule)
			append(&lists, list_item(d, *l));
	put(&j, "rules", finish(&rules));
	if (rule) {
		json_decref(macros.o);
		json_decref(lists.o);
		return finish(&j);
	}
	put(&j, "macros", finish(&macros));
	put(&j, "lists", finish(&lists));
	put_versions(&j, &d->ld.items);
	return finish(&j);
}
