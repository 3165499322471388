/* SPDX-License-Identifier: Apache-2.0 */
/* From YAML to items: one function for each kind of item. */
#ifndef EYAS_RULE_READ_H
#define EYAS_RULE_READ_H

#include "rule/items.h"
#include "rule/override.h"

/* All return 0; -EINVAL with an error noted; -ENOMEM. */

/* All items of a file, added to what was read before. */
int eyas_read_file_items(struct eyas_items *it, uint32_t file);

int eyas_read_engine_version(struct eyas_items *it, const struct eyas_yaml *map);
int eyas_read_plugin_versions(struct eyas_items *it, const struct eyas_yaml *map);
int eyas_read_list(struct eyas_items *it, const struct eyas_yaml *map);
int eyas_read_macro(struct eyas_items *it, const struct eyas_yaml *map);
int eyas_read_rule(struct eyas_items *it, const struct eyas_yaml *map);

/* A scalar's text with its places, behind what @ret has already, after a blank. */
int eyas_read_srctext(const struct eyas_items *it, const struct eyas_yaml *scalar,
		      struct eyas_srctext *ret);

/* "append: true": warn that it is old. With an override beside it: an error. */
int eyas_read_append(const struct eyas_want *w, bool overrides, bool *ret);

/* The message of appending to something that isn't there; @names are what is. */
int eyas_read_no_previous(const struct eyas_want *w, const struct eyas_strmap *names,
			  const char *name, const char *msg);

#endif
