/* SPDX-License-Identifier: GPL-2.0 */
/* What capture needs to know of a call, from the one table of calls of its ABI. */
#ifndef EYAS_SYSCALLS_H
#define EYAS_SYSCALLS_H

#include <linux/init.h>
#include <linux/types.h>
#include <linux/eyas.h>
#include "arch.h"

/* A piece of memory that a call is given or writes. */
struct eyas_op {
	u8 fetch;		/* how to get it: enum eyas_fetch_id */
	u8 arg;			/* argument that points to it */
	u8 len;			/* argument that holds its length, EYAS_LEN_RET */
	u8 when;		/* EYAS_OP_* */
	u16 size;		/* of a struct or element: bytes, EYAS_SIZE_*; of a string: most */
};

#define EYAS_OP_IN	1	/* the call reads it */
#define EYAS_OP_OUT	2	/* the call writes it */
#define EYAS_LEN_RET	6	/* the result, not more than the argument after it */

struct eyas_sc {
	u8 cls;			/* enum eyas_class */
	u8 lane;		/* enum eyas_lane */
	u8 flags;		/* EYAS_SC_* */
	u8 fds;			/* bit n: argument n is a descriptor */
	u8 pids;		/* bit n: argument n is a process that the call is about */
	u8 strings;		/* the first so many ops: EYAS_PLAN_STRINGS */
	u8 nops;		/* the others: EYAS_PLAN_DATA */
	u8 dirfd;		/* argument that the first path is relative to, 6: the cwd */
	struct eyas_op ops[6];
};

#define EYAS_SC_OPENS	(1U << 0)	/* the result is the descriptor of a file just opened */
#define EYAS_SC_FD	(1U << 1)	/* the result is a descriptor */
#define EYAS_SC_EXEC	(1U << 2)
#define EYAS_SC_FORK	(1U << 3)
#define EYAS_SC_CLOSES	(1U << 4)	/* its descriptor is gone afterwards */
#define EYAS_SC_CREDS	(1U << 5)	/* may change the caller's credentials */
#define EYAS_SC_NS	(1U << 6)	/* may change its namespaces */
#define EYAS_SC_COMPAT	(1U << 7)	/* pointers and longs in memory have 32 bits */

/* Any of these: there are objects beside those of arguments. */
#define EYAS_SC_OBJECTS	(EYAS_SC_FD | EYAS_SC_CREDS | EYAS_SC_NS)

/* By ABI, NULL if there is none; each of EYAS_NR_MAX + 1 rows. */
extern const struct eyas_sc *eyas_sc_tables[EYAS_ABI_MAX];
extern struct eyas_sc eyas_sc_native[EYAS_NR_MAX + 1];
extern const struct eyas_sc eyas_sc_unknown;

/* Everything that there is one of for each number of each ABI is an array of slots. */
#define EYAS_SLOTS	(EYAS_ABI_MAX * (EYAS_NR_MAX + 1))

static __always_inline unsigned int eyas_sc_slot(u8 abi, int nr)
{
	unsigned int i = nr;

	return abi * (EYAS_NR_MAX + 1) + (likely(i < EYAS_NR_MAX) ? i : EYAS_NR_MAX);
}

#define EYAS_SLOT_NATIVE	(EYAS_ABI_NATIVE * (EYAS_NR_MAX + 1))

/* What a plain record needs of a row, by slot: EYAS_BRIEF_*. */
extern u8 eyas_sc_brief[EYAS_SLOTS];

#define EYAS_BRIEF_LANE		1	/* enum eyas_lane */
#define EYAS_BRIEF_EXEC		2	/* EYAS_SC_EXEC */
#define EYAS_BRIEF_CLASS	2	/* enum eyas_class, shifted by so many bits */

void __init eyas_syscalls_init(void);

/* Never NULL: calls unknown have a row of their own. */
static __always_inline const struct eyas_sc *eyas_sc_row(u8 abi, int nr)
{
	const struct eyas_sc *table = eyas_sc_tables[abi];

	return table && (unsigned int)nr < EYAS_NR_MAX ? &table[nr] : &eyas_sc_unknown;
}

#endif /* EYAS_SYSCALLS_H */
