// SPDX-License-Identifier: GPL-2.0
/*
 * Rings: memory, loss, and what the inline writer in ring.h leaves to a slow
 * path. Knows bytes and counts, not events; session.c owns the rings.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "writer.h"

DEFINE_PER_CPU(u64, eyas_refused);

static struct page *page_for(u32 cpu)
{
	return alloc_pages_node(cpu_to_node(cpu), EYAS_GFP_MAPPED | __GFP_ZERO, 0);
}

static int pages_alloc(struct eyas_ring *ring)
{
	unsigned int data = ring->size >> PAGE_SHIFT;
	unsigned int i;

	ring->pages = kvcalloc(1 + 2 * data, sizeof(*ring->pages), GFP_KERNEL_ACCOUNT);
	ring->cons_page = page_for(ring->cpu);
	if (!ring->pages || !ring->cons_page)
		return -ENOMEM;
	for (i = 0; i < 1 + data; i++) {
		ring->pages[i] = page_for(ring->cpu);
		if (!ring->pages[i])
			return -ENOMEM;
	}
	for (i = 0; i < data; i++)
		ring->pages[1 + data + i] = ring->pages[1 + i];
	ring->npages = 1 + 2 * data;
	/* A second view of the data right behind the first: records never wrap. */
	ring->map = vmap(ring->pages, ring->npages, VM_MAP, PAGE_KERNEL);
	return ring->map ? 0 : -ENOMEM;
}

struct eyas_ring *eyas_ring_create(struct eyas_session *session, u32 cpu, u32 lane, u32 size,
				   void (*wake)(struct irq_work *work))
{
	struct eyas_ring *ring;

	ring = kzalloc_node(sizeof(*ring), GFP_KERNEL_ACCOUNT, cpu_to_node(cpu));
	if (!ring)
		return ERR_PTR(-ENOMEM);
	ring->session = session;
	ring->cpu = cpu;
	ring->lane = lane;
	ring->size = size;
	ring->mask = size - 1;
	ring->end = size;
	ring->wake_at = U64_MAX;
	init_irq_work(&ring->wake, wake);
	if (pages_alloc(ring)) {
		eyas_ring_free(ring);
		return ERR_PTR(-ENOMEM);
	}
	ring->prod = ring->map;
	ring->prod->state = EYAS_RING_STATE_LIVE;
	ring->cons = page_address(ring->cons_page);
	ring->data = (u8 *)ring->map + PAGE_SIZE;
	return ring;
}

void eyas_ring_free(struct eyas_ring *ring)
{
	unsigned int i;

	if (!ring)
		return;
	irq_work_sync(&ring->wake);
	if (ring->map)
		vunmap(ring->map);
	for (i = 0; ring->pages && i < 1 + (ring->size >> PAGE_SHIFT); i++)
		if (ring->pages[i])
			__free_page(ring->pages[i]);
	if (ring->cons_page)
		__free_page(ring->cons_page);
	kvfree(ring->pages);
	kfree(ring);
}

static void ring_poison(struct eyas_ring *ring)
{
	WRITE_ONCE(ring->poisoned, true);
	WRITE_ONCE(ring->prod->state, EYAS_RING_STATE_POISONED);
}

/* Whether user space may have read from @from up to @tail. */
static bool tail_valid(u64 from, u64 tail, u64 head)
{
	return !(tail & 7) && tail - from <= head - from;
}

u64 eyas_ring_unread(struct eyas_ring *ring)
{
	u64 from, tail, head;

	if (READ_ONCE(ring->poisoned))
		return 0;
	/*
	 * from, then tail, then head: each is at least what the one before was
	 * when it was read, unless the reader lies.
	 */
	from = smp_load_acquire(&ring->tail);
	/* Pairs with the reader's store-release. */
	tail = smp_load_acquire(&ring->cons->tail);
	/* Pairs with eyas_ring_commit(). */
	head = smp_load_acquire(&ring->prod->head);
	if (tail_valid(from, tail, head))
		return head - tail;
	ring_poison(ring);
	return 0;
}

bool eyas_ring_refresh(struct eyas_ring *ring, u64 end)
{
	u64 tail;

	if (READ_ONCE(ring->poisoned))
		return false;
	/* Pairs with the reader's store-release: it is done with what is below. */
	tail = smp_load_acquire(&ring->cons->tail);
	if (!tail_valid(ring->tail, tail, ring->prod->head)) {
		ring_poison(ring);
		return false;
	}
	/* Pairs with eyas_ring_unread(). */
	smp_store_release(&ring->tail, tail);
	ring->end = tail + ring->size;
	return end <= ring->end;
}

bool eyas_writer_room_slow(struct eyas_writer *w, size_t len)
{
	struct eyas_ring *ring = w->ring;
	size_t rec = w->pos - (u8 *)w->rec + len;
	u64 head = ring->prod->head;

	if (rec > EYAS_RECORD_MAX || !eyas_ring_refresh(ring, head + rec))
		return false;
	w->limit = (u8 *)w->rec + min_t(u64, ring->end - head, EYAS_RECORD_MAX);
	return true;
}

void eyas_ring_refuse(void)
{
	this_cpu_inc(eyas_refused);
}

void eyas_ring_lose(struct eyas_ring *ring, u8 cls)
{
	struct eyas_ring_producer *prod = ring->prod;
	struct eyas_ring_loss *loss = &ring->loss;

	if (cls >= EYAS_CLASS_MAX)
		cls = EYAS_CLASS_OTHER;
	if (!loss->total++) {
		loss->first = prod->last_time;
		WRITE_ONCE(ring->notice, true);
		irq_work_queue(&ring->wake);
	}
	loss->last = prod->last_time;
	loss->count[cls]++;
	/* The next one has to look whether there is room to tell of this one. */
	ring->end = 0;
	WRITE_ONCE(prod->lost[cls], prod->lost[cls] + 1);
	WRITE_ONCE(prod->produced, prod->produced + 1);
	eyas_ring_finish(ring, prod, prod->head);
}

struct eyas_record *eyas_ring_reserve_slow(struct eyas_ring *ring, size_t len, u8 cls)
{
	if (ring->loss.total)
		len += EYAS_LOSS_LEN;
	if (!eyas_ring_refresh(ring, ring->prod->head + len)) {
		eyas_ring_lose(ring, cls);
		return NULL;
	}
	if (ring->loss.total)
		eyas_ring_tell_loss(ring);
	return (struct eyas_record *)(ring->data + (ring->prod->head & ring->mask));
}

void eyas_ring_tell_loss(struct eyas_ring *ring)
{
	struct eyas_ring_producer *prod = ring->prod;
	struct eyas_record *rec = (void *)(ring->data + (prod->head & ring->mask));
	struct eyas_loss *loss = (void *)(rec + 1);

	*rec = (struct eyas_record) {
		.len = EYAS_LOSS_LEN,
		.type = EYAS_REC_LOSS,
		.time = prod->last_time,
		.nr = -1,
		.seq = (u32)prod->produced,
	};
	loss->first = ring->loss.first;
	loss->last = ring->loss.last;
	memcpy(loss->count, ring->loss.count, sizeof(loss->count));
	memset(&ring->loss, 0, sizeof(ring->loss));
	/* Pairs with the reader's load-acquire of head. */
	smp_store_release(&prod->head, prod->head + EYAS_LOSS_LEN);
}

#ifdef EYAS_DEBUG
#include "selftest/ring.c"
#else
int eyas_ring_selftest(void)
{
	return 0;
}
#endif
