/* SPDX-License-Identifier: Apache-2.0 */
/* Calls counted, and the table of them, in strace's form. */
#ifndef EYAS_TRACE_SUMMARY_H
#define EYAS_TRACE_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "event/event.h"

enum eyas_summary_column {
	EYAS_SUMMARY_TIME_PERCENT,
	EYAS_SUMMARY_TOTAL_TIME,
	EYAS_SUMMARY_MIN_TIME,
	EYAS_SUMMARY_MAX_TIME,
	EYAS_SUMMARY_AVG_TIME,
	EYAS_SUMMARY_CALLS,
	EYAS_SUMMARY_ERRORS,
	EYAS_SUMMARY_NAME,
	EYAS_SUMMARY_COLUMN_MAX,
	EYAS_SUMMARY_NOTHING = EYAS_SUMMARY_COLUMN_MAX,	/* as it is */
};

struct eyas_summary_opts {
	uint8_t columns[EYAS_SUMMARY_COLUMN_MAX];	/* enum eyas_summary_column */
	uint8_t ncolumns;
	uint8_t sort;		/* enum eyas_summary_column */
	uint64_t overhead;	/* ns taken off each call */
};

/* percent, seconds, microseconds a call, calls, errors, name; by time. */
void eyas_summary_opts_init(struct eyas_summary_opts *o);
/* "calls,name"; 0, or -EINVAL with @err naming the column. */
int eyas_summary_columns_parse(struct eyas_summary_opts *o, const char *s, struct eyas_err *err);
int eyas_summary_sort_parse(struct eyas_summary_opts *o, const char *s, struct eyas_err *err);

/* Zeroed: nothing counted. */
struct eyas_summary {
	struct eyas_map rows;	/* ABI and number -> struct eyas_summary_row */
};

void eyas_summary_release(struct eyas_summary *s);

/* Count calls of @nr, as kernel counters have them; nr of @add may be anything. 0, -ENOMEM. */
int eyas_summary_add(struct eyas_summary *s, unsigned int abi, const struct eyas_counter *add);

/* Append the table; nothing if nothing was counted. */
int eyas_summary_text(const struct eyas_summary *s, const struct eyas_summary_opts *o,
		      struct eyas_strbuf *out);

#endif
