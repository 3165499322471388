// SPDX-License-Identifier: Apache-2.0
/* Terms: fields with their arguments; made once, asked once an event. */
#include "unit.h"
#include "fake.h"

static const struct { const char *cond, *msg, *hint; } bad[] = {
	{ "t.nosuch = x", "filter_check called with nonexistent field t.nosuch",
	  "'eyas rules fields' lists all of them" },
	{ "t.s4 = x", "filter_check called with nonexistent field t.s4", "did you mean 't.s1'?" },
	{ "evt.arg.nosuch = x",
	  "filter_check called with nonexistent field evt.arg.nosuch: unknown "
	  "event argument", "'eyas rules events' lists the arguments of events" },
	{ "t.s1[0] = x", "field 't.s1' does not take an argument", NULL },
	{ "t.list[x] = x", "argument of field 't.list' must be a number, not 'x'", NULL },
	{ "t.list[-1] = x", "argument of field 't.list' must be a number, not '-1'", NULL },
	{ "t.list[''] = x", "argument of field 't.list' must be a number, not ''", NULL },
	{ "t.list[9999999999] = x", "argument of field 't.list' must be a number, not '9999999999'",
	  NULL },
	{ "t.key = x", "field 't.key' requires an argument", "write it with [ARGUMENT] after it" },
	{ "t.key[bad] = x", "argument 'bad' is bad", NULL },
	{ "t.print = x", "t.print is print only and cannot be used in a condition", NULL },
};

START_TEST(refused_as_listed)
{
	struct conds r;

	ck_assert_str_eq(conds_error(bad[_i].cond, &r), bad[_i].msg);
	if (bad[_i].hint)
		ck_assert_str_eq(r.perr.hint, bad[_i].hint);
	else
		ck_assert_ptr_null(r.perr.hint);
	ck_assert_uint_eq(r.perr.loc.off, 0);
	conds_release(&r);
}
END_TEST

START_TEST(equal_ones_are_one)
{
	static const char *const conds[] = {
		"t.s1 = a", "t.s1 = b", "t.list[0] = a", "t.list[1] = a", "t.list[0] = b",
		"t.key[a] = x", "t.key['a'] = y", "t.key[b] = x", "tolower(t.s1) = a",
		"tolower(t.s1) = b", "toupper(t.s1) = a", "concat(t.s1, 'x') = a",
		"concat(t.s1, 'y') = a", "t.list in (a)", "t.s1 = tolower(t.s1)",
	};
	/* s1, [0], [1], key[a], key[b], lower, upper, 'x', concat, 'y', concat, list */
	enum { DIFFERENT = 12 };
	struct conds r;
	uint32_t node;

	conds_init(&r, false, false);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(conds); i++)
		ck_assert_int_eq(conds_node(&r, conds[i], &node), 0);
	ck_assert_uint_eq(r.rs->prog.all_terms.len, DIFFERENT);
	conds_release(&r);
}
END_TEST

START_TEST(deprecated_ones_are_told)
{
	struct conds r;

	ck_assert_str_eq(conds_error("t.old = x", &r), "");
	ck_assert_str_eq(r.warned, "field 't.old' is deprecated");
	ck_assert_int_eq(r.code, EYAS_LOAD_DEPRECATED_ITEM);
	conds_release(&r);
}
END_TEST

START_TEST(asked_once_an_event)
{
	struct fake f = { 0 };
	struct conds r;

	conds_init(&r, true, false);
	conds_rule(&r, "t.s1 = a and t.s2 != b");
	conds_rule(&r, "tolower(t.s1) = a and not t.s1 glob b* and len(t.s1) = 1");
	conds_rule(&r, "t.s1 exists or t.s1 in (x, y)");
	conds_rule(&r, "t.s3 = val(t.s1) or t.s3 = val(t.s1)");
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	fake_text(&f, F_S1, "a");
	fake_text(&f, F_S2, "a");
	for (unsigned int i = 1; i < 4; i++) {
		ck_assert_uint_eq(fake_match(&r, &f).n, 3);
		ck_assert_uint_eq(f.asked[F_S1], i);
		ck_assert_uint_eq(f.asked[F_S2], i);
		ck_assert_uint_eq(f.asked[F_S3], i);
	}
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

START_TEST(missing_is_remembered_too)
{
	struct fake f = { 0 };
	struct conds r;

	conds_init(&r, true, false);
	conds_rule(&r, "t.s1 = a");
	conds_rule(&r, "t.s1 exists");
	conds_rule(&r, "t.s1 != a");
	conds_rule(&r, "not t.s1 contains x");
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_uint_eq(fake_match(&r, &f).n, 1);
	ck_assert_uint_eq(f.asked[F_S1], 1);
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

/* Getters may break their word; tests then see nothing, and nothing breaks. */
START_TEST(values_of_other_types_are_none)
{
	struct eyas_value v[2] = { fake_str("a"), fake_str("b") };
	struct fake f = { 0 };

	f.given[F_S1] = (struct fake_value){ true, { .type = EYAS_T_INT, .i = 5 } };
	ck_assert(!fake_holds("t.s1 exists", &f));
	f.given[F_INT] = (struct fake_value){ true, fake_str("x") };
	ck_assert(!fake_holds("t.int = 5", &f));
	f.given[F_S2] = (struct fake_value){ true, { .type = EYAS_T_STRING, .list = true,
						     .l = { v, 2 } } };
	ck_assert(!fake_holds("t.s2 = a", &f));
	fake_text(&f, F_LIST, "a");
	ck_assert(!fake_holds("t.list in (a)", &f));
	fake_list(&f, F_ANY, v, 0);
	ck_assert(!fake_holds("t.any exists", &f));
	/* One candidate need not be in a list. */
	fake_text(&f, F_ANY, "a");
	ck_assert(fake_holds("t.any = a", &f));
	/* No bytes, no pointer: empty, and there. */
	f.given[F_S3] = (struct fake_value){ true, { .type = EYAS_T_STRING } };
	ck_assert(fake_holds("t.s3 = \"\" and t.s3 contains \"\" and t.s3 startswith \"\" and "
			     "t.s3 glob \"*\" and t.s3 regex \".*\" and t.s3 in (\"\", b, c)", &f));
	eyas_arena_release(&f.arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, refused_as_listed, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, equal_ones_are_one);
	tcase_add_test(tc, deprecated_ones_are_told);
	tcase_add_test(tc, asked_once_an_event);
	tcase_add_test(tc, missing_is_remembered_too);
	tcase_add_test(tc, values_of_other_types_are_none);
}

EYAS_TEST_MAIN("term", fill)
