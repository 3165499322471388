/* SPDX-License-Identifier: GPL-2.0 */
/* io_uring: rings made, operations submitted and completed. */
#ifndef EYAS_URING_H
#define EYAS_URING_H

#include <linux/sched.h>
#include <linux/eyas.h>

#define EYAS_NR_URING_ENTER	426	/* in all ABIs */

/* From the probes. */
void eyas_uring_record(const struct eyas_uring *u);

/* The descriptor that operation @opcode of @sqe_fd works on, -1: it has none. */
int eyas_uring_fd(u8 opcode, int sqe_fd);

/* Whether current, in call @nr, works for io_uring. */
static inline bool eyas_uring_current(int nr)
{
	return (current->flags & EYAS_PF_IO_WORKER) || nr == EYAS_NR_URING_ENTER;
}

#endif /* EYAS_URING_H */
