/* SPDX-License-Identifier: GPL-2.0 */
/* What capture needs to know of a call, from the one table of calls. */
#ifndef EYAS_SYSCALLS_H
#define EYAS_SYSCALLS_H

#include <linux/init.h>
#include <linux/types.h>
#include <linux/eyas.h>

struct eyas_sc {
	u8 cls;			/* enum eyas_class */
	u8 lane;		/* enum eyas_lane */
	u8 strings;		/* bit n: argument n is a string */
	u8 fd_arg;		/* first argument that is a descriptor, 6: none */
	bool makes_file;	/* the result is the descriptor of a file just opened */
	bool is_exec;
};

extern struct eyas_sc eyas_sc_table[EYAS_NR_MAX + 1];

void __init eyas_syscalls_init(void);

/* Never NULL: calls unknown have a row of their own. */
static __always_inline const struct eyas_sc *eyas_sc_row(u8 abi, int nr)
{
	if (likely(!abi && (unsigned int)nr < EYAS_NR_MAX))
		return &eyas_sc_table[nr];
	return &eyas_sc_table[EYAS_NR_MAX];
}

#endif /* EYAS_SYSCALLS_H */
