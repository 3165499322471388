/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of struct eyas_trace, for the files of this folder only. */
#ifndef EYAS_TRACE_STATE_H
#define EYAS_TRACE_STATE_H

#include <time.h>
#include "base/map.h"
#include "base/strbuf.h"
#include "trace/fdmemory.h"
#include "trace/trace.h"

/* A record that outlives its event. */
struct eyas_trace_copy {
	struct eyas_event ev;	/* of the copied bytes */
	void *bytes;
	size_t cap;
	bool set;
};

/* An output: lines that were not handed to the sink yet. */
struct eyas_trace_stream {
	struct eyas_strbuf buf;
	uint32_t tid;		/* as the sink has it */
	size_t line;		/* where the last line starts in buf */
	size_t gone;		/* bytes of it that have left buf */
	size_t escapes;		/* bytes of it that take no room on a screen */
	struct eyas_trace_thread *open;	/* whose call the last line is of, unfinished; or NULL */
};

struct eyas_trace_thread {
	uint32_t tid, pid;
	bool seen;		/* there was an event of it */
	bool in_call;		/* enter is of a call that has not ended */
	bool printed;		/* and the text of its entry is out */
	const struct eyas_syscall *last;	/* the call before, NULL: none or unknown */
	int32_t nr;		/* of its call now or before, -1: none */
	struct eyas_trace_copy enter;
	struct eyas_trace_copy held;	/* the end of a call that a fatal signal may undo */
	struct eyas_trace_stream *out;
};

struct eyas_trace_files;
struct eyas_trace_peers;
struct eyas_trace_proctree;

struct eyas_trace {
	const struct eyas_trace_options *o;
	struct eyas_trace_sink sink;
	struct eyas_enrich *en;
	struct eyas_decode *decode;
	struct eyas_decode_opts dopts;	/* as the decoder has them */
	struct eyas_map threads;	/* tid -> struct eyas_trace_thread */
	struct eyas_trace_stream shared;
	struct eyas_strbuf tmp;
	struct eyas_fdmemory fds;	/* if names of descriptors are wanted */

	uint32_t command;		/* pid of a command that is run, 0: none */
	bool hidden;			/* what it does before and after its first exec, if that fails */
	bool began, running;		/* it has called exec; with success */
	bool limited;			/* only threads of the processes in pids count */
	struct eyas_map pids;
	struct eyas_map killed;		/* pids whose signal that killed them was told */
	bool plain;			/* all calls are decoded alike */
	bool counts;			/* calls go into a table */
	bool staged;			/* lines are printed when their call has ended */
	int error;			/* first of the sink, or -ENOMEM */
	uint64_t last_line;		/* its time, ns since the epoch; 0: none */
	time_t day_second;		/* of which day is the text */
	char day[16];

	struct eyas_summary summary;
	struct eyas_trace_files *files;		/* NULL: not wanted, as are the next */
	struct eyas_trace_peers *peers;
	struct eyas_trace_proctree *tree;
};

#endif
