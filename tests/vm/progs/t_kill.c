// SPDX-License-Identifier: Apache-2.0
/*
 * Readers killed at random points of their life, a hundred of them, while
 * others make calls: nothing of a session stays behind.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

#define KILLS		100
#define WARM_UP		10
#define LEAK_KB		2000	/* rings of one session are 10 MB and more */

static void actor(void *arg)
{
	(void)arg;
	for (;;) {
		close(open("/etc/passwd", O_RDONLY));
		syscall(SYS_getppid);
	}
}

static void reader(void *arg)
{
	struct raw_policy p = { .events = EYAS_EVENT_PROCESS };
	struct raw r;
	unsigned int i;

	(void)arg;
	memset(p.plan, EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS, sizeof(p.plan));
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	for (;;) {
		for (i = 0; i < r.nrings; i++) {
			while (raw_next(&r.rings[i]))
				;
			raw_release(&r.rings[i]);
		}
		raw_set(&r, &p);
	}
}

/*
 * Free pages of all zones, those on the lists of the CPUs too: MemFree leaves
 * the latter out, and they alone can be 20 MB after so many rings.
 */
static long free_kb(void)
{
	char line[128];
	long pages = 0, n;
	FILE *f;
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY);

	CHECK(fd >= 0 && write(fd, "3", 1) == 1);
	close(fd);
	/* What RCU still holds comes back. */
	usleep(300000);
	f = fopen("/proc/zoneinfo", "r");
	CHECK(f);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, " pages free %ld", &n) == 1 || sscanf(line, " count: %ld", &n) == 1)
			pages += n;
	fclose(f);
	CHECK(pages > 0);
	return pages * 4;
}

/* Files that actors have closed come back with delay, and there are always some. */
static long free_at_rest(const int actors[2])
{
	long kb;

	kill(actors[0], SIGSTOP);
	kill(actors[1], SIGSTOP);
	sleep(1);
	kb = free_kb();
	kill(actors[0], SIGCONT);
	kill(actors[1], SIGCONT);
	return kb;
}

/* Areas of vmalloc space that belong to rings. */
static unsigned int ring_areas(void)
{
	char line[256];
	unsigned int n = 0;
	FILE *f = fopen("/proc/vmallocinfo", "r");

	CHECK(f);
	while (fgets(line, sizeof(line), f))
		n += strstr(line, "[eyas]") && !strstr(line, "module") && !strstr(line, "load_");
	fclose(f);
	return n;
}

static void kill_one(unsigned int *seed)
{
	struct timespec t = { 0, rand_r(seed) % 20000000 };
	int pid = raw_child(-1, reader, NULL, false), status;

	nanosleep(&t, NULL);
	CHECK(!kill(pid, SIGKILL) && waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "status %x", status);
}

int main(void)
{
	int actors[2], i;
	unsigned int seed = 7, areas;
	long before, after;

	for (i = 0; i < 2; i++)
		actors[i] = raw_child(i, actor, NULL, false);
	for (i = 0; i < WARM_UP; i++)
		kill_one(&seed);
	areas = ring_areas();
	before = free_at_rest(actors);
	for (i = 0; i < KILLS; i++)
		kill_one(&seed);
	/* What is gone is missing each time, what is only late is not. */
	for (i = 0, after = 0; i < 10 && before - after >= LEAK_KB; i++) {
		long kb = free_at_rest(actors);

		after = kb > after ? kb : after;
		kill_one(&seed);
	}
	printf("%d readers killed; free before %ld kB, after %ld kB; areas %u, %u\n", KILLS, before,
	       after, areas, ring_areas());
	for (i = 0; i < 2; i++) {
		kill(actors[i], SIGKILL);
		waitpid(actors[i], NULL, 0);
	}
	CHECK(before - after < LEAK_KB);
	CHECK(ring_areas() == areas);
	return 0;
}
