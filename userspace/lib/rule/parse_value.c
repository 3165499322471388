// SPDX-License-Identifier: Apache-2.0
/* Operands of conditions: fields, transformers, numbers, strings, lists. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include "rule/parser.h"
#include "rule/xform.h"

#define FIELD_HINT "a transformer takes a field, as in tolower(proc.name)"

/* ---- errors ---- */

int eyas_parser_fail_at(struct eyas_parser *p, struct eyas_loc loc, const char *hint,
			const char *fmt, ...)
{
	va_list ap;

	p->perr->loc = loc;
	p->perr->hint = hint;
	p->perr->err.code = -EINVAL;
	va_start(ap, fmt);
	vsnprintf(p->perr->err.msg, sizeof(p->perr->err.msg), fmt, ap);
	va_end(ap);
	return -EINVAL;
}

int eyas_parser_fail(struct eyas_parser *p, const char *msg, const char *hint)
{
	struct eyas_loc here = { p->lx.pos, p->lx.pos };

	return eyas_parser_fail_at(p, here, hint, "%s", msg);
}

/* "'a', 'b'" of the names of a table. */
static const char *names_of_xforms(char *buf, size_t size, bool rhs)
{
	size_t n, used = 0;
	const struct eyas_xform *x = eyas_xform_table(&n);

	buf[0] = '\0';
	for (size_t i = 0; i < n && used < size; i++) {
		if (x[i].rhs_only && !rhs)
			continue;
		used += (size_t)snprintf(buf + used, size - used, "%s'%s'", used ? ", " : "",
					 x[i].name);
	}
	return buf;
}

#define HINT_QUOTES "text with blanks or any of ()\"'=, must be in quotes"
#define HINT_NUMBER "numbers are written as 10, -1, 1.5 or 0x1f"
#define HINT_LIST "a list is written as (a, b), or by its name"

static int fail_value(struct eyas_parser *p, const char *what, const char *hint)
{
	struct eyas_loc here = { p->lx.pos, p->lx.pos };
	char names[160];

	return eyas_parser_fail_at(p, here, hint,
				   "expected %s or a field with a valid transformer: %s", what,
				   names_of_xforms(names, sizeof(names), true));
}

int eyas_parser_push(struct eyas_parser *p)
{
	struct eyas_loc here = { p->lx.pos, p->lx.pos };

	if (++p->depth < p->max_depth)
		return 0;
	return eyas_parser_fail_at(p, here, "put parts of it into macros",
				   "exceeded max depth limit of %u", p->max_depth);
}

/* ---- operands ---- */

static int take_word(struct eyas_parser *p, struct eyas_operand *ret)
{
	ret->kind = EYAS_OPERAND_TEXT;
	ret->loc = p->lx.last;
	return eyas_lex_word(&p->lx, &ret->name);
}

/* 1 if a string in quotes stood here. */
static int take_quoted(struct eyas_parser *p, struct eyas_operand *ret)
{
	int r = eyas_lex_quoted(&p->lx, &ret->name, &p->perr->err);

	if (r == -EINVAL) {
		p->perr->loc = p->lx.last;
		p->perr->hint = "known escapes are \\b \\f \\n \\r \\t \\\\ \\/ \\\" \\' and \\xHH";
	}
	if (r <= 0)
		return r;
	ret->kind = EYAS_OPERAND_TEXT;
	ret->quoted = true;
	ret->loc = p->lx.last;
	return 1;
}

/* "[arg]" right after a field or transformer. */
static int take_subscript(struct eyas_parser *p, struct eyas_operand *ret)
{
	int r;

	if (!eyas_lex_str(&p->lx, "["))
		return 0;
	r = eyas_lex_quoted(&p->lx, &ret->arg, &p->perr->err);
	if (r == -EINVAL)
		p->perr->loc = p->lx.last;
	if (r < 0)
		return r;
	if (!r) {
		if (!eyas_lex_bare_arg(&p->lx))
			return eyas_parser_fail(p,
						"expected a valid field argument: a quoted "
						"string or a bare string",
						"as in proc.aname[2]");
		r = eyas_lex_word(&p->lx, &ret->arg);
		if (r)
			return r;
	}
	ret->has_arg = true;
	if (!eyas_lex_str(&p->lx, "]"))
		return eyas_parser_fail(p, "expected a ']' token", NULL);
	ret->loc.end = p->lx.pos;
	return 0;
}

/* 1 if a field stood here. */
int eyas_parser_field(struct eyas_parser *p, struct eyas_operand *ret)
{
	int r;

	if (!eyas_lex_field(&p->lx))
		return 0;
	ret->kind = EYAS_OPERAND_FIELD;
	ret->loc = p->lx.last;
	r = eyas_lex_word(&p->lx, &ret->name);
	if (!r)
		r = take_subscript(p, ret);
	return r ? r : 1;
}

/* Move what was collected since @from to the arena. */
static int keep_items(struct eyas_parser *p, size_t from, struct eyas_operand *ret)
{
	size_t n = p->items.len - from;

	p->items.len = from;
	if (!n)
		return 0;
	ret->args = eyas_arena_alloc(p->lx.arena, n * sizeof(*ret->args));
	if (!ret->args)
		return -ENOMEM;
	memcpy(ret->args, p->items.data + from, n * sizeof(*ret->args));
	ret->nargs = n;
	return 0;
}

static int take_item_list(struct eyas_parser *p, struct eyas_operand *ret);

/* An argument: field, transformer; of a few transformers a list or a constant, too. */
static int take_argument(struct eyas_parser *p, const struct eyas_xform *x,
			 struct eyas_operand *ret)
{
	char names[160];
	int r;

	eyas_lex_blank(&p->lx);
	r = x->rhs_only ? 0 : eyas_parser_transformer(p, false, ret);
	if (!r)
		r = eyas_parser_field(p, ret);
	if (!r && x->many)
		r = take_quoted(p, ret);
	if (!r && x->many)
		r = take_item_list(p, ret);
	if (r)
		return r < 0 ? r : 0;
	if (x->rhs_only)
		return eyas_parser_fail(p, "expected a field within 'val' transformer", FIELD_HINT);
	return eyas_parser_fail_at(p, (struct eyas_loc){ p->lx.pos, p->lx.pos }, FIELD_HINT,
				   "expected a field or a nested valid transformer: %s",
				   names_of_xforms(names, sizeof(names), false));
}

/* "(a, proc.name, tolower(x))" among arguments. */
static int take_item_list(struct eyas_parser *p, struct eyas_operand *ret)
{
	struct eyas_loc loc = { p->lx.pos, p->lx.pos };
	size_t from = p->items.len;
	int r = 0;

	if (!eyas_lex_str(&p->lx, "("))
		return 0;
	eyas_lex_blank(&p->lx);
	while (!eyas_lex_str(&p->lx, ")")) {
		struct eyas_operand item = { 0 };

		if (p->items.len > from && !eyas_lex_str(&p->lx, ","))
			return eyas_parser_fail(p, "expected a ')' token", NULL);
		eyas_lex_blank(&p->lx);
		r = take_quoted(p, &item);
		if (!r)
			r = eyas_parser_transformer(p, false, &item);
		if (!r)
			r = eyas_parser_field(p, &item);
		if (!r && !eyas_lex_bare(&p->lx))
			return eyas_parser_fail(p, "expected a string value", NULL);
		if (!r)
			r = take_word(p, &item);
		if (r < 0)
			return r;
		if (eyas_vec_push(&p->items, item))
			return -ENOMEM;
		eyas_lex_blank(&p->lx);
	}
	ret->kind = EYAS_OPERAND_LIST;
	ret->loc = (struct eyas_loc){ loc.off, p->lx.pos };
	r = keep_items(p, from, ret);
	return r ? r : 1;
}

/* Is "name(" of a transformer here? Then step over it. */
static const struct eyas_xform *take_xform_name(struct eyas_parser *p, bool rhs,
						struct eyas_loc *ret_loc)
{
	struct eyas_lex save = p->lx;
	const struct eyas_xform *x;

	if (!eyas_lex_identifier(&p->lx))
		return NULL;
	*ret_loc = p->lx.last;
	x = eyas_xform_find(p->lx.s + p->lx.last.off, p->lx.last.end - p->lx.last.off);
	if (x && (rhs || !x->rhs_only) && eyas_lex_str(&p->lx, "("))
		return x;
	p->lx = save;
	return NULL;
}

/* 1 if a transformer stood here; val() only if @rhs. */
int eyas_parser_transformer(struct eyas_parser *p, bool rhs, struct eyas_operand *ret)
{
	struct eyas_loc loc;
	const struct eyas_xform *x = take_xform_name(p, rhs, &loc);
	size_t from = p->items.len;
	int r;

	if (!x)
		return 0;
	r = eyas_parser_push(p);
	for (bool more = true; more && !r;) {
		struct eyas_operand arg = { 0 };

		r = take_argument(p, x, &arg);
		if (!r)
			r = eyas_vec_push(&p->items, arg);
		eyas_lex_blank(&p->lx);
		more = x->many && !r && eyas_lex_str(&p->lx, ",");
	}
	if (r)
		return r;
	if (!eyas_lex_str(&p->lx, ")"))
		return eyas_parser_fail(p, "expected a ')' token closing the transformer", NULL);
	ret->kind = EYAS_OPERAND_XFORM;
	ret->loc = (struct eyas_loc){ loc.off, p->lx.pos };
	ret->name = (struct eyas_word){ x->name, strlen(x->name) };
	r = keep_items(p, from, ret);
	if (!r && x->subscript)
		r = take_subscript(p, ret);
	p->depth--;
	return r ? r : 1;
}

/* ---- right-hand sides ---- */

int eyas_parser_number(struct eyas_parser *p, struct eyas_operand *ret)
{
	int r = eyas_parser_push(p);

	eyas_lex_blank(&p->lx);
	if (!r && eyas_lex_number(&p->lx)) {
		p->depth--;
		return take_word(p, ret);
	}
	if (!r)
		r = eyas_parser_transformer(p, true, ret);
	if (!r)
		return fail_value(p, "a number value", HINT_NUMBER);
	p->depth--;
	return r < 0 ? r : 0;
}

/* A constant; with @xforms, a transformer, too. */
int eyas_parser_string(struct eyas_parser *p, bool xforms, struct eyas_operand *ret)
{
	int r = eyas_parser_push(p);

	eyas_lex_blank(&p->lx);
	if (!r)
		r = take_quoted(p, ret);
	if (!r && xforms)
		r = eyas_parser_transformer(p, true, ret);
	if (!r && eyas_lex_bare(&p->lx)) {
		r = take_word(p, ret);
		r = r ? r : 1;
	}
	p->depth--;
	if (r)
		return r < 0 ? r : 0;
	if (xforms)
		return fail_value(p, "a string value", HINT_QUOTES);
	return eyas_parser_fail(p, "expected a string value", HINT_QUOTES);
}

/* After "(". */
static int parse_list_items(struct eyas_parser *p, struct eyas_operand *ret)
{
	struct eyas_loc loc = p->lx.last;
	size_t from = p->items.len;
	bool more;
	int r = 0;

	eyas_lex_blank(&p->lx);
	more = !eyas_lex_str(&p->lx, ")");
	while (more) {
		struct eyas_operand item = { 0 };

		r = eyas_parser_string(p, false, &item);
		if (r)
			return r;
		if (eyas_vec_push(&p->items, item))
			return -ENOMEM;
		eyas_lex_blank(&p->lx);
		more = eyas_lex_str(&p->lx, ",");
		if (!more && !eyas_lex_str(&p->lx, ")"))
			return eyas_parser_fail(p, "expected a ')' token",
						"items of a list are set apart by commas");
	}
	ret->kind = EYAS_OPERAND_LIST;
	ret->loc = (struct eyas_loc){ loc.off, p->lx.pos };
	return keep_items(p, from, ret);
}

int eyas_parser_list(struct eyas_parser *p, bool xforms, struct eyas_operand *ret)
{
	int r = eyas_parser_push(p);

	eyas_lex_blank(&p->lx);
	if (r)
		return r;
	if (eyas_lex_str(&p->lx, "(")) {
		r = parse_list_items(p, ret);
		p->depth--;
		return r;
	}
	r = xforms ? eyas_parser_transformer(p, true, ret) : 0;
	p->depth--;
	if (r)
		return r < 0 ? r : 0;
	if (eyas_lex_identifier(&p->lx))
		return take_word(p, ret);
	if (xforms)
		return fail_value(p, "a list, an identifier,", HINT_LIST);
	return eyas_parser_fail(p, "expected a list or an identifier", "as in (a, b)");
}

static bool is_keyword(const struct eyas_lex *lx)
{
	const char *s = lx->s + lx->last.off;
	size_t n = lx->last.end - lx->last.off;

	return (n == 3 && (!memcmp(s, "and", 3) || !memcmp(s, "not", 3))) ||
	       (n == 2 && !memcmp(s, "or", 2));
}

/* "oneof" and so on, if a list follows; else it is a value. */
enum eyas_modifier eyas_parser_modifier(struct eyas_parser *p)
{
	struct eyas_lex save = p->lx;
	enum eyas_modifier mod = EYAS_MOD_NONE;

	if (eyas_lex_blank(&p->lx) && eyas_lex_identifier(&p->lx))
		mod = eyas_modifier_find(p->lx.s + p->lx.last.off, p->lx.last.end - p->lx.last.off);
	if (mod && eyas_lex_blank(&p->lx)) {
		struct eyas_lex after = p->lx;

		if (eyas_lex_str(&p->lx, "(") ||
		    (eyas_lex_identifier(&p->lx) && !is_keyword(&p->lx))) {
			p->lx = after;
			return mod;
		}
	}
	p->lx = save;
	return EYAS_MOD_NONE;
}
