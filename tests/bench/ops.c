// SPDX-License-Identifier: Apache-2.0
/*
 * What operations cost the process that makes them: its CPU time, kernel part
 * included, which under -icount shift=0 is a number of instructions. Prints
 * "name cost" lines, the least of several rounds. With "total", the time that
 * passed instead: with one CPU, that is everybody's cost together. With "only
 * NAME" one of them, its mean cost, and how often it was done.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 7

static const char *self;
static int zero, null;
static char buf[64];

static void must(int ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(1);
}

static void op_getppid(void)
{
	syscall(SYS_getppid);
}

static void op_read64(void)
{
	must(read(zero, buf, 64) == 64, "read");
}

static void op_write64(void)
{
	must(write(null, buf, 64) == 64, "write");
}

static void op_stat(void)
{
	struct stat st;

	must(!stat("/etc/passwd", &st), "stat");
}

static void op_open_close(void)
{
	int fd = open("/etc/passwd", O_RDONLY);

	must(fd >= 0, "open");
	close(fd);
}

static void op_open_missing(void)
{
	must(open("/etc/no-such-file", O_RDONLY) < 0, "open");
}

static void op_pipe(void)
{
	int fd[2];

	must(!pipe(fd), "pipe");
	close(fd[0]);
	close(fd[1]);
}

static void op_connect(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof(to)), "connect");
	close(fd);
}

static void op_exec(void)
{
	char *argv[] = { (char *)self, "exit", NULL }, *env[] = { NULL };
	pid_t pid = vfork();

	if (!pid) {
		execve(self, argv, env);
		_exit(1);
	}
	must(pid > 0 && waitpid(pid, NULL, 0) == pid, "exec");
}

static const struct {
	const char *name;
	void (*run)(void);
	unsigned int times;
} ops[] = {
	{ "getppid",		op_getppid,		2000 },
	{ "read64",		op_read64,		2000 },
	{ "write64",		op_write64,		2000 },
	{ "stat",		op_stat,		1000 },
	{ "open+close",		op_open_close,		1000 },
	{ "open-missing",	op_open_missing,	1000 },
	{ "pipe",		op_pipe,		500 },
	{ "socket+connect+close", op_connect,		500 },
	{ "vfork+exec+wait",	op_exec,		50 },
};

static bool total;

/* CPU time of this process and of its children that have been waited for, ns. */
static uint64_t cpu_time(void)
{
	struct rusage ru;
	struct timespec t;

	if (total) {
		must(!clock_gettime(CLOCK_MONOTONIC_RAW, &t), "clock_gettime");
		return (uint64_t)t.tv_sec * 1000000000 + t.tv_nsec;
	}
	must(!clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), "clock_gettime");
	getrusage(RUSAGE_CHILDREN, &ru);
	return (uint64_t)t.tv_sec * 1000000000 + t.tv_nsec +
	       ((uint64_t)ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1000000000 +
	       ((uint64_t)ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) * 1000;
}

int main(int argc, char **argv)
{
	unsigned int i, round, n;
	const char *only = argc == 3 && !strcmp(argv[1], "only") ? argv[2] : NULL;

	if (argc == 2 && !strcmp(argv[1], "exit"))
		_exit(0);
	total = argc == 2 && !strcmp(argv[1], "total");
	self = "/proc/self/exe";
	zero = open("/dev/zero", O_RDONLY);
	null = open("/dev/null", O_WRONLY);
	must(zero >= 0 && null >= 0, "/dev/zero, /dev/null");
	for (i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		double best = 1e18, each, sum = 0;

		if (only && strcmp(only, ops[i].name) != 0)
			continue;
		for (round = 0; round < ROUNDS; round++) {
			uint64_t start = cpu_time();

			for (n = 0; n < ops[i].times; n++)
				ops[i].run();
			each = (double)(cpu_time() - start) / ops[i].times;
			if (each < best)
				best = each;
			sum += each;
		}
		if (only)
			printf("%s %.0f %u\n", only, sum / ROUNDS, ROUNDS * ops[i].times);
		else
			printf("%s %.0f\n", ops[i].name, best);
	}
	return 0;
}
