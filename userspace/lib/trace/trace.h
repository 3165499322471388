/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events in, strace's lines out: what each thread is in, what of it was printed,
 * whose line is the last. What is printed depends on the events alone, so that
 * a capture gives what the live trace gave.
 */
#ifndef EYAS_TRACE_TRACE_H
#define EYAS_TRACE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "decode/decode.h"
#include "enrich/enrich.h"
#include "source/policy.h"
#include "trace/callset.h"
#include "trace/summary.h"
#include "trace/words.h"

enum eyas_trace_form { EYAS_TRACE_TEXT, EYAS_TRACE_JSON, EYAS_TRACE_NO_LINES };
enum eyas_trace_clock { EYAS_TRACE_NO_CLOCK, EYAS_TRACE_TIME_OF_DAY, EYAS_TRACE_UNIX_TIME };

/* Tables at the end. */
#define EYAS_TRACE_END_SUMMARY	(1U << 0)	/* -c, -C */
#define EYAS_TRACE_END_FILES	(1U << 1)
#define EYAS_TRACE_END_NETWORK	(1U << 2)
#define EYAS_TRACE_END_TREE	(1U << 3)	/* processes */

struct eyas_trace_options {
	struct eyas_callset calls;		/* -e trace= */
	struct eyas_callset raw, abbrev, verbose;
	uint64_t signals;			/* -e signal=, bit n - 1 */
	uint32_t status, quiet;			/* EYAS_TRACE_*, EYAS_TRACE_QUIET_* */
	struct eyas_numbers read, write;	/* -e read=, write= */
	EYAS_VEC(const char *) paths;		/* -P, borrowed; none: all */
	struct eyas_decode_opts decode;		/* hooks are set by the trace */
	struct eyas_summary_opts summary;

	uint8_t form;			/* enum eyas_trace_form */
	uint8_t end;			/* EYAS_TRACE_END_* */
	bool follow;			/* -f: children, and other threads than the first */
	bool pids;			/* a column of pids, even if there is only one */
	bool file;			/* -o: the pid as a bare column */
	bool tell_attach;		/* a line for each child that is followed */
	bool separate;			/* -ff: each thread has an output of its own */
	bool counters;			/* the kernel counts calls, and records none */
	bool whole;			/* records are kept, too: processes as they are */
	bool number;			/* -n */
	bool color;
	uint8_t clock, clock_digits;	/* enum eyas_trace_clock; 0, 3, 6, 9 */
	bool relative, spent;		/* -r, -T */
	uint8_t relative_digits, spent_digits;
	unsigned int column;		/* -a */
	uint64_t slower;		/* ns; only calls that took as long */
};

/* As strace without options. */
void eyas_trace_options_init(struct eyas_trace_options *o);
void eyas_trace_options_release(struct eyas_trace_options *o);

/* What has to be recorded for these options; scope is the caller's. */
void eyas_trace_policy(const struct eyas_trace_options *o, struct eyas_policy *p);
/* Whether counters can be set: the kernel's can answer all that is asked. */
bool eyas_trace_counters_do(const struct eyas_trace_options *o);

struct eyas_trace;

/* Where lines go. Partial lines come, too: what is written is one text in order. */
struct eyas_trace_sink {
	/* @tid: separate outputs: whose; else 0. 0 or -errno, which eyas_trace_event() returns. */
	int (*write)(void *arg, uint32_t tid, const char *p, size_t len);
	/* Separate outputs: nothing more comes for @tid. May be NULL. */
	void (*close)(void *arg, uint32_t tid);
	/* A child is followed. NULL: that is a line among the others. */
	void (*attached)(void *arg, uint32_t tid);
	void *arg;
};

/* @o and @en (which the trace updates with each event) are borrowed until free. */
int eyas_trace_new(struct eyas_trace **ret, const struct eyas_trace_options *o,
		   const struct eyas_trace_sink *sink, struct eyas_enrich *en,
		   struct eyas_err *err) _must_check_;
void eyas_trace_free(struct eyas_trace *t);	/* NULL is fine */

/*
 * Before the first event. A command: nothing of @pid is shown before it calls
 * exec, and without follow nothing but its first thread ever. 0 or -ENOMEM.
 */
int eyas_trace_command(struct eyas_trace *t, uint32_t pid);
/* Events may be of others, too: show only processes named so and, with follow, their children. */
int eyas_trace_limit(struct eyas_trace *t, uint32_t pid);
/* A thread that lives already. */
int eyas_trace_add(struct eyas_trace *t, uint32_t tid, uint32_t pid);
/*
 * What a thread that lived already is in, as /proc/PID/syscall has it, @time ns
 * since the epoch. Nothing is done if an event of the thread has told more.
 */
int eyas_trace_in_call(struct eyas_trace *t, uint32_t tid, int nr, const uint64_t args[6],
		       uint64_t time);
/* A thread that is gone though no event told so. */
void eyas_trace_gone(struct eyas_trace *t, uint32_t tid);

/* 0; -ENOMEM; -errno of the sink. */
int eyas_trace_event(struct eyas_trace *t, const struct eyas_event *ev);
/* Hand what is ready to the sink, partial lines included; to be called when idle. */
int eyas_trace_flush(struct eyas_trace *t);

/* Threads that are shown and alive. */
size_t eyas_trace_alive(const struct eyas_trace *t);
/* Call @fn for each, as long as it returns 0; it must not change them. */
int eyas_trace_each(const struct eyas_trace *t, int (*fn)(uint32_t tid, void *arg), void *arg);

/* Add the kernel's counters to the summary. */
int eyas_trace_count(struct eyas_trace *t, unsigned int abi, const struct eyas_counter *c);

/* No more events: what is open is closed as detached, then the tables. Once. */
int eyas_trace_finish(struct eyas_trace *t);

#endif
