/* SPDX-License-Identifier: Apache-2.0 */
/* Rules files read into memory, in the order in which they are to be loaded. */
#ifndef EYAS_CMD_RULEFILES_H
#define EYAS_CMD_RULEFILES_H

#include "base/err.h"
#include "base/vec.h"
#include "rule/ruleset.h"

struct eyas_rulefiles {
	EYAS_VEC(struct eyas_rules_text) v; /* names and texts are owned */
};

/*
 * Read @path: a file, or a directory with the *.yaml and *.yml files in it by
 * name. -ENOENT if a directory has none.
 */
int eyas_rulefiles_add(struct eyas_rulefiles *rf, const char *path, struct eyas_err *err);

/*
 * The rules that come with eyas: next to the program in the tree that it was
 * built in, else where they were installed.
 */
int eyas_rulefiles_add_default(struct eyas_rulefiles *rf, struct eyas_err *err);

/* The folder that these are in. */
void eyas_rulefiles_default_dir(struct eyas_strbuf *ret);

void eyas_rulefiles_release(struct eyas_rulefiles *rf);

#endif
