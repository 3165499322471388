/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trace fed by hand, and what it prints:
 *
 *	struct tracing s;
 *
 *	tracing_start(&s);			options can be changed now
 *	tracing_enter(&s, SYS_close, 3);
 *	tracing_leave(&s, SYS_close, 0, 3);
 *	tracing_expect(&s, "close(3)                                = 0\n");
 *	tracing_stop(&s);
 */
#ifndef EYAS_TEST_TRACING_H
#define EYAS_TEST_TRACING_H

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "base/strbuf.h"
#include "records.h"
#include "trace/trace.h"
#include "unit.h"

#define TRACING_FILES 64

struct tracing {
	struct eyas_recs recs;
	struct eyas_trace_options o;
	struct eyas_enrich *en;
	struct eyas_trace *t;		/* made by the first event */
	struct eyas_strbuf text;	/* of the shared output */
	struct { uint32_t tid; bool closed; struct eyas_strbuf text; } files[TRACING_FILES];
};

static inline struct eyas_strbuf *tracing_file(struct tracing *s, uint32_t tid, bool closes)
{
	for (int i = 0; i < TRACING_FILES; i++) {
		if (s->files[i].tid && s->files[i].tid != tid)
			continue;
		s->files[i].tid = tid;
		s->files[i].closed |= closes;
		return &s->files[i].text;
	}
	ck_abort_msg("more files than expected");
	return NULL;
}

static inline int tracing_write(void *arg, uint32_t tid, const char *p, size_t len)
{
	struct tracing *s = arg;

	eyas_strbuf_add(tid ? tracing_file(s, tid, false) : &s->text, p, len);
	return 0;
}

static inline void tracing_close(void *arg, uint32_t tid)
{
	tracing_file(arg, tid, true);
}

static inline void tracing_start(struct tracing *s)
{
	memset(s, 0, sizeof(*s));
	eyas_trace_options_init(&s->o);
	eyas_strbuf_init(&s->text);
	for (int i = 0; i < TRACING_FILES; i++)
		eyas_strbuf_init(&s->files[i].text);
	ck_assert_int_eq(eyas_enrich_create(&s->en, "/nonexistent", NULL), 0);
}

static inline struct eyas_trace *tracing_trace(struct tracing *s)
{
	struct eyas_trace_sink sink = {
		.write = tracing_write, .close = tracing_close, .arg = s,
	};

	if (!s->t)
		ck_assert_int_eq(eyas_trace_new(&s->t, &s->o, &sink, s->en, NULL), 0);
	return s->t;
}

static inline void tracing_stop(struct tracing *s)
{
	eyas_trace_free(s->t);
	eyas_enrich_free(s->en);
	eyas_trace_options_release(&s->o);
	eyas_recs_release(&s->recs);
	eyas_strbuf_release(&s->text);
	for (int i = 0; i < TRACING_FILES; i++)
		eyas_strbuf_release(&s->files[i].text);
}

/* Feed the last record. */
static inline void tracing_feed(struct tracing *s)
{
	struct eyas_event ev;

	eyas_rec_event(&s->recs, &ev);
	ck_assert_int_eq(eyas_trace_event(tracing_trace(s), &ev), 0);
}

/* Whose events come next. */
static inline void tracing_by(struct tracing *s, uint32_t pid, uint32_t tid)
{
	eyas_rec_by(&s->recs, pid);
	s->recs.tid = tid;
}

static inline void tracing_enter_args(struct tracing *s, int nr, const uint64_t args[6])
{
	struct eyas_sys_enter *e = eyas_rec_other(&s->recs, EYAS_REC_SYS_ENTER, sizeof(*e));

	s->recs.last->nr = nr;
	memcpy(e->args, args, sizeof(e->args));
}

/* The entry and the end of a call, not fed yet; blobs may be added. */
#define tracing_entry(s, nr, ...) tracing_enter_args(s, nr, (const uint64_t[6]){ __VA_ARGS__ })
#define tracing_enter(s, nr, ...)				\
	do {							\
		tracing_entry(s, nr, __VA_ARGS__);		\
		tracing_feed(s);				\
	} while (0)
#define tracing_leave(s, nr, ret, ...)				\
	do {							\
		eyas_rec_sys(&(s)->recs, nr, ret, __VA_ARGS__);	\
		tracing_feed(s);				\
	} while (0)

static inline void tracing_signal(struct tracing *s, uint32_t sig, uint64_t handler)
{
	struct eyas_signal *e = eyas_rec_other(&s->recs, EYAS_REC_SIGNAL, sizeof(*e));

	e->sig = sig;
	e->code = SI_KERNEL;
	e->handler = handler;
	tracing_feed(s);
}

static inline void tracing_exit(struct tracing *s, uint32_t status, bool last)
{
	eyas_rec_exit(&s->recs, status)->flags = last ? EYAS_EXIT_F_GROUP : 0;
	tracing_feed(s);
}

/* What the shared output has got by now, and since the last time it was asked. */
#define tracing_expect(s, want)							\
	do {									\
		ck_assert_int_eq(eyas_trace_flush(tracing_trace(s)), 0);	\
		ck_assert_str_eq((s)->text.buf, want);				\
		eyas_strbuf_reset(&(s)->text);					\
	} while (0)

#endif
