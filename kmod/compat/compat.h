/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every difference between kernel versions, and nothing else. Force-included,
 * so that no other file mentions a version.
 */
#ifndef EYAS_COMPAT_H
#define EYAS_COMPAT_H

#include <linux/version.h>
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include <net/genetlink.h>
#include <net/sock.h>

/* Kernels that clear all of the stack would clear what is written at once anyway. */
#if __has_attribute(uninitialized)
#define EYAS_UNINITIALIZED	__attribute__((uninitialized))
#else
#define EYAS_UNINITIALIZED
#endif

/* vm_flags is read-only since 6.3. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static inline void eyas_vma_flags(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
}
#else
static inline void eyas_vma_flags(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
	vm_flags_mod(vma, set, clear);
}
#endif

/* Until 5.11 a page charged to a cgroup could not be mapped to user space. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
#define EYAS_GFP_MAPPED		GFP_KERNEL
#else
#define EYAS_GFP_MAPPED		GFP_KERNEL_ACCOUNT
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

/* Inode times: behind accessors since 6.6 (ctime) and 6.7 (mtime). */
static inline u64 eyas_time_ns(struct timespec64 t)
{
	return (u64)t.tv_sec * NSEC_PER_SEC + t.tv_nsec;
}

static inline u64 eyas_inode_mtime(const struct inode *inode)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
	return eyas_time_ns(inode->i_mtime);
#else
	return eyas_time_ns(inode_get_mtime(inode));
#endif
}

static inline u64 eyas_inode_ctime(const struct inode *inode)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
	return eyas_time_ns(inode->i_ctime);
#else
	return eyas_time_ns(inode_get_ctime(inode));
#endif
}

/*
 * Whether current may write @file. inode_permission() learned of idmapped mounts
 * in 5.12, in today's form in 6.3. Security modules take locks there, which sleep
 * on PREEMPT_RT: what the file's mode says must do.
 */
static inline bool eyas_mode_may_write(const struct inode *inode)
{
	umode_t bit = in_group_p(inode->i_gid) ? 0020 : 0002;

	return !IS_RDONLY(inode) && !IS_IMMUTABLE(inode) &&
	       ((inode->i_mode & bit) || cap_raised(current_cap(), CAP_DAC_OVERRIDE));
}

static inline bool eyas_file_may_write(struct file *file)
{
	const int mask = MAY_WRITE | MAY_NOT_BLOCK;

	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return eyas_mode_may_write(file_inode(file));
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
	return !inode_permission(file_inode(file), mask);
#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
	return !inode_permission(file_mnt_user_ns(file), file_inode(file), mask);
#else
	return !inode_permission(file_mnt_idmap(file), file_inode(file), mask);
#endif
}

/* It lost an argument that told errors in 5.11. */
static inline struct socket *eyas_sock_from_file(struct file *file)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
	int err;

	return sock_from_file(file, &err);
#else
	return sock_from_file(file);
#endif
}

/*
 * Process at the other end, in the initial namespace; 0: none or busy. It got a
 * lock of its own in 5.15, and in stable kernels of that time. On PREEMPT_RT
 * that one sleeps.
 */
static inline u32 eyas_sock_peer_pid(struct sock *sk)
{
	u32 nr = 0;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)
	if (IS_ENABLED(CONFIG_PREEMPT_RT) || !spin_trylock(&sk->sk_peer_lock))
		return 0;
	nr = pid_nr(sk->sk_peer_pid);
	spin_unlock(&sk->sk_peer_lock);
#endif
	return nr;
}

/* Idmapped mounts put an argument before the dentry of security_inode_*xattr() in 5.12. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
#define EYAS_XATTR_ARG		0
#else
#define EYAS_XATTR_ARG		1
#endif

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

/* io_uring got workers that belong to the process in 5.12. */
#ifdef PF_IO_WORKER
#define EYAS_PF_IO_WORKER	PF_IO_WORKER
#else
#define EYAS_PF_IO_WORKER	0
#endif

/* The dentry below @dentry of an overlay; d_real() was re-typed in 6.9. */
static inline struct dentry *eyas_real_dentry(struct dentry *dentry)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
	return d_real(dentry, NULL);
#else
	return d_real(dentry, D_REAL_METADATA);
#endif
}

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
