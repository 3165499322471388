// SPDX-License-Identifier: GPL-2.0
/* Records of processes: what a task is after exec, a child at birth, its end. */
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/path.h>
#include <linux/sched/signal.h>
#include "capture.h"
#include "fetch.h"
#include "ids.h"
#include "object.h"
#include "task.h"

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

	if (uid_eq(file_inode(file)->i_uid, current_fsuid()) ||
	    !eyas_file_permission(file, MAY_WRITE | MAY_NOT_BLOCK))
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
				(const void __user *)mm->env_start,
				mm->env_end - mm->env_start, snaplen);
}

static bool exec_cwd(struct eyas_writer *w)
{
	struct path pwd;

	return !eyas_object_cwd(&pwd) ||
	       eyas_object_path(w, &pwd, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG);
}

static void record_exec(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	struct linux_binprm *bprm = arg;
	struct eyas_writer w;

	if (!(p->events & EYAS_EVENT_EXEC) ||
	    !eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(struct eyas_task),
				EYAS_CLASS_PROCESS, EYAS_REC_EXEC, -1))
		return;
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
	e->flags = atomic_read(&task->signal->live) ? 0 : EYAS_EXIT_F_GROUP;
	eyas_ring_commit(&w);
}

void eyas_task_exit(struct task_struct *task)
{
	eyas_capture_each(READ_ONCE(eyas_wanted.exit), record_exit, task);
}
