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
#include "capture.h"
#include "genl.h"
#include "hook.h"
#include "session.h"

static unsigned int max_mb = 1024;
module_param(max_mb, uint, 0644);
MODULE_PARM_DESC(max_mb, "most memory that the rings of one session may take, MiB (1024)");

static const struct nla_policy plan_policy[EYAS_A_MAX + 1] = {
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
	[EYAS_A_PLAN]		= NLA_POLICY_NESTED(plan_policy),
	[EYAS_A_FLAGS]		= NLA_POLICY_MASK(NLA_U32, EYAS_SESSION_F_ALL),
};

static struct genl_family eyas_family;

/* ---- answers ---- */

struct answer {
	struct sk_buff *skb;
	void *hdr;
};

static int answer_begin(struct answer *a, struct genl_info *info, u8 cmd)
{
	a->skb = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
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
	int err = answer_begin(&a, info, EYAS_CMD_INFO_GET);

	if (err)
		return err;
	mutex_lock(&eyas_sessions_lock);
	sessions = eyas_session_count();
	mutex_unlock(&eyas_sessions_lock);
	if (nla_put_string(a.skb, EYAS_A_VERSION, EYAS_VERSION) ||
	    nla_put_u32(a.skb, EYAS_A_ABI_VERSION, EYAS_ABI_VERSION) ||
	    nla_put_u64_64bit(a.skb, EYAS_A_FEATURES, EYAS_FEATURES, EYAS_A_PAD) ||
	    nla_put_string(a.skb, EYAS_A_KERNEL, UTS_RELEASE) ||
	    nla_put_u32(a.skb, EYAS_A_SESSIONS, sessions) ||
	    nla_put_u32(a.skb, EYAS_A_HOOKS, eyas_hook_get()))
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

/* Under eyas_sessions_lock. */
static int put_session(struct sk_buff *skb, const struct eyas_session *s)
{
	const struct eyas_policy *p = rcu_dereference_protected(s->policy,
						lockdep_is_held(&eyas_sessions_lock));
	u32 abi;

	if (nla_put_u32(skb, EYAS_A_SESSION, s->id) ||
	    nla_put_u32(skb, EYAS_A_OWNER_PID, pid_nr(s->owner)) ||
	    nla_put_u32(skb, EYAS_A_BULK_SIZE, s->size[EYAS_LANE_BULK]) ||
	    nla_put_u32(skb, EYAS_A_CRIT_SIZE, s->size[EYAS_LANE_CRIT]) ||
	    nla_put_u32(skb, EYAS_A_WAKE_US, s->wake_us) ||
	    nla_put_u32(skb, EYAS_A_WATERMARK, s->watermark) ||
	    nla_put_u32(skb, EYAS_A_SNAPLEN, p->snaplen) ||
	    nla_put_u32(skb, EYAS_A_EVENTS, p->events) ||
	    nla_put_u32(skb, EYAS_A_FLAGS, p->flags))
		return -EMSGSIZE;
	for (abi = 0; abi < EYAS_ABI_MAX; abi++)
		if (put_plan(skb, p, abi))
			return -EMSGSIZE;
	return 0;
}

/* Under eyas_sessions_lock; sets the sentence of the refusal. */
static struct eyas_session *session_named(struct genl_info *info)
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
	s = session_named(info);
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
	return rcu_dereference_protected(eyas_sessions[slot],
					 lockdep_is_held(&eyas_sessions_lock));
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

/* ---- session set ---- */

static bool plan_valid(u8 plan)
{
	return !(plan & ~EYAS_PLANS) && (!plan || (plan & (EYAS_PLAN_RECORD | EYAS_PLAN_COUNT)));
}

static int set_plan(struct eyas_policy *p, struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[EYAS_A_MAX + 1];
	u8 *plan;
	u32 nr;
	int err;

	err = nla_parse_nested(tb, EYAS_A_MAX, nest, plan_policy, extack);
	if (err)
		return err;
	if (!tb[EYAS_A_PLAN_ABI]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "a plan needs PLAN_ABI");
		return -EINVAL;
	}
	plan = &p->plan[eyas_sc_slot(nla_get_u32(tb[EYAS_A_PLAN_ABI]), 0)];
	if (tb[EYAS_A_PLAN_NRS])
		memcpy(plan, nla_data(tb[EYAS_A_PLAN_NRS]), EYAS_NR_MAX);
	if (tb[EYAS_A_PLAN_OTHER])
		plan[EYAS_NR_MAX] = nla_get_u8(tb[EYAS_A_PLAN_OTHER]);
	for (nr = 0; nr <= EYAS_NR_MAX; nr++) {
		if (plan_valid(plan[nr]))
			continue;
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "a byte of PLAN_NRS or PLAN_OTHER has unknown bits, or no RECORD");
		return -EINVAL;
	}
	return 0;
}

static int set_policy(struct eyas_policy *p, struct genl_info *info)
{
	struct nlattr *attr;
	int rem, err;

	if (info->attrs[EYAS_A_EVENTS])
		p->events = nla_get_u32(info->attrs[EYAS_A_EVENTS]);
	if (info->attrs[EYAS_A_FLAGS])
		p->flags = nla_get_u32(info->attrs[EYAS_A_FLAGS]);
	if (info->attrs[EYAS_A_SNAPLEN])
		p->snaplen = nla_get_u32(info->attrs[EYAS_A_SNAPLEN]);
	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != EYAS_A_PLAN)
			continue;
		err = set_plan(p, attr, info->extack);
		if (err)
			return err;
	}
	return 0;
}

static int set_size(struct eyas_session *s, struct genl_info *info, int attr, u32 lane)
{
	struct nlattr *nla = info->attrs[attr];
	u32 size;

	if (!nla)
		return 0;
	size = nla_get_u32(nla);
	if (s->rings && size != s->size[lane]) {
		NL_SET_ERR_MSG_ATTR(info->extack, nla,
				    "ring sizes are fixed once the session has started");
		return -EBUSY;
	}
	if (!is_power_of_2(size) || size < max_t(u32, EYAS_RING_SIZE_MIN, PAGE_SIZE)) {
		NL_SET_ERR_MSG_ATTR(info->extack, nla,
				    "a ring size is a power of two, 16384 or more");
		return -EINVAL;
	}
	s->size[lane] = size;
	return 0;
}

static int set_rings(struct eyas_session *s, struct genl_info *info)
{
	u64 all;
	int err;

	err = set_size(s, info, EYAS_A_BULK_SIZE, EYAS_LANE_BULK);
	if (!err)
		err = set_size(s, info, EYAS_A_CRIT_SIZE, EYAS_LANE_CRIT);
	if (err)
		return err;
	all = ((u64)s->size[EYAS_LANE_BULK] + s->size[EYAS_LANE_CRIT]) * num_online_cpus();
	if (s->rings || all <= (u64)READ_ONCE(max_mb) << 20)
		return 0;
	NL_SET_ERR_MSG(info->extack, "the rings would exceed module parameter max_mb");
	return -ENOMEM;
}

/* Under eyas_sessions_lock and cpus_read_lock(). */
static int session_apply(struct eyas_session *s, struct genl_info *info)
{
	struct eyas_policy *p;
	u32 size[EYAS_LANE_MAX];
	int err;

	memcpy(size, s->size, sizeof(size));
	p = eyas_policy_create(rcu_dereference_protected(s->policy,
					lockdep_is_held(&eyas_sessions_lock)));
	if (!p)
		return -ENOMEM;
	err = set_policy(p, info);
	if (!err)
		err = set_rings(s, info);
	if (!err && !s->rings) {
		err = eyas_session_start(s);
		if (err)
			NL_SET_ERR_MSG(info->extack, "no memory for the rings; ask for smaller ones");
	}
	if (err) {
		memcpy(s->size, size, sizeof(size));
		kfree(p);
		return err;
	}
	if (info->attrs[EYAS_A_WAKE_US])
		WRITE_ONCE(s->wake_us, nla_get_u32(info->attrs[EYAS_A_WAKE_US]));
	if (info->attrs[EYAS_A_WATERMARK])
		WRITE_ONCE(s->watermark, nla_get_u32(info->attrs[EYAS_A_WATERMARK]));
	eyas_policy_complete(p);
	return eyas_session_set_policy(s, p);
}

static int session_set(struct sk_buff *skb, struct genl_info *info)
{
	struct eyas_session *s;
	int err;

	cpus_read_lock();
	mutex_lock(&eyas_sessions_lock);
	s = session_named(info);
	if (IS_ERR(s)) {
		err = PTR_ERR(s);
	} else if (s->owner != task_tgid(current)) {
		/* Else CAP_NET_ADMIN could blind what CAP_SYS_ADMIN set up. */
		NL_SET_ERR_MSG(info->extack, "only the process that opened a session may set it");
		err = -EPERM;
	} else {
		err = session_apply(s, info);
	}
	mutex_unlock(&eyas_sessions_lock);
	cpus_read_unlock();
	return err;
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
		.cmd	= EYAS_CMD_INFO_GET,
		.flags	= GENL_ADMIN_PERM,
		.doit	= info_get,
	}, {
		.cmd	= EYAS_CMD_SESSION_GET,
		.flags	= GENL_ADMIN_PERM,
		.doit	= session_get,
		.dumpit	= session_dump,
	}, {
		.cmd	= EYAS_CMD_SESSION_SET,
		.flags	= GENL_ADMIN_PERM,
		.doit	= session_set,
	}, {
		.cmd	= EYAS_CMD_STATS_GET,
		.flags	= GENL_ADMIN_PERM,
		.dumpit	= stats_dump,
	},
};

static struct genl_family eyas_family __ro_after_init = {
	.name		= EYAS_GENL_NAME,
	.version	= EYAS_GENL_VERSION,
	.maxattr	= EYAS_A_MAX,
	.policy		= eyas_genl_policy,
	.module		= THIS_MODULE,
	.ops		= eyas_ops,
	.n_ops		= ARRAY_SIZE(eyas_ops),
	.mcgrps		= eyas_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(eyas_mcgrps),
	EYAS_GENL_RESV_START_OP(EYAS_CMD_INFO_GET)
};

int eyas_genl_init(void)
{
	return genl_register_family(&eyas_family);
}

void eyas_genl_exit(void)
{
	genl_unregister_family(&eyas_family);
}
