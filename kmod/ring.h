/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A ring of bytes with one writer, the CPU it belongs to with preemption off,
 * and one reader, user space behind a mapping. How records are written: ring_write.h.
 */
#ifndef EYAS_RING_H
#define EYAS_RING_H

#include <linux/irq_work.h>
#include <linux/percpu.h>
#include <linux/eyas.h>

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

/*
 * Memory for a ring of @size bytes (a power of two of whole pages) for @cpu;
 * @wake is queued as user space asked. ERR_PTR(-ENOMEM).
 */
struct eyas_ring *eyas_ring_create(struct eyas_session *session, u32 cpu, u32 lane, u32 size,
				   void (*wake)(struct irq_work *work));
void eyas_ring_free(struct eyas_ring *ring);	/* NULL is fine; writers must be gone */

/* Bytes not read yet. Poisons the ring, and returns 0, if the reader's tail is wrong. */
u64 eyas_ring_unread(struct eyas_ring *ring);

/* Look at the reader's tail again; whether there is room up to @end. */
bool eyas_ring_refresh(struct eyas_ring *ring, u64 end);

/* Count the record as lost, with the time it would have had. */
void eyas_ring_lose(struct eyas_ring *ring, u8 cls);

/* Write the LOSS record that is due; there must be room for it. */
void eyas_ring_tell_loss(struct eyas_ring *ring);

#define EYAS_LOSS_LEN	(sizeof(struct eyas_record) + sizeof(struct eyas_loss))

int eyas_ring_selftest(void);

#endif /* EYAS_RING_H */
