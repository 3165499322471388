/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Growing text. buf is never NULL and always NUL-terminated; len does not
 * count the NUL. Out of memory is sticky: appends become no-ops, and
 * eyas_strbuf_ok() tells at the end, so that callers check once.
 */
#ifndef EYAS_BASE_STRBUF_H
#define EYAS_BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include "base/cleanup.h"

struct eyas_strbuf {
	char *buf;
	size_t len;
	size_t cap;		/* 0: buf is not ours to free */
	bool oom;
};

extern char eyas_strbuf_empty[1];

#define EYAS_STRBUF_INIT	{ .buf = eyas_strbuf_empty }

void eyas_strbuf_init(struct eyas_strbuf *sb);
void eyas_strbuf_release(struct eyas_strbuf *sb);	/* usable again afterwards */
void eyas_strbuf_reset(struct eyas_strbuf *sb);		/* empty, memory kept */
char *eyas_strbuf_detach(struct eyas_strbuf *sb);	/* caller frees; NULL if oom */

void eyas_strbuf_add(struct eyas_strbuf *sb, const void *data, size_t len);
void eyas_strbuf_adds(struct eyas_strbuf *sb, const char *s);
void eyas_strbuf_addc(struct eyas_strbuf *sb, char c);
void eyas_strbuf_addf(struct eyas_strbuf *sb, const char *fmt, ...) _printf_(2, 3);
void eyas_strbuf_vaddf(struct eyas_strbuf *sb, const char *fmt, va_list ap) _printf_(2, 0);
void eyas_strbuf_addu(struct eyas_strbuf *sb, unsigned long long v);	/* decimal, fast */
void eyas_strbuf_addi(struct eyas_strbuf *sb, long long v);
void eyas_strbuf_cut(struct eyas_strbuf *sb, size_t len);	/* shorten to len */

static inline bool eyas_strbuf_ok(const struct eyas_strbuf *sb)
{
	return !sb->oom;
}

#define _cleanup_strbuf_	_cleanup_(eyas_strbuf_release)

#endif
