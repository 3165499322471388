// SPDX-License-Identifier: Apache-2.0
/*
 * Does what a tracer has to keep apart, and nothing else: busy WHAT [N].
 *
 *	threads		four, each with N (50) calls of its own
 *	signals		N (20) caught, some that interrupt
 *	forks		N (50) children
 *	vforks		ten, by each of vfork, clone and clone3, with odd flags
 *	exec		a thread calls exec while another one waits
 *	killed		a child that is killed in a call
 *	group		children of some threads that SIGTERM ends, the second one finds it blocked
 *	stops		a child that stops and goes on, again and again
 *	core		dies of SIGABRT, and may leave a core
 *	sibling		makes one, and waits until somebody has waited for it
 *	wait		for a line on stdin, then exits with 7
 */
#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int times;	/* N, 0: the usual */

static void *calls(void *arg)
{
	int n = times ? times : 50;

	for (int i = 0; i < n; i++) {
		getppid();
		if (write(3 + (int)(long)arg, "x", 1) < 0 && errno != EBADF)
			return NULL;
	}
	return NULL;
}

static int threads(void)
{
	pthread_t t[4];

	for (long i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, calls, (void *)i);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	return 0;
}

static void handler(int sig)
{
	(void)sig;
}

static int signals(void)
{
	struct sigaction sa = { .sa_handler = handler };
	struct timespec ms = { .tv_nsec = 20000000 };

	sigaction(SIGUSR1, &sa, NULL);
	sigaction(SIGALRM, &sa, NULL);
	for (int i = 0; i < (times ? times : 20); i++)
		raise(SIGUSR1);
	for (int i = 0; i < 5; i++) {
		ualarm(5000, 0);
		nanosleep(&ms, NULL);
	}
	return 0;
}

static int forks(void)
{
	int status, n = times ? times : 50, ended = 0;

	for (int i = 0; i < n; i++)
		if (!fork())
			_exit(i % 256);
	while (wait(&status) > 0)
		ended++;
	return ended != n;
}

/* Without a C library: what such a child may call. */
static void leave(int status)
{
	syscall(SYS_exit_group, status);
}

static int vforks(void)
{
	static const unsigned long flags[] = {
		SIGCHLD, CLONE_FILES | SIGCHLD, CLONE_FS | CLONE_IO | SIGCHLD,
		CLONE_UNTRACED | SIGCHLD, CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD,
	};
	struct clone_args args = { .flags = CLONE_CLEAR_SIGHAND, .exit_signal = SIGCHLD };
	int tid = 0;

	/* Not kept in a register, which a vfork may spoil. */
	for (volatile int i = 0; i < 10; i++)
		if (!vfork())
			_exit(i);
	for (int i = 0; i < 10; i++)
		if (!syscall(SYS_clone, flags[i % 5], NULL, &tid, &tid, NULL))
			leave(i);
	for (int i = 0; i < 10; i++)
		if (!syscall(SYS_clone3, &args, sizeof(args)))
			leave(i);
	for (int ended = 0;; ended++)
		if (wait(NULL) < 0)
			return ended != 30;
}

static void *run_true(void *arg)
{
	(void)arg;
	execlp("true", "true", (char *)NULL);
	return NULL;
}

static int exec(void)
{
	pthread_t t;

	pthread_create(&t, NULL, run_true, NULL);
	pause();
	return 1;
}

static void *rest(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static int group(void)
{
	struct timespec ms = { .tv_nsec = 100000000 };
	sigset_t term;
	pthread_t t;
	pid_t pid;

	for (int blocked = 0; blocked < 2; blocked++) {
		pid = fork();
		if (!pid) {
			for (int i = blocked; i < 2; i++)
				pthread_create(&t, NULL, rest, NULL);
			sigemptyset(&term);
			sigaddset(&term, SIGTERM);
			if (blocked)
				pthread_sigmask(SIG_BLOCK, &term, NULL);
			rest(NULL);
		}
		nanosleep(&ms, NULL);
		kill(pid, SIGTERM);
		if (waitpid(pid, NULL, 0) != pid)
			return 1;
	}
	return 0;
}

static int killed(void)
{
	struct timespec ms = { .tv_nsec = 50000000 };
	pid_t pid = fork();

	if (!pid) {
		pause();
		_exit(1);
	}
	nanosleep(&ms, NULL);
	kill(pid, SIGKILL);
	return wait(NULL) != pid;
}

static int stops(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		for (int i = 0; i < 5; i++)
			raise(SIGSTOP);
		_exit(3);
	}
	while (waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status))
		kill(pid, SIGCONT);
	return WEXITSTATUS(status) != 3;
}

static int core(void)
{
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_CORE, &all);
	abort();
}

/* Who started us is its parent. */
static int sibling(void)
{
	pid_t pid = (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);

	if (!pid)
		_exit(4);
	for (int i = 0; i < 2000; i++) {
		if (kill(pid, 0) < 0)
			return errno == ESRCH ? 0 : 2;
		usleep(10000);
	}
	return 1;
}

static int wait_line(void)
{
	char c = 0;

	while (c != '\n' && read(0, &c, 1) == 1)
		;
	return 7;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; int (*fn)(void); } what[] = {
		{ "threads", threads }, { "signals", signals }, { "forks", forks },
		{ "vforks", vforks }, { "exec", exec }, { "killed", killed },
		{ "group", group },
		{ "stops", stops }, { "core", core }, { "wait", wait_line },
		{ "sibling", sibling },
	};

	if (argc > 2)
		times = atoi(argv[2]);

	for (size_t i = 0; argc > 1 && i < sizeof(what) / sizeof(what[0]); i++)
		if (!strcmp(argv[1], what[i].name))
			return what[i].fn();
	return 2;
}
