// SPDX-License-Identifier: Apache-2.0
/*
 * A CPU goes and comes back while its rings are in use: what was recorded on
 * it stays readable, the account stays exact.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "raw.h"

#define ONLINE "/sys/devices/system/cpu/cpu1/online"

static void actor(void *arg)
{
	(void)arg;
	for (;;)
		syscall(SYS_getppid);
}

static void put(const char *value)
{
	int fd = open(ONLINE, O_WRONLY);

	CHECK(fd >= 0 && write(fd, value, 1) == 1, "%s: %s", value, strerror(errno));
	close(fd);
}

static void take_all(struct raw *r)
{
	unsigned int i;

	for (i = 0; i < r->nrings; i++) {
		while (raw_next(&r->rings[i]))
			;
		raw_release(&r->rings[i]);
	}
}

int main(void)
{
	struct raw_policy p = { .events = EYAS_EVENT_PROCESS };
	uint64_t taken[2] = { 0 };
	int actors[3], i;
	struct raw r;

	if (access(ONLINE, W_OK)) {
		printf("SKIP: there is no second CPU\n");
		return 0;
	}
	p.plan[SYS_getppid] = EYAS_PLAN_RECORD;
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	for (i = 0; i < 3; i++)
		actors[i] = raw_child(-1, actor, NULL, false);
	for (i = 0; i < 10; i++) {
		put("0");
		take_all(&r);
		put("1");
		usleep(50000);
		take_all(&r);
	}
	for (i = 0; i < 3; i++) {
		kill(actors[i], SIGKILL);
		waitpid(actors[i], NULL, 0);
	}
	take_all(&r);
	for (i = 0; i < (int)r.nrings; i++) {
		raw_account(&r.rings[i]);
		taken[r.rings[i].cpu & 1] += r.rings[i].taken;
	}
	CHECK(taken[0] > 1000 && taken[1] > 1000, "%lu, %lu", taken[0], taken[1]);
	printf("records taken: cpu 0 %lu, cpu 1 %lu\n", taken[0], taken[1]);
	raw_close(&r);
	return 0;
}
