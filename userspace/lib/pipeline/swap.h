/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of eyas_pipeline_swap(), for the files of this folder only. */
#ifndef EYAS_PIPELINE_SWAP_H
#define EYAS_PIPELINE_SWAP_H

#include "pipeline/pipeline.h"

/* A source that is quiet for so long has given what it recorded before. */
#define EYAS_SWAP_IDLE_MS 10

/* The place in p->counts of each of @rules, made where there is none; NULL: out of memory. */
size_t *eyas_swap_slots(struct eyas_pipeline *p, const struct eyas_ruleset *rules);

/* p->swap.next is what rules from here on. */
void eyas_swap_finish(struct eyas_pipeline *p);

/* The same, if the source has been quiet for long enough. */
void eyas_swap_finish_idle(struct eyas_pipeline *p);

/* Remember descriptors, or don't: as the rules want it. */
void eyas_swap_keep_fds(struct eyas_pipeline *p, bool keep);

void eyas_swap_release(struct eyas_pipeline *p);

#endif
