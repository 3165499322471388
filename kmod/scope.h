/* SPDX-License-Identifier: GPL-2.0 */
/* Whose acts a session records: a part of its policy, checked for the task that acts. */
#ifndef EYAS_SCOPE_H
#define EYAS_SCOPE_H

#include <linux/bitmap.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/threads.h>
#include <linux/eyas.h>

struct eyas_policy;

/* Threads in a process tree, by their number: exact, whatever they do to their parents. */
struct eyas_tree {
	struct rcu_head rcu;
	bool follow;		/* processes that they fork, too */
	DECLARE_BITMAP(tids, PID_MAX_LIMIT);
};

struct eyas_scope {
	u32 flags;		/* EYAS_SCOPE_F_* */
	u32 npids, ncgroups, npidns, nuids;
	u32 pids[EYAS_SCOPE_MAX];
	u64 cgroups[EYAS_SCOPE_MAX];
	u32 pidns[EYAS_SCOPE_MAX];
	u32 uids[EYAS_SCOPE_MAX];
	struct eyas_tree *tree;	/* NULL if npids is 0 */
};

/* A tree for @s->pids, which are not in it yet; -ENOMEM. Under eyas_sessions_lock. */
int eyas_scope_plant(struct eyas_scope *s);

/* Put what lives of it in. Forks are followed already, so that none is missed. */
void eyas_scope_grow(struct eyas_scope *s);

static inline bool eyas_scope_any(const struct eyas_scope *s)
{
	return s->npids || s->ncgroups || s->npidns || s->nuids;
}

static inline bool eyas_scope_only_tree(const struct eyas_scope *s)
{
	return s->npids && !s->ncgroups && !s->npidns && !s->nuids;
}

/* Whether current is in it; @s limits something. Preemption is off. */
bool eyas_scope_holds(const struct eyas_scope *s);

/* From the probes: what becomes of trees. */
void eyas_scope_fork(struct task_struct *parent, struct task_struct *child);
void eyas_scope_exec(pid_t old_pid);
void eyas_scope_exit(struct task_struct *task);

#endif /* EYAS_SCOPE_H */
