/* SPDX-License-Identifier: Apache-2.0 */
/* What is left of calls that change credentials where no record tells: old captures. */
#ifndef EYAS_ENRICH_DERIVE_H
#define EYAS_ENRICH_DERIVE_H

#include "enrich/threadset.h"

/*
 * Change @s as the successful call @ev does by its arguments. -ENODATA if they
 * do not tell: sets behind pointers, ids of a user namespace.
 */
int eyas_derive_creds(const struct eyas_event *ev, struct eyas_self *s);

/* What a record of them tells. */
void eyas_self_set_creds(struct eyas_self *s, const struct eyas_creds *c);

#endif
