// SPDX-License-Identifier: Apache-2.0
/*
 * Life of processes: exec with everything about it, fork, exit; argv larger
 * than is kept, scripts, memfds, binaries deleted while they run, threads that
 * exec; and nothing missing when many do so at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "raw.h"

#define BIN "/tmp/t_exec_bin"

static struct raw r;
static struct raw_policy p = {
	.crit = 8U << 20,
	.events = EYAS_EVENT_PROCESS,
	.plan = { [SYS_execve] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS,
		  [SYS_execveat] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS },
};

/* The next crit record of @pid of @type, over all CPUs; the others are skipped. */
static const struct eyas_record *next_of(uint32_t pid, uint16_t type)
{
	const struct eyas_record *rec;
	unsigned int i;

	for (i = 0; i < r.nrings; i++)
		while ((rec = raw_next(&r.rings[i])))
			if (rec->pid == pid && rec->type == type)
				return rec;
	return NULL;
}

static bool blob_is(const struct eyas_record *rec, uint8_t kind, const void *s, size_t len)
{
	const struct eyas_blob *b = raw_blob(rec, sizeof(struct eyas_task), kind);

	if (b && b->stored == len && !memcmp(b + 1, s, len))
		return true;
	fprintf(stderr, "blob %u: '%.*s'\n", kind, b ? b->stored : 0, b ? (char *)(b + 1) : "");
	return false;
}

#define IS(rec, kind, text) CHECK(blob_is(rec, kind, text, sizeof(text) - 1))

static void copy_self(const char *to)
{
	char buf[65536];
	int in = open("/proc/self/exe", O_RDONLY), out = open(to, O_CREAT | O_WRONLY, 0755);
	ssize_t n;

	CHECK(in >= 0 && out >= 0);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		CHECK(write(out, buf, n) == n);
	close(in);
	close(out);
}

static void exec_plain(void *arg)
{
	char *argv[] = { "name zero", "", "last one", NULL }, *env[] = { "A=1", "B=two words", NULL };

	(void)arg;
	CHECK(!chdir("/dev") && setpgid(0, 0) == 0);
	CHECK(!setresgid(11, 12, 13) && !setresuid(21, 22, 23));
	execve(BIN, argv, env);
	_exit(1);
}

static uint32_t ns_inode(const char *path)
{
	struct stat st;

	CHECK(!stat(path, &st), "%s", path);
	return st.st_ino;
}

static void check_ids(const struct eyas_record *rec)
{
	const struct eyas_task *t = (const void *)(rec + 1);

	CHECK(t->uid == 21 && t->euid == 22 && t->suid == 22 && t->gid == 11 && t->egid == 12);
	CHECK(t->ppid == (uint32_t)getpid() && t->vpid == rec->pid && t->vtid == rec->tid);
	CHECK(t->pgid == rec->pid && t->sid == (uint32_t)getsid(0) && t->vpgid == t->pgid);
	CHECK(t->loginuid == ~0U && t->sessionid == ~0U && t->tty == 0);
	CHECK(t->cap_effective == 0 && t->cgroup > 0 && t->start_time > 0);
	CHECK(t->ns_pid == ns_inode("/proc/self/ns/pid") && t->ns_net == ns_inode("/proc/self/ns/net"));
	CHECK(t->ns_user == ns_inode("/proc/self/ns/user") && t->ns_uts == ns_inode("/proc/self/ns/uts"));
	CHECK(t->ns_ipc == ns_inode("/proc/self/ns/ipc"));
	CHECK(t->ns_cgroup == ns_inode("/proc/self/ns/cgroup"));
	CHECK(!strcmp(t->comm, "t_exec_bin"), "comm '%.16s'", t->comm);
}

static void plain(void)
{
	int pid = raw_child(0, exec_plain, NULL, false), status;
	const struct eyas_record *rec;
	const struct eyas_file *f;
	const struct eyas_blob *b;
	struct stat st;

	CHECK(waitpid(pid, &status, 0) == pid && status == 7 << 8, "status %x", status);
	rec = next_of(pid, EYAS_REC_EXEC);

	CHECK(rec && rec->tid == rec->pid);
	check_ids(rec);
	IS(rec, EYAS_BLOB_EXE_PATH, BIN);
	IS(rec, EYAS_BLOB_EXE_NAME, BIN);
	IS(rec, EYAS_BLOB_ARGV, "name zero\0\0last one\0");
	IS(rec, EYAS_BLOB_ENVP, "A=1\0B=two words\0");
	IS(rec, EYAS_BLOB_CWD, "/dev");
	b = raw_blob(rec, sizeof(struct eyas_task), EYAS_BLOB_EXE_FILE);
	f = (const void *)(b + 1);
	CHECK(b && !stat(BIN, &st) && f->ino == st.st_ino && f->mode == st.st_mode);
	rec = next_of(pid, EYAS_REC_EXIT);
	CHECK(rec && ((const struct eyas_exit *)(rec + 1))->status == 7 << 8);
	CHECK(((const struct eyas_exit *)(rec + 1))->flags & EYAS_EXIT_F_GROUP);
	printf("plain: ok\n");
}

static void exec_big(void *arg)
{
	char *argv[402], *env[] = { NULL };
	char text[101];
	int i;

	(void)arg;
	memset(text, 'x', 100);
	text[100] = 0;
	for (i = 0; i < 401; i++)
		argv[i] = text;
	argv[401] = NULL;
	execve(BIN, argv, env);
	_exit(1);
}

static void big(void)
{
	int pid = raw_child(1, exec_big, NULL, true);
	const struct eyas_record *rec = next_of(pid, EYAS_REC_EXEC);
	const struct eyas_blob *b = rec ? raw_blob(rec, sizeof(struct eyas_task), EYAS_BLOB_ARGV) : NULL;

	CHECK(b && b->stored == 4096 && b->full == 401 * 101, "%u of %u", b->stored, b->full);
	CHECK(rec->flags & EYAS_REC_F_TRUNC);
	printf("big argv: ok\n");
}

static void exec_script(void *arg)
{
	char *argv[] = { "s", "arg", NULL }, *env[] = { NULL };

	execve(arg, argv, env);
	_exit(1);
}

static void script(void)
{
	int fd = open("/tmp/script", O_CREAT | O_WRONLY, 0755), pid;
	const struct eyas_record *rec;

	CHECK(write(fd, "#!" BIN " opt\n", strlen("#!" BIN " opt\n")) > 0);
	close(fd);
	pid = raw_child(-1, exec_script, "/tmp/script", true);
	rec = next_of(pid, EYAS_REC_EXEC);
	CHECK(rec);
	IS(rec, EYAS_BLOB_EXE_PATH, BIN);
	IS(rec, EYAS_BLOB_EXE_NAME, "/tmp/script");
	IS(rec, EYAS_BLOB_ARGV, BIN "\0opt\0/tmp/script\0arg\0");
	printf("script: ok\n");
}

static void exec_memfd(void *arg)
{
	int fd = syscall(SYS_memfd_create, "hidden", 0), in = open(BIN, O_RDONLY);
	char buf[65536], *argv[] = { "m", NULL }, *env[] = { NULL };
	ssize_t n;

	(void)arg;
	while ((n = read(in, buf, sizeof(buf))) > 0)
		CHECK(write(fd, buf, n) == n);
	syscall(SYS_execveat, fd, "", argv, env, AT_EMPTY_PATH);
	_exit(1);
}

static void memfd(void)
{
	int pid = raw_child(-1, exec_memfd, NULL, true);
	const struct eyas_record *rec = next_of(pid, EYAS_REC_EXEC);
	const struct eyas_task *t = (const void *)(rec + 1);

	CHECK(rec && (t->exec_flags & EYAS_EXEC_F_MEMFD) && (t->exec_flags & EYAS_EXEC_F_WRITABLE));
	IS(rec, EYAS_BLOB_EXE_PATH, "/memfd:hidden");
	printf("memfd: ok\n");
}

static void exec_deleted(void *arg)
{
	char *argv[] = { "d", NULL }, *env[] = { NULL };
	int fd;

	(void)arg;
	copy_self("/tmp/gone");
	fd = open("/tmp/gone", O_RDONLY);
	unlink("/tmp/gone");
	syscall(SYS_execveat, fd, "", argv, env, AT_EMPTY_PATH);
	_exit(1);
}

static void deleted(void)
{
	int pid = raw_child(-1, exec_deleted, NULL, true);
	const struct eyas_record *rec = next_of(pid, EYAS_REC_EXEC);

	CHECK(rec && (((const struct eyas_task *)(rec + 1))->exec_flags & EYAS_EXEC_F_DELETED));
	IS(rec, EYAS_BLOB_EXE_PATH, "/tmp/gone");
	printf("deleted: ok\n");
}

static void exec_missing(void *arg)
{
	char *argv[] = { "x", NULL };

	(void)arg;
	execve("/no/such/program", argv, argv + 1);
	_exit(errno == ENOENT ? 0 : 1);
}

/* A failed exec is an ordinary exit of its call; a successful one is not twice. */
static void missing(void)
{
	int pid = raw_child(-1, exec_missing, NULL, true);
	const struct eyas_record *rec = next_of(pid, EYAS_REC_SYS_EXIT);
	const struct eyas_sys_exit *x = (const void *)(rec + 1);
	const struct eyas_blob *b;

	CHECK(rec && rec->nr == SYS_execve && x->ret == -ENOENT);
	b = raw_blob(rec, sizeof(*x), EYAS_BLOB_STRING);
	CHECK(b && b->stored == 16 && !memcmp(b + 1, "/no/such/program", 16));
	printf("missing: ok\n");
}

static void *thread_exec(void *arg)
{
	char *argv[] = { "t", NULL };

	(void)arg;
	execve(BIN, argv, argv + 1);
	_exit(1);
}

static void many_threads(void *arg)
{
	pthread_t t[64];
	int i;

	(void)arg;
	for (i = 0; i < 64; i++)
		pthread_create(&t[i], NULL, thread_exec, NULL);
	pause();
}

/* 64 threads race to exec, in 20 processes: each has one winner, and one end. */
static void threads(void)
{
	int pids[20], i, k, execs = 0, ends = 0, forks = 0, born = 0;
	const struct eyas_record *rec;
	unsigned int n;

	for (i = 0; i < 20; i++)
		pids[i] = raw_child(-1, many_threads, NULL, false);
	for (i = 0; i < 20; i++)
		CHECK(waitpid(pids[i], NULL, 0) == pids[i]);
	for (n = 0; n < r.nrings; n++) {
		while ((rec = raw_next(&r.rings[n]))) {
			CHECK(rec->type != EYAS_REC_LOSS);
			for (k = 0; k < 20 && rec->pid != (uint32_t)pids[k]; k++)
				;
			if (k == 20)
				continue;
			execs += rec->type == EYAS_REC_EXEC;
			forks += rec->type == EYAS_REC_FORK;
			born += rec->type == EYAS_REC_EXIT;
			ends += rec->type == EYAS_REC_EXIT &&
				(((const struct eyas_exit *)(rec + 1))->flags & EYAS_EXIT_F_GROUP);
		}
	}
	CHECK(execs == 20 && ends == 20, "execs %d ends %d", execs, ends);
	/* Every thread that was made has ended, and so has the first of each process. */
	CHECK(born == forks + 20, "threads %d, ends %d", forks, born);
	printf("threads: ok, %d made\n", forks);
}

static void release(void)
{
	unsigned int i;

	for (i = 0; i < r.nrings; i++) {
		while (raw_next(&r.rings[i]))
			;
		raw_release(&r.rings[i]);
	}
}

int main(int argc, char **argv)
{
	/* Run by exec above. */
	if (!strcmp(argv[0], "name zero"))
		return 7;
	if (!strstr(argv[0], "t_exec") || argc > 1)
		return 0;
	copy_self(BIN);
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	plain();
	release();
	big();
	release();
	script();
	release();
	memfd();
	release();
	deleted();
	release();
	missing();
	release();
	threads();
	raw_close(&r);
	return 0;
}
