// SPDX-License-Identifier: Apache-2.0
/* From trees to text, which parses to the same tree. */
#include "rule/unparse.h"

#include <string.h>

#define NESTED_MAX 500 /* macros in macros */

struct printer {
	const struct eyas_items *macros;
	struct eyas_strbuf *out;
	size_t end; /* of @out */
	unsigned int nested;
	bool cut;
};

/* Is it time to stop? */
static bool full(struct printer *p)
{
	if (!p->cut && p->out->len < p->end)
		return false;
	if (!p->cut)
		eyas_strbuf_adds(p->out, "...");
	p->cut = true;
	return true;
}

static void put(struct printer *p, const char *s)
{
	if (!full(p))
		eyas_strbuf_adds(p->out, s);
}

/* ---- operands ---- */

static bool needs_quotes(const struct eyas_word *w)
{
	for (size_t i = 0; i < w->len; i++)
		if ((unsigned char)w->s[i] <= ' ' || strchr("()\"'=,", w->s[i]))
			return true;
	return !w->len;
}

static void put_escaped(struct printer *p, char c)
{
	static const char from[] = "\b\f\n\r\t\\\"", to[] = "bfnrt\\\"";
	const char *known = c ? strchr(from, c) : NULL;

	if (known)
		eyas_strbuf_addf(p->out, "\\%c", to[known - from]);
	else if ((unsigned char)c < ' ')
		eyas_strbuf_addf(p->out, "\\x%02x", (unsigned int)(unsigned char)c);
	else
		eyas_strbuf_addc(p->out, c);
}

static void put_word(struct printer *p, const struct eyas_word *w)
{
	if (full(p))
		return;
	if (!needs_quotes(w)) {
		eyas_strbuf_add(p->out, w->s, w->len);
		return;
	}
	eyas_strbuf_addc(p->out, '"');
	for (size_t i = 0; i < w->len; i++)
		put_escaped(p, w->s[i]);
	eyas_strbuf_addc(p->out, '"');
}

static void put_operand(struct printer *p, const struct eyas_operand *o);

static void put_operands(struct printer *p, const struct eyas_operand *o)
{
	put(p, "(");
	for (size_t i = 0; i < o->nargs && !p->cut; i++) {
		put(p, i ? ", " : "");
		put_operand(p, &o->args[i]);
	}
	put(p, ")");
}

static void put_operand(struct printer *p, const struct eyas_operand *o)
{
	switch (o->kind) {
	case EYAS_OPERAND_TEXT:
		put_word(p, &o->name);
		return;
	case EYAS_OPERAND_LIST:
		put_operands(p, o);
		return;
	case EYAS_OPERAND_FIELD:
		put(p, o->name.s);
		break;
	case EYAS_OPERAND_XFORM:
		put(p, o->name.s);
		put_operands(p, o);
		break;
	}
	if (!o->has_arg)
		return;
	put(p, "[");
	put_word(p, &o->arg);
	put(p, "]");
}

/* ---- nodes ---- */

static void put_node(struct printer *p, const struct eyas_ast *ast);

static void put_check(struct printer *p, const struct eyas_ast *ast)
{
	put_operand(p, &ast->check.lhs);
	put(p, " ");
	put(p, ast->check.op->name);
	if (ast->check.mod) {
		put(p, " ");
		put(p, eyas_modifier_name(ast->check.mod));
	}
	if (ast->check.op->form == EYAS_OP_UNARY)
		return;
	put(p, " ");
	put_operand(p, &ast->check.rhs);
}

static void put_macro(struct printer *p, const struct eyas_ast *ast)
{
	const struct eyas_macro_def *m = NULL;

	if (p->macros)
		m = eyas_items_macro(p->macros, ast->macro.s, ast->macro.len);
	if (!m || !m->ast) {
		put(p, ast->macro.s);
		return;
	}
	if (p->nested == NESTED_MAX) {
		p->end = 0;
		full(p);
		return;
	}
	p->nested++;
	put_node(p, m->ast);
	p->nested--;
}

static void put_node(struct printer *p, const struct eyas_ast *ast)
{
	const char *word = ast->kind == EYAS_AST_AND ? " and " : " or ";

	if (full(p))
		return;
	switch (ast->kind) {
	case EYAS_AST_CHECK:
		put_check(p, ast);
		return;
	case EYAS_AST_MACRO:
		put_macro(p, ast);
		return;
	case EYAS_AST_NOT:
		put(p, "not ");
		put_node(p, ast->kids.v[0]);
		return;
	case EYAS_AST_OR:
	case EYAS_AST_AND:
		break;
	}
	put(p, "(");
	for (size_t i = 0; i < ast->kids.len && !p->cut; i++) {
		put(p, i ? word : "");
		put_node(p, ast->kids.v[i]);
	}
	put(p, ")");
}

void eyas_unparse(const struct eyas_ast *ast, const struct eyas_items *macros, size_t max,
		  struct eyas_strbuf *out)
{
	struct printer p = { .macros = macros, .out = out, .end = out->len + max };

	put_node(&p, ast);
}
