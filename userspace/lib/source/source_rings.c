// SPDX-License-Identifier: Apache-2.0
/* Live events: a session on /dev/eyas, its rings mapped, merged and accounted for. */
#include "source/source_rings.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include "source/clock.h"
#include "source/ctl.h"
#include "source/merge.h"
#include "source/ring.h"

/* How long a drain waits for records being written, in steps. */
#define QUIET_STEP_NS	100000
#define QUIET_STEPS	10000

struct rings_source {
	struct eyas_source src;
	struct eyas_merge merge;
	struct eyas_clock clock;
	uint64_t num;
	struct eyas_err failed;		/* -EBADMSG once it happened */
	bool draining;
	size_t rest;			/* next ring to be asked for untold loss */

	int fd;
	struct eyas_rings_control ctl;
	const struct eyas_session_page *page;
	size_t page_len;
	uint32_t generation;		/* that rings are mapped of */
	struct eyas_ring **rings;	/* cpus * lanes, as in the page; NULL: none yet */
	size_t nrings;

	struct {
		struct eyas_record rec;
		struct eyas_loss loss;
	} last;				/* the record of a loss that no ring tells */
};

/* ---- mapping ---- */

static int page_check(const struct eyas_session_page *p, struct eyas_err *err)
{
	uint64_t end = p->rings_offset + (uint64_t)p->rings_stride * p->cpus * p->lanes;

	if (p->abi_version != EYAS_ABI_VERSION)
		return eyas_err_set(err, -EPROTO,
				    "the module speaks version %" PRIu32 " of the interface, this "
				    "program %d; install both from one release",
				    p->abi_version, EYAS_ABI_VERSION);
	if (p->page_size == (uint32_t)sysconf(_SC_PAGESIZE) && p->cpus <= UINT16_MAX &&
	    p->lanes <= EYAS_LANE_MAX && p->rings_stride >= sizeof(struct eyas_ring_geometry) &&
	    p->rings_stride % 8 == 0 && p->rings_offset % 8 == 0 && end <= p->map_size)
		return 0;
	return eyas_err_set(err, -EPROTO, "the session page makes no sense; install module and "
			    "program from one release");
}

static int page_map(struct rings_source *s, struct eyas_err *err)
{
	size_t len = (size_t)sysconf(_SC_PAGESIZE);

	/* The first page tells how many there are. */
	for (int i = 0; i < 2; i++) {
		void *p = mmap(NULL, len, PROT_READ, MAP_SHARED, s->fd, 0);

		if (p == MAP_FAILED)
			return eyas_err_set(err, -errno, "cannot map the session page: %s",
					    strerror(errno));
		if (s->page)
			munmap((void *)s->page, s->page_len);
		s->page = p;
		s->page_len = len;
		if (s->page->map_size <= len)
			break;
		len = s->page->map_size;
	}
	return page_check(s->page, err);
}

static int ring_add(struct rings_source *s, size_t i, const struct eyas_ring_geometry *g,
		    struct eyas_err *err)
{
	struct eyas_ring *ring = calloc(1, sizeof(*ring));
	int r;

	if (!ring)
		return eyas_err_set(err, -ENOMEM, "cannot add a ring: out of memory");
	r = eyas_ring_map(ring, s->fd, g, err);
	if (!r) {
		r = eyas_merge_add(&s->merge, ring);
		if (r)
			eyas_err_set(err, r, "cannot add a ring: out of memory");
	}
	if (r) {
		eyas_ring_unmap(ring);
		free(ring);
		return r;
	}
	s->rings[i] = ring;
	return 0;
}

/* Map rings that have come since: all of them at first, then those of new CPUs. */
static int rings_map(struct rings_source *s, struct eyas_err *err)
{
	/* Pairs with the kernel's store-release: a geometry before its generation. */
	uint32_t generation = __atomic_load_n(&s->page->generation, __ATOMIC_ACQUIRE);
	const unsigned char *g = (const unsigned char *)s->page + s->page->rings_offset;
	int r = 0;

	for (size_t i = 0; i < s->nrings && !r; i++, g += s->page->rings_stride) {
		const struct eyas_ring_geometry *geo = (const void *)g;

		if (!s->rings[i] && geo->state != EYAS_RING_STATE_NONE)
			r = ring_add(s, i, geo, err);
	}
	if (!r)
		s->generation = generation;
	return r;
}

/* ---- reading ---- */

static int round_all(struct rings_source *s, struct eyas_err *err)
{
	uint64_t now = eyas_clock_now(CLOCK_MONOTONIC_RAW);
	bool all = s->draining && !eyas_merge_busy(&s->merge);
	int r = 0;

	if (eyas_clock_stale(&s->clock, now, eyas_clock_now(CLOCK_REALTIME)))
		eyas_clock_sample(&s->clock);
	/* After the clock: rings that come later hold nothing older than now. */
	if (__atomic_load_n(&s->page->generation, __ATOMIC_RELAXED) != s->generation)
		r = rings_map(s, err);
	return r ? r : eyas_merge_round(&s->merge, now, all, err);
}

/* After the last policy: wait until no record is being written, then take all. */
static int round_last(struct rings_source *s, struct eyas_err *err)
{
	static const struct timespec step = { .tv_nsec = QUIET_STEP_NS };
	int r = round_all(s, err);

	for (int i = 0; !r && i < QUIET_STEPS && eyas_merge_busy(&s->merge); i++) {
		nanosleep(&step, NULL);
		r = round_all(s, err);
	}
	/* Heads seen by a quiet round are final; the horizon of that one need not be. */
	return r ? r : round_all(s, err);
}

/* All is read: what was lost since, ring by ring; then the end. */
static int next_rest(struct rings_source *s, struct eyas_merge_node *ret)
{
	while (s->rest < s->merge.rings.len) {
		struct eyas_ring *ring = s->merge.rings.data[s->rest++];
		uint64_t number;
		int r = eyas_ring_rest(ring, &s->last.loss, &number, &s->failed);

		if (r < 0)
			return r;
		if (!r)
			continue;
		s->last.loss.last = eyas_clock_now(CLOCK_MONOTONIC_RAW);
		s->last.rec = (struct eyas_record){
			.len = sizeof(s->last),
			.type = EYAS_REC_LOSS,
			.time = s->last.loss.last,
			.nr = -1,
			.seq = (uint32_t)number,
		};
		*ret = (struct eyas_merge_node){
			.time = s->last.rec.time, .len = s->last.rec.len, .ring = ring,
			.rec = &s->last.rec,
		};
		return 1;
	}
	return -ENODATA;
}

/* @run: NULL: one record, not accounted for. */
static inline int merged(struct rings_source *s, struct eyas_merge_node *ret,
			 struct eyas_ring_run *run)
{
	return run ? eyas_merge_next_run(&s->merge, ret, run, &s->failed) :
		     eyas_merge_next(&s->merge, ret, &s->failed);
}

static inline int next_node(struct rings_source *s, struct eyas_merge_node *ret,
			    struct eyas_ring_run *run)
{
	int r;

	/* A ring that told nonsense once is not believed again. */
	if (s->failed.code == -EBADMSG)
		return -EBADMSG;
	r = merged(s, ret, run);
	if (r)
		return r;
	r = s->draining ? round_last(s, &s->failed) : round_all(s, &s->failed);
	if (!r)
		r = merged(s, ret, run);
	if (r || !s->draining)
		return r;
	r = next_rest(s, ret);
	return r > 0 && run ? eyas_ring_run_of(ret->ring, ret->rec, ret->len, run, &s->failed) : r;
}

static int parse(struct rings_source *s, const struct eyas_merge_node *n, struct eyas_event *ret)
{
	struct eyas_ring *ring = n->ring;
	int r = eyas_event_parse(ret, eyas_bytes_of(n->rec, n->len), &s->failed);

	if (r) {
		eyas_err_prefix(&s->failed, "ring of CPU %u (%s), offset %" PRIu64 ": ", ring->cpu,
				eyas_ring_lane_name(ring->lane), ring->pos);
		return r;
	}
	r = eyas_ring_account(ring, ret->rec, ret->loss, &s->failed);
	if (r)
		return r;
	ret->num = ++s->num;
	ret->time = eyas_clock_real(&s->clock, ret->mono);
	ret->cpu = ring->cpu;
	ret->lane = ring->lane;
	return 1;
}

static int give_err(const struct rings_source *s, int r, struct eyas_err *err)
{
	if (r < 0 && r != -ENODATA && err)
		*err = s->failed;
	return r;
}

static int rings_next(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *err)
{
	struct rings_source *s = (struct rings_source *)src;
	struct eyas_merge_node n;
	int r = next_node(s, &n, NULL);

	if (r > 0)
		r = parse(s, &n, ret);
	return give_err(s, r, err);
}

static int rings_next_run(struct eyas_source *src, struct eyas_record_run *ret,
			  struct eyas_err *err)
{
	struct rings_source *s = (struct rings_source *)src;
	struct eyas_merge_node n;
	struct eyas_ring_run run;
	int r = next_node(s, &n, &run);

	if (r > 0) {
		*ret = (struct eyas_record_run){
			.rec = n.rec, .len = run.len, .count = run.count, .loss = run.loss,
			.clock = s->clock.offset, .cpu = n.ring->cpu, .lane = n.ring->lane,
		};
		s->num += run.count;
	}
	return give_err(s, r, err);
}

static int rings_fd(const struct eyas_source *src)
{
	return ((const struct rings_source *)src)->fd;
}

/* ---- control ---- */

/* Changes *p to what the kernel can do. */
static int send_policy(struct rings_source *s, struct eyas_policy *p, struct eyas_err *err)
{
	/* Rings stay as they were made. */
	p->bulk_size = p->crit_size = 0;
	eyas_policy_fit(p, s->page->features);
	return s->ctl.set(s->ctl.arg, s->page->session, p, err);
}

static int rings_set_policy(struct eyas_source *src, const struct eyas_policy *p,
			    struct eyas_err *err)
{
	struct eyas_policy q = *p;

	return send_policy((struct rings_source *)src, &q, err);
}

static int rings_drain(struct eyas_source *src, struct eyas_err *err)
{
	struct rings_source *s = (struct rings_source *)src;
	struct eyas_policy none;
	int r;

	if (s->draining)
		return 0;
	eyas_policy_init(&none);
	r = send_policy(s, &none, err);
	s->draining = !r;
	return r;
}

static void rings_close(struct eyas_source *src)
{
	struct rings_source *s = (struct rings_source *)src;

	eyas_merge_release(&s->merge);
	for (size_t i = 0; s->rings && i < s->nrings; i++) {
		if (s->rings[i])
			eyas_ring_unmap(s->rings[i]);
		free(s->rings[i]);
	}
	free(s->rings);
	if (s->page)
		munmap((void *)s->page, s->page_len);
	close(s->fd);
	s->ctl.close(s->ctl.arg);
	free(s);
}

static const struct eyas_source_ops rings_ops = {
	.next = rings_next,
	.next_run = rings_next_run,
	.fd = rings_fd,
	.set_policy = rings_set_policy,
	.drain = rings_drain,
	.close = rings_close,
};

/* ---- opening ---- */

static int start(struct rings_source *s, const struct eyas_policy *p, struct eyas_err *err)
{
	struct eyas_policy fit = *p;
	int r = page_map(s, err);

	if (r)
		return r;
	s->nrings = (size_t)s->page->cpus * s->page->lanes;
	s->rings = calloc(s->nrings ? s->nrings : 1, sizeof(struct eyas_ring *));
	if (!s->rings)
		return eyas_err_set(err, -ENOMEM, "cannot read %zu rings: out of memory",
				    s->nrings);
	eyas_clock_sample(&s->clock);
	eyas_policy_fit(&fit, s->page->features);
	r = s->ctl.set(s->ctl.arg, s->page->session, &fit, err);
	return r ? r : rings_map(s, err);
}

int eyas_source_rings_attach(struct eyas_source **ret, int fd, const struct eyas_rings_control *ctl,
			     const struct eyas_policy *p, struct eyas_err *err)
{
	struct rings_source *s = calloc(1, sizeof(*s));
	int r;

	if (!s) {
		close(fd);
		ctl->close(ctl->arg);
		return eyas_err_set(err, -ENOMEM, "cannot open a session: out of memory");
	}
	s->src.ops = &rings_ops;
	s->fd = fd;
	s->ctl = *ctl;
	r = start(s, p, err);
	if (r) {
		rings_close(&s->src);
		return r;
	}
	*ret = &s->src;
	return 0;
}

static int device_open(struct eyas_err *err)
{
	static const struct { int code; const char *text; } why[] = {
		{ ENOENT, "the module is not loaded; run 'sudo modprobe eyas'" },
		{ ENXIO, "the module is not loaded; run 'sudo modprobe eyas'" },
		{ EACCES, "permission denied; run as root" },
		{ EPERM, "CAP_SYS_ADMIN is missing; run as root, outside of containers" },
		{ EBUSY, "there are too many sessions; 'eyas status' shows whose" },
	};
	int fd = open(EYAS_DEVICE, O_RDWR | O_CLOEXEC);
	int code = errno;

	if (fd >= 0)
		return fd;
	for (size_t i = 0; i < sizeof(why) / sizeof(why[0]); i++)
		if (why[i].code == code)
			return eyas_err_set(err, -code, "cannot open '" EYAS_DEVICE "': %s",
					    why[i].text);
	return eyas_err_set(err, -code, "cannot open '" EYAS_DEVICE "': %s", strerror(code));
}

static int ctl_set(void *arg, uint32_t session, const struct eyas_policy *p, struct eyas_err *err)
{
	return eyas_ctl_session_set(arg, session, p, err);
}

static void ctl_close(void *arg)
{
	eyas_ctl_close(arg);
}

int eyas_source_rings_open(struct eyas_source **ret, const struct eyas_policy *p,
			   struct eyas_err *err)
{
	struct eyas_rings_control control = { .set = ctl_set, .close = ctl_close };
	struct eyas_ctl *ctl;
	int fd = device_open(err);
	int r;

	if (fd < 0)
		return fd;
	r = eyas_ctl_open(&ctl, err);
	if (r) {
		close(fd);
		return r;
	}
	control.arg = ctl;
	return eyas_source_rings_attach(ret, fd, &control, p, err);
}
