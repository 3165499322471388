// SPDX-License-Identifier: Apache-2.0
/* Errors: their names and sentences. */
#include "decode/decode.h"

#define ERRNO_MAX 530

static const struct {
	const char *name, *text;
} errors[ERRNO_MAX + 1] = {
#define E(name, value, text) [value] = { #name, text },
#include "decode/xlat/errno.tbl"
#undef E
};

const char *eyas_decode_errno(unsigned int err)
{
	return err <= ERRNO_MAX ? errors[err].name : NULL;
}

const char *eyas_decode_strerror(unsigned int err)
{
	return err <= ERRNO_MAX ? errors[err].text : NULL;
}
