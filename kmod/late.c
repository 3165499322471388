// SPDX-License-Identifier: GPL-2.0
/* The start of calls that last, see late.h. */
#include <linux/sched.h>
#include "arch.h"
#include "capture.h"
#include "late.h"

u32 eyas_late_told[EYAS_LATE_THREADS];

void eyas_late_tell(void)
{
	struct pt_regs *regs = current_pt_regs();
	u32 tid = current->pid, *told = &eyas_late_told[tid & (EYAS_LATE_THREADS - 1)];
	unsigned int slot;
	u16 wanted;
	u8 abi;
	int nr;

	/* Threads of the kernel are in no call, and those that end have their last record. */
	if (!eyas_arch_in_call(regs) || (current->flags & (PF_KTHREAD | PF_EXITING)))
		return;
	abi = eyas_arch_abi(regs, &nr);
	/* Registers of the program where it was interrupted, and not by a call. */
	if (nr < 0)
		return;
	slot = eyas_sc_slot(abi & ~EYAS_ABI_GATE32, nr);
	wanted = READ_ONCE(eyas_wanted.late[slot]);
	if (!wanted || READ_ONCE(*told) == tid)
		return;
	preempt_disable_notrace();
	if (eyas_capture_late(wanted, abi, nr, slot, regs))
		WRITE_ONCE(*told, tid);
	preempt_enable_notrace();
}
