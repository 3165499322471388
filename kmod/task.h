/* SPDX-License-Identifier: GPL-2.0 */
/* Life of processes: exec, fork, exit. */
#ifndef EYAS_TASK_H
#define EYAS_TASK_H

#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/sched/signal.h>

/* From the probes, in the task that execs, forks, exits. */
void eyas_task_exec(struct linux_binprm *bprm);
void eyas_task_fork(struct task_struct *parent, struct task_struct *child);
void eyas_task_exit(struct task_struct *task);

/* A signal is delivered to current, whose siglock is held; a name or credentials change. */
void eyas_task_signal(int sig, const struct kernel_siginfo *info, const struct k_sigaction *ka);
void eyas_task_comm(struct task_struct *task, const char *comm);
void eyas_task_creds(const struct cred *new);

#endif /* EYAS_TASK_H */
