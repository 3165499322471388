// SPDX-License-Identifier: Apache-2.0
/* The configuration: keys, their values, options; what is wrong and what is only odd. */
#include "pipeline/config.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/strbuf.h"
#include "unit.h"

static struct eyas_config c;
static struct eyas_err err;
static struct eyas_strbuf got;

static void setup(void)
{
	eyas_config_init(&c);
	eyas_strbuf_init(&got);
	memset(&err, 0, sizeof(err));
}

static void teardown(void)
{
	eyas_config_release(&c);
	eyas_strbuf_release(&got);
}

static int read_text(const char *text)
{
	return eyas_config_read(&c, "c.yaml", text, strlen(text), &err);
}

static void reads(const char *text)
{
	ck_assert_msg(read_text(text) == 0, "%s", err.msg);
}

static void sets(const char *arg)
{
	ck_assert(eyas_config_is_set(arg));
	ck_assert_msg(eyas_config_set(&c, arg, &err) == 0, "%s", err.msg);
}

static void warnings_are(const char *want)
{
	eyas_strbuf_reset(&got);
	eyas_vec_for_each(&c.warnings, it)
		eyas_strbuf_addf(&got, "%s\n", *it);
	ck_assert_str_eq(got.buf, want);
}

static void files_are(const char *want)
{
	eyas_strbuf_reset(&got);
	eyas_vec_for_each(&c.rules_files, it)
		eyas_strbuf_addf(&got, "%s;", *it);
	ck_assert_str_eq(got.buf, want);
}

/* "+rule/tag", "-" for what is not given. */
static void rules_are(const char *want)
{
	eyas_strbuf_reset(&got);
	eyas_vec_for_each(&c.rules, it)
		eyas_strbuf_addf(&got, "%s%s/%s;", it->enable ? "+" : "-",
				 it->rule ? it->rule : "?", it->tag ? it->tag : "?");
	ck_assert_str_eq(got.buf, want);
}

static void appends_are(const char *want)
{
	eyas_strbuf_reset(&got);
	eyas_vec_for_each(&c.appends, it) {
		eyas_strbuf_addf(&got, "%s/%s/", it->source ? it->source : "?",
				 it->rule ? it->rule : "?");
		for (size_t i = 0; i < it->ntags; i++)
			eyas_strbuf_addf(&got, "%s,", it->tags[i]);
		eyas_strbuf_addf(&got, ":%s", it->output ? it->output : "-");
		for (size_t i = 0; i < it->nfields; i++)
			eyas_strbuf_addf(&got, " %s=%s", it->fields[i].key,
					 it->fields[i].format ? it->fields[i].format : "*");
		eyas_strbuf_adds(&got, it->suggested ? " +;" : ";");
	}
	ck_assert_str_eq(got.buf, want);
}

START_TEST(nothing_changes_nothing)
{
	reads("");
	reads("---\n# only this\n");
	reads("syscall_event_drops:\nrules_files:\n");
	ck_assert(c.watch_files && c.json_output && c.json_fields && c.json_tags && c.stdout_on);
	ck_assert(!c.json && !c.json_message && !c.iso_time && !c.file_on);
	ck_assert_ptr_null(c.priority);
	ck_assert_ptr_null(c.rule_matching);
	ck_assert_uint_eq(eyas_config_drops(&c), EYAS_DROPS_ALERT);
	ck_assert(c.drops_threshold <= 0);
	files_are("");
	warnings_are("");
}
END_TEST

START_TEST(every_key_that_means_something)
{
	reads("rules_files: [/etc/a.yaml, /etc/rules.d]\n"
	      "rules:\n  - disable: {rule: '*'}\n  - enable: {tag: network}\n"
	      "  - enable: {rule: A*, tag: x}\n"
	      "json_output: true\njson_include_output_property: false\n"
	      "json_include_message_property: true\njson_include_output_fields_property: no\n"
	      "json_include_tags_property: off\ntime_format_iso_8601: yes\n"
	      "priority: NOTICE\nrule_matching: all\nwatch_config_files: false\n"
	      "stdout_output: {enabled: false}\n"
	      "file_output:\n  enabled: true\n  filename: ./events.txt\n"
	      "static_fields: {site: west, n: 7}\n"
	      "syscall_event_drops: {threshold: 0.25, actions: [log, exit]}\n"
	      "append_output:\n"
	      "  - suggested_output: true\n"
	      "  - match: {source: syscall, rule: R, tags: [a, b]}\n"
	      "    extra_output: on %evt.hostname\n"
	      "    extra_fields: [proc.name, who: '%proc.pid of %user.name']\n");
	warnings_are("");
	files_are("/etc/a.yaml;/etc/rules.d;");
	rules_are("-*/?;+?/network;+A*/x;");
	ck_assert(c.json && !c.json_output && c.json_message && !c.json_fields && !c.json_tags);
	ck_assert(c.iso_time && !c.watch_files && !c.stdout_on && c.file_on);
	ck_assert_str_eq(c.file, "./events.txt");
	ck_assert_str_eq(c.priority, "NOTICE");
	ck_assert_str_eq(c.rule_matching, "all");
	ck_assert_uint_eq(eyas_config_drops(&c), EYAS_DROPS_LOG | EYAS_DROPS_EXIT);
	ck_assert(c.drops_threshold > 0.24 && c.drops_threshold < 0.26);
	ck_assert_uint_eq(c.statics.len, 2);
	ck_assert_str_eq(c.statics.data[0].name, "site");
	ck_assert_str_eq(c.statics.data[1].value, "7");
	appends_are("?/?/:- +;syscall/R/a,b,:on %evt.hostname proc.name=* "
		    "who=%proc.pid of %user.name;");
}
END_TEST

START_TEST(a_later_file_goes_before_an_earlier_one)
{
	reads("rules_files: [a]\nrules: [{disable: {tag: x}}]\njson_output: true\n");
	reads("rules_files: [b, c]\nrules: []\njson_output: false\n");
	files_are("b;c;");
	rules_are("");
	ck_assert(!c.json);
}
END_TEST

START_TEST(odd_keys_are_warnings)
{
	reads("json_outptu: true\n"
	      "engine: {kind: modern_ebpf}\n"
	      "outputs_queue: {capacity: 0}\n"
	      "webserver: {enabled: false}\n"
	      "http_output: {enabled: true, url: x}\n"
	      "file_output: {keep_alive: false, nmae: x}\n"
	      "append_output: [{exrta: x}]\n"
	      "rules: [{toggle: {rule: x}}]\n"
	      "zzzzzzzz: 1\n");
	warnings_are("c.yaml:1:1: unknown key 'json_outptu'; did you mean 'json_output'?\n"
		     "c.yaml:6:34: unknown key 'file_output.nmae'; did you mean "
		     "'file_output.enabled'?\n"
		     "c.yaml:7:18: append_output: unknown key 'exrta'\n"
		     "c.yaml:8:10: rules: unknown key 'toggle'\n"
		     "c.yaml:9:1: unknown key 'zzzzzzzz'\n"
		     "c.yaml: no effect here: engine, outputs_queue, http_output\n");
	ck_assert(!c.json);
}
END_TEST

static const struct { const char *text, *msg; } wrong[] = {
	{ "json_output: maybe\n", "c.yaml:1:14: json_output: 'maybe' is neither true nor false" },
	{ "a: b: c\n", "c.yaml:1:5: this is no YAML: mapping values are not allowed in this "
		       "context" },
	{ "- a\n", "c.yaml:1:1: this is no configuration: write KEY: VALUE" },
	{ "priority: loud\n",
	  "c.yaml:1:11: priority: 'loud' is not a priority, as 'warning' is" },
	{ "rule_matching: some\n",
	  "c.yaml:1:16: rule_matching: 'some' is neither 'first' nor 'all'" },
	{ "priority: [a]\n", "c.yaml:1:11: priority: it must be one text" },
	{ "file_output: {filename: \"a\\0b\"}\n",
	  "c.yaml:1:25: file_output.filename: it holds a NUL byte" },
	{ "\nrules_files: [[a]]\n", "c.yaml:2:15: rules_files: it must be one text" },
	{ "rules_files: ['']\n", "c.yaml:1:15: rules_files: a file has a name" },
	{ "rules: [x]\n", "c.yaml:1:9: rules: it must be KEY: VALUE" },
	{ "rules: [{enable: {}}]\n", "c.yaml:1:18: rules: name a rule or a tag" },
	{ "static_fields: {'a b': 1}\n",
	  "c.yaml:1:17: static_fields: 'a b' is not made of letters, digits, '_' and '.'" },
	{ "static_fields: [a]\n", "c.yaml:1:16: static_fields: it must be KEY: VALUE" },
	{ "syscall_event_drops: {actions: [shout]}\n",
	  "c.yaml:1:33: syscall_event_drops.actions: 'shout' is not ignore, log, alert or exit" },
	{ "syscall_event_drops: {threshold: 2}\n",
	  "c.yaml:1:34: syscall_event_drops.threshold: '2' is not a number from 0 to 1" },
	{ "syscall_event_drops: {threshold: nan}\n",
	  "c.yaml:1:34: syscall_event_drops.threshold: 'nan' is not a number from 0 to 1" },
	{ "append_output: [{suggested_output: 7}]\n",
	  "c.yaml:1:36: append_output: '7' is neither true nor false" },
	{ "append_output: [{extra_fields: [{? [a] : b}]}]\n",
	  "c.yaml:1:36: append_output: a key must be one text" },
};

START_TEST(wrong_values_are_errors)
{
	ck_assert_int_eq(read_text(wrong[_i].text), -EINVAL);
	ck_assert_str_eq(err.msg, wrong[_i].msg);
}
END_TEST

START_TEST(options_are_known_by_their_keys)
{
	ck_assert(eyas_config_is_set("json_output=true"));
	ck_assert(eyas_config_is_set("rules[].disable.rule=*"));
	ck_assert(eyas_config_is_set("file_output.filename=x=y"));
	ck_assert(eyas_config_is_set("engine.kind=kmod"));
	ck_assert(eyas_config_is_set("static_fields.a=b"));
	ck_assert(!eyas_config_is_set("json_output"));
	ck_assert(!eyas_config_is_set("alerts.json"));
	ck_assert(!eyas_config_is_set("a=b"));
	ck_assert(!eyas_config_is_set("/tmp/json_output=1"));
	ck_assert(!eyas_config_is_set("priority.txt"));
	ck_assert(!eyas_config_is_set("=x"));
	ck_assert(!eyas_config_is_set(""));
}
END_TEST

START_TEST(options_win_and_add)
{
	reads("rules_files: [a]\nrules: [{disable: {tag: x}}]\nstatic_fields: {a: '1', b: '2'}\n"
	      "syscall_event_drops: {actions: [log]}\nappend_output: [{extra_output: x}]\n");
	sets("json_output=true");
	sets("rules_files[]=b");
	sets("rules[].disable.rule=*");
	sets("rules[].enable.tag=net, \"x\"");
	sets("static_fields.b=three");
	sets("static_fields.c=");
	sets("syscall_event_drops.actions[]=alert");
	sets("append_output[]={\"match\": {\"source\": \"syscall\"}, "
	     "\"extra_output\": \"on %evt.hostname\"}");
	sets("file_output.filename=x=y");
	files_are("a;b;");
	rules_are("-?/x;-*/?;+?/net, \"x\";");
	appends_are("?/?/:x;syscall/?/:on %evt.hostname;");
	ck_assert(c.json);
	ck_assert_uint_eq(eyas_config_drops(&c), EYAS_DROPS_LOG | EYAS_DROPS_ALERT);
	ck_assert_uint_eq(c.statics.len, 3);
	ck_assert_str_eq(c.statics.data[1].value, "three");
	ck_assert_str_eq(c.statics.data[2].value, "");
	ck_assert_str_eq(c.file, "x=y");
	/* Without [] it is another list. */
	sets("rules_files=[d, e]");
	files_are("d;e;");
	sets("rules_files=f");
	files_are("f;");
	warnings_are("");
	sets("outputs_queue.capacity=5");
	warnings_are("outputs_queue.capacity=5: no effect here: outputs_queue\n");
}
END_TEST

START_TEST(options_replace_an_item)
{
	reads("rules_files: [a, b]\nrules: [{disable: {tag: x}}]\n"
	      "syscall_event_drops: {actions: [log, alert]}\n");
	sets("rules_files[0]=z");
	sets("rules_files[2]=c");
	files_are("z;b;c;");
	sets("rules[0]={enable: {rule: r}}");
	rules_are("+r/?;");
	sets("syscall_event_drops.actions[1]=exit");
	ck_assert_uint_eq(eyas_config_drops(&c), EYAS_DROPS_LOG | EYAS_DROPS_EXIT);
	ck_assert_int_eq(eyas_config_set(&c, "rules_files[4]=d", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "rules_files[4]=d: rules_files: it has no item 4, only 3");
	files_are("z;b;c;");
	ck_assert_int_eq(eyas_config_set(&c, "rules_files[9999999]=d", &err), -EINVAL);
}
END_TEST

START_TEST(no_action_is_no_action)
{
	reads("syscall_event_drops: {actions: []}\n");
	ck_assert_uint_eq(eyas_config_drops(&c), 0);
}
END_TEST

START_TEST(values_have_the_environment_in_them)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "${EYAS_A}", "one" },		{ "x${EYAS_A}/${EYAS_B}y", "xone/twoy" },
		{ "${EYAS_NONE}", "" },		{ "a${EYAS_NONE}b", "ab" },
		{ "$${EYAS_A}", "${EYAS_A}" },	{ "$${EYAS_A}${EYAS_A}", "${EYAS_A}one" },
		{ "$EYAS_A", "$EYAS_A" },	{ "${EYAS_A", "${EYAS_A" },
		{ "${}", "" },			{ "a$b${EYAS_A}", "a$bone" },
		{ "${EYAS_R}", "${EYAS_A}" },	{ "$", "$" },
	};

	setenv("EYAS_A", "one", 1);
	setenv("EYAS_B", "two", 1);
	setenv("EYAS_R", "${EYAS_A}", 1);
	unsetenv("EYAS_NONE");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[128];

		snprintf(text, sizeof(text), "file_output: {filename: '%s'}\n", cases[i].text);
		reads(text);
		ck_assert_str_eq(c.file, cases[i].want);
	}
	setenv("EYAS_A", "true", 1);
	reads("json_output: ${EYAS_A}\nrules_files: ['${EYAS_B}.yaml']\n");
	ck_assert(c.json);
	files_are("two.yaml;");
	/* An option comes from a shell, which has its own say. */
	sets("file_output.filename=${EYAS_A}");
	ck_assert_str_eq(c.file, "${EYAS_A}");
}
END_TEST

START_TEST(wrong_options_are_errors)
{
	ck_assert_int_eq(eyas_config_set(&c, "json_output=x", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "json_output=x: json_output: 'x' is neither true nor false");
	ck_assert_int_eq(eyas_config_set(&c, "rules[0].disable.rule=x", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "rules[0].disable.rule=x: this key: an item is set whole: "
				  "a[0]={...}");
	ck_assert_int_eq(eyas_config_set(&c, "rules[x]=y", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "rules[x]=y: this key: write a.b=VALUE, a[]=VALUE to add to a "
				  "list, or a[0]=VALUE");
	ck_assert_int_eq(eyas_config_set(&c, "json_output", &err), -EINVAL);
	ck_assert_int_eq(eyas_config_set(&c, "append_output[]={\"a\"", &err), -EINVAL);
	ck_assert_int_eq(eyas_config_set(&c, "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q=1", &err),
			 -EINVAL);
	ck_assert_ptr_nonnull(strstr(err.msg, "it has too many parts"));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, nothing_changes_nothing);
	tcase_add_test(tc, every_key_that_means_something);
	tcase_add_test(tc, a_later_file_goes_before_an_earlier_one);
	tcase_add_test(tc, odd_keys_are_warnings);
	tcase_add_loop_test(tc, wrong_values_are_errors, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(tc, options_are_known_by_their_keys);
	tcase_add_test(tc, options_win_and_add);
	tcase_add_test(tc, options_replace_an_item);
	tcase_add_test(tc, no_action_is_no_action);
	tcase_add_test(tc, values_have_the_environment_in_them);
	tcase_add_test(tc, wrong_options_are_errors);
}

EYAS_TEST_MAIN("config", fill)
