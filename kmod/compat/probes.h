/* SPDX-License-Identifier: GPL-2.0 */
/* What tracepoints hand to their probes. Included by compat.h. */
#ifndef EYAS_COMPAT_PROBES_H
#define EYAS_COMPAT_PROBES_H

#include <linux/version.h>
#include <linux/sched.h>

/*
 * io_uring's tracepoints: the one for submission was renamed in 6.4, and tells
 * operation and file by itself (5.10) or by the request (since); the descriptor
 * is there since 5.19.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 16, 0)
#define EYAS_URING_SUBMIT_NAME	"io_uring_submit_sqe"
#define EYAS_URING_SUBMIT_CHECK	check_trace_callback_type_io_uring_submit_sqe
#define EYAS_URING_SUBMIT_ARGS	void *ctx, void *req, u8 opcode, u64 user_data, u32 flags, \
				bool force_nonblock, bool sq_thread
#define EYAS_URING_SUBMITTED	{ .opcode = opcode, .fd = -1, .flags = flags & 0xff, \
				  .ring = (unsigned long)ctx, .user_data = user_data }
#define EYAS_URING_COMPLETE_ARGS void *ctx, u64 user_data, int res, unsigned int cflags
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
#include <linux/io_uring_types.h>
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define EYAS_URING_SUBMIT_NAME	"io_uring_submit_sqe"
#define EYAS_URING_SUBMIT_CHECK	check_trace_callback_type_io_uring_submit_sqe
#define EYAS_URING_SUBMIT_ARGS	struct io_kiocb *req, bool force_nonblock
#else
#define EYAS_URING_SUBMIT_NAME	"io_uring_submit_req"
#define EYAS_URING_SUBMIT_CHECK	check_trace_callback_type_io_uring_submit_req
#define EYAS_URING_SUBMIT_ARGS	struct io_kiocb *req
#endif
#define EYAS_URING_SUBMITTED	{ .opcode = req->opcode, \
				  .fd = eyas_uring_fd(req->opcode, req->cqe.fd), \
				  .flags = (__force u32)req->flags & 0xff, \
				  .ring = (unsigned long)req->ctx, .user_data = req->cqe.user_data }
/* Since 6.13 it is given what was completed as it is told to user space. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#define EYAS_URING_COMPLETE_ARGS void *ctx, void *req, u64 user_data, int res, \
				unsigned int cflags, u64 extra1, u64 extra2
#else
#define EYAS_URING_COMPLETE_CQE
#define EYAS_URING_COMPLETE_ARGS struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe
#endif
#endif

/* sched_switch tells the state of its task since 5.18; the member was renamed in 5.14. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0)
#define EYAS_SWITCH_PROBE_ARGS	bool preempt, struct task_struct *prev, \
				struct task_struct *next, unsigned int prev_state
#define EYAS_SWITCH_STATE	prev_state
#else
#define EYAS_SWITCH_PROBE_ARGS	bool preempt, struct task_struct *prev, \
				struct task_struct *next
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
#define EYAS_SWITCH_STATE	prev->__state
#else
#define EYAS_SWITCH_STATE	prev->state
#endif
#endif

/* sched_process_exit says whether the group is gone since 6.16. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0)
#define EYAS_EXIT_PROBE_ARGS	struct task_struct *task
#else
#define EYAS_EXIT_PROBE_ARGS	struct task_struct *task, bool group_dead
#endif

#endif /* EYAS_COMPAT_PROBES_H */
