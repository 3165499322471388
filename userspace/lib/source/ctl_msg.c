// SPDX-License-Identifier: Apache-2.0
/* Messages of family "eyas" as bytes. Answers are read by tables: attribute, length, member. */
#include "source/ctl_msg.h"

#include <errno.h>
#include <inttypes.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <stdbool.h>
#include <string.h>
#include "base/bytes.h"

#define ATTR_TYPE_MASK	0x3fff	/* less NLA_F_NESTED and NLA_F_NET_BYTEORDER */

/* Where the payload of an attribute goes. */
struct row {
	uint16_t type;
	uint16_t len;		/* of the payload, exactly; 0: a string ended by NUL */
	uint16_t offset;	/* in the struct */
	uint16_t size;		/* there */
	bool optional;
};

/* clang-format off */
#define ROW(t, s, m)	{ EYAS_A_##t, sizeof(((struct s *)0)->m), offsetof(struct s, m), \
			  sizeof(((struct s *)0)->m), false }
#define ROW_OPT(t, s, m) { EYAS_A_##t, sizeof(((struct s *)0)->m), offsetof(struct s, m), \
			  sizeof(((struct s *)0)->m), true }
#define ROW_STR(t, s, m) { EYAS_A_##t, 0, offsetof(struct s, m), \
			  sizeof(((struct s *)0)->m), false }

static const struct row info_rows[] = {
	ROW_STR(VERSION,	eyas_ctl_info, version),
	ROW_STR(KERNEL,		eyas_ctl_info, kernel),
	ROW(ABI_VERSION,	eyas_ctl_info, abi_version),
	ROW(FEATURES,		eyas_ctl_info, features),
	ROW(SESSIONS,		eyas_ctl_info, sessions),
	ROW(HOOKS,		eyas_ctl_info, hooks),
	ROW_OPT(ANCHORS,	eyas_ctl_info, anchors),
};

static const struct row session_rows[] = {
	ROW(SESSION,		eyas_ctl_session, id),
	ROW(OWNER_PID,		eyas_ctl_session, owner_pid),
	ROW(BULK_SIZE,		eyas_ctl_session, policy.bulk_size),
	ROW(CRIT_SIZE,		eyas_ctl_session, policy.crit_size),
	ROW(WAKE_US,		eyas_ctl_session, policy.wake_us),
	ROW(WATERMARK,		eyas_ctl_session, policy.watermark),
	ROW(SNAPLEN,		eyas_ctl_session, policy.snaplen),
	ROW(EVENTS,		eyas_ctl_session, policy.events),
	ROW_OPT(FLAGS,		eyas_ctl_session, policy.flags),
	ROW_OPT(ANCHORS,	eyas_ctl_session, policy.anchors),
	ROW_OPT(SCOPE_FLAGS,	eyas_ctl_session, policy.scope.flags),
};

static const struct row stats_rows[] = {
	ROW(SESSION,		eyas_ctl_stats, session),
	ROW(CPU,		eyas_ctl_stats, cpu),
	ROW(LANE,		eyas_ctl_stats, lane),
	ROW(RING_STATE,		eyas_ctl_stats, state),
	ROW(PRODUCED,		eyas_ctl_stats, produced),
	ROW(RECORDS,		eyas_ctl_stats, records),
	ROW(BYTES,		eyas_ctl_stats, bytes),
	ROW(LOST,		eyas_ctl_stats, lost),
	ROW(NESTED,		eyas_ctl_stats, nested),
	ROW(UNREAD,		eyas_ctl_stats, unread),
};

static const struct row notice_rows[] = {
	ROW(SESSION,		eyas_ctl_notice, session),
	ROW_OPT(OWNER_PID,	eyas_ctl_notice, owner_pid),
	ROW_OPT(LOST,		eyas_ctl_notice, lost),
};

struct plan {
	uint32_t abi;
	uint8_t nrs[EYAS_NR_MAX];
	uint8_t other;
};

static const struct row plan_rows[] = {
	ROW(PLAN_ABI,		plan, abi),
	ROW(PLAN_NRS,		plan, nrs),
	ROW(PLAN_OTHER,		plan, other),
};
/* clang-format on */

#define NROWS(rows)	(sizeof(rows) / sizeof((rows)[0]))

/* ---- reading ---- */

/* The next attribute: 1; end: 0; one that does not fit: -EBADMSG. */
static int attr_next(struct eyas_bytes *b, uint16_t *ret_type, struct eyas_bytes *ret)
{
	struct nlattr a;
	size_t len, pad;
	const void *p;

	if (!eyas_bytes_left(b))
		return 0;
	if (!eyas_bytes_get(b, &a, sizeof(a)) || a.nla_len < sizeof(a))
		return -EBADMSG;
	len = a.nla_len - sizeof(a);
	p = eyas_bytes_take(b, len);
	if (!p)
		return -EBADMSG;
	*ret = eyas_bytes_of(p, len);
	*ret_type = a.nla_type & ATTR_TYPE_MASK;
	/* The last one need not be padded. */
	pad = MNL_ALIGN(len) - len;
	eyas_bytes_take(b, pad < eyas_bytes_left(b) ? pad : eyas_bytes_left(b));
	return 1;
}

static bool store(const struct row *row, struct eyas_bytes val, void *base)
{
	size_t len = eyas_bytes_left(&val);
	char *dst = (char *)base + row->offset;

	if (row->len) {
		if (len != row->len)
			return false;
		memcpy(dst, val.p, len);
		return true;
	}
	if (!len || val.p[len - 1])
		return false;
	len = strlen((const char *)val.p);
	if (len >= row->size)
		len = row->size - 1u;
	memcpy(dst, val.p, len);
	dst[len] = '\0';
	return true;
}

/* Fill the struct at @base from @b; every row that is not optional must be there. */
static int fill(struct eyas_bytes b, const struct row *rows, size_t n, void *base,
		struct eyas_err *err)
{
	struct eyas_bytes val;
	uint32_t seen = 0;
	uint16_t type;
	int r;

	while ((r = attr_next(&b, &type, &val)) > 0) {
		for (size_t i = 0; i < n; i++) {
			if (rows[i].type != type)
				continue;
			if (!store(&rows[i], val, base))
				return eyas_err_set(err, -EBADMSG,
						    "the module's answer has an "
						    "attribute %u of %zu bytes",
						    type, eyas_bytes_left(&val));
			seen |= 1U << i;
		}
	}
	if (r)
		return eyas_err_set(err, r, "the module's answer ends in an attribute");
	for (size_t i = 0; i < n; i++)
		if (!rows[i].optional && !(seen & 1U << i))
			return eyas_err_set(err, -EBADMSG, "the module's answer has no attribute %u",
					    rows[i].type);
	return 0;
}

/* The attributes behind the headers of a generic netlink message. */
static int payload(const struct nlmsghdr *nlh, struct eyas_bytes *ret, struct genlmsghdr *ret_genl,
		   struct eyas_err *err)
{
	*ret = eyas_bytes_of(nlh, nlh->nlmsg_len);
	if (eyas_bytes_take(ret, sizeof(*nlh)) && eyas_bytes_get(ret, ret_genl, sizeof(*ret_genl)))
		return 0;
	return eyas_err_set(err, -EBADMSG, "the module's answer is too short");
}

static int read_rows(const struct nlmsghdr *nlh, const struct row *rows, size_t n, void *base,
		     struct eyas_err *err)
{
	struct genlmsghdr genl;
	struct eyas_bytes b;
	int r = payload(nlh, &b, &genl, err);

	return r ? r : fill(b, rows, n, base, err);
}

int eyas_ctl_msg_info(const struct nlmsghdr *nlh, struct eyas_ctl_info *ret, struct eyas_err *err)
{
	struct eyas_ctl_info got = { .abi_version = 0 };
	int r = read_rows(nlh, info_rows, NROWS(info_rows), &got, err);

	if (!r)
		*ret = got;
	return r;
}

int eyas_ctl_msg_stats(const struct nlmsghdr *nlh, struct eyas_ctl_stats *ret, struct eyas_err *err)
{
	struct eyas_ctl_stats got = { .session = 0 };
	int r = read_rows(nlh, stats_rows, NROWS(stats_rows), &got, err);

	if (!r)
		*ret = got;
	return r;
}

static int read_plans(struct eyas_bytes b, struct eyas_policy *p, struct eyas_err *err)
{
	struct eyas_bytes val;
	uint16_t type;

	/* fill() has been through the message: its attributes fit. */
	while (attr_next(&b, &type, &val) > 0) {
		struct plan plan = { .abi = 0 };
		int r;

		if (type != EYAS_A_PLAN)
			continue;
		r = fill(val, plan_rows, NROWS(plan_rows), &plan, err);
		if (r)
			return r;
		if (plan.abi >= EYAS_ABI_MAX)
			return eyas_err_set(err, -EBADMSG,
					    "the module's answer has a plan for "
					    "unknown ABI %" PRIu32,
					    plan.abi);
		memcpy(p->plan[plan.abi], plan.nrs, sizeof(plan.nrs));
		p->other[plan.abi] = plan.other;
	}
	return 0;
}

/* An array of values that a session is limited to. */
static int read_values(uint16_t type, struct eyas_bytes val, void *ret, uint32_t *ret_n,
		       size_t size, struct eyas_err *err)
{
	size_t len = eyas_bytes_left(&val);

	if (len % size || len / size > EYAS_SCOPE_MAX)
		return eyas_err_set(err, -EBADMSG,
				    "the module's answer has an attribute %u of %zu "
				    "bytes",
				    type, len);
	eyas_bytes_get(&val, ret, len);
	*ret_n = (uint32_t)(len / size);
	return 0;
}

static int read_scope(struct eyas_bytes b, struct eyas_ctl_session *s, struct eyas_err *err)
{
	struct eyas_policy_scope *sc = &s->policy.scope;
	const struct { uint16_t type; void *values; uint32_t *n; size_t size; } arrays[] = {
		{ EYAS_A_SCOPE_PIDS, s->pids, &sc->npids, sizeof(s->pids[0]) },
		{ EYAS_A_SCOPE_CGROUPS, s->cgroups, &sc->ncgroups, sizeof(s->cgroups[0]) },
		{ EYAS_A_SCOPE_PIDNS, s->pidns, &sc->npidns, sizeof(s->pidns[0]) },
		{ EYAS_A_SCOPE_UIDS, s->uids, &sc->nuids, sizeof(s->uids[0]) },
	};
	struct eyas_bytes val;
	uint16_t type;
	int r = 0;

	while (!r && attr_next(&b, &type, &val) > 0)
		for (size_t i = 0; i < NROWS(arrays) && !r; i++)
			if (arrays[i].type == type)
				r = read_values(type, val, arrays[i].values, arrays[i].n,
						arrays[i].size, err);
	sc->pids = s->pids;
	sc->cgroups = s->cgroups;
	sc->pidns = s->pidns;
	sc->uids = s->uids;
	return r;
}

int eyas_ctl_msg_session(const struct nlmsghdr *nlh, struct eyas_ctl_session *ret,
			 struct eyas_err *err)
{
	struct genlmsghdr genl;
	struct eyas_bytes b;
	int r = payload(nlh, &b, &genl, err);

	memset(ret, 0, sizeof(*ret));
	if (!r)
		r = fill(b, session_rows, NROWS(session_rows), ret, err);
	if (!r)
		r = read_scope(b, ret, err);
	return r ? r : read_plans(b, &ret->policy, err);
}

int eyas_ctl_msg_counters(const struct nlmsghdr *nlh, uint32_t *ret_abi, struct eyas_bytes *ret,
			  struct eyas_err *err)
{
	static const struct row rows[] = {
		{ EYAS_A_COUNTER_ABI, sizeof(*ret_abi), 0, sizeof(*ret_abi), false },
	};
	struct eyas_bytes b, val;
	struct genlmsghdr genl;
	uint16_t type;
	int r = payload(nlh, &b, &genl, err);

	if (!r)
		r = fill(b, rows, NROWS(rows), ret_abi, err);
	if (r)
		return r;
	*ret = eyas_bytes_of(NULL, 0);
	while (attr_next(&b, &type, &val) > 0)
		if (type == EYAS_A_COUNTERS)
			*ret = val;
	if (*ret_abi >= EYAS_ABI_MAX || eyas_bytes_left(ret) % sizeof(struct eyas_counter))
		return eyas_err_set(err, -EBADMSG,
				    "the module's answer has counters of ABI %" PRIu32
				    ", %zu bytes",
				    *ret_abi, eyas_bytes_left(ret));
	return 0;
}

int eyas_ctl_msg_notice(const struct nlmsghdr *nlh, struct eyas_ctl_notice *ret,
			struct eyas_err *err)
{
	struct eyas_ctl_notice got = { .cmd = 0 };
	struct genlmsghdr genl;
	struct eyas_bytes b;
	int r = payload(nlh, &b, &genl, err);

	if (!r)
		r = fill(b, notice_rows, NROWS(notice_rows), &got, err);
	if (r)
		return r;
	got.cmd = genl.cmd;
	*ret = got;
	return 0;
}

/* ---- reading what is not ours: the family, and how a request ended ---- */

struct group {
	char name[GENL_NAMSIZ];
	uint32_t id;
};

static const struct row family_rows[] = {
	{ CTRL_ATTR_FAMILY_ID, sizeof(uint16_t), 0, sizeof(uint16_t), false },
};

static const struct row group_rows[] = {
	{ CTRL_ATTR_MCAST_GRP_NAME, 0, offsetof(struct group, name), GENL_NAMSIZ, false },
	{ CTRL_ATTR_MCAST_GRP_ID, sizeof(uint32_t), offsetof(struct group, id), sizeof(uint32_t),
	  false },
};

static int read_groups(struct eyas_bytes b, uint32_t *ret, struct eyas_err *err)
{
	struct eyas_bytes nest;
	uint16_t index;
	int r;

	while ((r = attr_next(&b, &index, &nest)) > 0) {
		struct group group = { .id = 0 };

		r = fill(nest, group_rows, NROWS(group_rows), &group, err);
		if (r)
			return r;
		if (!strcmp(group.name, EYAS_GENL_MCGRP))
			*ret = group.id;
	}
	return r ? eyas_err_set(err, r, "the list of multicast groups is malformed") : 0;
}

int eyas_ctl_msg_family(const struct nlmsghdr *nlh, struct eyas_ctl_family *ret,
			struct eyas_err *err)
{
	struct eyas_ctl_family got = { .id = 0 };
	struct genlmsghdr genl;
	struct eyas_bytes b, val;
	uint16_t type, id = 0;
	int r = payload(nlh, &b, &genl, err);

	if (!r)
		r = fill(b, family_rows, NROWS(family_rows), &id, err);
	while (!r && attr_next(&b, &type, &val) > 0)
		if (type == CTRL_ATTR_MCAST_GROUPS)
			r = read_groups(val, &got.group, err);
	if (r)
		return r;
	got.id = id;
	*ret = got;
	return 0;
}

/* The kernel's sentence among the attributes of an acknowledgement, or NULL. */
static const char *sentence(struct eyas_bytes b)
{
	struct eyas_bytes val;
	uint16_t type;

	while (attr_next(&b, &type, &val) > 0) {
		size_t len = eyas_bytes_left(&val);

		if (type == NLMSGERR_ATTR_MSG && len > 1 && !val.p[len - 1])
			return (const char *)val.p;
	}
	return NULL;
}

/* Copy the error number, and move to the attributes that may follow it. */
static int read_end(const struct nlmsghdr *nlh, struct eyas_bytes *b, int *ret_code)
{
	struct nlmsgerr e;

	*b = eyas_bytes_of(nlh, nlh->nlmsg_len);
	if (!eyas_bytes_take(b, sizeof(*nlh)))
		return -EBADMSG;
	/* A dump without a fault may end in less than a number. */
	if (nlh->nlmsg_type == NLMSG_DONE) {
		*ret_code = 0;
		eyas_bytes_get(b, ret_code, sizeof(*ret_code));
		return 0;
	}
	if (!eyas_bytes_get(b, &e, sizeof(e)))
		return -EBADMSG;
	*ret_code = e.error;
	/* Our request comes back behind its header, unless capped. */
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED) &&
	    (e.msg.nlmsg_len < sizeof(e.msg) ||
	     !eyas_bytes_take(b, MNL_ALIGN(e.msg.nlmsg_len) - sizeof(e.msg))))
		*b = eyas_bytes_of(NULL, 0);
	return 0;
}

int eyas_ctl_msg_end(const struct nlmsghdr *nlh, const char *what, struct eyas_err *err)
{
	const char *text = NULL, *fix = "";
	struct eyas_bytes b;
	int code, r = read_end(nlh, &b, &code);

	if (r || code > 0 || code < -4095)
		return eyas_err_set(err, -EBADMSG, "cannot %s: the kernel's answer is malformed",
				    what);
	if (!code)
		return 0;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS)
		text = sentence(b);
	if (!text && code == -EPERM)
		fix = "; run as root";
	return eyas_err_set(err, code, "cannot %s: %s%s", what, text ? text : strerror(-code), fix);
}

/* ---- building ---- */

struct nlmsghdr *eyas_ctl_msg_start(void *buf, uint16_t type, uint8_t cmd, uint16_t flags,
				    uint32_t seq)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = seq;
	genl->cmd = cmd;
	genl->version = EYAS_GENL_VERSION;
	return nlh;
}

struct nlmsghdr *eyas_ctl_msg_family_get(void *buf, uint32_t seq)
{
	struct nlmsghdr *nlh =
		eyas_ctl_msg_start(buf, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK, seq);

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, EYAS_GENL_NAME);
	return nlh;
}

static bool plan_empty(const struct eyas_policy *p, unsigned int abi)
{
	static const uint8_t none[EYAS_NR_MAX];

	return !p->other[abi] && !memcmp(p->plan[abi], none, sizeof(none));
}

static bool put_plan(struct nlmsghdr *nlh, size_t size, const struct eyas_policy *p,
		     unsigned int abi)
{
	struct nlattr *nest = mnl_attr_nest_start_check(nlh, size, EYAS_A_PLAN);

	if (!nest ||
	    !mnl_attr_put_u32_check(nlh, size, EYAS_A_PLAN_ABI, abi) ||
	    !mnl_attr_put_check(nlh, size, EYAS_A_PLAN_NRS, EYAS_NR_MAX, p->plan[abi]) ||
	    !mnl_attr_put_u8_check(nlh, size, EYAS_A_PLAN_OTHER, p->other[abi]))
		return false;
	mnl_attr_nest_end(nlh, nest);
	return true;
}

/* Bits of *told, from here on. */
#define TOLD_OTHERS	8U

static bool put_others(struct nlmsghdr *nlh, size_t size, const struct eyas_policy *p,
		       uint32_t *told)
{
	const struct eyas_policy_scope *sc = &p->scope;
	const struct { uint16_t type; bool set; const void *data; size_t len; } rows[] = {
		{ EYAS_A_FLAGS, p->flags, &p->flags, sizeof(p->flags) },
		{ EYAS_A_ANCHORS, p->anchors, &p->anchors, sizeof(p->anchors) },
		{ EYAS_A_SCOPE_FLAGS, sc->flags, &sc->flags, sizeof(sc->flags) },
		{ EYAS_A_SCOPE_PIDS, sc->npids, sc->pids, sc->npids * sizeof(*sc->pids) },
		{ EYAS_A_SCOPE_CGROUPS, sc->ncgroups, sc->cgroups,
		  sc->ncgroups * sizeof(*sc->cgroups) },
		{ EYAS_A_SCOPE_PIDNS, sc->npidns, sc->pidns, sc->npidns * sizeof(*sc->pidns) },
		{ EYAS_A_SCOPE_UIDS, sc->nuids, sc->uids, sc->nuids * sizeof(*sc->uids) },
	};

	for (size_t i = 0; i < NROWS(rows); i++) {
		uint32_t bit = 1U << (TOLD_OTHERS + i);

		if (!rows[i].set && !(*told & bit))
			continue;
		if (!mnl_attr_put_check(nlh, size, rows[i].type, rows[i].len,
					rows[i].data ? rows[i].data : ""))
			return false;
		*told |= bit;
	}
	return true;
}

int eyas_ctl_msg_policy(struct nlmsghdr *nlh, size_t size, uint32_t session,
			const struct eyas_policy *p, uint32_t *told)
{
	const struct { uint16_t type; bool put; uint32_t val; } nums[] = {
		{ EYAS_A_SESSION, true, session },
		{ EYAS_A_EVENTS, true, p->events },
		{ EYAS_A_BULK_SIZE, p->bulk_size != 0, p->bulk_size },
		{ EYAS_A_CRIT_SIZE, p->crit_size != 0, p->crit_size },
		{ EYAS_A_WAKE_US, p->wake_us != UINT32_MAX, p->wake_us },
		{ EYAS_A_WATERMARK, p->watermark != 0, p->watermark },
		{ EYAS_A_SNAPLEN, p->snaplen != 0, p->snaplen },
	};

	for (size_t i = 0; i < NROWS(nums); i++)
		if (nums[i].put && !mnl_attr_put_u32_check(nlh, size, nums[i].type, nums[i].val))
			return -EMSGSIZE;
	if (!put_others(nlh, size, p, told))
		return -EMSGSIZE;
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		if (plan_empty(p, abi) && !(*told & 1U << abi))
			continue;
		if (!put_plan(nlh, size, p, abi))
			return -EMSGSIZE;
		*told |= 1U << abi;
	}
	return 0;
}
