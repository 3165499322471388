/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of "eyas rules" share. */
#ifndef EYAS_CMD_CMD_RULES_H
#define EYAS_CMD_CMD_RULES_H

#include <argp.h>
#include <jansson.h>
#include "opts.h"
#include "rule/describe.h"
#include "rulefiles.h"

/* Each gets its own name as argv[0], "eyas rules check"; the result is enum eyas_status. */
int eyas_rules_check(int argc, char **argv);
int eyas_rules_list(int argc, char **argv);
int eyas_rules_show(int argc, char **argv);
/* The same, with the settings of a watch: rules switched off, outputs added to. */
int eyas_rules_list_as(int argc, char **argv, const struct eyas_ruleset_options *opt);
int eyas_rules_show_as(int argc, char **argv, const struct eyas_ruleset_options *opt);
int eyas_rules_fields(int argc, char **argv);
int eyas_rules_events(int argc, char **argv);

/* Read a file or directory; a message and exit if that fails. */
void eyas_rules_add(struct eyas_rulefiles *files, const char *path);

/* @files, or the shipped ones if there are none; a message if that fails, and -errno. */
int eyas_rules_default(struct eyas_rulefiles *files);

/* One line of JSON; consumes @o. A message if @o is NULL. Returns the exit status. */
int eyas_rules_print_json(json_t *o);

/* clang-format off */
#define EYAS_OPT_ROW_RULES \
	{ "rules", 'r', "PATH", 0, "rules file, or directory of *.yaml; may be repeated", 0 }
/* clang-format on */

#endif
