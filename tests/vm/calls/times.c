// SPDX-License-Identifier: Apache-2.0
/* Clocks, timers, sleeping. */
#include "calls.h"
#include <time.h>

static struct { long s, n; } ts, its[2];

int main(void)
{
	static long tv[2], tz[2], now;
	static struct { int64_t s, n; } wide;
	static int timer;

	gmtime(&(time_t){ 0 });	/* reads of the time zone, once */
	begin();
	X(SYS_clock_gettime, P(CLOCK_MONOTONIC), A(&ts));
	line("clock_gettime(CLOCK_MONOTONIC, {tv_sec=%ld, tv_nsec=%ld})", ts.s, ts.n);
	X(SYS_clock_gettime, P(99), A(&ts)), line("clock_gettime(0x63 /* CLOCK_??? */, %s)", ptr(&ts));
	X(SYS_clock_gettime, P(CLOCK_REALTIME), A(edge)), line("clock_gettime(CLOCK_REALTIME, %s)", ptr(edge));
	X(SYS_clock_getres, P(CLOCK_MONOTONIC), A(&ts));
	line("clock_getres(CLOCK_MONOTONIC, {tv_sec=%ld, tv_nsec=%ld})", ts.s, ts.n);
	X(SYS_clock_getres, P(CLOCK_BOOTTIME), 0), line("clock_getres(CLOCK_BOOTTIME, NULL)");
	X(SYS_clock_settime, P(CLOCK_MONOTONIC), A(&ts));
	line("clock_settime(CLOCK_MONOTONIC, {tv_sec=%ld, tv_nsec=%ld})", ts.s, ts.n);
	X(SYS_gettimeofday, A(tv), A(tz));
	line("gettimeofday({tv_sec=%ld, tv_usec=%ld}, {tz_minuteswest=0, tz_dsttime=0})", tv[0], tv[1]);
	X(SYS_gettimeofday, A(edge), 0), line("gettimeofday(%s, NULL)", ptr(edge));
	tv[1] = 2000000;
	X(SYS_settimeofday, A(tv), 0), line("settimeofday({tv_sec=%ld, tv_usec=2000000}, NULL)", tv[0]);
	X(SYS_time, 0), now = ret;
	text_len += (size_t)snprintf(text + text_len, 128, "%-39s = %ld (", "time(NULL)", now);
	text_len += strftime(text + text_len, 64, "%Y-%m-%dT%H:%M:%S+0000)\n", gmtime(&now));
	X(SYS_time, A(edge)), line("time(%s)", ptr(edge));
	ts.s = 0, ts.n = 1;
	X(SYS_nanosleep, A(&ts), 0), line("nanosleep({tv_sec=0, tv_nsec=1}, NULL)");
	X(SYS_nanosleep, A(&ts), A(&its)), line("nanosleep({tv_sec=0, tv_nsec=1}, %s)", ptr(its));
	X(SYS_nanosleep, A(edge), 0), line("nanosleep(%s, NULL)", ptr(edge));
	ts.n = -1;
	X(SYS_nanosleep, A(&ts), 0), line("nanosleep({tv_sec=0, tv_nsec=%lu}, NULL)", -1UL);
	ts.n = 1;
	X(SYS_clock_nanosleep, P(CLOCK_MONOTONIC), P(TIMER_ABSTIME), A(&ts), 0);
	line("clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, {tv_sec=0, tv_nsec=1}, NULL)");
	X(SYS_clock_nanosleep, P(CLOCK_REALTIME), P(0), A(&ts), A(its));
	line("clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=0, tv_nsec=1}, %s)", ptr(its));
	X(SYS_timer_create, P(CLOCK_MONOTONIC), 0, A(&timer)), line("timer_create(CLOCK_MONOTONIC, NULL, [0])");
	X(SYS_timer_create, P(99), 0, A(&timer)), line("timer_create(0x63 /* CLOCK_??? */, NULL, %s)", ptr(&timer));
	its[1].s = 100;
	X(SYS_timer_settime, P(0), P(0), A(its), 0);
	line("timer_settime(0, 0, {it_interval={tv_sec=0, tv_nsec=0}, it_value={tv_sec=100, tv_nsec=0}}, NULL)");
	X(SYS_timer_settime, P(77), P(1), A(its), A(edge));
	line("timer_settime(77, TIMER_ABSTIME, {it_interval={tv_sec=0, tv_nsec=0}, "
	     "it_value={tv_sec=100, tv_nsec=0}}, %s)", ptr(edge));
	X(SYS_timer_gettime, P(77), A(its)), line("timer_gettime(77, %s)", ptr(its));
	X(SYS_timer_getoverrun, P(0)), line("timer_getoverrun(0)");
	X(SYS_timer_delete, P(0)), line("timer_delete(0)");
	X(SYS_timer_delete, P(0)), line("timer_delete(0)");
#ifdef __i386__
	X(403, CLOCK_MONOTONIC, A(&wide));
	line("clock_gettime64(CLOCK_MONOTONIC, {tv_sec=%lld, tv_nsec=%lld})", (long long)wide.s, (long long)wide.n);
	wide.s = 0, wide.n = 1;
	X(407, CLOCK_MONOTONIC, 0, A(&wide), 0);
	line("clock_nanosleep_time64(CLOCK_MONOTONIC, 0, {tv_sec=0, tv_nsec=1}, NULL)");
	X(407, CLOCK_MONOTONIC, 0, A(edge), 0), line("clock_nanosleep_time64(CLOCK_MONOTONIC, 0, %s, NULL)", ptr(edge));
#else
	(void)wide;
#endif
	finish();
}
