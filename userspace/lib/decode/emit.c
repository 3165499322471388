// SPDX-License-Identifier: Apache-2.0
/* Values and what holds them: punctuation of both grammars. */
#include "decode/emit.h"

#define HEX_MAX 18 /* 0x and 16 digits */
#define OCT_MAX 24

static void put_base(struct eyas_decode *d, uint64_t v, unsigned int shift, const char *prefix)
{
	char text[OCT_MAX], *p = text + sizeof(text);

	do {
		*--p = "0123456789abcdef"[v & ((1U << shift) - 1)];
		v >>= shift;
	} while (v);
	eyas_dec_puts(d, prefix);
	eyas_dec_add(d, p, (size_t)(text + sizeof(text) - p));
}

void eyas_dec_put_hex(struct eyas_decode *d, uint64_t v)
{
	put_base(d, v, 4, v ? "0x" : "");
}

/* Never less than three digits. */
void eyas_dec_put_oct(struct eyas_decode *d, uint64_t v)
{
	put_base(d, v, 3, v < 010 ? "00" : "0");
}

void eyas_dec_note(struct eyas_decode *d, const char *s)
{
	if (!d->json)
		eyas_dec_puts(d, s);
}

/* ---- values ---- */

/* Numbers are bare in JSON, too; a value in words has quotes around it already. */
void eyas_dec_int(struct eyas_decode *d, int64_t v)
{
	eyas_strbuf_addi(d->out, v);
}

static void quote(struct eyas_decode *d)
{
	if (d->json && !d->sym)
		eyas_dec_putc(d, '"');
}

/* Readers of JSON have signed integers of 64 bits, or doubles: what is larger is a word. */
void eyas_dec_uint(struct eyas_decode *d, uint64_t v)
{
	if (d->json && !d->sym && v > INT64_MAX)
		eyas_dec_hex(d, v);
	else
		eyas_strbuf_addu(d->out, v);
}

void eyas_dec_hex(struct eyas_decode *d, uint64_t v)
{
	quote(d);
	eyas_dec_put_hex(d, v);
	quote(d);
}

void eyas_dec_addr(struct eyas_decode *d, uint64_t v)
{
	if (v)
		eyas_dec_hex(d, v);
	else
		eyas_dec_puts(d, d->json && !d->sym ? "null" : "NULL");
}

void eyas_dec_mode(struct eyas_decode *d, uint64_t v)
{
	quote(d);
	eyas_dec_put_oct(d, v);
	quote(d);
}

void eyas_dec_word(struct eyas_decode *d, const char *s)
{
	quote(d);
	eyas_dec_puts(d, s);
	quote(d);
}

/* An argument has its number beside the value, what is deeper has it inside. */
void eyas_dec_sym(struct eyas_decode *d, uint64_t raw)
{
	if (d->sym++ || !d->json)
		return;
	if (d->depth) {
		eyas_dec_puts(d, "{\"raw\":\"");
		eyas_dec_put_hex(d, raw);
		eyas_dec_puts(d, "\",\"text\":\"");
	} else {
		eyas_dec_putc(d, '"');
	}
}

void eyas_dec_symend(struct eyas_decode *d)
{
	if (!--d->sym && d->json)
		eyas_dec_puts(d, d->depth ? "\"}" : "\"");
}

/* ---- what holds values ---- */

static uint64_t level(const struct eyas_decode *d)
{
	return 1ULL << (d->depth & 63);
}

void eyas_dec_open(struct eyas_decode *d, char c)
{
	eyas_dec_putc(d, c);
	d->depth++;
	d->some &= ~level(d);
	d->braces = c == '{' ? d->braces | level(d) : d->braces & ~level(d);
}

void eyas_dec_close(struct eyas_decode *d, char c)
{
	d->depth--;
	eyas_dec_putc(d, c);
}

void eyas_dec_item(struct eyas_decode *d)
{
	if (d->some & level(d))
		eyas_dec_puts(d, d->json ? "," : ", ");
	d->some |= level(d);
}

void eyas_dec_field(struct eyas_decode *d, const char *name)
{
	eyas_dec_item(d);
	if (d->json)
		eyas_dec_putc(d, '"');
	eyas_dec_puts(d, name);
	eyas_dec_puts(d, d->json ? "\":" : "=");
}

void eyas_dec_more(struct eyas_decode *d)
{
	if (!d->json || d->sym) {
		eyas_dec_item(d);
		eyas_dec_puts(d, "...");
	} else if (d->braces & level(d)) {
		eyas_dec_field(d, "cut");
		eyas_dec_puts(d, "true");
	} else {
		eyas_dec_item(d);
		eyas_dec_puts(d, "{\"cut\":true}");
	}
}

/* In JSON an object of its own; it is one level deeper, for eyas_dec_sym(). */
void eyas_dec_before(struct eyas_decode *d)
{
	if (!d->json)
		return;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "before");
}

void eyas_dec_after(struct eyas_decode *d)
{
	if (d->json)
		eyas_dec_field(d, "after");
	else
		eyas_dec_puts(d, " => ");
}

void eyas_dec_changed(struct eyas_decode *d)
{
	if (d->json)
		eyas_dec_close(d, '}');
}
