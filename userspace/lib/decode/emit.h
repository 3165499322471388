/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What decoders print with: values and what holds them, as text or as JSON.
 * Punctuation is written here and nowhere else, so that JSON is well formed
 * whatever a decoder does.
 */
#ifndef EYAS_DECODE_EMIT_H
#define EYAS_DECODE_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "decode/state.h"

/* A line is many short pieces: mostly there is room, and a call for each is too much. */
static inline void eyas_dec_add(struct eyas_decode *d, const void *p, size_t len)
{
	struct eyas_strbuf *sb = d->out;

	if (len >= sb->cap - sb->len || sb->oom) {
		eyas_strbuf_add(sb, p, len);
		return;
	}
	memcpy(sb->buf + sb->len, p, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

/* Text without meaning of its own: inside of eyas_dec_sym() only. */
static inline void eyas_dec_puts(struct eyas_decode *d, const char *s)
{
	eyas_dec_add(d, s, __builtin_strlen(s));
}

static inline void eyas_dec_putc(struct eyas_decode *d, char c)
{
	eyas_dec_add(d, &c, 1);
}

void eyas_dec_put_hex(struct eyas_decode *d, uint64_t v); /* 0x1f; 0 */
void eyas_dec_put_oct(struct eyas_decode *d, uint64_t v); /* 0644; 000 */

/* Text for people only: comments, and values told twice. JSON has none of it. */
void eyas_dec_note(struct eyas_decode *d, const char *s);

/* Is the whole of it to be printed? No: what seldom matters is "...". */
static inline bool eyas_dec_whole(const struct eyas_decode *d)
{
	return d->opts.verbose || d->json;
}

/* ---- values ---- */

void eyas_dec_int(struct eyas_decode *d, int64_t v);
void eyas_dec_uint(struct eyas_decode *d, uint64_t v);
void eyas_dec_hex(struct eyas_decode *d, uint64_t v);
void eyas_dec_addr(struct eyas_decode *d, uint64_t v); /* "NULL" of 0 */
void eyas_dec_mode(struct eyas_decode *d, uint64_t v); /* octal */

/* A value that has no number: true, a word. */
void eyas_dec_word(struct eyas_decode *d, const char *s);

/*
 * A value written in words: text goes between the two calls. They may be
 * nested; JSON has the outermost value as "raw".
 */
void eyas_dec_sym(struct eyas_decode *d, uint64_t raw);
void eyas_dec_symend(struct eyas_decode *d);

/* ---- what holds values ---- */

void eyas_dec_open(struct eyas_decode *d, char c); /* '{' or '[' */
void eyas_dec_close(struct eyas_decode *d, char c); /* '}' or ']' */
void eyas_dec_field(struct eyas_decode *d, const char *name); /* before its value */
void eyas_dec_item(struct eyas_decode *d); /* before each of an array */
void eyas_dec_more(struct eyas_decode *d); /* ", ..."; JSON has "cut" */

/* "[5]": a value that a pointer leads to. */
static inline void eyas_dec_open1(struct eyas_decode *d)
{
	eyas_dec_open(d, '[');
	eyas_dec_item(d);
}

/*
 * A value before and after the call: "1 => 2"; the calls go before the first,
 * between the two and after the second one.
 */
void eyas_dec_before(struct eyas_decode *d);
void eyas_dec_after(struct eyas_decode *d);
void eyas_dec_changed(struct eyas_decode *d);

/* ---- strings ---- */

#define EYAS_DEC_CUT (1U << 0) /* "..." follows whatever the length */
#define EYAS_DEC_PATH (1U << 1) /* in full length */
#define EYAS_DEC_BARE (1U << 2) /* without quotes: in a sym, between < and > */
#define EYAS_DEC_HEX (1U << 3) /* every byte in hexadecimal */

/* At most opts.strsize of @len bytes, in quotes, and "..." if that is not all. */
void eyas_dec_quote(struct eyas_decode *d, const void *p, size_t len, unsigned int flags);

/* Up to the first NUL of a member of @size bytes. */
void eyas_dec_cstr(struct eyas_decode *d, const void *p, size_t size, unsigned int flags);

#endif
