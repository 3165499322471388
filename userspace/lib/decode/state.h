/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder: options, tables worked out so far, and the call being printed. */
#ifndef EYAS_DECODE_STATE_H
#define EYAS_DECODE_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include "decode/decode.h"

#define EYAS_DEC_ARGS 6

/* Layout of structs in user memory. */
enum eyas_dec_layout {
	EYAS_DEC_X86_64, /* and x32, whose structs are mostly those */
	EYAS_DEC_IA32,
	EYAS_DEC_ARM64,
	EYAS_DEC_LAYOUTS,
};

/* Prints the value of argument @arg. */
typedef void eyas_dec_print(struct eyas_decode *d, unsigned int arg);

struct eyas_dec_arg {
	eyas_dec_print *print;
	const void *aux; /* list or struct, as print has it */
	uint8_t len; /* argument with the length, EYAS_DEC_ARGS: the result */
};

/* How a call is printed; all zero: not worked out yet. */
struct eyas_dec_plan {
	const struct eyas_syscall *sc;
	void (*args)(struct eyas_decode *d); /* all arguments */
	bool (*result)(struct eyas_decode *d); /* of a success; false: the ordinary one */
	const char *(*ret_note)(struct eyas_decode *d);
	uint8_t split; /* the first argument that is printed after the call */
	struct eyas_dec_arg arg[EYAS_DEC_ARGS];
};

#define EYAS_DEC_ENTER 1U
#define EYAS_DEC_EXIT 2U

struct eyas_decode {
	struct eyas_decode_opts opts;
	struct eyas_dec_plan *plans[EYAS_ABI_MAX];

	/* the call */
	const struct eyas_decode_call *call;
	const struct eyas_event *enter, *exit;
	const struct eyas_event *ev; /* the first of them that there is */
	const struct eyas_dec_plan *plan;
	uint64_t args[EYAS_DEC_ARGS];
	int64_t ret;
	bool ended; /* it has an exit */
	bool failed;
	uint8_t layout; /* enum eyas_dec_layout */
	uint8_t phase; /* EYAS_DEC_ENTER, EYAS_DEC_EXIT or both */
	uint8_t pos; /* arguments begun, those of the other phase included */
	bool split; /* they are those of after the call */
	bool split_done; /* what separates them from those before is there */

	/* the text */
	struct eyas_strbuf *out;
	struct eyas_strbuf text; /* of a result, before JSON escapes it */
	bool json;
	bool arg_open; /* JSON: an argument's value is being written */
	uint8_t sym; /* depth of eyas_dec_sym() */
	uint8_t depth; /* of '{' and '[' */
	uint64_t some; /* bit n: what is open at depth n is not empty */
	uint64_t braces; /* bit n: it is '{' */
};

static inline bool eyas_dec_32(const struct eyas_decode *d)
{
	return d->layout == EYAS_DEC_IA32;
}

/* Bytes of a long and of a pointer in the caller's memory. */
static inline unsigned int eyas_dec_word_size(const struct eyas_decode *d)
{
	return eyas_dec_32(d) ? 4 : 8;
}

#endif
