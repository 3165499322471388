/* SPDX-License-Identifier: Apache-2.0 */
/* What loading wants to find in the mappings of a rules file, and says if it doesn't. */
#ifndef EYAS_RULE_WANT_H
#define EYAS_RULE_WANT_H

#include "rule/issue.h"
#include "rule/yaml.h"

/* Where something is looked for. */
struct eyas_want {
	struct eyas_notes *notes;
	const struct eyas_yaml *map;
	const struct eyas_about *about; /* the mapping */
};

/*
 * The value of @key. 0; -EINVAL if it is missing or not as wanted, with an
 * issue noted; -ENOMEM. The optional ones leave *ret alone if there is no such
 * key. Text has no NUL bytes in it.
 */
int eyas_want_text(const struct eyas_want *w, const char *key, struct eyas_yaml **ret);
int eyas_want_opt_text(const struct eyas_want *w, const char *key, struct eyas_yaml **ret);
int eyas_want_opt_bool(const struct eyas_want *w, const char *key, bool *ret);
int eyas_want_bool(const struct eyas_want *w, const char *key, bool *ret);
int eyas_want_opt_u32(const struct eyas_want *w, const char *key, uint32_t *ret);
/* A sequence of texts. */
int eyas_want_texts(const struct eyas_want *w, const char *key, struct eyas_yaml **ret);
int eyas_want_opt_texts(const struct eyas_want *w, const char *key, struct eyas_yaml **ret);

/* Warn of keys that are not among @known, which NULL ends. 0 or -ENOMEM. */
int eyas_want_known_keys(const struct eyas_want *w, const char *const *known);

/* A LOAD_ERR_YAML_VALIDATE about a part of what @w is about. */
int eyas_want_fail(const struct eyas_want *w, const char *type, const char *name,
		   struct eyas_place at, const char *hint, const char *msg);

/* Is it a scalar that is not null? */
bool eyas_yaml_is_text(const struct eyas_yaml *node);
/* A whole number, as YAML files write them. */
bool eyas_yaml_u32(const struct eyas_yaml *node, uint32_t *ret);

#endif
