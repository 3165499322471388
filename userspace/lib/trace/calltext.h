/* SPDX-License-Identifier: Apache-2.0 */
/* Calls, signals and ends as lines: of text, or JSON objects. */
#ifndef EYAS_TRACE_CALLTEXT_H
#define EYAS_TRACE_CALLTEXT_H

#include "trace/state.h"

/* What is told of a call when it begins; its line stays open. */
void eyas_calltext_enter(struct eyas_trace *t, struct eyas_trace_thread *th);

/* The rest, or all of it; @exit is a SYS_EXIT or EXEC record. The entry is that of @th. */
void eyas_calltext_end(struct eyas_trace *t, struct eyas_trace_thread *th,
		       const struct eyas_event *exit);

/* The thread ends in its call. */
void eyas_calltext_unfinished(struct eyas_trace *t, struct eyas_trace_thread *th, uint64_t time);

void eyas_calltext_signal(struct eyas_trace *t, struct eyas_trace_thread *th,
			  const struct eyas_event *ev);
void eyas_calltext_exit(struct eyas_trace *t, struct eyas_trace_thread *th,
			const struct eyas_event *ev);
/* "+++ superseded by execve in pid @by +++" */
void eyas_calltext_superseded(struct eyas_trace *t, struct eyas_trace_thread *th, uint32_t by,
			      uint64_t time);
void eyas_calltext_loss(struct eyas_trace_stream *s, bool color, const struct eyas_event *ev);
const char *eyas_calltext_class(unsigned int cls);	/* "file", of enum eyas_class */

/*
 * Of a call whose records are @enter and @exit, either of which may be NULL:
 * ns that it took, UINT64_MAX if nobody knows; when it began, ns since the epoch.
 */
uint64_t eyas_calltext_spent(const struct eyas_event *enter, const struct eyas_event *exit);
uint64_t eyas_calltext_began(const struct eyas_event *enter, const struct eyas_event *exit);

/* The decoder, told what is special about this call. */
struct eyas_decode *eyas_calltext_decoder(struct eyas_trace *t, const struct eyas_event *enter,
					  const struct eyas_event *exit);

/* -e read=, write=: the bytes of the call below its line. */
void eyas_hexdump_call(struct eyas_trace *t, struct eyas_trace_thread *th,
		       const struct eyas_event *enter, const struct eyas_event *exit);

/* One JSON object a line: a call; any other event. @exit NULL: it did not end. */
void eyas_calljson_call(struct eyas_trace *t, struct eyas_trace_thread *th,
			const struct eyas_event *enter, const struct eyas_event *exit);
void eyas_calljson_event(struct eyas_trace *t, struct eyas_trace_thread *th,
			 const struct eyas_event *ev);

#endif
