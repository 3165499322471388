// SPDX-License-Identifier: Apache-2.0
/* Calls as members of a JSON object. */
#include "base/json.h"
#include "decode/calls.h"
#include "decode/emit.h"
#include "decode/xlat.h"

static const char *const abis[EYAS_ABI_MAX] = {
	[EYAS_ABI_X86_64] = "x86_64", [EYAS_ABI_IA32] = "ia32",	  [EYAS_ABI_X32] = "x32",
	[EYAS_ABI_ARM64] = "arm64",   [EYAS_ABI_ARM32] = "arm32",
};

static void put_member(struct eyas_decode *d, const char *name, const char *text)
{
	eyas_dec_puts(d, ",\"");
	eyas_dec_puts(d, name);
	eyas_dec_puts(d, "\":\"");
	eyas_dec_puts(d, text);
	eyas_dec_putc(d, '"');
}

static void put_errno(struct eyas_decode *d)
{
	unsigned int err = (unsigned int)-d->ret;
	const char *name = eyas_decode_errno(err);

	if (!name)
		return;
	put_member(d, "errno", name);
	put_member(d, "error", eyas_decode_strerror(err));
}

/* As in a line: what a decoder says of a result may be structs and lists. */
static void put_text(struct eyas_decode *d, const struct eyas_decode_call *c,
		     struct eyas_strbuf *out)
{
	eyas_strbuf_reset(&d->text);
	eyas_dec_begin(d, c, EYAS_DEC_EXIT, &d->text);
	eyas_dec_put_result(d);
	d->out = out;
	eyas_dec_puts(d, ",\"text\":\"");
	eyas_json_escape(d->out, d->text.buf, d->text.len);
	eyas_dec_putc(d, '"');
}

void eyas_decode_json(struct eyas_decode *d, const struct eyas_decode_call *c,
		      struct eyas_strbuf *out)
{
	/* The numbers are there anyhow. */
	uint8_t was = eyas_dec_names(d);

	eyas_dec_begin(d, c, EYAS_DEC_ENTER | EYAS_DEC_EXIT, out);
	d->json = true;
	eyas_dec_puts(d, "\"syscall\":\"");
	eyas_decode_name(d->ev, out);
	eyas_dec_putc(d, '"');
	put_member(d, "abi", d->ev->abi < EYAS_ABI_MAX ? abis[d->ev->abi] : "unknown");
	eyas_dec_puts(d, ",\"args\":[");
	eyas_dec_put_args(d);
	eyas_dec_putc(d, ']');
	if (d->ended) {
		eyas_dec_puts(d, ",\"ret\":");
		eyas_dec_int(d, d->ret);
		if (d->failed)
			put_errno(d);
		put_text(d, c, out);
	}
	d->opts.xlat = was;
}
