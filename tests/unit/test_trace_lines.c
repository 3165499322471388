// SPDX-License-Identifier: Apache-2.0
/* Lines of calls: whole, broken, taken up again, never ended. */
#include "tracing.h"

static void read_enter(struct tracing *s)
{
	tracing_enter(s, SYS_read, 3, 0x1000, 10);
}

static void read_leave(struct tracing *s)
{
	eyas_rec_sys(&s->recs, SYS_read, 3, 3, 0x1000, 10);
	eyas_rec_blob(&s->recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, "abc", 3);
	tracing_feed(s);
}

START_TEST(whole)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, 0, 3);
	read_enter(&s);
	read_leave(&s);
	tracing_enter(&s, SYS_close, 9);
	tracing_leave(&s, SYS_close, -9, 9);
	tracing_expect(&s, "close(3)                                = 0\n"
			   "read(3, \"abc\", 10)                      = 3\n"
			   "close(9)                                = -1 EBADF (Bad file descriptor)\n");
	tracing_stop(&s);
}
END_TEST

/* What is told at entry is there before the call ends. */
START_TEST(partial)
{
	struct tracing s;

	tracing_start(&s);
	read_enter(&s);
	tracing_expect(&s, "read(3, ");
	read_leave(&s);
	tracing_expect(&s, "\"abc\", 10)                      = 3\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(column)
{
	struct tracing s;

	tracing_start(&s);
	s.o.column = 12;
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_leave(&s, SYS_close, 0, 12345);
	tracing_expect(&s, "close(3)    = 0\n"
			   "close(12345) = 0\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(interleaved)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = s.o.file = s.o.pids = true;
	tracing_by(&s, 700, 700);
	read_enter(&s);
	tracing_by(&s, 700, 12345);
	tracing_enter(&s, SYS_close, 4);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_enter(&s, SYS_close, 5);
	tracing_by(&s, 700, 700);
	read_leave(&s);
	tracing_by(&s, 700, 12345);
	tracing_leave(&s, SYS_close, 0, 5);
	tracing_expect(&s, "700   read(3,  <unfinished ...>\n"
			   "12345 close(4)                          = 0\n"
			   "12345 close(5 <unfinished ...>\n"
			   "700   <... read resumed>\"abc\", 10)      = 3\n"
			   "12345 <... close resumed>)              = 0\n");
	tracing_stop(&s);
}
END_TEST

/* A call that another thread did not break into goes on in its line. */
START_TEST(resumed_in_place)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = true;
	read_enter(&s);
	tracing_by(&s, 1000, 1001);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_by(&s, 1000, 1000);
	tracing_enter(&s, SYS_close, 7);
	tracing_expect(&s, "read(3,  <unfinished ...>\n"
			   "[pid  1001] close(4)                    = 0\n"
			   "[pid  1000] <... read resumed> <unfinished ...>) = ?\n"
			   "[pid  1000] close(7");
	tracing_stop(&s);
}
END_TEST

/* Nobody saw it start: all is told at the end. */
START_TEST(no_entry)
{
	struct tracing s;

	tracing_start(&s);
	s.o.spent = true;
	eyas_rec_sys(&s.recs, SYS_read, 3, 3, 0x1000, 10);
	s.recs.last->flags = EYAS_REC_F_NO_ENTER;
	eyas_rec_blob(&s.recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, "abc", 3);
	tracing_feed(&s);
	tracing_expect(&s, "read(3, \"abc\", 10)                      = 3 <unavailable>\n");
	tracing_stop(&s);
}
END_TEST

/* What could not be read at entry comes with the end, so the line waits for it. */
START_TEST(late)
{
	struct tracing s;
	struct eyas_blob *b;

	tracing_start(&s);
	tracing_entry(&s, SYS_chdir, 0x1000);
	b = eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0 | EYAS_BLOB_F_FAULT, "");
	b->full = EYAS_BLOB_FULL_UNKNOWN;
	tracing_feed(&s);
	tracing_expect(&s, "");
	eyas_rec_sys(&s.recs, SYS_chdir, 0, 0x1000);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0 | EYAS_BLOB_F_REREAD, "/tmp");
	tracing_feed(&s);
	tracing_expect(&s, "chdir(\"/tmp\")                           = 0\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(numbers)
{
	struct tracing s;

	tracing_start(&s);
	s.o.number = true;
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_exit(&s, 0, true);
	tracing_expect(&s, "[   3] close(3)                         = 0\n"
			   "[   3] +++ exited with 0 +++\n");
	tracing_stop(&s);
}
END_TEST

/* The call that was interrupted is named, as it is the only thing to tell. */
START_TEST(restart)
{
	struct tracing s;

	tracing_start(&s);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_enter(&s, SYS_restart_syscall, 0);
	tracing_leave(&s, SYS_restart_syscall, 0, 0);
	tracing_expect(&s, "close(3)                                = 0\n"
			   "restart_syscall(<... resuming interrupted close ...>) = 0\n");
	tracing_stop(&s);
}
END_TEST

/* On x86 the end of sigreturn has no number. */
START_TEST(ends_of_sigreturn)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_rt_sigreturn, 0);
	eyas_rec_sys(&s.recs, -1, -4, 0);
	tracing_feed(&s);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	ck_assert_ptr_nonnull(strstr(s.text.buf, "= -1 EINTR (Interrupted system call)\n"));
	ck_assert_int_eq(strncmp(s.text.buf, "rt_sigreturn(", 13), 0);
	tracing_stop(&s);
}
END_TEST

START_TEST(unknown_number)
{
	struct tracing s;

	tracing_start(&s);
	tracing_leave(&s, 7777, -38, 1, 2, 3, 4, 5, 6);
	tracing_expect(&s, "syscall_0x1e61(0x1, 0x2, 0x3, 0x4, 0x5, 0x6) = -1 ENOSYS "
			   "(Function not implemented)\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(colours)
{
	struct tracing s;

	tracing_start(&s);
	s.o.color = true;
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, -9, 3);
	tracing_expect(&s, "\033[36mclose\033[0m(3)                                "
			   "\033[31m= -1 EBADF (Bad file descriptor)\033[0m\n");
	tracing_stop(&s);
}
END_TEST

/* A name is what its process likes it to be. */
START_TEST(names_in_front_are_escaped)
{
	static const struct { const char *comm, *want; } cases[] = {
		{ "cat", "700<cat> getppid()" },
		{ "a\033[2Jb", "700<a\\33[2Jb> getppid()" },
		{ "x<y>", "700<x\\74y\\76> getppid()" },
	};
	struct tracing s;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		tracing_start(&s);
		s.o.follow = s.o.file = s.o.pids = s.o.decode.pids = true;
		eyas_rec_by(&s.recs, 700);
		eyas_rec_exec(&s.recs, cases[i].comm);
		tracing_feed(&s);
		eyas_rec_sys(&s.recs, SYS_getppid, 1, 0);
		tracing_feed(&s);
		ck_assert_int_eq(eyas_trace_flush(s.t), 0);
		ck_assert_msg(strstr(s.text.buf, cases[i].want), "%s", s.text.buf);
		tracing_stop(&s);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, names_in_front_are_escaped);
	tcase_add_test(tc, whole);
	tcase_add_test(tc, partial);
	tcase_add_test(tc, column);
	tcase_add_test(tc, interleaved);
	tcase_add_test(tc, resumed_in_place);
	tcase_add_test(tc, no_entry);
	tcase_add_test(tc, late);
	tcase_add_test(tc, numbers);
	tcase_add_test(tc, restart);
	tcase_add_test(tc, ends_of_sigreturn);
	tcase_add_test(tc, unknown_number);
	tcase_add_test(tc, colours);
}

EYAS_TEST_MAIN("trace lines", fill)
