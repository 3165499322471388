/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text put together from pieces of rules files, which still knows for each
 * byte the line and column it came from: errors are shown there.
 */
#ifndef EYAS_RULE_SRCTEXT_H
#define EYAS_RULE_SRCTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/strbuf.h"
#include "base/vec.h"

/* A place in a rules file. Lines and columns (of characters) count from 1. */
struct eyas_place {
	uint32_t file; /* index of its eyas_rules_text */
	uint32_t line, col; /* line 0: nowhere */
};

/* From @off on, text comes from consecutive columns, or all from one place. */
struct eyas_run {
	size_t off;
	struct eyas_place at;
	bool fixed;
};

struct eyas_srctext {
	struct eyas_strbuf text;
	EYAS_VEC(struct eyas_run) runs;
	struct eyas_place next; /* where the last run would go on */
};

#define EYAS_SRCTEXT_INIT                \
	{                                \
		.text = EYAS_STRBUF_INIT \
	}
#define _cleanup_srctext_ _cleanup_(eyas_srctext_release)

void eyas_srctext_init(struct eyas_srctext *st);
void eyas_srctext_release(struct eyas_srctext *st); /* usable again afterwards */

/* Out of memory is sticky, as in a strbuf: st->text.oom. */
/* Bytes that begin at @at and go on in the columns after it. */
void eyas_srctext_add(struct eyas_srctext *st, const char *s, size_t len, struct eyas_place at);
/* Bytes that all stand for the thing at @at. */
void eyas_srctext_add_fixed(struct eyas_srctext *st, const char *s, size_t len,
			    struct eyas_place at);
/* @len bytes of @from at @off, each with its own place. */
void eyas_srctext_copy(struct eyas_srctext *st, const struct eyas_srctext *from, size_t off,
		       size_t len);

/* Shorten to @len bytes. */
void eyas_srctext_cut(struct eyas_srctext *st, size_t len);

/* Where the byte at @off (at most the length) came from. */
struct eyas_place eyas_srctext_place(const struct eyas_srctext *st, size_t off);

/* Number of characters in UTF-8 text. */
size_t eyas_utf8_len(const char *s, size_t len);

#endif
