// SPDX-License-Identifier: Apache-2.0
/* Ancestors, as far as they are known and no further than EYAS_LINEAGE_MAX. */
#include "field/lineage.h"

#include <errno.h>
#include <string.h>

const struct eyas_proc *eyas_lineage_up(const struct eyas_field_ctx *ctx, uint64_t n)
{
	const struct eyas_proc *p = ctx->proc;

	if (n > EYAS_LINEAGE_MAX)
		return NULL;
	for (; p && n; n--)
		p = eyas_enrich_parent(ctx->en, p);
	return p;
}

static size_t depth(const struct eyas_field_ctx *ctx)
{
	const struct eyas_proc *p = eyas_lineage_up(ctx, 1);
	size_t n = 0;

	for (; p && n < EYAS_LINEAGE_MAX; n++)
		p = eyas_enrich_parent(ctx->en, p);
	return n;
}

int eyas_lineage_value(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg,
		       eyas_lineage_get *get, struct eyas_value *ret)
{
	const struct eyas_proc *p;
	struct eyas_value *v;
	size_t max, n = 0;
	int r;

	if (arg->given) {
		p = eyas_lineage_up(ctx, arg->index);
		return p ? get(ctx, p, ret) : -ENOENT;
	}
	max = depth(ctx);
	if (!max)
		return -ENOENT;
	v = eyas_arena_alloc(ctx->arena, max * sizeof(*v));
	if (!v)
		return -ENOMEM;
	p = eyas_lineage_up(ctx, 1);
	for (size_t i = 0; i < max; i++, p = eyas_enrich_parent(ctx->en, p)) {
		r = get(ctx, p, &v[n]);
		if (r == -ENOMEM)
			return r;
		n += r == 0;
	}
	if (!n)
		return -ENOENT;
	*ret = (struct eyas_value){ .type = v[0].type, .list = true };
	ret->l.v = v;
	ret->l.len = n;
	return 0;
}

static uint32_t id_of(const struct eyas_proc *p, size_t offset)
{
	uint32_t id;

	memcpy(&id, (const char *)p + offset, sizeof(id));
	return id;
}

const struct eyas_proc *eyas_lineage_leader(const struct eyas_field_ctx *ctx, size_t offset)
{
	const struct eyas_proc *p = ctx->proc, *up;
	uint32_t id;

	if (!p)
		return NULL;
	id = id_of(p, offset);
	up = eyas_enrich_proc(ctx->en, id);
	if (up && id_of(up, offset) == id)
		return up;
	for (int i = 0; i < EYAS_LINEAGE_MAX; i++) {
		up = eyas_enrich_parent(ctx->en, p);
		if (!up || id_of(up, offset) != id)
			break;
		p = up;
	}
	return p;
}
