/* SPDX-License-Identifier: Apache-2.0 */
/* What system calls that ended change in the process that made them. */
#ifndef EYAS_ENRICH_EFFECTS_H
#define EYAS_ENRICH_EFFECTS_H

#include "enrich/state.h"

/* Find out which event types have an effect, those on descriptors included or not. */
void eyas_effects_init(uint8_t effects[EYAS_EVT_MAX], bool fds);

/* Apply effect @which (not 0) of the successful call @ev to @e. 0 or -ENOMEM. */
int eyas_effects_apply(struct eyas_enrich *en, uint8_t which, const struct eyas_event *ev,
		       struct eyas_entry *e);

#endif
