// SPDX-License-Identifier: GPL-2.0
/* Who a task is. Ids are those of the initial namespaces, if not told otherwise. */
#include <linux/audit.h>
#include <linux/cgroup.h>
#include <linux/ipc_namespace.h>
#include <linux/nsproxy.h>
#include <linux/pid_namespace.h>
#include <linux/proc_ns.h>
#include <linux/sched/signal.h>
#include <linux/seccomp.h>
#include <linux/time_namespace.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>
#include <linux/utsname.h>
#include <net/net_namespace.h>
#include "fetch.h"
#include "ids.h"

/* Where struct mnt_namespace, which is private, has its struct ns_common; -1: unknown. */
static int mnt_ns_common __ro_after_init = -1;

static bool __init is_mnt_ns(const struct ns_common *ns)
{
	const struct proc_ns_operations *ops;
	const char *name;
	char text[4];

	return !copy_from_kernel_nofault(&ops, &ns->ops, sizeof(ops)) &&
	       !copy_from_kernel_nofault(&name, &ops->name, sizeof(name)) &&
	       !copy_from_kernel_nofault(text, name, sizeof(text)) && !memcmp(text, "mnt", 4);
}

void __init eyas_ids_init(void)
{
	const u8 *ns = (const u8 *)current->nsproxy->mnt_ns;
	int offset;

	for (offset = 0; offset <= 128; offset += sizeof(long)) {
		if (!is_mnt_ns((const struct ns_common *)(ns + offset)))
			continue;
		mnt_ns_common = offset;
		return;
	}
	pr_info("eyas: this kernel's mount namespaces look unfamiliar: not told\n");
}

static u32 mnt_ns_inum(const struct nsproxy *ns)
{
	if (!ns || mnt_ns_common < 0)
		return 0;
	return ((const struct ns_common *)((const u8 *)ns->mnt_ns + mnt_ns_common))->inum;
}

u32 eyas_ids_mnt_ns(const struct task_struct *task)
{
	return mnt_ns_inum(task->nsproxy);
}

static void fill_numbers(struct eyas_task *t, struct task_struct *task)
{
	struct pid_namespace *ns = task_active_pid_ns(task);

	rcu_read_lock();
	t->ppid = task_tgid_nr(rcu_dereference(task->real_parent));
	t->cgroup = cgroup_id(task_dfl_cgroup(task));
	rcu_read_unlock();
	t->start_time = task->start_boottime;
	t->vtid = task_pid_nr_ns(task, ns);
	t->vpid = task_tgid_nr_ns(task, ns);
	t->pgid = task_pgrp_nr_ns(task, &init_pid_ns);
	t->sid = task_session_nr_ns(task, &init_pid_ns);
	t->vpgid = task_pgrp_nr_ns(task, ns);
	t->vsid = task_session_nr_ns(task, ns);
	t->loginuid = __kuid_val(audit_get_loginuid(task));
	t->sessionid = audit_get_sessionid(task);
	t->ns_pid = ns->ns.inum;
}

static void fill_creds(struct eyas_task *t, const struct cred *cred)
{
	t->uid = __kuid_val(cred->uid);
	t->euid = __kuid_val(cred->euid);
	t->suid = __kuid_val(cred->suid);
	t->fsuid = __kuid_val(cred->fsuid);
	t->gid = __kgid_val(cred->gid);
	t->egid = __kgid_val(cred->egid);
	t->sgid = __kgid_val(cred->sgid);
	t->fsgid = __kgid_val(cred->fsgid);
	t->cap_inheritable = eyas_cap_u64(cred->cap_inheritable);
	t->cap_permitted = eyas_cap_u64(cred->cap_permitted);
	t->cap_effective = eyas_cap_u64(cred->cap_effective);
	t->cap_bounding = eyas_cap_u64(cred->cap_bset);
	t->cap_ambient = eyas_cap_u64(cred->cap_ambient);
	t->securebits = cred->securebits;
	t->ns_user = cred->user_ns->ns.inum;
}

static void fill_namespaces(struct eyas_task *t, const struct nsproxy *ns)
{
	if (!ns)
		return;
	t->ns_mnt = mnt_ns_inum(ns);
	t->ns_net = ns->net_ns->ns.inum;
	t->ns_uts = ns->uts_ns->ns.inum;
#ifdef CONFIG_IPC_NS
	t->ns_ipc = ns->ipc_ns->ns.inum;
#endif
#ifdef CONFIG_CGROUPS
	t->ns_cgroup = ns->cgroup_ns->ns.inum;
#endif
#ifdef CONFIG_TIME_NS
	t->ns_time = ns->time_ns->ns.inum;
#endif
}

static u32 task_flags(const struct task_struct *task)
{
	u32 flags = 0;

	if (task_no_new_privs((struct task_struct *)task))
		flags |= EYAS_TASK_F_NO_NEW_PRIVS;
	if (task->flags & PF_KTHREAD)
		flags |= EYAS_TASK_F_KERNEL;
	if (task->flags & EYAS_PF_IO_WORKER)
		flags |= EYAS_TASK_F_IO_WORKER;
	return flags;
}

void eyas_ids_task(struct eyas_task *t, struct task_struct *task, u32 exec_flags)
{
	memset(t, 0, sizeof(*t));
	fill_numbers(t, task);
	rcu_read_lock();
	fill_creds(t, rcu_dereference(task->cred));
	rcu_read_unlock();
	fill_namespaces(t, task->nsproxy);
	t->tty = eyas_current_tty();
	t->exec_flags = exec_flags;
	t->flags = task_flags(task);
	t->seccomp = seccomp_mode(&task->seccomp);
	BUILD_BUG_ON(sizeof(t->comm) != TASK_COMM_LEN);
	memcpy(t->comm, task->comm, sizeof(t->comm));
}

void eyas_ids_task_brief(struct eyas_task *t, const struct task_struct *task)
{
	memset(t, 0, sizeof(*t));
	t->start_time = task->start_boottime;
	memcpy(t->comm, task->comm, sizeof(t->comm));
}

void eyas_ids_creds(struct eyas_creds *c, const struct cred *cred)
{
	*c = (struct eyas_creds) {
		.uid = __kuid_val(cred->uid),
		.euid = __kuid_val(cred->euid),
		.suid = __kuid_val(cred->suid),
		.fsuid = __kuid_val(cred->fsuid),
		.gid = __kgid_val(cred->gid),
		.egid = __kgid_val(cred->egid),
		.sgid = __kgid_val(cred->sgid),
		.fsgid = __kgid_val(cred->fsgid),
		.cap_inheritable = eyas_cap_u64(cred->cap_inheritable),
		.cap_permitted = eyas_cap_u64(cred->cap_permitted),
		.cap_effective = eyas_cap_u64(cred->cap_effective),
		.cap_bounding = eyas_cap_u64(cred->cap_bset),
		.cap_ambient = eyas_cap_u64(cred->cap_ambient),
		.securebits = cred->securebits,
		.ns_user = cred->user_ns->ns.inum,
		.ngroups = cred->group_info ? cred->group_info->ngroups : 0,
	};
}

bool eyas_ids_put_target(struct eyas_writer *w, struct task_struct *task, u8 arg)
{
	struct eyas_target *t = eyas_blob_begin(w, sizeof(*t));
	struct pid_namespace *ns;

	if (!t)
		return false;
	rcu_read_lock();
	ns = task_active_pid_ns(task);
	*t = (struct eyas_target) {
		.start_time = task->start_boottime,
		.tid = task->pid,
		.pid = task->tgid,
		.uid = __kuid_val(__task_cred(task)->uid),
		.ns_pid = ns ? ns->ns.inum : 0,
	};
	rcu_read_unlock();
	/* May be renamed meanwhile; the last byte is always NUL. */
	memcpy(t->comm, task->comm, sizeof(t->comm) - 1);
	eyas_blob_end(w, EYAS_BLOB_TASK, arg, sizeof(*t), sizeof(*t));
	return true;
}

bool eyas_ids_put_pid(struct eyas_writer *w, pid_t nr, u8 arg)
{
	struct task_struct *task;
	bool ok = true;

	rcu_read_lock();
	task = nr > 0 ? pid_task(find_vpid(nr), PIDTYPE_PID) : NULL;
	if (task)
		ok = eyas_ids_put_target(w, task, arg);
	rcu_read_unlock();
	return ok;
}

bool eyas_ids_put_creds(struct eyas_writer *w)
{
	struct eyas_creds *c = eyas_blob_begin(w, sizeof(*c));

	if (!c)
		return false;
	eyas_ids_creds(c, current_cred());
	eyas_blob_end(w, EYAS_BLOB_CREDS, EYAS_BLOB_NO_ARG, sizeof(*c), sizeof(*c));
	return true;
}

bool eyas_ids_put_ns(struct eyas_writer *w)
{
	const struct nsproxy *ns = current->nsproxy;
	struct eyas_ns *n = eyas_blob_begin(w, sizeof(*n));

	if (!n)
		return false;
	memset(n, 0, sizeof(*n));
	n->user = current_user_ns()->ns.inum;
	n->pid = task_active_pid_ns(current)->ns.inum;
	if (ns) {
		n->mnt = mnt_ns_inum(ns);
		n->net = ns->net_ns->ns.inum;
		n->pid_children = ns->pid_ns_for_children->ns.inum;
		n->uts = ns->uts_ns->ns.inum;
#ifdef CONFIG_IPC_NS
		n->ipc = ns->ipc_ns->ns.inum;
#endif
#ifdef CONFIG_CGROUPS
		n->cgroup = ns->cgroup_ns->ns.inum;
#endif
#ifdef CONFIG_TIME_NS
		n->time = ns->time_ns->ns.inum;
#endif
	}
	eyas_blob_end(w, EYAS_BLOB_NS, EYAS_BLOB_NO_ARG, sizeof(*n), sizeof(*n));
	return true;
}
