/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing capture files, see source/capture.h. A record costs little here: it
 * is packed into a buffer, and every so often that is compressed and written.
 *
 *	eyas_capture_writer_open(&w, &opening, &err);
 *	eyas_capture_writer_state(w, &state, &err);
 *	while (...)
 *		eyas_capture_writer_put(w, &run, &err);
 *	eyas_capture_writer_end(w, 0, &err);
 *	eyas_capture_writer_free(w);
 */
#ifndef EYAS_SOURCE_CAPTURE_WRITE_H
#define EYAS_SOURCE_CAPTURE_WRITE_H

#include "base/strbuf.h"
#include "source/capture_block.h"
#include "source/capture_pack.h"
#include "source/source.h"

/* ---- an EVENTS block in the making ---- */

struct eyas_capture_packer {
	struct eyas_capture_block head;
	struct eyas_capture_pieces_out out;
	unsigned char *mem;
	uint64_t num;			/* of the next record */
	struct eyas_capture_end totals;	/* of all blocks together */
	struct eyas_capture_coder coder;
};

/* @num: of the first record. 0 or -ENOMEM. */
int eyas_capture_packer_init(struct eyas_capture_packer *p, uint64_t num) _must_check_;
void eyas_capture_packer_release(struct eyas_capture_packer *p);

/*
 * Put records of @run, which becomes what is left of it: something, if the block
 * has to be sealed first, because it is full or a clock was set. 0, -EBADMSG.
 */
int eyas_capture_packer_put(struct eyas_capture_packer *p, struct eyas_record_run *run);

static inline bool eyas_capture_packer_empty(const struct eyas_capture_packer *p)
{
	return !p->head.records;
}

/* As eyas_capture_seal(), of what has been put; the next block begins. */
int eyas_capture_packer_seal(struct eyas_capture_packer *p, struct eyas_capture_sealer *s,
			     struct eyas_capture_block *ret, const void **ret_stored);

/* ---- a file ---- */

/* Take from @left as many items as a STATE block holds; false: there are no more. */
bool eyas_capture_state_part(struct eyas_bytes *left, struct eyas_bytes *ret);

/* Add what @b counts to @a. */
void eyas_capture_end_add(struct eyas_capture_end *a, const struct eyas_capture_end *b);

struct eyas_capture_writer;

struct eyas_capture_opening {
	const char *path;		/* made with mode 0600, or emptied; "-": stdout */
	uint8_t id[16];
	uint32_t part;
	uint64_t num;			/* of the first record */
	const struct eyas_strbuf *facts; /* items */
};

/* The file with its header and facts. */
int eyas_capture_writer_open(struct eyas_capture_writer **ret, const struct eyas_capture_opening *o,
			     struct eyas_err *err) _must_check_;

/*
 * Functions below fail with the errno of writing; the file then ends with its
 * last whole block, and every later call fails alike.
 */

/* Add items to what holds from here on. None may be longer than 1 MiB. */
int eyas_capture_writer_state(struct eyas_capture_writer *w, const struct eyas_strbuf *items,
			      struct eyas_err *err);
int eyas_capture_writer_put(struct eyas_capture_writer *w, const struct eyas_record_run *run,
			    struct eyas_err *err);
/* Write what has been put, for who reads along. */
int eyas_capture_writer_flush(struct eyas_capture_writer *w, struct eyas_err *err);
/* A sealed block from elsewhere, whose num goes on from what is there; @totals: of its records. */
int eyas_capture_writer_block(struct eyas_capture_writer *w, const struct eyas_capture_block *b,
			      const void *stored, const struct eyas_capture_end *totals,
			      struct eyas_err *err);
/* Flush, mark the end (EYAS_CAPTURE_END_F_*) and close. */
int eyas_capture_writer_end(struct eyas_capture_writer *w, uint32_t flags, struct eyas_err *err);
void eyas_capture_writer_free(struct eyas_capture_writer *w);	/* NULL is fine */

uint64_t eyas_capture_writer_size(const struct eyas_capture_writer *w);	/* bytes written */
/* Of the next record. */
uint64_t eyas_capture_writer_num(const struct eyas_capture_writer *w);
/* Of what has been written, not of what was put since the last flush. */
const struct eyas_capture_end *eyas_capture_writer_totals(const struct eyas_capture_writer *w);
bool eyas_capture_writer_pending(const struct eyas_capture_writer *w);	/* a flush has work */

#endif
