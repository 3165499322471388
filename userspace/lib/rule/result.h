/* SPDX-License-Identifier: Apache-2.0 */
/* What loading rules found wrong. */
#ifndef EYAS_RULE_RESULT_H
#define EYAS_RULE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include "base/strbuf.h"

/* One of the things around an issue: "rule" "A shell" in line 3. */
struct eyas_load_location {
	const char *item_type; /* "rule condition", as Falco's results name it */
	char *item_name; /* "" if it has none */
	unsigned int line, col; /* as below */
	size_t offset;
};

/* What loading found, error or warning. */
struct eyas_load_issue {
	bool warning;
	const char *code; /* "LOAD_ERR_COMPILE_CONDITION" */
	char *msg; /* "filter_check called with nonexistent field 'x'" */
	char *context; /* "rule 'A shell', exception 'x'", may be "" */
	const char *file; /* name of its eyas_rules_text */
	unsigned int line, col; /* 1-based */
	char *snippet; /* the source line (a part if it is long), without newline */
	unsigned int snippet_col; /* where in it to put the caret, 1-based */
	char *hint; /* what was expected, or the fix; may be NULL */
	size_t offset; /* of the place, in bytes */
	const char *code_text; /* "Error compiling condition" */
	struct eyas_load_location *where; /* the outermost first */
	size_t nwhere;
};

struct eyas_load_result {
	struct eyas_load_issue *issues;
	size_t len, cap;
	size_t errors, warnings; /* len may be less: the first 1000 are kept */
};

void eyas_load_result_release(struct eyas_load_result *res);

/* file:line:col: error|warning: ..., the line, a caret, the hint; for people. */
void eyas_load_result_text(const struct eyas_load_result *res, struct eyas_strbuf *out);

#endif
