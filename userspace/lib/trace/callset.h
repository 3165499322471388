/* SPDX-License-Identifier: Apache-2.0 */
/* A set of system calls, of all ABIs, and the language that people write it in. */
#ifndef EYAS_TRACE_CALLSET_H
#define EYAS_TRACE_CALLSET_H

#include <stdbool.h>
#include <stdint.h>
#include <linux/eyas.h>
#include "base/err.h"
#include "base/strbuf.h"
#include "event/event.h"

struct eyas_callset {
	uint64_t w[EYAS_ABI_MAX][EYAS_NR_MAX / 64];
	uint8_t other;		/* bit n: all other numbers of ABI n */
};

/*
 * What strace takes behind "trace=": all, none, and, separated by commas,
 * names, numbers, %classes, /regex, each with @64, @32 or @x32 for one ABI and
 * with '?' in front if it need not exist; '!' in front of all inverts. 0, or
 * -EINVAL with @err naming the word; @ret is then of no use.
 */
int eyas_callset_parse(struct eyas_callset *ret, const char *expr, struct eyas_err *err);

void eyas_callset_fill(struct eyas_callset *s);		/* all of them */

static inline bool eyas_callset_has(const struct eyas_callset *s, unsigned int abi, int nr)
{
	if (abi >= EYAS_ABI_MAX)
		return false;
	if (nr < 0 || nr >= EYAS_NR_MAX)
		return s->other >> abi & 1;
	return s->w[abi][nr / 64] >> (nr % 64) & 1;
}

/* "%file,%stat": what EYAS_TRACE_* @bits are called. */
void eyas_callset_classes(uint32_t bits, struct eyas_strbuf *out);

/* The call of @ev; an EXEC record is one of execve. */
bool eyas_callset_wants(const struct eyas_callset *s, const struct eyas_event *ev);

bool eyas_callset_empty(const struct eyas_callset *s);
bool eyas_callset_full(const struct eyas_callset *s);

#endif
