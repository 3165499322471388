/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many rings, each in time order, as one stream in time order.
 *
 * A round looks at all rings once and yields the horizon: no record older than
 * it can still appear anywhere. Up to there records are given out; then it is
 * time for another round. Idle rings never hold the horizon back; one that is
 * just being written to does, until it is done.
 */
#ifndef EYAS_SOURCE_MERGE_H
#define EYAS_SOURCE_MERGE_H

#include "base/vec.h"
#include "source/ring.h"

/* A clock read may be this much ahead of another CPU's, and of its stores. */
#define EYAS_MERGE_SKEW_NS	100000U

struct eyas_merge_node {
	uint64_t time;
	uint32_t len;
	struct eyas_ring *ring;
	const struct eyas_record *rec;
};

/* Zeroed: no rings. */
struct eyas_merge {
	EYAS_VEC(struct eyas_ring *) rings;	/* borrowed */
	struct eyas_merge_node *heap;		/* of rings with records, oldest first */
	size_t len, cap;
	uint64_t horizon;
	bool given;				/* heap[0] is with the caller */
};

/* Rings may be added at any time before a round. 0 or -ENOMEM. */
int eyas_merge_add(struct eyas_merge *m, struct eyas_ring *ring) _must_check_;
void eyas_merge_release(struct eyas_merge *m);

/*
 * Look at all rings; @now is CLOCK_MONOTONIC_RAW, read before. With @all the
 * horizon is the end of time: nobody writes any more. 0; errors as of
 * eyas_ring_refresh() and eyas_ring_peek().
 */
int eyas_merge_round(struct eyas_merge *m, uint64_t now, bool all, struct eyas_err *err);

/*
 * The next record below the horizon: 1; none: 0, and all space is given back;
 * -EBADMSG. What the call before gave is invalid from here on.
 */
int eyas_merge_next(struct eyas_merge *m, struct eyas_merge_node *ret, struct eyas_err *err);

/*
 * The same, and those after it in its ring that are next, too: *ret_run. They have
 * been accounted for.
 */
int eyas_merge_next_run(struct eyas_merge *m, struct eyas_merge_node *ret,
			struct eyas_ring_run *ret_run, struct eyas_err *err);

/* Whether a record was being written when the last round looked. */
bool eyas_merge_busy(const struct eyas_merge *m);

#endif
