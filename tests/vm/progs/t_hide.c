// SPDX-License-Identifier: Apache-2.0
/*
 * More of programs that do not want to be seen: names, descriptors, arguments and
 * binaries that change under the call that uses them, or cannot be told.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "recs.h"

#define D	"/tmp/hide"
#define OPENS	3000
#define SPAWNS	60

static struct recs rs;
static struct raw r;
static volatile int stop;
static uint64_t *seen;		/* by the program itself, in memory that its parent sees */

static void on_cpu(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	CHECK(!sched_setaffinity(0, sizeof(set), &set));
}

static void start(const struct raw_policy *p)
{
	CHECK(!raw_open(&r) && !raw_start(&r, p), "%s", r.sentence);
}

static const struct eyas_file *file_of(const struct eyas_record *rec)
{
	return recs_blob(rec, EYAS_BLOB_FILE,
			 rec->type == EYAS_REC_ANCHOR ? 0 : EYAS_BLOB_NO_ARG);
}

/* ---- a file that is renamed while it is opened ---- */

static void *rename_loop(void *arg)
{
	(void)arg;
	on_cpu(0);
	while (!stop)
		CHECK(!syscall(SYS_renameat2, AT_FDCWD, D "/one", AT_FDCWD, D "/two", 2 /* exchange */));
	return NULL;
}

static void renamed(void *arg)
{
	pthread_t t;
	int i;

	(void)arg;
	CHECK(!pthread_create(&t, NULL, rename_loop, NULL));
	for (i = 0; i < OPENS; i++) {
		int fd = syscall(SYS_openat, AT_FDCWD, D "/one", O_RDONLY);
		struct stat st;

		CHECK(fd >= 0 && !fstat(fd, &st) && !close(fd));
		seen[i] = st.st_ino;
	}
	stop = 1;
	pthread_join(t, NULL);
}

static void test_rename(void)
{
	struct raw_policy p = { .bulk = 8U << 20 };
	unsigned int i, n = 0, mismatches = 0;

	p.plan[SYS_openat] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS;
	start(&p);
	recs_take(&rs, &r, raw_child(1, renamed, NULL, true));
	for (i = 0; i < rs.n; i++) {
		const struct eyas_record *rec = rs.rec[i];
		bool two;

		if (rec->nr != SYS_openat || !recs_text(rec, EYAS_BLOB_STRING, 1, D "/one"))
			continue;
		CHECK(n < OPENS && file_of(rec)->ino == seen[n], "open %u", n);
		n++;
		/* One of the two names that it has in turn, never a mixture. */
		two = recs_text(rec, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, D "/two");
		if (!two)
			RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, D "/one");
		CHECK(!!(rec->flags & EYAS_REC_F_MISMATCH) == two);
		mismatches += two;
	}
	CHECK(n == OPENS, "%u", n);
	printf("%u opens of a name that is exchanged, %u renamed since: ok\n", n, mismatches);
	raw_close(&r);
}

/* ---- a descriptor that is replaced before its call is over ---- */

static void *replace_loop(void *arg)
{
	int decoy = open(D "/two", O_RDONLY), at = (long)arg;

	on_cpu(0);
	while (!stop)
		dup2(decoy, at);
	return NULL;
}

static void replaced(void *arg)
{
	int i, at = open("/dev/null", O_RDONLY);
	pthread_t t;

	(void)arg;
	close(at);
	CHECK(!pthread_create(&t, NULL, replace_loop, (void *)(long)(at + 1)));
	for (i = 0; i < OPENS; i++) {
		int fd;

		close(at + 1);
		fd = syscall(SYS_openat, AT_FDCWD, D "/secret", O_RDONLY);
		/* The other was quicker, and has the place. */
		if (fd != at + 1)
			close(fd);
	}
	stop = 1;
	pthread_join(t, NULL);
}

/* The anchor cannot be fooled; the call's own record says so if it was. */
static void test_replace(void)
{
	struct raw_policy p = { .bulk = 16U << 20, .crit = 4U << 20 };
	unsigned int i, anchors = 0, calls = 0, fooled = 0;

	p.plan[SYS_openat] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS;
	p.anchors = 1ULL << EYAS_ANCHOR_FILE_OPEN;
	stop = 0;
	start(&p);
	recs_take(&rs, &r, raw_child(1, replaced, NULL, true));
	for (i = 0; i < rs.n; i++) {
		const struct eyas_record *rec = rs.rec[i];
		bool right = recs_text(rec, EYAS_BLOB_FILE_PATH, rec->type == EYAS_REC_ANCHOR ? 0 :
				       EYAS_BLOB_NO_ARG, D "/secret");

		if (rec->type == EYAS_REC_ANCHOR) {
			anchors += right;
			continue;
		}
		if (!recs_text(rec, EYAS_BLOB_STRING, 1, D "/secret") || recs_ret(rec) < 0)
			continue;
		calls++;
		/* Closed again by then, or another file: the name is not that of one that is there. */
		if (!right && file_of(rec))
			CHECK(rec->flags & EYAS_REC_F_MISMATCH, "open %u", calls);
		fooled += !right;
	}
	CHECK(anchors == OPENS && calls == OPENS, "%u anchors, %u calls", anchors, calls);
	printf("%u opens under a descriptor that is replaced: every anchor right, %u calls marked\n",
	       calls, fooled);
	raw_close(&r);
}

/* ---- arguments that change while they are executed ---- */

static char word[16] = "good";

static void *word_loop(void *arg)
{
	(void)arg;
	on_cpu(0);
	while (!stop) {
		int i;

		*(volatile uint32_t *)word = *(const uint32_t *)"evil";
		for (i = 0; i < 100; i++)
			asm volatile("" ::: "memory");
		*(volatile uint32_t *)word = *(const uint32_t *)"good";
		for (i = 0; i < 100; i++)
			asm volatile("" ::: "memory");
	}
	return NULL;
}

/* Twice the same program: what it was given, it writes down by its number. */
static void spawns(void *arg)
{
	char number[16], *argv[] = { "x", "note", number, word, NULL };
	pthread_t t;
	long i;

	(void)arg;
	CHECK(!pthread_create(&t, NULL, word_loop, NULL));
	for (i = 0; i < SPAWNS; i++) {
		pid_t pid;

		snprintf(number, sizeof(number), "%ld", i);
		CHECK(!posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ));
		CHECK(waitpid(pid, NULL, 0) == pid);
	}
	stop = 1;
	pthread_join(t, NULL);
}

static int notes;

static void test_argv(void)
{
	struct raw_policy p = { .events = EYAS_EVENT_EXEC, .crit = 8U << 20 };
	unsigned int i, n = 0, evil = 0;

	stop = 0;
	start(&p);
	raw_child(1, spawns, NULL, true);
	recs_take(&rs, &r, 0);
	for (i = 0; i < rs.n; i++) {
		const char *argv = recs_blob(rs.rec[i], EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG);
		const struct eyas_blob *b = raw_blob_of(rs.rec[i], raw_fixed(rs.rec[i]),
							EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, false);
		char got[16] = "";

		CHECK(b && !memcmp(argv, "x\0note", 7));
		CHECK(pread(notes, got, 16, 16 * atol(argv + 7)) == 16);
		CHECK(b->stored == 7 + strlen(argv + 7) + 1 + strlen(got) + 1 &&
		      !strcmp(argv + 7 + strlen(argv + 7) + 1, got), "spawn %s: not '%s'", argv + 7, got);
		evil += got[0] == 'e';
		n++;
	}
	CHECK(n == SPAWNS, "%u", n);
	printf("%u spawns with arguments that change, %u of one sort: what the program got\n", n, evil);
	raw_close(&r);
}

/* ---- names of itself, binaries that are replaced ---- */

static void install(const char *path)
{
	int in = open("/proc/self/exe", O_RDONLY), out = open(path, O_CREAT | O_WRONLY, 0755);
	char buf[65536];
	ssize_t n;

	while ((n = read(in, buf, sizeof(buf))) > 0)
		CHECK(write(out, buf, n) == n);
	close(in), close(out);
}

static void disguise(void *arg)
{
	char *argv[] = { "sshd: root@pts/0", "disguise", NULL }, *envp[] = { NULL };

	(void)arg;
	execve(D "/run", argv, envp);
	_exit(1);
}

/* In the new program: other arguments, another name, another file where it was. */
static void disguise_more(char **argv)
{
	char *again[] = { "again", "exit", NULL }, *envp[] = { NULL };

	memset(argv[0], 'x', strlen(argv[0]));
	CHECK(!prctl(PR_SET_NAME, "kthreadd"));
	CHECK(!rename(D "/other", D "/run"));
	execve("/proc/self/exe", again, envp);
	_exit(1);
}

static void test_disguise(void)
{
	struct raw_policy p = { .events = EYAS_EVENT_EXEC | EYAS_EVENT_COMM, .crit = 4U << 20 };
	const struct eyas_record *rec;
	const struct eyas_comm *c;
	const struct eyas_file *f;
	unsigned int i = 0;
	struct stat st;

	install(D "/run"), install(D "/other");
	CHECK(!stat(D "/run", &st));
	start(&p);
	recs_take(&rs, &r, raw_child(1, disguise, NULL, true));
	rec = recs_nth(&rs, EYAS_REC_EXEC, RECS_ANY, 0);
	CHECK(rec && !strcmp(((const struct eyas_task *)(rec + 1))->comm, "run"));
	CHECK(!memcmp(recs_blob(rec, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG), "sshd: root@pts/0\0disguise", 26));
	RECS_TEXT(rec, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, D "/run");
	/* An exec changes the name, too. */
	do {
		rec = recs_nth(&rs, EYAS_REC_COMM, RECS_ANY, i++);
		CHECK(rec, "no new name");
		c = (const void *)(rec + 1);
	} while (strcmp(c->after, "kthreadd"));
	CHECK(!strcmp(c->before, "run"));
	rec = recs_nth(&rs, EYAS_REC_EXEC, RECS_ANY, 1);
	CHECK(rec && !recs_nth(&rs, EYAS_REC_EXEC, RECS_ANY, 2));
	RECS_TEXT(rec, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, "/proc/self/exe");
	RECS_TEXT(rec, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, D "/run");
	f = recs_blob(rec, EYAS_BLOB_EXE_FILE, EYAS_BLOB_NO_ARG);
	/* Not what is there by that name now. */
	CHECK(f && f->ino == st.st_ino && (f->flags & EYAS_FILE_F_DELETED) &&
	      (((const struct eyas_task *)(rec + 1))->exec_flags & EYAS_EXEC_F_DELETED));
	raw_close(&r);
	printf("argv and comm rewritten, the binary replaced while it runs: ok\n");
}

static void bare(void *arg)
{
	char *argv[] = { NULL };

	(void)arg;
	execve("/proc/self/exe", argv, NULL);
	_exit(1);
}

static void as_root(void *arg)
{
	char *argv[] = { "x", "exit", NULL }, *envp[] = { NULL };
	int fd;

	(void)arg;
	CHECK(!setresgid(1000, 1000, 1000) && !setresuid(1000, 1000, 1000));
	CHECK(!prctl(PR_SET_DUMPABLE, 1) && !unshare(CLONE_NEWUSER));
	fd = open("/proc/self/uid_map", O_WRONLY);
	CHECK(fd >= 0 && write(fd, "0 1000 1", 8) == 8 && !getuid());
	execve("/proc/self/exe", argv, envp);
	_exit(1);
}

static void test_exec(void)
{
	struct raw_policy p = { .events = EYAS_EVENT_EXEC, .crit = 4U << 20 };
	const struct eyas_record *rec;
	const struct eyas_blob *b;
	const struct eyas_task *t;
	struct stat st;

	start(&p);
	recs_take(&rs, &r, raw_child(1, bare, NULL, true));
	rec = recs_only(&rs, EYAS_REC_EXEC, RECS_ANY);
	/* The kernel gives who has no argument an empty one. */
	b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, false);
	CHECK(b && b->stored == 1 && b->full == 1 && !*(const char *)(b + 1));
	b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, false);
	CHECK(!b || (!b->stored && !b->full));
	/* Root of a user namespace is who he is outside. */
	recs_take(&rs, &r, raw_child(1, as_root, NULL, true));
	rec = recs_only(&rs, EYAS_REC_EXEC, RECS_ANY);
	t = (const void *)(rec + 1);
	CHECK(!stat("/proc/self/ns/user", &st));
	CHECK(t->uid == 1000 && t->euid == 1000 && t->cap_effective && t->ns_user &&
	      t->ns_user != (uint32_t)st.st_ino);
	raw_close(&r);
	printf("no arguments, root of a user namespace: ok\n");
}

/* ---- names that cannot be told, files that nobody opened ---- */

static const char odd[] = D "/\x01\n\"\xff\xc0\x80 \xe2\x80\xae.";

static void names(void *arg)
{
	char buf[1], part[251], control[CMSG_SPACE(sizeof(int))];
	struct iovec iov = { buf, 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };
	struct stat st;
	int i, fd, *got;

	CHECK(open(odd, O_CREAT | O_RDWR, 0600) >= 0);
	CHECK(recvmsg((long)arg, &msg, 0) == 1);
	got = (int *)CMSG_DATA(CMSG_FIRSTHDR(&msg));
	CHECK(pread(*got, buf, 1, 77) == 0);
	memset(part, 'd', 250);
	part[250] = 0;
	CHECK(!chdir(D));
	for (i = 0; i < 20; i++)
		CHECK(!mkdir(part, 0755) && !chdir(part));
	fd = open("deep", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0);
	CHECK(!fstat(fd, &st));
	seen[0] = st.st_ino;
}

static void pass(int to, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 }, c = 'x';
	struct iovec iov = { &c, 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };
	struct cmsghdr *h = CMSG_FIRSTHDR(&msg);

	h->cmsg_len = CMSG_LEN(sizeof(int));
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(h), &fd, sizeof(int));
	CHECK(sendmsg(to, &msg, 0) == 1);
}

static void test_names(void)
{
	struct raw_policy p = { .bulk = 4U << 20 };
	const struct eyas_record *rec = NULL;
	const struct eyas_blob *b;
	unsigned int i;
	int pair[2];

	p.plan[SYS_openat] = p.plan[SYS_pread64] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS |
						   EYAS_PLAN_OBJECTS;
	CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	pass(pair[0], open(D "/secret", O_RDONLY));
	start(&p);
	recs_take(&rs, &r, raw_child(1, names, (void *)(long)pair[1], true));
	rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_openat, 0);
	RECS_TEXT(rec, EYAS_BLOB_STRING, 1, odd);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, odd);
	CHECK(!(rec->flags & EYAS_REC_F_MISMATCH));
	/* Came from elsewhere; what it is, the kernel knows. */
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_pread64);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, 0, D "/secret");
	for (i = 0, rec = NULL; i < rs.n; i++)
		if (recs_text(rs.rec[i], EYAS_BLOB_STRING, 1, "deep"))
			rec = rs.rec[i];
	/* Longer than a path may be: known, but without a name, and so not the one given. */
	CHECK(rec && file_of(rec)->ino == seen[0]);
	b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, false);
	CHECK(b && !b->stored && b->full == EYAS_BLOB_FULL_UNKNOWN);
	CHECK(rec->flags & EYAS_REC_F_MISMATCH);
	raw_close(&r);
	printf("odd names, names too long, a descriptor by SCM_RIGHTS: ok\n");
}

int main(int argc, char **argv)
{
	if (argc < 2 && !argv[0][0])
		return 0;	/* of test_exec() */
	if (argc == 4) {
		char text[16] = "";
		int fd = open(D "/notes", O_WRONLY);

		snprintf(text, sizeof(text), "%.15s", argv[3]);
		CHECK(pwrite(fd, text, 16, 16 * atol(argv[2])) == 16);
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "disguise"))
		disguise_more(argv);
	if (argc == 2)
		return 0;
	setlinebuf(stdout);
	seen = mmap(NULL, OPENS * 8, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(seen != MAP_FAILED && !mkdir(D, 0777));
	close(open(D "/one", O_CREAT | O_RDWR, 0600)), close(open(D "/two", O_CREAT | O_RDWR, 0600));
	close(open(D "/secret", O_CREAT | O_RDWR, 0600));
	notes = open(D "/notes", O_CREAT | O_RDWR, 0666);
	test_rename();
	test_replace();
	test_argv();
	test_disguise();
	test_exec();
	test_names();
	return 0;
}
