// SPDX-License-Identifier: Apache-2.0
/* How much of a call's arguments is decoded: worked out from the tables that decode them. */
#include "decode/grade.h"

#include <string.h>
#include "base/util.h"
#include "decode/arg.h"
#include "decode/calls.h"

/*
 * Arguments that are addresses and nothing else: where memory is to be, what
 * the kernel writes to later, what it never looks into.
 */
static bool is_place(const char *name)
{
	static const char *const places[] = {
		"addr", "brk", "entry", "head", "lock_addr", "new_addr", "newsp", "pages", "rseq",
		"shmaddr", "start", "tidptr", "uaddr", "uaddr2", "unused",
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(places); i++)
		if (eyas_streq(name, places[i]))
			return true;
	return false;
}

/* A command before it says what it is; it may be memory. */
static bool is_any(const struct eyas_syscall *sc, unsigned int arg)
{
	for (unsigned int i = 0; i < arg; i++)
		if (sc->args[i].kind == EYAS_KIND_CMD)
			return true;
	return false;
}

/*
 * The argument is memory that nobody looks into, or a list or struct that nobody
 * has written down. What is recorded because of another argument's value has the
 * kind of a number, and a function of its own that prints it.
 */
static bool is_raw(const struct eyas_dec_plan *p, unsigned int i)
{
	const struct eyas_syscall_arg *row = &p->sc->args[i];

	if (p->args)
		return false;
	switch (row->kind) {
	case EYAS_KIND_ADDR:
		return p->arg[i].print == eyas_dec_arg_addr && !is_place(row->name);
	case EYAS_KIND_HEX:
		return p->arg[i].print == eyas_dec_arg_hex && is_any(p->sc, i);
	case EYAS_KIND_FLAGS:
	case EYAS_KIND_ENUM:
		return p->arg[i].print == eyas_dec_arg_hex;
	case EYAS_KIND_INSTRUCT:
	case EYAS_KIND_OUTSTRUCT:
	case EYAS_KIND_IOSTRUCT:
	case EYAS_KIND_INARRAY:
	case EYAS_KIND_OUTARRAY:
	case EYAS_KIND_IOARRAY:
		return p->arg[i].print == eyas_dec_arg_addr;
	default:
		return false;
	}
}

enum eyas_decode_grade eyas_decode_grade(unsigned int abi, const struct eyas_syscall *sc,
					 uint8_t *ret_raw)
{
	struct eyas_dec_plan plan;
	unsigned int raw = 0;

	memset(&plan, 0, sizeof(plan));
	*ret_raw = 0;
	eyas_dec_plan_make(&plan, sc, abi);
	for (unsigned int i = 0; i < sc->nargs; i++) {
		if (!is_raw(&plan, i))
			continue;
		*ret_raw |= (uint8_t)(1U << i);
		raw++;
	}
	if (!raw)
		return EYAS_DECODE_FULLY;
	return raw == sc->nargs ? EYAS_DECODE_NOT : EYAS_DECODE_PARTLY;
}
