// SPDX-License-Identifier: Apache-2.0
/* The options of eyas record: those of trace for what, those of tcpdump for where to. */
#include <limits.h>
#include <string.h>
#include <unistd.h>
#include "base/util.h"
#include "cmd_record.h"
#include "opts.h"

#define SNAPLEN_DEFAULT	256	/* bytes of data: what it is about, not all of it */
#define RING_NAME	"eyas-%Y%m%d-%H%M%S.eyas"
#define NSEC		1000000000ULL

enum {
	OPT_TREE = EYAS_OPT_OWN,
	OPT_ANCHORS,
	OPT_RING,
	OPT_AT_END,
	OPT_BUFFER,
	OPT_FOR,
};

/* clang-format off */
static const struct argp_option options[] = {
	{ "output", 'o', "FILE", 0, "the file; with -G and --ring for strftime(3); -: stdout", 0 },
	{ NULL, 'e', "trace=SET", 0, "only these calls: names, %classes, /regex; ! inverts", 0 },
	{ "rules", 'r', "PATH", 0, "only what watching by these rules needs; may be repeated", 0 },
	{ "pid", 'p', "PID", 0, "only this process, or several: 1,2", 0 },
	{ "tree", OPT_TREE, NULL, 0, "with -p: all its descendants, too", 0 },
	{ "uid", EYAS_OPT_UID, "USER", 0, "only processes of a user", 0 },
	{ "cgroup", EYAS_OPT_CGROUP, "PATH", 0, "only those of a cgroup and below it", 0 },
	{ "container", 'c', "ID", 0, "only those of a container", 0 },
	{ "for", OPT_FOR, "trace", 0, "all that eyas trace shows: entries of calls and times, too;\n"
	  "rules then see less", 0 },
	{ "anchors", OPT_ANCHORS, NULL, 0, "also what the kernel asks its security modules", 0 },
	{ "snaplen", 's', "BYTES", 0, "of each buffer, 0: none (256)", 0 },
	{ "max-time", 'M', "SECONDS", 0, "stop after so long", 0 },
	{ NULL, 'C', "MB", 0, "a new file after so many million bytes", 0 },
	{ NULL, 'G', "SECONDS", 0, "a new file after so long", 0 },
	{ NULL, 'W', "COUNT", 0, "so many files: with -C in a circle, with -G then stop", 0 },
	{ "ring", OPT_RING, "TIME", 0, "keep the last 30s, 5m... in memory, -C MB of it at most; "
	  "write them on SIGUSR1", 0 },
	{ "at-end", OPT_AT_END, NULL, 0, "with --ring: at the end, too", 0 },
	{ "buffer", OPT_BUFFER, "MIB", 0, "of each CPU, for events that wait", 0 },
	{ "quiet", 'q', NULL, 0, "only errors and losses", 0 },
	{ "verbose", 'v', NULL, 0, "name each file", 0 },
	{ 0 },
};
/* clang-format on */

static unsigned long number(struct argp_state *state, const char *option, const char *arg,
			    unsigned long min, unsigned long max)
{
	unsigned long n = 0;

	if (eyas_opts_number(arg, min, max, &n) < 0)
		argp_error(state, "%s: '%s' is not a number from %lu to %lu", option, arg, min,
			   max);
	return n;
}

/* "30s", "5m", "1h", or seconds. */
static uint64_t span(struct argp_state *state, const char *arg)
{
	static const struct {
		char unit;
		uint64_t seconds;
	} units[] = {
		{ 's', 1 },
		{ 'm', 60 },
		{ 'h', 3600 },
	};
	size_t len = strlen(arg);
	unsigned long n = 0;
	char digits[16];
	uint64_t unit = 1;

	for (size_t i = 0; len && i < EYAS_ARRAY_LEN(units); i++) {
		if (arg[len - 1] != units[i].unit)
			continue;
		unit = units[i].seconds;
		len--;
		break;
	}
	snprintf(digits, sizeof(digits), "%.*s", (int)(len < sizeof(digits) ? len : 0), arg);
	if (eyas_opts_number(digits, 1, 86400, &n) < 0)
		argp_error(state, "--ring: '%s' is not a time, as '30s' is", arg);
	return n * unit * NSEC;
}

static void parse_calls(struct argp_state *state, const char *arg, struct record_opts *o)
{
	struct eyas_err err = { 0 };
	const char *set = arg, *eq = strchr(arg, '=');

	if (eyas_startswith(arg, "trace=") || eyas_startswith(arg, "t="))
		set = eq + 1;
	else if (eq)
		argp_error(state, "-e: '%.*s' can't be chosen here, only trace= can",
			   (int)(eq - arg), arg);
	if (eyas_callset_parse(&o->calls, set, &err) < 0)
		argp_error(state, "-e: %s", err.msg);
	o->calls_given = true;
}

static void parse_rules(const char *arg, struct record_opts *o)
{
	struct eyas_err err = { 0 };

	if (eyas_rulefiles_add(&o->rules, arg, &err) < 0)
		exit(eyas_msg_err(&err));
}

static error_t parse_files(int key, char *arg, struct argp_state *state, struct record_opts *o)
{
	switch (key) {
	case 'o':
		o->files.path = arg;
		break;
	case 'C':
		o->memory_mb = number(state, "-C", arg, 1, 1UL << 30);
		o->files.bytes = o->memory_mb * 1000000;
		break;
	case 'G':
		o->files.seconds = number(state, "-G", arg, 1, 1UL << 31);
		break;
	case 'W':
		o->files.files = (unsigned int)number(state, "-W", arg, 1, 1000000);
		break;
	case OPT_RING:
		o->window = span(state, arg);
		break;
	case OPT_AT_END:
		o->at_end = true;
		break;
	default:
		return eyas_scope_option(&o->scope, key == 'c' ? EYAS_OPT_CONTAINER : key, arg);
	}
	return 0;
}

/* What does not go together. */
static void check(struct argp_state *state, struct record_opts *o)
{
	bool scope = o->scope.pids.len || o->scope.cgroups.len || o->scope.uids.len;
	struct eyas_err err = { 0 };

	if (o->command && scope)
		argp_error(state, "a command is recorded alone: leave out -p, -c, --uid, --cgroup");
	if (o->rules.v.len && (o->calls_given || o->anchors || o->for_trace))
		argp_error(state, "-r says what is recorded: leave out -e, --anchors and --for");
	if (o->tree && !o->scope.pids.len)
		argp_error(state, "--tree needs -p");
	if (o->at_end && !o->window)
		argp_error(state, "--at-end needs --ring");
	if (o->window && (o->files.seconds || o->files.files))
		argp_error(state, "--ring keeps what fits its time: leave out -G and -W");
	if (o->window)
		o->files.bytes = 0;
	if (o->window && !o->files.path)
		o->files.path = RING_NAME;
	if (!o->files.path)
		argp_error(state, "where to? name a file with -o");
	if (!strcmp(o->files.path, "-") && isatty(STDOUT_FILENO))
		argp_error(state, "a capture is nothing to be read on a terminal; name a file");
	if (eyas_rotation_check(&o->files, &err) < 0)
		argp_error(state, "%s", err.msg);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct record_opts *o = state->input;

	switch (key) {
	case 'e':
		parse_calls(state, arg, o);
		break;
	case 'r':
		parse_rules(arg, o);
		break;
	case OPT_TREE:
		o->tree = true;
		break;
	case OPT_FOR:
		if (strcmp(arg, "trace"))
			argp_error(state, "--for: '%s' is not 'trace'", arg);
		o->for_trace = true;
		break;
	case OPT_ANCHORS:
		o->anchors = true;
		break;
	case 's':
		o->snaplen = number(state, "-s", arg, 0, EYAS_SNAPLEN_MAX);
		break;
	case 'M':
		o->seconds = number(state, "-M", arg, 1, 1UL << 31);
		break;
	case OPT_BUFFER:
		o->buffer = number(state, "--buffer", arg, 1, EYAS_RING_SIZE_MAX >> 20);
		break;
	case 'q':
		o->quiet = true;
		break;
	case 'v':
		o->verbose = true;
		break;
	case ARGP_KEY_ARG:
		/* From here on it is the command's. */
		o->command = &state->argv[state->next - 1];
		state->next = state->argc;
		break;
	case ARGP_KEY_SUCCESS:
		check(state, o);
		break;
	default:
		return parse_files(key, arg, state, o);
	}
	return 0;
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "[-- COMMAND [ARG...]]",
	.doc = "Record what happens into a file, to be read with eyas replay, watch and trace.\v"
	       "With a command: it and its children, until it ends; else everybody, until a\n"
	       "signal or -M. Needs root and the module.\n\n"
	       "Examples:\n"
	       "  sudo eyas record -o build.eyas -- make\n"
	       "  sudo eyas record --for trace -o ls.eyas -- ls; eyas trace --from ls.eyas\n"
	       "  sudo eyas record -o net.eyas -e trace=%network -M 60\n"
	       "  sudo eyas record --ring 30s -o 'incident-%H%M%S.eyas'",
};

void record_opts_parse(struct record_opts *o, int argc, char **argv)
{
	memset(o, 0, sizeof(*o));
	o->snaplen = SNAPLEN_DEFAULT;
	eyas_callset_fill(&o->calls);
	if (eyas_opts_parse_command(&argp, argc, argv, o))
		exit(EYAS_STATUS_FAILURE);
}

void record_opts_release(struct record_opts *o)
{
	eyas_scope_release(&o->scope);
	eyas_rulefiles_release(&o->rules);
}
