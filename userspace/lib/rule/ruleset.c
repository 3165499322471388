// SPDX-License-Identifier: Apache-2.0
/* Sets of compiled rules: what is asked of them and what they answer. */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include "rule/rules.h"

/* ---- priorities ---- */

static const char *const priorities[EYAS_PRIO_MAX] = {
	[EYAS_PRIO_EMERGENCY] = "Emergency",
	[EYAS_PRIO_ALERT] = "Alert",
	[EYAS_PRIO_CRITICAL] = "Critical",
	[EYAS_PRIO_ERROR] = "Error",
	[EYAS_PRIO_WARNING] = "Warning",
	[EYAS_PRIO_NOTICE] = "Notice",
	[EYAS_PRIO_INFORMATIONAL] = "Informational",
	[EYAS_PRIO_DEBUG] = "Debug",
};

const char *eyas_priority_name(enum eyas_priority prio)
{
	return priorities[prio];
}

int eyas_priority_parse(const char *s, enum eyas_priority *ret)
{
	for (unsigned int i = 0; i < EYAS_PRIO_MAX; i++) {
		if (strcasecmp(s, priorities[i]) != 0)
			continue;
		*ret = (enum eyas_priority)i;
		return 0;
	}
	if (strcasecmp(s, "info") != 0)
		return -EINVAL;
	*ret = EYAS_PRIO_INFORMATIONAL;
	return 0;
}

/* ---- making ---- */

void eyas_ruleset_free(struct eyas_ruleset *rs)
{
	if (!rs)
		return;
	free(rs->matches);
	eyas_vec_release(&rs->rules);
	eyas_prog_release(&rs->prog);
	eyas_arena_release(&rs->arena);
	free(rs);
}

struct eyas_ruleset *eyas_ruleset_create(const struct eyas_ruleset_options *opt)
{
	struct eyas_ruleset *rs = calloc(1, sizeof(*rs));

	if (!rs)
		return NULL;
	rs->opt = *opt;
	if (eyas_prog_init(&rs->prog, opt->paths_as_given)) {
		free(rs);
		return NULL;
	}
	if (eyas_prog_add_statics(&rs->prog, opt->statics, opt->nstatics)) {
		eyas_ruleset_free(rs);
		return NULL;
	}
	return rs;
}

bool eyas_ruleset_has_live(const struct eyas_ruleset *rs, const struct eyas_rule *rule)
{
	return rule->enabled && rule->priority <= rs->opt.min_priority;
}

/* ---- indexing ---- */

struct indexer {
	struct eyas_ruleset *rs;
	struct eyas_conds conds;
	EYAS_VEC(struct eyas_rule *) live;
	EYAS_VEC(struct eyas_pred *) by_type;
	EYAS_VEC(struct eyas_demand) demands;
	/* Trees that were made, by what they were made from: their number, from 1. */
	struct eyas_strmap by_sign, by_demands;
	EYAS_VEC(struct eyas_gate *) trees;
};

static void indexer_release(struct indexer *ix)
{
	eyas_conds_release(&ix->conds);
	eyas_vec_release(&ix->live);
	eyas_vec_release(&ix->by_type);
	eyas_vec_release(&ix->demands);
	eyas_strmap_release(&ix->by_sign);
	eyas_strmap_release(&ix->by_demands);
	eyas_vec_release(&ix->trees);
}

static void mark(struct eyas_prog *prog, uint32_t node)
{
	struct eyas_node *n = &prog->nodes.data[node];

	if (n->used)
		return;
	n->used = true;
	if (n->pred)
		n->pred->used = true;
	for (uint32_t i = 0; i < n->nkids; i++)
		mark(prog, n->kids[i]);
}

static int collect(struct indexer *ix)
{
	struct eyas_ruleset *rs = ix->rs;
	int r = 0;

	for (size_t i = 0; i < rs->rules.len && !r; i++) {
		struct eyas_rule *rule = rs->rules.data[i];

		rule->index = i;
		rule->events = rs->prog.nodes.data[rule->node].may;
		if (!eyas_ruleset_has_live(rs, rule))
			continue;
		mark(&rs->prog, rule->node);
		r = eyas_vec_push(&ix->live, rule);
	}
	for (size_t i = 0; i < rs->prog.all_preds.len && !r; i++) {
		struct eyas_pred *p = rs->prog.all_preds.data[i];

		if (p->used && p->by_type)
			r = eyas_vec_push(&ix->by_type, p);
	}
	return r;
}

/* All that counts of type and result: equal signs, equal rules. */
static void add_sign(const struct indexer *ix, unsigned int type, bool failed,
		     struct eyas_strbuf *sign)
{
	const struct eyas_outcomes *o = &ix->conds.outcomes;

	if (!eyas_evset_has(&o->calls, type))
		eyas_strbuf_addc(sign, 'e');
	else
		eyas_strbuf_adds(sign, failed ? "failed" : "ok");
	eyas_strbuf_addc(sign, eyas_evset_has(&o->makers, type) ? 'm' : '-');
	eyas_vec_for_each(&ix->by_type, it)
		eyas_strbuf_addc(sign, eyas_evset_has(&(*it)->types, type) ? '1' : '0');
}

static int add_demands(struct indexer *ix, unsigned int type, bool failed)
{
	int r = 0;

	ix->demands.len = 0;
	eyas_conds_round(&ix->conds, type, failed);
	for (size_t i = 0; i < ix->live.len && !r; i++) {
		const struct eyas_rule *rule = ix->live.data[i];
		struct eyas_demand d = { .rule = (uint32_t)rule->index };

		if (!eyas_evset_has(&rule->events, type))
			continue;
		d.cond = eyas_cond_of(&ix->conds, rule->node);
		r = d.cond ? eyas_vec_push(&ix->demands, d) : -ENOMEM;
	}
	return r;
}

/* Types that other tests tell apart may still leave the same to be asked. */
static int make_tree(struct indexer *ix, unsigned int type, bool failed, uintptr_t *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf key = EYAS_STRBUF_INIT;
	struct eyas_gate *tree;
	int r = add_demands(ix, type, failed);

	if (r)
		return r;
	for (size_t i = 0; i < ix->demands.len; i++) {
		eyas_strbuf_add(&key, &ix->demands.data[i].rule, sizeof(uint32_t));
		eyas_strbuf_add(&key, &ix->demands.data[i].cond->id, sizeof(uint32_t));
	}
	if (!eyas_strbuf_ok(&key))
		return -ENOMEM;
	*ret = (uintptr_t)eyas_strmap_get(&ix->by_demands, key.buf, key.len);
	if (*ret)
		return 0;
	r = eyas_tree_build(&ix->rs->prog, ix->demands.data, ix->demands.len, &tree);
	if (!r)
		r = eyas_vec_push(&ix->trees, tree);
	*ret = ix->trees.len;
	return r ? r : eyas_strmap_set(&ix->by_demands, key.buf, key.len, (void *)*ret);
}

static int index_type(struct indexer *ix, unsigned int type, bool failed)
{
	_cleanup_strbuf_ struct eyas_strbuf sign = EYAS_STRBUF_INIT;
	uintptr_t found;
	int r = 0;

	add_sign(ix, type, failed, &sign);
	if (!eyas_strbuf_ok(&sign))
		return -ENOMEM;
	found = (uintptr_t)eyas_strmap_get(&ix->by_sign, sign.buf, sign.len);
	if (!found) {
		r = make_tree(ix, type, failed, &found);
		if (!r)
			r = eyas_strmap_set(&ix->by_sign, sign.buf, sign.len, (void *)found);
	}
	if (!r)
		ix->rs->trees[failed][type] = ix->trees.data[found - 1];
	return r;
}

int eyas_ruleset_index(struct eyas_ruleset *rs)
{
	_cleanup_(indexer_release) struct indexer ix = { .rs = rs };
	struct eyas_evset all;
	int r = collect(&ix);

	rs->matches = calloc(ix.live.len + 1, sizeof(*rs->matches));
	if (!r && !rs->matches)
		r = -ENOMEM;
	if (!r)
		r = eyas_index_build(&rs->prog);
	if (!r)
		r = eyas_conds_init(&ix.conds, &rs->prog);
	eyas_evset_all(&all);
	for (unsigned int t = 0; t < EYAS_EVT_MAX && !r; t++)
		for (int failed = 0; failed < 2 && !r && eyas_evset_has(&all, t); failed++)
			r = index_type(&ix, t, failed);
	return r;
}

/* ---- asking ---- */

size_t eyas_ruleset_len(const struct eyas_ruleset *rs)
{
	return rs->rules.len;
}

const struct eyas_rule *eyas_ruleset_at(const struct eyas_ruleset *rs, size_t i)
{
	return i < rs->rules.len ? rs->rules.data[i] : NULL;
}

void eyas_rule_info(const struct eyas_rule *rule, struct eyas_rule_info *ret)
{
	*ret = (struct eyas_rule_info){
		.name = rule->name, .desc = rule->desc, .output = rule->output,
		.source = rule->source, .priority = rule->priority, .tags = rule->tags,
		.ntags = rule->ntags, .enabled = rule->enabled, .index = rule->index,
		.events = &rule->events,
	};
}

/* ---- matching ---- */

static int by_number(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

static inline struct eyas_gate *tree_for(const struct eyas_ruleset *rs, const struct eyas_event *ev)
{
	bool failed = ev->sys && eyas_is_errno(ev->sys->ret);

	return ev->evtype < EYAS_EVT_MAX ? rs->trees[failed][ev->evtype] : NULL;
}

bool eyas_ruleset_sees(const struct eyas_ruleset *rs, const struct eyas_event *ev)
{
	return tree_for(rs, ev);
}

/* What is remembered of a process is good as long as it is the one that acts, unchanged. */
static inline void begin(struct eyas_prog *prog, struct eyas_eval *eval)
{
	const struct eyas_field_ctx *ctx = eval->ctx;

	prog->gen++;
	if (!ctx->epoch || ctx->epoch != prog->epoch || ctx->proc != prog->proc) {
		prog->epoch = ctx->epoch;
		prog->proc = ctx->proc;
		prog->proc_gen = prog->gen;
	}
	eval->gen[EYAS_LIFE_EVENT] = prog->gen;
	eval->gen[EYAS_LIFE_PROC] = prog->proc_gen;
}

int eyas_ruleset_match(struct eyas_ruleset *rs, struct eyas_field_ctx *ctx,
		       int (*fn)(const struct eyas_rule *rule, void *arg), void *arg)
{
	struct eyas_matches m = { .rules = rs->matches, .first_only = !rs->opt.match_all };
	struct eyas_gate *tree = tree_for(rs, ctx->ev);
	struct eyas_eval eval = { .ctx = ctx };
	int r = 0;

	if (!tree)
		return 0;
	begin(&rs->prog, &eval);
	eyas_tree_match(tree, &eval, &m);
	if (eval.oom)
		rs->prog.epoch = 0;
	if (!m.n)
		return eval.oom ? -ENOMEM : 0;
	if (m.n > 1)
		qsort(m.rules, m.n, sizeof(*m.rules), by_number);
	for (uint32_t i = 0; i < m.n && !r; i++)
		r = fn(rs->rules.data[m.rules[i]], arg);
	if (!r && eval.oom)
		r = -ENOMEM;
	return r ? r : (int)m.n;
}

int eyas_rule_format(const struct eyas_rule *rule, struct eyas_field_ctx *ctx,
		     struct eyas_strbuf *out)
{
	return eyas_format_render(rule->format, ctx, out);
}

/* ---- members of an alert ---- */

struct naming {
	const char *key;
	int (*fn)(const char *key, const struct eyas_field *field, const struct eyas_value *val,
		  void *arg);
	void *arg;
};

static int named(const char *key _unused_, const struct eyas_field *field,
		 const struct eyas_value *val, void *arg)
{
	const struct naming *n = arg;

	return n->fn(n->key, field, val, n->arg);
}

static int give_text(const struct naming *n, const char *s, size_t len)
{
	struct eyas_value v = { .type = EYAS_T_STRING };

	v.s.p = s;
	v.s.len = len;
	return n->fn(n->key, NULL, &v, n->arg);
}

static int give_extra(const struct eyas_extra *x, struct eyas_field_ctx *ctx, struct naming *n)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	int r;

	n->key = x->key;
	if (x->is_value)
		return eyas_format_fields(x->format, ctx, named, n);
	r = eyas_format_render(x->format, ctx, &text);
	return r ? r : give_text(n, text.buf, text.len);
}

int eyas_rule_output_fields(const struct eyas_rule *rule, struct eyas_field_ctx *ctx,
			    int (*fn)(const char *key, const struct eyas_field *field,
				      const struct eyas_value *val, void *arg),
			    void *arg)
{
	struct naming n = { .fn = fn, .arg = arg };
	int r = eyas_format_fields(rule->format, ctx, fn, arg);

	for (size_t i = 0; i < rule->nextras && !r; i++)
		r = give_extra(&rule->extras[i], ctx, &n);
	for (size_t i = 0; i < rule->nstatics && !r; i++) {
		n.key = rule->statics[i].field.name;
		r = give_text(&n, rule->statics[i].value, strlen(rule->statics[i].value));
	}
	return r;
}
