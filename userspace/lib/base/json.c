// SPDX-License-Identifier: Apache-2.0
/* JSON text: escaping and numbers. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t eyas_utf8_seq(const void *p, size_t len)
{
	const unsigned char *s = p;
	static const struct { unsigned char lo, hi, lo2, hi2, n; } forms[] = {
		{ 0x00, 0x7f, 0x00, 0xff, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (s[0] < forms[i].lo || s[0] > forms[i].hi)
			continue;
		if (forms[i].n > len)
			return 0;
		if (forms[i].n > 1 && (s[1] < forms[i].lo2 || s[1] > forms[i].hi2))
			return 0;
		for (size_t k = 2; k < forms[i].n; k++) {
			if ((s[k] & 0xc0) != 0x80)
				return 0;
		}
		return forms[i].n;
	}
	return 0;
}

static void escape_byte(struct eyas_strbuf *out, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *p = c ? strchr(from, c) : NULL;

	if (p) {
		eyas_strbuf_addc(out, '\\');
		eyas_strbuf_addc(out, to[p - from]);
		return;
	}
	eyas_strbuf_addf(out, "\\u%04x", c);
}

void eyas_json_escape(struct eyas_strbuf *out, const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0, plain = 0;

	while (i < len) {
		size_t n = eyas_utf8_seq(p + i, len - i);

		if (n && p[i] >= 0x20 && p[i] != '"' && p[i] != '\\') {
			i += n;
			continue;
		}
		eyas_strbuf_add(out, s + plain, i - plain);
		if (n)
			escape_byte(out, p[i]);
		else
			eyas_strbuf_adds(out, "\xef\xbf\xbd");
		plain = ++i;
	}
	eyas_strbuf_add(out, s + plain, i - plain);
}

void eyas_json_string(struct eyas_strbuf *out, const char *s, size_t len)
{
	eyas_strbuf_addc(out, '"');
	eyas_json_escape(out, s, len);
	eyas_strbuf_addc(out, '"');
}

void eyas_json_double(struct eyas_strbuf *out, double d)
{
	char text[32];

	if (!isfinite(d)) {
		eyas_strbuf_adds(out, "null");
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, d);
		if (digits == 17 || !(strtod(text, NULL) < d || strtod(text, NULL) > d))
			break;
	}
	eyas_strbuf_adds(out, text);
	if (!strpbrk(text, ".e"))
		eyas_strbuf_adds(out, ".0");
}
