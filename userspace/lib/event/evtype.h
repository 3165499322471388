/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Event types: what evt.type names. 0 .. EYAS_NR_MAX - 1 are the system calls of
 * x86_64, here called native, by number; the rest is below. A call of another ABI
 * has the type of the native call of its name, or of the one that does the same
 * (setuid32); what no native call does has a type of its own. Unknown ones are
 * EYAS_EVT_SYSCALL.
 */
#ifndef EYAS_EVENT_EVTYPE_H
#define EYAS_EVENT_EVTYPE_H

#include <stdint.h>
#include <stdbool.h>
#include <linux/eyas.h>

enum eyas_evtype {
	EYAS_EVT_SYSCALL = EYAS_NR_MAX,	/* any other call: "syscall" */
#define ONLY(name)		EYAS_EVT_##name,	/* EYAS_EVT_umount */
#define SAME(name, native)
#include "event/foreign.h"
	EYAS_EVT_PROCEXIT,		/* from here on: no calls */
	EYAS_EVT_CLONED,		/* FORK record; rules do not see it */
	EYAS_EVT_LOSS,			/* rules do not see it */
	EYAS_EVT_HIDDEN,		/* nor these: SYS_ENTER, COMM, CREDS, ANCHOR, URING */
	EYAS_EVT_SIGNALDELIVER,
	EYAS_EVT_SWITCH,
	EYAS_EVT_PAGE_FAULT,
	EYAS_EVT_OTHER_NAMED,		/* a type that we never produce */
	EYAS_EVT_MAX,
};

struct eyas_evset { uint64_t w[(EYAS_EVT_MAX + 63) / 64]; };

static inline bool eyas_evset_has(const struct eyas_evset *s, unsigned int t)
{
	return t < EYAS_EVT_MAX && (s->w[t / 64] >> (t % 64) & 1);
}

static inline void eyas_evset_add(struct eyas_evset *s, unsigned int t)
{
	if (t < EYAS_EVT_MAX)
		s->w[t / 64] |= 1ULL << (t % 64);
}

/* "openat"; NULL past the end, for a hole, and for what rules do not see. */
const char *eyas_evtype_name(unsigned int evtype);

/*
 * The type of a name that a rule may write, or -ENOENT. Some have several
 * names: "pread64", "pread"; "setuid", "setuid32".
 */
int eyas_evtype_by_name(const char *name);

/* Of dup() and its kind: the result is a copy of the first argument. */
bool eyas_evtype_copies(unsigned int t);

#endif
