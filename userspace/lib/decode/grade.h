/* SPDX-License-Identifier: Apache-2.0 */
/* How much of a call's arguments is decoded. */
#ifndef EYAS_DECODE_GRADE_H
#define EYAS_DECODE_GRADE_H

#include <stdint.h>
#include "event/syscall.h"

enum eyas_decode_grade {
	EYAS_DECODE_FULLY,
	EYAS_DECODE_PARTLY,
	EYAS_DECODE_NOT,	/* none of the arguments that it has */
	EYAS_DECODE_GRADES,
};

/*
 * Of a row of the tables. *ret_raw: bit n, argument n is printed as the address
 * or the number that it is, though it stands for more.
 */
enum eyas_decode_grade eyas_decode_grade(unsigned int abi, const struct eyas_syscall *sc,
					 uint8_t *ret_raw);

#endif
