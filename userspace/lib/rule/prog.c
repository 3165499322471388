// SPDX-License-Identifier: Apache-2.0
/* Programs: made empty, given back whole; sets of event types. */
#include "rule/prog.h"

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
