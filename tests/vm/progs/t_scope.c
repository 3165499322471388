// SPDX-License-Identifier: Apache-2.0
/*
 * Whose calls, which results, and counted instead of recorded: exact numbers
 * for trees of processes, users, pid namespaces, cgroups.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

/* What is counted: setpriority(77, tag, 0), which fails and is never made otherwise. */
static void mark(long tag)
{
	syscall(SYS_setpriority, 77, tag, 0);
}

static unsigned int marks(struct raw *r, long tag)
{
	unsigned int i, n = 0;

	for (i = 0; i < r->nrings; i++) {
		const struct eyas_record *rec;
		struct raw_ring ring = r->rings[i];

		while ((rec = raw_next(&ring))) {
			const struct eyas_sys_exit *x = (const void *)(rec + 1);

			n += rec->type == EYAS_REC_SYS_EXIT && rec->nr == SYS_setpriority &&
			     x->args[1] == (uint64_t)tag;
		}
	}
	return n;
}

static char extra[2048];

static struct raw_policy scoped(uint16_t attr, const void *values, size_t len)
{
	struct raw_policy p = { .extra = extra };

	p.plan[SYS_setpriority] = EYAS_PLAN_RECORD;
	p.extra_len = raw_attr(extra, 0, attr, values, len);
	return p;
}

static void start(struct raw *r, const struct raw_policy *p)
{
	CHECK(!raw_open(r) && !raw_start(r, p), "%s", r->sentence);
}

/* ---- process trees ---- */

static int go[2];		/* a byte for each process that waits */

static void wait_go(void)
{
	char c;

	CHECK(read(go[0], &c, 1) == 1);
}

static void *thread_mark(void *arg)
{
	mark((long)arg);
	return NULL;
}

static void *thread_exec(void *arg)
{
	char *argv[] = { "/proc/self/exe", "mark", "105", NULL };

	(void)arg;
	execv(argv[0], argv);
	return NULL;
}

/* Root of the tree: a living child before the session, all sorts of them after. */
static void family(void *arg)
{
	pthread_t t;
	int pid;

	(void)arg;
	if (!fork()) {
		wait_go();
		mark(101);
		_exit(0);
	}
	wait_go();
	mark(100);
	CHECK(!pthread_create(&t, NULL, thread_mark, (void *)102) && !pthread_join(t, NULL));
	/* Twice removed, adopted by init, and then a child of that. */
	if (!(pid = fork())) {
		if (!fork()) {
			setsid();
			while (getppid() != 1)
				usleep(1000);
			if (!fork()) {
				mark(103);
				_exit(0);
			}
			wait(NULL);
			mark(104);
			_exit(0);
		}
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	/* Exec from a thread: it takes the number of the leader. */
	if (!(pid = fork())) {
		CHECK(!pthread_create(&t, NULL, thread_exec, NULL));
		pause();
	}
	waitpid(pid, NULL, 0);
	usleep(200000);
	_exit(0);
}

static void test_tree(bool follow)
{
	uint32_t pid, flags = EYAS_SCOPE_F_NO_FOLLOW;
	struct raw_policy p;
	unsigned int tag;
	struct raw r;
	int other;

	CHECK(!pipe(go));
	pid = raw_child(-1, family, NULL, false);
	usleep(100000);
	p = scoped(EYAS_A_SCOPE_PIDS, &pid, sizeof(pid));
	if (!follow)
		p.extra_len = raw_attr(extra, p.extra_len, EYAS_A_SCOPE_FLAGS, &flags, 4);
	start(&r, &p);
	CHECK(write(go[1], "go", 2) == 2);
	other = fork();
	if (!other) {
		mark(199);
		_exit(0);
	}
	CHECK(waitpid(other, NULL, 0) == other && waitpid(pid, NULL, 0) == (int)pid);
	usleep(100000);
	for (tag = 100; tag <= 105; tag++) {
		unsigned int want = follow || tag == 100 || tag == 102;

		CHECK(marks(&r, tag) == want, "follow %d: %u of %u", follow, marks(&r, tag), tag);
	}
	CHECK(!marks(&r, 199), "a stranger's call");
	/* Without the limit all are seen again. */
	p.extra_len = raw_attr(extra, 0, EYAS_A_SCOPE_PIDS, "", 0);
	CHECK(!raw_set(&r, &p), "%s", r.sentence);
	other = fork();
	if (!other) {
		mark(198);
		_exit(0);
	}
	CHECK(waitpid(other, NULL, 0) == other && marks(&r, 198) == 1);
	raw_close(&r);
	close(go[0]), close(go[1]);
}

/* ---- users, namespaces, cgroups ---- */

static void as_user(void *arg)
{
	mark(200);
	CHECK(!setresuid(0, 1234, 0));
	mark(201);
	CHECK(!setresuid(1234, 1234, 1234));
	mark((long)arg);
}

static void test_user(void)
{
	uint32_t uid = 1234;
	struct raw_policy p = scoped(EYAS_A_SCOPE_UIDS, &uid, sizeof(uid));
	struct raw r;

	start(&r, &p);
	raw_child(-1, as_user, (void *)202, true);
	CHECK(!marks(&r, 200) && marks(&r, 201) == 1 && marks(&r, 202) == 1);
	raw_close(&r);
}

static void in_pidns(void *arg)
{
	int *pipefd = arg, pid;
	struct stat st;

	CHECK(!unshare(CLONE_NEWPID));
	pid = fork();
	if (!pid) {
		char c;

		CHECK(read(pipefd[2], &c, 1) == 1);
		mark(301);
		/* One level deeper counts, too. */
		CHECK(!unshare(CLONE_NEWPID));
		if (!fork()) {
			mark(302);
			_exit(0);
		}
		wait(NULL);
		_exit(0);
	}
	CHECK(!stat("/proc/self/ns/pid_for_children", &st));
	CHECK(write(pipefd[1], &st.st_ino, sizeof(st.st_ino)) == sizeof(st.st_ino));
	waitpid(pid, NULL, 0);
	mark(300);
}

static void test_pidns(void)
{
	struct raw_policy p;
	unsigned long ino;
	uint32_t inum;
	int fds[4], pid;
	struct raw r;

	CHECK(!pipe(fds) && !pipe(fds + 2));
	pid = raw_child(-1, in_pidns, fds, false);
	CHECK(read(fds[0], &ino, sizeof(ino)) == sizeof(ino));
	inum = ino;
	p = scoped(EYAS_A_SCOPE_PIDNS, &inum, sizeof(inum));
	start(&r, &p);
	CHECK(write(fds[3], "x", 1) == 1 && waitpid(pid, NULL, 0) == pid);
	CHECK(!marks(&r, 300) && marks(&r, 301) == 1 && marks(&r, 302) == 1, "%u %u %u",
	      marks(&r, 300), marks(&r, 301), marks(&r, 302));
	raw_close(&r);
}

static void enter_cgroup(const char *path)
{
	int fd = open(path, O_WRONLY);

	CHECK(fd >= 0 && write(fd, "0", 1) == 1, "%s: %s", path, strerror(errno));
	close(fd);
}

static void in_cgroup(void *arg)
{
	mark(400);
	enter_cgroup("/sys/fs/cgroup/a/b/cgroup.procs");
	mark(401);
	enter_cgroup("/sys/fs/cgroup/a/cgroup.procs");
	mark((long)arg);
	enter_cgroup("/sys/fs/cgroup/cgroup.procs");
	mark(403);
}

static void test_cgroup(void)
{
	struct raw_policy p;
	struct stat st;
	struct raw r;
	uint64_t id;

	CHECK((!mkdir("/sys/fs/cgroup/a", 0755) && !mkdir("/sys/fs/cgroup/a/b", 0755)) ||
	      errno == EEXIST);
	CHECK(!stat("/sys/fs/cgroup/a", &st));
	id = st.st_ino;
	p = scoped(EYAS_A_SCOPE_CGROUPS, &id, sizeof(id));
	start(&r, &p);
	raw_child(-1, in_cgroup, (void *)402, true);
	CHECK(!marks(&r, 400) && marks(&r, 401) == 1 && marks(&r, 402) == 1 && !marks(&r, 403));
	raw_close(&r);
}

/* ---- results, counters ---- */

static void calls(void *arg)
{
	struct timespec ms = { 0, 5000000 };
	long i;

	for (i = 0; i < (long)arg; i++) {
		syscall(SYS_getppid);
		close(-1);
		if (i % 100 == 0)
			nanosleep(&ms, NULL);
	}
}

static unsigned int records(struct raw *r, int nr)
{
	unsigned int i, n = 0;

	for (i = 0; i < r->nrings; i++) {
		const struct eyas_record *rec;

		while ((rec = raw_next(&r->rings[i])))
			n += rec->nr == nr && rec->type == EYAS_REC_SYS_EXIT;
	}
	return n;
}

static void test_results(void)
{
	static const struct {
		uint8_t plan;
		unsigned int ok, failed;
	} rows[] = {
		{ EYAS_PLAN_RECORD, 1000, 1000 },
		{ EYAS_PLAN_RECORD | EYAS_PLAN_NO_OK, 0, 1000 },
		{ EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED, 1000, 0 },
		{ EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED | EYAS_PLAN_NO_OK, 0, 0 },
		{ EYAS_PLAN_RECORD | EYAS_PLAN_NO_OK | EYAS_PLAN_DATA, 0, 1000 },
	};
	unsigned int i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct raw_policy p = { .bulk = 4U << 20 };
		struct raw r;

		p.plan[SYS_getppid] = rows[i].plan;
		start(&r, &p);
		raw_child(-1, calls, (void *)1000, true);
		CHECK(records(&r, SYS_getppid) == rows[i].ok, "row %u", i);
		p.plan[SYS_getppid] = 0;
		p.plan[SYS_close] = rows[i].plan;
		CHECK(!raw_set(&r, &p));
		raw_child(-1, calls, (void *)1000, true);
		CHECK(records(&r, SYS_close) == rows[i].failed, "row %u", i);
		raw_close(&r);
	}
}

static void test_counters(void)
{
	static struct eyas_counter c[EYAS_NR_MAX + 1];
	uint32_t self = getpid();
	struct raw_policy p = scoped(EYAS_A_SCOPE_PIDS, &self, sizeof(self));
	struct raw r;
	int round;

	memset(p.plan, EYAS_PLAN_COUNT, sizeof(p.plan));
	for (round = 0; round < 2; round++) {
		p.flags = round ? EYAS_SESSION_F_TIMES : 0;
		start(&r, &p);
		raw_child(0, calls, (void *)5000, false);
		raw_child(-1, calls, (void *)5000, true);
		while (wait(NULL) > 0)
			;
		raw_counters(&r, RAW_NATIVE, c);
		CHECK(c[SYS_getppid].count == 10000 && !c[SYS_getppid].errors, "%llu",
		      c[SYS_getppid].count);
		CHECK(c[SYS_close].count == 10000 && c[SYS_close].errors == 10000);
		CHECK(c[SYS_clock_nanosleep].count == 100 && !c[SYS_clock_nanosleep].errors);
		CHECK(c[SYS_getppid].timed == (round ? 10000 : 0), "%llu timed",
		      c[SYS_getppid].timed);
		if (round) {
			const struct eyas_counter *s = &c[SYS_clock_nanosleep];

			CHECK(s->timed == 100 && s->time_min >= 5000000 && s->time_max >= s->time_min &&
			      s->time_sum >= 100 * s->time_min && s->time_sum <= 100 * s->time_max,
			      "%llu, %llu..%llu", s->time_sum, s->time_min, s->time_max);
			CHECK(c[SYS_getppid].time_min < 5000000);
		}
		/* And not one record. */
		CHECK(!records(&r, SYS_getppid) && !records(&r, SYS_close));
		raw_close(&r);
	}
}

static void exec_self(void *arg)
{
	char *argv[] = { "/proc/self/exe", "mark", "1", NULL };
	pthread_t t;

	if (!arg)
		execv(argv[0], argv);
	CHECK(!pthread_create(&t, NULL, thread_exec, NULL));
	pause();
}

/* An exec ends in another program, and from a thread with another number. */
static void test_exec_times(void)
{
	static struct eyas_counter c[EYAS_NR_MAX + 1];
	uint32_t self = getpid();
	struct raw_policy p = scoped(EYAS_A_SCOPE_PIDS, &self, sizeof(self));
	struct raw r;

	p.plan[SYS_execve] = EYAS_PLAN_COUNT;
	p.flags = EYAS_SESSION_F_TIMES;
	p.events = EYAS_EVENT_PROCESS;
	start(&r, &p);
	raw_child(-1, exec_self, NULL, true);
	raw_counters(&r, RAW_NATIVE, c);
	CHECK(c[SYS_execve].count == 1 && c[SYS_execve].timed == 1 && c[SYS_execve].time_min,
	      "%llu of %llu", c[SYS_execve].timed, c[SYS_execve].count);
	raw_child(-1, exec_self, &self, true);
	raw_counters(&r, RAW_NATIVE, c);
	CHECK(c[SYS_execve].count == 2 && c[SYS_execve].timed == 2 && !c[SYS_execve].errors,
	      "thread: %llu of %llu", c[SYS_execve].timed, c[SYS_execve].count);
	raw_close(&r);
}

/* Sixteen sessions, each with a call of its own. */
static void test_sessions(void)
{
	static struct raw r[EYAS_SESSIONS_MAX];
	int i;

	for (i = 0; i < EYAS_SESSIONS_MAX; i++) {
		struct raw_policy p = { .bulk = 64U << 10, .crit = 16U << 10 };

		p.plan[560 + i] = EYAS_PLAN_RECORD | EYAS_PLAN_DATA;
		start(&r[i], &p);
	}
	i = fork();
	if (!i) {
		for (i = 0; i < 100 * EYAS_SESSIONS_MAX; i++)
			syscall(560 + i % EYAS_SESSIONS_MAX);
		_exit(0);
	}
	waitpid(i, NULL, 0);
	for (i = 0; i < EYAS_SESSIONS_MAX; i++)
		CHECK(records(&r[i], 560 + i) == 100, "session %d", i);
	for (i = 0; i < EYAS_SESSIONS_MAX; i++)
		raw_close(&r[i]);
}

int main(int argc, char **argv)
{
	if (argc == 3) {
		mark(atol(argv[2]));
		return 0;
	}
	test_tree(true);
	test_tree(false);
	test_user();
	test_pidns();
	test_cgroup();
	printf("scopes: ok\n");
	test_results();
	printf("results: ok\n");
	test_counters();
	test_exec_times();
	printf("counters: ok\n");
	test_sessions();
	printf("sessions: ok\n");
	return 0;
}
