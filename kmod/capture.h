/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From a probe to a record: for each session that wants it, with preemption
 * off, on this CPU's ring, built in place.
 */
#ifndef EYAS_CAPTURE_H
#define EYAS_CAPTURE_H

#include <linux/percpu.h>
#include <linux/ptrace.h>
#include "policy.h"
#include "ring.h"
#include "session.h"

/*
 * Records refused: the probe was re-entered on its CPU, which no hook of ours
 * should make possible, or the CPU has no ring for want of memory.
 */
DECLARE_PER_CPU(u64, eyas_refused);

int eyas_capture_init(void);

void eyas_capture_sys_exit(u16 sessions, u8 abi, int nr, struct pt_regs *regs, long ret);

/* Call @fn in turn for @sessions (by slot), but for those that current owns. */
void eyas_capture_each(u16 sessions,
		       void (*fn)(struct eyas_session *s, const struct eyas_policy *p, void *arg),
		       void *arg);

/* eyas_ring_begin() on this CPU's ring, with a header about current filled in. */
static __always_inline bool eyas_capture_begin(struct eyas_writer *w, struct eyas_session *s,
					       u32 lane, size_t fixed, u8 cls, u16 type, int nr)
{
	struct eyas_ring *ring = s->rings[smp_processor_id() * EYAS_LANE_MAX + lane];

	if (unlikely(!ring)) {
		this_cpu_inc(eyas_refused);
		return false;
	}
	if (!eyas_ring_begin(w, ring, fixed, cls))
		return false;
	w->rec->type = type;
	w->rec->abi = 0;
	w->rec->flags = 0;
	w->rec->tid = current->pid;
	w->rec->pid = current->tgid;
	w->rec->nr = nr;
	return true;
}

#endif /* EYAS_CAPTURE_H */
