/* SPDX-License-Identifier: Apache-2.0 */
/* The mapping "override" of an item: which of its keys to append or to replace. */
#ifndef EYAS_RULE_OVERRIDE_H
#define EYAS_RULE_OVERRIDE_H

#include "rule/want.h"

/* A key that may be replaced, and perhaps appended to. */
struct eyas_override_key {
	const char *name;
	bool append;
};

/* Bits by position in the table of keys, at most 32. */
struct eyas_overrides {
	uint32_t append, replace;
};

/* 0; -EINVAL with an issue noted; -ENOMEM. No override is none of all. */
int eyas_overrides_read(const struct eyas_want *w, const struct eyas_override_key *keys, size_t n,
			struct eyas_overrides *ret);

#endif
