// SPDX-License-Identifier: Apache-2.0
/* Rules as the user's options change them: on or off, more output, more fields. */
#include "rule/adjust.h"

#include <errno.h>
#include <string.h>
#include "rule/glob.h"

/* What Falco's container plugin suggests, in its order. */
static const char suggested[] = " container_id=%container.id container_name=%container.name"
				" container_image_repository=%container.image.repository"
				" container_image_tag=%container.image.tag"
				" k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name";

/* ---- on or off ---- */

static bool has_tag(const char *const *tags, size_t n, const char *tag)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(tags[i], tag))
			return true;
	return false;
}

bool eyas_adjust_enabled(const struct eyas_ruleset_options *opt, const struct eyas_rule *rule)
{
	bool on = rule->enabled;

	for (size_t i = 0; i < opt->nswitches; i++) {
		const struct eyas_rule_switch *s = &opt->switches[i];

		if (s->rule && !eyas_glob_match(s->rule, strlen(s->rule), rule->name,
						strlen(rule->name), false))
			continue;
		if (s->tag && !has_tag(rule->tags, rule->ntags, s->tag))
			continue;
		on = s->enable;
	}
	return on;
}

/* ---- more output ---- */

static bool applies(const struct eyas_append *a, const struct eyas_rule_def *def)
{
	if (a->source && strcmp(a->source, def->source) != 0)
		return false;
	if (a->rule && strcmp(a->rule, def->name) != 0)
		return false;
	for (size_t i = 0; i < a->ntags; i++)
		if (!has_tag((const char *const *)def->tags.data, def->tags.len, a->tags[i]))
			return false;
	return true;
}

void eyas_adjust_output(const struct eyas_ruleset_options *opt, const struct eyas_rule_def *def,
			struct eyas_srctext *out)
{
	bool suggest = false;

	for (size_t i = 0; i < opt->nappends; i++) {
		const struct eyas_append *a = &opt->appends[i];

		if (!applies(a, def))
			continue;
		suggest = suggest || a->suggested;
		if (!a->output || !*a->output)
			continue;
		eyas_srctext_add_fixed(out, " ", 1, def->output_at);
		eyas_srctext_add_fixed(out, a->output, strlen(a->output), def->output_at);
	}
	if (suggest)
		eyas_srctext_add_fixed(out, suggested, strlen(suggested), def->output_at);
}

/* ---- more fields ---- */

static int compile(struct eyas_compiler *c, const struct eyas_rule_def *def, const char *text,
		   struct eyas_format **ret)
{
	struct eyas_about rule = { "rule", def->name, def->at, NULL };
	struct eyas_about about = { "rule output", NULL, def->output_at, &rule };
	_cleanup_srctext_ struct eyas_srctext src = EYAS_SRCTEXT_INIT;
	int r;

	eyas_srctext_add_fixed(&src, text, strlen(text), def->output_at);
	if (src.text.oom)
		return -ENOMEM;
	c->scope = (struct eyas_scope){ &src, &about };
	r = eyas_format_compile(&c->build, src.text.buf, src.text.len, ret);
	if (r != -EINVAL)
		return r;
	return eyas_scope_note(c, EYAS_LOAD_ERR_COMPILE_OUTPUT, &c->scope, c->perr.loc,
			       c->perr.hint, c->perr.err.msg);
}

static int add_field(struct eyas_compiler *c, const struct eyas_rule_def *def,
		     const struct eyas_append_field *f, struct eyas_extra *ret)
{
	struct eyas_arena *arena = &c->rs->arena;
	const char *format = f->format ? f->format : eyas_arena_printf(arena, "%%%s", f->key);

	ret->key = eyas_arena_strndup(arena, f->key, strlen(f->key));
	ret->is_value = !f->format;
	if (!ret->key || !format)
		return -ENOMEM;
	return compile(c, def, format, &ret->format);
}

int eyas_adjust_fields(struct eyas_compiler *c, const struct eyas_rule_def *def,
		       struct eyas_rule *rule)
{
	const struct eyas_ruleset_options *opt = &c->rs->opt;
	size_t n = 0;
	int r = 0;

	for (size_t i = 0; i < opt->nappends; i++)
		n += applies(&opt->appends[i], def) ? opt->appends[i].nfields : 0;
	if (!n)
		return 0;
	rule->extras = eyas_arena_alloc(&c->rs->arena, n * sizeof(*rule->extras));
	if (!rule->extras)
		return -ENOMEM;
	for (size_t i = 0; i < opt->nappends; i++) {
		const struct eyas_append *a = &opt->appends[i];

		for (size_t j = 0; j < a->nfields && !r && applies(a, def); j++)
			r = add_field(c, def, &a->fields[j], &rule->extras[rule->nextras++]);
	}
	return r;
}
