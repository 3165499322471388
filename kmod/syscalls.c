// SPDX-License-Identifier: GPL-2.0
/* The capture side of the one table of calls, worked out once at load. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/eyas_kinds.h>
#include "syscalls.h"

struct eyas_sc eyas_sc_table[EYAS_NR_MAX + 1] __ro_after_init;

struct sc_row {
	u16 nr;
	u8 ret;
	u8 cls;
	u8 lane;
	u8 nargs;
	u8 kinds[6];
};

#define ARG(name, kind, aux)	EYAS_KIND_##kind,
#define SC(nr, name, ret, cls, lane, trace, ...)			\
	{ nr, EYAS_RET_##ret, EYAS_CLASS_##cls, EYAS_LANE_##lane,	\
	  sizeof((u8[]){ __VA_ARGS__ }), { __VA_ARGS__ } },

static const struct sc_row rows[] __initconst = {
#include <linux/eyas_syscalls.h>
};

#undef ARG
#undef SC

static void __init row_init(struct eyas_sc *sc, const struct sc_row *row)
{
	unsigned int i;

	sc->cls = row->cls;
	sc->lane = row->lane;
	sc->fd_arg = 6;
	for (i = 0; i < row->nargs; i++) {
		if (row->kinds[i] == EYAS_KIND_PATH || row->kinds[i] == EYAS_KIND_STRING)
			sc->strings |= 1U << i;
		if (row->kinds[i] == EYAS_KIND_FD && sc->fd_arg == 6)
			sc->fd_arg = i;
	}
	sc->makes_file = row->ret == EYAS_RET_FD && row->cls == EYAS_CLASS_FILE;
	/* exec is the one family with an array of strings as argument. */
	for (i = 0; i < row->nargs; i++)
		sc->is_exec |= row->kinds[i] == EYAS_KIND_STRINGS;
}

void __init eyas_syscalls_init(void)
{
	unsigned int i;

	for (i = 0; i <= EYAS_NR_MAX; i++) {
		eyas_sc_table[i].lane = EYAS_LANE_BULK;
		eyas_sc_table[i].fd_arg = 6;
	}
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		row_init(&eyas_sc_table[rows[i].nr], &rows[i]);
}
