// SPDX-License-Identifier: Apache-2.0
/* The options of eyas trace: strace's letters and words, and our own. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include "base/util.h"
#include "cmd_trace_values.h"

#define COLUMN_MAX	4096
#define STRING_MAX	65534	/* what the kernel module records at most, less one to tell more */

/* clang-format off */
#define HERE_NOT(name, which, flags) \
	{ name, OPT_NOT_HERE + (which), "ARG", (flags) | OPTION_HIDDEN, NULL, 0 }

static const struct argp_option options[] = {
	{ NULL, 0, NULL, 0, "Whom:", 1 },
	{ "attach", 'p', "PID", 0, "this process, all its threads; or several: 1,2", 0 },
	{ "tree", OPT_TREE, NULL, 0, "all descendants, too, and in the end how each of them ended", 0 },
	{ "container", EYAS_OPT_CONTAINER, "ID", 0, "all processes of a container", 0 },
	{ "cgroup", EYAS_OPT_CGROUP, "PATH", 0, "all processes of a cgroup and below it", 0 },
	{ "uid", EYAS_OPT_UID, "USER", 0, "all processes of a user", 0 },
	{ "all", OPT_ALL, NULL, 0, "all processes", 0 },
	{ "from", OPT_FROM, "FILE", 0, "what a capture file holds", 0 },
	{ "follow-forks", 'f', NULL, 0, "children and other threads, too", 0 },
	{ "env", 'E', "VAR[=VAL]", 0, "the command gets VAR, or does not get it", 0 },
	{ "user", 'u', "USER", 0, "run the command as USER", 0 },
	{ "argv0", OPT_ARGV0, "NAME", 0, "the command is told that this is its name", 0 },

	{ NULL, 0, NULL, 0, "Which calls:", 2 },
	{ NULL, 'e', "EXPR", 0, "trace= signal= status= abbrev= verbose= raw= read= write= quiet= "
	  "decode-fds=, or what trace= takes", 0 },
	{ "trace", OPT_TRACE, "SET", 0, "names, %classes, /regex, all, none; ! inverts", 0 },
	{ "signal", OPT_SIGNAL, "SET", 0, "only these signals", 0 },
	{ "status", OPT_STATUS, "SET", 0, "successful, failed, unfinished...", 0 },
	{ "successful-only", 'z', NULL, 0, "only calls that succeeded", 0 },
	{ "failed-only", 'Z', NULL, 0, "only calls that failed", 0 },
	{ "trace-path", 'P', "PATH", 0, "only calls about PATH", 0 },
	{ "list", OPT_LIST, NULL, 0, "list the calls that -e selects, their classes, and what of them "
	  "is decoded", 0 },
	{ "slower", OPT_SLOWER, "MS", 0, "only calls that took so many milliseconds", 0 },

	{ NULL, 0, NULL, 0, "How they look:", 3 },
	{ "json", 'j', NULL, 0, "one JSON object a line", 0 },
	{ "columns", 'a', "COLUMN", 0, "where results stand (40)", 0 },
	{ "string-limit", 's', "BYTES", 0, "of a string (32); at most 65534 are recorded", 0 },
	{ "no-abbrev", 'v', NULL, 0, "nothing abbreviated", 0 },
	{ "abbrev", OPT_ABBREV, "SET", 0, "abbreviate only these calls", 0 },
	{ "verbose", OPT_VERBOSE, "SET", 0, "look into structs only of these calls", 0 },
	{ "raw", OPT_RAW, "SET", 0, "arguments of these calls as numbers", 0 },
	{ NULL, 'x', NULL, 0, "other than ASCII in hexadecimal; -xx: all strings", 0 },
	{ "strings-in-hex", OPT_HEX, "WHAT", OPTION_ARG_OPTIONAL, "all, non-ascii, none", 0 },
	{ "const-print-style", 'X', "STYLE", 0, "raw, abbrev, verbose", 0 },
	{ NULL, 'y', NULL, 0, "paths of descriptors; -yy: all that is known", 0 },
	{ "decode-fds", OPT_DECODE_FDS, "SET", OPTION_ARG_OPTIONAL, "path, socket, dev, pidfd, all", 0 },
	{ NULL, 'Y', NULL, 0, "names of processes", 0 },
	{ "decode-pids", OPT_DECODE_PIDS, "SET", 0, "comm, pidns", 0 },
	{ "arg-names", 'N', NULL, 0, "names of arguments", 0 },
	{ "syscall-number", 'n', NULL, 0, "numbers of calls", 0 },
	{ "read", OPT_READ, "SET", 0, "dump what is read from these descriptors", 0 },
	{ "write", OPT_WRITE, "SET", 0, "dump what is written to these descriptors", 0 },
	{ NULL, 't', NULL, 0, "time of day; -tt: microseconds; -ttt: since the epoch", 0 },
	{ "absolute-timestamps", OPT_ABSOLUTE, "FORMAT", OPTION_ARG_OPTIONAL, "none, time, unix; s, ms, us, ns", 0 },
	{ NULL, 'r', NULL, 0, "time since the line before", 0 },
	{ "timestamps", OPT_ABSOLUTE, "FORMAT", OPTION_ARG_OPTIONAL | OPTION_HIDDEN, NULL, 0 },
	{ "relative-timestamps", OPT_RELATIVE, "PRECISION", OPTION_ARG_OPTIONAL, "s, ms, us, ns", 0 },
	{ NULL, 'T', NULL, 0, "time that each call took", 0 },
	{ "syscall-times", OPT_TIMES, "PRECISION", OPTION_ARG_OPTIONAL, "s, ms, us, ns", 0 },
	{ "always-show-pid", OPT_PID_COLUMN, NULL, 0, "pids even if there is only one", 0 },
	EYAS_OPT_ROW_COLOR,

	{ NULL, 0, NULL, 0, "Where they go:", 4 },
	{ "output", 'o', "FILE", 0, "not stderr; '|COMMAND' is run to read them", 0 },
	{ "output-append-mode", 'A', NULL, 0, "append to FILE", 0 },
	{ "output-separately", OPT_SEPARATE, NULL, 0, "each thread to FILE.TID, as -ff", 0 },
	{ NULL, 'q', NULL, 0, "nothing of attaching; -qq: of exits; -qqq: only calls", 0 },
	{ "quiet", OPT_QUIET, "SET", OPTION_ARG_OPTIONAL, "attach, exit, path-resolution, thread-execve, all", 0 },
	{ "save", OPT_SAVE, "FILE", 0, "records, too, as a capture: for --from", 0 },
	{ "strict", OPT_STRICT, NULL, 0, "exit with 3 if events were lost", 0 },
	{ "buffer", OPT_BUFFER, "MIB", 0, "of each CPU, for events that wait", 0 },

	{ NULL, 0, NULL, 0, "Tables:", 5 },
	{ "summary-only", 'c', NULL, 0, "calls, errors and times; no lines", 0 },
	{ "summary", 'C', NULL, 0, "the same, after the lines", 0 },
	{ "summary-sort-by", 'S', "COLUMN", 0, "time, calls, errors, name...", 0 },
	{ "summary-columns", 'U', "COLUMNS", 0, "time-percent, total-time, min-time, max-time, avg-time, calls, errors, name", 0 },
	{ "summary-wall-clock", 'w', NULL, 0, "times are always of the wall clock", 0 },
	{ "summary-syscall-overhead", 'O', "TIME", 0, "to take off each call: microseconds, or with s, ms, us, ns", 0 },
	{ "files", OPT_FILES, NULL, 0, "what was done with which file", 0 },
	{ "network", OPT_NETWORK, NULL, 0, "and with which peer", 0 },
	{ "process-tree", OPT_PROCESS_TREE, NULL, 0, "processes, and how they ended", 0 },

	/* Other words that strace has, and what cannot be had here. */
	{ "trace-paths", OPT_PATHS, "PATH", OPTION_HIDDEN, NULL, 0 },
	{ "signals", OPT_SIGNAL, "SET", OPTION_HIDDEN, NULL, 0 },
	{ "silent", OPT_QUIET, "SET", OPTION_ARG_OPTIONAL | OPTION_HIDDEN, NULL, 0 },
	{ "silence", OPT_QUIET, "SET", OPTION_ARG_OPTIONAL | OPTION_HIDDEN, NULL, 0 },
	{ "seccomp-bpf", OPT_NOTHING, NULL, OPTION_HIDDEN, NULL, 0 },
	{ "tips", OPT_NOTHING, "SET", OPTION_ARG_OPTIONAL | OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'k', NULL, OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'i', NULL, OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'D', NULL, OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'I', "SET", OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'b', "SET", OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'd', NULL, OPTION_HIDDEN, NULL, 0 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, 0 },
	HERE_NOT("stack-traces", NH_K, OPTION_ARG_OPTIONAL),
	HERE_NOT("stack-trace", NH_K, OPTION_ARG_OPTIONAL),
	HERE_NOT("instruction-pointer", NH_I, OPTION_ARG_OPTIONAL),
	HERE_NOT("daemonize", NH_D, OPTION_ARG_OPTIONAL),
	HERE_NOT("interruptible", NH_INTERRUPT, 0),
	HERE_NOT("detach-on", NH_B, 0),
	HERE_NOT("debug", NH_DEBUG, OPTION_ARG_OPTIONAL),
	HERE_NOT("inject", NH_INJECT, 0),
	HERE_NOT("fault", NH_FAULT, 0),
	HERE_NOT("kvm", NH_KVM, 0),
	HERE_NOT("kill-on-exit", NH_KILL, OPTION_ARG_OPTIONAL),
	HERE_NOT("secontext", NH_SECONTEXT, OPTION_ARG_OPTIONAL),
	HERE_NOT("syscall-limit", NH_LIMIT, 0),
	HERE_NOT("namespace", NH_NAMESPACE, 0),
	{ 0 },
};
#undef HERE_NOT
/* clang-format on */

static error_t parse_whom(int key, char *arg, struct argp_state *state, struct trace_opts *o)
{
	switch (key) {
	case OPT_TREE:
		o->tree = true;
		break;
	case OPT_ALL:
		o->all = true;
		break;
	case OPT_FROM:
		o->from = arg;
		break;
	case 'E':
		if (eyas_vec_push(&o->env, arg))
			argp_failure(state, EYAS_STATUS_FAILURE, ENOMEM, "-E");
		break;
	case 'u':
		o->user = arg;
		break;
	case OPT_ARGV0:
		o->argv0 = arg;
		break;
	default:
		return eyas_scope_option(&o->scope, key, arg);
	}
	return 0;
}

static error_t parse_which(int key, char *arg, struct argp_state *state, struct trace_opts *o)
{
	switch (key) {
	case 'e':
		trace_value_e(state, o, arg);
		break;
	case OPT_TRACE:
	case OPT_ABBREV:
	case OPT_VERBOSE:
	case OPT_RAW:
	case OPT_SIGNAL:
	case OPT_STATUS:
	case OPT_READ:
	case OPT_WRITE:
		trace_value_set(state, o, key, arg);
		break;
	case OPT_DECODE_FDS:
		trace_value_set(state, o, key, arg ? arg : "path");
		break;
	case 'z':
	case 'Z':
		if (o->o.status == (key == 'z' ? EYAS_TRACE_FAILED : EYAS_TRACE_SUCCESSFUL))
			eyas_msg("of -z and -Z only the last one counts; -e status= can say more");
		o->o.status = key == 'z' ? EYAS_TRACE_SUCCESSFUL : EYAS_TRACE_FAILED;
		break;
	case 'P':
	case OPT_PATHS:
		if (trace_value_path(o, arg) < 0)
			argp_failure(state, EYAS_STATUS_FAILURE, ENOMEM, "-P");
		break;
	case OPT_SLOWER:
		o->o.slower = 1000000 * trace_value_number(state, "--slower", arg, 1, 1UL << 31);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static error_t parse_times(int key, char *arg, struct argp_state *state, struct trace_opts *o)
{
	switch (key) {
	case 't':
		o->t++;
		break;
	case OPT_ABSOLUTE:
		trace_value_clock(state, &o->o, arg);
		break;
	case 'r':
	case OPT_RELATIVE:
		o->o.relative = true;
		trace_value_precision(state, "--relative-timestamps", arg, &o->o.relative_digits);
		break;
	case 'T':
	case OPT_TIMES:
		o->o.spent = true;
		trace_value_precision(state, "--syscall-times", arg, &o->o.spent_digits);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static error_t parse_looks(int key, char *arg, struct argp_state *state, struct trace_opts *o)
{
	switch (key) {
	case 'a':
		o->o.column = (unsigned int)trace_value_number(state, "-a", arg, 0, COLUMN_MAX);
		break;
	case 's':
		o->o.decode.strsize = (uint32_t)trace_value_number(state, "-s", arg, 0, INT_MAX);
		if (o->o.decode.strsize > STRING_MAX)
			o->o.decode.strsize = STRING_MAX;
		break;
	case 'v':
		o->o.decode.verbose = true;
		break;
	case 'x':
		o->x++;
		break;
	case OPT_HEX:
		trace_value_hex(state, o, arg);
		break;
	case 'X':
		trace_value_style(state, o, arg);
		break;
	case 'y':
		o->y++;
		break;
	case 'Y':
		o->o.decode.pids = true;
		break;
	case OPT_DECODE_PIDS:
		trace_value_pids(state, o, arg);
		break;
	case 'N':
		o->o.decode.names = true;
		break;
	case 'n':
		o->o.number = true;
		break;
	case OPT_PID_COLUMN:
		o->o.pids = true;
		break;
	case EYAS_OPT_COLOR:
		eyas_opts_color(state, arg, &o->color);
		break;
	default:
		return parse_times(key, arg, state, o);
	}
	return 0;
}

static error_t parse_where(int key, char *arg, struct argp_state *state, struct trace_opts *o)
{
	switch (key) {
	case 'o':
		o->output = arg;
		break;
	case 'A':
		o->append = true;
		break;
	case OPT_SEPARATE:
		o->o.separate = true;
		break;
	case 'q':
		o->q++;
		break;
	case OPT_QUIET:
		trace_value_set(state, o, key, arg ? arg : "attach,personality");
		break;
	case OPT_SAVE:
		o->save = arg;
		break;
	case OPT_STRICT:
		o->strict = true;
		break;
	case OPT_BUFFER:
		o->buffer = trace_value_number(state, "--buffer", arg, 1, 256);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static error_t parse_tables(int key, char *arg, struct argp_state *state, struct trace_opts *o)
{
	struct eyas_err err = { 0 };
	int r = 0;

	switch (key) {
	case 'c':
		o->c = true;
		break;
	case 'C':
		o->C = true;
		break;
	case 'w':
		o->w = true;
		break;
	case 'S':
		r = eyas_summary_sort_parse(&o->o.summary, arg, &err);
		break;
	case 'U':
		r = eyas_summary_columns_parse(&o->o.summary, arg, &err);
		break;
	case 'O':
		trace_value_overhead(state, o, arg);
		break;
	case OPT_FILES:
		o->o.end |= EYAS_TRACE_END_FILES;
		break;
	case OPT_NETWORK:
		o->o.end |= EYAS_TRACE_END_NETWORK;
		break;
	case OPT_PROCESS_TREE:
		o->o.end |= EYAS_TRACE_END_TREE;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (r < 0)
		argp_error(state, "%s", err.msg);
	return 0;
}

/* Letters of strace's that mean nothing here; what is told is why. */
static error_t parse_not_here(int key, struct argp_state *state)
{
	static const struct { int key, which; } letters[] = {
		{ 'k', NH_K }, { 'i', NH_I }, { 'D', NH_D },
		{ 'I', NH_INTERRUPT }, { 'b', NH_B }, { 'd', NH_DEBUG },
	};

	if (key >= OPT_NOT_HERE && key < OPT_NOT_HERE + NH_MAX)
		trace_value_refuse(state, key - OPT_NOT_HERE);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(letters); i++)
		if (key == letters[i].key)
			trace_value_refuse(state, letters[i].which);
	return ARGP_ERR_UNKNOWN;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	static error_t (*const parts[])(int, char *, struct argp_state *, struct trace_opts *) = {
		parse_whom, parse_which, parse_looks, parse_where, parse_tables,
	};
	struct trace_opts *o = state->input;

	switch (key) {
	case 'f':
		o->f++;
		return 0;
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	case 'j':
		o->o.form = EYAS_TRACE_JSON;
		return 0;
	case OPT_LIST:
		o->list = true;
		return 0;
	case OPT_NOTHING:
		return 0;
	case ARGP_KEY_ARG:
		/* The rest belongs to the command. */
		o->command = state->argv + state->next - 1;
		state->next = state->argc;
		return 0;
	}
	for (size_t i = 0; i < EYAS_ARRAY_LEN(parts); i++) {
		error_t r = parts[i](key, arg, state, o);

		if (r != ARGP_ERR_UNKNOWN)
			return r;
	}
	return parse_not_here(key, state);
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "[--] COMMAND [ARG...]\n-p PID",
	.doc = "Show the system calls of programs, as strace does, without stopping anybody.\v"
	       "Lines go to stderr. Options mean what they mean to strace. Needs root and the\n"
	       "module. Exit status: that of the command; 3 with --strict if events were lost.\n\n"
	       "Examples:\n"
	       "  sudo eyas trace -f make\n"
	       "  sudo eyas trace -p 4711 --tree -e %file -y\n"
	       "  sudo eyas trace --container 3f1a -c\n"
	       "  sudo eyas trace -f --files --network -o /tmp/log ./configure",
};

/* ---- what options mean together ---- */

static void wrong(const char *why)
{
	eyas_msg("%s; see 'eyas trace --help'", why);
	exit(EYAS_STATUS_USAGE);
}

static bool has_scope(const struct trace_opts *o)
{
	return o->scope.pids.len || o->scope.cgroups.len || o->scope.uids.len || o->all || o->from;
}

static void check_whom(const struct trace_opts *o)
{
	if (o->command && has_scope(o))
		wrong("either a command is run, or processes that run are traced");
	if (!o->command && !has_scope(o))
		wrong("whom to trace? a command, or -p, --container, --cgroup, --uid, --all, --from");
	if (o->tree && !o->scope.pids.len && !o->command)
		wrong("--tree is for a command or -p");
	if (!o->command && (o->user || o->env.len || o->argv0))
		wrong("-E, -u and --argv0 are for a command");
	if (o->from && o->save)
		wrong("--save is for what happens now, not for what is saved");
	if (o->all && (o->scope.pids.len || o->scope.cgroups.len || o->scope.uids.len))
		wrong("--all leaves nothing to choose");
}

static void check_output(const struct trace_opts *o)
{
	if (o->c && o->C)
		wrong("-c and -C exclude each other");
	if (o->w && !o->c && !o->C)
		wrong("-w is for -c and -C");
	if (o->o.separate && (o->c || o->C))
		wrong("-c and -C have one table, -ff has many outputs");
	if (o->o.separate && o->output && (*o->output == '|' || *o->output == '!'))
		wrong("-ff needs a file, not a command");
	if (o->append && !o->output)
		eyas_msg("-A has no effect without -o");
	if (o->c && o->o.form == EYAS_TRACE_JSON)
		wrong("-c is a table, -j has lines");
}

static void settle_looks(struct trace_opts *o)
{
	struct eyas_trace_options *t = &o->o;

	t->decode.hex = o->x > 1 ? EYAS_DECODE_HEX_ALL :
			o->x	 ? EYAS_DECODE_HEX_SOME :
				   EYAS_DECODE_HEX_NONE;
	if (o->y > t->decode.fds)
		t->decode.fds = o->y > 2 ? 2 : (uint8_t)o->y;
	if (o->t) {
		t->clock = o->t > 2 ? EYAS_TRACE_UNIX_TIME : EYAS_TRACE_TIME_OF_DAY;
		t->clock_digits = o->t > 1 ? 6 : 0;
	}
	if (o->q)
		t->quiet |= EYAS_TRACE_QUIET_ATTACH | EYAS_TRACE_QUIET_PERSONALITY;
	if (o->q > 1)
		t->quiet |= EYAS_TRACE_QUIET_EXIT;
	if (o->q > 2)
		t->quiet = EYAS_TRACE_QUIET_ALL;
}

static void settle(struct trace_opts *o)
{
	struct eyas_trace_options *t = &o->o;
	bool many;

	settle_looks(o);
	t->file = o->output != NULL;
	/* Without a file there is one output, as strace has it. */
	t->separate = (t->separate || o->f > 1) && o->output;
	t->follow = o->f || o->tree || (has_scope(o) && !o->scope.pids.len) ||
		    o->scope.cgroups.len || o->scope.uids.len;
	many = !o->from && has_scope(o) && !o->scope.pids.len;
	if (!t->separate && (many || (o->output && (t->follow || o->scope.pids.len > 1))))
		t->pids = true;
	if ((o->command || o->from) && o->output)
		t->quiet |= EYAS_TRACE_QUIET_ATTACH | EYAS_TRACE_QUIET_PERSONALITY;
	t->tell_attach = o->command || o->from || o->scope.pids.len;
	if (o->tree)
		t->end |= EYAS_TRACE_END_TREE;
	if (o->c || o->C)
		t->end |= EYAS_TRACE_END_SUMMARY;
	if (o->c)
		t->form = EYAS_TRACE_NO_LINES;
	t->color = t->form == EYAS_TRACE_TEXT && !o->output &&
		   eyas_color_wanted(o->color, STDERR_FILENO);
	if (o->output && o->color == EYAS_COLOR_ALWAYS && t->form == EYAS_TRACE_TEXT)
		t->color = true;
}

/* Which path stands for another one: it comes behind that. */
static void tell_paths(const struct trace_opts *o)
{
	size_t real = 0;

	for (size_t i = 1; i < o->o.paths.len && real < o->real_paths.len; i++) {
		if (o->o.paths.data[i] != o->real_paths.data[real])
			continue;
		real++;
		if (!(o->o.quiet & EYAS_TRACE_QUIET_PATHS))
			eyas_msg("requested path \"%s\" resolved into \"%s\"",
				 o->o.paths.data[i - 1], o->o.paths.data[i]);
	}
}

void trace_opts_parse(struct trace_opts *o, int argc, char **argv)
{
	memset(o, 0, sizeof(*o));
	eyas_trace_options_init(&o->o);
	if (eyas_opts_parse_command(&argp, argc, argv, o))
		exit(EYAS_STATUS_FAILURE);
	if (o->list)
		return;
	check_whom(o);
	settle(o);
	check_output(o);
	tell_paths(o);
}

void trace_opts_release(struct trace_opts *o)
{
	for (size_t i = 0; i < o->real_paths.len; i++)
		free(o->real_paths.data[i]);
	eyas_vec_release(&o->real_paths);
	eyas_vec_release(&o->env);
	eyas_scope_release(&o->scope);
	eyas_trace_options_release(&o->o);
}
