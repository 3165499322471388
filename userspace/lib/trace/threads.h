/* SPDX-License-Identifier: Apache-2.0 */
/* The threads that are shown, and copies of their records. */
#ifndef EYAS_TRACE_THREADS_H
#define EYAS_TRACE_THREADS_H

#include "trace/state.h"

/* Keep @ev and its bytes. 0 or -ENOMEM. */
int eyas_copy_set(struct eyas_trace_copy *c, const struct eyas_event *ev);

/* The thread, made if it is to be shown; NULL: it is not, or t->error is -ENOMEM. */
struct eyas_trace_thread *eyas_threads_get(struct eyas_trace *t, uint32_t tid, uint32_t pid);

void eyas_threads_del(struct eyas_trace *t, struct eyas_trace_thread *th);

/* @by gets number and output of @leader, which is gone. Returns @by. */
struct eyas_trace_thread *eyas_threads_replace(struct eyas_trace *t,
					       struct eyas_trace_thread *leader,
					       struct eyas_trace_thread *by);

#endif
