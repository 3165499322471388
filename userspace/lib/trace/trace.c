// SPDX-License-Identifier: Apache-2.0
/* What each event means for the thread that it is of. */
#include "trace/trace.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include "base/util.h"
#include "event/callnr.h"
#include "trace/calltext.h"
#include "trace/fdname.h"
#include "trace/lines.h"
#include "trace/tables.h"
#include "trace/threads.h"

/* The kernel's own: the call is to be restarted, unless a signal has it end. */
#define ERESTARTSYS		512
#define ERESTART_RESTARTBLOCK	516

#define FLUSH_BYTES		65536

static void keep_error(struct eyas_trace *t, int r)
{
	if (r < 0 && !t->error)
		t->error = r;
}

/* ---- what is shown ---- */

static bool wanted(struct eyas_trace *t, const struct eyas_event *ev)
{
	return eyas_callset_wants(&t->o->calls, ev) &&
	       (!t->o->paths.len || eyas_fdname_on_path(t, ev));
}

static bool has_failed(const struct eyas_event *exit)
{
	return exit->sys && eyas_is_errno(exit->sys->ret);
}

static bool shown(const struct eyas_trace *t, const struct eyas_event *enter,
		  const struct eyas_event *exit)
{
	uint32_t status = has_failed(exit) ? EYAS_TRACE_FAILED : EYAS_TRACE_SUCCESSFUL;
	uint64_t spent;

	if (!(t->o->status & status))
		return false;
	if (!t->o->slower)
		return true;
	spent = eyas_calltext_spent(enter, exit);
	return spent != UINT64_MAX && spent >= t->o->slower;
}

static void count(struct eyas_trace *t, const struct eyas_event *enter,
		  const struct eyas_event *exit)
{
	const struct eyas_event *ev = enter ? enter : exit;
	uint64_t spent = eyas_calltext_spent(enter, exit);
	struct eyas_counter c = {
		.nr = ev->type == EYAS_REC_EXEC ? SYS_execve : (uint32_t)ev->nr,
		.count = 1,
		.errors = has_failed(exit),
		.timed = spent != UINT64_MAX,
		.time_sum = spent,
		.time_min = spent,
		.time_max = spent,
	};

	if (t->o->end & EYAS_TRACE_END_SUMMARY)
		keep_error(t, eyas_summary_add(&t->summary, ev->abi, &c));
	if (t->files)
		keep_error(t, eyas_files_add(t->files, t, enter, exit));
	if (t->peers)
		keep_error(t, eyas_peers_add(t->peers, enter, exit));
}

/* ---- calls ---- */

static void leave_call(struct eyas_trace_thread *th, const struct eyas_event *ev)
{
	if (ev->sc)
		th->last = ev->sc;
	th->in_call = false;
	th->printed = false;
}

/* The call is over; its entry, if it was seen, is that of @th. */
static void finish_call(struct eyas_trace *t, struct eyas_trace_thread *th,
			const struct eyas_event *exit)
{
	const struct eyas_event *enter = th->in_call ? &th->enter.ev : NULL;

	if (t->counts)
		count(t, enter, exit);
	if (t->o->form == EYAS_TRACE_TEXT && (th->printed || shown(t, enter, exit)))
		eyas_calltext_end(t, th, exit);
	else if (t->o->form == EYAS_TRACE_JSON && shown(t, enter, exit))
		eyas_calljson_call(t, th, enter, exit);
	leave_call(th, enter ? enter : exit);
}

/* The call is over, and what came of it nobody will know. */
static void abandon_call(struct eyas_trace *t, struct eyas_trace_thread *th, uint64_t time)
{
	if (!th->in_call)
		return;
	if (th->printed || (t->o->status & EYAS_TRACE_UNFINISHED)) {
		if (t->o->form == EYAS_TRACE_TEXT)
			eyas_calltext_unfinished(t, th, time);
		else if (t->o->form == EYAS_TRACE_JSON)
			eyas_calljson_call(t, th, &th->enter.ev, NULL);
	}
	leave_call(th, &th->enter.ev);
}

/*
 * A thread that was killed, or ended by another one, never saw the end of its
 * call, whatever the kernel says.
 */
static bool is_fatal(const struct eyas_event *ev)
{
	unsigned int sig = ev->exit ? ev->exit->status & 0x7f : ev->signal ? ev->signal->sig : 1;

	return sig == SIGKILL || (ev->exit && !sig);
}

/* Whether it is known how the held call began: one whose start was not wanted is all in its end. */
static bool begun(struct eyas_trace_thread *th)
{
	struct eyas_trace_copy end = th->held;

	if (th->in_call || (end.ev.flags & EYAS_REC_F_NO_ENTER))
		return th->in_call;
	th->held = th->enter;
	th->held.set = false;
	th->enter = end;
	th->in_call = true;
	return true;
}

/* Decide about a held end, now that @next of the same thread has come. */
static void settle(struct eyas_trace *t, struct eyas_trace_thread *th,
		   const struct eyas_event *next)
{
	uint64_t time = th->held.ev.time;

	if (!th->held.set)
		return;
	th->held.set = false;
	if (next && is_fatal(next) && begun(th))
		abandon_call(t, th, time);
	else
		finish_call(t, th, &th->held.ev);
}

static bool kills_itself(const struct eyas_trace_thread *th, const struct eyas_event *ev)
{
	const __u64 *args = ev->sys->args;
	int target = (int)args[0];

	switch (ev->evtype) {
	case SYS_kill:
		return args[1] == SIGKILL && (target <= 0 || (uint32_t)target == th->pid);
	case SYS_tkill:
		return args[1] == SIGKILL && (uint32_t)target == th->tid;
	case SYS_tgkill:
		return args[2] == SIGKILL && (uint32_t)target == th->pid;
	default:
		return false;
	}
}

/* Whether only the thread's next event tells how this call ended. */
static bool is_open_end(const struct eyas_trace_thread *th, const struct eyas_event *ev)
{
	int64_t ret = ev->sys->ret;

	return (ret <= -ERESTARTSYS && ret >= -ERESTART_RESTARTBLOCK) || kills_itself(th, ev);
}

static bool is_fork(const struct eyas_event *ev)
{
	if (ev->evtype == SYS_fork || ev->evtype == SYS_vfork)
		return true;
	return ev->evtype == SYS_clone || ev->evtype == SYS_clone3;
}

/* By its row: entries have no type of their own. */
static bool calls_exec(const struct eyas_event *ev)
{
	return ev->sc && (ev->sc->evtype == SYS_execve || ev->sc->evtype == SYS_execveat);
}

static void on_enter(struct eyas_trace *t, struct eyas_trace_thread *th,
		     const struct eyas_event *ev)
{
	const struct eyas_event *enter = &th->enter.ev;
	bool late = false;

	/* A late one may be told of twice. */
	if ((ev->flags & EYAS_REC_F_REREAD) && th->in_call && enter->nr == ev->nr &&
	    enter->abi == ev->abi)
		return;
	settle(t, th, ev);
	abandon_call(t, th, ev->time);
	if (t->hidden && !t->began && calls_exec(ev)) {
		t->hidden = false;
		t->began = true;
	}
	if (t->hidden || !wanted(t, ev))
		return;
	if (eyas_copy_set(&th->enter, ev) < 0) {
		keep_error(t, -ENOMEM);
		return;
	}
	th->in_call = true;
	th->nr = ev->nr;
	/* What could not be read yet is read when the call ends. */
	for (unsigned int i = 0; i < enter->nblobs; i++)
		late |= enter->blobs[i].flags & EYAS_BLOB_F_FAULT;
	if (t->o->form == EYAS_TRACE_TEXT && !t->staged && !late)
		eyas_calltext_enter(t, th);
}

int eyas_trace_in_call(struct eyas_trace *t, uint32_t tid, int nr, const uint64_t args[6],
		       uint64_t time)
{
	struct eyas_trace_thread *th = eyas_map_get(&t->threads, tid);
	struct {
		struct eyas_record rec;
		struct eyas_sys_enter enter;
	} told = {
		/* No time: when it began nobody knows. */
		.rec = { .len = sizeof(told), .type = EYAS_REC_SYS_ENTER, .nr = nr, .tid = tid },
	};
	struct eyas_event ev;

	if (!th || th->seen)
		return 0;
	told.rec.pid = th->pid;
	memcpy(told.enter.args, args, sizeof(told.enter.args));
	if (eyas_event_parse(&ev, eyas_bytes_of(&told, sizeof(told)), NULL) < 0)
		return 0;
	ev.time = time;
	on_enter(t, th, &ev);
	return t->error;
}

/* The number is gone when sigreturn ends: it comes back with the rest of the interrupted state. */
static bool ends_sigreturn(const struct eyas_trace_thread *th, const struct eyas_event *ev)
{
	return th->in_call && ev->nr == -1 && th->enter.ev.sc &&
	       eyas_streq(th->enter.ev.sc->name, "rt_sigreturn");
}

static void on_leave(struct eyas_trace *t, struct eyas_trace_thread *th,
		     const struct eyas_event *ev)
{
	struct eyas_event fixed;

	settle(t, th, ev);
	/* The child's return from fork. */
	if (t->hidden || (is_fork(ev) && !ev->sys->ret))
		return;
	if (ends_sigreturn(th, ev)) {
		fixed = *ev;
		fixed.nr = th->enter.ev.nr;
		fixed.sc = th->enter.ev.sc;
		fixed.evtype = th->enter.ev.evtype;
		ev = &fixed;
	}
	/* The end of execveat may have the number of execve. */
	if (th->in_call && (th->enter.ev.nr != ev->nr || th->enter.ev.abi != ev->abi) &&
	    !(calls_exec(ev) && calls_exec(&th->enter.ev)))
		abandon_call(t, th, ev->time);
	/* A command that cannot be started: what its process does then is ours. */
	t->hidden = t->command == th->tid && !t->running && calls_exec(ev);
	if (!th->in_call && !wanted(t, ev))
		return;
	th->nr = ev->nr;
	if (!is_open_end(th, ev))
		finish_call(t, th, ev);
	else if (eyas_copy_set(&th->held, ev) < 0)
		keep_error(t, -ENOMEM);
}

/* ---- life ---- */

static void end_thread(struct eyas_trace *t, struct eyas_trace_thread *th)
{
	eyas_lines_break(th->out, "<unfinished ...>");
	eyas_threads_del(t, th);
}

static void tell_attached(struct eyas_trace *t, const struct eyas_trace_thread *th)
{
	if (!t->o->tell_attach || t->o->quiet & EYAS_TRACE_QUIET_ATTACH)
		return;
	if (t->sink.attached) {
		t->sink.attached(t->sink.arg, th->tid);
		return;
	}
	eyas_strbuf_addf(eyas_lines_note(&t->shared), "eyas: Process %u attached\n", th->tid);
	eyas_lines_note_end(&t->shared);
}

static void on_fork(struct eyas_trace *t, const struct eyas_event *ev)
{
	const struct eyas_fork *f = ev->fork;
	struct eyas_trace_thread *th;

	if (t->hidden || (f->child_pid != ev->pid && !t->o->follow))
		return;
	if (t->limited && f->child_pid != ev->pid)
		keep_error(t, eyas_map_set(&t->pids, f->child_pid, t));
	th = eyas_threads_get(t, f->child_tid, f->child_pid);
	if (th && t->o->form == EYAS_TRACE_JSON)
		eyas_calljson_event(t, th, ev);
	if (th && t->o->form == EYAS_TRACE_TEXT)
		tell_attached(t, th);
}

/* Has another thread told of the signal that killed them all? Then it was not this one's. */
static bool is_told(struct eyas_trace *t, const struct eyas_event *ev)
{
	if (!(ev->signal->flags & EYAS_SIGNAL_F_GROUP))
		return false;
	if (eyas_map_get(&t->killed, ev->pid))
		return true;
	if (eyas_map_set(&t->killed, ev->pid, t) < 0)
		keep_error(t, -ENOMEM);
	return false;
}

static void on_signal(struct eyas_trace *t, struct eyas_trace_thread *th,
		      const struct eyas_event *ev)
{
	uint32_t sig = ev->signal->sig;

	if (is_told(t, ev))
		return;
	settle(t, th, ev);
	if (t->hidden || sig == SIGKILL || sig < 1 || sig > 64 || !(t->o->signals >> (sig - 1) & 1))
		return;
	if (t->o->form == EYAS_TRACE_TEXT)
		eyas_calltext_signal(t, th, ev);
	else if (t->o->form == EYAS_TRACE_JSON)
		eyas_calljson_event(t, th, ev);
}

/* Whether another thread of the process is about to take the leader's place. */
static struct eyas_trace_thread *execing(struct eyas_trace *t, const struct eyas_event *ev)
{
	struct eyas_trace_thread *th;
	uint64_t key;
	void *val;

	for (size_t pos = 0; eyas_map_next(&t->threads, &pos, &key, &val);) {
		th = val;
		if (th->pid == ev->pid && th->tid != ev->tid && th->in_call &&
		    calls_exec(&th->enter.ev))
			return th;
	}
	return NULL;
}

static void on_end(struct eyas_trace *t, struct eyas_trace_thread *th, const struct eyas_event *ev)
{
	uint32_t sig = ev->exit->status & 0x7f;
	bool quiet = t->o->quiet & EYAS_TRACE_QUIET_EXIT;

	settle(t, th, ev);
	abandon_call(t, th, ev->time);
	/* A leader stays until the thread that calls exec takes over its number. */
	if (th->tid == th->pid && !(ev->exit->flags & EYAS_EXIT_F_GROUP) && execing(t, ev))
		return;
	if (sig && !(t->o->signals >> (sig - 1) & 1))
		quiet = true;
	if (t->hidden && !t->began)
		quiet = true;
	if (t->o->form == EYAS_TRACE_TEXT && !quiet)
		eyas_calltext_exit(t, th, ev);
	else if (t->o->form == EYAS_TRACE_JSON && !quiet)
		eyas_calljson_event(t, th, ev);
	if (ev->exit->flags & EYAS_EXIT_F_GROUP) {
		eyas_map_del(&t->pids, th->pid);
		eyas_map_del(&t->killed, th->pid);
	}
	end_thread(t, th);
}

/* The thread that called exec has become the leader @th, or was it before. */
static struct eyas_trace_thread *supersede(struct eyas_trace *t, struct eyas_trace_thread *th,
					   const struct eyas_event *ev)
{
	struct eyas_trace_thread *by = execing(t, ev);

	if (!by || th->in_call)
		return th;
	if (t->o->form == EYAS_TRACE_TEXT && !(t->o->quiet & EYAS_TRACE_QUIET_SUPERSEDED))
		eyas_calltext_superseded(t, th, by->tid, ev->time);
	if (by->out->open == by)
		eyas_lines_break(by->out, "<pid changed ...>");
	return eyas_threads_replace(t, th, by);
}

static void on_exec(struct eyas_trace *t, struct eyas_trace_thread *th, const struct eyas_event *ev)
{
	settle(t, th, ev);
	if (th->tid == t->command)
		t->running = true;
	t->hidden = false;
	th = supersede(t, th, ev);
	if (th->in_call && !calls_exec(&th->enter.ev))
		abandon_call(t, th, ev->time);
	if (th->in_call || wanted(t, ev))
		finish_call(t, th, ev);
}

static void on_loss(struct eyas_trace *t, const struct eyas_event *ev)
{
	struct eyas_trace_thread *th;
	uint64_t key;
	void *val;

	if (t->o->form == EYAS_TRACE_JSON) {
		eyas_calljson_event(t, NULL, ev);
		return;
	}
	if (t->o->form != EYAS_TRACE_TEXT)
		return;
	if (!t->o->separate) {
		eyas_calltext_loss(&t->shared, t->o->color, ev);
		return;
	}
	for (size_t pos = 0; eyas_map_next(&t->threads, &pos, &key, &val);) {
		th = val;
		eyas_calltext_loss(th->out, t->o->color, ev);
	}
}

static void of_thread(struct eyas_trace *t, struct eyas_trace_thread *th,
		      const struct eyas_event *ev)
{
	th->seen = true;
	switch ((enum eyas_record_type)ev->type) {
	case EYAS_REC_SYS_ENTER:
		on_enter(t, th, ev);
		break;
	case EYAS_REC_SYS_EXIT:
		on_leave(t, th, ev);
		break;
	case EYAS_REC_EXEC:
		on_exec(t, th, ev);
		break;
	case EYAS_REC_EXIT:
		on_end(t, th, ev);
		break;
	case EYAS_REC_SIGNAL:
		on_signal(t, th, ev);
		break;
	case EYAS_REC_FORK:
		settle(t, th, ev);
		on_fork(t, ev);
		break;
	default:
		break;
	}
}

/* Of the call that @ev ends, or NULL. */
static const struct eyas_event *entry_of(const struct eyas_trace *t, const struct eyas_event *ev)
{
	const struct eyas_trace_thread *th = ev->sys ? eyas_map_get(&t->threads, ev->tid) : NULL;

	return th && th->in_call && th->enter.ev.nr == ev->nr && th->enter.ev.abi == ev->abi ?
		       &th->enter.ev :
		       NULL;
}

int eyas_trace_event(struct eyas_trace *t, const struct eyas_event *ev)
{
	struct eyas_trace_thread *th = NULL;

	keep_error(t, eyas_enrich_update_call(t->en, entry_of(t, ev), ev));
	if (t->dopts.fds)
		keep_error(t, eyas_fdmemory_learn(&t->fds, ev));
	if (t->tree)
		keep_error(t, eyas_proctree_event(t->tree, ev));
	if (ev->loss)
		on_loss(t, ev);
	else if (ev->type != EYAS_REC_ANCHOR && ev->type != EYAS_REC_URING &&
		 ev->type != EYAS_REC_COMM && ev->type != EYAS_REC_CREDS)
		th = eyas_threads_get(t, ev->tid, ev->pid);
	if (th)
		of_thread(t, th, ev);
	if (t->dopts.fds)
		keep_error(t, eyas_fdmemory_forget(&t->fds, ev));
	/* It may be gone by now. */
	th = t->o->separate ? eyas_map_get(&t->threads, ev->tid) : NULL;
	if (th && th->out->buf.len >= FLUSH_BYTES / 16)
		eyas_lines_flush(t, th->out);
	if (t->shared.buf.len >= FLUSH_BYTES)
		eyas_lines_flush(t, &t->shared);
	return t->error;
}

/* ---- the end ---- */

static void put_tables(struct eyas_trace *t)
{
	struct eyas_strbuf *out = eyas_lines_note(&t->shared);

	if (t->o->end & EYAS_TRACE_END_SUMMARY)
		keep_error(t, eyas_summary_text(&t->summary, &t->o->summary, out));
	if (t->files)
		eyas_files_text(t->files, out);
	if (t->peers)
		eyas_peers_text(t->peers, out);
	if (t->tree)
		eyas_proctree_text(t->tree, out);
	eyas_lines_note_end(&t->shared);
}

int eyas_trace_finish(struct eyas_trace *t)
{
	struct eyas_trace_thread *th;
	uint64_t key;
	void *val;

	for (size_t pos = 0; eyas_map_next(&t->threads, &pos, &key, &val);) {
		th = val;
		settle(t, th, NULL);
		if (th->in_call && t->o->form == EYAS_TRACE_JSON &&
		    (t->o->status & EYAS_TRACE_DETACHED))
			eyas_calljson_call(t, th, &th->enter.ev, NULL);
		if (th->out->open == th)
			eyas_lines_break(th->out, "<detached ...>");
	}
	put_tables(t);
	return eyas_trace_flush(t);
}
