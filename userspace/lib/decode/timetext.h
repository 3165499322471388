/* SPDX-License-Identifier: Apache-2.0 */
/* Points in time for people. */
#ifndef EYAS_DECODE_TIMETEXT_H
#define EYAS_DECODE_TIMETEXT_H

#include <stdint.h>
#include "decode/state.h"

#define EYAS_TIME_SEC 0 /* digits of the fraction */
#define EYAS_TIME_USEC 6
#define EYAS_TIME_NSEC 9

/*
 * A comment, 2023-11-14T22:13:20.000000005+0000 in local time; nothing of a time
 * that there is not, or of 0.
 */
void eyas_dec_time_note(struct eyas_decode *d, int64_t sec, uint64_t fraction, unsigned int digits);

/* The same without the comment; false, and nothing appended, if there is none. */
bool eyas_dec_time_text(struct eyas_decode *d, int64_t sec, uint64_t fraction, unsigned int digits);

#endif
