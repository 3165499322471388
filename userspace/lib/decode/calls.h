/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the table of calls does not tell of how a call is printed. Each family
 * has two arrays, in calls_*.c, that end with a row without name.
 */
#ifndef EYAS_DECODE_CALLS_H
#define EYAS_DECODE_CALLS_H

#include "decode/arg.h"
#include "decode/state.h"

/* A call with arguments or a result of its own. */
struct eyas_dec_call {
	const char *name;
	void (*args)(struct eyas_decode *d); /* NULL: as the row has them */
	bool (*result)(struct eyas_decode *d); /* as in struct eyas_dec_plan */
};

/* One argument that is not what its kind says, or more than that. */
struct eyas_dec_fix {
	const char *name; /* of the call */
	uint8_t arg;
	eyas_dec_print *print;
	const void *aux; /* NULL: as the row has it */
};

extern const struct eyas_dec_call eyas_dec_calls_fs[], eyas_dec_calls_net[], eyas_dec_calls_proc[],
	eyas_dec_calls_mem[], eyas_dec_calls_signal[], eyas_dec_calls_time[],
	eyas_dec_calls_kernel[], eyas_dec_calls_poll[], eyas_dec_calls_ipc[],
	eyas_dec_calls_fcntl[], eyas_dec_calls_ioctl[], eyas_dec_calls_prctl[],
	eyas_dec_calls_key[], eyas_dec_calls_ptrace[], eyas_dec_calls_ia32[];
extern const struct eyas_dec_fix eyas_dec_fixes_fs[], eyas_dec_fixes_net[], eyas_dec_fixes_proc[],
	eyas_dec_fixes_mem[], eyas_dec_fixes_signal[], eyas_dec_fixes_time[],
	eyas_dec_fixes_kernel[], eyas_dec_fixes_poll[], eyas_dec_fixes_ipc[], eyas_dec_fixes_key[],
	eyas_dec_fixes_ia32[];

/* Begin with a call; then what there is of it for this phase. */
void eyas_dec_begin(struct eyas_decode *d, const struct eyas_decode_call *c, uint8_t phase,
		    struct eyas_strbuf *out);
void eyas_dec_put_args(struct eyas_decode *d);
void eyas_dec_put_result(struct eyas_decode *d);

/* Work out how a row is printed. */
void eyas_dec_plan_make(struct eyas_dec_plan *p, const struct eyas_syscall *sc, unsigned int abi);

#endif
