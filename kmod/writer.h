/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A record that grows: eyas_ring_begin(), then eyas_writer_room() before each part
 * that follows the fixed one; then one of eyas_ring_commit(), eyas_ring_lose() (count
 * as lost) or eyas_ring_forget() (it never happened; free, as nobody else writes here).
 */
#ifndef EYAS_WRITER_H
#define EYAS_WRITER_H

#include "ring_write.h"

struct eyas_writer {
	struct eyas_ring *ring;
	struct eyas_record *rec;
	u8 *pos;		/* where the next byte goes */
	u8 *limit;		/* room up to here is certain */
	u8 cls;
};

/* Slow half of eyas_writer_room(): the reader may have made some. */
bool eyas_writer_room_slow(struct eyas_writer *w, size_t len);

/* Make sure of room for @len more bytes; if it fails, the record must be lost. */
static __always_inline bool eyas_writer_room(struct eyas_writer *w, size_t len)
{
	return likely(w->pos + len <= w->limit) || eyas_writer_room_slow(w, len);
}

/* A writer for @rec, just reserved, of which @fixed bytes behind the header are taken. */
static __always_inline void eyas_writer_init(struct eyas_writer *w, struct eyas_ring *ring,
					     struct eyas_record *rec, size_t fixed, u8 cls)
{
	w->ring = ring;
	w->rec = rec;
	w->pos = (u8 *)(rec + 1) + fixed;
	w->limit = (u8 *)rec + min_t(u64, ring->end - ring->prod->head, EYAS_RECORD_MAX);
	w->cls = cls;
}

/* eyas_ring_reserve() and eyas_writer_init() in one; false: lost. */
static __always_inline bool eyas_ring_begin(struct eyas_writer *w, struct eyas_ring *ring,
					    size_t fixed, u8 cls)
{
	struct eyas_record *rec;

	rec = eyas_ring_reserve(ring, sizeof(*rec) + fixed, cls);
	if (unlikely(!rec))
		return false;
	eyas_writer_init(w, ring, rec, fixed, cls);
	return true;
}

static __always_inline void eyas_ring_commit(struct eyas_writer *w)
{
	eyas_ring_publish(w->ring, w->rec, w->pos - (u8 *)w->rec);
}

static __always_inline void eyas_ring_forget(struct eyas_writer *w)
{
	eyas_ring_finish(w->ring, w->ring->prod, w->ring->prod->head);
}

#endif /* EYAS_WRITER_H */
