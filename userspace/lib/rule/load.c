// SPDX-License-Identifier: Apache-2.0
/* Loading: all files are read before anything is compiled; the first error ends it. */
#include "rule/load.h"

#include <errno.h>
#include <string.h>
#include "rule/check.h"
#include "rule/read.h"

/* The first @nfiles of @texts are rules files. */
static int start(struct eyas_loading *ld, const struct eyas_rules_text *texts, size_t n,
		 size_t nfiles, const struct eyas_ruleset_options *opt,
		 struct eyas_load_result *res)
{
	int r;

	memset(ld, 0, sizeof(*ld));
	r = eyas_notes_init(&ld->notes, texts, n, res);
	eyas_items_init(&ld->items, &ld->notes, !opt);
	if (!r && opt) {
		ld->rules = eyas_ruleset_create(opt);
		r = ld->rules ? 0 : -ENOMEM;
	}
	for (size_t i = 0; i < nfiles && !r; i++)
		r = eyas_read_file_items(&ld->items, (uint32_t)i);
	return r;
}

int eyas_loading_run(struct eyas_loading *ld, const struct eyas_rules_text *texts, size_t n,
		     const struct eyas_ruleset_options *opt, struct eyas_load_result *res)
{
	int r = start(ld, texts, n, n, opt, res);

	if (!r)
		r = eyas_compile(&ld->items, ld->rules);
	if (!r && ld->rules)
		r = eyas_ruleset_index(ld->rules);
	return r;
}

void eyas_loading_release(struct eyas_loading *ld)
{
	eyas_ruleset_free(ld->rules);
	eyas_items_release(&ld->items);
	eyas_notes_release(&ld->notes);
}

int eyas_ruleset_load(struct eyas_ruleset **ret, const struct eyas_rules_text *texts, size_t n,
		      const struct eyas_ruleset_options *opt, struct eyas_load_result *res)
{
	struct eyas_loading ld;
	int r = eyas_loading_run(&ld, texts, n, opt, res);

	if (!r)
		*ret = TAKE_PTR(ld.rules);
	eyas_loading_release(&ld);
	return r;
}

int eyas_rules_check_grammar(const struct eyas_rules_text *texts, size_t n,
			     struct eyas_load_result *res)
{
	struct eyas_loading ld;
	int r = eyas_loading_run(&ld, texts, n, NULL, res);

	eyas_loading_release(&ld);
	return r;
}

int eyas_condition_check(const struct eyas_rules_text *texts, size_t n, bool grammar,
			 struct eyas_load_result *res)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_loading ld;
	int r = start(&ld, texts, n, n - 1, grammar ? NULL : &opt, res);

	if (!r)
		r = eyas_compile_condition(&ld.items, ld.rules, (uint32_t)(n - 1));
	eyas_loading_release(&ld);
	return r;
}
