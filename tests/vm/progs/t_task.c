// SPDX-License-Identifier: Apache-2.0
/* What happens to tasks: signals with their senders, names, credentials, forks, ends. */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

#ifdef __aarch64__
#define ARCH	AUDIT_ARCH_AARCH64
#else
#define ARCH	AUDIT_ARCH_X86_64
#endif

/* Nothing is mapped there; the compiler need not know. */
static volatile uintptr_t nowhere = 0x77;

static struct raw r;
static const struct eyas_record *recs[2000];
static unsigned int nrecs;

static void collect(void)
{
	const struct eyas_record *rec;
	unsigned int i;

	nrecs = 0;
	for (i = 0; i < r.nrings; i++)
		while ((rec = raw_next(&r.rings[i])))
			if (nrecs < 2000)
				recs[nrecs++] = rec;
}

/* Record @n (from 0) of a type in a process; NULL: there are not so many. */
static const void *nth(uint16_t type, int pid, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < nrecs; i++)
		if (recs[i]->type == type && (int)recs[i]->pid == pid && !n--)
			return recs[i] + 1;
	return NULL;
}

static volatile sig_atomic_t handled;	/* the last signal */

static void handler(int sig)
{
	handled = sig;
}

static void signals(void *arg)
{
	union sigval v = { .sival_ptr = (void *)0x1234 };

	(void)arg;
	signal(SIGUSR1, handler);
	signal(SIGUSR2, handler);
	CHECK(!kill(getpid(), SIGUSR1) && !sigqueue(getpid(), SIGUSR2, v));
	*(volatile int *)nowhere = 1;
}

static void test_signals(void)
{
	const struct eyas_signal *s;
	const struct eyas_exit *e;
	int pid = raw_child(-1, signals, NULL, false), status;

	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
	collect();
	s = nth(EYAS_REC_SIGNAL, pid, 0);
	CHECK(s && s->sig == SIGUSR1 && s->code == SI_USER && (s->flags & EYAS_SIGNAL_F_SENDER) &&
	      (int)s->sender_pid == pid && (int)s->sender_vpid == pid && !s->sender_uid &&
	      s->handler == (uintptr_t)handler);
	s = nth(EYAS_REC_SIGNAL, pid, 1);
	CHECK(s && s->sig == SIGUSR2 && s->code == SI_QUEUE && s->value == 0x1234);
	s = nth(EYAS_REC_SIGNAL, pid, 2);
	CHECK(s && s->sig == SIGSEGV && s->code == SEGV_MAPERR && s->value == 0x77 && !s->handler &&
	      !(s->flags & EYAS_SIGNAL_F_SENDER));
	CHECK(!nth(EYAS_REC_SIGNAL, pid, 3));
	e = nth(EYAS_REC_EXIT, pid, 0);
	CHECK(e && (int)e->status == status && !!(e->flags & EYAS_EXIT_F_CORE) == !!WCOREDUMP(status));
}

static int child_of_it, asked;		/* by the process below, in memory that is shared */
static volatile int *shared;

/* One signal of each sort that has members of its own. */
static void causes(void *arg)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = { 4, code };
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1,
			       .sigev_value.sival_ptr = (void *)0x4321 };
	struct itimerspec soon = { .it_value.tv_nsec = 1000000 };
	struct tms t;
	timer_t timer;
	int pipes[2], pid;

	(void)arg;
	signal(SIGCHLD, handler);
	signal(SIGUSR1, handler);
	signal(SIGIO, handler);
	signal(SIGSYS, handler);
	pid = fork();
	if (!pid) {
		while (times(&t) >= 0 && t.tms_utime + t.tms_stime < 20)
			;
		_exit(9);
	}
	shared[0] = pid;
	while (waitpid(pid, NULL, 0) < 0)
		;
	CHECK(!pipe(pipes) && !fcntl(pipes[0], F_SETSIG, SIGIO) &&
	      !fcntl(pipes[0], F_SETOWN, getpid()) && !fcntl(pipes[0], F_SETFL, O_ASYNC));
	shared[1] = pipes[0];
	CHECK(write(pipes[1], "x", 1) == 1);
	CHECK(!timer_create(CLOCK_MONOTONIC, &ev, &timer) &&
	      !timer_settime(timer, 0, &soon, NULL));
	while (handled != SIGUSR1)
		usleep(1000);
	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	      !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter));
	syscall(SYS_getppid);
	_exit(0);
}

static void test_causes(void)
{
	const struct eyas_signal *s;
	int pid;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	/* On one CPU, so that its signals are in the order of one ring. */
	pid = raw_child(0, causes, NULL, true);
	child_of_it = shared[0];
	asked = shared[1];
	collect();
	s = nth(EYAS_REC_SIGNAL, pid, 0);
	CHECK(s && s->sig == SIGCHLD && s->code == CLD_EXITED && s->status == 9 &&
	      (s->flags & EYAS_SIGNAL_F_WHOLE) && (int)s->sender_vpid == child_of_it,
	      "signal %u, code %d, status %d of %u", s ? s->sig : 0, s ? s->code : 0,
	      s ? s->status : 0, s ? s->sender_vpid : 0);
	CHECK((uint32_t)s->value + (s->value >> 32) >= 1 &&
	      (uint32_t)s->value + (s->value >> 32) < 1000, "%llx", s->value);
	s = nth(EYAS_REC_SIGNAL, pid, 1);
	CHECK(s && s->sig == SIGIO && s->code == POLL_IN && s->status == asked && s->value,
	      "%d %d %llx", s->code, s->status, s->value);
	s = nth(EYAS_REC_SIGNAL, pid, 2);
	CHECK(s && s->sig == SIGUSR1 && s->code == SI_TIMER && !s->status && s->value == 0x4321);
	s = nth(EYAS_REC_SIGNAL, pid, 3);
	CHECK(s && s->sig == SIGSYS && s->code == 1 && s->status == SYS_getppid &&
	      s->sender_vpid == ARCH && s->value &&
	      !(s->flags & EYAS_SIGNAL_F_SENDER));
	CHECK(!nth(EYAS_REC_SIGNAL, pid, 4));
}

static void names(void *arg)
{
	int fd = open("/proc/self/comm", O_WRONLY);

	(void)arg;
	CHECK(!prctl(PR_SET_NAME, "new name") && write(fd, "kworker/0:1", 11) == 11);
}

static void test_names(void)
{
	int pid = raw_child(-1, names, NULL, true);
	const struct eyas_comm *c;

	collect();
	c = nth(EYAS_REC_COMM, pid, 0);
	CHECK(c && (int)c->tid == pid && !strcmp(c->before, "t_task") && !strcmp(c->after, "new name"));
	c = nth(EYAS_REC_COMM, pid, 1);
	CHECK(c && !strcmp(c->before, "new name") && !strcmp(c->after, "kworker/0:1"));
	CHECK(!nth(EYAS_REC_COMM, pid, 2));
}

static void creds(void *arg)
{
	(void)arg;
	CHECK(!setresgid(5, 6, 7));
	CHECK(!setresgid(5, 6, 7));		/* changes nothing */
	CHECK(!setresuid(1000, 1001, 0));
	CHECK(!setresuid(-1, 0, -1));
	CHECK(!unshare(CLONE_NEWUSER));
}

static void test_creds(void)
{
	int pid = raw_child(-1, creds, NULL, true);
	const struct eyas_creds_change *c;

	collect();
	c = nth(EYAS_REC_CREDS, pid, 0);
	CHECK(c && !c->before.gid && c->after.gid == 5 && c->after.egid == 6 && c->after.sgid == 7 &&
	      c->after.fsgid == 6);
	c = nth(EYAS_REC_CREDS, pid, 1);
	CHECK(c && !c->before.uid && c->after.uid == 1000 && c->after.euid == 1001 &&
	      !c->after.suid && c->before.cap_effective && !c->after.cap_effective);
	c = nth(EYAS_REC_CREDS, pid, 2);
	CHECK(c && c->before.euid == 1001 && !c->after.euid && c->after.cap_effective);
	c = nth(EYAS_REC_CREDS, pid, 3);
	CHECK(c && c->before.ns_user != c->after.ns_user);
	CHECK(!nth(EYAS_REC_CREDS, pid, 4));
}

static void forks(void *arg)
{
	int pid = syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | SIGCHLD, 0, 0, 0, 0);

	(void)arg;
	if (!pid)
		_exit(3);
	waitpid(pid, NULL, 0);
}

static void test_forks(void)
{
	const struct eyas_fork *f;
	struct stat st;
	int pid;

	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !stat("/proc/self/ns/mnt", &st));
	pid = raw_child(-1, forks, NULL, true);
	collect();
	f = nth(EYAS_REC_FORK, pid, 0);
	CHECK(f && f->flags == (EYAS_FORK_F_NEWPID | EYAS_FORK_F_NEWNS | EYAS_FORK_F_NEWUTS), "%x",
	      f->flags);
	CHECK(f->task.vpid == 1 && f->task.vtid == 1 && f->child_pid > 1);
	CHECK(f->task.ns_mnt && f->task.ns_mnt != st.st_ino && f->task.ns_time);
	CHECK((f->task.flags & EYAS_TASK_F_NO_NEW_PRIVS) && f->task.cap_bounding && !f->task.seccomp);
}

int main(void)
{
	struct raw_policy p = { .events = EYAS_EVENT_ALL & ~EYAS_EVENT_URING, .crit = 4U << 20 };

	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	test_signals();
	test_causes();
	test_names();
	test_creds();
	test_forks();
	raw_close(&r);
	printf("signals, names, credentials, forks: ok\n");
	return 0;
}
