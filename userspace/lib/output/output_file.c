// SPDX-License-Identifier: Apache-2.0
/* The channel to a file: appended to, made if needed, opened again on rotation. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include "output/output.h"
#include "output/queue.h"

struct file_output {
	struct eyas_output o;
	struct eyas_queue queue;
	int fd;
	bool keep;		/* the file, whatever becomes of its name */
	char path[];
};

static int open_path(const char *path)
{
	int fd =
		open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);

	return fd < 0 ? -errno : fd;
}

static int file_flush(struct eyas_output *o)
{
	struct file_output *f = (struct file_output *)o;

	return eyas_queue_flush(&f->queue, f->fd, o);
}

/* Whatever happens, one descriptor stays open: a failed reopen keeps the old. */
static int file_reopen(struct eyas_output *o)
{
	struct file_output *f = (struct file_output *)o;
	int fd;

	/* A line begun in the old file is finished there. */
	file_flush(o);
	fd = open_path(f->path);
	if (fd < 0)
		return fd;
	close(f->fd);
	f->fd = fd;
	return file_flush(o);
}

/* Is the file still the one that has the name? */
static bool is_there(const struct file_output *f)
{
	struct stat own, there;

	return fstat(f->fd, &own) == 0 && stat(f->path, &there) == 0 &&
	       own.st_ino == there.st_ino && own.st_dev == there.st_dev;
}

static int file_emit(struct eyas_output *o, const struct eyas_alert *alert)
{
	struct file_output *f = (struct file_output *)o;

	/* If that fails the old one goes on: better there than nowhere. */
	if (!f->keep && !is_there(f))
		(void)file_reopen(o);
	return eyas_queue_put(&f->queue, f->fd, alert, o);
}

static void file_drop(struct eyas_output *o)
{
	struct file_output *f = (struct file_output *)o;

	eyas_queue_drop(&f->queue, o);
}

static void file_close(struct eyas_output *o)
{
	struct file_output *f = (struct file_output *)o;

	eyas_queue_release(&f->queue);
	close(f->fd);
	free(f);
}

static const struct eyas_output_ops file_ops = {
	.name = "file",
	.emit = file_emit,
	.flush = file_flush,
	.reopen = file_reopen,
	.drop = file_drop,
	.close = file_close,
};

int eyas_output_file_open(struct eyas_output **ret, const char *path, bool keep,
			  struct eyas_err *err)
{
	size_t len = strlen(path) + 1;
	struct file_output *f;
	int fd = open_path(path);

	if (fd < 0)
		return eyas_err_set(err, fd, "cannot open '%s': %s", path, strerror(-fd));
	f = calloc(1, sizeof(*f) + len);
	if (!f) {
		close(fd);
		return eyas_err_set(err, -ENOMEM, "out of memory");
	}
	memcpy(f->path, path, len);
	f->o.ops = &file_ops;
	f->o.name = f->path;
	f->fd = fd;
	f->keep = keep;
	eyas_strbuf_init(&f->queue.lines);
	*ret = &f->o;
	return 0;
}
