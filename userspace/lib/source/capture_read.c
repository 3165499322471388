// SPDX-License-Identifier: Apache-2.0
/* Reading capture files: bytes into whole blocks, and how the file ends. */
#include "source/capture_read.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

struct eyas_capture_reader {
	char *path;
	int fd, watch;			/* watch: inotify, -1 if not following */
	bool follow;
	uint64_t offset;		/* of the block that buf holds the start of */
	unsigned char *buf;		/* 8-aligned: header and payload */
	size_t have, cap;		/* bytes there */
	bool given;			/* buf is with the caller */
	int end;			/* -errno of all further calls, 0: goes on */
	struct eyas_err failed;
	char note[256];
	struct eyas_capture_file file;
	struct eyas_capture_opener opener;
};

/* ---- bytes ---- */

static int grow(struct eyas_capture_reader *r, size_t need)
{
	unsigned char *buf;

	if (need <= r->cap)
		return 0;
	buf = realloc(r->buf, need);
	if (!buf)
		return eyas_err_set(&r->failed, -ENOMEM, "cannot read '%s': out of memory",
				    r->path);
	r->buf = buf;
	r->cap = need;
	return 0;
}

/* Have @need bytes in buf: 1; the file ends before: 0; -errno. */
static int fill(struct eyas_capture_reader *r, size_t need)
{
	int ret = grow(r, need);

	while (!ret && r->have < need) {
		ssize_t n = read(r->fd, r->buf + r->have, need - r->have);

		if (!n)
			return 0;
		if (n > 0)
			r->have += (size_t)n;
		else if (errno != EINTR)
			ret = eyas_err_set(&r->failed, -errno, "cannot read '%s': %s", r->path,
					   strerror(errno));
	}
	return ret ? ret : 1;
}

int eyas_capture_reader_fail(const struct eyas_capture_reader *r, struct eyas_err *err)
{
	return eyas_err_prefix(err, "cannot read '%s': offset %" PRIu64 ": ", r->path, r->offset);
}

/* ---- opening ---- */

static int read_head(struct eyas_capture_reader *r)
{
	int ret = fill(r, sizeof(r->file));

	if (ret < 0)
		return ret;
	memcpy(&r->file, r->buf, r->have);
	if (!ret && memcmp(r->file.magic, EYAS_CAPTURE_MAGIC,
			   r->have < sizeof(r->file.magic) ? r->have : sizeof(r->file.magic)) != 0)
		return eyas_err_set(&r->failed, -EBADMSG,
				    "cannot read '%s': this is no capture file", r->path);
	if (!ret)
		return eyas_err_set(&r->failed, -EBADMSG,
				    "cannot read '%s': it was cut after %zu bytes, in its header",
				    r->path, r->have);
	if (eyas_capture_file_check(&r->file, &r->failed))
		return eyas_err_prefix(&r->failed, "cannot read '%s': ", r->path);
	/* A longer header is of a newer version: what we know of it is enough. */
	ret = fill(r, r->file.size);
	if (!ret)
		return eyas_err_set(&r->failed, -EBADMSG,
				    "cannot read '%s': it was cut after %zu bytes, in its header",
				    r->path, r->have);
	r->offset = r->file.size;
	r->have = 0;
	return ret < 0 ? ret : 0;
}

static int start(struct eyas_capture_reader *r)
{
	struct stat st;

	r->fd = strcmp(r->path, "-") ? open(r->path, O_RDONLY | O_CLOEXEC | O_NOCTTY) :
				       fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	if (r->fd < 0)
		return eyas_err_set(&r->failed, -errno, "cannot open '%s': %s", r->path,
				    strerror(errno));
	/* What is no regular file waits for its writer by itself. */
	if (fstat(r->fd, &st) < 0 || !S_ISREG(st.st_mode))
		r->follow = false;
	if (r->follow)
		r->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (r->follow &&
	    (r->watch < 0 || inotify_add_watch(r->watch, r->path, IN_MODIFY | IN_CLOSE_WRITE) < 0))
		return eyas_err_set(&r->failed, -errno, "cannot follow '%s': %s", r->path,
				    strerror(errno));
	return read_head(r);
}

int eyas_capture_reader_open(struct eyas_capture_reader **ret, const char *path, bool follow,
			     struct eyas_err *err)
{
	struct eyas_capture_reader *r = calloc(1, sizeof(*r));
	int code;

	if (!r)
		return eyas_err_set(err, -ENOMEM, "cannot read '%s': out of memory", path);
	r->fd = r->watch = -1;
	r->follow = follow;
	r->path = strdup(path);
	if (r->path)
		code = start(r);
	else
		code = eyas_err_set(&r->failed, -ENOMEM, "cannot read a capture: out of memory");
	if (code) {
		if (err)
			*err = r->failed;
		eyas_capture_reader_close(r);
		return code;
	}
	*ret = r;
	return 0;
}

void eyas_capture_reader_close(struct eyas_capture_reader *r)
{
	if (!r)
		return;
	eyas_cleanup_close(&r->fd);
	eyas_cleanup_close(&r->watch);
	eyas_capture_opener_release(&r->opener);
	free(r->buf);
	free(r->path);
	free(r);
}

const struct eyas_capture_file *eyas_capture_reader_file(const struct eyas_capture_reader *r)
{
	return &r->file;
}

const char *eyas_capture_reader_path(const struct eyas_capture_reader *r)
{
	return r->path;
}

uint64_t eyas_capture_reader_offset(const struct eyas_capture_reader *r)
{
	return r->offset;
}

int eyas_capture_reader_fd(const struct eyas_capture_reader *r)
{
	return r->watch;
}

const char *eyas_capture_reader_note(const struct eyas_capture_reader *r)
{
	return *r->note ? r->note : NULL;
}

/* ---- blocks ---- */

/* Take what inotify has; true if the writer has closed the file. */
static bool writer_gone(struct eyas_capture_reader *r)
{
	_Alignas(struct inotify_event) char buf[1024];
	bool gone = false;
	ssize_t n;

	while ((n = read(r->watch, buf, sizeof(buf))) > 0) {
		for (char *p = buf; p < buf + n;) {
			const struct inotify_event *ev = (const void *)p;

			gone |= ev->mask & (IN_CLOSE_WRITE | IN_IGNORED);
			p += sizeof(*ev) + ev->len;
		}
	}
	return gone;
}

static int ended(struct eyas_capture_reader *r)
{
	if (r->have)
		snprintf(r->note, sizeof(r->note),
			 "'%.128s' was cut: its last %zu bytes, from offset %" PRIu64
			 " on, are no whole block",
			 r->path, r->have, r->offset);
	else
		snprintf(r->note, sizeof(r->note),
			 "'%.128s' has no end mark at offset %" PRIu64
			 ": it was cut, or is still written",
			 r->path, r->offset);
	return -ENODATA;
}

/* The file has no more bytes: 0 to try again later, 1 to try again at once. */
static int at_end(struct eyas_capture_reader *r)
{
	if (!r->follow)
		return ended(r);
	if (!writer_gone(r))
		return 0;
	/* What was written before it was closed is there now. */
	r->follow = false;
	return 1;
}

/* A whole block in buf: 1; 0 and -ENODATA as for next; -errno. */
static int read_block(struct eyas_capture_reader *r, struct eyas_capture_block **ret)
{
	struct eyas_capture_block *b;
	int n;

	do {
		n = fill(r, sizeof(*b));
		b = (void *)r->buf;
		if (n > 0 && eyas_capture_block_check(b, &r->failed))
			return eyas_capture_reader_fail(r, &r->failed);
		if (n > 0)
			n = fill(r, sizeof(*b) + b->stored);
		if (n > 0) {
			*ret = (void *)r->buf;
			return 1;
		}
		if (!n)
			n = at_end(r);
	} while (n > 0);
	return n;
}

/* Whether the type of @b is ours to give: 1; it may be passed over: 0; -EPROTONOSUPPORT. */
static int known(struct eyas_capture_reader *r, const struct eyas_capture_block *b)
{
	if (b->type >= EYAS_CAPTURE_FACTS && b->type <= EYAS_CAPTURE_END)
		return 1;
	if (b->flags & EYAS_CAPTURE_F_SKIP)
		return 0;
	eyas_err_set(&r->failed, -EPROTONOSUPPORT, "a block of unknown type %u; use a newer eyas",
		     (unsigned int)b->type);
	return eyas_capture_reader_fail(r, &r->failed);
}

/* Go past the block that was given last. */
static void step(struct eyas_capture_reader *r)
{
	r->offset += r->have;
	r->have = 0;
	r->given = false;
}

static int next(struct eyas_capture_reader *r, struct eyas_capture_block **ret,
		struct eyas_bytes *ret_payload)
{
	int n;

	if (r->given)
		step(r);
	while ((n = read_block(r, ret)) > 0) {
		r->given = true;
		n = known(r, *ret);
		if (n > 0 && eyas_capture_open(&r->opener, *ret, *ret + 1, ret_payload, &r->failed))
			return eyas_capture_reader_fail(r, &r->failed);
		if (n)
			return n;
		step(r);
	}
	return n;
}

int eyas_capture_reader_next(struct eyas_capture_reader *r, const struct eyas_capture_block **ret,
			     struct eyas_bytes *ret_payload, struct eyas_err *err)
{
	struct eyas_capture_block *b = NULL;
	int n;

	if (!r->end) {
		n = next(r, &b, ret_payload);
		if (n < 0)
			r->end = n;
		if (n > 0) {
			*ret = b;
			if (b->type == EYAS_CAPTURE_END)
				r->end = -ENODATA;
		}
		if (n >= 0)
			return n;
	}
	if (r->end != -ENODATA && err)
		*err = r->failed;
	return r->end;
}
