/* SPDX-License-Identifier: Apache-2.0 */
/* Memory freed all at once: by event (reset) or with its owner (release). */
#ifndef EYAS_BASE_ARENA_H
#define EYAS_BASE_ARENA_H

#include <stddef.h>

struct eyas_arena_block;
struct eyas_arena { struct eyas_arena_block *first, *cur; size_t used; };

/* A zeroed arena is an empty one. */
void eyas_arena_release(struct eyas_arena *a);
void eyas_arena_reset(struct eyas_arena *a);	/* first block is kept for reuse */
void *eyas_arena_alloc(struct eyas_arena *a, size_t size);	/* zeroed, 16-aligned; NULL: oom */
char *eyas_arena_strndup(struct eyas_arena *a, const char *s, size_t len);
char *eyas_arena_printf(struct eyas_arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
