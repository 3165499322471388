/* SPDX-License-Identifier: Apache-2.0 */
/* A command that is looked at from its exec to its end. */
#ifndef EYAS_CMD_CHILD_H
#define EYAS_CMD_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* How it is run; what is NULL or 0 stays as it is. */
struct eyas_child_opts {
	char **command;
	const char *user, *argv0;
	const char *const *env;		/* "NAME=value", or "NAME" to take it away */
	size_t nenv;
};

struct eyas_child {
	pid_t pid;			/* 0: none, or it was waited for */
	bool started;
	int status;			/* as of wait(2), once it was waited for */
};

/* Fork it, and have it stop right before exec. 0, or -1, told. */
int eyas_child_prepare(struct eyas_child *c, const struct eyas_child_opts *o);
void eyas_child_start(struct eyas_child *c);
/* Send it a signal, and have it go on if it is stopped: else it would not take it. */
void eyas_child_signal(const struct eyas_child *c, int sig);
/* Wait for it without blocking; true: it has ended, now or before. */
bool eyas_child_reap(struct eyas_child *c);
/* End as the command did: its exit status is returned, its signal kills us. */
int eyas_child_status(const struct eyas_child *c);
/* Kill it if it was not started. */
void eyas_child_release(struct eyas_child *c);

#endif
