/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Structs in user memory, as tables of fields. Tables are by family, in
 * structs_*.c; an array of structs ends with one that has no name.
 */
#ifndef EYAS_DECODE_STRUCT_H
#define EYAS_DECODE_STRUCT_H

#include <stdbool.h>
#include <stdint.h>
#include "decode/arg.h"
#include "decode/fd.h"

enum eyas_dec_field_kind {
	EYAS_DF_INT, /* signed */
	EYAS_DF_UINT,
	EYAS_DF_HEX,
	EYAS_DF_ADDR,
	EYAS_DF_MODE, /* octal */
	EYAS_DF_FLAGS, /* aux: list */
	EYAS_DF_ENUM, /* aux: list */
	EYAS_DF_FD,
	EYAS_DF_PID,
	EYAS_DF_ID,
	EYAS_DF_SIGNAL,
	EYAS_DF_DEV,
	EYAS_DF_STRUCT, /* aux: struct eyas_dec_struct */
	EYAS_DF_FN, /* fn */
};

/* Prints what lies at @p; there are @len bytes. */
typedef void eyas_dec_object(struct eyas_decode *d, const unsigned char *p, uint32_t len);

struct eyas_dec_field {
	const char *name;
	uint8_t kind; /* enum eyas_dec_field_kind */
	bool seldom; /* "..." unless the whole is asked for */
	uint16_t off, off32; /* in the 64-bit layouts, in ia32's */
	uint16_t size, size32; /* 0: the layout has no such field */
	const void *aux;
	eyas_dec_object *fn;
};

struct eyas_dec_struct {
	const char *name; /* as in <linux/eyas_structs.h> */
	uint16_t size, size32; /* fewer bytes are not looked at */
	uint16_t nfields;
	const struct eyas_dec_field *fields;
	eyas_dec_object *fn; /* instead of fields */
	uint16_t size_arm64; /* where it is another one than size */
};

#define EYAS_DEC_FIELDS(f) .nfields = sizeof(f) / sizeof((f)[0]), .fields = (f)

extern const struct eyas_dec_struct eyas_dec_structs_fs[], eyas_dec_structs_ipc[],
	eyas_dec_structs_kernel[], eyas_dec_structs_net[], eyas_dec_structs_proc[],
	eyas_dec_structs_signal[], eyas_dec_structs_time[];

extern const struct eyas_dec_struct eyas_dec_timespec, eyas_dec_timespec64, eyas_dec_timeval;

/* The struct of that name, or NULL. */
const struct eyas_dec_struct *eyas_dec_struct_find(const char *name);

static inline uint32_t eyas_dec_struct_size(const struct eyas_decode *d,
					    const struct eyas_dec_struct *s)
{
	if (d->layout == EYAS_DEC_ARM64 && s->size_arm64)
		return s->size_arm64;
	return eyas_dec_32(d) ? s->size32 : s->size;
}

/* @len is not less than its size. */
void eyas_dec_struct(struct eyas_decode *d, const struct eyas_dec_struct *s, const unsigned char *p,
		     uint32_t len);

/* Its fields without braces; not of a struct that has a function. */
void eyas_dec_fields(struct eyas_decode *d, const struct eyas_dec_struct *s, const unsigned char *p,
		     uint32_t len);

/*
 * A struct that is at @addr in user memory: @m is what was recorded of it, NULL
 * if nothing was. What is not there is printed as the address.
 */
void eyas_dec_struct_at(struct eyas_decode *d, const struct eyas_dec_struct *s,
			const struct eyas_dec_mem *m, uint64_t addr);

/* The same for @count of them; @step bytes from one to the next. */
void eyas_dec_array_at(struct eyas_decode *d, const struct eyas_dec_struct *s,
		       const struct eyas_dec_mem *m, uint64_t addr, uint64_t count, uint32_t step);

/* Bytes of a struct after the members that are known, up to @len, unless all are 0. */
void eyas_dec_struct_rest(struct eyas_decode *d, const unsigned char *p, uint32_t known,
			  uint32_t len);

/* Structs and arrays as argument @arg, given to the call or got from it. */
eyas_dec_print eyas_dec_arg_instruct, eyas_dec_arg_outstruct, eyas_dec_arg_iostruct,
	eyas_dec_arg_inarray, eyas_dec_arg_outarray;

/* struct sock_fprog: how many instructions, and where. */
eyas_dec_object eyas_dec_filter;

/* Seconds at the end of ticks: " 0.17 s". */
void eyas_dec_ticks(struct eyas_decode *d, uint64_t v);

#endif
