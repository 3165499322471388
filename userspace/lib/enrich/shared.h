/* SPDX-License-Identifier: Apache-2.0 */
/* Immutable text with a reference count: working directories, names of files. */
#ifndef EYAS_ENRICH_SHARED_H
#define EYAS_ENRICH_SHARED_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct eyas_shared {
	uint32_t refs;
	uint32_t len;
	char text[];		/* NUL-terminated */
};

static inline struct eyas_shared *eyas_shared_create(const char *p, size_t len)
{
	struct eyas_shared *s;

	if (len >= UINT32_MAX)
		return NULL;
	s = malloc(sizeof(*s) + len + 1);
	if (!s)
		return NULL;
	s->refs = 1;
	s->len = (uint32_t)len;
	if (len)
		memcpy(s->text, p, len);
	s->text[len] = '\0';
	return s;
}

static inline struct eyas_shared *eyas_shared_ref(struct eyas_shared *s)
{
	if (s)
		s->refs++;
	return s;
}

static inline void eyas_shared_unref(struct eyas_shared *s)
{
	if (s && !--s->refs)
		free(s);
}

#endif
