// SPDX-License-Identifier: GPL-2.0
/*
 * The probes, and when they are registered. Nothing else names a tracepoint.
 * Tracepoints are not exported by symbol; the kernel hands them out by
 * iteration, for exactly this use.
 */
#include <linux/tracepoint.h>
#include <trace/events/sched.h>
#include <trace/events/signal.h>
#include <trace/events/syscalls.h>
#include <trace/events/task.h>
#include <trace/events/io_uring.h>
#include "anchor.h"
#include "arch.h"
#include "capture.h"
#include "entry.h"
#include "hook.h"
#include "late.h"
#include "policy.h"
#include "quick.h"
#include "task.h"
#include "uring.h"

static noinline void probe_sys_enter_other(struct pt_regs *regs)
{
	unsigned int slot;
	u16 wanted;
	u8 abi;
	int nr;

	abi = eyas_arch_abi(regs, &nr);
	slot = eyas_sc_slot(abi & ~EYAS_ABI_GATE32, nr);
	wanted = READ_ONCE(eyas_wanted.call[slot].enter);
	if (wanted)
		eyas_capture_sys_enter(wanted, abi, nr, slot, regs);
}

static void probe_sys_enter(void *data, struct pt_regs *regs, long id)
{
	unsigned int nr = syscall_get_nr(current, regs);
	u16 wanted;

	if (unlikely(!eyas_arch_native(regs) || nr >= EYAS_NR_MAX)) {
		probe_sys_enter_other(regs);
		return;
	}
	wanted = READ_ONCE(eyas_wanted.call[EYAS_SLOT_NATIVE + nr].enter);
	if (wanted)
		eyas_capture_sys_enter(wanted, EYAS_ABI_NATIVE, nr, EYAS_SLOT_NATIVE + nr, regs);
}

static noinline void probe_sys_exit_other(struct pt_regs *regs, long ret)
{
	unsigned int slot;
	u16 wanted;
	u8 abi;
	int nr;

	abi = eyas_arch_abi(regs, &nr);
	if (nr == -1)
		nr = eyas_entry_number();
	slot = eyas_sc_slot(abi & ~EYAS_ABI_GATE32, nr);
	wanted = READ_ONCE(eyas_wanted.call[slot].exit);
	if (wanted)
		eyas_capture_sys_exit(wanted, abi, nr, slot, regs, ret);
}

/* Only what a call costs that nobody wants: the rest is a jump away, so nothing is saved here. */
static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	unsigned int nr = syscall_get_nr(current, regs);
	unsigned long wanted;

	if (unlikely(!eyas_arch_native(regs) || nr >= EYAS_NR_MAX)) {
		probe_sys_exit_other(regs, ret);
		return;
	}
	wanted = READ_ONCE(eyas_wanted.call[EYAS_SLOT_NATIVE + nr].exit);
	if (wanted)
		eyas_quick_sys_exit(wanted, regs, ret);
}

/* Whether somebody wants the end of current's call, which is an exec, with its start. */
static bool exec_end_wanted(void)
{
	int nr;
	u8 abi = eyas_arch_abi(current_pt_regs(), &nr) & ~EYAS_ABI_GATE32;

	return READ_ONCE(eyas_wanted.call[eyas_sc_slot(abi, nr)].enter);
}

static void probe_exec(void *data, struct task_struct *task, pid_t old_pid,
		       struct linux_binprm *bprm)
{
	eyas_scope_exec(old_pid);
	eyas_task_exec(bprm);
	eyas_entry_exec(old_pid, exec_end_wanted());
	eyas_late_forget(old_pid);
}

static void probe_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	eyas_scope_fork(parent, child);
	eyas_late_tell();
	eyas_task_fork(parent, child);
}

static void probe_exit(void *data, EYAS_EXIT_PROBE_ARGS)
{
	eyas_task_exit(task);
	eyas_scope_exit(task);
	eyas_entry_forget(task->pid);
	eyas_late_forget(task->pid);
}

static void probe_switch(void *data, EYAS_SWITCH_PROBE_ARGS)
{
	unsigned int state = EYAS_SWITCH_STATE;

	/* Stopped by a debugger or the terminal is not waiting for what the call does. */
	if (state && !preempt && !(state & (__TASK_STOPPED | __TASK_TRACED)))
		eyas_late_tell();
}

static void probe_signal(void *data, int sig, struct kernel_siginfo *info, struct k_sigaction *ka)
{
	eyas_task_signal(sig, info, ka);
}

static void probe_rename(void *data, struct task_struct *task, const char *comm)
{
	eyas_task_comm(task, comm);
}

#ifdef EYAS_URING_SUBMIT_NAME
static void probe_uring_create(void *data, int fd, void *ctx, u32 sq_entries, u32 cq_entries,
			       u32 flags)
{
	struct eyas_uring u = {
		.what = EYAS_URING_CREATE,
		.fd = fd,
		.flags = flags,
		.ring = (unsigned long)ctx,
	};

	eyas_uring_record(&u);
}

static void probe_uring_submit(void *data, EYAS_URING_SUBMIT_ARGS)
{
	struct eyas_uring u = EYAS_URING_SUBMITTED;

	u.what = EYAS_URING_SUBMIT;
	eyas_uring_record(&u);
}

static void probe_uring_complete(void *data, EYAS_URING_COMPLETE_ARGS)
{
#ifdef EYAS_URING_COMPLETE_CQE
	u64 user_data = cqe->user_data;
	s32 res = cqe->res;
	u32 cflags = cqe->flags;
#endif
	struct eyas_uring u = {
		.what = EYAS_URING_COMPLETE,
		.fd = -1,
		.flags = cflags,
		.ring = (unsigned long)ctx,
		.user_data = user_data,
		.ret = res,
	};

	eyas_uring_record(&u);
}
#endif

/* Dead code that does not compile when a prototype has changed. */
static void __maybe_unused prototypes_check(void)
{
	check_trace_callback_type_sys_enter(probe_sys_enter);
	check_trace_callback_type_sys_exit(probe_sys_exit);
	check_trace_callback_type_sched_process_exec(probe_exec);
	check_trace_callback_type_sched_process_fork(probe_fork);
	check_trace_callback_type_sched_process_exit(probe_exit);
	check_trace_callback_type_sched_switch(probe_switch);
	check_trace_callback_type_signal_deliver(probe_signal);
	check_trace_callback_type_task_rename(probe_rename);
#ifdef EYAS_URING_SUBMIT_NAME
	check_trace_callback_type_io_uring_create(probe_uring_create);
	EYAS_URING_SUBMIT_CHECK(probe_uring_submit);
	check_trace_callback_type_io_uring_complete(probe_uring_complete);
#endif
}

static struct hook {
	const char *name;
	void *probe;
	u32 bit;
	bool optional;
	bool on;
	struct tracepoint *tp;
} hooks[] = {
	/* Life of processes first: a session that has calls knows their callers. */
	{ "sched_process_fork",	probe_fork,	EYAS_EVENT_FORK },
	{ "sched_process_exec",	probe_exec,	EYAS_EVENT_EXEC },
	{ "sched_process_exit",	probe_exit,	EYAS_EVENT_EXIT },
	{ "signal_deliver",	probe_signal,	EYAS_EVENT_SIGNAL },
	{ "task_rename",	probe_rename,	EYAS_EVENT_COMM },
#ifdef EYAS_URING_SUBMIT_NAME
	{ "io_uring_create",	probe_uring_create,	EYAS_EVENT_URING, true },
	{ EYAS_URING_SUBMIT_NAME, probe_uring_submit,	EYAS_EVENT_URING, true },
	{ "io_uring_complete",	probe_uring_complete,	EYAS_EVENT_URING, true },
#endif
	/* Ends before starts: each start that is seen has an end that is seen. */
	{ "sys_exit",		probe_sys_exit,	EYAS_HOOK_SYS },
	{ "sched_switch",	probe_switch,	EYAS_HOOK_SWITCH },
	{ "sys_enter",		probe_sys_enter, EYAS_HOOK_SYS_ENTER },
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
		if (hooks[i].tp || hooks[i].optional)
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

/* Of hook @i, if it is one of @which and is, or is not, registered. */
static bool hook_is(unsigned int i, u32 which, bool on)
{
	return hooks[i].tp && (hooks[i].bit & which) && hooks[i].on == on;
}

static void unregister(u32 which)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!hook_is(i, which, true))
			continue;
		tracepoint_probe_unregister(hooks[i].tp, hooks[i].probe, NULL);
		hooks[i].on = false;
		any = true;
	}
	if (any)
		tracepoint_synchronize_unregister();
	registered &= ~which;
	if (!(registered & EYAS_HOOK_SYS_ENTER))
		eyas_entry_exit();
}

/* On error those in @which that were not registered before are not. */
static int register_all(u32 which)
{
	u32 before = registered;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!hook_is(i, which & ~before, false))
			continue;
		err = tracepoint_probe_register(hooks[i].tp, hooks[i].probe, NULL);
		if (err) {
			unregister(which & ~before);
			return err;
		}
		hooks[i].on = true;
		registered |= hooks[i].bit;
	}
	return 0;
}

int eyas_hook_set(u32 wanted, u64 anchors)
{
	u32 before = registered;
	int err = 0;

	if (wanted & EYAS_HOOK_SYS_ENTER)
		err = eyas_entry_init();
	if (!err)
		err = register_all(wanted);
	if (err)
		return err;
	err = eyas_anchor_set(anchors);
	if (err) {
		unregister(wanted & ~before);
		return err;
	}
	unregister(registered & ~wanted);
	registered &= ~EYAS_HOOK_ANCHORS;
	if (anchors)
		registered |= EYAS_HOOK_ANCHORS;
	return 0;
}

bool eyas_hook_uring(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < ARRAY_SIZE(hooks); i++)
		n += hooks[i].tp && (hooks[i].bit & EYAS_EVENT_URING);
	return n == 3;
}

u32 eyas_hook_get(void)
{
	return READ_ONCE(registered);
}
