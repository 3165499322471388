// SPDX-License-Identifier: Apache-2.0
/* Rules from their items: output, then condition, then the rest. */
#include "rule/compile.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/adjust.h"
#include "rule/exceptions.h"
#include "rule/expand.h"
#include "rule/macros.h"

#define TYPES_MANY 100 /* event types of a rule that is worth a warning */

void eyas_condition_release(struct eyas_condition *c)
{
	eyas_srctext_release(&c->text);
	eyas_srctext_release(&c->expanded);
	eyas_vec_release(&c->lists.v);
	eyas_arena_release(&c->arena);
}

/* ---- scopes ---- */

int eyas_scope_note(const struct eyas_compiler *c, enum eyas_load_code code,
		    const struct eyas_scope *scope, struct eyas_loc loc, const char *hint,
		    const char *msg)
{
	struct eyas_about about = { "condition expression", NULL,
				    eyas_srctext_place(scope->text, loc.off), scope->about };

	if (!strcmp(scope->about->type, "rule output"))
		about.type = "rule output expression";
	return eyas_note(c->it->notes, code, &about, hint, "%s", msg);
}

/* A syntax error in what was written out for a list is shown at the list's name. */
static const char *list_hint(const struct eyas_condition *c, struct eyas_parse_err *perr, char *buf,
			     size_t size)
{
	eyas_vec_for_each(&c->lists.v, it) {
		if (perr->loc.off <= it->off || perr->loc.off >= it->end)
			continue;
		/* The blank behind it stands for the name. */
		perr->loc.off = it->end - 1;
		snprintf(buf, size, "the list '%.64s' is written out here: FIELD in (%.64s)",
			 it->list->name, it->list->name);
		return buf;
	}
	return perr->hint;
}

int eyas_scope_parse(struct eyas_items *it, const struct eyas_about *about, bool fragment,
		     const struct eyas_srctext *text, struct eyas_condition *ret)
{
	struct eyas_about expr = { "condition expression", NULL, { 0 }, about };
	struct eyas_parse_err perr;
	const char *hint;
	char buf[256];
	int r;

	/* "and x", which belongs behind something. */
	if (fragment)
		eyas_srctext_add_fixed(&ret->expanded, "it ", 3, about->at);
	r = eyas_expand_text(it, about, text, &ret->expanded, &ret->lists);
	if (!r)
		r = eyas_parse_condition(ret->expanded.text.buf, ret->expanded.text.len,
					 EYAS_PARSE_DEPTH, &ret->arena, &ret->ast, &perr);
	if (r != -EINVAL || it->notes->res->errors)
		return r;
	hint = list_hint(ret, &perr, buf, sizeof(buf));
	expr.at = ret->expanded.runs.len ? eyas_srctext_place(&ret->expanded, perr.loc.off) :
					   about->at;
	return eyas_note(it->notes, EYAS_LOAD_ERR_COMPILE_CONDITION, &expr, hint, "%s",
			 perr.err.msg);
}

/* ---- warnings ---- */

static bool is_na(const struct eyas_operand *o)
{
	return o->kind == EYAS_OPERAND_TEXT && !strcmp(o->name.s, "<NA>");
}

/* Fields of Kubernetes audit events may hold "<NA>" as text. */
static bool is_unsafe(const struct eyas_ast *check)
{
	const struct eyas_operand *lhs = &check->check.lhs, *rhs = &check->check.rhs;
	enum eyas_op_id op = check->check.op->id;

	if (lhs->kind != EYAS_OPERAND_FIELD ||
	    (!eyas_startswith(lhs->name.s, "ka.") && !eyas_startswith(lhs->name.s, "jevt.")))
		return false;
	if (op != EYAS_OP_EQ && op != EYAS_OP_NE && check->check.op->form != EYAS_OP_LIST)
		return false;
	if (rhs->kind != EYAS_OPERAND_LIST)
		return is_na(rhs);
	for (size_t i = 0; i < rhs->nargs; i++)
		if (is_na(&rhs->args[i]))
			return true;
	return false;
}

int eyas_scope_check(const struct eyas_compiler *c, const struct eyas_scope *scope,
		     const struct eyas_ast *ast)
{
	int r = 0;

	if (ast->kind == EYAS_AST_CHECK && is_unsafe(ast))
		return eyas_scope_note(
			c, EYAS_LOAD_UNSAFE_NA_CHECK, scope, ast->loc, NULL,
			"comparing a field value with <NA> is unsafe and can lead to "
			"unpredictable behavior of the rule condition. If you need to "
			"check for the existence of a field, consider using the "
			"'exists' operator instead.");
	if (ast->kind == EYAS_AST_CHECK || ast->kind == EYAS_AST_MACRO)
		return 0;
	for (size_t i = 0; i < ast->kids.len && !r; i++)
		r = eyas_scope_check(c, scope, ast->kids.v[i]);
	return r;
}

static int warn(void *arg, enum eyas_load_code code, struct eyas_loc loc, const char *hint,
		const char *msg)
{
	const struct eyas_compiler *c = arg;

	return eyas_scope_note(c, code, &c->scope, loc, hint, msg);
}

/* ---- errors ---- */

/* Rules for several versions say that this may happen: then it is no error. */
static bool is_unknown_filter(const char *msg)
{
	return strstr(msg, "nonexistent field") || strstr(msg, "invalid formatting token") ||
	       strstr(msg, "unknown event type") || strstr(msg, "unknown filter:");
}

/* What could not be built. 1: the rule is left out, and that is said. */
static int failed(const struct eyas_compiler *c, const struct eyas_rule_def *r,
		  enum eyas_load_code code, const struct eyas_scope *scope,
		  const struct eyas_failure *f)
{
	int ret;

	if (r->skip_unknown && is_unknown_filter(f->msg))
		code = EYAS_LOAD_UNKNOWN_FILTER;
	ret = eyas_scope_note(c, code, scope, f->loc, f->hint, f->msg);
	return ret ? ret : 1;
}

static int failed_here(const struct eyas_compiler *c, const struct eyas_rule_def *r,
		       enum eyas_load_code code)
{
	struct eyas_failure f = { c->perr.err.msg, c->perr.hint, c->perr.loc };

	return failed(c, r, code, &c->scope, &f);
}

/* The same in a macro, which is shown where it was written. */
static int failed_in_macro(const struct eyas_compiler *c, const struct eyas_rule_def *r)
{
	const struct eyas_macro_def *m = c->failed;
	struct eyas_about rule = { "rule", r->name, r->at, NULL };
	struct eyas_about macro = { "macro", m->name, m->at, &rule };
	struct eyas_about about = { "macro condition", NULL, m->cond_at, &macro };
	struct eyas_scope scope = { &m->text, &about };

	return failed(c, r, EYAS_LOAD_ERR_COMPILE_CONDITION, &scope, &m->failure);
}

/* ---- output ---- */

/* Copy @from without any "%container.info"; tells whether there was one. */
static bool drop_container_info(const struct eyas_srctext *from, struct eyas_srctext *to)
{
	static const char token[] = "%container.info";
	const char *s = from->text.buf, *p = s, *found;

	while ((found = strstr(p, token))) {
		eyas_srctext_copy(to, from, (size_t)(p - s), (size_t)(found - p));
		p = found + strlen(token);
	}
	eyas_srctext_copy(to, from, (size_t)(p - s), from->text.len - (size_t)(p - s));
	return p != s;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.';
}

/* The longest known field that @s begins with, if it is one of the old ones. */
static size_t deprecated_len(const char *s)
{
	size_t n = 0;

	while (is_name(s[n]))
		n++;
	for (; n; n--) {
		struct eyas_field_arg arg = { 0 };
		const struct eyas_field *f = eyas_field_find(s, n, &arg);

		if (f)
			return f->flags & EYAS_FIELD_DEPRECATED ? n : 0;
	}
	return 0;
}

static int warn_deprecated(const struct eyas_compiler *c)
{
	const char *s = c->scope.text->text.buf;
	char msg[160];
	int r = 0;

	for (const char *p = strchr(s, '%'); p && !r; p = strchr(p, '%')) {
		struct eyas_loc loc = { .off = (size_t)(p - s) };
		size_t n;

		for (p++; *p >= '0' && *p <= '9'; p++)
			;
		n = deprecated_len(p);
		if (!n)
			continue;
		snprintf(msg, sizeof(msg),
			 "usage of deprecated field '%.*s' has been detected in "
			 "the rule output",
			 (int)(n < 64 ? n : 64), p);
		r = eyas_scope_note(c, EYAS_LOAD_DEPRECATED_ITEM, &c->scope, loc, NULL, msg);
	}
	return r;
}

static int grammar_of_output(const struct eyas_compiler *c)
{
	const struct eyas_strbuf *s = &c->scope.text->text;
	struct eyas_loc loc = { .off = s->len ? s->len - 1 : 0 };

	if (!s->len || s->buf[s->len - 1] != '%')
		return 0;
	return eyas_scope_note(c, EYAS_LOAD_ERR_COMPILE_OUTPUT, &c->scope, loc, NULL,
			       "invalid formatting syntax: formatting cannot end with a %");
}

static int compile_output(struct eyas_compiler *c, const struct eyas_rule_def *def,
			  const struct eyas_about *rule, struct eyas_format **ret)
{
	struct eyas_about about = { "rule output", NULL, def->output_at, rule };
	_cleanup_srctext_ struct eyas_srctext text = EYAS_SRCTEXT_INIT;
	int r = 0;

	if (drop_container_info(&def->output, &text))
		r = eyas_note(
			c->it->notes, EYAS_LOAD_DEPRECATED_ITEM, &about,
			"print %container.id and %container.name",
			"%%container.info is deprecated and no more useful; it prints nothing");
	if (c->rs)
		eyas_adjust_output(&c->rs->opt, def, &text);
	if (r || text.text.oom)
		return r ? r : -ENOMEM;
	c->scope = (struct eyas_scope){ &text, &about };
	if (!c->rs)
		return grammar_of_output(c);
	r = eyas_format_compile(&c->build, text.text.buf, text.text.len, ret);
	if (r == -EINVAL)
		return failed_here(c, def, EYAS_LOAD_ERR_COMPILE_OUTPUT);
	return r ? r : warn_deprecated(c);
}

/* ---- conditions ---- */

int eyas_compile_condition_text(struct eyas_items *it, const struct eyas_rule_def *r,
				struct eyas_condition *ret)
{
	struct eyas_about rule = { "rule", r->name, r->at, NULL };
	struct eyas_about about = { "rule condition", NULL, r->cond_at, &rule };
	int err = eyas_exceptions_expand(it, r, &ret->text);

	return err ? err : eyas_scope_parse(it, &about, r->fragment, &ret->text, ret);
}

static int build_condition(struct eyas_compiler *c, const struct eyas_rule_def *def,
			   const struct eyas_about *rule, const struct eyas_condition *cond,
			   uint32_t *ret)
{
	struct eyas_about about = { "rule condition", NULL, def->cond_at, rule };
	struct eyas_scope scope = { &cond->expanded, &about };
	int r = eyas_macros_use(c, &scope, cond->ast);

	c->scope = scope;
	c->failed = NULL;
	if (!r)
		r = eyas_scope_check(c, &scope, cond->ast);
	if (r)
		return r;
	r = eyas_build_node(&c->build, cond->ast, ret);
	if (r != -EINVAL)
		return r;
	if (c->failed)
		return failed_in_macro(c, def);
	return failed_here(c, def, EYAS_LOAD_ERR_COMPILE_CONDITION);
}

static int warn_types(const struct eyas_compiler *c, const struct eyas_rule_def *def,
		      const struct eyas_about *rule, uint32_t node)
{
	unsigned int n = eyas_evset_count(&c->rs->prog.nodes.data[node].may);

	if (!def->warn_evttypes || (n && n <= TYPES_MANY))
		return 0;
	return eyas_note(
		c->it->notes, EYAS_LOAD_NO_EVTTYPE, rule,
		"restrict it with evt.type, or set warn_evttypes: false",
		"Rule matches too many evt.type values. This has a significant performance "
		"penalty.");
}

/* ---- rules ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A set: sorted, each once. */
static int set_tags(struct eyas_ruleset *rs, struct eyas_rule_def *def, struct eyas_rule *rule)
{
	const char **tags = eyas_arena_alloc(&rs->arena, (def->tags.len + 1) * sizeof(*tags));
	size_t n = 0;

	if (!tags)
		return -ENOMEM;
	if (def->tags.len)
		qsort(def->tags.data, def->tags.len, sizeof(*def->tags.data), by_text);
	for (size_t i = 0; i < def->tags.len; i++) {
		const char *tag = def->tags.data[i];

		if (n && !strcmp(tags[n - 1], tag))
			continue;
		tags[n] = eyas_arena_strndup(&rs->arena, tag, strlen(tag));
		if (!tags[n++])
			return -ENOMEM;
	}
	rule->tags = tags;
	rule->ntags = n;
	return 0;
}

static const char *keep(struct eyas_ruleset *rs, const char *s, size_t len)
{
	return eyas_arena_strndup(&rs->arena, s, len);
}

static int add_rule(struct eyas_compiler *c, struct eyas_rule_def *def,
		    const struct eyas_condition *cond, uint32_t node, struct eyas_format *format)
{
	struct eyas_ruleset *rs = c->rs;
	struct eyas_rule *rule = eyas_arena_alloc(&rs->arena, sizeof(*rule));

	if (!rule)
		return -ENOMEM;
	rule->name = keep(rs, def->name, strlen(def->name));
	rule->desc = keep(rs, def->desc.buf, def->desc.len);
	rule->source = keep(rs, def->source, strlen(def->source));
	rule->condition = keep(rs, cond->text.text.buf, cond->text.text.len);
	rule->output = keep(rs, def->output.text.buf, def->output.text.len);
	rule->priority = def->priority;
	rule->enabled = def->enabled;
	rule->node = node;
	rule->format = format;
	if (!rule->name || !rule->desc || !rule->source || !rule->condition || !rule->output ||
	    set_tags(rs, def, rule) || eyas_vec_push(&rs->rules, rule))
		return -ENOMEM;
	rule->enabled = eyas_adjust_enabled(&rs->opt, rule);
	rule->statics = rs->prog.statics;
	rule->nstatics = rs->prog.nstatics;
	def->rule = rule;
	return eyas_adjust_fields(c, def, rule);
}

static int compile_rule(struct eyas_compiler *c, struct eyas_rule_def *def)
{
	_cleanup_condition_ struct eyas_condition cond = EYAS_CONDITION_INIT;
	struct eyas_about rule = { "rule", def->name, def->at, NULL };
	struct eyas_format *format = NULL;
	uint32_t node = 0;
	int r;

	r = compile_output(c, def, &rule, &format);
	if (!r)
		r = eyas_compile_condition_text(c->it, def, &cond);
	if (!r)
		r = build_condition(c, def, &rule, &cond, &node);
	if (r)
		return r < 0 ? r : 0;
	r = warn_types(c, def, &rule, node);
	return r ? r : add_rule(c, def, &cond, node, format);
}

/* Parts of it may be in another file. */
static int grammar_of_rule(struct eyas_compiler *c, struct eyas_rule_def *def)
{
	_cleanup_condition_ struct eyas_condition cond = EYAS_CONDITION_INIT;
	struct eyas_about rule = { "rule", def->name, def->at, NULL };
	struct eyas_format *format;
	int r = compile_output(c, def, &rule, &format);

	if (r || !def->cond.text.len)
		return r;
	return eyas_compile_condition_text(c->it, def, &cond);
}

/* ---- all of it ---- */

static int warn_unused(struct eyas_items *it)
{
	int r = 0;

	eyas_expand_settle_uses(it);
	for (size_t i = 0; i < it->macros.len && !r; i++) {
		const struct eyas_macro_def *m = it->macros.data[i];
		struct eyas_about about = { "macro", m->name, m->at, NULL };

		if (!m->used)
			r = eyas_note(it->notes, EYAS_LOAD_UNUSED_MACRO, &about, NULL,
				      "Macro not referred to by any other rule/macro");
	}
	for (size_t i = 0; i < it->lists.len && !r; i++) {
		const struct eyas_list_def *l = it->lists.data[i];
		struct eyas_about about = { "list", l->name, l->at, NULL };

		if (!l->used)
			r = eyas_note(it->notes, EYAS_LOAD_UNUSED_LIST, &about, NULL,
				      "List not referred to by any other rule/macro");
	}
	return r;
}

/* Lists and macros are what all else is made of. */
static int start(struct eyas_compiler *c, struct eyas_items *it, struct eyas_ruleset *rs)
{
	int r = eyas_expand_lists(it);

	*c = (struct eyas_compiler){ .it = it, .rs = rs };
	c->build = (struct eyas_build){ .prog = rs ? &rs->prog : NULL,
					.perr = &c->perr,
					.warn = warn,
					.macro = eyas_macros_node,
					.arg = c };
	return r ? r : eyas_macros_parse(c);
}

int eyas_compile(struct eyas_items *it, struct eyas_ruleset *rs)
{
	struct eyas_compiler c;
	int r = start(&c, it, rs);

	for (size_t i = 0; i < it->rules.len && !r; i++) {
		struct eyas_rule_def *def = it->rules.data[i];

		if (!rs)
			r = grammar_of_rule(&c, def);
		else if (!def->unknown_source)
			r = compile_rule(&c, def);
	}
	return r || !rs ? r : warn_unused(it);
}

/* The lines of a text, each with its place. */
static void add_lines(const struct eyas_rules_text *t, uint32_t file, struct eyas_srctext *ret)
{
	struct eyas_place at = { file, 1, 1 };

	for (size_t off = 0, n; off < t->len; off += n, at.line++) {
		const char *end = memchr(t->text + off, '\n', t->len - off);

		n = end ? (size_t)(end - t->text) + 1 - off : t->len - off;
		eyas_srctext_add(ret, t->text + off, n, at);
	}
}

int eyas_compile_condition(struct eyas_items *it, struct eyas_ruleset *rs, uint32_t file)
{
	struct eyas_about about = { "condition expression", NULL, { file, 1, 1 }, NULL };
	_cleanup_condition_ struct eyas_condition cond = EYAS_CONDITION_INIT;
	struct eyas_rule_def def = { .name = "" };
	struct eyas_compiler c;
	uint32_t node;
	int r = start(&c, it, rs);

	def.cond_at = about.at;
	add_lines(&it->notes->texts[file], file, &cond.text);
	if (!r)
		r = eyas_scope_parse(it, &about, false, &cond.text, &cond);
	if (!r && rs)
		r = build_condition(&c, &def, NULL, &cond, &node);
	return r;
}
