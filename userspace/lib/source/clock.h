/* SPDX-License-Identifier: Apache-2.0 */
/* From the kernel's CLOCK_MONOTONIC_RAW to the time of day. All times in ns. */
#ifndef EYAS_SOURCE_CLOCK_H
#define EYAS_SOURCE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct eyas_clock {
	uint64_t offset;	/* time of day less raw, modulo 2^64 */
	uint64_t sampled;	/* raw time of the pair that offset is from */
	uint64_t last;		/* time of day last given */
};

static inline uint64_t eyas_clock_now(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * 1000000000U + (uint64_t)ts.tv_nsec;
}

/* Convert by this pair from now on. */
void eyas_clock_set(struct eyas_clock *c, uint64_t raw, uint64_t real);

/* Read a pair of clocks, as close to each other as it gets, and set it. */
void eyas_clock_sample(struct eyas_clock *c);

/* Whether the pair, read now, asks for a new sample: after a second or a step. */
bool eyas_clock_stale(const struct eyas_clock *c, uint64_t raw, uint64_t real);

/*
 * Time of day of @raw. A clock that is slewed does not make events run
 * backwards; one that is set back does.
 */
uint64_t eyas_clock_real(struct eyas_clock *c, uint64_t raw);

#endif
