// SPDX-License-Identifier: Apache-2.0
/* Memory freed all at once. Blocks are filled from the front and never moved. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_ALIGN	16
#define ARENA_BLOCK	((size_t)16 << 10)

struct eyas_arena_block {
	struct eyas_arena_block *next;
	size_t size;
	_Alignas(ARENA_ALIGN) unsigned char data[];
};

static void free_blocks(struct eyas_arena_block *b)
{
	while (b) {
		struct eyas_arena_block *next = b->next;

		free(b);
		b = next;
	}
}

void eyas_arena_release(struct eyas_arena *a)
{
	free_blocks(a->first);
	*a = (struct eyas_arena){ 0 };
}

void eyas_arena_reset(struct eyas_arena *a)
{
	a->used = 0;
	if (a->cur == a->first)
		return;
	free_blocks(a->first->next);
	a->first->next = NULL;
	a->cur = a->first;
}

/* A new current block with room for @size bytes. */
static struct eyas_arena_block *add_block(struct eyas_arena *a, size_t size)
{
	size_t want = size > ARENA_BLOCK ? size : ARENA_BLOCK;
	struct eyas_arena_block *b = malloc(sizeof(*b) + want);

	if (!b)
		return NULL;
	b->next = NULL;
	b->size = want;
	if (a->cur)
		a->cur->next = b;
	else
		a->first = b;
	a->cur = b;
	a->used = 0;
	return b;
}

/* Not zeroed. */
static void *take(struct eyas_arena *a, size_t size)
{
	struct eyas_arena_block *b = a->cur;
	size_t aligned = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	void *p;

	/* Also when rounding up wrapped. */
	if (aligned < size || aligned > SIZE_MAX / 2)
		return NULL;
	if (!b || b->size - a->used < aligned)
		b = add_block(a, aligned);
	if (!b)
		return NULL;
	p = b->data + a->used;
	a->used += aligned;
	return p;
}

void *eyas_arena_alloc(struct eyas_arena *a, size_t size)
{
	void *p = take(a, size);

	if (p && size)
		memset(p, 0, size);
	return p;
}

char *eyas_arena_strndup(struct eyas_arena *a, const char *s, size_t len)
{
	char *p = len < SIZE_MAX ? take(a, len + 1) : NULL;

	if (!p)
		return NULL;
	if (len)
		memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *eyas_arena_printf(struct eyas_arena *a, const char *fmt, ...)
{
	char *p = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0)
		p = take(a, (size_t)n + 1);
	if (!p)
		return NULL;
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}
