// SPDX-License-Identifier: Apache-2.0
/* From options to what the kernel has to record: no call and no byte more than needed. */
#include "base/util.h"
#include "event/callnr.h"
#include "trace/trace.h"

#define SNAPLEN_MIN		512	/* structs and arrays are bytes, too */

/* Whether lines wait for the end of their call, whatever comes before it. */
static bool ends_only(const struct eyas_trace_options *o)
{
	return o->form == EYAS_TRACE_NO_LINES || o->slower ||
	       !(o->status & (EYAS_TRACE_UNFINISHED | EYAS_TRACE_DETACHED));
}

/* Memory that the call is given and then overwrites, or gives up, is only to be had before. */
static bool overwrites(const struct eyas_syscall *sc)
{
	if (sc && (sc->evtype == SYS_execve || sc->evtype == SYS_execveat))
		return true;
	for (unsigned int i = 0; sc && i < sc->nargs; i++)
		if (sc->args[i].kind == EYAS_KIND_IOSTRUCT || sc->args[i].kind == EYAS_KIND_IOARRAY)
			return true;
	return false;
}

static bool wants_objects(const struct eyas_trace_options *o)
{
	return o->decode.fds || o->decode.pids || o->paths.len ||
	       o->end & (EYAS_TRACE_END_FILES | EYAS_TRACE_END_NETWORK);
}

/* What is asked of each call that is selected. */
static uint8_t plan_common(const struct eyas_trace_options *o)
{
	uint8_t plan = EYAS_PLAN_RECORD;

	if (o->form != EYAS_TRACE_NO_LINES)
		plan |= EYAS_PLAN_STRINGS | EYAS_PLAN_DATA;
	if (o->paths.len || o->end & EYAS_TRACE_END_FILES)
		plan |= EYAS_PLAN_STRINGS;
	/* Addresses of peers are data. */
	if (o->end & EYAS_TRACE_END_NETWORK)
		plan |= EYAS_PLAN_DATA;
	if (wants_objects(o))
		plan |= EYAS_PLAN_OBJECTS;
	/* Without their ends, calls that are unfinished could not be told from others. */
	if (o->end || !ends_only(o))
		return plan;
	if (!(o->status & EYAS_TRACE_FAILED))
		plan |= EYAS_PLAN_NO_FAILED;
	if (!(o->status & EYAS_TRACE_SUCCESSFUL))
		plan |= EYAS_PLAN_NO_OK;
	return plan;
}

/* Calls that are given no memory, make no descriptors go away, and end as soon as they begin. */
static bool is_quick(const struct eyas_syscall *sc)
{
	static const uint16_t quick[] = {
		SYS_brk, SYS_clock_getres, SYS_clock_gettime, SYS_dup, SYS_epoll_create1,
		SYS_eventfd2, SYS_fstat, SYS_getcpu, SYS_getcwd, SYS_getegid, SYS_geteuid,
		SYS_getgid, SYS_getgroups, SYS_getitimer, SYS_getpgid, SYS_getpid, SYS_getppid,
		SYS_getpriority, SYS_getresgid, SYS_getresuid, SYS_getrusage, SYS_getsid,
		SYS_gettid, SYS_gettimeofday, SYS_getuid, SYS_inotify_init1, SYS_lseek,
		SYS_madvise, SYS_mmap, SYS_mprotect, SYS_mremap, SYS_munmap, SYS_pipe2,
		SYS_rseq, SYS_rt_sigpending, SYS_sched_getaffinity, SYS_sched_getparam,
		SYS_sched_getscheduler, SYS_sched_yield, SYS_set_robust_list,
		SYS_set_tid_address, SYS_setpgid, SYS_setsid, SYS_socket, SYS_socketpair,
		SYS_sysinfo, SYS_timerfd_create, SYS_times, SYS_umask, SYS_uname,
	};

	for (size_t i = 0; sc && i < EYAS_ARRAY_LEN(quick); i++)
		if (sc->evtype == quick[i])
			return true;
	return false;
}

/* Calls whose end does not tell what they were. */
static bool begins_only(const struct eyas_syscall *sc)
{
	static const char *const names[] = {
		"execve", "execveat", "exit", "exit_group", "rt_sigreturn", "sigreturn",
	};

	for (size_t i = 0; sc && i < EYAS_ARRAY_LEN(names); i++)
		if (eyas_streq(sc->name, names[i]))
			return true;
	return false;
}

/*
 * Whether the start of a call is recorded whatever comes. Where it is not, the
 * end tells all, for half the cost, and the start is told of calls that last.
 */
static bool wants_start(const struct eyas_trace_options *o, uint8_t common,
			const struct eyas_syscall *sc)
{
	if (o->form != EYAS_TRACE_NO_LINES && !(common & EYAS_PLAN_NO_OK) && overwrites(sc))
		return true;
	if (ends_only(o))
		return false;
	/* A line has the time of its beginning. */
	if (o->clock != EYAS_TRACE_NO_CLOCK || o->relative)
		return true;
	/* Nothing is known of a call that has no end, either. */
	if (common & (EYAS_PLAN_NO_OK | EYAS_PLAN_NO_FAILED))
		return true;
	return begins_only(sc) || ((common & EYAS_PLAN_OBJECTS) && !is_quick(sc));
}

static uint8_t plan_call(const struct eyas_trace_options *o, uint8_t common,
			 const struct eyas_syscall *sc)
{
	return common | (wants_start(o, common, sc) ? EYAS_PLAN_ENTER : 0);
}

/* Names depend on the directory, so its changes are recorded even if they are not shown. */
static bool moves(const struct eyas_trace_options *o, const struct eyas_syscall *sc)
{
	return o->decode.fds && !o->counters && sc &&
	       (sc->evtype == SYS_chdir || sc->evtype == SYS_fchdir || sc->evtype == SYS_chroot);
}

static void plan_abi(const struct eyas_trace_options *o, struct eyas_policy *p, unsigned int abi,
		     uint8_t common)
{
	for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
		const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, nr);

		if (!eyas_callset_has(&o->calls, abi, nr)) {
			if (moves(o, sc))
				p->plan[abi][nr] = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS |
						   EYAS_PLAN_OBJECTS | EYAS_PLAN_NO_FAILED;
			continue;
		}
		p->plan[abi][nr] = o->counters ? common : plan_call(o, common, sc);
		/* What sigreturn gives back has no number any more. */
		if (sc && eyas_streq(sc->name, "rt_sigreturn") && !o->counters)
			p->other[abi] |= common;
	}
	if (o->calls.other >> abi & 1)
		p->other[abi] = o->counters ? common : plan_call(o, common, NULL);
}

static uint32_t snaplen(const struct eyas_trace_options *o)
{
	uint32_t len = o->decode.strsize < EYAS_SNAPLEN_MAX ? o->decode.strsize + 1 :
							      EYAS_SNAPLEN_MAX;

	if (!eyas_numbers_empty(&o->read) || !eyas_numbers_empty(&o->write))
		return EYAS_SNAPLEN_MAX;
	return len < SNAPLEN_MIN ? SNAPLEN_MIN : len;
}

/* Whether more matters of a process than that it forks, execs and ends. */
static bool tells_of_processes(const struct eyas_trace_options *o)
{
	return o->whole || wants_objects(o) || o->form == EYAS_TRACE_JSON ||
	       (o->end & EYAS_TRACE_END_TREE);
}

void eyas_trace_policy(const struct eyas_trace_options *o, struct eyas_policy *p)
{
	uint8_t common = o->counters ? EYAS_PLAN_COUNT : plan_common(o);

	eyas_policy_init(p);
	p->events = EYAS_EVENT_PROCESS;
	if (o->form != EYAS_TRACE_NO_LINES && o->signals)
		p->events |= EYAS_EVENT_SIGNAL;
	if (o->decode.pids || o->end & EYAS_TRACE_END_TREE)
		p->events |= EYAS_EVENT_COMM;
	if (o->counters || o->spent || o->slower || o->end & EYAS_TRACE_END_SUMMARY ||
	    (ends_only(o) && (o->clock != EYAS_TRACE_NO_CLOCK || o->relative)) ||
	    o->form == EYAS_TRACE_JSON)
		p->flags |= EYAS_SESSION_F_TIMES;
	if (!o->counters && !ends_only(o))
		p->flags |= EYAS_SESSION_F_LATE;
	if (!tells_of_processes(o))
		p->flags |= EYAS_SESSION_F_BRIEF;
	p->snaplen = snaplen(o);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		plan_abi(o, p, abi, common);
}

bool eyas_trace_counters_do(const struct eyas_trace_options *o)
{
	return o->form == EYAS_TRACE_NO_LINES && o->end == EYAS_TRACE_END_SUMMARY &&
	       !o->paths.len && !o->slower;
}
