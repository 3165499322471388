// SPDX-License-Identifier: Apache-2.0
/*
 * Memory that calls are given and write, by kind: exact bytes, lengths and
 * flags, read after the call and, in a second run, before it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

#ifndef SYS_poll	/* architectures made later have only the general ones */
#define SYS_poll	SYS_ppoll
#define SYS_epoll_wait	SYS_epoll_pwait
#endif

#define SNAP 256

static char big[1000], page[8192] __attribute__((aligned(4096)));
static char got[64];
static char *cold;			/* a page of a file */
static char *edge;			/* 10 bytes before an unmapped page */
static int pair[2], dgram[2], pipes[2], epoll;
static struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "/tmp/data.sock" };
static struct iovec three[3] = { { "one", 3 }, { "two", 3 }, { "three", 5 } };
static struct iovec two[2] = { { got, 4 }, { got + 4, 60 } };
static struct timespec tenth = { 0, 100 };
static struct pollfd pfd[2];
static char *argv_bad[] = { "first", "second word", "", NULL };
static char *envp_bad[] = { "A=1", NULL };
static char control[CMSG_SPACE(sizeof(int))];
static struct msghdr msg = {
	.msg_name = &name, .msg_namelen = sizeof(name), .msg_iov = three, .msg_iovlen = 3,
	.msg_control = control, .msg_controllen = sizeof(control),
};
static struct eyas_msg ms[2], ms_sent[2];
static uint32_t name_len;
static struct mmsghdr many[2] = {
	{ .msg_hdr = { .msg_iov = three, .msg_iovlen = 2 } },
	{ .msg_hdr = { .msg_iov = three + 2, .msg_iovlen = 1 } },
};

struct want {
	uint8_t kind, arg, out;
	const void *data;
	uint32_t len, full;
	bool fault;
	bool cold;		/* not in memory before the call */
};

#define L(x)		((long)(uintptr_t)(x))

/* A call, its result, and what must be recorded of it. */
static struct call {
	const char *what;
	int nr;
	long args[6];
	long ret;
	struct want want[5];
	unsigned int more;	/* blobs of kinds that are in want already */
} calls[40];
static unsigned int ncalls;

static struct call *add(const char *what, int nr, long ret, long a, long b, long c, long d,
			long e, long f)
{
	struct call *call = &calls[ncalls++];

	CHECK(ncalls <= sizeof(calls) / sizeof(*calls));
	*call = (struct call){ what, nr, { a, b, c, d, e, f }, ret, { { 0 } }, 0 };
	return call;
}

static void want(struct call *c, uint8_t kind, uint8_t arg, uint8_t out, const void *data,
		 uint32_t len, uint32_t full)
{
	struct want *w = c->want;

	while (w->kind)
		w++;
	CHECK(w < c->want + 5);
	*w = (struct want){ kind, arg, out, data, len, full, false, false };
}

static void bytes(void)
{
	struct call *c;

	c = add("write", SYS_write, 5, pair[0], L("hello"), 5, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, "hello", 5, 5);
	c = add("read", SYS_read, 5, pair[1], L(got), 64, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 1, "hello", 5, 5);
	c = add("write big", SYS_write, 1000, pair[0], L(big), 1000, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, big, SNAP, 1000);
	c = add("read big", SYS_read, 1000, pair[1], L(page), 8192, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 1, big, SNAP, 1000);
	c = add("write nothing", SYS_write, 0, pair[0], L("hello"), 0, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, "", 0, 0);
	c = add("write bad fd", SYS_write, -EBADF, 999, L("hello"), 5, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, "hello", 5, 5);
	c = add("read bad fd", SYS_read, -EBADF, 999, L(got), 64, 0, 0, 0);
	c = add("write cut", SYS_write, -EFAULT, pipes[1], L(edge), 100, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, "0123456789", 10, 100);
	c->want[0].fault = true;
	c = add("write odd", SYS_write, 7, pipes[1], L(edge), 7, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, "0123456", 7, 7);
	c = add("read odd", SYS_read, 7, pipes[0], L(got), 7, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 1, "0123456", 7, 7);
	c = add("write cold", SYS_write, 4, pipes[1], L(cold), 4, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 0, "cold", 4, 4);
	c->want[0].cold = true;
	add("null", SYS_write, -EFAULT, pair[0], 0, 5, 0, 0, 0);
}

static void vectors(void)
{
	static struct eyas_iov out[2];
	struct call *c;

	c = add("writev", SYS_writev, 11, pair[0], L(three), 3, 0, 0, 0);
	want(c, EYAS_BLOB_IOV, 1, 0, three, sizeof(three), sizeof(three));
	want(c, EYAS_BLOB_IOV_DATA, 1, 0, "onetwothree", 11, 11);
	c = add("readv", SYS_readv, 11, pair[1], L(two), 2, 0, 0, 0);
	memcpy(out, two, sizeof(two));
	want(c, EYAS_BLOB_IOV, 1, 1, out, sizeof(out), sizeof(out));
	want(c, EYAS_BLOB_IOV_DATA, 1, 1, "onetwothree", 11, 11);
}

static void sockets(void)
{
	static struct eyas_msg m;
	struct call *c;

	c = add("sendto", SYS_sendto, 3, dgram[0], L("abc"), 3, 0, L(&name), sizeof(name));
	want(c, EYAS_BLOB_BYTES, 1, 0, "abc", 3, 3);
	want(c, EYAS_BLOB_SOCKADDR, 4, 0, &name, sizeof(name), sizeof(name));
	c = add("recvfrom", SYS_recvfrom, 3, dgram[1], L(got), 64, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, 1, "abc", 3, 3);
	m = (struct eyas_msg){
		.name = L(&name), .iov = L(three), .iovlen = 3, .control = L(control),
		.controllen = sizeof(control), .namelen = sizeof(name),
	};
	c = add("sendmsg", SYS_sendmsg, 11, dgram[0], L(&msg), 0, 0, 0, 0);
	want(c, EYAS_BLOB_MSG, 1, 0, &m, sizeof(m), sizeof(m));
	want(c, EYAS_BLOB_SOCKADDR, 1, 0, &name, sizeof(name), sizeof(name));
	want(c, EYAS_BLOB_IOV, 1, 0, three, sizeof(three), sizeof(three));
	want(c, EYAS_BLOB_IOV_DATA, 1, 0, "onetwothree", 11, 11);
	want(c, EYAS_BLOB_CONTROL, 1, 0, control, sizeof(control), sizeof(control));
	ms[0] = (struct eyas_msg){ .iov = L(three), .iovlen = 2 };
	ms[1] = (struct eyas_msg){ .iov = L(three + 2), .iovlen = 1 };
	memcpy(ms_sent, ms, sizeof(ms));
	ms_sent[0].len = 6;
	ms_sent[1].len = 5;
	c = add("sendmmsg", SYS_sendmmsg, 2, pair[0], L(many), 2, 0, 0, 0);
	want(c, EYAS_BLOB_MSG, 1, 0, ms, sizeof(ms), sizeof(ms));
	want(c, EYAS_BLOB_IOV, 1, 0, three, 2 * sizeof(*three), 2 * sizeof(*three));
	want(c, EYAS_BLOB_IOV_DATA, 1, 0, "onetwo", 6, 6);
	want(c, EYAS_BLOB_MSG, 1, 1, ms_sent, sizeof(ms_sent), sizeof(ms_sent));
	c->more = 3; /* the second message with its own */
	c = add("connect refused", SYS_connect, -ENOENT, dgram[0],
		L("\1\0/tmp/no-such-socket"), 22, 0, 0, 0);
	want(c, EYAS_BLOB_SOCKADDR, 1, 0, "\1\0/tmp/no-such-socket", 22, 22);
	c = add("getsockname", SYS_getsockname, 0, dgram[1], L(page), L(page + 4096), 0, 0, 0);
	want(c, EYAS_BLOB_SOCKADDR, 1, 1, &name, 2 + strlen(name.sun_path) + 1,
	     2 + strlen(name.sun_path) + 1);
	name_len = 2 + strlen(name.sun_path) + 1;
	want(c, EYAS_BLOB_STRUCT, 2, 1, &name_len, 4, 4);
}

static void structs(void)
{
	static struct pollfd after[2];
	static struct epoll_event ev = { .events = EPOLLOUT, .data.u64 = 77 };
	static struct epoll_event got[10];
	struct call *c;

	c = add("nanosleep", SYS_nanosleep, 0, L(&tenth), 0, 0, 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 0, 0, &tenth, sizeof(tenth), sizeof(tenth));
	pfd[0] = after[0] = (struct pollfd){ .fd = pair[0], .events = POLLOUT };
	pfd[1] = after[1] = (struct pollfd){ .fd = -1 };
	after[0].revents = POLLOUT;
	c = add("poll", SYS_poll, 1, L(pfd), 2, 0, 0, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 0, 1, after, sizeof(after), sizeof(after));
	c = add("epoll_wait", SYS_epoll_wait, 1, epoll, L(got), 10, 0, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 1, 1, &ev, sizeof(ev), sizeof(ev));
	c = add("clock_gettime bad", SYS_clock_gettime, -EINVAL, 999, L(page), 0, 0, 0, 0);
	c = add("prlimit64", SYS_prlimit64, -ESRCH, 0x3ffffff, 7, L("sixteen bytes..."), L(page), 0, 0);
	want(c, EYAS_BLOB_STRUCT, 2, 0, "sixteen bytes...", 16, 16);
	c = add("execve", SYS_execve, -ENOENT, L("/no/such"), L(argv_bad), L(envp_bad), 0, 0, 0);
	want(c, EYAS_BLOB_STRING, 0, 0, "/no/such", 8, 8);
	want(c, EYAS_BLOB_STRINGS, 1, 0, "first\0second word\0", 19, 19);
	want(c, EYAS_BLOB_STRINGS, 2, 0, "A=1", 4, 4);
	c = add("setxattr", SYS_setxattr, -ENOENT, L("/no/such"), L("user.x"), L("value"), 5, 0, 0);
	want(c, EYAS_BLOB_STRING, 0, 0, "/no/such", 8, 8);
	want(c, EYAS_BLOB_STRING, 1, 0, "user.x", 6, 6);
	want(c, EYAS_BLOB_BYTES, 2, 0, "value", 5, 5);
}

static void prepare(void)
{
	long pg = sysconf(_SC_PAGESIZE);
	struct epoll_event ev = { .events = EPOLLOUT, .data.u64 = 77 };
	size_t i;
	char *p;
	int fd;

	for (i = 0; i < sizeof(big); i++)
		big[i] = i * 7;
	fd = open("/tmp/cold", O_CREAT | O_RDWR, 0600);
	CHECK(!ftruncate(fd, pg) && pwrite(fd, "cold", 4, 0) == 4);
	cold = mmap(NULL, pg, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(cold != MAP_FAILED);
	/* The page after it is not there, and nothing comes there. */
	p = mmap(NULL, 2 * pg, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(p != MAP_FAILED && !munmap(p + pg, pg));
	edge = p + pg - 10;
	memcpy(edge, "0123456789", 10);
	CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair) && !pipe(pipes));
	dgram[0] = socket(AF_UNIX, SOCK_DGRAM, 0);
	dgram[1] = socket(AF_UNIX, SOCK_DGRAM, 0);
	unlink(name.sun_path);
	CHECK(!bind(dgram[1], (void *)&name, sizeof(name)));
	epoll = epoll_create1(0);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, pair[0], &ev));
	struct cmsghdr *h = CMSG_FIRSTHDR(&msg);
	h->cmsg_len = CMSG_LEN(sizeof(int));
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(h), &pair[0], sizeof(int));
	*(int *)(page + 4096) = 4096;
	bytes();
	vectors();
	sockets();
	structs();
}

static void actor(void *arg)
{
	unsigned int i, k;

	(void)arg;
	/* A new process has yet to map what it shares with its parent. */
	for (i = 0; i < ncalls; i++)
		for (k = 0; k < 5 && calls[i].want[k].kind; k++)
			if (!calls[i].want[k].out && calls[i].want[k].len)
				(void)*(volatile const char *)calls[i].want[k].data;
	for (i = 0; i < ncalls; i++) {
		const long *a = calls[i].args;
		long ret;

		if (calls[i].want[0].cold)
			CHECK(!madvise(cold, 4096, MADV_DONTNEED));
		ret = syscall(calls[i].nr, a[0], a[1], a[2], a[3], a[4], a[5]);

		ret = ret == -1 ? -errno : ret;
		CHECK(ret == calls[i].ret, "%s: %ld", calls[i].what, ret);
	}
}

static unsigned int blobs(const struct eyas_record *rec)
{
	const uint8_t *p = (const uint8_t *)(rec + 1) + raw_fixed(rec);
	const uint8_t *end = (const uint8_t *)rec + rec->len;
	unsigned int n = 0;

	for (; p < end; n++)
		p += 8 + ((((const struct eyas_blob *)p)->stored + 7) & ~7);
	return n;
}

static void check_blob(const struct call *c, const struct want *w, const struct eyas_record *rec)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), w->kind, w->arg, w->out);
	bool reread = rec->type == EYAS_REC_SYS_EXIT && !w->out;
	uint32_t i;

	if (w->cold && rec->type == EYAS_REC_SYS_ENTER) {
		CHECK(b && !b->stored && b->full == w->full && (b->arg & EYAS_BLOB_F_FAULT));
		return;
	}
	CHECK(b, "%s: no blob %u of argument %u", c->what, w->kind, w->arg);
	CHECK(b->stored == w->len && b->full == w->full, "%s: %u of %u bytes, not %u of %u",
	      c->what, b->stored, b->full, w->len, w->full);
	for (i = 0; i < w->len; i++)
		CHECK(((const char *)(b + 1))[i] == ((const char *)w->data)[i],
		      "%s: byte %u of blob %u is %02x", c->what, i, w->kind,
		      ((const uint8_t *)(b + 1))[i]);
	CHECK(!!(b->arg & EYAS_BLOB_F_FAULT) == w->fault, "%s: fault", c->what);
	CHECK(!!(b->arg & EYAS_BLOB_F_REREAD) == reread, "%s: reread", c->what);
	if (reread)
		CHECK(rec->flags & EYAS_REC_F_REREAD, "%s: record not reread", c->what);
}

static void check(const struct call *c, const struct eyas_record *rec, bool enter)
{
	const long *args = (const long *)(rec + 1);
	const struct want *w;
	unsigned int n = 0;
	int i;

	CHECK(rec->nr == c->nr, "%s: call %d", c->what, rec->nr);
	for (i = 0; i < 6; i++)
		CHECK(args[i] == c->args[i], "%s: argument %d is %lx", c->what, i, args[i]);
	if (rec->type == EYAS_REC_SYS_EXIT)
		CHECK(args[6] == c->ret, "%s: result %ld", c->what, args[6]);
	CHECK(!(rec->flags & EYAS_REC_F_NO_ENTER), "%s: entry not seen", c->what);
	for (w = c->want; w < c->want + 5 && w->kind; w++) {
		/* With entries, what was unreadable there is read again at the end. */
		bool here = w->out ? rec->type == EYAS_REC_SYS_EXIT :
			    (rec->type == EYAS_REC_SYS_ENTER) == enter ||
			    (enter && (w->fault || w->cold));

		if (!here)
			continue;
		n++;
		check_blob(c, w, rec);
	}
	/* What the call would fill is there before, too. */
	if (rec->type == EYAS_REC_SYS_ENTER &&
	    (rec->nr == SYS_poll || rec->nr == SYS_getsockname || rec->nr == SYS_recvmsg))
		n++;
	if ((rec->type == EYAS_REC_SYS_ENTER) == enter)
		n += c->more;
	CHECK(blobs(rec) == n, "%s: %u blobs, not %u", c->what, blobs(rec), n);
}

static void run(bool enter)
{
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_DATA;
	struct raw_policy p = { .snaplen = SNAP };
	const struct eyas_record *rec;
	unsigned int i, enters = 0, exits = 0;
	struct raw r;
	int pid;

	for (i = 0; i < ncalls; i++)
		p.plan[calls[i].nr] = plan | (enter ? EYAS_PLAN_ENTER : 0);
	/* Written by the call, but read with what it was given. */
	ms[0].len = enter ? 0 : 6;
	ms[1].len = enter ? 0 : 5;
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	pid = raw_child(1, actor, NULL, true);
	for (i = 0; i < r.nrings; i++) {
		if (r.rings[i].lane != EYAS_LANE_BULK)
			continue;
		while ((rec = raw_next(&r.rings[i]))) {
			if ((int)rec->pid != pid)
				continue;
			/* The one call that is in the other lane. */
			while (calls[exits].nr == SYS_execve)
				enters = ++exits;
			if (rec->type == EYAS_REC_SYS_ENTER) {
				CHECK(enters == exits, "entry out of order");
				check(&calls[enters++], rec, enter);
			} else {
				check(&calls[exits++], rec, enter);
			}
		}
	}
	CHECK(exits == ncalls, "%u of %u calls", exits, ncalls);
	CHECK(!enter || enters == ncalls);
	for (i = 0; i < r.nrings; i++)
		while (r.rings[i].lane == EYAS_LANE_CRIT && (rec = raw_next(&r.rings[i]))) {
			unsigned int k = 0;

			while (calls[k].nr != SYS_execve)
				k++;
			if ((int)rec->pid == pid && rec->nr == SYS_execve)
				check(&calls[k], rec, enter), exits++;
		}
	CHECK(exits == ncalls + (enter ? 2 : 1));
	raw_close(&r);
	printf("%u calls, memory %s\n", ncalls, enter ? "before and after" : "after");
}

int main(void)
{
	prepare();
	run(false);
	/* What the first run sent is not wanted in the second. */
	CHECK(read(pipes[0], got, 4) == 4);
	recv(pair[1], page, sizeof(page), MSG_DONTWAIT);
	recv(dgram[1], page, sizeof(page), MSG_DONTWAIT);
	recv(pair[1], page, sizeof(page), MSG_DONTWAIT);
	*(int *)(page + 4096) = 4096;
	run(true);
	return 0;
}
