// SPDX-License-Identifier: Apache-2.0
/* Processes: making and waiting for them, limits, scheduling, what they are. */
#include "calls.h"
#include <linux/sched.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>

static char buf[1024];
static struct utsname name;

static void numbers(void)
{
	X(SYS_getpid), line("getpid()");
	X(SYS_gettid), line("gettid()");
	X(SYS_getppid), line("getppid()");
	X(SYS_getpgrp), line("getpgrp()");
	X(SYS_getpgid, P(0)), line("getpgid(0)");
	X(SYS_getsid, P(0x7fffffff)), line("getsid(2147483647)");
	X(SYS_setpgid, P(0x7fffffff), P(-1)), line("setpgid(2147483647, -1)");
	X(SYS_pidfd_open, P(0x7fffffff), P(0)), line("pidfd_open(2147483647, 0)");
	X(SYS_pidfd_getfd, P(77), P(3), P(0)), line("pidfd_getfd(77, 3, 0)");
}

/* Without a signal at its end, so that nothing is shown of that. */
static void children(void)
{
	static int status;
	static uint64_t info[16];
	int child;

	X(SYS_clone, 0, 0, 0, 0, 0);
	if (!ret)
		raw_call(SYS_exit_group, (const long[6]){ 7 });
	child = (int)ret;
	line("clone(child_stack=NULL, flags=0)");
	X(SYS_wait4, P(child), A(&status), P(__WALL), 0);
	line("wait4(%d, [{WIFEXITED(s) && WEXITSTATUS(s) == 7}], __WALL, NULL)", child);
	X(SYS_wait4, P(-1), A(&status), P(WNOHANG | WUNTRACED), A(edge));
	line("wait4(-1, %s, WNOHANG|WSTOPPED, %s)", ptr(&status), ptr(edge));
	X(SYS_waitid, P(P_PID), P(0x7fffffff), A(info), P(WEXITED | WNOWAIT), 0);
	line("waitid(P_PID, 2147483647, %s, WEXITED|WNOWAIT, NULL)", ptr(info));
	X(SYS_unshare, CLONE_NEWNS | CLONE_THREAD | CLONE_PTRACE), line("unshare(CLONE_THREAD|CLONE_NEWNS|0x2000)");
	X(SYS_setns, P(77), P(CLONE_NEWNET)), line("setns(77, CLONE_NEWNET)");
	X(SYS_execve, A("nosuch"), 0, 0), line("execve(\"nosuch\", NULL, NULL)");
	static char *argv[] = { "a", "b c", NULL }, *envp[] = { "X=1", NULL };
	X(SYS_execve, A("/nosuch"), A(argv), A(envp));
	line("execve(\"/nosuch\", [\"a\", \"b c\"], %s /* 1 var */)", ptr(envp));
	X(SYS_execve, A("/nosuch"), A(edge), 0), line("execve(\"/nosuch\", %s, NULL)", ptr(edge));
	X(SYS_execveat, P(77), A("x"), A(argv), 0, P(AT_EMPTY_PATH));
	line("execveat(77, \"x\", [\"a\", \"b c\"], NULL, AT_EMPTY_PATH)");
}

static void limits(void)
{
	static struct { uint64_t cur, max; } wide = { 5, ~0ULL };
	static struct { unsigned long cur, max; } own = { 1000, -1UL };

	X(SYS_prlimit64, P(0), P(RLIMIT_CORE), A(edge), A(&wide));
	line("prlimit64(0, RLIMIT_CORE, %s, %s)", ptr(edge), ptr(&wide));
	X(SYS_prlimit64, P(0x7fffffff), P(RLIMIT_CPU), A(&wide), 0);
	line("prlimit64(2147483647, RLIMIT_CPU, {rlim_cur=5, rlim_max=RLIM64_INFINITY}, NULL)");
	X(SYS_setrlimit, P(99), A(&own));
	line("setrlimit(0x63 /* RLIMIT_??? */, {rlim_cur=1000, rlim_max=%s})",
	     BY("RLIM64_INFINITY", "RLIM_INFINITY"));
	X(SYS_setrlimit, P(RLIMIT_MSGQUEUE), A(edge)), line("setrlimit(RLIMIT_MSGQUEUE, %s)", ptr(edge));
	own.max = 2048;
	X(SYS_setrlimit, P(RLIMIT_CORE), A(&own));
	line("setrlimit(RLIMIT_CORE, {rlim_cur=1000, rlim_max=2*1024})");
	X(BY(SYS_getrlimit, 191), P(RLIMIT_CORE), A(&own));
	line("%sgetrlimit(RLIMIT_CORE, {rlim_cur=1000, rlim_max=2*1024})", BY("", "u"));
	X(SYS_getrusage, P(RUSAGE_SELF), A(edge)), line("getrusage(RUSAGE_SELF, %s)", ptr(edge));
	X(SYS_getpriority, P(PRIO_PROCESS), P(0)), line("getpriority(PRIO_PROCESS, 0)");
	X(SYS_setpriority, P(PRIO_USER), P(0x7ffffff), P(-5)), line("setpriority(PRIO_USER, 134217727, -5)");
	X(SYS_ioprio_get, P(1), P(0x7fffffff)), line("ioprio_get(IOPRIO_WHO_PROCESS, 2147483647)");
	X(SYS_ioprio_set, P(1), P(0x7fffffff), P(0x4001));
	line("ioprio_set(IOPRIO_WHO_PROCESS, 2147483647, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 1))");
}

static void scheduling(void)
{
	static struct sched_param param = { 0 };
	static unsigned long cpus[16];
	static struct { uint32_t size, policy; uint64_t flags; int32_t nice; uint32_t prio; uint64_t t[3]; } attr;
	static long ts[2];

	X(SYS_sched_yield), line("sched_yield()");
	X(SYS_sched_getscheduler, P(0)), line_as("0 (SCHED_OTHER)", "sched_getscheduler(0)");
	X(SYS_sched_getparam, P(0), A(&param)), line("sched_getparam(0, [0])");
	X(SYS_sched_setparam, P(0), A(&param)), line("sched_setparam(0, [0])");
	X(SYS_sched_setscheduler, P(0x7fffffff), P(1), A(&param));
	line("sched_setscheduler(2147483647, SCHED_FIFO, [0])");
	X(SYS_sched_get_priority_max, P(1)), line("sched_get_priority_max(SCHED_FIFO)");
	X(SYS_sched_get_priority_min, P(99)), line("sched_get_priority_min(0x63 /* SCHED_??? */)");
	X(SYS_sched_rr_get_interval, P(0x7fffffff), A(ts)), line("sched_rr_get_interval(2147483647, %s)", ptr(ts));
	X(SYS_sched_getaffinity, P(0), 1, A(cpus)), line("sched_getaffinity(0, 1, %s)", ptr(cpus));
	cpus[0] = 3;
	X(SYS_sched_setaffinity, P(0x7fffffff), sizeof(long), A(cpus));
	line("sched_setaffinity(2147483647, %d, [0 1])", (int)sizeof(long));
	X(SYS_sched_getattr, P(0x7fffffff), A(&attr), P(48), P(0));
	line("sched_getattr(2147483647, %s, 48, 0)", ptr(&attr));
	X(SYS_sched_setattr, P(0x7fffffff), A(edge), P(0)), line("sched_setattr(2147483647, %s, 0)", ptr(edge));
}

static void selves(void)
{
	static uint32_t header[2] = { 0x20080522, 0 }, caps[6];
	static int a, b;

	X(BY(SYS_uname, 122), A(&name)), line("uname({sysname=\"Linux\", nodename=\"%s\", ...})", name.nodename);
	X(BY(SYS_uname, 122), A(edge)), line("uname(%s)", ptr(edge));
	X(SYS_sysinfo, A(edge)), line("sysinfo(%s)", ptr(edge));
	X(SYS_times, A(edge)), line("times(%s)", ptr(edge));
	X(SYS_personality, P(-1)), line_as("0 (PER_LINUX)", "personality(0xffffffff)");
	X(SYS_getcpu, A(edge), 0, 0), line("getcpu(%s, NULL, NULL)", ptr(edge));
	X(SYS_prctl, P(PR_GET_DUMPABLE)), line_as("1 (SUID_DUMP_USER)", "prctl(PR_GET_DUMPABLE)");
	X(SYS_prctl, P(PR_SET_KEEPCAPS), 7), line("prctl(PR_SET_KEEPCAPS, 7)");
	X(SYS_prctl, P(99999), 1, 2, 3, 4), line("prctl(0x1869f /* PR_??? */, 0x1, 0x2, 0x3, 0x4)");
	X(SYS_set_tid_address, A(&a)), line("set_tid_address(%s)", ptr(&a));
	X(SYS_set_robust_list, A(edge), 3), line("set_robust_list(%s, 3)", ptr(edge));
	X(SYS_get_robust_list, P(0x7fffffff), A(&a), A(&b)), line("get_robust_list(2147483647, %s, %s)", ptr(&a), ptr(&b));
	X(SYS_capget, A(header), A(edge)), line("capget({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, %s)", ptr(edge));
	caps[0] = 1;
	header[1] = 0x7fffffff;
	X(SYS_capset, A(header), A(caps));
	line("capset({version=_LINUX_CAPABILITY_VERSION_3, pid=2147483647}, {effective=1<<CAP_CHOWN, "
	     "permitted=0, inheritable=0})");
	X(SYS_ptrace, 16, 0x7fffffff, 0, 0), line("ptrace(PTRACE_ATTACH, 2147483647)");
	X(SYS_kcmp, P(0x7fffffff), P(1), P(0), 3, 4), line("kcmp(2147483647, 1, KCMP_FILE, 3, 4)");
	X(SYS_seccomp, P(9), P(0), A(edge)), line("seccomp(0x9 /* SECCOMP_SET_MODE_??? */, 0, %s)", ptr(edge));
	X(SYS_getrandom, A(buf), 0, P(4)), line("getrandom(\"\", 0, GRND_INSECURE)");
	X(SYS_getrandom, A(edge), 4, P(0x40)), line("getrandom(%s, 4, 0x40 /* GRND_??? */)", ptr(edge));
	X(SYS_rseq, A(edge), 32, 1, 5), line("rseq(%s, 0x20, 0x1, 0x5)", ptr(edge));
}

int main(void)
{
	uname(&name);
	begin();
	numbers();
	children();
	limits();
	scheduling();
	selves();
	finish();
}
