// SPDX-License-Identifier: Apache-2.0
/* The channel to a descriptor that somebody else opened: stdout. */
#include <errno.h>
#include <string.h>
#include "output/output.h"
#include "output/queue.h"

struct fd_output {
	struct eyas_output o;
	struct eyas_queue queue;
	int fd;
	char name[];
};

static int fd_emit(struct eyas_output *o, const struct eyas_alert *alert)
{
	struct fd_output *f = (struct fd_output *)o;

	return eyas_queue_put(&f->queue, f->fd, alert, o);
}

static int fd_flush(struct eyas_output *o)
{
	struct fd_output *f = (struct fd_output *)o;

	return eyas_queue_flush(&f->queue, f->fd, o);
}

static void fd_drop(struct eyas_output *o)
{
	struct fd_output *f = (struct fd_output *)o;

	eyas_queue_drop(&f->queue, o);
}

static void fd_close(struct eyas_output *o)
{
	struct fd_output *f = (struct fd_output *)o;

	eyas_queue_release(&f->queue);
	free(f);
}

static const struct eyas_output_ops fd_ops = {
	.name = "fd",
	.emit = fd_emit,
	.flush = fd_flush,
	.drop = fd_drop,
	.close = fd_close,
};

int eyas_output_fd_open(struct eyas_output **ret, int fd, const char *name, struct eyas_err *err)
{
	size_t len = strlen(name) + 1;
	struct fd_output *f = calloc(1, sizeof(*f) + len);

	if (!f)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	memcpy(f->name, name, len);
	f->o.ops = &fd_ops;
	f->o.name = f->name;
	f->fd = fd;
	eyas_strbuf_init(&f->queue.lines);
	*ret = &f->o;
	return 0;
}
