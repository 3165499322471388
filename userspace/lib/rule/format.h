/* SPDX-License-Identifier: Apache-2.0 */
/* Output formats: "%proc.name wrote %30fd.name", compiled to terms. */
#ifndef EYAS_RULE_FORMAT_H
#define EYAS_RULE_FORMAT_H

#include "rule/build.h"

struct eyas_format;

/*
 * Compile @text; memory is the program's arena. 0; -EINVAL with b->perr, whose
 * place counts in bytes of @text; -ENOMEM.
 */
int eyas_format_compile(struct eyas_build *b, const char *text, size_t len,
			struct eyas_format **ret);

/*
 * Add the text for the event of @ctx, missing fields as <NA>. 0 or -ENOMEM.
 */
int eyas_format_render(const struct eyas_format *f, struct eyas_field_ctx *ctx,
		       struct eyas_strbuf *out);

/* The fields in it, as eyas_rule_output_fields() gives them. */
int eyas_format_fields(const struct eyas_format *f, struct eyas_field_ctx *ctx,
		       int (*fn)(const char *key, const struct eyas_field *field,
				 const struct eyas_value *val, void *arg), void *arg);

/* A field that is printed; NULL: there are not so many. */
const struct eyas_term *eyas_format_term(const struct eyas_format *f, size_t i);

#endif
