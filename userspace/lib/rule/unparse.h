/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions back as text, the way Falco prints compiled ones. */
#ifndef EYAS_RULE_UNPARSE_H
#define EYAS_RULE_UNPARSE_H

#include "rule/items.h"

/*
 * Append @ast to @out, with the conditions of macros for their names if
 * @macros is given. After @max bytes it ends with "...": macros can say a lot.
 */
void eyas_unparse(const struct eyas_ast *ast, const struct eyas_items *macros, size_t max,
		  struct eyas_strbuf *out);

#endif
