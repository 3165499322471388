/* SPDX-License-Identifier: GPL-2.0 */
/* Counters of a session: calls by number, without a record for each. */
#ifndef EYAS_COUNT_H
#define EYAS_COUNT_H

#include <linux/types.h>
#include <linux/eyas.h>

struct eyas_session;

/* Room for counters of @abi on all CPUs, if there is none yet; -ENOMEM. */
int eyas_count_init(struct eyas_session *s, u32 abi);
void eyas_count_free(struct eyas_session *s);

/*
 * By the probe, preemption being off: a call of @slot ends with @ret. @start: when
 * it began, 0 if that is not known.
 */
void eyas_count_call(struct eyas_session *s, unsigned int slot, long ret, u64 start);

/* The sum over all CPUs for number @nr of @abi; false: there were no calls. */
bool eyas_count_get(struct eyas_session *s, u32 abi, u32 nr, struct eyas_counter *ret);

#endif /* EYAS_COUNT_H */
