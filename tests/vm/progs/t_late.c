// SPDX-License-Identifier: Apache-2.0
/*
 * Starts of calls that last (EYAS_SESSION_F_LATE): one for each call whose thread
 * sleeps in it, however often; none for those that go through.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

#define PLAIN	1000		/* calls that go through */
#define MUCH	(1U << 20)	/* bytes that do not fit a pipe */
#define SNAP	64

static int to_child[2], from_child[2];
static char much[MUCH];
static struct timespec tenth = { 0, 100000000 };
static int word;

static void child(void *arg)
{
	char four[4];

	(void)arg;
	for (int i = 0; i < PLAIN; i++)
		syscall(SYS_getppid);
	CHECK(syscall(SYS_read, to_child[0], four, 4) == 4, "read");
	CHECK(syscall(SYS_write, from_child[1], much, MUCH) == MUCH, "write");
	syscall(SYS_getppid);
	syscall(SYS_futex, &word, 0, 0, &tenth, NULL, 0);
	syscall(SYS_nanosleep, &(struct timespec){ .tv_sec = 1000 }, NULL);
}

/* What was seen of one call. */
struct seen {
	unsigned int starts, ends;
	bool early;		/* an end before the start */
};

static void check_start(const struct eyas_record *rec)
{
	const struct eyas_sys_enter *x = (const void *)(rec + 1);
	const struct eyas_blob *b;

	CHECK(rec->flags & EYAS_REC_F_REREAD, "call %d", rec->nr);
	/* What only its command tells to be memory. */
	if (rec->nr == SYS_futex) {
		b = raw_blob(rec, sizeof(*x), EYAS_BLOB_STRUCT);
		CHECK(b && b->stored == sizeof(tenth) && !memcmp(b + 1, &tenth, sizeof(tenth)),
		      "time of futex");
		CHECK(b->arg == (3 | EYAS_BLOB_F_REREAD), "argument %x", b->arg);
	}
	if (rec->nr != SYS_write)
		return;
	b = raw_blob(rec, sizeof(*x), EYAS_BLOB_BYTES);
	CHECK(x->args[0] == (uint64_t)from_child[1] && x->args[2] == MUCH, "arguments of write");
	CHECK(b && b->stored == SNAP && b->full == MUCH, "memory of write");
	CHECK(b->arg == (1 | EYAS_BLOB_F_REREAD), "argument %x", b->arg);
	CHECK(!memcmp(b + 1, much, SNAP), "bytes of write");
}

static void check_end(const struct eyas_record *rec)
{
	const struct eyas_blob *b;

	CHECK(!(rec->flags & EYAS_REC_F_NO_ENTER), "call %d", rec->nr);
	if (rec->nr != SYS_write && rec->nr != SYS_read)
		return;
	/* All of it once more. */
	b = raw_blob(rec, sizeof(struct eyas_sys_exit), EYAS_BLOB_BYTES);
	CHECK(b && b->stored == (rec->nr == SYS_write ? SNAP : 4), "end of call %d", rec->nr);
}

static void look(struct raw *r, uint32_t pid, struct seen *seen)
{
	const struct eyas_record *rec;

	for (unsigned int i = 0; i < r->nrings; i++) {
		while ((rec = raw_next(&r->rings[i]))) {
			struct seen *s = rec->nr >= 0 && rec->nr < EYAS_NR_MAX ? &seen[rec->nr] : NULL;

			if (rec->pid != pid || !s)
				continue;
			if (rec->type == EYAS_REC_SYS_ENTER) {
				s->early |= s->ends;
				s->starts++;
				check_start(rec);
			} else if (rec->type == EYAS_REC_SYS_EXIT) {
				s->ends++;
				check_end(rec);
			}
		}
		raw_release(&r->rings[i]);
		CHECK(!raw_account(&r->rings[i]) && !r->rings[i].told, "records were lost");
	}
}

/* Take @len bytes in small pieces, so that who gives them sleeps often. */
static void take(int fd, size_t len)
{
	char some[8192];

	while (len) {
		ssize_t n = read(fd, some, sizeof(some));

		CHECK(n > 0, "read");
		len -= (size_t)n;
		usleep(1000);
	}
}

int main(void)
{
	static struct seen seen[EYAS_NR_MAX];
	struct raw_policy p = {
		.bulk = 4U << 20, .snaplen = SNAP, .flags = EYAS_SESSION_F_LATE,
		.events = EYAS_EVENT_PROCESS,
	};
	struct raw r;
	int pid;

	memset(much, 'x', MUCH);
	memset(p.plan, EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_DATA, sizeof(p.plan));
	CHECK(!pipe(to_child) && !pipe(from_child), "pipe");
	CHECK(!raw_open(&r), "%s", r.sentence);
	if (!(r.page->features & EYAS_FEATURE_LATE)) {
		CHECK(raw_start(&r, &p) == -EINVAL, "taken, though it cannot be done");
		return 0;
	}
	CHECK(!raw_start(&r, &p), "%s", r.sentence);
	/* On one CPU, so that a call's records are in the order of its ring. */
	pid = raw_child(0, child, NULL, false);
	usleep(200000);
	CHECK(write(to_child[1], "four", 4) == 4, "write");
	take(from_child[0], MUCH);
	usleep(200000);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	look(&r, (uint32_t)pid, seen);

	CHECK(seen[SYS_getppid].ends == PLAIN + 1 && !seen[SYS_getppid].starts, "%u ends, %u starts",
	      seen[SYS_getppid].ends, seen[SYS_getppid].starts);
	CHECK(seen[SYS_read].ends == 1 && seen[SYS_read].starts == 1, "%u starts",
	      seen[SYS_read].starts);
	CHECK(seen[SYS_futex].ends == 1 && seen[SYS_futex].starts == 1, "%u starts",
	      seen[SYS_futex].starts);
	CHECK(seen[SYS_write].ends == 1 && seen[SYS_write].starts == 1, "%u starts",
	      seen[SYS_write].starts);
	CHECK(seen[SYS_nanosleep].ends == 1 && seen[SYS_nanosleep].starts == 1, "%u starts",
	      seen[SYS_nanosleep].starts);
	CHECK(!seen[SYS_read].early && !seen[SYS_write].early && !seen[SYS_nanosleep].early,
	      "an end came before its start");
	CHECK(!seen[SYS_exit_group].starts, "a start of what does not sleep");
	raw_close(&r);
	return 0;
}
