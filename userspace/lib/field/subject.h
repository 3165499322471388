/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor and the paths that an event is about. */
#ifndef EYAS_FIELD_SUBJECT_H
#define EYAS_FIELD_SUBJECT_H

#include "field/field.h"

/* Getters get a constant context; what they share in it is no part of its value. */
static inline struct eyas_subject *eyas_subject_shared(const struct eyas_field_ctx *ctx)
{
	return (struct eyas_subject *)(uintptr_t)&ctx->subject;
}

/* Find out what it is about. */
void eyas_subject_find(const struct eyas_event *ev, struct eyas_subject *s);

/* The descriptor; NULL if the event is about none. Only num and made hold for sure. */
static inline const struct eyas_subject *eyas_subject(const struct eyas_field_ctx *ctx)
{
	struct eyas_subject *s = eyas_subject_shared(ctx);

	if (!s->known)
		eyas_subject_find(ctx->ev, s);
	return s->some ? s : NULL;
}

/* Its type as fd.typechar has it; 0: unknown. */
char eyas_subject_find_type(const struct eyas_field_ctx *ctx);
static inline char eyas_subject_type(const struct eyas_field_ctx *ctx)
{
	return ctx->subject.type_known ? ctx->subject.type : eyas_subject_find_type(ctx);
}

/* Its transport, as in struct eyas_fd. */
char eyas_subject_proto(const struct eyas_field_ctx *ctx);
/* Its name: for the open family, failed calls too, the path as given, made
 * absolute; else the kernel's. 0, -ENOENT, -ENOMEM. */
int eyas_subject_find_name(const struct eyas_field_ctx *ctx);
static inline int eyas_subject_name(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	int r = ctx->subject.name_known ? ctx->subject.name_r : eyas_subject_find_name(ctx);

	if (r == 0)
		*ret = ctx->subject.name;
	return r;
}

/* Is that name known to be the kernel's, too? Then fields made of it have one value. */
static inline bool eyas_subject_is_same(const struct eyas_field_ctx *ctx)
{
	if (!ctx->subject.name_known)
		(void)eyas_subject_find_name(ctx);
	return ctx->subject.same;
}

/* The kernel's name where it differs from that one; else -ENOENT. */
int eyas_subject_real(const struct eyas_field_ctx *ctx, struct eyas_text *ret);
/* What the kernel told of it, by kind; NULL if it did not. */
const struct eyas_event_blob *eyas_subject_blob(const struct eyas_field_ctx *ctx, uint8_t kind);
/* The file behind it; NULL if the kernel did not tell. */
static inline const struct eyas_file *eyas_subject_file(const struct eyas_field_ctx *ctx)
{
	const struct eyas_subject *s = eyas_subject(ctx);

	return s ? s->file : NULL;
}
/* Its device as one number, as struct stat has it in 32 bits. */
uint32_t eyas_file_dev(const struct eyas_file *f);

/* Does the event open a file by path or handle? */
bool eyas_subject_is_open(const struct eyas_event *ev);

/* First argument of a kind, -1: there is none. */
int eyas_subject_arg(const struct eyas_event *ev, uint8_t kind);

/* Path argument @n, absolute; as given. 0, -ENOENT, -ENOMEM. */
int eyas_subject_path(const struct eyas_field_ctx *ctx, unsigned int n, struct eyas_text *ret);
int eyas_subject_path_raw(const struct eyas_event *ev, unsigned int n, struct eyas_text *ret);
/* The kernel's own path where argument @n led; -ENOENT if there is none or no other. */
int eyas_subject_path_real(const struct eyas_field_ctx *ctx, unsigned int n,
			   struct eyas_text *ret);

/* The pair of descriptors that pipe() and socketpair() make. 0, -ENOENT. */
int eyas_subject_pair(const struct eyas_event *ev, int32_t ret[2]);

#define EYAS_FD_TYPES	18	/* different words */
/* Letter to word: 'f' to "file"; NULL if there is no such type. @name tells
 * apart what has the same letter. */
const char *eyas_fd_type_name(char type, struct eyas_text name);

#endif
