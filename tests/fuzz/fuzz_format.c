// SPDX-License-Identifier: Apache-2.0
/* Any bytes as an output format: refused with a place, or printed for events. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "sample.h"

static int count(const char *key, const struct eyas_field *field, const struct eyas_value *val,
		 void *arg)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	if (!*key || !field)
		abort();
	if (val)
		eyas_value_format(field, val, &sb);
	*(size_t *)arg += 1;
	return 0;
}

static void print(const struct eyas_format *f, struct sample *s)
{
	_cleanup_strbuf_ struct eyas_strbuf once = EYAS_STRBUF_INIT, twice = EYAS_STRBUF_INIT;
	size_t members = 0, terms = 0;

	if (eyas_format_render(f, sample_ctx(s), &once) ||
	    eyas_format_render(f, sample_ctx(s), &twice) ||
	    eyas_format_fields(f, sample_ctx(s), count, &members))
		abort();
	while (eyas_format_term(f, terms))
		terms++;
	if (terms != members || once.len != twice.len || memcmp(once.buf, twice.buf, once.len))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct eyas_parse_err perr;
	struct eyas_prog prog;
	struct eyas_build b = { .prog = &prog, .perr = &perr };
	struct eyas_format *f;
	struct sample s;
	int r;

	if (eyas_prog_init(&prog, false))
		return 0;
	sample_create(&s);
	r = eyas_format_compile(&b, (const char *)data, size, &f);
	if (r && (r != -EINVAL || perr.loc.off > perr.loc.end || perr.loc.end > size ||
		  !*perr.err.msg))
		abort();
	for (int i = 0; !r && i < SAMPLES; i++) {
		sample_take(&s, i);
		print(f, &s);
	}
	sample_release(&s);
	eyas_prog_release(&prog);
	return 0;
}
