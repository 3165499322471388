/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A root folder with a /proc and an /etc of its own, for unit tests:
 *
 *	struct eyas_fakeroot r;
 *
 *	eyas_fakeroot_create(&r);
 *	eyas_fakeroot_file(&r, "etc/passwd", "root:x:0:0::/root:/bin/sh\n");
 *	eyas_fakeroot_proc(&r, &(struct eyas_fakeproc){ .pid = 1, .comm = "init" });
 *	eyas_users_init(&users, r.dir);
 *	eyas_fakeroot_remove(&r);
 */
#ifndef EYAS_TEST_FAKEROOT_H
#define EYAS_TEST_FAKEROOT_H

#include <stddef.h>
#include <stdint.h>

struct eyas_fakeroot { char dir[32]; };

void eyas_fakeroot_create(struct eyas_fakeroot *r);
void eyas_fakeroot_remove(struct eyas_fakeroot *r);

/* Paths are relative to the root; folders on the way are made, what is there replaced. */
void eyas_fakeroot_file(struct eyas_fakeroot *r, const char *path, const char *text);
void eyas_fakeroot_bytes(struct eyas_fakeroot *r, const char *path, const void *data, size_t len);
void eyas_fakeroot_link(struct eyas_fakeroot *r, const char *path, const char *target);
void eyas_fakeroot_unlink(struct eyas_fakeroot *r, const char *path);

/* What /proc/PID tells; what is NULL or 0 has no file, or a plain value. */
struct eyas_fakeproc {
	uint32_t pid, ppid, pgid, sid, tty;	/* pgid, sid 0: pid */
	uint32_t vpid;				/* 0: pid */
	uint32_t uid, euid, gid, threads;	/* threads 0: 1 */
	uint64_t ticks;				/* start time */
	uint64_t caps;				/* effective and permitted */
	const char *comm, *exe, *cwd, *cgroup;
	const char *loginuid;			/* the file's text */
	const char *cmdline;			/* separated by NUL */
	size_t cmdline_len;
	const char *environ;
	uint32_t ns_pid, ns_user;
};

void eyas_fakeroot_proc(struct eyas_fakeroot *r, const struct eyas_fakeproc *p);
void eyas_fakeroot_end(struct eyas_fakeroot *r, uint32_t pid);	/* it is gone */

#endif
