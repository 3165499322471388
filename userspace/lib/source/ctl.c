// SPDX-License-Identifier: Apache-2.0
/* The control plane: sockets, and who answers what. The messages are in ctl_msg.c. */
#include "source/ctl.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <stdbool.h>
#include <string.h>
#include "source/ctl_msg.h"

#define BUF_SIZE	(32U << 10)	/* what the kernel puts into one message of a dump */

struct eyas_ctl {
	struct mnl_socket *nl;
	struct mnl_socket *notices;	/* NULL until subscribed */
	struct eyas_ctl_family family;
	uint32_t seq;
	uint32_t told;			/* what a policy of ours has mentioned */
	size_t pos, len;		/* notices in nbuf not given yet */
	_Alignas(8) char buf[BUF_SIZE];
	_Alignas(8) char nbuf[BUF_SIZE];
};

/* What a request waits for. */
struct wait {
	const char *what;		/* "list the sessions" */
	int (*fn)(const struct nlmsghdr *nlh, void *arg, struct eyas_err *err);
	void *arg;
};

static ssize_t receive(struct mnl_socket *nl, void *buf)
{
	ssize_t n;

	do
		n = mnl_socket_recvfrom(nl, buf, BUF_SIZE);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

/* One message of the answer that is not its end. */
static int take(const struct nlmsghdr *nlh, const struct wait *w, struct eyas_err *err)
{
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		return eyas_err_set(err, -EAGAIN,
				    "cannot %s: there were changes meanwhile; "
				    "try again",
				    w->what);
	if (nlh->nlmsg_type < NLMSG_MIN_TYPE || !w->fn)
		return 0;
	return w->fn(nlh, w->arg, err);
}

/*
 * Messages of one datagram; true when the answer is complete. *r keeps what
 * stopped us, but all is read: a dump left half-way would refuse the next one.
 */
static bool take_all(const char *buf, ssize_t len, uint32_t seq, const struct wait *w, int *r,
		     struct eyas_err *err)
{
	const struct nlmsghdr *nlh = (const void *)buf;
	int left = (int)len;

	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
		if (nlh->nlmsg_seq != seq)
			continue;
		if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
			if (!*r)
				*r = eyas_ctl_msg_end(nlh, w->what, err);
			return true;
		}
		if (!*r)
			*r = take(nlh, w, err);
	}
	return false;
}

/* Send the request in ctl->buf and handle what comes back until it is complete. */
static int transact(struct eyas_ctl *ctl, const struct nlmsghdr *req, const struct wait *w,
		    struct eyas_err *err)
{
	uint32_t seq = req->nlmsg_seq;
	ssize_t n = mnl_socket_sendto(ctl->nl, req, req->nlmsg_len);
	int r = 0;

	if (n < 0)
		return eyas_err_set(err, -errno, "cannot %s: %s", w->what, strerror(errno));
	do {
		n = receive(ctl->nl, ctl->buf);
		if (n < 0)
			return eyas_err_set(err, (int)n, "cannot %s: %s", w->what,
					    strerror((int)-n));
	} while (!take_all(ctl->buf, n, seq, w, &r, err));
	return r;
}

static int open_socket(int flags, struct mnl_socket **ret, struct eyas_err *err)
{
	struct mnl_socket *nl = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC | flags);
	int one = 1, code;

	if (nl && !mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID)) {
		/* Older kernels refuse these: then there are no sentences, only errnos. */
		mnl_socket_setsockopt(nl, NETLINK_CAP_ACK, &one, sizeof(one));
		mnl_socket_setsockopt(nl, NETLINK_EXT_ACK, &one, sizeof(one));
		*ret = nl;
		return 0;
	}
	code = -errno;
	if (nl)
		mnl_socket_close(nl);
	return eyas_err_set(err, code, "cannot open a netlink socket: %s", strerror(-code));
}

static int on_family(const struct nlmsghdr *nlh, void *arg, struct eyas_err *err)
{
	return eyas_ctl_msg_family(nlh, arg, err);
}

static int on_info(const struct nlmsghdr *nlh, void *arg, struct eyas_err *err)
{
	return eyas_ctl_msg_info(nlh, arg, err);
}

static int family_find(struct eyas_ctl *ctl, struct eyas_err *err)
{
	struct wait w = { "find the module", on_family, &ctl->family };
	int r = transact(ctl, eyas_ctl_msg_family_get(ctl->buf, ++ctl->seq), &w, err);

	if (r == -ENOENT || (!r && !ctl->family.id))
		return eyas_err_set(err, -ENOENT,
				    "the module is not loaded; run 'sudo modprobe eyas'");
	return r;
}

int eyas_ctl_open(struct eyas_ctl **ret, struct eyas_err *err)
{
	struct eyas_ctl *ctl = calloc(1, sizeof(*ctl));
	struct eyas_ctl_info info;
	int r;

	if (!ctl)
		return eyas_err_set(err, -ENOMEM, "cannot open the control plane: out of memory");
	r = open_socket(0, &ctl->nl, err);
	if (!r)
		r = family_find(ctl, err);
	/* Ask something at once: whether we may shows with the first request only. */
	if (!r)
		r = eyas_ctl_info(ctl, &info, err);
	if (r) {
		eyas_ctl_close(ctl);
		return r;
	}
	*ret = ctl;
	return 0;
}

void eyas_ctl_close(struct eyas_ctl *ctl)
{
	if (!ctl)
		return;
	if (ctl->nl)
		mnl_socket_close(ctl->nl);
	if (ctl->notices)
		mnl_socket_close(ctl->notices);
	free(ctl);
}

static struct nlmsghdr *request(struct eyas_ctl *ctl, uint8_t cmd, uint16_t flags)
{
	return eyas_ctl_msg_start(ctl->buf, (uint16_t)ctl->family.id, cmd, flags, ++ctl->seq);
}

int eyas_ctl_info(struct eyas_ctl *ctl, struct eyas_ctl_info *ret, struct eyas_err *err)
{
	struct wait w = { "ask the module", on_info, ret };

	return transact(ctl, request(ctl, EYAS_CMD_INFO_GET, NLM_F_ACK), &w, err);
}

int eyas_ctl_session_set(struct eyas_ctl *ctl, uint32_t session, const struct eyas_policy *p,
			 struct eyas_err *err)
{
	struct wait w = { "set what is recorded", NULL, NULL };
	struct nlmsghdr *nlh = request(ctl, EYAS_CMD_SESSION_SET, NLM_F_ACK);
	int r = eyas_ctl_msg_policy(nlh, sizeof(ctl->buf), session, p, &ctl->told);

	if (r)
		return eyas_err_set(err, r, "cannot set what is recorded: the policy is too long");
	return transact(ctl, nlh, &w, err);
}

/* ---- dumps ---- */

struct sessions_arg {
	int (*fn)(const struct eyas_ctl_session *s, void *arg);
	void *arg;
};

static int on_session(const struct nlmsghdr *nlh, void *arg, struct eyas_err *err)
{
	_cleanup_free_ struct eyas_ctl_session *s = malloc(sizeof(*s));
	const struct sessions_arg *a = arg;
	int r;

	if (!s)
		return eyas_err_set(err, -ENOMEM, "cannot list the sessions: out of memory");
	r = eyas_ctl_msg_session(nlh, s, err);
	if (r)
		return r;
	r = a->fn(s, a->arg);
	return r < 0 ? eyas_err_set(err, r, "cannot list the sessions: %s", strerror(-r)) : r;
}

int eyas_ctl_sessions(struct eyas_ctl *ctl, uint32_t session,
		      int (*fn)(const struct eyas_ctl_session *s, void *arg), void *arg,
		      struct eyas_err *err)
{
	struct sessions_arg a = { fn, arg };
	struct wait w = { "list the sessions", on_session, &a };
	struct nlmsghdr *nlh =
		request(ctl, EYAS_CMD_SESSION_GET, session ? NLM_F_ACK : NLM_F_DUMP | NLM_F_ACK);

	if (session)
		mnl_attr_put_u32(nlh, EYAS_A_SESSION, session);
	return transact(ctl, nlh, &w, err);
}

struct stats_arg {
	int (*fn)(const struct eyas_ctl_stats *s, void *arg);
	void *arg;
};

static int on_stats(const struct nlmsghdr *nlh, void *arg, struct eyas_err *err)
{
	const struct stats_arg *a = arg;
	struct eyas_ctl_stats s;
	int r = eyas_ctl_msg_stats(nlh, &s, err);

	if (r)
		return r;
	r = a->fn(&s, a->arg);
	return r < 0 ? eyas_err_set(err, r, "cannot read statistics: %s", strerror(-r)) : r;
}

int eyas_ctl_stats(struct eyas_ctl *ctl, uint32_t session,
		   int (*fn)(const struct eyas_ctl_stats *s, void *arg), void *arg,
		   struct eyas_err *err)
{
	struct stats_arg a = { fn, arg };
	struct wait w = { "read statistics", on_stats, &a };
	struct nlmsghdr *nlh = request(ctl, EYAS_CMD_STATS_GET, NLM_F_DUMP | NLM_F_ACK);

	if (session)
		mnl_attr_put_u32(nlh, EYAS_A_SESSION, session);
	return transact(ctl, nlh, &w, err);
}

struct counters_arg {
	int (*fn)(uint32_t abi, const struct eyas_counter *c, void *arg);
	void *arg;
};

static int on_counters(const struct nlmsghdr *nlh, void *arg, struct eyas_err *err)
{
	const struct counters_arg *a = arg;
	struct eyas_counter c;
	struct eyas_bytes left;
	uint32_t abi;
	int r = eyas_ctl_msg_counters(nlh, &abi, &left, err);

	if (r)
		return r;
	while (!r && eyas_bytes_get(&left, &c, sizeof(c)))
		r = a->fn(abi, &c, a->arg);
	return r < 0 ? eyas_err_set(err, r, "cannot read counters: %s", strerror(-r)) : r;
}

int eyas_ctl_counters(struct eyas_ctl *ctl, uint32_t session,
		      int (*fn)(uint32_t abi, const struct eyas_counter *c, void *arg), void *arg,
		      struct eyas_err *err)
{
	struct counters_arg a = { fn, arg };
	struct wait w = { "read counters", on_counters, &a };
	struct nlmsghdr *nlh = request(ctl, EYAS_CMD_COUNTERS_GET, NLM_F_DUMP | NLM_F_ACK);

	mnl_attr_put_u32(nlh, EYAS_A_SESSION, session);
	return transact(ctl, nlh, &w, err);
}

/* ---- notices ---- */

int eyas_ctl_subscribe(struct eyas_ctl *ctl, struct eyas_err *err)
{
	int group = (int)ctl->family.group;
	int r;

	if (ctl->notices)
		return 0;
	if (!group)
		return eyas_err_set(err, -EOPNOTSUPP, "the module sends no notices");
	/* A socket of its own: notices don't get between requests and answers. */
	r = open_socket(SOCK_NONBLOCK, &ctl->notices, err);
	if (r)
		return r;
	if (!mnl_socket_setsockopt(ctl->notices, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		return 0;
	r = -errno;
	mnl_socket_close(ctl->notices);
	ctl->notices = NULL;
	return eyas_err_set(err, r, "cannot join the module's notices: %s", strerror(-r));
}

int eyas_ctl_fd(const struct eyas_ctl *ctl)
{
	return ctl->notices ? mnl_socket_get_fd(ctl->notices) : -1;
}

/* The next message in nbuf, NULL if there is none. */
static const struct nlmsghdr *notice_next(struct eyas_ctl *ctl)
{
	const struct nlmsghdr *nlh = (const void *)(ctl->nbuf + ctl->pos);
	size_t left = ctl->len - ctl->pos, len;

	if (!mnl_nlmsg_ok(nlh, (int)left))
		return NULL;
	len = MNL_ALIGN(nlh->nlmsg_len);
	ctl->pos += len < left ? len : left;
	return nlh;
}

int eyas_ctl_notice(struct eyas_ctl *ctl, struct eyas_ctl_notice *ret, struct eyas_err *err)
{
	const struct nlmsghdr *nlh;
	ssize_t n;
	int r;

	if (!ctl->notices)
		return eyas_err_set(err, -EBADF, "cannot read notices: not subscribed");
	for (;;) {
		nlh = notice_next(ctl);
		if (nlh && nlh->nlmsg_type == ctl->family.id) {
			r = eyas_ctl_msg_notice(nlh, ret, err);
			return r ? r : 1;
		}
		if (nlh)
			continue;
		n = receive(ctl->notices, ctl->nbuf);
		if (n == -EAGAIN)
			return 0;
		if (n < 0)
			return eyas_err_set(err, (int)n, "cannot read notices: %s",
					    n == -ENOBUFS ?
						    "some were lost, too many came at once" :
						    strerror((int)-n));
		ctl->pos = 0;
		ctl->len = (size_t)n;
	}
}
