/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR Apache-2.0 */
/*
 * The table of system calls, x32: numbers from 512, below they are those of x86_64.
 *
 *   SAME(number, name)	as the row of that name in <linux/eyas_syscalls.h>
 *   SC(...)		what differs, written as there
 */
#if !defined(SC) || !defined(SAME)
#error "define SC(), ARG() and SAME() before including this file"
#endif

/* clang-format off */
SAME(512, rt_sigaction)
SAME(513, rt_sigreturn)
SAME(514, ioctl)
SAME(515, readv)
SAME(516, writev)
SAME(517, recvfrom)
SAME(518, sendmsg)
SAME(519, recvmsg)
SAME(520, execve)
SAME(521, ptrace)
SAME(522, rt_sigpending)
SAME(523, rt_sigtimedwait)
SAME(524, rt_sigqueueinfo)
SAME(525, sigaltstack)
SAME(526, timer_create)
SAME(527, mq_notify)
SAME(528, kexec_load)
SAME(529, waitid)
SAME(530, set_robust_list)
SAME(531, get_robust_list)
SAME(532, vmsplice)
SAME(533, move_pages)
SAME(534, preadv)
SAME(535, pwritev)
SAME(536, rt_tgsigqueueinfo)
SAME(537, recvmmsg)
SAME(538, sendmmsg)
SAME(539, process_vm_readv)
SAME(540, process_vm_writev)
SAME(541, setsockopt)
SAME(542, getsockopt)
SAME(543, io_setup)
SAME(544, io_submit)
SAME(545, execveat)
SAME(546, preadv2)
SAME(547, pwritev2)
/* clang-format on */
