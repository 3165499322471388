// SPDX-License-Identifier: Apache-2.0
/* eyas record: what happens into capture files, or into memory until it is wanted. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "child.h"
#include "cmd.h"
#include "cmd_record.h"
#include "opts.h"
#include "pipeline/recorder.h"
#include "source/ctl.h"
#include "trace/trace.h"

#define STEP_RUNS	64	/* between two looks at the signals */
#define RING_MEMORY_MB	64	/* of the flight recorder, unless -C says more */
#define PLAN		(EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS)

struct record {
	const struct record_opts *opts;
	struct eyas_policy policy;
	struct eyas_facts facts;
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	struct eyas_recorder rec;
	struct eyas_child child;
	uint32_t child_pid;		/* scope borrows it */
	int signals;			/* signalfd */
	uint64_t deadline;		/* CLOCK_MONOTONIC, ms; UINT64_MAX: none */
	bool stop;
	unsigned int interrupts;
	unsigned int told;		/* files that were named */
	struct eyas_capture_end dumped;	/* flight recorder: totals of its files */
	unsigned int dumps;
};

/* ---- what is recorded ---- */

/* What eyas trace would ask for with all that it can show. */
static void select_for_trace(const struct record_opts *o, struct eyas_policy *p)
{
	struct eyas_trace_options t;

	eyas_trace_options_init(&t);
	t.calls = o->calls;
	t.clock = EYAS_TRACE_UNIX_TIME;
	t.spent = true;
	t.whole = true;
	t.decode.fds = 2;
	t.decode.pids = true;
	t.decode.strsize = (uint32_t)o->snaplen;
	eyas_trace_policy(&t, p);
	eyas_trace_options_release(&t);
}

static void select_calls(const struct record_opts *o, struct eyas_policy *p)
{
	uint8_t plan = PLAN | (o->snaplen ? EYAS_PLAN_DATA : 0);

	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (int nr = 0; nr < EYAS_NR_MAX; nr++)
			if (eyas_callset_has(&o->calls, abi, nr))
				p->plan[abi][nr] = plan;
		if (eyas_callset_has(&o->calls, abi, -1))
			p->other[abi] = plan;
	}
}

static void select_whom(struct record *c)
{
	const struct record_opts *o = c->opts;
	struct eyas_policy_scope *s = &c->policy.scope;

	c->child_pid = (uint32_t)c->child.pid;
	eyas_scope_apply(&o->scope, &c->child_pid, o->command || o->tree, s);
}

/* A module of another release says so less well. */
static int check_scope(const struct record *c, const struct eyas_ctl_info *info,
		       struct eyas_err *err)
{
	const struct eyas_policy_scope *s = &c->policy.scope;

	if (info->features & EYAS_FEATURE_SCOPE || !(s->npids || s->ncgroups || s->nuids))
		return 0;
	return eyas_err_set(err, -EOPNOTSUPP,
			    "this module can't record processes alone, only all; "
			    "install module and program from one release");
}

static int select_by_rules(const struct record_opts *o, struct eyas_policy *p, struct eyas_err *err)
{
	static const struct eyas_ruleset_options all = { .min_priority = EYAS_PRIO_DEBUG };
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	struct eyas_ruleset *rules;
	struct eyas_load_result res;
	int r = eyas_ruleset_load(&rules, o->rules.v.data, o->rules.v.len, &all, &res);

	if (r == -EINVAL) {
		eyas_load_result_text(&res, &text);
		fputs(text.buf, stderr);
	}
	eyas_load_result_release(&res);
	if (r < 0)
		return eyas_err_set(err, r, "cannot load the rules%s%s",
				    r == -EINVAL ? "; nothing is recorded" : ": ",
				    r == -EINVAL ? "" : strerror(-r));
	eyas_ruleset_policy(rules, p);
	eyas_ruleset_free(rules);
	return 0;
}

/* All that was not asked for by rules. */
static void select_rest(const struct record_opts *o, const struct eyas_ctl_info *info,
			struct eyas_policy *p)
{
	if (o->for_trace)
		select_for_trace(o, p);
	else
		select_calls(o, p);
	/* Whatever else is asked for, the state of processes lives on these. */
	p->events |= EYAS_EVENT_PROCESS;
	if (info->features & EYAS_FEATURE_SIGNALS)
		p->events |= EYAS_EVENT_COMM | EYAS_EVENT_CREDS;
	if (!o->calls_given && info->features & EYAS_FEATURE_SIGNALS)
		p->events |= EYAS_EVENT_SIGNAL;
	if (!o->calls_given && info->features & EYAS_FEATURE_URING)
		p->events |= EYAS_EVENT_URING;
	if (o->anchors)
		p->anchors = info->anchors;
	if (!o->for_trace)
		p->snaplen = o->snaplen ? (uint32_t)o->snaplen : 1;
}

static int make_policy(struct record *c, const struct eyas_ctl_info *info, struct eyas_err *err)
{
	const struct record_opts *o = c->opts;
	struct eyas_policy *p = &c->policy;
	int r = 0;

	eyas_policy_init(p);
	if (o->rules.v.len)
		r = select_by_rules(o, p, err);
	else
		select_rest(o, info, p);
	select_whom(c);
	p->bulk_size = eyas_opts_ring_size(o->buffer);
	return r;
}

static int ask_module(struct eyas_ctl_info *ret, struct eyas_err *err)
{
	struct eyas_ctl *ctl;
	int r = eyas_ctl_open(&ctl, err);

	if (r < 0)
		return r;
	r = eyas_ctl_info(ctl, ret, err);
	eyas_ctl_close(ctl);
	return r;
}

/* ---- setting up ---- */

/* From here on signals wait to be read. */
static int open_signals(struct record *c)
{
	static const int wanted[] = { SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGCHLD };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		sigaddset(&set, wanted[i]);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	c->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (c->signals >= 0)
		return 0;
	eyas_msg("cannot wait for signals: %s", strerror(errno));
	return -errno;
}

/* The command is there, but stopped: its exec is the first thing to be seen of it. */
static int open_command(struct record *c)
{
	const struct eyas_child_opts how = { .command = c->opts->command };

	if (!c->opts->command)
		return 0;
	return eyas_child_prepare(&c->child, &how);
}

static int open_route(struct record *c, char **argv, struct eyas_err *err)
{
	const struct record_opts *o = c->opts;
	struct eyas_recorder_config cfg = {
		.facts = &c->facts,
		.command = (const char *const *)argv,
		.window = o->window,
		.memory = (o->memory_mb ? o->memory_mb : RING_MEMORY_MB) * 1000000,
	};
	struct eyas_ctl_info info;

	if (ask_module(&info, err) < 0)
		return -1;
	if (make_policy(c, &info, err) < 0 || check_scope(c, &info, err) < 0)
		return -1;
	eyas_facts_read(&c->facts);
	snprintf(c->facts.module, sizeof(c->facts.module), "%s", info.version);
	snprintf(c->facts.program, sizeof(c->facts.program), "eyas " EYAS_VERSION);
	c->facts.features = info.features;
	if (eyas_enrich_create(&c->enrich, "", err) < 0 ||
	    eyas_source_rings_open(&c->source, &c->policy, err) < 0)
		return -1;
	cfg.source = c->source;
	cfg.enrich = c->enrich;
	if (!o->window)
		cfg.files = o->files;
	return eyas_recorder_init(&c->rec, &cfg, err);
}

/* ---- the flight recorder's files ---- */

static int dump(struct record *c)
{
	_cleanup_strbuf_ struct eyas_strbuf name = EYAS_STRBUF_INIT;
	struct eyas_capture_end end;
	struct eyas_err err;
	int r = eyas_rotation_time_name(c->opts->files.path, time(NULL), &name);

	if (r < 0) {
		eyas_msg("cannot name a file: %s", strerror(-r));
		return r;
	}
	r = eyas_recorder_dump(&c->rec, name.buf, &end, &err);
	if (r < 0) {
		eyas_msg_err(&err);
		return r;
	}
	c->dumps++;
	eyas_capture_end_add(&c->dumped, &end);
	if (!c->opts->quiet)
		eyas_msg("wrote '%s', %" PRIu64 " events", name.buf, (uint64_t)end.events);
	return 0;
}

/* ---- running ---- */

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

/* A command that runs is asked to end first; the recording ends with it. */
static void interrupt(struct record *c, const struct signalfd_siginfo *si)
{
	if (!c->child.pid || c->interrupts++) {
		c->stop = true;
		return;
	}
	/* What its terminal sent, it has got itself. */
	if (si->ssi_code != SI_KERNEL)
		kill(c->child.pid, (int)si->ssi_signo);
}

static void take_signal(struct record *c, const struct signalfd_siginfo *si)
{
	struct eyas_err err;

	switch (si->ssi_signo) {
	case SIGCHLD:
		if (c->opts->command && eyas_child_reap(&c->child))
			c->stop = true;
		break;
	case SIGUSR1:
		if (c->opts->window)
			dump(c);
		else if (eyas_recorder_flush(&c->rec, &err) < 0)
			eyas_msg_err(&err);
		break;
	default:
		interrupt(c, si);
	}
}

static bool done(struct record *c)
{
	struct signalfd_siginfo si;

	while (read(c->signals, &si, sizeof(si)) == sizeof(si))
		take_signal(c, &si);
	return c->stop || now_ms() >= c->deadline;
}

static int wait_ms(const struct record *c)
{
	int ms = eyas_recorder_timeout(&c->rec);
	uint64_t now = now_ms(), left;

	if (c->deadline == UINT64_MAX)
		return ms;
	left = now < c->deadline ? c->deadline - now : 0;
	if (left > 60000)
		left = 60000;
	return ms < 0 || left < (uint64_t)ms ? (int)left : ms;
}

/* Files that were begun since, by -C and -G. */
static void tell_file(struct record *c)
{
	if (c->told == c->rec.files)
		return;
	c->told = c->rec.files;
	if (c->opts->verbose && c->told > 1)
		eyas_msg("recording to '%s'", c->rec.name.buf);
}

static int record_loop(struct record *c, struct eyas_err *err)
{
	struct pollfd fds[] = {
		{ .fd = c->signals, .events = POLLIN },
		{ .fd = eyas_source_fd(c->source), .events = POLLIN },
	};
	int n;

	while (!done(c)) {
		n = eyas_recorder_step(&c->rec, STEP_RUNS, err);
		if (n < 0)
			return n;
		tell_file(c);
		if (!n && poll(fds, 2, wait_ms(c)) < 0 && errno != EINTR)
			return eyas_err_set(err, -errno, "cannot wait: %s", strerror(errno));
	}
	return 0;
}

/* What happened before the end still counts. */
static int drain(struct record *c, struct eyas_err *err)
{
	int r = eyas_source_drain(c->source, err);

	while (r >= 0) {
		r = eyas_recorder_step(&c->rec, STEP_RUNS, err);
		if (!r)
			poll(NULL, 0, 1);
	}
	return r == -ENODATA ? 0 : r;
}

static void print_counts(const struct record *c)
{
	const struct eyas_source_stats *s = &c->source->stats;
	unsigned int files = c->opts->window ? c->dumps : c->rec.files;
	char bytes[48] = "";

	if (c->opts->quiet && !s->lost)
		return;
	if (!c->opts->window)
		snprintf(bytes, sizeof(bytes), ", %" PRIu64 " bytes", c->rec.bytes);
	eyas_msg("events %" PRIu64 ", lost %" PRIu64 "%s in %u file%s", s->events, s->lost, bytes,
		 files, files == 1 ? "" : "s");
}

/* The command goes on without being recorded if that failed; its status is ours if not. */
static int command_status(struct record *c, int status)
{
	if (!c->opts->command)
		return status;
	if (c->child.pid && !status)
		kill(c->child.pid, SIGTERM);
	if (c->child.pid && waitpid(c->child.pid, &c->child.status, 0) == c->child.pid)
		c->child.pid = 0;
	return status ? status : eyas_child_status(&c->child);
}

static int record_run(struct record *c)
{
	struct eyas_err err, last;
	int r, end;

	if (c->opts->seconds)
		c->deadline = now_ms() + c->opts->seconds * 1000;
	if (!c->opts->quiet)
		eyas_msg("recording%s%s%s", c->opts->window ? " in memory" : " to '",
			 c->opts->window ? "" : c->rec.name.buf, c->opts->window ? "" : "'");
	if (c->child.pid)
		eyas_child_start(&c->child);
	r = record_loop(c, &err);
	/* -ENODATA: there are as many files as were wanted. */
	if (!r)
		r = drain(c, &err);
	else if (r == -ENODATA)
		r = 0;
	if (r < 0)
		eyas_msg_err(&err);
	end = eyas_recorder_finish(&c->rec, &last);
	if (end < 0 && r >= 0)
		eyas_msg_err(&last);
	if (c->opts->at_end && dump(c) < 0)
		end = -1;
	print_counts(c);
	return command_status(c, r < 0 || end < 0 ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK);
}

static void record_free(struct record **pc)
{
	struct record *c = *pc;

	if (!c)
		return;
	eyas_child_release(&c->child);
	eyas_recorder_release(&c->rec);
	eyas_source_close(c->source);
	eyas_enrich_free(c->enrich);
	eyas_cleanup_close(&c->signals);
	free(c);
}

static int run(int argc, char **argv)
{
	_cleanup_(record_opts_release) struct record_opts opts;
	_cleanup_(record_free) struct record *c = NULL;
	struct eyas_err err = { 0 };

	record_opts_parse(&opts, argc, argv);
	c = calloc(1, sizeof(*c));
	if (!c) {
		eyas_msg("cannot record: out of memory");
		return EYAS_STATUS_FAILURE;
	}
	c->opts = &opts;
	c->signals = -1;
	c->deadline = UINT64_MAX;
	if (open_command(c) < 0 || open_signals(c) < 0)
		return EYAS_STATUS_FAILURE;
	if (open_route(c, argv, &err) < 0)
		return eyas_msg_err(&err);
	return record_run(c);
}

const struct eyas_command eyas_cmd_record = {
	.name = "record",
	.run = run,
	.help = "record what happens into a file",
};
