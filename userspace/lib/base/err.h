/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An error a person can read. Functions still return -errno; the ones that can
 * say more take a struct eyas_err and fill it exactly when they fail.
 */
#ifndef EYAS_BASE_ERR_H
#define EYAS_BASE_ERR_H

#include "base/cleanup.h"

struct eyas_err {
	int code;		/* -errno */
	char msg[480];		/* what failed first, then the fix; no full stop */
};

/*
 * Fill @err (which may be NULL) and return @code, a negative errno, so that
 * failing is one statement: return eyas_err_set(err, -EINVAL, "...").
 */
int eyas_err_set(struct eyas_err *err, int code, const char *fmt, ...) _printf_(3, 4);

/*
 * Put the text in front of the message, with its ": " if there is to be one.
 * Returns @err->code; -EINVAL if @err is NULL, where no code was kept.
 */
int eyas_err_prefix(struct eyas_err *err, const char *fmt, ...) _printf_(2, 3);

#endif
