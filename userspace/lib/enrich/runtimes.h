/* SPDX-License-Identifier: Apache-2.0 */
/* What container runtimes leave on the disk about their containers. */
#ifndef EYAS_ENRICH_RUNTIMES_H
#define EYAS_ENRICH_RUNTIMES_H

#include <stdint.h>
#include "base/map.h"
#include "enrich/container.h"

struct eyas_runtimes {
	char *root;
	struct eyas_strmap by_id;	/* full id -> struct known * */
	uint64_t retry_ns;		/* before what was not there is looked for again */
};

/* Look below @root, "" for this host. 0 or -ENOMEM. */
int eyas_runtimes_init(struct eyas_runtimes *rt, const char *root);
void eyas_runtimes_release(struct eyas_runtimes *rt);

/*
 * An eyas_container_find, @arg is a struct eyas_runtimes. Files are read when an
 * id is new, and a few times more if there is nothing about it yet; each has a
 * largest size. NULL: nothing is known, whatever the reason.
 */
const struct eyas_container *eyas_runtimes_find(void *arg, const char *id);

#endif
