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
#include "session.h"
#include "writer.h"

/*
 * A call begins or ends; @sessions: those that may want it, by their slot, not
 * none; @slot: its eyas_sc_slot().
 */
void eyas_capture_sys_enter(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs);
void eyas_capture_sys_exit(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs,
			   long ret);

/* A call that lasts has begun, for sessions that want late starts. Whether it is in any of them. */
bool eyas_capture_late(u16 sessions, u8 abi, int nr, unsigned int slot, struct pt_regs *regs);

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

#endif /* EYAS_CAPTURE_H */
