// SPDX-License-Identifier: Apache-2.0
/* The route of a recording. */
#include "pipeline/recorder.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include "base/util.h"
#include "enrich/snapshot.h"
#include "source/clock.h"

#define FLUSH_NS	1000000000ULL	/* a record is in the file after so long */
#define NSEC		1000000000ULL

static uint64_t real_seconds(void)
{
	return eyas_clock_now(CLOCK_REALTIME) / NSEC;
}

/* ---- files ---- */

static int save_state(struct eyas_recorder *r, struct eyas_err *err)
{
	eyas_strbuf_reset(&r->state);
	return eyas_enrich_save(r->cfg.enrich, &r->state, err);
}

static void begin_opening(const struct eyas_recorder *r, struct eyas_capture_opening *o)
{
	*o = (struct eyas_capture_opening){ .part = r->part,
					    .num = r->next_num,
					    .facts = &r->facts };
	memcpy(o->id, r->id, sizeof(o->id));
}

static int file_open(struct eyas_recorder *r, struct eyas_err *err)
{
	uint64_t now = real_seconds();
	struct eyas_capture_opening o;
	int ret;

	eyas_strbuf_reset(&r->name);
	ret = eyas_rotation_name(&r->cfg.files, r->slot, (time_t)now, &r->name);
	if (ret)
		return eyas_err_set(err, ret, "cannot name a file: %s", strerror(-ret));
	begin_opening(r, &o);
	o.path = r->name.buf;
	ret = eyas_capture_writer_open(&r->writer, &o, err);
	if (ret)
		return ret;
	r->files++;
	r->flushed = eyas_clock_now(CLOCK_MONOTONIC);
	if (!r->slot)
		r->next_time = now + r->cfg.files.seconds;
	ret = save_state(r, err);
	return ret ? ret : eyas_capture_writer_state(r->writer, &r->state, err);
}

static int file_end(struct eyas_recorder *r, uint32_t flags, struct eyas_err *err)
{
	int ret = eyas_capture_writer_end(r->writer, flags, err);

	eyas_capture_end_add(&r->totals, eyas_capture_writer_totals(r->writer));
	r->next_num = eyas_capture_writer_num(r->writer);
	r->bytes += eyas_capture_writer_size(r->writer);
	eyas_capture_writer_free(r->writer);
	r->writer = NULL;
	return ret;
}

/* The next file, if it is due: by size, by time. */
static int rotate(struct eyas_recorder *r, struct eyas_err *err)
{
	const struct eyas_rotation *f = &r->cfg.files;
	bool by_time = f->seconds && real_seconds() >= r->next_time;
	bool by_size = f->bytes && eyas_capture_writer_size(r->writer) >= f->bytes;
	bool last = by_time && f->files && r->due_by_time + 1 >= f->files;
	int ret;

	if (!by_time && !by_size)
		return 0;
	ret = file_end(r, last ? 0 : EYAS_CAPTURE_END_F_MORE, err);
	r->done = last;
	if (ret || last)
		return ret;
	r->part++;
	r->slot = by_time ? 0 : r->slot + 1;
	r->due_by_time += by_time;
	return file_open(r, err);
}

/* ---- records ---- */

static int put(struct eyas_recorder *r, const struct eyas_record_run *run, struct eyas_err *err)
{
	return r->flight ? eyas_flight_put(r->flight, run, err) :
			   eyas_capture_writer_put(r->writer, run, err);
}

static int put_state(struct eyas_recorder *r, const struct eyas_strbuf *items, struct eyas_err *err)
{
	return r->flight ? eyas_flight_state(r->flight, items, err) :
			   eyas_capture_writer_state(r->writer, items, err);
}

/* A record that processes begin with, or that changes what is known of them. */
static int look_into(struct eyas_recorder *r, const struct eyas_record_run *run,
		     struct eyas_event *ev, struct eyas_err *err)
{
	const struct eyas_record *rec = run->rec;
	int ret = eyas_event_parse(ev, eyas_bytes_of(rec, rec->len), err);

	if (ret)
		return eyas_err_prefix(err, "CPU %u, a record: ", run->cpu);
	ev->time = ev->mono + run->clock;
	ev->cpu = run->cpu;
	ev->lane = run->lane;
	ret = r->tracks ? eyas_enrich_update(r->cfg.enrich, ev) : 0;
	return ret ? eyas_err_set(err, ret, "cannot keep the state of processes: %s",
				  strerror(-ret)) :
		     0;
}

/*
 * What has to be known of the processes that @ev tells of goes before it: with
 * @before, the records that come first, if there is anything.
 */
static int put_cgroup(struct eyas_recorder *r, const struct eyas_event *ev,
		      struct eyas_record_run *before, struct eyas_err *err)
{
	int ret = 0;

	eyas_strbuf_reset(&r->state);
	if (eyas_enrich_save_cgroup(r->cfg.enrich, ev, &r->state))
		return eyas_err_set(err, -ENOMEM,
				    "cannot keep the state of processes: out of memory");
	if (!r->state.len)
		return 0;
	if (before->len)
		ret = put(r, before, err);
	before->rec = ev->rec;
	before->len = before->count = 0;
	return ret ? ret : put_state(r, &r->state, err);
}

static int put_run(struct eyas_recorder *r, const struct eyas_record_run *run, struct eyas_err *err)
{
	struct eyas_record_run before = *run, rest = *run;
	struct eyas_event ev;
	int ret = 0;

	before.len = before.count = 0;
	for (uint32_t len; rest.len && !ret; rest.len -= len) {
		const struct eyas_record *rec = rest.rec;
		bool life = rec->type == EYAS_REC_EXEC || rec->type == EYAS_REC_FORK;

		len = rec->len;
		if (len < sizeof(*rec) || len > rest.len)
			return eyas_err_set(err, -EBADMSG, "CPU %u: bytes that are no record",
					    run->cpu);
		if (life || (r->tracks && eyas_enrich_wants(r->cfg.enrich, rec)))
			ret = look_into(r, &rest, &ev, err);
		if (!ret && life)
			ret = put_cgroup(r, &ev, &before, err);
		before.len += len;
		before.count++;
		rest.rec = (const void *)((const unsigned char *)rec + len);
	}
	return ret ? ret : put(r, &before, err);
}

static int handle(struct eyas_recorder *r, const struct eyas_record_run *run, struct eyas_err *err)
{
	int ret;

	if (r->flight && eyas_flight_due(r->flight)) {
		ret = save_state(r, err);
		if (!ret)
			ret = eyas_flight_begin(r->flight, &r->state, err);
		if (ret)
			return ret;
	}
	if (!run->loss && (r->tracks || run->lane == EYAS_LANE_CRIT))
		return put_run(r, run, err);
	return put(r, run, err);
}

/* ---- time ---- */

static int tick(struct eyas_recorder *r, struct eyas_err *err)
{
	uint64_t now;

	if (!r->writer)
		return 0;
	now = eyas_clock_now(CLOCK_MONOTONIC);
	if (!eyas_capture_writer_pending(r->writer))
		r->flushed = now;
	else if (now - r->flushed >= FLUSH_NS) {
		r->flushed = now;
		if (eyas_capture_writer_flush(r->writer, err))
			return err ? err->code : -EIO;
	}
	return rotate(r, err);
}

int eyas_recorder_timeout(const struct eyas_recorder *r)
{
	if (!r->writer)
		return -1;
	return eyas_capture_writer_pending(r->writer) || r->cfg.files.seconds ? 1000 : -1;
}

int eyas_recorder_step(struct eyas_recorder *r, unsigned int max, struct eyas_err *err)
{
	unsigned int n = 0;
	struct eyas_record_run run;
	int next = 1, ret = 0;

	while (n < max && !ret && !r->done) {
		next = eyas_source_next_run(r->cfg.source, &run, err);
		if (next <= 0)
			break;
		ret = handle(r, &run, err);
		if (!ret && r->writer)
			ret = rotate(r, err);
		n++;
	}
	if (!ret)
		ret = tick(r, err);
	if (ret)
		return ret;
	if (r->done)
		return -ENODATA;
	return n ? (int)n : next;
}

int eyas_recorder_flush(struct eyas_recorder *r, struct eyas_err *err)
{
	return r->writer ? eyas_capture_writer_flush(r->writer, err) : 0;
}

/* ---- life ---- */

static int start(struct eyas_recorder *r, struct eyas_err *err)
{
	int ret = eyas_enrich_seed(r->cfg.enrich, err);

	if (ret)
		return ret;
	if (r->cfg.files.path)
		return file_open(r, err);
	return eyas_flight_new(&r->flight, r->cfg.window, r->cfg.memory, err);
}

int eyas_recorder_init(struct eyas_recorder *r, const struct eyas_recorder_config *cfg,
		       struct eyas_err *err)
{
	int ret;

	memset(r, 0, sizeof(*r));
	r->cfg = *cfg;
	r->next_num = 1;
	r->tracks = !cfg->files.path || eyas_rotation_any(&cfg->files);
	eyas_strbuf_init(&r->facts);
	eyas_strbuf_init(&r->state);
	eyas_strbuf_init(&r->name);
	eyas_facts_save(cfg->facts, cfg->command, &r->facts);
	if (getrandom(r->id, sizeof(r->id), 0) != sizeof(r->id))
		ret = eyas_err_set(err, -errno, "cannot name a recording: %s", strerror(errno));
	else
		ret = start(r, err);
	if (ret)
		eyas_recorder_release(r);
	return ret;
}

void eyas_recorder_release(struct eyas_recorder *r)
{
	eyas_capture_writer_free(r->writer);
	r->writer = NULL;
	eyas_flight_free(r->flight);
	r->flight = NULL;
	eyas_strbuf_release(&r->facts);
	eyas_strbuf_release(&r->state);
	eyas_strbuf_release(&r->name);
}

int eyas_recorder_dump(struct eyas_recorder *r, const char *path, struct eyas_capture_end *ret,
		       struct eyas_err *err)
{
	struct eyas_capture_opening o;

	begin_opening(r, &o);
	o.path = path;
	return eyas_flight_write(r->flight, &o, ret, err);
}

int eyas_recorder_finish(struct eyas_recorder *r, struct eyas_err *err)
{
	return r->writer ? file_end(r, 0, err) : 0;
}
