// SPDX-License-Identifier: Apache-2.0
/* Which calls are shown, and when; times; bytes below lines. */
#include "tracing.h"

START_TEST(by_name)
{
	struct tracing s;

	tracing_start(&s);
	ck_assert_int_eq(eyas_callset_parse(&s.o.calls, "!close", NULL), 0);
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_enter(&s, SYS_dup, 3);
	tracing_leave(&s, SYS_dup, 4, 3);
	tracing_expect(&s, "dup(3)                                  = 4\n");
	tracing_stop(&s);
}
END_TEST

/* Only the end tells whether a call is shown: lines are whole, and in the order of ends. */
START_TEST(by_status)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = true;
	s.o.status = EYAS_TRACE_SUCCESSFUL;
	tracing_enter(&s, SYS_dup, 3);
	tracing_by(&s, 1000, 1001);
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, -9, 3);
	tracing_enter(&s, SYS_close, 4);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_by(&s, 1000, 1000);
	tracing_leave(&s, SYS_dup, 5, 3);
	tracing_enter(&s, SYS_exit_group, 0);
	tracing_exit(&s, 0, true);
	tracing_expect(&s, "[pid  1001] close(4)                    = 0\n"
			   "[pid  1000] dup(3)                      = 5\n"
			   "[pid  1000] +++ exited with 0 +++\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(unfinished_only)
{
	struct tracing s;

	tracing_start(&s);
	s.o.status = EYAS_TRACE_UNFINISHED;
	tracing_enter(&s, SYS_close, 4);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_enter(&s, SYS_exit_group, 0);
	tracing_exit(&s, 0, true);
	tracing_expect(&s, "exit_group(0)                           = ?\n"
			   "+++ exited with 0 +++\n");
	tracing_stop(&s);
}
END_TEST

static void timed_close(struct tracing *s, uint64_t ns, uint64_t fd)
{
	struct eyas_times times;

	eyas_rec_sys(&s->recs, SYS_close, 0, fd);
	times.enter = s->recs.last->time - ns;
	eyas_rec_blob(&s->recs, EYAS_BLOB_TIMES, EYAS_BLOB_NO_ARG, &times, sizeof(times));
	tracing_feed(s);
}

START_TEST(slower)
{
	struct tracing s;

	tracing_start(&s);
	s.o.slower = 5000000;
	s.o.spent = true;
	timed_close(&s, 4999999, 3);
	timed_close(&s, 5000000, 4);
	/* Nobody knows how long this one took. */
	tracing_leave(&s, SYS_close, 0, 5);
	tracing_expect(&s, "close(4)                                = 0 <0.005000>\n");
	tracing_stop(&s);
}
END_TEST

/* -P: by name as given, or by what the kernel says the descriptor is. */
START_TEST(by_path)
{
	struct tracing s;
	struct eyas_file *f;

	tracing_start(&s);
	ck_assert_int_eq(eyas_vec_push(&s.o.paths, "/tmp/a"), 0);
	tracing_entry(&s, SYS_chdir, 0x1000);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0, "/tmp");
	tracing_feed(&s);
	tracing_leave(&s, SYS_chdir, 0, 0x1000);
	tracing_entry(&s, SYS_chdir, 0x1000);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0, "/tmp/a");
	tracing_feed(&s);
	tracing_leave(&s, SYS_chdir, -20, 0x1000);
	tracing_entry(&s, SYS_close, 3);
	f = eyas_rec_file(&s.recs, EYAS_BLOB_FILE, S_IFREG);
	f->ino = 1;
	eyas_rec_text(&s.recs, EYAS_BLOB_FILE_PATH, 0, "/tmp/a");
	tracing_feed(&s);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_expect(&s, "chdir(\"/tmp/a\")                         = -1 ENOTDIR (Not a directory)\n"
			   "close(3)                                = 0\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(by_signal)
{
	struct tracing s;

	tracing_start(&s);
	s.o.signals = ~(1ULL << (SIGALRM - 1));
	tracing_signal(&s, SIGALRM, 0x4000);
	tracing_signal(&s, SIGUSR1, 0x4000);
	tracing_exit(&s, SIGALRM, true);
	tracing_expect(&s, "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_KERNEL} ---\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(quiet)
{
	struct tracing s;

	tracing_start(&s);
	s.o.quiet = EYAS_TRACE_QUIET_EXIT;
	tracing_exit(&s, 0, true);
	tracing_expect(&s, "");
	tracing_stop(&s);
}
END_TEST

/* ---- times ---- */

static const struct {
	enum eyas_trace_clock clock;
	unsigned int digits;
	bool relative;
	const char *want;
} clocks[] = {
	{ EYAS_TRACE_TIME_OF_DAY, 0, false, "22:13:20 close(3)                       = 0\n"
					    "22:13:20 close(4)                       = 0\n" },
	{ EYAS_TRACE_TIME_OF_DAY, 6, false, "22:13:20.000000 close(3)                = 0\n"
					    "22:13:20.000001 close(4)                = 0\n" },
	{ EYAS_TRACE_UNIX_TIME, 6, false, "1700000000.000000 close(3)              = 0\n"
					  "1700000000.000001 close(4)              = 0\n" },
	{ EYAS_TRACE_UNIX_TIME, 9, false, "1700000000.000000000 close(3)           = 0\n"
					  "1700000000.000001000 close(4)           = 0\n" },
	{ EYAS_TRACE_NO_CLOCK, 0, true, "     0.000000 close(3)                  = 0\n"
					"     0.000001 close(4)                  = 0\n" },
	{ EYAS_TRACE_TIME_OF_DAY, 0, true,
	  "22:13:20 (+     0.000000) close(3)      = 0\n"
	  "22:13:20 (+     0.000001) close(4)      = 0\n" },
};

START_TEST(times)
{
	struct tracing s;

	setenv("TZ", "UTC", 1);
	tracing_start(&s);
	s.o.clock = clocks[_i].clock;
	s.o.clock_digits = (uint8_t)clocks[_i].digits;
	s.o.relative = clocks[_i].relative;
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_expect(&s, clocks[_i].want);
	tracing_stop(&s);
}
END_TEST

/* A call has the time when it began; taken up again, that of then. */
START_TEST(time_of_entry)
{
	struct tracing s;

	setenv("TZ", "UTC", 1);
	tracing_start(&s);
	s.o.clock = EYAS_TRACE_TIME_OF_DAY;
	s.o.clock_digits = 6;
	s.o.spent = true;
	timed_close(&s, 20000, 3);
	tracing_enter(&s, SYS_close, 4);
	s.recs.time += 1000000;
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_expect(&s, "22:13:19.999980 close(3)                = 0 <0.000020>\n"
			   "22:13:20.000001 close(4)                = 0 <0.001001>\n");
	tracing_stop(&s);
}
END_TEST

/* ---- -e read=, write= ---- */

START_TEST(dumps)
{
	struct tracing s;

	tracing_start(&s);
	s.o.decode.strsize = 3;
	ck_assert_int_eq(eyas_numbers_parse(&s.o.read, "3", NULL), 0);
	ck_assert_int_eq(eyas_numbers_parse(&s.o.write, "all", NULL), 0);
	eyas_rec_sys(&s.recs, SYS_read, 18, 3, 0x1000, 18);
	eyas_rec_blob(&s.recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, "abcdefghijklmnop\n~", 18);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_read, 1, 4, 0x1000, 1);
	eyas_rec_blob(&s.recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, "x", 1);
	tracing_feed(&s);
	tracing_entry(&s, SYS_write, 5, 0x1000, 2);
	eyas_rec_blob(&s.recs, EYAS_BLOB_BYTES, 1, "hi", 2);
	tracing_feed(&s);
	tracing_leave(&s, SYS_write, 2, 5, 0x1000, 2);
	tracing_expect(&s,
		"read(3, \"abc\"..., 18)                   = 18\n"
		" | 00000  61 62 63 64 65 66 67 68  69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop |\n"
		" | 00010  0a 7e                                             .~               |\n"
		"read(4, \"x\", 1)                         = 1\n"
		"write(5, \"hi\", 2)                       = 2\n"
		" | 00000  68 69                                             hi               |\n");
	tracing_stop(&s);
}
END_TEST

/* Buffer by buffer; of what failed, what was to be written. */
START_TEST(dumps_of_vectors)
{
	const struct eyas_iov v[] = { { 0x1000, 3 }, { 0x2000, 20 } };
	struct tracing s;

	tracing_start(&s);
	s.o.decode.strsize = 1;
	ck_assert_int_eq(eyas_numbers_parse(&s.o.read, "all", NULL), 0);
	ck_assert_int_eq(eyas_numbers_parse(&s.o.write, "all", NULL), 0);
	tracing_entry(&s, SYS_writev, 5, 0x3000, 2);
	eyas_rec_blob(&s.recs, EYAS_BLOB_IOV, 1, v, sizeof(v));
	eyas_rec_blob(&s.recs, EYAS_BLOB_IOV_DATA, 1, "abcdefghij", 10);
	tracing_feed(&s);
	tracing_leave(&s, SYS_writev, -9, 5, 0x3000, 2);
	eyas_rec_sys(&s.recs, SYS_readv, 4, 3, 0x3000, 2);
	eyas_rec_blob(&s.recs, EYAS_BLOB_IOV, 1, v, sizeof(v));
	eyas_rec_blob(&s.recs, EYAS_BLOB_IOV_DATA, 1 | EYAS_BLOB_F_OUT, "wxyz", 4);
	tracing_feed(&s);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	ck_assert_ptr_nonnull(strstr(s.text.buf,
		" * 3 bytes in buffer 0\n"
		" | 00000  61 62 63                                          abc              |\n"
		" * 20 bytes in buffer 1\n"
		" | 00000  64 65 66 67 68 69 6a                              defghij          |\n"
		" | 00007  ... 13 bytes not recorded\n"));
	ck_assert_ptr_nonnull(strstr(s.text.buf,
		" * 3 bytes in buffer 0\n"
		" | 00000  77 78 79                                          wxy              |\n"
		" * 1 bytes in buffer 1\n"
		" | 00000  7a                                                z                |\n"));
	tracing_stop(&s);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, dumps_of_vectors);
	tcase_add_test(tc, by_name);
	tcase_add_test(tc, by_status);
	tcase_add_test(tc, unfinished_only);
	tcase_add_test(tc, slower);
	tcase_add_test(tc, by_path);
	tcase_add_test(tc, by_signal);
	tcase_add_test(tc, quiet);
	tcase_add_loop_test(tc, times, 0, sizeof(clocks) / sizeof(clocks[0]));
	tcase_add_test(tc, time_of_entry);
	tcase_add_test(tc, dumps);
}

EYAS_TEST_MAIN("trace filter", fill)
