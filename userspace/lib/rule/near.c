// SPDX-License-Identifier: Apache-2.0
/* The nearest of some words to a wrong one. */
#include "rule/near.h"

#include <stdio.h>
#include <string.h>
#include "base/util.h"

/* Capitals don't count. False: too long to be near to anything. */
static bool lower(const char *s, char *ret)
{
	size_t n = strnlen(s, EYAS_EDIT_MAX + 1);

	if (n > EYAS_EDIT_MAX)
		return false;
	for (size_t i = 0; i <= n; i++)
		ret[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
	return true;
}

void eyas_near_init(struct eyas_near *near, const char *word)
{
	*near = (struct eyas_near){ .word = word,
				    .distance = 2 + strnlen(word, EYAS_EDIT_MAX) / 3 };
}

void eyas_near_offer(struct eyas_near *near, const char *candidate)
{
	char a[EYAS_EDIT_MAX + 1], b[EYAS_EDIT_MAX + 1];
	size_t d;

	if (!lower(near->word, a) || !lower(candidate, b))
		return;
	d = eyas_edit_distance(a, b);
	/* A beginning is as good as a slip of the finger. */
	if (d > 1 && strlen(a) > 2 && eyas_startswith(b, a))
		d = 1;
	/* A word of which every letter would change is not near. */
	if (d >= near->distance || d >= strlen(b))
		return;
	near->distance = d;
	near->best = candidate;
}

const char *eyas_near_hint(struct eyas_near *near, const char *otherwise)
{
	if (!near->best)
		return otherwise;
	snprintf(near->hint, sizeof(near->hint), "did you mean '%s'?", near->best);
	return near->hint;
}
