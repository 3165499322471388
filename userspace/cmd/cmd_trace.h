/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of eyas trace share: its options, the command it runs, where lines go. */
#ifndef EYAS_CMD_CMD_TRACE_H
#define EYAS_CMD_CMD_TRACE_H

#include <sys/types.h>
#include "base/map.h"
#include "opts.h"
#include "trace/trace.h"

/* Whom to trace, as the kernel takes it. Zeroed: everybody. */
struct trace_scope {
	EYAS_VEC(uint32_t) pids;	/* processes */
	EYAS_VEC(uint64_t) cgroups;
	EYAS_VEC(uint32_t) uids;
};

struct trace_opts {
	struct eyas_trace_options o;
	struct trace_scope scope;
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

/* ---- cmd_trace_scope.c: each 0, or -errno with @err telling what is wrong ---- */

/* "12,13": the processes that these are or belong to. */
int trace_scope_pids(struct trace_scope *s, const char *list, struct eyas_err *err);
/* A user's name or number. */
int trace_scope_user(struct trace_scope *s, const char *user, struct eyas_err *err);
/* A path below /sys/fs/cgroup, or all of it. */
int trace_scope_cgroup(struct trace_scope *s, const char *path, struct eyas_err *err);
/* The cgroups of a container, by the start of its id. */
int trace_scope_container(struct trace_scope *s, const char *id, struct eyas_err *err);
void trace_scope_release(struct trace_scope *s);

/* ---- cmd_trace_list.c ---- */

/* Print the native calls of @set, what they belong to and how much of them is decoded. */
void trace_list(const struct eyas_callset *set);

/* ---- cmd_trace_child.c: the command ---- */

struct trace_child {
	pid_t pid;			/* 0: none, or it was waited for */
	bool started;
	int status;			/* as of wait(2), once it was waited for */
};

/* Fork it, and have it stop right before exec. 0, or -1, told. */
int trace_child_prepare(struct trace_child *c, const struct trace_opts *o);
void trace_child_start(struct trace_child *c);
/* Send it a signal, and have it go on if it is stopped: else it would not take it. */
void trace_child_signal(const struct trace_child *c, int sig);
/* Wait for it without blocking; true: it has ended, now or before. */
bool trace_child_reap(struct trace_child *c);
/* End as the command did: its exit status is returned, its signal kills us. */
int trace_child_status(const struct trace_child *c);
/* Kill it if it was not started. */
void trace_child_release(struct trace_child *c);

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
