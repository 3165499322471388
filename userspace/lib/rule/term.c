// SPDX-License-Identifier: Apache-2.0
/* Terms: fields with their arguments, and transformers of them. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include "field/subject.h"
#include "rule/build.h"
#include "rule/eval.h"
#include "rule/format.h"

int eyas_build_fail(struct eyas_build *b, struct eyas_loc loc, const char *hint, const char *fmt,
		    ...)
{
	va_list ap;

	b->perr->loc = loc;
	b->perr->hint = hint;
	b->perr->err.code = -EINVAL;
	va_start(ap, fmt);
	vsnprintf(b->perr->err.msg, sizeof(b->perr->err.msg), fmt, ap);
	va_end(ap);
	return -EINVAL;
}

/* ---- equal terms are one ---- */

static void add_part(struct eyas_strbuf *key, const void *data, size_t len)
{
	eyas_strbuf_add(key, &len, sizeof(len));
	eyas_strbuf_add(key, data, len);
}

static void add_key(struct eyas_strbuf *key, const struct eyas_term *t)
{
	add_part(key, &t->kind, sizeof(t->kind));
	add_part(key, &t->field, sizeof(t->field));
	add_part(key, &t->xform, sizeof(t->xform));
	if (t->kind == EYAS_OPERAND_TEXT)
		add_part(key, t->text.s.p, t->text.s.len);
	if (t->arg.key)
		add_part(key, t->arg.key, strlen(t->arg.key));
	add_part(key, &t->arg.index, sizeof(t->arg.index));
	eyas_strbuf_addc(key, t->arg.given ? 'a' : '-');
	if (t->sub)
		add_part(key, t->sub, strlen(t->sub));
	eyas_strbuf_addc(key, t->sub ? 's' : '-');
	if (t->nargs)
		add_part(key, t->args, t->nargs * sizeof(*t->args));
}

static int intern(struct eyas_build *b, const struct eyas_term *like, struct eyas_term **ret)
{
	_cleanup_strbuf_ struct eyas_strbuf key = EYAS_STRBUF_INIT;
	struct eyas_prog *prog = b->prog;
	int r;

	add_key(&key, like);
	if (!eyas_strbuf_ok(&key))
		return -ENOMEM;
	*ret = eyas_strmap_get(&prog->terms, key.buf, key.len);
	if (*ret)
		return 0;
	*ret = eyas_arena_alloc(&prog->arena, sizeof(**ret));
	if (!*ret)
		return -ENOMEM;
	**ret = *like;
	r = eyas_strmap_set(&prog->terms, key.buf, key.len, *ret);
	return r ? r : eyas_vec_push(&prog->all_terms, *ret);
}

/* ---- fields ---- */

static const char *keep(struct eyas_build *b, const struct eyas_word *w)
{
	return eyas_arena_strndup(&b->prog->arena, w->s, w->len);
}

static int unknown_field(struct eyas_build *b, const struct eyas_operand *o)
{
	const char *near = eyas_field_nearest(o->name.s, o->name.len), *hint = NULL;

	if (!strncmp(o->name.s, "evt.arg.", 8) || !strncmp(o->name.s, "evt.rawarg.", 11))
		return eyas_build_fail(b, o->loc,
				       "'eyas rules events' lists the arguments of events",
				       "filter_check called with nonexistent field %s: unknown "
				       "event argument",
				       o->name.s);
	if (near)
		hint = eyas_arena_printf(&b->prog->arena, "did you mean '%s'?", near);
	return eyas_build_fail(b, o->loc, hint ? hint : "'eyas rules fields' lists all of them",
			       "filter_check called with nonexistent field %.200s", o->name.s);
}

/* The text in [], as what the field wants there. */
static int set_arg(struct eyas_build *b, const struct eyas_operand *o, struct eyas_term *t)
{
	const struct eyas_field *f = t->field;

	if (!(f->flags & (EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_REQ)) || t->arg.key)
		return eyas_build_fail(b, o->loc, NULL, "field '%s' does not take an argument",
				       o->name.s);
	t->arg.given = true;
	t->arg.key = keep(b, &o->arg);
	if (!t->arg.key)
		return -ENOMEM;
	if (f->flags & EYAS_FIELD_ARG_KEY)
		return 0;
	t->arg.index = 0;
	for (const char *p = t->arg.key; *p || p == t->arg.key; p++) {
		if (*p < '0' || *p > '9' || p - t->arg.key > 8)
			return eyas_build_fail(b, o->loc, NULL,
					       "argument of field '%s' must be a "
					       "number, not '%s'",
					       o->name.s, t->arg.key);
		t->arg.index = t->arg.index * 10 + (uint64_t)(*p - '0');
	}
	t->arg.key = NULL;
	return 0;
}

static int check_use(struct eyas_build *b, const struct eyas_operand *o, const struct eyas_field *f,
		     enum eyas_use use)
{
	if (use == EYAS_USE_OUTPUT && f->flags & EYAS_FIELD_FILTER_ONLY)
		return eyas_build_fail(b, o->loc, NULL,
				       "%s is filter only and cannot be used as a "
				       "display field",
				       o->name.s);
	if (use != EYAS_USE_OUTPUT && f->flags & EYAS_FIELD_PRINT_ONLY)
		return eyas_build_fail(b, o->loc, NULL,
				       "%s is print only and cannot be used in a "
				       "condition",
				       o->name.s);
	if (use == EYAS_USE_RHS && f->flags & EYAS_FIELD_NO_RHS)
		return eyas_build_fail(b, o->loc, NULL,
				       "field '%s' cannot be used on the right of "
				       "an operator",
				       o->name.s);
	return 0;
}

static int warn_deprecated(struct eyas_build *b, const struct eyas_operand *o)
{
	const char *msg = eyas_arena_printf(&b->prog->arena, "field '%s' is deprecated", o->name.s);

	if (!msg)
		return -ENOMEM;
	return b->warn(b->arg, EYAS_LOAD_DEPRECATED_ITEM, o->loc,
		       strcmp(o->name.s, "evt.dir") != 0 ?
			       NULL :
			       "leave it out: calls are reported when they end, so that '<' "
			       "always holds and '>' never does",
		       msg);
}

/*
 * Roughly, in units of 20 instructions. Arguments are put into words, candidates
 * looked at one by one, sockets have ends, paths two forms.
 */
static unsigned int field_cost(const struct eyas_term *t)
{
	const char *name = t->field->name;

	if (t->arg.key)
		return 60;
	if (t->any || t->shape.list)
		return 20;
	if (t->life == EYAS_LIFE_PROC)
		return 1;
	if (t->field->get_real)
		return 14;
	if (!strcmp(name, "fd.num") || !strcmp(name, "fd.nameraw"))
		return 4;
	if (!strncmp(name, "fd.", 3))
		return 14;
	return t->shape.type == EYAS_T_STRING ? 4 : 3;
}

static const char *key_of(struct eyas_build *b, const struct eyas_operand *o)
{
	if (!o->has_arg)
		return keep(b, &o->name);
	return eyas_arena_printf(&b->prog->arena, "%s[%s]", o->name.s, o->arg.s);
}

static int build_field(struct eyas_build *b, const struct eyas_operand *o, enum eyas_use use,
		       struct eyas_term **ret)
{
	struct eyas_term t = { .kind = EYAS_OPERAND_FIELD };
	struct eyas_err err;
	int r;

	t.field = eyas_prog_field(b->prog, o->name.s, o->name.len, &t.arg);
	if (!t.field)
		return unknown_field(b, o);
	if (t.arg.key)
		t.arg.key = eyas_arena_strndup(&b->prog->arena, t.arg.key, strlen(t.arg.key));
	r = check_use(b, o, t.field, use);
	if (!r && o->has_arg)
		r = set_arg(b, o, &t);
	else if (!r && t.field->flags & EYAS_FIELD_ARG_REQ && !t.arg.key && !t.arg.given)
		r = eyas_build_fail(b, o->loc, "write it with [ARGUMENT] after it",
				    "field '%s' requires an argument", o->name.s);
	if (r)
		return r;
	if (t.field->bind && t.field->bind(&t.arg, &err) < 0)
		return eyas_build_fail(b, o->loc, NULL, "%s", err.msg);
	if (t.field->flags & EYAS_FIELD_DEPRECATED && b->warn && use != EYAS_USE_OUTPUT)
		r = warn_deprecated(b, o);
	t.any = t.field->flags & EYAS_FIELD_ANY && !t.arg.given;
	t.shape = (struct eyas_shape){ .type = t.field->type, .name = t.field->name,
				       .list = t.field->flags & EYAS_FIELD_LIST && !t.arg.given };
	if (t.field->flags & EYAS_FIELD_OF_PROC && !t.any && !t.shape.list)
		t.life = EYAS_LIFE_PROC;
	t.get = t.field->get;
	t.fits = t.any || t.shape.list ? EYAS_T_NONE : t.shape.type;
	t.num = !eyas_type_is_text(t.shape.type);
	t.has_real = t.field->get_real && !b->prog->paths_as_given;
	t.of_name = t.field->flags & EYAS_FIELD_OF_NAME;
	t.cost = field_cost(&t);
	t.key = key_of(b, o);
	if (!r && !t.key)
		r = -ENOMEM;
	return r ? r : intern(b, &t, ret);
}

/* ---- transformers ---- */

static int build_args(struct eyas_build *b, const struct eyas_operand *o, enum eyas_use use,
		      struct eyas_term *t)
{
	int r = 0;

	t->args = eyas_arena_alloc(&b->prog->arena, (o->nargs ? o->nargs : 1) * sizeof(*t->args));
	if (!t->args)
		return -ENOMEM;
	t->nargs = o->nargs;
	t->cost = 4;
	for (size_t i = 0; i < o->nargs && !r; i++) {
		r = eyas_build_term(b, &o->args[i], use, &t->args[i]);
		if (r)
			return r;
		t->cost += t->args[i]->cost;
		t->has_real |= t->args[i]->has_real;
		if (!t->shape.name || !*t->shape.name)
			t->shape.name = t->args[i]->shape.name;
	}
	return r;
}

static int no_transform(struct eyas_build *b, const struct eyas_operand *o,
			const struct eyas_term *t)
{
	for (size_t i = 0; i < t->nargs; i++) {
		const struct eyas_term *a = t->args[i];

		if (a->field && (a->field->flags & EYAS_FIELD_NO_TRANSFORM || a->any))
			return eyas_build_fail(b, o->args[i].loc, NULL,
					       "field '%s' does not support transformers",
					       a->field->name);
	}
	return 0;
}

static int build_xform(struct eyas_build *b, const struct eyas_operand *o, enum eyas_use use,
		       struct eyas_term **ret)
{
	struct eyas_term t = { .kind = EYAS_OPERAND_XFORM };
	struct eyas_shape shapes[8], *s = shapes;
	struct eyas_err err;
	int r;

	t.xform = eyas_xform_find(o->name.s, o->name.len);
	r = build_args(b, o, use, &t);
	/* A field in a transformer is no field for itself: right of the operator, too. */
	if (!r && !t.xform->rhs_only)
		r = no_transform(b, o, &t);
	if (!r && t.nargs > sizeof(shapes) / sizeof(shapes[0]))
		s = eyas_arena_alloc(&b->prog->arena, t.nargs * sizeof(*s));
	if (r || !s)
		return r ? r : -ENOMEM;
	for (size_t i = 0; i < t.nargs; i++)
		s[i] = t.args[i]->shape;
	if (t.xform->check(t.xform, s, t.nargs, o->has_arg, &t.shape, &err) < 0)
		return eyas_build_fail(b, o->loc, NULL, "%s", err.msg);
	t.any = t.xform->rhs_only && t.args[0]->any;
	if (o->has_arg) {
		t.sub = keep(b, &o->arg);
		if (!t.sub)
			return -ENOMEM;
		if (strlen(t.sub) != 1)
			return eyas_build_fail(b, o->loc, NULL,
					       "%s() takes one option letter in []", t.xform->name);
	}
	return intern(b, &t, ret);
}

static int build_list(struct eyas_build *b, const struct eyas_operand *o, enum eyas_use use,
		      struct eyas_term **ret)
{
	struct eyas_term t = { .kind = EYAS_OPERAND_LIST };
	int r = build_args(b, o, use, &t);

	if (r)
		return r;
	t.shape = (struct eyas_shape){ .type = EYAS_T_STRING, .list = true, .name = "" };
	for (size_t i = 0; i < t.nargs; i++) {
		const struct eyas_shape *s = &t.args[i]->shape;

		if (s->list)
			return eyas_build_fail(b, o->args[i].loc, NULL,
					       "elements of a list must not be lists");
	}
	r = no_transform(b, o, &t);
	return r ? r : intern(b, &t, ret);
}

static int build_text(struct eyas_build *b, const struct eyas_operand *o, struct eyas_term **ret)
{
	struct eyas_term t = { .kind = EYAS_OPERAND_TEXT };

	t.text.type = EYAS_T_STRING;
	t.text.s.len = o->name.len;
	t.text.s.p = keep(b, &o->name);
	t.shape = (struct eyas_shape){ .type = EYAS_T_STRING, .text = true, .name = "" };
	return t.text.s.p ? intern(b, &t, ret) : -ENOMEM;
}

int eyas_build_term(struct eyas_build *b, const struct eyas_operand *o, enum eyas_use use,
		    struct eyas_term **ret)
{
	switch (o->kind) {
	case EYAS_OPERAND_FIELD:
		return build_field(b, o, use, ret);
	case EYAS_OPERAND_XFORM:
		return build_xform(b, o, use, ret);
	case EYAS_OPERAND_LIST:
		return build_list(b, o, use, ret);
	case EYAS_OPERAND_TEXT:
		break;
	}
	return build_text(b, o, ret);
}

/* ---- values ---- */

/* Tests trust types: a value of another kind is no value. */
static inline bool is_fit(const struct eyas_term *t, struct eyas_value *v)
{
	if (v->type != t->shape.type && !eyas_type_is_alike(v->type, t->shape.type))
		return false;
	if (v->list)
		return t->any ? v->l.len : t->shape.list;
	if (!v->s.p && eyas_type_is_text(v->type))
		v->s.p = "";
	return !t->shape.list;
}

static int field_value(const struct eyas_term *t, const struct eyas_field_ctx *ctx,
		       struct eyas_value *ret)
{
	int r = t->field->get(ctx, &t->arg, ret);

	return r || is_fit(t, ret) ? r : -ENOENT;
}

/* How an argument is asked for. */
typedef int arg_fn(struct eyas_term *arg, void *how, struct eyas_value *ret);

/* Elements of a list are texts: numbers and the like as they are printed. */
static int as_text(const struct eyas_term *t, struct eyas_arena *arena, struct eyas_value *v)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	if (v->type == EYAS_T_STRING && !v->list)
		return 0;
	eyas_value_format(t->field, v, &sb);
	*v = (struct eyas_value){ .type = EYAS_T_STRING };
	v->s.p = eyas_arena_strndup(arena, sb.buf ? sb.buf : "", sb.len);
	v->s.len = sb.len;
	return v->s.p && eyas_strbuf_ok(&sb) ? 0 : -ENOMEM;
}

static int apply(struct eyas_term *t, struct eyas_arena *arena, arg_fn *fn, void *how,
		 struct eyas_value *ret)
{
	struct eyas_value few[4], *v = few;
	int r = 0;

	if (t->nargs > sizeof(few) / sizeof(few[0]) || t->kind == EYAS_OPERAND_LIST)
		v = eyas_arena_alloc(arena, (t->nargs ? t->nargs : 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < t->nargs && !r; i++)
		r = fn(t->args[i], how, &v[i]);
	if (r)
		return r;
	if (t->kind == EYAS_OPERAND_XFORM)
		return t->xform->apply(v, t->nargs, t->sub, arena, ret);
	for (size_t i = 0; i < t->nargs && !r; i++)
		r = as_text(t->args[i], arena, &v[i]);
	*ret = (struct eyas_value){ .type = EYAS_T_STRING, .list = true };
	ret->l.v = v;
	ret->l.len = t->nargs;
	return r;
}

static int value_of(struct eyas_term *arg, void *how, struct eyas_value *ret)
{
	return eyas_term_value(arg, how, ret);
}

int eyas_term_value(struct eyas_term *t, struct eyas_field_ctx *ctx, struct eyas_value *ret)
{
	if (t->kind == EYAS_OPERAND_TEXT) {
		*ret = t->text;
		return 0;
	}
	if (t->kind != EYAS_OPERAND_FIELD)
		return apply(t, ctx->arena, value_of, ctx, ret);
	return field_value(t, ctx, ret);
}

struct asked { bool real; struct eyas_eval *eval; };

static int get_of(struct eyas_term *arg, void *how, struct eyas_value *ret)
{
	const struct asked *a = how;
	const struct eyas_value *v = a->real ? eyas_term_get_real(arg, a->eval) :
					       eyas_term_get(arg, a->eval);

	if (!v)
		return a->eval->oom ? -ENOMEM : -ENOENT;
	*ret = *v;
	return 0;
}

/* Of what is no field. */
static int work_out(struct eyas_term *t, bool real, struct eyas_eval *eval, struct eyas_value *ret)
{
	struct asked asked = { real, eval };

	if (t->kind != EYAS_OPERAND_TEXT)
		return apply(t, eval->ctx->arena, get_of, &asked, ret);
	*ret = t->text;
	return 0;
}

/* Rarely needed, so out of the way of what follows. */
static __attribute__((noinline)) int fill_slowly(struct eyas_term *t, int r, struct eyas_eval *eval)
{
	struct eyas_value *v = &t->val[EYAS_AS_GIVEN];

	if (!t->field)
		r = work_out(t, false, eval, v);
	else if (!r && !is_fit(t, v))
		r = -ENOENT;
	eval->oom |= r == -ENOMEM;
	return r;
}

void eyas_term_fill(struct eyas_term *t, struct eyas_eval *eval)
{
	struct eyas_value *v = &t->val[EYAS_AS_GIVEN];
	int r = 0;

	t->gen[EYAS_AS_GIVEN] = eval->gen[t->life];
	if (t->get)
		r = t->get(eval->ctx, &t->arg, v);
	/* As nearly all of them are. */
	if (!r && v->type == t->fits && !v->list && (v->s.p || t->num))
		t->known[EYAS_AS_GIVEN] = true;
	else
		t->known[EYAS_AS_GIVEN] = !fill_slowly(t, r, eval);
}

void eyas_term_compare(struct eyas_term *t, struct eyas_eval *eval)
{
	struct eyas_value *v = &t->val[EYAS_REAL];
	int r;

	t->gen[EYAS_REAL] = eval->gen[t->life];
	if (t->of_name && eyas_subject_is_same(eval->ctx)) {
		t->differs = t->known[EYAS_REAL] = false;
		return;
	}
	if (t->field) {
		/* A field without a real value has just the one. */
		r = t->field->get_real(eval->ctx, &t->arg, v);
		t->differs = !r && is_fit(t, v);
		t->known[EYAS_REAL] = t->differs;
	} else {
		t->differs = false;
		for (size_t i = 0; i < t->nargs; i++)
			t->differs |= eyas_term_differs(t->args[i], eval);
		r = t->differs ? work_out(t, true, eval, v) : 0;
		t->known[EYAS_REAL] = !r;
	}
	eval->oom |= r == -ENOMEM;
}
