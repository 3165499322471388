// SPDX-License-Identifier: Apache-2.0
/*
 * Programs that do not want to be seen: a name that changes while it is used,
 * binaries without a name, handles instead of names, a flood around an exec.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "raw.h"

#define D	"/tmp/evade"
#define OPENS	20000

static const char good[] = D "/good", evil[] = D "/evil";

/* ---- a name that flips ---- */

static char name[32];
static volatile int stop;

static void dwell(void)
{
	static unsigned int seed = 1;
	volatile int i;

	for (i = rand_r(&seed) % 64; i > 0; i--)
		;
}

static void *flip(void *arg)
{
	cpu_set_t set;

	(void)arg;
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	CHECK(!sched_setaffinity(0, sizeof(set), &set));
	while (!stop) {
		int i;

		for (i = 0; i < 4; i++)
			((volatile char *)name)[sizeof(D) + i] = "evil"[i];
		dwell();
		for (i = 0; i < 4; i++)
			((volatile char *)name)[sizeof(D) + i] = "good"[i];
		dwell();
	}
	return NULL;
}

/* What was opened each time, by inode number, in memory that the parent sees. */
static uint64_t *opened;

static void flips(void *arg)
{
	pthread_t t;
	int i;

	(void)arg;
	strcpy(name, good);
	CHECK(!pthread_create(&t, NULL, flip, NULL));
	for (i = 0; i < OPENS; i++) {
		int fd = syscall(SYS_openat, AT_FDCWD, name, O_RDONLY);
		struct stat st;

		/* Names may be caught half way: "gvil". */
		opened[i] = fd >= 0 && !fstat(fd, &st) ? st.st_ino : 0;
		close(fd);
	}
	stop = 1;
	pthread_join(t, NULL);
}

static const struct eyas_blob *blob(const struct eyas_record *rec, uint8_t kind)
{
	return raw_blob(rec, raw_fixed(rec), kind);
}

static bool same(const struct eyas_blob *a, const struct eyas_blob *b)
{
	return a->stored == b->stored && !memcmp(a + 1, b + 1, a->stored);
}

static unsigned int take_flips(struct raw *r, int pid, unsigned int n, unsigned int *mismatches,
			       const uint64_t ino[2])
{
	const struct eyas_record *rec;
	unsigned int i;

	for (i = 0; i < r->nrings; i++) {
		while ((rec = raw_next(&r->rings[i]))) {
			const struct eyas_blob *given, *path, *file;
			const struct eyas_sys_exit *x = (const void *)(rec + 1);

			CHECK(rec->type != EYAS_REC_LOSS);
			if ((int)rec->pid != pid || rec->nr != SYS_openat || n >= OPENS)
				continue;
			CHECK((x->ret >= 0) == (opened[n] != 0), "open %u", n);
			if (!opened[n++])
				continue;
			given = blob(rec, EYAS_BLOB_STRING);
			path = blob(rec, EYAS_BLOB_FILE_PATH);
			file = blob(rec, EYAS_BLOB_FILE);
			CHECK(given && path && file);
			CHECK(((const struct eyas_file *)(file + 1))->ino == opened[n - 1]);
			CHECK(path->stored == strlen(evil) && !memcmp(path + 1,
			      opened[n - 1] == ino[0] ? good : evil, path->stored), "open %u", n);
			CHECK(!!(rec->flags & EYAS_REC_F_MISMATCH) == !same(given, path),
			      "open %u: mismatch", n);
			*mismatches += !same(given, path);
		}
		raw_release(&r->rings[i]);
	}
	return n;
}

static void test_flip(void)
{
	struct raw_policy p = { .bulk = 32U << 20 };
	unsigned int n, mismatches = 0;
	uint64_t ino[2];
	struct stat st;
	struct raw r;
	int pid;

	opened = mmap(NULL, OPENS * 8, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(!stat(good, &st));
	ino[0] = st.st_ino;
	CHECK(!stat(evil, &st));
	ino[1] = st.st_ino;
	p.plan[SYS_openat] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS;
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	/* One CPU opens, so that records are in order, the other one flips. */
	pid = raw_child(1, flips, NULL, true);
	n = take_flips(&r, pid, 0, &mismatches, ino);
	CHECK(n == OPENS && mismatches, "%u opens, %u mismatches", n, mismatches);
	printf("%u opens of a flipping name, %u mismatches, every real path right\n", n, mismatches);
	raw_close(&r);
}

/* ---- binaries ---- */

static int self, image;

static void exec_memfd(void *arg)
{
	char *argv[] = { "x", "exit", NULL }, *envp[] = { NULL };

	(void)arg;
	syscall(SYS_execveat, image, "", argv, envp, AT_EMPTY_PATH);
	_exit(1);
}

static void exec_deleted(void *arg)
{
	char *argv[] = { "x", "exit", NULL }, *envp[] = { NULL };

	(void)arg;
	syscall(SYS_execveat, self, "", argv, envp, AT_EMPTY_PATH);
	_exit(1);
}

static void exec_script(void *arg)
{
	char *argv[] = { "x", NULL };

	(void)arg;
	execv(D "/script", argv);
	_exit(1);
}

static void handle(void *arg)
{
	char buf[sizeof(struct file_handle) + 128];
	struct file_handle *h = (void *)buf;
	int mount, dir = open(D, O_RDONLY | O_DIRECTORY);

	(void)arg;
	h->handle_bytes = 128;
	CHECK(!name_to_handle_at(dir, "evil", h, &mount, 0));
	CHECK(open_by_handle_at(dir, h, O_RDONLY) >= 0, "%s", strerror(errno));
}

static void copy(const char *from, int to)
{
	char buf[65536];
	int fd = open(from, O_RDONLY);
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0)
		CHECK(write(to, buf, n) == n);
	close(fd);
}

static const struct eyas_record *one(struct raw *r, int pid, uint16_t type, int nr)
{
	const struct eyas_record *rec, *found = NULL;
	unsigned int i;

	for (i = 0; i < r->nrings; i++)
		while ((rec = raw_next(&r->rings[i])))
			if ((int)rec->pid == pid && rec->type == type && rec->nr == nr)
				found = rec;
	CHECK(found, "no record of type %u", type);
	return found;
}

static void test_binaries(void)
{
	struct raw_policy p = { .events = EYAS_EVENT_PROCESS, .anchors = 1ULL << EYAS_ANCHOR_EXEC };
	const struct eyas_record *rec;
	const struct eyas_task *t;
	struct raw r;
	int fd, pid;

	image = memfd_create("hidden", 0);
	copy("/proc/self/exe", image);
	fd = open(D "/bin", O_CREAT | O_WRONLY, 0755);
	copy("/proc/self/exe", fd);
	close(fd);
	self = open(D "/bin", O_RDONLY);
	CHECK(!unlink(D "/bin"));
	fd = open(D "/script", O_CREAT | O_WRONLY, 0755);
	CHECK(dprintf(fd, "#!/bin/busybox true\n") > 0 && !close(fd));
	p.plan[SYS_open_by_handle_at] = EYAS_PLAN_RECORD | EYAS_PLAN_OBJECTS | EYAS_PLAN_DATA;
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);

	rec = one(&r, raw_child(-1, exec_memfd, NULL, true), EYAS_REC_EXEC, -1);
	t = (const void *)(rec + 1);
	CHECK(t->exec_flags & EYAS_EXEC_F_MEMFD && t->exec_flags & EYAS_EXEC_F_FD);
	CHECK(!memcmp(blob(rec, EYAS_BLOB_EXE_PATH) + 1, "/memfd:hidden", 13));
	rec = one(&r, raw_child(-1, exec_deleted, NULL, true), EYAS_REC_EXEC, -1);
	t = (const void *)(rec + 1);
	CHECK(t->exec_flags & EYAS_EXEC_F_DELETED && t->exec_flags & EYAS_EXEC_F_FD);
	CHECK(!memcmp(blob(rec, EYAS_BLOB_EXE_PATH) + 1, D "/bin", sizeof(D) + 3));
	pid = raw_child(-1, exec_script, NULL, true);
	rec = one(&r, pid, EYAS_REC_EXEC, -1);
	t = (const void *)(rec + 1);
	CHECK(t->exec_flags & EYAS_EXEC_F_SCRIPT);
	CHECK(!memcmp(blob(rec, EYAS_BLOB_EXE_NAME) + 1, D "/script", sizeof(D) + 6));
	CHECK(!memcmp(blob(rec, EYAS_BLOB_EXE_INTERP) + 1, "/bin/busybox", 12));
	rec = one(&r, raw_child(-1, handle, NULL, true), EYAS_REC_SYS_EXIT, SYS_open_by_handle_at);
	CHECK(!memcmp(blob(rec, EYAS_BLOB_FILE_PATH) + 1, evil, strlen(evil)));
	raw_close(&r);
	printf("memfd, deleted, script, handle: ok\n");
}

/* ---- a flood ---- */

static void flood(void *arg)
{
	char *argv[] = { "/proc/self/exe", "exit", NULL };
	int i;

	(void)arg;
	for (i = 0; i < 200000; i++) {
		syscall(SYS_getppid);
		if (i == 100000 && !fork()) {
			execv(argv[0], argv);
			_exit(1);
		}
	}
	wait(NULL);
}

/* The bulk ring overflows many times, and nobody reads; the exec is there. */
static void test_flood(void)
{
	struct raw_policy p = { .bulk = 64U << 10, .events = EYAS_EVENT_PROCESS };
	const struct eyas_record *rec;
	unsigned int i, execs = 0;
	uint64_t lost = 0, seen = 0, produced = 0;
	struct raw r;

	p.plan[SYS_getppid] = EYAS_PLAN_RECORD;
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	raw_child(-1, flood, NULL, true);
	for (i = 0; i < r.nrings; i++) {
		while ((rec = raw_next(&r.rings[i]))) {
			execs += rec->type == EYAS_REC_EXEC;
			seen += rec->nr == SYS_getppid;
		}
		lost += r.rings[i].told + raw_account(&r.rings[i]);
		if (r.rings[i].lane == EYAS_LANE_CRIT)
			CHECK(!r.rings[i].told && !raw_account(&r.rings[i]));
		else
			produced += r.rings[i].prod->produced;
	}
	CHECK(execs == 1 && seen + lost == 200000 && produced == 200000, "%u, %lu, %lu", execs, seen,
	      lost);
	printf("flood: 1 exec, %lu calls seen, %lu lost\n", seen, lost);
	raw_close(&r);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc == 2)
		return 0;
	CHECK(!mkdir(D, 0755));
	close(open(good, O_CREAT | O_RDWR, 0600)), close(open(evil, O_CREAT | O_RDWR, 0600));
	test_binaries();
	test_flood();
	test_flip();
	return 0;
}
