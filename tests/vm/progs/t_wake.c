// SPDX-License-Identifier: Apache-2.0
/*
 * When a reader is woken: not without data, at the latest after wake_us, at
 * once when a ring is filled to its watermark.
 */
#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

#define RING	(64U << 10)

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void later(void *arg)
{
	long n;

	usleep(100000);
	for (n = 0; n < (long)arg; n++)
		syscall(SYS_getppid);
	usleep(700000);
}

/* Milliseconds until poll says there is something; -1 if it never does. */
static double wait_for(struct raw *r, long calls)
{
	struct pollfd p = { .fd = r->fd, .events = POLLIN };
	int pid = raw_child(0, later, (void *)calls, false);
	double start = now_ms();
	int n = poll(&p, 1, 600);
	double took = now_ms() - start;

	(void)pid;
	CHECK(n == 0 || (n == 1 && p.revents == POLLIN), "poll %d, revents %x", n, p.revents);
	return n ? took : -1;
}

static void open_with(struct raw *r, uint32_t wake_us)
{
	struct raw_policy p = { .bulk = RING, .crit = RING, .wake_us = wake_us };

	p.plan[SYS_getppid] = EYAS_PLAN_RECORD;
	CHECK(!raw_open(r) && !raw_start(r, &p), "%s", r->sentence);
}

int main(void)
{
	struct raw r;
	double ms;

	open_with(&r, 0);
	ms = wait_for(&r, 0);
	CHECK(ms < 0, "woken without data after %.1f ms", ms);
	/* Nothing was read, but there is something now: a second look is at once. */
	ms = wait_for(&r, 1);
	CHECK(ms >= 100 && ms < 250, "default: %.1f ms", ms);
	printf("one record, default: %.1f ms after the call\n", ms - 100);
	raw_close(&r);

	open_with(&r, 300000);
	ms = wait_for(&r, 1);
	CHECK(ms >= 200 && ms < 500, "300 ms: %.1f ms", ms);
	printf("one record, 300 ms: %.1f ms after poll\n", ms);
	raw_close(&r);

	open_with(&r, 300000);
	ms = wait_for(&r, RING / 2 / 88 + 10);
	CHECK(ms >= 100 && ms < 300, "watermark: %.1f ms", ms);
	printf("half a ring, 300 ms: %.1f ms after the first call\n", ms - 100);
	raw_close(&r);
	return 0;
}
