/* SPDX-License-Identifier: Apache-2.0 */
/* Values that calls and structs about processes share. */
#ifndef EYAS_DECODE_PROC_H
#define EYAS_DECODE_PROC_H

#include <stdint.h>
#include "decode/state.h"

/* "{WIFEXITED(s) && WEXITSTATUS(s) == 1}" */
void eyas_dec_wait_status(struct eyas_decode *d, uint32_t status);

/* A limit: "8192*1024", "RLIM64_INFINITY". */
void eyas_dec_limit(struct eyas_decode *d, uint64_t v);

/* Flags of clone with the signal in their last byte. */
void eyas_dec_clone_flags(struct eyas_decode *d, uint64_t v);

/* "[0 1 63]": the bits that are set in @size bytes. */
void eyas_dec_cpus(struct eyas_decode *d, const unsigned char *p, uint32_t size);

#endif
