/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of bpf. */
#ifndef EYAS_DECODE_BPF_H
#define EYAS_DECODE_BPF_H

#include "decode/struct.h"

/* Attributes of command @cmd at @addr, of which @m was recorded; NULL: nothing was. */
void eyas_dec_bpf_attr(struct eyas_decode *d, uint32_t cmd, const struct eyas_dec_mem *m,
		       uint64_t addr);

#endif
