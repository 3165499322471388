// SPDX-License-Identifier: Apache-2.0
/* Calls about signals. */
#include "decode/calls.h"
#include "decode/signals.h"

/* What is taken from the stack is a mask. */
static void call_sigreturn(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	if (!eyas_dec_in(d, 0, &m) || m.len < 8)
		return;
	if (!eyas_dec_arg(d, 0))
		return;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "mask");
	eyas_dec_sigset(d, m.p, 8);
	eyas_dec_close(d, '}');
}

static bool signal_result(struct eyas_decode *d)
{
	const char *name = eyas_decode_signame((unsigned int)d->ret);

	eyas_dec_int(d, d->ret);
	if (!name)
		return true;
	eyas_dec_ret_open(d);
	eyas_dec_puts(d, "SIG");
	eyas_dec_puts(d, name);
	eyas_dec_ret_close(d);
	return true;
}

const struct eyas_dec_call eyas_dec_calls_signal[] = {
	{ "rt_sigreturn", call_sigreturn, NULL },
	{ "rt_sigtimedwait", NULL, signal_result },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_signal[] = {
	{ NULL, 0, NULL, NULL },
};
