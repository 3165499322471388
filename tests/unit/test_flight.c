// SPDX-License-Identifier: Apache-2.0
/* The flight recorder: the window and little more, within its memory, as a file like others. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/util.h"
#include "records.h"
#include "source/capture_items.h"
#include "source/flight.h"
#include "source/source_capture.h"
#include "unit.h"

#define SECOND	1000000000ULL

static char dir[64], path[96];
static struct eyas_flight *f;
static struct eyas_source *src;
static struct eyas_recs b;
static struct eyas_event ev;
static struct eyas_capture_end end;
static struct eyas_strbuf states;
static struct eyas_err err;
static uint64_t now, put_so_far, begun;

static void setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/eyas-test.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/flight.eyas", dir);
	memset(&b, 0, sizeof(b));
	eyas_strbuf_init(&states);
	now = 5000 * SECOND;
	put_so_far = begun = 0;
	ck_assert_int_eq(eyas_flight_new(&f, 10 * SECOND, 64U << 20, &err), 0);
}

static void teardown(void)
{
	eyas_source_close(src);
	eyas_flight_free(f);
	eyas_recs_release(&b);
	eyas_strbuf_release(&states);
	unlink(path);
	rmdir(dir);
}

static void items(struct eyas_strbuf *out, const char *text)
{
	eyas_item_put(out, EYAS_CAPTURE_PASSWD, text, strlen(text));
}

/* As the caller does: a slice when it is due, its state the number of the next record. */
static void begin_if_due(void)
{
	_cleanup_strbuf_ struct eyas_strbuf state = EYAS_STRBUF_INIT;
	char text[32];

	if (!eyas_flight_due(f))
		return;
	snprintf(text, sizeof(text), "[%llu]", (unsigned long long)put_so_far + 1);
	items(&state, text);
	ck_assert_int_eq(eyas_flight_begin(f, &state, &err), 0);
	begun++;
}

/* Put the last record of @b. */
static void put_last(void)
{
	struct eyas_record_run run = { .rec = b.last, .len = b.last->len, .count = 1 };

	begin_if_due();
	b.last->time = now;
	if (b.last->type == EYAS_REC_LOSS)
		run.loss = (const void *)(b.last + 1);
	ck_assert_msg(eyas_flight_put(f, &run, &err) == 0, "%s", err.msg);
	put_so_far++;
	eyas_recs_reset(&b);
}

static void put(uint64_t step)
{
	now += step;
	eyas_rec_sys(&b, SYS_getppid, (int64_t)put_so_far + 1);
	put_last();
}

static int on_state(void *arg, struct eyas_bytes state, struct eyas_err *e)
{
	struct eyas_bytes data;
	uint16_t type;

	(void)arg, (void)e;
	while (eyas_item_next(&state, &type, &data) > 0)
		eyas_strbuf_add(&states, data.p, eyas_bytes_left(&data));
	return 0;
}

static void write_and_open(void)
{
	_cleanup_strbuf_ struct eyas_strbuf facts = EYAS_STRBUF_INIT;
	struct eyas_capture_opening o = { .path = path, .facts = &facts };
	const char *paths[] = { path };
	struct eyas_capture_config cfg = { .paths = paths, .npaths = 1, .state = on_state };

	ck_assert_msg(eyas_flight_write(f, &o, &end, &err) == 0, "%s", err.msg);
	eyas_source_close(src);
	eyas_strbuf_reset(&states);
	ck_assert_msg(eyas_source_capture_open(&src, &cfg, &err) == 0, "%s", err.msg);
}

/* All events from number @first on are there; returns the time of the first. */
static uint64_t read_from(uint64_t first)
{
	uint64_t num = first, time = 0;
	int r;

	while ((r = eyas_source_next(src, &ev, &err)) > 0) {
		ck_assert_uint_eq(ev.num, num);
		if (ev.sys)
			ck_assert_uint_eq(ev.sys->ret, num);
		time = time ? time : ev.mono;
		num++;
	}
	ck_assert_msg(r == -ENODATA, "%s", err.msg);
	ck_assert_uint_eq(num, put_so_far + 1);
	ck_assert_ptr_null(eyas_source_capture_note(src));
	ck_assert_mem_eq(eyas_source_capture_end(src), &end, sizeof(end));
	return time;
}

START_TEST(what_is_short_is_whole)
{
	for (int i = 0; i < 100; i++)
		put(SECOND / 50);
	write_and_open();
	ck_assert_str_eq(states.buf, "[1]");
	read_from(1);
	ck_assert_uint_eq(end.events, 100);
	ck_assert_uint_eq(begun, 1);
}
END_TEST

START_TEST(the_window_is_there_and_little_more)
{
	uint64_t first, time;

	for (int i = 0; i < 60000; i++) {
		put(SECOND / 1000);
		if (i < 30000 || i % 7919)
			continue;
		write_and_open();
		ck_assert(eyas_startswith(states.buf, "["));
		first = strtoull(states.buf + 1, NULL, 10);
		time = read_from(first);
		ck_assert_uint_ge(now - time, 10 * SECOND - SECOND / 1000);
		ck_assert_uint_le(now - time, 13 * SECOND);
		ck_assert_uint_eq(end.events, put_so_far + 1 - first);
	}
	ck_assert_uint_eq(begun, 24);
}
END_TEST

START_TEST(memory_is_bounded)
{
	static char data[60000];
	unsigned int seed = 9;
	uint64_t first, time;

	eyas_flight_free(f);
	ck_assert_int_eq(eyas_flight_new(&f, 1000 * SECOND, EYAS_FLIGHT_BYTES_MIN, &err), 0);
	for (int i = 0; i < 1000; i++) {
		for (size_t k = 0; k < sizeof(data); k++)
			data[k] = (char)rand_r(&seed);
		now += SECOND / 100;
		eyas_rec_sys(&b, SYS_write, (int64_t)put_so_far + 1);
		eyas_rec_blob(&b, EYAS_BLOB_BYTES, 1, data, sizeof(data));
		put_last();
		ck_assert_uint_le(eyas_flight_bytes(f), EYAS_FLIGHT_BYTES_MIN + (512U << 10));
	}
	ck_assert_uint_ge(eyas_flight_bytes(f), EYAS_FLIGHT_BYTES_MIN / 2);
	write_and_open();
	first = strtoull(states.buf + 1, NULL, 10);
	ck_assert_uint_gt(first, 900);
	time = read_from(first);
	ck_assert_uint_gt(time, 0);
}
END_TEST

START_TEST(loss_is_kept_and_counted)
{
	put(1);
	eyas_rec_loss(&b, EYAS_CLASS_FILE, 5);
	put_last();
	put(1);
	write_and_open();
	ck_assert_uint_eq(end.events, 2);
	ck_assert_uint_eq(end.loss_records, 1);
	ck_assert_uint_eq(end.lost[EYAS_CLASS_FILE], 5);
	read_from(1);
}
END_TEST

START_TEST(state_between_events_stays_between_them)
{
	_cleanup_strbuf_ struct eyas_strbuf more = EYAS_STRBUF_INIT;

	items(&more, "+");
	put(1);
	ck_assert_int_eq(eyas_flight_state(f, &more, &err), 0);
	put(3 * SECOND);
	begin_if_due();
	/* Right behind what a slice begins with. */
	ck_assert_int_eq(eyas_flight_state(f, &more, &err), 0);
	put(1);
	ck_assert_uint_eq(begun, 2);
	write_and_open();
	ck_assert_str_eq(states.buf, "[1]");
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_str_eq(states.buf, "[1]");
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_str_eq(states.buf, "[1]+");
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_str_eq(states.buf, "[1]++");
}
END_TEST

START_TEST(it_goes_on_after_it_was_written)
{
	put(1);
	write_and_open();
	read_from(1);
	write_and_open();
	read_from(1);
	put(1);
	put(1);
	write_and_open();
	read_from(1);
	ck_assert_uint_eq(end.events, 3);
}
END_TEST

START_TEST(nothing_makes_a_file_of_nothing)
{
	write_and_open();
	read_from(1);
	ck_assert_uint_eq(end.events, 0);
	begin_if_due();
	write_and_open();
	ck_assert_str_eq(states.buf, "[1]");
	read_from(1);
}
END_TEST

START_TEST(failing_to_write_keeps_the_events)
{
	_cleanup_strbuf_ struct eyas_strbuf facts = EYAS_STRBUF_INIT;
	struct eyas_capture_opening o = { .path = "/nowhere/x", .facts = &facts };

	put(1);
	ck_assert_int_eq(eyas_flight_write(f, &o, &end, &err), -ENOENT);
	write_and_open();
	read_from(1);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_is_short_is_whole);
	tcase_add_test(tc, the_window_is_there_and_little_more);
	tcase_add_test(tc, memory_is_bounded);
	tcase_add_test(tc, loss_is_kept_and_counted);
	tcase_add_test(tc, state_between_events_stays_between_them);
	tcase_add_test(tc, it_goes_on_after_it_was_written);
	tcase_add_test(tc, nothing_makes_a_file_of_nothing);
	tcase_add_test(tc, failing_to_write_keeps_the_events);
}

EYAS_TEST_MAIN("flight", fill)
