/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Paths found without a lock: on PREEMPT_RT d_path() may wait for one, and
 * probes may not wait.
 */
#ifndef EYAS_PATH_H
#define EYAS_PATH_H

#include <linux/dcache.h>
#include <linux/init.h>
#include <linux/path.h>

/*
 * Learn how mounts hang together, which is private to the kernel. Where it is
 * not as expected, files on other mounts than the caller's root have no path.
 */
void __init eyas_path_init(void);

/*
 * As d_path(), but for a mark of deleted files, into the PATH_MAX bytes at @buf,
 * with preemption off: the length; 0: it does not fit, or is being changed.
 */
u32 eyas_path_walk(const struct path *path, char *buf);

/* The same from the root of the file system. */
u32 eyas_path_walk_fs(const struct dentry *dentry, char *buf);

/*
 * The name of @dentry into the @room bytes before @end; returns how many, 0: it
 * does not fit, or is being changed. Names end with NUL at all times, while their
 * length may be that of another one.
 */
static __always_inline u32 eyas_path_name(char *end, u32 room, const struct dentry *dentry)
{
	u32 len = READ_ONCE(dentry->d_name.len), i;
	/* Pairs with the release of a new name: its bytes are there. */
	const char *name = smp_load_acquire(&dentry->d_name.name);

	if (unlikely(len >= room))
		return 0;
	for (i = 0; i < len; i++) {
		end[(long)i - len] = name[i];
		if (unlikely(!name[i]))
			return 0;
	}
	return len;
}

/* Whether all names stay as they are from here to eyas_path_same(); *ret_seq is its. */
static __always_inline bool eyas_path_steady(unsigned int *ret_seq)
{
	/* The bare counter: with its lock a reader waits for a writer, on PREEMPT_RT. */
	*ret_seq = raw_read_seqcount(&rename_lock.seqcount.seqcount);
	return !(*ret_seq & 1);
}

static __always_inline bool eyas_path_same(unsigned int seq)
{
	return !read_seqcount_retry(&rename_lock.seqcount.seqcount, seq);
}

#endif /* EYAS_PATH_H */
