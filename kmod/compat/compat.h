/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every difference between kernel versions, here and beside, and nothing else.
 * Force-included, so that no other file mentions a version.
 */
#ifndef EYAS_COMPAT_H
#define EYAS_COMPAT_H

#include <linux/version.h>
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include <net/genetlink.h>
#include "files.h"
#include "probes.h"
#include "sockets.h"

/* Kernels that clear all of the stack would clear what is written at once anyway. */
#if __has_attribute(uninitialized)
#define EYAS_UNINITIALIZED	__attribute__((uninitialized))
#else
#define EYAS_UNINITIALIZED
#endif

/* kernel_cap_t is one u64 since 6.3. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static inline u64 eyas_cap_u64(kernel_cap_t cap)
{
	return (u64)cap.cap[1] << 32 | cap.cap[0];
}
#else
static inline u64 eyas_cap_u64(kernel_cap_t cap)
{
	return cap.val;
}
#endif

/* io_uring got workers that belong to the process in 5.12. */
#ifdef PF_IO_WORKER
#define EYAS_PF_IO_WORKER	PF_IO_WORKER
#else
#define EYAS_PF_IO_WORKER	0
#endif

/* hrtimer_init() gave way to hrtimer_setup() in 6.13. */
static inline void eyas_hrtimer_setup(struct hrtimer *timer,
				      enum hrtimer_restart (*fn)(struct hrtimer *))
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer->function = fn;
#else
	hrtimer_setup(timer, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#endif
}

/* Commands from this one on are validated strictly; the member came with 6.1. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#define EYAS_GENL_RESV_START_OP(cmd)
#else
#define EYAS_GENL_RESV_START_OP(cmd)	.resv_start_op = (cmd),
#endif

/* Attributes of a dump request moved into struct genl_info in 6.7. */
static inline struct nlattr **eyas_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
	return genl_dumpit_info(cb)->attrs;
#else
	return genl_info_dump(cb)->attrs;
#endif
}

/*
 * Number of the controlling terminal. siglock is a sleeping lock on
 * PREEMPT_RT, where probes of older kernels may not sleep: unknown there.
 */
static inline u32 eyas_current_tty(void)
{
	struct tty_struct *tty;
	u32 dev = 0;

	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return 0;
	tty = get_current_tty();
	if (tty) {
		dev = new_encode_dev(tty_devnum(tty));
		tty_kref_put(tty);
	}
	return dev;
}

#endif /* EYAS_COMPAT_H */
