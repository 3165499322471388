/* SPDX-License-Identifier: Apache-2.0 */
/* The system call tables by number and by name, from <linux/eyas_syscalls.h> and its like. */
#ifndef EYAS_EVENT_SYSCALL_H
#define EYAS_EVENT_SYSCALL_H

#include <stdint.h>
#include <linux/eyas.h>
#include <linux/eyas_kinds.h>

struct eyas_syscall_arg {
	const char *name;
	const char *aux;	/* text of aux in the row, "" if none */
	uint8_t kind;		/* enum eyas_kind */
};

struct eyas_syscall {
	const char *name;
	uint16_t nr;
	uint16_t evtype;	/* event/evtype.h */
	uint8_t ret;		/* enum eyas_ret */
	uint8_t cls;		/* enum eyas_class */
	uint8_t lane;		/* enum eyas_lane */
	uint8_t nargs;
	uint32_t trace;		/* EYAS_TRACE_* */
	const struct eyas_syscall_arg *args;	/* 6, empty from nargs on */
};

/* Row of a number in an ABI; NULL if there is none. Any number may be asked. */
const struct eyas_syscall *eyas_syscall_by_nr(unsigned int abi, int nr);

/* Row of a name in an ABI; NULL if there is none. */
const struct eyas_syscall *eyas_syscall_by_name(unsigned int abi, const char *name);

/* The whole table of an ABI, indexed by number; rows without name are holes. */
const struct eyas_syscall *eyas_syscall_table(unsigned int abi, unsigned int *ret_len);

#endif
