// SPDX-License-Identifier: Apache-2.0
/* What options change of rules: on or off, more output, more fields. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include "base/util.h"
#include "fields.h"
#include "output/output.h"
#include "unit.h"

static struct eyas_fields f;
static struct eyas_ruleset *rules;
static struct eyas_ruleset_options ro;
static struct eyas_alert_options opt;
static struct eyas_load_result res;
static struct eyas_strbuf line;

static const char yaml[] =
	"- {rule: Open a file, desc: d, condition: evt.type = openat,\n"
	"   output: 'o %fd.name', priority: WARNING, tags: [file, quiet]}\n"
	"- {rule: 'Open [x]', desc: d, condition: evt.type = openat,\n"
	"   output: 'x', priority: ERROR, tags: [file]}\n"
	"- {rule: Net, desc: d, condition: evt.type = connect,\n"
	"   output: 'n', priority: INFO, tags: [net], enabled: false}\n";

static int try_load(const char *text)
{
	struct eyas_rules_text t = { .name = "test.yaml", .text = text, .len = strlen(text) };

	eyas_ruleset_free(rules);
	rules = NULL;
	eyas_load_result_release(&res);
	return eyas_ruleset_load(&rules, &t, 1, &ro, &res);
}

static void load(const char *text)
{
	int r = try_load(text);

	ck_assert_msg(r == 0, "%s", res.len ? res.issues[res.len - 1].msg : "?");
}

static void setup(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	eyas_fields_create(&f);
	eyas_strbuf_init(&line);
	rules = NULL;
	memset(&res, 0, sizeof(res));
	ro = (struct eyas_ruleset_options){ .min_priority = EYAS_PRIO_DEBUG };
	opt = (struct eyas_alert_options){ .hostname = "h1" };
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_openat, -ENOENT, (uint64_t)AT_FDCWD, 0x7000, O_RDONLY);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, "/etc/x");
	f.b.last->time = 1000000002ULL;
	eyas_fields_see(&f);
}

static void teardown(void)
{
	eyas_load_result_release(&res);
	eyas_ruleset_free(rules);
	eyas_strbuf_release(&line);
	eyas_fields_release(&f);
}

/* ---- on or off ---- */

/* A letter for each rule: on or off. */
static const char *on(const struct eyas_rule_switch *s, size_t n)
{
	static char ret[8];

	ro.switches = s;
	ro.nswitches = n;
	load(yaml);
	for (size_t i = 0; i < eyas_ruleset_len(rules); i++) {
		struct eyas_rule_info info;

		eyas_rule_info(eyas_ruleset_at(rules, i), &info);
		ck_assert_uint_eq(info.index, i);
		ret[i] = info.enabled ? '1' : '0';
		ret[i + 1] = '\0';
	}
	return ret;
}

#define ON(want, ...)								\
	do {									\
		struct eyas_rule_switch _s[] = { __VA_ARGS__ };			\
		ck_assert_str_eq(on(_s, EYAS_ARRAY_LEN(_s)), want);		\
	} while (0)

START_TEST(switches_are_tried_in_order)
{
	ck_assert_str_eq(on(NULL, 0), "110");
	ON("000", { false, "*", NULL });
	ON("001", { false, "*", NULL }, { true, NULL, "net" });
	ON("000", { true, NULL, "net" }, { false, "*", NULL });
	ON("010", { false, NULL, "quiet" });
	ON("010", { false, "Open*", "quiet" });
	ON("110", { false, "Net", "file" });
	ON("110", { false, "open*", NULL });
	ON("110", { false, "Open", NULL });
	/* As a pattern it is another one. */
	ON("110", { false, "Open [x]", NULL });
	ON("100", { false, "Open \\[x]", NULL });
	ON("100", { false, "*[[]x*", NULL });
}
END_TEST

START_TEST(what_is_off_matches_nothing)
{
	struct eyas_rule_switch off = { false, "*", NULL };
	struct eyas_policy p;

	ck_assert_str_eq(on(&off, 1), "000");
	eyas_ruleset_policy(rules, &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat] & EYAS_PLAN_RECORD, 0);
	ck_assert_str_eq(on(NULL, 0), "110");
	eyas_ruleset_policy(rules, &p);
	ck_assert_uint_ne(p.plan[EYAS_ABI_X86_64][SYS_openat] & EYAS_PLAN_RECORD, 0);
}
END_TEST

/* ---- output ---- */

static void render_is(size_t rule, const char *want)
{
	ck_assert_int_eq(eyas_alert_render(eyas_ruleset_at(rules, rule), &f.ctx, &opt, &line), 0);
	ck_assert_str_eq(line.buf, want);
}

#define AT "00:00:01.000000002: "

START_TEST(output_is_appended_where_all_of_a_match_applies)
{
	static const char *const tags[] = { "file", "quiet" };
	struct eyas_append a[] = {
		{ .output = "all=%evt.type" },
		{ .source = "syscall", .tags = tags, .ntags = 2, .output = "both=%proc.name" },
		{ .rule = "Open [x]", .output = "this" },
		{ .source = "k8s_audit", .output = "not=%ka.verb" },
		{ .rule = "Open", .output = "no such rule" },
	};

	ro.appends = a;
	ro.nappends = EYAS_ARRAY_LEN(a);
	load(yaml);
	render_is(0, AT "Warning o /etc/x all=openat both=cat");
	render_is(1, AT "Error x all=openat this");
}
END_TEST

START_TEST(what_tells_a_container_is_suggested_once)
{
	struct eyas_append a[] = { { .suggested = true, .output = "a" }, { .suggested = true } };

	ro.appends = a;
	ro.nappends = EYAS_ARRAY_LEN(a);
	load(yaml);
	render_is(1, AT "Error x a container_id=<NA> container_name=<NA> "
		     "container_image_repository=<NA> container_image_tag=<NA> "
		     "k8s_pod_name=<NA> k8s_ns_name=<NA>");
}
END_TEST

START_TEST(a_wrong_append_is_an_error_of_the_rule)
{
	struct eyas_append a = { .output = "%proc.nmae" };
	struct eyas_append_field x = { .key = "proc.nmae" };

	ro.appends = &a;
	ro.nappends = 1;
	ck_assert_int_eq(try_load(yaml), -EINVAL);
	ck_assert_str_eq(res.issues[0].code, "LOAD_ERR_COMPILE_OUTPUT");
	ck_assert_uint_eq(res.issues[0].line, 2);
	a = (struct eyas_append){ .fields = &x, .nfields = 1 };
	ck_assert_int_eq(try_load(yaml), -EINVAL);
	ck_assert_str_eq(res.issues[0].code, "LOAD_ERR_COMPILE_OUTPUT");
	ck_assert_ptr_nonnull(strstr(res.issues[0].msg, "proc.nmae"));
}
END_TEST

/* ---- fields ---- */

#define JSON(out, fields, prio, rule, tags)						\
	"{\"hostname\":\"h1\",\"output\":\"" AT prio " " out "\",\"output_fields\":{"	\
	fields "},\"priority\":\"" prio "\",\"rule\":\"" rule "\",\"source\":\"syscall\","\
	"\"tags\":[" tags "],\"time\":\"1970-01-01T00:00:01.000000002Z\"}"

START_TEST(extra_fields_are_members_and_no_text)
{
	struct eyas_append_field x[] = {
		{ .key = "evt.num" }, { .key = "proc.pid" }, { .key = "k8s.ns.name" },
		{ .key = "who", .format = "%proc.name(%proc.pid)" },
		{ .key = "fd.name", .format = "mine" },
	};
	struct eyas_append a = { .fields = x, .nfields = EYAS_ARRAY_LEN(x) };

	ro.appends = &a;
	ro.nappends = 1;
	f.ev.num = 5;
	load(yaml);
	render_is(0, AT "Warning o /etc/x");
	opt.form = EYAS_ALERT_JSON;
	render_is(0, JSON("o /etc/x", "\"evt.num\":5,\"evt.time\":1000000002,\"fd.name\":\"mine\","
			  "\"k8s.ns.name\":null,\"proc.pid\":300,\"who\":\"cat(300)\"",
			  "Warning", "Open a file", "\"file\",\"quiet\""));
}
END_TEST

START_TEST(an_extra_field_is_asked_of_the_kernel)
{
	struct eyas_append_field x = { .key = "fd.name" };
	struct eyas_append a = { .rule = "Open [x]", .fields = &x, .nfields = 1 };
	static const char text[] = "- {rule: 'Open [x]', desc: d, condition: evt.type = openat,"
				   " output: x, priority: ERROR}\n";
	struct eyas_policy p;

	load(text);
	eyas_ruleset_policy(rules, &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat] & EYAS_PLAN_STRINGS, 0);
	ro.appends = &a;
	ro.nappends = 1;
	load(text);
	eyas_ruleset_policy(rules, &p);
	ck_assert_uint_ne(p.plan[EYAS_ABI_X86_64][SYS_openat] & EYAS_PLAN_STRINGS, 0);
}
END_TEST

START_TEST(static_fields_are_fields_and_members)
{
	struct eyas_static_field s[] = { { "site", "west \"1\"" }, { "a.b", "" } };
	struct eyas_append a = { .output = "at=%static.site" };

	ro.statics = s;
	ro.nstatics = EYAS_ARRAY_LEN(s);
	ro.appends = &a;
	ro.nappends = 1;
	load("- {rule: A, desc: d, condition: evt.type = openat and static.site startswith west,\n"
	     "   output: 'o %static.a.b.', priority: WARNING}\n");
	memset(s, 0, sizeof(s));
	render_is(0, AT "Warning o . at=west \\\"1\\\"");
	opt.form = EYAS_ALERT_JSON;
	render_is(0, JSON("o . at=west \\\"1\\\"", "\"evt.time\":1000000002,\"static.a.b\":\"\","
			  "\"static.site\":\"west \\\"1\\\"\"", "Warning", "A", ""));
}
END_TEST

static int counted(const struct eyas_rule *rule _unused_, void *arg)
{
	++*(int *)arg;
	return 0;
}

START_TEST(static_fields_are_tested)
{
	struct eyas_static_field s = { "site", "west" };
	int n = 0;

	ro.statics = &s;
	ro.nstatics = 1;
	ro.match_all = true;
	load("- {rule: A, desc: d, condition: evt.type = openat and static.site = west,\n"
	     "   output: a, priority: WARNING}\n"
	     "- {rule: B, desc: d, condition: evt.type = openat and static.site = east,\n"
	     "   output: b, priority: WARNING}\n"
	     "- {rule: C, desc: d, condition: 'evt.type = openat and static.site in (west, x)',\n"
	     "   output: c, priority: WARNING}\n");
	ck_assert_int_eq(eyas_ruleset_match(rules, &f.ctx, counted, &n), 2);
	ck_assert_int_eq(n, 2);
	ro.nstatics = 0;
	ck_assert_int_eq(try_load("- {rule: A, desc: d, condition: static.site = west,\n"
				  "   output: a, priority: WARNING}\n"), -EINVAL);
}
END_TEST

START_TEST(members_are_left_out_and_added)
{
	load(yaml);
	opt.form = EYAS_ALERT_JSON;
	opt.message = true;
	opt.no_output = true;
	render_is(0, "{\"hostname\":\"h1\",\"message\":\"o /etc/x\",\"output_fields\":"
		     "{\"evt.time\":1000000002,\"fd.name\":\"/etc/x\"},\"priority\":\"Warning\","
		     "\"rule\":\"Open a file\",\"source\":\"syscall\","
		     "\"tags\":[\"file\",\"quiet\"],\"time\":\"1970-01-01T00:00:01.000000002Z\"}");
	opt.message = opt.no_output = false;
	opt.no_output_fields = opt.no_tags = true;
	render_is(0, "{\"hostname\":\"h1\",\"output\":\"" AT "Warning o /etc/x\","
		     "\"priority\":\"Warning\",\"rule\":\"Open a file\",\"source\":\"syscall\","
		     "\"time\":\"1970-01-01T00:00:01.000000002Z\"}");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, switches_are_tried_in_order);
	tcase_add_test(tc, what_is_off_matches_nothing);
	tcase_add_test(tc, output_is_appended_where_all_of_a_match_applies);
	tcase_add_test(tc, what_tells_a_container_is_suggested_once);
	tcase_add_test(tc, a_wrong_append_is_an_error_of_the_rule);
	tcase_add_test(tc, extra_fields_are_members_and_no_text);
	tcase_add_test(tc, an_extra_field_is_asked_of_the_kernel);
	tcase_add_test(tc, static_fields_are_fields_and_members);
	tcase_add_test(tc, static_fields_are_tested);
	tcase_add_test(tc, members_are_left_out_and_added);
}

EYAS_TEST_MAIN("adjust", fill)
