// SPDX-License-Identifier: Apache-2.0
/* The program: a table of commands and nothing else. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "cmd.h"
#include "opts.h"

static const struct eyas_command *const cmds[] = {
	&eyas_cmd_watch,
	&eyas_cmd_rules,
	&eyas_cmd_trace,
	&eyas_cmd_record,
	&eyas_cmd_replay,
	&eyas_cmd_status,
	&eyas_cmd_doctor,
};

#define NCMDS (sizeof(cmds) / sizeof(cmds[0]))

static void usage(FILE *f)
{
	fputs("usage: eyas COMMAND [OPTION...]\n"
	      "eyas watches a host from inside its kernel and says what it saw.\n\n",
	      f);
	for (size_t i = 0; i < NCMDS; i++)
		fprintf(f, "  %-10s %s\n", cmds[i]->name, cmds[i]->help);
	fputs("  help       what a command does and its options: eyas help COMMAND\n\n"
	      "Results go to stdout, everything else to stderr. Exit status: 0 ok, 1 failure,\n"
	      "2 usage.\n\n"
	      "Examples:\n"
	      "  sudo eyas watch            watch this host by the installed rules\n"
	      "  eyas rules check my.yaml   is this rules file right?\n"
	      "  sudo eyas doctor           why does it not work?\n",
	      f);
}

static int run(const char *name, int argc, char **argv)
{
	const char *names[NCMDS], *near;
	char self[64];

	for (size_t i = 0; i < NCMDS; i++) {
		names[i] = cmds[i]->name;
		if (strcmp(name, names[i]) != 0)
			continue;
		snprintf(self, sizeof(self), "eyas %s", name);
		argv[0] = self;
		return cmds[i]->run(argc, argv);
	}
	near = eyas_opts_nearest(name, names, NCMDS);
	if (near)
		eyas_msg("unknown command '%s'; did you mean '%s'?", name, near);
	else
		eyas_msg("unknown command '%s'; see 'eyas --help'", name);
	return EYAS_STATUS_USAGE;
}

static int help(int argc, char **argv)
{
	static char opt[] = "--help";
	char *args[] = { argv[0], opt, NULL };

	if (argc < 2) {
		usage(stdout);
		return EYAS_STATUS_OK;
	}
	return run(argv[1], 2, args);
}

static int dispatch(int argc, char **argv)
{
	if (argc < 2) {
		usage(stderr);
		return EYAS_STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		usage(stdout);
		return EYAS_STATUS_OK;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		puts("eyas " EYAS_VERSION);
		return EYAS_STATUS_OK;
	}
	if (!strcmp(argv[1], "help"))
		return help(argc - 1, argv + 1);
	return run(argv[1], argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	int status = dispatch(argc, argv);

	/* A full disk must not look like success. */
	if (fflush(stdout) || ferror(stdout)) {
		eyas_msg("cannot write to stdout: %s", strerror(errno));
		return status ? status : EYAS_STATUS_FAILURE;
	}
	return status;
}
