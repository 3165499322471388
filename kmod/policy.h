/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a session wants recorded: one immutable object for each session, and,
 * merged from them all, for each call the set of sessions that want it, which
 * is all that a call nobody wants has to look at.
 */
#ifndef EYAS_POLICY_H
#define EYAS_POLICY_H

#include <linux/rcupdate.h>
#include <linux/eyas.h>

struct eyas_policy {
	struct rcu_head rcu;
	u32 events;		/* EYAS_EVENT_* */
	u32 snaplen;
	u8 plan[EYAS_ABI_MAX][EYAS_NR_MAX];
	u8 other[EYAS_ABI_MAX];
};

/* Sets of sessions by slot; read by probes without lock, see eyas_policy_merge(). */
struct eyas_wanted {
	u16 nr[EYAS_ABI_MAX][EYAS_NR_MAX];
	u16 other[EYAS_ABI_MAX];
	u16 exec;
	u16 fork;
	u16 exit;
};

extern struct eyas_wanted eyas_wanted;

/* A copy of @old, or with NULL the policy of a new session: nothing. NULL: no memory. */
struct eyas_policy *eyas_policy_create(const struct eyas_policy *old);

/*
 * Work out eyas_wanted from the policies of all sessions, under
 * eyas_sessions_lock. Returns the hooks that are needed: EYAS_EVENT_*,
 * EYAS_HOOK_SYS.
 */
u32 eyas_policy_merge(void);

static __always_inline u8 eyas_policy_plan(const struct eyas_policy *p, u8 abi, int nr)
{
	if (likely((unsigned int)nr < EYAS_NR_MAX))
		return p->plan[abi][nr];
	return p->other[abi];
}

static __always_inline u16 eyas_policy_wanted(u8 abi, int nr)
{
	if (likely((unsigned int)nr < EYAS_NR_MAX))
		return READ_ONCE(eyas_wanted.nr[abi][nr]);
	return READ_ONCE(eyas_wanted.other[abi]);
}

#endif /* EYAS_POLICY_H */
