// SPDX-License-Identifier: Apache-2.0
/* eyas watch: load rules, watch this host, print alerts until told to stop. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>
#include "cmd.h"
#include "enrich/snapshot.h"
#include "opts.h"
#include "pipeline/pipeline.h"
#include "rulefiles.h"
#include "source/source_capture.h"

#define STEP_EVENTS	256	/* between two looks at the signals */
#define FINISH_MS	2000	/* patience with a slow reader at the end */

struct watch_opts {
	struct eyas_rulefiles files;
	struct eyas_ruleset_options rules;
	bool rules_given, json, iso_time, quiet, verbose;
	const char *out;
	EYAS_VEC(const char *) from;	/* capture files; none: this host, live */
	unsigned long seconds;
	enum eyas_color color;
};

struct watch {
	const struct watch_opts *opts;
	char hostname[256];
	struct eyas_policy policy;
	struct eyas_ruleset *rules;
	struct eyas_output *out;
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	struct eyas_pipeline pipe;
	int signals;		/* signalfd */
	uint64_t deadline;	/* CLOCK_MONOTONIC, ms; UINT64_MAX: none */
	bool output_told;	/* that the output fails */
};

enum {
	OPT_ISO_TIME = EYAS_OPT_OWN,
	OPT_PATHS,
	OPT_PRIORITY,
	OPT_MATCHING,
	OPT_FROM,
};

/* clang-format off */
static const struct argp_option options[] = {
	{ "rules", 'r', "PATH", 0, "rules file, or directory of *.yaml; may be repeated", 0 },
	EYAS_OPT_ROW_JSON,
	{ "output", 'o', "FILE", 0, "append alerts to FILE, not to stdout", 0 },
	{ "max-time", 'M', "SECONDS", 0, "stop after so long", 0 },
	{ "priority", OPT_PRIORITY, "LEVEL", 0, "leave out rules less severe than LEVEL", 0 },
	{ "rule-matching", OPT_MATCHING, "HOW", 0, "first (default) or all rules that match", 0 },
	{ "paths", OPT_PATHS, "HOW", 0, "real (default): see through symbolic links; as-given", 0 },
	{ "from", OPT_FROM, "FILE", 0, "what a capture file holds, not this host", 0 },
	{ "iso-time", OPT_ISO_TIME, NULL, 0, "date and time in UTC", 0 },
	EYAS_OPT_ROW_COLOR,
	{ "quiet", 'q', NULL, 0, "only alerts and errors", 0 },
	{ "verbose", 'v', NULL, 0, "say what is loaded and selected", 0 },
	{ 0 },
};
/* clang-format on */

/* Which of two words; the first one is the default. */
static bool either(struct argp_state *state, const char *option, const char *arg,
		   const char *first, const char *second)
{
	if (strcmp(arg, first) != 0 && strcmp(arg, second) != 0)
		argp_error(state, "%s: '%s' is neither '%s' nor '%s'", option, arg, first, second);
	return !strcmp(arg, second);
}

static void add_rules(struct watch_opts *o, const char *path)
{
	struct eyas_err err;

	o->rules_given = true;
	if (eyas_rulefiles_add(&o->files, path, &err) < 0)
		exit(eyas_msg_err(&err));
}

static error_t parse_output(int key, char *arg, struct argp_state *state, struct watch_opts *o)
{
	switch (key) {
	case 'j':
		o->json = true;
		break;
	case 'o':
		o->out = arg;
		break;
	case 'q':
		o->quiet = true;
		break;
	case 'v':
		o->verbose = true;
		break;
	case OPT_ISO_TIME:
		o->iso_time = true;
		break;
	case EYAS_OPT_COLOR:
		if (eyas_color_parse(arg, &o->color) < 0)
			argp_error(state, "--color: '%s' is not auto, always or never", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct watch_opts *o = state->input;

	switch (key) {
	case 'r':
		add_rules(o, arg);
		break;
	case 'M':
		if (eyas_opts_number(arg, 1, 1UL << 31, &o->seconds) < 0)
			argp_error(state, "-M: '%s' is not a number of seconds", arg);
		break;
	case OPT_PRIORITY:
		if (eyas_priority_parse(arg, &o->rules.min_priority) < 0)
			argp_error(state, "--priority: '%s' is not a priority, as 'warning' is",
				   arg);
		break;
	case OPT_MATCHING:
		o->rules.match_all = either(state, "--rule-matching", arg, "first", "all");
		break;
	case OPT_PATHS:
		o->rules.paths_as_given = either(state, "--paths", arg, "real", "as-given");
		break;
	case OPT_FROM:
		if (eyas_vec_push(&o->from, (const char *)arg) < 0)
			return ENOMEM;
		break;
	case ARGP_KEY_ARG:
		argp_error(state, "unexpected argument '%s'; rules are named with -r", arg);
		break;
	default:
		return parse_output(key, arg, state, o);
	}
	return 0;
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Watch this host by rules and print an alert for each event that matches one.\v"
	       "Without -r the rules that come with eyas are used. Alerts go to stdout, all\n"
	       "else to stderr; counts are printed at the end. Needs root and the module.\n\n"
	       "Examples:\n"
	       "  sudo eyas watch\n"
	       "  sudo eyas watch -r /etc/falco/falco_rules.yaml -r my-rules.yaml\n"
	       "  sudo eyas watch -j -M 60 --priority warning | jq .output_fields",
};

static int load_rules(struct watch *w)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	const struct eyas_rulefiles *files = &w->opts->files;
	struct eyas_load_result res;
	int r = eyas_ruleset_load(&w->rules, files->v.data, files->v.len, &w->opts->rules, &res);

	if (r == -EINVAL || (!r && res.warnings && !w->opts->quiet)) {
		eyas_load_result_text(&res, &text);
		fputs(text.buf, stderr);
	}
	eyas_load_result_release(&res);
	if (r == -EINVAL)
		eyas_msg("cannot load the rules; nothing was started");
	else if (r < 0)
		eyas_msg("cannot load the rules: %s", strerror(-r));
	if (r < 0)
		return r;
	for (size_t i = 0; i < files->v.len && w->opts->verbose; i++)
		eyas_msg("rules from '%s'", files->v.data[i].name);
	return 0;
}

static void make_policy(struct watch *w)
{
	eyas_ruleset_policy(w->rules, &w->policy);
	/* Whatever the rules ask for, the process table lives on these. */
	w->policy.events |= EYAS_EVENT_PROCESS;
}

static unsigned int calls_selected(const struct watch *w)
{
	unsigned int n = 0;

	for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
		n += w->policy.plan[EYAS_ABI_X86_64][nr] != 0;
	return n;
}

/* From here on signals wait to be read. */
static int open_signals(struct watch *w)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w->signals >= 0)
		return 0;
	eyas_msg("cannot wait for signals: %s", strerror(errno));
	return -errno;
}

static int open_output(struct watch *w, struct eyas_err *err)
{
	if (w->opts->out)
		return eyas_output_file_open(&w->out, w->opts->out, err);
	return eyas_output_fd_open(&w->out, STDOUT_FILENO, "stdout", err);
}

static int load_state(void *arg, struct eyas_bytes items, struct eyas_err *err)
{
	return eyas_enrich_load(arg, items, err);
}

/* Of a capture also host and processes are its own. */
static int open_source(struct watch *w, struct eyas_err *err)
{
	const struct watch_opts *o = w->opts;
	struct eyas_capture_config cfg = {
		.paths = o->from.data, .npaths = o->from.len, .state = load_state,
		.arg = w->enrich,
	};
	int r;

	if (!o->from.len) {
		gethostname(w->hostname, sizeof(w->hostname) - 1);
		return eyas_source_rings_open(&w->source, &w->policy, err);
	}
	eyas_enrich_detach(w->enrich);
	r = eyas_source_capture_open(&w->source, &cfg, err);
	if (!r)
		snprintf(w->hostname, sizeof(w->hostname), "%s",
			 eyas_source_capture_facts(w->source)->hostname);
	return r;
}

static int open_route(struct watch *w)
{
	const struct watch_opts *o = w->opts;
	struct eyas_pipeline_config cfg = { 0 };
	struct eyas_err err;

	if (open_output(w, &err) < 0 || eyas_enrich_create(&w->enrich, "", &err) < 0 ||
	    open_source(w, &err) < 0)
		return eyas_msg_err(&err);
	cfg.source = w->source;
	cfg.enrich = w->enrich;
	cfg.seeded = o->from.len > 0;
	cfg.rules = w->rules;
	cfg.outputs[cfg.noutputs++] = w->out;
	cfg.alert.form = o->json ? EYAS_ALERT_JSON : EYAS_ALERT_TEXT;
	cfg.alert.time_iso_8601 = o->iso_time;
	cfg.alert.color = eyas_color_wanted(o->out ? EYAS_COLOR_NEVER : o->color, STDOUT_FILENO);
	cfg.alert.hostname = w->hostname;
	if (eyas_pipeline_init(&w->pipe, &cfg, &err) < 0)
		return eyas_msg_err(&err);
	return 0;
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

/* True when it is time to stop. */
static bool take_signals(struct watch *w)
{
	struct signalfd_siginfo si;
	int r;

	while (read(w->signals, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo != SIGUSR1)
			return true;
		r = eyas_output_reopen(w->out);
		if (r < 0 && r != -EAGAIN)
			eyas_msg("cannot open '%s' again: %s", w->out->name, strerror(-r));
	}
	return now_ms() >= w->deadline;
}

static int wait_ms(const struct watch *w)
{
	int ms = eyas_pipeline_timeout(&w->pipe);
	uint64_t now = now_ms(), left;

	if (w->deadline == UINT64_MAX)
		return ms;
	left = now < w->deadline ? w->deadline - now : 0;
	if (left > 60000)
		left = 60000;
	return ms < 0 || left < (uint64_t)ms ? (int)left : ms;
}

/* Told once: alerts that can't be written are counted, too. */
static bool output_gone(struct watch *w)
{
	int r = w->pipe.output_error;

	if (r && !w->output_told) {
		w->output_told = true;
		if (r == -ENOBUFS)
			eyas_msg("alerts are dropped: the reader of '%s' is too slow", w->out->name);
		else
			eyas_msg("cannot write to '%s': %s", w->out->name, strerror(-r));
	}
	return r == -EPIPE;
}

/* A file waits for a slow reader of the alerts, where a host can't. True: it does. */
static bool output_waits(struct watch *w, struct pollfd *signals)
{
	if (!w->opts->from.len || !w->pipe.waiting)
		return false;
	if (eyas_output_flush(w->out) != -EAGAIN) {
		w->pipe.waiting = false;
		return false;
	}
	poll(signals, 1, 20);
	return true;
}

static int watch_loop(struct watch *w, struct eyas_err *err)
{
	struct pollfd fds[] = {
		{ .fd = w->signals, .events = POLLIN },
		{ .fd = eyas_pipeline_fd(&w->pipe), .events = POLLIN },
	};
	int n;

	while (!take_signals(w)) {
		if (output_waits(w, fds))
			continue;
		n = eyas_pipeline_step(&w->pipe, STEP_EVENTS, err);
		if (n < 0)
			return n;
		if (output_gone(w))
			return 0;
		if (!n && poll(fds, 2, wait_ms(w)) < 0 && errno != EINTR)
			return eyas_err_set(err, -errno, "cannot wait: %s", strerror(errno));
	}
	return 0;
}

/* What was recorded before the end still counts. */
static int drain(struct watch *w, struct eyas_err *err)
{
	int r = eyas_source_drain(w->source, err);

	while (r >= 0) {
		r = eyas_pipeline_step(&w->pipe, STEP_EVENTS, err);
		if (!r)
			poll(NULL, 0, 1);
	}
	return r == -ENODATA ? 0 : r;
}

static void print_statistics(const struct watch *w)
{
	static const char *const names[EYAS_PRIO_MAX] = {
		"EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG",
	};
	const struct eyas_pipeline *p = &w->pipe;
	/* On stdout they would not be JSON. */
	FILE *f = w->opts->json && !w->opts->out ? stderr : stdout;

	fprintf(f, "Events detected: %llu\nRule counts by severity:\n",
		(unsigned long long)p->stats.alerts);
	for (unsigned int i = 0; i < EYAS_PRIO_MAX; i++)
		if (p->stats.by_priority[i])
			fprintf(f, "   %s: %llu\n", names[i],
				(unsigned long long)p->stats.by_priority[i]);
	fputs("Triggered rules by rule name:\n", f);
	for (size_t i = 0; i < eyas_ruleset_len(w->rules); i++) {
		struct eyas_rule_info info;

		eyas_rule_info(eyas_ruleset_at(w->rules, i), &info);
		if (p->by_rule[i])
			fprintf(f, "   %s: %llu\n", info.name, (unsigned long long)p->by_rule[i]);
	}
	fflush(f);
	fprintf(stderr, "Syscall event drop monitoring:\n"
		"   - event drop detected: %llu occurrences\n"
		"   - num times actions taken: %llu\n",
		(unsigned long long)w->source->stats.loss_events,
		(unsigned long long)p->stats.loss_alerts);
}

/* What there is to say of the files themselves. 0, or -1 if not all were read. */
static int end_capture(const struct watch *w)
{
	const struct watch_opts *o = w->opts;
	size_t parts;

	if (!o->from.len)
		return 0;
	if (eyas_source_capture_note(w->source))
		eyas_msg("%s", eyas_source_capture_note(w->source));
	parts = eyas_source_capture_parts(w->source);
	if (parts == o->from.len)
		return 0;
	eyas_msg("'%s' is not the next part of '%s'; watch it alone", o->from.data[parts],
		 o->from.data[parts - 1]);
	return -1;
}

/* The last alerts, then the counts; a failure of the output shows in the status. */
static int finish(struct watch *w)
{
	const struct eyas_pipeline_stats *s = &w->pipe.stats;
	int r = eyas_output_finish(w->out, FINISH_MS);

	if (r && r != -EAGAIN && !w->pipe.output_error)
		w->pipe.output_error = r;
	output_gone(w);
	if (!w->opts->quiet)
		print_statistics(w);
	if (!w->opts->quiet || s->lost)
		eyas_msg("events %llu, lost %llu", (unsigned long long)s->events,
			 (unsigned long long)s->lost);
	if (!w->out->failed)
		return w->pipe.output_error ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
	eyas_msg("%llu alerts were not written to '%s'", (unsigned long long)w->out->failed,
		 w->out->name);
	return EYAS_STATUS_FAILURE;
}

static int watch_run(struct watch *w)
{
	struct eyas_err err;
	int r;

	if (w->opts->seconds)
		w->deadline = now_ms() + w->opts->seconds * 1000;
	if (!w->opts->quiet && w->opts->from.len)
		eyas_msg("reading '%s', %zu rules", w->opts->from.data[0],
			 eyas_ruleset_len(w->rules));
	else if (!w->opts->quiet)
		eyas_msg("watching, %zu rules, %u calls selected", eyas_ruleset_len(w->rules),
			 calls_selected(w));
	r = watch_loop(w, &err);
	if (!r && !w->opts->from.len)
		r = drain(w, &err);
	if (r == -ENODATA)
		r = 0;
	if (r < 0)
		eyas_msg_err(&err);
	else
		r = end_capture(w);
	return finish(w) || r < 0 ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
}

static void watch_free(struct watch **pw)
{
	struct watch *w = *pw;

	if (!w)
		return;
	eyas_pipeline_release(&w->pipe);
	eyas_source_close(w->source);
	eyas_enrich_free(w->enrich);
	eyas_output_close(w->out);
	eyas_ruleset_free(w->rules);
	eyas_cleanup_close(&w->signals);
	free(w);
}

static void opts_release(struct watch_opts *o)
{
	eyas_rulefiles_release(&o->files);
	eyas_vec_release(&o->from);
}

static int run(int argc, char **argv)
{
	_cleanup_(opts_release) struct watch_opts opts = {
		.rules.min_priority = EYAS_PRIO_DEBUG,
	};
	_cleanup_(watch_free) struct watch *w = calloc(1, sizeof(*w));
	struct eyas_err err;

	if (!w) {
		eyas_msg("cannot watch: out of memory");
		return EYAS_STATUS_FAILURE;
	}
	w->opts = &opts;
	w->signals = -1;
	w->deadline = UINT64_MAX;
	eyas_strbuf_init(&w->pipe.line);

	if (eyas_opts_parse(&argp, argc, argv, &opts))
		return EYAS_STATUS_FAILURE;
	if (!opts.rules_given && eyas_rulefiles_add_default(&opts.files, &err) < 0)
		return eyas_msg_err(&err);
	if (load_rules(w) < 0)
		return EYAS_STATUS_FAILURE;
	make_policy(w);
	if (open_signals(w) < 0 || open_route(w))
		return EYAS_STATUS_FAILURE;
	return watch_run(w);
}

const struct eyas_command eyas_cmd_watch = {
	.name = "watch",
	.run = run,
	.help = "watch this host by rules and print alerts",
};
