/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel's side of a ring, for unit tests: numbers records, loses what does
 * not fit and tells of it, as <linux/eyas.h> has it under DATA and LOSS.
 *
 *	struct eyas_fakering f;
 *
 *	eyas_fakering_create(&f, 0, EYAS_LANE_CRIT, 16384);
 *	eyas_ring_attach(&ring, &f.geo, f.prod, f.cons, f.data);
 *	eyas_fakering_put(&f, b.last, EYAS_CLASS_PROCESS);
 *	eyas_fakering_free(&f);
 */
#ifndef EYAS_TEST_FAKERING_H
#define EYAS_TEST_FAKERING_H

#include <stdbool.h>
#include <stdint.h>
#include <linux/eyas.h>

#define EYAS_FAKERING_PAGE	4096U

struct eyas_fakering {
	struct eyas_ring_geometry geo;	/* offsets are the caller's to set */
	struct eyas_ring_consumer *cons;
	struct eyas_ring_producer *prod;
	unsigned char *data;		/* data_size bytes, twice in a row */
	void *own;			/* memory to free */
	uint64_t head, number, last_number;
	struct eyas_loss loss;		/* not told yet */
	uint64_t pending;		/* records of it */
};

/* A ring in memory of its own. */
void eyas_fakering_create(struct eyas_fakering *f, uint32_t cpu, uint32_t lane, uint32_t size);
void eyas_fakering_free(struct eyas_fakering *f);

/* A ring in zeroed memory of the caller: a page; a page and 2 * size bytes. */
void eyas_fakering_init(struct eyas_fakering *f, uint32_t cpu, uint32_t lane, uint32_t size,
			void *cons, void *prod);

/* Record a copy of @rec with the next number, or lose it: false. */
bool eyas_fakering_put(struct eyas_fakering *f, const struct eyas_record *rec,
		       enum eyas_class cls);

/* Write @len bytes at the head, as they are: for rings that lie. */
void eyas_fakering_put_raw(struct eyas_fakering *f, const void *p, uint32_t len);

/* A record is being written from now on, or no longer. */
void eyas_fakering_busy(struct eyas_fakering *f, bool busy);

#endif
