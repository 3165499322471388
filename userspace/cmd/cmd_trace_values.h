/* SPDX-License-Identifier: Apache-2.0 */
/* Options of eyas trace: keys, and what their values mean. */
#ifndef EYAS_CMD_CMD_TRACE_VALUES_H
#define EYAS_CMD_CMD_TRACE_VALUES_H

#include "cmd_trace.h"

/* Long options without a letter; those that strace has, too. */
enum {
	OPT_TRACE = EYAS_OPT_OWN,
	OPT_ABBREV,
	OPT_VERBOSE,
	OPT_RAW,
	OPT_SIGNAL,
	OPT_STATUS,
	OPT_READ,
	OPT_WRITE,
	OPT_QUIET,
	OPT_DECODE_FDS,
	OPT_DECODE_PIDS,
	OPT_HEX,
	OPT_TIMES,
	OPT_ABSOLUTE,
	OPT_RELATIVE,
	OPT_SEPARATE,
	OPT_PID_COLUMN,
	OPT_ARGV0,
	OPT_NOTHING,
	OPT_PATHS,
	OPT_TREE,
	OPT_ALL,
	OPT_FROM,
	OPT_SAVE,
	OPT_STRICT,
	OPT_FILES,
	OPT_NETWORK,
	OPT_PROCESS_TREE,
	OPT_SLOWER,
	OPT_BUFFER,
	OPT_LIST,
	OPT_NOT_HERE,		/* last: what needs ptrace, one number each */
};

/* What strace does by stopping the program, or what is not recorded. */
enum {
	NH_K,
	NH_I,
	NH_D,
	NH_INTERRUPT,
	NH_B,
	NH_DEBUG,
	NH_INJECT,
	NH_FAULT,
	NH_KVM,
	NH_KILL,
	NH_SECONTEXT,
	NH_LIMIT,
	NH_NAMESPACE,
	NH_MAX,
};

/* All of these end with a usage error if the value is wrong. */
void trace_value_refuse(struct argp_state *state, int not_here);
unsigned long trace_value_number(struct argp_state *state, const char *option, const char *arg,
				 unsigned long min, unsigned long max);
/* @arg NULL: as it is. */
void trace_value_precision(struct argp_state *state, const char *option, const char *arg,
			   uint8_t *ret);
void trace_value_clock(struct argp_state *state, struct eyas_trace_options *o, char *arg);
void trace_value_overhead(struct argp_state *state, struct trace_opts *o, const char *arg);
void trace_value_style(struct argp_state *state, struct trace_opts *o, const char *arg);
void trace_value_hex(struct argp_state *state, struct trace_opts *o, const char *arg);
void trace_value_pids(struct argp_state *state, struct trace_opts *o, const char *arg);
/* -e; and one of the sets that it takes, by its key. */
void trace_value_e(struct argp_state *state, struct trace_opts *o, const char *arg);
void trace_value_set(struct argp_state *state, struct trace_opts *o, int what, const char *arg);
/* 0 or -ENOMEM */
int trace_value_path(struct trace_opts *o, const char *arg);

#endif
