// SPDX-License-Identifier: Apache-2.0
/* Names of descriptors and directories where the record of the call has none, -y. */
#include "tracing.h"

static void start(struct tracing *s, uint8_t fds)
{
	tracing_start(s);
	s->o.decode.fds = fds;
}

/* The kernel takes the mark that it puts behind the names of deleted files off again. */
static void with_file(struct tracing *s, uint8_t arg, const char *path)
{
	struct eyas_file file = { .flags = strstr(path, "deleted") ? EYAS_FILE_F_DELETED : 0 };

	eyas_rec_blob(&s->recs, EYAS_BLOB_FILE, arg, &file, sizeof(file));
	eyas_rec_text(&s->recs, EYAS_BLOB_FILE_PATH, arg, path);
	tracing_feed(s);
}

START_TEST(learned_and_forgotten)
{
	struct tracing s;

	start(&s, 1);
	eyas_rec_sys(&s.recs, SYS_dup, 4, 3);
	with_file(&s, EYAS_BLOB_NO_ARG, "pipe:[5]");
	eyas_rec_sys(&s.recs, SYS_fsync, 0, 3);
	with_file(&s, 0, "/tmp/f (deleted)");
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_leave(&s, SYS_close, -9, 4);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_expect(&s, "dup(3<pipe:[5]>)                        = 4<pipe:[5]>\n"
			   "fsync(3</tmp/f (deleted)>(deleted))     = 0\n"
			   "close(4<pipe:[5]>)                      = 0\n"
			   "close(4)                                = -1 EBADF (Bad file descriptor)\n"
			   "close(3</tmp/f (deleted)>(deleted))     = 0\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(sockets)
{
	struct eyas_socket sk = {
		.ino = 7, .family = 2, .type = 1, .protocol = 6, .lport = 80, .laddr = { 127, 0, 0, 1 },
	};
	struct tracing s;

	for (uint8_t fds = 1; fds <= 2; fds++) {
		start(&s, fds);
		eyas_rec_sys(&s.recs, SYS_listen, 0, 3, 1);
		eyas_rec_blob(&s.recs, EYAS_BLOB_SOCKET, 0, &sk, sizeof(sk));
		tracing_feed(&s);
		eyas_strbuf_reset(&s.text);
		tracing_leave(&s, SYS_close, 0, 3);
		ck_assert_int_eq(eyas_trace_flush(s.t), 0);
		ck_assert_ptr_nonnull(strstr(s.text.buf, fds == 1 ? "close(3<socket:[7]>)" :
						     "close(3<TCP:[127.0.0.1:80]>)"));
		tracing_stop(&s);
	}
}
END_TEST

/* A child has what its parent had, and what one closes the other keeps. */
START_TEST(inherited)
{
	struct tracing s;
	const char *at;

	start(&s, 1);
	s.o.follow = true;
	eyas_rec_sys(&s.recs, SYS_fsync, 0, 3);
	with_file(&s, 0, "/tmp/f");
	eyas_rec_fork(&s.recs, 1001, "child");
	tracing_feed(&s);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_by(&s, 1001, 1001);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_exit(&s, 0, true);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	at = strstr(s.text.buf, "close(3</tmp/f>)");
	ck_assert_ptr_nonnull(at);
	ck_assert_ptr_nonnull(strstr(at + 1, "close(3</tmp/f>)"));
	tracing_stop(&s);
}
END_TEST

/* The name is in the entry of the call only. */
START_TEST(directory)
{
	struct tracing s;

	start(&s, 1);
	eyas_rec_exec(&s.recs, "sh");
	eyas_rec_text(&s.recs, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/old");
	tracing_feed(&s);
	tracing_leave(&s, SYS_faccessat, 0, AT_FDCWD, 0, 0);
	tracing_entry(&s, SYS_chdir, 0x1000);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0, "new");
	tracing_feed(&s);
	tracing_leave(&s, SYS_chdir, 0, 0x1000);
	tracing_leave(&s, SYS_faccessat, 0, AT_FDCWD, 0, 0);
	tracing_entry(&s, SYS_chdir, 0x1000);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0, "nosuch");
	tracing_feed(&s);
	tracing_leave(&s, SYS_chdir, -2, 0x1000);
	tracing_leave(&s, SYS_faccessat, 0, AT_FDCWD, 0, 0);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	ck_assert_ptr_nonnull(strstr(s.text.buf,
		"faccessat(AT_FDCWD</old>, NULL, F_OK)   = 0\n"
		"chdir(\"new\")                            = 0\n"
		"faccessat(AT_FDCWD</old/new>, NULL, F_OK) = 0\n"
		"chdir(\"nosuch\")                         = -1 ENOENT (No such file or directory)\n"
		"faccessat(AT_FDCWD</old/new>, NULL, F_OK) = 0\n"));
	tracing_stop(&s);
}
END_TEST

/* What came is told by numbers. */
START_TEST(waited_for)
{
	static const struct { int fd; short events, revents; } poll = { 3, 1, 0 }, came = { 3, 1, 1 };
	static const uint64_t set = 8;
	struct tracing s;

	start(&s, 1);
	eyas_rec_sys(&s.recs, SYS_fsync, 0, 3);
	with_file(&s, 0, "/tmp/f");
	eyas_rec_sys(&s.recs, SYS_poll, 1, 0x1000, 1, 0);
	eyas_rec_blob(&s.recs, EYAS_BLOB_ARRAY, 0, &poll, sizeof(poll));
	eyas_rec_blob(&s.recs, EYAS_BLOB_ARRAY, 0 | EYAS_BLOB_F_OUT, &came, sizeof(came));
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_select, 1, 4, 0x1000);
	eyas_rec_blob(&s.recs, EYAS_BLOB_STRUCT, 1, &set, sizeof(set));
	eyas_rec_blob(&s.recs, EYAS_BLOB_STRUCT, 1 | EYAS_BLOB_F_OUT, &set, sizeof(set));
	tracing_feed(&s);
	tracing_expect(&s, "fsync(3</tmp/f>)                        = 0\n"
			   "poll([{fd=3</tmp/f>, events=POLLIN}], 1, 0) = 1 "
			   "([{fd=3, revents=POLLIN}])\n"
			   "select(4, [3</tmp/f>], NULL, NULL, NULL) = 1 (in [3])\n");
	tracing_stop(&s);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, waited_for);
	tcase_add_test(tc, learned_and_forgotten);
	tcase_add_test(tc, sockets);
	tcase_add_test(tc, inherited);
	tcase_add_test(tc, directory);
}

EYAS_TEST_MAIN("trace_names", fill)
