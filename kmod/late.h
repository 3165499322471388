/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls that last: their start is recorded when their thread goes to sleep in them, or
 * has made a child, so that those that don't cost nothing more. What remains to be
 * known between the two is which threads have been told of.
 */
#ifndef EYAS_LATE_H
#define EYAS_LATE_H

#include <linux/sched.h>

/* Threads that share a place take it from one another, and then one is told of twice. */
#define EYAS_LATE_THREADS	(1U << 14)

extern u32 eyas_late_told[EYAS_LATE_THREADS];

/* The call of thread @tid is over, or the thread. */
static __always_inline void eyas_late_forget(u32 tid)
{
	u32 *told = &eyas_late_told[tid & (EYAS_LATE_THREADS - 1)];

	if (unlikely(READ_ONCE(*told) == tid))
		WRITE_ONCE(*told, 0);
}

/*
 * Current goes to sleep, and the run queue's lock is held; or it has made a child,
 * which may be seen before the end of its call is.
 */
void eyas_late_tell(void);

#endif /* EYAS_LATE_H */
