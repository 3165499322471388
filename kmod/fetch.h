/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User memory into a record: bounded, never faulting pages in, and telling
 * what it could not get. All return false if the ring has no room, and then
 * the record must be lost.
 */
#ifndef EYAS_FETCH_H
#define EYAS_FETCH_H

#include "syscalls.h"
#include "writer.h"

/* The first @n of the bytes of a u64 in memory. */
static __always_inline u64 eyas_low_bytes(u32 n)
{
	return (__force u64)cpu_to_le64((1ULL << (8 * n)) - 1);
}

/* How a piece of memory is got, by the kind of the argument that points to it. */
enum eyas_fetch_id {
	EYAS_FETCH_STRING,
	EYAS_FETCH_STRINGS,
	EYAS_FETCH_BYTES,
	EYAS_FETCH_STRUCT,
	EYAS_FETCH_ARRAY,
	EYAS_FETCH_IOV,
	EYAS_FETCH_MSG,
	EYAS_FETCH_MMSG,
	EYAS_FETCH_SOCKADDR,
	EYAS_FETCH_POINTERS,	/* array of pointers to structs */
	EYAS_FETCH_CASE,	/* see cases.h */
	EYAS_FETCH_MAX,
};

/* A call whose memory is fetched. */
struct eyas_fetch {
	struct eyas_writer *w;
	const u64 *args;
	s64 ret;		/* 0 at entry */
	u32 snaplen;
	bool compat;		/* 32-bit layout */
	u8 flags;		/* EYAS_BLOB_F_REREAD, _OUT: of all blobs from here on */
	/*
	 * Bit n: argument n was not all readable. After the call, those that were
	 * not at entry, and all if nobody looked.
	 */
	u8 faults;
};

/* What @op describes, as blobs; nothing where the pointer is NULL and may be. */
bool eyas_fetch_op(struct eyas_fetch *f, const struct eyas_op *op);

/* @len bytes that argument @arg points to, or that are at @addr; at most @max stored. */
bool eyas_fetch_counted(struct eyas_fetch *f, u8 kind, u8 arg, u64 len, u32 max);
bool eyas_fetch_at(struct eyas_fetch *f, u8 kind, u8 arg, u64 addr, u64 len, u32 max);

/* @len bytes of current's memory at @src, at most @max stored. */
bool eyas_fetch_bytes(struct eyas_writer *w, u8 kind, u8 arg, const void __user *src, u64 len,
		      u32 max);

/* Kernel memory, not more than 64 KiB of it. */
bool eyas_fetch_kernel(struct eyas_writer *w, u8 kind, u8 arg, const void *src, u32 len);

/* Open a blob with room for @max bytes: where they go, NULL if there is none. */
static __always_inline void *eyas_blob_begin(struct eyas_writer *w, u32 max)
{
	if (!eyas_writer_room(w, sizeof(struct eyas_blob) + ALIGN(max, 8)))
		return NULL;
	return w->pos + sizeof(struct eyas_blob);
}

/* Close it: @stored of @full bytes are there; pads, and sets record flags. */
static __always_inline void eyas_blob_end(struct eyas_writer *w, u8 kind, u8 arg, u32 stored,
					  u32 full)
{
	struct eyas_blob *blob = (struct eyas_blob *)w->pos;
	u8 *end = (u8 *)(blob + 1) + ALIGN(stored, 8);

	/* What was in the ring before is nobody's business. */
	if (stored & 7)
		*(u64 *)(end - 8) &= eyas_low_bytes(stored & 7);
	blob->kind = kind;
	blob->arg = arg;
	blob->stored = stored;
	blob->full = full;
	if (arg & EYAS_BLOB_F_FAULT)
		w->rec->flags |= EYAS_REC_F_FAULT;
	else if (stored < full)
		w->rec->flags |= EYAS_REC_F_TRUNC;
	if (arg & EYAS_BLOB_F_REREAD)
		w->rec->flags |= EYAS_REC_F_REREAD;
	w->pos = end;
}

#endif /* EYAS_FETCH_H */
