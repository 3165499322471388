/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records that the kernel module makes of a call, made of one that is
 * written down: the same pieces of memory, by the same rows of the same tables.
 */
#ifndef EYAS_TEST_CAPTURE_H
#define EYAS_TEST_CAPTURE_H

#include "cases.h"
#include "records.h"

#define EYAS_CAPTURE_SNAPLEN 4096

/*
 * Add the SYS_ENTER record of @c and, if it ends, its SYS_EXIT record to @b, and
 * lay them out.
 */
void eyas_capture_enter(struct eyas_recs *b, const struct eyas_case *c, uint32_t snaplen,
			struct eyas_event *ret);
void eyas_capture_exit(struct eyas_recs *b, const struct eyas_case *c, uint32_t snaplen,
		       struct eyas_event *ret);

/*
 * Memory whose shape another argument tells, which the table of calls has no
 * words for: what ioctl, fcntl, prctl and their kind are given and write.
 */
void eyas_capture_extra(struct eyas_recs *b, const struct eyas_case *c, uint32_t snaplen,
			bool exit);

#endif
