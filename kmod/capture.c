// SPDX-License-Identifier: GPL-2.0
/*
 * Builds the records of system calls: registers always, strings and objects
 * as the session's plan for that call says.
 */
#include <linux/bitops.h>
#include <linux/sched.h>
#include <asm/syscall.h>
#include <linux/eyas_kinds.h>
#include "capture.h"
#include "fetch.h"
#include "object.h"
#include "syscalls.h"

DEFINE_PER_CPU(u64, eyas_refused);
static DEFINE_PER_CPU(int, nesting);

/* Preemption is off. Interrupts do not run our probes; if one did, it would leave here. */
static __always_inline bool nest_enter(void)
{
	if (likely(__this_cpu_inc_return(nesting) == 1))
		return true;
	__this_cpu_inc(eyas_refused);
	return false;
}

static __always_inline void nest_leave(void)
{
	__this_cpu_dec(nesting);
}

/* Strings that the program passed, read after the call. */
static bool capture_strings(struct eyas_writer *w, const struct eyas_sc *sc,
			    const struct eyas_sys_exit *x, u32 snaplen)
{
	unsigned long args = sc->strings;

	for (; args; args &= args - 1) {
		u8 i = __ffs(args);

		if (!eyas_fetch_string(w, EYAS_BLOB_STRING, i | EYAS_BLOB_F_REREAD,
				       (const char __user *)(unsigned long)x->args[i], snaplen))
			return false;
	}
	return true;
}

/* Files: the one a call made, else the one it was told to use. */
static bool capture_objects(struct eyas_writer *w, const struct eyas_sc *sc,
			    const struct eyas_sys_exit *x)
{
	if (sc->makes_file)
		return x->ret < 0 || eyas_object_fd(w, x->ret, EYAS_BLOB_NO_ARG);
	if (sc->fd_arg < 6)
		return eyas_object_fd(w, x->args[sc->fd_arg], sc->fd_arg);
	return true;
}

/* Whether an absolute path as given is not the path of the object it led to. */
static void flag_mismatch(struct eyas_writer *w)
{
	const struct eyas_blob *given = NULL, *real = NULL, *b;
	u8 *p = (u8 *)w->rec + sizeof(struct eyas_record) + sizeof(struct eyas_sys_exit);

	for (; p < w->pos; p += sizeof(*b) + ALIGN(b->stored, 8)) {
		b = (const struct eyas_blob *)p;
		if (b->kind == EYAS_BLOB_STRING && !given)
			given = b;
		else if (b->kind == EYAS_BLOB_FILE_PATH)
			real = b;
	}
	if (!given || !real || !given->stored || *(const char *)(given + 1) != '/')
		return;
	if (given->stored != real->stored || memcmp(given + 1, real + 1, given->stored))
		w->rec->flags |= EYAS_REC_F_MISMATCH;
}

static noinline bool capture_memory(struct eyas_writer *w, u8 plan, const struct eyas_sc *sc,
				    u32 snaplen)
{
	const struct eyas_sys_exit *x = (const struct eyas_sys_exit *)(w->rec + 1);

	if ((plan & EYAS_PLAN_STRINGS) && sc->strings && !capture_strings(w, sc, x, snaplen))
		return false;
	if (plan & EYAS_PLAN_OBJECTS) {
		if (!capture_objects(w, sc, x))
			return false;
		if (sc->makes_file)
			flag_mismatch(w);
	}
	return true;
}

/* Whether the plan and the exec record leave this result to be recorded. */
static __always_inline bool result_wanted(const struct eyas_policy *p, const struct eyas_sc *sc,
					  u8 plan, long ret)
{
	if (!(plan & EYAS_PLAN_RECORD))
		return false;
	if (IS_ERR_VALUE(ret))
		return !(plan & EYAS_PLAN_NO_FAILED);
	if (plan & EYAS_PLAN_NO_OK)
		return false;
	return !(sc->is_exec && (p->events & EYAS_EVENT_EXEC));
}

static __always_inline void record_sys_exit(struct eyas_session *s, const struct eyas_policy *p,
					    u8 abi, int nr, struct pt_regs *regs, long ret)
{
	const struct eyas_sc *sc = eyas_sc_row(abi, nr);
	u8 plan = eyas_policy_plan(p, abi & ~EYAS_ABI_GATE32, nr);
	struct eyas_sys_exit *x;
	struct eyas_writer w;

	if (!result_wanted(p, sc, plan, ret))
		return;
	if (!eyas_capture_begin(&w, s, sc->lane, sizeof(*x), sc->cls, EYAS_REC_SYS_EXIT, nr))
		return;
	w.rec->abi = abi;
	x = (struct eyas_sys_exit *)(w.rec + 1);
	syscall_get_arguments(current, regs, (unsigned long *)x->args);
	x->ret = ret;
	if ((plan & (EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS)) &&
	    !capture_memory(&w, plan, sc, p->snaplen))
		eyas_ring_lose(&w);
	else
		eyas_ring_commit(&w);
}

/* The session in @slot with its policy; NULL if it has gone or current owns it. */
static __always_inline struct eyas_session *session_for(unsigned int slot,
							const struct eyas_policy **ret_policy)
{
	struct eyas_session *s = rcu_dereference_sched(eyas_sessions[slot]);

	if (unlikely(!s) || s->owner == task_tgid(current))
		return NULL;
	*ret_policy = rcu_dereference_sched(s->policy);
	return s;
}

void eyas_capture_sys_exit(u16 sessions, u8 abi, int nr, struct pt_regs *regs, long ret)
{
	unsigned long left = sessions;

	preempt_disable_notrace();
	if (nest_enter()) {
		for (; left; left &= left - 1) {
			const struct eyas_policy *p;
			struct eyas_session *s = session_for(__ffs(left), &p);

			if (s)
				record_sys_exit(s, p, abi, nr, regs, ret);
		}
	}
	nest_leave();
	preempt_enable_notrace();
}

void eyas_capture_each(u16 sessions,
		       void (*fn)(struct eyas_session *s, const struct eyas_policy *p, void *arg),
		       void *arg)
{
	unsigned long left = sessions;

	if (!left)
		return;
	preempt_disable_notrace();
	if (nest_enter()) {
		for (; left; left &= left - 1) {
			const struct eyas_policy *p;
			struct eyas_session *s = session_for(__ffs(left), &p);

			if (s)
				fn(s, p, arg);
		}
	}
	nest_leave();
	preempt_enable_notrace();
}
