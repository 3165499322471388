// SPDX-License-Identifier: Apache-2.0
/*
 * Makes calls as fast as it can, or so many a second: flood COUNT RATE (0: as fast
 * as it can), on CPU 0. Prints how many a second there were.
 */
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define BURST_NS 200000		/* what is missing is made up for so often */

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Calls that are due by now at @rate, at most until @count. */
static uint64_t due(uint64_t start, uint64_t rate, uint64_t count)
{
	uint64_t n = rate ? (now() - start) / 1000 * rate / 1000000 : count;

	return n < count ? n : count;
}

int main(int argc, char **argv)
{
	uint64_t count, rate, start, done = 0;
	cpu_set_t cpu;

	if (argc != 3)
		return 2;
	count = strtoull(argv[1], NULL, 10);
	rate = strtoull(argv[2], NULL, 10);
	CPU_ZERO(&cpu);
	CPU_SET(0, &cpu);
	if (sched_setaffinity(0, sizeof(cpu), &cpu) < 0) {
		perror("sched_setaffinity");
		return 1;
	}
	start = now();
	while (done < count) {
		for (uint64_t until = due(start, rate, count); done < until; done++)
			syscall(SYS_getppid);
		/* Not asleep: a busy CPU is what is asked for. */
		for (uint64_t wake = now() + BURST_NS; rate && done < count && now() < wake;)
			;
	}
	printf("%.0f\n", (double)done * 1e9 / (double)(now() - start));
	return 0;
}
