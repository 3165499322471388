// SPDX-License-Identifier: Apache-2.0
/*
 * Known numbers of calls on every CPU: all of them arrive, in order; and with
 * rings too small and a reader that does not read, seen + lost is exact.
 */
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "raw.h"

#define CALLS 20000

static void actor(void *arg)
{
	long i;

	for (i = 0; i < CALLS; i++)
		syscall(SYS_setpriority, 77, i, (long)arg);
}

/* What one child did: arguments count up, nothing missing, nothing twice. */
struct follow {
	int pid;
	long next;
};

static void take(const struct eyas_record *rec, struct follow *f, int n)
{
	const struct eyas_sys_exit *x = (const void *)(rec + 1);
	int i;

	CHECK(rec->type == EYAS_REC_SYS_EXIT && rec->nr == SYS_setpriority && rec->abi == RAW_NATIVE);
	CHECK(rec->len == sizeof(*rec) + sizeof(*x));
	for (i = 0; i < n && f[i].pid != (int)rec->pid; i++)
		;
	CHECK(i < n, "pid %u is not ours", rec->pid);
	CHECK(x->args[0] == 77 && x->ret == -22 && x->args[2] == (unsigned long)i);
	CHECK((long)x->args[1] >= f[i].next, "call %lld after %ld", (long long)x->args[1],
	      f[i].next - 1);
	f[i].next = x->args[1] + 1;
}

static uint64_t take_all(struct raw *r, struct follow *f, int n)
{
	const struct eyas_record *rec;
	uint64_t seen = 0;
	unsigned int i;

	for (i = 0; i < r->nrings; i++) {
		while ((rec = raw_next(&r->rings[i]))) {
			if (rec->type == EYAS_REC_LOSS)
				continue;
			take(rec, f, n);
			seen++;
		}
		raw_release(&r->rings[i]);
	}
	return seen;
}

static void run(uint32_t bulk, bool read_meanwhile)
{
	int cpus = sysconf(_SC_NPROCESSORS_ONLN), i, left;
	struct raw_policy p = { .bulk = bulk };
	struct follow f[64] = { 0 };
	uint64_t seen = 0, lost = 0;
	struct raw r;

	CHECK(!raw_open(&r));
	p.plan[SYS_setpriority] = EYAS_PLAN_RECORD;
	CHECK(!raw_start(&r, &p), "%s", r.sentence);
	for (i = 0; i < cpus; i++)
		f[i].pid = raw_child(i, actor, (void *)(long)i, false);
	for (left = cpus; left;) {
		if (read_meanwhile)
			seen += take_all(&r, f, cpus);
		if (waitpid(-1, NULL, read_meanwhile ? WNOHANG : 0) > 0)
			left--;
	}
	seen += take_all(&r, f, cpus);
	for (i = 0; i < (int)r.nrings; i++)
		lost += r.rings[i].told + raw_account(&r.rings[i]);
	CHECK(seen + lost == (uint64_t)CALLS * cpus, "seen %lu lost %lu", seen, lost);
	if (bulk > 1U << 20)
		CHECK(!lost, "%lu lost in large rings", lost);
	else if (!read_meanwhile)
		CHECK(lost > CALLS / 2, "only %lu lost", lost);
	printf("rings of %u, reader %s: %d x %d calls, seen %lu, lost %lu\n", bulk,
	       read_meanwhile ? "reads" : "sleeps", cpus, CALLS, seen, lost);
	raw_close(&r);
}

int main(void)
{
	run(4U << 20, false);
	run(4U << 20, true);
	run(16U << 10, false);
	run(16U << 10, true);
	return 0;
}
