// SPDX-License-Identifier: Apache-2.0
/* A root folder of its own, for unit tests. */
#include "fakeroot.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOT_PATH_MAX	512

static void fail(const char *what, const char *path)
{
	fprintf(stderr, "fakeroot: cannot %s '%s': %s\n", what, path, strerror(errno));
	abort();
}

void eyas_fakeroot_create(struct eyas_fakeroot *r)
{
	snprintf(r->dir, sizeof(r->dir), "/tmp/eyas-root-XXXXXX");
	if (!mkdtemp(r->dir))
		fail("make", r->dir);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void remove_all(const char *path)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) && errno != ENOENT)
		fail("remove", path);
}

void eyas_fakeroot_remove(struct eyas_fakeroot *r)
{
	remove_all(r->dir);
}

static void path_in(char ret[ROOT_PATH_MAX], const struct eyas_fakeroot *r, const char *path)
{
	snprintf(ret, ROOT_PATH_MAX, "%s/%s", r->dir, path);
}

/* The folders that @path is in. */
static void make_parents(char *path)
{
	for (char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(path, 0755) && errno != EEXIST)
			fail("make", path);
		*p = '/';
	}
}

void eyas_fakeroot_bytes(struct eyas_fakeroot *r, const char *path, const void *data, size_t len)
{
	char full[ROOT_PATH_MAX];
	FILE *f;

	path_in(full, r, path);
	make_parents(full);
	f = fopen(full, "w");
	if (!f || (len && fwrite(data, len, 1, f) != 1) || fclose(f))
		fail("write", full);
}

void eyas_fakeroot_file(struct eyas_fakeroot *r, const char *path, const char *text)
{
	eyas_fakeroot_bytes(r, path, text, strlen(text));
}

void eyas_fakeroot_link(struct eyas_fakeroot *r, const char *path, const char *target)
{
	char full[ROOT_PATH_MAX];

	path_in(full, r, path);
	make_parents(full);
	unlink(full);
	if (symlink(target, full))
		fail("link", full);
}

void eyas_fakeroot_unlink(struct eyas_fakeroot *r, const char *path)
{
	char full[ROOT_PATH_MAX];

	path_in(full, r, path);
	if (unlink(full))
		fail("unlink", full);
}

/* ---- /proc ---- */

static void __attribute__((format(printf, 4, 5)))
proc_file(struct eyas_fakeroot *r, uint32_t pid, const char *name, const char *fmt, ...)
{
	char path[64], text[2048];
	va_list ap;

	snprintf(path, sizeof(path), "proc/%u/%s", pid, name);
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	eyas_fakeroot_file(r, path, text);
}

static void proc_link(struct eyas_fakeroot *r, uint32_t pid, const char *name, const char *target)
{
	char path[64];

	if (!target)
		return;
	snprintf(path, sizeof(path), "proc/%u/%s", pid, name);
	eyas_fakeroot_link(r, path, target);
}

static void proc_ns(struct eyas_fakeroot *r, uint32_t pid, const char *name, uint32_t inode)
{
	char file[32], target[32];

	snprintf(file, sizeof(file), "ns/%s", name);
	snprintf(target, sizeof(target), "%s:[%u]", name, inode);
	proc_link(r, pid, file, inode ? target : NULL);
}

void eyas_fakeroot_proc(struct eyas_fakeroot *r, const struct eyas_fakeproc *p)
{
	uint32_t pgid = p->pgid ? p->pgid : p->pid, sid = p->sid ? p->sid : p->pid;
	const char *comm = p->comm ? p->comm : "";
	char path[64];

	proc_file(r, p->pid, "stat", "%u (%s) S %u %u %u %u -1 4194560 1 2 3 4 5 6 7 8 20 0 %u 0 %"
		  PRIu64 " 8000000 500 18446744073709551615\n", p->pid, comm, p->ppid, pgid, sid,
		  p->tty, p->threads, p->ticks);
	proc_file(r, p->pid, "status",
		  "Name:\t%s\nTgid:\t%u\nUid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n"
		  "NSpid:\t%u\t%u\nThreads:\t%u\nCapInh:\t0000000000000000\nCapPrm:\t%016" PRIx64
		  "\nCapEff:\t%016" PRIx64 "\n", comm, p->pid, p->uid, p->euid, p->euid, p->euid,
		  p->gid, p->gid, p->gid, p->gid, p->pid, p->vpid ? p->vpid : p->pid,
		  p->threads ? p->threads : 1, p->caps, p->caps);
	snprintf(path, sizeof(path), "proc/%u/cmdline", p->pid);
	eyas_fakeroot_bytes(r, path, p->cmdline, p->cmdline_len);
	proc_file(r, p->pid, "environ", "%s", p->environ ? p->environ : "");
	proc_file(r, p->pid, "cgroup", "%s", p->cgroup ? p->cgroup : "0::/\n");
	if (p->loginuid)
		proc_file(r, p->pid, "loginuid", "%s", p->loginuid);
	proc_link(r, p->pid, "exe", p->exe);
	proc_link(r, p->pid, "cwd", p->cwd);
	proc_ns(r, p->pid, "pid", p->ns_pid);
	proc_ns(r, p->pid, "user", p->ns_user);
}

void eyas_fakeroot_end(struct eyas_fakeroot *r, uint32_t pid)
{
	char name[32], full[ROOT_PATH_MAX];

	snprintf(name, sizeof(name), "proc/%u", pid);
	path_in(full, r, name);
	remove_all(full);
}
