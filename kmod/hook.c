// SPDX-License-Identifier: GPL-2.0
/*
 * The probes, and when they are registered. Nothing else names a tracepoint.
 * Tracepoints are not exported by symbol; the kernel hands them out by
 * iteration, for exactly this use.
 */
#include <linux/tracepoint.h>
#include <asm/syscall.h>
#include <trace/events/sched.h>
#include <trace/events/syscalls.h>
#include "capture.h"
#include "hook.h"
#include "policy.h"
#include "task.h"

/* The ABI of the call that @regs returns from; its number goes to *ret_nr. */
static __always_inline u8 syscall_abi(struct pt_regs *regs, int *ret_nr)
{
	*ret_nr = syscall_get_nr(current, regs);
#ifdef CONFIG_X86_64
#ifdef CONFIG_IA32_EMULATION
	if (unlikely(current_thread_info()->status & TS_COMPAT))
		return EYAS_ABI_IA32 | (user_64bit_mode(regs) ? EYAS_ABI_GATE32 : 0);
#endif
#ifdef CONFIG_X86_X32_ABI
	if (unlikely(*ret_nr != -1 && (*ret_nr & __X32_SYSCALL_BIT)))
		return EYAS_ABI_X32;
#endif
	return EYAS_ABI_X86_64;
#else
	return is_compat_task() ? EYAS_ABI_ARM32 : EYAS_ABI_ARM64;
#endif
}

static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	u8 abi;
	int nr;
	u16 wanted;

	abi = syscall_abi(regs, &nr);
	wanted = eyas_policy_wanted(abi & ~EYAS_ABI_GATE32, nr);
	if (likely(!wanted))
		return;
	eyas_capture_sys_exit(wanted, abi, nr, regs, ret);
}

static void probe_exec(void *data, struct task_struct *task, pid_t old_pid,
		       struct linux_binprm *bprm)
{
	eyas_task_exec(bprm);
}

static void probe_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	eyas_task_fork(parent, child);
}

static void probe_exit(void *data, EYAS_EXIT_PROBE_ARGS)
{
	eyas_task_exit(task);
}

/* Dead code that does not compile when a prototype has changed. */
static void __maybe_unused prototypes_check(void)
{
	check_trace_callback_type_sys_exit(probe_sys_exit);
	check_trace_callback_type_sched_process_exec(probe_exec);
	check_trace_callback_type_sched_process_fork(probe_fork);
	check_trace_callback_type_sched_process_exit(probe_exit);
}

static struct hook {
	const char *name;
	void *probe;
	u32 bit;
	struct tracepoint *tp;
} hooks[] = {
	/* Life of processes first: a session that has calls knows their callers. */
	{ "sched_process_fork",	probe_fork,	EYAS_EVENT_FORK },
	{ "sched_process_exec",	probe_exec,	EYAS_EVENT_EXEC },
	{ "sched_process_exit",	probe_exit,	EYAS_EVENT_EXIT },
	{ "sys_exit",		probe_sys_exit,	EYAS_HOOK_SYS },
};

static u32 registered;	/* under eyas_sessions_lock */

static void find_one(struct tracepoint *tp, void *data)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++)
		if (!strcmp(tp->name, hooks[i].name))
			hooks[i].tp = tp;
}

int eyas_hook_init(void)
{
	unsigned int i;

	for_each_kernel_tracepoint(find_one, NULL);
	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (hooks[i].tp)
			continue;
		pr_err("eyas: this kernel has no tracepoint %s\n", hooks[i].name);
		return -ENODEV;
	}
	return 0;
}

void eyas_hook_exit(void)
{
	/* The last session took its hooks along; wait for the last probe. */
	tracepoint_synchronize_unregister();
}

static void unregister(u32 which)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++)
		if (hooks[i].bit & which & registered)
			tracepoint_probe_unregister(hooks[i].tp, hooks[i].probe, NULL);
	if (which & registered)
		tracepoint_synchronize_unregister();
	registered &= ~which;
}

int eyas_hook_set(u32 wanted)
{
	u32 before = registered;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!(hooks[i].bit & wanted & ~registered))
			continue;
		err = tracepoint_probe_register(hooks[i].tp, hooks[i].probe, NULL);
		if (err) {
			unregister(registered & ~before);
			return err;
		}
		registered |= hooks[i].bit;
	}
	unregister(registered & ~wanted);
	return 0;
}

u32 eyas_hook_get(void)
{
	return READ_ONCE(registered);
}
