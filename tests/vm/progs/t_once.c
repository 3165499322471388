// SPDX-License-Identifier: Apache-2.0
/*
 * A session's whole life in short: all calls recorded for a moment, at least
 * one arrives. With an argument, it is held open until input ends.
 */
#include <string.h>
#include <unistd.h>
#include "raw.h"

static void one_call(void *arg)
{
	(void)arg;
	getppid();
}

int main(int argc, char **argv)
{
	struct raw_policy p = { .events = EYAS_EVENT_PROCESS };
	unsigned int i;
	struct raw r;
	char c;

	(void)argv;
	memset(p.plan, EYAS_PLAN_RECORD, sizeof(p.plan));
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	raw_child(-1, one_call, NULL, true);
	for (i = 0; i < r.nrings && !raw_next(&r.rings[i]); i++)
		;
	CHECK(i < r.nrings, "no record");
	if (argc > 1) {
		printf("open\n");
		fflush(stdout);
		while (read(0, &c, 1) > 0)
			;
	}
	raw_close(&r);
	return 0;
}
