/* SPDX-License-Identifier: GPL-2.0 */
/* Tracepoints: found by name, registered while somebody needs them. */
#ifndef EYAS_HOOK_H
#define EYAS_HOOK_H

#include <linux/types.h>

int eyas_hook_init(void);	/* find them all; -ENODEV names the missing one in the log */
void eyas_hook_exit(void);

/*
 * Register exactly the hooks in @hooks (EYAS_EVENT_*, EYAS_HOOK_*) and @anchors. Under
 * eyas_sessions_lock. On error the rest is as before. When it returns, no
 * probe that was taken away still runs.
 */
int eyas_hook_set(u32 hooks, u64 anchors);

/* Whether this kernel's io_uring can be watched. */
bool eyas_hook_uring(void);

u32 eyas_hook_get(void);

#endif /* EYAS_HOOK_H */
