// SPDX-License-Identifier: Apache-2.0
/* From the kernel's CLOCK_MONOTONIC_RAW to the time of day. */
#include "source/clock.h"

#define SAMPLE_AGE	1000000000U	/* ns */
#define STEP		10000000U	/* ns; more is no slewing, even after a second */
#define TRIES		5

void eyas_clock_set(struct eyas_clock *c, uint64_t raw, uint64_t real)
{
	c->offset = real - raw;
	c->sampled = raw;
}

void eyas_clock_sample(struct eyas_clock *c)
{
	uint64_t best = UINT64_MAX, raw = 0, real = 0;

	/* The narrowest of a few: we may be interrupted between two reads. */
	for (int i = 0; i < TRIES; i++) {
		uint64_t before = eyas_clock_now(CLOCK_MONOTONIC_RAW);
		uint64_t now = eyas_clock_now(CLOCK_REALTIME);
		uint64_t after = eyas_clock_now(CLOCK_MONOTONIC_RAW);

		if (after - before < best) {
			best = after - before;
			raw = before + best / 2;
			real = now;
		}
	}
	eyas_clock_set(c, raw, real);
}

bool eyas_clock_stale(const struct eyas_clock *c, uint64_t raw, uint64_t real)
{
	uint64_t off = real - raw - c->offset;

	return raw - c->sampled >= SAMPLE_AGE || off + STEP > 2 * (uint64_t)STEP;
}

uint64_t eyas_clock_real(struct eyas_clock *c, uint64_t raw)
{
	uint64_t t = raw + c->offset;

	if (t < c->last && c->last - t < STEP)
		return c->last;
	c->last = t;
	return t;
}
