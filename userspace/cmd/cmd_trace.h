/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of eyas trace share: its options, where lines go. */
#ifndef EYAS_CMD_CMD_TRACE_H
#define EYAS_CMD_CMD_TRACE_H

#include <sys/types.h>
#include "base/map.h"
#include "child.h"
#include "opts.h"
#include "scope.h"
#include "trace/trace.h"

struct trace_opts {
	struct eyas_trace_options o;
	struct eyas_scope scope;
	char **command;			/* NULL: none */
	EYAS_VEC(const char *) env;	/* -E */
	EYAS_VEC(char *) real_paths;	/* of -P, ours to free */
	const char *user, *argv0, *output, *from, *save;
	bool tree, all, append, strict, list;
	unsigned int f, q, t, x, y;	/* how often each of these was given */
	bool c, C, w;
	unsigned long buffer;		/* MiB for each CPU, 0: as it fits */
	enum eyas_color color;
};

/* From the command line; exits on a wrong one. What stays is released by the caller. */
void trace_opts_parse(struct trace_opts *o, int argc, char **argv);
void trace_opts_release(struct trace_opts *o);

/* ---- cmd_trace_list.c ---- */

/* Print the native calls of @set, what they belong to and how much of them is decoded. */
void trace_list(const struct eyas_callset *set);

/* ---- cmd_trace_out.c: outputs ---- */

struct trace_out {
	const struct trace_opts *opts;
	int fd;				/* -1: none open */
	pid_t pipe;			/* of "|command", 0: none */
	struct eyas_map files;		/* tid -> descriptor + 1; separate outputs */
	struct eyas_map seen;		/* tids that had a file */
};

/* 0, or -1, told. */
int trace_out_open(struct trace_out *out, const struct trace_opts *o);
void trace_out_sink(struct trace_out *out, struct eyas_trace_sink *ret);
/* Close, and wait for a command that reads. */
void trace_out_close(struct trace_out *out);

/* ---- cmd_trace_save.c: the records, for later. 0, or -errno with @err ---- */

struct eyas_capture_writer;

/* A capture with all that is known now; free *ret whatever is returned. */
int trace_save_open(struct eyas_capture_writer **ret, const struct trace_opts *o,
		    struct eyas_enrich *en, struct eyas_err *err);
int trace_save_event(struct eyas_capture_writer *w, const struct eyas_event *ev,
		     struct eyas_err *err);

#endif
