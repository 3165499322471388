// SPDX-License-Identifier: Apache-2.0
/* Growing text. */
#include "base/strbuf.h"

#include <stdint.h>
#include <string.h>

#define STRBUF_MIN	64
#define DECIMAL_MAX	20	/* digits of a 64-bit number */

char eyas_strbuf_empty[1];

void eyas_strbuf_init(struct eyas_strbuf *sb)
{
	*sb = (struct eyas_strbuf)EYAS_STRBUF_INIT;
}

void eyas_strbuf_release(struct eyas_strbuf *sb)
{
	if (sb->cap)
		free(sb->buf);
	eyas_strbuf_init(sb);
}

void eyas_strbuf_reset(struct eyas_strbuf *sb)
{
	sb->len = 0;
	sb->oom = false;
	if (sb->cap)
		sb->buf[0] = '\0';
}

/* Room for @more bytes and the NUL. */
static bool grow(struct eyas_strbuf *sb, size_t more)
{
	size_t need, cap;
	char *buf;

	if (sb->oom)
		return false;
	if (more < sb->cap - sb->len)
		return true;
	if (__builtin_add_overflow(sb->len, more, &need) || need > SIZE_MAX / 4) {
		sb->oom = true;
		return false;
	}
	cap = sb->cap ? sb->cap : STRBUF_MIN;
	while (cap <= need)
		cap *= 2;
	buf = realloc(sb->cap ? sb->buf : NULL, cap);
	if (!buf) {
		sb->oom = true;
		return false;
	}
	if (!sb->cap)
		buf[0] = '\0';
	sb->buf = buf;
	sb->cap = cap;
	return true;
}

char *eyas_strbuf_detach(struct eyas_strbuf *sb)
{
	char *ret = NULL;

	/* What is empty so far becomes memory that can be freed, too. */
	if (grow(sb, 0)) {
		ret = sb->buf;
		sb->cap = 0;
	}
	eyas_strbuf_release(sb);
	return ret;
}

void eyas_strbuf_add(struct eyas_strbuf *sb, const void *data, size_t len)
{
	if (!len || !grow(sb, len))
		return;
	memcpy(sb->buf + sb->len, data, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void eyas_strbuf_adds(struct eyas_strbuf *sb, const char *s)
{
	eyas_strbuf_add(sb, s, strlen(s));
}

void eyas_strbuf_addc(struct eyas_strbuf *sb, char c)
{
	eyas_strbuf_add(sb, &c, 1);
}

void eyas_strbuf_vaddf(struct eyas_strbuf *sb, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	/* Most texts fit into what is left; the others are printed twice. */
	n = vsnprintf(sb->cap ? sb->buf + sb->len : NULL, sb->cap - sb->len, fmt, ap);
	if (n < 0) {
		sb->oom = true;
	} else if ((size_t)n < sb->cap - sb->len && !sb->oom) {
		sb->len += (size_t)n;
	} else if (grow(sb, (size_t)n)) {
		vsnprintf(sb->buf + sb->len, sb->cap - sb->len, fmt, again);
		sb->len += (size_t)n;
	}
	va_end(again);
	if (sb->cap)
		sb->buf[sb->len] = '\0';
}

void eyas_strbuf_addf(struct eyas_strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	eyas_strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
}

void eyas_strbuf_addu(struct eyas_strbuf *sb, unsigned long long v)
{
	char digits[DECIMAL_MAX], *p = digits + sizeof(digits);

	do {
		*--p = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	eyas_strbuf_add(sb, p, (size_t)(digits + sizeof(digits) - p));
}

void eyas_strbuf_addi(struct eyas_strbuf *sb, long long v)
{
	unsigned long long u = (unsigned long long)v;

	if (v < 0) {
		eyas_strbuf_addc(sb, '-');
		u = -u;
	}
	eyas_strbuf_addu(sb, u);
}

void eyas_strbuf_cut(struct eyas_strbuf *sb, size_t len)
{
	if (len >= sb->len)
		return;
	sb->len = len;
	sb->buf[len] = '\0';
}
