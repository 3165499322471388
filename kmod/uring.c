// SPDX-License-Identifier: GPL-2.0
/* Records of io_uring. What operations are done to is told by anchors. */
#include <linux/bits.h>
#include "arch.h"
#include "capture.h"
#include "uring.h"

static void record_uring(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	const struct eyas_uring *u = arg;
	u32 lane = u->what == EYAS_URING_COMPLETE ? EYAS_LANE_BULK : EYAS_LANE_CRIT;
	struct eyas_writer w;
	int nr = -1;
	u8 abi = 0;

	if (!(p->events & EYAS_EVENT_URING))
		return;
	if (!(current->flags & (PF_KTHREAD | EYAS_PF_IO_WORKER)))
		abi = eyas_arch_abi(current_pt_regs(), &nr);
	if (!eyas_capture_begin(&w, s, lane, sizeof(*u), EYAS_CLASS_DESC, EYAS_REC_URING, nr))
		return;
	w.rec->abi = abi;
	w.rec->flags = EYAS_REC_F_URING;
	memcpy(w.rec + 1, u, sizeof(*u));
	eyas_ring_commit(&w);
}

void eyas_uring_record(const struct eyas_uring *u)
{
	/* Completions may come from interrupts: not of interest, and not of current. */
	if (in_task())
		eyas_capture_each(READ_ONCE(eyas_wanted.uring), record_uring, (void *)u);
}

/*
 * Operations without a file of their own, by number, as headers of older kernels
 * lack some: nop, poll_remove, timeouts, cancel, openat, close, files_update,
 * statx, madvise, openat2, epoll_ctl, buffers, the *at family, xattrs by path,
 * socket.
 */
static const u64 no_file = BIT_ULL(0) | BIT_ULL(7) | BIT_ULL(11) | BIT_ULL(12) | BIT_ULL(14) |
			   BIT_ULL(15) | BIT_ULL(18) | BIT_ULL(19) | BIT_ULL(20) | BIT_ULL(21) |
			   BIT_ULL(25) | BIT_ULL(28) | BIT_ULL(29) | BIT_ULL(31) | BIT_ULL(32) |
			   GENMASK_ULL(39, 35) | BIT_ULL(42) | BIT_ULL(44) | BIT_ULL(45);

int eyas_uring_fd(u8 opcode, int sqe_fd)
{
	return opcode < 64 && (no_file & BIT_ULL(opcode)) ? -1 : sqe_fd;
}
