/* SPDX-License-Identifier: GPL-2.0 */
/* The one path that is made for speed: the end of a native call that one session wants. */
#ifndef EYAS_QUICK_H
#define EYAS_QUICK_H

#include <linux/ptrace.h>
#include <linux/types.h>

struct eyas_policy;

/* A piece of memory that takes no more than this to get, from struct eyas_op. */
struct eyas_quick_op {
	u8 how;			/* see quick.c */
	u8 arg;			/* argument that points to it */
	u8 len;			/* argument that holds its length */
	u8 pad;
	u16 head[2];		/* of its blob if the call succeeded, failed; 0: no blob */
	u16 size;		/* bytes; of what has a length: at most */
};

#define EYAS_QUICK_OPS_MAX	2

/* What is to be done at the end of a call; what: 0: nothing that is quick. */
struct eyas_quick {
	u8 what;		/* EYAS_QUICK_* */
	u8 nops;
	u8 cls;			/* enum eyas_class */
	u8 lane;		/* enum eyas_lane */
	struct eyas_quick_op ops[EYAS_QUICK_OPS_MAX];
};

/* eyas_quick.what */
#define EYAS_QUICK		(1U << 0)	/* a record, whatever its result is */
#define EYAS_QUICK_STRAIGHT	(1U << 1)	/* and there is nothing to look at before */
#define EYAS_QUICK_ALL		(1U << 2)	/* of everybody, not only of the policy's tree */
#define EYAS_QUICK_LATE		(1U << 3)	/* EYAS_SESSION_F_LATE */
#define EYAS_QUICK_OPS		(1U << 4)	/* there are ops */
#define EYAS_QUICK_MORE		(1U << 5)	/* memory or objects beyond ops */
/* Of OPS: they are a string, or a struct of whole words, or both in this order. */
#define EYAS_QUICK_STRING	(1U << 6)
#define EYAS_QUICK_STRUCT	(1U << 7)
#define EYAS_QUICK_BOTH		(EYAS_QUICK_STRING | EYAS_QUICK_STRUCT)

/* What @p wants of native call @nr, from its plan. */
void eyas_quick_init(struct eyas_policy *p, unsigned int nr);

/*
 * A native call with a number below EYAS_NR_MAX ends; @sessions: those that may
 * want it, not none. What is not quick is handed on to eyas_capture_sys_exit().
 */
void eyas_quick_sys_exit(unsigned long sessions, struct pt_regs *regs, long ret);

#endif /* EYAS_QUICK_H */
