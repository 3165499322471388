// SPDX-License-Identifier: Apache-2.0
/* Errors: their names and sentences. */
#include "decode/emit.h"
#include "decode/xlat.h"

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

void eyas_dec_errno(struct eyas_decode *d, int err)
{
	const char *name = err > 0 ? eyas_decode_errno((unsigned int)err) : NULL;
	uint8_t was;

	eyas_dec_sym(d, (uint32_t)err);
	if (!name || eyas_dec_raw(d))
		eyas_dec_int(d, err);
	if (name && eyas_dec_words(d, &was)) {
		eyas_dec_puts(d, name);
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}
