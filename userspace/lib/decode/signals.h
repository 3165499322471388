/* SPDX-License-Identifier: Apache-2.0 */
/* Signals, sets of them, and what comes with them. */
#ifndef EYAS_DECODE_SIGNALS_H
#define EYAS_DECODE_SIGNALS_H

#include <stdint.h>
#include "decode/state.h"

void eyas_dec_signal(struct eyas_decode *d, int sig); /* "SIGINT", 99 */

/* "[INT TERM]" of @size bytes, at most 8 of them. */
void eyas_dec_sigset(struct eyas_decode *d, const unsigned char *p, uint32_t size);

/* struct siginfo of user space, @len bytes of it. */
void eyas_dec_siginfo(struct eyas_decode *d, const unsigned char *p, uint32_t len);

/* Sets as arguments; the last argument of the call, or the next one, is their size. */
eyas_dec_print eyas_dec_arg_insigset, eyas_dec_arg_outsigset;

#endif
