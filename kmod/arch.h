/* SPDX-License-Identifier: GPL-2.0 */
/* How processors pass system calls: the only place that knows registers and ABIs. */
#ifndef EYAS_ARCH_H
#define EYAS_ARCH_H

#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <asm/syscall.h>
#include <linux/eyas.h>

#ifdef CONFIG_X86_64

#define EYAS_ABI_NATIVE		EYAS_ABI_X86_64

/* A call of the native ABI, unless its number is beyond EYAS_NR_MAX, as those of x32 are. */
static __always_inline bool eyas_arch_native(const struct pt_regs *regs)
{
	return !IS_ENABLED(CONFIG_IA32_EMULATION) ||
	       likely(!(current_thread_info()->status & TS_COMPAT));
}

static __always_inline void eyas_arch_native_args(const struct pt_regs *regs, u64 *args)
{
	args[0] = regs->di;
	args[1] = regs->si;
	args[2] = regs->dx;
	args[3] = regs->r10;
	args[4] = regs->r8;
	args[5] = regs->r9;
}

/*
 * Whether the registers of a thread tell that it is in a call. The result is this from
 * its start until it has one. Nobody waits for anything between the end of a call
 * that there is not, which has it, too, and the program.
 */
#define EYAS_ARCH_LATE		1

static __always_inline bool eyas_arch_in_call(const struct pt_regs *regs)
{
	return regs->ax == -ENOSYS;
}

/*
 * Add one to what only this CPU writes and others read, in one instruction as its
 * stores are seen in the order of the program. _release: after all that came before.
 */
static __always_inline void eyas_arch_inc32(u32 *p)
{
	asm volatile("incl %0" : "+m" (*p) : : "memory");
}

static __always_inline void eyas_arch_inc64(u64 *p)
{
	asm volatile("incq %0" : "+m" (*p) : : "memory");
}

#define eyas_arch_inc32_release		eyas_arch_inc32

/* The ABI of the call of @regs; its number, as the ABI's table has it, goes to *ret_nr. */
static __always_inline u8 eyas_arch_abi(struct pt_regs *regs, int *ret_nr)
{
	*ret_nr = syscall_get_nr(current, regs);
	if (!eyas_arch_native(regs))
		return EYAS_ABI_IA32 | (user_64bit_mode(regs) ? EYAS_ABI_GATE32 : 0);
	if (*ret_nr < 0 || !(*ret_nr & __X32_SYSCALL_BIT))
		return EYAS_ABI_X86_64;
	*ret_nr &= ~__X32_SYSCALL_BIT;
	return EYAS_ABI_X32;
}

/* Where the mask is that rt_sigreturn takes from the stack; @compat: 32-bit or x32. */
static inline u64 eyas_arch_sigframe_mask(const struct pt_regs *regs, bool compat)
{
	if (!eyas_arch_native(regs))
		return (u32)regs->sp + 248;
	return regs->sp + (compat ? 280 : 296);
}

#else

#define EYAS_ABI_NATIVE		EYAS_ABI_ARM64

/* The result takes the place of the first argument: nothing tells them apart. */
#define EYAS_ARCH_LATE		0

static __always_inline bool eyas_arch_in_call(const struct pt_regs *regs)
{
	return false;
}

static __always_inline bool eyas_arch_native(const struct pt_regs *regs)
{
	return !is_compat_task();
}

static __always_inline void eyas_arch_native_args(struct pt_regs *regs, u64 *args)
{
	syscall_get_arguments(current, regs, (unsigned long *)args);
}

static __always_inline void eyas_arch_inc32(u32 *p)
{
	WRITE_ONCE(*p, *p + 1);
}

static __always_inline void eyas_arch_inc64(u64 *p)
{
	WRITE_ONCE(*p, *p + 1);
}

static __always_inline void eyas_arch_inc32_release(u32 *p)
{
	/* For whoever reads it with acquire. */
	smp_store_release(p, *p + 1);
}

static __always_inline u8 eyas_arch_abi(struct pt_regs *regs, int *ret_nr)
{
	*ret_nr = syscall_get_nr(current, regs);
	return eyas_arch_native(regs) ? EYAS_ABI_ARM64 : EYAS_ABI_ARM32;
}

static inline u64 eyas_arch_sigframe_mask(const struct pt_regs *regs, bool compat)
{
	return regs->sp + 128 + 40;
}

#endif

/* Arguments of a call of @abi, as the kernel takes them. */
static __always_inline void eyas_arch_args(struct pt_regs *regs, u8 abi, u64 *args)
{
	unsigned int i;

	syscall_get_arguments(current, regs, (unsigned long *)args);
	/* 64-bit code in a 32-bit call may have more in its registers than the call sees. */
	if (unlikely(abi & EYAS_ABI_GATE32))
		for (i = 0; i < 6; i++)
			args[i] = (u32)args[i];
}

#endif /* EYAS_ARCH_H */
