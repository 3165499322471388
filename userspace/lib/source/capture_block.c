// SPDX-License-Identifier: Apache-2.0
/* Blocks of capture files: payloads compressed and checked. */
#include "source/capture_block.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

/* Records have been packed: the fastest usual level finds the rest at little cost. */
#define LEVEL	1

uint32_t eyas_capture_crc(const void *data, size_t len)
{
	return (uint32_t)crc32_z(0, data, len);
}

static uint32_t file_crc(const struct eyas_capture_file *f)
{
	return eyas_capture_crc(f, offsetof(struct eyas_capture_file, crc));
}

void eyas_capture_file_seal(struct eyas_capture_file *f)
{
	memcpy(f->magic, EYAS_CAPTURE_MAGIC, sizeof(f->magic));
	f->order = EYAS_CAPTURE_ORDER;
	f->size = sizeof(*f);
	f->version = EYAS_CAPTURE_VERSION;
	f->abi_version = EYAS_ABI_VERSION;
	f->incompatible = EYAS_CAPTURE_INCOMPATIBLE;
	f->compatible = 0;
	f->crc = file_crc(f);
}

int eyas_capture_file_check(const struct eyas_capture_file *f, struct eyas_err *err)
{
	if (memcmp(f->magic, EYAS_CAPTURE_MAGIC, sizeof(f->magic)) != 0)
		return eyas_err_set(err, -EBADMSG, "this is no capture file");
	if (f->order == __builtin_bswap32(EYAS_CAPTURE_ORDER))
		return eyas_err_set(err, -EPROTONOSUPPORT,
				    "a file of the other byte order; read it on such a machine");
	if (f->order != EYAS_CAPTURE_ORDER || f->size < sizeof(*f) ||
	    f->size > EYAS_CAPTURE_HEAD_MAX || f->size % 8 || f->crc != file_crc(f))
		return eyas_err_set(err, -EBADMSG, "the header of the file is damaged");
	if (f->version != EYAS_CAPTURE_VERSION || f->incompatible & ~EYAS_CAPTURE_INCOMPATIBLE)
		return eyas_err_set(err, -EPROTONOSUPPORT,
				    "format %" PRIu32 " with features %#" PRIx64
				    " is not known here; use a newer eyas",
				    f->version, (uint64_t)f->incompatible);
	if (f->abi_version != EYAS_ABI_VERSION)
		return eyas_err_set(err, -EPROTONOSUPPORT,
				    "records of interface version %" PRIu32 ", this program "
				    "reads version %d; use the eyas that wrote it",
				    f->abi_version, EYAS_ABI_VERSION);
	return 0;
}

/* ---- making them ---- */

void eyas_capture_sealer_release(struct eyas_capture_sealer *s)
{
	ZSTD_freeCCtx(s->zstd);
	free(s->buf);
	memset(s, 0, sizeof(*s));
}

static int sealer_prepare(struct eyas_capture_sealer *s, size_t len)
{
	size_t need = ZSTD_compressBound(len);

	if (!s->zstd) {
		s->zstd = ZSTD_createCCtx();
		if (!s->zstd ||
		    ZSTD_isError(ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_compressionLevel, LEVEL)))
			return -ENOMEM;
	}
	if (need > s->cap) {
		free(s->buf);
		s->buf = malloc(need);
		s->cap = s->buf ? need : 0;
	}
	return s->buf ? 0 : -ENOMEM;
}

static uint32_t head_crc(const struct eyas_capture_block *b)
{
	return eyas_capture_crc(b, offsetof(struct eyas_capture_block, head_crc));
}

int eyas_capture_seal(struct eyas_capture_sealer *s, struct eyas_capture_block *b,
		      const void *payload, size_t len, const void **ret)
{
	int r = sealer_prepare(s, len);
	size_t n;

	if (r)
		return r;
	n = ZSTD_compress2(s->zstd, s->buf, s->cap, payload, len);
	b->magic = EYAS_CAPTURE_BLOCK_MAGIC;
	b->flags = 0;
	b->full = b->stored = (uint32_t)len;
	*ret = payload;
	if (!ZSTD_isError(n) && n < len) {
		b->flags = EYAS_CAPTURE_F_ZSTD;
		b->stored = (uint32_t)n;
		*ret = s->buf;
	}
	b->__pad = 0;
	b->crc = eyas_capture_crc(*ret, b->stored);
	b->head_crc = head_crc(b);
	return 0;
}

/* ---- reading them ---- */

void eyas_capture_opener_release(struct eyas_capture_opener *o)
{
	ZSTD_freeDCtx(o->zstd);
	free(o->buf);
	memset(o, 0, sizeof(*o));
}

int eyas_capture_block_check(const struct eyas_capture_block *b, struct eyas_err *err)
{
	if (b->magic != EYAS_CAPTURE_BLOCK_MAGIC)
		return eyas_err_set(err, -EBADMSG, "no block begins here");
	if (b->head_crc != head_crc(b))
		return eyas_err_set(err, -EBADMSG, "the header of a block is damaged");
	if (b->flags & ~EYAS_CAPTURE_F_ALL)
		return eyas_err_set(err, -EPROTONOSUPPORT,
				    "a block with unknown flags %#x; use a newer eyas",
				    (unsigned int)b->flags);
	if (b->stored > EYAS_CAPTURE_PAYLOAD_MAX || b->full > EYAS_CAPTURE_PAYLOAD_MAX ||
	    (!(b->flags & EYAS_CAPTURE_F_ZSTD) && b->stored != b->full))
		return eyas_err_set(err, -EBADMSG,
				    "a block of %" PRIu32 " bytes that are to make %" PRIu32,
				    b->stored, b->full);
	return 0;
}

static int opener_prepare(struct eyas_capture_opener *o, size_t len)
{
	if (!o->zstd)
		o->zstd = ZSTD_createDCtx();
	if (len > o->cap || !o->buf) {
		free(o->buf);
		o->buf = malloc(len ? len : 1);
		o->cap = o->buf ? len : 0;
	}
	return o->zstd && o->buf ? 0 : -ENOMEM;
}

int eyas_capture_open(struct eyas_capture_opener *o, const struct eyas_capture_block *b,
		      const void *stored, struct eyas_bytes *ret, struct eyas_err *err)
{
	size_t n;

	if (eyas_capture_crc(stored, b->stored) != b->crc)
		return eyas_err_set(err, -EBADMSG,
				    "the block is damaged: its checksum is not that of its bytes");
	if (!(b->flags & EYAS_CAPTURE_F_ZSTD)) {
		*ret = eyas_bytes_of(stored, b->stored);
		return 0;
	}
	if (opener_prepare(o, b->full))
		return eyas_err_set(err, -ENOMEM, "no memory for a block of %" PRIu32 " bytes",
				    b->full);
	n = ZSTD_decompressDCtx(o->zstd, o->buf, b->full, stored, b->stored);
	if (ZSTD_isError(n))
		return eyas_err_set(err, -EBADMSG, "the block can't be decompressed: %s",
				    ZSTD_getErrorName(n));
	if (n != b->full)
		return eyas_err_set(err, -EBADMSG, "the block makes %zu bytes, not %" PRIu32, n,
				    b->full);
	*ret = eyas_bytes_of(o->buf, n);
	return 0;
}
