// SPDX-License-Identifier: Apache-2.0
/* The module's interface used by hand, for tests. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include "raw.h"

/* ---- netlink ---- */

static int family_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			*(uint16_t *)arg = mnl_attr_get_u16(attr);
	return MNL_CB_OK;
}

static void find_sentence(struct raw *r, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	size_t off = sizeof(*e);
	struct nlattr *attr;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		off += mnl_nlmsg_get_payload_len(nlh) ? e->msg.nlmsg_len - NLMSG_HDRLEN : 0;
	mnl_attr_for_each(attr, nlh, off)
		if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
			snprintf(r->sentence, sizeof(r->sentence), "%s", mnl_attr_get_str(attr));
}

/* Send @nlh, read until its acknowledgement; answers go to @cb. */
static int talk(struct raw *r, struct mnl_socket *nl, struct nlmsghdr *nlh, mnl_cb_t cb, void *arg)
{
	char buf[32768];
	ssize_t n;

	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	for (;;) {
		const struct nlmsghdr *h = (void *)buf;
		int left;

		n = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (n < 0)
			return -errno;
		for (left = n; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left)) {
			if (h->nlmsg_type == NLMSG_ERROR) {
				const struct nlmsgerr *e = mnl_nlmsg_get_payload(h);

				find_sentence(r, h);
				return e->error;
			}
			if (h->nlmsg_type == NLMSG_DONE)
				return 0;
			if (cb)
				cb(h, arg);
		}
	}
}

static int request(struct raw *r, uint8_t cmd, uint16_t flags, const void *attrs, size_t len,
		   mnl_cb_t cb, void *arg)
{
	static uint16_t family;
	struct mnl_socket *nl = mnl_socket_open(NETLINK_GENERIC);
	char buf[32768];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *g;
	int one = 1, err;

	CHECK(nl && !mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID));
	mnl_socket_setsockopt(nl, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(nl, NETLINK_CAP_ACK, &one, sizeof(one));
	r->sentence[0] = 0;
	g = mnl_nlmsg_put_extra_header(nlh, sizeof(*g));
	if (!family) {
		nlh->nlmsg_type = GENL_ID_CTRL;
		nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
		g->cmd = CTRL_CMD_GETFAMILY;
		mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, EYAS_GENL_NAME);
		CHECK(!talk(r, nl, nlh, family_cb, &family) && family, "no family");
		nlh = mnl_nlmsg_put_header(buf);
		g = mnl_nlmsg_put_extra_header(nlh, sizeof(*g));
	}
	nlh->nlmsg_type = family;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	g->cmd = cmd;
	g->version = EYAS_GENL_VERSION;
	memcpy(mnl_nlmsg_get_payload_tail(nlh), attrs, len);
	nlh->nlmsg_len += len;
	err = talk(r, nl, nlh, cb, arg);
	mnl_socket_close(nl);
	return err;
}

int raw_request(struct raw *r, uint8_t cmd, uint16_t flags, const void *attrs, size_t len)
{
	return request(r, cmd, flags, attrs, len, NULL, NULL);
}

struct counters {
	uint32_t abi;
	struct eyas_counter *ret;
};

static int counters_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct counters *c = arg;
	uint32_t abi = EYAS_ABI_MAX;
	struct eyas_counter one;
	struct nlattr *attr;
	size_t i, n;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		const char *p = mnl_attr_get_payload(attr);

		if (mnl_attr_get_type(attr) == EYAS_A_COUNTER_ABI)
			abi = mnl_attr_get_u32(attr);
		if (mnl_attr_get_type(attr) != EYAS_A_COUNTERS || abi != c->abi)
			continue;
		n = mnl_attr_get_payload_len(attr) / sizeof(one);
		for (i = 0; i < n; i++) {
			memcpy(&one, p + i * sizeof(one), sizeof(one));
			CHECK(one.nr <= EYAS_NR_MAX && one.count && !c->ret[one.nr].count);
			c->ret[one.nr] = one;
		}
	}
	return MNL_CB_OK;
}

void raw_counters(struct raw *r, uint32_t abi, struct eyas_counter ret[EYAS_NR_MAX + 1])
{
	struct counters c = { abi, ret };
	char buf[64];
	size_t n = raw_attr(buf, 0, EYAS_A_SESSION, &r->page->session, 4);
	int err;

	memset(ret, 0, (EYAS_NR_MAX + 1) * sizeof(*ret));
	err = request(r, EYAS_CMD_COUNTERS_GET, NLM_F_DUMP, buf, n, counters_cb, &c);
	CHECK(!err, "counters: %d", err);
}

size_t raw_attr(void *buf, size_t len, uint16_t type, const void *data, size_t size)
{
	struct nlattr *a = (void *)((char *)buf + len);

	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + size;
	memset(a + 1, 0, NLA_ALIGN(size));
	memcpy(a + 1, data, size);
	return len + NLA_HDRLEN + NLA_ALIGN(size);
}

static size_t attr_u32(void *buf, size_t len, uint16_t type, uint32_t v)
{
	return raw_attr(buf, len, type, &v, sizeof(v));
}

static size_t attr_plan(void *buf, size_t len, uint32_t abi, const uint8_t *plan, uint8_t other)
{
	char nest[EYAS_NR_MAX + 64];
	size_t n = attr_u32(nest, 0, EYAS_A_PLAN_ABI, abi);

	n = raw_attr(nest, n, EYAS_A_PLAN_NRS, plan, EYAS_NR_MAX);
	n = raw_attr(nest, n, EYAS_A_PLAN_OTHER, &other, 1);
	return raw_attr(buf, len, EYAS_A_PLAN | NLA_F_NESTED, nest, n);
}

int raw_set(struct raw *r, const struct raw_policy *p)
{
	char buf[8192];
	size_t n = attr_u32(buf, 0, EYAS_A_SESSION, r->page->session);

	if (p->bulk)
		n = attr_u32(buf, n, EYAS_A_BULK_SIZE, p->bulk);
	if (p->crit)
		n = attr_u32(buf, n, EYAS_A_CRIT_SIZE, p->crit);
	if (p->wake_us)
		n = attr_u32(buf, n, EYAS_A_WAKE_US, p->wake_us);
	n = attr_u32(buf, n, EYAS_A_EVENTS, p->events);
	n = attr_u32(buf, n, EYAS_A_FLAGS, p->flags);
	if (p->snaplen)
		n = attr_u32(buf, n, EYAS_A_SNAPLEN, p->snaplen);
	if (p->anchors)
		n = raw_attr(buf, n, EYAS_A_ANCHORS, &p->anchors, sizeof(p->anchors));
	n = attr_plan(buf, n, RAW_NATIVE, p->plan, p->other);
	n = attr_plan(buf, n, RAW_COMPAT, p->compat, p->other);
	n = attr_plan(buf, n, EYAS_ABI_X32, p->plan, p->other);
	if (p->extra_len)
		memcpy(buf + n, p->extra, p->extra_len);
	return raw_request(r, EYAS_CMD_SESSION_SET, 0, buf, n + p->extra_len);
}

/* ---- session and rings ---- */

int raw_open(struct raw *r)
{
	long pg = sysconf(_SC_PAGESIZE);
	uint32_t size;
	void *p;

	memset(r, 0, sizeof(*r));
	r->fd = open(EYAS_DEVICE, O_RDWR | O_CLOEXEC);
	if (r->fd < 0)
		return -errno;
	p = mmap(NULL, pg, PROT_READ, MAP_SHARED, r->fd, 0);
	CHECK(p != MAP_FAILED, "session page: %s", strerror(errno));
	size = ((const struct eyas_session_page *)p)->map_size;
	munmap(p, pg);
	p = mmap(NULL, size, PROT_READ, MAP_SHARED, r->fd, 0);
	CHECK(p != MAP_FAILED, "whole session page: %s", strerror(errno));
	r->page = p;
	CHECK(r->page->abi_version == EYAS_ABI_VERSION && r->page->page_size == pg);
	return 0;
}

static void ring_map(struct raw *r, const struct eyas_ring_geometry *g)
{
	struct raw_ring *ring = &r->rings[r->nrings++];
	size_t pg = r->page->page_size;
	void *p;

	CHECK(r->nrings <= 64);
	p = mmap(NULL, pg, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, g->consumer_offset);
	CHECK(p != MAP_FAILED, "consumer page: %s", strerror(errno));
	ring->cons = p;
	p = mmap(NULL, pg + 2 * g->data_size, PROT_READ, MAP_SHARED, r->fd, g->producer_offset);
	CHECK(p != MAP_FAILED, "producer and data: %s", strerror(errno));
	ring->prod = p;
	ring->data = (const uint8_t *)p + pg;
	ring->size = g->data_size;
	ring->cpu = g->cpu;
	ring->lane = g->lane;
}

int raw_start(struct raw *r, const struct raw_policy *p)
{
	int err = raw_set(r, p);
	uint32_t i;

	if (err)
		return err;
	for (i = 0; i < r->page->cpus * r->page->lanes; i++) {
		const struct eyas_ring_geometry *g = (const void *)((const char *)r->page +
				r->page->rings_offset + i * r->page->rings_stride);

		if (g->state != EYAS_RING_STATE_NONE)
			ring_map(r, g);
	}
	return 0;
}

void raw_close(struct raw *r)
{
	size_t pg = r->page->page_size;
	unsigned int i;

	for (i = 0; i < r->nrings; i++) {
		munmap((void *)r->rings[i].cons, pg);
		munmap((void *)r->rings[i].prod, pg + 2 * r->rings[i].size);
	}
	munmap((void *)r->page, r->page->map_size);
	close(r->fd);
}

const struct eyas_record *raw_next(struct raw_ring *ring)
{
	uint64_t head = __atomic_load_n(&ring->prod->head, __ATOMIC_ACQUIRE);
	const struct eyas_record *rec;
	uint32_t step = 1;

	if (ring->tail == head)
		return NULL;
	rec = (const void *)(ring->data + (ring->tail & (ring->size - 1)));
	CHECK(rec->len >= sizeof(*rec) && rec->len % 8 == 0 && rec->len <= head - ring->tail,
	      "cpu %u lane %u: length %u of %lu", ring->cpu, ring->lane, rec->len,
	      (unsigned long)(head - ring->tail));
	if (rec->type == EYAS_REC_LOSS) {
		const struct eyas_loss *loss = (const void *)(rec + 1);
		uint64_t n = 0;
		int i;

		for (i = 0; i < EYAS_CLASS_MAX; i++)
			n += loss->count[i];
		ring->told += n;
		step = n;
		CHECK(n && loss->first <= loss->last);
	} else {
		ring->taken++;
	}
	CHECK(rec->seq - ring->seq == step, "cpu %u lane %u: seq %u after %u, step %u",
	      ring->cpu, ring->lane, rec->seq, ring->seq, step);
	ring->seq = rec->seq;
	ring->tail += rec->len;
	return rec;
}

void raw_release(struct raw_ring *ring)
{
	__atomic_store_n(&ring->cons->tail, ring->tail, __ATOMIC_RELEASE);
}

uint64_t raw_account(struct raw_ring *ring)
{
	uint64_t lost = 0, produced = ring->prod->produced;
	int i;

	for (i = 0; i < EYAS_CLASS_MAX; i++)
		lost += ring->prod->lost[i];
	CHECK(produced == ring->taken + lost, "cpu %u lane %u: produced %lu, taken %lu, lost %lu",
	      ring->cpu, ring->lane, produced, ring->taken, lost);
	CHECK(lost >= ring->told);
	return lost - ring->told;
}

const struct eyas_blob *raw_blob(const struct eyas_record *rec, size_t fixed, uint8_t kind)
{
	const uint8_t *p = (const uint8_t *)(rec + 1) + fixed;
	const uint8_t *end = (const uint8_t *)rec + rec->len;
	const struct eyas_blob *found = NULL;

	while (p < end) {
		const struct eyas_blob *b = (const void *)p;

		CHECK(end - p >= (long)sizeof(*b) && end - p >= (long)(8 + b->stored));
		if (b->kind == kind && !found)
			found = b;
		p += sizeof(*b) + ((b->stored + 7) & ~7);
	}
	CHECK(p == end, "blobs do not end with their record");
	return found;
}

const struct eyas_blob *raw_blob_of(const struct eyas_record *rec, size_t fixed, uint8_t kind,
				    uint8_t arg, bool out)
{
	const uint8_t *p = (const uint8_t *)(rec + 1) + fixed;
	const uint8_t *end = (const uint8_t *)rec + rec->len;

	while (p < end) {
		const struct eyas_blob *b = (const void *)p;

		if (b->kind == kind && (b->arg & EYAS_BLOB_ARG_MASK) == arg &&
		    !!(b->arg & EYAS_BLOB_F_OUT) == out)
			return b;
		p += sizeof(*b) + ((b->stored + 7) & ~7);
	}
	return NULL;
}

size_t raw_fixed(const struct eyas_record *rec)
{
	static const size_t sizes[EYAS_REC_TYPE_MAX] = {
		[EYAS_REC_SYS_ENTER]	= sizeof(struct eyas_sys_enter),
		[EYAS_REC_SYS_EXIT]	= sizeof(struct eyas_sys_exit),
		[EYAS_REC_EXEC]		= sizeof(struct eyas_task),
		[EYAS_REC_FORK]		= sizeof(struct eyas_fork),
		[EYAS_REC_EXIT]		= sizeof(struct eyas_exit),
		[EYAS_REC_LOSS]		= sizeof(struct eyas_loss),
		[EYAS_REC_SIGNAL]	= sizeof(struct eyas_signal),
		[EYAS_REC_COMM]		= sizeof(struct eyas_comm),
		[EYAS_REC_CREDS]	= sizeof(struct eyas_creds_change),
		[EYAS_REC_ANCHOR]	= sizeof(struct eyas_anchor),
		[EYAS_REC_URING]	= sizeof(struct eyas_uring),
	};

	return rec->type < EYAS_REC_TYPE_MAX ? sizes[rec->type] : 0;
}

bool raw_kernel(int major, int minor)
{
	struct utsname u;
	int x, y;

	CHECK(!uname(&u) && sscanf(u.release, "%d.%d", &x, &y) == 2);
	return x > major || (x == major && y >= minor);
}

bool raw_realtime(void)
{
	struct utsname u;

	CHECK(!uname(&u));
	return strstr(u.version, "PREEMPT_RT");
}

int raw_child(int cpu, void (*fn)(void *arg), void *arg, bool wait)
{
	int pid = fork(), status;
	cpu_set_t set;

	CHECK(pid >= 0);
	if (!pid) {
		CPU_ZERO(&set);
		CPU_SET(cpu, &set);
		if (cpu >= 0)
			CHECK(!sched_setaffinity(0, sizeof(set), &set));
		fn(arg);
		_exit(0);
	}
	if (wait) {
		CHECK(waitpid(pid, &status, 0) == pid);
		CHECK(status == 0, "child: status %x", status);
	}
	return pid;
}
