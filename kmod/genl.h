/* SPDX-License-Identifier: GPL-2.0 */
/* The control plane: generic netlink family "eyas". */
#ifndef EYAS_GENL_H
#define EYAS_GENL_H

#include <net/genetlink.h>
#include <linux/eyas.h>
#include "arch.h"

struct eyas_session;

/* What this module does of what <linux/eyas.h> describes. */
#define EYAS_FEATURES	(EYAS_FEATURE_FILES | EYAS_FEATURE_IA32 | EYAS_FEATURE_DATA | \
			 EYAS_FEATURE_ENTER | EYAS_FEATURE_SOCKETS | EYAS_FEATURE_SCOPE | \
			 EYAS_FEATURE_COUNT | EYAS_FEATURE_SIGNALS | EYAS_FEATURE_ANCHORS | \
			 EYAS_FEATURE_URING | EYAS_FEATURE_BRIEF | \
			 (EYAS_ARCH_LATE ? EYAS_FEATURE_LATE : 0))
#define EYAS_EVENTS	EYAS_EVENT_ALL
#define EYAS_FLAGS	(EYAS_SESSION_F_TIMES | EYAS_SESSION_F_BRIEF | \
			 (EYAS_ARCH_LATE ? EYAS_SESSION_F_LATE : 0))
#define EYAS_PLANS	(EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS | \
			 EYAS_PLAN_NO_FAILED | EYAS_PLAN_NO_OK | EYAS_PLAN_DATA | \
			 EYAS_PLAN_ENTER | EYAS_PLAN_COUNT)

/* Between genl.c and genl_set.c. */
extern const struct nla_policy eyas_genl_plan_policy[EYAS_A_MAX + 1];
int eyas_genl_set(struct sk_buff *skb, struct genl_info *info);
/* The session that a request names; ERR_PTR, with a sentence. Under eyas_sessions_lock. */
struct eyas_session *eyas_genl_session(struct genl_info *info);

int eyas_genl_init(void);
void eyas_genl_exit(void);

/* Tell the multicast group; @lost may be NULL. May sleep. */
void eyas_genl_notify(u8 cmd, u32 session, u32 owner_pid, const u64 *lost);

#endif /* EYAS_GENL_H */
