// SPDX-License-Identifier: Apache-2.0
/* The tables of system calls of all ABIs, laid out by number. */
#include "event/syscall.h"

#include <stddef.h>
#include <string.h>
#include "event/evtype.h"

#define X32_BIT		0x40000000	/* programs set it in x32 numbers, records don't */

/* Types by name, so that a row that no type was thought of for does not compile. */
enum {
#define SC(nr, name, ...)		TYPE_##name = nr,
#define ARG(name, kind, aux)
#include <linux/eyas_syscalls.h>
#undef ARG
#undef SC
#define ONLY(name)			TYPE_##name = EYAS_EVT_##name,
#define SAME(name, native)		TYPE_##name = TYPE_##native,
#include "event/foreign.h"
};

#define ARG(name, kind, aux)		{ #name, #aux, EYAS_KIND_##kind },
#define ARGS(...)			((struct eyas_syscall_arg[]){ __VA_ARGS__ })

/* A row is made of parts that have names, so that SAME() of another ABI can name them. */
#define PARTS(abi, call, ret_, cls_, lane_, trace_, ...)				\
	enum {										\
		abi##_##call##_ret = EYAS_RET_##ret_,					\
		abi##_##call##_cls = EYAS_CLASS_##cls_,					\
		abi##_##call##_lane = EYAS_LANE_##lane_,				\
		abi##_##call##_trace = trace_,						\
		abi##_##call##_nargs = sizeof(ARGS(__VA_ARGS__)) /			\
				       sizeof(struct eyas_syscall_arg),			\
	};										\
	static const struct eyas_syscall_arg abi##_##call##_args[6] = { __VA_ARGS__ };

#define ROW(number, abi, call)								\
	[number] = {									\
		.name = #call, .nr = number, .evtype = TYPE_##call,			\
		.ret = abi##_##call##_ret, .cls = abi##_##call##_cls,			\
		.lane = abi##_##call##_lane, .trace = abi##_##call##_trace,		\
		.nargs = abi##_##call##_nargs, .args = abi##_##call##_args,		\
	},

/* clang-format off */
#define SC(nr, name, ...)	PARTS(x86_64, name, __VA_ARGS__)
#include <linux/eyas_syscalls.h>
#undef SC
#define SAME(nr, name)
#define SC(nr, name, ...)	PARTS(ia32, name, __VA_ARGS__)
#include <linux/eyas_syscalls_ia32.h>
#undef SC
#define SC(nr, name, ...)	PARTS(arm64, name, __VA_ARGS__)
#include <linux/eyas_syscalls_arm64.h>
#undef SC
#undef SAME

#define SAME(nr, name)		ROW(nr, x86_64, name)
#define SC(nr, name, ...)	ROW(nr, x86_64, name)
static const struct eyas_syscall x86_64[] = {
#include <linux/eyas_syscalls.h>
};
#undef SC

#define SC(nr, name, ...)	ROW(nr, ia32, name)
static const struct eyas_syscall ia32[] = {
#include <linux/eyas_syscalls_ia32.h>
};
#undef SC

#define SC(nr, name, ...)	ROW(nr, arm64, name)
static const struct eyas_syscall arm64[] = {
#include <linux/eyas_syscalls_arm64.h>
};
#undef SC
#undef SAME

/* As x86_64, but for the calls with numbers of their own: those that x86_64 has for them are none. */
enum {
#define SC(nr, name, ...)	NATIVE_##name = nr,
#include <linux/eyas_syscalls.h>
#undef SC
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const struct eyas_syscall x32[] = {
#define SC(nr, name, ...)	ROW(nr, x86_64, name)
#include <linux/eyas_syscalls.h>
#define SAME(number, call)	[NATIVE_##call] = { .name = NULL },
#include <linux/eyas_syscalls_x32.h>
#undef SAME
#define SAME(nr, name)		ROW(nr, x86_64, name)
#include <linux/eyas_syscalls_x32.h>
#undef SAME
#undef SC
};
#pragma GCC diagnostic pop
/* clang-format on */

#define LEN(rows)	(sizeof(rows) / sizeof((rows)[0]))

_Static_assert(LEN(x86_64) <= EYAS_NR_MAX && LEN(ia32) <= EYAS_NR_MAX &&
		       LEN(x32) <= EYAS_NR_MAX && LEN(arm64) <= EYAS_NR_MAX,
	       "a plan selects any call");

#define TABLE(rows)	{ rows, LEN(rows) }

/* An ABI without a row here has no names: its calls are known by number only. */
static const struct {
	const struct eyas_syscall *rows;
	unsigned int len;
} tables[EYAS_ABI_MAX] = {
	[EYAS_ABI_X86_64]	= TABLE(x86_64),
	[EYAS_ABI_IA32]		= TABLE(ia32),
	[EYAS_ABI_X32]		= TABLE(x32),
	[EYAS_ABI_ARM64]	= TABLE(arm64),
};

const struct eyas_syscall *eyas_syscall_table(unsigned int abi, unsigned int *ret_len)
{
	if (abi >= EYAS_ABI_MAX) {
		*ret_len = 0;
		return NULL;
	}
	*ret_len = tables[abi].len;
	return tables[abi].rows;
}

const struct eyas_syscall *eyas_syscall_by_nr(unsigned int abi, int nr)
{
	const struct eyas_syscall *sc;

	if (abi == EYAS_ABI_X32)
		nr &= ~X32_BIT;
	if (abi >= EYAS_ABI_MAX || nr < 0 || (unsigned int)nr >= tables[abi].len)
		return NULL;
	sc = &tables[abi].rows[nr];
	return sc->name ? sc : NULL;
}

const struct eyas_syscall *eyas_syscall_by_name(unsigned int abi, const char *name)
{
	unsigned int len;
	const struct eyas_syscall *rows = eyas_syscall_table(abi, &len);

	for (unsigned int i = 0; i < len; i++)
		if (rows[i].name && !strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}
