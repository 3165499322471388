// SPDX-License-Identifier: Apache-2.0
/*
 * Lines of several threads in one text. A line may stay open while its call
 * goes on; whoever comes next closes it with "<unfinished ...>".
 */
#include "trace/lines.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#define NS_PER_S	1000000000U
#define PID_WIDTH	5

static size_t column(const struct eyas_trace_stream *s)
{
	return s->gone + (s->buf.len - s->line) - s->escapes;
}

static void line_start(struct eyas_trace_stream *s)
{
	s->line = s->buf.len;
	s->gone = 0;
	s->escapes = 0;
}

void eyas_lines_flush(struct eyas_trace *t, struct eyas_trace_stream *s)
{
	int r = 0;

	if (s->buf.oom)
		r = -ENOMEM;
	else if (s->buf.len)
		r = t->sink.write(t->sink.arg, s->tid, s->buf.buf, s->buf.len);
	if (r < 0 && !t->error)
		t->error = r;
	s->gone += s->buf.len - s->line;
	s->line = 0;
	eyas_strbuf_reset(&s->buf);
}

void eyas_lines_break(struct eyas_trace_stream *s, const char *how)
{
	if (!s->open)
		return;
	eyas_strbuf_addf(&s->buf, " %s\n", how);
	s->open = NULL;
	line_start(s);
}

/* ---- what comes before the text ---- */

/* The fraction of a second with so many digits. */
static void put_fraction(struct eyas_strbuf *out, uint64_t ns, unsigned int digits)
{
	uint64_t v = ns % NS_PER_S;

	for (unsigned int i = digits; i < 9; i++)
		v /= 10;
	if (digits)
		eyas_strbuf_addf(out, ".%0*" PRIu64, (int)digits, v);
}

static void put_clock(struct eyas_trace *t, struct eyas_strbuf *out, uint64_t time)
{
	time_t second = (time_t)(time / NS_PER_S);
	struct tm tm;

	if (t->o->clock == EYAS_TRACE_UNIX_TIME) {
		eyas_strbuf_addu(out, time / NS_PER_S);
	} else {
		if (t->day_second != second || !t->day[0]) {
			t->day_second = second;
			if (!localtime_r(&second, &tm) ||
			    !strftime(t->day, sizeof(t->day), "%H:%M:%S", &tm))
				memcpy(t->day, "??:??:??", sizeof("??:??:??"));
		}
		eyas_strbuf_adds(out, t->day);
	}
	put_fraction(out, time, t->o->clock_digits);
	eyas_strbuf_addc(out, ' ');
}

static void put_relative(struct eyas_trace *t, struct eyas_strbuf *out, uint64_t time)
{
	bool beside = t->o->clock != EYAS_TRACE_NO_CLOCK;
	uint64_t ns = t->last_line && time > t->last_line ? time - t->last_line : 0;

	eyas_strbuf_addf(out, "%s%6" PRIu64, beside ? "(+" : "", ns / NS_PER_S);
	put_fraction(out, ns, t->o->relative_digits);
	eyas_strbuf_adds(out, beside ? ") " : " ");
	t->last_line = time;
}

static void put_pid(struct eyas_trace *t, const struct eyas_trace_thread *th,
		    struct eyas_strbuf *out)
{
	const struct eyas_proc *p = NULL;
	unsigned int digits = 1;

	for (uint32_t n = th->tid; n >= 10; n /= 10)
		digits++;
	if (!t->o->file) {
		eyas_strbuf_adds(out, "[pid ");
		for (unsigned int i = digits; i < PID_WIDTH; i++)
			eyas_strbuf_addc(out, ' ');
	}
	eyas_strbuf_addu(out, th->tid);
	if (t->o->decode.pids)
		p = eyas_enrich_proc(t->en, th->pid);
	if (p && p->comm.p) {
		eyas_strbuf_addc(out, '<');
		eyas_decode_comm(t->decode, p->comm.p, p->comm.len, out);
		eyas_strbuf_addc(out, '>');
		digits = PID_WIDTH;
	}
	for (unsigned int i = digits; t->o->file && i < PID_WIDTH; i++)
		eyas_strbuf_addc(out, ' ');
	eyas_strbuf_adds(out, t->o->file ? " " : "] ");
}

static void put_leader(struct eyas_trace *t, const struct eyas_trace_thread *th,
		       struct eyas_strbuf *out, uint64_t time)
{
	if (t->o->pids || (t->threads.len > 1 && !t->o->separate && !t->o->file))
		put_pid(t, th, out);
	if (t->o->clock != EYAS_TRACE_NO_CLOCK)
		put_clock(t, out, time);
	if (t->o->relative)
		put_relative(t, out, time);
	if (t->o->number && th->nr >= 0)
		eyas_strbuf_addf(out, "[%4" PRId32 "] ", th->nr);
}

struct eyas_strbuf *eyas_lines_begin(struct eyas_trace *t, struct eyas_trace_thread *th,
				     uint64_t time)
{
	struct eyas_trace_stream *s = th->out;

	eyas_lines_break(s, "<unfinished ...>");
	line_start(s);
	put_leader(t, th, &s->buf, time);
	return &s->buf;
}

struct eyas_strbuf *eyas_lines_resume(struct eyas_trace *t, struct eyas_trace_thread *th,
				      uint64_t time)
{
	struct eyas_trace_stream *s = th->out;

	if (s->open != th) {
		eyas_lines_begin(t, th, time);
		eyas_strbuf_adds(&s->buf, "<... ");
		eyas_lines_color(t, th, EYAS_SGR_NAME);
		eyas_decode_name(&th->enter.ev, &s->buf);
		eyas_lines_color(t, th, EYAS_SGR_NONE);
		eyas_strbuf_adds(&s->buf, " resumed>");
	}
	s->open = NULL;
	return &s->buf;
}

/* ---- the rest of it ---- */

void eyas_lines_pad(struct eyas_trace *t, struct eyas_trace_thread *th)
{
	struct eyas_trace_stream *s = th->out;

	do
		eyas_strbuf_addc(&s->buf, ' ');
	while (column(s) < t->o->column && eyas_strbuf_ok(&s->buf));
}

void eyas_lines_color(struct eyas_trace *t, struct eyas_trace_thread *th, const char *sgr)
{
	struct eyas_trace_stream *s = th->out;
	size_t before = s->buf.len;

	if (!t->o->color)
		return;
	eyas_strbuf_addf(&s->buf, "\033[%sm", sgr);
	s->escapes += s->buf.len - before;
}

void eyas_lines_keep(struct eyas_trace_thread *th)
{
	th->out->open = th;
}

void eyas_lines_end(struct eyas_trace_thread *th)
{
	struct eyas_trace_stream *s = th->out;

	eyas_strbuf_addc(&s->buf, '\n');
	s->open = NULL;
	line_start(s);
}

struct eyas_strbuf *eyas_lines_note(struct eyas_trace_stream *s)
{
	eyas_lines_break(s, "<unfinished ...>");
	return &s->buf;
}

void eyas_lines_note_end(struct eyas_trace_stream *s)
{
	line_start(s);
}
