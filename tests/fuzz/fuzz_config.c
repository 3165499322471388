// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a configuration, and as an option KEY=VALUE: taken, or refused with a place. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "pipeline/config.h"

static void check(int r, const struct eyas_err *err)
{
	if (r && (r != -EINVAL || err->code != r || !*err->msg))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct eyas_config c;
	struct eyas_err err = { 0 };
	char *arg = malloc(size + 1);

	if (!arg)
		abort();
	if (size)
		memcpy(arg, data, size);
	arg[size] = '\0';
	eyas_config_init(&c);
	check(eyas_config_read(&c, "fuzz", arg, size, &err), &err);
	(void)eyas_config_is_set(arg);
	check(eyas_config_set(&c, arg, &err), &err);
	eyas_config_release(&c);
	free(arg);
	return 0;
}
