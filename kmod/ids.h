/* SPDX-License-Identifier: GPL-2.0 */
/* Who a task is: numbers, credentials, namespaces. */
#ifndef EYAS_IDS_H
#define EYAS_IDS_H

#include <linux/cred.h>
#include <linux/init.h>
#include <linux/sched.h>
#include "writer.h"

/* Find out what headers do not tell of this kernel. */
void __init eyas_ids_init(void);

/* @task is current, or a child of it that does not run yet. */
void eyas_ids_task(struct eyas_task *t, struct task_struct *task, u32 exec_flags);
/* For EYAS_SESSION_F_BRIEF. */
void eyas_ids_task_brief(struct eyas_task *t, const struct task_struct *task);
void eyas_ids_creds(struct eyas_creds *c, const struct cred *cred);

/* Inode number of @task's mount namespace, @task being current or not running; 0: unknown. */
u32 eyas_ids_mnt_ns(const struct task_struct *task);

/* Blobs; false if the ring has no room, and then the record must be lost. */
bool eyas_ids_put_target(struct eyas_writer *w, struct task_struct *task, u8 arg);
bool eyas_ids_put_pid(struct eyas_writer *w, pid_t nr, u8 arg);	/* as current names it */
bool eyas_ids_put_creds(struct eyas_writer *w);
bool eyas_ids_put_ns(struct eyas_writer *w);

#endif /* EYAS_IDS_H */
