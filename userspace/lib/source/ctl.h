/* SPDX-License-Identifier: Apache-2.0 */
/* The control plane: generic netlink family "eyas", by libmnl. */
#ifndef EYAS_SOURCE_CTL_H
#define EYAS_SOURCE_CTL_H

#include <stdint.h>
#include "base/err.h"
#include "source/policy.h"

struct eyas_ctl;

struct eyas_ctl_info {
	char version[32];
	char kernel[80];	/* release the module was built for */
	uint32_t abi_version;
	uint32_t sessions;
	uint32_t hooks;		/* EYAS_EVENT_*, EYAS_HOOK_* */
	uint64_t features;
	uint64_t anchors;	/* that can be had here, bit n: enum eyas_anchor_id n */
};

struct eyas_ctl_session {
	uint32_t id;
	uint32_t owner_pid;
	struct eyas_policy policy;	/* its scope borrows from what is below */
	uint32_t pids[EYAS_SCOPE_MAX], pidns[EYAS_SCOPE_MAX], uids[EYAS_SCOPE_MAX];
	uint64_t cgroups[EYAS_SCOPE_MAX];
};

/* One ring. */
struct eyas_ctl_stats {
	uint32_t session, cpu, lane, state;
	uint64_t produced, records, bytes, nested, unread;
	uint64_t lost[EYAS_CLASS_MAX];
};

struct eyas_ctl_notice {
	uint8_t cmd;		/* EYAS_CMD_SESSION_START, _END, _LOSS */
	uint32_t session, owner_pid;
	uint64_t lost[EYAS_CLASS_MAX];
};

/* -ENOENT if the module is not loaded, -EPERM without CAP_NET_ADMIN. */
int eyas_ctl_open(struct eyas_ctl **ret, struct eyas_err *err) _must_check_;
void eyas_ctl_close(struct eyas_ctl *ctl);	/* NULL is fine */

int eyas_ctl_info(struct eyas_ctl *ctl, struct eyas_ctl_info *ret, struct eyas_err *err);
int eyas_ctl_session_set(struct eyas_ctl *ctl, uint32_t session,
			 const struct eyas_policy *p, struct eyas_err *err);

/*
 * Call @fn for each; it returns 0 to go on, and anything else to be called no
 * more and have that returned. @session 0: all.
 */
int eyas_ctl_sessions(struct eyas_ctl *ctl, uint32_t session,
		      int (*fn)(const struct eyas_ctl_session *s, void *arg), void *arg,
		      struct eyas_err *err);
int eyas_ctl_stats(struct eyas_ctl *ctl, uint32_t session,
		   int (*fn)(const struct eyas_ctl_stats *s, void *arg), void *arg,
		   struct eyas_err *err);
/* Of one session, for each ABI and number that was called. */
int eyas_ctl_counters(struct eyas_ctl *ctl, uint32_t session,
		      int (*fn)(uint32_t abi, const struct eyas_counter *c, void *arg), void *arg,
		      struct eyas_err *err);

/* Join the multicast group; then poll the descriptor and read notices. */
int eyas_ctl_subscribe(struct eyas_ctl *ctl, struct eyas_err *err);
int eyas_ctl_fd(const struct eyas_ctl *ctl);
/* 1: *ret filled; 0: none now; -errno. */
int eyas_ctl_notice(struct eyas_ctl *ctl, struct eyas_ctl_notice *ret, struct eyas_err *err);

#endif
