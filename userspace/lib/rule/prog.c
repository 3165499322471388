// SPDX-License-Identifier: Apache-2.0
/* Programs: made empty, given back whole; sets of event types. */
#include "rule/prog.h"

#include <errno.h>
#include <string.h>
#include "rule/index.h"

int eyas_prog_init(struct eyas_prog *prog, bool paths_as_given)
{
	memset(prog, 0, sizeof(*prog));
	prog->paths_as_given = paths_as_given;
	return 0;
}

static void pred_release(struct eyas_pred *p)
{
	for (size_t i = 0; i < p->n; i++)
		eyas_const_release(&p->consts[i]);
	eyas_strmap_release(&p->texts);
	eyas_map_release(&p->nums);
	eyas_pmatch_release(&p->pm);
}

void eyas_prog_release(struct eyas_prog *prog)
{
	eyas_vec_for_each(&prog->all_preds, it)
		pred_release(*it);
	eyas_vec_for_each(&prog->indexes, it)
		eyas_index_free(*it);
	eyas_vec_release(&prog->indexes);
	eyas_vec_release(&prog->all_preds);
	eyas_vec_release(&prog->all_terms);
	eyas_vec_release(&prog->nodes);
	eyas_strmap_release(&prog->terms);
	eyas_strmap_release(&prog->preds);
	eyas_strmap_release(&prog->nodes_by_key);
	eyas_arena_release(&prog->arena);
}

/* ---- fields of its own ---- */

/* The value is the argument: all of them have one getter. */
static int get_static(const struct eyas_field_ctx *ctx _unused_, const struct eyas_field_arg *arg,
		      struct eyas_value *ret)
{
	*ret = (struct eyas_value){ .type = EYAS_T_STRING };
	ret->s.p = arg->key;
	ret->s.len = strlen(arg->key);
	return 0;
}

int eyas_prog_add_statics(struct eyas_prog *prog, const struct eyas_static_field *statics, size_t n)
{
	struct eyas_static *s = eyas_arena_alloc(&prog->arena, (n + 1) * sizeof(*s));

	if (!s)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		const char *v = statics[i].value;

		s[i].field = (struct eyas_field){
			.name = eyas_arena_printf(&prog->arena, "static.%s", statics[i].name),
			.type = EYAS_T_STRING,
			.get = get_static,
			.help = "as configured",
		};
		s[i].value = eyas_arena_strndup(&prog->arena, v, strlen(v));
		if (!s[i].field.name || !s[i].value)
			return -ENOMEM;
	}
	prog->statics = s;
	prog->nstatics = n;
	return 0;
}

const struct eyas_field *eyas_prog_field(const struct eyas_prog *prog, const char *name, size_t len,
					 struct eyas_field_arg *ret_arg)
{
	for (size_t i = 0; i < prog->nstatics; i++) {
		const struct eyas_static *s = &prog->statics[i];

		if (strlen(s->field.name) != len || memcmp(s->field.name, name, len) != 0)
			continue;
		*ret_arg = (struct eyas_field_arg){ .key = s->value, .key_len = strlen(s->value) };
		return &s->field;
	}
	return eyas_field_find(name, len, ret_arg);
}

/* ---- sets of event types ---- */

void eyas_evset_all(struct eyas_evset *ret)
{
	memset(ret, 0, sizeof(*ret));
	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++)
		if (eyas_evtype_name(t))
			eyas_evset_add(ret, t);
}

unsigned int eyas_evset_count(const struct eyas_evset *s)
{
	unsigned int n = 0;

	for (size_t i = 0; i < sizeof(s->w) / sizeof(s->w[0]); i++)
		n += (unsigned int)__builtin_popcountll(s->w[i]);
	return n;
}
