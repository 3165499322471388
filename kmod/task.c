// SPDX-License-Identifier: GPL-2.0
/* Records of processes: what a task is after exec, a child at birth, its end. */
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/nsproxy.h>
#include <linux/path.h>
#include <linux/pid.h>
#include <linux/signal.h>
#include <linux/sched/signal.h>
#include "arch.h"
#include "capture.h"
#include "fetch.h"
#include "ids.h"
#include "object.h"
#include "task.h"

#define QUEUE_MAX	64	/* signals looked at in a queue */

static u32 exec_layer(const struct file *file)
{
	u32 layer = eyas_object_layer(file);

	return (layer & EYAS_FILE_F_UPPER ? EYAS_EXEC_F_UPPER : 0) |
	       (layer & EYAS_FILE_F_LOWER ? EYAS_EXEC_F_LOWER : 0);
}

static u32 exec_privilege(const struct linux_binprm *bprm)
{
	umode_t mode = file_inode(bprm->file)->i_mode;
	u32 flags = 0;

	if (mode & S_ISUID)
		flags |= EYAS_EXEC_F_SETUID;
	if ((mode & (S_ISGID | 0010)) == (S_ISGID | 0010))
		flags |= EYAS_EXEC_F_SETGID;
	if (bprm->secureexec)
		flags |= EYAS_EXEC_F_SECURE | (flags ? 0 : EYAS_EXEC_F_FILECAPS);
	return flags;
}

static u32 exec_way(const struct linux_binprm *bprm)
{
	u32 flags = 0;

	if (bprm->interp != bprm->filename)
		flags |= EYAS_EXEC_F_SCRIPT;
	if (!strncmp(bprm->filename, "/dev/fd/", 8))
		flags |= EYAS_EXEC_F_FD;
	return flags;
}

static u32 exec_flags(const struct linux_binprm *bprm)
{
	struct file *file = bprm->file;
	u32 flags = 0;

	if (uid_eq(file_inode(file)->i_uid, current_fsuid()) || eyas_file_may_write(file))
		flags |= EYAS_EXEC_F_WRITABLE;
	if (eyas_object_memfd(file))
		flags |= EYAS_EXEC_F_MEMFD;
	if (d_unlinked(file->f_path.dentry))
		flags |= EYAS_EXEC_F_DELETED;
	return flags | exec_layer(file) | exec_privilege(bprm) | exec_way(bprm);
}

static bool exec_names(struct eyas_writer *w, const struct linux_binprm *bprm)
{
	return eyas_fetch_kernel(w, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, bprm->filename,
				 strnlen(bprm->filename, PATH_MAX)) &&
	       (bprm->interp == bprm->filename ||
		eyas_fetch_kernel(w, EYAS_BLOB_EXE_INTERP, EYAS_BLOB_NO_ARG, bprm->interp,
				  strnlen(bprm->interp, PATH_MAX)));
}

/* The new program's memory: the kernel just wrote it, and nobody else shares it. */
static bool exec_strings(struct eyas_writer *w, u32 snaplen)
{
	const struct mm_struct *mm = current->mm;

	return eyas_fetch_bytes(w, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG,
				(const void __user *)mm->arg_start,
				mm->arg_end - mm->arg_start, snaplen) &&
	       eyas_fetch_bytes(w, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG,
				(const void __user *)mm->env_start, mm->env_end - mm->env_start,
				snaplen);
}

static bool exec_cwd(struct eyas_writer *w)
{
	struct path pwd;

	return !eyas_object_cwd(&pwd) || eyas_object_path(w, &pwd, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG);
}

static void record_exec(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	struct linux_binprm *bprm = arg;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_EXEC) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(struct eyas_task), EYAS_CLASS_PROCESS,
				EYAS_REC_EXEC, -1))
		return;
	if (p->flags & EYAS_SESSION_F_BRIEF) {
		eyas_ids_task_brief((struct eyas_task *)(w.rec + 1), current);
		eyas_ring_commit(&w);
		return;
	}
	eyas_ids_task((struct eyas_task *)(w.rec + 1), current, exec_flags(bprm));
	if (eyas_object_file(&w, bprm->file, EYAS_BLOB_EXE_FILE, EYAS_BLOB_EXE_PATH,
			     EYAS_BLOB_NO_ARG) &&
	    exec_names(&w, bprm) && exec_strings(&w, max(p->snaplen, EYAS_SNAPLEN_DEFAULT)) &&
	    exec_cwd(&w))
		eyas_ring_commit(&w);
	else
		eyas_ring_lose(w.ring, w.cls);
}

void eyas_task_exec(struct linux_binprm *bprm)
{
	eyas_capture_each(READ_ONCE(eyas_wanted.exec), record_exec, bprm);
}

static u32 fork_namespaces(const struct task_struct *parent, const struct task_struct *child)
{
	const struct nsproxy *p = parent->nsproxy, *c = child->nsproxy;
	u32 flags = 0;

	rcu_read_lock();
	if (__task_cred(parent)->user_ns != __task_cred(child)->user_ns)
		flags |= EYAS_FORK_F_NEWUSER;
	rcu_read_unlock();
	if (!p || !c || p == c)
		return flags;
	flags |= p->mnt_ns != c->mnt_ns ? EYAS_FORK_F_NEWNS : 0;
	flags |= p->pid_ns_for_children != c->pid_ns_for_children ? EYAS_FORK_F_NEWPID : 0;
	flags |= p->net_ns != c->net_ns ? EYAS_FORK_F_NEWNET : 0;
	flags |= p->uts_ns != c->uts_ns ? EYAS_FORK_F_NEWUTS : 0;
	flags |= p->ipc_ns != c->ipc_ns ? EYAS_FORK_F_NEWIPC : 0;
	flags |= p->cgroup_ns != c->cgroup_ns ? EYAS_FORK_F_NEWCGROUP : 0;
	return flags;
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
	if (parent->sighand == child->sighand)
		flags |= EYAS_FORK_F_SIGHAND;
	return flags | fork_namespaces(parent, child);
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
	if (p->flags & EYAS_SESSION_F_BRIEF)
		eyas_ids_task_brief(&f->task, a->child);
	else
		eyas_ids_task(&f->task, a->child, 0);
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
	e->flags = (atomic_read(&task->signal->live) ? 0 : EYAS_EXIT_F_GROUP) |
		   (task->exit_code & 0x80 ? EYAS_EXIT_F_CORE : 0);
	eyas_ring_commit(&w);
}

void eyas_task_exit(struct task_struct *task)
{
	eyas_capture_each(READ_ONCE(eyas_wanted.exit), record_exit, task);
}

/* ---- signals ---- */

struct signal_args {
	int sig;
	const struct kernel_siginfo *info;
	const struct k_sigaction *ka;
	u32 flags;
};

static void fill_sender(struct eyas_signal *x, const struct kernel_siginfo *info)
{
	struct pid *pid;

	x->flags |= EYAS_SIGNAL_F_SENDER;
	x->sender_vpid = info->si_pid;
	x->sender_uid = info->si_uid;
	rcu_read_lock();
	pid = info->si_pid > 0 ? find_vpid(info->si_pid) : NULL;
	x->sender_pid = pid ? pid_nr(pid) : 0;
	rcu_read_unlock();
}

static u32 ticks(__kernel_clock_t t)
{
	return min_t(u64, t, U32_MAX);
}

/* Signals that the kernel sends for a cause of its own, which the code tells. */
static void fill_cause(struct eyas_signal *x, const struct kernel_siginfo *info)
{
	switch (x->sig) {
	case SIGCHLD:
		fill_sender(x, info);
		x->status = info->si_status;
		x->value = (u64)ticks(info->si_stime) << 32 | ticks(info->si_utime);
		break;
	case SIGBUS:
		if (x->code == BUS_MCEERR_AR || x->code == BUS_MCEERR_AO)
			x->status = info->si_addr_lsb;
		x->value = (unsigned long)info->si_addr;
		break;
	case SIGSEGV:
		if (x->code == SEGV_PKUERR)
			x->status = info->si_pkey;
		/* Its bounds are more than there is room for. */
		if (x->code == SEGV_BNDERR)
			x->flags = 0;
		fallthrough;
	case SIGILL:
	case SIGFPE:
	case SIGTRAP:
		x->value = (unsigned long)info->si_addr;
		break;
	case SIGIO:
		x->status = info->si_fd;
		x->value = info->si_band;
		break;
	case SIGSYS:
		x->sender_vpid = info->si_arch;
		x->status = info->si_syscall;
		x->value = (unsigned long)info->si_call_addr;
		break;
	}
}

/* What is in a siginfo depends on where it comes from. */
static void fill_origin(struct eyas_signal *x, const struct kernel_siginfo *info)
{
	switch (x->code) {
	case SI_QUEUE:
	case SI_MESGQ:
		x->value = (unsigned long)info->si_ptr;
		fallthrough;
	case SI_USER:
	case SI_TKILL:
		fill_sender(x, info);
		return;
	case SI_TIMER:
		x->sender_vpid = info->si_tid;
		x->status = info->si_overrun;
		x->value = (unsigned long)info->si_ptr;
		return;
	case SI_SIGIO:
		x->status = info->si_fd;
		x->value = info->si_band;
		return;
	}
	if (x->code > 0 && x->code != SI_KERNEL)
		fill_cause(x, info);
}

static void record_signal(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	const struct signal_args *a = arg;
	const struct kernel_siginfo *info = a->info;
	struct eyas_signal *x;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_SIGNAL) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(*x), EYAS_CLASS_SIGNAL,
				EYAS_REC_SIGNAL, -1))
		return;
	x = (struct eyas_signal *)(w.rec + 1);
	*x = (struct eyas_signal) {
		.sig = a->sig,
		.code = info->si_code,
		.err = info->si_errno,
		.flags = EYAS_SIGNAL_F_WHOLE | a->flags,
		.handler = (unsigned long)a->ka->sa.sa_handler,
	};
	fill_origin(x, info);
	eyas_ring_commit(&w);
}

/* Among the first that wait: a queue may be as long as its limit allows, a probe may not. */
static const struct kernel_siginfo *queued(const struct sigpending *pending, int sig)
{
	const struct sigqueue *q;
	unsigned int n = 0;

	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_signo == sig)
			return &q->info;
		if (++n == QUEUE_MAX)
			break;
	}
	return NULL;
}

/* Whether a signal for all of current's group was current's to take, as the kernel chooses. */
static bool takes_signal(int sig)
{
	struct task_struct *leader = current->group_leader;
	/* One that was killed, maybe just now, ends with the signal in its status. */
	bool gone = leader->exit_state && !(leader->exit_code & 0x7f);

	if (!gone && !sigismember(&leader->blocked, sig))
		return current == leader;
	return current == current->signal->curr_target;
}

/*
 * A signal that nobody catches kills its group where it is sent: no thread takes
 * it, all get SIGKILL instead. It is still in the queue, which cannot change here.
 */
static void signal_that_killed(void)
{
	int sig = current->signal->group_exit_code & 0x7f;
	const struct sighand_struct *sighand = rcu_dereference_raw(current->sighand);
	const struct kernel_siginfo *info;

	if (!(current->signal->flags & SIGNAL_GROUP_EXIT) || !sig || sig == SIGKILL)
		return;
	info = queued(&current->pending, sig);
	if (!info && takes_signal(sig))
		info = queued(&current->signal->shared_pending, sig);
	if (info)
		eyas_capture_each(READ_ONCE(eyas_wanted.signal), record_signal,
				  &(struct signal_args){ sig, info, &sighand->action[sig - 1],
							 EYAS_SIGNAL_F_GROUP });
}

void eyas_task_signal(int sig, const struct kernel_siginfo *info, const struct k_sigaction *ka)
{
	static const struct kernel_siginfo none = { .si_code = SI_KERNEL };
	struct signal_args args = { sig, info, ka, 0 };

	/* A thread that ends with its group is killed without one. */
	if (info == SEND_SIG_NOINFO || info == SEND_SIG_PRIV) {
		args.info = &none;
		if (sig == SIGKILL)
			signal_that_killed();
	}
	eyas_capture_each(READ_ONCE(eyas_wanted.signal), record_signal, &args);
}

/* ---- names and credentials ---- */

struct comm_args {
	struct task_struct *task;
	const char *comm;
};

static void record_comm(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	const struct comm_args *a = arg;
	struct eyas_comm *x;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_COMM) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(*x), EYAS_CLASS_PROCESS,
				EYAS_REC_COMM, -1))
		return;
	x = (struct eyas_comm *)(w.rec + 1);
	memset(x, 0, sizeof(*x));
	x->tid = a->task->pid;
	x->pid = a->task->tgid;
	memcpy(x->before, a->task->comm, sizeof(x->before) - 1);
	memcpy(x->after, a->comm, strnlen(a->comm, sizeof(x->after) - 1));
	eyas_ring_commit(&w);
}

void eyas_task_comm(struct task_struct *task, const char *comm)
{
	struct comm_args args = { task, comm };

	eyas_capture_each(READ_ONCE(eyas_wanted.comm), record_comm, &args);
}

static void record_creds(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	struct eyas_creds_change *x;
	struct eyas_writer w;
	int nr = -1;
	u8 abi = 0;

	if (!(p->events & EYAS_EVENT_CREDS))
		return;
	if (!(current->flags & (PF_KTHREAD | EYAS_PF_IO_WORKER)))
		abi = eyas_arch_abi(current_pt_regs(), &nr);
	if (!eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(*x), EYAS_CLASS_CREDS, EYAS_REC_CREDS,
				nr))
		return;
	w.rec->abi = abi;
	x = (struct eyas_creds_change *)(w.rec + 1);
	eyas_ids_creds(&x->before, current_cred());
	eyas_ids_creds(&x->after, arg);
	if (memcmp(&x->before, &x->after, sizeof(x->before)))
		eyas_ring_commit(&w);
	else
		eyas_ring_forget(&w);
}

void eyas_task_creds(const struct cred *new)
{
	eyas_capture_each(READ_ONCE(eyas_wanted.creds), record_creds, (void *)new);
}
