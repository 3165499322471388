// SPDX-License-Identifier: Apache-2.0
/*
 * Both ends of sockets as calls and anchors tell them, against what the kernel tells
 * the program: streams and datagrams of IPv4, IPv6 and unix, in two networks.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>
#include "recs.h"

static const struct {
	const char *name;
	int family, type;
	bool abstract;
} kinds[] = {
	{ "tcp",		AF_INET,  SOCK_STREAM, 0 },
	{ "tcp v6",		AF_INET6, SOCK_STREAM, 0 },
	{ "udp",		AF_INET,  SOCK_DGRAM, 0 },
	{ "udp v6",		AF_INET6, SOCK_DGRAM, 0 },
	{ "unix",		AF_UNIX,  SOCK_STREAM, 0 },
	{ "unix, abstract",	AF_UNIX,  SOCK_STREAM, 1 },
	{ "unix, packets",	AF_UNIX,  SOCK_SEQPACKET, 0 },
	{ "unix datagrams",	AF_UNIX,  SOCK_DGRAM, 1 },
};

#define KINDS	(sizeof(kinds) / sizeof(*kinds))

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

/* A socket as its own process sees it at one moment. */
struct end {
	uint64_t ino;
	union address local, remote;
	socklen_t local_len, remote_len;	/* 0: it has none */
};

/* What the actor did with each kind, for the parent to see. */
static struct log {
	uint32_t ns_net;
	int pid;
	struct {
		struct end listener, client, server, sender;
	} of[KINDS];
} *log;

static struct end end_of(int fd)
{
	struct end e = { .local_len = sizeof(e.local), .remote_len = sizeof(e.remote) };
	struct stat st;

	CHECK(!fstat(fd, &st) && !getsockname(fd, &e.local.any, &e.local_len));
	e.ino = st.st_ino;
	if (getpeername(fd, &e.remote.any, &e.remote_len))
		e.remote_len = 0;
	return e;
}

static socklen_t address(unsigned int k, const char *who, union address *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->any.sa_family = kinds[k].family;
	switch (kinds[k].family) {
	case AF_INET:
		ret->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof(ret->in);
	case AF_INET6:
		ret->in6.sin6_addr = in6addr_loopback;
		return sizeof(ret->in6);
	}
	return offsetof(struct sockaddr_un, sun_path) + kinds[k].abstract +
	       sprintf(ret->un.sun_path + kinds[k].abstract, "/tmp/sock-%d-%u-%s", getpid(), k, who) +
	       !kinds[k].abstract;
}

static int made(unsigned int k, const char *who, union address *ret, socklen_t *ret_len)
{
	int fd = socket(kinds[k].family, kinds[k].type, 0);

	*ret_len = address(k, who, ret);
	CHECK(fd >= 0 && !bind(fd, &ret->any, *ret_len), "%s: %s", kinds[k].name, strerror(errno));
	CHECK(!getsockname(fd, &ret->any, ret_len));
	return fd;
}

/* bind, listen, connect, accept, sendto, sendmsg: each once for each kind. */
static void use(unsigned int k)
{
	struct iovec iov = { "message", 7 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	bool stream = kinds[k].type != SOCK_DGRAM;
	union address to, own;
	socklen_t to_len, own_len;
	int l = made(k, "l", &to, &to_len), c, s;
	char buf[16];

	if (stream)
		CHECK(!listen(l, 5 + k));
	c = made(k, "c", &own, &own_len);
	log->of[k].listener = end_of(l);
	CHECK(!connect(c, &to.any, to_len));
	s = stream ? accept(l, NULL, NULL) : l;
	CHECK(s >= 0);
	log->of[k].client = end_of(c);
	log->of[k].server = end_of(s);
	CHECK(sendmsg(c, &msg, 0) == 7 && recvfrom(s, buf, sizeof(buf), 0, NULL, NULL) == 7);
	/* Datagrams from a socket that is not connected, to a name. */
	if (!stream)
		c = made(k, "d", &own, &own_len);
	log->of[k].sender = end_of(c);
	CHECK(sendto(c, "to", 2, 0, stream ? NULL : &to.any, stream ? 0 : to_len) == 2);
}

static void lo_up(void)
{
	struct ifreq ifr = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	CHECK(fd >= 0 && !ioctl(fd, SIOCSIFFLAGS, &ifr) && !close(fd));
}

static void act(void *other)
{
	struct stat st;
	unsigned int k;

	if (other) {
		CHECK(!unshare(CLONE_NEWNET));
		lo_up();
	}
	CHECK(!stat("/proc/self/ns/net", &st));
	log->ns_net = st.st_ino;
	log->pid = getpid();
	for (k = 0; k < KINDS; k++)
		use(k);
}

/* ---- what is told ---- */

static const void *inet_address(const union address *a, uint32_t *ret_port, size_t *ret_len)
{
	*ret_len = a->any.sa_family == AF_INET ? 4 : 16;
	*ret_port = ntohs(a->any.sa_family == AF_INET ? a->in.sin_port : a->in6.sin6_port);
	return a->any.sa_family == AF_INET ? (const void *)&a->in.sin_addr : &a->in6.sin6_addr;
}

static void check_inet(const char *what, const struct eyas_socket *s, const struct end *e)
{
	static const uint8_t none[16];
	uint32_t port = 0;
	size_t len = 16;
	const void *a = inet_address(&e->local, &port, &len);

	CHECK(s->lport == port && !memcmp(s->laddr, a, len), "%s: local port %u, not %u", what,
	      s->lport, port);
	port = 0, a = none, len = 16;
	if (e->remote_len)
		a = inet_address(&e->remote, &port, &len);
	CHECK(s->rport == port && !memcmp(s->raddr, a, len), "%s: remote port %u, not %u", what,
	      s->rport, port);
}

static void check_name(const char *what, const struct eyas_record *rec, uint8_t kind, uint8_t arg,
		       const union address *a, socklen_t len)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), kind, arg, false);
	size_t n = len > 2 ? len - 2 - !!a->un.sun_path[0] : 0;

	CHECK((b ? b->stored : 0) == n && (!n || !memcmp(b + 1, a->un.sun_path, n)),
	      "%s: name %u of %u bytes, not %zu", what, kind, b ? b->stored : 0, n);
}

/* The socket in @rec is @e of kind @k, in @state (-1: not looked at). */
static void check_end(unsigned int k, const char *what, const struct eyas_record *rec, uint8_t arg,
		      const struct end *e, int state)
{
	const struct eyas_socket *s = recs_blob(rec, EYAS_BLOB_SOCKET, arg);
	char text[64];

	snprintf(text, sizeof(text), "%s, %s", kinds[k].name, what);
	CHECK(s, "%s: no socket", text);
	CHECK(s->ino == e->ino && s->family == kinds[k].family && s->type == kinds[k].type &&
	      s->ns_net == log->ns_net && !s->uid, "%s", text);
	/* Sockets for datagrams of unix say that they are connected since 5.15. */
	if (s->family != AF_UNIX || raw_kernel(5, 15))
		CHECK(state < 0 || s->state == state, "%s: state %u", text, s->state);
	if (s->family != AF_UNIX) {
		check_inet(text, s, e);
		return;
	}
	check_name(text, rec, EYAS_BLOB_SOCKET_PATH, arg, &e->local, e->local_len);
	/* The other end is behind a lock, which sleeps on PREEMPT_RT, and since 5.15 another one. */
	if (raw_realtime())
		return;
	check_name(text, rec, EYAS_BLOB_PEER_PATH, arg, &e->remote, e->remote_len);
	if (!raw_kernel(5, 15))
		return;
	CHECK(kinds[k].type == SOCK_DGRAM || !e->remote_len || s->peer_pid == (uint32_t)log->pid,
	      "%s: peer %u", text, s->peer_pid);
}

static void check_sockaddr(unsigned int k, const struct eyas_record *rec, const struct end *to)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_SOCKADDR, 0, false);

	CHECK(b && b->stored == to->local_len && !memcmp(b + 1, &to->local, b->stored),
	      "%s: address", kinds[k].name);
}

static struct recs rs;

static const struct eyas_record *ended(int nr, unsigned int i)
{
	const struct eyas_record *rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, nr, i);

	CHECK(rec && recs_ret(rec) >= 0, "call %d, %u", nr, i);
	return rec;
}

static const struct eyas_record *anchor(uint32_t id, int nr, unsigned int i)
{
	const struct eyas_record *rec = recs_anchor_nth(&rs, id, nr, i);

	CHECK(rec, "anchor %u, %u", id, i);
	return rec;
}

static void check_stream(unsigned int k, unsigned int i)
{
	const struct eyas_record *rec = ended(SYS_accept, i);
	struct end before = log->of[k].listener;

	check_end(k, "accepted", rec, EYAS_BLOB_NO_ARG, &log->of[k].server, 1);
	rec = anchor(EYAS_ANCHOR_SOCKET_ACCEPT, SYS_accept, i);
	check_end(k, "accepts", rec, 0, &before, 10);
	rec = anchor(EYAS_ANCHOR_SOCKET_LISTEN, SYS_listen, i);
	CHECK(recs_value(rec, 0) == 5 + k);
	/* The other end of a unix socket is known as soon as it is there, but on PREEMPT_RT. */
	rec = anchor(EYAS_ANCHOR_SOCKET_SENDMSG, SYS_sendmsg, k);
	CHECK(kinds[k].family != AF_UNIX || raw_realtime() ||
	      ((const struct eyas_socket *)recs_blob(rec, EYAS_BLOB_SOCKET, 0))->peer_ino ==
	      log->of[k].server.ino, "%s: other end", kinds[k].name);
}

static void check_kind(unsigned int k, unsigned int *streams)
{
	const struct end *c = &log->of[k].client, *d = &log->of[k].sender;
	bool stream = kinds[k].type != SOCK_DGRAM;
	const struct eyas_record *rec = ended(SYS_connect, k);

	check_end(k, "connected", rec, 0, c, kinds[k].family == AF_UNIX && !stream ? 1 : -1);
	rec = anchor(EYAS_ANCHOR_SOCKET_CONNECT, SYS_connect, k);
	check_sockaddr(k, rec, &log->of[k].listener);
	rec = anchor(EYAS_ANCHOR_SOCKET_SENDMSG, SYS_sendmsg, k);
	check_end(k, "sendmsg anchor", rec, 0, c, -1);
	CHECK(recs_value(rec, 0) == 7);
	check_end(k, "sendmsg", ended(SYS_sendmsg, k), 0, c, -1);
	check_end(k, "recvfrom", ended(SYS_recvfrom, k), 0, &log->of[k].server, -1);
	rec = anchor(EYAS_ANCHOR_SOCKET_RECVMSG, SYS_recvfrom, k);
	check_end(k, "recvmsg anchor", rec, 0, &log->of[k].server, -1);
	rec = anchor(EYAS_ANCHOR_SOCKET_SENDMSG, SYS_sendto, k);
	check_end(k, "sendto anchor", rec, 0, d, -1);
	if (!stream)
		check_sockaddr(k, rec, &log->of[k].listener);
	check_end(k, "sendto", ended(SYS_sendto, k), 0, d, -1);
	if (stream)
		check_stream(k, (*streams)++);
}

static void run(struct raw *r, bool other)
{
	unsigned int k, streams = 0;

	recs_take(&rs, r, 0);
	recs_take(&rs, r, raw_child(1, act, other ? log : NULL, true));
	for (k = 0; k < KINDS; k++)
		check_kind(k, &streams);
	CHECK(!recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_connect, KINDS));
	CHECK(!recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_sendto, KINDS));
	printf("%zu kinds of sockets in %s network: ok\n", KINDS, other ? "another" : "the host's");
}

int main(void)
{
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_OBJECTS;
	struct raw_policy p = { .bulk = 4U << 20, .crit = 4U << 20, .plan = {
		[SYS_connect] = plan, [SYS_accept] = plan, [SYS_sendto] = plan, [SYS_sendmsg] = plan,
		[SYS_recvfrom] = plan,
	} };
	struct raw r;
	unsigned int id;

	for (id = EYAS_ANCHOR_SOCKET_CREATE; id <= EYAS_ANCHOR_SOCKET_RECVMSG; id++)
		p.anchors |= 1ULL << id;
	log = mmap(NULL, sizeof(*log), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(log != MAP_FAILED && !raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	run(&r, false);
	run(&r, true);
	raw_close(&r);
	return 0;
}
