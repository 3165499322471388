// SPDX-License-Identifier: Apache-2.0
/* Descriptors and path arguments of an event: from what was recorded, from /proc. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "enrich/enrich.h"
#include "life.h"
#include "unit.h"

static struct eyas_life l;

static void setup(void)
{
	eyas_life_create(&l);
}

static void teardown(void)
{
	eyas_life_release(&l);
}

static const struct eyas_proc *proc(uint32_t pid)
{
	return eyas_enrich_proc(l.en, pid);
}

static void path_is(unsigned int n, const char *want)
{
	struct eyas_text t;
	int r = eyas_enrich_path(l.en, &l.ev, n, &l.arena, &t);

	ck_assert_int_eq(r, want ? 0 : -ENOENT);
	if (want)
		ck_assert_bytes_eq(t.p, t.len, want);
}

START_TEST(paths_are_made_absolute)
{
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 5, "dir", O_DIRECTORY);
	path_is(1, "/home/me/dir");
	path_is(0, NULL);
	path_is(2, NULL);
	path_is(100, NULL);
	eyas_rec_sys(&l.b, SYS_openat, -ENOENT, 5, 0x7000, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "../x//y/.");
	eyas_life_update(&l);
	path_is(1, "/home/me/x/y");
	/* Absolute ones need no directory, unknown ones have none. */
	eyas_rec_sys(&l.b, SYS_openat, -ENOENT, 77, 0x7000, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "/etc/../root");
	eyas_life_update(&l);
	path_is(1, "/root");
	eyas_rec_sys(&l.b, SYS_openat, -ENOENT, 77, 0x7000, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "x");
	eyas_life_update(&l);
	path_is(1, "x");
	/* What could not be read is not there; an empty name is. */
	eyas_rec_sys(&l.b, SYS_openat, -EFAULT, (uint64_t)AT_FDCWD, 0x7000, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1 | EYAS_BLOB_F_FAULT, "");
	eyas_life_update(&l);
	path_is(1, NULL);
	eyas_rec_sys(&l.b, SYS_openat, -ENOENT, (uint64_t)AT_FDCWD, 0x7000, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "");
	eyas_life_update(&l);
	path_is(1, "/home/me");
	/* A process that nobody knows. */
	eyas_life_open(&l, 999, -ENOENT, "x", 0);
	path_is(1, "x");
}
END_TEST

/* Without @name: it is not known. */
static void fd_is(uint32_t pid, int32_t num, char type, const char *name)
{
	struct eyas_fd fd = { 0 };

	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(pid), num, &fd), name ? 0 : -ENOENT);
	if (!name)
		return;
	ck_assert_int_eq(fd.type, type);
	ck_assert_int_eq(fd.num, num);
	ck_assert_bytes_eq(fd.name.p ? fd.name.p : "", fd.name.len, name);
}

START_TEST(open_files_have_names)
{
	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 3, "notes", O_RDWR | O_CLOEXEC);
	fd_is(700, 3, 'f', "/home/me/notes");
	eyas_life_open(&l, 700, 4, "/var/log", O_DIRECTORY);
	fd_is(700, 4, 'd', "/var/log");
	eyas_life_open(&l, 700, -ENOENT, "/nope", 0);
	fd_is(700, -ENOENT, 0, NULL);
	fd_is(700, 5, 0, NULL);
	/* By what the kernel says they are. */
	eyas_rec_sys(&l.b, SYS_openat, 6, (uint64_t)AT_FDCWD, 0x7000, 0);
	eyas_rec_text(&l.b, EYAS_BLOB_STRING, 1, "/tmp/link");
	eyas_rec_file(&l.b, EYAS_BLOB_FILE, S_IFIFO | 0600);
	eyas_rec_text(&l.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/run/pipe");
	eyas_life_update(&l);
	fd_is(700, 6, 'p', "/run/pipe");
	eyas_life_fork(&l, 700, 701);
	fd_is(701, 3, 'f', "/home/me/notes");
	/* exec closes what is marked, of this process only. */
	eyas_life_start(&l, 701);
	fd_is(701, 3, 0, NULL);
	fd_is(701, 4, 'd', "/var/log");
	fd_is(700, 3, 'f', "/home/me/notes");
	ck_assert_int_eq(eyas_enrich_fd(l.en, NULL, 3, &(struct eyas_fd){ 0 }), -ENOENT);
}
END_TEST

START_TEST(descriptors_from_before_are_looked_up)
{
	eyas_fakeroot_proc(&l.root, &(struct eyas_fakeproc){ .pid = 501, .ticks = 300 });
	ck_assert_int_eq(eyas_enrich_seed(l.en, NULL), 0);
	eyas_fakeroot_link(&l.root, "proc/501/fd/3", "/var/log/x (deleted)");
	eyas_fakeroot_link(&l.root, "proc/501/fd/4", "pipe:[77]");
	eyas_fakeroot_link(&l.root, "proc/501/fd/5", "anon_inode:[eventpoll]");
	eyas_fakeroot_link(&l.root, "proc/501/fd/6", "socket:[5]");
	eyas_fakeroot_link(&l.root, "proc/501/fd/7", "/memfd:x (deleted)");
	eyas_life_call(&l, 501, SYS_getpid, 501, 0);
	fd_is(501, 3, 0, "/var/log/x");		/* its own /proc would tell the type, too */
	fd_is(501, 4, 'p', "pipe:[77]");
	fd_is(501, 5, 'l', "anon_inode:[eventpoll]");
	fd_is(501, 6, 0, "socket:[5]");
	fd_is(501, 7, 'm', "/memfd:x");
	fd_is(501, 8, 0, NULL);
	/* What it is now is better than what it was, unless closing is recorded. */
	eyas_life_open(&l, 501, 3, "/etc/passwd", 0);
	fd_is(501, 3, 0, "/var/log/x");
	eyas_life_call(&l, 501, SYS_socket, 6, AF_INET, SOCK_STREAM, 0);
	fd_is(501, 6, '4', "socket:[5]");
	eyas_life_call(&l, 501, SYS_close, 0, 99);
	fd_is(501, 3, 'f', "/etc/passwd");
	fd_is(501, 4, 'p', "pipe:[77]");
	eyas_rec_exit(&l.b, 0)->start_time = 3000000000ULL;
	eyas_life_update(&l);
	fd_is(501, 4, 0, NULL);
}
END_TEST

START_TEST(nothing_is_kept_if_nobody_asks)
{
	struct eyas_fd fd;

	eyas_life_start(&l, 700);
	eyas_life_open(&l, 700, 5, "/etc/passwd", 0);
	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(700), 5, &fd), 0);
	eyas_enrich_keep_fds(l.en, false);
	eyas_life_open(&l, 700, 6, "/etc/passwd", 0);
	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(700), 6, &fd), -ENOENT);
	/* What is known of the process itself is still kept up. */
	eyas_life_call(&l, 700, SYS_setuid, 0, 33);
	ck_assert_uint_eq(proc(700)->uid, 33);
	eyas_enrich_keep_fds(l.en, true);
	eyas_life_open(&l, 700, 7, "/etc/passwd", 0);
	ck_assert_int_eq(eyas_enrich_fd(l.en, proc(700), 7, &fd), 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, paths_are_made_absolute);
	tcase_add_test(tc, open_files_have_names);
	tcase_add_test(tc, descriptors_from_before_are_looked_up);
	tcase_add_test(tc, nothing_is_kept_if_nobody_asks);
}

EYAS_TEST_MAIN("fds", fill)
