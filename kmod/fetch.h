/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User memory into a record: bounded, never faulting pages in, and telling
 * what it could not get. All return false if the ring has no room, and then
 * the record must be lost.
 */
#ifndef EYAS_FETCH_H
#define EYAS_FETCH_H

#include "ring.h"

/* A NUL-terminated string of at most @max bytes, as argument @arg. */
bool eyas_fetch_string(struct eyas_writer *w, u8 kind, u8 arg, const char __user *src, u32 max);

/* @len bytes of current's memory at @src, at most @max stored. */
bool eyas_fetch_bytes(struct eyas_writer *w, u8 kind, u8 arg, const void __user *src, u64 len,
		      u32 max);

/* Kernel memory. */
bool eyas_fetch_kernel(struct eyas_writer *w, u8 kind, const void *src, u32 len);

/* Open a blob with room for @max bytes: where they go, NULL if there is none. */
void *eyas_blob_begin(struct eyas_writer *w, u32 max);

/* Close it: @stored of @full bytes are there; pads, and sets record flags. */
void eyas_blob_end(struct eyas_writer *w, u8 kind, u8 arg, u32 stored, u32 full);

#endif /* EYAS_FETCH_H */
