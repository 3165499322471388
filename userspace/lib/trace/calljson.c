// SPDX-License-Identifier: Apache-2.0
/* One JSON object a line: what text lines tell, typed, with raw values beside. */
#include <inttypes.h>
#include "base/json.h"
#include "trace/calltext.h"
#include "trace/lines.h"

static void put_text(struct eyas_strbuf *out, const char *key, struct eyas_text text)
{
	eyas_strbuf_addf(out, ",\"%s\":", key);
	if (text.p)
		eyas_json_string(out, text.p, text.len);
	else
		eyas_strbuf_adds(out, "null");
}

/* Members that all objects start with. */
static void put_head(struct eyas_trace *t, struct eyas_strbuf *out, const char *event,
		     const struct eyas_event *ev, uint64_t time)
{
	const struct eyas_proc *p = eyas_enrich_proc(t->en, ev->pid);
	struct eyas_text comm = { 0 };

	eyas_strbuf_addf(out, "{\"event\":\"%s\",\"time\":%" PRIu64, event, time);
	if (ev->loss)
		return;
	if (p)
		comm = p->comm;
	eyas_strbuf_addf(out, ",\"pid\":%" PRIu32 ",\"tid\":%" PRIu32, ev->pid, ev->tid);
	put_text(out, "comm", comm);
}

void eyas_calljson_call(struct eyas_trace *t, struct eyas_trace_thread *th,
			const struct eyas_event *enter, const struct eyas_event *exit)
{
	struct eyas_decode_call c = { .enter = enter, .exit = exit };
	struct eyas_strbuf *out = eyas_lines_note(th->out);
	struct eyas_decode *d = eyas_calltext_decoder(t, enter, exit);
	uint64_t spent = eyas_calltext_spent(enter, exit);
	const struct eyas_event *ev = exit ? exit : enter;

	put_head(t, out, "call", ev, eyas_calltext_began(enter, exit));
	eyas_strbuf_addc(out, ',');
	eyas_decode_json(d, &c, out);
	if (!exit)
		eyas_strbuf_adds(out, ",\"unfinished\":true");
	if (spent != UINT64_MAX)
		eyas_strbuf_addf(out, ",\"duration\":%" PRIu64, spent);
	if (exit && exit->flags & EYAS_REC_F_NO_ENTER)
		eyas_strbuf_adds(out, ",\"entry_seen\":false");
	eyas_strbuf_adds(out, "}\n");
	eyas_lines_note_end(th->out);
}

static void put_loss(struct eyas_strbuf *out, const struct eyas_loss *loss)
{
	const char *sep = "";

	eyas_strbuf_adds(out, ",\"lost\":{");
	for (unsigned int i = 0; i < EYAS_CLASS_MAX; i++) {
		if (!loss->count[i])
			continue;
		eyas_strbuf_addf(out, "%s\"%s\":%" PRIu64, sep, eyas_calltext_class(i),
				 (uint64_t)loss->count[i]);
		sep = ",";
	}
	eyas_strbuf_addc(out, '}');
}

static void put_exit(struct eyas_strbuf *out, const struct eyas_exit *e)
{
	unsigned int sig = e->status & 0x7f;
	const char *name = sig ? eyas_decode_signame(sig) : NULL;

	if (!sig) {
		eyas_strbuf_addf(out, ",\"status\":%u", (unsigned int)(e->status >> 8 & 0xff));
	} else if (name) {
		eyas_strbuf_addf(out, ",\"signal\":\"SIG%s\"", name);
	} else {
		eyas_strbuf_addf(out, ",\"signal\":%u", sig);
	}
	if (sig)
		eyas_strbuf_addf(out, ",\"core\":%s", e->status & 0x80 ? "true" : "false");
	eyas_strbuf_addf(out, ",\"last_thread\":%s",
			 e->flags & EYAS_EXIT_F_GROUP ? "true" : "false");
}

void eyas_calljson_event(struct eyas_trace *t, struct eyas_trace_thread *th,
			 const struct eyas_event *ev)
{
	struct eyas_trace_stream *s = th ? th->out : &t->shared;
	struct eyas_strbuf *out = eyas_lines_note(s);

	if (ev->loss) {
		put_head(t, out, "loss", ev, ev->time);
		put_loss(out, ev->loss);
	} else if (ev->signal) {
		put_head(t, out, "signal", ev, ev->time);
		eyas_strbuf_addc(out, ',');
		eyas_decode_json_signal(t->decode, ev, out);
	} else if (ev->exit) {
		put_head(t, out, "exit", ev, ev->time);
		put_exit(out, ev->exit);
	} else if (ev->fork) {
		put_head(t, out, "fork", ev, ev->time);
		eyas_strbuf_addf(out, ",\"child_pid\":%" PRIu32 ",\"child_tid\":%" PRIu32
				 ",\"thread\":%s", ev->fork->child_pid, ev->fork->child_tid,
				 ev->fork->flags & EYAS_FORK_F_THREAD ? "true" : "false");
	}
	eyas_strbuf_adds(out, "}\n");
	eyas_lines_note_end(s);
}
