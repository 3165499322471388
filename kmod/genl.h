/* SPDX-License-Identifier: GPL-2.0 */
/* The control plane: generic netlink family "eyas". */
#ifndef EYAS_GENL_H
#define EYAS_GENL_H

#include <linux/eyas.h>

/* What this module does of what <linux/eyas.h> describes. */
#define EYAS_FEATURES	(EYAS_FEATURE_FILES | EYAS_FEATURE_IA32 | EYAS_FEATURE_DATA | \
			 EYAS_FEATURE_ENTER | EYAS_FEATURE_SOCKETS)
#define EYAS_EVENTS	(EYAS_EVENT_EXEC | EYAS_EVENT_FORK | EYAS_EVENT_EXIT)
#define EYAS_PLANS	(EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS | \
			 EYAS_PLAN_NO_FAILED | EYAS_PLAN_NO_OK | EYAS_PLAN_DATA | \
			 EYAS_PLAN_ENTER)

int eyas_genl_init(void);
void eyas_genl_exit(void);

/* Tell the multicast group; @lost may be NULL. May sleep. */
void eyas_genl_notify(u8 cmd, u32 session, u32 owner_pid, const u64 *lost);

#endif /* EYAS_GENL_H */
