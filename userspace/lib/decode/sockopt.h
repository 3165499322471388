/* SPDX-License-Identifier: Apache-2.0 */
/* Options of sockets: their names by level, and their values. */
#ifndef EYAS_DECODE_SOCKOPT_H
#define EYAS_DECODE_SOCKOPT_H

#include <stdint.h>
#include "decode/arg.h"

/* Some numbers have one name to set and another one to get. */
void eyas_dec_sockopt_name(struct eyas_decode *d, uint32_t level, uint32_t name, bool set);

/* The value of the call's option: @len bytes, of which @m was recorded. */
void eyas_dec_sockopt(struct eyas_decode *d, const struct eyas_dec_mem *m, int32_t len, bool set);

#endif
