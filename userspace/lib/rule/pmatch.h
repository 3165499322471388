/* SPDX-License-Identifier: Apache-2.0 */
/* Is one of many paths a prefix of a path, component by component? */
#ifndef EYAS_RULE_PMATCH_H
#define EYAS_RULE_PMATCH_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "rule/ast.h"

struct eyas_pmatch {
	struct eyas_strmap plain;	/* normalised paths without patterns */
	EYAS_VEC(struct eyas_word) patterns;
	bool all;			/* "/" is among them */
};

/* A zeroed one is empty. */
void eyas_pmatch_release(struct eyas_pmatch *pm);
/* Components of @path may be shell patterns. The text is borrowed. -ENOMEM. */
int eyas_pmatch_add(struct eyas_pmatch *pm, const char *path, size_t len) _must_check_;
bool eyas_pmatch_match(const struct eyas_pmatch *pm, const char *path, size_t len);

#endif
