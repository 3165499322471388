// SPDX-License-Identifier: GPL-2.0
/* Files as the kernel has them: identity and real path. */
#include <linux/dcache.h>
#include <linux/fcntl.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/limits.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/nospec.h>
#include <linux/path.h>
#include "fetch.h"
#include "ids.h"
#include "object.h"
#include "path.h"
#include "socket.h"

#define DELETED " (deleted)"

/* Whether d_path() appends DELETED; the flag tells it, the name should not. */
static bool marked_deleted(const struct dentry *dentry)
{
	const struct inode *inode = d_inode(dentry);

	/* Files made without a name, as memfds are, are roots of their own. */
	return d_unlinked(dentry) || (IS_ROOT(dentry) && inode && !inode->i_nlink);
}

/*
 * The path of a file on the mount that the caller's root is on: half of what
 * d_path() costs is care for mounts. Returns its length, with the text at
 * @buf, or 0: this is a case for d_path().
 */
static u32 path_on_root(const struct path *path, char *buf)
{
	const struct dentry *root = READ_ONCE(current->fs->root.dentry), *dentry;
	u32 len = 0, left, n;
	unsigned int seq;

	if (!eyas_path_steady(&seq) || path->mnt != READ_ONCE(current->fs->root.mnt) ||
	    (path->dentry->d_op && path->dentry->d_op->d_dname))
		return 0;
	for (dentry = path->dentry; dentry != root; dentry = READ_ONCE(dentry->d_parent)) {
		if (unlikely(IS_ROOT(dentry)))
			return 0;
		len += READ_ONCE(dentry->d_name.len) + 1;
		if (unlikely(len >= PATH_MAX))
			return 0;
	}
	if (unlikely(!len)) {
		*buf = '/';
		return 1;
	}
	left = len;
	for (dentry = path->dentry; dentry != root; dentry = READ_ONCE(dentry->d_parent)) {
		n = eyas_path_name(buf + left, left, dentry);
		if (unlikely(!n))
			return 0;
		left -= n + 1;
		buf[left] = '/';
	}
	if (unlikely(left || !eyas_path_same(seq)))
		return 0;
	return len;
}

/*
 * Whether the file has a name of its own making, for which d_path() asks its file
 * system: no lock is taken, but for those of dma-buf.
 */
static bool makes_name(const struct path *path)
{
	const struct dentry *dentry = path->dentry;

	return dentry->d_op && dentry->d_op->d_dname &&
	       (!IS_ROOT(dentry) || dentry != path->mnt->mnt_root) &&
	       dentry->d_sb->s_magic != DMA_BUF_MAGIC;
}

static u32 path_anywhere(const struct path *path, char *buf)
{
	char *p;
	u32 len;

	if (IS_ENABLED(CONFIG_PREEMPT_RT) && !makes_name(path))
		return eyas_path_walk(path, buf);
	p = d_path(path, buf, PATH_MAX);
	if (IS_ERR(p))
		return 0;
	/* d_path() builds from the end, terminator included. */
	len = buf + PATH_MAX - 1 - p;
	if (unlikely(marked_deleted(path->dentry)) && len > strlen(DELETED) &&
	    !memcmp(p + len - strlen(DELETED), DELETED, strlen(DELETED)))
		len -= strlen(DELETED);
	memmove(buf, p, len);
	return len;
}

/* Length of the path, with the text at @buf of PATH_MAX bytes; 0: there is none. */
static __always_inline u32 path_text(const struct path *path, char *buf)
{
	u32 len;

	/* A task that is nearly gone has no root to look from. */
	if (unlikely(!current->fs))
		return 0;
	len = path_on_root(path, buf);
	return likely(len) ? len : path_anywhere(path, buf);
}

bool eyas_object_path(struct eyas_writer *w, const struct path *path, u8 kind, u8 arg)
{
	char *buf = eyas_blob_begin(w, PATH_MAX);
	u32 len;

	if (unlikely(!buf))
		return false;
	len = path_text(path, buf);
	/* None, if it is deeper than PATH_MAX: known to exist, not nameable. */
	eyas_blob_end(w, kind, arg, len, len ? len : EYAS_BLOB_FULL_UNKNOWN);
	return true;
}

/* The path from the root of its file system, for callers whose own root hides a part. */
static bool object_fs_path(struct eyas_writer *w, struct dentry *dentry, u8 kind, u8 arg)
{
	char *buf = eyas_blob_begin(w, PATH_MAX);
	char *p;
	u32 len;

	if (!buf)
		return false;
	if (IS_ENABLED(CONFIG_PREEMPT_RT)) {
		len = eyas_path_walk_fs(dentry, buf);
		if (len)
			eyas_blob_end(w, kind, arg, len, len);
		return true;
	}
	p = dentry_path_raw(dentry, buf, PATH_MAX);
	if (IS_ERR(p))
		return true;
	len = buf + PATH_MAX - 1 - p;
	memmove(buf, p, len);
	eyas_blob_end(w, kind, arg, len, len);
	return true;
}

bool eyas_object_memfd(const struct file *file)
{
	const struct dentry *dentry = file->f_path.dentry;

	return file_inode(file)->i_sb->s_magic == TMPFS_MAGIC && !file_inode(file)->i_nlink &&
	       dentry->d_parent == dentry && !strncmp(dentry->d_name.name, "memfd:", 6);
}

u32 eyas_object_layer(const struct file *file)
{
	struct dentry *dentry = file->f_path.dentry, *real;
	void *const *own;
	unsigned int i;

	if (likely(file_inode(file)->i_sb->s_magic != OVERLAYFS_SUPER_MAGIC) ||
	    (file->f_mode & FMODE_PATH) || !d_is_reg(dentry))
		return 0;
	real = eyas_real_dentry(dentry);
	if (!real || real == dentry)
		return 0;
	/*
	 * An overlay's inode holds, right behind the part that all inodes have,
	 * the dentry of the upper layer. It is only compared, so that a layout
	 * that is not as expected gives a wrong flag at worst.
	 */
	own = (void *const *)(d_inode(dentry) + 1);
	for (i = 0; i < 2; i++)
		if (own[i] == real)
			return EYAS_FILE_F_UPPER;
	return EYAS_FILE_F_LOWER;
}

/* The caller's root directory is one in the middle of a mount. */
static bool caller_in_chroot(void)
{
	const struct fs_struct *fs = current->fs;

	/* Compared, not used: no lock is needed, preemption being off. */
	return fs && READ_ONCE(fs->root.dentry) != READ_ONCE(fs->root.mnt)->mnt_root;
}

static u32 file_flags(const struct file *file)
{
	u32 flags = eyas_object_layer(file);

	if (file->f_mode & FMODE_CREATED)
		flags |= EYAS_FILE_F_CREATED;
	if (eyas_object_memfd(file))
		flags |= EYAS_FILE_F_MEMFD;
	return flags;
}

static bool object_inode(struct eyas_writer *w, const struct path *path, u8 kind, u8 arg, u32 flags,
			 u32 oflags)
{
	const struct inode *inode = d_backing_inode(path->dentry);
	struct eyas_file *f = eyas_blob_begin(w, sizeof(*f));

	if (!f)
		return false;
	if (d_unlinked(path->dentry))
		flags |= EYAS_FILE_F_DELETED;
	if (unlikely(caller_in_chroot()))
		flags |= EYAS_FILE_F_CHROOT;
	f->ino = inode->i_ino;
	f->mtime = eyas_inode_mtime(inode);
	f->ctime = eyas_inode_ctime(inode);
	f->size = i_size_read(inode);
	f->dev_major = MAJOR(inode->i_sb->s_dev);
	f->dev_minor = MINOR(inode->i_sb->s_dev);
	f->mode = inode->i_mode;
	/* As the initial user namespace has them. */
	f->uid = __kuid_val(inode->i_uid);
	f->gid = __kgid_val(inode->i_gid);
	f->nlink = inode->i_nlink;
	f->flags = flags;
	f->oflags = oflags;
	f->ns_mnt = eyas_ids_mnt_ns(current);
	f->rdev = new_encode_dev(inode->i_rdev);
	eyas_blob_end(w, kind, arg, sizeof(*f), sizeof(*f));
	return true;
}

bool eyas_object_file(struct eyas_writer *w, struct file *file, u8 file_kind, u8 path_kind, u8 arg)
{
	if (!object_inode(w, &file->f_path, file_kind, arg, file_flags(file), file->f_flags) ||
	    !eyas_object_path(w, &file->f_path, path_kind, arg))
		return false;
	return likely(!caller_in_chroot()) ||
	       object_fs_path(w, file->f_path.dentry, EYAS_BLOB_FS_PATH, arg);
}

bool eyas_object_inode(struct eyas_writer *w, const struct path *path, u8 arg)
{
	if (!d_is_positive(path->dentry))
		return eyas_object_path(w, path, EYAS_BLOB_FILE_PATH, arg);
	if (!object_inode(w, path, EYAS_BLOB_FILE, arg, 0, 0) ||
	    !eyas_object_path(w, path, EYAS_BLOB_FILE_PATH, arg))
		return false;
	return likely(!caller_in_chroot()) ||
	       object_fs_path(w, path->dentry, EYAS_BLOB_FS_PATH, arg);
}

bool eyas_object_dentry(struct eyas_writer *w, struct dentry *dentry, u8 arg)
{
	const struct path path = { .dentry = dentry };

	if (!d_is_positive(dentry))
		return true;
	return object_inode(w, &path, EYAS_BLOB_FILE, arg, EYAS_FILE_F_NO_MOUNT, 0) &&
	       object_fs_path(w, dentry, EYAS_BLOB_FILE_PATH, arg);
}

/* Descriptor @fd of current; *ret_put: it has to be given back. */
static struct file *file_get(int fd, bool *ret_put)
{
	struct files_struct *files = current->files;
	const struct fdtable *fdt;

	/* Nobody but us can close what nobody shares. */
	*ret_put = !files || atomic_read(&files->count) != 1;
	if (*ret_put)
		return files ? fget_raw(fd) : NULL;
	fdt = rcu_dereference_raw(files->fdt);
	if ((unsigned int)fd >= fdt->max_fds)
		return NULL;
	return rcu_dereference_raw(fdt->fd[array_index_nospec(fd, fdt->max_fds)]);
}

bool eyas_object_fd(struct eyas_writer *w, int fd, u8 arg)
{
	struct file *file;
	bool put, ok;

	file = file_get(fd, &put);
	if (!file)
		return true;
	if (S_ISSOCK(file_inode(file)->i_mode))
		ok = eyas_socket_file(w, file, arg);
	else
		ok = eyas_object_file(w, file, EYAS_BLOB_FILE, EYAS_BLOB_FILE_PATH, arg);
	/* The last reference is dropped by task work, not here. */
	if (put)
		fput(file);
	return ok;
}

/* ---- names as given ---- */

/* The last component of @name[0..*len), which gets shorter; "." and "" are none. */
static const char *last_part(const char *name, u32 *len, u32 *ret_len)
{
	u32 end = *len, start;

	for (;;) {
		while (end && name[end - 1] == '/')
			end--;
		for (start = end; start && name[start - 1] != '/'; start--)
			;
		if (end - start != 1 || name[start] != '.')
			break;
		end = start;
	}
	*len = start;
	*ret_len = end - start;
	return name + start;
}

/* Whether @real ends with all components of @given; *real_len: what is left of it. */
static bool ends_with(const char *real, u32 *real_len, const char *given, u32 len)
{
	u32 part, real_part;

	for (;;) {
		const char *p = last_part(given, &len, &part), *q;

		if (!part)
			return true;
		q = last_part(real, real_len, &real_part);
		/* A real path has no "..", so that one as given never fits. */
		if (part != real_part || memcmp(p, q, part))
			return false;
	}
}

/*
 * Without references: taking one means giving it back, and the last one may
 * sleep. Preemption is off, which keeps dentries and mounts in memory.
 */
bool eyas_object_cwd(struct path *ret)
{
	const struct fs_struct *fs = current->fs;

	if (!fs)
		return false;
	ret->mnt = READ_ONCE(fs->pwd.mnt);
	ret->dentry = READ_ONCE(fs->pwd.dentry);
	return true;
}

/* Whether @base has the path of @len bytes at @real. */
static bool path_is(char *buf, const struct path *base, const char *real, u32 len)
{
	u32 n = path_text(base, buf);

	/* Slashes at the end: of "/" itself, and before what came next. */
	while (len > 1 && real[len - 1] == '/')
		len--;
	return n == len && !memcmp(buf, real, len);
}

/* The same for the directory that a name is relative to. */
static bool base_is(char *buf, int dirfd, const char *real, u32 len)
{
	struct path base;
	struct file *file;
	bool same;

	if (dirfd == AT_FDCWD)
		return eyas_object_cwd(&base) && path_is(buf, &base, real, len);
	file = fget_raw(dirfd);
	if (!file)
		return false;
	same = path_is(buf, &file->f_path, real, len);
	fput(file);
	return same;
}

/* Blobs of one length: both begin at 8 bytes, and are filled up to 8 with zeroes. */
static bool blobs_equal(const struct eyas_blob *a, const struct eyas_blob *b)
{
	const u64 *p = (const u64 *)(a + 1), *q = (const u64 *)(b + 1);
	const u64 *end = p + DIV_ROUND_UP(a->stored, 8);

	while (p < end)
		if (*p++ != *q++)
			return false;
	return true;
}

bool eyas_object_compare(struct eyas_writer *w, const struct eyas_blob *given,
			 const struct eyas_blob *real, int dirfd)
{
	const char *name = (const char *)(given + 1), *path = (const char *)(real + 1);
	u32 left = real->stored;
	char *buf;

	if (!given->stored)
		return true;
	if (likely(given->stored == real->stored && blobs_equal(given, real)))
		return true;
	if (!ends_with(path, &left, name, given->stored))
		goto mismatch;
	if (*name == '/') {
		u32 rest;

		last_part(path, &left, &rest);
		if (rest)
			goto mismatch;
		return true;
	}
	/* Room that the next blob may have too: nothing stays there. */
	buf = eyas_blob_begin(w, PATH_MAX);
	if (!buf)
		return false;
	if (base_is(buf, dirfd, path, left))
		return true;
mismatch:
	w->rec->flags |= EYAS_REC_F_MISMATCH;
	return true;
}
