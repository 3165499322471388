/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of family "eyas" as bytes: built for ctl.c, and its answers checked. No sockets here. */
#ifndef EYAS_SOURCE_CTL_MSG_H
#define EYAS_SOURCE_CTL_MSG_H

#include <stddef.h>
#include <stdint.h>
#include <linux/netlink.h>
#include "base/bytes.h"
#include "source/ctl.h"

struct eyas_ctl_family {
	uint32_t id;		/* message type; 16 bits */
	uint32_t group;		/* multicast group "events", 0: none */
};

/* Start a message in @buf, 4-aligned and of at least 64 bytes. NLM_F_REQUEST is implied. */
struct nlmsghdr *eyas_ctl_msg_start(void *buf, uint16_t type, uint8_t cmd, uint16_t flags,
				    uint32_t seq);

/* "Which message type has the family 'eyas'?" */
struct nlmsghdr *eyas_ctl_msg_family_get(void *buf, uint32_t seq);

/*
 * Add @session and @p. What is not default is told, and what is in *told, as
 * other policies told it: what is not mentioned would stay as it was. *told,
 * which is 0 at first, then has what this one did: bit n for the plan of ABI n,
 * bits from 8 on for the rest. 0, or -EMSGSIZE if @size bytes do not do.
 */
int eyas_ctl_msg_policy(struct nlmsghdr *nlh, size_t size, uint32_t session,
			const struct eyas_policy *p, uint32_t *told);

/*
 * Read an answer of nlmsg_len bytes, all of which must be there. 0, or
 * -EBADMSG if it is malformed or lacks something; unknown attributes are
 * passed over.
 */
int eyas_ctl_msg_family(const struct nlmsghdr *nlh, struct eyas_ctl_family *ret,
			struct eyas_err *err);
int eyas_ctl_msg_info(const struct nlmsghdr *nlh, struct eyas_ctl_info *ret,
		      struct eyas_err *err);
int eyas_ctl_msg_session(const struct nlmsghdr *nlh, struct eyas_ctl_session *ret,
			 struct eyas_err *err);
int eyas_ctl_msg_stats(const struct nlmsghdr *nlh, struct eyas_ctl_stats *ret,
		       struct eyas_err *err);
/* *ret: struct eyas_counter, one behind the other, unaligned, in @nlh. */
int eyas_ctl_msg_counters(const struct nlmsghdr *nlh, uint32_t *ret_abi, struct eyas_bytes *ret,
			  struct eyas_err *err);
int eyas_ctl_msg_notice(const struct nlmsghdr *nlh, struct eyas_ctl_notice *ret,
			struct eyas_err *err);

/*
 * Read NLMSG_ERROR or NLMSG_DONE. 0 if it tells of success, else -errno and in
 * @err "cannot <what>: <the kernel's sentence>".
 */
int eyas_ctl_msg_end(const struct nlmsghdr *nlh, const char *what, struct eyas_err *err);

#endif
