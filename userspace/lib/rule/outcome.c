// SPDX-License-Identifier: Apache-2.0
/* What the result of a call decides of a condition, worked out by sets of types. */
#include "rule/outcome.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "event/event.h"
#include "event/syscall.h"

static void set_and(struct eyas_evset *a, const struct eyas_evset *b)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(a->w); i++)
		a->w[i] &= b->w[i];
}

static void set_or(struct eyas_evset *a, const struct eyas_evset *b)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(a->w); i++)
		a->w[i] |= b->w[i];
}

static void set_minus(struct eyas_evset *a, const struct eyas_evset *b)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(a->w); i++)
		a->w[i] &= ~b->w[i];
}

/* ---- predicates ---- */

static bool is_field(const struct eyas_pred *p, const char *name)
{
	return p->lhs->field && !strcmp(p->lhs->field->name, name);
}

static bool passes(const struct eyas_pred *p, int64_t number)
{
	struct eyas_value v = { .type = p->lhs->shape.type, .i = number };

	for (size_t i = 0; i < p->n; i++)
		if (p->test(&v, &p->consts[i]))
			return true;
	return false;
}

/* Do all numbers from @lo to @hi pass (@what), or none of them? */
static bool all_say(const struct eyas_pred *p, int64_t lo, int64_t hi, bool what)
{
	/* An order tells of the ends, equality of what is between them. */
	for (size_t i = 0; i < p->n && p->op->form != EYAS_OP_NUM && lo != hi; i++)
		if (p->consts[i].v.i >= lo && p->consts[i].v.i <= hi)
			return false;
	return passes(p, lo) == what && passes(p, hi) == what;
}

static bool is_plain(const struct eyas_pred *p)
{
	return p->test && !p->rhs && !p->mod && !p->hashed && p->op->id != EYAS_OP_EXISTS;
}

/* The values that a field can have after a call of the types in @ret_where. */
static bool range_of(const struct eyas_outcomes *o, const struct eyas_pred *p, bool failed,
		     int64_t *ret_lo, int64_t *ret_hi, const struct eyas_evset **ret_where)
{
	*ret_where = &o->calls;
	if (is_field(p, "evt.failed")) {
		*ret_lo = *ret_hi = failed;
		return true;
	}
	if (failed && is_field(p, "evt.rawres")) {
		*ret_lo = -EYAS_ERRNO_MAX;
		*ret_hi = -1;
		return true;
	}
	/* What they return is a descriptor or an error. */
	*ret_where = &o->makers;
	*ret_lo = failed ? -1 : 0;
	*ret_hi = failed ? -1 : INT32_MAX;
	return is_field(p, "fd.num");
}

bool eyas_outcome_counts(const struct eyas_pred *p)
{
	static const char *const fields[] = { "evt.failed", "evt.rawres", "fd.num", "evt.res" };

	for (size_t i = 0; i < EYAS_ARRAY_LEN(fields); i++)
		if (is_field(p, fields[i]))
			return true;
	return false;
}

static void narrow(const struct eyas_outcomes *o, const struct eyas_pred *p, bool failed,
		   struct eyas_outcome *ret)
{
	const struct eyas_evset *where;
	int64_t lo, hi;

	if (!range_of(o, p, failed, &lo, &hi, &where))
		return;
	if (all_say(p, lo, hi, false))
		set_minus(&ret->may[failed], where);
	else if (all_say(p, lo, hi, true))
		set_minus(&ret->may_not[failed], where);
}

/* evt.res, the way in which most rules ask: SUCCESS, or the name of an error. */
static void narrow_res(const struct eyas_outcomes *o, const struct eyas_pred *p,
		       struct eyas_outcome *ret)
{
	const struct eyas_value success = { .type = EYAS_T_STRING, .s = { "SUCCESS", 7 } };
	bool holds = false;

	for (size_t i = 0; i < p->n; i++)
		holds |= p->test(&success, &p->consts[i]);
	set_minus(holds ? &ret->may_not[0] : &ret->may[0], &o->calls);
	if (p->op->id == EYAS_OP_EQ && p->n == 1 && p->consts[0].v.s.len == success.s.len &&
	    !memcmp(p->consts[0].v.s.p, success.s.p, success.s.len))
		set_minus(&ret->may[1], &o->calls);
}

static void of_pred(const struct eyas_outcomes *o, const struct eyas_pred *p,
		    struct eyas_outcome *ret)
{
	for (int failed = 0; failed < 2; failed++) {
		ret->may[failed] = ret->may_not[failed] = o->all;
		if (p->by_type) {
			set_and(&ret->may[failed], &p->types);
			set_minus(&ret->may_not[failed], &p->types);
		}
	}
	if (!is_plain(p) || p->by_type)
		return;
	if (is_field(p, "evt.res"))
		narrow_res(o, p, ret);
	for (int failed = 0; failed < 2; failed++)
		narrow(o, p, failed, ret);
}

/* ---- nodes ---- */

static void of_many(struct eyas_outcomes *o, const struct eyas_node *n, struct eyas_outcome *ret)
{
	bool is_and = n->kind == EYAS_NODE_AND;

	*ret = *eyas_outcome_of(o, n->kids[0]);
	for (uint32_t i = 1; i < n->nkids; i++) {
		const struct eyas_outcome *kid = eyas_outcome_of(o, n->kids[i]);

		for (int failed = 0; failed < 2; failed++) {
			(is_and ? set_and : set_or)(&ret->may[failed], &kid->may[failed]);
			(is_and ? set_or : set_and)(&ret->may_not[failed], &kid->may_not[failed]);
		}
	}
}

static void of_node(struct eyas_outcomes *o, const struct eyas_node *n, struct eyas_outcome *ret)
{
	const struct eyas_outcome *kid;

	switch ((enum eyas_node_kind)n->kind) {
	case EYAS_NODE_FALSE:
		ret->may_not[0] = ret->may_not[1] = o->all;
		return;
	case EYAS_NODE_TRUE:
		ret->may[0] = ret->may[1] = o->all;
		return;
	case EYAS_NODE_PRED:
		of_pred(o, n->pred, ret);
		return;
	case EYAS_NODE_NOT:
		kid = eyas_outcome_of(o, n->kids[0]);
		memcpy(ret->may, kid->may_not, sizeof(ret->may));
		memcpy(ret->may_not, kid->may, sizeof(ret->may_not));
		return;
	case EYAS_NODE_AND:
	case EYAS_NODE_OR:
		of_many(o, n, ret);
		return;
	}
}

const struct eyas_outcome *eyas_outcome_of(struct eyas_outcomes *o, uint32_t node)
{
	if (!o->is_known[node]) {
		of_node(o, &o->prog->nodes.data[node], &o->known[node]);
		o->is_known[node] = true;
	}
	return &o->known[node];
}

/* Calls whose result, in every ABI, is the descriptor that the event is about. */
static void find_makers(struct eyas_evset *ret)
{
	struct eyas_evset others = { 0 };

	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
			const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, nr);

			if (sc)
				eyas_evset_add(sc->ret == EYAS_RET_FD ? ret : &others, sc->evtype);
		}
	}
	set_minus(ret, &others);
}

int eyas_outcomes_init(struct eyas_outcomes *o, const struct eyas_prog *prog)
{
	memset(o, 0, sizeof(*o));
	o->prog = prog;
	eyas_evset_all(&o->all);
	for (unsigned int t = 0; t < EYAS_EVT_PROCEXIT; t++)
		if (eyas_evset_has(&o->all, t))
			eyas_evset_add(&o->calls, t);
	find_makers(&o->makers);
	o->known = calloc(prog->nodes.len + 1, sizeof(*o->known));
	o->is_known = calloc(prog->nodes.len + 1, sizeof(*o->is_known));
	if (o->known && o->is_known)
		return 0;
	eyas_outcomes_release(o);
	return -ENOMEM;
}

void eyas_outcomes_release(struct eyas_outcomes *o)
{
	free(o->known);
	free(o->is_known);
	memset(o, 0, sizeof(*o));
}
