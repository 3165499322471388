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
#include "cmd_rules.h"
#include "cmd_watch.h"
#include "enrich/snapshot.h"
#include "source/source_capture.h"

#define STEP_EVENTS 256 /* between two looks at the signals */
#define FINISH_MS 2000 /* patience with a slow reader at the end */

void eyas_watch_print_result(const struct eyas_watch *w, const struct eyas_load_result *res,
			     bool failed)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	if (!failed && (!res->warnings || w->opts->quiet))
		return;
	eyas_load_result_text(res, &text);
	fputs(text.buf, stderr);
}

static int load_rules(struct eyas_watch *w)
{
	_cleanup_(eyas_rulefiles_release) struct eyas_rulefiles files = { 0 };
	struct eyas_load_result res;
	struct eyas_err err;
	int r = eyas_watch_opts_read_rules(w->opts, &w->opts->set, &files, &err);

	if (r < 0) {
		eyas_msg_err(&err);
		return r;
	}
	r = eyas_ruleset_load(&w->rules, files.v.data, files.v.len, &w->opts->set.rules, &res);
	eyas_watch_print_result(w, &res, r == -EINVAL);
	eyas_load_result_release(&res);
	if (r == -EINVAL)
		eyas_msg("cannot load the rules; nothing was started");
	else if (r < 0)
		eyas_msg("cannot load the rules: %s", strerror(-r));
	if (r < 0)
		return r;
	for (size_t i = 0; i < files.v.len && w->opts->verbose; i++)
		eyas_msg("rules from '%s'", files.v.data[i].name);
	eyas_ruleset_policy(w->rules, &w->policy);
	return 0;
}

unsigned int eyas_watch_calls_selected(const struct eyas_policy *p)
{
	unsigned int n = 0;

	for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
		n += p->plan[EYAS_ABI_X86_64][nr] != 0;
	return n;
}

/* From here on signals wait to be read. */
static int open_signals(struct eyas_watch *w)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	/* A capture is read by the rules that it was begun with. */
	if (!w->opts->from.len)
		sigaddset(&set, SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w->signals >= 0)
		return 0;
	eyas_msg("cannot wait for signals: %s", strerror(errno));
	return -errno;
}

static int load_state(void *arg, struct eyas_bytes items, struct eyas_err *err)
{
	return eyas_enrich_load(arg, items, err);
}

/* Of a capture also host and processes are its own. */
static int open_source(struct eyas_watch *w, struct eyas_err *err)
{
	const struct eyas_watch_opts *o = w->opts;
	struct eyas_capture_config cfg = {
		.paths = o->from.data,
		.npaths = o->from.len,
		.state = load_state,
		.arg = w->enrich,
	};
	int r;

	if (!o->from.len) {
		eyas_enrich_set_containers(w->enrich, eyas_runtimes_find, &w->runtimes);
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

static int open_route(struct eyas_watch *w)
{
	const struct eyas_watch_opts *o = w->opts;
	struct eyas_pipeline_config cfg = { 0 };
	struct eyas_err err;

	if (eyas_watch_outputs_open(&w->outs, o, &o->set.config, &err) < 0 ||
	    eyas_enrich_create(&w->enrich, "", &err) < 0)
		return eyas_msg_err(&err);
	if (eyas_runtimes_init(&w->runtimes, "") < 0) {
		eyas_msg("out of memory");
		return -ENOMEM;
	}
	if (open_source(w, &err) < 0)
		return eyas_msg_err(&err);
	cfg.source = w->source;
	cfg.enrich = w->enrich;
	cfg.seeded = o->from.len > 0;
	cfg.rules = w->rules;
	cfg.policy = o->from.len ? NULL : &w->policy;
	eyas_watch_apply(w, &cfg);
	if (eyas_pipeline_init(&w->pipe, &cfg, &err) < 0)
		return eyas_msg_err(&err);
	if (!o->from.len && o->set.config.watch_files && eyas_watch_reload_open(w, &err) < 0)
		return eyas_msg_err(&err);
	return 0;
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static void reopen_outputs(const struct eyas_watch *w)
{
	for (size_t i = 0; i < w->outs.n; i++) {
		int r = eyas_output_reopen(w->outs.v[i]);

		if (r < 0 && r != -EAGAIN)
			eyas_msg("cannot open '%s' again: %s", w->outs.v[i]->name, strerror(-r));
	}
}

/* True when it is time to stop. */
static bool take_signals(struct eyas_watch *w)
{
	struct signalfd_siginfo si;

	while (read(w->signals, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo == SIGUSR1)
			reopen_outputs(w);
		else if (si.ssi_signo == SIGHUP)
			w->reload = true;
		else
			return true;
	}
	return now_ms() >= w->deadline;
}

/* The sooner one; negative: never. */
static int sooner(int a, int b)
{
	if (a < 0 || b < 0)
		return a < 0 ? b : a;
	return a < b ? a : b;
}

static int wait_ms(const struct eyas_watch *w)
{
	int ms = eyas_pipeline_timeout(&w->pipe);
	uint64_t now = now_ms(), left;

	if (w->files)
		ms = sooner(ms, eyas_filewatch_timeout(w->files, now));
	if (w->deadline == UINT64_MAX)
		return ms;
	left = now < w->deadline ? w->deadline - now : 0;
	return sooner(ms, left < 60000 ? (int)left : 60000);
}

/* Told once: alerts that can't be written are counted, too. */
static bool output_gone(struct eyas_watch *w)
{
	int r = w->pipe.output_error;
	const char *name = w->outs.n == 1 ? w->outs.v[0]->name : "stdout or the file";

	if (r && !w->output_told) {
		w->output_told = true;
		if (r == -ENOBUFS)
			eyas_msg("alerts are dropped: the reader of '%s' is too slow", name);
		else
			eyas_msg("cannot write to '%s': %s", name, strerror(-r));
	}
	return r == -EPIPE && w->outs.n == 1;
}

static int flush_outputs(struct eyas_watch *w)
{
	int ret = 0;

	for (size_t i = 0; i < w->outs.n; i++)
		if (eyas_output_flush(w->outs.v[i]) == -EAGAIN)
			ret = -EAGAIN;
	return ret;
}

/* A file waits for a slow reader of the alerts, where a host can't. True: it does. */
static bool output_waits(struct eyas_watch *w, struct pollfd *signals)
{
	if (!w->opts->from.len || !w->pipe.waiting)
		return false;
	if (flush_outputs(w) != -EAGAIN) {
		w->pipe.waiting = false;
		return false;
	}
	poll(signals, 1, 20);
	return true;
}

/* What the configuration wants done about lost events beside an alert. True: stop. */
static bool loss_stops(struct eyas_watch *w)
{
	unsigned int drops = eyas_config_drops(&w->opts->set.config);

	if (w->losses == w->pipe.stats.losses)
		return false;
	w->losses = w->pipe.stats.losses;
	if (drops & (EYAS_DROPS_LOG | EYAS_DROPS_EXIT))
		eyas_msg("%llu events lost so far", (unsigned long long)w->pipe.stats.lost);
	return drops & EYAS_DROPS_EXIT;
}

static int watch_loop(struct eyas_watch *w, struct eyas_err *err)
{
	struct pollfd fds[] = {
		{ .fd = w->signals, .events = POLLIN },
		{ .fd = eyas_pipeline_fd(&w->pipe), .events = POLLIN },
		{ .fd = w->files ? eyas_filewatch_fd(w->files) : -1, .events = POLLIN },
	};
	int n;

	while (!take_signals(w)) {
		eyas_watch_reload_step(w, now_ms());
		fds[2].fd = w->files ? eyas_filewatch_fd(w->files) : -1;
		if (output_waits(w, fds))
			continue;
		n = eyas_pipeline_step(&w->pipe, STEP_EVENTS, err);
		if (n < 0)
			return n;
		if (output_gone(w))
			return 0;
		if (loss_stops(w))
			return eyas_err_set(err, -EIO, "stopped, as syscall_event_drops says");
		if (!n && poll(fds, 3, wait_ms(w)) < 0 && errno != EINTR)
			return eyas_err_set(err, -errno, "cannot wait: %s", strerror(errno));
	}
	return 0;
}

/* What was recorded before the end still counts. */
static int drain(struct eyas_watch *w, struct eyas_err *err)
{
	int r = eyas_pipeline_drain(&w->pipe, err);

	while (r >= 0) {
		r = eyas_pipeline_step(&w->pipe, STEP_EVENTS, err);
		if (!r)
			poll(NULL, 0, 1);
	}
	return r == -ENODATA ? 0 : r;
}

static void print_statistics(const struct eyas_watch *w)
{
	static const char *const names[EYAS_PRIO_MAX] = {
		"EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG",
	};
	const struct eyas_pipeline *p = &w->pipe;
	const struct eyas_watch_opts *o = w->opts;
	/* On stdout they would not be JSON. */
	bool mixed = o->set.json && !o->out && o->set.config.stdout_on;
	FILE *f = mixed ? stderr : stdout;

	fprintf(f, "Events detected: %llu\nRule counts by severity:\n",
		(unsigned long long)p->stats.alerts);
	for (unsigned int i = 0; i < EYAS_PRIO_MAX; i++)
		if (p->stats.by_priority[i])
			fprintf(f, "   %s: %llu\n", names[i],
				(unsigned long long)p->stats.by_priority[i]);
	fputs("Triggered rules by rule name:\n", f);
	eyas_vec_for_each(&p->counts, it)
		if (it->alerts)
			fprintf(f, "   %s: %llu\n", it->name, (unsigned long long)it->alerts);
	fflush(f);
	fprintf(stderr,
		"Syscall event drop monitoring:\n"
		"   - event drop detected: %llu occurrences\n"
		"   - num times actions taken: %llu\n",
		(unsigned long long)w->source->stats.loss_events,
		(unsigned long long)(eyas_config_drops(&o->set.config) ? p->stats.losses : 0));
}

/* What there is to say of the files themselves. 0, or -1 if not all were read. */
static int end_capture(const struct eyas_watch *w)
{
	const struct eyas_watch_opts *o = w->opts;
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
static int finish(struct eyas_watch *w)
{
	const struct eyas_pipeline_stats *s = &w->pipe.stats;
	bool failed;

	for (size_t i = 0; i < w->outs.n; i++) {
		int r = eyas_output_finish(w->outs.v[i], FINISH_MS);

		if (r && r != -EAGAIN && !w->pipe.output_error)
			w->pipe.output_error = r;
	}
	output_gone(w);
	if (!w->opts->quiet)
		print_statistics(w);
	if (!w->opts->quiet || s->lost)
		eyas_msg("events %llu, lost %llu", (unsigned long long)s->events,
			 (unsigned long long)s->lost);
	failed = w->pipe.output_error;
	for (size_t i = 0; i < w->outs.n; i++) {
		if (!w->outs.v[i]->failed)
			continue;
		failed = true;
		eyas_msg("%llu alerts were not written to '%s'",
			 (unsigned long long)w->outs.v[i]->failed, w->outs.v[i]->name);
	}
	return failed ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
}

static int watch_run(struct eyas_watch *w)
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
			 eyas_watch_calls_selected(&w->policy));
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

static void watch_free(struct eyas_watch **pw)
{
	struct eyas_watch *w = *pw;

	if (!w)
		return;
	eyas_pipeline_release(&w->pipe);
	eyas_filewatch_close(w->files);
	eyas_source_close(w->source);
	eyas_enrich_free(w->enrich);
	eyas_runtimes_release(&w->runtimes);
	eyas_watch_outputs_close(&w->outs);
	eyas_ruleset_free(w->next_rules);
	eyas_ruleset_free(w->rules);
	eyas_cleanup_close(&w->signals);
	free(w);
}

/* ---- what is a command of its own ---- */

struct args {
	EYAS_VEC(char *) v;
};

static void args_release(struct args *a)
{
	eyas_vec_release(&a->v);
}

static int add_arg(struct args *a, const char *arg)
{
	return eyas_vec_push(&a->v, (char *)arg);
}

/* What -r names; else what is there of what a configuration names. */
static int add_rules(struct args *a, const struct eyas_watch_opts *o)
{
	bool given = o->paths.len;
	const struct eyas_config *c = &o->set.config;
	const char *const *paths = given ? o->paths.data : c->rules_files.data;
	size_t n = given ? o->paths.len : c->rules_files.len;
	int r = 0;

	for (size_t i = 0; i < n && !r; i++) {
		if (!given && access(paths[i], F_OK) != 0)
			continue;
		r = add_arg(a, "-r");
		if (!r)
			r = add_arg(a, paths[i]);
	}
	return r;
}

static int run_rules(const struct eyas_watch_opts *o)
{
	static int (*const cmds[])(int argc, char **argv) = {
		[EYAS_WATCH_VALIDATE] = eyas_rules_check,
		[EYAS_WATCH_FIELDS] = eyas_rules_fields,
		[EYAS_WATCH_EVENTS] = eyas_rules_events,
	};
	_cleanup_(args_release) struct args a = { 0 };
	int r = add_arg(&a, "eyas watch");

	if (!r && o->set.json)
		r = add_arg(&a, "-j");
	if (!r && o->mode < EYAS_WATCH_FIELDS)
		r = add_rules(&a, o);
	if (!r && o->names && o->mode == EYAS_WATCH_FIELDS)
		r = add_arg(&a, "-N");
	if (!r && o->show)
		r = add_arg(&a, "--");
	if (!r && o->show)
		r = add_arg(&a, o->show);
	if (!r)
		r = add_arg(&a, NULL);
	if (!r && o->mode == EYAS_WATCH_LIST)
		return eyas_rules_list_as((int)a.v.len - 1, a.v.data, &o->set.rules);
	if (!r && o->mode == EYAS_WATCH_SHOW)
		return eyas_rules_show_as((int)a.v.len - 1, a.v.data, &o->set.rules);
	if (!r)
		return cmds[o->mode]((int)a.v.len - 1, a.v.data);
	eyas_msg("out of memory");
	return EYAS_STATUS_FAILURE;
}

static int write_pidfile(const struct eyas_watch_opts *o)
{
	FILE *f = o->pidfile ? fopen(o->pidfile, "we") : NULL;
	bool failed;

	if (!o->pidfile)
		return 0;
	failed = !f || fprintf(f, "%d\n", (int)getpid()) < 0;
	if ((!f || !fclose(f)) && !failed)
		return 0;
	eyas_msg("cannot write '%s': %s", o->pidfile, strerror(errno));
	return -1;
}

static int run(int argc, char **argv)
{
	_cleanup_(eyas_watch_opts_release) struct eyas_watch_opts opts = { 0 };
	_cleanup_(watch_free) struct eyas_watch *w = calloc(1, sizeof(*w));
	int r = eyas_watch_opts_parse(&opts, argc, argv);

	if (r)
		return r;
	if (opts.mode != EYAS_WATCH)
		return run_rules(&opts);
	if (!w) {
		eyas_msg("cannot watch: out of memory");
		return EYAS_STATUS_FAILURE;
	}
	w->opts = &opts;
	w->signals = -1;
	w->deadline = UINT64_MAX;
	eyas_strbuf_init(&w->pipe.line);
	if (load_rules(w) < 0)
		return EYAS_STATUS_FAILURE;
	if (opts.dry) {
		eyas_msg("%zu rules can be watched by", eyas_ruleset_len(w->rules));
		return EYAS_STATUS_OK;
	}
	if (open_signals(w) < 0 || open_route(w) || write_pidfile(&opts) < 0)
		return EYAS_STATUS_FAILURE;
	r = watch_run(w);
	if (opts.pidfile)
		unlink(opts.pidfile);
	return r;
}

const struct eyas_command eyas_cmd_watch = {
	.name = "watch",
	.run = run,
	.help = "watch this host by rules and print alerts",
};
