// SPDX-License-Identifier: Apache-2.0
/* Many rings as one stream in time order: a binary heap of the rings' next records. */
#include "source/merge.h"

#include <errno.h>
#include <stdlib.h>

/* What is equal in time goes by lane: a fork before the first call of its child. */
static inline bool before(const struct eyas_merge_node *a, const struct eyas_merge_node *b)
{
	return a->time != b->time ? a->time < b->time : a->ring->lane < b->ring->lane;
}

/* Put @n where it belongs, from the top down. */
static inline void sift_down(struct eyas_merge *m, struct eyas_merge_node n)
{
	struct eyas_merge_node *heap = m->heap;
	size_t len = m->len, i = 0, child;

	while ((child = 2 * i + 1) < len) {
		if (child + 1 < len && before(&heap[child + 1], &heap[child]))
			child++;
		if (!before(&heap[child], &n))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = n;
}

static void push(struct eyas_merge *m, struct eyas_merge_node n)
{
	size_t i = m->len++;

	while (i && before(&n, &m->heap[(i - 1) / 2])) {
		m->heap[i] = m->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	m->heap[i] = n;
}

static void pop(struct eyas_merge *m)
{
	m->heap[0].ring->queued = false;
	if (--m->len)
		sift_down(m, m->heap[m->len]);
}

int eyas_merge_add(struct eyas_merge *m, struct eyas_ring *ring)
{
	void *heap = m->heap;
	/* Each ring is in the heap at most once: room now, none needed later. */
	int r = eyas_vec_grow(&heap, &m->cap, m->rings.len + 1, sizeof(*m->heap));

	m->heap = heap;
	return r ? r : eyas_vec_push(&m->rings, ring);
}

void eyas_merge_release(struct eyas_merge *m)
{
	eyas_vec_release(&m->rings);
	free(m->heap);
	m->heap = NULL;
	m->len = m->cap = 0;
}

static int enqueue(struct eyas_merge *m, struct eyas_ring *ring, struct eyas_err *err)
{
	const struct eyas_record *rec;
	int r = eyas_ring_peek(ring, &rec, err);

	if (r <= 0)
		return r;
	ring->queued = true;
	push(m, (struct eyas_merge_node){ rec->time, rec->len, ring, rec });
	return 0;
}

int eyas_merge_round(struct eyas_merge *m, uint64_t now, bool all, struct eyas_err *err)
{
	uint64_t safe = now > EYAS_MERGE_SKEW_NS ? now - EYAS_MERGE_SKEW_NS : 0;
	uint64_t horizon = UINT64_MAX;

	eyas_vec_for_each(&m->rings, it) {
		struct eyas_ring *ring = *it;
		int r = eyas_ring_refresh(ring, safe, err);

		if (!r && !ring->queued)
			r = enqueue(m, ring, err);
		if (r)
			return r;
		if (ring->floor < horizon)
			horizon = ring->floor;
	}
	m->horizon = all ? UINT64_MAX : horizon;
	return 0;
}

/* Go past the record at the top, and put its ring where its next one belongs. */
static inline int step(struct eyas_merge *m, struct eyas_err *err)
{
	struct eyas_merge_node n = m->heap[0];
	int r;

	m->given = false;
	eyas_ring_advance(n.ring, n.len);
	r = eyas_ring_peek(n.ring, &n.rec, err);
	if (r <= 0) {
		eyas_ring_release(n.ring);
		pop(m);
		return r;
	}
	n.time = n.rec->time;
	n.len = n.rec->len;
	sift_down(m, n);
	return 0;
}

/* Nothing more below the horizon: the caller may wait now, and poll() looks at what is unread. */
static int give_back(struct eyas_merge *m)
{
	for (size_t i = 0; i < m->len; i++)
		eyas_ring_release(m->heap[i].ring);
	return 0;
}

static inline int next(struct eyas_merge *m, struct eyas_err *err)
{
	if (m->given) {
		int r = step(m, err);

		if (r)
			return r;
	}
	if (!m->len || m->heap[0].time > m->horizon)
		return give_back(m);
	m->given = true;
	return 1;
}

int eyas_merge_next(struct eyas_merge *m, struct eyas_merge_node *ret, struct eyas_err *err)
{
	int r = next(m, err);

	if (r > 0)
		*ret = m->heap[0];
	return r;
}

/* The last time at which the ring at the top is still next. */
static inline uint64_t top_until(const struct eyas_merge *m)
{
	const struct eyas_merge_node *top = &m->heap[0], *second = &m->heap[1];
	uint64_t until;

	if (m->len < 2)
		return m->horizon;
	if (m->len > 2 && before(&m->heap[2], second))
		second = &m->heap[2];
	until = top->ring->lane <= second->ring->lane ? second->time : second->time - 1;
	return until < m->horizon ? until : m->horizon;
}

int eyas_merge_next_run(struct eyas_merge *m, struct eyas_merge_node *ret,
			struct eyas_ring_run *ret_run, struct eyas_err *err)
{
	struct eyas_merge_node *top = &m->heap[0];
	int r = next(m, err);

	if (r > 0) {
		*ret = *top;
		r = eyas_ring_run(top->ring, top->rec, top->len, top_until(m), ret_run, err);
	}
	if (r > 0)
		top->len = ret_run->len;
	return r;
}

bool eyas_merge_busy(const struct eyas_merge *m)
{
	for (size_t i = 0; i < m->rings.len; i++)
		if (m->rings.data[i]->busy)
			return true;
	return false;
}
