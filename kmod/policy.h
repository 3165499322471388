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
#include "quick.h"
#include "scope.h"
#include "syscalls.h"

struct eyas_policy {
	struct rcu_head rcu;
	u32 events;		/* EYAS_EVENT_* */
	u32 snaplen;
	u32 flags;		/* EYAS_SESSION_F_*, EYAS_POLICY_SCOPED */
	u64 anchors;		/* bit n: enum eyas_anchor_id n */
	u8 plan[EYAS_SLOTS];	/* by eyas_sc_slot() */
	struct eyas_scope scope;
	struct eyas_quick quick[EYAS_NR_MAX];	/* for native calls */
};

/* In eyas_policy.flags, set by eyas_policy_complete(): the scope limits something. */
#define EYAS_POLICY_SCOPED	(1U << 31)
#define EYAS_POLICY_TREE	(1U << 30)	/* to a tree, and by nothing else */

/* Sets of sessions by slot; read by probes without lock, see eyas_policy_merge(). */
struct eyas_wanted {
	struct {
		u16 exit;
		u16 enter;	/* those that want its start, too */
	} call[EYAS_SLOTS];
	u16 late[EYAS_SLOTS];	/* those that want to know when it lasts */
	u16 trees;
	u16 exec;
	u16 fork;
	u16 exit;
	u16 signal;
	u16 comm;
	u16 creds;
	u16 uring;
	u16 anchor[EYAS_ANCHOR_MAX];
};

extern struct eyas_wanted eyas_wanted;

/*
 * A copy of @old, or with NULL the policy of a new session: nothing. NULL: no
 * memory. A copy shares its scope's tree until it is given another.
 */
struct eyas_policy *eyas_policy_create(const struct eyas_policy *old);

/* Free @p, which no probe sees any more; its tree, too, unless @heir has it. */
void eyas_policy_free(struct eyas_policy *p, const struct eyas_policy *heir);
/* The same, when probes that still see it are done. */
void eyas_policy_retire(struct eyas_policy *p, const struct eyas_policy *heir);

/* Whether current is in the scope of @p, which is SCOPED. Preemption is off. */
static __always_inline bool eyas_policy_in_scope(const struct eyas_policy *p)
{
	return ((p->flags & EYAS_POLICY_TREE) && test_bit(current->pid, p->scope.tree->tids)) ||
	       eyas_scope_holds(&p->scope);
}

/* Any of these: a record has more than registers. */
#define EYAS_PLAN_MORE	(EYAS_PLAN_STRINGS | EYAS_PLAN_DATA | EYAS_PLAN_OBJECTS)

/* @plan without what there is nothing of at the end of that call. */
u8 eyas_policy_effective(u8 plan, const struct eyas_sc *sc);

/* Work out what follows from the rest of @p, before it is put in force. */
void eyas_policy_complete(struct eyas_policy *p);

/*
 * Work out eyas_wanted from the policies of all sessions, under
 * eyas_sessions_lock. Returns the hooks that are needed: EYAS_EVENT_*,
 * EYAS_HOOK_*; anchors, with EYAS_ANCHOR_CREDS, go to *ret_anchors.
 */
u32 eyas_policy_merge(u64 *ret_anchors);

#endif /* EYAS_POLICY_H */
