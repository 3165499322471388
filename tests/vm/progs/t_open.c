// SPDX-License-Identifier: Apache-2.0
/*
 * The open family: what the program said and what the kernel opened, for
 * names good, bad, long, relative, symbolic and at the end of memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "raw.h"

#ifndef SYS_open	/* architectures made later have only the calls with "at" */
#define SYS_open	SYS_openat
#endif

static char long_ok[4096], long_bad[5000];
static char *edge;		/* "/tmp/o/file" right before an unmapped page */
static char *cut;		/* the same without its NUL: unreadable after it */

/* One call as the child makes it, and what must be recorded. */
struct call {
	const char *what;
	int nr;			/* openat relative to "/tmp/o" where dir is set */
	bool dir;
	const char *path;
	int flags;
	int err;		/* 0: succeeds */
	const char *given;	/* NULL: unreadable */
	const char *real;	/* on success */
	bool mismatch;
	bool created;
};

static struct call calls[] = {
	{ "openat", SYS_openat, 0, "/tmp/o/file", O_RDONLY, 0, "/tmp/o/file", "/tmp/o/file", 0, 0 },
	{ "open", SYS_open, 0, "/tmp/o/file", O_RDWR, 0, "/tmp/o/file", "/tmp/o/file", 0, 0 },
	{ "symlink", SYS_openat, 0, "/tmp/o/link", O_RDONLY, 0, "/tmp/o/link", "/tmp/o/file", 1, 0 },
	{ "dots", SYS_open, 0, "/tmp/o/../o//file", 0, 0, "/tmp/o/../o//file", "/tmp/o/file", 1, 0 },
	{ "dirfd", SYS_openat, 1, "file", O_RDONLY, 0, "file", "/tmp/o/file", 0, 0 },
	{ "dirfd up", SYS_openat, 1, "../o/link", O_RDONLY, 0, "../o/link", "/tmp/o/file", 1, 0 },
	{ "absolute with dirfd", SYS_openat, 1, "/etc/passwd", 0, 0, "/etc/passwd", "/etc/passwd", 0, 0 },
	{ "dirfd dot", SYS_openat, 1, "./file", O_RDONLY, 0, "./file", "/tmp/o/file", 0, 0 },
	{ "dirfd link", SYS_openat, 1, "link", O_RDONLY, 0, "link", "/tmp/o/file", 1, 0 },
	{ "cwd elsewhere", SYS_open, 0, "o/link", O_RDONLY, 0, "o/link", "/tmp/o/file", 1, 0 },
	{ "dots and slashes", SYS_open, 0, "/./tmp//o/./file", 0, 0, "/./tmp//o/./file", "/tmp/o/file", 0, 0 },
	{ "cwd", SYS_open, 0, "o/file", O_RDONLY, 0, "o/file", "/tmp/o/file", 0, 0 },
	{ "create", SYS_openat, 0, "/tmp/o/new", O_CREAT | O_WRONLY, 0, "/tmp/o/new", "/tmp/o/new", 0, 1 },
	{ "create again", SYS_openat, 0, "/tmp/o/new", O_CREAT | O_RDWR, 0, "/tmp/o/new", "/tmp/o/new", 0, 0 },
#ifdef SYS_creat
	{ "creat", SYS_creat, 0, "/tmp/o/new2", 0600, 0, "/tmp/o/new2", "/tmp/o/new2", 0, 1 },
#endif
	{ "directory", SYS_openat, 0, "/tmp/o", O_DIRECTORY, 0, "/tmp/o", "/tmp/o", 0, 0 },
	{ "proc self root", SYS_open, 0, "/proc/self/root/etc/passwd", 0, 0,
	  "/proc/self/root/etc/passwd", "/etc/passwd", 1, 0 },
	{ "device", SYS_openat, 0, "/dev/zero", O_RDONLY, 0, "/dev/zero", "/dev/zero", 0, 0 },
	{ "missing", SYS_openat, 0, "/tmp/o/none", O_RDONLY, ENOENT, "/tmp/o/none", NULL, 0, 0 },
	{ "empty", SYS_openat, 0, "", O_RDONLY, ENOENT, "", NULL, 0, 0 },
	{ "bad pointer", SYS_openat, 0, (void *)1, O_RDONLY, EFAULT, NULL, NULL, 0, 0 },
	{ "kernel pointer", SYS_openat, 0, (void *)0xffff888000001000, 0, EFAULT, NULL, NULL, 0, 0 },
	{ "null", SYS_open, 0, NULL, O_RDONLY, EFAULT, NULL, NULL, 0, 0 },
	{ "4095 bytes", SYS_open, 0, long_ok, O_RDONLY, 0, long_ok, "/tmp/o/file", 0, 0 },
	{ "5000 bytes", SYS_open, 0, long_bad, O_RDONLY, ENAMETOOLONG, long_bad, NULL, 0, 0 },
	{ "page end", SYS_openat, 0, NULL, O_RDONLY, 0, "/tmp/o/file", "/tmp/o/file", 0, 0 },
	{ "cut by page end", SYS_openat, 0, NULL, O_RDONLY, EFAULT, "/tmp/o/fil", NULL, 0, 0 },
};

#define NCALLS (sizeof(calls) / sizeof(*calls))

static void prepare(void)
{
	long pg = sysconf(_SC_PAGESIZE);
	char *p = mmap(NULL, 4 * pg, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t i;

	CHECK(p != MAP_FAILED && !munmap(p + pg, pg) && !munmap(p + 3 * pg, pg));
	edge = p + pg - sizeof("/tmp/o/file");
	memcpy(edge, "/tmp/o/file", sizeof("/tmp/o/file"));
	cut = p + 3 * pg - strlen("/tmp/o/fil");
	memcpy(cut, "/tmp/o/fil", strlen("/tmp/o/fil"));
	/* "/" x 4084 and then the path: 4095 bytes, as long as a path may be. */
	memset(long_ok, '/', sizeof(long_ok));
	memcpy(long_ok + 4095 - strlen("tmp/o/file"), "tmp/o/file", sizeof("tmp/o/file"));
	memset(long_bad, 'x', sizeof(long_bad) - 1);
	for (i = 0; i < NCALLS; i++) {
		if (!strcmp(calls[i].what, "page end"))
			calls[i].path = edge;
		if (!strcmp(calls[i].what, "cut by page end"))
			calls[i].path = cut;
	}
	CHECK(!mkdir("/tmp/o", 0755) || errno == EEXIST);
	close(open("/tmp/o/file", O_CREAT | O_WRONLY, 0640));
	CHECK(!symlink("file", "/tmp/o/link"));
	CHECK(!chdir("/tmp"));
}

static void actor(void *arg)
{
	int dir = *(int *)arg;
	size_t i;

	for (i = 0; i < NCALLS; i++) {
		const struct call *c = &calls[i];
		long ret;

		if (c->nr == SYS_openat)
			ret = syscall(c->nr, c->dir ? dir : AT_FDCWD, c->path, c->flags, 0600);
		else
			ret = syscall(c->nr, c->path, c->flags, 0600);
		CHECK(c->err ? ret == -1 && errno == c->err : ret >= 0, "%s: %ld", c->what, ret);
		if (ret >= 0)
			close(ret);
	}
}

static bool blob_is(const struct eyas_blob *b, const char *s)
{
	return b && b->stored == strlen(s) && !memcmp(b + 1, s, b->stored);
}

static void check_given(const struct call *c, const struct eyas_record *rec)
{
	const struct eyas_blob *b = raw_blob(rec, sizeof(struct eyas_sys_exit), EYAS_BLOB_STRING);
	size_t len = c->given ? strlen(c->given) : 0;

	CHECK(b && (b->arg & EYAS_BLOB_ARG_MASK) == (c->nr == SYS_openat), "%s: no string", c->what);
	if (!c->given || c->path == cut) {
		CHECK((b->arg & EYAS_BLOB_F_FAULT) && (rec->flags & EYAS_REC_F_FAULT) &&
		      b->full == EYAS_BLOB_FULL_UNKNOWN, "%s: fault not told", c->what);
		CHECK(blob_is(b, c->given ? c->given : ""), "%s: '%.*s'", c->what, b->stored,
		      (const char *)(b + 1));
	} else if (len < 4096) {
		CHECK(blob_is(b, c->given) && b->full == len && !(b->arg & EYAS_BLOB_F_FAULT),
		      "%s: '%.*s'", c->what, b->stored, (const char *)(b + 1));
	} else {
		CHECK(b->stored == 4096 && b->full == EYAS_BLOB_FULL_UNKNOWN &&
		      (rec->flags & EYAS_REC_F_TRUNC), "%s: stored %u", c->what, b->stored);
	}
}

static void check_real(const struct call *c, const struct eyas_record *rec)
{
	size_t fixed = sizeof(struct eyas_sys_exit);
	const struct eyas_blob *b = raw_blob(rec, fixed, EYAS_BLOB_FILE_PATH);
	const struct eyas_blob *fb = raw_blob(rec, fixed, EYAS_BLOB_FILE);
	const struct eyas_file *f = (const void *)(fb + 1);
	struct stat st;

	if (c->err) {
		CHECK(!b && !fb, "%s: object of a failed call", c->what);
		return;
	}
	CHECK(blob_is(b, c->real), "%s: real '%.*s'", c->what, b ? b->stored : 0,
	      b ? (const char *)(b + 1) : "");
	CHECK(fb && fb->stored == sizeof(*f) && !stat(c->real, &st));
	CHECK(f->ino == st.st_ino && f->dev_major == major(st.st_dev) &&
	      f->dev_minor == minor(st.st_dev) && f->mode == st.st_mode && f->uid == st.st_uid &&
	      f->nlink == st.st_nlink && f->size == (uint64_t)st.st_size &&
	      f->rdev == st.st_rdev, "%s: identity", c->what);
	CHECK(!!(f->flags & EYAS_FILE_F_CREATED) == c->created, "%s: created", c->what);
	CHECK(!!(rec->flags & EYAS_REC_F_MISMATCH) == c->mismatch, "%s: mismatch", c->what);
}

static void check(size_t i, const struct eyas_record *rec)
{
	const struct eyas_sys_exit *x = (const void *)(rec + 1);
	const struct call *c = &calls[i];

	CHECK(i < NCALLS && rec->nr == c->nr, "record %zu is of call %d", i, rec->nr);
	CHECK(c->err ? x->ret == -c->err : x->ret >= 0, "%s: ret %lld", c->what, x->ret);
	CHECK(x->args[c->nr == SYS_openat] == (uintptr_t)c->path, "%s: pointer", c->what);
	check_given(c, rec);
	check_real(c, rec);
}

int main(void)
{
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS;
	struct raw_policy p = { .plan[SYS_openat] = plan };
	const struct eyas_record *rec;
	struct raw r;
	unsigned int i, n = 0;
	int dir;

	p.plan[SYS_open] = plan;
#ifdef SYS_creat
	p.plan[SYS_creat] = plan;
#endif
	prepare();
	dir = open("/tmp/o", O_RDONLY | O_DIRECTORY);
	CHECK(!raw_open(&r) && dir >= 0);
	CHECK(!raw_start(&r, &p), "%s", r.sentence);
	raw_child(1, actor, &dir, true);
	for (i = 0; i < r.nrings; i++)
		while ((rec = raw_next(&r.rings[i])))
			if (rec->type == EYAS_REC_SYS_EXIT && r.rings[i].lane == EYAS_LANE_BULK)
				check(n++, rec);
	CHECK(n == NCALLS, "%u records", n);
	raw_close(&r);
	printf("open family: %u calls ok\n", n);
	return 0;
}
