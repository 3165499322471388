// SPDX-License-Identifier: Apache-2.0
/* Descriptions: details, and JSON in the form that Falco's users know. */
#include <errno.h>
#include <string.h>
#include "rule/describe.h"
#include "unit.h"

static const char file[] =
	"- required_engine_version: 0.57.0\n"
	"- required_plugin_versions: [{name: container, version: 0.4.0, alternatives: "
	"[{name: docker, version: 1.0.0}]}]\n"
	"- list: shells\n"
	"  items: [sh, bash]\n"
	"- list: more\n"
	"  items: [shells, zsh]\n"
	"- macro: opened\n"
	"  condition: evt.type in (open, openat) and fd.num>=0\n"
	"- macro: by_shell\n"
	"  condition: opened and proc.name in (more)\n"
	"- macro: unused\n"
	"  condition: evt.num=0\n"
	"- rule: A\n"
	"  desc: \"what: \\\"it\\\" is\"\n"
	"  condition: by_shell and not tolower(proc.pname)=x\n"
	"  output: f=%fd.name p=%proc.name n=%proc.name a=%proc.aname[2]\n"
	"  priority: warning\n"
	"  tags: [b, a]\n"
	"  exceptions:\n"
	"    - {name: e1, fields: [proc.exepath, user.name], comps: [startswith, =], "
	"values: [[/x, root]]}\n"
	"    - {name: e2, fields: proc.cmdline, values: [c]}\n"
	"    - {name: e3, fields: proc.tty}\n"
	"- {rule: B, desc: d, condition: evt.type=creat, output: o, priority: INFO,\n"
	"   enabled: false}\n";

static struct eyas_rules_text text = { "r.yaml", file, sizeof(file) - 1 };
static struct eyas_description *d;
static struct eyas_load_result res;

static void setup(void)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	int r = eyas_description_load(&d, &text, 1, &opt, &res);

	ck_assert_msg(!r, "%s", res.len ? res.issues[res.len - 1].msg : "?");
}

static void teardown(void)
{
	eyas_description_free(d);
	d = NULL;
	eyas_load_result_release(&res);
}

static void check_names(const struct eyas_names *names, const char *want)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_vec_for_each(&names->v, it)
		eyas_strbuf_addf(&sb, "%s%s", sb.len ? " " : "", *it);
	ck_assert_str_eq(sb.buf, want);
}

START_TEST(details)
{
	const struct eyas_ruleset *rs = eyas_description_rules(d);
	struct eyas_details det;

	ck_assert_int_eq(eyas_description_rule(d, eyas_ruleset_at(rs, 0), &det), 0);
	ck_assert_str_eq(
		det.condition.buf,
		"((((evt.type in (open, openat) and fd.num >= 0) and proc.name in (sh, bash, "
		"zsh)) and not tolower(proc.pname) = x) and not (proc.exepath startswith /x "
		"and user.name = root) and not proc.cmdline in (c))");
	check_names(&det.macros, "by_shell");
	check_names(&det.lists, "");
	check_names(&det.operators, "= >= in startswith");
	check_names(&det.fields, "evt.type fd.num proc.cmdline proc.exepath proc.name proc.pname "
				 "user.name");
	check_names(&det.output_fields, "fd.name proc.aname[2] proc.name");
	check_names(&det.exceptions, "e1 e2 e3");
	check_names(&det.exception_fields, "proc.cmdline proc.exepath user.name");
	check_names(&det.exception_operators, "= in startswith");
	ck_assert_uint_ne(det.policy.plan[EYAS_ABI_X86_64][2], 0);
	ck_assert_uint_eq(det.policy.plan[EYAS_ABI_X86_64][85], 0);
	eyas_details_release(&det);
	/* What a rule that is off would ask for is told, too. */
	ck_assert_int_eq(eyas_description_rule(d, eyas_ruleset_at(rs, 1), &det), 0);
	ck_assert_uint_ne(det.policy.plan[EYAS_ABI_X86_64][85], 0);
	ck_assert_uint_eq(det.policy.plan[EYAS_ABI_X86_64][2], 0);
	eyas_details_release(&det);
}
END_TEST

static void check_json(json_t *got, const char *want)
{
	json_error_t err;
	json_t *w = json_loads(want, 0, &err);
	char *text_got = json_dumps(got, JSON_SORT_KEYS | JSON_INDENT(1));
	char *text_want = json_dumps(w, JSON_SORT_KEYS | JSON_INDENT(1));

	ck_assert_msg(w != NULL, "%s in line %d", err.text, err.line);
	ck_assert_str_eq(text_got, text_want);
	free(text_got);
	free(text_want);
	json_decref(w);
}

START_TEST(rule_as_json)
{
	const struct eyas_ruleset *rs = eyas_description_rules(d);
	json_t *o = eyas_description_json(d, eyas_ruleset_at(rs, 0));

	ck_assert_uint_eq(json_object_size(o), 1);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "rules")), 1);
	check_json(json_array_get(json_object_get(o, "rules"), 0),
		   "{\"info\": {\"name\": \"A\", "
		   "\"condition\": \"by_shell and not tolower(proc.pname)=x\","
		   "\"priority\": \"Warning\","
		   "\"output\": \"f=%fd.name p=%proc.name n=%proc.name a=%proc.aname[2]\","
		   "\"description\": \"what: \\\"it\\\" is\", "
		   "\"enabled\": true, \"source\": \"syscall\","
		   "\"capture\": false, \"capture_duration\": 0, \"tags\": [\"a\", \"b\"]},"
		   "\"details\": {\"macros\": [\"by_shell\"], \"lists\": [],"
		   "\"condition_operators\": [\"=\", \">=\", \"in\", \"startswith\"],"
		   "\"condition_fields\": [\"evt.type\", \"fd.num\", \"proc.cmdline\", "
		   "\"proc.exepath\","
		   " \"proc.name\", \"proc.pname\", \"user.name\"],"
		   "\"output_fields\": [\"fd.name\", \"proc.aname[2]\", \"proc.name\"],"
		   "\"exception_fields\": [\"proc.cmdline\", \"proc.exepath\", \"user.name\"],"
		   "\"exception_names\": [\"e1\", \"e2\", \"e3\"],"
		   "\"exception_operators\": [\"=\", \"in\", \"startswith\"],"
		   "\"events\": [\"open\", \"openat\"],"
		   "\"condition_compiled\": \"((((evt.type in (open, openat) and fd.num >= 0) "
		   "and proc.name"
		   " in (sh, bash, zsh)) and not tolower(proc.pname) = x) and not "
		   "(proc.exepath startswith"
		   " /x and user.name = root) and not proc.cmdline in (c))\","
		   "\"output_compiled\": \"f=%fd.name p=%proc.name n=%proc.name a=%proc.aname[2]\","
		   "\"extra_output_formatted_fields\": {}, \"plugins\": []}}");
	json_decref(o);
}
END_TEST

START_TEST(all_as_json)
{
	json_t *o = eyas_description_json(d, NULL);

	ck_assert_uint_eq(json_array_size(json_object_get(o, "rules")), 2);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "macros")), 3);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "lists")), 2);
	ck_assert_str_eq(json_string_value(json_object_get(o, "required_engine_version")),
			 "0.57.0");
	check_json(json_object_get(o, "required_plugin_versions"),
		   "[{\"name\": \"container\", \"version\": \"0.4.0\", \"alternatives\": "
		   "[{\"name\": \"docker\", \"version\": \"1.0.0\"}]}]");
	check_json(json_array_get(json_object_get(o, "macros"), 1),
		   "{\"info\": {\"name\": \"by_shell\", "
		   "\"condition\": \"opened and proc.name in (more)\"},"
		   "\"details\": {\"used\": true, \"macros\": [\"opened\"], \"lists\": [\"more\"],"
		   "\"condition_operators\": [\">=\", \"in\"],"
		   "\"condition_fields\": [\"evt.type\", \"fd.num\", \"proc.name\"],"
		   "\"events\": [\"open\", \"openat\"],"
		   "\"condition_compiled\": \"((evt.type in (open, openat) and fd.num >= 0) and "
		   "proc.name in (sh, bash, zsh))\", \"plugins\": []}}");
	check_json(json_array_get(json_object_get(o, "macros"), 2),
		   "{\"info\": {\"name\": \"unused\", \"condition\": \"evt.num=0\"},"
		   "\"details\": {\"used\": false, \"macros\": [], \"lists\": [],"
		   "\"condition_operators\": [\"=\"], \"condition_fields\": [\"evt.num\"],"
		   "\"events\": [], \"condition_compiled\": \"evt.num = 0\", \"plugins\": []}}");
	check_json(json_array_get(json_object_get(o, "lists"), 1),
		   "{\"info\": {\"name\": \"more\", \"items\": [\"shells\", \"zsh\"]},"
		   "\"details\": {\"used\": true, \"lists\": [\"shells\"],"
		   "\"items_compiled\": [\"sh\", \"bash\", \"zsh\"], \"plugins\": []}}");
	json_decref(o);
}
END_TEST

START_TEST(results_as_json)
{
	static const char a[] = "- {list: l, items: [a]}\n";
	static const char b[] = "- {rule: R, desc: d, output: o, priority: INFO,\n"
				"   condition: proc.nme=x}\n";
	struct eyas_rules_text two[] = { { "a.yaml", a, sizeof(a) - 1 },
					 { "b.yaml", b, sizeof(b) - 1 } };
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_load_result bad;
	struct eyas_ruleset *rs = NULL;
	json_t *o;

	ck_assert_int_eq(eyas_ruleset_load(&rs, two, 2, &opt, &bad), -EINVAL);
	o = eyas_load_result_json(&bad, two, 2);
	check_json(o,
		   "{\"falco_load_results\": ["
		   "{\"name\": \"a.yaml\", \"successful\": true, \"errors\": [], \"warnings\": []},"
		   "{\"name\": \"b.yaml\", \"successful\": false, \"warnings\": [], \"errors\": [{"
		   "\"code\": \"LOAD_ERR_COMPILE_CONDITION\", "
		   "\"codedesc\": \"Error compiling condition\","
		   "\"message\": \"filter_check called with nonexistent field proc.nme\","
		   "\"hint\": \"did you mean 'proc.name'?\","
		   "\"context\": {\"snippet\": \"   condition: proc.nme=x}\\n              ^\\n\","
		   "\"locations\": ["
		   "{\"item_type\": \"rules content\", \"item_name\": \"\", \"position\": "
		   "{\"name\": \"b.yaml\", \"line\": 0, \"column\": 0, \"offset\": 0}},"
		   "{\"item_type\": \"rule\", \"item_name\": \"R\", \"position\": "
		   "{\"name\": \"b.yaml\", \"line\": 1, \"column\": 3, \"offset\": 2}},"
		   "{\"item_type\": \"rule condition\", \"item_name\": \"\", \"position\": "
		   "{\"name\": \"b.yaml\", \"line\": 2, \"column\": 15, \"offset\": 62}},"
		   "{\"item_type\": \"condition expression\", \"item_name\": \"\", \"position\": "
		   "{\"name\": \"b.yaml\", \"line\": 2, \"column\": 15, \"offset\": 62}}]}}]}]}");
	json_decref(o);
	eyas_load_result_release(&bad);
}
END_TEST

START_TEST(errors_are_given_back)
{
	static const char bad[] = "- {rule: R}\n";
	struct eyas_rules_text t = { "r.yaml", bad, sizeof(bad) - 1 };
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_description *none = NULL;
	struct eyas_load_result r;

	ck_assert_int_eq(eyas_description_load(&none, &t, 1, &opt, &r), -EINVAL);
	ck_assert_ptr_null(none);
	ck_assert_uint_eq(r.errors, 1);
	eyas_load_result_release(&r);
	eyas_description_free(NULL);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, details);
	tcase_add_test(tc, rule_as_json);
	tcase_add_test(tc, all_as_json);
	tcase_add_test(tc, results_as_json);
	tcase_add_test(tc, errors_are_given_back);
}

EYAS_TEST_MAIN("describe", fill)
