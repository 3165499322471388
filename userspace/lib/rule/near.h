/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean": of the words that would have been right, the one nearest. */
#ifndef EYAS_RULE_NEAR_H
#define EYAS_RULE_NEAR_H

#include <stddef.h>

struct eyas_near {
	const char *word; /* the wrong one */
	const char *best; /* NULL: none is near */
	size_t distance; /* of the best */
	char hint[96];
};

void eyas_near_init(struct eyas_near *near, const char *word);
/* @candidate is borrowed. */
void eyas_near_offer(struct eyas_near *near, const char *candidate);
/* "did you mean 'x'?", or @otherwise if nothing is near. Held by @near. */
const char *eyas_near_hint(struct eyas_near *near, const char *otherwise);

#endif
