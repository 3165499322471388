/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields with values that a test sets, in place of field/field.c: a test that
 * includes this has these and no others. And rules made from conditions alone.
 *
 *	struct fake f = { 0 };
 *	fake_text(&f, F_S1, "cat");
 *	ck_assert(fake_holds("t.s1 = cat", &f));
 */
#ifndef EYAS_TEST_FAKE_H
#define EYAS_TEST_FAKE_H

#include <check.h>
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "field/field.h"
#include "conds.h"

enum fake_id {
	F_S1, F_S2, F_S3, F_BYTES, F_INT, F_UINT, F_BOOL, F_DOUBLE, F_DUR, F_TIME, F_IP, F_NET,
	F_PORT, F_LIST, F_NUMS, F_ANY, F_ANC, F_ANYIP, F_ANYPORT, F_ANYNET, F_KEY, F_PATH1,
	F_PATH2, F_OLD, F_PRINT, F_FILTER, F_PLAIN, F_LEFT, F_HEX, F_MAX,
};

struct fake_value { bool known; struct eyas_value v; };

struct fake {
	struct eyas_field_ctx ctx;	/* first: getters find the rest by it */
	struct eyas_event ev;
	struct eyas_arena arena;
	struct fake_value given[F_MAX], real[F_MAX];
	unsigned int asked[F_MAX];	/* how often a getter was called */
};

/* ---- getters ---- */

static int fake_get(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		    enum fake_id id, struct eyas_value *ret)
{
	struct fake *f = (struct fake *)ctx;
	const struct fake_value *v = &f->given[id];

	f->asked[id]++;
	if (!v->known)
		return -ENOENT;
	*ret = v->v;
	if (!arg->given || id == F_KEY)
		return 0;
	if (!v->v.list || arg->index >= v->v.l.len)
		return -ENOENT;
	*ret = v->v.l.v[arg->index];
	return 0;
}

static int fake_get_real(const struct eyas_field_ctx *ctx, enum fake_id id,
			 struct eyas_value *ret)
{
	struct fake *f = (struct fake *)ctx;

	if (!f->real[id].known)
		return -ENOENT;
	*ret = f->real[id].v;
	return 0;
}

#define FAKE_GETTER(id)								\
	static int get_##id(const struct eyas_field_ctx *ctx,			\
			    const struct eyas_field_arg *arg, struct eyas_value *ret) \
	{									\
		return fake_get(ctx, arg, id, ret);				\
	}

#define FAKE_PATH_GETTER(id)							\
	FAKE_GETTER(id)								\
	static int real_##id(const struct eyas_field_ctx *ctx,			\
			     const struct eyas_field_arg *arg, struct eyas_value *ret) \
	{									\
		(void)arg;							\
		return fake_get_real(ctx, id, ret);				\
	}

FAKE_GETTER(F_S1) FAKE_GETTER(F_S2) FAKE_GETTER(F_S3) FAKE_GETTER(F_BYTES) FAKE_GETTER(F_INT)
FAKE_GETTER(F_UINT) FAKE_GETTER(F_BOOL) FAKE_GETTER(F_DOUBLE) FAKE_GETTER(F_DUR)
FAKE_GETTER(F_TIME) FAKE_GETTER(F_IP) FAKE_GETTER(F_NET) FAKE_GETTER(F_PORT) FAKE_GETTER(F_LIST)
FAKE_GETTER(F_NUMS) FAKE_GETTER(F_ANY) FAKE_GETTER(F_ANC) FAKE_GETTER(F_ANYIP)
FAKE_GETTER(F_ANYPORT) FAKE_GETTER(F_ANYNET) FAKE_GETTER(F_KEY) FAKE_PATH_GETTER(F_PATH1)
FAKE_PATH_GETTER(F_PATH2) FAKE_GETTER(F_OLD) FAKE_GETTER(F_PRINT) FAKE_GETTER(F_FILTER)
FAKE_GETTER(F_PLAIN) FAKE_GETTER(F_LEFT) FAKE_GETTER(F_HEX)

static int fake_bind(struct eyas_field_arg *arg, struct eyas_err *err)
{
	if (arg->key && !strcmp(arg->key, "bad"))
		return eyas_err_set(err, -EINVAL, "argument 'bad' is bad");
	return 0;
}

static int fake_type(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		     struct eyas_value *ret)
{
	const char *name = eyas_evtype_name(ctx->ev->evtype);

	(void)arg;
	*ret = (struct eyas_value){ .type = EYAS_T_STRING, .s = { name, strlen(name) } };
	return 0;
}

static int fake_num(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		    struct eyas_value *ret)
{
	(void)arg;
	*ret = (struct eyas_value){ .type = EYAS_T_UINT, .u = ctx->ev->num };
	return 0;
}

/* ---- the table ---- */

/* clang-format off */
#define FAKE(n, t, id, fl)							\
	[id] = { .name = n, .type = EYAS_T_##t, .get = get_##id, .flags = fl }
static const struct eyas_field fake_fields[F_MAX + 3] = {
	FAKE("t.s1", STRING, F_S1, 0),
	FAKE("t.s2", STRING, F_S2, EYAS_FIELD_OF_PROC),
	FAKE("t.s3", STRING, F_S3, 0),
	FAKE("t.bytes", BYTES, F_BYTES, 0),
	FAKE("t.int", INT, F_INT, 0),
	FAKE("t.uint", UINT, F_UINT, EYAS_FIELD_OF_PROC),
	FAKE("t.bool", BOOL, F_BOOL, 0),
	FAKE("t.double", DOUBLE, F_DOUBLE, 0),
	FAKE("t.dur", RELTIME, F_DUR, 0),
	FAKE("t.time", ABSTIME, F_TIME, 0),
	FAKE("t.ip", IP, F_IP, 0),
	FAKE("t.net", NET, F_NET, EYAS_FIELD_NO_RHS),
	FAKE("t.port", PORT, F_PORT, 0),
	FAKE("t.list", STRING, F_LIST, EYAS_FIELD_LIST | EYAS_FIELD_ARG_OPT),
	FAKE("t.nums", INT, F_NUMS, EYAS_FIELD_LIST),
	FAKE("t.any", STRING, F_ANY, EYAS_FIELD_ANY | EYAS_FIELD_NO_TRANSFORM),
	FAKE("t.anc", STRING, F_ANC, EYAS_FIELD_OF_PROC | EYAS_FIELD_ANY | EYAS_FIELD_JOIN |
		EYAS_FIELD_ARG_OPT),
	FAKE("t.anyip", IP, F_ANYIP, EYAS_FIELD_ANY | EYAS_FIELD_FILTER_ONLY),
	FAKE("t.anyport", PORT, F_ANYPORT, EYAS_FIELD_ANY | EYAS_FIELD_FILTER_ONLY),
	FAKE("t.anynet", NET, F_ANYNET, EYAS_FIELD_ANY | EYAS_FIELD_FILTER_ONLY),
	[F_KEY] = { .name = "t.key", .type = EYAS_T_STRING, .get = get_F_KEY, .bind = fake_bind,
		    .flags = EYAS_FIELD_ARG_REQ | EYAS_FIELD_ARG_KEY },
	[F_PATH1] = { .name = "t.path1", .type = EYAS_T_STRING, .get = get_F_PATH1,
		      .get_real = real_F_PATH1 },
	[F_PATH2] = { .name = "t.path2", .type = EYAS_T_STRING, .get = get_F_PATH2,
		      .get_real = real_F_PATH2 },
	FAKE("t.old", STRING, F_OLD, EYAS_FIELD_DEPRECATED),
	FAKE("t.print", STRING, F_PRINT, EYAS_FIELD_PRINT_ONLY),
	FAKE("t.filter", STRING, F_FILTER, EYAS_FIELD_FILTER_ONLY),
	FAKE("t.plain", STRING, F_PLAIN, EYAS_FIELD_NO_TRANSFORM),
	FAKE("t.left", STRING, F_LEFT, EYAS_FIELD_NO_RHS),
	FAKE("t.hex", UINT, F_HEX, EYAS_FIELD_HEX),
	{ .name = "evt.type", .type = EYAS_T_STRING, .get = fake_type, .flags = EYAS_FIELD_EVTYPE },
	{ .name = "syscall.type", .type = EYAS_T_STRING, .get = fake_type,
	  .flags = EYAS_FIELD_EVTYPE },
	{ .name = "evt.num", .type = EYAS_T_UINT, .get = fake_num },
};
/* clang-format on */

const struct eyas_field *eyas_field_find(const char *name, size_t len,
					 struct eyas_field_arg *ret_arg)
{
	memset(ret_arg, 0, sizeof(*ret_arg));
	for (size_t i = 0; i < EYAS_ARRAY_LEN(fake_fields); i++)
		if (strlen(fake_fields[i].name) == len && !memcmp(fake_fields[i].name, name, len))
			return &fake_fields[i];
	return NULL;
}

const char *eyas_field_nearest(const char *name, size_t len)
{
	return len == 4 && !memcmp(name, "t.s4", 4) ? "t.s1" : NULL;
}

/* ---- values ---- */

static inline void fake_set(struct fake *f, enum fake_id id, struct eyas_value v)
{
	f->given[id] = (struct fake_value){ true, v };
	if (!v.list)
		f->given[id].v.type = fake_fields[id].type == EYAS_T_NET ? EYAS_T_IP :
								 fake_fields[id].type;
}

static inline struct eyas_value fake_str(const char *s)
{
	return (struct eyas_value){ .type = EYAS_T_STRING, .s = { s, strlen(s) } };
}

static inline void fake_text(struct fake *f, enum fake_id id, const char *s)
{
	fake_set(f, id, fake_str(s));
}

static inline void fake_u(struct fake *f, enum fake_id id, uint64_t u)
{
	fake_set(f, id, (struct eyas_value){ .u = u });
}

/* A path that the kernel knows by another name. */
static inline void fake_paths(struct fake *f, enum fake_id id, const char *given, const char *real)
{
	fake_text(f, id, given);
	f->real[id] = (struct fake_value){ true, fake_str(real) };
}

static inline void fake_list(struct fake *f, enum fake_id id, const struct eyas_value *v, size_t n)
{
	struct eyas_value l = { .type = fake_fields[id].type, .list = true };

	if (l.type == EYAS_T_NET)
		l.type = EYAS_T_IP;
	l.l.v = v;
	l.l.len = n;
	f->given[id] = (struct fake_value){ true, l };
}

/* Ready to be asked; the event's type is what evtype says, openat if it says nothing. */
static inline struct eyas_field_ctx *fake_ctx(struct fake *f)
{
	if (!f->ev.evtype)
		f->ev.evtype = (uint16_t)eyas_evtype_by_name("openat");
	if (!f->ev.num)
		f->ev.num = 1;
	f->ctx.ev = &f->ev;
	f->ctx.arena = &f->arena;
	eyas_arena_reset(&f->arena);
	return &f->ctx;
}

/* ---- matching ---- */

struct fake_hits { bool rule[256]; size_t n, last; };

static int fake_hit(const struct eyas_rule *rule, void *arg)
{
	struct fake_hits *h = arg;

	ck_assert_uint_lt(rule->index, 256);
	ck_assert_msg(!h->n || rule->index > h->last, "rules out of order");
	h->rule[rule->index] = true;
	h->last = rule->index;
	h->n++;
	return 0;
}

/* Which rules match; the ruleset must have been indexed. */
static inline struct fake_hits fake_match(struct conds *r, struct fake *f)
{
	struct fake_hits h = { 0 };
	int n = eyas_ruleset_match(r->rs, fake_ctx(f), fake_hit, &h);

	ck_assert_int_eq(n, (int)h.n);
	return h;
}

static inline bool fake_holds_as(const char *cond, struct fake *f, bool as_given)
{
	struct conds r;
	bool ret;

	conds_init(&r, false, as_given);
	conds_rule(&r, cond);
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ret = fake_match(&r, f).n;
	conds_release(&r);
	return ret;
}

static inline bool fake_holds(const char *cond, struct fake *f)
{
	return fake_holds_as(cond, f, false);
}

#endif
