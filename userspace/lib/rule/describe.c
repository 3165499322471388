// SPDX-License-Identifier: Apache-2.0
/* What rules are made of, taken from their trees. */
#include <errno.h>
#include <string.h>
#include "rule/description.h"
#include "rule/unparse.h"

int eyas_description_load(struct eyas_description **ret, const struct eyas_rules_text *texts,
			  size_t n, const struct eyas_ruleset_options *opt,
			  struct eyas_load_result *res)
{
	struct eyas_description *d = calloc(1, sizeof(*d));
	int r;

	if (!d) {
		memset(res, 0, sizeof(*res));
		return -ENOMEM;
	}
	r = eyas_loading_run(&d->ld, texts, n, opt, res);
	if (r) {
		eyas_description_free(d);
		return r;
	}
	*ret = d;
	return 0;
}

void eyas_description_free(struct eyas_description *d)
{
	if (!d)
		return;
	eyas_loading_release(&d->ld);
	eyas_arena_release(&d->arena);
	free(d);
}

const struct eyas_ruleset *eyas_description_rules(const struct eyas_description *d)
{
	return d->ld.rules;
}

/* ---- names ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void eyas_names_settle(struct eyas_names *names)
{
	size_t n = 0;

	if (names->v.len)
		qsort(names->v.data, names->v.len, sizeof(*names->v.data), by_text);
	for (size_t i = 0; i < names->v.len; i++)
		if (!n || strcmp(names->v.data[n - 1], names->v.data[i]) != 0)
			names->v.data[n++] = names->v.data[i];
	names->v.len = n;
}

void eyas_names_release(struct eyas_names *names)
{
	eyas_vec_release(&names->v);
}

/* Of what is gone before the description is. */
static int add_copy(struct eyas_description *d, struct eyas_names *names, const char *name)
{
	const char *copy = eyas_arena_strndup(&d->arena, name, strlen(name));

	return copy ? eyas_vec_push(&names->v, copy) : -ENOMEM;
}

/* ---- walking along trees and through macros ---- */

struct parts {
	struct eyas_description *d;
	struct eyas_names *operators, *fields, *macros;
	struct eyas_strmap seen; /* macros, and fields by name */
	EYAS_VEC(const struct eyas_ast *) todo;
};

static int add_field(struct parts *p, const char *name)
{
	size_t n = strlen(name);
	int r;

	if (eyas_strmap_get(&p->seen, name, n))
		return 0;
	r = eyas_strmap_set(&p->seen, name, n, p);
	return r ? r : add_copy(p->d, p->fields, name);
}

static int walk_operand(struct parts *p, const struct eyas_operand *o)
{
	int r = o->kind == EYAS_OPERAND_FIELD ? add_field(p, o->name.s) : 0;

	for (size_t i = 0; i < o->nargs && !r; i++)
		r = walk_operand(p, &o->args[i]);
	return r;
}

static int walk_check(struct parts *p, const struct eyas_ast *ast)
{
	int r = eyas_vec_push(&p->operators->v, ast->check.op->name);

	if (!r)
		r = walk_operand(p, &ast->check.lhs);
	if (!r && ast->check.op->form != EYAS_OP_UNARY)
		r = walk_operand(p, &ast->check.rhs);
	return r;
}

/* A macro's tree waits for its turn, once. */
static int walk_macro(struct parts *p, const struct eyas_ast *ast)
{
	struct eyas_macro_def *m = eyas_items_macro(&p->d->ld.items, ast->macro.s, ast->macro.len);

	if (!m)
		return 0;
	if (p->macros)
		return eyas_vec_push(&p->macros->v, m->name);
	if (eyas_strmap_get(&p->seen, m->name, strlen(m->name)))
		return 0;
	if (eyas_strmap_set(&p->seen, m->name, strlen(m->name), p))
		return -ENOMEM;
	return eyas_vec_push(&p->todo, m->ast);
}

static int walk(struct parts *p, const struct eyas_ast *ast)
{
	int r = 0;

	if (ast->kind == EYAS_AST_CHECK)
		return p->macros ? 0 : walk_check(p, ast);
	if (ast->kind == EYAS_AST_MACRO)
		return walk_macro(p, ast);
	for (size_t i = 0; i < ast->kids.len && !r; i++)
		r = walk(p, ast->kids.v[i]);
	return r;
}

static int walk_all(struct parts *p, const struct eyas_ast *ast)
{
	int r = walk(p, ast);

	while (!r && p->todo.len)
		r = walk(p, p->todo.data[--p->todo.len]);
	eyas_vec_release(&p->todo);
	eyas_strmap_release(&p->seen);
	return r;
}

int eyas_description_parts(struct eyas_description *d, const struct eyas_ast *ast,
			   struct eyas_names *operators, struct eyas_names *fields)
{
	struct parts p = { .d = d, .operators = operators, .fields = fields };
	int r = walk_all(&p, ast);

	eyas_names_settle(operators);
	eyas_names_settle(fields);
	return r;
}

int eyas_description_macros(struct eyas_description *d, const struct eyas_ast *ast,
			    struct eyas_names *ret)
{
	struct parts p = { .d = d, .macros = ret };
	int r = walk_all(&p, ast);

	eyas_names_settle(ret);
	return r;
}

int eyas_description_lists(const struct eyas_list_uses *uses, struct eyas_names *ret)
{
	eyas_vec_for_each(&uses->v, it)
		if (eyas_vec_push(&ret->v, it->list->name))
			return -ENOMEM;
	eyas_names_settle(ret);
	return 0;
}

/* ---- exceptions ---- */

static int add_entries(struct eyas_names *names, const struct eyas_entry *e)
{
	int r = 0;

	if (e->kind == EYAS_ENTRY_TEXT)
		return eyas_vec_push(&names->v, e->s);
	for (size_t i = 0; e->kind == EYAS_ENTRY_LIST && i < e->len && !r; i++)
		r = add_entries(names, &e->v[i]);
	return r;
}

static int add_exceptions(const struct eyas_rule_def *def, struct eyas_details *ret)
{
	int r = 0;

	for (size_t i = 0; i < def->exceptions.v.len && !r; i++) {
		const struct eyas_exception_def *ex = &def->exceptions.v.data[i];

		r = eyas_vec_push(&ret->exceptions.v, ex->name);
		if (!r)
			r = add_entries(&ret->exception_operators, &ex->comps);
		if (!r && ex->values.len)
			r = add_entries(&ret->exception_fields, &ex->fields);
	}
	eyas_names_settle(&ret->exceptions);
	eyas_names_settle(&ret->exception_fields);
	eyas_names_settle(&ret->exception_operators);
	return r;
}

/* ---- rules ---- */

static int add_output(const struct eyas_rule *rule, struct eyas_names *ret)
{
	const struct eyas_term *t;
	int r = 0;

	for (size_t i = 0; !r && (t = eyas_format_term(rule->format, i)); i++)
		r = eyas_vec_push(&ret->v, t->key);
	eyas_names_settle(ret);
	return r;
}

/* As if there were no other rule. */
static int policy_of(const struct eyas_ruleset *rs, const struct eyas_rule *rule,
		     struct eyas_policy *ret)
{
	struct eyas_ruleset *one = calloc(1, sizeof(*one));
	struct eyas_rule alone = *rule, *list = &alone;

	if (!one)
		return -ENOMEM;
	alone.enabled = true;
	one->prog = rs->prog;
	one->opt = rs->opt;
	one->opt.min_priority = EYAS_PRIO_DEBUG;
	one->rules.data = &list;
	one->rules.len = 1;
	eyas_ruleset_policy(one, ret);
	free(one);
	return 0;
}

int eyas_description_rule(struct eyas_description *d, const struct eyas_rule *rule,
			  struct eyas_details *ret)
{
	const struct eyas_rule_def *def = eyas_items_rule(&d->ld.items, rule->name);
	_cleanup_condition_ struct eyas_condition cond = EYAS_CONDITION_INIT;
	int r;

	memset(ret, 0, sizeof(*ret));
	eyas_strbuf_init(&ret->condition);
	/* It was compiled before: only memory can be short. */
	d->ld.items.expanded = 0;
	if (!def || eyas_compile_condition_text(&d->ld.items, def, &cond))
		return -ENOMEM;
	eyas_unparse(cond.ast, &d->ld.items, EYAS_CONDITION_PRINTED, &ret->condition);
	if (!eyas_strbuf_ok(&ret->condition))
		return -ENOMEM;
	r = eyas_description_parts(d, cond.ast, &ret->operators, &ret->fields);
	if (!r)
		r = eyas_description_macros(d, cond.ast, &ret->macros);
	if (!r)
		r = eyas_description_lists(&cond.lists, &ret->lists);
	if (!r)
		r = add_output(rule, &ret->output_fields);
	if (!r)
		r = add_exceptions(def, ret);
	return r ? r : policy_of(d->ld.rules, rule, &ret->policy);
}

void eyas_details_release(struct eyas_details *details)
{
	eyas_strbuf_release(&details->condition);
	eyas_names_release(&details->macros);
	eyas_names_release(&details->lists);
	eyas_names_release(&details->operators);
	eyas_names_release(&details->fields);
	eyas_names_release(&details->output_fields);
	eyas_names_release(&details->exceptions);
	eyas_names_release(&details->exception_fields);
	eyas_names_release(&details->exception_operators);
}
