/* SPDX-License-Identifier: Apache-2.0 */
/* Points in time as text. */
#ifndef EYAS_FIELD_DATETEXT_H
#define EYAS_FIELD_DATETEXT_H

#include <stdint.h>
#include "base/arena.h"
#include "enrich/enrich.h"

#define EYAS_NSEC	1000000000ULL

/* How; local time unless ISO. */
#define EYAS_TIME_DATE	(1U << 0)	/* "2016-08-04 " first */
#define EYAS_TIME_NS	(1U << 1)	/* ".057881397" behind the seconds */
#define EYAS_TIME_ZONE	(1U << 2)	/* " +0200" at the end */
#define EYAS_TIME_ISO	(1U << 3)	/* alone: "2016-08-04T16:17:57.881781397+0000", UTC */

/* @ns since the epoch. 0, -ENOMEM. */
int eyas_time_text(uint64_t ns, unsigned int how, struct eyas_arena *arena,
		   struct eyas_text *ret);

#endif
