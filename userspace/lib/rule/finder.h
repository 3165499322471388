/* SPDX-License-Identifier: Apache-2.0 */
/* Many texts looked for anywhere in a value in one pass. */
#ifndef EYAS_RULE_FINDER_H
#define EYAS_RULE_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/cleanup.h"
#include "base/vec.h"
#include "rule/trie.h"

struct eyas_finder_text {
	const char *s;
	size_t len;
	void *what;
	uint32_t more;		/* the next one that ends in the same state, from 1 */
};

struct eyas_finder_state {
	uint32_t fail;		/* state of the longest proper suffix */
	uint32_t texts;		/* that end here, from 1; 0: none */
	uint32_t shorter;	/* the next state of the fail chain with texts, 0: none */
};

struct eyas_finder {
	EYAS_VEC(struct eyas_finder_text) texts;
	EYAS_VEC(struct eyas_finder_state) states;
	uint32_t *next;		/* by state and class of byte */
	uint8_t class[256];
	uint32_t nclasses;
	bool fold;		/* case of ASCII letters does not count; set first */
};

/* A zeroed one is empty. */
void eyas_finder_release(struct eyas_finder *f);
/* Text (not empty) is borrowed. -ENOMEM. */
int eyas_finder_add(struct eyas_finder *f, const char *s, size_t len, void *what) _must_check_;
/* Once, after the last text. -ENOMEM; -E2BIG if the table would be too large. */
int eyas_finder_build(struct eyas_finder *f) _must_check_;
/* A text that occurs twice is told twice. */
void eyas_finder_scan(const struct eyas_finder *f, const char *s, size_t len, eyas_found_fn *fn,
		      void *arg);

#endif
