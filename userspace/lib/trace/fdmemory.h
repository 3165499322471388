/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What descriptors were when calls last named them: pollfd and select name them
 * by number only, and so does close. Zeroed: nothing yet.
 */
#ifndef EYAS_TRACE_FDMEMORY_H
#define EYAS_TRACE_FDMEMORY_H

#include "base/map.h"
#include "decode/decode.h"
#include "enrich/fdtab.h"
#include "event/event.h"

struct eyas_fdmemory {
	struct eyas_map pids;		/* -> struct eyas_fdtab */
	struct eyas_fdpool pool;
	struct eyas_socket socket;	/* the one given out last */
};

/* Before and after @ev is shown. 0 or -ENOMEM. */
int eyas_fdmemory_learn(struct eyas_fdmemory *m, const struct eyas_event *ev);
int eyas_fdmemory_forget(struct eyas_fdmemory *m, const struct eyas_event *ev);

/* False: not known. What @ret points to lives until the next call. */
bool eyas_fdmemory_get(struct eyas_fdmemory *m, uint32_t pid, int fd, struct eyas_decode_fd *ret);

void eyas_fdmemory_release(struct eyas_fdmemory *m);

#endif
