/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A record is built in place: eyas_ring_reserve() for its fixed part; if more
 * follows, a writer, see writer.h; then eyas_ring_publish() or eyas_ring_lose().
 */
#ifndef EYAS_RING_WRITE_H
#define EYAS_RING_WRITE_H

#include <linux/timekeeping.h>
#include "arch.h"
#include "ring.h"

/* Never less than before, whatever CPU clocks do. */
static __always_inline void eyas_ring_clock(struct eyas_ring_producer *prod)
{
	u64 now = ktime_get_raw_fast_ns(), last = prod->last_time;

	WRITE_ONCE(prod->last_time, unlikely(now < last) ? last : now);
}

/* Slow half of eyas_ring_reserve(): loss to tell, or not enough room. */
struct eyas_record *eyas_ring_reserve_slow(struct eyas_ring *ring, size_t len, u8 cls);

/* Count a record that came while one was being written, which no hook of ours does. */
void eyas_ring_refuse(void);

/* eyas_ring_reserve() with the ring's producer at hand, which looks for the class if need be. */
static __always_inline struct eyas_record *eyas_ring_reserve_at(struct eyas_ring *ring,
								struct eyas_ring_producer *prod,
								size_t len, const u8 *cls)
{
	struct eyas_record *rec;
	u64 head;

	if (unlikely(prod->wseq & 1)) {
		eyas_ring_refuse();
		return NULL;
	}
	/* Odd before the clock is read: the reader's merge horizon relies on it. */
	eyas_arch_inc32(&prod->wseq);
	eyas_ring_clock(prod);
	head = prod->head;
	if (unlikely(head + len > ring->end))
		return eyas_ring_reserve_slow(ring, len, *cls);
	rec = (struct eyas_record *)(ring->data + (head & ring->mask));
	/* Callers need not look at what cannot be. */
	if (!rec)
		__builtin_unreachable();
	return rec;
}

/*
 * Start a record of at least @len bytes, header included. NULL: no room, and the
 * loss is counted. Preemption is off from here to publish, lose or forget.
 */
static __always_inline struct eyas_record *eyas_ring_reserve(struct eyas_ring *ring, size_t len,
							     u8 cls)
{
	return eyas_ring_reserve_at(ring, ring->prod, len, &cls);
}

static __always_inline void eyas_ring_finish(struct eyas_ring *ring,
					     struct eyas_ring_producer *prod, u64 head)
{
	/* Even after head: who sees it even sees the record. */
	eyas_arch_inc32_release(&prod->wseq);
	/* Set elsewhere, too: an old value wakes early or at the next record. */
	if (unlikely(head >= data_race(ring->wake_at)))
		irq_work_queue(&ring->wake);
}

/* eyas_ring_publish() with the ring's producer at hand. */
static __always_inline void eyas_ring_publish_at(struct eyas_ring *ring,
						 struct eyas_ring_producer *prod,
						 struct eyas_record *rec, u32 len)
{
	u64 head = prod->head + len;

	eyas_arch_inc64(&prod->produced);
	rec->len = len;
	rec->time = prod->last_time;
	rec->seq = (u32)prod->produced;
	/* Pairs with the reader's load-acquire of head: data before position. */
	smp_store_release(&prod->head, head);
	eyas_ring_finish(ring, prod, head);
}

/* Publish the record; len, time and seq of its header are filled in here. */
static __always_inline void eyas_ring_publish(struct eyas_ring *ring, struct eyas_record *rec,
					      u32 len)
{
	eyas_ring_publish_at(ring, ring->prod, rec, len);
}

#endif /* EYAS_RING_WRITE_H */
