/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SYS_openat and the like as event types: numbers of x86_64 whatever this runs
 * on, unlike those of <sys/syscall.h>, which must not be included beside this.
 */
#ifndef EYAS_EVENT_CALLNR_H
#define EYAS_EVENT_CALLNR_H

#include <linux/eyas_kinds.h>

enum {
#define SC(nr, name, ...)		SYS_##name = nr,
#define ARG(name, kind, aux)
#include <linux/eyas_syscalls.h>
#undef ARG
#undef SC
};

#endif
