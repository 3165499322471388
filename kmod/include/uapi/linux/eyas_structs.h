/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR Apache-2.0 */
/*
 * The structs that rows of <linux/eyas_syscalls.h> name, and their sizes in
 * bytes, in the three layouts there are: x86_64 (and x32), ia32, arm64.
 *
 *   STRUCT(name, size on x86_64, on ia32, on arm64)
 *
 * Instead of a size, where it is not fixed, see EYAS_SIZE_* in
 * <linux/eyas_kinds.h>:
 *   NEXT		the next argument is the size
 *   SELF0, SELF4	a __u32 at this offset in the struct
 *   FDSET		bits, as many as argument 0 tells, in whole longs
 *   HANDLE		struct file_handle: 8 and the __u32 at offset 0
 */
#ifndef STRUCT
#error "define STRUCT() before including <linux/eyas_structs.h>"
#endif

/* clang-format off */
STRUCT(aio_context, 8, 4, 8)
STRUCT(bpf_attr, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(cachestat, 40, 40, 40)
STRUCT(cachestat_range, 16, 16, 16)
STRUCT(cap_data, 24, 24, 24)
STRUCT(cap_header, 8, 8, 8)
STRUCT(clone_args, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(epoll_event, 12, 12, 16)
STRUCT(fd_set, EYAS_SIZE_FDSET, EYAS_SIZE_FDSET, EYAS_SIZE_FDSET)
STRUCT(fdpair, 8, 8, 8)
STRUCT(file_attr, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(file_handle, EYAS_SIZE_HANDLE, EYAS_SIZE_HANDLE, EYAS_SIZE_HANDLE)
STRUCT(futex_waitv, 24, 24, 24)
STRUCT(gid, 4, 4, 4)
STRUCT(gid16, 2, 2, 2)
STRUCT(int, 4, 4, 4)
STRUCT(io_uring_params, 120, 120, 120)
STRUCT(iovec, 16, 8, 16)
STRUCT(itimerspec, 32, 16, 32)
STRUCT(itimerspec64, 32, 32, 32)
STRUCT(itimerval, 32, 16, 32)
STRUCT(landlock_ruleset, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(loff_t, 8, 8, 8)
STRUCT(lsm_ctx, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(mmap_args, 24, 24, 24)
STRUCT(mmsghdr, 64, 32, 64)
STRUCT(mnt_id_req, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0)
STRUCT(mount_attr, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(mq_attr, 64, 32, 64)
STRUCT(ns_id_req, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0)
STRUCT(off_t, 8, 4, 8)
STRUCT(oldsigaction, 16, 16, 16)
STRUCT(oldstat, 32, 32, 32)
STRUCT(olduname, 45, 45, 45)
STRUCT(oldutsname, 325, 325, 325)
STRUCT(open_how, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
STRUCT(perf_event_attr, EYAS_SIZE_SELF4, EYAS_SIZE_SELF4, EYAS_SIZE_SELF4)
STRUCT(pollfd, 8, 8, 8)
STRUCT(rlimit, 16, 8, 16)
STRUCT(rlimit64, 16, 16, 16)
STRUCT(rusage, 144, 72, 144)
STRUCT(sched_attr, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0)
STRUCT(sched_param, 4, 4, 4)
STRUCT(select_args, 20, 20, 20)
STRUCT(sembuf, 6, 6, 6)
STRUCT(sigaction, 32, 20, 32)
STRUCT(sigevent, 64, 64, 64)
STRUCT(siginfo, 128, 128, 128)
STRUCT(sigset_arg, 16, 8, 16)
STRUCT(socketcall_args, 24, 24, 24)
STRUCT(stack, 24, 12, 24)
STRUCT(stat, 144, 64, 128)
STRUCT(stat64, 144, 96, 128)
STRUCT(statfs, 120, 64, 120)
STRUCT(statfs64, 120, 84, 120)
STRUCT(statmount, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0, EYAS_SIZE_SELF0)
STRUCT(statx, 256, 256, 256)
STRUCT(sysinfo, 112, 64, 112)
STRUCT(time_t, 8, 4, 8)
STRUCT(timespec, 16, 8, 16)
STRUCT(timespec64, 16, 16, 16)
STRUCT(timespec64_pair, 32, 32, 32)
STRUCT(timespec_pair, 32, 16, 32)
STRUCT(timeval, 16, 8, 16)
STRUCT(timeval_pair, 32, 16, 32)
STRUCT(timex, 208, 128, 208)
STRUCT(timex64, 208, 208, 208)
STRUCT(timezone, 8, 8, 8)
STRUCT(tms, 32, 16, 32)
STRUCT(uid, 4, 4, 4)
STRUCT(uid16, 2, 2, 2)
STRUCT(uint, 4, 4, 4)
STRUCT(ustat, 32, 20, 32)
STRUCT(utimbuf, 16, 8, 16)
STRUCT(utsname, 390, 390, 390)
STRUCT(wstatus, 4, 4, 4)
STRUCT(xattr_args, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT, EYAS_SIZE_NEXT)
/* clang-format on */
