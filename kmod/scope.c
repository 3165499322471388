// SPDX-License-Identifier: GPL-2.0
/* Scopes of sessions: process trees, cgroups, pid namespaces, users. */
#include <linux/cgroup.h>
#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/pid_namespace.h>
#include <linux/sched/signal.h>
#include "policy.h"
#include "session.h"

int eyas_scope_plant(struct eyas_scope *s)
{
	u32 i;

	s->tree = NULL;
	if (!s->npids)
		return 0;
	s->tree = kvzalloc(sizeof(*s->tree), GFP_KERNEL_ACCOUNT);
	if (!s->tree)
		return -ENOMEM;
	s->tree->follow = !(s->flags & EYAS_SCOPE_F_NO_FOLLOW);
	for (i = 0; i < s->npids; i++)
		if (s->pids[i] < PID_MAX_LIMIT)
			__set_bit(s->pids[i], s->tree->tids);
	return 0;
}

/* Under RCU: whether the process of @task is one of those named, or descends from one. */
static bool named(const struct eyas_scope *s, const struct task_struct *task)
{
	u32 i;

	for (; task; task = rcu_dereference(task->real_parent)) {
		for (i = 0; i < s->npids; i++)
			if (s->pids[i] == (u32)task->tgid)
				return true;
		if (!s->tree->follow || task->tgid <= 1)
			break;
	}
	return false;
}

void eyas_scope_grow(struct eyas_scope *s)
{
	struct task_struct *process, *thread;
	int round;

	if (!s->tree)
		return;
	/*
	 * A fork that began before its parent was put in puts its child in the
	 * list of tasks first: the second round finds it.
	 */
	for (round = 0; round < 2; round++) {
		rcu_read_lock();
		for_each_process_thread(process, thread)
			if (named(s, process))
				set_bit(thread->pid, s->tree->tids);
		rcu_read_unlock();
	}
}

static bool in_tree(const struct eyas_tree *tree, const struct task_struct *task)
{
	/* Workers of io_uring are not forked; they belong to their process. */
	pid_t nr = task->flags & EYAS_PF_IO_WORKER ? task->tgid : task->pid;

	return test_bit(nr, tree->tids);
}

static bool in_cgroups(const struct eyas_scope *s)
{
	struct cgroup *c;
	bool in = false;
	u32 i;

	rcu_read_lock();
	for (c = task_dfl_cgroup(current); c && !in; c = cgroup_parent(c))
		for (i = 0; i < s->ncgroups && !in; i++)
			in = s->cgroups[i] == cgroup_id(c);
	rcu_read_unlock();
	return in;
}

static bool in_pidns(const struct eyas_scope *s)
{
	const struct pid_namespace *ns;
	u32 i;

	for (ns = task_active_pid_ns(current); ns; ns = ns->parent)
		for (i = 0; i < s->npidns; i++)
			if (s->pidns[i] == ns->ns.inum)
				return true;
	return false;
}

static bool of_users(const struct eyas_scope *s)
{
	const struct cred *cred = current_cred();
	u32 i;

	for (i = 0; i < s->nuids; i++)
		if (s->uids[i] == __kuid_val(cred->uid) || s->uids[i] == __kuid_val(cred->euid))
			return true;
	return false;
}

bool eyas_scope_holds(const struct eyas_scope *s)
{
	if (s->npids && !in_tree(s->tree, current))
		return false;
	if (s->nuids && !of_users(s))
		return false;
	if (s->npidns && !in_pidns(s))
		return false;
	return !s->ncgroups || in_cgroups(s);
}

/* Call @fn for the tree of each session that has one. */
static void each_tree(void (*fn)(struct eyas_tree *tree, void *arg), void *arg)
{
	unsigned long left = READ_ONCE(eyas_wanted.trees);

	if (!left)
		return;
	preempt_disable_notrace();
	for (; left; left &= left - 1) {
		struct eyas_session *s = rcu_dereference_sched(eyas_sessions[__ffs(left)]);
		const struct eyas_policy *p = s ? rcu_dereference_sched(s->policy) : NULL;

		if (p && p->scope.tree)
			fn(p->scope.tree, arg);
	}
	preempt_enable_notrace();
}

struct birth {
	struct task_struct *parent, *child;
};

static void tree_fork(struct eyas_tree *tree, void *arg)
{
	const struct birth *b = arg;

	if (test_bit(b->parent->pid, tree->tids) &&
	    (tree->follow || b->parent->tgid == b->child->tgid))
		set_bit(b->child->pid, tree->tids);
}

void eyas_scope_fork(struct task_struct *parent, struct task_struct *child)
{
	struct birth b = { parent, child };

	each_tree(tree_fork, &b);
}

/* A thread that execs takes the number of its group, whose owner has gone. */
static void tree_exec(struct eyas_tree *tree, void *arg)
{
	pid_t old_pid = *(pid_t *)arg;

	if (test_and_clear_bit(old_pid, tree->tids))
		set_bit(current->pid, tree->tids);
}

void eyas_scope_exec(pid_t old_pid)
{
	if (old_pid != current->pid)
		each_tree(tree_exec, &old_pid);
}

static void tree_exit(struct eyas_tree *tree, void *arg)
{
	const struct task_struct *task = arg;

	if (test_bit(task->pid, tree->tids))
		clear_bit(task->pid, tree->tids);
}

void eyas_scope_exit(struct task_struct *task)
{
	each_tree(tree_exit, task);
}
