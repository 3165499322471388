// SPDX-License-Identifier: Apache-2.0
/* Calls on descriptors: data, places, waiting. */
#include "calls.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <termios.h>

static char buf[4096];

static void data(void)
{
	struct iovec iov[] = { { "ab", 2 }, { "cd\n", 3 } }, in[] = { { buf, 3 }, { buf + 8, 8 } };
	struct iovec bad[] = { { edge, 2 } };

	X(SYS_open, A("data"), P(O_RDWR | O_CREAT | O_TRUNC), P(0644));
	line("open(\"data\", O_RDWR|O_CREAT|O_TRUNC, 0644)");
	X(SYS_write, P(3), A("0123456789\1\377\"\\\n"), 15);
	line("write(3, \"0123456789\\1\\377\\\"\\\\\\n\", 15)");
	X(SYS_write, P(3), A(edge), 5), line("write(3, %s, 5)", ptr(edge));
	X(SYS_write, P(3), A(last("12345", 5)), 5), line("write(3, \"12345\", 5)");
	X(SYS_write, P(77), A("x"), 1), line("write(77, \"x\", 1)");
	X(SYS_write, P(3), A("0123456789012345678901234567890123456789"), 40);
	line("write(3, \"01234567890123456789012345678901\"..., 40)");
	X(SYS_write, P(3), 0, 0), line("write(3, NULL, 0)");
	X(SYS_lseek, P(3), 0, P(SEEK_SET)), line("lseek(3, 0, SEEK_SET)");
	X(SYS_lseek, P(3), -5, P(SEEK_CUR)), line("lseek(3, -5, SEEK_CUR)");
	X(SYS_lseek, P(3), 0, P(9)), line("lseek(3, 0, 0x9 /* SEEK_??? */)");
	X(SYS_read, P(3), A(buf), 4), line("read(3, \"0123\", 4)");
	X(SYS_read, P(3), A(edge - 2), 2), line("read(3, \"45\", 2)");
	X(SYS_read, P(3), A(edge), 2), line("read(3, %s, 2)", ptr(edge));
	X(SYS_read, P(77), A(buf), 2), line("read(77, %s, 2)", ptr(buf));
	X(SYS_read, P(3), A(buf), 100);
	line("read(3, \"6789\\1\\377\\\"\\\\\\n12345012345678901234567\"..., 100)");
	X(SYS_read, P(3), A(buf), 100), line("read(3, \"\", 100)");
	X(SYS_pread64, P(3), A(buf), 4, 2), line("pread64(3, \"2345\", 4, 2)");
	X(SYS_pwrite64, P(3), A("xy"), 2, 1), line("pwrite64(3, \"xy\", 2, 1)");
	X(SYS_pread64, P(3), A(buf), 4, -1, BY(0, -1)), line("pread64(3, %s, 4, -1)", ptr(buf));
	X(SYS_writev, P(3), A(iov), 2);
	line("writev(3, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"cd\\n\", iov_len=3}], 2)");
	X(SYS_writev, P(3), A(bad), 1);
	line("writev(3, [{iov_base=%s, iov_len=2}], 1)", ptr(edge));
	X(SYS_writev, P(3), A(edge), 1), line("writev(3, %s, 1)", ptr(edge));
	X(SYS_lseek, P(3), 0, P(SEEK_SET)), line("lseek(3, 0, SEEK_SET)");
	X(SYS_readv, P(3), A(in), 2);
	line("readv(3, [{iov_base=\"0xy\", iov_len=3}, {iov_base=\"3456789\\1\", iov_len=8}], 2)");
	X(SYS_preadv, P(3), A(in), 1, 1, 0);
	line("preadv(3, [{iov_base=\"xy3\", iov_len=3}], 1, 1)");
	X(SYS_pwritev, P(3), A(iov), 1, 2, 0);
	line("pwritev(3, [{iov_base=\"ab\", iov_len=2}], 1, 2)");
	X(SYS_preadv2, P(3), A(in), 1, 1, 0, P(1));
	line("preadv2(3, [{iov_base=\"xab\", iov_len=3}], 1, 1, RWF_HIPRI)");
	X(SYS_pwritev2, P(3), A(iov), 1, 2, 0, P(2));
	line("pwritev2(3, [{iov_base=\"ab\", iov_len=2}], 1, 2, RWF_DSYNC)");
}

static void syncing(void)
{
	X(SYS_fsync, P(3)), line("fsync(3)");
	X(SYS_fdatasync, P(77)), line("fdatasync(77)");
	X(SYS_syncfs, P(77)), line("syncfs(77)");
	X(SYS_flock, P(3), P(5)), line("flock(3, LOCK_SH|LOCK_NB)");
	X(SYS_flock, P(77), P(8)), line("flock(77, LOCK_UN)");
	if (IS32) {
		X(SYS_fallocate, P(77), P(1), 1, 2, 3, 0);
		line("fallocate(77, FALLOC_FL_KEEP_SIZE, 8589934593, 3)");
		X(SYS_readahead, P(77), 1, 2, 3), line("readahead(77, 8589934593, 3)");
		X(SYS_sync_file_range, P(77), 1, 2, 3, 4, P(1));
		line("sync_file_range(77, 8589934593, 17179869187, SYNC_FILE_RANGE_WAIT_BEFORE)");
		X(SYS_fadvise64, P(77), 1, 2, 3, P(4));
		line("fadvise64(77, 8589934593, 3, POSIX_FADV_DONTNEED)");
	} else {
		X(SYS_fallocate, P(77), P(1), 1, 3);
		line("fallocate(77, FALLOC_FL_KEEP_SIZE, 1, 3)");
		X(SYS_readahead, P(77), 1, 3), line("readahead(77, 1, 3)");
		X(SYS_sync_file_range, P(77), 1, 3, P(1));
		line("sync_file_range(77, 1, 3, SYNC_FILE_RANGE_WAIT_BEFORE)");
		X(SYS_fadvise64, P(77), 1, 3, P(4));
		line("fadvise64(77, 1, 3, POSIX_FADV_DONTNEED)");
	}
}

static void copies(void)
{
	static uint64_t off[2] = { 1, 2 };
	static int fds[2];
	struct iovec iov = { "ab", 2 };

	X(SYS_pipe, A(fds)), line("pipe([4, 5])");
	X(SYS_pipe, A(edge)), line("pipe(%s)", ptr(edge));
	X(SYS_pipe2, A(fds), P(O_CLOEXEC | O_NONBLOCK)), line("pipe2([6, 7], O_NONBLOCK|O_CLOEXEC)");
	X(SYS_splice, P(3), A(off), P(5), 0, 4, P(0)), line("splice(3, [1], 5, NULL, 4, 0)");
	X(SYS_tee, P(4), P(7), 4, P(2)), line("tee(4, 7, 4, SPLICE_F_NONBLOCK)");
	X(SYS_vmsplice, P(5), A(&iov), 1, P(0));
	line("vmsplice(5, [{iov_base=\"ab\", iov_len=2}], 1, 0)");
	X(BY(SYS_sendfile, 239), P(5), P(3), A(off + 1), 3);
	line("sendfile%s(5, 3, [2] => [5], 3)", BY("", "64"));
	X(SYS_copy_file_range, P(3), 0, P(77), 0, 3, P(0));
	line("copy_file_range(3, NULL, 77, NULL, 3, 0)");
	X(SYS_ioctl, P(77), FIONREAD, A(fds)), line("ioctl(77, FIONREAD, %s)", ptr(fds));
	X(SYS_ioctl, P(3), TCGETS, A(buf)), line("ioctl(3, TCGETS, %s)", ptr(buf));
	X(SYS_ioctl, P(77), TIOCGWINSZ, A(buf)), line("ioctl(77, TIOCGWINSZ, %s)", ptr(buf));
}

static void numbers(void)
{
	X(SYS_dup, P(3)), line("dup(3)");
	X(SYS_dup, P(-1)), line("dup(-1)");
	X(SYS_dup2, P(3), P(8)), line("dup2(3, 8)");
	X(SYS_dup3, P(3), P(9), P(O_CLOEXEC)), line("dup3(3, 9, O_CLOEXEC)");
	X(SYS_dup3, P(3), P(3), P(0)), line("dup3(3, 3, 0)");
	X(BY(SYS_fcntl, 221), P(9), P(F_GETFD)), line_as("0x1 (flags FD_CLOEXEC)", "fcntl%s(9, F_GETFD)", BY("", "64"));
	X(BY(SYS_fcntl, 221), P(9), P(F_SETFD), 0), line("fcntl%s(9, F_SETFD, 0)", BY("", "64"));
	X(BY(SYS_fcntl, 221), P(9), P(F_DUPFD), 20), line("fcntl%s(9, F_DUPFD, 20)", BY("", "64"));
	X(BY(SYS_fcntl, 221), P(77), P(F_GETFL)), line("fcntl%s(77, F_GETFL)", BY("", "64"));
	X(SYS_close_range, P(8), P(20), P(0)), line("close_range(8, 20, 0)");
	X(SYS_close, P(8)), line("close(8)");
}

static void waiting(void)
{
	struct pollfd fds[] = { { 4, POLLIN | POLLOUT, 0 }, { 77, POLLIN, 0 } }, none = { 6, POLLPRI, 0 };
	static long set[1024 / 8 / sizeof(long)], ts[2] = { 0, 1000 };
	struct epoll_event ev = { EPOLLIN | EPOLLET, { .u64 = 5 } };

	X(SYS_poll, A(fds), P(2), P(-1));
	line_note(" ([{fd=4, revents=POLLIN}, {fd=77, revents=POLLNVAL}])",
		  "poll([{fd=4, events=POLLIN|POLLOUT}, {fd=77, events=POLLIN}], 2, -1)");
	X(SYS_poll, A(&none), P(1), P(1));
	line_note(" (Timeout)", "poll([{fd=6, events=POLLPRI}], 1, 1)");
	X(SYS_poll, A(edge), P(1), P(0)), line("poll(%s, 1, 0)", ptr(edge));
	X(SYS_ppoll, A(&none), P(1), A(ts), 0, 8);
	line_note(" (Timeout)", "ppoll([{fd=6, events=POLLPRI}], 1, {tv_sec=0, tv_nsec=1000}, NULL, 8)");
	set[0] = 1 << 4;
	X(BY(SYS_select, 142), P(5), A(set), 0, 0, 0);
	line_note(" (in [4])", "%s(5, [4], NULL, NULL, NULL)", BY("select", "_newselect"));
	set[0] = 1 << 4;
	ts[1] = 1;
	X(SYS_pselect6, P(5), 0, A(set), 0, A(ts), 0);
	line_note(" (Timeout)", "pselect6(5, NULL, [4], NULL, {tv_sec=0, tv_nsec=1}, NULL)");
	X(SYS_epoll_create, P(1)), line("epoll_create(1)");
	X(SYS_epoll_create1, P(O_CLOEXEC)), line("epoll_create1(EPOLL_CLOEXEC)");
	X(SYS_epoll_ctl, P(8), P(EPOLL_CTL_ADD), P(4), A(&ev));
	line("epoll_ctl(8, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, data={u32=5, u64=5}})");
	X(SYS_epoll_ctl, P(8), P(EPOLL_CTL_DEL), P(77), 0);
	line("epoll_ctl(8, EPOLL_CTL_DEL, 77, NULL)");
	X(SYS_epoll_wait, P(8), A(buf), P(3), P(0));
	line("epoll_wait(8, [{events=EPOLLIN, data={u32=5, u64=5}}], 3, 0)");
	X(SYS_epoll_pwait, P(8), A(buf), P(3), P(0), 0, 8);
	line("epoll_pwait(8, [], 3, 0, NULL, 8)");
	X(SYS_epoll_wait, P(77), A(buf), P(3), P(0)), line("epoll_wait(77, %s, 3, 0)", ptr(buf));
}

static void makers(void)
{
	static long its[4] = { 0, 0, 1, 5 };
	uint64_t set = 1 << (SIGUSR1 - 1);

	X(SYS_eventfd, P(3)), line("eventfd(3)");
	X(SYS_eventfd2, P(3), P(O_NONBLOCK)), line("eventfd2(3, EFD_NONBLOCK)");
	X(SYS_signalfd4, P(-1), A(&set), 8, P(O_CLOEXEC));
	line("signalfd4(-1, [USR1], 8, SFD_CLOEXEC)");
	X(SYS_timerfd_create, P(1), P(0)), line("timerfd_create(CLOCK_MONOTONIC, 0)");
	X(SYS_timerfd_settime, P(13), P(0), A(its), 0);
	line("timerfd_settime(13, 0, {it_interval={tv_sec=0, tv_nsec=0}, "
	     "it_value={tv_sec=1, tv_nsec=5}}, NULL)");
	X(SYS_timerfd_settime, P(77), P(1), A(edge), A(edge));
	line("timerfd_settime(77, TFD_TIMER_ABSTIME, %s, %s)", ptr(edge), ptr(edge));
	X(SYS_timerfd_gettime, P(77), A(its)), line("timerfd_gettime(77, %s)", ptr(its));
	X(SYS_inotify_init), line("inotify_init()");
	X(SYS_inotify_init1, P(O_NONBLOCK)), line("inotify_init1(IN_NONBLOCK)");
	X(SYS_inotify_add_watch, P(14), A("/tmp"), P(0x80000100));
	line("inotify_add_watch(14, \"/tmp\", IN_CREATE|IN_ONESHOT)");
	X(SYS_inotify_rm_watch, P(14), P(5)), line("inotify_rm_watch(14, 5)");
	X(SYS_memfd_create, A("name"), P(1)), line("memfd_create(\"name\", MFD_CLOEXEC)");
	X(SYS_memfd_create, A(edge), P(2)), line("memfd_create(%s, MFD_ALLOW_SEALING)", ptr(edge));
	X(SYS_fanotify_init, P(0x10000000), P(0)), line("fanotify_init(FAN_CLASS_NOTIF|0x10000000 /* FAN_??? */, O_RDONLY)");
	X(SYS_userfaultfd, P(1 << 20)), line("userfaultfd(0x100000 /* UFFD_??? */)");
	X(SYS_io_uring_setup, P(0), A(edge)), line("io_uring_setup(0, %s)", ptr(edge));
	X(SYS_io_uring_enter, P(77), P(1), P(1), P(1), 0, 8);
	line("io_uring_enter(77, 1, 1, IORING_ENTER_GETEVENTS, NULL, 8)");
}

int main(void)
{
	begin();
	data();
	syncing();
	copies();
	numbers();
	waiting();
	makers();
	finish();
}
