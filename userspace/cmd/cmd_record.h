/* SPDX-License-Identifier: Apache-2.0 */
/* The options of eyas record. */
#ifndef EYAS_CMD_CMD_RECORD_H
#define EYAS_CMD_CMD_RECORD_H

#include "rulefiles.h"
#include "scope.h"
#include "source/rotation.h"
#include "trace/callset.h"

struct record_opts {
	struct eyas_scope scope;
	struct eyas_callset calls;
	struct eyas_rulefiles rules;	/* none: by calls */
	struct eyas_rotation files;	/* path: of a flight recorder's files, too */
	char **command;			/* NULL: none */
	bool calls_given;		/* else: all, and what else there is */
	bool tree, anchors, at_end, quiet, verbose, for_trace;
	unsigned long snaplen, seconds, buffer, memory_mb;
	uint64_t window;		/* of the flight recorder, ns; 0: none */
};

/* From the command line; exits on a wrong one. What stays is released by the caller. */
void record_opts_parse(struct record_opts *o, int argc, char **argv);
void record_opts_release(struct record_opts *o);

#endif
