/* SPDX-License-Identifier: Apache-2.0 */
/* What descriptors and pids stand for, where the record of the call does not tell. */
#ifndef EYAS_TRACE_FDNAME_H
#define EYAS_TRACE_FDNAME_H

#include "trace/state.h"

void eyas_fdname_hooks(struct eyas_trace *t, struct eyas_decode_hooks *ret);

/* Whether the call of @ev, an entry or an end, is about one of the paths of the options. */
bool eyas_fdname_on_path(struct eyas_trace *t, const struct eyas_event *ev);

#endif
