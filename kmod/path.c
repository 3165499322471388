// SPDX-License-Identifier: GPL-2.0
/* Paths without a lock. Mounts and dentries stay in memory while preemption is off. */
#include <linux/fs_struct.h>
#include <linux/limits.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/uaccess.h>
#include "path.h"

/* More than any path has, where each step takes two bytes or leaves a mount. */
#define STEPS_MAX	(PATH_MAX)
/* Renames come in bursts. */
#define TRIES		4

/*
 * Of struct mount, which is private: what stands right before its struct
 * vfsmount, the part that everybody sees.
 */
struct mounted {
	const void *parent;		/* a struct mount */
	const struct dentry *on;
};

/* Where struct mount has its struct vfsmount. */
#define PARENT_OFFSET	(sizeof(struct hlist_node) + sizeof(struct mounted))

static bool mounts_known __ro_after_init;

/* Whether the mount at @name, if there is one, hangs where the kernel says it does. */
static bool __init mount_as_expected(const char *name, bool *ret_is_mount)
{
	struct mounted m;
	struct path path;
	bool same = true;

	*ret_is_mount = false;
	if (kern_path(name, LOOKUP_FOLLOW, &path))
		return true;
	if (path.dentry == path.mnt->mnt_root) {
		same = !copy_from_kernel_nofault(&m, (struct mounted *)path.mnt - 1, sizeof(m));
		*ret_is_mount = follow_up(&path);
		if (*ret_is_mount)
			same = same && m.on == path.dentry &&
			       (const u8 *)m.parent + PARENT_OFFSET == (const u8 *)path.mnt;
	}
	path_put(&path);
	return same;
}

void __init eyas_path_init(void)
{
	static const char *const names[] __initconst = { "/proc", "/sys", "/dev", "/run" };
	unsigned int i, mounts = 0;
	bool is_mount;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!mount_as_expected(names[i], &is_mount))
			break;
		mounts += is_mount;
	}
	mounts_known = i == ARRAY_SIZE(names) && mounts;
	if (IS_ENABLED(CONFIG_PREEMPT_RT) && !mounts_known)
		pr_info("eyas: this kernel's mounts look unfamiliar: paths only on the root's\n");
}

/* From the root of a mount to what it is on; 1: done, 0: nothing is above, -1: unknown. */
static int leave_mount(const struct vfsmount **mnt, const struct dentry **dentry)
{
	const struct mounted *m = (const struct mounted *)*mnt - 1;
	const struct vfsmount *parent;

	if (!mounts_known)
		return -1;
	parent = (const void *)((const u8 *)READ_ONCE(m->parent) + PARENT_OFFSET);
	if (parent == *mnt)
		return 0;
	*dentry = READ_ONCE(m->on);
	*mnt = parent;
	return 1;
}

/*
 * Where the path of @dentry on @mnt (NULL: stay in its file system), seen from
 * @root on @top, begins in the PATH_MAX bytes at @buf, at whose end it ends. NULL:
 * it does not fit, or was being changed.
 */
static char *walk(const struct vfsmount *mnt, const struct dentry *dentry,
		  const struct vfsmount *top, const struct dentry *root, char *buf)
{
	char *p = buf + PATH_MAX;
	unsigned int step;
	u32 n;

	for (step = 0; dentry != root || mnt != top; step++) {
		if (step > STEPS_MAX)
			return NULL;
		if (mnt && dentry == mnt->mnt_root) {
			int r = leave_mount(&mnt, &dentry);

			if (r < 0)
				return NULL;
			if (!r)
				break;
			continue;
		}
		if (IS_ROOT(dentry))
			break;
		n = eyas_path_name(p, p - buf, dentry);
		if (!n)
			return NULL;
		p -= n + 1;
		*p = '/';
		dentry = READ_ONCE(dentry->d_parent);
	}
	if (p == buf + PATH_MAX)
		*--p = '/';
	return p;
}

static u32 walk_steadily(const struct vfsmount *mnt, const struct dentry *dentry,
			 const struct vfsmount *top, const struct dentry *root, char *buf)
{
	unsigned int seq, try;
	char *p;

	for (try = 0; try < TRIES; try++) {
		if (!eyas_path_steady(&seq))
			continue;
		p = walk(mnt, dentry, top, root, buf);
		if (!eyas_path_same(seq))
			continue;
		if (!p)
			return 0;
		memmove(buf, p, buf + PATH_MAX - p);
		return buf + PATH_MAX - p;
	}
	return 0;
}

u32 eyas_path_walk(const struct path *path, char *buf)
{
	const struct path *root = &current->fs->root;

	return walk_steadily(path->mnt, path->dentry, READ_ONCE(root->mnt), READ_ONCE(root->dentry),
			     buf);
}

u32 eyas_path_walk_fs(const struct dentry *dentry, char *buf)
{
	return walk_steadily(NULL, dentry, NULL, NULL, buf);
}
