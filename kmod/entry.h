/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is remembered of a call between its start and its end: when it began,
 * and what of its memory could not be read then. One slot for each thread, in
 * a table of fixed size that exists while somebody needs it. A thread that
 * finds no free slot has none: its calls then are as if nobody saw them start.
 */
#ifndef EYAS_ENTRY_H
#define EYAS_ENTRY_H

#include <linux/types.h>

struct eyas_entry {
	u32 tid;		/* owner until it exits, 0: free */
	bool open;		/* in a call */
	u8 faults;		/* bit n: argument n was not readable */
	u16 sessions;		/* bit n: the session in slot n has a SYS_ENTER record of it */
	s32 nr;
	u64 time;		/* 0: nobody wants to know */
};

/* Under eyas_sessions_lock, while no probe uses the table. */
int eyas_entry_init(void);	/* -ENOMEM; fine if it is there already */
void eyas_entry_exit(void);

/* By probes, which the caller makes sure see a table. NULL: none. */
struct eyas_entry *eyas_entry_claim(u32 tid);
struct eyas_entry *eyas_entry_find(u32 tid);

/* The number of current's call where its end does not tell, as rt_sigreturn's; -1. */
int eyas_entry_number(void);

/* The thread is gone. */
void eyas_entry_forget(u32 tid);

/*
 * current, @old_tid until now, is another program; if it was not the first of its
 * threads it has that one's number now. @open: the end of its call will be looked at.
 */
void eyas_entry_exec(u32 old_tid, bool open);

#endif /* EYAS_ENTRY_H */
