/* SPDX-License-Identifier: Apache-2.0 */
/* The coding of records in EVENTS blocks, see RECORDS in source/capture.h. */
#ifndef EYAS_SOURCE_CAPTURE_PACK_H
#define EYAS_SOURCE_CAPTURE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/bytes.h"
#include "base/err.h"
#include "source/capture.h"

struct eyas_capture_ring {
	uint64_t task;		/* word of tid and pid */
	uint32_t seq;
	uint16_t cpu;
	uint8_t lane;
	bool known;		/* told of in this block */
};

/* What encoder and decoder both remember; zeroed at the start of a block. */
struct eyas_capture_coder {
	uint64_t time;
	struct eyas_capture_ring *ring;		/* current one, NULL: none yet */
	struct eyas_capture_ring rings[EYAS_CAPTURE_RINGS];
	uint64_t slots[EYAS_CAPTURE_SLOTS][EYAS_CAPTURE_WORDS];
};

/* Where the pieces are written to, or read from. */
struct eyas_capture_pieces_out {
	unsigned char *tokens, *words, *rest;
};
struct eyas_capture_pieces {
	struct eyas_bytes tokens, words, rest;
};

/* Bytes of a piece that a record needs at most, what is overwritten again included. */
#define EYAS_CAPTURE_TOKENS_MAX	32
#define EYAS_CAPTURE_WORDS_MAX	(8 * EYAS_CAPTURE_WORDS + 8)

/*
 * Write records of @in, 8-aligned, all of one ring, while each of @out is below
 * its @full; there has to be room for one more behind that. @in and @out go on by
 * what was done. Returns how many, or -EBADMSG at bytes that are no record.
 */
int eyas_capture_pack(struct eyas_capture_coder *c, struct eyas_bytes *in, uint16_t cpu,
		      uint8_t lane, struct eyas_capture_pieces_out *out,
		      const struct eyas_capture_pieces_out *full);

/*
 * Read the next record to @out, 8-aligned and of EYAS_RECORD_MAX bytes; it came
 * from c->ring. 1; nothing left: 0; -EBADMSG with what is wrong.
 */
int eyas_capture_unpack(struct eyas_capture_coder *c, struct eyas_capture_pieces *in, void *out,
			struct eyas_err *err);

#endif
