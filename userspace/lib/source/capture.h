/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The capture file: what a session recorded, to be read again anywhere. This is
 * the manual of the format and its only definition.
 *
 * FILE
 *   A file header, then blocks: a block header each, and its payload behind it.
 *
 *     FACTS	first, once: the host and the recording, as items
 *     STATE	what was before the next event: processes, users, as items; more
 *		of it among EVENTS is what became known there
 *     EVENTS	records in time order, over all blocks
 *     END	last: totals. Without it the file was cut, or is being written
 *
 *   Blocks are appended whole and never changed, and nothing holds a position:
 *   a file may be a pipe, may be read while it grows, and is good up to its last
 *   whole block wherever it is cut. A reader that looks for a time goes from
 *   header to header: each tells the length of its payload, and those of EVENTS
 *   their first and last time.
 *
 *   A recording may have several files, its parts: each has facts and state of
 *   its own, so that it can be read alone; event numbers go on in the next one.
 *
 *   Numbers are of the writer's byte order; order tells whether it is ours.
 *
 * COMPATIBILITY
 *   Who does not know version, or a bit of incompatible, can't read the file. Bits
 *   of compatible may be ignored, so may blocks with EYAS_CAPTURE_F_SKIP whose
 *   type is unknown, and unknown items. A struct in an item may be longer than
 *   known: the rest is ignored; or shorter: the rest is 0.
 *
 * PAYLOAD
 *   stored bytes with the CRC-32 crc (that of zlib and Ethernet); with
 *   EYAS_CAPTURE_F_ZSTD one zstd frame that makes full bytes, else as it is.
 *
 * ITEMS
 *   struct eyas_capture_item, len bytes, and zeros up to a multiple of 8: see
 *   source/capture_items.h. The payload of FACTS or STATE is items.
 *
 * RECORDS
 *   The records of <linux/eyas.h> as they came, of the rings of many CPUs, put
 *   into few bytes by what they have in common with others before. The coder
 *   keeps, from the start of a block, all 0: the time of the last record; 255
 *   rings {cpu, lane, tid/pid word and seq of its last record}, one of them the
 *   current; and 128 slots, each the first 11 words (64 bits) of a record. A
 *   record is
 *
 *     slot number, 1 byte; with 0x80 the current ring changes:
 *       1 byte, its number; 255: 1 byte, a number, and a new ring of that
 *       number: u16 cpu, u8 lane
 *     the first 11 words, or as many as there are, as differences to
 *       0 (len, type...)	slot, xor
 *       1 (time)		last time, minus
 *       2 (tid, pid)		ring, xor
 *       3 (nr; seq)		low half: slot, xor; high half: seq of the ring + 1, minus
 *       4 to 10		slot, xor
 *     the rest of the record as it is
 *
 *   and then its words are what slot, ring and last time hold; words that it has
 *   not got stay. Differences are tokens: a byte last << 7 | skip << 4 | bytes,
 *   for so many words without difference and then, unless bytes is 0, one that has
 *   so many bytes, lowest first, and 0 above; last: the words left are without.
 *
 *   The payload is three pieces, since like things compress well together:
 *   struct eyas_capture_events, slot numbers and rings and tokens of all records;
 *   the bytes of all words; the rests of all records.
 */
#ifndef EYAS_SOURCE_CAPTURE_H
#define EYAS_SOURCE_CAPTURE_H

#include <assert.h>
#include <linux/eyas.h>
#include <linux/types.h>

#define EYAS_CAPTURE_MAGIC	"\211EYAS\r\n\032"	/* and no NUL */
#define EYAS_CAPTURE_ORDER	0x01020304U
#define EYAS_CAPTURE_VERSION	1U
#define EYAS_CAPTURE_INCOMPATIBLE 0ULL	/* bits of it that are known */
#define EYAS_CAPTURE_PAYLOAD_MAX (2U << 20)	/* bytes, stored or full */
#define EYAS_CAPTURE_HEAD_MAX	4096U	/* bytes of a file header */

struct eyas_capture_file {
	__u8	magic[8];
	__u32	order;
	__u32	size;		/* bytes of this header, the blocks begin there */
	__u32	version;
	__u32	abi_version;	/* EYAS_ABI_VERSION of the records */
	__u64	incompatible;	/* no bits so far */
	__u64	compatible;	/* no bits so far */
	__u8	id[16];		/* random; the same in all parts of a recording */
	__u32	part;		/* 0, 1, ... */
	__u32	crc;		/* of the bytes before it */
};

#define EYAS_CAPTURE_BLOCK_MAGIC 0x6b6c4265U	/* "eBlk" or "klBe" */

enum eyas_capture_type {
	EYAS_CAPTURE_FACTS	= 1,
	EYAS_CAPTURE_STATE	= 2,
	EYAS_CAPTURE_EVENTS	= 3,
	EYAS_CAPTURE_END	= 4,	/* struct eyas_capture_end */
};

#define EYAS_CAPTURE_F_ZSTD	(1U << 0)
#define EYAS_CAPTURE_F_SKIP	(1U << 1)	/* may be ignored if type is unknown */
#define EYAS_CAPTURE_F_ALL	0x3U		/* others: the block can't be read */

struct eyas_capture_block {
	__u32	magic;
	__u16	type;		/* enum eyas_capture_type */
	__u16	flags;		/* EYAS_CAPTURE_F_* */
	__u32	stored;		/* bytes of payload behind this header */
	__u32	full;		/* bytes that it makes */
	__u64	num;		/* of its first record, or of the next one: 1, 2, ... */
	__u64	first;		/* CLOCK_MONOTONIC_RAW of first and last record, ns */
	__u64	last;
	__u64	clock;		/* to be added to such times: ns since the epoch */
	__u64	lost;		/* records lost, as its LOSS records tell */
	__u32	records;	/* this and the five above: EVENTS only, but num */
	__u32	crc;		/* of the payload as stored */
	__u32	__pad;
	__u32	head_crc;	/* of the header before it */
};

struct eyas_capture_end {
	__u64	events;		/* records but LOSS, of this file, as all totals */
	__u64	loss_records;
	__u64	lost[EYAS_CLASS_MAX];
	__u64	bytes;		/* of all records */
	__u32	flags;		/* EYAS_CAPTURE_END_F_* */
	__u32	__pad;
};

#define EYAS_CAPTURE_END_F_MORE	(1U << 0)	/* there is a next part */

struct eyas_capture_events {
	__u32	tokens;		/* bytes of the pieces; what is left are the rests */
	__u32	words;
};

#define EYAS_CAPTURE_SLOTS	128
#define EYAS_CAPTURE_WORDS	11
#define EYAS_CAPTURE_RINGS	255

static_assert(sizeof(struct eyas_capture_file) == 64, "file header");
static_assert(sizeof(struct eyas_capture_block) == 72, "block header");
static_assert(sizeof(struct eyas_capture_end) == 96, "end");
static_assert(sizeof(struct eyas_capture_events) == 8, "events");
static_assert(sizeof(struct eyas_record) == 32, "record");

#endif
