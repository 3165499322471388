// SPDX-License-Identifier: Apache-2.0
/* Path prefixes: plain ones are found by hash, one look a component. */
#include "rule/pmatch.h"

#include <errno.h>
#include <string.h>
#include "rule/glob.h"

#define PATH_BUF	2048	/* longer ones are compared one by one */

/* The next component from *@p on; false at the end. */
static bool next(const char **p, const char *end, struct eyas_word *ret)
{
	while (*p < end && **p == '/')
		(*p)++;
	ret->s = *p;
	while (*p < end && **p != '/')
		(*p)++;
	ret->len = (size_t)(*p - ret->s);
	return ret->len > 0;
}

static bool prefix_match(const struct eyas_word *pattern, const char *path, size_t len)
{
	const char *p = pattern->s, *p_end = p + pattern->len, *end = path + len;
	struct eyas_word want, have;

	while (next(&p, p_end, &want))
		if (!next(&path, end, &have) ||
		    !eyas_glob_match(want.s, want.len, have.s, have.len, false))
			return false;
	return true;
}

void eyas_pmatch_release(struct eyas_pmatch *pm)
{
	eyas_strmap_release(&pm->plain);
	eyas_vec_release(&pm->patterns);
}

int eyas_pmatch_add(struct eyas_pmatch *pm, const char *path, size_t len)
{
	const char *p = path, *end = path + len;
	struct eyas_word part, whole = { path, len };
	char buf[PATH_BUF];
	size_t used = 0;

	if (eyas_glob_is_pattern(path, len) || len >= sizeof(buf))
		return eyas_vec_push(&pm->patterns, whole);
	while (next(&p, end, &part)) {
		if (used)
			buf[used++] = '/';
		memcpy(buf + used, part.s, part.len);
		used += part.len;
	}
	if (!used) {
		pm->all = true;
		return 0;
	}
	return eyas_strmap_set(&pm->plain, buf, used, pm);
}

bool eyas_pmatch_match(const struct eyas_pmatch *pm, const char *path, size_t len)
{
	const char *p = path, *end = path + len;
	struct eyas_word part;
	char buf[PATH_BUF];
	size_t used = 0;

	if (pm->all)
		return true;
	/* No plain path is longer than the buffer, so the rest can't matter. */
	while (pm->plain.len && next(&p, end, &part) && used + 1 + part.len < sizeof(buf)) {
		if (used)
			buf[used++] = '/';
		memcpy(buf + used, part.s, part.len);
		used += part.len;
		if (eyas_strmap_get(&pm->plain, buf, used))
			return true;
	}
	eyas_vec_for_each(&pm->patterns, it)
		if (prefix_match(it, path, len))
			return true;
	return false;
}
