/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Anchors: kprobes where the kernel asks its security modules. The functions
 * are found by name, by the kernel, and probed while a session wants them.
 */
#ifndef EYAS_ANCHOR_H
#define EYAS_ANCHOR_H

#include <linux/types.h>
#include <linux/eyas.h>

/* Beside those of the ABI: where credentials are put in force, for EYAS_EVENT_CREDS. */
#define EYAS_ANCHOR_CREDS	EYAS_ANCHOR_MAX
/* The other place of EYAS_ANCHOR_TRUNCATE, for open files, since 6.2. */
#define EYAS_ANCHOR_FTRUNCATE	(EYAS_ANCHOR_MAX + 1)
#define EYAS_ANCHORS		(EYAS_ANCHOR_MAX + 2)

/* Those that this kernel has, bit n: enum eyas_anchor_id n. Under eyas_sessions_lock. */
u64 eyas_anchor_available(void);

/*
 * Probe exactly @wanted. Under eyas_sessions_lock. On error nothing has changed.
 * When it returns, no probe that was taken away still runs.
 */
int eyas_anchor_set(u64 wanted);

#endif /* EYAS_ANCHOR_H */
