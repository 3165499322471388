/* SPDX-License-Identifier: Apache-2.0 */
/* Shell patterns as fnmatch(3) without flags knows them, in bounded time. */
#ifndef EYAS_RULE_GLOB_H
#define EYAS_RULE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/*
 * '*' matches '/' too, a leading dot is nothing special. With @fold, case of
 * ASCII letters does not count. Needs at most slen * plen steps.
 */
bool eyas_glob_match(const char *pat, size_t plen, const char *s, size_t slen, bool fold);

/* Has @pat a character that means something else than itself? */
bool eyas_glob_is_pattern(const char *pat, size_t len);

#endif
