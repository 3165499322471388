/* SPDX-License-Identifier: Apache-2.0 */
/* Ancestors of the process that made an event. */
#ifndef EYAS_FIELD_LINEAGE_H
#define EYAS_FIELD_LINEAGE_H

#include "field/field.h"

/* A chain is followed this far, however long a program makes it. */
#define EYAS_LINEAGE_MAX	1024

/* 0: the process, 1: its parent, ...; NULL: not known, or no such ancestor. */
const struct eyas_proc *eyas_lineage_up(const struct eyas_field_ctx *ctx, uint64_t n);

/* The value of one process. 0, -ENOENT, -ENOMEM. */
typedef int eyas_lineage_get(const struct eyas_field_ctx *ctx, const struct eyas_proc *p,
			     struct eyas_value *ret);

/* With [n] the value of that ancestor, else a list of those of all of them; the
 * process itself is not among these. 0, -ENOENT, -ENOMEM. */
int eyas_lineage_value(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		       eyas_lineage_get *get, struct eyas_value *ret);

/*
 * Who leads the session or process group with the id that is @offset bytes into
 * struct eyas_proc: the process of that number, else the eldest ancestor in an
 * unbroken line that has that id, too. Never NULL if the process is known.
 */
const struct eyas_proc *eyas_lineage_leader(const struct eyas_field_ctx *ctx, size_t offset);

#endif
