// SPDX-License-Identifier: Apache-2.0
/* The route as a whole: records in, lines out, loss told, failures counted. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "fakeroot.h"
#include "pipeline/pipeline.h"
#include "pipeline/reload.h"
#include "records.h"
#include "unit.h"

#define NSEC	1000000000ULL

/* A source that gives the records of b, and then what end says. */
struct test_source {
	struct eyas_source src;
	size_t pos;
	int end;
	bool refuse;
	struct eyas_policy set[8];	/* that it was given */
	unsigned int nset;
};

static struct eyas_fakeroot root;
static struct eyas_recs b;
static struct test_source ts;
static struct eyas_enrich *en;
static struct eyas_ruleset *rules;
static struct eyas_output *out;
static struct eyas_pipeline p;
static struct eyas_pipeline_config cfg;
static struct eyas_err err;
static int fds[2];

static int test_next(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *e)
{
	struct test_source *s = (struct test_source *)src;
	const struct eyas_record *rec = (const void *)(b.data + s->pos);

	if (s->pos == b.len && s->end < 0 && s->end != -ENODATA)
		return eyas_err_set(e, s->end, "broken");
	if (s->pos == b.len)
		return s->end;
	ck_assert_int_eq(eyas_event_parse(ret, eyas_bytes_of(rec, rec->len), e), 0);
	s->pos += rec->len;
	ret->num = rec->seq;
	ret->time = rec->time;
	return 1;
}

static int test_set_policy(struct eyas_source *src, const struct eyas_policy *policy,
			   struct eyas_err *e)
{
	struct test_source *s = (struct test_source *)src;

	if (s->refuse)
		return eyas_err_set(e, -EPERM, "refused");
	ck_assert_uint_lt(s->nset, 8);
	s->set[s->nset++] = *policy;
	return 0;
}

static const struct eyas_source_ops test_ops = { .next = test_next, .set_policy = test_set_policy };

static struct eyas_ruleset *ruleset(const char *yaml)
{
	struct eyas_ruleset *ret = NULL;
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG, .match_all = true };
	struct eyas_rules_text text = { .name = "test.yaml", .text = yaml, .len = strlen(yaml) };
	struct eyas_load_result res;

	ck_assert_msg(eyas_ruleset_load(&ret, &text, 1, &opt, &res) == 0, "%s",
		      res.len ? res.issues[0].msg : "?");
	eyas_load_result_release(&res);
	return ret;
}

static void load(const char *yaml)
{
	eyas_ruleset_free(rules);
	rules = ruleset(yaml);
}

static void setup(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	memset(&b, 0, sizeof(b));
	memset(&err, 0, sizeof(err));
	rules = NULL;
	memset(&ts, 0, sizeof(ts));
	ts.src.ops = &test_ops;
	ts.end = -ENODATA;
	eyas_fakeroot_create(&root);
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){ .pid = 500, .comm = "shell" });
	ck_assert_int_eq(eyas_enrich_create(&en, root.dir, &err), 0);
	ck_assert_int_eq(pipe2(fds, 0), 0);
	ck_assert_int_eq(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(eyas_output_fd_open(&out, fds[1], "stdout", &err), 0);
	load("- rule: Open\n  desc: d\n  condition: evt.type = openat\n"
	     "  output: \"%proc.name opens %fd.name\"\n  priority: WARNING\n"
	     "- rule: Never\n  desc: d\n  condition: evt.type = ptrace\n  output: x\n"
	     "  priority: ERROR\n"
	     "- rule: Shadow\n  desc: d\n  condition: evt.type = openat and fd.name = /etc/shadow\n"
	     "  output: \"shadow\"\n  priority: CRITICAL\n");
}

static void teardown(void)
{
	eyas_pipeline_release(&p);
	eyas_output_close(out);
	eyas_ruleset_free(rules);
	eyas_enrich_free(en);
	eyas_recs_release(&b);
	eyas_fakeroot_remove(&root);
	close(fds[0]);
	close(fds[1]);
}

static void init(void)
{
	cfg = (struct eyas_pipeline_config){
		.source = &ts.src, .enrich = en, .rules = rules, .outputs = { out }, .noutputs = 1,
	};
	ck_assert_int_eq(eyas_pipeline_init(&p, &cfg, &err), 0);
}

static void open_at(uint64_t time, const char *path)
{
	eyas_rec_by(&b, 500);
	eyas_rec_sys(&b, SYS_openat, 3, (uint64_t)AT_FDCWD, 0x7000, 0);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, path);
	b.last->time = b.time = time;
}

static void lose_at(uint64_t time, enum eyas_class cls, uint64_t n)
{
	eyas_rec_loss(&b, cls, n);
	b.last->time = b.time = time;
}

static void lines_are(const char *want)
{
	static char buf[65536];
	ssize_t n = read(fds[0], buf, sizeof(buf) - 1);

	buf[n > 0 ? n : 0] = '\0';
	ck_assert_str_eq(buf, want);
}

/* "RULE=ALERTS", for each name that there was. */
static void counts_are(const char *want)
{
	_cleanup_strbuf_ struct eyas_strbuf got = EYAS_STRBUF_INIT;

	eyas_vec_for_each(&p.counts, it)
		eyas_strbuf_addf(&got, "%s%s=%u", got.len ? " " : "", it->name,
				 (unsigned int)it->alerts);
	ck_assert_str_eq(got.buf, want);
}

START_TEST(events_become_alerts)
{
	open_at(10 * NSEC, "/a");
	eyas_rec_sys(&b, SYS_close, 0, 3);
	open_at(11 * NSEC, "/etc/shadow");
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -ENODATA);
	lines_are("00:00:10.000000000: Warning shell opens /a\n"
		  "00:00:11.000000000: Warning shell opens /etc/shadow\n"
		  "00:00:11.000000000: Critical shadow\n");
	ck_assert_uint_eq(p.stats.events, 3);
	ck_assert_uint_eq(p.stats.alerts, 3);
	ck_assert_uint_eq(p.stats.by_priority[EYAS_PRIO_WARNING], 2);
	ck_assert_uint_eq(p.stats.by_priority[EYAS_PRIO_CRITICAL], 1);
	counts_are("Open=2 Never=0 Shadow=1");
	ck_assert_uint_eq(p.stats.lost, 0);
	ck_assert_uint_eq(out->emitted, 3);
	ck_assert_int_eq(eyas_pipeline_timeout(&p), -1);
	/* That was all, and stays so. */
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -ENODATA);
	ck_assert_int_eq(eyas_pipeline_fd(&p), -1);
}
END_TEST

START_TEST(a_step_takes_so_many_and_no_more)
{
	for (int i = 0; i < 5; i++)
		open_at((10 + (uint64_t)i) * NSEC, "/a");
	ts.end = 0;
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 2, &err), 2);
	ck_assert_uint_eq(p.stats.events, 2);
	ck_assert_int_eq(eyas_pipeline_step(&p, 3, &err), 3);
	ck_assert_int_eq(eyas_pipeline_step(&p, 3, &err), 0);
	ck_assert_uint_eq(p.stats.alerts, 5);
}
END_TEST

#define LOSS(time, total, by, events)						\
	time ": Debug eyas internal: syscall event drop. " total		\
	" events dropped in last second. (n_drops=\"" total "\" " by " n_evts=\"" events "\")\n"
#define BY(desc, file)								\
	"n_drops_creds=\"0\" n_drops_desc=\"" desc "\" n_drops_file=\"" file "\" "	\
	"n_drops_memory=\"0\" n_drops_network=\"0\" n_drops_other=\"0\" "	\
	"n_drops_process=\"0\" n_drops_signal=\"0\""

START_TEST(loss_is_told_at_once_and_then_once_a_second)
{
	open_at(10 * NSEC, "/a");
	lose_at(10 * NSEC + 1, EYAS_CLASS_FILE, 7);
	lose_at(10 * NSEC + 2, EYAS_CLASS_FILE, 1);
	lose_at(10 * NSEC + 3, EYAS_CLASS_DESC, 2);
	open_at(11 * NSEC, "/b");
	lose_at(11 * NSEC + 1, EYAS_CLASS_DESC, 4);
	open_at(11 * NSEC + 2, "/c");
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 6, &err), 6);
	lines_are("00:00:10.000000000: Warning shell opens /a\n"
		  LOSS("00:00:10.000000001", "7", BY("0", "7"), "1")
		  "00:00:11.000000000: Warning shell opens /b\n"
		  LOSS("00:00:11.000000001", "7", BY("6", "1"), "1"));
	ck_assert_int_eq(eyas_pipeline_step(&p, 6, &err), -ENODATA);
	lines_are("00:00:11.000000002: Warning shell opens /c\n");
	ck_assert_uint_eq(p.stats.lost, 14);
	ck_assert_uint_eq(p.stats.loss_alerts, 2);
	ck_assert_uint_eq(p.stats.events, 3);
	ck_assert_uint_eq(p.stats.alerts, 3);	/* of rules */
}
END_TEST

START_TEST(loss_is_told_by_the_next_event_when_it_is_due)
{
	lose_at(10 * NSEC, EYAS_CLASS_FILE, 1);
	lose_at(10 * NSEC + 1, EYAS_CLASS_FILE, 2);
	open_at(12 * NSEC, "/b");
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 2, &err), 2);
	lines_are(LOSS("00:00:10.000000000", "1", BY("0", "1"), "0"));
	ck_assert_int_eq(eyas_pipeline_timeout(&p), 1000);
	ck_assert_int_eq(eyas_pipeline_step(&p, 2, &err), -ENODATA);
	lines_are("00:00:12.000000000: Warning shell opens /b\n"
		  LOSS("00:00:12.000000000", "2", BY("0", "2"), "1"));
	ck_assert_int_eq(eyas_pipeline_timeout(&p), -1);
}
END_TEST

START_TEST(loss_is_told_without_another_event)
{
	static char buf[4096];

	lose_at(10 * NSEC, EYAS_CLASS_FILE, 1);
	lose_at(10 * NSEC + 1, EYAS_CLASS_FILE, 2);
	ts.end = 0;
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 2, &err), 2);
	lines_are(LOSS("00:00:10.000000000", "1", BY("0", "1"), "0"));
	/* Nothing comes, and by the clock of the host it is long due. */
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), 0);
	ck_assert_int_gt(read(fds[0], buf, sizeof(buf) - 1), 0);
	ck_assert_ptr_nonnull(strstr(buf, "2 events dropped in last second."));
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), 0);
	lines_are("");
	ck_assert_int_eq(eyas_pipeline_timeout(&p), -1);
}
END_TEST

START_TEST(loss_is_told_at_the_end)
{
	lose_at(10 * NSEC, EYAS_CLASS_FILE, 1);
	lose_at(10 * NSEC + 5, EYAS_CLASS_FILE, 2);
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -ENODATA);
	lines_are(LOSS("00:00:10.000000000", "1", BY("0", "1"), "0")
		  LOSS("00:00:10.000000005", "2", BY("0", "2"), "0"));
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -ENODATA);
	lines_are("");
}
END_TEST

START_TEST(a_source_that_breaks_is_told_after_what_it_gave)
{
	open_at(10 * NSEC, "/a");
	ts.end = -EBADMSG;
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "broken");
	lines_are("00:00:10.000000000: Warning shell opens /a\n");
}
END_TEST

START_TEST(a_channel_that_fails_does_not_stop_the_others)
{
	struct eyas_output *full = NULL;

	for (int i = 0; i < 3; i++)
		open_at((10 + (uint64_t)i) * NSEC, "/a");
	ck_assert_int_eq(eyas_output_file_open(&full, "/dev/full", true, &err), 0);
	cfg = (struct eyas_pipeline_config){
		.source = &ts.src, .enrich = en, .rules = rules, .outputs = { full, out },
		.noutputs = 2, .alert.time_iso_8601 = true,
	};
	ck_assert_int_eq(eyas_pipeline_init(&p, &cfg, &err), 0);
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -ENODATA);
	ck_assert_int_eq(p.output_error, -ENOSPC);
	lines_are("1970-01-01T00:00:10.000000000+0000: Warning shell opens /a\n"
		  "1970-01-01T00:00:11.000000000+0000: Warning shell opens /a\n"
		  "1970-01-01T00:00:12.000000000+0000: Warning shell opens /a\n");
	ck_assert_int_eq(eyas_output_finish(full, 0), -ENOSPC);
	ck_assert_uint_eq(full->failed, 3);
	eyas_output_close(full);
}
END_TEST

START_TEST(a_slow_channel_is_flushed_later)
{
	static char path[2000], buf[65536];

	memset(path, 'x', sizeof(path) - 1);
	path[0] = '/';
	for (int i = 0; i < 50; i++)
		open_at((10 + (uint64_t)i) * NSEC, path);
	ts.end = 0;
	init();
	ck_assert_int_eq(fcntl(fds[1], F_SETPIPE_SZ, 8192), 8192);
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), 50);
	ck_assert(p.waiting);
	ck_assert_int_eq(eyas_pipeline_timeout(&p), 20);
	ck_assert_int_eq(p.output_error, 0);
	for (int i = 0; i < 1000 && p.waiting; i++) {
		while (read(fds[0], buf, sizeof(buf)) > 0)
			;
		ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), 0);
	}
	ck_assert(!p.waiting);
	ck_assert_uint_eq(out->emitted, 50);
	ck_assert_int_eq(eyas_pipeline_timeout(&p), -1);
}
END_TEST

START_TEST(hidden_records_reach_no_rule)
{
	load("- rule: All\n  desc: d\n  condition: evt.num > 0\n  output: \"%evt.type\"\n"
	     "  priority: WARNING\n  warn_evttypes: false\n");
	eyas_rec_by(&b, 500);
	eyas_rec_other(&b, EYAS_REC_SYS_ENTER, sizeof(struct eyas_sys_enter));
	b.last->nr = SYS_openat;
	eyas_rec_other(&b, EYAS_REC_COMM, sizeof(struct eyas_comm));
	eyas_rec_fork(&b, 501, "x");
	eyas_rec_sys(&b, SYS_getpid, 500, 0);
	b.last->time = 10 * NSEC;
	init();
	ck_assert_int_eq(eyas_pipeline_step(&p, 256, &err), -ENODATA);
	lines_are("00:00:10.000000000: Warning getpid\n");
	ck_assert_uint_eq(p.stats.events, 4);
}
END_TEST

/* ---- other rules ---- */

static struct eyas_ruleset *next_rules;
static struct eyas_policy policy, next_policy;

/* Opens are what the old rules and the new ones look at, and ptrace or chdir. */
static void init_swap(void)
{
	eyas_ruleset_policy(rules, &policy);
	next_rules = ruleset("- rule: Chdir\n  desc: d\n  condition: evt.type = chdir\n"
			     "  output: c\n  priority: ERROR\n"
			     "- rule: Open\n  desc: d\n  condition: evt.type = openat\n"
			     "  output: \"new %fd.name\"\n  priority: NOTICE\n");
	eyas_ruleset_policy(next_rules, &next_policy);
	cfg = (struct eyas_pipeline_config){
		.source = &ts.src, .enrich = en, .rules = rules, .outputs = { out }, .noutputs = 1,
		.policy = &policy,
	};
	ck_assert_int_eq(eyas_pipeline_init(&p, &cfg, &err), 0);
}

static bool records(unsigned int i, int nr)
{
	return ts.set[i].plan[EYAS_ABI_X86_64][nr] & EYAS_PLAN_RECORD;
}

START_TEST(rules_change_between_two_events)
{
	for (uint64_t i = 0; i < 6; i++)
		open_at((10 + i) * NSEC, "/a");
	init_swap();
	ck_assert_int_eq(eyas_pipeline_step(&p, 2, &err), 2);
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), 0);
	/* It records for both. */
	ck_assert_uint_eq(ts.nset, 1);
	ck_assert(records(0, SYS_openat) && records(0, SYS_ptrace) && records(0, SYS_chdir));
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), -EBUSY);
	/* What it had recorded before is for the old ones. */
	p.swap.after = 13 * NSEC;
	ck_assert_int_eq(eyas_pipeline_step(&p, 1, &err), 1);
	ck_assert_ptr_null(eyas_pipeline_take_old(&p));
	ck_assert_uint_eq(ts.nset, 1);
	ck_assert_int_eq(eyas_pipeline_step(&p, 1, &err), 1);
	/* Then for the new ones only. */
	ck_assert_uint_eq(ts.nset, 2);
	ck_assert(records(1, SYS_openat) && !records(1, SYS_ptrace) && records(1, SYS_chdir));
	ck_assert_ptr_eq(eyas_pipeline_take_old(&p), rules);
	ck_assert_ptr_null(eyas_pipeline_take_old(&p));
	eyas_ruleset_free(rules);
	rules = next_rules;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	lines_are("00:00:10.000000000: Warning shell opens /a\n"
		  "00:00:11.000000000: Warning shell opens /a\n"
		  "00:00:12.000000000: Warning shell opens /a\n"
		  "00:00:13.000000000: Notice new /a\n"
		  "00:00:14.000000000: Notice new /a\n"
		  "00:00:15.000000000: Notice new /a\n");
	/* Counts go on by name. */
	counts_are("Open=6 Never=0 Shadow=0 Chdir=0");
	ck_assert_uint_eq(p.stats.alerts, 6);
	ck_assert_uint_eq(ts.nset, 2);
}
END_TEST

START_TEST(rules_change_though_no_event_comes)
{
	open_at(10 * NSEC, "/a");
	ts.end = 0;
	init_swap();
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), 0);
	ck_assert_int_eq(eyas_pipeline_timeout(&p), 10);
	p.swap.after = UINT64_MAX / 2;
	/* Not at once: what it recorded before may still be on its way. */
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), 1);
	ck_assert_ptr_null(eyas_pipeline_take_old(&p));
	p.swap.after = 0;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), 0);
	ck_assert_ptr_eq(eyas_pipeline_take_old(&p), rules);
	ck_assert_int_eq(eyas_pipeline_timeout(&p), -1);
	eyas_ruleset_free(rules);
	rules = next_rules;
	lines_are("00:00:10.000000000: Warning shell opens /a\n");
}
END_TEST

START_TEST(rules_stay_if_the_source_refuses)
{
	for (uint64_t i = 0; i < 2; i++)
		open_at((10 + i) * NSEC, "/a");
	init_swap();
	ts.refuse = true;
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), -EPERM);
	ck_assert_str_eq(err.msg, "refused");
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	ck_assert_ptr_null(eyas_pipeline_take_old(&p));
	lines_are("00:00:10.000000000: Warning shell opens /a\n"
		  "00:00:11.000000000: Warning shell opens /a\n");
	eyas_ruleset_free(next_rules);
}
END_TEST

START_TEST(a_narrow_policy_refused_is_no_loss)
{
	open_at(10 * NSEC, "/a");
	init_swap();
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), 0);
	ts.refuse = true;
	p.swap.after = 0;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	ck_assert_ptr_eq(eyas_pipeline_take_old(&p), rules);
	eyas_ruleset_free(rules);
	rules = next_rules;
	lines_are("00:00:10.000000000: Notice new /a\n");
}
END_TEST

START_TEST(a_swap_does_not_start_a_source_that_was_stopped)
{
	open_at(10 * NSEC, "/a");
	init_swap();
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), 0);
	ck_assert_int_eq(eyas_pipeline_drain(&p, &err), 0);
	p.swap.after = UINT64_MAX;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	ck_assert_uint_eq(ts.nset, 1);
	ck_assert_ptr_eq(eyas_pipeline_take_old(&p), rules);
	eyas_ruleset_free(rules);
	rules = next_rules;
	lines_are("00:00:10.000000000: Warning shell opens /a\n");
}
END_TEST

START_TEST(a_swap_that_was_never_finished_leaves_nothing)
{
	ts.end = 0;
	init_swap();
	ck_assert_int_eq(eyas_pipeline_swap(&p, next_rules, &next_policy, &err), 0);
	eyas_pipeline_release(&p);
	eyas_ruleset_free(next_rules);
}
END_TEST

static int reload(const char *yaml, struct eyas_load_result *res, struct eyas_ruleset **ret)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_rules_text text = { .name = "r.yaml", .text = yaml, .len = strlen(yaml) };

	return eyas_pipeline_reload(&p, &text, 1, &opt, res, ret, &err);
}

START_TEST(rules_are_loaded_anew)
{
	struct eyas_load_result res;
	struct eyas_ruleset *ret = NULL;
	const char *yaml = "- {rule: Open, desc: d, condition: evt.type = openat,\n"
			   "   output: again, priority: ALERT}\n";

	open_at(10 * NSEC, "/a");
	init_swap();
	eyas_ruleset_free(next_rules);
	ck_assert_int_eq(reload(yaml, &res, &ret), 0);
	eyas_load_result_release(&res);
	ck_assert_int_eq(reload(yaml, &res, &ret), -EBUSY);
	eyas_load_result_release(&res);
	p.swap.after = 0;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	lines_are("00:00:10.000000000: Alert again\n");
	ck_assert_ptr_eq(eyas_pipeline_take_old(&p), rules);
	eyas_ruleset_free(rules);
	rules = ret;
}
END_TEST

START_TEST(wrong_rules_are_told_and_change_nothing)
{
	static char buf[1024];
	struct eyas_load_result res;
	struct eyas_ruleset *ret = NULL;

	open_at(10 * NSEC, "/a");
	init_swap();
	eyas_ruleset_free(next_rules);
	ck_assert_int_eq(reload("- rule: Open\n  desc: d\n  condition: evt.nmae = openat\n"
				"  output: o\n  priority: ALERT\n", &res, &ret), -EINVAL);
	ck_assert_uint_eq(res.errors, 1);
	eyas_load_result_release(&res);
	ck_assert_ptr_null(ret);
	ck_assert_uint_eq(ts.nset, 0);
	ck_assert_int_gt(read(fds[0], buf, sizeof(buf) - 1), 18);
	ck_assert_str_eq(buf + 18,
			 ": Critical eyas internal: reload failure: the old rules stay: "
			 "r.yaml:3:14: LOAD_ERR_COMPILE_CONDITION: filter_check called with "
			 "nonexistent field evt.nmae (code=\"LOAD_ERR_COMPILE_CONDITION\" "
			 "column=\"14\" error=\"filter_check called with nonexistent field "
			 "evt.nmae\" file=\"r.yaml\" line=\"3\")\n");
	eyas_err_set(&err, -ENOENT, "cannot read 'x'");
	ck_assert_int_eq(eyas_pipeline_tell_reload_failure(&p, &err), 0);
	memset(buf, 0, sizeof(buf));
	ck_assert_int_gt(read(fds[0], buf, sizeof(buf) - 1), 18);
	ck_assert_str_eq(buf + 18,
			 ": Critical eyas internal: reload failure: the old rules stay: "
			 "cannot read 'x' (error=\"cannot read 'x'\")\n");
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	lines_are("00:00:10.000000000: Warning shell opens /a\n");
}
END_TEST

START_TEST(eyas_tells_of_itself)
{
	static const char *const fields[] = { "line", "7", NULL };
	static char buf[256];

	init();
	ck_assert_int_eq(eyas_pipeline_tell(&p, "eyas internal: x", EYAS_PRIO_CRITICAL, "broken",
					    fields), 0);
	ck_assert_int_gt(read(fds[0], buf, sizeof(buf) - 1), 18);
	ck_assert_str_eq(buf + 18, ": Critical broken (line=\"7\")\n");
	ck_assert_uint_eq(p.stats.alerts, 0);
}
END_TEST

START_TEST(loss_is_not_told_if_nobody_wants_it)
{
	for (int i = 0; i < 3; i++)
		open_at(10 * NSEC, "/a");
	lose_at(10 * NSEC, EYAS_CLASS_FILE, 1);
	init();
	/* A quarter of all. */
	p.cfg.loss_threshold = 0.25;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	ck_assert_uint_eq(p.stats.loss_alerts, 0);
	ck_assert_uint_eq(p.stats.losses, 0);
	lose_at(11 * NSEC, EYAS_CLASS_FILE, 1);
	p.cfg.loss_untold = true;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	ck_assert_uint_eq(p.stats.loss_alerts, 0);
	ck_assert_uint_eq(p.stats.losses, 1);
	lose_at(12 * NSEC, EYAS_CLASS_FILE, 1);
	p.cfg.loss_untold = false;
	ck_assert_int_eq(eyas_pipeline_step(&p, 9, &err), -ENODATA);
	ck_assert_uint_eq(p.stats.loss_alerts, 1);
	ck_assert_uint_eq(p.stats.lost, 3);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, events_become_alerts);
	tcase_add_test(tc, a_step_takes_so_many_and_no_more);
	tcase_add_test(tc, loss_is_told_at_once_and_then_once_a_second);
	tcase_add_test(tc, loss_is_told_by_the_next_event_when_it_is_due);
	tcase_add_test(tc, loss_is_told_without_another_event);
	tcase_add_test(tc, loss_is_told_at_the_end);
	tcase_add_test(tc, a_source_that_breaks_is_told_after_what_it_gave);
	tcase_add_test(tc, a_channel_that_fails_does_not_stop_the_others);
	tcase_add_test(tc, a_slow_channel_is_flushed_later);
	tcase_add_test(tc, hidden_records_reach_no_rule);
	tcase_add_test(tc, rules_change_between_two_events);
	tcase_add_test(tc, rules_change_though_no_event_comes);
	tcase_add_test(tc, rules_stay_if_the_source_refuses);
	tcase_add_test(tc, a_narrow_policy_refused_is_no_loss);
	tcase_add_test(tc, a_swap_does_not_start_a_source_that_was_stopped);
	tcase_add_test(tc, a_swap_that_was_never_finished_leaves_nothing);
	tcase_add_test(tc, rules_are_loaded_anew);
	tcase_add_test(tc, wrong_rules_are_told_and_change_nothing);
	tcase_add_test(tc, eyas_tells_of_itself);
	tcase_add_test(tc, loss_is_not_told_if_nobody_wants_it);
}

EYAS_TEST_MAIN("pipeline", fill)
