// SPDX-License-Identifier: GPL-2.0
/* Policies: made by genl.c, read by probes, merged over all sessions here. */
#include <linux/slab.h>
#include "session.h"

struct eyas_wanted eyas_wanted __read_mostly;

struct eyas_policy *eyas_policy_create(const struct eyas_policy *old)
{
	struct eyas_policy *p;

	if (old)
		return kmemdup(old, sizeof(*old), GFP_KERNEL_ACCOUNT);
	p = kzalloc(sizeof(*p), GFP_KERNEL_ACCOUNT);
	if (p)
		p->snaplen = EYAS_SNAPLEN_DEFAULT;
	return p;
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

/* Add the wishes of one session; returns the hooks it needs. */
static u32 merge_one(struct eyas_wanted *w, const struct eyas_policy *p, u16 bit)
{
	u32 hooks = p->events;
	unsigned int abi, nr;

	for (abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (nr = 0; nr < EYAS_NR_MAX; nr++) {
			if (!p->plan[abi][nr])
				continue;
			w->nr[abi][nr] |= bit;
			hooks |= EYAS_HOOK_SYS;
		}
		if (p->other[abi]) {
			w->other[abi] |= bit;
			hooks |= EYAS_HOOK_SYS;
		}
	}
	if (p->events & EYAS_EVENT_EXEC)
		w->exec |= bit;
	if (p->events & EYAS_EVENT_FORK)
		w->fork |= bit;
	if (p->events & EYAS_EVENT_EXIT)
		w->exit |= bit;
	return hooks;
}

/*
 * Probes may read while we write: each value is right before and after, and
 * the session's own policy, checked again in the probe, decides.
 */
static void wanted_store(const struct eyas_wanted *w)
{
	unsigned int abi, nr;

	for (abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (nr = 0; nr < EYAS_NR_MAX; nr++)
			WRITE_ONCE(eyas_wanted.nr[abi][nr], w->nr[abi][nr]);
		WRITE_ONCE(eyas_wanted.other[abi], w->other[abi]);
	}
	WRITE_ONCE(eyas_wanted.exec, w->exec);
	WRITE_ONCE(eyas_wanted.fork, w->fork);
	WRITE_ONCE(eyas_wanted.exit, w->exit);
}

u32 eyas_policy_merge(void)
{
	/* Under eyas_sessions_lock, as all of it; too big for the stack. */
	static struct eyas_wanted w;
	unsigned int slot;
	u32 hooks = 0;

	lockdep_assert_held(&eyas_sessions_lock);
	memset(&w, 0, sizeof(w));
	for (slot = 0; slot < EYAS_SESSIONS_MAX; slot++) {
		struct eyas_policy *p = policy_at(slot);

		if (p)
			hooks |= merge_one(&w, p, 1U << slot);
	}
	wanted_store(&w);
	return hooks;
}
