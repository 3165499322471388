/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text, written straight into a buffer: alerts need nothing more. */
#ifndef EYAS_OUTPUT_JSON_H
#define EYAS_OUTPUT_JSON_H

#include <stddef.h>
#include "base/strbuf.h"

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
