// SPDX-License-Identifier: Apache-2.0
/* Transformers, one row each; getopt() is in getopts.c. */
#include "rule/xform.h"

#include <errno.h>
#include <string.h>
#include "rule/getopts.h"
#include "rule/op.h"

#define CHECK(fn)	static int fn(const struct eyas_xform *x, const struct eyas_shape *args, \
				      size_t n, bool subscript, struct eyas_shape *ret,	\
				      struct eyas_err *err)
#define APPLY(fn)	static int fn(const struct eyas_value *args, size_t n, const char *sub, \
				      struct eyas_arena *arena, struct eyas_value *ret)

/* ---- checks ---- */

static int bad_type(const struct eyas_xform *x, const struct eyas_shape *arg, struct eyas_err *err)
{
	return eyas_err_set(err, -EINVAL, "can't add field transformer: type '%s%s' is not "
			    "supported by '%s' transformer applied on field '%s'",
			    arg->list ? "list of " : "", eyas_type_name(arg->type), x->name,
			    arg->name);
}

static bool is_text(const struct eyas_shape *s)
{
	return s->type == EYAS_T_STRING;
}

CHECK(check_text)
{
	if (!is_text(&args[0]))
		return bad_type(x, &args[0], err);
	(void)n, (void)subscript;
	*ret = args[0];
	return 0;
}

CHECK(check_blob)
{
	if (!is_text(&args[0]) && args[0].type != EYAS_T_BYTES)
		return bad_type(x, &args[0], err);
	(void)n, (void)subscript;
	*ret = args[0];
	return 0;
}

CHECK(check_len)
{
	if (!args[0].list && !is_text(&args[0]) && args[0].type != EYAS_T_BYTES)
		return bad_type(x, &args[0], err);
	(void)n, (void)subscript;
	*ret = args[0];
	ret->type = EYAS_T_UINT;
	ret->list = false;
	return 0;
}

CHECK(check_val)
{
	(void)x, (void)n, (void)subscript, (void)err;
	*ret = args[0];
	return 0;
}

CHECK(check_join)
{
	(void)x, (void)subscript;
	if (n != 2)
		return eyas_err_set(err, -EINVAL,
				    "join() requires exactly 2 arguments: separator and list");
	if (args[0].list || !is_text(&args[0]))
		return eyas_err_set(err, -EINVAL, "join() separator must be a string");
	if (!args[1].list || !is_text(&args[1]))
		return eyas_err_set(err, -EINVAL,
				    "join() second argument must be a list of strings");
	*ret = args[1];
	ret->list = false;
	return 0;
}

CHECK(check_concat)
{
	(void)x, (void)subscript;
	if (n < 2)
		return eyas_err_set(err, -EINVAL, "concat() requires at least 2 arguments");
	for (size_t i = 0; i < n; i++)
		if (args[i].list || !is_text(&args[i]))
			return eyas_err_set(err, -EINVAL, "concat() arguments must be strings");
	*ret = args[0];
	return 0;
}

CHECK(check_getopt)
{
	(void)x;
	if (n != 2)
		return eyas_err_set(err, -EINVAL,
				    "getopt() requires exactly 2 arguments: args list "
				    "and optstring");
	if (!args[0].list || !is_text(&args[0]))
		return eyas_err_set(err, -EINVAL,
				    "getopt() first argument must be a list of strings");
	if (args[1].list || !is_text(&args[1]))
		return eyas_err_set(err, -EINVAL, "getopt() optstring must be a string");
	*ret = args[0];
	ret->list = !subscript;
	return 0;
}

/* ---- what they do ---- */

/* Apply @fn to a value, or to each element of a list. */
static int each(const struct eyas_value *arg, struct eyas_arena *arena, struct eyas_value *ret,
		int (*fn)(const struct eyas_value *in, struct eyas_arena *arena,
			  struct eyas_value *ret))
{
	struct eyas_value *out;
	int r = 0;

	if (!arg->list)
		return fn(arg, arena, ret);
	out = eyas_arena_alloc(arena, (arg->l.len ? arg->l.len : 1) * sizeof(*out));
	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < arg->l.len && !r; i++)
		r = fn(&arg->l.v[i], arena, &out[i]);
	*ret = *arg;
	ret->l.v = out;
	return r;
}

static int new_text(const struct eyas_value *like, size_t len, struct eyas_arena *arena,
		    char **ret_buf, struct eyas_value *ret)
{
	*ret_buf = eyas_arena_alloc(arena, len + 1);
	if (!*ret_buf)
		return -ENOMEM;
	*ret = *like;
	ret->s.p = *ret_buf;
	ret->s.len = len;
	return 0;
}

static int change_case(const struct eyas_value *in, struct eyas_arena *arena, char from,
		       struct eyas_value *ret)
{
	char *buf;
	int r = new_text(in, in->s.len, arena, &buf, ret);

	for (size_t i = 0; i < in->s.len && !r; i++) {
		char c = in->s.p[i];

		buf[i] = c >= from && c <= from + 25 ? (char)(c ^ 0x20) : c;
	}
	return r;
}

static int lower(const struct eyas_value *in, struct eyas_arena *arena, struct eyas_value *ret)
{
	return change_case(in, arena, 'A', ret);
}

static int upper(const struct eyas_value *in, struct eyas_arena *arena, struct eyas_value *ret)
{
	return change_case(in, arena, 'a', ret);
}

static int base_name(const struct eyas_value *in, struct eyas_arena *arena, struct eyas_value *ret)
{
	const char *slash = in->s.len ? memrchr(in->s.p, '/', in->s.len) : NULL;

	(void)arena;
	*ret = *in;
	if (slash) {
		ret->s.len = (size_t)(in->s.p + in->s.len - (slash + 1));
		ret->s.p = slash + 1;
	}
	return 0;
}

static int sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Padding may be left out; anything else that is wrong makes it missing. */
static int unbase64(const struct eyas_value *in, struct eyas_arena *arena, struct eyas_value *ret)
{
	size_t n = in->s.len, used = 0;
	uint32_t bits = 0;
	char *buf;
	int r;

	for (int i = 0; i < 2 && n && n % 4 == (size_t)(4 - i) % 4 && in->s.p[n - 1] == '='; i++)
		n--;
	if (n % 4 == 1)
		return -ENOENT;
	r = new_text(in, n / 4 * 3 + 3, arena, &buf, ret);
	for (size_t i = 0; i < n && !r; i++) {
		int v = sextet(in->s.p[i]);

		if (v < 0)
			return -ENOENT;
		bits = bits << 6 | (uint32_t)v;
		if (i % 4)
			buf[used++] = (char)(bits >> (6 - 2 * (i % 4)));
	}
	ret->s.len = used;
	return r;
}

APPLY(apply_lower)
{
	(void)n, (void)sub;
	return each(&args[0], arena, ret, lower);
}

APPLY(apply_upper)
{
	(void)n, (void)sub;
	return each(&args[0], arena, ret, upper);
}

APPLY(apply_b64)
{
	(void)n, (void)sub;
	return each(&args[0], arena, ret, unbase64);
}

APPLY(apply_basename)
{
	(void)n, (void)sub;
	return each(&args[0], arena, ret, base_name);
}

APPLY(apply_len)
{
	(void)n, (void)sub, (void)arena;
	*ret = (struct eyas_value){ .type = EYAS_T_UINT,
				    .u = args[0].list ? args[0].l.len : args[0].s.len };
	return 0;
}

APPLY(apply_val)
{
	(void)n, (void)sub, (void)arena;
	*ret = args[0];
	return 0;
}

/* Strings one after the other, @sep between them. */
static int glue(const struct eyas_value *v, size_t n, const struct eyas_value *sep,
		struct eyas_arena *arena, struct eyas_value *ret)
{
	size_t len = 0, used = 0;
	char *buf;

	for (size_t i = 0; i < n; i++)
		len += v[i].s.len + (sep && i ? sep->s.len : 0);
	buf = eyas_arena_alloc(arena, len + 1);
	if (!buf)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		if (sep && i && sep->s.len) {
			memcpy(buf + used, sep->s.p, sep->s.len);
			used += sep->s.len;
		}
		if (v[i].s.len)
			memcpy(buf + used, v[i].s.p, v[i].s.len);
		used += v[i].s.len;
	}
	*ret = (struct eyas_value){ .type = EYAS_T_STRING };
	ret->s.p = buf;
	ret->s.len = len;
	return 0;
}

APPLY(apply_join)
{
	(void)n, (void)sub;
	return glue(args[1].l.v, args[1].l.len, &args[0], arena, ret);
}

APPLY(apply_concat)
{
	(void)sub;
	return glue(args, n, NULL, arena, ret);
}

APPLY(apply_getopt)
{
	(void)n;
	return eyas_getopts(&args[0], &args[1], sub, arena, ret);
}

/* clang-format off */
static const struct eyas_xform xforms[] = {
	{ .name = "val", .rhs_only = true, .check = check_val, .apply = apply_val,
	  .help = "a field's value, to compare two fields (right of the operator)" },
	{ .name = "tolower", .check = check_text, .apply = apply_lower,
	  .help = "ASCII letters in lower case" },
	{ .name = "toupper", .check = check_text, .apply = apply_upper,
	  .help = "ASCII letters in upper case" },
	{ .name = "b64", .check = check_blob, .apply = apply_b64,
	  .help = "base64 decoded; missing if it is none" },
	{ .name = "basename", .check = check_text, .apply = apply_basename,
	  .help = "what follows the last slash" },
	{ .name = "len", .check = check_len, .apply = apply_len,
	  .help = "bytes of a string, or elements of a list" },
	{ .name = "join", .many = true, .check = check_join, .apply = apply_join,
	  .help = "join(\"-\", (a, b)): elements of a list with a separator between them" },
	{ .name = "concat", .many = true, .check = check_concat, .apply = apply_concat,
	  .help = "concat(a, b, ...): strings one after the other" },
	{ .name = "getopt", .many = true, .subscript = true, .check = check_getopt,
	  .apply = apply_getopt,
	  .help = "getopt(args, \"ab:\"): options as getopt(3) finds them; [b]: the last "
		  "argument of -b" },
};
/* clang-format on */

const struct eyas_xform *eyas_xform_table(size_t *ret_len)
{
	*ret_len = sizeof(xforms) / sizeof(xforms[0]);
	return xforms;
}

const struct eyas_xform *eyas_xform_find(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(xforms) / sizeof(xforms[0]); i++)
		if (strlen(xforms[i].name) == len && !memcmp(xforms[i].name, name, len))
			return &xforms[i];
	return NULL;
}
