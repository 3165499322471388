/* SPDX-License-Identifier: Apache-2.0 */
/* Text with a reference count, immutable for all but a sole owner: working
 * directories, names of files. */
#ifndef EYAS_ENRICH_SHARED_H
#define EYAS_ENRICH_SHARED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct eyas_shared {
	uint32_t refs;
	uint32_t len, cap;	/* bytes, and room for them */
	char text[];		/* NUL-terminated */
};

#define EYAS_SHARED_STEP	32	/* of room, so that the next text may fit, too */

static inline struct eyas_shared *eyas_shared_create(const char *p, size_t len)
{
	size_t cap = (len | (EYAS_SHARED_STEP - 1));
	struct eyas_shared *s;

	if (cap >= UINT32_MAX)
		return NULL;
	s = malloc(sizeof(*s) + cap + 1);
	if (!s)
		return NULL;
	s->refs = 1;
	s->len = (uint32_t)len;
	s->cap = (uint32_t)cap;
	if (len)
		memcpy(s->text, p, len);
	s->text[len] = '\0';
	return s;
}

/* Another text in its place; false if it is not ours alone, or too small. */
static inline bool eyas_shared_rewrite(struct eyas_shared *s, const char *p, size_t len)
{
	if (s->refs != 1 || len > s->cap)
		return false;
	memcpy(s->text, p, len);
	s->text[len] = '\0';
	s->len = (uint32_t)len;
	return true;
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
