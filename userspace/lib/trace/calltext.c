// SPDX-License-Identifier: Apache-2.0
/* Calls, signals and ends as lines of text. */
#include "trace/calltext.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include "base/util.h"
#include "trace/lines.h"

uint64_t eyas_calltext_spent(const struct eyas_event *enter, const struct eyas_event *exit)
{
	const struct eyas_event_blob *b;
	uint64_t began;

	if (!exit)
		return UINT64_MAX;
	b = eyas_event_blob(exit, EYAS_BLOB_TIMES, EYAS_BLOB_NO_ARG);
	if (b)
		began = ((const struct eyas_times *)(const void *)b->data)->enter;
	else if (enter && enter->mono)
		began = enter->mono;
	else
		return UINT64_MAX;
	return exit->mono > began ? exit->mono - began : 0;
}

uint64_t eyas_calltext_began(const struct eyas_event *enter, const struct eyas_event *exit)
{
	uint64_t spent;

	if (enter)
		return enter->time;
	spent = eyas_calltext_spent(NULL, exit);
	return spent == UINT64_MAX ? exit->time : exit->time - spent;
}

static void set_decoder(struct eyas_trace *t, const struct eyas_event *ev)
{
	const struct eyas_trace_options *o = t->o;
	bool raw = eyas_callset_wants(&o->raw, ev);
	bool verbose = o->decode.verbose || !eyas_callset_wants(&o->abbrev, ev);
	bool no_structs = !eyas_callset_wants(&o->verbose, ev);

	if (raw == t->dopts.raw && verbose == t->dopts.verbose && no_structs == t->dopts.no_structs)
		return;
	t->dopts.raw = raw;
	t->dopts.verbose = verbose;
	t->dopts.no_structs = no_structs;
	eyas_decode_set(t->decode, &t->dopts);
}

struct eyas_decode *eyas_calltext_decoder(struct eyas_trace *t, const struct eyas_event *enter,
					  const struct eyas_event *exit)
{
	if (!t->plain)
		set_decoder(t, enter ? enter : exit);
	return t->decode;
}

/* ---- calls ---- */

static bool is_restart(const struct eyas_event *ev)
{
	return ev->sc && eyas_streq(ev->sc->name, "restart_syscall");
}

/* The only call whose text depends on the one before. */
static void put_restart(const struct eyas_trace_thread *th, struct eyas_strbuf *out)
{
	eyas_strbuf_addf(out, "restart_syscall(<... resuming interrupted %s ...>",
			 th->last ? th->last->name : "system call");
}

/* Colour the name, which is what was put at @at and ends where the arguments start. */
static void color_name(struct eyas_trace *t, struct eyas_trace_thread *th, size_t at)
{
	struct eyas_strbuf *out = &th->out->buf;
	const char *p;

	if (!t->o->color)
		return;
	eyas_strbuf_reset(&t->tmp);
	eyas_strbuf_add(&t->tmp, out->buf + at, out->len - at);
	p = strchr(t->tmp.buf, '(');
	if (!p)
		return;
	eyas_strbuf_cut(out, at);
	eyas_lines_color(t, th, EYAS_SGR_NAME);
	eyas_strbuf_add(out, t->tmp.buf, (size_t)(p - t->tmp.buf));
	eyas_lines_color(t, th, EYAS_SGR_NONE);
	eyas_strbuf_adds(out, p);
}

static void put_enter(struct eyas_trace *t, struct eyas_trace_thread *th)
{
	struct eyas_decode_call c = { .enter = &th->enter.ev };
	struct eyas_strbuf *out = eyas_lines_begin(t, th, th->enter.ev.time);
	struct eyas_decode *d = eyas_calltext_decoder(t, c.enter, NULL);
	size_t at = out->len;

	if (is_restart(c.enter))
		put_restart(th, out);
	else
		eyas_decode_enter(d, &c, out);
	color_name(t, th, at);
}

void eyas_calltext_enter(struct eyas_trace *t, struct eyas_trace_thread *th)
{
	put_enter(t, th);
	th->printed = true;
	eyas_lines_keep(th);
}

/* All up to the closing parenthesis, of a line that is not begun. */
static void put_whole(struct eyas_trace *t, struct eyas_trace_thread *th,
		      const struct eyas_decode_call *c)
{
	struct eyas_strbuf *out = eyas_lines_begin(t, th, eyas_calltext_began(c->enter, c->exit));
	struct eyas_decode *d = eyas_calltext_decoder(t, c->enter, c->exit);
	const struct eyas_event *ev = c->enter ? c->enter : c->exit;
	size_t at = out->len;

	if (is_restart(ev)) {
		put_restart(th, out);
		eyas_strbuf_addc(out, ')');
	} else {
		eyas_decode_call(d, c, out);
	}
	color_name(t, th, at);
}

static void put_resumed(struct eyas_trace *t, struct eyas_trace_thread *th,
			const struct eyas_decode_call *c)
{
	struct eyas_strbuf *out = eyas_lines_resume(t, th, c->exit->time);
	struct eyas_decode *d = eyas_calltext_decoder(t, c->enter, c->exit);

	if (is_restart(c->enter))
		eyas_strbuf_addc(out, ')');
	else
		eyas_decode_resumed(d, c, out);
}

static void put_spent(const struct eyas_trace *t, struct eyas_strbuf *out,
		      const struct eyas_decode_call *c)
{
	static const uint64_t unit[10] = {
		1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1,
	};
	unsigned int digits = t->o->spent_digits;
	uint64_t ns;

	if (!t->o->spent)
		return;
	ns = eyas_calltext_spent(c->enter, c->exit);
	if (ns == UINT64_MAX) {
		eyas_strbuf_adds(out, " <unavailable>");
		return;
	}
	eyas_strbuf_addf(out, " <%" PRIu64, ns / 1000000000);
	if (digits)
		eyas_strbuf_addf(out, ".%0*" PRIu64, (int)digits, ns % 1000000000 / unit[digits]);
	eyas_strbuf_addc(out, '>');
}

void eyas_calltext_end(struct eyas_trace *t, struct eyas_trace_thread *th,
		       const struct eyas_event *exit)
{
	struct eyas_decode_call c = { .enter = th->in_call ? &th->enter.ev : NULL, .exit = exit };
	bool failed = exit->sys && eyas_is_errno(exit->sys->ret);

	if (th->printed)
		put_resumed(t, th, &c);
	else
		put_whole(t, th, &c);
	eyas_lines_pad(t, th);
	if (failed)
		eyas_lines_color(t, th, EYAS_SGR_ERROR);
	eyas_decode_result(t->decode, &c, &th->out->buf);
	if (failed)
		eyas_lines_color(t, th, EYAS_SGR_NONE);
	put_spent(t, &th->out->buf, &c);
	eyas_lines_end(th);
	eyas_hexdump_call(t, th, c.enter, c.exit);
}

/* Whether a call writes memory, so that its entry cannot have told everything. */
static bool tells_more(const struct eyas_event *ev)
{
	for (unsigned int i = 0; ev->sc && i < ev->sc->nargs; i++) {
		switch ((enum eyas_kind)ev->sc->args[i].kind) {
		case EYAS_KIND_OUTBUF:
		case EYAS_KIND_OUTSTRUCT:
		case EYAS_KIND_IOSTRUCT:
		case EYAS_KIND_OUTARRAY:
		case EYAS_KIND_IOARRAY:
		case EYAS_KIND_OUTIOV:
		case EYAS_KIND_OUTMSG:
		case EYAS_KIND_OUTSOCKADDR:
		case EYAS_KIND_OUTSIGSET:
			return true;
		default:
			break;
		}
	}
	return false;
}

void eyas_calltext_unfinished(struct eyas_trace *t, struct eyas_trace_thread *th, uint64_t time)
{
	struct eyas_strbuf *out;

	if (!th->printed)
		put_enter(t, th);
	else
		eyas_lines_resume(t, th, time);
	out = &th->out->buf;
	eyas_strbuf_adds(out, tells_more(&th->enter.ev) ? " <unfinished ...>)" : ")");
	eyas_lines_pad(t, th);
	eyas_strbuf_adds(out, "= ?");
	eyas_lines_end(th);
}

/* ---- signals and ends ---- */

static bool signal_stops(const struct eyas_signal *s)
{
	return !s->handler &&
	       (s->sig == SIGSTOP || s->sig == SIGTSTP || s->sig == SIGTTIN || s->sig == SIGTTOU);
}

void eyas_calltext_signal(struct eyas_trace *t, struct eyas_trace_thread *th,
			  const struct eyas_event *ev)
{
	struct eyas_strbuf *out = eyas_lines_begin(t, th, ev->time);

	eyas_lines_color(t, th, EYAS_SGR_SIGNAL);
	eyas_decode_signal(t->decode, ev, out);
	eyas_lines_color(t, th, EYAS_SGR_NONE);
	eyas_lines_end(th);
	if (!signal_stops(ev->signal))
		return;
	eyas_lines_begin(t, th, ev->time);
	eyas_lines_color(t, th, EYAS_SGR_SIGNAL);
	eyas_strbuf_addf(out, "--- stopped by SIG%s ---", eyas_decode_signame(ev->signal->sig));
	eyas_lines_color(t, th, EYAS_SGR_NONE);
	eyas_lines_end(th);
}

void eyas_calltext_exit(struct eyas_trace *t, struct eyas_trace_thread *th,
			const struct eyas_event *ev)
{
	struct eyas_strbuf *out = eyas_lines_begin(t, th, ev->time);

	eyas_lines_color(t, th, EYAS_SGR_END);
	eyas_decode_exit(t->decode, ev->exit->status, out);
	eyas_lines_color(t, th, EYAS_SGR_NONE);
	eyas_lines_end(th);
}

void eyas_calltext_superseded(struct eyas_trace *t, struct eyas_trace_thread *th, uint32_t by,
			      uint64_t time)
{
	struct eyas_strbuf *out = eyas_lines_begin(t, th, time);

	eyas_lines_color(t, th, EYAS_SGR_END);
	eyas_strbuf_addf(out, "+++ superseded by execve in pid %" PRIu32 " +++", by);
	eyas_lines_color(t, th, EYAS_SGR_NONE);
	eyas_lines_end(th);
}

const char *eyas_calltext_class(unsigned int cls)
{
	static const char *const names[EYAS_CLASS_MAX] = {
		[EYAS_CLASS_OTHER] = "other",	  [EYAS_CLASS_PROCESS] = "process",
		[EYAS_CLASS_FILE] = "file",	  [EYAS_CLASS_DESC] = "desc",
		[EYAS_CLASS_NETWORK] = "network", [EYAS_CLASS_MEMORY] = "memory",
		[EYAS_CLASS_SIGNAL] = "signal",	  [EYAS_CLASS_CREDS] = "creds",
	};

	return names[cls];
}

void eyas_calltext_loss(struct eyas_trace_stream *s, bool color, const struct eyas_event *ev)
{
	struct eyas_strbuf *out = eyas_lines_note(s);
	const char *sep = ": ";
	uint64_t sum = 0;

	for (unsigned int i = 0; i < EYAS_CLASS_MAX; i++)
		sum += ev->loss->count[i];
	eyas_strbuf_addf(out, "%s--- %" PRIu64 " event%s lost", color ? "\033[31;1m" : "", sum,
			 sum == 1 ? "" : "s");
	for (unsigned int i = 0; i < EYAS_CLASS_MAX; i++) {
		if (!ev->loss->count[i])
			continue;
		eyas_strbuf_addf(out, "%s%s %" PRIu64, sep, eyas_calltext_class(i),
				 (uint64_t)ev->loss->count[i]);
		sep = ", ";
	}
	eyas_strbuf_addf(out, " ---%s\n", color ? "\033[0m" : "");
	eyas_lines_note_end(s);
}
