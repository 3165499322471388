/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regular expressions: egrep's syntax, matched by PCRE2 against the whole of a
 * text. No expression and no text can make it hang.
 */
#ifndef EYAS_RULE_REGEXP_H
#define EYAS_RULE_REGEXP_H

#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

struct eyas_regexp;

/* 0; -EINVAL with @err; -ENOMEM. */
int eyas_regexp_create(struct eyas_regexp **ret, const char *pattern, size_t len,
		       struct eyas_err *err) _must_check_;
void eyas_regexp_free(struct eyas_regexp *re);	/* NULL is fine */

/* Does it match all of @s? Invalid UTF-8 in @s counts as U+FFFD. */
bool eyas_regexp_match(const struct eyas_regexp *re, const char *s, size_t len);

/* A simpler operator that does the same, or nearly so ("a.+" wants one more byte than
 * "startswith a"), as text in @buf; NULL if none does. */
const char *eyas_regexp_simpler(const char *pattern, size_t len, bool *exact, char *buf,
				size_t size);

#endif
