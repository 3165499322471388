/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel knows of an object, as opposed to what the program said.
 * All return false if the ring has no room, and then the record must be lost.
 */
#ifndef EYAS_OBJECT_H
#define EYAS_OBJECT_H

#include <linux/fs.h>
#include "writer.h"

/* Identity and real path of @file, as blobs of these kinds. */
bool eyas_object_file(struct eyas_writer *w, struct file *file, u8 file_kind, u8 path_kind,
		      u8 arg);

/* The same for descriptor @fd of current, of any type; nothing if it is not open. */
bool eyas_object_fd(struct eyas_writer *w, int fd, u8 arg);

/* Identity and real path of what @path names, which exists. */
bool eyas_object_inode(struct eyas_writer *w, const struct path *path, u8 arg);

/* Identity of @dentry, of no mount in particular: its path is that in its file system. */
bool eyas_object_dentry(struct eyas_writer *w, struct dentry *dentry, u8 arg);

/* Real path of @path, seen from current's root. */
bool eyas_object_path(struct eyas_writer *w, const struct path *path, u8 kind, u8 arg);

/* Set EYAS_REC_F_MISMATCH if it is; @dirfd is what a relative name is relative to. */
bool eyas_object_compare(struct eyas_writer *w, const struct eyas_blob *given,
			 const struct eyas_blob *real, int dirfd);

/* current's working directory, without a reference; false: it has none any more. */
bool eyas_object_cwd(struct path *ret);

bool eyas_object_memfd(const struct file *file);

/* EYAS_FILE_F_UPPER, _LOWER or 0, of an open regular file. */
u32 eyas_object_layer(const struct file *file);

#endif /* EYAS_OBJECT_H */
