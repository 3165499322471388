// SPDX-License-Identifier: GPL-2.0
/* EYAS_CMD_SESSION_SET: a new policy from attributes, all of it or nothing. */
#include <linux/cpu.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include "anchor.h"
#include "count.h"
#include "genl.h"
#include "hook.h"
#include "session.h"

static unsigned int max_mb = 1024;
module_param(max_mb, uint, 0644);
MODULE_PARM_DESC(max_mb, "most memory that the rings of one session may take, MiB (1024)");

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

	err = nla_parse_nested(tb, EYAS_A_MAX, nest, eyas_genl_plan_policy, extack);
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
		NL_SET_ERR_MSG_ATTR(
			extack, nest,
			"a byte of PLAN_NRS or PLAN_OTHER has unknown bits, or no RECORD");
		return -EINVAL;
	}
	return 0;
}

/* @n values of @size bytes from an attribute, if it is there. */
static int set_values(struct genl_info *info, int attr, void *values, u32 *n, size_t size)
{
	struct nlattr *nla = info->attrs[attr];

	if (!nla)
		return 0;
	if (nla_len(nla) % size) {
		NL_SET_ERR_MSG_ATTR(info->extack, nla, "length is not that of whole values");
		return -EINVAL;
	}
	*n = nla_len(nla) / size;
	memcpy(values, nla_data(nla), nla_len(nla));
	return 0;
}

static int set_scope(struct eyas_scope *s, struct genl_info *info)
{
	int err;

	if (info->attrs[EYAS_A_SCOPE_FLAGS])
		s->flags = nla_get_u32(info->attrs[EYAS_A_SCOPE_FLAGS]);
	err = set_values(info, EYAS_A_SCOPE_PIDS, s->pids, &s->npids, sizeof(u32));
	if (!err)
		err = set_values(info, EYAS_A_SCOPE_CGROUPS, s->cgroups, &s->ncgroups, sizeof(u64));
	if (!err)
		err = set_values(info, EYAS_A_SCOPE_PIDNS, s->pidns, &s->npidns, sizeof(u32));
	if (!err)
		err = set_values(info, EYAS_A_SCOPE_UIDS, s->uids, &s->nuids, sizeof(u32));
	if (err || !(info->attrs[EYAS_A_SCOPE_PIDS] || info->attrs[EYAS_A_SCOPE_FLAGS]))
		return err;
	return eyas_scope_plant(s);
}

static int set_policy(struct eyas_policy *p, struct genl_info *info)
{
	struct nlattr *attr;
	int rem, err;

	if (info->attrs[EYAS_A_EVENTS])
		p->events = nla_get_u32(info->attrs[EYAS_A_EVENTS]);
	if ((p->events & EYAS_EVENT_URING) && !eyas_hook_uring()) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[EYAS_A_EVENTS],
				    "io_uring of this kernel cannot be watched");
		return -EOPNOTSUPP;
	}
	if (info->attrs[EYAS_A_ANCHORS])
		p->anchors = nla_get_u64(info->attrs[EYAS_A_ANCHORS]);
	if (p->anchors & ~(eyas_anchor_available() & ((1ULL << EYAS_ANCHOR_MAX) - 1))) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[EYAS_A_ANCHORS],
				    "not all of these anchors are there; INFO_GET tells which are");
		return -EOPNOTSUPP;
	}
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
	return set_scope(&p->scope, info);
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

static int set_counts(struct eyas_session *s, const struct eyas_policy *p)
{
	unsigned int slot;
	int err = 0;

	for (slot = 0; !err && slot < EYAS_SLOTS; slot++)
		if (p->plan[slot] & EYAS_PLAN_COUNT)
			err = eyas_count_init(s, slot / (EYAS_NR_MAX + 1));
	return err;
}

/* Under eyas_sessions_lock and cpus_read_lock(). */
static int session_apply(struct eyas_session *s, struct genl_info *info)
{
	struct eyas_policy *p, *old;
	u32 size[EYAS_LANE_MAX];
	int err;

	memcpy(size, s->size, sizeof(size));
	old = rcu_dereference_protected(s->policy, lockdep_is_held(&eyas_sessions_lock));
	p = eyas_policy_create(old);
	if (!p)
		return -ENOMEM;
	err = set_policy(p, info);
	if (!err)
		err = set_rings(s, info);
	if (!err)
		err = set_counts(s, p);
	if (!err && !s->rings) {
		err = eyas_session_start(s);
		if (err)
			NL_SET_ERR_MSG(info->extack,
				       "no memory for the rings; ask for smaller ones");
	}
	if (err) {
		memcpy(s->size, size, sizeof(size));
		eyas_policy_free(p, old);
		return err;
	}
	if (info->attrs[EYAS_A_WAKE_US])
		WRITE_ONCE(s->wake_us, nla_get_u32(info->attrs[EYAS_A_WAKE_US]));
	if (info->attrs[EYAS_A_WATERMARK])
		WRITE_ONCE(s->watermark, nla_get_u32(info->attrs[EYAS_A_WATERMARK]));
	eyas_policy_complete(p);
	return eyas_session_set_policy(s, p);
}

int eyas_genl_set(struct sk_buff *skb, struct genl_info *info)
{
	struct eyas_session *s;
	int err;

	cpus_read_lock();
	mutex_lock(&eyas_sessions_lock);
	s = eyas_genl_session(info);
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
