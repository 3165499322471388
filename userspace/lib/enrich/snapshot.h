/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known, as items of a capture's STATE blocks, and back: so that events
 * mean on another machine what they meant on theirs.
 */
#ifndef EYAS_ENRICH_SNAPSHOT_H
#define EYAS_ENRICH_SNAPSHOT_H

#include "base/bytes.h"
#include "base/strbuf.h"
#include "enrich/enrich.h"

/*
 * Add everything as of the current event. Descriptors that no event told of are
 * read from /proc. 0, -ENOMEM, or what eyas_enrich_seed() fails with.
 */
int eyas_enrich_save(struct eyas_enrich *en, struct eyas_strbuf *out, struct eyas_err *err);

/*
 * From now on nothing is read from this machine: what is known is what events
 * and eyas_enrich_load() tell. Instead of eyas_enrich_seed().
 */
void eyas_enrich_detach(struct eyas_enrich *en);

/* Take in items. 0, -ENOMEM, -EBADMSG, -EFBIG. */
int eyas_enrich_load(struct eyas_enrich *en, struct eyas_bytes items, struct eyas_err *err);

/*
 * The container that a cgroup is of, if nothing is saved of that cgroup yet: once
 * for each, as an item in @out. To be called with events that start processes.
 */
int eyas_enrich_save_cgroup(struct eyas_enrich *en, const struct eyas_event *ev,
			    struct eyas_strbuf *out);

/* Whether eyas_enrich_update() has to see @rec; if not, it need not even be parsed. */
bool eyas_enrich_wants(const struct eyas_enrich *en, const struct eyas_record *rec);

#endif
