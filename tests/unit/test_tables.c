// SPDX-License-Identifier: Apache-2.0
/* The tables at the end: files, peers, processes. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "tracing.h"

#define FILES_HEAD									\
	"   opens    reads    bytes read   writes bytes written   others   errors file\n"	\
	"-------- -------- ------------- -------- ------------- -------- -------- "	\
	"----------------\n"
#define PEERS_HEAD									\
	"connects  accepts    sends    bytes sent receives bytes received   errors peer\n"	\
	"-------- -------- -------- ------------- -------- -------------- -------- "	\
	"----------------\n"

static void start(struct tracing *s, uint8_t end)
{
	tracing_start(s);
	s->o.form = EYAS_TRACE_NO_LINES;
	s->o.end = end;
	tracing_trace(s);
}

static void expect_end(struct tracing *s, const char *want)
{
	ck_assert_int_eq(eyas_trace_finish(s->t), 0);
	ck_assert_str_eq(s->text.buf, want);
	tracing_stop(s);
}

static void with_file(struct tracing *s, uint8_t arg, const char *path)
{
	eyas_rec_file(&s->recs, EYAS_BLOB_FILE, S_IFREG);
	eyas_rec_text(&s->recs, EYAS_BLOB_FILE_PATH, arg, path);
}

START_TEST(files)
{
	struct tracing s;

	start(&s, EYAS_TRACE_END_FILES);
	/* Opened by another name than it has. */
	eyas_rec_sys(&s.recs, SYS_openat, 3, AT_FDCWD, 0x1000, O_RDONLY);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 1, "/tmp/link");
	with_file(&s, EYAS_BLOB_NO_ARG, "/tmp/a");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_openat, -2, AT_FDCWD, 0x1000, O_RDONLY);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 1, "/tmp/../nosuch");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_read, 100, 3, 0x1000, 100);
	with_file(&s, 0, "/tmp/a");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_read, -4, 3, 0x1000, 100);
	with_file(&s, 0, "/tmp/a");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_write, 7, 4, 0x1000, 9);
	with_file(&s, 0, "/tmp/b\n");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_copy_file_range, 5, 3, 0, 4, 0, 5);
	eyas_rec_file(&s.recs, EYAS_BLOB_FILE, S_IFREG);
	eyas_rec_text(&s.recs, EYAS_BLOB_FILE_PATH, 0, "/tmp/a");
	eyas_rec_text(&s.recs, EYAS_BLOB_FILE_PATH, 2, "/tmp/b\n");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_unlink, 0, 0x1000);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 0, "/tmp/a");
	tracing_feed(&s);
	/* No file. */
	eyas_rec_sys(&s.recs, SYS_read, 100, 5, 0x1000, 100);
	with_file(&s, 0, "pipe:[17]");
	tracing_feed(&s);
	expect_end(&s, FILES_HEAD
		"       1        0             0        0             0        0        1 /nosuch\n"
		"       1        3           105        0             0        1        1 /tmp/a\n"
		"       0        0             0        2            12        0        0 /tmp/b\\12\n");
}
END_TEST

/* A name relative to a directory, and one relative to nobody knows what. */
START_TEST(relative)
{
	struct tracing s;

	start(&s, EYAS_TRACE_END_FILES);
	eyas_rec_sys(&s.recs, SYS_unlinkat, 0, 7, 0x1000, 0);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 1, "x");
	eyas_rec_file(&s.recs, EYAS_BLOB_FILE, S_IFDIR);
	eyas_rec_text(&s.recs, EYAS_BLOB_FILE_PATH, 0, "/srv");
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_unlinkat, -2, 8, 0x1000, 0);
	eyas_rec_text(&s.recs, EYAS_BLOB_STRING, 1, "y");
	tracing_feed(&s);
	expect_end(&s, FILES_HEAD
		"       0        0             0        0             0        1        0 /srv/x\n"
		"       0        0             0        0             0        1        1 y\n");
}
END_TEST

static void with_socket(struct tracing *s, uint8_t arg, uint16_t lport, uint16_t rport)
{
	struct eyas_socket so = {
		.family = AF_INET, .type = SOCK_STREAM, .protocol = IPPROTO_TCP,
		.lport = lport, .rport = rport,
		.laddr = { 10, 0, 0, 1 }, .raddr = { 10, 0, 0, 2 },
	};

	eyas_rec_blob(&s->recs, EYAS_BLOB_SOCKET, arg, &so, sizeof(so));
}

static void with_unix(struct tracing *s, uint8_t arg, const char *peer, size_t len)
{
	struct eyas_socket so = { .family = AF_UNIX, .type = SOCK_STREAM };

	eyas_rec_blob(&s->recs, EYAS_BLOB_SOCKET, arg, &so, sizeof(so));
	eyas_rec_blob(&s->recs, EYAS_BLOB_PEER_PATH, arg, peer, len);
}

static void with_address(struct tracing *s, uint8_t arg, uint16_t port)
{
	struct sockaddr_in in = {
		.sin_family = AF_INET, .sin_port = htons(port),
		.sin_addr.s_addr = htonl(0x0a000003),
	};

	eyas_rec_blob(&s->recs, EYAS_BLOB_SOCKADDR, arg, &in, sizeof(in));
}

START_TEST(peers)
{
	struct tracing s;
	struct eyas_socket so = { .family = AF_INET, .type = SOCK_DGRAM };

	start(&s, EYAS_TRACE_END_NETWORK);
	/* A client: the attempt that fails, the one that does not, and what is said. */
	eyas_rec_sys(&s.recs, SYS_connect, -111, 3, 0x1000, 16);
	with_socket(&s, 0, 0, 0);
	with_address(&s, 1, 80);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_connect, 0, 3, 0x1000, 16);
	with_socket(&s, 0, 50000, 80);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_write, 10, 3, 0x1000, 10);
	with_socket(&s, 0, 50000, 80);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_recvfrom, 200, 3, 0x1000, 500, 0, 0, 0);
	with_socket(&s, 0, 50000, 80);
	tracing_feed(&s);
	/* A server: its peers' ports tell nothing. */
	eyas_rec_sys(&s.recs, SYS_accept4, 5, 4, 0, 0, 0);
	with_socket(&s, EYAS_BLOB_NO_ARG, 443, 51000);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_accept4, -11, 4, 0, 0, 0);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_read, 30, 5, 0x1000, 500);
	with_socket(&s, 0, 443, 51001);
	tracing_feed(&s);
	/* Not connected: the call tells whom. */
	eyas_rec_sys(&s.recs, SYS_sendto, 4, 6, 0x1000, 4, 0, 0x2000, 16);
	eyas_rec_blob(&s.recs, EYAS_BLOB_SOCKET, 0, &so, sizeof(so));
	with_address(&s, 4, 53);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_write, 3, 7, 0x1000, 3);
	with_unix(&s, 0, "/run/x\033", 7);
	tracing_feed(&s);
	eyas_rec_sys(&s.recs, SYS_write, 3, 7, 0x1000, 3);
	with_unix(&s, 0, "\0bus", 4);
	tracing_feed(&s);
	expect_end(&s, PEERS_HEAD
		"       1        0        1            10        1            200        0 TCP -> 10.0.0.2:80\n"
		"       1        0        0             0        0              0        1 TCP -> 10.0.0.3:80\n"
		"       0        1        0             0        1             30        0 TCP 10.0.0.2 -> :443\n"
		"       0        0        1             4        0              0        0 UDP -> 10.0.0.3:53\n"
		"       0        0        1             3        0              0        0 UNIX /run/x\\33\n"
		"       0        0        1             3        0              0        0 UNIX @bus\n");
}
END_TEST

START_TEST(tree)
{
	struct tracing s;

	start(&s, EYAS_TRACE_END_TREE);
	tracing_by(&s, 100, 100);
	eyas_rec_exec(&s.recs, "make");
	eyas_rec_text(&s.recs, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/make");
	tracing_feed(&s);
	eyas_rec_fork(&s.recs, 101, "make");
	tracing_feed(&s);
	eyas_rec_fork(&s.recs, 100, "make")->flags = EYAS_FORK_F_THREAD;
	tracing_feed(&s);
	tracing_by(&s, 101, 101);
	eyas_rec_fork(&s.recs, 102, "sh");
	tracing_feed(&s);
	s.recs.time += 1500000000;
	tracing_by(&s, 102, 102);
	tracing_exit(&s, 139, true);
	tracing_by(&s, 101, 101);
	tracing_exit(&s, 2 << 8, true);
	tracing_by(&s, 100, 100);
	eyas_rec_fork(&s.recs, 103, "cc\n");
	tracing_feed(&s);
	tracing_by(&s, 200, 200);
	tracing_leave(&s, SYS_close, 0, 3);
	expect_end(&s, "100 make (/usr/bin/make), still runs\n"
		       "|-- 101 make, exited with 2 after 1.500 s\n"
		       "|   `-- 102 sh, killed by SIGSEGV (core dumped) after 1.500 s\n"
		       "`-- 103 cc\\12, still runs\n"
		       "200 , still runs\n");
}
END_TEST

/* All tables after the lines; what is empty is left out. */
START_TEST(together)
{
	struct tracing s;

	tracing_start(&s);
	s.o.end = EYAS_TRACE_END_SUMMARY | EYAS_TRACE_END_FILES | EYAS_TRACE_END_NETWORK;
	ck_assert_int_eq(eyas_summary_columns_parse(&s.o.summary, "calls,name", NULL), 0);
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, 0, 3);
	expect_end(&s, "close(3)                                = 0\n"
		       "    calls syscall\n"
		       "--------- ----------------\n"
		       "        1 close\n"
		       "--------- ----------------\n"
		       "        1 total\n");
}
END_TEST

/* What the kernel has counted is not counted again. */
START_TEST(counters)
{
	struct eyas_counter c = { .nr = SYS_execve, .count = 1 };
	struct tracing s;

	tracing_start(&s);
	s.o.form = EYAS_TRACE_NO_LINES;
	s.o.end = EYAS_TRACE_END_SUMMARY;
	s.o.counters = true;
	ck_assert_int_eq(eyas_summary_columns_parse(&s.o.summary, "calls,name", NULL), 0);
	eyas_rec_exec(&s.recs, "true");
	tracing_feed(&s);
	ck_assert_int_eq(eyas_trace_count(s.t, EYAS_ABI_X86_64, &c), 0);
	expect_end(&s, "    calls syscall\n"
		       "--------- ----------------\n"
		       "        1 execve\n"
		       "--------- ----------------\n"
		       "        1 total\n");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, files);
	tcase_add_test(tc, relative);
	tcase_add_test(tc, peers);
	tcase_add_test(tc, tree);
	tcase_add_test(tc, together);
	tcase_add_test(tc, counters);
}

EYAS_TEST_MAIN("tables", fill)
