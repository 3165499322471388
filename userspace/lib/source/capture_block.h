/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of capture files: payloads compressed and checked. No files here. */
#ifndef EYAS_SOURCE_CAPTURE_BLOCK_H
#define EYAS_SOURCE_CAPTURE_BLOCK_H

#include <stddef.h>
#include <stdint.h>
#include "base/bytes.h"
#include "base/err.h"
#include "source/capture.h"

/* CRC-32 of @len bytes. */
uint32_t eyas_capture_crc(const void *data, size_t len);

/* Fill in magic, sizes, version and checksum: id and part are the caller's. */
void eyas_capture_file_seal(struct eyas_capture_file *f);

/*
 * Check a file header that is there with f->size bytes, as far as they are
 * known. 0, -EBADMSG, -EPROTONOSUPPORT.
 */
int eyas_capture_file_check(const struct eyas_capture_file *f, struct eyas_err *err);

/* ---- making them ---- */

/* Memory to compress with. Zeroed: none yet. */
struct eyas_capture_sealer {
	void *zstd;
	unsigned char *buf;
	size_t cap;
};

void eyas_capture_sealer_release(struct eyas_capture_sealer *s);

/*
 * Make @b the header of @payload, at most EYAS_CAPTURE_PAYLOAD_MAX bytes: type, num
 * and what is of EVENTS are the caller's, the rest is filled in. What is to be stored
 * behind it, b->stored bytes, is *ret: @payload, or memory of @s, valid until
 * the next call. 0 or -ENOMEM.
 */
int eyas_capture_seal(struct eyas_capture_sealer *s, struct eyas_capture_block *b,
		      const void *payload, size_t len, const void **ret);

/* ---- reading them ---- */

/* Zeroed: none yet. */
struct eyas_capture_opener {
	void *zstd;
	unsigned char *buf;
	size_t cap;
};

void eyas_capture_opener_release(struct eyas_capture_opener *o);

/* Whether @b can be a block header. 0, or -EBADMSG, -EPROTONOSUPPORT. */
int eyas_capture_block_check(const struct eyas_capture_block *b, struct eyas_err *err);

/*
 * The payload of @b, which has been checked, from the b->stored bytes at
 * @stored: b->full bytes, 8-aligned if @stored is, there or in memory of @o
 * until the next call. 0, -EBADMSG, -ENOMEM.
 */
int eyas_capture_open(struct eyas_capture_opener *o, const struct eyas_capture_block *b,
		      const void *stored, struct eyas_bytes *ret, struct eyas_err *err);

#endif
