// SPDX-License-Identifier: Apache-2.0
/* Lines on their way to a descriptor: bounded, counted, never blocking. */
#include "output/queue.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>

void eyas_queue_release(struct eyas_queue *q)
{
	eyas_strbuf_release(&q->lines);
	q->done = 0;
}

static uint64_t newlines(const char *p, size_t len)
{
	const char *end = p + len;
	uint64_t n = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		p++;
		n++;
	}
	return n;
}

void eyas_queue_drop(struct eyas_queue *q, struct eyas_output *o)
{
	o->failed += newlines(q->lines.buf + q->done, q->lines.len - q->done);
	eyas_strbuf_reset(&q->lines);
	q->done = 0;
}

/*
 * The descriptor is not ours to make non-blocking: others share it. But a write
 * of at most PIPE_BUF bytes after POLLOUT does not block.
 */
static ssize_t write_some(int fd, const char *p, size_t len)
{
	struct pollfd pfd = { .fd = fd, .events = POLLOUT };
	ssize_t n;

	if (poll(&pfd, 1, 0) == 0)
		return -EAGAIN;
	n = write(fd, p, len < PIPE_BUF ? len : PIPE_BUF);
	return n < 0 ? -errno : n;
}

int eyas_queue_flush(struct eyas_queue *q, int fd, struct eyas_output *o)
{
	while (q->done < q->lines.len) {
		const char *p = q->lines.buf + q->done;
		ssize_t n = write_some(fd, p, q->lines.len - q->done);

		if (n == -EINTR)
			continue;
		if (n == -EPIPE) {
			q->gone = true;
			eyas_queue_drop(q, o);
		}
		if (n < 0)
			return (int)n;
		o->emitted += newlines(p, (size_t)n);
		q->done += (size_t)n;
	}
	eyas_strbuf_reset(&q->lines);
	q->done = 0;
	return 0;
}

/* Drop what was written, so that the buffer holds only what waits. */
static void compact(struct eyas_queue *q)
{
	size_t left = q->lines.len - q->done;

	memmove(q->lines.buf, q->lines.buf + q->done, left);
	eyas_strbuf_cut(&q->lines, left);
	q->done = 0;
}

int eyas_queue_put(struct eyas_queue *q, int fd, const struct eyas_alert *alert,
		   struct eyas_output *o)
{
	if (q->gone) {
		o->failed++;
		return -EPIPE;
	}
	if (q->done)
		compact(q);
	/* A line of any length goes out if nothing else waits. */
	if (q->lines.len && q->lines.len + alert->len + 1 > EYAS_QUEUE_MAX) {
		o->failed++;
		return -ENOBUFS;
	}
	eyas_strbuf_add(&q->lines, alert->line, alert->len);
	eyas_strbuf_addc(&q->lines, '\n');
	if (!eyas_strbuf_ok(&q->lines)) {
		eyas_queue_drop(q, o);
		eyas_strbuf_release(&q->lines);
		o->failed++;
		return -ENOMEM;
	}
	return eyas_queue_flush(q, fd, o);
}
