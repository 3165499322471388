// SPDX-License-Identifier: Apache-2.0
/*
 * What the kernel offers to do a call otherwise: a tracer or a supervisor that changes
 * it, dispatch to the program itself, restarts, io_uring's own thread and files.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/reg.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#include "recs.h"

#define D	"/tmp/tricks"

static struct recs rs;
static struct raw r;

static void start(const struct raw_policy *p)
{
	CHECK(!raw_open(&r) && !raw_start(&r, p), "%s", r.sentence);
}

/* ---- a tracer that changes the call ---- */

static void traced(void *arg)
{
	(void)arg;
	CHECK(!ptrace(PTRACE_TRACEME, 0, 0, 0));
	raise(SIGSTOP);
	/* Becomes setpriority(77, 88, 99), and the program sees 4711. */
	CHECK(syscall(SYS_getppid, 1, 2, 3) == 4711);
}

static void test_tracer(void)
{
	struct raw_policy p = { .bulk = 1U << 20 };
	const struct eyas_record *rec;
	const struct eyas_sys_exit *x;
	int pid, status;

	memset(p.plan, EYAS_PLAN_RECORD, sizeof(p.plan));
	start(&p);
	pid = raw_child(-1, traced, NULL, false);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	for (;;) {
		struct user_regs_struct regs;

		CHECK(!ptrace(PTRACE_SYSCALL, pid, 0, 0) && waitpid(pid, &status, 0) == pid);
		CHECK(WIFSTOPPED(status) && !ptrace(PTRACE_GETREGS, pid, 0, &regs));
		if (regs.orig_rax != SYS_getppid)
			continue;
		regs.orig_rax = SYS_setpriority;
		regs.rdi = 77, regs.rsi = 88, regs.rdx = 99;
		CHECK(!ptrace(PTRACE_SETREGS, pid, 0, &regs));
		CHECK(!ptrace(PTRACE_SYSCALL, pid, 0, 0) && waitpid(pid, &status, 0) == pid);
		CHECK(!ptrace(PTRACE_GETREGS, pid, 0, &regs));
		regs.rax = 4711;
		CHECK(!ptrace(PTRACE_SETREGS, pid, 0, &regs));
		break;
	}
	CHECK(!ptrace(PTRACE_CONT, pid, 0, 0) && waitpid(pid, &status, 0) == pid && !status);
	recs_take(&rs, &r, pid);
	/* What the kernel did, and what came of it. */
	CHECK(!recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_getppid, 0));
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_setpriority);
	x = (const void *)(rec + 1);
	CHECK(x->args[0] == 77 && x->args[1] == 88 && x->args[2] == 99 && x->ret == -EINVAL);
	raw_close(&r);
	printf("a call that its tracer changes: ok\n");
}

/* ---- a supervisor that does it ---- */

static int listener[2];		/* pipe */
static char name[32];

static void supervised(void *arg)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { 4, code };
	int fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
			 &prog);

	(void)arg;
	CHECK(fd >= 0 && write(listener[1], &fd, sizeof(fd)) == sizeof(fd));
	/* Written just now, so that it is there to be read: the kernel does not. */
	strcpy(name, D "/harmless");
	CHECK(syscall(SYS_openat, AT_FDCWD, name, O_RDONLY) >= 0);
}

static void test_supervisor(void)
{
	struct raw_policy p = { .bulk = 1U << 20 };
	struct seccomp_notif req = { 0 };
	struct seccomp_notif_addfd add = { .flags = SECCOMP_ADDFD_FLAG_SEND };
	const struct eyas_record *rec;
	int pid, fd, status;

	p.plan[SYS_openat] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS |
			     EYAS_PLAN_ENTER;
	if (!raw_kernel(5, 14)) {
		printf("SKIP: no supervisor can answer with a descriptor before 5.14\n");
		return;
	}
	CHECK(!pipe(listener));
	start(&p);
	pid = raw_child(-1, supervised, NULL, false);
	CHECK(read(listener[0], &fd, sizeof(fd)) == sizeof(fd));
	fd = syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, pid, 0), fd, 0);
	CHECK(fd >= 0 && !ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &req), "%s", strerror(errno));
	add.id = req.id;
	add.srcfd = open(D "/secret", O_RDONLY);
	CHECK(ioctl(fd, SECCOMP_IOCTL_NOTIF_ADDFD, &add) >= 0, "%s", strerror(errno));
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	recs_take(&rs, &r, pid);
	/* Never made by who asked for it, and it is not what he asked for. */
	CHECK(!recs_nth(&rs, EYAS_REC_SYS_ENTER, SYS_openat, 0));
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_openat);
	CHECK(recs_ret(rec) >= 0 && (rec->flags & EYAS_REC_F_NO_ENTER) &&
	      (rec->flags & EYAS_REC_F_MISMATCH), "flags %x", rec->flags);
	RECS_TEXT(rec, EYAS_BLOB_STRING, 1, D "/harmless");
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, D "/secret");
	raw_close(&r);
	printf("a descriptor that a supervisor puts in: ok\n");
}

/* ---- calls that go to the program itself ---- */

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH	59
#define PR_SYS_DISPATCH_ON		1
#endif

static volatile char selector;

static void dispatched(int sig, siginfo_t *info, void *context)
{
	ucontext_t *c = context;

	(void)sig;
	selector = 0;
	CHECK(info->si_code == 2 && c->uc_mcontext.gregs[REG_RAX] == SYS_setpriority);
	/* Instead: */
	c->uc_mcontext.gregs[REG_RAX] = syscall(SYS_setpriority, 77, 2, 2);
}

static void dispatches(void *arg)
{
	struct sigaction sa = { .sa_sigaction = dispatched, .sa_flags = SA_SIGINFO };

	(void)arg;
	CHECK(!sigaction(SIGSYS, &sa, NULL));
	CHECK(!prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &selector), "%s",
	      strerror(errno));
	selector = 1;
	syscall(SYS_setpriority, 77, 1, 1);
}

static void test_dispatch(void)
{
	struct raw_policy p = { .bulk = 1U << 20, .events = EYAS_EVENT_SIGNAL };
	const struct eyas_signal *s;
	const struct eyas_sys_exit *x;

	if (!raw_kernel(5, 11)) {
		printf("SKIP: calls go nowhere but to the kernel before 5.11\n");
		return;
	}
	p.plan[SYS_setpriority] = EYAS_PLAN_RECORD | EYAS_PLAN_ENTER;
	start(&p);
	recs_take(&rs, &r, raw_child(1, dispatches, NULL, true));
	/* The first one never was a call of the kernel's. */
	x = (const void *)(recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_setpriority) + 1);
	CHECK(x->args[1] == 2);
	x = (const void *)(recs_only(&rs, EYAS_REC_SYS_ENTER, SYS_setpriority) + 1);
	CHECK(x->args[1] == 2);
	s = (const void *)(recs_only(&rs, EYAS_REC_SIGNAL, RECS_ANY) + 1);
	CHECK(s->sig == SIGSYS && s->code == 2);
	raw_close(&r);
	printf("syscall user dispatch: ok\n");
}

/* ---- a call that is restarted ---- */

static void sleeps(void *arg)
{
	struct timespec half = { 0, 500000000 };

	(void)arg;
	CHECK(!syscall(SYS_nanosleep, &half, NULL));
}

static void test_restart(void)
{
	struct raw_policy p = { .bulk = 1U << 20 };
	const struct eyas_record *rec;
	int pid, status;

	p.plan[SYS_nanosleep] = p.plan[SYS_restart_syscall] = EYAS_PLAN_RECORD | EYAS_PLAN_ENTER;
	start(&p);
	pid = raw_child(-1, sleeps, NULL, false);
	/* Not before it is asleep. */
	do {
		usleep(20000);
		recs_take(&rs, &r, pid);
	} while (!rs.n);
	CHECK(recs_nth(&rs, EYAS_REC_SYS_ENTER, SYS_nanosleep, 0) && rs.n == 1);
	CHECK(!kill(pid, SIGSTOP) && waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status));
	CHECK(!kill(pid, SIGCONT) && waitpid(pid, &status, 0) == pid && !status);
	recs_take(&rs, &r, pid);
	/* One call of the program's is two of the kernel's: 516 is "go on where you were". */
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_nanosleep);
	CHECK(recs_ret(rec) == -516, "%ld", (long)recs_ret(rec));
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_restart_syscall);
	CHECK(!recs_ret(rec) && !(rec->flags & EYAS_REC_F_NO_ENTER));
	recs_only(&rs, EYAS_REC_SYS_ENTER, SYS_restart_syscall);
	raw_close(&r);
	printf("a call that is restarted: ok\n");
}

/* ---- memory that runs because of what the program is ---- */

static void implied(void *arg)
{
	void *p;

	(void)arg;
	CHECK(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
	CHECK(personality(READ_IMPLIES_EXEC) >= 0);
	p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(p != MAP_FAILED && mmap(NULL, 4096, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	      MAP_FAILED);
	CHECK(!mprotect(p, 4096, PROT_NONE) && !mprotect(p, 4096, PROT_READ));
	/* It can be run indeed. */
	CHECK(!mprotect(p, 8192, PROT_WRITE));
	*(unsigned char *)p = 0xc3;
	CHECK(!mprotect(p, 8192, PROT_READ));
	((void (*)(void))p)();
}

static void test_implied(void)
{
	struct raw_policy p = { .crit = 1U << 20 };
	const struct eyas_record *rec;

	p.anchors = 1ULL << EYAS_ANCHOR_MMAP_EXEC | 1ULL << EYAS_ANCHOR_MPROTECT_EXEC;
	start(&p);
	recs_take(&rs, &r, raw_child(1, implied, NULL, true));
	rec = recs_anchor(&rs, EYAS_ANCHOR_MMAP_EXEC, SYS_mmap);
	CHECK(recs_value(rec, 0) == (PROT_READ | PROT_WRITE | PROT_EXEC), "%lx", recs_value(rec, 0));
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MPROTECT_EXEC, SYS_mprotect, 0);
	CHECK(rec && recs_value(rec, 0) == (PROT_READ | PROT_EXEC), "%lx", recs_value(rec, 0));
	CHECK(recs_anchor_nth(&rs, EYAS_ANCHOR_MPROTECT_EXEC, SYS_mprotect, 1));
	raw_close(&r);
	printf("executable by personality: ok\n");
}

/* ---- numbers of processes ---- */

static void numbered(void *arg)
{
	(void)arg;
	syscall(SYS_setpriority, 77, getpid(), 0);
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) > 0 && !close(fd), "%s", path);
}

static void test_numbers(void)
{
	struct raw_policy p = { .bulk = 1U << 20, .events = EYAS_EVENT_PROCESS };
	const struct eyas_record *rec;
	int pid;

	put("/proc/sys/kernel/pid_max", "4194304");
	put("/proc/sys/kernel/ns_last_pid", "4194300");
	p.plan[SYS_setpriority] = EYAS_PLAN_RECORD | EYAS_PLAN_ENTER;
	start(&p);
	pid = raw_child(1, numbered, NULL, true);
	put("/proc/sys/kernel/ns_last_pid", "1000");
	CHECK(pid > 4194300, "%d", pid);
	recs_take(&rs, &r, pid);
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_setpriority);
	CHECK(rec->tid == (uint32_t)pid && !(rec->flags & EYAS_REC_F_NO_ENTER));
	CHECK(((const struct eyas_sys_exit *)(rec + 1))->args[1] == (uint64_t)pid);
	recs_only(&rs, EYAS_REC_SYS_ENTER, SYS_setpriority);
	recs_only(&rs, EYAS_REC_EXIT, RECS_ANY);
	raw_close(&r);
	printf("process %d: ok\n", pid);
}

/* ---- io_uring's own thread, files and descriptors ---- */

struct ring {
	int fd;
	struct io_uring_params p;
	char *sq, *cq;
	struct io_uring_sqe *sqe;
	unsigned int n;
};

static void ring_make(struct ring *u, unsigned int flags)
{
	memset(u, 0, sizeof(*u));
	u->p.flags = flags;
	u->p.sq_thread_idle = 1000;
	u->fd = syscall(SYS_io_uring_setup, 16, &u->p);
	CHECK(u->fd >= 0, "io_uring_setup: %s", strerror(errno));
	u->sq = mmap(NULL, u->p.sq_off.array + u->p.sq_entries * 4, PROT_READ | PROT_WRITE,
		     MAP_SHARED, u->fd, IORING_OFF_SQ_RING);
	u->sqe = mmap(NULL, u->p.sq_entries * sizeof(*u->sqe), PROT_READ | PROT_WRITE, MAP_SHARED,
		      u->fd, IORING_OFF_SQES);
	u->cq = mmap(NULL, u->p.cq_off.cqes + u->p.cq_entries * 16, PROT_READ | PROT_WRITE,
		     MAP_SHARED, u->fd, IORING_OFF_CQ_RING);
	CHECK(u->sq != MAP_FAILED && u->cq != MAP_FAILED && (void *)u->sqe != MAP_FAILED);
}

/* Submit one and wait for its result. */
static int ring_do(struct ring *u, struct io_uring_sqe sqe)
{
	unsigned int *tail = (void *)(u->sq + u->p.sq_off.tail);
	unsigned int *seen = (void *)(u->cq + u->p.cq_off.tail), *head;
	struct io_uring_cqe *cqe = (void *)(u->cq + u->p.cq_off.cqes);
	unsigned int at = *tail % u->p.sq_entries, got;

	head = (void *)(u->cq + u->p.cq_off.head);
	sqe.user_data = 1000 + u->n++;
	u->sqe[at] = sqe;
	((unsigned int *)(u->sq + u->p.sq_off.array))[at] = at;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (!(u->p.flags & IORING_SETUP_SQPOLL))
		CHECK(syscall(SYS_io_uring_enter, u->fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) == 1);
	else
		syscall(SYS_io_uring_enter, u->fd, 1, 1,
			IORING_ENTER_GETEVENTS | IORING_ENTER_SQ_WAKEUP, NULL, 0);
	while (*head == __atomic_load_n(seen, __ATOMIC_ACQUIRE))
		usleep(1000);
	got = *head % u->p.cq_entries;
	CHECK(cqe[got].user_data == sqe.user_data);
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	return cqe[got].res;
}

static void uring(void *flags)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(4242),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int files[4] = { open(D "/harmless", O_WRONLY), -1, -1, -1 };
	int sock = socket(AF_INET, SOCK_DGRAM, 0);
	struct ring u;

	ring_make(&u, (long)flags);
	CHECK(!syscall(SYS_io_uring_register, u.fd, IORING_REGISTER_FILES, files, 4), "%s",
	      strerror(errno));
	/* To a file that has no descriptor any more. */
	close(files[0]);
	CHECK(ring_do(&u, (struct io_uring_sqe){ .opcode = IORING_OP_WRITE, .fd = 0,
		.flags = IOSQE_FIXED_FILE, .addr = (uintptr_t)"x", .len = 1 }) == 1);
	/* Into a slot of the ring: it never has a descriptor. */
	CHECK(ring_do(&u, (struct io_uring_sqe){ .opcode = IORING_OP_OPENAT, .fd = AT_FDCWD,
		.addr = (uintptr_t)D "/secret", .open_flags = O_RDONLY, .file_index = 2 }) == 0);
	CHECK(ring_do(&u, (struct io_uring_sqe){ .opcode = IORING_OP_CONNECT, .fd = sock,
		.addr = (uintptr_t)&to, .off = sizeof(to) }) == 0);
	CHECK(ring_do(&u, (struct io_uring_sqe){ .opcode = IORING_OP_UNLINKAT, .fd = AT_FDCWD,
		.addr = (uintptr_t)D "/victim" }) == 0);
}

static const struct eyas_record *by_uring(uint32_t id)
{
	const struct eyas_record *rec = NULL;
	unsigned int i;

	for (i = 0; (rec = recs_anchor_nth(&rs, id, RECS_ANY, i)); i++)
		if (rec->flags & EYAS_REC_F_URING)
			return rec;
	CHECK(rec, "anchor %u: none of io_uring", id);
	return NULL;
}

static void test_uring(unsigned int flags)
{
	struct raw_policy p = { .crit = 4U << 20, .events = EYAS_EVENT_URING };
	unsigned int i, done = 0, created = 0, fixed = 0;
	const struct sockaddr_in *a;
	const struct eyas_record *rec;

	close(open(D "/victim", O_CREAT | O_RDWR, 0600));
	p.anchors = 1ULL << EYAS_ANCHOR_FILE_OPEN | 1ULL << EYAS_ANCHOR_SOCKET_CONNECT |
		    1ULL << EYAS_ANCHOR_UNLINK;
	start(&p);
	recs_take(&rs, &r, raw_child(-1, uring, (void *)(long)flags, true));
	RECS_TEXT(by_uring(EYAS_ANCHOR_FILE_OPEN), EYAS_BLOB_FILE_PATH, 0, D "/secret");
	RECS_TEXT(by_uring(EYAS_ANCHOR_UNLINK), EYAS_BLOB_FILE_PATH, 0, D "/victim");
	rec = by_uring(EYAS_ANCHOR_SOCKET_CONNECT);
	a = recs_blob(rec, EYAS_BLOB_SOCKADDR, 0);
	CHECK(a && a->sin_port == htons(4242) && recs_blob(rec, EYAS_BLOB_SOCKET, 0));
	for (i = 0; i < rs.n; i++) {
		const struct eyas_uring *u = (const void *)(rs.rec[i] + 1);

		if (rs.rec[i]->type != EYAS_REC_URING)
			continue;
		created += u->what == EYAS_URING_CREATE && u->flags == flags;
		done += u->what == EYAS_URING_COMPLETE && u->user_data >= 1000 && u->ret >= 0;
		fixed += u->what == EYAS_URING_SUBMIT && u->opcode == IORING_OP_WRITE && !u->fd &&
			 (u->flags & IOSQE_FIXED_FILE);
	}
	/* Of which file a submission is, is told since 5.19. */
	CHECK(created == 1 && done == 4 && fixed == raw_kernel(5, 19), "%u, %u, %u", created, done,
	      fixed);
	raw_close(&r);
	printf("io_uring %s: ok\n", flags ? "with a thread of its own" : "with its own files");
}

int main(void)
{
	setlinebuf(stdout);
	CHECK(!mkdir(D, 0755));
	close(open(D "/harmless", O_CREAT | O_RDWR, 0600));
	close(open(D "/secret", O_CREAT | O_RDWR, 0600));
	test_tracer();
	test_supervisor();
	test_dispatch();
	test_restart();
	test_implied();
	test_uring(0);
	test_uring(IORING_SETUP_SQPOLL);
	test_numbers();
	return 0;
}
