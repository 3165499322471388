/* SPDX-License-Identifier: Apache-2.0 */
/* Whom eyas trace and eyas record look at. */
#ifndef EYAS_CMD_SCOPE_H
#define EYAS_CMD_SCOPE_H

#include <stdint.h>
#include "base/err.h"
#include "base/vec.h"

/* As the kernel takes it. Zeroed: everybody. */
struct eyas_scope {
	EYAS_VEC(uint32_t) pids;	/* processes */
	EYAS_VEC(uint64_t) cgroups;
	EYAS_VEC(uint32_t) uids;
};

/* Each 0, or -errno with @err telling what is wrong. */

/* "12,13": the processes that these are or belong to. */
int eyas_scope_pids(struct eyas_scope *s, const char *list, struct eyas_err *err);
/* A user's name or number. */
int eyas_scope_user(struct eyas_scope *s, const char *user, struct eyas_err *err);
/* A path below /sys/fs/cgroup, or all of it. */
int eyas_scope_cgroup(struct eyas_scope *s, const char *path, struct eyas_err *err);
/* The cgroups of a container, by the start of its id. */
int eyas_scope_container(struct eyas_scope *s, const char *id, struct eyas_err *err);
void eyas_scope_release(struct eyas_scope *s);

#endif
