// SPDX-License-Identifier: Apache-2.0
/* The trace as an object: options, threads, streams; and nothing of what events mean. */
#include "trace/threads.h"

#include <errno.h>
#include <string.h>
#include "trace/fdname.h"
#include "trace/lines.h"
#include "trace/tables.h"

#define COLUMN_DEFAULT	40

void eyas_trace_options_init(struct eyas_trace_options *o)
{
	static const struct eyas_decode_opts decode = EYAS_DECODE_OPTS_INIT;

	memset(o, 0, sizeof(*o));
	eyas_callset_fill(&o->calls);
	eyas_callset_fill(&o->abbrev);
	eyas_callset_fill(&o->verbose);
	o->signals = UINT64_MAX;
	o->status = EYAS_TRACE_STATUS_ALL;
	o->decode = decode;
	eyas_summary_opts_init(&o->summary);
	o->column = COLUMN_DEFAULT;
	o->relative_digits = o->spent_digits = 6;
}

void eyas_trace_options_release(struct eyas_trace_options *o)
{
	eyas_numbers_release(&o->read);
	eyas_numbers_release(&o->write);
	eyas_vec_release(&o->paths);
}

/* ---- copies ---- */

int eyas_copy_set(struct eyas_trace_copy *c, const struct eyas_event *ev)
{
	size_t len = ev->rec->len;

	c->set = false;
	if (len > c->cap) {
		void *p = realloc(c->bytes, len);

		if (!p)
			return -ENOMEM;
		c->bytes = p;
		c->cap = len;
	}
	memcpy(c->bytes, ev->rec, len);
	/* It was parsed before, so it will be again. */
	if (eyas_event_parse(&c->ev, eyas_bytes_of(c->bytes, len), NULL) < 0)
		return -EBADMSG;
	c->ev.num = ev->num;
	c->ev.time = ev->time;
	c->ev.cpu = ev->cpu;
	c->ev.lane = ev->lane;
	c->ev.nr = ev->nr;
	c->ev.sc = ev->sc;
	c->ev.evtype = ev->evtype;
	c->set = true;
	return 0;
}

/* ---- threads ---- */

static struct eyas_trace_stream *stream_new(uint32_t tid)
{
	struct eyas_trace_stream *s = calloc(1, sizeof(*s));

	if (s) {
		eyas_strbuf_init(&s->buf);
		s->tid = tid;
	}
	return s;
}

static void stream_close(struct eyas_trace *t, struct eyas_trace_stream *s)
{
	if (!s || s == &t->shared)
		return;
	eyas_lines_flush(t, s);
	if (t->sink.close)
		t->sink.close(t->sink.arg, s->tid);
	eyas_strbuf_release(&s->buf);
	free(s);
}

static void thread_free(struct eyas_trace *t, struct eyas_trace_thread *th)
{
	if (th->out && th->out->open == th)
		th->out->open = NULL;
	stream_close(t, th->out);
	free(th->enter.bytes);
	free(th->held.bytes);
	free(th);
}

static struct eyas_trace_thread *thread_new(struct eyas_trace *t, uint32_t tid, uint32_t pid)
{
	struct eyas_trace_thread *th = calloc(1, sizeof(*th));

	if (!th)
		return NULL;
	th->tid = tid;
	th->pid = pid;
	th->nr = -1;
	th->out = t->o->separate ? stream_new(tid) : &t->shared;
	if (th->out && eyas_map_set(&t->threads, tid, th) == 0)
		return th;
	thread_free(t, th);
	return NULL;
}

struct eyas_trace_thread *eyas_threads_get(struct eyas_trace *t, uint32_t tid, uint32_t pid)
{
	struct eyas_trace_thread *th = eyas_map_get(&t->threads, tid);

	if (th)
		return th;
	if (t->limited && !eyas_map_get(&t->pids, pid))
		return NULL;
	if (t->command && !t->o->follow && tid != t->command)
		return NULL;
	th = thread_new(t, tid, pid);
	if (!th && !t->error)
		t->error = -ENOMEM;
	return th;
}

void eyas_threads_del(struct eyas_trace *t, struct eyas_trace_thread *th)
{
	eyas_map_del(&t->threads, th->tid);
	thread_free(t, th);
}

struct eyas_trace_thread *eyas_threads_replace(struct eyas_trace *t,
					       struct eyas_trace_thread *leader,
					       struct eyas_trace_thread *by)
{
	struct eyas_trace_stream *out = leader->out;

	/* Outputs change hands: the leader's goes on, that of the other thread ends. */
	leader->out = by->out;
	by->out = out;
	eyas_map_del(&t->threads, by->tid);
	by->tid = leader->tid;
	/* It takes a place that is there. */
	if (eyas_map_set(&t->threads, by->tid, by) < 0 && !t->error)
		t->error = -ENOMEM;
	thread_free(t, leader);
	return by;
}

/* ---- the trace ---- */

static int make_tables(struct eyas_trace *t)
{
	if (t->o->end & EYAS_TRACE_END_FILES)
		t->files = eyas_files_new();
	if (t->o->end & EYAS_TRACE_END_NETWORK)
		t->peers = eyas_peers_new();
	if (t->o->end & EYAS_TRACE_END_TREE)
		t->tree = eyas_proctree_new();
	if ((t->o->end & EYAS_TRACE_END_FILES && !t->files) ||
	    (t->o->end & EYAS_TRACE_END_NETWORK && !t->peers) ||
	    (t->o->end & EYAS_TRACE_END_TREE && !t->tree))
		return -ENOMEM;
	return 0;
}

int eyas_trace_new(struct eyas_trace **ret, const struct eyas_trace_options *o,
		   const struct eyas_trace_sink *sink, struct eyas_enrich *en, struct eyas_err *err)
{
	struct eyas_trace *t = calloc(1, sizeof(*t));

	if (!t)
		return eyas_err_set(err, -ENOMEM, "cannot trace: out of memory");
	t->o = o;
	t->sink = *sink;
	t->en = en;
	t->staged = o->status != EYAS_TRACE_STATUS_ALL || o->slower;
	t->plain = eyas_callset_empty(&o->raw) && eyas_callset_full(&o->abbrev) &&
		   eyas_callset_full(&o->verbose);
	t->counts = !o->counters && o->end & (EYAS_TRACE_END_SUMMARY | EYAS_TRACE_END_FILES |
					      EYAS_TRACE_END_NETWORK);
	eyas_strbuf_init(&t->shared.buf);
	eyas_strbuf_init(&t->tmp);
	t->dopts = o->decode;
	eyas_fdname_hooks(t, &t->dopts.hooks);
	t->decode = eyas_decode_new(&t->dopts);
	if (!t->decode || make_tables(t) < 0) {
		eyas_trace_free(t);
		return eyas_err_set(err, -ENOMEM, "cannot trace: out of memory");
	}
	*ret = t;
	return 0;
}

void eyas_trace_free(struct eyas_trace *t)
{
	uint64_t key;
	void *val;

	if (!t)
		return;
	for (size_t pos = 0; eyas_map_next(&t->threads, &pos, &key, &val);)
		thread_free(t, val);
	eyas_map_release(&t->threads);
	eyas_map_release(&t->pids);
	eyas_map_release(&t->killed);
	eyas_decode_free(t->decode);
	eyas_strbuf_release(&t->shared.buf);
	eyas_strbuf_release(&t->tmp);
	eyas_summary_release(&t->summary);
	eyas_files_free(t->files);
	eyas_peers_free(t->peers);
	eyas_proctree_free(t->tree);
	eyas_fdmemory_release(&t->fds);
	free(t);
}

int eyas_trace_limit(struct eyas_trace *t, uint32_t pid)
{
	t->limited = true;
	return eyas_map_set(&t->pids, pid, t);
}

int eyas_trace_command(struct eyas_trace *t, uint32_t pid)
{
	t->command = pid;
	t->hidden = true;
	return eyas_trace_add(t, pid, pid);
}

int eyas_trace_add(struct eyas_trace *t, uint32_t tid, uint32_t pid)
{
	return eyas_threads_get(t, tid, pid) ? 0 : t->error;
}

void eyas_trace_gone(struct eyas_trace *t, uint32_t tid)
{
	struct eyas_trace_thread *th = eyas_map_get(&t->threads, tid);

	if (!th)
		return;
	eyas_lines_break(th->out, "<unfinished ...>");
	eyas_threads_del(t, th);
}

size_t eyas_trace_alive(const struct eyas_trace *t)
{
	return t->threads.len;
}

int eyas_trace_each(const struct eyas_trace *t, int (*fn)(uint32_t tid, void *arg), void *arg)
{
	uint64_t key;
	void *val;
	int r = 0;

	for (size_t pos = 0; !r && eyas_map_next(&t->threads, &pos, &key, &val);)
		r = fn((uint32_t)key, arg);
	return r;
}

int eyas_trace_count(struct eyas_trace *t, unsigned int abi, const struct eyas_counter *c)
{
	return eyas_summary_add(&t->summary, abi, c);
}

int eyas_trace_flush(struct eyas_trace *t)
{
	struct eyas_trace_thread *th;
	uint64_t key;
	void *val;

	eyas_lines_flush(t, &t->shared);
	for (size_t pos = 0; t->o->separate && eyas_map_next(&t->threads, &pos, &key, &val);) {
		th = val;
		eyas_lines_flush(t, th->out);
	}
	return t->error;
}
