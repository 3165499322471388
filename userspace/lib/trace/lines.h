/* SPDX-License-Identifier: Apache-2.0 */
/* Where a line starts and ends, and whose it is. */
#ifndef EYAS_TRACE_LINES_H
#define EYAS_TRACE_LINES_H

#include "trace/state.h"

/* Colours, as the terminal's SGR sequences have them. */
#define EYAS_SGR_NAME	"36"
#define EYAS_SGR_ERROR	"31"
#define EYAS_SGR_SIGNAL "33"
#define EYAS_SGR_END	"35"
#define EYAS_SGR_NONE	"0"

/* Begin a line of @th: what comes before its text, of @time (ns since the epoch). */
struct eyas_strbuf *eyas_lines_begin(struct eyas_trace *t, struct eyas_trace_thread *th,
				     uint64_t time);

/* A call whose entry is printed: its line goes on, or is taken up as "<... name resumed>". */
struct eyas_strbuf *eyas_lines_resume(struct eyas_trace *t, struct eyas_trace_thread *th,
				      uint64_t time);

/* A blank, and as many more as the column of results is away. */
void eyas_lines_pad(struct eyas_trace *t, struct eyas_trace_thread *th);

/* From here on the text has colour @sgr; nothing if there are no colours. */
void eyas_lines_color(struct eyas_trace *t, struct eyas_trace_thread *th, const char *sgr);

/* Leave the line open, for the rest of the call; end it. */
void eyas_lines_keep(struct eyas_trace_thread *th);
void eyas_lines_end(struct eyas_trace_thread *th);

/* End the open line of @s, if there is one, with a blank and @how. */
void eyas_lines_break(struct eyas_trace_stream *s, const char *how);

/* Lines of nobody: loss, tables. Each ends with its newline. */
struct eyas_strbuf *eyas_lines_note(struct eyas_trace_stream *s);
void eyas_lines_note_end(struct eyas_trace_stream *s);

/* Hand to the sink what there is. Errors go to t->error. */
void eyas_lines_flush(struct eyas_trace *t, struct eyas_trace_stream *s);

#endif
