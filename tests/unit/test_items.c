// SPDX-License-Identifier: Apache-2.0
/* What is collected from files: positions, visibility, what an append changes. */
#include "loading.h"

static const struct eyas_list_def *list(const char *name)
{
	const struct eyas_list_def *l = eyas_items_list(&ld.items, name, strlen(name));

	ck_assert_ptr_nonnull(l);
	return l;
}

static const struct eyas_macro_def *macro(const char *name)
{
	const struct eyas_macro_def *m = eyas_items_macro(&ld.items, name, strlen(name));

	ck_assert_ptr_nonnull(m);
	return m;
}

static const struct eyas_rule_def *rule(const char *name)
{
	const struct eyas_rule_def *r = eyas_items_rule(&ld.items, name);

	ck_assert_ptr_nonnull(r);
	return r;
}

START_TEST(index_is_of_the_first_mention_visibility_of_the_last)
{
	ck_assert_loads(
		"- {list: l, items: [a]}\n"
		"- {macro: m, condition: evt.type=open}\n" RULE(
			"R", "m and proc.name in (l)") "- {macro: m, condition: or evt.type=creat, "
						       "override: {condition: append}}\n"
						       "- {list: l, items: [b]}\n"
						       "- {list: k, items: [c]}\n");
	ck_assert_uint_eq(list("l")->index, 0);
	ck_assert_uint_eq(list("l")->visibility, 4);
	ck_assert_uint_eq(macro("m")->index, 1);
	ck_assert_uint_eq(macro("m")->visibility, 3);
	ck_assert_uint_eq(list("k")->index, 5);
	ck_assert_uint_eq(list("k")->visibility, 5);
	ck_assert_ptr_null(eyas_items_list(&ld.items, "m", 1));
	ck_assert_ptr_null(eyas_items_macro(&ld.items, "l", 1));
	ck_assert_ptr_null(eyas_items_rule(&ld.items, "Q"));
}
END_TEST

START_TEST(place_is_of_the_last_definition)
{
	ck_assert_loads("- {list: l, items: [a]}\n"
			"- {list: k, items: [a]}\n"
			"- {list: l, items: [b]}\n"
			"- {list: k, items: [b], override: {items: append}}\n");
	ck_assert_uint_eq(list("l")->at.line, 3);
	ck_assert_uint_eq(list("k")->at.line, 2);
	ck_assert_uint_eq(list("l")->items.len, 1);
	ck_assert_uint_eq(list("k")->items.len, 2);
}
END_TEST

START_TEST(what_is_appended_is_joined_with_a_blank)
{
	ck_assert_loads(
		"- {rule: R, desc: d, condition: evt.type=open, output: '  o  ', "
		"priority: INFO, tags: [b, a]}\n"
		"- {rule: R, condition: and proc.name=x, output: ' p ', desc: e, tags: [c, a], "
		"override: {condition: append, output: append, desc: append, tags: append}}\n");
	ck_assert_str_eq(rule("R")->cond.text.buf, "evt.type=open and proc.name=x");
	ck_assert_str_eq(rule("R")->output.text.buf, "o p");
	ck_assert_str_eq(rule("R")->desc.buf, "d e");
	ck_assert_uint_eq(rule("R")->tags.len, 4);
}
END_TEST

START_TEST(defined_again_nothing_is_left)
{
	ck_assert_loads(
		"- {rule: R, desc: d, condition: evt.type=open, output: o, priority: ERROR, "
		"tags: [b], enabled: false, capture: true, capture_duration: 7, "
		"warn_evttypes: false, skip-if-unknown-filter: true, "
		"exceptions: [{name: e, fields: proc.name, values: [x]}]}\n" RULE(
			"R", "evt.type=creat"));
	ck_assert_str_eq(rule("R")->cond.text.buf, "evt.type=creat");
	ck_assert_int_eq(rule("R")->priority, EYAS_PRIO_INFORMATIONAL);
	ck_assert_uint_eq(rule("R")->tags.len, 0);
	ck_assert_uint_eq(rule("R")->exceptions.v.len, 0);
	ck_assert(rule("R")->enabled);
	ck_assert(rule("R")->warn_evttypes);
	ck_assert(!rule("R")->skip_unknown);
	ck_assert(!rule("R")->capture);
	ck_assert_uint_eq(rule("R")->capture_ms, 0);
	ck_assert_str_eq(rule("R")->source, "syscall");
}
END_TEST

START_TEST(optional_keys)
{
	ck_assert_loads(
		"- {rule: R, desc: d, condition: evt.type=open, output: o, priority: ERROR, "
		"capture: true, capture_duration: 0x10, warn_evttypes: no, "
		"skip-if-unknown-filter: on}\n");
	ck_assert(rule("R")->capture);
	ck_assert_uint_eq(rule("R")->capture_ms, 16);
	ck_assert(!rule("R")->warn_evttypes);
	ck_assert(rule("R")->skip_unknown);
}
END_TEST

START_TEST(highest_engine_and_all_plugins_are_kept)
{
	ck_assert_loads(
		"- required_engine_version: 0.26.0\n"
		"- required_engine_version: 57\n"
		"- required_engine_version: 0.31.0\n"
		"- required_plugin_versions: [{name: container, version: 0.1.0}, "
		"{name: x, version: 9.9.9, alternatives: [{name: container, version: 0.2.0}]}]\n");
	ck_assert_uint_eq(ld.items.engine.v[0], 0);
	ck_assert_uint_eq(ld.items.engine.v[1], 57);
	ck_assert_uint_eq(ld.items.engine.v[2], 0);
	ck_assert_uint_eq(ld.items.plugins.len, 2);
	ck_assert_uint_eq(ld.items.plugins.data[1].len, 2);
	ck_assert_str_eq(ld.items.plugins.data[1].any[1].name, "container");
}
END_TEST

START_TEST(used_is_what_a_rule_or_macro_names)
{
	ck_assert_loads("- {list: a, items: [x]}\n"
			"- {list: b, items: [a]}\n"
			"- {list: c, items: [d]}\n"
			"- {list: d, items: [y]}\n"
			"- {list: e, items: [f]}\n"
			"- {list: f, items: [z]}\n"
			"- {macro: m, condition: proc.name in (c)}\n"
			"- {macro: n, condition: m}\n");
	/* By an earlier list that nobody uses: still named. */
	ck_assert(list("a")->used);
	ck_assert(!list("b")->used);
	ck_assert(list("c")->used);
	ck_assert(list("d")->used);
	/* By a later list's writing out, which never happens. */
	ck_assert(!list("e")->used);
	ck_assert(!list("f")->used);
	ck_assert(macro("m")->used);
	ck_assert(!macro("n")->used);
	ck_assert(!macro("m")->built);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, NULL, loading_end);
	tcase_add_test(tc, index_is_of_the_first_mention_visibility_of_the_last);
	tcase_add_test(tc, place_is_of_the_last_definition);
	tcase_add_test(tc, what_is_appended_is_joined_with_a_blank);
	tcase_add_test(tc, defined_again_nothing_is_left);
	tcase_add_test(tc, optional_keys);
	tcase_add_test(tc, highest_engine_and_all_plugins_are_kept);
	tcase_add_test(tc, used_is_what_a_rule_or_macro_names);
}

EYAS_TEST_MAIN("items", fill)
