// SPDX-License-Identifier: Apache-2.0
/*
 * A reader that lies, maps what it must not, forks, and opens too much: clear
 * errors, and nothing happens to anybody else.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "raw.h"

static const struct raw_policy getppid_only = {
	.bulk = 16U << 10, .crit = 16U << 10, .plan = { [SYS_getppid] = EYAS_PLAN_RECORD },
};

static void flood(void *arg)
{
	long i;

	for (i = 0; i < (long)arg; i++)
		syscall(SYS_getppid);
}

static int try_mmap(int fd, size_t len, int prot, int flags, off_t off)
{
	void *p = mmap(NULL, len, prot, flags, fd, off);

	if (p == MAP_FAILED)
		return -errno;
	munmap(p, len);
	return 0;
}

static void mappings(void)
{
	size_t pg = sysconf(_SC_PAGESIZE);
	const struct eyas_ring_geometry *g;
	off_t cons, prod;
	size_t all;
	struct raw r;

	CHECK(!raw_open(&r));
	CHECK(try_mmap(r.fd, pg, PROT_READ, MAP_SHARED, 1L << 32) == -EINVAL, "before start");
	CHECK(!raw_start(&r, &getppid_only), "%s", r.sentence);
	g = (const void *)((const char *)r.page + r.page->rings_offset);
	cons = g->consumer_offset;
	prod = g->producer_offset;
	all = pg + 2 * g->data_size;

	CHECK(try_mmap(r.fd, pg, PROT_READ | PROT_WRITE, MAP_SHARED, 0) == -EPERM, "page rw");
	CHECK(try_mmap(r.fd, 64 * pg, PROT_READ, MAP_SHARED, 0) == -EINVAL, "page too long");
	CHECK(try_mmap(r.fd, all, PROT_READ | PROT_WRITE, MAP_SHARED, prod) == -EPERM, "data rw");
	CHECK(try_mmap(r.fd, all, PROT_READ | PROT_EXEC, MAP_SHARED, prod) == -EPERM, "data x");
	CHECK(try_mmap(r.fd, all - pg, PROT_READ, MAP_SHARED, prod) == -EINVAL, "data short");
	CHECK(try_mmap(r.fd, all + pg, PROT_READ, MAP_SHARED, prod) == -EINVAL, "data long");
	CHECK(try_mmap(r.fd, all, PROT_READ, MAP_SHARED, prod + pg) == -EINVAL, "data shifted");
	CHECK(try_mmap(r.fd, pg, PROT_READ, MAP_SHARED, prod + 5 * pg) == -EINVAL, "inside data");
	CHECK(try_mmap(r.fd, 2 * pg, PROT_READ, MAP_SHARED, cons) == -EINVAL, "consumer long");
	CHECK(try_mmap(r.fd, pg, PROT_READ | PROT_WRITE, MAP_PRIVATE, cons) == -EINVAL, "private");
	CHECK(try_mmap(r.fd, pg, PROT_READ | PROT_EXEC, MAP_SHARED, cons) == -EPERM, "consumer x");
	CHECK(try_mmap(r.fd, pg, PROT_READ, MAP_SHARED, 1L << 44) == -EINVAL, "far away");
	CHECK(try_mmap(r.fd, pg, PROT_READ, MAP_SHARED, 0x7ffffffffffff000) == -EINVAL, "farthest");
	CHECK(try_mmap(r.fd, all, PROT_READ, MAP_SHARED, prod) == 0, "the right one, again");
	CHECK(mprotect((void *)r.rings[0].prod, pg, PROT_READ | PROT_WRITE) && errno == EACCES);
	CHECK(mprotect((void *)r.page, pg, PROT_READ | PROT_WRITE) && errno == EACCES);
	CHECK(mprotect((void *)r.rings[0].prod, pg, PROT_READ | PROT_EXEC) && errno == EACCES);
	CHECK(mremap((void *)r.rings[0].cons, pg, 2 * pg, MREMAP_MAYMOVE) == MAP_FAILED);
	CHECK(read(r.fd, &all, sizeof(all)) < 0 && write(r.fd, &all, sizeof(all)) < 0);
	CHECK(ioctl(r.fd, 0x1234, 0) < 0 && errno == ENOTTY);
	raw_close(&r);
	printf("mappings: ok\n");
}

/* One wrong tail: the ring is poisoned, told by poll and state; the next session is fine. */
static void wrong_tail(uint64_t tail)
{
	struct pollfd pfd = { .events = POLLIN };
	unsigned int i, poisoned = 0;
	struct raw r;

	CHECK(!raw_open(&r));
	CHECK(!raw_start(&r, &getppid_only), "%s", r.sentence);
	raw_child(-1, flood, (void *)100L, true);
	for (i = 0; i < r.nrings; i++)
		if (r.rings[i].prod->head)
			r.rings[i].cons->tail = tail;
	pfd.fd = r.fd;
	CHECK(poll(&pfd, 1, 1000) == 1 && (pfd.revents & POLLERR), "revents %x", pfd.revents);
	raw_child(-1, flood, (void *)5000L, true);
	for (i = 0; i < r.nrings; i++) {
		const struct eyas_ring_producer *p = r.rings[i].prod;

		poisoned += p->state == EYAS_RING_STATE_POISONED;
		CHECK(p->head <= p->produced * sizeof(struct eyas_record) * 4);
		/* Whatever was refused after that is counted. */
		if (p->produced > 1000)
			CHECK(p->lost[EYAS_CLASS_PROCESS] + p->lost[EYAS_CLASS_CREDS] +
			      p->lost[EYAS_CLASS_OTHER] > 0, "nothing lost");
	}
	CHECK(poisoned > 0);
	raw_close(&r);
}

static void tails(void)
{
	wrong_tail(~0ULL);
	wrong_tail(1ULL << 63);
	wrong_tail(1);
	wrong_tail(1ULL << 40);
	printf("tails: ok\n");
}

/* A child has the descriptor, but not the mappings, and may not steer the session. */
static void after_fork(void)
{
	unsigned char vec;
	struct raw r;
	int pid, status;

	CHECK(!raw_open(&r));
	CHECK(!raw_start(&r, &getppid_only), "%s", r.sentence);
	pid = fork();
	if (!pid) {
		CHECK(mincore((void *)r.rings[0].prod, 4096, &vec) && errno == ENOMEM);
		close(r.fd);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	pid = fork();
	if (!pid) {
		/* Not mapped here: name the session by number. */
		char buf[64];
		uint32_t id = 0, ev = 0;
		size_t n;

		for (id = 1; id < 100000; id++) {
			n = raw_attr(buf, 0, EYAS_A_SESSION, &id, 4);
			n = raw_attr(buf, n, EYAS_A_EVENTS, &ev, 4);
			int err = raw_request(&r, EYAS_CMD_SESSION_SET, 0, buf, n);

			if (err == -ENOENT)
				continue;
			CHECK(err == -EPERM && strstr(r.sentence, "opened"), "%d '%s'", err,
			      r.sentence);
			_exit(0);
		}
		_exit(1);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status, "status %x", status);
	raw_child(-1, flood, (void *)10L, true);
	raw_close(&r);
	printf("fork: ok\n");
}

static void many_sessions(void)
{
	struct raw r[EYAS_SESSIONS_MAX], more;
	int i;

	for (i = 0; i < EYAS_SESSIONS_MAX; i++) {
		CHECK(!raw_open(&r[i]), "session %d", i);
		CHECK(!raw_start(&r[i], &getppid_only), "%s", r[i].sentence);
	}
	CHECK(raw_open(&more) == -EBUSY);
	raw_child(0, flood, (void *)50L, true);
	for (i = 0; i < EYAS_SESSIONS_MAX; i++) {
		unsigned int k, seen = 0;

		for (k = 0; k < r[i].nrings; k++)
			while (raw_next(&r[i].rings[k]))
				seen++;
		CHECK(seen == 50, "session %d saw %u", i, seen);
		raw_close(&r[i]);
	}
	printf("sessions: ok\n");
}

static void unprivileged(void)
{
	int pid = fork(), status;

	if (!pid) {
		int err;

		CHECK(!setuid(65534));
		CHECK(open(EYAS_DEVICE, O_RDWR) < 0 && errno == EACCES);
		err = raw_request(&(struct raw){ 0 }, EYAS_CMD_INFO_GET, 0, "", 0);
		CHECK(err == -EPERM, "%d", err);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	/* Root, but not CAP_SYS_ADMIN of the initial namespace. */
	pid = fork();
	if (!pid) {
		CHECK(!syscall(SYS_unshare, 0x10000000), "unshare: %s", strerror(errno));
		CHECK(open(EYAS_DEVICE, O_RDWR) < 0, "opened from a user namespace");
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	printf("unprivileged: ok\n");
}

int main(void)
{
	mappings();
	tails();
	after_fork();
	many_sessions();
	unprivileged();
	return 0;
}
