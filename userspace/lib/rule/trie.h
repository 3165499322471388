/* SPDX-License-Identifier: Apache-2.0 */
/* Many texts compared with the beginning (or the end) of a value in one walk. */
#ifndef EYAS_RULE_TRIE_H
#define EYAS_RULE_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/cleanup.h"
#include "base/vec.h"

/* Called for each text that is found. */
typedef void eyas_found_fn(void *what, void *arg);

struct eyas_trie_text {
	const char *s;
	size_t len;
	bool whole;		/* must be all of the value, not only begin it */
	void *what;
};

/* Bytes [from, to) of a value are to be those of the edge; then a kid goes on. */
struct eyas_trie_node {
	const char *edge;	/* of one of its texts */
	uint32_t from, to;
	uint32_t ends, nends;	/* texts that end here */
	uint32_t table;		/* of kids, by next byte less @low */
	uint16_t span;		/* bytes that it is for */
	uint8_t low;
};

struct eyas_trie {
	EYAS_VEC(struct eyas_trie_text) texts;
	EYAS_VEC(struct eyas_trie_node) nodes;	/* the first one is where walks begin */
	EYAS_VEC(uint32_t) table;		/* nodes, 0: none */
	bool backward;		/* texts end values; set before anything else */
};

/* A zeroed one is empty. */
void eyas_trie_release(struct eyas_trie *t);
/* Text is borrowed. -ENOMEM. */
int eyas_trie_add(struct eyas_trie *t, struct eyas_trie_text text) _must_check_;
/* Once, after the last text and before the first walk. -ENOMEM, -E2BIG. */
int eyas_trie_build(struct eyas_trie *t) _must_check_;

/* Byte @i of a text of @len bytes in the direction of the walk. */
static inline uint8_t eyas_trie_byte(bool backward, const char *s, size_t len, size_t i)
{
	return (uint8_t)(backward ? s[len - 1 - i] : s[i]);
}

/*
 * Most walks end at the first byte that differs; to call anything, memcmp()
 * included, would take longer than the rest of it.
 */
static inline __attribute__((always_inline)) void
eyas_trie_go(const struct eyas_trie *t, bool backward, const char *s, size_t len,
	     eyas_found_fn *fn, void *arg)
{
	const struct eyas_trie_node *n = t->nodes.data;

	while (n && n->to <= len) {
		const char *p = backward ? s + len - n->to : s + n->from, *edge = n->edge;
		uint32_t kid;
		uint8_t byte;

		for (const char *end = edge + (n->to - n->from); edge < end;)
			if (*p++ != *edge++)
				return;
		for (uint32_t i = n->ends; i < n->ends + n->nends; i++)
			if (!t->texts.data[i].whole || n->to == len)
				fn(t->texts.data[i].what, arg);
		if (n->to == len)
			return;
		byte = (uint8_t)(eyas_trie_byte(backward, s, len, n->to) - n->low);
		if (byte >= n->span)
			return;
		kid = t->table.data[n->table + byte];
		n = kid ? &t->nodes.data[kid] : NULL;
	}
}

static inline __attribute__((always_inline)) void
eyas_trie_walk(const struct eyas_trie *t, const char *s, size_t len, eyas_found_fn *fn, void *arg)
{
	if (t->backward)
		eyas_trie_go(t, true, s, len, fn, arg);
	else
		eyas_trie_go(t, false, s, len, fn, arg);
}

#endif
