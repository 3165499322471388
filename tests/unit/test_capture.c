// SPDX-License-Identifier: Apache-2.0
/*
 * Capture files: what is written is read, also while it grows, also if it is
 * cut anywhere; what is damaged is told with its place.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/util.h"
#include "records.h"
#include "source/capture_items.h"
#include "source/capture_read.h"
#include "source/capture_write.h"
#include "source/source_capture.h"
#include "unit.h"

#define CLOCK	500000000000ULL		/* time of day less raw */

static char dir[64], path[96], path2[96];
static struct eyas_recs b;
static struct eyas_capture_writer *w;
static struct eyas_source *src;
static struct eyas_event ev;
static struct eyas_err err;
static struct eyas_strbuf file, states;
static uint64_t clock_off;

static void setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/eyas-test.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/a.eyas", dir);
	snprintf(path2, sizeof(path2), "%s/b.eyas", dir);
	memset(&b, 0, sizeof(b));
	memset(&err, 0, sizeof(err));
	eyas_strbuf_init(&file);
	eyas_strbuf_init(&states);
	clock_off = CLOCK;
	w = NULL;
	src = NULL;
}

static void teardown(void)
{
	eyas_source_close(src);
	eyas_capture_writer_free(w);
	eyas_recs_release(&b);
	eyas_strbuf_release(&file);
	eyas_strbuf_release(&states);
	unlink(path);
	unlink(path2);
	rmdir(dir);
}

/* ---- writing ---- */

static void open_part(const char *at, uint32_t part, uint64_t num)
{
	_cleanup_strbuf_ struct eyas_strbuf facts = EYAS_STRBUF_INIT;
	struct eyas_facts f = { .hostname = "h1", .kernel = "6.1", .cpus = 4, .features = 5 };
	struct eyas_capture_opening o = {
		.path = at, .part = part, .num = num, .facts = &facts, .id = { 1, 2, 3 }
	};

	eyas_facts_save(&f, (const char *const[]){ "eyas", "record", NULL }, &facts);
	ck_assert_msg(eyas_capture_writer_open(&w, &o, &err) == 0, "%s", err.msg);
}

static void open_file(void)
{
	open_part(path, 0, 1);
}

/* Put the records of @b, and forget them. */
static void put(uint16_t cpu)
{
	struct eyas_record_run run = { .clock = clock_off, .cpu = cpu, .lane = EYAS_LANE_BULK };

	for (size_t at = 0; at < b.len; at += run.len) {
		run.rec = (const void *)(b.data + at);
		run.len = run.rec->len;
		run.count = 1;
		run.loss = run.rec->type == EYAS_REC_LOSS ? (const void *)(run.rec + 1) : NULL;
		ck_assert_msg(eyas_capture_writer_put(w, &run, &err) == 0, "%s", err.msg);
	}
	eyas_recs_reset(&b);
}

static void put_open(uint16_t cpu, uint32_t pid)
{
	eyas_rec_by(&b, pid);
	eyas_rec_sys(&b, SYS_openat, 3, (uint64_t)-100, 0x7ffd1234, 0);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc/passwd");
	put(cpu);
}

static void put_state(const char *text)
{
	_cleanup_strbuf_ struct eyas_strbuf items = EYAS_STRBUF_INIT;

	eyas_item_put(&items, EYAS_CAPTURE_PASSWD, text, strlen(text));
	ck_assert_msg(eyas_capture_writer_state(w, &items, &err) == 0, "%s", err.msg);
}

static void flush(void)
{
	ck_assert_msg(eyas_capture_writer_flush(w, &err) == 0, "%s", err.msg);
}

static void end(uint32_t flags)
{
	ck_assert_msg(eyas_capture_writer_end(w, flags, &err) == 0, "%s", err.msg);
	eyas_capture_writer_free(w);
	w = NULL;
}

/* State, three events in two blocks, an end. */
static void make_small(void)
{
	open_file();
	put_state("root::0:0::/root:/bin/sh");
	put_open(0, 10);
	put_open(1, 11);
	flush();
	put_open(0, 12);
	end(0);
}

static void slurp(void)
{
	eyas_strbuf_reset(&file);
	ck_assert_int_eq(eyas_read_file(path, 64U << 20, &file), 0);
}

/* Make the file these bytes. */
static void spew(const void *p, size_t len)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CREAT, 0600);

	ck_assert_int_eq(write(fd, p, len), (ssize_t)len);
	close(fd);
}

/* ---- reading ---- */

static int on_state(void *arg, struct eyas_bytes items, struct eyas_err *e)
{
	struct eyas_bytes data;
	uint16_t type;

	(void)e;
	while (eyas_item_next(&items, &type, &data) > 0) {
		eyas_strbuf_add(arg, data.p, eyas_bytes_left(&data));
		eyas_strbuf_addc(arg, ';');
	}
	return 0;
}

static int open_paths(const char *const *paths, size_t n, bool follow)
{
	struct eyas_capture_config cfg = {
		.paths = paths, .npaths = n, .follow = follow, .state = on_state, .arg = &states
	};

	eyas_source_close(src);
	src = NULL;
	eyas_strbuf_reset(&states);
	return eyas_source_capture_open(&src, &cfg, &err);
}

static int open_capture(bool follow)
{
	static const char *paths[1];

	paths[0] = path;
	return open_paths(paths, 1, follow);
}

static void next_is(uint32_t pid, uint16_t cpu, uint64_t num)
{
	ck_assert_msg(eyas_source_next(src, &ev, &err) == 1, "%s", err.msg);
	ck_assert_uint_eq(ev.pid, pid);
	ck_assert_uint_eq(ev.cpu, cpu);
	ck_assert_uint_eq(ev.num, num);
	ck_assert_uint_eq(ev.time, ev.mono + CLOCK);
	ck_assert_bytes_eq(ev.blobs[0].data, ev.blobs[0].len, "/etc/passwd");
}

static void ends(void)
{
	for (int i = 0; i < 2; i++) {
		int r = eyas_source_next(src, &ev, &err);

		ck_assert_msg(r == -ENODATA, "%d: %s", r, err.msg);
	}
}

START_TEST(what_is_written_is_read)
{
	const struct eyas_capture_end *e;

	make_small();
	ck_assert_msg(open_capture(false) == 0, "%s", err.msg);
	ck_assert_str_eq(states.buf, "root::0:0::/root:/bin/sh;");
	ck_assert_str_eq(eyas_source_capture_facts(src)->hostname, "h1");
	ck_assert_uint_eq(eyas_source_capture_facts(src)->cpus, 4);
	ck_assert_uint_eq(eyas_source_capture_facts(src)->features, 5);
	ck_assert_int_eq(eyas_source_fd(src), -1);
	ck_assert_ptr_null(eyas_source_capture_end(src));
	next_is(10, 0, 1);
	next_is(11, 1, 2);
	next_is(12, 0, 3);
	ends();
	ck_assert_ptr_null(eyas_source_capture_note(src));
	e = eyas_source_capture_end(src);
	ck_assert_ptr_nonnull(e);
	ck_assert_uint_eq(e->events, 3);
	ck_assert_uint_eq(e->loss_records, 0);
	ck_assert_uint_eq(e->bytes, 3 * (32 + 56 + 8 + 16));
	ck_assert_uint_eq(src->stats.events, 3);
}
END_TEST

START_TEST(loss_stays_in_its_place)
{
	open_file();
	eyas_rec_loss(&b, EYAS_CLASS_DESC, 7);
	put(0);
	put_open(0, 10);
	eyas_rec_loss(&b, EYAS_CLASS_FILE, 2);
	put(0);
	end(0);
	ck_assert_int_eq(open_capture(false), 0);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_uint_eq(ev.loss->count[EYAS_CLASS_DESC], 7);
	next_is(10, 0, 2);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_uint_eq(ev.loss->count[EYAS_CLASS_FILE], 2);
	ends();
	ck_assert_uint_eq(src->stats.lost, 9);
	ck_assert_uint_eq(eyas_source_capture_end(src)->lost[EYAS_CLASS_DESC], 7);
	ck_assert_uint_eq(eyas_source_capture_end(src)->loss_records, 2);
	ck_assert_uint_eq(eyas_source_capture_end(src)->events, 1);
}
END_TEST

/* More than a block holds, of all three pieces. */
START_TEST(many_records_make_many_blocks)
{
	static char data[60000];
	uint64_t size, n = 0;

	open_file();
	for (int i = 0; i < 200000; i++) {
		eyas_rec_by(&b, 1000 + (uint32_t)i % 7);
		eyas_rec_sys(&b, SYS_read, i, 3, (uint64_t)i * 977, 10);
		if (i % 1000 == 0)
			eyas_rec_blob(&b, EYAS_BLOB_BYTES, 1, data, sizeof(data));
		put((uint16_t)(i % 3));
	}
	size = eyas_capture_writer_size(w);
	ck_assert_uint_gt(size, 100000);
	end(0);
	ck_assert_int_eq(open_capture(false), 0);
	while (eyas_source_next(src, &ev, &err) > 0) {
		ck_assert_uint_eq(ev.num, n + 1);
		ck_assert_uint_eq(ev.sys->ret, n);
		ck_assert_uint_eq(ev.pid, 1000 + n % 7);
		ck_assert_uint_eq(ev.cpu, n % 3);
		ck_assert_uint_eq(ev.nblobs, n % 1000 == 0);
		n++;
	}
	ends();
	ck_assert_uint_eq(n, 200000);
}
END_TEST

/* A run is divided where a block is full. */
START_TEST(a_long_run_is_divided)
{
	struct eyas_record_run run = { .clock = CLOCK };
	uint64_t n = 0;

	open_file();
	for (int round = 0; round < 4; round++) {
		for (int i = 0; i < 30000; i++)
			eyas_rec_sys(&b, SYS_getppid, i);
		run.rec = (const void *)b.data;
		run.len = (uint32_t)b.len;
		run.count = 30000;
		ck_assert_int_eq(eyas_capture_writer_put(w, &run, &err), 0);
		eyas_recs_reset(&b);
	}
	ck_assert_uint_eq(eyas_capture_writer_num(w), 120001);
	end(0);
	ck_assert_int_eq(open_capture(false), 0);
	while (eyas_source_next(src, &ev, &err) > 0)
		ck_assert_uint_eq(ev.sys->ret, n++ % 30000);
	ends();
	ck_assert_uint_eq(n, 120000);
}
END_TEST

/* A clock that is set makes a new block, so that times before it stay right. */
START_TEST(a_clock_that_is_set_counts_from_there)
{
	open_file();
	put_open(0, 1);
	clock_off += 1000;
	put_open(0, 2);
	clock_off += 3600000000000ULL;
	put_open(0, 3);
	clock_off -= 7200000000000ULL;
	put_open(0, 4);
	end(0);
	ck_assert_int_eq(open_capture(false), 0);
	next_is(1, 0, 1);
	next_is(2, 0, 2);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_uint_eq(ev.time - ev.mono, CLOCK + 1000 + 3600000000000ULL);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_uint_eq(ev.time - ev.mono, CLOCK + 1000 - 3600000000000ULL);
	ends();
}
END_TEST

START_TEST(state_holds_from_where_it_stands)
{
	open_file();
	put_state("a");
	put_state("b");
	put_open(0, 1);
	put_state("c");
	put_open(0, 2);
	end(0);
	ck_assert_int_eq(open_capture(false), 0);
	ck_assert_str_eq(states.buf, "a;b;");
	next_is(1, 0, 1);
	ck_assert_str_eq(states.buf, "a;b;");
	next_is(2, 0, 2);
	ck_assert_str_eq(states.buf, "a;b;c;");
	ends();
}
END_TEST

/* State that is too long for one block. */
START_TEST(much_state_makes_many_blocks)
{
	_cleanup_strbuf_ struct eyas_strbuf items = EYAS_STRBUF_INIT;
	_cleanup_free_ char *text = calloc(1, 700000);

	memset(text, 'x', 700000);
	for (int i = 0; i < 5; i++)
		eyas_item_put(&items, EYAS_CAPTURE_PASSWD, text, 700000);
	open_file();
	ck_assert_int_eq(eyas_capture_writer_state(w, &items, &err), 0);
	end(0);
	ck_assert_int_eq(open_capture(false), 0);
	ck_assert_uint_eq(states.len, 5 * 700001);
	ends();
}
END_TEST

START_TEST(the_file_is_ours_alone)
{
	struct stat st;

	umask(0);
	open_file();
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	end(0);
}
END_TEST

/* ---- cut and damaged files ---- */

/* Where blocks end, and how many events there are up to there. */
struct whole {
	size_t at;
	unsigned int events;
};

static size_t find_blocks(struct whole *whole)
{
	size_t n = 0, at = sizeof(struct eyas_capture_file);
	unsigned int events = 0;

	whole[n++] = (struct whole){ at, 0 };
	while (at < file.len) {
		struct eyas_capture_block head;

		memcpy(&head, file.buf + at, sizeof(head));
		at += sizeof(head) + head.stored;
		events += head.records;
		whole[n++] = (struct whole){ at, events };
	}
	ck_assert_uint_eq(at, file.len);
	return n;
}

START_TEST(a_file_cut_anywhere_is_read_up_to_its_last_whole_block)
{
	struct whole whole[16];
	size_t blocks, k = 0;

	make_small();
	slurp();
	blocks = find_blocks(whole);
	ck_assert_uint_eq(blocks, 6);
	for (size_t len = 0; len < file.len; len++) {
		char note[256];
		unsigned int n = 0;
		int r;

		spew(file.buf, len);
		r = open_capture(false);
		if (len < whole[0].at) {
			ck_assert_int_eq(r, -EBADMSG);
			snprintf(note, sizeof(note),
				 "cannot read '%s': it was cut after %zu bytes, in its header",
				 path, len);
			ck_assert_str_eq(err.msg, note);
			continue;
		}
		ck_assert_msg(r == 0, "%zu bytes: %s", len, err.msg);
		while (k + 1 < blocks && whole[k + 1].at <= len)
			k++;
		while (eyas_source_next(src, &ev, &err) > 0)
			n++;
		ends();
		ck_assert_uint_eq(n, whole[k].events);
		if (len == whole[k].at)
			snprintf(note, sizeof(note),
				 "'%s' has no end mark at offset %zu: it was cut, or "
				 "is still written",
				 path, len);
		else
			snprintf(note, sizeof(note),
				 "'%s' was cut: its last %zu bytes, from offset %zu "
				 "on, are no whole block",
				 path, len - whole[k].at, whole[k].at);
		ck_assert_str_eq(eyas_source_capture_note(src), note);
	}
}
END_TEST

/* Every bit of the file wrong, one at a time: an error that names file and offset. */
START_TEST(a_wrong_bit_is_an_error)
{
	struct whole whole[16];
	char place[160];

	make_small();
	slurp();
	find_blocks(whole);
	for (size_t bit = 0; bit < 8 * file.len; bit++) {
		size_t block = 0;
		int r;

		file.buf[bit / 8] ^= (char)(1 << bit % 8);
		spew(file.buf, file.len);
		file.buf[bit / 8] ^= (char)(1 << bit % 8);
		memset(&err, 0, sizeof(err));
		r = open_capture(false);
		while (!r || r == 1)
			r = eyas_source_next(src, &ev, &err);
		while (bit / 8 >= whole[block].at)
			block++;
		ck_assert_msg(r == -EBADMSG || r == -EPROTONOSUPPORT, "bit %zu: %d %s", bit, r,
			      err.msg);
		if (block)
			snprintf(place, sizeof(place), "cannot read '%s': offset %zu: ", path,
				 whole[block - 1].at);
		else
			snprintf(place, sizeof(place), "cannot read '%s': ", path);
		ck_assert_msg(eyas_startswith(err.msg, place), "bit %zu: %s", bit, err.msg);
		ck_assert_int_gt((int)strlen(err.msg), (int)strlen(place));
	}
}
END_TEST

START_TEST(what_is_no_capture_is_refused)
{
	spew("PNG, perhaps", 12);
	ck_assert_int_eq(open_capture(false), -EBADMSG);
	ck_assert_msg(strstr(err.msg, "': this is no capture file"), "%s", err.msg);
	unlink(path);
	ck_assert_int_eq(open_capture(false), -ENOENT);
	ck_assert_msg(strstr(err.msg, "No such file"), "%s", err.msg);
}
END_TEST

static void seal_head(struct eyas_capture_file *f)
{
	f->crc = eyas_capture_crc(f, offsetof(struct eyas_capture_file, crc));
	spew(file.buf, file.len);
}

START_TEST(other_formats_are_refused)
{
	struct eyas_capture_file *f, keep;

	make_small();
	slurp();
	f = (void *)file.buf;
	keep = *f;

	f->version = 2;
	seal_head(f);
	ck_assert_int_eq(open_capture(false), -EPROTONOSUPPORT);
	ck_assert_msg(strstr(err.msg,
			     "format 2 with features 0 is not known here; use a newer eyas"),
		      "%s", err.msg);
	*f = keep;
	f->incompatible = 1ULL << 40;
	seal_head(f);
	ck_assert_int_eq(open_capture(false), -EPROTONOSUPPORT);
	*f = keep;
	f->abi_version = EYAS_ABI_VERSION + 1;
	seal_head(f);
	ck_assert_int_eq(open_capture(false), -EPROTONOSUPPORT);
	*f = keep;
	f->order = __builtin_bswap32(f->order);
	seal_head(f);
	ck_assert_int_eq(open_capture(false), -EPROTONOSUPPORT);
	ck_assert_msg(strstr(err.msg, "a file of the other byte order"), "%s", err.msg);
	/* This is no difference. */
	*f = keep;
	f->compatible = ~0ULL;
	seal_head(f);
	ck_assert_int_eq(open_capture(false), 0);
}
END_TEST

/* Blocks that the checksums are right of, but not what is in them. */
START_TEST(blocks_of_unknown_types)
{
	struct eyas_capture_block blk = { .type = 77, .num = 1 };
	static const struct eyas_capture_end none;
	struct eyas_capture_sealer s = { 0 };
	const void *stored;

	open_file();
	ck_assert_int_eq(eyas_capture_seal(&s, &blk, "new things", 10, &stored), 0);
	blk.flags |= EYAS_CAPTURE_F_SKIP;
	blk.head_crc = eyas_capture_crc(&blk, offsetof(struct eyas_capture_block, head_crc));
	ck_assert_int_eq(eyas_capture_writer_block(w, &blk, stored, &none, &err), 0);
	put_open(0, 1);
	flush();
	blk.flags &= (__u16)~EYAS_CAPTURE_F_SKIP;
	blk.num = 2;
	blk.head_crc = eyas_capture_crc(&blk, offsetof(struct eyas_capture_block, head_crc));
	ck_assert_int_eq(eyas_capture_writer_block(w, &blk, stored, &none, &err), 0);
	end(0);
	eyas_capture_sealer_release(&s);

	ck_assert_int_eq(open_capture(false), 0);
	next_is(1, 0, 1);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EPROTONOSUPPORT);
	ck_assert_msg(strstr(err.msg, "a block of unknown type 77; use a newer eyas"), "%s",
		      err.msg);
}
END_TEST

/* A block out of its place: its number is not the one that follows. */
START_TEST(a_missing_block_is_an_error)
{
	struct whole whole[16];

	open_file();
	put_open(0, 1);
	flush();
	put_open(0, 2);
	flush();
	put_open(0, 3);
	end(0);
	slurp();
	find_blocks(whole);
	memmove(file.buf + whole[2].at, file.buf + whole[3].at, file.len - whole[3].at);
	spew(file.buf, file.len - (whole[3].at - whole[2].at));
	ck_assert_int_eq(open_capture(false), 0);
	next_is(1, 0, 1);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EBADMSG);
	ck_assert_msg(strstr(err.msg, "records from number 3 on where number 2 is to follow"), "%s",
		      err.msg);
}
END_TEST

/* ---- files that grow, files that are one of many ---- */

START_TEST(a_growing_file_is_followed)
{
	struct stat st;
	int fd;

	open_file();
	put_open(0, 1);
	flush();
	ck_assert_int_eq(open_capture(true), 0);
	ck_assert_int_ge(eyas_source_fd(src), 0);
	next_is(1, 0, 1);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	put_open(0, 2);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	flush();
	next_is(2, 0, 2);
	put_open(0, 3);
	flush();

	/* A block that is half there. */
	ck_assert_int_eq(stat(path, &st), 0);
	slurp();
	fd = open(path, O_WRONLY | O_APPEND);
	next_is(3, 0, 3);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	put_open(0, 4);
	end(0);
	close(fd);
	next_is(4, 0, 4);
	ends();
	ck_assert_ptr_null(eyas_source_capture_note(src));
}
END_TEST

START_TEST(half_a_block_waits_for_its_rest)
{
	struct whole whole[16];
	int fd;

	make_small();
	slurp();
	find_blocks(whole);
	spew(file.buf, whole[3].at);
	ck_assert_int_eq(open_capture(true), 0);
	next_is(10, 0, 1);
	next_is(11, 1, 2);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	fd = open(path, O_WRONLY | O_APPEND);
	for (size_t at = whole[3].at; at + 1 < whole[4].at; at++) {
		ck_assert_int_eq(write(fd, file.buf + at, 1), 1);
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	}
	ck_assert_int_eq(write(fd, file.buf + whole[4].at - 1, 1), 1);
	next_is(12, 0, 3);
	/* The writer is killed. */
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	close(fd);
	ends();
	ck_assert_ptr_nonnull(strstr(eyas_source_capture_note(src), "has no end mark"));
}
END_TEST

START_TEST(parts_go_on_in_the_next_file)
{
	const char *paths[] = { path, path2, path };

	open_part(path, 0, 1);
	put_state("a");
	put_open(0, 1);
	end(EYAS_CAPTURE_END_F_MORE);
	open_part(path2, 1, 2);
	put_state("not wanted");
	put_open(0, 2);
	put_state("b");
	put_open(0, 3);
	end(0);

	ck_assert_int_eq(open_paths(paths, 3, false), 0);
	next_is(1, 0, 1);
	next_is(2, 0, 2);
	ck_assert_str_eq(states.buf, "a;");
	next_is(3, 0, 3);
	ck_assert_str_eq(states.buf, "a;b;");
	ends();
	ck_assert_uint_eq(eyas_source_capture_parts(src), 2);

	/* The second alone. */
	ck_assert_int_eq(open_paths(paths + 1, 1, false), 0);
	ck_assert_str_eq(states.buf, "not wanted;");
	next_is(2, 0, 2);
	next_is(3, 0, 3);
	ends();
}
END_TEST

START_TEST(files_that_are_no_parts_are_left_alone)
{
	const char *paths[] = { path, path2 };

	open_part(path, 0, 1);
	put_open(0, 1);
	end(EYAS_CAPTURE_END_F_MORE);
	open_part(path2, 2, 2);
	put_open(0, 2);
	end(0);
	ck_assert_int_eq(open_paths(paths, 2, false), 0);
	next_is(1, 0, 1);
	ends();
	ck_assert_uint_eq(eyas_source_capture_parts(src), 1);
}
END_TEST

/* ---- writing that fails ---- */

START_TEST(a_full_disk_leaves_whole_blocks)
{
	struct rlimit limit = { 2000, 2000 };
	struct eyas_record_run run = { .clock = CLOCK };
	uint64_t size = 0, n = 0;
	int r = 0;

	signal(SIGXFSZ, SIG_IGN);
	open_file();
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (int i = 0; i < 100 && !r; i++) {
		size = eyas_capture_writer_size(w);
		eyas_recs_reset(&b);
		eyas_rec_sys(&b, SYS_getppid, i);
		run.rec = b.last;
		run.len = b.last->len;
		run.count = 1;
		r = eyas_capture_writer_put(w, &run, &err);
		if (!r)
			r = eyas_capture_writer_flush(w, &err);
		n += !r;
	}
	ck_assert_int_eq(r, -EFBIG);
	ck_assert_msg(eyas_startswith(err.msg, "cannot write '"), "%s", err.msg);
	ck_assert_uint_eq(eyas_capture_writer_size(w), size);
	ck_assert_uint_eq(eyas_capture_writer_totals(w)->events, n);
	/* It stays so. */
	ck_assert_int_eq(eyas_capture_writer_put(w, &run, &err), -EFBIG);
	ck_assert_int_eq(eyas_capture_writer_flush(w, &err), -EFBIG);
	ck_assert_int_eq(eyas_capture_writer_end(w, 0, &err), -EFBIG);
	slurp();
	ck_assert_uint_eq(file.len, size);
	ck_assert_int_eq(open_capture(false), 0);
	while (eyas_source_next(src, &ev, &err) > 0)
		n--;
	ends();
	ck_assert_uint_eq(n, 0);
	ck_assert_ptr_nonnull(strstr(eyas_source_capture_note(src), "has no end mark"));
}
END_TEST

START_TEST(a_file_that_cannot_be_made_is_told)
{
	_cleanup_strbuf_ struct eyas_strbuf facts = EYAS_STRBUF_INIT;
	struct eyas_capture_opening o = { .path = "/nowhere/x", .num = 1, .facts = &facts };

	ck_assert_int_eq(eyas_capture_writer_open(&w, &o, &err), -ENOENT);
	ck_assert_str_eq(err.msg, "cannot make '/nowhere/x': No such file or directory");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_is_written_is_read);
	tcase_add_test(tc, loss_stays_in_its_place);
	tcase_add_test(tc, many_records_make_many_blocks);
	tcase_add_test(tc, a_long_run_is_divided);
	tcase_add_test(tc, a_clock_that_is_set_counts_from_there);
	tcase_add_test(tc, state_holds_from_where_it_stands);
	tcase_add_test(tc, much_state_makes_many_blocks);
	tcase_add_test(tc, the_file_is_ours_alone);
	tcase_add_test(tc, a_file_cut_anywhere_is_read_up_to_its_last_whole_block);
	tcase_add_test(tc, a_wrong_bit_is_an_error);
	tcase_add_test(tc, what_is_no_capture_is_refused);
	tcase_add_test(tc, other_formats_are_refused);
	tcase_add_test(tc, blocks_of_unknown_types);
	tcase_add_test(tc, a_missing_block_is_an_error);
	tcase_add_test(tc, a_growing_file_is_followed);
	tcase_add_test(tc, half_a_block_waits_for_its_rest);
	tcase_add_test(tc, parts_go_on_in_the_next_file);
	tcase_add_test(tc, files_that_are_no_parts_are_left_alone);
	tcase_add_test(tc, a_full_disk_leaves_whole_blocks);
	tcase_add_test(tc, a_file_that_cannot_be_made_is_told);
}

EYAS_TEST_MAIN("capture", fill)
