// SPDX-License-Identifier: Apache-2.0
/* What the values of the options of eyas trace mean. */
#include "cmd_trace_values.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"

/* What strace does by stopping the program, and what it would take. */
static const struct {
	const char *option;	/* as it is written */
	const char *why;
} not_here[NH_MAX] = {
	[NH_K] = { "-k", "a stack trace needs the program stopped" },
	[NH_I] = { "-i", "the instruction pointer is not recorded" },
	[NH_D] = { "-D", "there is no tracing parent that could go elsewhere" },
	[NH_INTERRUPT] = { "-I", "nothing is stopped here, so there is nothing to block" },
	[NH_B] = { "-b", "there is nothing to detach from" },
	[NH_DEBUG] = { "-d", "there is no ptrace to debug" },
	[NH_INJECT] = { "--inject", "tampering needs the program stopped" },
	[NH_FAULT] = { "--fault", "tampering needs the program stopped" },
	[NH_KVM] = { "--kvm", "vcpu exits are not recorded" },
	[NH_KILL] = { "--kill-on-exit", "nothing that happens here ends the program" },
	[NH_SECONTEXT] = { "--secontext", "security contexts are not recorded" },
	[NH_LIMIT] = { "--syscall-limit", "detaching at an exact call needs the program stopped" },
	[NH_NAMESPACE] = { "--namespace", "namespaces are not decoded" },
};

void trace_value_refuse(struct argp_state *state, int which)
{
	argp_error(state, "%s: %s; use strace for that", not_here[which].option,
		   not_here[which].why);
}

static void check(struct argp_state *state, int r, const struct eyas_err *err)
{
	if (r < 0)
		argp_error(state, "%s", err->msg);
}

unsigned long trace_value_number(struct argp_state *state, const char *option, const char *arg,
				 unsigned long min, unsigned long max)
{
	unsigned long v = 0;

	if (eyas_opts_number(arg, min, max, &v) < 0)
		argp_error(state, "%s: '%s' is not a number from %lu to %lu", option, arg, min,
			   max);
	return v;
}

/* ---- times ---- */

static bool precision(const char *word, uint8_t *ret)
{
	static const char *const units[] = { "s", "ms", "us", "ns" };

	for (uint8_t i = 0; i < 4; i++) {
		if (eyas_streq(word, units[i])) {
			*ret = (uint8_t)(3 * i);
			return true;
		}
	}
	return false;
}

void trace_value_precision(struct argp_state *state, const char *option, const char *arg,
			   uint8_t *ret)
{
	if (arg && !precision(arg, ret))
		argp_error(state, "%s: '%s' is not s, ms, us or ns", option, arg);
}

static bool clock_word(struct eyas_trace_options *o, const char *word)
{
	if (eyas_startswith(word, "precision:"))
		return precision(word + strlen("precision:"), &o->clock_digits);
	if (eyas_startswith(word, "format:"))
		word += strlen("format:");
	if (precision(word, &o->clock_digits))
		return true;
	if (eyas_streq(word, "none"))
		o->clock = EYAS_TRACE_NO_CLOCK;
	else if (eyas_streq(word, "time"))
		o->clock = EYAS_TRACE_TIME_OF_DAY;
	else if (eyas_streq(word, "unix"))
		o->clock = EYAS_TRACE_UNIX_TIME;
	else
		return false;
	return true;
}

void trace_value_clock(struct argp_state *state, struct eyas_trace_options *o, char *arg)
{
	char *save = NULL;

	/* Given several times, each adds to what the others said. */
	if (o->clock == EYAS_TRACE_NO_CLOCK)
		o->clock = EYAS_TRACE_TIME_OF_DAY;
	for (char *w = arg ? strtok_r(arg, ",", &save) : NULL; w; w = strtok_r(NULL, ",", &save))
		if (!clock_word(o, w))
			argp_error(state, "--absolute-timestamps: invalid '%s'", w);
}

void trace_value_overhead(struct argp_state *state, struct trace_opts *o, const char *arg)
{
	static const struct { const char *unit; uint64_t ns; } units[] = {
		{ "", 1000 }, { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 }, { "ns", 1 },
	};
	char *end;
	double v = strtod(arg, &end);

	for (size_t i = 0; i < EYAS_ARRAY_LEN(units); i++) {
		if (end != arg && eyas_streq(end, units[i].unit) && v >= 0 && v < 1e6) {
			o->o.summary.overhead = (uint64_t)(v * (double)units[i].ns);
			return;
		}
	}
	argp_error(state, "-O: '%s' is not a time, as 10 or 10us", arg);
}

/* ---- -e ---- */

void trace_value_set(struct argp_state *state, struct trace_opts *o, int what, const char *arg)
{
	struct eyas_trace_options *t = &o->o;
	struct eyas_err err = { 0 };
	int r = 0;

	switch (what) {
	case OPT_TRACE:
		r = eyas_callset_parse(&t->calls, arg, &err);
		break;
	case OPT_ABBREV:
		r = eyas_callset_parse(&t->abbrev, arg, &err);
		break;
	case OPT_VERBOSE:
		r = eyas_callset_parse(&t->verbose, arg, &err);
		break;
	case OPT_RAW:
		r = eyas_callset_parse(&t->raw, arg, &err);
		break;
	case OPT_SIGNAL:
		r = eyas_words_signals(&t->signals, arg, &err);
		break;
	case OPT_STATUS:
		r = eyas_words_status(&t->status, arg, &err);
		break;
	case OPT_READ:
		r = eyas_numbers_parse(&t->read, arg, &err);
		break;
	case OPT_WRITE:
		r = eyas_numbers_parse(&t->write, arg, &err);
		break;
	case OPT_QUIET:
		r = eyas_words_quiet(&t->quiet, arg, &err);
		break;
	case OPT_DECODE_FDS:
		r = eyas_words_fds(&t->decode.fds, arg, &err);
		break;
	}
	check(state, r, &err);
}

void trace_value_e(struct argp_state *state, struct trace_opts *o, const char *arg)
{
	static const struct { const char *name; int what; } quals[] = {
		{ "trace=", OPT_TRACE },	    { "t=", OPT_TRACE },
		{ "abbrev=", OPT_ABBREV },	    { "a=", OPT_ABBREV },
		{ "verbose=", OPT_VERBOSE },	    { "v=", OPT_VERBOSE },
		{ "raw=", OPT_RAW },		    { "x=", OPT_RAW },
		{ "signal=", OPT_SIGNAL },	    { "signals=", OPT_SIGNAL },
		{ "s=", OPT_SIGNAL },		    { "status=", OPT_STATUS },
		{ "read=", OPT_READ },		    { "reads=", OPT_READ },
		{ "r=", OPT_READ },		    { "write=", OPT_WRITE },
		{ "writes=", OPT_WRITE },	    { "w=", OPT_WRITE },
		{ "quiet=", OPT_QUIET },	    { "silent=", OPT_QUIET },
		{ "silence=", OPT_QUIET },	    { "q=", OPT_QUIET },
		{ "decode-fds=", OPT_DECODE_FDS }, { "decode-fd=", OPT_DECODE_FDS },
		{ "fault=", OPT_NOT_HERE + NH_FAULT },
		{ "inject=", OPT_NOT_HERE + NH_INJECT },
		{ "kvm=", OPT_NOT_HERE + NH_KVM },
		{ "namespace=", OPT_NOT_HERE + NH_NAMESPACE },
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(quals); i++) {
		if (!eyas_startswith(arg, quals[i].name))
			continue;
		if (quals[i].what >= OPT_NOT_HERE)
			trace_value_refuse(state, quals[i].what - OPT_NOT_HERE);
		trace_value_set(state, o, quals[i].what, arg + strlen(quals[i].name));
		return;
	}
	trace_value_set(state, o, OPT_TRACE, arg);
}

/* ---- words ---- */

void trace_value_style(struct argp_state *state, struct trace_opts *o, const char *arg)
{
	if (eyas_streq(arg, "raw"))
		o->o.decode.xlat = EYAS_DECODE_RAW;
	else if (eyas_streq(arg, "abbrev"))
		o->o.decode.xlat = EYAS_DECODE_ABBREV;
	else if (eyas_streq(arg, "verbose"))
		o->o.decode.xlat = EYAS_DECODE_VERBOSE;
	else
		argp_error(state, "-X: '%s' is not raw, abbrev or verbose", arg);
}

void trace_value_hex(struct argp_state *state, struct trace_opts *o, const char *arg)
{
	if (!arg || eyas_streq(arg, "all"))
		o->x = 2;
	else if (eyas_streq(arg, "non-ascii") || eyas_streq(arg, "non-ascii-chars"))
		o->x = 1;
	else if (eyas_streq(arg, "none"))
		o->x = 0;
	else
		argp_error(state, "--strings-in-hex: '%s' is not all, non-ascii or none", arg);
}

void trace_value_pids(struct argp_state *state, struct trace_opts *o, const char *arg)
{
	if (eyas_streq(arg, "comm"))
		o->o.decode.pids = true;
	else if (eyas_streq(arg, "pidns"))
		argp_error(state, "--decode-pids=pidns: pids of other namespaces are not decoded; "
				  "use strace for that");
	else
		argp_error(state, "--decode-pids: '%s' is not comm or pidns", arg);
}

/* The path, and what it leads to: descriptors have only that. */
int trace_value_path(struct trace_opts *o, const char *arg)
{
	char *real = realpath(arg, NULL);

	if (eyas_vec_push(&o->o.paths, arg) < 0 || !real || eyas_streq(real, arg) ||
	    eyas_vec_push(&o->real_paths, real) < 0) {
		free(real);
		return o->o.paths.len ? 0 : -ENOMEM;
	}
	return eyas_vec_push(&o->o.paths, real);
}

