// SPDX-License-Identifier: Apache-2.0
/* eyas trace: run or find what is to be traced, and print its system calls until it ends. */
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include "base/util.h"
#include "cmd.h"
#include "cmd_trace.h"
#include "enrich/snapshot.h"
#include "source/capture_write.h"
#include "source/clock.h"
#include "source/ctl.h"
#include "source/source_capture.h"

#define STEP_EVENTS	256	/* between two looks at the signals */
#define LOST_MS		500	/* then threads whose end nobody told are looked for */
#define STATUS_LOST	3

struct trace {
	const struct trace_opts *opts;
	struct eyas_policy policy;
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	struct eyas_trace *trace;
	struct eyas_child child;
	uint32_t child_pid;		/* scope borrows it */
	struct trace_out out;
	struct eyas_ctl *ctl;		/* for counters, NULL: not needed */
	struct eyas_capture_writer *save; /* NULL: nothing is saved */
	struct eyas_map readers;	/* pids that out.pipe has started */
	int signals;			/* signalfd */
	unsigned int interrupts;
	bool stop, looked;
};

/* ---- setting up ---- */

static void make_policy(struct trace *t)
{
	const struct trace_opts *o = t->opts;
	struct eyas_policy_scope *s = &t->policy.scope;

	eyas_trace_policy(&o->o, &t->policy);
	t->policy.bulk_size = eyas_opts_ring_size(o->buffer);
	/* Life and privilege are few, but for a debugger's calls. */
	t->policy.crit_size = t->policy.bulk_size / 4 > EYAS_CRIT_SIZE_DEFAULT ?
				      t->policy.bulk_size / 4 :
				      EYAS_CRIT_SIZE_DEFAULT;
	t->child_pid = (uint32_t)t->child.pid;
	eyas_scope_apply(&o->scope, &t->child_pid, o->o.follow, s);
}

static int load_state(void *arg, struct eyas_bytes items, struct eyas_err *err)
{
	return eyas_enrich_load(arg, items, err);
}

static int open_source(struct trace *t, struct eyas_err *err)
{
	const char *const paths[] = { t->opts->from };
	struct eyas_capture_config cfg = {
		.paths = paths, .npaths = 1, .state = load_state, .arg = t->enrich,
	};

	if (t->opts->from) {
		eyas_enrich_detach(t->enrich);
		return eyas_source_capture_open(&t->source, &cfg, err);
	}
	return eyas_source_rings_open(&t->source, &t->policy, err);
}

/* From here on signals wait to be read. */
static int open_signals(struct trace *t)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGCHLD);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	t->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (t->signals >= 0)
		return 0;
	eyas_msg("cannot wait for signals: %s", strerror(errno));
	return -errno;
}

/* Threads that live already: each shows up though it may never call. */
static int add_threads(struct trace *t, uint32_t pid)
{
	char path[64];
	struct dirent *d;
	uint64_t tid;
	DIR *dir;
	int r = 0;

	snprintf(path, sizeof(path), "/proc/%" PRIu32 "/task", pid);
	dir = opendir(path);
	while (!r && dir && (d = readdir(dir)))
		if (!eyas_parse_u64(d->d_name, &tid))
			r = eyas_trace_add(t->trace, (uint32_t)tid, pid);
	if (dir)
		closedir(dir);
	return r;
}

static int add_whom(struct trace *t)
{
	const struct trace_opts *o = t->opts;
	bool limit = o->from || (o->o.follow && !o->tree);
	int r = 0;

	if (t->child.pid)
		return eyas_trace_command(t->trace, (uint32_t)t->child.pid);
	for (size_t i = 0; i < o->scope.pids.len && !r; i++) {
		/* The kernel's scope has living descendants; -f means those to come. */
		if (limit)
			r = eyas_trace_limit(t->trace, o->scope.pids.data[i]);
		if (!r && !o->from)
			r = add_threads(t, o->scope.pids.data[i]);
		if (!(o->o.quiet & EYAS_TRACE_QUIET_ATTACH) && !o->from)
			eyas_msg("Process %" PRIu32 " attached", o->scope.pids.data[i]);
	}
	return r;
}

static int open_trace(struct trace *t, struct eyas_err *err)
{
	struct eyas_trace_sink sink = { 0 };
	int r;

	trace_out_sink(&t->out, &sink);
	r = eyas_trace_new(&t->trace, &t->opts->o, &sink, t->enrich, err);
	if (r < 0)
		return r;
	/* A new process brings all that is to be known of it. */
	if (!t->child.pid && !t->opts->from) {
		r = eyas_enrich_seed(t->enrich, err);
		if (r < 0)
			return r;
	}
	if (t->opts->save) {
		r = trace_save_open(&t->save, t->opts, t->enrich, err);
		if (r < 0)
			return r;
	}
	if (add_whom(t) < 0)
		return eyas_err_set(err, -ENOMEM, "cannot trace: out of memory");
	return 0;
}

/* Its streams are the command's alone: who waits for their end waits for it, not for us. */
static int leave_streams(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (fd < 0 || dup2(fd, STDIN_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0) {
		eyas_msg("cannot open '/dev/null': %s", strerror(errno));
		return -1;
	}
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;
}

static int open_all(struct trace *t)
{
	const struct trace_opts *o = t->opts;
	const struct eyas_child_opts how = {
		.command = o->command, .user = o->user, .argv0 = o->argv0,
		.env = o->env.data, .nenv = o->env.len,
	};
	struct eyas_err err;

	if (o->command && eyas_child_prepare(&t->child, &how) < 0)
		return -1;
	if (open_signals(t) < 0)
		return -1;
	make_policy(t);
	if (eyas_enrich_create(&t->enrich, "", &err) < 0 || open_source(t, &err) < 0 ||
	    (o->o.counters && eyas_ctl_open(&t->ctl, &err) < 0)) {
		eyas_msg_err(&err);
		return -1;
	}
	/* Once it is recorded what a command that reads our lines does: see reads_us(). */
	if (trace_out_open(&t->out, o) < 0)
		return -1;
	if (open_trace(t, &err) < 0) {
		eyas_msg_err(&err);
		return -1;
	}
	return o->command ? leave_streams() : 0;
}

/* ---- running ---- */

/* What a signal to us means: the command gets what its terminal did not send to it as well. */
static void tell_detached(const struct trace *t)
{
	const struct trace_opts *o = t->opts;

	for (size_t i = 0; i < o->scope.pids.len && !o->from && !t->stop; i++)
		if (!(o->o.quiet & EYAS_TRACE_QUIET_ATTACH))
			eyas_msg("Process %" PRIu32 " detached", o->scope.pids.data[i]);
}

static void take_signal(struct trace *t, const struct signalfd_siginfo *si)
{
	if (si->ssi_signo == SIGCHLD) {
		if (t->opts->command)
			eyas_child_reap(&t->child);
		return;
	}
	if (!t->child.pid || t->interrupts++) {
		tell_detached(t);
		t->stop = true;
		return;
	}
	if (si->ssi_code == SI_KERNEL)
		return;
	eyas_child_signal(&t->child, (int)si->ssi_signo);
}

static void take_signals(struct trace *t)
{
	struct signalfd_siginfo si;

	while (read(t->signals, &si, sizeof(si)) == sizeof(si))
		take_signal(t, &si);
}

static bool done(struct trace *t)
{
	take_signals(t);
	if (t->stop)
		return true;
	if (t->opts->command)
		return !t->child.pid && !eyas_trace_alive(t->trace);
	return t->opts->scope.pids.len && !t->opts->from && !eyas_trace_alive(t->trace);
}

struct tids { EYAS_VEC(uint32_t) v; };

static int keep_tid(uint32_t tid, void *arg)
{
	struct tids *t = arg;

	return eyas_vec_push(&t->v, tid);
}

/* Numbers of 32-bit calls are others. */
static bool runs_64bit(uint32_t tid)
{
	unsigned char head[5] = { 0 };
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%" PRIu32 "/exe", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	if (read(fd, head, sizeof(head)) < 0)
		head[4] = 0;
	close(fd);
	return head[4] == ELFCLASS64;
}

/* Where a thread waits that lived before, so that its line is there while it does. */
static void look_into(struct trace *t, uint32_t tid)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	unsigned long long a[6];
	uint64_t args[6];
	char path[64];
	long nr;

	snprintf(path, sizeof(path), "/proc/%" PRIu32 "/syscall", tid);
	/* "running" and "-1 ..." are no calls. */
	if (eyas_read_file(path, 4096, &text) < 0 ||
	    sscanf(text.buf, "%ld %llx %llx %llx %llx %llx %llx", &nr, &a[0], &a[1], &a[2], &a[3],
		   &a[4], &a[5]) != 7 ||
	    nr < 0 || nr >= EYAS_NR_MAX || !runs_64bit(tid))
		return;
	for (int i = 0; i < 6; i++)
		args[i] = a[i];
	eyas_trace_in_call(t->trace, tid, (int)nr, args, eyas_clock_now(CLOCK_REALTIME));
}

/* Once all is read that there is: who has not called since then is in a call. */
static void look_into_all(struct trace *t)
{
	struct tids tids = { 0 };

	if (t->looked || t->opts->command || t->opts->from)
		return;
	t->looked = true;
	eyas_trace_each(t->trace, keep_tid, &tids);
	for (size_t i = 0; i < tids.v.len; i++)
		look_into(t, tids.v.data[i]);
	eyas_vec_release(&tids.v);
}

static int find_dead(uint32_t tid, void *arg)
{
	struct tids *d = arg;

	if (kill((pid_t)tid, 0) < 0 && errno == ESRCH)
		return eyas_vec_push(&d->v, tid);
	return 0;
}

/* Nothing comes, and there may be threads whose end was lost. */
static void bury(struct trace *t)
{
	struct tids dead = { 0 };

	eyas_trace_each(t->trace, find_dead, &dead);
	for (size_t i = 0; i < dead.v.len; i++)
		eyas_trace_gone(t->trace, dead.v.data[i]);
	eyas_vec_release(&dead.v);
}

static bool may_have_lost(const struct trace *t)
{
	return t->source->stats.lost || (t->opts->command && !t->child.pid);
}

/*
 * A line about the command that reads our lines would be a reason for the next
 * one: it is left out, with all that it starts.
 */
static bool reads_us(struct trace *t, const struct eyas_event *ev)
{
	uint32_t pid = ev->pid;

	if (!t->out.pipe || (pid != (uint32_t)t->out.pipe && !eyas_map_get(&t->readers, pid)))
		return false;
	if (ev->fork && eyas_map_set(&t->readers, ev->fork->child_pid, t) < 0)
		t->stop = true;
	else if (ev->exit && ev->exit->flags & EYAS_EXIT_F_GROUP)
		eyas_map_del(&t->readers, pid);
	return true;
}

static int cannot_write(const struct trace *t, int r, struct eyas_err *err)
{
	return eyas_err_set(err, r, "cannot write to '%s': %s",
			    t->opts->output ? t->opts->output : "stderr", strerror(-r));
}

/* At most so many events. Their number, 0: none now, -ENODATA: no more, -errno. */
static int step(struct trace *t, struct eyas_err *err)
{
	struct eyas_event ev;
	int n, r = 0;

	for (n = 0; n < STEP_EVENTS; n++) {
		r = eyas_source_next(t->source, &ev, err);
		if (r <= 0)
			break;
		if (reads_us(t, &ev))
			continue;
		r = t->save ? trace_save_event(t->save, &ev, err) : 0;
		if (r < 0)
			return r;
		r = eyas_trace_event(t->trace, &ev);
		if (r < 0)
			return cannot_write(t, r, err);
	}
	return r < 0 ? r : n;
}

static int run_loop(struct trace *t, struct eyas_err *err)
{
	struct pollfd fds[] = {
		{ .fd = t->signals, .events = POLLIN },
		{ .fd = eyas_source_fd(t->source), .events = POLLIN },
	};
	int n;

	while (!done(t)) {
		n = step(t, err);
		if (n < 0)
			return n;
		if (n)
			continue;
		look_into_all(t);
		n = eyas_trace_flush(t->trace);
		if (n < 0)
			return cannot_write(t, n, err);
		n = poll(fds, 2, may_have_lost(t) ? LOST_MS : -1);
		if (n < 0 && errno != EINTR)
			return eyas_err_set(err, -errno, "cannot wait: %s", strerror(errno));
		if (!n)
			bury(t);
	}
	return 0;
}

/* What was recorded before the end still counts. */
static int drain(struct trace *t, struct eyas_err *err)
{
	int r = eyas_source_drain(t->source, err);

	while (r >= 0) {
		r = step(t, err);
		if (!r)
			poll(NULL, 0, 1);
	}
	return r;
}

/* Lines can't be had any more; that is no reason for the command to stop. */
static void wait_for_command(struct trace *t)
{
	struct pollfd fd = { .fd = t->signals, .events = POLLIN };

	eyas_source_close(t->source);
	t->source = NULL;
	for (take_signals(t); t->child.pid && !t->stop; take_signals(t))
		poll(&fd, 1, -1);
}

/* ---- counters ---- */

static int find_session(const struct eyas_ctl_session *s, void *arg)
{
	uint32_t *id = arg;

	if (s->owner_pid == (uint32_t)getpid())
		*id = s->id;
	return 0;
}

static int take_counter(uint32_t abi, const struct eyas_counter *c, void *arg)
{
	return eyas_trace_count(arg, abi, c);
}

static int take_counters(struct trace *t, struct eyas_err *err)
{
	uint32_t session = 0;
	int r;

	if (!t->ctl)
		return 0;
	r = eyas_ctl_sessions(t->ctl, 0, find_session, &session, err);
	if (r < 0 || !session)
		return r;
	return eyas_ctl_counters(t->ctl, session, take_counter, t->trace, err);
}

/* ---- the end ---- */

static int finish(struct trace *t, int r)
{
	const struct eyas_source_stats s = t->source->stats;
	int failed = eyas_trace_finish(t->trace);
	struct eyas_err err;

	if (failed < 0 && r >= 0) {
		r = cannot_write(t, failed, &err);
		eyas_msg_err(&err);
	}
	trace_out_close(&t->out);
	if (r < 0) {
		wait_for_command(t);
		return EYAS_STATUS_FAILURE;
	}
	if (s.lost)
		eyas_msg("events %" PRIu64 ", lost %" PRIu64, s.events, s.lost);
	if (s.lost && t->opts->strict)
		return STATUS_LOST;
	if (!t->opts->command || t->child.pid)
		return EYAS_STATUS_OK;
	return eyas_child_status(&t->child);
}

static int trace_run(struct trace *t)
{
	struct eyas_err err = { 0 };
	int r;

	if (t->child.pid)
		eyas_child_start(&t->child);
	r = run_loop(t, &err);
	if (!r)
		r = take_counters(t, &err);
	if (!r && !t->opts->from)
		r = drain(t, &err);
	if (r == -ENODATA)
		r = 0;
	if (!r && t->save)
		r = eyas_capture_writer_end(t->save, 0, &err);
	if (r < 0)
		eyas_msg_err(&err);
	return finish(t, r);
}

static void trace_free(struct trace **pt)
{
	struct trace *t = *pt;

	if (!t)
		return;
	eyas_child_release(&t->child);
	eyas_capture_writer_free(t->save);
	eyas_trace_free(t->trace);
	eyas_source_close(t->source);
	eyas_enrich_free(t->enrich);
	eyas_ctl_close(t->ctl);
	trace_out_close(&t->out);
	eyas_map_release(&t->readers);
	eyas_cleanup_close(&t->signals);
	free(t);
}

static int run(int argc, char **argv)
{
	_cleanup_(trace_opts_release) struct trace_opts opts;
	_cleanup_(trace_free) struct trace *t = NULL;

	trace_opts_parse(&opts, argc, argv);
	if (opts.list) {
		trace_list(&opts.o.calls);
		return EYAS_STATUS_OK;
	}
	opts.o.counters = !opts.from && eyas_trace_counters_do(&opts.o);
	t = calloc(1, sizeof(*t));
	if (!t) {
		eyas_msg("out of memory");
		return EYAS_STATUS_FAILURE;
	}
	opts.o.whole = opts.save;
	t->opts = &opts;
	t->signals = t->out.fd = -1;
	if (open_all(t) < 0)
		return EYAS_STATUS_FAILURE;
	return trace_run(t);
}

const struct eyas_command eyas_cmd_trace = {
	.name = "trace",
	.run = run,
	.help = "show the system calls of programs, as strace does",
};
