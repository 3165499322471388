// SPDX-License-Identifier: GPL-2.0
/*
 * Builds the records of system calls: registers always; strings, other memory
 * and objects as the session's plan for that call says.
 */
#include <linux/bitops.h>
#include <linux/sched.h>
#include "capture.h"
#include "count.h"
#include "entry.h"
#include "fetch.h"
#include "ids.h"
#include "late.h"
#include "object.h"
#include "syscalls.h"

/* The ops that a plan asks for: from here to *ret_end. */
static __always_inline const struct eyas_op *plan_ops(const struct eyas_sc *sc, u8 plan,
						      const struct eyas_op **ret_end)
{
	*ret_end = &sc->ops[(plan & EYAS_PLAN_DATA) ? sc->nops : sc->strings];
	return &sc->ops[(plan & EYAS_PLAN_STRINGS) ? 0 : sc->strings];
}

/* Memory before the call. */
static bool memory_enter(struct eyas_fetch *f, const struct eyas_sc *sc, u8 plan)
{
	const struct eyas_op *end, *op = plan_ops(sc, plan, &end);

	for (; op < end; op++)
		if ((op->when & EYAS_OP_IN) && !eyas_fetch_op(f, op))
			return false;
	return true;
}

/* Memory after the call: what it wrote, and of what it was given the arguments in @again. */
static __always_inline bool memory_exit(struct eyas_fetch *f, const struct eyas_sc *sc, u8 plan,
					u8 again)
{
	bool ok = !IS_ERR_VALUE((unsigned long)f->ret);
	const struct eyas_op *end, *op = plan_ops(sc, plan, &end);

	/* The memory of a program that is no more. */
	if (ok && (sc->flags & EYAS_SC_EXEC))
		return true;
	for (; op < end; op++) {
		if (ok && (op->when & EYAS_OP_OUT))
			f->flags = EYAS_BLOB_F_OUT;
		else if ((op->when & EYAS_OP_IN) && (again & (1U << op->arg)))
			f->flags = EYAS_BLOB_F_REREAD;
		else
			continue;
		if (!eyas_fetch_op(f, op))
			return false;
	}
	return true;
}

/* Descriptors and processes that a call was told. */
static bool objects_told(struct eyas_writer *w, const struct eyas_sc *sc, const u64 *args)
{
	unsigned long left;

	for (left = sc->fds; left; left &= left - 1) {
		u8 i = __ffs(left);

		if ((int)args[i] >= 0 && !eyas_object_fd(w, args[i], i))
			return false;
	}
	for (left = sc->pids; left; left &= left - 1) {
		u8 i = __ffs(left);

		if (!eyas_ids_put_pid(w, args[i], i))
			return false;
	}
	return true;
}

/* The caller, where a call is about it. */
static bool objects_self(struct eyas_writer *w, const struct eyas_sc *sc)
{
	return (!(sc->flags & EYAS_SC_CREDS) || eyas_ids_put_creds(w)) &&
	       (!(sc->flags & EYAS_SC_NS) || eyas_ids_put_ns(w));
}

/* Whether the name as given leads elsewhere than to the file that was opened. */
static bool flag_mismatch(struct eyas_writer *w, const struct eyas_sc *sc, const u64 *args)
{
	const struct eyas_blob *given = NULL, *real = NULL, *b;
	u8 *p = (u8 *)args + sizeof(struct eyas_sys_exit);

	for (; p < w->pos; p += sizeof(*b) + ALIGN(b->stored, 8)) {
		b = (const struct eyas_blob *)p;
		if (b->kind == EYAS_BLOB_STRING && !given)
			given = b;
		else if (b->kind == EYAS_BLOB_FILE_PATH)
			real = b;
	}
	if (!given || !real)
		return true;
	return eyas_object_compare(w, given, real, sc->dirfd < 6 ? (int)args[sc->dirfd] : AT_FDCWD);
}

/* The file that a call made, else those that it was told to use. */
static bool objects_exit(struct eyas_writer *w, const struct eyas_sc *sc, const u64 *args, s64 ret)
{
	if (sc->flags & EYAS_SC_FD) {
		if (ret < 0)
			return true;
		if (!eyas_object_fd(w, ret, EYAS_BLOB_NO_ARG))
			return false;
		return !(sc->flags & EYAS_SC_OPENS) || !sc->strings || flag_mismatch(w, sc, args);
	}
	if ((sc->fds || sc->pids) && !(sc->flags & EYAS_SC_CLOSES) && !objects_told(w, sc, args))
		return false;
	return !(sc->flags & (EYAS_SC_CREDS | EYAS_SC_NS)) || objects_self(w, sc);
}

static bool put_times(struct eyas_writer *w, u64 enter)
{
	struct eyas_times *t = eyas_blob_begin(w, sizeof(*t));

	if (!t)
		return false;
	t->enter = enter;
	eyas_blob_end(w, EYAS_BLOB_TIMES, EYAS_BLOB_NO_ARG, sizeof(*t), sizeof(*t));
	return true;
}

/* What a record has beside registers, but for times; false: no room. */
static __always_inline bool exit_more(struct eyas_writer *w, const struct eyas_policy *p, u8 plan,
				      const struct eyas_sc *sc, u8 again)
{
	const struct eyas_sys_exit *x = (const struct eyas_sys_exit *)(w->rec + 1);
	struct eyas_fetch f EYAS_UNINITIALIZED;

	if (plan & (EYAS_PLAN_STRINGS | EYAS_PLAN_DATA)) {
		f.w = w;
		f.args = x->args;
		f.ret = x->ret;
		f.snaplen = p->snaplen;
		f.compat = sc->flags & EYAS_SC_COMPAT;
		f.faults = again;
		if (!memory_exit(&f, sc, plan, again))
			return false;
	}
	return !(plan & EYAS_PLAN_OBJECTS) || objects_exit(w, sc, x->args, x->ret);
}

static __always_inline void finish(struct eyas_writer *w, bool ok)
{
	if (likely(ok))
		eyas_ring_commit(w);
	else
		eyas_ring_lose(w->ring, w->cls);
}

void eyas_capture_finish(struct eyas_ring *ring, struct eyas_record *rec,
			 const struct eyas_policy *p, u8 plan, const struct eyas_sc *sc)
{
	struct eyas_writer w EYAS_UNINITIALIZED;

	eyas_writer_init(&w, ring, rec, sizeof(struct eyas_sys_exit), sc->cls);
	finish(&w, exit_more(&w, p, plan, sc, 0xff));
}

/* The same where the start of the call matters. */
static noinline void finish_entered(struct eyas_ring *ring, struct eyas_record *rec,
				    const struct eyas_session *s, const struct eyas_policy *p,
				    u8 plan, const struct eyas_entry *entry)
{
	const struct eyas_sc *sc = eyas_sc_row(rec->abi & ~EYAS_ABI_GATE32, rec->nr);
	struct eyas_writer w;
	u8 again = 0xff;
	bool ok = true;

	eyas_writer_init(&w, ring, rec, sizeof(struct eyas_sys_exit), sc->cls);
	if (!entry || (!entry->time && (p->flags & EYAS_SESSION_F_TIMES)))
		rec->flags |= EYAS_REC_F_NO_ENTER;
	else if (entry->sessions & (1U << s->slot))
		again = entry->faults;
	if (entry && entry->time && (p->flags & EYAS_SESSION_F_TIMES))
		ok = put_times(&w, entry->time);
	finish(&w, ok && exit_more(&w, p, plan, sc, again));
}

/* The session at @at with its policy; NULL: it has gone, or current is not its business. */
static __always_inline struct eyas_session *session_for(unsigned int at,
							const struct eyas_policy **ret_policy)
{
	struct eyas_session *s = rcu_dereference_sched(eyas_sessions[at]);

	if (unlikely(!s) || eyas_session_owned(s))
		return NULL;
	*ret_policy = rcu_dereference_sched(s->policy);
	if (unlikely((*ret_policy)->flags & EYAS_POLICY_SCOPED) &&
	    !eyas_policy_in_scope(*ret_policy))
		return NULL;
	return s;
}

/* The start of a call that ends, if it was seen. */
static noinline struct eyas_entry *find_entry(int nr, unsigned int slot)
{
	struct eyas_entry *e = eyas_entry_find(current->pid);

	if (!e || !e->open)
		return NULL;
	e->open = false;
	/* The end of execveat is that of execve on x86. */
	return e->nr == nr || (eyas_sc_brief[slot] & EYAS_BRIEF_EXEC) ? e : NULL;
}

static bool is_fork(u8 abi, int nr)
{
	return eyas_sc_row(abi & ~EYAS_ABI_GATE32, nr)->flags & EYAS_SC_FORK;
}

static noinline void count_call(struct eyas_session *s, u8 abi, int nr, unsigned int slot, long ret,
				const struct eyas_entry *entry)
{
	/* The child's return from a call that is its parent's. */
	if (!ret && is_fork(abi, nr))
		return;
	eyas_count_call(s, slot, ret, entry ? entry->time : 0);
}

static __always_inline void record_sys_exit(struct eyas_session *s, const struct eyas_policy *p,
					    u8 abi, int nr, unsigned int slot, struct pt_regs *regs,
					    long ret, struct eyas_entry *entry)
{
	u8 plan = p->plan[slot], brief = eyas_sc_brief[slot];
	struct eyas_record *rec;
	struct eyas_sys_exit *x;
	struct eyas_ring *ring;

	if (unlikely(plan & EYAS_PLAN_COUNT))
		count_call(s, abi, nr, slot, ret, entry);
	if (!(plan & EYAS_PLAN_RECORD) ||
	    (!ret && (p->flags & EYAS_SESSION_F_BRIEF) && is_fork(abi, nr)))
		return;
	if (IS_ERR_VALUE(ret)) {
		if (plan & EYAS_PLAN_NO_FAILED)
			return;
	} else if ((plan & EYAS_PLAN_NO_OK) ||
		   ((brief & EYAS_BRIEF_EXEC) && (p->events & EYAS_EVENT_EXEC))) {
		return;
	}
	ring = eyas_capture_ring(s, brief & EYAS_BRIEF_LANE);
	if (unlikely(!ring))
		return;
	rec = eyas_ring_reserve(ring, sizeof(*rec) + sizeof(*x), brief >> EYAS_BRIEF_CLASS);
	if (unlikely(!rec))
		return;
	eyas_capture_header(rec, EYAS_REC_SYS_EXIT, abi, nr);
	x = (struct eyas_sys_exit *)(rec + 1);
	eyas_arch_args(regs, abi, x->args);
	x->ret = ret;
	if ((plan & EYAS_PLAN_ENTER) || (p->flags & EYAS_SESSION_F_TIMES))
		finish_entered(ring, rec, s, p, plan, entry);
	else
		eyas_capture_finish(ring, rec, p, plan, eyas_sc_row(abi & ~EYAS_ABI_GATE32, nr));
}

void eyas_capture_sys_exit(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs,
			   long ret)
{
	struct eyas_entry *entry = NULL;
	const struct eyas_policy *p;
	unsigned long left = sessions;
	struct eyas_session *s;

	preempt_disable_notrace();
	if (unlikely(READ_ONCE(eyas_wanted.call[slot].enter)))
		entry = find_entry(nr, slot);
	if (unlikely(READ_ONCE(eyas_wanted.late[slot])))
		eyas_late_forget(current->pid);
	do {
		s = session_for(__ffs(left), &p);
		if (likely(s))
			record_sys_exit(s, p, abi, nr, slot, regs, ret, entry);
		left &= left - 1;
	} while (left);
	preempt_enable_notrace();
}

/* ---- entry ---- */

/* @flags: of the blobs. */
static bool enter_more(struct eyas_writer *w, const struct eyas_policy *p, u8 plan,
		       const struct eyas_sc *sc, u8 flags, u8 *faults)
{
	const u64 *args = ((const struct eyas_sys_enter *)(w->rec + 1))->args;
	struct eyas_fetch f = {
		.w = w,
		.args = args,
		.snaplen = p->snaplen,
		.compat = sc->flags & EYAS_SC_COMPAT,
		.flags = flags,
		/* What holds where memory is read again, too: all that it was given, nothing it wrote. */
		.ret = -EINPROGRESS,
		.faults = flags & EYAS_BLOB_F_REREAD ? 0xff : 0,
	};

	if (!memory_enter(&f, sc, plan))
		return false;
	*faults |= f.faults;
	return !(plan & EYAS_PLAN_OBJECTS) || (objects_told(w, sc, args) && objects_self(w, sc));
}

/* False: there is no SYS_ENTER record of the call in this session. @flags: of its memory. */
static bool record_sys_enter(struct eyas_session *s, const struct eyas_policy *p, u8 abi, int nr,
			     u8 plan, struct pt_regs *regs, u8 flags, u8 *faults)
{
	const struct eyas_sc *sc = eyas_sc_row(abi & ~EYAS_ABI_GATE32, nr);
	struct eyas_writer w EYAS_UNINITIALIZED;

	if (!eyas_capture_begin(&w, s, sc->lane, sizeof(struct eyas_sys_enter), sc->cls,
				EYAS_REC_SYS_ENTER, nr))
		return false;
	w.rec->abi = abi;
	eyas_arch_args(regs, abi, ((struct eyas_sys_enter *)(w.rec + 1))->args);
	if (flags & EYAS_BLOB_F_REREAD)
		w.rec->flags |= EYAS_REC_F_REREAD;
	if ((sc->nops || (plan & EYAS_PLAN_OBJECTS)) &&
	    !enter_more(&w, p, plan, sc, flags, faults)) {
		eyas_ring_lose(w.ring, sc->cls);
		return false;
	}
	eyas_ring_commit(&w);
	return true;
}

/* Whether of these two @plan has exactly @what. */
static bool plan_says(u8 plan, u8 what)
{
	return (plan & (EYAS_PLAN_RECORD | EYAS_PLAN_ENTER)) == what;
}

/* Remember the start of current's call; @timed: and when it was. */
static void remember(int nr, u16 sessions, u8 faults, bool timed)
{
	struct eyas_entry *e = eyas_entry_claim(current->pid);

	if (!e)
		return;
	e->nr = nr;
	e->faults = faults;
	e->sessions = sessions;
	/* Last: what came before is not the program's time. */
	e->time = timed ? ktime_get_raw_fast_ns() : 0;
	e->open = true;
}

void eyas_capture_sys_enter(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs)
{
	const struct eyas_policy *p;
	unsigned long left = sessions;
	struct eyas_session *s;
	bool timed = false;
	u16 recorded = 0;
	u8 faults = 0;

	preempt_disable_notrace();
	for (; left; left &= left - 1) {
		s = session_for(__ffs(left), &p);
		if (!s)
			continue;
		timed |= (p->flags & EYAS_SESSION_F_TIMES) || (p->plan[slot] & EYAS_PLAN_COUNT);
		if (plan_says(p->plan[slot], EYAS_PLAN_RECORD | EYAS_PLAN_ENTER) &&
		    record_sys_enter(s, p, abi, nr, p->plan[slot], regs, 0, &faults))
			recorded |= 1U << s->slot;
	}
	remember(nr, recorded, faults, timed);
	preempt_enable_notrace();
}

bool eyas_capture_late(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs)
{
	const struct eyas_policy *p;
	unsigned long left = sessions;
	struct eyas_session *s;
	bool any = false;
	u8 faults = 0;

	for (; left; left &= left - 1) {
		s = session_for(__ffs(left), &p);
		/* No objects: what is needed to get them may be locked. */
		if (s && (p->flags & EYAS_SESSION_F_LATE) &&
		    plan_says(p->plan[slot], EYAS_PLAN_RECORD))
			any |= record_sys_enter(s, p, abi, nr, p->plan[slot] & ~EYAS_PLAN_OBJECTS,
						regs, EYAS_BLOB_F_REREAD, &faults);
	}
	return any;
}

void eyas_capture_each(u16 sessions,
		       void (*fn)(struct eyas_session *s, const struct eyas_policy *p, void *arg),
		       void *arg)
{
	unsigned long left = sessions;

	if (!left)
		return;
	preempt_disable_notrace();
	for (; left; left &= left - 1) {
		const struct eyas_policy *p;
		struct eyas_session *s = session_for(__ffs(left), &p);

		if (s)
			fn(s, p, arg);
	}
	preempt_enable_notrace();
}
