/* SPDX-License-Identifier: Apache-2.0 */
/* What /proc tells of a process: a start, until events tell more. */
#ifndef EYAS_ENRICH_PROCFS_H
#define EYAS_ENRICH_PROCFS_H

#include <stdbool.h>
#include <stdint.h>
#include <linux/eyas.h>
#include "base/strbuf.h"

/* /proc counts start times in these, so they are that much too early. */
#define EYAS_PROCFS_TICK_NS	10000000ULL

/* The facts of a process in the shape of a kernel record. */
struct eyas_procfs {
	struct eyas_task task;		/* start_time rounded down to a tick */
	struct eyas_strbuf exepath;	/* as the link reads, " (deleted)" and all */
	struct eyas_strbuf argv, envp, cwd, cgroup;	/* cgroup: the file's text */
	uint32_t threads;
	bool has_exe_file;
	struct eyas_file exe_file;
};

void eyas_procfs_init(struct eyas_procfs *pf);
void eyas_procfs_release(struct eyas_procfs *pf);

/* Read @root/proc/@pid. -ESRCH if it isn't there; what can't be read is left empty. */
int eyas_procfs_read(struct eyas_procfs *pf, const char *root, uint32_t pid);

/* Call @fn for each pid; stops at, and returns, its first non-zero result. */
int eyas_procfs_for_each(const char *root, int (*fn)(uint32_t pid, void *arg), void *arg);

/* The same for each thread of @pid; -errno if they cannot be listed. */
int eyas_procfs_each_thread(const char *root, uint32_t pid, int (*fn)(uint32_t tid, void *arg),
			    void *arg);

/*
 * What a thread has of its own: ids, capabilities, name, namespaces of network,
 * users and mounts; start_time is the thread's. -ESRCH if it isn't there.
 */
int eyas_procfs_thread(const char *root, uint32_t pid, uint32_t tid, struct eyas_task *ret);

/* Text of @root/proc/@pid/cgroup. */
int eyas_procfs_cgroup(const char *root, uint32_t pid, struct eyas_strbuf *ret);

/*
 * Descriptor of a process: what its link reads, and its mode (as in struct
 * stat; 0 if unknown). -ENOENT if it is not open.
 */
int eyas_procfs_fd(const char *root, uint32_t pid, int32_t num, struct eyas_strbuf *ret_link,
		   uint32_t *ret_mode);

/* Boot time in ns since the epoch from @root/proc/stat, whole seconds; 0: unknown. */
uint64_t eyas_procfs_btime(const char *root);

#endif
