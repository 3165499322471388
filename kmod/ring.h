/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A ring of bytes with one writer, the CPU it belongs to with preemption off,
 * and one reader, user space behind a mapping.
 *
 * A record is built in place: eyas_ring_reserve() for its fixed part; if more
 * follows, a writer and eyas_writer_room() before each part; then one of
 * eyas_ring_publish(), eyas_ring_lose() (count as lost) or eyas_ring_forget() (it
 * never happened; free, as nobody else writes here).
 */
#ifndef EYAS_RING_H
#define EYAS_RING_H

#include <linux/irq_work.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/timekeeping.h>
#include <linux/eyas.h>
#include "arch.h"

struct eyas_session;

/* Records refused, by CPU: see eyas_ring_refuse(), or the CPU has no ring for want of memory. */
DECLARE_PER_CPU(u64, eyas_refused);

/* Loss that no LOSS record has told yet. */
struct eyas_ring_loss {
	u64 total;
	u64 first;
	u64 last;
	u64 count[EYAS_CLASS_MAX];
};

struct eyas_ring {
	/*
	 * The writer's. Positions and numbers are in the producer page itself:
	 * user space can see, but not change them.
	 */
	struct eyas_ring_producer *prod;
	u8 *data;		/* size bytes, mapped twice */
	u64 end;		/* bytes up to here may be written: tail + size; 0: see the slow path */
	u64 wake_at;		/* queue wake when head gets here; set by the poller */
	u32 mask;
	struct eyas_ring_consumer *cons;
	u64 tail;		/* the last one accepted */
	struct eyas_ring_loss loss;

	/* everybody's */
	bool poisoned;
	bool notice;		/* a burst of loss began */
	u32 size;
	u32 cpu;
	u32 lane;
	struct eyas_session *session;
	struct irq_work wake;
	struct page *cons_page;
	struct page **pages;	/* producer, data, data again: as user space maps them */
	unsigned int npages;
	void *map;
} ____cacheline_aligned;

struct eyas_writer {
	struct eyas_ring *ring;
	struct eyas_record *rec;
	u8 *pos;		/* where the next byte goes */
	u8 *limit;		/* room up to here is certain */
	u8 cls;
};

/*
 * Memory for a ring of @size bytes (a power of two of whole pages) for @cpu;
 * @wake is queued as user space asked. ERR_PTR(-ENOMEM).
 */
struct eyas_ring *eyas_ring_create(struct eyas_session *session, u32 cpu, u32 lane, u32 size,
				   void (*wake)(struct irq_work *work));
void eyas_ring_free(struct eyas_ring *ring);	/* NULL is fine; writers must be gone */

/* Bytes not read yet. Poisons the ring, and returns 0, if the reader's tail is wrong. */
u64 eyas_ring_unread(struct eyas_ring *ring);

/* Slow half of eyas_writer_room(): look at the reader's tail again. */
bool eyas_ring_refresh(struct eyas_ring *ring, u64 end);

/* Count the record as lost, with the time it would have had. */
void eyas_ring_lose(struct eyas_ring *ring, u8 cls);

/* Write the LOSS record that is due; there must be room for it. */
void eyas_ring_tell_loss(struct eyas_ring *ring);

#define EYAS_LOSS_LEN	(sizeof(struct eyas_record) + sizeof(struct eyas_loss))

/* Slow half of eyas_writer_room(): the reader may have made some. */
bool eyas_writer_room_slow(struct eyas_writer *w, size_t len);

/* Make sure of room for @len more bytes; if it fails, the record must be lost. */
static __always_inline bool eyas_writer_room(struct eyas_writer *w, size_t len)
{
	return likely(w->pos + len <= w->limit) || eyas_writer_room_slow(w, len);
}

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

int eyas_ring_selftest(void);

#endif /* EYAS_RING_H */
