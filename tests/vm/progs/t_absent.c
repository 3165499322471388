// SPDX-License-Identifier: Apache-2.0
/*
 * Memory that no page is behind yet is left alone: a probe that had the kernel fetch
 * one would sleep, with its record half written. The calls fail before they look.
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "recs.h"

#define PAGE 4096

static struct raw r;
static struct recs rs;

static const struct { long nr, args[3]; int at; } calls[] = {
	{ SYS_write, { -1, 0, 8 }, 1 },
	{ SYS_clock_settime, { 999, 0 }, 1 },
	{ SYS_unlinkat, { -1, 0, 0xffff }, 1 },
};

#define CALLS (sizeof(calls) / sizeof(calls[0]))

/* In a child: a session does not see its own process. */
static void act(void *arg)
{
	unsigned char *pages = arg, in[CALLS + 1];
	long args[3];

	for (unsigned int i = 0; i < CALLS; i++) {
		memcpy(args, calls[i].args, sizeof(args));
		args[calls[i].at] = (long)(pages + PAGE * i);
		CHECK(syscall((int)calls[i].nr, args[0], args[1], args[2]) == -1);
	}
	/* Touched, so that the answer can be another one. */
	pages[PAGE * CALLS] = 1;
	CHECK(!mincore(pages, PAGE * (CALLS + 1), in));
	CHECK(in[CALLS] & 1);
	for (unsigned int i = 0; i < CALLS; i++)
		CHECK(!(in[i] & 1), "the page of call %ld is there", calls[i].nr);
	_exit(0);
}

int main(void)
{
	struct raw_policy p = { .snaplen = 256 };
	void *pages = mmap(NULL, PAGE * (CALLS + 1), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int pid, status;

	CHECK(pages != MAP_FAILED && !raw_open(&r), "%s", r.sentence);
	for (unsigned int i = 0; i < CALLS; i++)
		p.plan[calls[i].nr] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_DATA;
	CHECK(!raw_start(&r, &p), "%s", r.sentence);
	pid = fork();
	if (!pid)
		act(pages);
	CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
	recs_take(&rs, &r, (uint32_t)pid);
	CHECK(!status, "status %#x", status);
	for (unsigned int i = 0; i < CALLS; i++)
		(void)recs_only(&rs, EYAS_REC_SYS_EXIT, calls[i].nr);
	return 0;
}
