// SPDX-License-Identifier: GPL-2.0
/* Files as the kernel has them: identity and real path. */
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/limits.h>
#include <linux/magic.h>
#include <linux/path.h>
#include "fetch.h"
#include "object.h"

#define DELETED " (deleted)"

/* Whether d_path() appends DELETED; the flag tells it, the name should not. */
static bool marked_deleted(const struct dentry *dentry)
{
	/* Files made without a name, as memfds are, are roots of their own. */
	return d_unlinked(dentry) || (IS_ROOT(dentry) && !d_inode(dentry)->i_nlink);
}

bool eyas_object_path(struct eyas_writer *w, const struct path *path, u8 kind, u8 arg)
{
	char *buf = eyas_blob_begin(w, PATH_MAX);
	char *p;
	u32 len;

	if (!buf)
		return false;
	p = d_path(path, buf, PATH_MAX);
	if (IS_ERR(p)) {
		/* Deeper than PATH_MAX: known to exist, not nameable. */
		eyas_blob_end(w, kind, arg, 0, EYAS_BLOB_FULL_UNKNOWN);
		return true;
	}
	/* d_path() builds from the end, terminator included. */
	len = buf + PATH_MAX - 1 - p;
	if (marked_deleted(path->dentry) && len > strlen(DELETED) &&
	    !memcmp(p + len - strlen(DELETED), DELETED, strlen(DELETED)))
		len -= strlen(DELETED);
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

static u32 file_flags(const struct file *file)
{
	u32 flags = 0;

	if (file->f_mode & FMODE_CREATED)
		flags |= EYAS_FILE_F_CREATED;
	if (d_unlinked(file->f_path.dentry))
		flags |= EYAS_FILE_F_DELETED;
	if (eyas_object_memfd(file))
		flags |= EYAS_FILE_F_MEMFD;
	return flags;
}

static bool object_file(struct eyas_writer *w, struct file *file, u8 file_kind, u8 path_kind,
			u8 arg)
{
	const struct inode *inode = file_inode(file);
	struct eyas_file *f = eyas_blob_begin(w, sizeof(*f));

	if (!f)
		return false;
	*f = (struct eyas_file) {
		.ino = inode->i_ino,
		.mtime = eyas_inode_mtime(inode),
		.ctime = eyas_inode_ctime(inode),
		.size = i_size_read(inode),
		.dev_major = MAJOR(inode->i_sb->s_dev),
		.dev_minor = MINOR(inode->i_sb->s_dev),
		.mode = inode->i_mode,
		.uid = i_uid_read(inode),
		.gid = i_gid_read(inode),
		.nlink = inode->i_nlink,
		.flags = file_flags(file),
	};
	eyas_blob_end(w, file_kind, arg, sizeof(*f), sizeof(*f));
	return eyas_object_path(w, &file->f_path, path_kind, arg);
}

bool eyas_object_file(struct eyas_writer *w, struct file *file, u8 file_kind, u8 path_kind)
{
	return object_file(w, file, file_kind, path_kind, EYAS_BLOB_NO_ARG);
}

bool eyas_object_fd(struct eyas_writer *w, int fd, u8 arg)
{
	struct file *file = fget_raw(fd);
	bool ok;

	if (!file)
		return true;
	ok = object_file(w, file, EYAS_BLOB_FILE, EYAS_BLOB_FILE_PATH, arg);
	/* The last reference is dropped by task work, not here. */
	fput(file);
	return ok;
}
