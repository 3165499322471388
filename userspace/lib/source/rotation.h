/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the files of a recording, and when the next one is due: as tcpdump has it. */
#ifndef EYAS_SOURCE_ROTATION_H
#define EYAS_SOURCE_ROTATION_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include "base/err.h"
#include "base/strbuf.h"

/* 0: no limit. */
struct eyas_rotation {
	const char *path;	/* seconds: for strftime(3) */
	uint64_t bytes;		/* -C: a new file after so many */
	uint64_t seconds;	/* -G: and after so long */
	unsigned int files;	/* -W: bytes: then the first one again; seconds: then the end */
};

/* 0, or -EINVAL for what would lose files or mean nothing. */
int eyas_rotation_check(const struct eyas_rotation *r, struct eyas_err *err);

static inline bool eyas_rotation_any(const struct eyas_rotation *r)
{
	return r->bytes || r->seconds;
}

/*
 * Name of file @n, 0 and up, since the start or, with seconds, since the last one
 * that was due by time; @t: when it is opened. 0, -ENOMEM, -ENAMETOOLONG.
 */
int eyas_rotation_name(const struct eyas_rotation *r, unsigned int n, time_t t,
		       struct eyas_strbuf *ret);

/* @pattern for strftime(3), local time. 0, -ENOMEM, -ENAMETOOLONG. */
int eyas_rotation_time_name(const char *pattern, time_t t, struct eyas_strbuf *ret);

#endif
