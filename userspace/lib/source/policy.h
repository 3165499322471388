/* SPDX-License-Identifier: Apache-2.0 */
/* What a session records, as user space writes it down. */
#ifndef EYAS_SOURCE_POLICY_H
#define EYAS_SOURCE_POLICY_H

#include <stdint.h>
#include <linux/eyas.h>

/* Whose events; what has no values does not limit, see SCOPE in <linux/eyas.h>. Borrowed. */
struct eyas_policy_scope {
	uint32_t flags;				/* EYAS_SCOPE_F_* */
	uint32_t npids, ncgroups, npidns, nuids; /* each EYAS_SCOPE_MAX at most */
	const uint32_t *pids;
	const uint64_t *cgroups;
	const uint32_t *pidns, *uids;
};

struct eyas_policy {
	uint32_t events;			/* EYAS_EVENT_* */
	uint32_t flags;				/* EYAS_SESSION_F_* */
	uint64_t anchors;			/* bit n: enum eyas_anchor_id n */
	struct eyas_policy_scope scope;
	uint32_t bulk_size, crit_size;		/* bytes, 0: default */
	uint32_t wake_us;			/* UINT32_MAX: default */
	uint32_t watermark;			/* percent, 0: default */
	uint32_t snaplen;			/* bytes, 0: default */
	uint8_t plan[EYAS_ABI_MAX][EYAS_NR_MAX];	/* EYAS_PLAN_* */
	uint8_t other[EYAS_ABI_MAX];		/* numbers outside the plan */
};

/* Nothing selected, everything else default. */
void eyas_policy_init(struct eyas_policy *p);

/*
 * Record call @name with @plan bits in every ABI that has it, by this or
 * another name (setuid32); -ENOENT if none has. "syscall" means all those
 * whose number has no name. Added twice, both wishes are met: NO_FAILED and
 * NO_OK stay only if in both.
 */
int eyas_policy_add(struct eyas_policy *p, const char *name, uint8_t plan);

/* What both @p and @more ask for, so that neither misses anything; sizes and scope stay @p's. */
void eyas_policy_widen(struct eyas_policy *p, const struct eyas_policy *more);

/*
 * Make @p one that a module of these EYAS_FEATURE_* takes: where it cannot tell
 * changes of credentials and names, the calls that make most of them are
 * recorded instead; where it cannot tell late starts, it tells all. What has no
 * such substitute stays, and will be refused.
 */
void eyas_policy_fit(struct eyas_policy *p, uint64_t features);

/* Record every call of every ABI, unknown numbers too. */
void eyas_policy_add_all(struct eyas_policy *p, uint8_t plan);

#endif
