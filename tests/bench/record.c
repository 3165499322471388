// SPDX-License-Identifier: Apache-2.0
/*
 * What a record costs on its way from the rings into a capture file: rings made
 * up in memory, read and written as eyas record does. Run by record.sh under
 * callgrind, which counts.
 *
 *	record STAGE FILE
 *
 * STAGE is parse (rings and merge, each record an event), count (in runs, as they
 * are), write (the file, too), or track (and the state of processes, which a next
 * file would begin with).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/callgrind.h>
#include "enrich/snapshot.h"
#include "fakering.h"
#include "records.h"
#include "source/capture_write.h"
#include "source/clock.h"
#include "source/source_rings.h"

#define PAGE	EYAS_FAKERING_PAGE
#define CPUS	2U
#define RINGS	(CPUS * EYAS_LANE_MAX)
#define SIZE	(1U << 20)
#define SLOT	(2 * PAGE + 2 * SIZE)
#define ROUNDS	10
#define BATCH	2000		/* records between two readings */

struct bench {
	unsigned char *mem;
	struct eyas_fakering rings[RINGS];
	struct eyas_source *src;
	struct eyas_capture_writer *out;	/* NULL: only count */
	struct eyas_enrich *state;		/* NULL: do not track it */
	bool parse;
	struct eyas_recs recs;
	uint64_t random;
};

static void die(const char *what)
{
	fprintf(stderr, "record: %s\n", what);
	exit(1);
}

static int on_set(void *arg, uint32_t session, const struct eyas_policy *p, struct eyas_err *err)
{
	(void)arg, (void)session, (void)p, (void)err;
	return 0;
}

static void on_close(void *arg)
{
	(void)arg;
}

/* A file that looks like the module's device. */
static void open_rings(struct bench *b)
{
	const struct eyas_rings_control ctl = { on_set, on_close, NULL };
	int fd = memfd_create("eyas", MFD_CLOEXEC);
	struct eyas_session_page *page;
	struct eyas_policy policy;
	struct eyas_err err;
	size_t len = PAGE + RINGS * SLOT;

	if (fd < 0 || ftruncate(fd, (off_t)len) < 0)
		die("no memory");
	b->mem = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	page = (void *)b->mem;
	*page = (struct eyas_session_page){
		.abi_version = EYAS_ABI_VERSION,
		.page_size = PAGE,
		.session = 1,
		.cpus = CPUS,
		.lanes = EYAS_LANE_MAX,
		.generation = 1,
		.rings_offset = sizeof(*page),
		.rings_stride = sizeof(struct eyas_ring_geometry),
		.map_size = PAGE,
	};
	for (unsigned int i = 0; i < RINGS; i++) {
		uint64_t at = PAGE + i * SLOT;

		eyas_fakering_init(&b->rings[i], i / EYAS_LANE_MAX, i % EYAS_LANE_MAX, SIZE,
				   b->mem + at, b->mem + at + PAGE);
		b->rings[i].geo.consumer_offset = at;
		b->rings[i].geo.producer_offset = at + PAGE;
		((struct eyas_ring_geometry *)(page + 1))[i] = b->rings[i].geo;
	}
	eyas_policy_init(&policy);
	if (eyas_source_rings_attach(&b->src, fd, &ctl, &policy, &err))
		die(err.msg);
}

static uint64_t some(struct bench *b, uint64_t below)
{
	b->random = b->random * 6364136223846793005ULL + 1442695040888963407ULL;
	return (b->random >> 33) % below;
}

/* ---- kinds of records ---- */

static void getppid_call(struct bench *b)
{
	eyas_rec_sys(&b->recs, SYS_getppid, 1234, 0x7ffd1000, 0, 0x7f0000001000, 0, 8, 0x400);
}

static void read_call(struct bench *b)
{
	char data[64];

	memset(data, 'a' + (int)some(b, 20), sizeof(data));
	eyas_rec_sys(&b->recs, SYS_read, 64, 3 + some(b, 4), 0x7ffd00001000, 64);
	eyas_rec_blob(&b->recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, data, sizeof(data));
}

static void open_call(struct bench *b)
{
	static const char *const dirs[] = { "/usr/lib/x86_64-linux-gnu", "/etc", "/proc/self",
					    "/home/user/src/project/include" };
	struct eyas_file *f;
	char path[64];

	snprintf(path, sizeof(path), "%s/file%u.so", dirs[some(b, 4)], (unsigned int)some(b, 200));
	eyas_rec_sys(&b->recs, SYS_openat, 3 + (int64_t)some(b, 9), (uint64_t)-100,
		     0x7ffd00000000 + 16 * some(b, 4096), 0x80000);
	eyas_rec_text(&b->recs, EYAS_BLOB_STRING, 1, path);
	f = eyas_rec_file(&b->recs, EYAS_BLOB_FILE, 0100644);
	f->ino = 100000 + some(b, 5000);
	f->size = some(b, 1000000);
	f->mtime = f->ctime = 1700000000000000000ULL + some(b, 1000000) * 1000000007;
	f->dev_major = 8;
	f->nlink = 1;
	eyas_rec_text(&b->recs, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, path);
}

static void close_call(struct bench *b)
{
	eyas_rec_sys(&b->recs, SYS_close, 0, 3 + some(b, 9));
}

/* As a busy machine makes them: 40 processes, some of them on either CPU. */
static void mixed(struct bench *b)
{
	uint64_t n = some(b, 100);

	if (!some(b, 8))
		eyas_rec_by(&b->recs, 1000 + (uint32_t)some(b, 40));
	if (n < 45)
		eyas_rec_sys(&b->recs, SYS_read, (int64_t)some(b, 4096), 3 + some(b, 20),
			     0x7f0000000000 + some(b, 64) * 4096, 4096);
	else if (n < 60)
		eyas_rec_sys(&b->recs, SYS_write, 100, 4, 0x7f0000000000 + some(b, 64) * 4096, 100);
	else if (n < 75)
		close_call(b);
	else if (n < 90)
		open_call(b);
	else
		eyas_rec_sys(&b->recs, SYS_futex, 0, 0x7f0000000000 + some(b, 64) * 64, 128, 1);
}

static const struct kind {
	const char *name;
	void (*make)(struct bench *b);
	unsigned int cpus;
	bool in_turn;		/* one record of either CPU, and not as it comes */
} kinds[] = {
	{ "getppid", getppid_call, 1, false },
	{ "getppid-2-cpus", getppid_call, 2, false },
	{ "getppid-in-turn", getppid_call, 2, true },
	{ "read64+data", read_call, 1, false },
	{ "open+paths", open_call, 1, false },
	{ "close", close_call, 1, false },
	{ "mixed", mixed, 2, false },
};

static void produce(struct bench *b, const struct kind *k)
{
	uint64_t time = eyas_clock_now(CLOCK_MONOTONIC_RAW) - 10000000;

	for (unsigned int i = 0; i < BATCH; i++) {
		unsigned int cpu = k->in_turn ? i % k->cpus :
				   k->cpus > 1 ? (unsigned int)some(b, k->cpus) : 0;

		eyas_recs_reset(&b->recs);
		k->make(b);
		b->recs.last->time = time += 300 + some(b, 900);
		if (!eyas_fakering_put(&b->rings[cpu * EYAS_LANE_MAX + EYAS_LANE_BULK],
				       b->recs.last, EYAS_CLASS_OTHER))
			die("a ring is full");
	}
}

/* As eyas_recorder_step() does for files that others follow. */
static void track(struct bench *b, const struct eyas_record_run *run)
{
	const struct eyas_record *rec = run->rec;
	struct eyas_event ev;
	struct eyas_err err;

	for (uint32_t i = 0; i < run->count; i++) {
		if (eyas_enrich_wants(b->state, rec)) {
			if (eyas_event_parse(&ev, eyas_bytes_of(rec, rec->len), &err))
				die(err.msg);
			ev.time = ev.mono + run->clock;
			if (eyas_enrich_update(b->state, &ev))
				die("out of memory");
		}
		rec = (const void *)((const unsigned char *)rec + rec->len);
	}
}

static unsigned int parse(struct bench *b)
{
	struct eyas_event ev;
	struct eyas_err err;
	unsigned int n = 0;
	int r;

	while ((r = eyas_source_next(b->src, &ev, &err)) > 0)
		n++;
	if (r)
		die(err.msg);
	return n;
}

static unsigned int consume(struct bench *b)
{
	struct eyas_record_run run;
	struct eyas_err err;
	unsigned int n = 0;
	int r;

	while ((r = eyas_source_next_run(b->src, &run, &err)) > 0) {
		n += run.count;
		if (b->state)
			track(b, &run);
		if (b->out && eyas_capture_writer_put(b->out, &run, &err))
			die(err.msg);
	}
	if (r)
		die(err.msg);
	return n;
}

static void run(struct bench *b, const struct kind *k)
{
	static const struct timespec settled = { .tv_nsec = 12000000 };
	uint64_t before = b->out ? eyas_capture_writer_size(b->out) : 0;
	unsigned int n = 0;
	struct eyas_err err;
	char line[96];

	for (unsigned int i = 0; i < ROUNDS; i++) {
		produce(b, k);
		nanosleep(&settled, NULL);
		CALLGRIND_START_INSTRUMENTATION;
		n += b->parse ? parse(b) : consume(b);
		if (i == ROUNDS - 1 && b->out && eyas_capture_writer_flush(b->out, &err))
			die(err.msg);
		CALLGRIND_STOP_INSTRUMENTATION;
	}
	if (n != ROUNDS * BATCH)
		die("records are missing");
	snprintf(line, sizeof(line), "%s %u %.1f", k->name, n,
		 b->out ? (double)(eyas_capture_writer_size(b->out) - before) / n : 0.0);
	CALLGRIND_DUMP_STATS_AT(line);
	puts(line);
}

int main(int argc, char **argv)
{
	struct eyas_strbuf facts = EYAS_STRBUF_INIT;
	struct eyas_capture_opening opening = { .num = 1, .facts = &facts };
	static struct bench b = { .random = 1 };
	struct eyas_err err;

	if (argc != 3)
		die("usage: record parse|count|write|track FILE");
	opening.path = argv[2];
	open_rings(&b);
	if (!strcmp(argv[1], "track") && eyas_enrich_create(&b.state, "/nonexistent", &err))
		die(err.msg);
	b.parse = !strcmp(argv[1], "parse");
	if (strcmp(argv[1], "count") != 0 && !b.parse && eyas_capture_writer_open(&b.out, &opening, &err))
		die(err.msg);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		run(&b, &kinds[i]);
	return 0;
}
