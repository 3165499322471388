// SPDX-License-Identifier: Apache-2.0
/* The kernel's side of a ring, for unit tests. */
#include "fakering.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOSS_LEN	((uint32_t)(sizeof(struct eyas_record) + sizeof(struct eyas_loss)))

void eyas_fakering_init(struct eyas_fakering *f, uint32_t cpu, uint32_t lane, uint32_t size,
			void *cons, void *prod)
{
	memset(f, 0, sizeof(*f));
	f->geo = (struct eyas_ring_geometry){
		.data_size = size, .cpu = cpu, .lane = lane, .state = EYAS_RING_STATE_LIVE,
	};
	f->cons = cons;
	f->prod = prod;
	f->data = (unsigned char *)prod + EYAS_FAKERING_PAGE;
	f->prod->state = EYAS_RING_STATE_LIVE;
}

void eyas_fakering_create(struct eyas_fakering *f, uint32_t cpu, uint32_t lane, uint32_t size)
{
	size_t len = 2 * EYAS_FAKERING_PAGE + 2 * (size_t)size;
	unsigned char *own = aligned_alloc(EYAS_FAKERING_PAGE, len);

	if (!own) {
		fprintf(stderr, "fakering: out of memory\n");
		abort();
	}
	memset(own, 0, len);
	eyas_fakering_init(f, cpu, lane, size, own, own + EYAS_FAKERING_PAGE);
	f->own = own;
}

void eyas_fakering_free(struct eyas_fakering *f)
{
	free(f->own);
	memset(f, 0, sizeof(*f));
}

/* Memory that is not mapped twice is written twice. */
static void store(struct eyas_fakering *f, const void *p, uint32_t len)
{
	const unsigned char *src = p;
	uint64_t size = f->geo.data_size;

	for (uint32_t i = 0; i < len; i++) {
		uint64_t at = (f->head + i) & (size - 1);

		f->data[at] = f->data[at + size] = src[i];
	}
	f->head += len;
}

static void publish(struct eyas_fakering *f)
{
	__atomic_store_n(&f->prod->head, f->head, __ATOMIC_RELEASE);
}

void eyas_fakering_put_raw(struct eyas_fakering *f, const void *p, uint32_t len)
{
	store(f, p, len);
	publish(f);
}

static void tell_loss(struct eyas_fakering *f, uint64_t time)
{
	struct eyas_record rec = {
		.len = LOSS_LEN, .type = EYAS_REC_LOSS, .time = time, .nr = -1,
		.seq = (uint32_t)f->last_number,
	};

	store(f, &rec, sizeof(rec));
	store(f, &f->loss, sizeof(f->loss));
	memset(&f->loss, 0, sizeof(f->loss));
	f->pending = 0;
}

bool eyas_fakering_put(struct eyas_fakering *f, const struct eyas_record *rec, enum eyas_class cls)
{
	uint32_t need = rec->len + (f->pending ? LOSS_LEN : 0);
	uint64_t tail = __atomic_load_n(&f->cons->tail, __ATOMIC_ACQUIRE);
	uint64_t start;
	uint32_t seq;

	f->prod->produced = ++f->number;
	f->prod->last_time = rec->time;
	if (f->head + need - tail > f->geo.data_size) {
		if (!f->pending++)
			f->loss.first = rec->time;
		f->loss.last = rec->time;
		f->loss.count[cls]++;
		f->prod->lost[cls]++;
		f->last_number = f->number;
		return false;
	}
	if (f->pending)
		tell_loss(f, rec->time);
	start = f->head;
	store(f, rec, rec->len);
	/* The number is not the one that the record came with. */
	seq = (uint32_t)f->number;
	f->head = start + offsetof(struct eyas_record, seq);
	store(f, &seq, sizeof(seq));
	f->head = start + rec->len;
	publish(f);
	return true;
}

void eyas_fakering_busy(struct eyas_fakering *f, bool busy)
{
	if ((f->prod->wseq & 1) != busy)
		__atomic_store_n(&f->prod->wseq, f->prod->wseq + 1, __ATOMIC_RELEASE);
}
