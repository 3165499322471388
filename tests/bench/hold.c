// SPDX-License-Identifier: Apache-2.0
/*
 * Holds a session open and throws its records away: hold MODE, where none
 * selects one call that nobody makes, bare all calls, data all with their
 * strings and other memory, all with strings and objects; two is bare shared out
 * to two sessions, even numbers and odd ones; count has counters instead of
 * records; anchor only the anchor of open. Says "ready", ends with its input.
 */
#include <poll.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "raw.h"

static uint64_t drop_all(struct raw *r)
{
	uint64_t told = 0;
	unsigned int i;

	for (i = 0; i < r->nrings; i++) {
		while (raw_next(&r->rings[i]))
			;
		raw_release(&r->rings[i]);
		told += r->rings[i].told;
	}
	return told;
}

/* A session for the odd numbers of a policy; the even ones remain. */
static void start_odd(struct raw *r, struct raw_policy *p)
{
	struct raw_policy other = *p;
	unsigned int i;

	for (i = 0; i < EYAS_NR_MAX; i++)
		(i % 2 ? p : &other)->plan[i] = 0;
	other.events = 0;
	CHECK(!raw_open(r) && !raw_start(r, &other), "%s", r->sentence);
}

int main(int argc, char **argv)
{
	struct raw_policy p = { .bulk = 32U << 20, .crit = 8U << 20 };
	struct pollfd in[2] = { { .fd = 0, .events = POLLIN }, { .events = POLLIN } };
	struct raw r, odd = { .nrings = 0 };
	uint64_t taken = 0, told;
	unsigned int i;
	uint8_t plan;

	CHECK(argc == 2, "usage: hold none|bare|data|all|two|count|anchor");
	plan = EYAS_PLAN_RECORD;
	if (!strcmp(argv[1], "anchor")) {
		p.anchors = 1ULL << EYAS_ANCHOR_FILE_OPEN;
	} else if (!strcmp(argv[1], "none")) {
		p.plan[SYS_kexec_load] = plan;
	} else {
		if (!strcmp(argv[1], "all"))
			plan |= EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS;
		if (!strcmp(argv[1], "data"))
			plan |= EYAS_PLAN_STRINGS | EYAS_PLAN_DATA;
		if (!strcmp(argv[1], "count"))
			plan = EYAS_PLAN_COUNT;
		memset(p.plan, plan, sizeof(p.plan));
		p.events = EYAS_EVENT_PROCESS;
	}
	if (!strcmp(argv[1], "two"))
		start_odd(&odd, &p);
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	in[1].fd = r.fd;
	printf("ready\n");
	fflush(stdout);
	while (poll(in, 2, -1) >= 0 && !in[0].revents) {
		drop_all(&r);
		drop_all(&odd);
	}
	told = drop_all(&r) + drop_all(&odd);
	for (i = 0; i < r.nrings; i++)
		taken += r.rings[i].taken;
	fprintf(stderr, "%s: %lu records, %lu lost\n", argv[1], taken, told);
	return told ? 1 : 0;
}
