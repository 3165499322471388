/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the container of a process, for container.* and k8s.*. */
#ifndef EYAS_FIELD_FACTS_H
#define EYAS_FIELD_FACTS_H

#include "enrich/container.h"
#include "field/family.h"

#define EYAS_ID_SHOWN	12	/* characters of an id */

/* Full id, "" on the host; NULL if it is not known which. */
static inline const char *facts_id(const struct eyas_field_ctx *ctx)
{
	return ctx->proc ? eyas_enrich_container(ctx->en, ctx->proc) : NULL;
}

/* NULL on the host, and until somebody tells. */
static inline const struct eyas_container *facts(const struct eyas_field_ctx *ctx)
{
	return ctx->proc ? eyas_enrich_container_facts(ctx->en, ctx->proc) : NULL;
}

static inline int give_short(struct eyas_value *ret, const char *id)
{
	return give_text(ret, (struct eyas_text){ id, id ? strnlen(id, EYAS_ID_SHOWN) : 0 });
}

/* The value of a label; "key:value, key:value" of all. 0, -ENOENT, -ENOMEM. */
int eyas_facts_label(const struct eyas_label *labels, size_t n, const char *key, size_t len,
		     struct eyas_value *ret);
int eyas_facts_labels(const struct eyas_field_ctx *ctx, const struct eyas_label *labels, size_t n,
		      struct eyas_value *ret);

#endif
