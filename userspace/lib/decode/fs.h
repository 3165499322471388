/* SPDX-License-Identifier: Apache-2.0 */
/* Values that calls and structs about files share. */
#ifndef EYAS_DECODE_FS_H
#define EYAS_DECODE_FS_H

#include <stdint.h>
#include "decode/xlat.h"

/* "S_IFREG|0644" */
void eyas_dec_file_mode(struct eyas_decode *d, uint64_t mode);

/* Flags of open, access mode first: @len bytes at @p, or @v. */
void eyas_dec_open_flags(struct eyas_decode *d, const unsigned char *p, uint32_t len);
void eyas_dec_open_flags_of(struct eyas_decode *d, uint64_t v);

/* Flags with the logarithm of a page's size in their last bits: "21<<MAP_HUGE_SHIFT". */
void eyas_dec_huge_flags(struct eyas_decode *d, const struct eyas_xlat *x, uint32_t v,
			 const char *shift, struct eyas_dec_parts *parts);

#endif
