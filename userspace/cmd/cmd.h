/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A command is a row: the table is in main.c, each command in cmd_<name>.c.
 * (enum eyas_cmd is the kernel interface's.)
 */
#ifndef EYAS_CMD_CMD_H
#define EYAS_CMD_CMD_H

#ifndef EYAS_VERSION
#define EYAS_VERSION	"0.1.0"
#endif

struct eyas_command {
	const char *name;
	/* argv[0] is "eyas <name>"; the result is the exit status, enum eyas_status. */
	int (*run)(int argc, char **argv);
	const char *help;	/* one line, lower case, for eyas --help */
};

extern const struct eyas_command eyas_cmd_watch;
extern const struct eyas_command eyas_cmd_rules;
extern const struct eyas_command eyas_cmd_trace;
extern const struct eyas_command eyas_cmd_record;
extern const struct eyas_command eyas_cmd_replay;
extern const struct eyas_command eyas_cmd_status;
extern const struct eyas_command eyas_cmd_doctor;

#endif
