// SPDX-License-Identifier: GPL-2.0
/*
 * Generic netlink: what <linux/eyas.h> says under CONTROL. Types and lengths
 * are checked by the policy tables, values and rights by the handlers, each
 * refusal with a sentence.
 */
#include <linux/cpu.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include <linux/utsname.h>
#include <generated/utsrelease.h>
#include <net/genetlink.h>
#include "anchor.h"
#include "capture.h"
#include "count.h"
#include "genl.h"
#include "hook.h"
#include "session.h"

const struct nla_policy eyas_genl_plan_policy[EYAS_A_MAX + 1] = {
	[EYAS_A_PLAN_ABI]	= NLA_POLICY_MAX(NLA_U32, EYAS_ABI_MAX - 1),
	[EYAS_A_PLAN_NRS]	= NLA_POLICY_EXACT_LEN(EYAS_NR_MAX),
	[EYAS_A_PLAN_OTHER]	= NLA_POLICY_MASK(NLA_U8, EYAS_PLANS),
};

/* Not const: older kernels' nla_policy does not take that. */
static struct netlink_range_validation size_range = { 1, EYAS_RING_SIZE_MAX };
static struct netlink_range_validation wake_range = { 0, EYAS_WAKE_US_MAX };
static struct netlink_range_validation snaplen_range = { 1, EYAS_SNAPLEN_MAX };

static const struct nla_policy eyas_genl_policy[EYAS_A_MAX + 1] = {
	[EYAS_A_SESSION]	= { .type = NLA_U32 },
	[EYAS_A_BULK_SIZE]	= NLA_POLICY_FULL_RANGE(NLA_U32, &size_range),
	[EYAS_A_CRIT_SIZE]	= NLA_POLICY_FULL_RANGE(NLA_U32, &size_range),
	[EYAS_A_WAKE_US]	= NLA_POLICY_FULL_RANGE(NLA_U32, &wake_range),
	[EYAS_A_WATERMARK]	= NLA_POLICY_RANGE(NLA_U32, 1, 100),
	[EYAS_A_SNAPLEN]	= NLA_POLICY_FULL_RANGE(NLA_U32, &snaplen_range),
	[EYAS_A_EVENTS]		= NLA_POLICY_MASK(NLA_U32, EYAS_EVENTS),
	[EYAS_A_PLAN]		= NLA_POLICY_NESTED(eyas_genl_plan_policy),
	[EYAS_A_FLAGS]		= NLA_POLICY_MASK(NLA_U32, EYAS_FLAGS),
	[EYAS_A_ANCHORS]	= { .type = NLA_U64 },
	[EYAS_A_SCOPE_FLAGS]	= NLA_POLICY_MASK(NLA_U32, EYAS_SCOPE_F_ALL),
	[EYAS_A_SCOPE_PIDS]	= { .type = NLA_BINARY, .len = EYAS_SCOPE_MAX * sizeof(u32) },
	[EYAS_A_SCOPE_CGROUPS]	= { .type = NLA_BINARY, .len = EYAS_SCOPE_MAX * sizeof(u64) },
	[EYAS_A_SCOPE_PIDNS]	= { .type = NLA_BINARY, .len = EYAS_SCOPE_MAX * sizeof(u32) },
	[EYAS_A_SCOPE_UIDS]	= { .type = NLA_BINARY, .len = EYAS_SCOPE_MAX * sizeof(u32) },
};

static struct genl_family eyas_family;

/* ---- answers ---- */

/* A session with plans for all ABIs and a long scope. */
#define EYAS_ANSWER_SIZE	8000

struct answer {
	struct sk_buff *skb;
	void *hdr;
};

static int answer_begin(struct answer *a, struct genl_info *info, u8 cmd)
{
	a->skb = genlmsg_new(EYAS_ANSWER_SIZE, GFP_KERNEL);
	if (!a->skb)
		return -ENOMEM;
	a->hdr = genlmsg_put_reply(a->skb, info, &eyas_family, 0, cmd);
	if (a->hdr)
		return 0;
	nlmsg_free(a->skb);
	return -EMSGSIZE;
}

static int answer_end(struct answer *a, struct genl_info *info, int err)
{
	if (err) {
		nlmsg_free(a->skb);
		return err;
	}
	genlmsg_end(a->skb, a->hdr);
	return genlmsg_reply(a->skb, info);
}

static int info_get(struct sk_buff *skb, struct genl_info *info)
{
	unsigned int sessions;
	struct answer a;
	u64 anchors;
	int err = answer_begin(&a, info, EYAS_CMD_INFO_GET);

	if (err)
		return err;
	mutex_lock(&eyas_sessions_lock);
	sessions = eyas_session_count();
	anchors = eyas_anchor_available() & ((1ULL << EYAS_ANCHOR_MAX) - 1);
	mutex_unlock(&eyas_sessions_lock);
	if (nla_put_string(a.skb, EYAS_A_VERSION, EYAS_VERSION) ||
	    nla_put_u32(a.skb, EYAS_A_ABI_VERSION, EYAS_ABI_VERSION) ||
	    nla_put_u64_64bit(a.skb, EYAS_A_FEATURES, EYAS_FEATURES, EYAS_A_PAD) ||
	    nla_put_string(a.skb, EYAS_A_KERNEL, UTS_RELEASE) ||
	    nla_put_u32(a.skb, EYAS_A_SESSIONS, sessions) ||
	    nla_put_u32(a.skb, EYAS_A_HOOKS, eyas_hook_get()) ||
	    nla_put_u64_64bit(a.skb, EYAS_A_ANCHORS, anchors, EYAS_A_PAD))
		err = -EMSGSIZE;
	return answer_end(&a, info, err);
}

static bool plan_empty(const struct eyas_policy *p, u32 abi)
{
	return !memchr_inv(&p->plan[eyas_sc_slot(abi, 0)], 0, EYAS_NR_MAX + 1);
}

static int put_plan(struct sk_buff *skb, const struct eyas_policy *p, u32 abi)
{
	struct nlattr *nest;

	if (plan_empty(p, abi))
		return 0;
	nest = nla_nest_start(skb, EYAS_A_PLAN);
	if (!nest || nla_put_u32(skb, EYAS_A_PLAN_ABI, abi) ||
	    nla_put(skb, EYAS_A_PLAN_NRS, EYAS_NR_MAX,
		    &p->plan[eyas_sc_slot(abi, 0)]) ||
	    nla_put_u8(skb, EYAS_A_PLAN_OTHER, p->plan[eyas_sc_slot(abi, EYAS_NR_MAX)]))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_values(struct sk_buff *skb, int attr, const void *values, u32 n, size_t size)
{
	return n ? nla_put(skb, attr, n * size, values) : 0;
}

static int put_scope(struct sk_buff *skb, const struct eyas_scope *s)
{
	if ((s->flags && nla_put_u32(skb, EYAS_A_SCOPE_FLAGS, s->flags)) ||
	    put_values(skb, EYAS_A_SCOPE_PIDS, s->pids, s->npids, sizeof(u32)) ||
	    put_values(skb, EYAS_A_SCOPE_CGROUPS, s->cgroups, s->ncgroups, sizeof(u64)) ||
	    put_values(skb, EYAS_A_SCOPE_PIDNS, s->pidns, s->npidns, sizeof(u32)) ||
	    put_values(skb, EYAS_A_SCOPE_UIDS, s->uids, s->nuids, sizeof(u32)))
		return -EMSGSIZE;
	return 0;
}

/* Under eyas_sessions_lock. */
static int put_session(struct sk_buff *skb, const struct eyas_session *s)
{
	const struct eyas_policy *p =
		rcu_dereference_protected(s->policy, lockdep_is_held(&eyas_sessions_lock));
	u32 abi;

	if (nla_put_u32(skb, EYAS_A_SESSION, s->id) ||
	    nla_put_u32(skb, EYAS_A_OWNER_PID, pid_nr(s->owner)) ||
	    nla_put_u32(skb, EYAS_A_BULK_SIZE, s->size[EYAS_LANE_BULK]) ||
	    nla_put_u32(skb, EYAS_A_CRIT_SIZE, s->size[EYAS_LANE_CRIT]) ||
	    nla_put_u32(skb, EYAS_A_WAKE_US, s->wake_us) ||
	    nla_put_u32(skb, EYAS_A_WATERMARK, s->watermark) ||
	    nla_put_u32(skb, EYAS_A_SNAPLEN, p->snaplen) ||
	    nla_put_u32(skb, EYAS_A_EVENTS, p->events) ||
	    nla_put_u32(skb, EYAS_A_FLAGS, p->flags & EYAS_SESSION_F_ALL) ||
	    nla_put_u64_64bit(skb, EYAS_A_ANCHORS, p->anchors, EYAS_A_PAD) ||
	    put_scope(skb, &p->scope))
		return -EMSGSIZE;
	for (abi = 0; abi < EYAS_ABI_MAX; abi++)
		if (put_plan(skb, p, abi))
			return -EMSGSIZE;
	return 0;
}

/* Under eyas_sessions_lock; sets the sentence of the refusal. */
struct eyas_session *eyas_genl_session(struct genl_info *info)
{
	struct eyas_session *s;

	if (!info->attrs[EYAS_A_SESSION]) {
		NL_SET_ERR_MSG(info->extack, "which session? attribute SESSION is missing");
		return ERR_PTR(-EINVAL);
	}
	s = eyas_session_find(nla_get_u32(info->attrs[EYAS_A_SESSION]));
	if (s)
		return s;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[EYAS_A_SESSION], "no such session");
	return ERR_PTR(-ENOENT);
}

static int session_get(struct sk_buff *skb, struct genl_info *info)
{
	struct eyas_session *s;
	struct answer a;
	int err = answer_begin(&a, info, EYAS_CMD_SESSION_GET);

	if (err)
		return err;
	mutex_lock(&eyas_sessions_lock);
	s = eyas_genl_session(info);
	err = IS_ERR(s) ? PTR_ERR(s) : put_session(a.skb, s);
	mutex_unlock(&eyas_sessions_lock);
	return answer_end(&a, info, err);
}

static void *dump_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	return genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, &eyas_family,
			   NLM_F_MULTI, cmd);
}

static struct eyas_session *session_in(unsigned int slot)
{
	return rcu_dereference_protected(eyas_sessions[slot], lockdep_is_held(&eyas_sessions_lock));
}

static int session_dump_start(struct netlink_callback *cb)
{
	cb->min_dump_alloc = EYAS_ANSWER_SIZE;
	return 0;
}

static int session_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	long slot;

	mutex_lock(&eyas_sessions_lock);
	for (slot = cb->args[0]; slot < EYAS_SESSIONS_MAX; slot++) {
		struct eyas_session *s = session_in(slot);
		void *hdr;

		if (!s)
			continue;
		hdr = dump_put(skb, cb, EYAS_CMD_SESSION_GET);
		if (!hdr)
			break;
		if (put_session(skb, s)) {
			genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
	}
	mutex_unlock(&eyas_sessions_lock);
	cb->args[0] = slot;
	return skb->len;
}

/* ---- statistics ---- */

static int put_ring(struct sk_buff *skb, const struct eyas_session *s, struct eyas_ring *ring)
{
	u64 lost[EYAS_CLASS_MAX], lost_all = 0, produced;
	u64 unread = eyas_ring_unread(ring);
	u32 i;

	/* Each lost one is in lost before it is in produced, so records is not negative. */
	produced = READ_ONCE(ring->prod->produced);
	for (i = 0; i < EYAS_CLASS_MAX; i++) {
		lost[i] = READ_ONCE(ring->prod->lost[i]);
		lost_all += lost[i];
	}
	if (nla_put_u32(skb, EYAS_A_SESSION, s->id) ||
	    nla_put_u32(skb, EYAS_A_CPU, ring->cpu) ||
	    nla_put_u32(skb, EYAS_A_LANE, ring->lane) ||
	    nla_put_u32(skb, EYAS_A_RING_STATE, READ_ONCE(ring->prod->state)) ||
	    nla_put_u64_64bit(skb, EYAS_A_PRODUCED, produced, EYAS_A_PAD) ||
	    nla_put_u64_64bit(skb, EYAS_A_RECORDS, produced - min(produced, lost_all),
			      EYAS_A_PAD) ||
	    nla_put_u64_64bit(skb, EYAS_A_BYTES, READ_ONCE(ring->prod->head), EYAS_A_PAD) ||
	    nla_put(skb, EYAS_A_LOST, sizeof(lost), lost) ||
	    nla_put_u64_64bit(skb, EYAS_A_NESTED, per_cpu(eyas_refused, ring->cpu),
			      EYAS_A_PAD) ||
	    nla_put_u64_64bit(skb, EYAS_A_UNREAD, unread, EYAS_A_PAD))
		return -EMSGSIZE;
	return 0;
}

/* Rings of @s from the one numbered *pos on; false when the message is full. */
static bool put_rings(struct sk_buff *skb, struct netlink_callback *cb, struct eyas_session *s,
		      long *pos)
{
	for (; s->rings && *pos < (long)nr_cpu_ids * EYAS_LANE_MAX; (*pos)++) {
		struct eyas_ring *ring = s->rings[*pos];
		void *hdr;

		if (!ring)
			continue;
		hdr = dump_put(skb, cb, EYAS_CMD_STATS_GET);
		if (!hdr)
			return false;
		if (put_ring(skb, s, ring)) {
			genlmsg_cancel(skb, hdr);
			return false;
		}
		genlmsg_end(skb, hdr);
	}
	*pos = 0;
	return true;
}

static int stats_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *only = eyas_dump_attrs(cb)[EYAS_A_SESSION];
	long slot;

	mutex_lock(&eyas_sessions_lock);
	for (slot = cb->args[0]; slot < EYAS_SESSIONS_MAX; slot++) {
		struct eyas_session *s = session_in(slot);

		if (!s || (only && s->id != nla_get_u32(only)))
			continue;
		if (!put_rings(skb, cb, s, &cb->args[1]))
			break;
	}
	mutex_unlock(&eyas_sessions_lock);
	cb->args[0] = slot;
	return skb->len;
}

/* ---- counters ---- */

#define COUNTERS_EACH	40	/* in one message */

/* Numbers of *abi from *nr on, as many as fit; false: that was all. */
static int put_counters(struct sk_buff *skb, struct eyas_session *s, long *abi, long *nr)
{
	struct eyas_counter *c;
	struct nlattr *attr;
	unsigned int n = 0;

	if (nla_put_u32(skb, EYAS_A_SESSION, s->id) || nla_put_u32(skb, EYAS_A_COUNTER_ABI, *abi))
		return -EMSGSIZE;
	attr = nla_reserve(skb, EYAS_A_COUNTERS, COUNTERS_EACH * sizeof(*c));
	if (!attr)
		return -EMSGSIZE;
	for (c = nla_data(attr); n < COUNTERS_EACH && *nr <= EYAS_NR_MAX; (*nr)++) {
		struct eyas_counter one;

		/* Attributes are aligned to 4 bytes only. */
		if (eyas_count_get(s, *abi, *nr, &one))
			memcpy(&c[n++], &one, sizeof(one));
	}
	attr->nla_len = nla_attr_size(n * sizeof(*c));
	skb_trim(skb, (u8 *)attr - skb->data + NLA_ALIGN(attr->nla_len));
	if (*nr > EYAS_NR_MAX) {
		*nr = 0;
		(*abi)++;
	}
	return 0;
}

static int counters_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *which = eyas_dump_attrs(cb)[EYAS_A_SESSION];
	struct eyas_session *s;

	if (!which)
		return -EINVAL;
	mutex_lock(&eyas_sessions_lock);
	s = eyas_session_find(nla_get_u32(which));
	while (s && cb->args[0] < EYAS_ABI_MAX) {
		long abi = cb->args[0], nr = cb->args[1];
		void *hdr;

		if (!s->counts[abi]) {
			cb->args[0]++;
			continue;
		}
		hdr = dump_put(skb, cb, EYAS_CMD_COUNTERS_GET);
		if (!hdr || put_counters(skb, s, &abi, &nr)) {
			if (hdr)
				genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
		cb->args[0] = abi;
		cb->args[1] = nr;
	}
	mutex_unlock(&eyas_sessions_lock);
	return s ? skb->len : -ENOENT;
}

/* ---- notices ---- */

enum { MCGRP_EVENTS };

static const struct genl_multicast_group eyas_mcgrps[] = {
	[MCGRP_EVENTS] = { .name = EYAS_GENL_MCGRP },
};

void eyas_genl_notify(u8 cmd, u32 session, u32 owner_pid, const u64 *lost)
{
	struct sk_buff *skb;
	void *hdr;

	if (!genl_has_listeners(&eyas_family, &init_net, MCGRP_EVENTS))
		return;
	skb = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!skb)
		return;
	hdr = genlmsg_put(skb, 0, 0, &eyas_family, 0, cmd);
	if (!hdr || nla_put_u32(skb, EYAS_A_SESSION, session) ||
	    (owner_pid && nla_put_u32(skb, EYAS_A_OWNER_PID, owner_pid)) ||
	    (lost && nla_put(skb, EYAS_A_LOST, sizeof(*lost) * EYAS_CLASS_MAX, lost))) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast(&eyas_family, skb, 0, MCGRP_EVENTS, GFP_KERNEL);
}

/* ---- family ---- */

static const struct genl_ops eyas_ops[] = {
	{
		.cmd = EYAS_CMD_INFO_GET,
		.flags = GENL_ADMIN_PERM,
		.doit = info_get,
	},
	{
		.cmd = EYAS_CMD_SESSION_GET,
		.flags = GENL_ADMIN_PERM,
		.doit = session_get,
		.start = session_dump_start,
		.dumpit = session_dump,
	},
	{
		.cmd = EYAS_CMD_SESSION_SET,
		.flags = GENL_ADMIN_PERM,
		.doit = eyas_genl_set,
	},
	{
		.cmd = EYAS_CMD_STATS_GET,
		.flags = GENL_ADMIN_PERM,
		.dumpit = stats_dump,
	},
	{
		.cmd = EYAS_CMD_COUNTERS_GET,
		.flags = GENL_ADMIN_PERM,
		.dumpit = counters_dump,
	},
};

static struct genl_family eyas_family __ro_after_init = { .name = EYAS_GENL_NAME,
							  .version = EYAS_GENL_VERSION,
							  .maxattr = EYAS_A_MAX,
							  .policy = eyas_genl_policy,
							  .module = THIS_MODULE,
							  .ops = eyas_ops,
							  .n_ops = ARRAY_SIZE(eyas_ops),
							  .mcgrps = eyas_mcgrps,
							  .n_mcgrps = ARRAY_SIZE(eyas_mcgrps),
							  EYAS_GENL_RESV_START_OP(
								  EYAS_CMD_INFO_GET) };

int eyas_genl_init(void)
{
	return genl_register_family(&eyas_family);
}

void eyas_genl_exit(void)
{
	genl_unregister_family(&eyas_family);
}
