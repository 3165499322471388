// SPDX-License-Identifier: Apache-2.0
/* Sets of rules: which are asked, in which order, and who is told. */
#include <sys/syscall.h>
#include "unit.h"
#include "fake.h"

START_TEST(priorities)
{
	static const char *const names[] = { "Emergency", "Alert", "Critical", "Error", "Warning",
					     "Notice", "Informational", "Debug" };
	enum eyas_priority prio;

	for (unsigned int i = 0; i < EYAS_PRIO_MAX; i++) {
		ck_assert_str_eq(eyas_priority_name((enum eyas_priority)i), names[i]);
		ck_assert_int_eq(eyas_priority_parse(names[i], &prio), 0);
		ck_assert_uint_eq(prio, i);
	}
	ck_assert_int_eq(eyas_priority_parse("WARNING", &prio), 0);
	ck_assert_uint_eq(prio, EYAS_PRIO_WARNING);
	ck_assert_int_eq(eyas_priority_parse("info", &prio), 0);
	ck_assert_uint_eq(prio, EYAS_PRIO_INFORMATIONAL);
	ck_assert_int_eq(eyas_priority_parse("warn", &prio), -EINVAL);
	ck_assert_int_eq(eyas_priority_parse("", &prio), -EINVAL);
}
END_TEST

/* Rules 0..3 for s1 = a, 4 for s1 = b. */
static void make(struct conds *r, bool all)
{
	conds_init(r, all, false);
	conds_rule(r, "t.s1 = a and t.s2 = x");
	conds_rule(r, "t.s1 = a");
	conds_rule(r, "evt.type = openat and t.s1 = a");
	conds_rule(r, "evt.type = open and t.s1 = a");
	conds_rule(r, "t.s1 = b");
}

static void ask(struct conds *r, const char *s1, const char *s2, const char *want)
{
	struct fake f = { 0 };
	struct fake_hits h;
	char got[16] = "";

	fake_text(&f, F_S1, s1);
	fake_text(&f, F_S2, s2);
	h = fake_match(r, &f);
	for (size_t i = 0; i < 5; i++)
		if (h.rule[i])
			snprintf(got + strlen(got), sizeof(got) - strlen(got), "%zu", i);
	ck_assert_str_eq(got, want);
	eyas_arena_release(&f.arena);
}

START_TEST(all_in_order)
{
	struct conds r;

	make(&r, true);
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ask(&r, "a", "x", "012");
	ask(&r, "a", "y", "12");
	ask(&r, "b", "x", "4");
	ask(&r, "c", "x", "");
	conds_release(&r);
}
END_TEST

START_TEST(first_only)
{
	struct conds r;

	make(&r, false);
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ask(&r, "a", "x", "0");
	ask(&r, "a", "y", "1");
	ask(&r, "b", "x", "4");
	conds_release(&r);
}
END_TEST

START_TEST(disabled_and_unimportant_ones_are_left_out)
{
	struct eyas_rule_info info;
	struct conds r;

	make(&r, true);
	r.rs->rules.data[1]->enabled = false;
	r.rs->rules.data[2]->priority = EYAS_PRIO_DEBUG;
	r.rs->opt.min_priority = EYAS_PRIO_NOTICE;
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ask(&r, "a", "x", "0");
	ask(&r, "a", "y", "");
	ck_assert_uint_eq(eyas_ruleset_len(r.rs), 5);
	ck_assert_ptr_null(eyas_ruleset_at(r.rs, 5));
	eyas_rule_info(eyas_ruleset_at(r.rs, 1), &info);
	ck_assert_str_eq(info.name, "t.s1 = a");
	ck_assert(!info.enabled);
	ck_assert_uint_gt(eyas_evset_count(info.events), 300);
	eyas_rule_info(eyas_ruleset_at(r.rs, 2), &info);
	ck_assert_uint_eq(eyas_evset_count(info.events), 1);
	conds_release(&r);
}
END_TEST

/* Left out in "first" mode, a rule must not hide others. */
START_TEST(disabled_ones_hide_nothing)
{
	struct conds r;

	make(&r, false);
	r.rs->rules.data[0]->enabled = false;
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ask(&r, "a", "x", "1");
	conds_release(&r);
}
END_TEST

START_TEST(no_rules_no_matches)
{
	struct fake f = { 0 };
	struct conds r;

	conds_init(&r, true, false);
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_uint_eq(fake_match(&r, &f).n, 0);
	f.ev.evtype = UINT16_MAX;
	ck_assert_uint_eq(fake_match(&r, &f).n, 0);
	conds_release(&r);
	eyas_ruleset_free(NULL);
	eyas_arena_release(&f.arena);
}
END_TEST

static int stop(const struct eyas_rule *rule, void *arg)
{
	*(int *)arg += 1;
	return rule->index == 1 ? -EIO : 0;
}

START_TEST(the_callback_can_stop)
{
	struct fake f = { 0 };
	struct conds r;
	int calls = 0;

	make(&r, true);
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	fake_text(&f, F_S1, "a");
	fake_text(&f, F_S2, "x");
	ck_assert_int_eq(eyas_ruleset_match(r.rs, fake_ctx(&f), stop, &calls), -EIO);
	ck_assert_int_eq(calls, 2);
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

/* Sixteen times the same rules under other names are asked as one. */
START_TEST(copies_cost_nothing)
{
	struct fake f = { 0 };
	struct conds r;

	conds_init(&r, true, false);
	for (int i = 0; i < 16; i++) {
		conds_rule(&r, "t.s1 = a and t.s2 = x");
		conds_rule(&r, "t.s2 contains y and t.int > 5");
		conds_rule(&r, "evt.type in (open, openat) and t.s3 startswith z");
	}
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	fake_text(&f, F_S1, "a");
	fake_text(&f, F_S2, "x");
	ck_assert_uint_eq(fake_match(&r, &f).n, 16);
	ck_assert_uint_eq(r.rs->prog.all_preds.len, 6);
	ck_assert_uint_eq(f.asked[F_S1], 1);
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

/* Of many rules that want one of many values, only those that may fit are looked at. */
START_TEST(many_different_rules_are_not_looked_at)
{
	static char conds[200][64];
	struct fake f = { 0 };
	struct conds r;
	struct fake_hits h;

	conds_init(&r, true, false);
	for (unsigned int i = 0; i < 200; i++) {
		snprintf(conds[i], sizeof(conds[i]), "t.s1 startswith /dir%u/ and t.int = %u", i,
			 i);
		conds_rule(&r, conds[i]);
	}
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_ptr_nonnull(r.rs->trees[0][SYS_openat]);
	ck_assert_uint_eq(r.rs->trees[0][SYS_openat]->ngates, 0);
	ck_assert_uint_eq(r.rs->trees[0][SYS_openat]->nlocks, 1);
	ck_assert_uint_eq(r.rs->trees[0][SYS_openat]->locks[0].nkeys, 200);
	fake_text(&f, F_S1, "/dir77/x");
	fake_u(&f, F_INT, 77);
	h = fake_match(&r, &f);
	ck_assert(h.n == 1 && h.rule[77]);
	fake_u(&f, F_INT, 78);
	ck_assert_uint_eq(fake_match(&r, &f).n, 0);
	/* Nothing fits: no number is asked for. */
	memset(f.asked, 0, sizeof(f.asked));
	fake_text(&f, F_S1, "/other/x");
	ck_assert_uint_eq(fake_match(&r, &f).n, 0);
	ck_assert_uint_eq(f.asked[F_INT], 0);
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

/* Each demands what the one before does, and more: gates within gates, to a bound. */
START_TEST(ever_more_demands)
{
	enum { N = 200 };
	static struct eyas_strbuf texts[N];
	struct fake f = { 0 };
	struct conds r;

	conds_init(&r, true, false);
	for (int i = 0; i < N; i++) {
		eyas_strbuf_init(&texts[i]);
		for (int k = 0; k <= i; k++)
			eyas_strbuf_addf(&texts[i], "%st.int != %d", k ? " and " : "", k);
		conds_rule(&r, texts[i].buf);
	}
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	for (int v = 0; v <= N; v++) {
		struct fake_hits h;

		fake_u(&f, F_INT, (uint64_t)v);
		h = fake_match(&r, &f);
		ck_assert_uint_eq(h.n, (size_t)v);
		for (int i = 0; i < v; i++)
			ck_assert(h.rule[i]);
	}
	for (int i = 0; i < N; i++)
		eyas_strbuf_release(&texts[i]);
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

START_TEST(rules_are_seen_by_type)
{
	struct eyas_event ev = { .evtype = SYS_openat };
	struct conds r;

	conds_init(&r, true, false);
	conds_rule(&r, "evt.type = openat and t.s1 = a");
	conds_rule(&r, "evt.type = close and evt.num = 0");
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert(eyas_ruleset_sees(r.rs, &ev));
	ev.evtype = SYS_close;
	ck_assert(!eyas_ruleset_sees(r.rs, &ev));
	ev.evtype = UINT16_MAX;
	ck_assert(!eyas_ruleset_sees(r.rs, &ev));
	conds_release(&r);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, ever_more_demands);
	tcase_add_test(tc, rules_are_seen_by_type);
	tcase_add_test(tc, priorities);
	tcase_add_test(tc, all_in_order);
	tcase_add_test(tc, first_only);
	tcase_add_test(tc, disabled_and_unimportant_ones_are_left_out);
	tcase_add_test(tc, disabled_ones_hide_nothing);
	tcase_add_test(tc, no_rules_no_matches);
	tcase_add_test(tc, the_callback_can_stop);
	tcase_add_test(tc, copies_cost_nothing);
	tcase_add_test(tc, many_different_rules_are_not_looked_at);
}

EYAS_TEST_MAIN("ruleset", fill)
