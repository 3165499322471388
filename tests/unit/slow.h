/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conditions by the book: a tree is walked for each event, constants are read
 * each time, nothing is remembered. Slow and plain, to compare the engine with.
 */
#ifndef EYAS_TEST_SLOW_H
#define EYAS_TEST_SLOW_H

#include <arpa/inet.h>
#include <fnmatch.h>
#include <regex.h>
#include "fake.h"

struct slow {
	struct fake *f;
	const struct eyas_ast *macros[64];
	const char *names[64];
	size_t nmacros;
	bool as_given;
};

/* ---- values ---- */

static bool slow_value(struct slow *s, const struct eyas_operand *o, bool real,
		       struct eyas_value *ret);

static bool slow_field(struct slow *s, const struct eyas_operand *o, bool real,
		       struct eyas_value *ret)
{
	struct eyas_field_arg arg = { 0 };
	const struct eyas_field *field = eyas_field_find(o->name.s, o->name.len, &arg);
	const struct eyas_field_ctx *ctx = &s->f->ctx;

	if (o->has_arg) {
		arg.given = true;
		arg.index = strtoull(o->arg.s, NULL, 10);
	}
	if (real && !s->as_given && field->get_real && !field->get_real(ctx, &arg, ret))
		return true;
	return !field->get(ctx, &arg, ret);
}

static struct eyas_value slow_text(struct slow *s, const char *p, size_t len)
{
	return (struct eyas_value){ .type = EYAS_T_STRING,
				    .s = { eyas_arena_strndup(&s->f->arena, p, len), len } };
}

static struct eyas_value slow_case(struct slow *s, const struct eyas_value *v, bool upper)
{
	char *p = eyas_arena_strndup(&s->f->arena, v->s.p, v->s.len);

	for (char *c = p; *c; c++) {
		if (upper && *c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
		else if (!upper && *c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	return slow_text(s, p, v->s.len);
}

static bool slow_glue(struct slow *s, const struct eyas_operand *items, size_t n,
		      const char *sep, bool real, struct eyas_value *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < n; i++) {
		struct eyas_value v;

		if (!slow_value(s, &items[i], real, &v))
			return false;
		if (i)
			eyas_strbuf_adds(&sb, sep);
		eyas_strbuf_add(&sb, v.s.p, v.s.len);
	}
	*ret = slow_text(s, sb.buf, sb.len);
	return true;
}

static bool slow_xform(struct slow *s, const struct eyas_operand *o, bool real,
		       struct eyas_value *ret)
{
	struct eyas_value v;
	const char *slash;

	if (!strcmp(o->name.s, "concat"))
		return slow_glue(s, o->args, o->nargs, "", real, ret);
	if (!slow_value(s, &o->args[0], real, &v))
		return false;
	if (!strcmp(o->name.s, "join"))
		return slow_glue(s, o->args[1].args, o->args[1].nargs, v.s.p, real, ret);
	if (!strcmp(o->name.s, "val"))
		*ret = v;
	else if (!strcmp(o->name.s, "tolower"))
		*ret = slow_case(s, &v, false);
	else if (!strcmp(o->name.s, "toupper"))
		*ret = slow_case(s, &v, true);
	else if (!strcmp(o->name.s, "len"))
		*ret = (struct eyas_value){ .type = EYAS_T_UINT,
					    .u = v.list ? v.l.len : v.s.len };
	else if (!strcmp(o->name.s, "basename")) {
		slash = strrchr(v.s.p, '/');
		*ret = slash ? fake_str(slash + 1) : v;
	} else {
		ck_abort_msg("no %s here", o->name.s);
	}
	return true;
}

static bool slow_value(struct slow *s, const struct eyas_operand *o, bool real,
		       struct eyas_value *ret)
{
	if (o->kind == EYAS_OPERAND_FIELD)
		return slow_field(s, o, real, ret);
	if (o->kind == EYAS_OPERAND_XFORM)
		return slow_xform(s, o, real, ret);
	*ret = fake_str(o->name.s);
	return true;
}

static struct eyas_value slow_const(enum eyas_type type, const char *s)
{
	struct eyas_value v = { .type = type };
	char addr[64];
	const char *slash;

	switch (type) {
	case EYAS_T_INT:
		v.i = strtoll(s, NULL, 0);
		break;
	case EYAS_T_DOUBLE:
		v.d = strtod(s, NULL);
		break;
	case EYAS_T_BOOL:
		v.u = !strcmp(s, "true");
		break;
	case EYAS_T_IP:
	case EYAS_T_NET:
		slash = strchr(s, '/');
		snprintf(addr, sizeof(addr), "%.*s", (int)(slash ? slash - s : 63), s);
		v.ip.family = inet_pton(AF_INET, addr, v.ip.addr) == 1 ? 4 : 6;
		if (v.ip.family == 6)
			ck_assert_int_eq(inet_pton(AF_INET6, addr, v.ip.addr), 1);
		v.ip.prefix = (uint8_t)(slash ? strtoul(slash + 1, NULL, 10) : 128);
		break;
	case EYAS_T_UINT:
	case EYAS_T_PORT:
	case EYAS_T_RELTIME:
	case EYAS_T_ABSTIME:
		v.u = strtoull(s, NULL, 0);
		break;
	case EYAS_T_NONE:
	case EYAS_T_STRING:
	case EYAS_T_BYTES:
		return fake_str(s);
	}
	return v;
}

/* ---- operators ---- */

static bool slow_path(const char *pattern, const char *path)
{
	char want[64], have[64];
	int n;

	for (;;) {
		pattern += strspn(pattern, "/");
		path += strspn(path, "/");
		if (sscanf(pattern, "%63[^/]%n", want, &n) != 1)
			return true;
		pattern += n;
		if (sscanf(path, "%63[^/]%n", have, &n) != 1)
			return false;
		path += n;
		if (fnmatch(want, have, 0) != 0)
			return false;
	}
}

static bool slow_regex(const char *pattern, const char *text)
{
	char whole[128];
	regex_t re;
	int r;

	snprintf(whole, sizeof(whole), "^(%s)$", pattern);
	ck_assert_int_eq(regcomp(&re, whole, REG_EXTENDED | REG_NOSUB), 0);
	r = regexec(&re, text, 0, NULL, 0);
	regfree(&re);
	return !r;
}

static bool slow_ends(const char *a, const char *b)
{
	return strlen(a) >= strlen(b) && !strcmp(a + strlen(a) - strlen(b), b);
}

static bool slow_strings(enum eyas_op_id op, const char *a, const char *b)
{
	switch (op) {
	case EYAS_OP_LT:		return strcmp(a, b) < 0;
	case EYAS_OP_LE:		return strcmp(a, b) <= 0;
	case EYAS_OP_GT:		return strcmp(a, b) > 0;
	case EYAS_OP_GE:		return strcmp(a, b) >= 0;
	case EYAS_OP_NE:		return strcmp(a, b) != 0;
	case EYAS_OP_CONTAINS:		return strstr(a, b);
	case EYAS_OP_ICONTAINS:		return strcasestr(a, b);
	case EYAS_OP_STARTSWITH:	return !strncmp(a, b, strlen(b));
	case EYAS_OP_ENDSWITH:		return slow_ends(a, b);
	case EYAS_OP_GLOB:		return !fnmatch(b, a, 0);
	case EYAS_OP_IGLOB:		return !fnmatch(b, a, FNM_CASEFOLD);
	case EYAS_OP_REGEX:		return slow_regex(b, a);
	case EYAS_OP_PMATCH:		return slow_path(b, a);
	default:			return !strcmp(a, b);
	}
}

static bool slow_inside(const struct eyas_value *a, const struct eyas_value *net, bool ip)
{
	unsigned int bits = ip ? a->ip.family == 4 ? 32 : 128 : net->ip.prefix;

	if (a->ip.family != net->ip.family)
		return false;
	for (unsigned int i = 0; i < bits; i++)
		if ((a->ip.addr[i / 8] ^ net->ip.addr[i / 8]) >> (7 - i % 8) & 1)
			return false;
	return true;
}

static bool slow_by_sign(enum eyas_op_id op, int sign)
{
	switch (op) {
	case EYAS_OP_LT:	return sign < 0;
	case EYAS_OP_LE:	return sign <= 0;
	case EYAS_OP_GT:	return sign > 0;
	case EYAS_OP_GE:	return sign >= 0;
	case EYAS_OP_NE:	return sign != 0;
	default:		return sign == 0;
	}
}

static bool slow_test(enum eyas_op_id op, enum eyas_type type, const struct eyas_value *a,
		      const struct eyas_value *b)
{
	switch (type) {
	case EYAS_T_STRING:
	case EYAS_T_BYTES:
	case EYAS_T_NONE:
		return slow_strings(op, a->s.p, b->s.p);
	case EYAS_T_IP:
	case EYAS_T_NET:
		return slow_inside(a, b, type == EYAS_T_IP) == (op != EYAS_OP_NE);
	case EYAS_T_INT:
		return slow_by_sign(op, (a->i > b->i) - (a->i < b->i));
	case EYAS_T_DOUBLE:
		return slow_by_sign(op, (a->d > b->d) - (a->d < b->d));
	default:
		return slow_by_sign(op, (a->u > b->u) - (a->u < b->u));
	}
}

/* ---- checks ---- */

static const struct eyas_field *slow_field_of(const struct eyas_operand *o)
{
	struct eyas_field_arg arg;

	return o->kind == EYAS_OPERAND_FIELD ? eyas_field_find(o->name.s, o->name.len, &arg) : NULL;
}

/* One value of the left side against all of the right. */
static bool slow_one(struct slow *s, const struct eyas_ast *a, bool real,
		     const struct eyas_value *v, enum eyas_type type)
{
	const struct eyas_operand *rhs = &a->check.rhs;
	const struct eyas_operand *items = rhs->kind == EYAS_OPERAND_LIST ? rhs->args : rhs;
	size_t n = rhs->kind == EYAS_OPERAND_LIST ? rhs->nargs : 1, passed = 0;

	if (rhs->kind == EYAS_OPERAND_XFORM) {
		struct eyas_value other;

		return slow_value(s, rhs, real, &other) &&
		       slow_test(a->check.op->id, type, v, &other);
	}
	for (size_t i = 0; i < n; i++) {
		struct eyas_value c = slow_const(type, items[i].name.s);

		passed += slow_test(a->check.op->id, type, v, &c);
	}
	switch (a->check.mod) {
	case EYAS_MOD_ONEOF:	return passed == 1;
	case EYAS_MOD_ALLOF:	return n && passed == n;
	case EYAS_MOD_ANYOF:
	case EYAS_MOD_NONE:	break;
	}
	return passed;
}

static bool slow_check(struct slow *s, const struct eyas_ast *a, bool real)
{
	const struct eyas_field *field = slow_field_of(&a->check.lhs);
	enum eyas_type type = field ? field->type : EYAS_T_STRING;
	bool any = field && field->flags & EYAS_FIELD_ANY && !a->check.lhs.has_arg;
	bool all = any ? a->check.op->id == EYAS_OP_NE && !(field->flags & EYAS_FIELD_JOIN) :
			 a->check.op->id == EYAS_OP_IN;
	struct eyas_value v;
	size_t passed = 0;

	if (!strcmp(a->check.lhs.name.s, "len"))
		type = EYAS_T_UINT;
	if (!slow_value(s, &a->check.lhs, real, &v))
		return false;
	if (any && v.list && !v.l.len)
		return false;
	if (a->check.op->id == EYAS_OP_EXISTS)
		return true;
	if (!v.list)
		return slow_one(s, a, real, &v, type);
	for (size_t i = 0; i < v.l.len; i++)
		passed += slow_one(s, a, real, &v.l.v[i], type);
	return all ? passed == v.l.len : passed > 0;
}

/*
 * A test that speaks for an alert holds if the path as given or the real one
 * satisfies it; one that speaks against it holds only if both do.
 */
static bool slow_eval(struct slow *s, const struct eyas_ast *a, bool against)
{
	switch (a->kind) {
	case EYAS_AST_OR:
		for (size_t i = 0; i < a->kids.len; i++)
			if (slow_eval(s, a->kids.v[i], against))
				return true;
		return false;
	case EYAS_AST_AND:
		for (size_t i = 0; i < a->kids.len; i++)
			if (!slow_eval(s, a->kids.v[i], against))
				return false;
		return true;
	case EYAS_AST_NOT:
		return !slow_eval(s, a->kids.v[0], !against);
	case EYAS_AST_CHECK:
		if (against)
			return slow_check(s, a, false) && slow_check(s, a, true);
		return slow_check(s, a, false) || slow_check(s, a, true);
	case EYAS_AST_MACRO:
		break;
	}
	for (size_t i = 0; i < s->nmacros; i++)
		if (!strcmp(s->names[i], a->macro.s))
			return slow_eval(s, s->macros[i], against);
	ck_abort_msg("no macro %s", a->macro.s);
	return false;
}

#endif
