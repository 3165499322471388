/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text, written straight into a buffer: nothing here needs more. */
#ifndef EYAS_BASE_JSON_H
#define EYAS_BASE_JSON_H

#include <stddef.h>
#include "base/strbuf.h"

/*
 * Bytes of the UTF-8 sequence at @p, of which there are @len > 0; 0 if there is
 * none: too short, overlong, a surrogate or past U+10FFFF (Unicode, table 3-7).
 */
size_t eyas_utf8_seq(const void *p, size_t len);

/*
 * The inside of a JSON string for any @len bytes: quotes, backslashes and
 * control characters escaped, each byte that is not UTF-8 as U+FFFD.
 */
void eyas_json_escape(struct eyas_strbuf *out, const char *s, size_t len);

/* The same with its quotes. */
void eyas_json_string(struct eyas_strbuf *out, const char *s, size_t len);

/* The shortest decimal that reads back as @d; null if it is not finite. */
void eyas_json_double(struct eyas_strbuf *out, double d);

#endif
