// SPDX-License-Identifier: Apache-2.0
/* Versions: read, compared, answered. */
#include "rule/version.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const struct eyas_version engine = { { 0, 63, 0 } };

static const struct {
	const char *name;
	struct eyas_version version;
} plugins[] = {
	{ "container", { { 0, 6, 0 } } },
};

static int read_number(const char **s, uint32_t *ret)
{
	uint64_t n = 0;

	if (**s < '0' || **s > '9')
		return -EINVAL;
	for (; **s >= '0' && **s <= '9'; (*s)++) {
		n = n * 10 + (uint64_t)(**s - '0');
		if (n > UINT32_MAX)
			return -EINVAL;
	}
	*ret = (uint32_t)n;
	return 0;
}

int eyas_version_parse(const char *s, struct eyas_version *ret)
{
	for (unsigned int i = 0; i < 3; i++) {
		if (i && *s++ != '.')
			return -EINVAL;
		if (read_number(&s, &ret->v[i]))
			return -EINVAL;
	}
	/* What may follow, a pre-release or a build, does not count. */
	return *s && *s != '-' && *s != '+' ? -EINVAL : 0;
}

int eyas_version_cmp(struct eyas_version a, struct eyas_version b)
{
	for (unsigned int i = 0; i < 3; i++)
		if (a.v[i] != b.v[i])
			return a.v[i] < b.v[i] ? -1 : 1;
	return 0;
}

bool eyas_version_serves(struct eyas_version have, struct eyas_version want)
{
	return have.v[0] == want.v[0] && eyas_version_cmp(have, want) >= 0;
}

struct eyas_version eyas_engine_version(void)
{
	return engine;
}

bool eyas_plugin_version(const char *name, struct eyas_version *ret)
{
	for (size_t i = 0; i < sizeof(plugins) / sizeof(plugins[0]); i++) {
		if (strcmp(name, plugins[i].name) != 0)
			continue;
		*ret = plugins[i].version;
		return true;
	}
	return false;
}
