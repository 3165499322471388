/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel keeps for each thread, not for the process: credentials, name,
 * namespaces. An entry shows its first thread. Others are in a list of the entry
 * only if they differ; where the first one changed alone, others has what all
 * threads that are not in the list still are.
 */
#ifndef EYAS_ENRICH_THREADSET_H
#define EYAS_ENRICH_THREADSET_H

#include "enrich/proctab.h"

#define EYAS_THREADS_MAX 65536 /* that differ, of all processes */

struct eyas_self {
	uint64_t cap_inheritable, cap_permitted, cap_effective;
	uint32_t uid, euid, suid, gid, egid, sgid;
	uint32_t ns_net, ns_user, ns_mnt;
	uint32_t own_fs; /* it has a directory of its own, which is cwd */
	char comm[16]; /* filled up with NULs */
	struct eyas_shared *cwd; /* borrowed, NULL: that of the process, or unknown */
};

struct eyas_thread {
	struct eyas_thread *prev, *next;
	struct eyas_entry *of;
	uint32_t tid;
	struct eyas_self self; /* holds a reference to its cwd */
};

void eyas_self_of_task(struct eyas_self *ret, const struct eyas_task *t);
void eyas_self_set_comm(struct eyas_self *s, const char *comm, size_t len);

/* What thread @tid of @e is now; false: the same as the first one. */
bool eyas_thread_get(const struct eyas_proctab *t, const struct eyas_entry *e, uint32_t tid,
		     struct eyas_self *ret);

/* It is @s from now on; a cwd of its own gets a reference more. 0 or -ENOMEM. */
int eyas_thread_set(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid,
		    const struct eyas_self *s);

/* All that are not in the list, the first one apart, are @s. 0 or -ENOMEM. */
int eyas_thread_set_others(struct eyas_entry *e, const struct eyas_self *s);

/* It changes directories without the others from now on. 0 or -ENOMEM. */
int eyas_thread_unshare_fs(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid);

/* It ended; e->p.threads does not count it any more. */
void eyas_thread_end(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid);

/* All are as the first one: after exec, or at the end of the process. */
void eyas_threads_clear(struct eyas_proctab *t, struct eyas_entry *e);

#endif
