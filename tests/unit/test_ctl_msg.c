// SPDX-License-Identifier: Apache-2.0
/* Netlink messages as bytes: requests are what the kernel expects, answers are checked. */
#include <check.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <string.h>
#include "source/ctl_msg.h"
#include "unit.h"

#define FAMILY	0x1c

static struct eyas_err err;
static _Alignas(8) char buf[16384];
static struct nlmsghdr *msg;

static void setup(void)
{
	memset(buf, 0xee, sizeof(buf));
	memset(&err, 0, sizeof(err));
}

static void start(uint8_t cmd)
{
	msg = eyas_ctl_msg_start(buf, FAMILY, cmd, 0, 1);
}

/* ---- requests ---- */

static const struct nlattr *attr(uint16_t type)
{
	const struct nlattr *a;

	mnl_attr_for_each(a, msg, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == type)
			return a;
	return NULL;
}

START_TEST(requests_start_with_their_headers)
{
	const struct genlmsghdr *genl;

	msg = eyas_ctl_msg_start(buf, FAMILY, EYAS_CMD_STATS_GET, NLM_F_DUMP, 7);
	genl = mnl_nlmsg_get_payload(msg);
	ck_assert_uint_eq(msg->nlmsg_len, 20);
	ck_assert_uint_eq(msg->nlmsg_type, FAMILY);
	ck_assert_uint_eq(msg->nlmsg_flags, NLM_F_REQUEST | NLM_F_DUMP);
	ck_assert_uint_eq(msg->nlmsg_seq, 7);
	ck_assert_uint_eq(msg->nlmsg_pid, 0);
	ck_assert_uint_eq(genl->cmd, EYAS_CMD_STATS_GET);
	ck_assert_uint_eq(genl->version, EYAS_GENL_VERSION);
	ck_assert_uint_eq(genl->reserved, 0);

	msg = eyas_ctl_msg_family_get(buf, 1);
	ck_assert_uint_eq(msg->nlmsg_type, GENL_ID_CTRL);
	ck_assert_str_eq(mnl_attr_get_str(attr(CTRL_ATTR_FAMILY_NAME)), "eyas");
}
END_TEST

START_TEST(a_policy_tells_what_is_not_default)
{
	struct eyas_policy p;
	uint32_t abis = 0;

	eyas_policy_init(&p);
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 5, &p, &abis), 0);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_SESSION)), 5);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_EVENTS)), 0);
	for (uint16_t t = EYAS_A_BULK_SIZE; t <= EYAS_A_SNAPLEN; t++)
		ck_assert_ptr_null(attr(t));
	ck_assert_ptr_null(attr(EYAS_A_PLAN));
	ck_assert_uint_eq(abis, 0);

	p.events = EYAS_EVENT_ALL;
	p.wake_us = 0;
	p.bulk_size = 65536;
	p.snaplen = 80;
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 5, &p, &abis), 0);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_EVENTS)), EYAS_EVENT_ALL);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_WAKE_US)), 0);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_BULK_SIZE)), 65536);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_SNAPLEN)), 80);
	ck_assert_ptr_null(attr(EYAS_A_CRIT_SIZE));
}
END_TEST

static unsigned int count(uint16_t type)
{
	const struct nlattr *a;
	unsigned int n = 0;

	mnl_attr_for_each(a, msg, sizeof(struct genlmsghdr))
		n += mnl_attr_get_type(a) == type;
	return n;
}

/* The plans in msg, as a session would have them. */
static void read_back(struct eyas_ctl_session *ret)
{
	/* What the kernel tells beside. */
	static const uint16_t more[] = {
		EYAS_A_OWNER_PID, EYAS_A_BULK_SIZE, EYAS_A_CRIT_SIZE, EYAS_A_WAKE_US,
		EYAS_A_WATERMARK, EYAS_A_SNAPLEN,
	};

	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (!attr(more[i]))
			mnl_attr_put_u32(msg, more[i], 100 + (uint32_t)i);
	ck_assert_msg(eyas_ctl_msg_session(msg, ret, &err) == 0, "%s", err.msg);
}

START_TEST(plans_go_out_and_come_back)
{
	static struct eyas_ctl_session s;
	static struct eyas_policy p;
	uint32_t abis = 0;

	eyas_policy_init(&p);
	eyas_policy_add(&p, "openat", EYAS_PLAN_STRINGS);
	p.plan[EYAS_ABI_ARM32][EYAS_NR_MAX - 1] = EYAS_PLAN_RECORD;
	p.other[EYAS_ABI_X32] = EYAS_PLAN_RECORD;
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 3, &p, &abis), 0);
	ck_assert_uint_eq(abis, (1U << EYAS_ABI_MAX) - 1);
	read_back(&s);
	ck_assert_uint_eq(s.id, 3);
	ck_assert_uint_eq(s.owner_pid, 100);
	ck_assert_uint_eq(s.policy.watermark, 104);
	ck_assert_mem_eq(s.policy.plan, p.plan, sizeof(p.plan));
	ck_assert_mem_eq(s.policy.other, p.other, sizeof(p.other));

	/* What is no longer wanted is said, too. */
	eyas_policy_init(&p);
	eyas_policy_add(&p, "ptrace", 0);
	p.other[EYAS_ABI_X32] = 0;
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 3, &p, &abis), 0);
	ck_assert_uint_eq(count(EYAS_A_PLAN), 5);	/* that of arm32 is empty now */
	memset(&s, 0xff, sizeof(s));
	read_back(&s);
	ck_assert_mem_eq(s.policy.plan, p.plan, sizeof(p.plan));
	ck_assert_uint_eq(s.policy.other[EYAS_ABI_X32], 0);
}
END_TEST

START_TEST(flags_anchors_and_scope_go_out_and_come_back)
{
	static const uint32_t pids[] = { 5, 6 }, pidns[] = { 7 }, uids[] = { 0, 1000, 1001 };
	static const uint64_t cgroups[] = { 1ULL << 40 };
	static struct eyas_ctl_session s;
	static struct eyas_policy p;
	uint32_t told = 0;

	eyas_policy_init(&p);
	p.flags = EYAS_SESSION_F_TIMES;
	p.anchors = 1ULL << EYAS_ANCHOR_BPF | 1ULL << EYAS_ANCHOR_MPROTECT_EXEC;
	p.scope = (struct eyas_policy_scope){ EYAS_SCOPE_F_NO_FOLLOW, 2, 1, 1, 3, pids, cgroups,
					      pidns, uids };
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 3, &p, &told), 0);
	read_back(&s);
	ck_assert_uint_eq(s.policy.flags, EYAS_SESSION_F_TIMES);
	ck_assert_uint_eq(s.policy.anchors, p.anchors);
	ck_assert_uint_eq(s.policy.scope.flags, EYAS_SCOPE_F_NO_FOLLOW);
	ck_assert_uint_eq(s.policy.scope.npids, 2);
	ck_assert_mem_eq(s.policy.scope.pids, pids, sizeof(pids));
	ck_assert_uint_eq(s.policy.scope.ncgroups, 1);
	ck_assert_mem_eq(s.policy.scope.cgroups, cgroups, sizeof(cgroups));
	ck_assert_uint_eq(s.policy.scope.npidns, 1);
	ck_assert_uint_eq(s.policy.scope.pidns[0], 7);
	ck_assert_uint_eq(s.policy.scope.nuids, 3);
	ck_assert_mem_eq(s.policy.scope.uids, uids, sizeof(uids));

	/* What is no longer wanted is said once it was told: empty. */
	eyas_policy_init(&p);
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 3, &p, &told), 0);
	ck_assert_uint_eq(mnl_attr_get_u32(attr(EYAS_A_FLAGS)), 0);
	ck_assert_uint_eq(mnl_attr_get_u64(attr(EYAS_A_ANCHORS)), 0);
	for (uint16_t t = EYAS_A_SCOPE_PIDS; t <= EYAS_A_SCOPE_UIDS; t++)
		ck_assert_uint_eq(mnl_attr_get_payload_len(attr(t)), 0);
	read_back(&s);
	ck_assert_uint_eq(s.policy.scope.npids, 0);
	told = 0;
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 3, &p, &told), 0);
	for (uint16_t t = EYAS_A_FLAGS; t <= EYAS_A_SCOPE_UIDS; t++)
		ck_assert_ptr_null(attr(t));
}
END_TEST

START_TEST(scopes_that_cannot_be_are_refused)
{
	static const uint32_t many[EYAS_SCOPE_MAX + 1];
	static struct eyas_ctl_session s;

	for (size_t len = 0; len <= sizeof(many); len++) {
		bool good = len % 4 == 0 && len < sizeof(many);

		start(EYAS_CMD_SESSION_GET);
		for (uint16_t t = EYAS_A_SESSION; t <= EYAS_A_EVENTS; t++)
			mnl_attr_put_u32(msg, t, 1);
		mnl_attr_put(msg, EYAS_A_SCOPE_UIDS, len, many);
		ck_assert_int_eq(eyas_ctl_msg_session(msg, &s, &err), good ? 0 : -EBADMSG);
		if (good)
			ck_assert_uint_eq(s.policy.scope.nuids, len / 4);
	}
	ck_assert_str_eq(err.msg, "the module's answer has an attribute 35 of 260 bytes");
}
END_TEST

START_TEST(counters_are_read)
{
	const struct eyas_counter sent[] = {
		{ .nr = 39, .count = 1ULL << 33, .errors = 1, .timed = 2, .time_sum = 3 },
		{ .nr = EYAS_NR_MAX, .count = 1 },
	};
	struct eyas_counter c;
	struct eyas_bytes left;
	uint32_t abi = 9;

	start(EYAS_CMD_COUNTERS_GET);
	ck_assert_int_eq(eyas_ctl_msg_counters(msg, &abi, &left, &err), -EBADMSG);
	mnl_attr_put_u32(msg, EYAS_A_COUNTER_ABI, EYAS_ABI_IA32);
	ck_assert_int_eq(eyas_ctl_msg_counters(msg, &abi, &left, &err), 0);
	ck_assert_uint_eq(eyas_bytes_left(&left), 0);
	mnl_attr_put(msg, EYAS_A_COUNTERS, sizeof(sent), sent);
	ck_assert_int_eq(eyas_ctl_msg_counters(msg, &abi, &left, &err), 0);
	ck_assert_uint_eq(abi, EYAS_ABI_IA32);
	for (size_t i = 0; i < 2; i++) {
		ck_assert(eyas_bytes_get(&left, &c, sizeof(c)));
		ck_assert_mem_eq(&c, &sent[i], sizeof(c));
	}
	ck_assert_uint_eq(eyas_bytes_left(&left), 0);

	start(EYAS_CMD_COUNTERS_GET);
	mnl_attr_put_u32(msg, EYAS_A_COUNTER_ABI, EYAS_ABI_MAX);
	ck_assert_int_eq(eyas_ctl_msg_counters(msg, &abi, &left, &err), -EBADMSG);
	start(EYAS_CMD_COUNTERS_GET);
	mnl_attr_put_u32(msg, EYAS_A_COUNTER_ABI, 0);
	mnl_attr_put(msg, EYAS_A_COUNTERS, sizeof(sent) - 1, sent);
	ck_assert_int_eq(eyas_ctl_msg_counters(msg, &abi, &left, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "the module's answer has counters of ABI 0, 111 bytes");
}
END_TEST

START_TEST(a_policy_needs_its_room)
{
	static struct eyas_policy p;
	uint32_t whole, abis = 0;

	eyas_policy_init(&p);
	eyas_policy_add_all(&p, 0);
	start(EYAS_CMD_SESSION_SET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 1, &p, &abis), 0);
	whole = msg->nlmsg_len;
	ck_assert_uint_gt(whole, EYAS_ABI_MAX * EYAS_NR_MAX);
	for (uint32_t size = 20; size < whole + 8; size += 4) {
		setup();
		start(EYAS_CMD_SESSION_SET);
		ck_assert_int_eq(eyas_ctl_msg_policy(msg, size, 1, &p, &abis),
				 size < whole ? -EMSGSIZE : 0);
		ck_assert_uint_le(msg->nlmsg_len, size);
		for (size_t i = size; i < size + 1000; i++)
			ck_assert_uint_eq((unsigned char)buf[i], 0xee);
	}
}
END_TEST

/* ---- answers ---- */

static void put_info(const char *version)
{
	start(EYAS_CMD_INFO_GET);
	mnl_attr_put_strz(msg, EYAS_A_VERSION, version);
	mnl_attr_put_u32(msg, EYAS_A_ABI_VERSION, EYAS_ABI_VERSION);
	mnl_attr_put_u64(msg, EYAS_A_FEATURES, EYAS_FEATURE_FILES);
	mnl_attr_put_strz(msg, EYAS_A_KERNEL, "6.1.0-30-amd64");
	mnl_attr_put_u32(msg, EYAS_A_SESSIONS, 2);
	mnl_attr_put_u32(msg, EYAS_A_HOOKS, EYAS_HOOK_SYS);
}

START_TEST(info_is_read)
{
	struct eyas_ctl_info info;

	put_info("0.3");
	mnl_attr_put_u32(msg, 200, 1);		/* of a newer module */
	mnl_attr_put(msg, EYAS_A_PAD, 0, NULL);
	ck_assert_int_eq(eyas_ctl_msg_info(msg, &info, &err), 0);
	ck_assert_str_eq(info.version, "0.3");
	ck_assert_str_eq(info.kernel, "6.1.0-30-amd64");
	ck_assert_uint_eq(info.abi_version, EYAS_ABI_VERSION);
	ck_assert_uint_eq(info.features, EYAS_FEATURE_FILES);
	ck_assert_uint_eq(info.sessions, 2);
	ck_assert_uint_eq(info.hooks, EYAS_HOOK_SYS);

	/* Texts longer than what we keep are cut. */
	put_info("0123456789012345678901234567890123456789");
	ck_assert_int_eq(eyas_ctl_msg_info(msg, &info, &err), 0);
	ck_assert_str_eq(info.version, "0123456789012345678901234567890");
}
END_TEST

START_TEST(answers_that_lack_something_are_refused)
{
	struct eyas_ctl_info info = { .version = "untouched" };
	struct eyas_ctl_stats stats;
	struct eyas_ctl_notice notice;

	start(EYAS_CMD_INFO_GET);
	ck_assert_int_eq(eyas_ctl_msg_info(msg, &info, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "the module's answer has no attribute 2");
	mnl_attr_put_u32(msg, EYAS_A_SESSION, 1);
	ck_assert_int_eq(eyas_ctl_msg_stats(msg, &stats, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "the module's answer has no attribute 20");
	start(EYAS_CMD_LOSS);
	ck_assert_int_eq(eyas_ctl_msg_notice(msg, &notice, &err), -EBADMSG);
	ck_assert_str_eq(info.version, "untouched");
}
END_TEST

START_TEST(attributes_of_wrong_size_are_refused)
{
	struct eyas_ctl_info info;

	start(EYAS_CMD_INFO_GET);
	mnl_attr_put_u64(msg, EYAS_A_ABI_VERSION, 1);
	ck_assert_int_eq(eyas_ctl_msg_info(msg, &info, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "the module's answer has an attribute 3 of 8 bytes");
	start(EYAS_CMD_INFO_GET);
	mnl_attr_put(msg, EYAS_A_VERSION, 3, "0.3");	/* no NUL */
	ck_assert_int_eq(eyas_ctl_msg_info(msg, &info, &err), -EBADMSG);
	start(EYAS_CMD_INFO_GET);
	mnl_attr_put(msg, EYAS_A_VERSION, 0, "");
	ck_assert_int_eq(eyas_ctl_msg_info(msg, &info, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "the module's answer has an attribute 2 of 0 bytes");
}
END_TEST

static void put_stats(void)
{
	uint64_t lost[EYAS_CLASS_MAX] = { 0 };

	lost[EYAS_CLASS_FILE] = 4;
	start(EYAS_CMD_STATS_GET);
	mnl_attr_put_u32(msg, EYAS_A_SESSION, 1);
	mnl_attr_put_u32(msg, EYAS_A_CPU, 2);
	mnl_attr_put_u32(msg, EYAS_A_LANE, EYAS_LANE_BULK);
	mnl_attr_put_u32(msg, EYAS_A_RING_STATE, EYAS_RING_STATE_LIVE);
	mnl_attr_put_u64(msg, EYAS_A_PRODUCED, 1ULL << 40);
	mnl_attr_put_u64(msg, EYAS_A_RECORDS, 6);
	mnl_attr_put_u64(msg, EYAS_A_BYTES, 7);
	mnl_attr_put(msg, EYAS_A_LOST, sizeof(lost), lost);
	mnl_attr_put_u64(msg, EYAS_A_NESTED, 0);
	mnl_attr_put_u64(msg, EYAS_A_UNREAD, 9);
}

START_TEST(statistics_and_notices_are_read)
{
	struct eyas_ctl_stats s;
	struct eyas_ctl_notice n;

	put_stats();
	ck_assert_int_eq(eyas_ctl_msg_stats(msg, &s, &err), 0);
	ck_assert_uint_eq(s.cpu, 2);
	ck_assert_uint_eq(s.lane, EYAS_LANE_BULK);
	ck_assert_uint_eq(s.produced, 1ULL << 40);
	ck_assert_uint_eq(s.lost[EYAS_CLASS_FILE], 4);
	ck_assert_uint_eq(s.unread, 9);

	start(EYAS_CMD_SESSION_START);
	mnl_attr_put_u32(msg, EYAS_A_SESSION, 3);
	mnl_attr_put_u32(msg, EYAS_A_OWNER_PID, 800);
	ck_assert_int_eq(eyas_ctl_msg_notice(msg, &n, &err), 0);
	ck_assert_uint_eq(n.cmd, EYAS_CMD_SESSION_START);
	ck_assert_uint_eq(n.session, 3);
	ck_assert_uint_eq(n.owner_pid, 800);
	ck_assert_uint_eq(n.lost[0], 0);
}
END_TEST

static void put_group(const char *name, uint32_t id)
{
	struct nlattr *nest = mnl_attr_nest_start(msg, 1);

	mnl_attr_put_strz(msg, CTRL_ATTR_MCAST_GRP_NAME, name);
	mnl_attr_put_u32(msg, CTRL_ATTR_MCAST_GRP_ID, id);
	mnl_attr_nest_end(msg, nest);
}

START_TEST(the_family_and_its_group_are_found)
{
	struct eyas_ctl_family f;
	struct nlattr *groups;

	start(CTRL_CMD_NEWFAMILY);
	mnl_attr_put_u16(msg, CTRL_ATTR_FAMILY_ID, 0x22);
	ck_assert_int_eq(eyas_ctl_msg_family(msg, &f, &err), 0);
	ck_assert_uint_eq(f.id, 0x22);
	ck_assert_uint_eq(f.group, 0);
	groups = mnl_attr_nest_start(msg, CTRL_ATTR_MCAST_GROUPS);
	put_group("other", 5);
	put_group("events", 6);
	mnl_attr_nest_end(msg, groups);
	ck_assert_int_eq(eyas_ctl_msg_family(msg, &f, &err), 0);
	ck_assert_uint_eq(f.group, 6);
	start(CTRL_CMD_NEWFAMILY);
	ck_assert_int_eq(eyas_ctl_msg_family(msg, &f, &err), -EBADMSG);
}
END_TEST

/* An error message; with @text the kernel's sentence, behind the request unless capped. */
static void put_end(int code, const char *text, bool capped)
{
	struct nlmsgerr *e;

	msg = mnl_nlmsg_put_header(buf);
	msg->nlmsg_type = NLMSG_ERROR;
	msg->nlmsg_flags = (uint16_t)((capped ? NLM_F_CAPPED : 0) | (text ? NLM_F_ACK_TLVS : 0));
	e = mnl_nlmsg_put_extra_header(msg, sizeof(*e));
	e->error = code;
	e->msg.nlmsg_len = 20;
	if (!capped)
		mnl_nlmsg_put_extra_header(msg, 4);
	if (text)
		mnl_attr_put_strz(msg, NLMSGERR_ATTR_MSG, text);
}

START_TEST(ends_say_how_it_went)
{
	int done = -ENOMEM;

	put_end(0, NULL, true);
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), 0);
	put_end(-EBUSY, "the rings exist already", false);
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -EBUSY);
	ck_assert_str_eq(err.msg, "cannot list: the rings exist already");
	put_end(-EINVAL, "no such session", true);
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "cannot list: no such session");
	put_end(-ENOENT, NULL, false);
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -ENOENT);
	ck_assert_str_eq(err.msg, "cannot list: No such file or directory");
	put_end(-EPERM, NULL, false);
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -EPERM);
	ck_assert_str_eq(err.msg, "cannot list: Operation not permitted; run as root");

	msg = mnl_nlmsg_put_header(buf);
	msg->nlmsg_type = NLMSG_DONE;
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), 0);
	memcpy(mnl_nlmsg_put_extra_header(msg, sizeof(done)), &done, sizeof(done));
	ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -ENOMEM);
}
END_TEST

START_TEST(ends_that_make_no_sense_are_refused)
{
	static const int codes[] = { 1, INT32_MAX, -4096, INT32_MIN };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		put_end(codes[i], NULL, true);
		ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -EBADMSG);
		ck_assert_str_eq(err.msg, "cannot list: the kernel's answer is malformed");
	}
	put_end(-EIO, "x", false);
	for (uint32_t len = 0; len < 36; len++) {
		msg->nlmsg_len = len;
		ck_assert_int_eq(eyas_ctl_msg_end(msg, "list", &err), -EBADMSG);
	}
}
END_TEST

/* ---- hostile bytes: no answer does harm ---- */

static void read_all(const struct nlmsghdr *nlh)
{
	static struct eyas_ctl_session session;
	struct eyas_ctl_info info;
	struct eyas_ctl_stats stats;
	struct eyas_ctl_notice notice;
	struct eyas_ctl_family family;
	struct eyas_bytes counters;
	uint32_t abi;

	(void)eyas_ctl_msg_info(nlh, &info, &err);
	(void)eyas_ctl_msg_session(nlh, &session, &err);
	(void)eyas_ctl_msg_stats(nlh, &stats, &err);
	(void)eyas_ctl_msg_notice(nlh, &notice, &err);
	(void)eyas_ctl_msg_family(nlh, &family, &err);
	(void)eyas_ctl_msg_counters(nlh, &abi, &counters, &err);
	(void)eyas_ctl_msg_end(nlh, "x", &err);
}

static void cut_and_change(unsigned int seed)
{
	uint32_t whole = msg->nlmsg_len;

	for (uint32_t len = 16; len <= whole; len++) {
		struct nlmsghdr *own = malloc(len);

		ck_assert_ptr_nonnull(own);
		memcpy(own, msg, len);
		own->nlmsg_len = len;
		read_all(own);
		for (int i = 0; i < 20 && len > 20; i++) {
			((char *)own)[16 + (uint32_t)rand_r(&seed) % (len - 16)] =
				(char)rand_r(&seed);
			read_all(own);
		}
		free(own);
	}
}

START_TEST(no_bytes_do_harm)
{
	struct nlattr *groups;
	static struct eyas_policy p;
	uint32_t abis = 0;

	put_info("0.3");
	cut_and_change(1);
	put_stats();
	cut_and_change(2);
	start(CTRL_CMD_NEWFAMILY);
	mnl_attr_put_u16(msg, CTRL_ATTR_FAMILY_ID, 0x22);
	groups = mnl_attr_nest_start(msg, CTRL_ATTR_MCAST_GROUPS);
	put_group("events", 6);
	mnl_attr_nest_end(msg, groups);
	cut_and_change(3);
	put_end(-EIO, "a sentence", false);
	cut_and_change(4);
	eyas_policy_init(&p);
	eyas_policy_add(&p, "open", 0);
	start(EYAS_CMD_SESSION_GET);
	ck_assert_int_eq(eyas_ctl_msg_policy(msg, sizeof(buf), 3, &p, &abis), 0);
	cut_and_change(5);
}
END_TEST

START_TEST(plans_of_unknown_abis_are_refused)
{
	static struct eyas_ctl_session s;
	static const uint8_t nrs[EYAS_NR_MAX];
	struct nlattr *nest;

	start(EYAS_CMD_SESSION_GET);
	for (uint16_t t = EYAS_A_SESSION; t <= EYAS_A_EVENTS; t++)
		mnl_attr_put_u32(msg, t, 1);
	ck_assert_int_eq(eyas_ctl_msg_session(msg, &s, &err), 0);
	nest = mnl_attr_nest_start(msg, EYAS_A_PLAN);
	mnl_attr_put_u32(msg, EYAS_A_PLAN_ABI, EYAS_ABI_MAX);
	mnl_attr_put(msg, EYAS_A_PLAN_NRS, sizeof(nrs), nrs);
	mnl_attr_put_u8(msg, EYAS_A_PLAN_OTHER, 0);
	mnl_attr_nest_end(msg, nest);
	ck_assert_int_eq(eyas_ctl_msg_session(msg, &s, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "the module's answer has a plan for unknown ABI 5");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, requests_start_with_their_headers);
	tcase_add_test(tc, a_policy_tells_what_is_not_default);
	tcase_add_test(tc, plans_go_out_and_come_back);
	tcase_add_test(tc, flags_anchors_and_scope_go_out_and_come_back);
	tcase_add_test(tc, scopes_that_cannot_be_are_refused);
	tcase_add_test(tc, counters_are_read);
	tcase_add_test(tc, a_policy_needs_its_room);
	tcase_add_test(tc, info_is_read);
	tcase_add_test(tc, answers_that_lack_something_are_refused);
	tcase_add_test(tc, attributes_of_wrong_size_are_refused);
	tcase_add_test(tc, statistics_and_notices_are_read);
	tcase_add_test(tc, the_family_and_its_group_are_found);
	tcase_add_test(tc, ends_say_how_it_went);
	tcase_add_test(tc, ends_that_make_no_sense_are_refused);
	tcase_add_test(tc, no_bytes_do_harm);
	tcase_add_test(tc, plans_of_unknown_abis_are_refused);
}

EYAS_TEST_MAIN("ctl_msg", fill)
