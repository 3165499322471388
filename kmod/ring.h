/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A ring of bytes with one writer, the CPU it belongs to with preemption off,
 * and one reader, user space behind a mapping.
 *
 * A record is built in place: eyas_ring_begin(), then eyas_writer_room() before
 * each part, then one of eyas_ring_commit() (publish), eyas_ring_lose() (count
 * as lost) or eyas_ring_forget() (it never happened; free, as nobody else
 * writes here).
 */
#ifndef EYAS_RING_H
#define EYAS_RING_H

#include <linux/irq_work.h>
#include <linux/preempt.h>
#include <linux/timekeeping.h>
#include <linux/eyas.h>

struct eyas_session;

/* Loss that no LOSS record has told yet. */
struct eyas_ring_loss {
	u64 total;
	u64 first;
	u64 last;
	u64 count[EYAS_CLASS_MAX];
};

struct eyas_ring {
	/* the writer's */
	u64 head;
	u64 end;		/* bytes up to here may be written: tail + size */
	u64 wake_at;		/* queue wake when head gets here; set by the poller */
	u64 seq;
	u64 last_time;
	u8 *data;		/* size bytes, mapped twice */
	struct eyas_ring_producer *prod;
	struct eyas_ring_consumer *cons;
	u32 mask;
	u32 wseq;
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
void eyas_ring_lose(struct eyas_writer *w);

/* Write the LOSS record that is due; there must be room for it. */
void eyas_ring_tell_loss(struct eyas_ring *ring);

#define EYAS_LOSS_LEN	(sizeof(struct eyas_record) + sizeof(struct eyas_loss))

/* Make sure of room for @len more bytes; if it fails, the record must be lost. */
static __always_inline bool eyas_writer_room(struct eyas_writer *w, size_t len)
{
	struct eyas_ring *ring = w->ring;
	size_t rec = w->pos - (u8 *)w->rec + len;

	if (likely(w->pos + len <= w->limit))
		return true;
	if (unlikely(rec > EYAS_RECORD_MAX))
		return false;
	if (unlikely(ring->head + rec > ring->end) && !eyas_ring_refresh(ring, ring->head + rec))
		return false;
	w->limit = (u8 *)w->rec + min_t(u64, ring->end - ring->head, EYAS_RECORD_MAX);
	return true;
}

static __always_inline u64 eyas_ring_clock(struct eyas_ring *ring)
{
	u64 now = ktime_get_raw_fast_ns();

	if (unlikely(now < ring->last_time))
		now = ring->last_time;
	ring->last_time = now;
	return now;
}

/*
 * Start a record with a header and @fixed bytes. False: no room, and the loss
 * is counted. Preemption is off from here to commit, lose or forget.
 */
static __always_inline bool eyas_ring_begin(struct eyas_writer *w, struct eyas_ring *ring,
					    size_t fixed, u8 cls)
{
	size_t len = sizeof(struct eyas_record) + fixed;

	/* Odd before the clock is read: the reader's merge horizon relies on it. */
	WRITE_ONCE(ring->prod->wseq, ++ring->wseq);
	eyas_ring_clock(ring);
	w->ring = ring;
	w->cls = cls;
	if (unlikely(ring->loss.total)) {
		if (ring->head + EYAS_LOSS_LEN + len > ring->end &&
		    !eyas_ring_refresh(ring, ring->head + EYAS_LOSS_LEN + len))
			goto lost;
		eyas_ring_tell_loss(ring);
	} else if (unlikely(ring->head + len > ring->end) &&
		   !eyas_ring_refresh(ring, ring->head + len)) {
		goto lost;
	}
	w->rec = (struct eyas_record *)(ring->data + (ring->head & ring->mask));
	w->pos = (u8 *)w->rec + len;
	w->limit = w->pos;
	return true;
lost:
	eyas_ring_lose(w);
	return false;
}

static __always_inline void eyas_ring_finish(struct eyas_ring *ring)
{
	/* Even after head: who sees it even sees the record. */
	smp_store_release(&ring->prod->wseq, ++ring->wseq);
	if (unlikely(ring->head >= READ_ONCE(ring->wake_at)))
		irq_work_queue(&ring->wake);
}

/* Publish the record; len, time and seq of its header are filled in here. */
static __always_inline void eyas_ring_commit(struct eyas_writer *w)
{
	struct eyas_ring *ring = w->ring;
	u32 len = w->pos - (u8 *)w->rec;

	w->rec->len = len;
	w->rec->time = ring->last_time;
	w->rec->seq = (u32)++ring->seq;
	WRITE_ONCE(ring->prod->produced, ring->seq);
	ring->head += len;
	/* Pairs with the reader's load-acquire of head: data before position. */
	smp_store_release(&ring->prod->head, ring->head);
	eyas_ring_finish(ring);
}

static __always_inline void eyas_ring_forget(struct eyas_writer *w)
{
	eyas_ring_finish(w->ring);
}

int eyas_ring_selftest(void);

#endif /* EYAS_RING_H */
