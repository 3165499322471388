/* SPDX-License-Identifier: GPL-2.0 */
/* Files, inodes and mappings. Included by compat.h. */
#ifndef EYAS_COMPAT_FILES_H
#define EYAS_COMPAT_FILES_H

#include <linux/version.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/mm.h>

/* vm_flags is read-only since 6.3. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static inline void eyas_vma_flags(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
}
#else
static inline void eyas_vma_flags(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
	vm_flags_mod(vma, set, clear);
}
#endif

/* Until 5.11 a page charged to a cgroup could not be mapped to user space. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
#define EYAS_GFP_MAPPED		GFP_KERNEL
#else
#define EYAS_GFP_MAPPED		GFP_KERNEL_ACCOUNT
#endif

/* Inode times: behind accessors since 6.6 (ctime) and 6.7 (mtime). */
static inline u64 eyas_time_ns(struct timespec64 t)
{
	return (u64)t.tv_sec * NSEC_PER_SEC + t.tv_nsec;
}

static inline u64 eyas_inode_mtime(const struct inode *inode)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
	return eyas_time_ns(inode->i_mtime);
#else
	return eyas_time_ns(inode_get_mtime(inode));
#endif
}

static inline u64 eyas_inode_ctime(const struct inode *inode)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
	return eyas_time_ns(inode->i_ctime);
#else
	return eyas_time_ns(inode_get_ctime(inode));
#endif
}

/*
 * Whether current may write @file. inode_permission() learned of idmapped mounts
 * in 5.12, in today's form in 6.3. Security modules take locks there, which sleep
 * on PREEMPT_RT: what the file's mode says must do.
 */
static inline bool eyas_mode_may_write(const struct inode *inode)
{
	umode_t bit = in_group_p(inode->i_gid) ? 0020 : 0002;

	return !IS_RDONLY(inode) && !IS_IMMUTABLE(inode) &&
	       ((inode->i_mode & bit) || cap_raised(current_cap(), CAP_DAC_OVERRIDE));
}

static inline bool eyas_file_may_write(struct file *file)
{
	const int mask = MAY_WRITE | MAY_NOT_BLOCK;

	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return eyas_mode_may_write(file_inode(file));
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
	return !inode_permission(file_inode(file), mask);
#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
	return !inode_permission(file_mnt_user_ns(file), file_inode(file), mask);
#else
	return !inode_permission(file_mnt_idmap(file), file_inode(file), mask);
#endif
}

/* The dentry below @dentry of an overlay; d_real() was re-typed in 6.9. */
static inline struct dentry *eyas_real_dentry(struct dentry *dentry)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
	return d_real(dentry, NULL);
#else
	return d_real(dentry, D_REAL_METADATA);
#endif
}

/* Idmapped mounts put an argument before the dentry of security_inode_*xattr() in 5.12. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
#define EYAS_XATTR_ARG		0
#else
#define EYAS_XATTR_ARG		1
#endif

#endif /* EYAS_COMPAT_FILES_H */
