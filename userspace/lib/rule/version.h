/* SPDX-License-Identifier: Apache-2.0 */
/* Versions that rules files ask for, and the ones that we answer with. */
#ifndef EYAS_RULE_VERSION_H
#define EYAS_RULE_VERSION_H

#include <stdbool.h>
#include <stdint.h>

struct eyas_version {
	uint32_t v[3];
};

/* "1.2.3", "1.2.3-rc1". -EINVAL. */
int eyas_version_parse(const char *s, struct eyas_version *ret);

/* Negative, zero or positive, as strcmp(3). */
int eyas_version_cmp(struct eyas_version a, struct eyas_version b);

/* Does @have serve those who want @want? The same major, and not older. */
bool eyas_version_serves(struct eyas_version have, struct eyas_version want);

/* Of the rules language: what Falco's engine of this version reads, we read. */
struct eyas_version eyas_engine_version(void);

/* A plugin of Falco's of which we provide what rules use; false if we don't. */
bool eyas_plugin_version(const char *name, struct eyas_version *ret);

#endif
