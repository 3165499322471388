// SPDX-License-Identifier: Apache-2.0
/* Output formats: pieces of text and terms in turn. Values as people read them. */
#include "rule/format.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include "rule/eval.h"

#define WIDTH_MAX	4096

/* Text, or a term that is printed. */
struct piece {
	const char *text;	/* NULL: a term */
	size_t len;
	struct eyas_term *term;
	size_t width;		/* 0: as long as it is */
};

/* One of the fields printed, by its name. */
struct shown { const char *key; struct eyas_term *term; };

struct eyas_format {
	struct piece *pieces;
	size_t npieces;
	struct shown *shown;
	size_t nshown;
};

/* What is being compiled. */
struct input {
	struct eyas_build *b;
	const char *s;
	size_t len, pos;
	EYAS_VEC(struct piece) pieces;
	EYAS_VEC(struct shown) shown;
};

static void release(struct input *in)
{
	eyas_vec_release(&in->pieces);
	eyas_vec_release(&in->shown);
}

/* ---- fields and transformers in the text ---- */

static int fail(struct input *in, size_t off, const char *hint, const char *msg)
{
	return eyas_build_fail(in->b, (struct eyas_loc){ off, in->pos }, hint, "%s", msg);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.';
}

/* The longest field that the text at @p begins with, 0: none. */
static size_t field_len(const struct eyas_prog *prog, const char *p, size_t len,
			const struct eyas_field **ret)
{
	size_t n = 0;

	while (n < len && is_name(p[n]))
		n++;
	for (; n; n--) {
		struct eyas_field_arg arg = { 0 };
		struct eyas_err err;

		*ret = eyas_prog_field(prog, p, n, &arg);
		/* An event's argument may be known or not, whatever its name. */
		if (*ret && (!arg.key || !(*ret)->bind || !(*ret)->bind(&arg, &err)))
			return n;
	}
	return 0;
}

/* "[arg]", quoted or not: its length, 0 if there is none. */
static size_t arg_len(const char *p, size_t len, struct eyas_word *ret)
{
	const char *end = p + len, *q;
	char quote = len > 1 && (p[1] == '"' || p[1] == '\'') ? p[1] : '\0';

	if (len < 3 || *p != '[')
		return 0;
	p += quote ? 2 : 1;
	q = memchr(p, quote ? quote : ']', (size_t)(end - p));
	if (!q || q == p || (quote && (end - q < 2 || q[1] != ']')))
		return 0;
	*ret = (struct eyas_word){ p, (size_t)(q - p) };
	return (size_t)(q + (quote ? 2 : 1) - (end - len));
}

static int keep(struct input *in, struct eyas_word *w)
{
	w->s = eyas_arena_strndup(&in->b->prog->arena, w->s, w->len);
	return w->s ? 0 : -ENOMEM;
}

static int unknown(struct input *in, size_t off)
{
	const char *near, *hint = NULL;
	size_t n = 0;

	while (off + n < in->len && is_name(in->s[off + n]))
		n++;
	/* What else stands there, so that something is shown. */
	n += !n;
	in->pos = off + n;
	near = eyas_field_nearest(in->s + off, n);
	if (near)
		hint = eyas_arena_printf(&in->b->prog->arena, "did you mean '%%%s'?", near);
	return eyas_build_fail(in->b, (struct eyas_loc){ off, off + n },
			       hint ? hint : "'eyas rules fields' lists all of them",
			       "invalid formatting token %.*s: unknown filter: %.*s",
			       (int)(n < 100 ? n : 100), in->s + off, (int)(n < 100 ? n : 100),
			       in->s + off);
}

/* A field at the cursor, as an operand. */
static int take_field(struct input *in, struct eyas_operand *o)
{
	const struct eyas_field *f;
	const char *p = in->s + in->pos;
	size_t off = in->pos, n = field_len(in->b->prog, p, in->len - off, &f);
	int r;

	if (!n)
		return unknown(in, off);
	o->kind = EYAS_OPERAND_FIELD;
	o->name = (struct eyas_word){ p, n };
	r = keep(in, &o->name);
	in->pos += n;
	if (!r && f->flags & (EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_REQ)) {
		n = arg_len(p + n, in->len - in->pos, &o->arg);
		o->has_arg = n;
		in->pos += n;
		r = n ? keep(in, &o->arg) : 0;
	}
	o->loc = (struct eyas_loc){ off, in->pos };
	return r;
}

static void move(struct eyas_operand *o, size_t by)
{
	o->loc.off += by;
	o->loc.end += by;
	for (size_t i = 0; i < o->nargs; i++)
		move(&o->args[i], by);
}

static int take_operand(struct input *in, struct eyas_operand *o)
{
	size_t n = 0;
	int r = eyas_parse_transformer(in->s + in->pos, in->len - in->pos, &in->b->prog->arena, o,
				       &n, in->b->perr);

	if (r < 0) {
		in->b->perr->loc.off += in->pos;
		in->b->perr->loc.end += in->pos;
		return r;
	}
	if (!r)
		return take_field(in, o);
	move(o, in->pos);
	in->pos += n;
	return 0;
}

/* ---- compiling ---- */

/* Fields are members of an alert, each once; of a transformer, those that it is applied to. */
static int show(struct input *in, struct eyas_term *t)
{
	int r = 0;

	if (t->kind == EYAS_OPERAND_TEXT)
		return 0;
	for (size_t i = 0; i < t->nargs && !r; i++)
		r = show(in, t->args[i]);
	if (r || t->kind != EYAS_OPERAND_FIELD)
		return r;
	eyas_vec_for_each(&in->shown, it)
		if (!strcmp(it->key, t->key))
			return 0;
	return eyas_vec_push(&in->shown, (struct shown){ t->key, t });
}

static int add_text(struct input *in, size_t len)
{
	struct piece p = { .len = len };

	if (!len)
		return 0;
	p.text = eyas_arena_strndup(&in->b->prog->arena, in->s + in->pos, len);
	in->pos += len;
	return p.text ? eyas_vec_push(&in->pieces, p) : -ENOMEM;
}

/* After "%". */
static int add_term(struct input *in)
{
	struct eyas_operand o = { 0 };
	struct piece p = { 0 };
	size_t off = in->pos - 1;
	int r;

	for (; in->pos < in->len && in->s[in->pos] >= '0' && in->s[in->pos] <= '9'; in->pos++) {
		p.width = p.width * 10 + (size_t)(in->s[in->pos] - '0');
		if (p.width > WIDTH_MAX)
			return fail(in, off, "the largest one is 4096",
				    "invalid formatting syntax: width too large");
	}
	if (in->pos == in->len)
		return fail(in, off, "there is no way to print a % itself",
			    "invalid formatting syntax: formatting cannot end with a %");
	r = take_operand(in, &o);
	if (!r)
		r = eyas_build_term(in->b, &o, EYAS_USE_OUTPUT, &p.term);
	if (!r)
		r = show(in, p.term);
	return r ? r : eyas_vec_push(&in->pieces, p);
}

static int finish(struct input *in, struct eyas_format **ret)
{
	struct eyas_arena *arena = &in->b->prog->arena;
	struct eyas_format *f = eyas_arena_alloc(arena, sizeof(*f));

	if (!f)
		return -ENOMEM;
	f->npieces = in->pieces.len;
	f->nshown = in->shown.len;
	f->pieces = eyas_arena_alloc(arena, (f->npieces + 1) * sizeof(*f->pieces));
	f->shown = eyas_arena_alloc(arena, (f->nshown + 1) * sizeof(*f->shown));
	if (!f->pieces || !f->shown)
		return -ENOMEM;
	if (f->npieces)
		memcpy(f->pieces, in->pieces.data, f->npieces * sizeof(*f->pieces));
	if (f->nshown)
		memcpy(f->shown, in->shown.data, f->nshown * sizeof(*f->shown));
	*ret = f;
	return 0;
}

int eyas_format_compile(struct eyas_build *b, const char *text, size_t len,
			struct eyas_format **ret)
{
	_cleanup_(release) struct input in = { .b = b, .s = text, .len = len };
	int r = 0;

	/* "*" asks for what is done anyway: a line though a field is missing. */
	if (len && *text == '*')
		in.pos = 1;
	while (!r && in.pos < len) {
		const char *p = text + in.pos, *percent = memchr(p, '%', len - in.pos);

		r = add_text(&in, percent ? (size_t)(percent - p) : len - in.pos);
		if (r || !percent)
			break;
		in.pos++;
		r = add_term(&in);
	}
	return r ? r : finish(&in, ret);
}

/* ---- values as text ---- */

static void add_bytes(struct eyas_strbuf *out, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		eyas_strbuf_addc(out, p[i] >= ' ' && p[i] <= '~' ? p[i] : '.');
}

static void add_ip(struct eyas_strbuf *out, const struct eyas_value *v)
{
	char buf[INET6_ADDRSTRLEN];

	if (!inet_ntop(v->ip.family == 4 ? AF_INET : AF_INET6, v->ip.addr, buf, sizeof(buf)))
		return;
	eyas_strbuf_adds(out, buf);
	if (v->type == EYAS_T_NET)
		eyas_strbuf_addf(out, "/%u", (unsigned int)v->ip.prefix);
}

static void add_one(const struct eyas_field *field, const struct eyas_value *v,
		    struct eyas_strbuf *out)
{
	switch (v->type) {
	case EYAS_T_NONE:
		return;
	case EYAS_T_STRING:
		eyas_strbuf_add(out, v->s.p, v->s.len);
		return;
	case EYAS_T_BYTES:
		add_bytes(out, v->s.p, v->s.len);
		return;
	case EYAS_T_BOOL:
		eyas_strbuf_adds(out, v->u ? "true" : "false");
		return;
	case EYAS_T_DOUBLE:
		eyas_strbuf_addf(out, "%.1f", v->d);
		return;
	case EYAS_T_IP:
	case EYAS_T_NET:
		add_ip(out, v);
		return;
	case EYAS_T_INT:
	case EYAS_T_UINT:
	case EYAS_T_RELTIME:
	case EYAS_T_ABSTIME:
	case EYAS_T_PORT:
		break;
	}
	if (field && field->flags & EYAS_FIELD_HEX)
		eyas_strbuf_addf(out, "%llX", (unsigned long long)v->u);
	else if (field && field->flags & EYAS_FIELD_PADDED)
		eyas_strbuf_addf(out, "%09llu", (unsigned long long)v->u);
	else if (v->type == EYAS_T_INT)
		eyas_strbuf_addi(out, v->i);
	else
		eyas_strbuf_addu(out, v->u);
}

void eyas_value_format(const struct eyas_field *field, const struct eyas_value *val,
		       struct eyas_strbuf *out)
{
	bool plain = field && field->flags & EYAS_FIELD_JOIN;

	if (!val->list) {
		add_one(field, val, out);
		return;
	}
	if (!plain)
		eyas_strbuf_addc(out, '(');
	for (size_t i = 0; i < val->l.len; i++) {
		if (i)
			eyas_strbuf_addc(out, plain ? ' ' : ',');
		add_one(field, &val->l.v[i], out);
	}
	if (!plain)
		eyas_strbuf_addc(out, ')');
}

/* ---- rendering ---- */

/* Exactly @width bytes from @from on. */
static void fit(struct eyas_strbuf *out, size_t from, size_t width)
{
	if (!eyas_strbuf_ok(out))
		return;
	if (out->len - from > width)
		eyas_strbuf_cut(out, from + width);
	while (eyas_strbuf_ok(out) && out->len - from < width)
		eyas_strbuf_addc(out, ' ');
}

static int add_piece(const struct piece *p, struct eyas_field_ctx *ctx, struct eyas_strbuf *out)
{
	size_t from = out->len;
	struct eyas_value v;
	int r;

	if (p->text) {
		eyas_strbuf_add(out, p->text, p->len);
		return 0;
	}
	r = eyas_term_value(p->term, ctx, &v);
	if (r == -ENOMEM)
		return r;
	if (r)
		eyas_strbuf_adds(out, "<NA>");
	else
		eyas_value_format(p->term->field, &v, out);
	if (p->width)
		fit(out, from, p->width);
	return 0;
}

int eyas_format_render(const struct eyas_format *f, struct eyas_field_ctx *ctx,
		       struct eyas_strbuf *out)
{
	int r = 0;

	for (size_t i = 0; i < f->npieces && !r; i++)
		r = add_piece(&f->pieces[i], ctx, out);
	return r ? r : eyas_strbuf_ok(out) ? 0 : -ENOMEM;
}

int eyas_format_fields(const struct eyas_format *f, struct eyas_field_ctx *ctx,
		       int (*fn)(const char *key, const struct eyas_field *field,
				 const struct eyas_value *val, void *arg),
		       void *arg)
{
	int r = 0;

	for (size_t i = 0; i < f->nshown && !r; i++) {
		struct eyas_term *t = f->shown[i].term;
		struct eyas_value v;

		r = eyas_term_value(t, ctx, &v);
		if (r != -ENOMEM)
			r = fn(f->shown[i].key, t->field, r ? NULL : &v, arg);
	}
	return r;
}

const struct eyas_term *eyas_format_term(const struct eyas_format *f, size_t i)
{
	return i < f->nshown ? f->shown[i].term : NULL;
}
