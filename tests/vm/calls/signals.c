// SPDX-License-Identifier: Apache-2.0
/* Signals: sets, handlers, sending, and what is shown of their arrival. */
#include "calls.h"
#include <sys/time.h>

/* What the kernel takes; libc's is another one. */
struct kernel_sigaction {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
} __attribute__((packed, aligned(4)));

#ifdef __i386__
#define RESTORER(sa)	(void)(sa)
#define RESTORER_FLAG	""
#else
#define RESTORER(sa)	((sa)->flags |= 0x4000000, (sa)->restorer = restorer)
void restorer(void);
asm("restorer: mov $15, %eax; syscall");
#endif

static int self;

static void sets(void)
{
	static uint64_t set = 1 << (SIGUSR1 - 1) | 1 << (SIGHUP - 1), old, all = ~0ULL;
	static uint64_t none;

	X(SYS_rt_sigprocmask, P(SIG_BLOCK), A(&set), A(&old), 8);
	line("rt_sigprocmask(SIG_BLOCK, [HUP USR1], [], 8)");
	X(SYS_rt_sigprocmask, P(SIG_SETMASK), A(&all), 0, 8), line("rt_sigprocmask(SIG_SETMASK, ~[], NULL, 8)");
	X(SYS_rt_sigprocmask, P(7), 0, A(&old), 8);
	line("rt_sigprocmask(0x7 /* SIG_??? */, NULL, ~[KILL STOP], 8)");
	X(SYS_rt_sigprocmask, P(SIG_SETMASK), A(&set), A(edge), 8);
	line("rt_sigprocmask(SIG_SETMASK, [HUP USR1], %s, 8)", ptr(edge));
	X(SYS_rt_sigprocmask, P(SIG_SETMASK), A(edge), A(&old), 8);
	line("rt_sigprocmask(SIG_SETMASK, %s, %s, 8)", ptr(edge), ptr(&old));
	X(SYS_rt_sigprocmask, P(SIG_SETMASK), A(&set), 0, 3);
	line("rt_sigprocmask(SIG_SETMASK, %s, NULL, 3)", ptr(&set));
	X(SYS_rt_sigpending, A(&none), 8), line("rt_sigpending([], 8)");
}

static void sending(void)
{
	static uint64_t set = 1 << (SIGUSR1 - 1);
	static struct { int signo, err, code, pad, pid, uid; long value[26]; } info = { .signo = SIGUSR1, .code = SI_QUEUE };
	static unsigned char got[128];
	static long ts[2];
	int pid = self;

	X(SYS_kill, P(pid), P(SIGUSR1)), line("kill(%d, SIGUSR1)", pid);
	X(SYS_rt_sigpending, A(got), 8), line("rt_sigpending([USR1], 8)");
	X(SYS_rt_sigtimedwait, A(&set), A(got), A(ts), 8);
	line_as("10 (SIGUSR1)", "rt_sigtimedwait([USR1], {si_signo=SIGUSR1, si_code=SI_USER, si_pid=%d, si_uid=0}, "
	     "{tv_sec=0, tv_nsec=0}, 8)", pid);
	X(SYS_rt_sigtimedwait, A(&set), A(got), A(ts), 8);
	line("rt_sigtimedwait([USR1], %s, {tv_sec=0, tv_nsec=0}, 8)", ptr(got));
	X(SYS_kill, P(pid), P(0)), line("kill(%d, 0)", pid);
	X(SYS_kill, P(0x7fffffff), P(SIGTERM)), line("kill(2147483647, SIGTERM)");
	X(SYS_kill, P(pid), P(99)), line("kill(%d, 99)", pid);
	X(SYS_tkill, P(0x7fffffff), P(SIGTERM)), line("tkill(2147483647, SIGTERM)");
	X(SYS_tgkill, P(pid), P(0x7fffffff), P(34)), line("tgkill(%d, 2147483647, SIGRT_2)", pid);
	X(SYS_rt_sigqueueinfo, P(0x7fffffff), P(SIGUSR1), A(&info));
	line("rt_sigqueueinfo(2147483647, SIGUSR1, {si_signo=SIGUSR1, si_code=SI_QUEUE, si_pid=%d, "
	     "si_uid=0})", 0);
	X(SYS_rt_tgsigqueueinfo, P(0x7fffffff), P(1), P(SIGUSR1), A(edge));
	line("rt_tgsigqueueinfo(2147483647, 1, SIGUSR1, %s)", ptr(edge));
	X(SYS_pidfd_send_signal, P(77), P(SIGTERM), 0, P(0));
	line("pidfd_send_signal(77, SIGTERM, NULL, 0)");
}

static void on_signal(int sig)
{
	(void)sig;
}

static void handlers(void)
{
	struct kernel_sigaction sa = { on_signal, SA_RESTART, 0, 1 << (SIGTERM - 1) }, old;

	X(SYS_rt_sigaction, P(SIGKILL), A(&sa), 0, 8);
	line("rt_sigaction(SIGKILL, {sa_handler=%s, sa_mask=[TERM], sa_flags=SA_RESTART}, NULL, 8)",
	     ptr(on_signal));
	X(SYS_rt_sigaction, P(SIGUSR2), 0, A(&old), 8);
	line("rt_sigaction(SIGUSR2, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8)");
	X(SYS_rt_sigaction, P(SIGUSR2), A(edge), A(&old), 8);
	line("rt_sigaction(SIGUSR2, %s, %s, 8)", ptr(edge), ptr(&old));
	RESTORER(&sa);
	X(SYS_rt_sigaction, P(SIGUSR2), A(&sa), A(&old), 8);
#ifdef __i386__
	line("rt_sigaction(SIGUSR2, {sa_handler=%s, sa_mask=[TERM], sa_flags=SA_RESTART}, "
	     "{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8)", ptr(on_signal));
#else
	line("rt_sigaction(SIGUSR2, {sa_handler=%s, sa_mask=[TERM], sa_flags=SA_RESTORER|SA_RESTART, "
	     "sa_restorer=%s}, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8)", ptr(on_signal), ptr(restorer));
#endif
}

static void timers(void)
{
	static struct { long v[4]; } it = { { 0, 0, 100, 5 } }, old;

	X(SYS_alarm, P(100)), line("alarm(100)");
	X(SYS_alarm, P(0)), line("alarm(0)");
	X(SYS_setitimer, P(1), A(&it), A(&old));
	line("setitimer(ITIMER_VIRTUAL, {it_interval={tv_sec=0, tv_usec=0}, it_value={tv_sec=100, tv_usec=5}}, "
	     "{it_interval={tv_sec=0, tv_usec=0}, it_value={tv_sec=0, tv_usec=0}})");
	X(SYS_getitimer, P(0), A(&old));
	line("getitimer(ITIMER_REAL, {it_interval={tv_sec=0, tv_usec=0}, it_value={tv_sec=0, tv_usec=0}})");
	X(SYS_setitimer, P(1), 0, 0), line("setitimer(ITIMER_VIRTUAL, NULL, NULL)");
	X(SYS_getitimer, P(9), A(&old)), line("getitimer(0x9 /* ITIMER_??? */, %s)", ptr(&old));
	X(SYS_sigaltstack, 0, A(edge)), line("sigaltstack(NULL, %s)", ptr(edge));
	X(SYS_sigaltstack, 0, A(&old)), line("sigaltstack(NULL, {ss_sp=NULL, ss_flags=SS_DISABLE, ss_size=0})");
}

int main(void)
{
	self = getpid();
	begin();
	sets();
	sending();
	handlers();
	timers();
	finish();
}
