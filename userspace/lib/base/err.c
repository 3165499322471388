// SPDX-License-Identifier: Apache-2.0
/* Errors that a person can read. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

int eyas_err_set(struct eyas_err *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	return code;
}

int eyas_err_prefix(struct eyas_err *err, const char *fmt, ...)
{
	char old[sizeof(err->msg)];
	size_t len;
	va_list ap;
	int n;

	if (!err)
		return -EINVAL;
	memcpy(old, err->msg, sizeof(old));
	va_start(ap, fmt);
	n = vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	len = n < 0 ? 0 : (size_t)n;
	if (len < sizeof(err->msg))
		snprintf(err->msg + len, sizeof(err->msg) - len, "%s", old);
	return err->code;
}
