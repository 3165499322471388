// SPDX-License-Identifier: GPL-2.0
/* Policies: made by genl.c, read by probes, merged over all sessions here. */
#include <linux/mm.h>
#include <linux/slab.h>
#include "anchor.h"
#include "session.h"

struct eyas_wanted eyas_wanted __read_mostly;

struct eyas_policy *eyas_policy_create(const struct eyas_policy *old)
{
	struct eyas_policy *p;

	p = kvzalloc(sizeof(*p), GFP_KERNEL_ACCOUNT);
	if (p && old)
		*p = *old;
	else if (p)
		p->snaplen = EYAS_SNAPLEN_DEFAULT;
	return p;
}

void eyas_policy_free(struct eyas_policy *p, const struct eyas_policy *heir)
{
	if (!p)
		return;
	if (!heir || heir->scope.tree != p->scope.tree)
		kvfree(p->scope.tree);
	kvfree(p);
}

void eyas_policy_retire(struct eyas_policy *p, const struct eyas_policy *heir)
{
	struct eyas_tree *tree;

	if (!p)
		return;
	tree = p->scope.tree;
	if (tree && heir->scope.tree != tree)
		kvfree_rcu(tree, rcu);
	kvfree_rcu(p, rcu);
}

u8 eyas_policy_effective(u8 plan, const struct eyas_sc *sc)
{
	if (!sc->strings)
		plan &= ~EYAS_PLAN_STRINGS;
	if (sc->nops == sc->strings)
		plan &= ~EYAS_PLAN_DATA;
	if ((sc->flags & EYAS_SC_CLOSES) ||
	    (!sc->fds && !sc->pids && !(sc->flags & EYAS_SC_OBJECTS)))
		plan &= ~EYAS_PLAN_OBJECTS;
	return plan;
}

void eyas_policy_complete(struct eyas_policy *p)
{
	unsigned int nr;

	p->flags &= ~(EYAS_POLICY_SCOPED | EYAS_POLICY_TREE);
	if (eyas_scope_any(&p->scope))
		p->flags |= EYAS_POLICY_SCOPED;
	if (eyas_scope_only_tree(&p->scope))
		p->flags |= EYAS_POLICY_TREE;
	for (nr = 0; nr < EYAS_NR_MAX; nr++)
		eyas_quick_init(p, nr);
}

/* The policy of the session in @slot, NULL if there is no session or it has not started. */
static struct eyas_policy *policy_at(unsigned int slot)
{
	struct eyas_session *s = rcu_dereference_protected(eyas_sessions[slot],
							   lockdep_is_held(&eyas_sessions_lock));

	if (!s || !s->rings)
		return NULL;
	return rcu_dereference_protected(s->policy, lockdep_is_held(&eyas_sessions_lock));
}

/* Whether a plan needs the start of the call; its end is needed by every plan. */
static bool wants_enter(const struct eyas_policy *p, u8 plan)
{
	return plan && ((plan & EYAS_PLAN_ENTER) || (p->flags & EYAS_SESSION_F_TIMES));
}

/* Where the sessions that want an event are in struct eyas_wanted. */
static const struct {
	u32 event;
	size_t offset;
} event_masks[] = {
	{ EYAS_EVENT_EXEC,	offsetof(struct eyas_wanted, exec) },
	{ EYAS_EVENT_FORK,	offsetof(struct eyas_wanted, fork) },
	{ EYAS_EVENT_EXIT,	offsetof(struct eyas_wanted, exit) },
	{ EYAS_EVENT_SIGNAL,	offsetof(struct eyas_wanted, signal) },
	{ EYAS_EVENT_COMM,	offsetof(struct eyas_wanted, comm) },
	{ EYAS_EVENT_CREDS,	offsetof(struct eyas_wanted, creds) },
	{ EYAS_EVENT_URING,	offsetof(struct eyas_wanted, uring) },
};

/* Whether a record of its start is due when the call lasts. */
static bool wants_late(const struct eyas_policy *p, u8 plan)
{
	return (p->flags & EYAS_SESSION_F_LATE) &&
	       (plan & (EYAS_PLAN_RECORD | EYAS_PLAN_ENTER)) == EYAS_PLAN_RECORD;
}

/* The call in @slot, which session @bit has this plan for. */
static u32 merge_plan(struct eyas_wanted *w, const struct eyas_policy *p, unsigned int slot,
		      u16 bit)
{
	u8 plan = p->plan[slot];
	u32 hooks = EYAS_HOOK_SYS;

	if (!plan)
		return 0;
	w->call[slot].exit |= bit;
	if (wants_enter(p, plan)) {
		w->call[slot].enter |= bit;
		hooks |= EYAS_HOOK_SYS_ENTER;
	}
	if (wants_late(p, plan)) {
		w->late[slot] |= bit;
		hooks |= EYAS_HOOK_SWITCH | EYAS_EVENT_FORK;
	}
	/* What is remembered of a thread's calls is forgotten when it execs or ends. */
	if (hooks != EYAS_HOOK_SYS)
		hooks |= EYAS_EVENT_EXEC | EYAS_EVENT_EXIT;
	return hooks;
}

/* Add the wishes of one session; returns the hooks it needs. */
static u32 merge_one(struct eyas_wanted *w, const struct eyas_policy *p, u16 bit)
{
	u32 hooks = p->events;
	unsigned int slot, i;

	for (slot = 0; slot < EYAS_SLOTS; slot++)
		hooks |= merge_plan(w, p, slot, bit);
	for (i = 0; i < ARRAY_SIZE(event_masks); i++)
		if (p->events & event_masks[i].event)
			*(u16 *)((u8 *)w + event_masks[i].offset) |= bit;
	for (i = 0; i < EYAS_ANCHOR_MAX; i++)
		if (p->anchors & (1ULL << i))
			w->anchor[i] |= bit;
	if (p->scope.tree) {
		w->trees |= bit;
		hooks |= EYAS_EVENT_PROCESS;
	}
	return hooks;
}

/*
 * Probes may read while we write: each value is right before and after, and
 * the session's own policy, checked again in the probe, decides.
 */
static void wanted_store(const struct eyas_wanted *w)
{
	unsigned int slot, i;

	for (slot = 0; slot < EYAS_SLOTS; slot++) {
		WRITE_ONCE(eyas_wanted.call[slot].exit, w->call[slot].exit);
		WRITE_ONCE(eyas_wanted.call[slot].enter, w->call[slot].enter);
		WRITE_ONCE(eyas_wanted.late[slot], w->late[slot]);
	}
	WRITE_ONCE(eyas_wanted.trees, w->trees);
	for (i = 0; i < ARRAY_SIZE(event_masks); i++)
		WRITE_ONCE(*(u16 *)((u8 *)&eyas_wanted + event_masks[i].offset),
			   *(const u16 *)((const u8 *)w + event_masks[i].offset));
	for (i = 0; i < EYAS_ANCHOR_MAX; i++)
		WRITE_ONCE(eyas_wanted.anchor[i], w->anchor[i]);
}

u32 eyas_policy_merge(u64 *ret_anchors)
{
	/* Under eyas_sessions_lock, as all of it; too big for the stack. */
	static struct eyas_wanted w;
	unsigned int slot;
	u32 hooks = 0;

	lockdep_assert_held(&eyas_sessions_lock);
	memset(&w, 0, sizeof(w));
	*ret_anchors = 0;
	for (slot = 0; slot < EYAS_SESSIONS_MAX; slot++) {
		struct eyas_policy *p = policy_at(slot);

		if (!p)
			continue;
		hooks |= merge_one(&w, p, 1U << slot);
		*ret_anchors |= p->anchors;
	}
	wanted_store(&w);
	/* Not a tracepoint. */
	if (hooks & EYAS_EVENT_CREDS)
		*ret_anchors |= 1ULL << EYAS_ANCHOR_CREDS;
	return hooks;
}
