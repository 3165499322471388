// SPDX-License-Identifier: Apache-2.0
/* Arguments that lead to text or to counted bytes. */
#include "decode/arg.h"

#include <string.h>

#define UTS_NAME_MAX 64

static void print_string(struct eyas_decode *d, unsigned int arg, bool path)
{
	struct eyas_dec_mem m;
	unsigned int flags = path ? EYAS_DEC_PATH : 0;

	/* What ends in unreadable memory is a string if it need not be read that far. */
	if (!eyas_dec_in(d, arg, &m) || m.kind != EYAS_BLOB_STRING ||
	    (m.fault && (path || m.len <= d->opts.strsize))) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	if (m.full == EYAS_BLOB_FULL_UNKNOWN)
		flags |= EYAS_DEC_CUT;
	eyas_dec_quote(d, m.p, m.len, flags);
}

void eyas_dec_arg_path(struct eyas_decode *d, unsigned int arg)
{
	print_string(d, arg, true);
}

void eyas_dec_arg_string(struct eyas_decode *d, unsigned int arg)
{
	print_string(d, arg, false);
}

/* ---- arrays of strings ---- */

uint64_t eyas_dec_strings_count(const struct eyas_dec_mem *m)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < m->len; i++)
		n += !m->p[i];
	return n;
}

/* After the last one that is whole: the rest of it, and what follows is unknown. */
static void print_strings_rest(struct eyas_decode *d, const struct eyas_dec_mem *m,
			       const unsigned char *p, uint64_t addr)
{
	const unsigned char *end = m->p + m->len;

	if (p < end) {
		eyas_dec_item(d);
		eyas_dec_quote(d, p, (size_t)(end - p), EYAS_DEC_CUT);
	}
	if (m->full != EYAS_BLOB_FULL_UNKNOWN)
		return;
	eyas_dec_more(d);
	if (!m->fault || d->json)
		return;
	eyas_dec_puts(d, " /* ");
	eyas_dec_put_hex(d, addr);
	eyas_dec_puts(d, " */");
}

void eyas_dec_strings(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr)
{
	const unsigned char *p = m->p, *end = m->p + m->len, *nul;
	uint32_t n = 0;

	eyas_dec_open(d, '[');
	while (p < end && (nul = memchr(p, '\0', (size_t)(end - p)))) {
		if (!eyas_dec_whole(d) && n++ >= d->opts.strsize) {
			eyas_dec_more(d);
			eyas_dec_close(d, ']');
			return;
		}
		eyas_dec_item(d);
		eyas_dec_quote(d, p, (size_t)(nul - p), 0);
		p = nul + 1;
	}
	print_strings_rest(d, m, p, addr + n * eyas_dec_word_size(d));
	eyas_dec_close(d, ']');
}

void eyas_dec_arg_strings(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	/* Unreadable from the start, or no array at all. */
	if (!eyas_dec_in(d, arg, &m) || m.kind != EYAS_BLOB_STRINGS || (m.fault && !m.len))
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_strings(d, &m, d->args[arg]);
}

/* ---- counted bytes ---- */

/* @want bytes at @addr, of which @m was recorded. */
void eyas_dec_bytes(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
		    uint64_t want)
{
	uint64_t need = want < (uint64_t)d->opts.strsize + 1 ? want : d->opts.strsize + 1ULL;
	uint64_t len = m && m->len < want ? m->len : want;

	if (!addr || !m || (m->fault && m->len < need)) {
		eyas_dec_addr(d, addr);
		return;
	}
	eyas_dec_quote(d, m->p, (size_t)len, len < want ? EYAS_DEC_CUT : 0);
}

static uint64_t buffer_len(const struct eyas_decode *d, unsigned int arg)
{
	uint8_t len = d->plan->arg[arg].len;

	return len < EYAS_DEC_ARGS ? d->args[len] : (uint64_t)d->ret;
}

/* With MSG_TRUNC the result is what there was, which may be more than what was asked for. */
static uint64_t moved(const struct eyas_decode *d, unsigned int arg)
{
	uint64_t len = buffer_len(d, arg);
	bool sized = d->plan->sc->nargs > arg + 1 &&
		     d->plan->sc->args[arg + 1].kind == EYAS_KIND_UINT;

	return sized && d->args[arg + 1] < len ? d->args[arg + 1] : len;
}

void eyas_dec_arg_inbuf(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	eyas_dec_bytes(d, eyas_dec_in(d, arg, &m) ? &m : NULL, d->args[arg], buffer_len(d, arg));
}

void eyas_dec_arg_outbuf(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (d->failed || !eyas_dec_out(d, arg, &m))
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_bytes(d, &m, d->args[arg], moved(d, arg));
}

/* Values of attributes are mostly text: a NUL that ends them is not told. */
void eyas_dec_arg_xattr(struct eyas_decode *d, unsigned int arg)
{
	bool out = d->plan->arg[arg].len == EYAS_DEC_ARGS;
	uint64_t want = buffer_len(d, arg);
	uint64_t shown = want < d->opts.strsize ? want : d->opts.strsize;
	struct eyas_dec_mem m;
	bool got = out ? !d->failed && eyas_dec_out(d, arg, &m) : eyas_dec_in(d, arg, &m);

	/* Nothing is written where only the size was asked for. */
	if (!got || (out && !d->args[arg + 1]))
		eyas_dec_addr(d, d->args[arg]);
	else if (shown && shown <= m.len && !m.p[shown - 1] && !d->opts.hex)
		eyas_dec_quote(d, m.p, (size_t)shown - 1, 0);
	else
		eyas_dec_bytes(d, &m, d->args[arg], want);
}

/* Names that the kernel has a limit for; what is longer it does not look at. */
void eyas_dec_arg_uts_name(struct eyas_decode *d, unsigned int arg)
{
	if (buffer_len(d, arg) > UTS_NAME_MAX)
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_arg_inbuf(d, arg);
}
