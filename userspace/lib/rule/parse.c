// SPDX-License-Identifier: Apache-2.0
/* The grammar of conditions by recursive descent, bounded in depth. */
#include <errno.h>
#include <string.h>
#include "base/strbuf.h"
#include "rule/near.h"
#include "rule/parser.h"

static int parse_or(struct eyas_parser *p, struct eyas_ast **ret);

/* ---- errors ---- */

static int fail_op(struct eyas_parser *p)
{
	struct eyas_loc here = { p->lx.pos, p->lx.pos };
	_cleanup_strbuf_ struct eyas_strbuf names = EYAS_STRBUF_INIT;
	struct eyas_near near;
	struct eyas_word word = { "", 0 };
	const char *hint;
	size_t n;
	const struct eyas_op *ops = eyas_op_table(&n);

	if (eyas_lex_bare(&p->lx) && eyas_lex_word(&p->lx, &word))
		return -ENOMEM;
	eyas_near_init(&near, word.s);
	for (size_t i = 0; i < n; i++) {
		eyas_strbuf_addf(&names, "%s'%s'", i ? ", " : "", ops[i].name);
		if (word.len > 1)
			eyas_near_offer(&near, ops[i].name);
	}
	hint = eyas_near_hint(&near, "what is tested comes before the operator: proc.name = cat");
	hint = eyas_arena_strndup(p->lx.arena, hint, strlen(hint));
	if (!hint || !eyas_strbuf_ok(&names))
		return -ENOMEM;
	return eyas_parser_fail_at(p, here, hint, "expected a valid check operator: one of %s",
				   names.buf);
}

/* What is missing, or too much, where an expression should end. */
static const char *end_hint(const struct eyas_parser *p, bool inside)
{
	if (inside && p->lx.pos == p->lx.len)
		return "a '(' before this is not closed";
	if (!inside && p->lx.s[p->lx.pos] == ')')
		return "this ')' closes nothing";
	return "between two checks there must be 'and' or 'or'";
}

/* ---- checks ---- */

static int parse_comparison(struct eyas_parser *p, struct eyas_ast *ret)
{
	eyas_lex_blank(&p->lx);
	ret->check.op = eyas_lex_op(&p->lx, EYAS_OP_UNARY);
	ret->check.op_loc = p->lx.last;
	if (ret->check.op)
		return 0;
	ret->check.op = eyas_lex_op(&p->lx, EYAS_OP_NUM);
	ret->check.op_loc = p->lx.last;
	if (ret->check.op)
		return eyas_parser_number(p, &ret->check.rhs);
	ret->check.op = eyas_lex_op(&p->lx, EYAS_OP_STR);
	ret->check.op_loc = p->lx.last;
	if (ret->check.op) {
		ret->check.mod = eyas_parser_modifier(p);
		if (ret->check.mod)
			return eyas_parser_list(p, false, &ret->check.rhs);
		return eyas_parser_string(p, true, &ret->check.rhs);
	}
	ret->check.op = eyas_lex_op(&p->lx, EYAS_OP_LIST);
	ret->check.op_loc = p->lx.last;
	if (ret->check.op)
		return eyas_parser_list(p, true, &ret->check.rhs);
	return fail_op(p);
}

static struct eyas_ast *new_node(struct eyas_parser *p, enum eyas_ast_kind kind, size_t off)
{
	struct eyas_ast *n = eyas_arena_alloc(p->lx.arena, sizeof(*n));

	if (n) {
		n->kind = kind;
		n->loc = (struct eyas_loc){ off, p->lx.pos };
	}
	return n;
}

/* After "(": an expression and its ")". */
static int parse_rest(struct eyas_parser *p, struct eyas_ast **ret)
{
	int r = eyas_parser_push(p);

	if (!r)
		r = parse_or(p, ret);
	if (r)
		return r;
	eyas_lex_blank(&p->lx);
	if (!eyas_lex_str(&p->lx, ")"))
		return eyas_parser_fail(p, "expected a ')' token", end_hint(p, true));
	p->depth--;
	return 0;
}

static int parse_macro(struct eyas_parser *p, struct eyas_ast **ret)
{
	if (!eyas_lex_identifier(&p->lx))
		return eyas_parser_fail(
			p, "expected a '(' token, a field check, or an identifier",
			"a check is a field, an operator and a value: proc.name = cat");
	*ret = new_node(p, EYAS_AST_MACRO, p->lx.last.off);
	return *ret ? eyas_lex_word(&p->lx, &(*ret)->macro) : -ENOMEM;
}

static int parse_check(struct eyas_parser *p, struct eyas_ast **ret)
{
	struct eyas_operand lhs = { 0 };
	int r = eyas_parser_push(p);

	if (r)
		return r;
	eyas_lex_blank(&p->lx);
	if (eyas_lex_str(&p->lx, "(")) {
		r = parse_rest(p, ret);
		p->depth--;
		return r;
	}
	r = eyas_parser_field(p, &lhs);
	if (!r)
		r = eyas_parser_transformer(p, false, &lhs);
	if (!r)
		r = parse_macro(p, ret);
	if (r > 0) {
		*ret = new_node(p, EYAS_AST_CHECK, lhs.loc.off);
		if (!*ret)
			return -ENOMEM;
		(*ret)->check.lhs = lhs;
		r = parse_comparison(p, *ret);
		(*ret)->loc.end = p->lx.pos;
	}
	p->depth--;
	return r;
}

/* ---- and, or, not ---- */

static int keep_kids(struct eyas_parser *p, size_t from, enum eyas_ast_kind kind, size_t off,
		     struct eyas_ast **ret)
{
	size_t n = p->kids.len - from;
	struct eyas_ast **kids = p->kids.data + from;

	p->kids.len = from;
	*ret = kids[0];
	if (n == 1 && kind != EYAS_AST_NOT)
		return 0;
	*ret = new_node(p, kind, off);
	if (!*ret)
		return -ENOMEM;
	(*ret)->kids.v = eyas_arena_alloc(p->lx.arena, n * sizeof(*kids));
	if (!(*ret)->kids.v)
		return -ENOMEM;
	memcpy((*ret)->kids.v, kids, n * sizeof(*kids));
	(*ret)->kids.len = n;
	return 0;
}

static int add_kid(struct eyas_parser *p, struct eyas_ast *kid)
{
	return eyas_vec_push(&p->kids, kid);
}

static int parse_not(struct eyas_parser *p, struct eyas_ast **ret)
{
	struct eyas_ast *kid = NULL;
	bool negated = false;
	size_t off, from = p->kids.len;
	int r = eyas_parser_push(p);

	if (r)
		return r;
	eyas_lex_blank(&p->lx);
	off = p->lx.pos;
	for (;;) {
		struct eyas_lex save = p->lx;

		if (!eyas_lex_str(&p->lx, "not") || !eyas_lex_blank(&p->lx)) {
			p->lx = save;
			break;
		}
		negated = !negated;
	}
	if (eyas_lex_str(&p->lx, "not(")) {
		negated = !negated;
		r = parse_rest(p, &kid);
	} else {
		r = parse_check(p, &kid);
	}
	p->depth--;
	if (!r)
		r = add_kid(p, kid);
	return r ? r : keep_kids(p, from, negated ? EYAS_AST_NOT : EYAS_AST_AND, off, ret);
}

/* One level of "x and y and z", or the same with "or". */
static int parse_chain(struct eyas_parser *p, const char *word, enum eyas_ast_kind kind,
		       int (*below)(struct eyas_parser *p, struct eyas_ast **ret),
		       struct eyas_ast **ret)
{
	struct eyas_ast *kid = NULL;
	size_t off, from = p->kids.len;
	int r = eyas_parser_push(p);

	if (r)
		return r;
	eyas_lex_blank(&p->lx);
	off = p->lx.pos;
	r = below(p, &kid);
	if (!r)
		r = add_kid(p, kid);
	eyas_lex_blank(&p->lx);
	while (!r && eyas_lex_str(&p->lx, word)) {
		if (eyas_lex_blank(&p->lx))
			r = below(p, &kid);
		else if (eyas_lex_str(&p->lx, "("))
			r = parse_rest(p, &kid);
		else
			r = eyas_parser_fail_at(p, (struct eyas_loc){ p->lx.pos, p->lx.pos }, NULL,
						"expected blank or '(' after '%s'", word);
		if (!r)
			r = add_kid(p, kid);
		eyas_lex_blank(&p->lx);
	}
	p->depth--;
	return r ? r : keep_kids(p, from, kind, off, ret);
}

static int parse_and(struct eyas_parser *p, struct eyas_ast **ret)
{
	return parse_chain(p, "and", EYAS_AST_AND, parse_not, ret);
}

static int parse_or(struct eyas_parser *p, struct eyas_ast **ret)
{
	return parse_chain(p, "or", EYAS_AST_OR, parse_and, ret);
}

/* ---- */

static void release(struct eyas_parser *p)
{
	eyas_vec_release(&p->kids);
	eyas_vec_release(&p->items);
}

int eyas_parse_condition(const char *s, size_t len, unsigned int max_depth,
			 struct eyas_arena *arena, struct eyas_ast **ret,
			 struct eyas_parse_err *perr)
{
	_cleanup_(release) struct eyas_parser p = {
		.lx = { .s = s, .len = len, .arena = arena },
		.max_depth = max_depth,
		.perr = perr,
	};
	int r;

	memset(perr, 0, sizeof(*perr));
	if (!len)
		return eyas_parser_fail(&p, "filter input string is empty", NULL);
	r = parse_or(&p, ret);
	if (!r && p.lx.pos != len) {
		size_t n = p.lx.last.end - p.lx.last.off;

		return eyas_parser_fail_at(&p, (struct eyas_loc){ p.lx.pos, p.lx.pos },
					   end_hint(&p, false),
					   "unexpected token after '%.*s', expecting 'or', 'and'",
					   (int)(n < 64 ? n : 64), s + p.lx.last.off);
	}
	return r;
}

int eyas_parse_transformer(const char *s, size_t len, struct eyas_arena *arena,
			   struct eyas_operand *ret, size_t *ret_len, struct eyas_parse_err *perr)
{
	_cleanup_(release) struct eyas_parser p = {
		.lx = { .s = s, .len = len, .arena = arena },
		.max_depth = EYAS_PARSE_DEPTH,
		.perr = perr,
	};
	int r;

	memset(perr, 0, sizeof(*perr));
	memset(ret, 0, sizeof(*ret));
	r = eyas_parser_transformer(&p, false, ret);
	if (r == 1)
		*ret_len = p.lx.pos;
	return r;
}
