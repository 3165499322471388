/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments of the call being printed, and the memory behind them. */
#ifndef EYAS_DECODE_ARG_H
#define EYAS_DECODE_ARG_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "decode/emit.h"
#include "decode/state.h"
#include "decode/xlat.h"

/* Memory as it was recorded. */
struct eyas_dec_mem {
	const unsigned char *p;
	uint32_t len; /* bytes here */
	uint32_t full; /* bytes there were; EYAS_BLOB_FULL_UNKNOWN */
	bool fault; /* those behind len were unreadable */
	uint8_t kind; /* enum eyas_blob_kind */
};

static inline struct eyas_dec_mem eyas_dec_mem_of(const struct eyas_event_blob *b)
{
	return (struct eyas_dec_mem){
		.p = (const unsigned char *)b->data,
		.len = b->len,
		.full = b->full,
		.fault = b->flags & EYAS_BLOB_F_FAULT,
		.kind = b->kind,
	};
}

/* What argument @arg led to before the call, or after it; false: nothing is known. */
bool eyas_dec_in(const struct eyas_decode *d, unsigned int arg, struct eyas_dec_mem *ret);
bool eyas_dec_out(const struct eyas_decode *d, unsigned int arg, struct eyas_dec_mem *ret);

/* The same, of one kind of blob. */
bool eyas_dec_in_blob(const struct eyas_decode *d, uint8_t kind, unsigned int arg,
		      struct eyas_dec_mem *ret);
bool eyas_dec_out_blob(const struct eyas_decode *d, uint8_t kind, unsigned int arg,
		       struct eyas_dec_mem *ret);

/*
 * Begin argument @arg: its name and what separates it from the last one. False:
 * it is not for this phase, and nothing must be printed. eyas_dec_arg_as() is for
 * what is always named, and has a name of its own.
 */
bool eyas_dec_arg(struct eyas_decode *d, unsigned int arg);
bool eyas_dec_arg_as(struct eyas_decode *d, unsigned int arg, const char *name);

/* The whole of an argument as its row has it; the second one its value only. */
void eyas_dec_show(struct eyas_decode *d, unsigned int arg);
void eyas_dec_value(struct eyas_decode *d, unsigned int arg);

/* Arguments @from to the last one of the row, like that. */
void eyas_dec_show_from(struct eyas_decode *d, unsigned int from);

/* What is printed from here on is for after the call. */
void eyas_dec_split(struct eyas_decode *d);

/* The result as its row has it; with a list or flags that tell what it means. */
void eyas_dec_ret(struct eyas_decode *d);
void eyas_dec_ret_note(struct eyas_decode *d, const char *text);

/* Before and after a note on the result that is more than a word. */
void eyas_dec_ret_open(struct eyas_decode *d);
void eyas_dec_ret_close(struct eyas_decode *d);

static inline bool eyas_dec_at_exit(const struct eyas_decode *d)
{
	return d->phase & EYAS_DEC_EXIT;
}

/* An argument as an unsigned 32-bit number, or one of a long of the ABI. */
static inline uint32_t eyas_dec_arg32(const struct eyas_decode *d, unsigned int arg)
{
	return (uint32_t)d->args[arg];
}

/* Numbers in memory, which may lie anywhere; @size is 1, 2, 4 or 8. */
static inline uint64_t eyas_dec_get(const unsigned char *p, unsigned int size)
{
	uint64_t v = 0;
	uint32_t v4;
	uint16_t v2;

	switch (size) {
	case 1:
		return *p;
	case 2:
		memcpy(&v2, p, sizeof(v2));
		return v2;
	case 4:
		memcpy(&v4, p, sizeof(v4));
		return v4;
	default:
		memcpy(&v, p, sizeof(v));
		return v;
	}
}

static inline int64_t eyas_dec_signed(uint64_t v, unsigned int size)
{
	unsigned int shift = 64 - 8 * size;

	return (int64_t)(v << shift) >> shift;
}

/* @want bytes at @addr, of which @m was recorded; NULL: nothing was. */
void eyas_dec_bytes(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
		    uint64_t want);

/* Strings that an array at @addr leads to; how many of them are whole. */
void eyas_dec_strings(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr);
uint64_t eyas_dec_strings_count(const struct eyas_dec_mem *m);

/* ---- values of argument @arg by what it is ---- */

eyas_dec_print eyas_dec_arg_int, eyas_dec_arg_uint, eyas_dec_arg_hex, eyas_dec_arg_addr;
eyas_dec_print eyas_dec_arg_int64, eyas_dec_arg_uint32, eyas_dec_arg_hex32;
eyas_dec_print eyas_dec_arg_mode, eyas_dec_arg_fd, eyas_dec_arg_dirfd, eyas_dec_arg_pid;
eyas_dec_print eyas_dec_arg_id, eyas_dec_arg_signal, eyas_dec_arg_dev;
eyas_dec_print eyas_dec_arg_flags, eyas_dec_arg_flags64, eyas_dec_arg_enum, eyas_dec_arg_enum64;
eyas_dec_print eyas_dec_arg_path, eyas_dec_arg_string, eyas_dec_arg_strings;
eyas_dec_print eyas_dec_arg_inbuf, eyas_dec_arg_outbuf;
eyas_dec_print eyas_dec_arg_xattr, eyas_dec_arg_uts_name;

#endif
