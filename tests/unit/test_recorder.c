// SPDX-License-Identifier: Apache-2.0
/* Recordings as a whole: each file can be read alone, together they are what was recorded. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/util.h"
#include "enrich/snapshot.h"
#include "fakeroot.h"
#include "pipeline/recorder.h"
#include "records.h"
#include "source/source_capture.h"
#include "unit.h"

#define ID	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct eyas_fakeroot root, out;
static char path[128];
static struct eyas_recs b;
static struct eyas_facts facts;
static struct eyas_source *live, *src;
static struct eyas_enrich *en, *copy;
static struct eyas_recorder r;
static struct eyas_recorder_config cfg;
static struct eyas_event ev;
static struct eyas_err err;

static void setup(void)
{
	eyas_fakeroot_create(&root);
	eyas_fakeroot_create(&out);
	eyas_fakeroot_file(&root, "etc/passwd", "me::1000:1000::/home/me:/bin/sh\n");
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){ .pid = 1, .comm = "init", .cwd = "/" });
	snprintf(path, sizeof(path), "%s/r", out.dir);
	memset(&b, 0, sizeof(b));
	memset(&facts, 0, sizeof(facts));
	memset(&r, 0, sizeof(r));
	live = src = NULL;
	copy = NULL;
	ck_assert_int_eq(eyas_enrich_create(&en, root.dir, &err), 0);
	cfg = (struct eyas_recorder_config){ .enrich = en,
					     .facts = &facts,
					     .files = { .path = path } };
}

static void teardown(void)
{
	eyas_recorder_release(&r);
	eyas_source_close(live);
	eyas_source_close(src);
	eyas_enrich_free(en);
	eyas_enrich_free(copy);
	eyas_recs_release(&b);
	eyas_fakeroot_remove(&root);
	eyas_fakeroot_remove(&out);
}

/* ---- recording what is in @b ---- */

/* A source that gives all there is in one run, as a ring does. */
static bool in_one_run;

static int next_run(struct eyas_source *s, struct eyas_record_run *ret, struct eyas_err *e)
{
	(void)s, (void)e;
	if (!b.len)
		return -ENODATA;
	*ret = (struct eyas_record_run){ .rec = (const void *)b.data, .len = (uint32_t)b.len };
	for (size_t at = 0; at < b.len; ret->count++)
		at += ((const struct eyas_record *)(b.data + at))->len;
	b.len = 0;
	return 1;
}

static void close_run(struct eyas_source *s)
{
	(void)s;
}

static const struct eyas_source_ops run_ops = { .next_run = next_run, .close = close_run };
static struct eyas_source run_source = { .ops = &run_ops };

static void start(void)
{
	live = &run_source;
	if (!in_one_run)
		ck_assert_int_eq(eyas_source_null_open(&live, b.data, b.len, &err), 0);
	cfg.source = live;
	ck_assert_msg(eyas_recorder_init(&r, &cfg, &err) == 0, "%s", err.msg);
}

static void finish(void)
{
	ck_assert_msg(eyas_recorder_finish(&r, &err) == 0, "%s", err.msg);
}

/* All of it. */
static void record(void)
{
	int n;

	start();
	do
		n = eyas_recorder_step(&r, 100, &err);
	while (n >= 0);
	ck_assert_msg(n == -ENODATA, "%s", err.msg);
	finish();
}

static void open_calls(int n)
{
	char name[64];

	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "/f%d-%ld", i, random());
		eyas_rec_sys(&b, SYS_openat, 3, (uint64_t)-100, 0x7ffd1234, 0);
		eyas_rec_text(&b, EYAS_BLOB_STRING, 1, name);
	}
}

/* ---- reading ---- */

static int on_state(void *arg, struct eyas_bytes items, struct eyas_err *e)
{
	(void)arg;
	return eyas_enrich_load(copy, items, e);
}

static void open_files(const char *const *paths, size_t n)
{
	struct eyas_capture_config c = { .paths = paths, .npaths = n, .state = on_state };

	eyas_source_close(src);
	eyas_enrich_free(copy);
	ck_assert_int_eq(eyas_enrich_create(&copy, "", &err), 0);
	eyas_enrich_detach(copy);
	ck_assert_msg(eyas_source_capture_open(&src, &c, &err) == 0, "%s", err.msg);
}

static void open_file(const char *name)
{
	static const char *paths[1];
	static char full[160];

	snprintf(full, sizeof(full), "%s/%s", out.dir, name);
	paths[0] = full;
	open_files(paths, 1);
}

static bool next(void)
{
	int ret = eyas_source_next(src, &ev, &err);

	ck_assert_msg(ret > 0 || ret == -ENODATA, "%s", err.msg);
	if (ret > 0)
		ck_assert_int_eq(eyas_enrich_update(copy, &ev), 0);
	return ret > 0;
}

/* How many events there are, numbered from @first on. */
static uint64_t count_from(uint64_t first)
{
	uint64_t num = first;

	while (next())
		ck_assert_uint_eq(ev.num, num++);
	ck_assert_ptr_null(eyas_source_capture_note(src));
	return num - first;
}

START_TEST(one_file_has_everything)
{
	snprintf(facts.hostname, sizeof(facts.hostname), "h2");
	eyas_rec_by(&b, 700);
	eyas_rec_exec(&b, "cat")->ppid = 1;
	open_calls(10);
	eyas_rec_loss(&b, EYAS_CLASS_FILE, 4);
	record();
	ck_assert_uint_eq(r.files, 1);
	ck_assert_uint_eq(r.totals.events, 11);
	ck_assert_uint_eq(r.totals.lost[EYAS_CLASS_FILE], 4);
	open_file("r");
	ck_assert_str_eq(eyas_source_capture_facts(src)->hostname, "h2");
	ck_assert_ptr_nonnull(eyas_enrich_proc(copy, 1));
	ck_assert_ptr_null(eyas_enrich_proc(copy, 700));
	ck_assert_str_eq(eyas_enrich_user(copy, 1000), "me");
	ck_assert_uint_eq(count_from(1), 12);
	ck_assert_ptr_nonnull(eyas_enrich_proc(copy, 700));
}
END_TEST

START_TEST(files_by_size_are_parts_and_each_stands_alone)
{
	char names[64][160];
	const char *paths[64];
	uint64_t total = 0;

	cfg.files.bytes = 30000;
	eyas_rec_by(&b, 1);
	eyas_rec_fork(&b, 700, "child");
	eyas_rec_by(&b, 700);
	eyas_rec_sys(&b, SYS_chdir, 0);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 0, "/srv");
	for (int i = 0; i < 20; i++) {
		open_calls(1);
		b.last->nr = SYS_mkdirat;
	}
	/* Enough for a few blocks, each written as soon as it is full. */
	for (int i = 0; i < 20000; i++)
		eyas_rec_sys(&b, SYS_read, random(), (uint64_t)random(), (uint64_t)random());
	record();
	ck_assert_uint_gt(r.files, 2);
	ck_assert_uint_lt(r.files, 64);
	for (unsigned int i = 0; i < r.files; i++) {
		const struct eyas_proc *p;

		snprintf(names[i], sizeof(names[i]), i ? "%s%u" : "%s", path, i);
		paths[i] = names[i];
		open_files(&paths[i], 1);
		if (i) {
			p = eyas_enrich_proc(copy, 700);
			ck_assert_ptr_nonnull(p);
			ck_assert_bytes_eq(p->cwd.p, p->cwd.len, "/srv");
			ck_assert_uint_eq(eyas_enrich_parent(copy, p)->pid, 1);
		}
		total += count_from(total + 1);
		ck_assert_uint_eq(eyas_source_capture_end(src)->flags,
				  i + 1 < r.files ? EYAS_CAPTURE_END_F_MORE : 0);
	}
	ck_assert_uint_eq(total, 20022);
	ck_assert_uint_eq(r.totals.events, 20022);
	open_files(paths, r.files);
	ck_assert_uint_eq(count_from(1), 20022);
	ck_assert_uint_eq(eyas_source_capture_parts(src), r.files);
}
END_TEST

START_TEST(a_circle_of_files_keeps_the_last)
{
	uint64_t first, n;

	cfg.files.bytes = 30000;
	cfg.files.files = 2;
	for (int i = 0; i < 40000; i++)
		eyas_rec_sys(&b, SYS_read, random(), (uint64_t)random(), (uint64_t)random());
	record();
	ck_assert_uint_gt(r.files, 3);
	snprintf(path + strlen(path), 2, "%u", (r.files - 1) % 2);
	open_file(strrchr(path, '/') + 1);
	ck_assert(next());
	first = ev.num;
	n = 1 + count_from(first + 1);
	ck_assert_uint_eq(first + n, 40001);
}
END_TEST

START_TEST(files_by_time_end_when_it_is_time)
{
	static char pattern[160];

	snprintf(pattern, sizeof(pattern), "%s-%%s", path);
	cfg.files.path = pattern;
	cfg.files.seconds = 3600;
	cfg.files.files = 2;
	open_calls(300);
	start();
	ck_assert_int_eq(eyas_recorder_timeout(&r), 1000);
	ck_assert_int_eq(eyas_recorder_step(&r, 100, &err), 100);
	ck_assert_uint_eq(r.files, 1);
	r.next_time = 0;
	ck_assert_int_eq(eyas_recorder_step(&r, 100, &err), 100);
	ck_assert_uint_eq(r.files, 2);
	ck_assert_uint_gt(r.next_time, 1000000000);
	r.next_time = 0;
	ck_assert_int_eq(eyas_recorder_step(&r, 100, &err), -ENODATA);
	finish();
	ck_assert_uint_eq(r.files, 2);
	ck_assert_uint_gt(r.totals.events, 200);
	ck_assert_uint_lt(r.totals.events, 300);
}
END_TEST

START_TEST(what_is_recorded_is_there_after_a_flush)
{
	open_calls(5);
	start();
	ck_assert_int_eq(eyas_recorder_step(&r, 100, &err), 5);
	ck_assert_int_eq(eyas_recorder_timeout(&r), 1000);
	open_file("r");
	ck_assert(!next());
	ck_assert_int_eq(eyas_recorder_flush(&r, &err), 0);
	ck_assert_int_eq(eyas_recorder_timeout(&r), -1);
	open_file("r");
	for (int i = 0; i < 5; i++)
		ck_assert(next());
	ck_assert(!next());
	ck_assert_ptr_nonnull(eyas_source_capture_note(src));
	finish();
}
END_TEST

START_TEST(a_second_is_the_longest_that_a_record_waits)
{
	open_calls(2);
	start();
	ck_assert_int_eq(eyas_recorder_step(&r, 1, &err), 1);
	r.flushed -= 1000000001;
	ck_assert_int_eq(eyas_recorder_step(&r, 1, &err), 1);
	open_file("r");
	ck_assert(next());
	finish();
}
END_TEST

/* It is made while it is recorded: its process is in /proc when the record comes. */
START_TEST(the_container_of_a_new_process_is_told_before_it)
{
	const char *id;

	in_one_run = _i;

	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){ .pid = 900, .comm = "runc" });
	eyas_rec_by(&b, 1);
	open_calls(3);
	eyas_rec_fork(&b, 900, "runc")->task.cgroup = 4711;
	eyas_rec_by(&b, 900);
	eyas_rec_exec(&b, "app")->cgroup = 4711;
	open_calls(3);
	start();
	eyas_fakeroot_file(&root, "proc/900/cgroup", "0::/docker-" ID ".scope\n");
	ck_assert_int_eq(eyas_recorder_step(&r, 100, &err), in_one_run ? 1 : 8);
	finish();
	open_file("r");
	for (int i = 0; i < 4; i++)
		ck_assert(next());
	ck_assert_int_eq(ev.type, EYAS_REC_FORK);
	id = eyas_enrich_container(copy, eyas_enrich_proc(copy, 900));
	ck_assert_ptr_nonnull(id);
	ck_assert_str_eq(id, ID);
	ck_assert_uint_eq(count_from(5), 4);
}
END_TEST

START_TEST(a_flight_recorder_writes_when_asked)
{
	struct eyas_capture_end end;
	static char name[160];

	cfg.files.path = NULL;
	cfg.window = 10000000000ULL;
	cfg.memory = 8U << 20;
	eyas_rec_by(&b, 1);
	eyas_rec_fork(&b, 700, "child");
	open_calls(50);
	start();
	ck_assert_int_eq(eyas_recorder_step(&r, 51, &err), 51);
	ck_assert_int_eq(eyas_recorder_timeout(&r), -1);
	snprintf(name, sizeof(name), "%s/alert", out.dir);
	ck_assert_msg(eyas_recorder_dump(&r, name, &end, &err) == 0, "%s", err.msg);
	ck_assert_uint_eq(end.events, 51);
	open_file("alert");
	ck_assert_ptr_nonnull(eyas_enrich_proc(copy, 1));
	ck_assert_uint_eq(count_from(1), 51);
	finish();
	ck_assert_int_eq(eyas_recorder_dump(&r, "/nowhere/x", &end, &err), -ENOENT);
}
END_TEST

START_TEST(a_file_that_cannot_be_made_is_told)
{
	cfg.files.path = "/nowhere/x";
	ck_assert_int_eq(eyas_source_null_open(&live, NULL, 0, &err), 0);
	cfg.source = live;
	ck_assert_int_eq(eyas_recorder_init(&r, &cfg, &err), -ENOENT);
	ck_assert_str_eq(err.msg, "cannot make '/nowhere/x': No such file or directory");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, one_file_has_everything);
	tcase_add_test(tc, files_by_size_are_parts_and_each_stands_alone);
	tcase_add_test(tc, a_circle_of_files_keeps_the_last);
	tcase_add_test(tc, files_by_time_end_when_it_is_time);
	tcase_add_test(tc, what_is_recorded_is_there_after_a_flush);
	tcase_add_test(tc, a_second_is_the_longest_that_a_record_waits);
	tcase_add_loop_test(tc, the_container_of_a_new_process_is_told_before_it, 0, 2);
	tcase_add_test(tc, a_flight_recorder_writes_when_asked);
	tcase_add_test(tc, a_file_that_cannot_be_made_is_told);
}

EYAS_TEST_MAIN("recorder", fill)
