// SPDX-License-Identifier: GPL-2.0
/* The capture side of the tables of calls, worked out once at load. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/eyas_kinds.h>
#include "cases.h"
#include "fetch.h"
#include "syscalls.h"

/* Number of a struct in struct_sizes. */
#define STRUCT(name, x86_64, ia32, arm64)	EYAS_STRUCT_##name,
enum {
#include <linux/eyas_structs.h>
};
#undef STRUCT

struct struct_size {
	u16 native;
	u16 compat;
};

#ifdef CONFIG_ARM64
#define STRUCT(name, x86_64, ia32, arm64)	{ arm64, ia32 },
#else
#define STRUCT(name, x86_64, ia32, arm64)	{ x86_64, ia32 },
#endif
static const struct struct_size struct_sizes[] __initconst = {
#include <linux/eyas_structs.h>
};
#undef STRUCT

struct sc_arg {
	u8 kind;
	u8 aux;			/* struct or length, as the kind has it */
};

struct sc_row {
	const char *name;	/* NULL: as the row of x86_64 with number same */
	u16 nr;
	u16 same;
	u8 ret;
	u8 cls;
	u8 lane;
	u8 nargs;
	struct sc_arg args[6];
};

/* What aux means, by kind. */
#define LEN_RET			EYAS_LEN_RET
#define LEN_0			0
#define LEN_1			1
#define LEN_2			2
#define LEN_3			3
#define LEN_4			4
#define LEN_5			5
#define AUX_NONE(aux)		0
#define AUX_INT			AUX_NONE
#define AUX_UINT		AUX_NONE
#define AUX_HEX			AUX_NONE
#define AUX_ADDR		AUX_NONE
#define AUX_MODE		AUX_NONE
#define AUX_FD			AUX_NONE
#define AUX_DIRFD		AUX_NONE
#define AUX_PID			AUX_NONE
#define AUX_UID			AUX_NONE
#define AUX_GID			AUX_NONE
#define AUX_SIGNAL		AUX_NONE
#define AUX_DEV			AUX_NONE
#define AUX_OFFSET		AUX_NONE
#define AUX_FLAGS		AUX_NONE
#define AUX_ENUM		AUX_NONE
#define AUX_CMD			AUX_NONE
#define AUX_PATH		AUX_NONE
#define AUX_STRING		AUX_NONE
#define AUX_STRINGS		AUX_NONE
#define AUX_INBUF(aux)		LEN_##aux
#define AUX_OUTBUF(aux)		LEN_##aux
#define AUX_INSTRUCT(aux)	EYAS_STRUCT_##aux
#define AUX_OUTSTRUCT(aux)	EYAS_STRUCT_##aux
#define AUX_IOSTRUCT(aux)	EYAS_STRUCT_##aux
#define AUX_INARRAY(aux)	EYAS_STRUCT_##aux
#define AUX_OUTARRAY(aux)	EYAS_STRUCT_##aux
#define AUX_IOARRAY(aux)	EYAS_STRUCT_##aux
#define AUX_INIOV		AUX_NONE
#define AUX_OUTIOV		AUX_NONE
#define AUX_INMSG		AUX_NONE
#define AUX_OUTMSG		AUX_NONE
#define AUX_INSOCKADDR		AUX_NONE
#define AUX_OUTSOCKADDR		AUX_NONE
#define AUX_SIGSET		AUX_NONE
#define AUX_OUTSIGSET		AUX_NONE

/* Numbers of x86_64 by name. */
#define SC(nr, name, ...)	EYAS_ROW_##name = nr,
enum {
#include <linux/eyas_syscalls.h>
};
#undef SC

#define ARG(name, kind, aux)	{ EYAS_KIND_##kind, AUX_##kind(aux) },
#define SC(nr, name, ret, cls, lane, trace, ...)			\
	{ #name, nr, 0, EYAS_RET_##ret, EYAS_CLASS_##cls, EYAS_LANE_##lane,	\
	  sizeof((struct sc_arg[]){ __VA_ARGS__ }) / sizeof(struct sc_arg),	\
	  { __VA_ARGS__ } },
#define SAME(nr, name)		{ NULL, nr, EYAS_ROW_##name },

static const struct sc_row x86_64_rows[] __initconst = {
#include <linux/eyas_syscalls.h>
};

#ifdef CONFIG_ARM64
static const struct sc_row arm64_rows[] __initconst = {
#include <linux/eyas_syscalls_arm64.h>
};
#else
static const struct sc_row ia32_rows[] __initconst = {
#include <linux/eyas_syscalls_ia32.h>
};

static const struct sc_row x32_rows[] __initconst = {
#include <linux/eyas_syscalls_x32.h>
};
#endif

#undef ARG
#undef SC
#undef SAME

/* How the memory behind an argument of each kind is got; no entry: there is none. */
struct kind_op {
	u8 fetch;
	u8 when;
};

static const struct kind_op kind_ops[EYAS_KIND_MAX] __initconst = {
	[EYAS_KIND_PATH]	= { EYAS_FETCH_STRING,		EYAS_OP_IN },
	[EYAS_KIND_STRING]	= { EYAS_FETCH_STRING,		EYAS_OP_IN },
	[EYAS_KIND_STRINGS]	= { EYAS_FETCH_STRINGS,		EYAS_OP_IN },
	[EYAS_KIND_INBUF]	= { EYAS_FETCH_BYTES,		EYAS_OP_IN },
	[EYAS_KIND_OUTBUF]	= { EYAS_FETCH_BYTES,		EYAS_OP_OUT },
	[EYAS_KIND_INSTRUCT]	= { EYAS_FETCH_STRUCT,		EYAS_OP_IN },
	[EYAS_KIND_OUTSTRUCT]	= { EYAS_FETCH_STRUCT,		EYAS_OP_OUT },
	[EYAS_KIND_IOSTRUCT]	= { EYAS_FETCH_STRUCT,		EYAS_OP_IN | EYAS_OP_OUT },
	[EYAS_KIND_INARRAY]	= { EYAS_FETCH_ARRAY,		EYAS_OP_IN },
	[EYAS_KIND_OUTARRAY]	= { EYAS_FETCH_ARRAY,		EYAS_OP_OUT },
	[EYAS_KIND_IOARRAY]	= { EYAS_FETCH_ARRAY,		EYAS_OP_IN | EYAS_OP_OUT },
	[EYAS_KIND_INIOV]	= { EYAS_FETCH_IOV,		EYAS_OP_IN },
	[EYAS_KIND_OUTIOV]	= { EYAS_FETCH_IOV,		EYAS_OP_OUT },
	[EYAS_KIND_INMSG]	= { EYAS_FETCH_MSG,		EYAS_OP_IN },
	[EYAS_KIND_OUTMSG]	= { EYAS_FETCH_MSG,		EYAS_OP_IN | EYAS_OP_OUT },
	[EYAS_KIND_INSOCKADDR]	= { EYAS_FETCH_SOCKADDR,	EYAS_OP_IN },
	[EYAS_KIND_OUTSOCKADDR]	= { EYAS_FETCH_SOCKADDR,	EYAS_OP_OUT },
	[EYAS_KIND_SIGSET]	= { EYAS_FETCH_STRUCT,		EYAS_OP_IN },
	[EYAS_KIND_OUTSIGSET]	= { EYAS_FETCH_STRUCT,		EYAS_OP_OUT },
};

struct flag_name {
	const char *name;
	u8 flag;
};

static const struct flag_name flag_names[] __initconst = {
	{ "close",	EYAS_SC_CLOSES },
	{ "fork",	EYAS_SC_FORK },
	{ "vfork",	EYAS_SC_FORK },
	{ "clone",	EYAS_SC_FORK },
	{ "clone3",	EYAS_SC_FORK },
	{ "unshare",	EYAS_SC_NS },
	{ "setns",	EYAS_SC_NS },
	{ "setuid",	EYAS_SC_CREDS },
	{ "setgid",	EYAS_SC_CREDS },
	{ "setreuid",	EYAS_SC_CREDS },
	{ "setregid",	EYAS_SC_CREDS },
	{ "setresuid",	EYAS_SC_CREDS },
	{ "setresgid",	EYAS_SC_CREDS },
	{ "setfsuid",	EYAS_SC_CREDS },
	{ "setfsgid",	EYAS_SC_CREDS },
	{ "setgroups",	EYAS_SC_CREDS },
	{ "capset",	EYAS_SC_CREDS },
};

static bool __init is_string(u8 kind)
{
	return kind == EYAS_KIND_PATH || kind == EYAS_KIND_STRING || kind == EYAS_KIND_STRINGS;
}

static void __init op_init(struct eyas_op *op, const struct sc_row *row, u8 arg, bool compat)
{
	u8 kind = row->args[arg].kind, aux = row->args[arg].aux;
	const struct struct_size *size = &struct_sizes[aux];

	op->fetch = kind_ops[kind].fetch;
	op->when = kind_ops[kind].when;
	op->arg = arg;
	switch (kind) {
	case EYAS_KIND_PATH:
		op->size = PATH_MAX;
		break;
	case EYAS_KIND_INBUF:
	case EYAS_KIND_OUTBUF:
		op->len = aux;
		break;
	case EYAS_KIND_SIGSET:
	case EYAS_KIND_OUTSIGSET:
		op->size = 8;
		break;
	case EYAS_KIND_INSTRUCT:
	case EYAS_KIND_OUTSTRUCT:
	case EYAS_KIND_IOSTRUCT:
	case EYAS_KIND_INARRAY:
	case EYAS_KIND_OUTARRAY:
	case EYAS_KIND_IOARRAY:
		op->size = compat ? size->compat : size->native;
		if (aux == EYAS_STRUCT_mmsghdr) {
			op->fetch = EYAS_FETCH_MMSG;
			/* How much of each was sent is written there. */
			op->when |= EYAS_OP_OUT;
		}
		/* What the call wrote is as many as it says, if it says how many. */
		op->len = kind == EYAS_KIND_OUTARRAY ? EYAS_LEN_RET : arg + 1;
		break;
	}
}

static void __init ops_init(struct eyas_sc *sc, const struct sc_row *row, bool compat)
{
	u16 cases = eyas_cases_find(row->name);
	bool strings = true;
	u8 i;

	do {
		for (i = 0; i < row->nargs; i++) {
			u8 kind = row->args[i].kind;

			if (kind_ops[kind].when && is_string(kind) == strings &&
			    !eyas_cases_arg(cases, i))
				op_init(&sc->ops[sc->nops++], row, i, compat);
		}
		if (eyas_cases_any(cases, strings))
			sc->ops[sc->nops++] = (struct eyas_op) {
				.fetch = EYAS_FETCH_CASE,
				.arg = EYAS_CASE_ARG,
				.len = strings,
				.when = EYAS_OP_IN,
				.size = cases,
			};
		if (strings)
			sc->strings = sc->nops;
		strings = !strings;
	} while (!strings);
}

static void __init flags_init(struct eyas_sc *sc, const struct sc_row *row)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flag_names); i++)
		if (!strcmp(row->name, flag_names[i].name))
			sc->flags |= flag_names[i].flag;
	if (row->ret == EYAS_RET_FD)
		sc->flags |= EYAS_SC_FD | (row->cls == EYAS_CLASS_FILE ? EYAS_SC_OPENS : 0);
	for (i = 0; i < row->nargs; i++)
		/* exec is the one family with an array of strings as argument. */
		if (row->args[i].kind == EYAS_KIND_STRINGS)
			sc->flags |= EYAS_SC_EXEC;
}

static void __init row_init(struct eyas_sc *sc, const struct sc_row *row, bool compat)
{
	u8 i;

	*sc = (struct eyas_sc) {
		.cls = row->cls,
		.lane = row->lane,
		.flags = compat ? EYAS_SC_COMPAT : 0,
		.dirfd = 6,
	};
	for (i = 0; i < row->nargs; i++) {
		u8 kind = row->args[i].kind;

		if (kind == EYAS_KIND_FD || kind == EYAS_KIND_DIRFD)
			sc->fds |= 1U << i;
		if (kind == EYAS_KIND_DIRFD && sc->dirfd == 6)
			sc->dirfd = i;
		/* Those that it is told of, not those that it asks about. */
		if (kind == EYAS_KIND_PID && row->lane == EYAS_LANE_CRIT)
			sc->pids |= 1U << i;
	}
	flags_init(sc, row);
	ops_init(sc, row, compat);
}

struct eyas_sc eyas_sc_native[EYAS_NR_MAX + 1] __ro_after_init;
#ifndef CONFIG_ARM64
static struct eyas_sc ia32_table[EYAS_NR_MAX + 1] __ro_after_init;
static struct eyas_sc x32_table[EYAS_NR_MAX + 1] __ro_after_init;
#endif

const struct eyas_sc *eyas_sc_tables[EYAS_ABI_MAX] __ro_after_init;
const struct eyas_sc eyas_sc_unknown = { .lane = EYAS_LANE_BULK, .dirfd = 6 };
u8 eyas_sc_brief[EYAS_SLOTS] __ro_after_init;

static const struct sc_row *__init row_same(const struct sc_row *row)
{
	unsigned int i;

	for (i = 0; !row->name && i < ARRAY_SIZE(x86_64_rows); i++)
		if (x86_64_rows[i].nr == row->same)
			return &x86_64_rows[i];
	return row;
}

static void __init table_clear(struct eyas_sc *table)
{
	unsigned int i;

	for (i = 0; i <= EYAS_NR_MAX; i++)
		table[i] = eyas_sc_unknown;
}

static void __init table_fill(struct eyas_sc *table, const struct sc_row *row, unsigned int rows,
			      bool compat)
{
	for (; rows; rows--, row++)
		row_init(&table[row->nr], row_same(row), compat);
}

static void __init brief_init(unsigned int abi)
{
	unsigned int nr;

	BUILD_BUG_ON(EYAS_LANE_MAX != 2);
	for (nr = 0; nr <= EYAS_NR_MAX; nr++) {
		const struct eyas_sc *sc = eyas_sc_row(abi, nr);

		eyas_sc_brief[eyas_sc_slot(abi, nr)] =
			sc->lane | (sc->flags & EYAS_SC_EXEC ? EYAS_BRIEF_EXEC : 0) |
			sc->cls << EYAS_BRIEF_CLASS;
	}
}

void __init eyas_syscalls_init(void)
{
	unsigned int abi;

	eyas_cases_init();
	table_clear(eyas_sc_native);
	eyas_sc_tables[EYAS_ABI_NATIVE] = eyas_sc_native;
#ifdef CONFIG_ARM64
	table_fill(eyas_sc_native, arm64_rows, ARRAY_SIZE(arm64_rows), false);
#else
	table_fill(eyas_sc_native, x86_64_rows, ARRAY_SIZE(x86_64_rows), false);
	table_clear(ia32_table);
	table_fill(ia32_table, ia32_rows, ARRAY_SIZE(ia32_rows), true);
	eyas_sc_tables[EYAS_ABI_IA32] = ia32_table;
	table_clear(x32_table);
	table_fill(x32_table, x86_64_rows, ARRAY_SIZE(x86_64_rows), false);
	table_fill(x32_table, x32_rows, ARRAY_SIZE(x32_rows), true);
	eyas_sc_tables[EYAS_ABI_X32] = x32_table;
#endif
	for (abi = 0; abi < EYAS_ABI_MAX; abi++)
		brief_init(abi);
}
