// SPDX-License-Identifier: Apache-2.0
/*
 * Does what a tracer has to keep apart, and nothing else: busy WHAT.
 *
 *	threads		four, each with calls of its own
 *	signals		caught, restarted, interrupting
 *	forks		fifty children
 *	exec		a thread calls exec while another one waits
 *	killed		a child that is killed in a call
 *	wait		for a line on stdin, then exits with 7
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void *calls(void *arg)
{
	for (int i = 0; i < 50; i++) {
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
	for (int i = 0; i < 20; i++)
		raise(SIGUSR1);
	for (int i = 0; i < 5; i++) {
		ualarm(5000, 0);
		nanosleep(&ms, NULL);
	}
	return 0;
}

static int forks(void)
{
	int status;

	for (int i = 0; i < 50; i++)
		if (!fork())
			_exit(i);
	for (int sum = 0;;) {
		if (wait(&status) < 0)
			return sum != 50 * 49 / 2;
		sum += WEXITSTATUS(status);
	}
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
		{ "exec", exec }, { "killed", killed }, { "wait", wait_line },
	};

	for (size_t i = 0; argc > 1 && i < sizeof(what) / sizeof(what[0]); i++)
		if (!strcmp(argv[1], what[i].name))
			return what[i].fn();
	return 2;
}
