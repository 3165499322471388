/* SPDX-License-Identifier: Apache-2.0 */
/* Options among the arguments of a command, as POSIX getopt(3) finds them. */
#ifndef EYAS_RULE_GETOPTS_H
#define EYAS_RULE_GETOPTS_H

#include "base/arena.h"
#include "event/value.h"

/*
 * Options of the list @args by @optstring: a list of letters, each followed by
 * its argument if it takes one. '?' stands for an unknown one; one whose
 * argument is missing is an empty string. With @sub, a letter: its last
 * argument (itself if it takes none), -ENOENT if it does not occur.
 */
int eyas_getopts(const struct eyas_value *args, const struct eyas_value *optstring,
		 const char *sub, struct eyas_arena *arena, struct eyas_value *ret);

#endif
