/* SPDX-License-Identifier: Apache-2.0 */
/* How each call is captured, as its row in the table of calls has it. */
#ifndef EYAS_EVENT_CAPTURES_H
#define EYAS_EVENT_CAPTURES_H

#include <stdbool.h>
#include <stdint.h>
#include "event/syscall.h"

/* What is recorded beside the values of all arguments. Masks: bit n is argument n. */
struct eyas_captures {
	uint8_t in;		/* memory that the call is given: at entry, where asked for */
	uint8_t out;		/* memory that it writes: after it, if it succeeded */
	uint8_t strings;	/* of in: by EYAS_PLAN_STRINGS, the rest is DATA */
	uint8_t objects;	/* files and sockets by descriptor, processes by number */
	uint8_t commands;	/* give the next argument its meaning */
	uint8_t addresses;	/* not looked behind */
	bool result;		/* the file or socket that it makes */
	const char *caller;	/* what of the caller it may change; NULL: nothing */
};

struct eyas_captures eyas_captures_of(const struct eyas_syscall *sc);

/* What is taken of a kind of argument: "string", "bytes"; NULL: its value only. */
const char *eyas_captures_kind(uint8_t kind);

#endif
