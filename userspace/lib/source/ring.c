// SPDX-License-Identifier: Apache-2.0
/* The reader of one ring: mapping, positions, accounting. What is hot is in the header. */
#include "source/ring.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#define BATCH_MAX	(64U << 10)

static const char *const lane_names[EYAS_LANE_MAX] = {
	[EYAS_LANE_CRIT] = "crit",
	[EYAS_LANE_BULK] = "bulk",
};

const char *eyas_ring_lane_name(unsigned int lane)
{
	return lane < EYAS_LANE_MAX ? lane_names[lane] : "?";
}

void eyas_ring_attach(struct eyas_ring *r, const struct eyas_ring_geometry *g,
		      const struct eyas_ring_producer *prod, struct eyas_ring_consumer *cons,
		      const void *data)
{
	memset(r, 0, sizeof(*r));
	r->data = data;
	r->mask = g->data_size - 1;
	/* A small ring needs its space back sooner. */
	r->batch = g->data_size / 4 < BATCH_MAX ? g->data_size / 4 : BATCH_MAX;
	r->cpu = (uint16_t)g->cpu;
	r->lane = (uint8_t)g->lane;
	r->prod = prod;
	r->cons = cons;
	/* A ring may have had a reader before: go on where that one stopped. */
	r->pos = r->head = r->tail = __atomic_load_n(&cons->tail, __ATOMIC_RELAXED);
}

static int geometry_check(const struct eyas_ring_geometry *g, size_t page, struct eyas_err *err)
{
	uint64_t size = g->data_size;

	if (size >= page && size <= EYAS_RING_SIZE_MAX && !(size & (size - 1)) &&
	    g->lane < EYAS_LANE_MAX && g->cpu <= UINT16_MAX)
		return 0;
	return eyas_err_set(err, -EPROTO,
			    "cannot use the ring of CPU %" PRIu32 ", lane %" PRIu32
			    ": size %" PRIu64 " is not supported; install module and program "
			    "of one version",
			    g->cpu, g->lane, size);
}

static void *map(struct eyas_ring *r, unsigned int i, int fd, uint64_t offset, size_t len, int prot)
{
	void *p = mmap(NULL, len, prot, MAP_SHARED, fd, (off_t)offset);

	if (p == MAP_FAILED)
		return NULL;
	r->map[i] = p;
	r->map_len[i] = len;
	return p;
}

int eyas_ring_map(struct eyas_ring *r, int fd, const struct eyas_ring_geometry *g,
		  struct eyas_err *err)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct eyas_ring found = { .map = { NULL } };
	void *cons, *prod;
	int ret = geometry_check(g, page, err);

	if (ret)
		return ret;
	cons = map(&found, 0, fd, g->consumer_offset, page, PROT_READ | PROT_WRITE);
	prod = cons ? map(&found, 1, fd, g->producer_offset, page + 2 * g->data_size, PROT_READ) :
		      NULL;
	if (!prod) {
		ret = -errno;
		eyas_ring_unmap(&found);
		return eyas_err_set(err, ret, "cannot map the %s ring of CPU %" PRIu32 ": %s",
				    lane_names[g->lane], g->cpu, strerror(-ret));
	}
	eyas_ring_attach(r, g, prod, cons, (unsigned char *)prod + page);
	memcpy(r->map, found.map, sizeof(r->map));
	memcpy(r->map_len, found.map_len, sizeof(r->map_len));
	return 0;
}

void eyas_ring_unmap(struct eyas_ring *r)
{
	for (unsigned int i = 0; i < 2; i++) {
		if (r->map[i])
			munmap(r->map[i], r->map_len[i]);
		r->map[i] = NULL;
	}
}

static int bad_head(const struct eyas_ring *r, uint64_t head, struct eyas_err *err)
{
	return eyas_err_set(err, -EBADMSG,
			    "ring of CPU %u (%s): head %" PRIu64 " is impossible after %" PRIu64
			    "; this is a bug in the module, please report it",
			    r->cpu, lane_names[r->lane], head, r->head);
}

/* The latest time that no record to come can be older than. */
static uint64_t floor_of(const struct eyas_ring *r, uint64_t safe)
{
	uint64_t last = __atomic_load_n(&r->prod->last_time, __ATOMIC_RELAXED);
	uint64_t floor = r->floor;

	/* While a record is written, what held before it and its ring's order still do. */
	if (!r->busy && floor < safe)
		floor = safe;
	if (floor < r->time)
		floor = r->time;
	return floor < last ? last : floor;
}

int eyas_ring_refresh(struct eyas_ring *r, uint64_t safe, struct eyas_err *err)
{
	uint64_t head;

	/*
	 * wseq before head: if even, a record that head does not cover was begun,
	 * and its clock read, after this load. Acquire pairs with the release by
	 * which the kernel makes it even, after head.
	 */
	r->busy = __atomic_load_n(&r->prod->wseq, __ATOMIC_ACQUIRE) & 1;
	/* Pairs with the kernel's store-release: records before their position. */
	head = __atomic_load_n(&r->prod->head, __ATOMIC_ACQUIRE);
	if (head < r->head || head - r->tail > r->mask + 1 || head % 8)
		return bad_head(r, head, err);
	r->head = head;
	r->floor = floor_of(r, safe);
	if (r->poisoned ||
	    __atomic_load_n(&r->prod->state, __ATOMIC_RELAXED) != EYAS_RING_STATE_POISONED)
		return 0;
	r->poisoned = true;
	return eyas_err_set(err, -EIO,
			    "ring of CPU %u (%s) is poisoned: somebody wrote to its consumer page, "
			    "nothing is recorded in it any more; start again",
			    r->cpu, lane_names[r->lane]);
}

void eyas_ring_bad(const struct eyas_ring *r, struct eyas_err *err)
{
	const struct eyas_record *rec = (const void *)(r->data + (r->pos & r->mask));
	uint64_t left = r->head - r->pos;
	uint32_t len = left >= sizeof(*rec) ? rec->len : 0;

	if (len >= sizeof(*rec) && len <= left && len <= EYAS_RECORD_MAX && len % 8 == 0)
		eyas_err_set(err, -EBADMSG,
			     "ring of CPU %u (%s), offset %" PRIu64
			     ": time runs backwards from %" PRIu64 " to %" PRIu64,
			     r->cpu, lane_names[r->lane], r->pos, r->time, (uint64_t)rec->time);
	else
		eyas_err_set(err, -EBADMSG,
			     "ring of CPU %u (%s), offset %" PRIu64 ": a record of %" PRIu32
			     " bytes where %" PRIu64 " are left",
			     r->cpu, lane_names[r->lane], r->pos, len, left);
}

int eyas_ring_account(struct eyas_ring *r, const struct eyas_record *rec,
		      const struct eyas_loss *loss, struct eyas_err *err)
{
	uint64_t n = 1;

	if (loss) {
		n = 0;
		for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
			n += loss->count[c];
	}
	if (!n || (uint32_t)(r->number + n) != rec->seq)
		return eyas_err_set(err, -EBADMSG,
				    "ring of CPU %u (%s) skips from %" PRIu32 " to %" PRIu32
				    " where a %s accounts for %" PRIu64, r->cpu,
				    lane_names[r->lane], (uint32_t)r->number, rec->seq,
				    loss ? "loss record" : "record", n);
	r->number += n;
	for (unsigned int c = 0; loss && c < EYAS_CLASS_MAX; c++)
		r->told[c] += loss->count[c];
	return 0;
}

int eyas_ring_run_of(struct eyas_ring *r, const struct eyas_record *rec, uint32_t len,
		     struct eyas_ring_run *ret, struct eyas_err *err)
{
	*ret = (struct eyas_ring_run){ .len = len, .count = 1 };
	if (rec->type == EYAS_REC_LOSS && len >= sizeof(*rec) + sizeof(*ret->loss))
		ret->loss = (const void *)(rec + 1);
	return eyas_ring_account(r, rec, ret->loss, err) ? -EBADMSG : 1;
}

int eyas_ring_rest(const struct eyas_ring *r, struct eyas_loss *ret, uint64_t *ret_number,
		   struct eyas_err *err)
{
	uint64_t produced = __atomic_load_n(&r->prod->produced, __ATOMIC_RELAXED);
	struct eyas_loss loss = { .first = r->time, .last = r->time };
	uint64_t n = 0;

	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++) {
		loss.count[c] = __atomic_load_n(&r->prod->lost[c], __ATOMIC_RELAXED) - r->told[c];
		n += loss.count[c];
	}
	if (n != produced - r->number)
		return eyas_err_set(err, -EBADMSG,
				    "ring of CPU %u (%s) was asked for %" PRIu64
				    " records, gave %" PRIu64 " and counts %" PRIu64
				    " as lost since",
				    r->cpu, lane_names[r->lane], produced, r->number, n);
	if (!n)
		return 0;
	*ret = loss;
	*ret_number = produced;
	return 1;
}
