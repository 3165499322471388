// SPDX-License-Identifier: Apache-2.0
/* Names of the files of a recording. */
#include "source/rotation.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define NAME_SIZE	2048	/* bytes of what a pattern makes */

int eyas_rotation_check(const struct eyas_rotation *r, struct eyas_err *err)
{
	if (r->files && !eyas_rotation_any(r))
		return eyas_err_set(err, -EINVAL, "-W needs -C or -G: one file is all there is");
	if (r->files && r->bytes && r->seconds)
		return eyas_err_set(err, -EINVAL, "-W goes with -C or with -G, not with both");
	if (eyas_rotation_any(r) && !strcmp(r->path, "-"))
		return eyas_err_set(err, -EINVAL,
				    "stdout can't be divided into files; name one "
				    "with -o");
	/* Any conversion will do: which ones repeat is not ours to judge. */
	if (r->seconds && !strchr(r->path, '%'))
		return eyas_err_set(err, -EINVAL,
				    "with -G each file would be written over the last "
				    "one: give '%s' a time, as in 'host-%%Y%%m%%d-%%H%%M%%S.eyas'",
				    r->path);
	return 0;
}

/* The pattern is one that somebody wrote down for us to use. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

int eyas_rotation_time_name(const char *pattern, time_t t, struct eyas_strbuf *ret)
{
	char name[NAME_SIZE];
	struct tm tm;

	localtime_r(&t, &tm);
	if (!strftime(name, sizeof(name), pattern, &tm))
		return -ENAMETOOLONG;
	eyas_strbuf_adds(ret, name);
	return eyas_strbuf_ok(ret) ? 0 : -ENOMEM;
}

#pragma GCC diagnostic pop

/* Digits of the highest number, so that names sort. */
static int width(unsigned int files)
{
	int n = 1;

	for (files--; files >= 10; files /= 10)
		n++;
	return n;
}

int eyas_rotation_name(const struct eyas_rotation *r, unsigned int n, time_t t,
		       struct eyas_strbuf *ret)
{
	int code = 0;

	if (r->seconds)
		code = eyas_rotation_time_name(r->path, t, ret);
	else
		eyas_strbuf_adds(ret, r->path);
	if (r->bytes && r->files)
		eyas_strbuf_addf(ret, "%0*u", width(r->files), n % r->files);
	else if (r->bytes && n)
		eyas_strbuf_addu(ret, n);
	if (!code && ret->len >= PATH_MAX)
		code = -ENAMETOOLONG;
	return code || eyas_strbuf_ok(ret) ? code : -ENOMEM;
}
