// SPDX-License-Identifier: Apache-2.0
/* The table of system calls of 32-bit programs, for cases of them. */
#include "rows_ia32.h"

#include <stddef.h>
#include <string.h>
#include "event/evtype.h"

/* As in event/syscall.c. */
enum {
#define SC(nr, name, ...) TYPE_##name = nr,
#define ARG(name, kind, aux)
#include <linux/eyas_syscalls.h>
#undef ARG
#undef SC
#define ONLY(name) TYPE_##name = EYAS_EVT_##name,
#define SAME(name, native) TYPE_##name = TYPE_##native,
#include "event/foreign.h"
#undef SAME
#undef ONLY
};

#define ARG(name, kind, aux) { #name, #aux, EYAS_KIND_##kind },
#define ARGS(...) ((struct eyas_syscall_arg[]){ __VA_ARGS__ })
#define SAME(nr, name)
#define SC(number, text, ret_, cls_, lane_, trace_, ...)                              \
	{                                                                             \
		.name = #text,                                                        \
		.nr = number,                                                         \
		.evtype = TYPE_##text,                                                \
		.ret = EYAS_RET_##ret_,                                               \
		.cls = EYAS_CLASS_##cls_,                                             \
		.lane = EYAS_LANE_##lane_,                                            \
		.trace = trace_,                                                      \
		.nargs = sizeof(ARGS(__VA_ARGS__)) / sizeof(struct eyas_syscall_arg), \
		.args = { __VA_ARGS__ },                                              \
	},
static const struct eyas_syscall own[] = {
#include <linux/eyas_syscalls_ia32.h>
};
#undef SAME
#undef SC

/* Those that are as the native ones, with other numbers. */
static const struct {
	uint16_t nr;
	const char *name;
} same[] = {
#define SAME(number, text) { number, #text },
#define SC(...)
#include <linux/eyas_syscalls_ia32.h>
};

#define ROWS (sizeof(own) / sizeof(own[0]) + sizeof(same) / sizeof(same[0]))

static const struct eyas_syscall *rows(void)
{
	static struct eyas_syscall all[ROWS];
	size_t n = sizeof(own) / sizeof(own[0]);

	if (all[0].name)
		return all;
	memcpy(all, own, sizeof(own));
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++, n++) {
		const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X86_64, same[i].name);

		if (sc)
			all[n] = *sc;
		all[n].name = same[i].name;
		all[n].nr = same[i].nr;
	}
	return all;
}

const struct eyas_syscall *eyas_row_ia32(const char *name)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows()[i].name, name) == 0)
			return &rows()[i];
	}
	return NULL;
}

const struct eyas_syscall *eyas_rows_ia32(size_t *ret_n)
{
	*ret_n = ROWS;
	return rows();
}
