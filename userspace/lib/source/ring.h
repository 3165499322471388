/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reader of one ring, see DATA in <linux/eyas.h>. Records are looked at
 * where they lie; the kernel gets their space back only when the reader has
 * gone past them and says so, eyas_ring_release().
 */
#ifndef EYAS_SOURCE_RING_H
#define EYAS_SOURCE_RING_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <linux/eyas.h>
#include "base/err.h"
#include "event/event.h"

struct eyas_ring {
	/* touched for each record */
	const unsigned char *data;	/* mapped twice in a row */
	uint64_t mask;
	uint64_t pos;			/* of the record that is next */
	uint64_t head;			/* records up to here are ours */
	uint64_t tail;			/* as the kernel knows it */
	uint64_t batch;			/* bytes after which tail is told */
	uint64_t time;			/* of the last record peeked at */
	uint64_t number;		/* of the last record accounted; seq, unfolded */
	uint16_t cpu;
	uint8_t lane;

	/* touched once a round */
	const struct eyas_ring_producer *prod;
	struct eyas_ring_consumer *cons;
	uint64_t floor;			/* what is not visible yet is not older */
	bool busy;			/* a record was being written */
	bool poisoned;			/* said so */
	bool queued;			/* merge.c's: it is in the heap */

	uint64_t told[EYAS_CLASS_MAX];	/* loss, by LOSS records */
	void *map[2];			/* consumer; producer and data */
	size_t map_len[2];
};

/* Read from memory that somebody else has laid out; borrowed. @g: cpu, lane, data_size. */
void eyas_ring_attach(struct eyas_ring *r, const struct eyas_ring_geometry *g,
		      const struct eyas_ring_producer *prod, struct eyas_ring_consumer *cons,
		      const void *data);

/* Check @g, map what it tells of and attach to that. */
int eyas_ring_map(struct eyas_ring *r, int fd, const struct eyas_ring_geometry *g,
		  struct eyas_err *err) _must_check_;
void eyas_ring_unmap(struct eyas_ring *r);

/*
 * See what the kernel has written. @safe is a reading of CLOCK_MONOTONIC_RAW
 * made before this call, less the skew of clocks. 0; -EIO, once, if the ring
 * was found poisoned; -EBADMSG if head can't be.
 */
int eyas_ring_refresh(struct eyas_ring *r, uint64_t safe, struct eyas_err *err);

/* Say why the bytes at pos are no record that can be. */
void eyas_ring_bad(const struct eyas_ring *r, struct eyas_err *err);

/* Records that follow each other in a ring; a LOSS record is alone. */
struct eyas_ring_run {
	uint32_t len;			/* bytes */
	uint32_t count;
	const struct eyas_loss *loss;	/* NULL if it is none */
};

/* Account for @rec of @len bytes, peeked at, alone. 1, -EBADMSG. */
int eyas_ring_run_of(struct eyas_ring *r, const struct eyas_record *rec, uint32_t len,
		     struct eyas_ring_run *ret, struct eyas_err *err);

/*
 * Count @rec, which was read from here, and check that no number was skipped
 * that no LOSS record tells of. @loss: what is in it, if it is one. 0 or -EBADMSG.
 */
int eyas_ring_account(struct eyas_ring *r, const struct eyas_record *rec,
		      const struct eyas_loss *loss, struct eyas_err *err);

/*
 * What was lost after the last record, for a ring that is read up to its head
 * and that nobody writes to. *ret_number is the last number given. Returns 1
 * and fills @ret if anything was, 0 if nothing, -EBADMSG if counts don't add up.
 */
int eyas_ring_rest(const struct eyas_ring *r, struct eyas_loss *ret, uint64_t *ret_number,
		   struct eyas_err *err);

/* "crit", "bulk". */
const char *eyas_ring_lane_name(unsigned int lane);

/* Give back the space of all records before pos. */
static inline void eyas_ring_release(struct eyas_ring *r)
{
	if (r->tail == r->pos)
		return;
	r->tail = r->pos;
	/* Pairs with the load-acquire of tail in the kernel: we have read what is below. */
	__atomic_store_n(&r->cons->tail, r->pos, __ATOMIC_RELEASE);
}

/* The next record that is ours: 1; none: 0; -EBADMSG. Its length and time are checked. */
static inline int eyas_ring_peek(struct eyas_ring *r, const struct eyas_record **ret,
				 struct eyas_err *err)
{
	uint64_t left = r->head - r->pos;
	const struct eyas_record *rec = (const void *)(r->data + (r->pos & r->mask));

	if (!left)
		return 0;
	if (__builtin_expect(left < sizeof(*rec) || rec->len < sizeof(*rec) || rec->len > left ||
			     rec->len > EYAS_RECORD_MAX || rec->len % 8 ||
			     rec->time < r->time, 0)) {
		eyas_ring_bad(r, err);
		return -EBADMSG;
	}
	r->time = rec->time;
	*ret = rec;
	return 1;
}

/* The same, and for those after it that are not younger than @until. */
static inline int eyas_ring_run(struct eyas_ring *r, const struct eyas_record *rec, uint32_t len,
				uint64_t until, struct eyas_ring_run *ret, struct eyas_err *err)
{
	const unsigned char *at = (const unsigned char *)rec;
	uint64_t left = r->head - r->pos, most = left < r->batch ? left : r->batch, time = r->time;
	uint32_t seq = rec->seq, count = 1;

	/* What is not usual is looked at closely. */
	if (__builtin_expect(rec->type == EYAS_REC_LOSS || seq != (uint32_t)(r->number + 1), 0))
		return eyas_ring_run_of(r, rec, len, ret, err);
	/* What is wrong with a record shows when it is the first one, too. */
	while (len + sizeof(*rec) <= most) {
		rec = (const void *)(at + len);
		if (rec->time > until || rec->time < time || rec->len < sizeof(*rec) ||
		    rec->len > most - len || rec->len % 8 || rec->seq != seq + 1 ||
		    rec->type == EYAS_REC_LOSS)
			break;
		time = rec->time;
		len += rec->len;
		seq++;
		count++;
	}
	r->time = time;
	r->number += count;
	*ret = (struct eyas_ring_run){ .len = len, .count = count };
	return 1;
}

/* Go past a record of @len bytes. */
static inline void eyas_ring_advance(struct eyas_ring *r, uint32_t len)
{
	r->pos += len;
	if (r->pos - r->tail >= r->batch)
		eyas_ring_release(r);
}

#endif
