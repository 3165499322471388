// SPDX-License-Identifier: Apache-2.0
/* Loading as a whole: what comes out, files of others, and input that means harm. */
#include <time.h>
#include "base/util.h"
#include "loading.h"
#include "rule/check.h"

#define FALCO_RULES "../shared/data/falco_rules.yaml"

static const struct eyas_ruleset_options plain = { .min_priority = EYAS_PRIO_DEBUG };

/* ---- what comes out ---- */

START_TEST(rules_outlive_their_text)
{
	char *text = strdup("- {macro: m, condition: 'evt.type in (open, creat)'}\n"
			    "- {rule: B, desc: what it is, condition: m and proc.name=x, "
			    "output: 'f=%fd.name', priority: error, tags: [z, a, z, m]}\n"
			    "- {rule: A, desc: d, condition: evt.type=execve, output: o, "
			    "priority: INFO, enabled: false}\n");
	struct eyas_rules_text t = { "r.yaml", text, strlen(text) };
	struct eyas_ruleset *rs = NULL;
	struct eyas_rule_info info;

	ck_assert_int_eq(eyas_ruleset_load(&rs, &t, 1, &plain, &res), 0);
	ck_assert_uint_eq(res.len, 0);
	eyas_load_result_release(&res);
	memset(text, 'x', strlen(text));
	free(text);
	ck_assert_uint_eq(eyas_ruleset_len(rs), 2);
	ck_assert_ptr_null(eyas_ruleset_at(rs, 2));
	eyas_rule_info(eyas_ruleset_at(rs, 0), &info);
	ck_assert_str_eq(info.name, "B");
	ck_assert_str_eq(info.desc, "what it is");
	ck_assert_str_eq(info.output, "f=%fd.name");
	ck_assert_str_eq(info.source, "syscall");
	ck_assert_int_eq(info.priority, EYAS_PRIO_ERROR);
	ck_assert(info.enabled);
	ck_assert_uint_eq(info.ntags, 3);
	ck_assert_str_eq(info.tags[0], "a");
	ck_assert_str_eq(info.tags[1], "m");
	ck_assert_str_eq(info.tags[2], "z");
	ck_assert_uint_eq(eyas_evset_count(info.events), 2);
	ck_assert(eyas_evset_has(info.events, (unsigned int)eyas_evtype_by_name("creat")));
	eyas_rule_info(eyas_ruleset_at(rs, 1), &info);
	ck_assert(!info.enabled);
	eyas_ruleset_free(rs);
}
END_TEST

START_TEST(nothing_is_loaded_if_anything_is_wrong)
{
	struct eyas_rules_text t[2] = { { "a.yaml", RULE("A", "evt.type=open"), 0 },
					{ "b.yaml", RULE("B", "evt.type="), 0 } };
	struct eyas_ruleset *rs = NULL;

	t[0].len = strlen(t[0].text);
	t[1].len = strlen(t[1].text);
	ck_assert_int_eq(eyas_ruleset_load(&rs, t, 2, &plain, &res), -EINVAL);
	ck_assert_ptr_null(rs);
	ck_assert_uint_eq(res.errors, 1);
	ck_assert_str_eq(res.issues[0].file, "b.yaml");
	eyas_load_result_release(&res);
}
END_TEST

START_TEST(no_files_are_no_rules)
{
	struct eyas_ruleset *rs = NULL;

	ck_assert_int_eq(eyas_ruleset_load(&rs, NULL, 0, &plain, &res), 0);
	ck_assert_uint_eq(eyas_ruleset_len(rs), 0);
	ck_assert_uint_eq(res.len, 0);
	eyas_ruleset_free(rs);
	eyas_load_result_release(&res);
}
END_TEST

START_TEST(exceptions_are_part_of_the_condition)
{
	ck_assert_loads("- {rule: R, desc: d, condition: evt.type=open, output: o, priority: INFO, "
			"exceptions: [{name: e, fields: proc.name, values: [a]}]}\n");
	ck_assert_str_eq(ld.rules->rules.data[0]->condition,
			 "(evt.type=open) and not (proc.name in (a))");
	loading_end();
}
END_TEST

START_TEST(macros_are_built_once)
{
	size_t nodes;

	ck_assert_loads(
		"- {macro: m, condition: evt.type=open and (proc.name=a or proc.name=b)}\n" RULE(
			"A", "m") RULE("B", "m") RULE("C", "m and m"));
	nodes = ld.rules->prog.nodes.len;
	ck_assert_uint_eq(ld.rules->rules.data[0]->node, ld.rules->rules.data[1]->node);
	ck_assert_uint_eq(ld.rules->rules.data[0]->node, ld.rules->rules.data[2]->node);
	loading_end();
	ck_assert_loads(
		"- {macro: m, condition: evt.type=open and (proc.name=a or proc.name=b)}\n" RULE(
			"A", "m"));
	ck_assert_uint_eq(ld.rules->prog.nodes.len, nodes);
	loading_end();
}
END_TEST

/* ---- looking only ---- */

static const struct {
	const char *cond;
	bool grammar;
	int r;
	const char *msg;
} conditions[] = {
	{ "proc.name = cat", false, 0, NULL },
	{ "m and proc.name in (l)", false, 0, NULL },
	{ "proc.nme = cat", true, 0, NULL },
	{ "nobody", true, 0, NULL },
	{ "proc.nme = cat", false, -EINVAL, "filter_check called with nonexistent field proc.nme" },
	{ "nobody", false, -EINVAL, "Undefined macro 'nobody' used in filter." },
	{ "", false, -EINVAL, "filter input string is empty" },
	{ "", true, -EINVAL, "filter input string is empty" },
	{ "proc.name =\n cat and\n", true, -EINVAL,
	  "expected a '(' token, a field check, or an identifier" },
	{ "a\nb", true, -EINVAL, "unexpected token after 'a', expecting 'or', 'and'" },
};

START_TEST(conditions_alone)
{
	static const char file[] =
		"- {list: l, items: [a, b]}\n- {macro: m, condition: evt.num=1}\n" RULE(
			"R", "evt.type=open");
	struct eyas_rules_text t[2] = { { "r.yaml", file, strlen(file) },
					{ "stdin", conditions[_i].cond,
					  strlen(conditions[_i].cond) } };

	ck_assert_int_eq(eyas_condition_check(t, 2, conditions[_i].grammar, &res),
			 conditions[_i].r);
	ck_assert_uint_eq(res.len, conditions[_i].r ? 1 : 0);
	if (res.len) {
		ck_assert_str_eq(res.issues[0].msg, conditions[_i].msg);
		ck_assert_str_eq(res.issues[0].file, "stdin");
	}
	eyas_load_result_release(&res);
}
END_TEST

START_TEST(place_in_the_second_line_of_a_condition)
{
	static const char cond[] = "evt.type=open and\n  proc.nme=x";
	struct eyas_rules_text t = { "stdin", cond, strlen(cond) };

	ck_assert_int_eq(eyas_condition_check(&t, 1, false, &res), -EINVAL);
	ck_assert_uint_eq(res.issues[0].line, 2);
	ck_assert_uint_eq(res.issues[0].col, 3);
	ck_assert_str_eq(res.issues[0].snippet, "  proc.nme=x");
	eyas_load_result_release(&res);
}
END_TEST

START_TEST(grammar_of_files)
{
	static const char text[] = RULE("R", "no.such=field and nobody");
	struct eyas_rules_text t = { "r.yaml", text, strlen(text) };

	ck_assert_int_eq(eyas_rules_check_grammar(&t, 1, &res), 0);
	ck_assert_uint_eq(res.len, 0);
	eyas_load_result_release(&res);
}
END_TEST

/* ---- files of others, and ours ---- */

static void load_file(const char *path, struct eyas_strbuf *text)
{
	ck_assert_int_eq(eyas_read_file(path, 1 << 24, text), 0);
	ck_assert_loads(text->buf);
}

START_TEST(official_rules_load_unmodified)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	if (access(FALCO_RULES, R_OK)) {
		eyas_test_skip(FALCO_RULES " is not here");
		return;
	}
	load_file(FALCO_RULES, &text);
	ck_assert_uint_eq(res.errors, 0);
	ck_assert_uint_eq(res.warnings, 0);
	ck_assert_uint_eq(ld.rules->rules.len, 25);
	ck_assert_uint_eq(ld.items.macros.len, 87);
	ck_assert_uint_eq(ld.items.lists.len, 49);
	loading_end();
}
END_TEST

static const char *const ours[] = { "rules/00-lists.yaml", "rules/00-macros.yaml",
				    "rules/accounts.yaml", "rules/exec.yaml",
				    "rules/files.yaml",	   "rules/privilege.yaml" };

START_TEST(shipped_rules_load_without_a_warning)
{
	struct eyas_strbuf bufs[EYAS_ARRAY_LEN(ours)];
	struct eyas_rules_text t[EYAS_ARRAY_LEN(ours)];
	struct eyas_ruleset *rs = NULL;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(ours); i++) {
		eyas_strbuf_init(&bufs[i]);
		ck_assert_int_eq(eyas_read_file(ours[i], 1 << 20, &bufs[i]), 0);
		t[i] = (struct eyas_rules_text){ ours[i], bufs[i].buf, bufs[i].len };
	}
	ck_assert_int_eq(eyas_ruleset_load(&rs, t, EYAS_ARRAY_LEN(ours), &plain, &res), 0);
	ck_assert_uint_eq(res.len, 0);
	ck_assert_uint_gt(eyas_ruleset_len(rs), 10);
	eyas_ruleset_free(rs);
	eyas_load_result_release(&res);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(ours); i++)
		eyas_strbuf_release(&bufs[i]);
}
END_TEST

/* ---- harm ---- */

static void repeat(struct eyas_strbuf *sb, const char *s, int n)
{
	for (int i = 0; i < n; i++)
		eyas_strbuf_adds(sb, s);
}

static void make_parens(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- {rule: R, desc: d, output: o, priority: INFO, condition: '");
	repeat(sb, "(", 10000);
	eyas_strbuf_adds(sb, "evt.type=open");
	repeat(sb, ")", 10000);
	eyas_strbuf_adds(sb, "'}\n");
}

static void make_nots(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- {rule: R, desc: d, output: o, priority: INFO, condition: '");
	repeat(sb, "not(", 10000);
	eyas_strbuf_adds(sb, "'}\n");
}

static void make_transformers(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- {rule: R, desc: d, output: o, priority: INFO, condition: '");
	repeat(sb, "tolower(", 10000);
	eyas_strbuf_adds(sb, "'}\n");
}

static void make_long_condition(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(
		sb, "- {rule: R, desc: d, output: o, priority: INFO, condition: 'evt.type=open");
	for (int i = 0; sb->len < 1 << 20; i++)
		eyas_strbuf_addf(sb, " or proc.name=a%d", i);
	eyas_strbuf_adds(sb, "'}\n");
}

static void make_long_list(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- list: l\n  items: [x");
	for (int i = 0; i < 100000; i++)
		eyas_strbuf_addf(sb, ", item%d", i);
	eyas_strbuf_adds(sb, "]\n");
	for (int i = 0; i < 10; i++)
		eyas_strbuf_addf(sb, RULE("R%d", "evt.type=open and proc.name in (l)"), i);
}

static void make_macro_chain(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- {macro: m0, condition: evt.type=open}\n");
	for (int i = 1; i < 100000; i++)
		eyas_strbuf_addf(sb, "- {macro: m%d, condition: m%d}\n", i, i - 1);
	eyas_strbuf_adds(sb, RULE("R", "m99999"));
}

static void make_macro_doubles(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- {macro: m0, condition: evt.type=open}\n");
	for (int i = 1; i < 300; i++)
		eyas_strbuf_addf(sb, "- {macro: m%d, condition: m%d and (m%d or proc.name=x)}\n", i,
				 i - 1, i - 1);
	eyas_strbuf_adds(sb, RULE("R", "m299"));
}

static void make_macro_loop(struct eyas_strbuf *sb)
{
	make_macro_chain(sb);
	eyas_strbuf_adds(sb, "- {macro: m0, condition: m99999}\n");
}

static void make_unknown_keys(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- {list: l, items: []");
	for (int i = 0; i < 100000; i++)
		eyas_strbuf_addf(sb, ", k%d: 1", i);
	eyas_strbuf_adds(sb, "}\n");
}

static void make_appends(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, RULE("R", "evt.type=open"));
	for (int i = 0; i < 20000; i++)
		eyas_strbuf_addf(sb,
				 "- {rule: R, condition: or proc.name=x%d, "
				 "override: {condition: append}}\n",
				 i);
}

static void make_exceptions(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(sb, "- rule: R\n  desc: d\n  condition: evt.type=open\n  output: o\n"
			     "  priority: INFO\n  exceptions:\n");
	for (int i = 0; i < 20000; i++)
		eyas_strbuf_addf(sb, "    - {name: e%d, fields: [proc.name], values: [[a%d]]}\n", i,
				 i);
}

static void make_junk(struct eyas_strbuf *sb)
{
	unsigned int x = 1;

	for (int i = 0; i < 1 << 20; i++) {
		x = x * 1103515245 + 12345;
		eyas_strbuf_addc(sb, (char)(x >> 16));
	}
}

static void make_zeros(struct eyas_strbuf *sb)
{
	for (int i = 0; i < 1 << 20; i++)
		eyas_strbuf_addc(sb, '\0');
}

static void make_quotes(struct eyas_strbuf *sb)
{
	eyas_strbuf_adds(
		sb, "- {rule: R, desc: d, output: o, priority: INFO, condition: 'proc.name in (");
	repeat(sb, "\"a ", 200000);
	eyas_strbuf_adds(sb, "'}\n");
}

/* Time under sanitizers is no measure, but squares of sizes are seen. */
static const struct {
	const char *name;
	void (*make)(struct eyas_strbuf *sb);
	int r;
	const char *msg; /* of the error */
} harms[] = {
	{ "parentheses", make_parens, -EINVAL, "exceeded max depth limit of 1000" },
	{ "nots", make_nots, -EINVAL, "exceeded max depth limit of 1000" },
	{ "transformers", make_transformers, -EINVAL, "exceeded max depth limit of 1000" },
	{ "long condition", make_long_condition, 0, NULL },
	{ "long list", make_long_list, 0, NULL },
	{ "chain of macros", make_macro_chain, 0, NULL },
	{ "macros that double", make_macro_doubles, 0, NULL },
	{ "loop of macros", make_macro_loop, -EINVAL, "reference loop in macro 'm99999'" },
	{ "unknown keys", make_unknown_keys, 0, NULL },
	{ "appends", make_appends, 0, NULL },
	{ "exceptions", make_exceptions, 0, NULL },
	{ "junk", make_junk, -EINVAL, "invalid trailing UTF-8 octet" },
	{ "zeros", make_zeros, -EINVAL, "control characters are not allowed" },
	{ "quotes", make_quotes, -EINVAL, "expected a ')' token" },
};

START_TEST(harm)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct timespec a, b;
	int r;

	harms[_i].make(&sb);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	r = loading_start_with(sb.buf, sb.len, &plain);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	ck_assert_msg(r == harms[_i].r, "%s: %d, %s", harms[_i].name, r,
		      res.len ? res.issues[res.len - 1].msg : "");
	if (r)
		ck_assert_str_eq(res.issues[res.len - 1].msg, harms[_i].msg);
	ck_assert_msg(b.tv_sec - a.tv_sec < 30, "%s: %lld s", harms[_i].name,
		      (long long)(b.tv_sec - a.tv_sec));
	loading_end();
}
END_TEST

/* Beginnings of a file, and the file with a byte changed: an error or not, never a crash. */
START_TEST(cut_and_changed_files)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	unsigned int x = 7;

	ck_assert_int_eq(eyas_read_file("rules/exec.yaml", 1 << 20, &text), 0);
	for (size_t len = 0; len < text.len; len += 37) {
		loading_start_with(text.buf, len, &plain);
		loading_end();
	}
	for (int i = 0; i < 200; i++) {
		char old;
		size_t at;

		x = x * 1103515245 + 12345;
		at = (x >> 8) % text.len;
		old = text.buf[at];
		text.buf[at] = (char)(x >> 24);
		loading_start_with(text.buf, text.len, &plain);
		loading_end();
		text.buf[at] = old;
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, rules_outlive_their_text);
	tcase_add_test(tc, nothing_is_loaded_if_anything_is_wrong);
	tcase_add_test(tc, no_files_are_no_rules);
	tcase_add_test(tc, exceptions_are_part_of_the_condition);
	tcase_add_test(tc, macros_are_built_once);
	tcase_add_loop_test(tc, conditions_alone, 0, EYAS_ARRAY_LEN(conditions));
	tcase_add_test(tc, place_in_the_second_line_of_a_condition);
	tcase_add_test(tc, grammar_of_files);
	tcase_add_test(tc, official_rules_load_unmodified);
	tcase_add_test(tc, shipped_rules_load_without_a_warning);
	tcase_add_loop_test(tc, harm, 0, EYAS_ARRAY_LEN(harms));
	tcase_add_test(tc, cut_and_changed_files);
}

EYAS_TEST_MAIN("load", fill)
