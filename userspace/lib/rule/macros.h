/* SPDX-License-Identifier: Apache-2.0 */
/* Macros: what each refers to, and the node that it is built to, once. */
#ifndef EYAS_RULE_MACROS_H
#define EYAS_RULE_MACROS_H

#include "rule/compile.h"

/* All return 0; -EINVAL with an error noted; -ENOMEM. */

/* Parse all macros, and find what they refer to. */
int eyas_macros_parse(struct eyas_compiler *c);

/* Those that a condition refers to are marked as used and built, with what they need. */
int eyas_macros_use(struct eyas_compiler *c, const struct eyas_scope *scope,
		    const struct eyas_ast *ast);

/* As eyas_build's macro: the node of one that was built; @arg is the compiler. */
int eyas_macros_node(void *arg, const struct eyas_ast *ref, uint32_t *ret);

#endif
