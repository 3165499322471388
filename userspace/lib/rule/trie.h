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

/* Bytes [from, to) of a value are to be those of the edge; then come the kids. */
struct eyas_trie_node {
	const char *edge;	/* of one of its texts */
	uint32_t from, to;
	uint32_t ends, nends;	/* texts that end here */
	uint32_t kids;		/* in a row, by byte */
	uint16_t nkids;
	uint8_t byte;		/* the first of the edge, in the direction of the walk */
};

struct eyas_trie {
	EYAS_VEC(struct eyas_trie_text) texts;
	EYAS_VEC(struct eyas_trie_node) nodes;	/* the first one is where walks begin */
	uint32_t start[256];	/* kids of that one by byte, 0: none */
	bool backward;		/* texts end values; set before anything else */
};

/* A zeroed one is empty. */
void eyas_trie_release(struct eyas_trie *t);
/* Text is borrowed. -ENOMEM. */
int eyas_trie_add(struct eyas_trie *t, struct eyas_trie_text text) _must_check_;
/* Once, after the last text and before the first walk. -ENOMEM, -E2BIG. */
int eyas_trie_build(struct eyas_trie *t) _must_check_;
void eyas_trie_walk(const struct eyas_trie *t, const char *s, size_t len, eyas_found_fn *fn,
		    void *arg);

#endif
