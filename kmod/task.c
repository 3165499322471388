// SPDX-License-Identifier: GPL-2.0
/* Records of processes: what a task is after exec, a child at birth, its end. */
#include <linux/audit.h>
#include <linux/cgroup.h>
#include <linux/cred.h>
#include <linux/fs_struct.h>
#include <linux/ipc_namespace.h>
#include <linux/mm.h>
#include <linux/nsproxy.h>
#include <linux/path.h>
#include <linux/pid_namespace.h>
#include <linux/sched/signal.h>
#include <linux/user_namespace.h>
#include <linux/utsname.h>
#include <net/net_namespace.h>
#include "capture.h"
#include "fetch.h"
#include "object.h"
#include "task.h"

static void fill_ids(struct eyas_task *t, struct task_struct *task)
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
	t->loginuid = from_kuid(&init_user_ns, audit_get_loginuid(task));
	t->sessionid = audit_get_sessionid(task);
	t->ns_pid = ns->ns.inum;
}

static void fill_creds(struct eyas_task *t, const struct cred *cred)
{
	t->uid = from_kuid(&init_user_ns, cred->uid);
	t->euid = from_kuid(&init_user_ns, cred->euid);
	t->suid = from_kuid(&init_user_ns, cred->suid);
	t->fsuid = from_kuid(&init_user_ns, cred->fsuid);
	t->gid = from_kgid(&init_user_ns, cred->gid);
	t->egid = from_kgid(&init_user_ns, cred->egid);
	t->sgid = from_kgid(&init_user_ns, cred->sgid);
	t->fsgid = from_kgid(&init_user_ns, cred->fsgid);
	t->cap_inheritable = eyas_cap_u64(cred->cap_inheritable);
	t->cap_permitted = eyas_cap_u64(cred->cap_permitted);
	t->cap_effective = eyas_cap_u64(cred->cap_effective);
	t->ns_user = cred->user_ns->ns.inum;
}

static void fill_namespaces(struct eyas_task *t, const struct nsproxy *ns)
{
	if (!ns)
		return;
	t->ns_net = ns->net_ns->ns.inum;
	t->ns_uts = ns->uts_ns->ns.inum;
#ifdef CONFIG_IPC_NS
	t->ns_ipc = ns->ipc_ns->ns.inum;
#endif
#ifdef CONFIG_CGROUPS
	t->ns_cgroup = ns->cgroup_ns->ns.inum;
#endif
}

/* @task is current, or a child that does not run yet. */
static void fill_task(struct eyas_task *t, struct task_struct *task, u32 exec_flags)
{
	memset(t, 0, sizeof(*t));
	fill_ids(t, task);
	rcu_read_lock();
	fill_creds(t, rcu_dereference(task->cred));
	rcu_read_unlock();
	fill_namespaces(t, task->nsproxy);
	t->tty = eyas_current_tty();
	t->exec_flags = exec_flags;
	BUILD_BUG_ON(sizeof(t->comm) != TASK_COMM_LEN);
	memcpy(t->comm, task->comm, sizeof(t->comm));
}

static u32 exec_flags(const struct linux_binprm *bprm)
{
	struct file *file = bprm->file;
	u32 flags = 0;

	if (uid_eq(file_inode(file)->i_uid, current_fsuid()) ||
	    !eyas_file_permission(file, MAY_WRITE | MAY_NOT_BLOCK))
		flags |= EYAS_EXEC_F_WRITABLE;
	if (eyas_object_memfd(file))
		flags |= EYAS_EXEC_F_MEMFD;
	if (d_unlinked(file->f_path.dentry))
		flags |= EYAS_EXEC_F_DELETED;
	if (bprm->secureexec)
		flags |= EYAS_EXEC_F_SECURE;
	return flags;
}

/* The new program's memory: the kernel just wrote it, and nobody else shares it. */
static bool exec_strings(struct eyas_writer *w, u32 snaplen)
{
	const struct mm_struct *mm = current->mm;

	return eyas_fetch_bytes(w, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG,
				(const void __user *)mm->arg_start,
				mm->arg_end - mm->arg_start, snaplen) &&
	       eyas_fetch_bytes(w, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG,
				(const void __user *)mm->env_start,
				mm->env_end - mm->env_start, snaplen);
}

static bool exec_cwd(struct eyas_writer *w)
{
	struct path pwd;
	bool ok;

	get_fs_pwd(current->fs, &pwd);
	ok = eyas_object_path(w, &pwd, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG);
	path_put(&pwd);
	return ok;
}

static void record_exec(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	struct linux_binprm *bprm = arg;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_EXEC) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(struct eyas_task),
				EYAS_CLASS_PROCESS, EYAS_REC_EXEC, -1))
		return;
	fill_task((struct eyas_task *)(w.rec + 1), current, exec_flags(bprm));
	if (eyas_object_file(&w, bprm->file, EYAS_BLOB_EXE_FILE, EYAS_BLOB_EXE_PATH) &&
	    eyas_fetch_kernel(&w, EYAS_BLOB_EXE_NAME, bprm->filename,
			      strnlen(bprm->filename, PATH_MAX)) &&
	    exec_strings(&w, p->snaplen) && exec_cwd(&w))
		eyas_ring_commit(&w);
	else
		eyas_ring_lose(&w);
}

void eyas_task_exec(struct linux_binprm *bprm)
{
	eyas_capture_each(READ_ONCE(eyas_wanted.exec), record_exec, bprm);
}

static u32 fork_flags(const struct task_struct *parent, const struct task_struct *child)
{
	u32 flags = 0;

	if (parent->tgid == child->tgid)
		flags |= EYAS_FORK_F_THREAD;
	if (child->mm && parent->mm == child->mm)
		flags |= EYAS_FORK_F_VM;
	if (child->vfork_done)
		flags |= EYAS_FORK_F_VFORK;
	if (child->files && parent->files == child->files)
		flags |= EYAS_FORK_F_FILES;
	if (child->fs && parent->fs == child->fs)
		flags |= EYAS_FORK_F_FS;
	return flags;
}

struct fork_args {
	struct task_struct *parent;
	struct task_struct *child;
};

static void record_fork(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	struct fork_args *a = arg;
	struct eyas_fork *f;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_FORK) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(*f), EYAS_CLASS_PROCESS,
				EYAS_REC_FORK, -1))
		return;
	f = (struct eyas_fork *)(w.rec + 1);
	f->child_tid = a->child->pid;
	f->child_pid = a->child->tgid;
	f->flags = fork_flags(a->parent, a->child);
	f->__pad = 0;
	fill_task(&f->task, a->child, 0);
	eyas_ring_commit(&w);
}

void eyas_task_fork(struct task_struct *parent, struct task_struct *child)
{
	struct fork_args args = { parent, child };

	eyas_capture_each(READ_ONCE(eyas_wanted.fork), record_fork, &args);
}

static void record_exit(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	struct task_struct *task = arg;
	struct eyas_exit *e;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_EXIT) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(*e), EYAS_CLASS_PROCESS,
				EYAS_REC_EXIT, -1))
		return;
	e = (struct eyas_exit *)(w.rec + 1);
	e->start_time = task->start_boottime;
	e->status = task->exit_code;
	e->flags = atomic_read(&task->signal->live) ? 0 : EYAS_EXIT_F_GROUP;
	eyas_ring_commit(&w);
}

void eyas_task_exit(struct task_struct *task)
{
	eyas_capture_each(READ_ONCE(eyas_wanted.exit), record_exit, task);
}
