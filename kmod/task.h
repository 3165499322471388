/* SPDX-License-Identifier: GPL-2.0 */
/* Life of processes: exec, fork, exit. */
#ifndef EYAS_TASK_H
#define EYAS_TASK_H

#include <linux/binfmts.h>
#include <linux/sched.h>

/* From the probes, in the task that execs, forks, exits. */
void eyas_task_exec(struct linux_binprm *bprm);
void eyas_task_fork(struct task_struct *parent, struct task_struct *child);
void eyas_task_exit(struct task_struct *task);

#endif /* EYAS_TASK_H */
