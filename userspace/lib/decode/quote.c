// SPDX-License-Identifier: Apache-2.0
/* Strings and bytes in quotes. */
#include "decode/emit.h"

#include <string.h>
#include "base/json.h"

/* The letter after the backslash; 0: the byte stands for itself, 1: it has a number. */
static unsigned char escape_of(unsigned char c, bool bare)
{
	static const unsigned char plain[128] = {
		[0 ... '\t' - 1] = 1,
		['\t'] = 't',
		['\n'] = 'n',
		['\v'] = 'v',
		['\f'] = 'f',
		['\r'] = 'r',
		['\r' + 1 ... ' ' - 1] = 1,
		['"'] = '"',
		['\\'] = '\\',
		[127] = 1,
	};

	if (c >= sizeof(plain))
		return 1;
	return bare && (c == '<' || c == '>') ? 1 : plain[c];
}

static bool all_ascii(const unsigned char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i] > '~' || (p[i] < ' ' && (p[i] < '\t' || p[i] > '\r')))
			return false;
	}
	return true;
}

static void put_bytes_hex(struct eyas_decode *d, const unsigned char *p, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		char text[4] = { '\\', 'x', digits[p[i] >> 4], digits[p[i] & 15] };

		eyas_dec_add(d, text, sizeof(text));
	}
}

/* As few digits as can be told from what follows. */
static void put_octal(struct eyas_decode *d, unsigned char c, bool digit_follows)
{
	char text[4] = { '\\' };
	size_t n = 1;

	if (digit_follows || c >= 0100)
		text[n++] = (char)('0' + (c >> 6));
	if (digit_follows || c >= 010)
		text[n++] = (char)('0' + (c >> 3 & 7));
	text[n++] = (char)('0' + (c & 7));
	eyas_dec_add(d, text, n);
}

static void put_escaped(struct eyas_decode *d, const unsigned char *p, size_t len, bool bare)
{
	size_t plain = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char e = escape_of(p[i], bare);

		if (!e)
			continue;
		eyas_dec_add(d, p + plain, i - plain);
		plain = i + 1;
		if (e > 1) {
			eyas_dec_putc(d, '\\');
			eyas_dec_putc(d, (char)e);
		} else {
			put_octal(d, p[i], plain < len && p[plain] >= '0' && p[plain] <= '7');
		}
	}
	eyas_dec_add(d, p + plain, len - plain);
}

static void put_text(struct eyas_decode *d, const unsigned char *p, size_t len, unsigned int flags)
{
	bool bare = flags & EYAS_DEC_BARE;

	if (!bare)
		eyas_dec_putc(d, '"');
	if (d->opts.hex == EYAS_DECODE_HEX_ALL || (flags & EYAS_DEC_HEX) ||
	    (d->opts.hex == EYAS_DECODE_HEX_SOME && !all_ascii(p, len)))
		put_bytes_hex(d, p, len);
	else
		put_escaped(d, p, len, bare);
	if (!bare)
		eyas_dec_putc(d, '"');
}

/* ---- JSON ---- */

/* There are readers of JSON that cannot have NUL in a string. */
static bool is_text(const unsigned char *p, size_t len)
{
	size_t i = 0, n = 1;

	for (; i < len && n; i += n)
		n = p[i] ? eyas_utf8_seq(p + i, len - i) : 0;
	return n != 0;
}

/* What is no text is in hexadecimal, so that nothing is lost. */
static void json_string(struct eyas_decode *d, const unsigned char *p, size_t len, bool cut)
{
	bool text = is_text(p, len);

	if (d->sym) {
		eyas_json_escape(d->out, (const char *)p, text ? len : 0);
		return;
	}
	if (cut || !text)
		eyas_dec_puts(d, text ? "{\"text\":" : "{\"hex\":");
	eyas_dec_putc(d, '"');
	if (text)
		eyas_json_escape(d->out, (const char *)p, len);
	else
		for (size_t i = 0; i < len; i++)
			eyas_strbuf_addf(d->out, "%02x", (unsigned int)p[i]);
	eyas_dec_putc(d, '"');
	if (cut || !text)
		eyas_dec_puts(d, cut ? ",\"cut\":true}" : "}");
}

void eyas_dec_quote(struct eyas_decode *d, const void *p, size_t len, unsigned int flags)
{
	size_t max = flags & EYAS_DEC_PATH ? len : d->opts.strsize;
	bool cut = (flags & EYAS_DEC_CUT) || len > max;

	if (len > max)
		len = max;
	if (d->json) {
		/* A character that -s has cut is not told. */
		for (size_t i = 1; cut && i < 4 && i < len; i++) {
			if (is_text(p, len))
				break;
			if (is_text(p, len - i)) {
				len -= i;
				break;
			}
		}
		json_string(d, p, len, cut);
		return;
	}
	put_text(d, p, len, flags);
	if (cut)
		eyas_dec_puts(d, "...");
}

void eyas_dec_cstr(struct eyas_decode *d, const void *p, size_t size, unsigned int flags)
{
	eyas_dec_quote(d, p, strnlen(p, size), flags);
}
