// SPDX-License-Identifier: Apache-2.0
/* Other rules while events come: first record for both, then swap, then for the new ones. */
#include "pipeline/swap.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include "base/map.h"
#include "source/clock.h"

static int index_counts(const struct eyas_pipeline *p, struct eyas_strmap *by_name)
{
	int r = 0;

	for (size_t i = 0; i < p->counts.len && !r; i++) {
		const char *name = p->counts.data[i].name;

		r = eyas_strmap_set(by_name, name, strlen(name), (void *)(i + 1));
	}
	return r;
}

static int add_count(struct eyas_pipeline *p, const char *name, size_t *slot)
{
	struct eyas_pipeline_count one = { .name = strdup(name) };

	if (!one.name || eyas_vec_push(&p->counts, one)) {
		free(one.name);
		return -ENOMEM;
	}
	*slot = p->counts.len - 1;
	return 0;
}

size_t *eyas_swap_slots(struct eyas_pipeline *p, const struct eyas_ruleset *rules)
{
	_cleanup_(eyas_strmap_release) struct eyas_strmap by_name = { 0 };
	size_t n = eyas_ruleset_len(rules);
	_cleanup_free_ size_t *slots = calloc(n + 1, sizeof(*slots));
	int r = slots ? index_counts(p, &by_name) : -ENOMEM;

	for (size_t i = 0; i < n && !r; i++) {
		struct eyas_rule_info info;
		size_t found;

		eyas_rule_info(eyas_ruleset_at(rules, i), &info);
		found = (size_t)eyas_strmap_get(&by_name, info.name, strlen(info.name));
		if (found)
			slots[i] = found - 1;
		else
			r = add_count(p, info.name, &slots[i]);
	}
	return r ? NULL : TAKE_PTR(slots);
}

void eyas_swap_keep_fds(struct eyas_pipeline *p, bool keep)
{
	if (keep != p->keeps_fds)
		eyas_enrich_keep_fds(p->cfg.enrich, keep);
	p->keeps_fds = keep;
}

int eyas_pipeline_swap(struct eyas_pipeline *p, struct eyas_ruleset *rules,
		       const struct eyas_policy *policy, struct eyas_err *err)
{
	_cleanup_free_ struct eyas_policy *wide = malloc(sizeof(*wide));
	_cleanup_free_ size_t *slots = NULL;
	int r;

	if (p->swap.next || p->swap.old)
		return eyas_err_set(err, -EBUSY, "rules are being changed already");
	slots = wide ? eyas_swap_slots(p, rules) : NULL;
	if (!slots)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	*wide = p->policy;
	eyas_policy_widen(wide, policy);
	r = p->cfg.policy ? eyas_source_set_policy(p->cfg.source, wide, err) : 0;
	if (r < 0)
		return r;
	if (eyas_ruleset_needs_fds(rules))
		eyas_swap_keep_fds(p, true);
	p->swap.next = rules;
	p->swap.policy = *policy;
	p->swap.slots = TAKE_PTR(slots);
	p->swap.after = eyas_clock_now(CLOCK_MONOTONIC_RAW);
	return 0;
}

void eyas_swap_finish(struct eyas_pipeline *p)
{
	p->swap.old = p->cfg.rules;
	p->cfg.rules = TAKE_PTR(p->swap.next);
	eyas_swap_keep_fds(p, eyas_ruleset_needs_fds(p->cfg.rules));
	free(p->slots);
	p->slots = TAKE_PTR(p->swap.slots);
	p->policy = p->swap.policy;
	/* If this fails more is recorded than is needed, and nothing is missed. */
	if (p->cfg.policy && !p->draining)
		(void)eyas_source_set_policy(p->cfg.source, &p->policy, NULL);
}

void eyas_swap_finish_idle(struct eyas_pipeline *p)
{
	uint64_t now = eyas_clock_now(CLOCK_MONOTONIC_RAW);

	if (now >= p->swap.after + EYAS_SWAP_IDLE_MS * 1000000ULL)
		eyas_swap_finish(p);
}

struct eyas_ruleset *eyas_pipeline_take_old(struct eyas_pipeline *p)
{
	return TAKE_PTR(p->swap.old);
}

void eyas_swap_release(struct eyas_pipeline *p)
{
	eyas_vec_for_each(&p->counts, it)
		free(it->name);
	eyas_vec_release(&p->counts);
	free(p->slots);
	free(p->swap.slots);
	p->slots = p->swap.slots = NULL;
	p->swap.next = NULL;
}
