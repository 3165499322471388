/* SPDX-License-Identifier: Apache-2.0 */
/* For the files of this folder: the families, and how getters give values. */
#ifndef EYAS_FIELD_FAMILY_H
#define EYAS_FIELD_FAMILY_H

#include <errno.h>
#include <string.h>
#include "field/field.h"

extern const struct eyas_field_family eyas_family_evt;
extern const struct eyas_field_family eyas_family_proc;
extern const struct eyas_field_family eyas_family_thread;
extern const struct eyas_field_family eyas_family_fd;
extern const struct eyas_field_family eyas_family_fs;
extern const struct eyas_field_family eyas_family_user;
extern const struct eyas_field_family eyas_family_group;
extern const struct eyas_field_family eyas_family_container;
extern const struct eyas_field_family eyas_family_k8s;

#define FAMILY(sym, family_name, help_text, rows)				\
	const struct eyas_field_family sym = {					\
		.name = family_name, .help = help_text,				\
		.fields = rows, .len = sizeof(rows) / sizeof(*(rows)),		\
	}

/* The parameters of a getter; most need only some. */
#define GETTER(fn)								\
	static int fn(const struct eyas_field_ctx *ctx _unused_,		\
		      const struct eyas_field_arg *arg _unused_,		\
		      struct eyas_value *ret)

static inline int give_text(struct eyas_value *ret, struct eyas_text t)
{
	if (!t.p)
		return -ENOENT;
	ret->type = EYAS_T_STRING;
	ret->list = false;
	ret->s.p = t.p;
	ret->s.len = t.len;
	return 0;
}

static inline int give_str(struct eyas_value *ret, const char *s)
{
	return give_text(ret, (struct eyas_text){ s, s ? strlen(s) : 0 });
}

static inline int give_int(struct eyas_value *ret, int64_t v)
{
	ret->type = EYAS_T_INT;
	ret->list = false;
	ret->i = v;
	return 0;
}

static inline int give_uint(struct eyas_value *ret, enum eyas_type type, uint64_t v)
{
	ret->type = type;
	ret->list = false;
	ret->u = v;
	return 0;
}

static inline int give_bool(struct eyas_value *ret, bool v)
{
	return give_uint(ret, EYAS_T_BOOL, v);
}

/* Rows of evt.arg.NAME and evt.rawarg.NAME, which are typed by what NAME is;
 * NULL if no event has such a parameter. */
const struct eyas_field *eyas_field_evt_arg(const char *name, size_t len);
const struct eyas_field *eyas_field_evt_rawarg(const char *name, size_t len);

/* Length of an argument's key, however it was given. */
static inline size_t key_len(const struct eyas_field_arg *arg)
{
	return arg->key_len ? arg->key_len : strlen(arg->key);
}

/* For fields whose data nothing records. */
int eyas_field_get_never(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
			 struct eyas_value *ret);

#endif
