/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From a probe to a record: for each session that wants it, with preemption
 * off, on this CPU's ring, built in place.
 */
#ifndef EYAS_CAPTURE_H
#define EYAS_CAPTURE_H

#include <linux/percpu.h>
#include <linux/ptrace.h>
#include "arch.h"
#include "policy.h"
#include "ring.h"
#include "session.h"

/*
 * A call begins or ends; @sessions: those that may want it, by their slot, not
 * none; @slot: its eyas_sc_slot().
 */
void eyas_capture_sys_enter(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs);
void eyas_capture_sys_exit(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs,
			   long ret);

/* Call @fn in turn for @sessions (by slot), but for those that current owns. */
void eyas_capture_each(u16 sessions,
		       void (*fn)(struct eyas_session *s, const struct eyas_policy *p, void *arg),
		       void *arg);

/* This CPU's ring of a session; NULL, and counted: there was no memory for it. */
static __always_inline struct eyas_ring *eyas_capture_ring(const struct eyas_session *s, u32 lane)
{
	struct eyas_ring *ring = s->rings[smp_processor_id() * EYAS_LANE_MAX + lane];

	if (unlikely(!ring))
		this_cpu_inc(eyas_refused);
	return ring;
}

/* What headers have in common. */
static __always_inline void eyas_capture_header(struct eyas_record *rec, u16 type, u8 abi, int nr)
{
	rec->type = type;
	rec->abi = abi;
	rec->flags = 0;
	rec->tid = current->pid;
	rec->pid = current->tgid;
	rec->nr = nr;
}

/* eyas_ring_begin() on this CPU's ring, with a header about current filled in. */
static __always_inline bool eyas_capture_begin(struct eyas_writer *w, struct eyas_session *s,
					       u32 lane, size_t fixed, u8 cls, u16 type, int nr)
{
	struct eyas_ring *ring = eyas_capture_ring(s, lane);

	if (unlikely(!ring) || !eyas_ring_begin(w, ring, fixed, cls))
		return false;
	eyas_capture_header(w->rec, type, 0, nr);
	return true;
}

/* Complete a SYS_EXIT record whose registers are there, and publish or lose it. */
void eyas_capture_finish(struct eyas_ring *ring, struct eyas_record *rec,
			 const struct eyas_policy *p, u8 plan, const struct eyas_sc *sc);

/*
 * The record of a native call that one session wants, and wants whatever its
 * result is: by far the most frequent thing there is to do. False: it is not
 * that, and nothing has been done.
 */
static __always_inline bool eyas_capture_native(u16 sessions, unsigned int nr,
						struct pt_regs *regs, long ret)
{
	const struct eyas_policy *p;
	struct eyas_record *rec;
	struct eyas_sys_exit *x;
	struct eyas_session *s;
	struct eyas_ring *ring;
	bool done = false;
	u8 quick;

	if (unlikely(sessions & (sessions - 1)))
		return false;
	preempt_disable_notrace();
	s = rcu_dereference_sched(eyas_sessions[__ffs(sessions)]);
	if (unlikely(!s))
		goto out;
	p = rcu_dereference_sched(s->policy);
	quick = p->quick[nr];
	if (!(quick & EYAS_QUICK) || unlikely(s->owner == task_tgid(current)))
		goto out;
	ring = eyas_capture_ring(s, quick & EYAS_QUICK_LANE);
	if (unlikely(!ring))
		goto out;
	done = true;
	rec = eyas_ring_reserve(ring, sizeof(*rec) + sizeof(*x), quick >> EYAS_QUICK_CLASS);
	if (unlikely(!rec))
		goto out;
	eyas_capture_header(rec, EYAS_REC_SYS_EXIT, EYAS_ABI_NATIVE, nr);
	x = (struct eyas_sys_exit *)(rec + 1);
	eyas_arch_native_args(regs, x->args);
	x->ret = ret;
	if (quick & EYAS_QUICK_MORE)
		eyas_capture_finish(ring, rec, p, p->plan[EYAS_SLOT_NATIVE + nr],
				    &eyas_sc_native[nr]);
	else
		eyas_ring_publish(ring, rec, sizeof(*rec) + sizeof(*x));
out:
	preempt_enable_notrace();
	return done;
}

#endif /* EYAS_CAPTURE_H */
