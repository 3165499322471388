// SPDX-License-Identifier: Apache-2.0
/* Alerts as lines, byte by byte: text and JSON, of rules and of eyas itself. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include "fields.h"
#include "output/output.h"
#include "unit.h"

/* 2023-11-14, two seconds after the first record. */
#define TIME		1700000002123456789ULL

static struct eyas_fields f;
static struct eyas_ruleset *rules;
static struct eyas_strbuf line;
static struct eyas_alert_options opt;

static void setup(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	eyas_fields_create(&f);
	eyas_strbuf_init(&line);
	rules = NULL;
	opt = (struct eyas_alert_options){ .hostname = "h1" };
}

static void teardown(void)
{
	eyas_ruleset_free(rules);
	eyas_strbuf_release(&line);
	eyas_fields_release(&f);
}

/* One rule with @output; process 300 opens @path, which fails. */
static void make(const char *output, const char *path)
{
	_cleanup_strbuf_ struct eyas_strbuf yaml = EYAS_STRBUF_INIT;
	struct eyas_ruleset_options ro = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_rules_text text = { .name = "test.yaml" };
	struct eyas_load_result res;

	eyas_strbuf_addf(&yaml, "- rule: A \"file\"\n  desc: d\n  condition: evt.type = openat\n"
			 "  output: '%s'\n  priority: WARNING\n  tags: [process, filesystem]\n",
			 output);
	text.text = yaml.buf;
	text.len = yaml.len;
	ck_assert_msg(eyas_ruleset_load(&rules, &text, 1, &ro, &res) == 0, "%s",
		      res.len ? res.issues[0].msg : "?");
	eyas_load_result_release(&res);

	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_openat, -ENOENT, (uint64_t)AT_FDCWD, 0x7000, O_RDONLY);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, path);
	f.b.last->time = TIME;
	eyas_fields_see(&f);
	f.ev.num = 5;
}

static void render_is(const char *want)
{
	ck_assert_int_eq(eyas_alert_render(eyas_ruleset_at(rules, 0), &f.ctx, &opt, &line), 0);
	ck_assert_str_eq(line.buf, want);
	ck_assert_uint_eq(line.len, strlen(want));
}

START_TEST(text_is_time_priority_output)
{
	make("An open was seen (file=%fd.name command=%proc.cmdline none=%k8s.ns.name)", "/etc/x");
	render_is("22:13:22.123456789: Warning An open was seen (file=/etc/x command=cat -n "
		  "/etc/shadow none=<NA>)");
	opt.time_iso_8601 = true;
	render_is("2023-11-14T22:13:22.123456789+0000: Warning An open was seen (file=/etc/x "
		  "command=cat -n /etc/shadow none=<NA>)");
	/* Rendering starts afresh each time, whatever was in the buffer. */
	eyas_strbuf_adds(&line, "old");
	render_is("2023-11-14T22:13:22.123456789+0000: Warning An open was seen (file=/etc/x "
		  "command=cat -n /etc/shadow none=<NA>)");
}
END_TEST

START_TEST(local_time_is_local)
{
	setenv("TZ", "XYZ-5:30", 1);
	tzset();
	make("x", "/etc/x");
	render_is("03:43:22.123456789: Warning x");
	opt.time_iso_8601 = true;
	render_is("2023-11-14T22:13:22.123456789+0000: Warning x");
}
END_TEST

START_TEST(hostile_names_are_escaped)
{
	make("open %fd.name", "/tmp/\033[31m\n\"a\\b\"\377\303\274");
	render_is("22:13:22.123456789: Warning open /tmp/\\u001b[31m\\n\\\"a\\\\b\\\""
		  "\357\277\275\303\274");
}
END_TEST

START_TEST(only_text_is_coloured)
{
	opt.color = true;
	make("x", "/etc/x");
	render_is("22:13:22.123456789: \033[33mWarning\033[0m x");
	opt.form = EYAS_ALERT_JSON;
	render_is("{\"hostname\":\"h1\",\"output\":\"22:13:22.123456789: Warning x\","
		  "\"output_fields\":{\"evt.time\":1700000002123456789},\"priority\":\"Warning\","
		  "\"rule\":\"A \\\"file\\\"\",\"source\":\"syscall\",\"tags\":[\"filesystem\","
		  "\"process\"],\"time\":\"2023-11-14T22:13:22.123456789Z\"}");
}
END_TEST

START_TEST(json_has_typed_fields_in_order)
{
	opt.form = EYAS_ALERT_JSON;
	make("%proc.name %evt.rawres %fd.num %evt.failed %proc.pid %k8s.ns.name %evt.num "
	     "%proc.aname[1] %fd.name %proc.name", "/etc/x");
	render_is("{\"hostname\":\"h1\",\"output\":\"22:13:22.123456789: Warning cat -2 -1 true "
		  "300 <NA> 5 bash /etc/x cat\",\"output_fields\":{\"evt.failed\":true,"
		  "\"evt.num\":5,"
		  "\"evt.rawres\":-2,\"evt.time\":1700000002123456789,\"fd.name\":\"/etc/x\","
		  "\"fd.num\":-1,\"k8s.ns.name\":null,\"proc.aname[1]\":\"bash\",\"proc.name\":"
		  "\"cat\",\"proc.pid\":300},\"priority\":\"Warning\",\"rule\":\"A \\\"file\\\"\","
		  "\"source\":\"syscall\",\"tags\":[\"filesystem\",\"process\"],\"time\":"
		  "\"2023-11-14T22:13:22.123456789Z\"}");
}
END_TEST

START_TEST(json_has_the_time_once_as_a_number)
{
	opt.form = EYAS_ALERT_JSON;
	make("%evt.time at %evt.time.iso8601", "/etc/x");
	render_is("{\"hostname\":\"h1\",\"output\":\"22:13:22.123456789: Warning "
		  "22:13:22.123456789 at 2023-11-14T22:13:22.123456789+0000\",\"output_fields\":{"
		  "\"evt.time\":1700000002123456789,\"evt.time.iso8601\":"
		  "\"2023-11-14T22:13:22.123456789+0000\"},\"priority\":\"Warning\",\"rule\":"
		  "\"A \\\"file\\\"\",\"source\":\"syscall\",\"tags\":[\"filesystem\",\"process\"],"
		  "\"time\":\"2023-11-14T22:13:22.123456789Z\"}");
	opt.time_iso_8601 = true;
	ck_assert_int_eq(eyas_alert_render(eyas_ruleset_at(rules, 0), &f.ctx, &opt, &line), 0);
	ck_assert_ptr_nonnull(strstr(line.buf, "\"evt.time.iso8601\":1700000002123456789}"));
	ck_assert_ptr_null(strstr(line.buf, "\"evt.time.iso8601\":\""));
}
END_TEST

/* Whatever a program calls its files, the line is one line of strict JSON. */
START_TEST(json_is_json_whatever_the_name)
{
	unsigned int seed = 41;
	char path[40] = "/";

	opt.form = EYAS_ALERT_JSON;
	make("%fd.name %proc.name", "/x");
	for (int i = 0; i < 3000; i++) {
		json_error_t error;
		json_t *j;

		for (size_t k = 1; k < sizeof(path) - 1; k++)
			path[k] = (char)(1 + rand_r(&seed) % 255);
		eyas_recs_reset(&f.b);
		eyas_rec_by(&f.b, 300);
		eyas_rec_sys(&f.b, SYS_openat, 3, (uint64_t)AT_FDCWD, 0x7000, 0);
		eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, path);
		eyas_fields_see(&f);
		ck_assert_int_eq(eyas_alert_render(eyas_ruleset_at(rules, 0), &f.ctx, &opt, &line),
				 0);
		ck_assert_ptr_null(memchr(line.buf, '\n', line.len));
		j = json_loadb(line.buf, line.len, JSON_REJECT_DUPLICATES, &error);
		ck_assert_msg(j != NULL, "%s: %s", error.text, line.buf);
		ck_assert_uint_eq(json_object_size(j), 8);
		json_decref(j);
	}
}
END_TEST

/* ---- of eyas itself ---- */

static const char *const fields[] = { "n_drops", "37", "who \"x\"", "a\nb", NULL };

START_TEST(internal_alerts_list_their_fields)
{
	ck_assert_int_eq(eyas_alert_render_internal("eyas internal: x", EYAS_PRIO_DEBUG, TIME,
						    "37 events dropped.", fields, &opt, &line), 0);
	ck_assert_str_eq(line.buf, "22:13:22.123456789: Debug 37 events dropped. (n_drops=\"37\" "
			 "who \"x\"=\"a\\nb\")");
	ck_assert_int_eq(eyas_alert_render_internal("r", EYAS_PRIO_CRITICAL, TIME, "bad \"file\"",
						    NULL, &opt, &line), 0);
	ck_assert_str_eq(line.buf, "22:13:22.123456789: Critical bad \\\"file\\\"");
	opt.form = EYAS_ALERT_JSON;
	ck_assert_int_eq(eyas_alert_render_internal("eyas internal: x", EYAS_PRIO_DEBUG, TIME,
						    "37 events dropped.", fields, &opt, &line), 0);
	ck_assert_str_eq(line.buf, "{\"hostname\":\"h1\",\"output\":\"37 events dropped.\","
			 "\"output_fields\":{\"n_drops\":\"37\",\"who \\\"x\\\"\":\"a\\nb\"},"
			 "\"priority\":\"Debug\",\"rule\":\"eyas internal: x\",\"source\":"
			 "\"internal\",\"tags\":[],\"time\":\"2023-11-14T22:13:22.123456789Z\"}");
}
END_TEST

START_TEST(internal_alerts_are_never_without_fields)
{
	opt = (struct eyas_alert_options){ .form = EYAS_ALERT_JSON };
	ck_assert_int_eq(eyas_alert_render_internal("r", EYAS_PRIO_INFORMATIONAL, TIME, "m", NULL,
						    &opt, &line), 0);
	ck_assert_str_eq(line.buf, "{\"hostname\":\"\",\"output\":\"m\",\"output_fields\":{"
			 "\"evt.time\":1700000002123456789},\"priority\":\"Informational\","
			 "\"rule\":\"r\",\"source\":\"internal\",\"tags\":[],\"time\":"
			 "\"2023-11-14T22:13:22.123456789Z\"}");
}
END_TEST

START_TEST(every_priority_has_its_name)
{
	static const char *const want[EYAS_PRIO_MAX] = {
		"Emergency", "Alert", "Critical", "Error", "Warning", "Notice", "Informational",
		"Debug",
	};

	for (unsigned int p = 0; p < EYAS_PRIO_MAX; p++) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

		eyas_strbuf_addf(&sb, "22:13:20.000000000: %s m", want[p]);
		ck_assert_int_eq(eyas_alert_render_internal("r", p, 1700000000ULL * 1000000000, "m",
							    NULL, &opt, &line), 0);
		ck_assert_str_eq(line.buf, sb.buf);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, text_is_time_priority_output);
	tcase_add_test(tc, local_time_is_local);
	tcase_add_test(tc, hostile_names_are_escaped);
	tcase_add_test(tc, only_text_is_coloured);
	tcase_add_test(tc, json_has_typed_fields_in_order);
	tcase_add_test(tc, json_has_the_time_once_as_a_number);
	tcase_add_test(tc, json_is_json_whatever_the_name);
	tcase_add_test(tc, internal_alerts_list_their_fields);
	tcase_add_test(tc, internal_alerts_are_never_without_fields);
	tcase_add_test(tc, every_priority_has_its_name);
}

EYAS_TEST_MAIN("alert", fill)
