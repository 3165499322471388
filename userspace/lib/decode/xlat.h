/* SPDX-License-Identifier: Apache-2.0 */
/* Names of numbers: flags and enumerations, from the lists in xlat/. */
#ifndef EYAS_DECODE_XLAT_H
#define EYAS_DECODE_XLAT_H

#include <stdbool.h>
#include <stdint.h>
#include "decode/state.h"

struct eyas_xval {
	uint64_t v;
	const char *name;
	uint32_t len; /* of name */
};

struct eyas_xlat {
	const char *name;
	const char *unknown; /* "O_???"; "" if there is nothing to say */
	const struct eyas_xval *v;
	uint16_t n;
	bool bits;
};

/* eyas_xlat_open, and so on. */
#define BITS(list, unknown) extern const struct eyas_xlat eyas_xlat_##list;
#define ENUM(list, unknown) extern const struct eyas_xlat eyas_xlat_##list;
#define X(name, value)
#define END
#include "decode/xlat/all.h"

/* The list of that name, or NULL. */
const struct eyas_xlat *eyas_xlat_find(const char *name);

/* The one entry that is @v, or NULL. */
const struct eyas_xval *eyas_xlat_get(const struct eyas_xlat *x, uint64_t v);

#define EYAS_XF_DEC (1U << 0) /* numbers in decimal */
#define EYAS_XF_NOTE (1U << 1) /* parts: what is unknown is told of any part */

/* A value with the name that list @x has for it; how it looks is a matter of -X. */
void eyas_dec_enum(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v, unsigned int how);

/* The same for bits. */
void eyas_dec_flags(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v);

/*
 * Words for a number that no list has. The caller has printed the number before, if
 * eyas_dec_raw(). False: that is all that is wanted. Until eyas_dec_words_end(), which
 * gets @was back, -X is of no matter.
 */
static inline bool eyas_dec_raw(const struct eyas_decode *d)
{
	return d->opts.xlat != EYAS_DECODE_ABBREV;
}

/* Names from here on, whatever -X says; what it said comes back to opts.xlat by hand. */
static inline uint8_t eyas_dec_names(struct eyas_decode *d)
{
	uint8_t was = d->opts.xlat;

	d->opts.xlat = EYAS_DECODE_ABBREV;
	return was;
}

bool eyas_dec_words(struct eyas_decode *d, uint8_t *was);
void eyas_dec_words_end(struct eyas_decode *d, uint8_t was);

/* The same with the number, in hexadecimal. */
bool eyas_dec_hex_words(struct eyas_decode *d, uint64_t v, uint8_t *was);

/* The name of an error, or its number. */
void eyas_dec_errno(struct eyas_decode *d, int err);

/*
 * A value that lists have in parts, and numbers of its own: "SOCK_STREAM|0x10|5".
 * Parts follow each other between eyas_dec_sym() and eyas_dec_symend().
 */
struct eyas_dec_parts {
	bool any;
};
void eyas_dec_part_enum(struct eyas_decode *d, struct eyas_dec_parts *p, const struct eyas_xlat *x,
			uint64_t v);
/* Nothing is printed of 0. */
void eyas_dec_part_flags(struct eyas_decode *d, struct eyas_dec_parts *p, const struct eyas_xlat *x,
			 uint64_t v, unsigned int how);
void eyas_dec_part(struct eyas_decode *d, struct eyas_dec_parts *p); /* its "|" */

#endif
