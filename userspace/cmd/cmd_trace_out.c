// SPDX-License-Identifier: Apache-2.0
/* Where the lines of eyas trace go: stderr, a file, a command, or a file for each thread. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/strbuf.h"
#include "cmd_trace.h"

static int write_all(int fd, const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

static int open_file(const char *path, bool append)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0666);

	return fd < 0 ? -errno : fd;
}

static int start_command(struct trace_out *out, const char *command)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	out->pipe = fork();
	if (out->pipe == 0) {
		dup2(ends[0], STDIN_FILENO);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	close(ends[0]);
	if (out->pipe > 0) {
		out->fd = ends[1];
		return 0;
	}
	close(ends[1]);
	out->pipe = 0;
	return -EAGAIN;
}

int trace_out_open(struct trace_out *out, const struct trace_opts *o)
{
	const char *name = o->output;
	int r = 0;

	out->opts = o;
	if (!name) {
		/* The command may close or redirect its own, which is another one. */
		out->fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
		r = out->fd < 0 ? -errno : 0;
	} else if (*name == '|' || *name == '!') {
		r = start_command(out, name + 1);
	} else if (!o->o.separate) {
		out->fd = open_file(name, o->append);
		r = out->fd < 0 ? out->fd : 0;
	}
	if (r < 0)
		eyas_msg("cannot write to '%s': %s", name ? name : "stderr", strerror(-r));
	return r < 0 ? -1 : 0;
}

/* The descriptor of a thread's own file, opened when it is first needed. */
static int thread_fd(struct trace_out *out, uint32_t tid)
{
	uintptr_t known = (uintptr_t)eyas_map_get(&out->files, tid);
	bool again = eyas_map_get(&out->seen, tid);
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;
	int fd;

	if (known)
		return (int)known - 1;
	eyas_strbuf_addf(&path, "%s.%" PRIu32, out->opts->output, tid);
	/* A number may come again, of another thread: its lines follow those of the first. */
	fd = open_file(path.buf, out->opts->append || again);
	if (fd < 0)
		return fd;
	if (eyas_map_set(&out->files, tid, (void *)((uintptr_t)fd + 1)) < 0 ||
	    eyas_map_set(&out->seen, tid, out) < 0) {
		close(fd);
		return -ENOMEM;
	}
	return fd;
}

static int sink_write(void *arg, uint32_t tid, const char *p, size_t len)
{
	struct trace_out *out = arg;
	int fd = out->opts->o.separate && tid ? thread_fd(out, tid) : out->fd;

	/* Separate outputs have no place for what belongs to no thread. */
	if (fd == -1)
		fd = STDERR_FILENO;
	return fd < 0 ? fd : write_all(fd, p, len);
}

static void sink_close(void *arg, uint32_t tid)
{
	struct trace_out *out = arg;
	uintptr_t known = (uintptr_t)eyas_map_del(&out->files, tid);

	if (known)
		close((int)known - 1);
}

static void sink_attached(void *arg, uint32_t tid)
{
	(void)arg;
	eyas_msg("Process %" PRIu32 " attached", tid);
}

void trace_out_sink(struct trace_out *out, struct eyas_trace_sink *ret)
{
	ret->write = sink_write;
	ret->close = sink_close;
	/* On stderr it is a line like all others. */
	ret->attached = out->opts->output ? sink_attached : NULL;
	ret->arg = out;
}

void trace_out_close(struct trace_out *out)
{
	uint64_t key;
	void *val;

	for (size_t pos = 0; eyas_map_next(&out->files, &pos, &key, &val);)
		close((int)(uintptr_t)val - 1);
	eyas_map_release(&out->files);
	eyas_map_release(&out->seen);
	if (out->fd >= 0)
		close(out->fd);
	out->fd = -1;
	if (out->pipe)
		waitpid(out->pipe, NULL, 0);
	out->pipe = 0;
}
