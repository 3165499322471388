// SPDX-License-Identifier: Apache-2.0
/* Conditions for one event type: what is decided, what is put together. */
#include <sys/syscall.h>
#include "unit.h"
#include "fake.h"

static void show(const struct eyas_cond *c, struct eyas_strbuf *sb)
{
	static const char *const words[] = { "F", "T", "", "!", "any", "none", "and", "or" };

	eyas_strbuf_adds(sb, words[c->kind]);
	switch ((enum eyas_cond_kind)c->kind) {
	case EYAS_COND_FALSE:
	case EYAS_COND_TRUE:
		return;
	case EYAS_COND_PRED:
	case EYAS_COND_NOT_PRED:
		eyas_strbuf_addf(sb, "%s%s%.*s", c->pred->lhs->key + 2, c->pred->op->name,
				 c->pred->n ? (int)c->pred->consts[0].v.s.len : 0,
				 c->pred->n ? c->pred->consts[0].v.s.p : "");
		return;
	case EYAS_COND_ANY:
	case EYAS_COND_NONE:
		eyas_strbuf_addf(sb, "(%s %u)", c->group.index->term->key + 2, c->n);
		return;
	case EYAS_COND_AND:
	case EYAS_COND_OR:
		break;
	}
	eyas_strbuf_addc(sb, '(');
	for (uint32_t i = 0; i < c->n; i++) {
		if (i)
			eyas_strbuf_addc(sb, ' ');
		show(c->kids[i], sb);
	}
	eyas_strbuf_addc(sb, ')');
}

/* For openat. What several tests of one field share is one group. */
static const struct { const char *cond, *want; } cases[] = {
	{ "evt.type = openat", "T" },
	{ "evt.type != openat", "F" },
	{ "not evt.type in (open, close)", "T" },
	{ "evt.type = openat and t.s1 = a", "s1=a" },
	{ "evt.type = openat or t.s1 = a", "T" },
	{ "evt.type = open or t.s1 = a", "s1=a" },
	{ "not (evt.type = openat and t.s1 = a)", "!s1=a" },
	{ "not (evt.type = open or t.s1 = a)", "!s1=a" },
	{ "not (t.s1 = a and t.s2 = b)", "or(!s2=b !s1=a)" },
	{ "not (t.s1 = a or t.s2 = b)", "and(!s2=b !s1=a)" },
	{ "t.s1 = a or t.s1 = b", "any(s1 2)" },
	{ "t.s1 = a or t.s1 in (b, c) or t.s1 startswith d", "any(s1 3)" },
	{ "not (t.s1 = a or t.s1 = b)", "none(s1 2)" },
	{ "not t.s1 = a and not t.s1 = b and t.s2 = c", "and(s2=c none(s1 2))" },
	{ "not (t.s1 = a or t.s1 = b) and not t.s1 = c", "none(s1 3)" },
	{ "t.s1 = a and t.s1 = b", "and(s1=a s1=b)" },
	{ "t.s1 endswith a or t.s1 endswith b or t.s1 = c", "or(any(s1 2) s1=c)" },
	{ "t.s1 contains a or t.s1 contains b", "any(s1 2)" },
	{ "t.s1 contains a or t.s1 contains ''", "or(s1containsa s1contains)" },
	{ "t.s1 != a or t.s1 != b", "or(s1!=a s1!=b)" },
	{ "(t.s1 = a or evt.type = open) and (t.s1 = a or evt.type = close)", "s1=a" },
	{ "not (not t.s1 = a or not t.s2 = b)", "and(s2=b s1=a)" },
	{ "m and evt.type = openat", "s1=a" },
	{ "not m", "!s1=a" },
};

START_TEST(becomes_as_listed)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct eyas_conds conds;
	struct conds r;
	struct eyas_rule *rule;

	conds_init(&r, true, false);
	conds_macro(&r, "m", "evt.type in (open, openat) and t.s1 = a");
	/* An index is made if it pays: so that there is one, more texts than cases have. */
	conds_rule(&r, "t.s1 in (v, w, x, y, z) or t.s1 endswith anyof (v, w, x, y, z)");
	rule = conds_rule(&r, cases[_i].cond);
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_int_eq(eyas_conds_init(&conds, &r.rs->prog), 0);
	eyas_conds_round(&conds, SYS_openat, false);
	show(eyas_cond_of(&conds, rule->node), &sb);
	ck_assert_str_eq(sb.buf, cases[_i].want);
	eyas_conds_release(&conds);
	conds_release(&r);
}
END_TEST

START_TEST(equal_ones_are_one_for_all_types)
{
	struct eyas_conds conds;
	struct conds r;
	struct eyas_cond *first, *second;
	uint32_t a, b;

	conds_init(&r, true, false);
	a = conds_rule(&r, "evt.type in (open, openat) and (t.s1 = a or t.s2 = b)")->node;
	b = conds_rule(&r, "evt.type in (openat, close) and (t.s2 = b or t.s1 = a)")->node;
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_int_eq(eyas_conds_init(&conds, &r.rs->prog), 0);
	eyas_conds_round(&conds, SYS_openat, false);
	first = eyas_cond_of(&conds, a);
	ck_assert_ptr_eq(first, eyas_cond_of(&conds, b));
	eyas_conds_round(&conds, SYS_open, false);
	ck_assert_ptr_eq(first, eyas_cond_of(&conds, a));
	second = eyas_cond_of(&conds, b);
	ck_assert_int_eq(second->kind, EYAS_COND_FALSE);
	ck_assert_ptr_ne(r.rs->trees[0][SYS_open], r.rs->trees[0][SYS_openat]);
	eyas_conds_release(&conds);
	conds_release(&r);
}
END_TEST

START_TEST(types_with_equal_rules_share_a_tree)
{
	struct conds r;

	conds_init(&r, true, false);
	conds_rule(&r, "evt.type in (open, openat, openat2) and t.s1 = a");
	conds_rule(&r, "t.s2 = b");
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_ptr_eq(r.rs->trees[0][SYS_open], r.rs->trees[0][SYS_openat]);
	ck_assert_ptr_eq(r.rs->trees[0][SYS_close], r.rs->trees[0][SYS_connect]);
	ck_assert_ptr_ne(r.rs->trees[0][SYS_close], r.rs->trees[0][SYS_openat]);
	ck_assert_ptr_nonnull(r.rs->trees[0][SYS_close]);
	conds_release(&r);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, becomes_as_listed, 0, EYAS_ARRAY_LEN(cases));
	tcase_add_test(tc, equal_ones_are_one_for_all_types);
	tcase_add_test(tc, types_with_equal_rules_share_a_tree);
}

EYAS_TEST_MAIN("cond", fill)
