// SPDX-License-Identifier: Apache-2.0
/* 32-bit calls of a 64-bit program; with 32 bits: the calls that only they have. */
#include "calls.h"

#ifdef __i386__
static void own(void)
{
	static uint64_t place;
	static uint32_t set = 1 << (SIGUSR1 - 1), old, in_memory[5] = { -1U };
	static struct { uint32_t handler, mask, flags, restorer; } sa = { 1, 1 << (SIGTERM - 1), SA_RESTART, 0 };
	static char buf[512];
	int status;

	X(SYS_open, A("gate"), O_RDWR | O_CREAT, 0600), line("open(\"gate\", O_RDWR|O_CREAT, 0600)");
	X(140, 3, 1, 2, A(&place), SEEK_SET), line("_llseek(3, 4294967298, [4294967298], SEEK_SET)");
	X(140, 77, 0, -1, A(&place), SEEK_SET), line("_llseek(77, 4294967295, %s, SEEK_SET)", ptr(&place));
	X(193, A("gate"), 5, 0), line("truncate64(\"gate\", 5)");
	X(194, 3, 7, 1), line("ftruncate64(3, 4294967303)");
	X(269, 77, 84, A(buf)), line("fstatfs64(77, 84, %s)", ptr(buf));
	X(126, SIG_BLOCK, A(&set), A(&old)), line("sigprocmask(SIG_BLOCK, [USR1], [])");
	X(73, A(&old)), line("sigpending([])");
	X(67, SIGUSR2, A(&sa), 0);
	line("sigaction(SIGUSR2, {sa_handler=SIG_IGN, sa_mask=[TERM], sa_flags=SA_RESTART}, NULL)");
	X(48, SIGUSR1, 0), line_as("0 (SIG_DFL)", "signal(SIGUSR1, SIG_DFL)");
	X(68), line_as("0x200 (mask [USR1])", "sgetmask()");
	X(69, 0), line_as("0x200 (old mask [USR1])", "ssetmask([])");
	X(7, -1, A(&status), 1), line("waitpid(-1, %s, WNOHANG)", ptr(&status));
	X(82, A(in_memory)), line("select(-1, NULL, NULL, NULL, NULL)");
	X(22, A("nosuch")), line("umount(\"nosuch\")");
	X(34, 0), line("nice(0)");
	X(272, 77, 1, 2, 3, 4, 4), line("fadvise64_64(77, 8589934593, 17179869187, POSIX_FADV_DONTNEED)");
	X(18, A("nosuch"), A(buf)), line("oldstat(\"nosuch\", %s)", ptr(buf));
	X(17), line("break()");
	X(112), line("idle()");
	X(25, A(edge)), line("stime(%s)", ptr(edge));
	X(134, 0, 0), line("bdflush(0, 0)");
}
#else
/* What a call through this gate reads has to be in the lowest 4 GiB. */
struct low {
	char name[16], data[16];
	uint32_t iov[4], ts[2];
};

static void int80(long nr, long a, long b, long c, long d, long e)
{
	asm volatile("int $0x80" : "=a"(ret) : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
		     : "memory", "r8", "r9", "r10", "r11");
	ret = ret < 0 && ret > -4096 ? ret : (uint32_t)ret;
}

static struct low *low;

static void own(void)
{
	struct low *l = low;

	strcpy(l->name, "gate");
	strcpy(l->data, "abcdef");
	l->iov[0] = (uint32_t)A(l->data), l->iov[1] = 2;
	l->iov[2] = (uint32_t)A(l->data + 2), l->iov[3] = 3;
	l->ts[1] = 7;
	int80(5, A(l->name), O_RDWR | O_CREAT, 0600, 0, 0);
	line("open(\"gate\", O_RDWR|O_CREAT, 0600)");
	int80(146, 3, A(l->iov), 2, 0, 0);
	line("writev(3, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"cde\", iov_len=3}], 2)");
	int80(180, 3, A(l->data), 3, 1, 0), line("pread64(3, \"bcd\", 3, 1)");
	int80(162, A(l->ts), 0, 0, 0, 0), line("nanosleep({tv_sec=0, tv_nsec=7}, NULL)");
	int80(91, 1, 4096, 0, 0, 0), line("munmap(0x1, 4096)");
	int80(6, 3, 0, 0, 0, 0), line("close(3)");
	int80(6, 3, 0, 0, 0, 0), line("close(3)");
}
#endif

int main(void)
{
#ifndef __i386__
	low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
#endif
	begin();
	own();
	finish();
}
