/* SPDX-License-Identifier: Apache-2.0 */
/* A bounded cursor over bytes that nobody has checked yet. */
#ifndef EYAS_BASE_BYTES_H
#define EYAS_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct eyas_bytes {
	const unsigned char *p;
	const unsigned char *end;
};

static inline struct eyas_bytes eyas_bytes_of(const void *data, size_t len)
{
	struct eyas_bytes b = { data, (const unsigned char *)data + len };

	return b;
}

static inline size_t eyas_bytes_left(const struct eyas_bytes *b)
{
	return (size_t)(b->end - b->p);
}

/* Point at the next @len bytes and step over them; NULL if there are fewer. */
static inline const void *eyas_bytes_take(struct eyas_bytes *b, size_t len)
{
	const unsigned char *p = b->p;

	if (eyas_bytes_left(b) < len)
		return NULL;
	b->p += len;
	return p;
}

/* Copy the next @len bytes to @dst; false, and nothing done, if there are fewer. */
static inline bool eyas_bytes_get(struct eyas_bytes *b, void *dst, size_t len)
{
	const void *p = eyas_bytes_take(b, len);

	if (p)
		memcpy(dst, p, len);
	return p != NULL;
}

#endif
