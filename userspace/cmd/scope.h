/* SPDX-License-Identifier: Apache-2.0 */
/* Whom eyas trace and eyas record look at. */
#ifndef EYAS_CMD_SCOPE_H
#define EYAS_CMD_SCOPE_H

#include <argp.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "base/vec.h"
#include "source/policy.h"

/* As the kernel takes it. Zeroed: everybody. */
struct eyas_scope {
	EYAS_VEC(uint32_t) pids;	/* processes */
	EYAS_VEC(uint64_t) cgroups;
	EYAS_VEC(uint32_t) uids;
};

/*
 * For a parser of options: add those that the option of @key names by @arg,
 *
 *	'p'			"12,13": the processes that these are or belong to
 *	EYAS_OPT_CONTAINER	the cgroups of a container, by the start of its id
 *	EYAS_OPT_CGROUP		a path below /sys/fs/cgroup, or all of it
 *	EYAS_OPT_UID		a user's name or number
 *
 * ARGP_ERR_UNKNOWN for other keys. If there is none, it says so and ends the program.
 */
error_t eyas_scope_option(struct eyas_scope *s, int key, const char *arg);

/*
 * Make it part of what the kernel is asked for, in borrowed memory; *@only is asked for
 * alone if it is not 0. @follow: and their children.
 */
void eyas_scope_apply(const struct eyas_scope *s, const uint32_t *only, bool follow,
		      struct eyas_policy_scope *ret);
void eyas_scope_release(struct eyas_scope *s);

#endif
