// SPDX-License-Identifier: Apache-2.0
/* Reading /proc/PID. All files of a process are opened below one descriptor
 * of its directory, so that they are of one process even if the pid is reused. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "enrich/procfs.h"

#define FILE_MAX 4096U /* bytes of argv and environ kept, as of records */
#define TEXT_MAX 16384U /* of the other files */

void eyas_procfs_init(struct eyas_procfs *pf)
{
	memset(pf, 0, sizeof(*pf));
	eyas_strbuf_init(&pf->exepath);
	eyas_strbuf_init(&pf->argv);
	eyas_strbuf_init(&pf->envp);
	eyas_strbuf_init(&pf->cwd);
	eyas_strbuf_init(&pf->cgroup);
}

void eyas_procfs_release(struct eyas_procfs *pf)
{
	eyas_strbuf_release(&pf->exepath);
	eyas_strbuf_release(&pf->argv);
	eyas_strbuf_release(&pf->envp);
	eyas_strbuf_release(&pf->cwd);
	eyas_strbuf_release(&pf->cgroup);
}

/* The caller frees it; NULL: out of memory. */
static char *_printf_(1, 2) path_of(const char *fmt, ...)
{
	va_list ap;
	char *path;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&path, fmt, ap);
	va_end(ap);
	return n < 0 ? NULL : path;
}

static int read_at(int dir, const char *name, size_t max, struct eyas_strbuf *out)
{
	_cleanup_close_ int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char chunk[1024];
	ssize_t n;

	eyas_strbuf_reset(out);
	if (fd < 0)
		return -errno;
	while (out->len < max) {
		size_t want = max - out->len;

		n = read(fd, chunk, want < sizeof(chunk) ? want : sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		eyas_strbuf_add(out, chunk, (size_t)n);
	}
	return eyas_strbuf_ok(out) ? 0 : -ENOMEM;
}

static int link_at(int dir, const char *name, struct eyas_strbuf *out)
{
	_cleanup_free_ char *buf = malloc(PATH_MAX);
	ssize_t n;

	eyas_strbuf_reset(out);
	if (!buf)
		return -ENOMEM;
	n = readlinkat(dir, name, buf, PATH_MAX);
	if (n < 0)
		return -errno;
	eyas_strbuf_add(out, buf, (size_t)n);
	return eyas_strbuf_ok(out) ? 0 : -ENOMEM;
}

/* "pid (comm) S ppid pgrp session tty_nr ..."; comm may hold anything. */
static int parse_stat(const char *text, struct eyas_task *t)
{
	const char *open = strchr(text, '('), *close = strrchr(text, ')');
	unsigned long long start;
	int ppid, pgid, sid, tty;
	size_t n;

	if (!open || !close || close < open)
		return -EBADMSG;
	if (sscanf(close + 1,
		   " %*c %d %d %d %d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
		   &ppid, &pgid, &sid, &tty, &start) != 5)
		return -EBADMSG;
	n = (size_t)(close - open - 1);
	if (n >= sizeof(t->comm))
		n = sizeof(t->comm) - 1;
	memcpy(t->comm, open + 1, n);
	t->ppid = (uint32_t)ppid;
	t->pgid = (uint32_t)pgid;
	t->sid = (uint32_t)sid;
	t->tty = (uint32_t)tty;
	t->start_time = start * EYAS_PROCFS_TICK_NS;
	return 0;
}

/* The rest of the line of @key ("Uid:"), or NULL. */
static const char *status_line(const char *text, const char *key)
{
	size_t n = strlen(key);

	while (text && *text) {
		if (!strncmp(text, key, n))
			return text + n;
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	return NULL;
}

/* Up to four numbers of a line; how many there were. */
static int status_ids(const char *text, const char *key, uint32_t id[4])
{
	const char *line = status_line(text, key);

	return line ? sscanf(line, "%u %u %u %u", &id[0], &id[1], &id[2], &id[3]) : 0;
}

/* The last number of a line: the id in the innermost namespace. */
static uint32_t status_last(const char *text, const char *key, uint32_t otherwise)
{
	const char *line = status_line(text, key);
	uint32_t v = otherwise;
	char *end;

	while (line && *line && *line != '\n') {
		unsigned long n = strtoul(line, &end, 10);

		if (end == line)
			break;
		v = (uint32_t)n;
		line = end;
	}
	return v;
}

static uint64_t status_cap(const char *text, const char *key)
{
	const char *line = status_line(text, key);

	return line ? strtoull(line, NULL, 16) : 0;
}

static void parse_status(const char *text, uint32_t pid, struct eyas_procfs *pf)
{
	struct eyas_task *t = &pf->task;
	uint32_t id[4] = { 0 };

	if (status_ids(text, "Uid:", id) == 4) {
		t->uid = id[0];
		t->euid = id[1];
		t->suid = id[2];
		t->fsuid = id[3];
	}
	if (status_ids(text, "Gid:", id) == 4) {
		t->gid = id[0];
		t->egid = id[1];
		t->sgid = id[2];
		t->fsgid = id[3];
	}
	if (status_ids(text, "Threads:", id) >= 1)
		pf->threads = id[0];
	t->vpid = t->vtid = status_last(text, "NSpid:", pid);
	t->vpgid = status_last(text, "NSpgid:", t->pgid);
	t->vsid = status_last(text, "NSsid:", t->sid);
	t->cap_inheritable = status_cap(text, "CapInh:");
	t->cap_permitted = status_cap(text, "CapPrm:");
	t->cap_effective = status_cap(text, "CapEff:");
}

/* "pid:[4026531836]" */
static uint32_t ns_inode(int dir, const char *name, struct eyas_strbuf *tmp)
{
	const char *p;

	if (link_at(dir, name, tmp) < 0)
		return 0;
	p = strchr(tmp->buf, '[');
	return p ? (uint32_t)strtoul(p + 1, NULL, 10) : 0;
}

static uint32_t read_id(int dir, const char *name, struct eyas_strbuf *tmp)
{
	if (read_at(dir, name, 32, tmp) < 0 || !tmp->len)
		return UINT32_MAX;
	return (uint32_t)strtoul(tmp->buf, NULL, 10);
}

static uint64_t stat_ns(struct timespec ts)
{
	return (uint64_t)ts.tv_sec * 1000000000ULL + (uint64_t)ts.tv_nsec;
}

static void read_exe(int dir, struct eyas_procfs *pf)
{
	struct eyas_file *f = &pf->exe_file;
	struct stat st;

	if (link_at(dir, "exe", &pf->exepath) < 0 || fstatat(dir, "exe", &st, 0) < 0)
		return;
	pf->has_exe_file = true;
	f->ino = st.st_ino;
	f->mtime = stat_ns(st.st_mtim);
	f->ctime = stat_ns(st.st_ctim);
	f->size = (uint64_t)st.st_size;
	f->dev_major = major(st.st_dev);
	f->dev_minor = minor(st.st_dev);
	f->mode = st.st_mode;
	f->uid = st.st_uid;
	f->gid = st.st_gid;
	f->nlink = (uint32_t)st.st_nlink;
	if (!st.st_nlink) {
		f->flags |= EYAS_FILE_F_DELETED;
		pf->task.exec_flags |= EYAS_EXEC_F_DELETED;
	}
	if (!strncmp(pf->exepath.buf, "/memfd:", 7)) {
		f->flags |= EYAS_FILE_F_MEMFD;
		pf->task.exec_flags |= EYAS_EXEC_F_MEMFD;
	}
}

/* Id of the process' cgroup: the inode of its directory. */
static uint64_t cgroup_id(const char *root, const char *text)
{
	const char *line = status_line(text, "0::");
	_cleanup_free_ char *path = NULL;
	struct stat st;

	if (line)
		path = path_of("%s/sys/fs/cgroup%.*s", root, (int)strcspn(line, "\n"), line);
	return !path || stat(path, &st) < 0 ? 0 : st.st_ino;
}

int eyas_procfs_read(struct eyas_procfs *pf, const char *root, uint32_t pid)
{
	_cleanup_strbuf_ struct eyas_strbuf tmp = EYAS_STRBUF_INIT;
	_cleanup_free_ char *path = path_of("%s/proc/%u", root, pid);
	_cleanup_close_ int dir = -1;

	if (!path)
		return -ENOMEM;
	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return -ESRCH;
	memset(&pf->task, 0, sizeof(pf->task));
	memset(&pf->exe_file, 0, sizeof(pf->exe_file));
	pf->has_exe_file = false;
	pf->threads = 1;
	if (read_at(dir, "stat", TEXT_MAX, &tmp) < 0 || parse_stat(tmp.buf, &pf->task) < 0)
		return -ESRCH;
	(void)read_at(dir, "status", TEXT_MAX, &tmp);
	parse_status(tmp.buf, pid, pf);
	(void)read_at(dir, "cmdline", FILE_MAX, &pf->argv);
	(void)read_at(dir, "environ", FILE_MAX, &pf->envp);
	(void)link_at(dir, "cwd", &pf->cwd);
	(void)read_at(dir, "cgroup", TEXT_MAX, &pf->cgroup);
	read_exe(dir, pf);
	pf->task.cgroup = cgroup_id(root, pf->cgroup.buf);
	pf->task.loginuid = read_id(dir, "loginuid", &tmp);
	pf->task.sessionid = read_id(dir, "sessionid", &tmp);
	pf->task.ns_pid = ns_inode(dir, "ns/pid", &tmp);
	pf->task.ns_net = ns_inode(dir, "ns/net", &tmp);
	pf->task.ns_user = ns_inode(dir, "ns/user", &tmp);
	pf->task.ns_mnt = ns_inode(dir, "ns/mnt", &tmp);
	return eyas_strbuf_ok(&tmp) ? 0 : -ENOMEM;
}

static int read_thread(int dir, struct eyas_strbuf *tmp, struct eyas_task *ret)
{
	struct eyas_procfs pf = { .threads = 0 };

	if (read_at(dir, "stat", TEXT_MAX, tmp) < 0 || parse_stat(tmp->buf, &pf.task) < 0)
		return -ESRCH;
	(void)read_at(dir, "status", TEXT_MAX, tmp);
	parse_status(tmp->buf, 0, &pf);
	pf.task.ns_net = ns_inode(dir, "ns/net", tmp);
	pf.task.ns_user = ns_inode(dir, "ns/user", tmp);
	pf.task.ns_mnt = ns_inode(dir, "ns/mnt", tmp);
	*ret = pf.task;
	return eyas_strbuf_ok(tmp) ? 0 : -ENOMEM;
}

int eyas_procfs_thread(const char *root, uint32_t pid, uint32_t tid, struct eyas_task *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf tmp = EYAS_STRBUF_INIT;
	_cleanup_free_ char *path = tid == pid ? path_of("%s/proc/%u", root, pid) :
						 path_of("%s/proc/%u/task/%u", root, pid, tid);
	_cleanup_close_ int dir = -1;

	if (!path)
		return -ENOMEM;
	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return dir < 0 ? -ESRCH : read_thread(dir, &tmp, ret);
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

/* Call @fn for each entry of a folder that is a number. */
static int each_number(const char *path, int (*fn)(uint32_t num, void *arg), void *arg)
{
	_cleanup_(close_dir) DIR *d = opendir(path);
	struct dirent *de;
	int r;

	if (!d)
		return -errno;
	while ((de = readdir(d))) {
		char *end;
		unsigned long num = strtoul(de->d_name, &end, 10);

		if (*end || de->d_name[0] < '1' || de->d_name[0] > '9' || num > INT32_MAX)
			continue;
		r = fn((uint32_t)num, arg);
		if (r)
			return r;
	}
	return 0;
}

int eyas_procfs_for_each(const char *root, int (*fn)(uint32_t pid, void *arg), void *arg)
{
	_cleanup_free_ char *path = path_of("%s/proc", root);

	return path ? each_number(path, fn, arg) : -ENOMEM;
}

int eyas_procfs_each_thread(const char *root, uint32_t pid, int (*fn)(uint32_t tid, void *arg),
			    void *arg)
{
	_cleanup_free_ char *path = path_of("%s/proc/%u/task", root, pid);

	return path ? each_number(path, fn, arg) : -ENOMEM;
}

int eyas_procfs_cgroup(const char *root, uint32_t pid, struct eyas_strbuf *ret)
{
	_cleanup_free_ char *path = path_of("%s/proc/%u/cgroup", root, pid);

	return path ? read_at(AT_FDCWD, path, TEXT_MAX, ret) : -ENOMEM;
}

int eyas_procfs_fd(const char *root, uint32_t pid, int32_t num, struct eyas_strbuf *ret_link,
		   uint32_t *ret_mode)
{
	_cleanup_free_ char *path = path_of("%s/proc/%u/fd/%d", root, pid, num);
	struct stat st;
	int r;

	if (!path)
		return -ENOMEM;
	r = link_at(AT_FDCWD, path, ret_link);
	if (r < 0)
		return r == -ENOMEM ? r : -ENOENT;
	*ret_mode = stat(path, &st) < 0 ? 0 : st.st_mode;
	return 0;
}

uint64_t eyas_procfs_btime(const char *root)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	_cleanup_free_ char *path = path_of("%s/proc/stat", root);
	const char *line;

	if (!path || read_at(AT_FDCWD, path, 1U << 20, &text) < 0)
		return 0;
	line = status_line(text.buf, "btime ");
	return line ? strtoull(line, NULL, 10) * 1000000000ULL : 0;
}
