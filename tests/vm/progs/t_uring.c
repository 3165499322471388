// SPDX-License-Identifier: Apache-2.0
/*
 * Each operation of io_uring, as its maker tells it: one submission and one completion
 * with the result that the program got, in that order, on one CPU and on any.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "recs.h"

#define OPS	58		/* as many as 6.12 has; unknown ones fail */
#define ENTRIES	64
#define DATA	5000		/* user_data of the first */
#define LOST	(-1000000)	/* no completion */

/* Ones that would wait for what does not come. */
static bool waits(unsigned int op)
{
	return op == IORING_OP_TIMEOUT;
}

static int *results;		/* by operation, from the program */

static struct recs rs;
static struct raw r;

struct ring {
	int fd;
	struct io_uring_params p;
	char *sq, *cq;
	struct io_uring_sqe *sqe;
};

static void ring_make(struct ring *u)
{
	memset(u, 0, sizeof(*u));
	u->fd = syscall(SYS_io_uring_setup, ENTRIES, &u->p);
	CHECK(u->fd >= 0, "io_uring_setup: %s", strerror(errno));
	u->sq = mmap(NULL, u->p.sq_off.array + u->p.sq_entries * 4, PROT_READ | PROT_WRITE,
		     MAP_SHARED, u->fd, IORING_OFF_SQ_RING);
	u->sqe = mmap(NULL, u->p.sq_entries * sizeof(*u->sqe), PROT_READ | PROT_WRITE, MAP_SHARED,
		      u->fd, IORING_OFF_SQES);
	u->cq = mmap(NULL, u->p.cq_off.cqes + u->p.cq_entries * 16, PROT_READ | PROT_WRITE,
		     MAP_SHARED, u->fd, IORING_OFF_CQ_RING);
	CHECK(u->sq != MAP_FAILED && u->cq != MAP_FAILED && (void *)u->sqe != MAP_FAILED);
}

static int ring_do(struct ring *u, const struct io_uring_sqe *sqe)
{
	unsigned int *tail = (void *)(u->sq + u->p.sq_off.tail);
	unsigned int *head = (void *)(u->cq + u->p.cq_off.head);
	unsigned int *end = (void *)(u->cq + u->p.cq_off.tail);
	struct io_uring_cqe *cqe = (void *)(u->cq + u->p.cq_off.cqes);
	unsigned int at = *tail % u->p.sq_entries;
	int res;

	u->sqe[at] = *sqe;
	((unsigned int *)(u->sq + u->p.sq_off.array))[at] = at;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	CHECK(syscall(SYS_io_uring_enter, u->fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) == 1);
	/* What is sent without a copy tells later that its memory is free again. */
	while (*head != __atomic_load_n(end, __ATOMIC_ACQUIRE) &&
	       (cqe[*head % u->p.cq_entries].flags & IORING_CQE_F_NOTIF))
		__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	CHECK(*head != __atomic_load_n(end, __ATOMIC_ACQUIRE), "operation %u: no end", sqe->opcode);
	CHECK(cqe[*head % u->p.cq_entries].user_data == sqe->user_data, "operation %u: end of %llu",
	      sqe->opcode, cqe[*head % u->p.cq_entries].user_data);
	res = cqe[*head % u->p.cq_entries].res;
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	return res;
}

/* With a descriptor that nobody has, and addresses where nothing is. */
static void act(void *arg)
{
	struct ring u;
	unsigned int op;

	(void)arg;
	ring_make(&u);
	for (op = 0; op < OPS; op++) {
		struct io_uring_sqe sqe = { .opcode = op, .fd = 0x3fffff, .user_data = DATA + op,
					    .flags = op % 2 ? IOSQE_ASYNC : 0 };

		if (waits(op))
			continue;
		results[op] = ring_do(&u, &sqe);
	}
}

/* Operations that are taken as they are here, so that they are submitted on all kernels. */
static const struct {
	uint8_t op;
	bool file;		/* works on a descriptor */
} taken[] = {
	{ IORING_OP_NOP, 0 }, { IORING_OP_FSYNC, 1 }, { IORING_OP_POLL_ADD, 1 },
	{ IORING_OP_ACCEPT, 1 }, { IORING_OP_FALLOCATE, 1 },
	{ IORING_OP_READ, 1 }, { IORING_OP_WRITE, 1 }, { IORING_OP_SEND, 1 },
	{ IORING_OP_RECV, 1 }, { IORING_OP_SHUTDOWN, 1 }, { IORING_OP_CLOSE, 0 },
	{ IORING_OP_MADVISE, 0 },
};

static void check_op(unsigned int op)
{
	const struct eyas_uring *submit = NULL, *complete = NULL;
	uint64_t begun = 0, ended = 0;
	unsigned int i, k;

	for (i = 0; i < rs.n; i++) {
		const struct eyas_uring *u = (const void *)(rs.rec[i] + 1);

		if (rs.rec[i]->type != EYAS_REC_URING || u->what == EYAS_URING_CREATE ||
		    u->user_data != DATA + op ||
		    (u->what == EYAS_URING_COMPLETE && (u->flags & IORING_CQE_F_NOTIF)))
			continue;
		if (u->what == EYAS_URING_SUBMIT) {
			CHECK(!submit, "operation %u: submitted twice", op);
			submit = u, begun = rs.rec[i]->time;
		} else {
			CHECK(!complete, "operation %u: two ends", op);
			complete = u, ended = rs.rec[i]->time;
		}
	}
	CHECK(complete, "operation %u: no end, result %d", op, results[op]);
	CHECK(begun <= ended, "operation %u: submitted late", op);
	CHECK(complete->ret == results[op], "operation %u: %lld, not %d", op, complete->ret,
	      results[op]);
	/* Newer kernels say so of operations that they always do by a worker. */
	if (submit)
		CHECK(submit->opcode == op && (!(op % 2) || (submit->flags & IOSQE_ASYNC)),
		      "operation %u: %u, flags %x", op, submit->opcode, submit->flags);
	/* The tracepoint came late, and without a descriptor, before. */
	for (k = 0; raw_kernel(5, 19) && k < sizeof(taken) / sizeof(*taken); k++)
		if (taken[k].op == op)
			CHECK(submit && submit->fd == (taken[k].file ? 0x3fffff : -1),
			      "operation %u: %s, fd %d", op, submit ? "submitted" : "not submitted",
			      submit ? submit->fd : 0);
}

int main(void)
{
	struct raw_policy p = { .crit = 4U << 20, .events = EYAS_EVENT_URING };
	int cpu;
	unsigned int op, done = 0;

	setlinebuf(stdout);
	results = mmap(NULL, OPS * sizeof(*results), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(results != MAP_FAILED && !raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	for (cpu = -1; cpu < 2; cpu += 2) {
		for (op = 0; op < OPS; op++)
			results[op] = LOST;
		recs_take(&rs, &r, 0);
		recs_take(&rs, &r, raw_child(cpu, act, NULL, true));
		for (op = 0; op < OPS; op++) {
			if (waits(op))
				continue;
			check_op(op);
			done++;
		}
		CHECK(recs_nth(&rs, EYAS_REC_URING, RECS_ANY, 0));
	}
	raw_close(&r);
	printf("%u operations: each submitted and ended as the program saw it\n", done);
	return 0;
}
