/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What no event carries and only /proc tells: read when somebody asks for it,
 * and as it is then. -ENOENT of a process that ended or is another by now, and
 * where /proc is not of the host that the events are of.
 */
#ifndef EYAS_ENRICH_LIVE_H
#define EYAS_ENRICH_LIVE_H

#include "enrich/enrich.h"

struct eyas_live_memory { uint64_t size, rss, swap; };		/* KiB */
int eyas_live_memory(struct eyas_enrich *en, const struct eyas_proc *p,
		     struct eyas_live_memory *ret);

/* Page faults of a thread of @p since it began. */
struct eyas_live_faults { uint64_t major, minor; };
int eyas_live_faults(struct eyas_enrich *en, const struct eyas_proc *p, uint32_t tid,
		     struct eyas_live_faults *ret);

/* Descriptors that @p may have; INT64_MAX: no limit. */
int eyas_live_fd_limit(struct eyas_enrich *en, const struct eyas_proc *p, int64_t *ret);

/* Call @fn for each open descriptor; stops at, and returns, its first non-zero result. */
int eyas_live_each_fd(struct eyas_enrich *en, const struct eyas_proc *p,
		      int (*fn)(int32_t num, void *arg), void *arg);

/* The same with what is known of each, of a capture too. */
int eyas_live_each_known_fd(struct eyas_enrich *en, const struct eyas_proc *p,
			    int (*fn)(const struct eyas_fd *fd, void *arg), void *arg);

/* The text of its cgroup file, in @arena. */
int eyas_live_cgroup(struct eyas_enrich *en, const struct eyas_proc *p, struct eyas_arena *arena,
		     struct eyas_text *ret);

#endif
