// SPDX-License-Identifier: Apache-2.0
/* Path names as text; used for names that programs gave, which name no object. */
#include <errno.h>
#include <string.h>
#include "enrich/path.h"

/* Most paths are absolute and clean: those need no copy. */
static bool is_clean(struct eyas_text t)
{
	const char *p = t.p, *end = t.p + t.len;

	if (!t.len || *p != '/')
		return false;
	while (p && p + 1 < end) {
		if (p[1] == '/' || p[1] == '.')
			return false;
		p = memchr(p + 1, '/', (size_t)(end - p - 1));
	}
	return t.len == 1 || end[-1] != '/';
}

/* Append the components of @t to @out, which holds @len bytes; the new length. */
static size_t add_components(char *out, size_t len, struct eyas_text t)
{
	const char *p = t.p, *end = t.p + t.len;

	while (p < end) {
		const char *slash = memchr(p, '/', (size_t)(end - p));
		size_t n = (size_t)((slash ? slash : end) - p);

		if (n == 2 && p[0] == '.' && p[1] == '.') {
			while (len && out[--len] != '/')
				;
		} else if (n && !(n == 1 && p[0] == '.')) {
			out[len++] = '/';
			memcpy(out + len, p, n);
			len += n;
		}
		p += n + 1;
	}
	return len;
}

int eyas_path_join(struct eyas_text base, struct eyas_text name, struct eyas_arena *arena,
		   struct eyas_text *ret)
{
	bool absolute = name.len && name.p[0] == '/';
	size_t len = 0;
	char *out;

	if (is_clean(name) || (!absolute && !base.len)) {
		*ret = name;
		return 0;
	}
	if (!name.len && is_clean(base)) {
		*ret = base;
		return 0;
	}
	out = eyas_arena_alloc(arena, base.len + name.len + 3);
	if (!out)
		return -ENOMEM;
	if (!absolute)
		len = add_components(out, 0, base);
	len = add_components(out, len, name);
	if (!len)
		out[len++] = '/';
	*ret = (struct eyas_text){ out, len };
	return 0;
}

struct eyas_text eyas_path_strip_deleted(struct eyas_text path)
{
	static const char mark[] = " (deleted)";
	size_t n = sizeof(mark) - 1;

	if (path.len > n && !memcmp(path.p + path.len - n, mark, n))
		path.len -= n;
	return path;
}
