// SPDX-License-Identifier: Apache-2.0
/* Names of numbers. */
#include "decode/xlat.h"

#include <string.h>
#include "base/util.h"
#include "decode/emit.h"

#define BITS(list, unknown) static const struct eyas_xval list##_values[] = {
#define ENUM(list, unknown) static const struct eyas_xval list##_values[] = {
#define X(name, value) { value, #name, sizeof(#name) - 1 },
#define END \
	}   \
	;
#include "decode/xlat/all.h"

#define LIST(list, unknown, bits)                                                  \
	const struct eyas_xlat eyas_xlat_##list = { #list, unknown, list##_values, \
						    EYAS_ARRAY_LEN(list##_values), bits };
#define BITS(list, unknown) LIST(list, unknown, true)
#define ENUM(list, unknown) LIST(list, unknown, false)
#define X(name, value)
#define END
#include "decode/xlat/all.h"

static const struct eyas_xlat *const lists[] = {
#define BITS(list, unknown) &eyas_xlat_##list,
#define ENUM(list, unknown) &eyas_xlat_##list,
#define X(name, value)
#define END
#include "decode/xlat/all.h"
};

const struct eyas_xlat *eyas_xlat_find(const char *name)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(lists); i++) {
		if (eyas_streq(lists[i]->name, name))
			return lists[i];
	}
	return NULL;
}

const struct eyas_xval *eyas_xlat_get(const struct eyas_xlat *x, uint64_t v)
{
	size_t lo = 0, hi = x->n;

	/* Most lists have no holes below what is asked. */
	if (v - x->v[0].v < x->n && x->v[v - x->v[0].v].v == v)
		return &x->v[v - x->v[0].v];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (x->v[mid].v == v)
			return &x->v[mid];
		if (x->v[mid].v < v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static void put_number(struct eyas_decode *d, uint64_t v, unsigned int how)
{
	if (how & EYAS_XF_DEC)
		eyas_dec_int(d, (int64_t)v);
	else
		eyas_dec_put_hex(d, v);
}

static void put_unknown(struct eyas_decode *d, const struct eyas_xlat *x)
{
	if (!x->unknown[0])
		return;
	eyas_dec_puts(d, " /* ");
	eyas_dec_puts(d, x->unknown);
	eyas_dec_puts(d, " */");
}

static void put_enum(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v, unsigned int how)
{
	const struct eyas_xval *e = d->opts.xlat == EYAS_DECODE_RAW ? NULL : eyas_xlat_get(x, v);

	if (!e || d->opts.xlat == EYAS_DECODE_VERBOSE)
		put_number(d, v, how);
	if (e && d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " /* ");
	if (e)
		eyas_dec_add(d, e->name, e->len);
	if (e && d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " */");
	if (!e && d->opts.xlat != EYAS_DECODE_RAW)
		put_unknown(d, x);
}

void eyas_dec_enum(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v, unsigned int how)
{
	eyas_dec_sym(d, v);
	put_enum(d, x, v, how);
	eyas_dec_symend(d);
}

/* Names of the bits of @v; returns those that have none. */
static uint64_t put_names(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v)
{
	bool some = false;

	for (size_t i = 0; i < x->n && v; i++) {
		const struct eyas_xval *e = &x->v[i];

		if (!e->v || (v & e->v) != e->v)
			continue;
		if (some)
			eyas_dec_putc(d, '|');
		eyas_dec_add(d, e->name, e->len);
		v &= ~e->v;
		some = true;
	}
	return v;
}

static void put_flags(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v, bool note)
{
	bool verbose = d->opts.xlat == EYAS_DECODE_VERBOSE;
	size_t start, empty;
	uint64_t left;

	if (!v && x->n && !x->v[0].v) {
		put_enum(d, x, 0, 0);
		return;
	}
	if (d->opts.xlat != EYAS_DECODE_ABBREV || !v)
		eyas_dec_put_hex(d, v);
	if (d->opts.xlat == EYAS_DECODE_RAW || !v)
		return;
	start = d->out->len;
	if (verbose)
		eyas_dec_puts(d, " /* ");
	empty = d->out->len;
	left = put_names(d, x, v);
	if (d->out->len == empty) {
		eyas_strbuf_cut(d->out, start);
		if (!verbose)
			eyas_dec_put_hex(d, v);
		if (note)
			put_unknown(d, x);
		return;
	}
	if (left) {
		eyas_dec_putc(d, '|');
		eyas_dec_put_hex(d, left);
	}
	if (verbose)
		eyas_dec_puts(d, " */");
}

void eyas_dec_flags(struct eyas_decode *d, const struct eyas_xlat *x, uint64_t v)
{
	eyas_dec_sym(d, v);
	put_flags(d, x, v, true);
	eyas_dec_symend(d);
}

/* ---- words ---- */

bool eyas_dec_words(struct eyas_decode *d, uint8_t *was)
{
	*was = d->opts.xlat;
	if (*was == EYAS_DECODE_RAW)
		return false;
	if (*was == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " /* ");
	d->opts.xlat = EYAS_DECODE_ABBREV;
	return true;
}

void eyas_dec_words_end(struct eyas_decode *d, uint8_t was)
{
	d->opts.xlat = was;
	if (was == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " */");
}

bool eyas_dec_hex_words(struct eyas_decode *d, uint64_t v, uint8_t *was)
{
	if (eyas_dec_raw(d))
		eyas_dec_put_hex(d, v);
	return eyas_dec_words(d, was);
}

/* ---- values in parts ---- */

void eyas_dec_part(struct eyas_decode *d, struct eyas_dec_parts *p)
{
	if (p->any)
		eyas_dec_putc(d, '|');
	p->any = true;
}

void eyas_dec_part_enum(struct eyas_decode *d, struct eyas_dec_parts *p, const struct eyas_xlat *x,
			uint64_t v)
{
	eyas_dec_part(d, p);
	put_enum(d, x, v, 0);
}

void eyas_dec_part_flags(struct eyas_decode *d, struct eyas_dec_parts *p, const struct eyas_xlat *x,
			 uint64_t v, unsigned int how)
{
	bool note = !p->any || (how & EYAS_XF_NOTE);

	if (!v)
		return;
	eyas_dec_part(d, p);
	put_flags(d, x, v, note);
}
