/* SPDX-License-Identifier: Apache-2.0 */
/* Small helpers that belong nowhere else. */
#ifndef EYAS_BASE_UTIL_H
#define EYAS_BASE_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/strbuf.h"

#define EYAS_ARRAY_LEN(a)	(sizeof(a) / sizeof((a)[0]))

static inline bool eyas_streq(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static inline bool eyas_startswith(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/*
 * The whole of @s as a number, decimal or 0x and hexadecimal digits; no sign,
 * no blanks. 0; -EINVAL if it is none, -ERANGE if it has more than 64 bits.
 */
int eyas_parse_u64(const char *s, uint64_t *ret) _must_check_;

/*
 * Append the file at @path to @sb. Files that tell no size (/proc, pipes) are
 * read to their end. 0 or -errno; -EFBIG, with @sb as it was, if there are more
 * than @max bytes.
 */
int eyas_read_file(const char *path, size_t max, struct eyas_strbuf *sb) _must_check_;

#define EYAS_EDIT_MAX	64	/* bytes of a word that can be near to another */

/*
 * How many bytes to insert, delete or replace to make @b of @a; SIZE_MAX if
 * either has more than EYAS_EDIT_MAX bytes.
 */
size_t eyas_edit_distance(const char *a, const char *b);

#endif
