/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors of a process as far as its events told. A table is shared with
 * forked children until either side changes it, and small: what does not fit
 * pushes out the oldest. All tables together stay below the bytes of the pool.
 */
#ifndef EYAS_ENRICH_FDTAB_H
#define EYAS_ENRICH_FDTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "enrich/shared.h"

#define EYAS_FDTAB_MAX		128	/* descriptors of one process */

struct eyas_fdpool { size_t bytes, max; uint64_t refused; };

struct eyas_fdtab_fd {
	int32_t num;
	char type, proto;		/* as in struct eyas_fd */
	bool cloexec;
	struct eyas_shared *name;	/* NULL: none */
};

struct eyas_fdtab {
	uint32_t refs, len, cap, oldest;
	struct eyas_fdtab_fd *fds;
};

/* A NULL table is an empty one. */
struct eyas_fdtab *eyas_fdtab_ref(struct eyas_fdtab *t);
void eyas_fdtab_unref(struct eyas_fdtab *t, struct eyas_fdpool *pool);

const struct eyas_fdtab_fd *eyas_fdtab_get(const struct eyas_fdtab *t, int32_t num);

/*
 * The functions below may replace *t. Set takes @fd->num etc. and copies the
 * @len bytes at @name; if there is no room, @fd->num is forgotten, and a table
 * that was shared and would have to be copied is forgotten as a whole.
 */
int eyas_fdtab_set(struct eyas_fdtab **t, struct eyas_fdpool *pool,
		   const struct eyas_fdtab_fd *fd, const char *name, size_t len);
int eyas_fdtab_dup(struct eyas_fdtab **t, struct eyas_fdpool *pool, int32_t from, int32_t to,
		   bool cloexec);
int eyas_fdtab_del(struct eyas_fdtab **t, struct eyas_fdpool *pool, uint32_t lo, uint32_t hi);
int eyas_fdtab_exec(struct eyas_fdtab **t, struct eyas_fdpool *pool);

#endif
