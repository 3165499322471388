// SPDX-License-Identifier: Apache-2.0
/* Predicates: a field, an operator and what it is compared with, typed. */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/build.h"

#define HASH_MIN	9	/* fewer constants are compared one by one */

#define SHOWN(w)	(int)((w)->len < 100 ? (w)->len : 100), (w)->s

/* What is to the right: one constant, several, or a term. */
struct rhs {
	const struct eyas_operand *items;
	size_t n;
	struct eyas_term *term;
};

/* ---- checks ---- */

static bool is_list_op(const struct eyas_op *op)
{
	return op->id == EYAS_OP_IN || op->id == EYAS_OP_INTERSECTS;
}

/* Which events a rule is about must be plain to see. */
static bool hides_evtype(const struct eyas_term *t)
{
	if (t->kind == EYAS_OPERAND_FIELD)
		return !strcmp(t->field->name, "evt.type");
	for (size_t i = 0; i < t->nargs; i++)
		if (hides_evtype(t->args[i]))
			return true;
	return false;
}

static int check_lhs(struct eyas_build *b, const struct eyas_ast *ast, const struct eyas_term *t)
{
	const struct eyas_op *op = ast->check.op;
	const char *hint;

	if (op->id == EYAS_OP_EXISTS)
		return 0;
	if (t->kind != EYAS_OPERAND_FIELD && hides_evtype(t) &&
	    (op->id == EYAS_OP_EQ || op->id == EYAS_OP_NE || op->id == EYAS_OP_IN))
		return eyas_build_fail(b, ast->check.lhs.loc, "compare the field itself",
				       "event types do not support transformers");
	if (t->shape.list && !t->any && (!is_list_op(op) || ast->check.mod))
		return eyas_build_fail(b, ast->check.op_loc,
				       "fields that hold a list are tested with in or intersects",
				       "operator '%s' is not supported for lists", op->name);
	if (op->types & 1U << t->shape.type)
		return 0;
	hint = t->shape.type == EYAS_T_BYTES ?
		       "use contains, startswith, bcontains or bstartswith" :
		       "use = != in, or < > for numbers";
	return eyas_build_fail(b, ast->check.op_loc, hint,
			       "operator '%s' is not supported for field '%s' of type %s", op->name,
			       t->shape.name, eyas_type_name(t->shape.type));
}

static int check_rhs_term(struct eyas_build *b, const struct eyas_ast *ast,
			  const struct eyas_term *lhs, const struct eyas_term *rhs)
{
	const struct eyas_op *op = ast->check.op;
	bool names = lhs->field && lhs->field->flags & EYAS_FIELD_EVTYPE;

	if (op->id == EYAS_OP_PMATCH || op->id == EYAS_OP_REGEX || names ||
	    lhs->shape.type == EYAS_T_NET || rhs->shape.type == EYAS_T_NET)
		return eyas_build_fail(b, ast->check.rhs.loc, NULL,
				       "a field cannot be compared with "
				       "another one here: '%s %s' takes values only",
				       lhs->shape.name, op->name);
	if (lhs->shape.type != rhs->shape.type)
		return eyas_build_fail(b, ast->check.rhs.loc, NULL,
				       "fields of different types cannot "
				       "be compared: '%s' is a %s, '%s' is a %s",
				       lhs->shape.name, eyas_type_name(lhs->shape.type),
				       rhs->shape.name, eyas_type_name(rhs->shape.type));
	if (rhs->shape.list && !rhs->any && !is_list_op(op))
		return eyas_build_fail(b, ast->check.rhs.loc, NULL,
				       "operator '%s' takes one value, not a list", op->name);
	return 0;
}

/* ---- warnings ---- */

static int warn(struct eyas_build *b, struct eyas_loc loc, const char *hint, const char *msg)
{
	return msg ? b->warn(b->arg, EYAS_LOAD_COMPILE_CONDITION, loc, hint, msg) : -ENOMEM;
}

/* "tolower(proc.name)" in quotes. */
static bool looks_like_call(const char *s, size_t len)
{
	const char *paren = memchr(s, '(', len);

	return paren && s[len - 1] == ')' && eyas_xform_find(s, (size_t)(paren - s));
}

/* @w without blanks: a slip of the hand makes no other meaning. */
static size_t squeeze(const struct eyas_word *w, char *buf, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < w->len && n < size; i++)
		if (!memchr(" \t\n\v\f\r", w->s[i], 6))
			buf[n++] = w->s[i];
	return n;
}

static int warn_constant(struct eyas_build *b, const struct eyas_op *op,
			 const struct eyas_operand *o)
{
	struct eyas_arena *arena = &b->prog->arena;
	const struct eyas_word *w = &o->name;
	struct eyas_field_arg arg = { 0 };
	char buf[192];
	bool exact;
	size_t len;

	if (!b->warn)
		return 0;
	len = squeeze(w, buf, sizeof(buf));
	if (memchr(buf, '.', len) && eyas_field_find(buf, len, &arg))
		return warn(b, o->loc, "to compare two fields write val(FIELD)",
			    eyas_arena_printf(arena,
					      "'%.*s' may be a valid field misused as a "
					      "const string value",
					      SHOWN(w)));
	if (len && looks_like_call(buf, len))
		return warn(b, o->loc, "to use its value leave the quotes out",
			    eyas_arena_printf(arena,
					      "'%.*s' may be a valid field transformer "
					      "misused as a const string value",
					      SHOWN(w)));
	if (op->id == EYAS_OP_REGEX && eyas_regexp_simpler(w->s, w->len, &exact, buf, sizeof(buf)))
		return warn(b, o->loc, "it costs much less",
			    eyas_arena_printf(arena, "this regex %s '%s'",
					      exact ? "can be written as" : "is nearly", buf));
	return 0;
}

/* ---- event types ---- */

static int names_types(struct eyas_build *b, const struct rhs *rhs, struct eyas_pred *p)
{
	bool calls_only = !strcmp(p->lhs->field->name, "syscall.type");
	struct eyas_evset named = { 0 };

	for (size_t i = 0; i < rhs->n; i++) {
		const struct eyas_word *w = &rhs->items[i].name;
		int t = eyas_evtype_by_name(w->s);

		if (t < 0)
			return eyas_build_fail(b, rhs->items[i].loc,
					       "'eyas rules events' lists all of them",
					       "unknown event type %.*s", SHOWN(w));
		eyas_evset_add(&named, (unsigned int)t);
	}
	p->by_type = !p->mod &&
		     (p->op->id == EYAS_OP_EQ || p->op->id == EYAS_OP_NE || is_list_op(p->op));
	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++)
		if (eyas_evset_has(&named, t) != (p->op->id == EYAS_OP_NE) &&
		    !(calls_only && t >= EYAS_EVT_PROCEXIT))
			eyas_evset_add(&p->types, t);
	return 0;
}

/* Events are counted from 1: "evt.num=0" is how rules say never. */
static bool is_never(const struct eyas_pred *p)
{
	if (!p->lhs->field || strcmp(p->lhs->field->name, "evt.num") != 0 || p->mod || p->rhs)
		return false;
	for (size_t i = 0; i < p->n; i++) {
		uint64_t c = p->consts[i].v.u;

		if (p->op->id == EYAS_OP_LT ? c > 1 : c > 0)
			return false;
	}
	return p->op->id == EYAS_OP_EQ || p->op->id == EYAS_OP_LT || p->op->id == EYAS_OP_LE ||
	       is_list_op(p->op);
}

/* ---- constants ---- */

static int add_path(struct eyas_build *b, const struct rhs *rhs, struct eyas_pred *p)
{
	for (size_t i = 0; i < rhs->n; i++) {
		const struct eyas_word *w = &rhs->items[i].name;
		const char *path = eyas_arena_strndup(&b->prog->arena, w->s, w->len);

		if (!path || eyas_pmatch_add(&p->pm, path, w->len))
			return -ENOMEM;
	}
	return 0;
}

static int hash(struct eyas_pred *p)
{
	enum eyas_type type = p->lhs->shape.type;
	bool text = eyas_type_is_text(type);
	int r = 0;

	if (p->n < HASH_MIN || !is_list_op(p->op) ||
	    (!text && !eyas_type_is_alike(type, EYAS_T_UINT)))
		return 0;
	for (size_t i = 0; i < p->n && !r; i++) {
		const struct eyas_value *v = &p->consts[i].v;

		r = text ? eyas_strmap_set(&p->texts, v->s.p, v->s.len, p) :
			   eyas_map_set(&p->nums, v->u, p);
	}
	p->hashed = true;
	return r;
}

static int read_constants(struct eyas_build *b, const struct rhs *rhs, struct eyas_pred *p)
{
	struct eyas_arena *arena = &b->prog->arena;
	struct eyas_err err;

	if (p->op->id == EYAS_OP_PMATCH)
		return add_path(b, rhs, p);
	p->consts = eyas_arena_alloc(arena, (rhs->n ? rhs->n : 1) * sizeof(*p->consts));
	if (!p->consts)
		return -ENOMEM;
	for (; p->n < rhs->n; p->n++) {
		const struct eyas_operand *o = &rhs->items[p->n];
		struct eyas_word w = { eyas_arena_strndup(arena, o->name.s, o->name.len),
				       o->name.len };
		int r = w.s ? 0 : -ENOMEM;

		if (!r)
			r = eyas_const_parse(p->lhs->shape.type, p->op, &w, arena, &p->consts[p->n],
					     &err);
		if (r == -EINVAL)
			return eyas_build_fail(b, o->loc, NULL, "%s", err.msg);
		if (r)
			return r;
	}
	return hash(p);
}

/* ---- building ---- */

static int find_rhs(struct eyas_build *b, const struct eyas_ast *ast, const struct eyas_term *lhs,
		    struct rhs *ret)
{
	const struct eyas_operand *o = &ast->check.rhs;
	int r = 0;

	if (ast->check.op->form == EYAS_OP_UNARY)
		return 0;
	if (o->kind == EYAS_OPERAND_XFORM) {
		r = eyas_build_term(b, o, EYAS_USE_RHS, &ret->term);
		return r ? r : check_rhs_term(b, ast, lhs, ret->term);
	}
	ret->items = o->kind == EYAS_OPERAND_LIST ? o->args : o;
	ret->n = o->kind == EYAS_OPERAND_LIST ? o->nargs : 1;
	for (size_t i = 0; i < ret->n && !r; i++)
		r = warn_constant(b, ast->check.op, &ret->items[i]);
	return r;
}

static void make_key(const struct eyas_ast *ast, const struct eyas_term *lhs, const struct rhs *rhs,
		     struct eyas_strbuf *key)
{
	eyas_strbuf_add(key, &ast->check.op->id, sizeof(ast->check.op->id));
	eyas_strbuf_add(key, &ast->check.mod, sizeof(ast->check.mod));
	eyas_strbuf_add(key, &lhs, sizeof(lhs));
	eyas_strbuf_add(key, &rhs->term, sizeof(rhs->term));
	for (size_t i = 0; i < rhs->n; i++) {
		const struct eyas_word *w = &rhs->items[i].name;

		eyas_strbuf_add(key, &w->len, sizeof(w->len));
		eyas_strbuf_add(key, w->s, w->len);
	}
}

/* Tests that tell little, or more than it seems: so most events are. */
/* clang-format off */
static const struct { const char *field; enum eyas_op_id op; unsigned int odds; } habits[] = {
	{ "fd.typechar", EYAS_OP_EQ, 90 },	{ "fd.type", EYAS_OP_EQ, 90 },
	{ "fd.num", EYAS_OP_GE, 85 },		{ "evt.rawres", EYAS_OP_GE, 85 },
	{ "evt.res", EYAS_OP_EQ, 85 },		{ "evt.res", EYAS_OP_STARTSWITH, 95 },
	{ "evt.failed", EYAS_OP_EQ, 50 },
	{ "evt.is_open_read", EYAS_OP_EQ, 85 },	{ "evt.is_open_write", EYAS_OP_EQ, 15 },
	{ "container.id", EYAS_OP_NE, 30 },
};
/* clang-format on */

/* Truth values and numbers take fewer values than texts: they fit more often. */
static unsigned int guess_odds(const struct eyas_pred *p)
{
	bool text = eyas_type_is_text(p->lhs->shape.type);
	unsigned int odds = p->op->odds;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(habits); i++)
		if (p->op->id == habits[i].op && p->lhs->field &&
		    !strcmp(p->lhs->field->name, habits[i].field))
			return habits[i].odds;
	if (!text && odds < 20)
		odds = p->lhs->shape.type == EYAS_T_BOOL ? 50 : 20;
	if (is_list_op(p->op) || p->mod == EYAS_MOD_ANYOF)
		odds += p->n < 64 ? (unsigned int)p->n / 8 : 8;
	return odds < 99 ? odds : 99;
}

static int fill(struct eyas_build *b, const struct rhs *rhs, struct eyas_pred *p)
{
	int r = 0;

	p->rhs = rhs->term;
	p->test = eyas_test_find(p->op->id, p->lhs->shape.type);
	p->cost = p->op->cost + p->lhs->cost + (p->rhs ? p->rhs->cost : 0);
	p->odds = p->op->odds;
	if (p->op->form == EYAS_OP_UNARY)
		return 0;
	if (p->lhs->field && p->lhs->field->flags & EYAS_FIELD_EVTYPE)
		r = names_types(b, rhs, p);
	if (!r)
		r = read_constants(b, rhs, p);
	p->odds = guess_odds(p);
	if (p->lhs->life == EYAS_LIFE_PROC && (!p->rhs || p->rhs->life == EYAS_LIFE_PROC))
		p->life = EYAS_LIFE_PROC;
	p->plain = p->test && !p->rhs && !p->mod && p->n == 1 && !p->lhs->shape.list &&
		   !p->lhs->any && !p->by_type;
	p->never = is_never(p);
	return r;
}

int eyas_build_pred(struct eyas_build *b, const struct eyas_ast *ast, struct eyas_pred **ret)
{
	_cleanup_strbuf_ struct eyas_strbuf key = EYAS_STRBUF_INIT;
	struct eyas_prog *prog = b->prog;
	struct rhs rhs = { 0 };
	struct eyas_term *lhs;
	struct eyas_pred *p;
	int r = eyas_build_term(b, &ast->check.lhs, EYAS_USE_LHS, &lhs);

	if (!r)
		r = check_lhs(b, ast, lhs);
	if (!r)
		r = find_rhs(b, ast, lhs, &rhs);
	if (r)
		return r;
	make_key(ast, lhs, &rhs, &key);
	if (!eyas_strbuf_ok(&key))
		return -ENOMEM;
	*ret = eyas_strmap_get(&prog->preds, key.buf, key.len);
	if (*ret)
		return 0;
	p = eyas_arena_alloc(&prog->arena, sizeof(*p));
	if (!p || eyas_vec_push(&prog->all_preds, p))
		return -ENOMEM;
	p->op = ast->check.op;
	p->mod = ast->check.mod;
	p->lhs = lhs;
	r = fill(b, &rhs, p);
	if (r)
		return r;
	*ret = p;
	return eyas_strmap_set(&prog->preds, key.buf, key.len, p);
}
