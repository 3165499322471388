// SPDX-License-Identifier: Apache-2.0
/* eyas rules: a table of commands about rules; none of them needs root or the module. */
#include "cmd_rules.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/util.h"
#include "cmd.h"

/* clang-format off */
static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} subs[] = {
	{ "check",  eyas_rules_check,  "are these rules files right, and if not, where?" },
	{ "list",   eyas_rules_list,   "the rules, in the order in which they are tried" },
	{ "show",   eyas_rules_show,   "one rule: what it tests, prints and asks of the kernel" },
	{ "fields", eyas_rules_fields, "what rules can test and print" },
	{ "events", eyas_rules_events, "event types and their arguments" },
};
/* clang-format on */

void eyas_rules_add(struct eyas_rulefiles *files, const char *path)
{
	struct eyas_err err;

	if (eyas_rulefiles_add(files, path, &err) < 0)
		exit(eyas_msg_err(&err));
}

int eyas_rules_default(struct eyas_rulefiles *files)
{
	struct eyas_err err;

	if (files->v.len || eyas_rulefiles_add_default(files, &err) == 0)
		return 0;
	eyas_msg_err(&err);
	return err.code;
}

int eyas_rules_print_json(json_t *o)
{
	int r = o ? json_dumpf(o, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER) : -1;

	json_decref(o);
	if (r) {
		eyas_msg("out of memory");
		return EYAS_STATUS_FAILURE;
	}
	putchar('\n');
	return EYAS_STATUS_OK;
}

static void usage(FILE *f)
{
	fputs("usage: eyas rules COMMAND [OPTION...]\n"
	      "Look at rules without watching anything.\n\n",
	      f);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(subs); i++)
		fprintf(f, "  %-7s %s\n", subs[i].name, subs[i].help);
	fputs("\nEach has options of its own: eyas rules COMMAND --help\n\n"
	      "Examples:\n"
	      "  eyas rules check my.yaml\n"
	      "  eyas rules show -r /etc/falco/falco_rules.yaml 'Run shell untrusted'\n"
	      "  eyas rules fields proc\n",
	      f);
}

static int run(int argc, char **argv)
{
	const char *names[EYAS_ARRAY_LEN(subs)], *near;
	char self[64];

	if (argc < 2) {
		usage(stderr);
		return EYAS_STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-?") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		usage(stdout);
		return EYAS_STATUS_OK;
	}
	for (size_t i = 0; i < EYAS_ARRAY_LEN(subs); i++) {
		names[i] = subs[i].name;
		if (strcmp(argv[1], names[i]) != 0)
			continue;
		snprintf(self, sizeof(self), "eyas rules %s", names[i]);
		argv[1] = self;
		return subs[i].run(argc - 1, argv + 1);
	}
	near = eyas_opts_nearest(argv[1], names, EYAS_ARRAY_LEN(subs));
	if (near)
		eyas_msg("unknown command 'rules %s'; did you mean '%s'?", argv[1], near);
	else
		eyas_msg("unknown command 'rules %s'; see 'eyas rules --help'", argv[1]);
	return EYAS_STATUS_USAGE;
}

const struct eyas_command eyas_cmd_rules = {
	.name = "rules",
	.run = run,
	.help = "check, list and explain rules, fields and events",
};
