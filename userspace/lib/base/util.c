// SPDX-License-Identifier: Apache-2.0
/* Small helpers that belong nowhere else. */
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return 16;
}

int eyas_parse_u64(const char *s, uint64_t *ret)
{
	unsigned int base = 10;
	bool range = false;
	uint64_t v = 0;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	}
	if (!*s)
		return -EINVAL;
	for (; *s; s++) {
		unsigned int d = digit_value(*s);

		if (d >= base)
			return -EINVAL;
		range |= __builtin_mul_overflow(v, base, &v) || __builtin_add_overflow(v, d, &v);
	}
	if (range)
		return -ERANGE;
	*ret = v;
	return 0;
}

int eyas_read_file(const char *path, size_t max, struct eyas_strbuf *sb)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t before = sb->len;
	char chunk[2048];
	ssize_t n;

	if (fd < 0)
		return -errno;
	do {
		n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || (size_t)n > max - (sb->len - before)) {
			int ret = n < 0 ? -errno : -EFBIG;

			eyas_strbuf_cut(sb, before);
			return ret;
		}
		eyas_strbuf_add(sb, chunk, (size_t)n);
	} while (n != 0);
	return eyas_strbuf_ok(sb) ? 0 : -ENOMEM;
}

size_t eyas_edit_distance(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), row[EYAS_EDIT_MAX + 1];

	if (la > EYAS_EDIT_MAX || lb > EYAS_EDIT_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[lb];
}
