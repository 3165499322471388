/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields: what rules test and alerts print. A field is a row (name, type,
 * flags, getter, help) in the table of its family, field_<family>.c.
 */
#ifndef EYAS_FIELD_FIELD_H
#define EYAS_FIELD_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/err.h"
#include "enrich/enrich.h"
#include "event/event.h"
#include "event/value.h"

#define EYAS_FIELD_ARG_OPT	(1U << 0)	/* may have [arg] */
#define EYAS_FIELD_ARG_REQ	(1U << 1)	/* must have [arg] */
#define EYAS_FIELD_ARG_KEY	(1U << 2)	/* arg is text; without it an index */
#define EYAS_FIELD_LIST		(1U << 3)	/* values are lists (if no arg given) */
/* Without arg, several candidates: a test holds if any of them passes (!=: if none is equal). */
#define EYAS_FIELD_ANY		(1U << 4)
#define EYAS_FIELD_FILTER_ONLY	(1U << 5)	/* can't be printed */
#define EYAS_FIELD_PRINT_ONLY	(1U << 6)	/* can't be tested */
#define EYAS_FIELD_DEPRECATED	(1U << 7)
#define EYAS_FIELD_NO_TRANSFORM	(1U << 8)
#define EYAS_FIELD_NO_RHS	(1U << 9)
#define EYAS_FIELD_EVTYPE	(1U << 10)	/* values are names of event types */
#define EYAS_FIELD_HEX		(1U << 11)	/* printed in hexadecimal */
#define EYAS_FIELD_NEVER	(1U << 12)	/* known, but always missing here */
/* ANY, and a list is one value in output: joined with spaces, as proc.aname is. */
#define EYAS_FIELD_JOIN		(1U << 13)
#define EYAS_FIELD_ARG_DOT	(1U << 14)	/* arg may be written name.arg, too */
#define EYAS_FIELD_PADDED	(1U << 15)	/* a number printed with nine digits */
#define EYAS_FIELD_OF_NAME	(1U << 16)	/* made of the subject's name, and real with it */
/* Told of the process alone, with nothing made for the event: see eyas_enrich_epoch(). */
#define EYAS_FIELD_OF_PROC	(1U << 17)
struct eyas_ends;

/* What getters of one event share; filled on first use, see subject.c. */
struct eyas_subject {
	bool known, name_known, type_known;
	bool some, made;	/* the event is about a descriptor; it made it */
	bool has_num;		/* not if it made one and nobody said which */
	char type, proto;	/* as in struct eyas_fd */
	int16_t arg;		/* that holds it, -1: the result */
	int16_t path_arg;	/* open family: its path argument, else -1 */
	int64_t num;
	int name_r;
	struct eyas_text name;
	bool same;		/* name_known, and it is the kernel's own, too */
	const struct eyas_file *file;	/* what the kernel told of the object, */
	struct eyas_text path;		/* and its own name of it */
	struct eyas_text raw;	/* path_arg as given; p NULL: not known */
	const struct eyas_ends *ends;	/* see ends.c */
};

struct eyas_field_ctx {
	const struct eyas_event *ev;
	struct eyas_enrich *en;
	const struct eyas_proc *proc;	/* eyas_enrich_actor(); NULL if unknown */
	uint64_t epoch;			/* eyas_enrich_epoch() of it */
	struct eyas_arena *arena;	/* reset after each event */
	const char *hostname;
	struct eyas_subject subject;	/* zero: nothing known yet */
};

struct eyas_field_arg {
	bool given;
	uint64_t index;		/* for ARG_OPT/REQ without ARG_KEY */
	const char *key;	/* with ARG_KEY, NUL-terminated */
	size_t key_len;		/* as found: key is part of the name, not NUL-terminated */
	intptr_t bound;		/* whatever .bind stored */
};

struct eyas_field {
	const char *name;
	enum eyas_type type;
	unsigned int flags;	/* EYAS_FIELD_* */
	/*
	 * The value for the event: 0, -ENOENT if the field is missing, -ENOMEM.
	 * @ret borrows from the event, the process or ctx->arena.
	 */
	int (*get)(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		   struct eyas_value *ret);
	/*
	 * Path fields only: the same with the kernel's own path in place of the one
	 * given by the program. -ENOENT if there is none or it does not differ.
	 */
	int (*get_real)(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
			struct eyas_value *ret);
	/* Check and prepare an argument when a rule is compiled; may be NULL. */
	int (*bind)(struct eyas_field_arg *arg, struct eyas_err *err);
	const char *help;
};

struct eyas_field_family {
	const char *name;	/* "proc" */
	const char *help;
	const struct eyas_field *fields;
	size_t len;
};

/* All families, in the order they are listed. */
const struct eyas_field_family *const *eyas_field_families(size_t *ret_len);

/* The row of exactly @name (@len bytes, without [arg]); NULL if there is none. Of
 * evt.arg.NAME and the like NAME is the key, key_len bytes of @name. */
const struct eyas_field *eyas_field_find(const char *name, size_t len,
					 struct eyas_field_arg *ret_arg);

/* The known name nearest to a wrong one, NULL if none is near. */
const char *eyas_field_nearest(const char *name, size_t len);

/* Prepare a context for @ev (enrich already updated with it). */
void eyas_field_ctx_init(struct eyas_field_ctx *ctx, const struct eyas_event *ev,
			 struct eyas_enrich *en, struct eyas_arena *arena, const char *hostname);

#endif
