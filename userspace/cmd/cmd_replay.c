// SPDX-License-Identifier: Apache-2.0
/* eyas replay: what capture files hold, line by line or in numbers. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include "cmd.h"
#include "cmd_replay.h"
#include "enrich/snapshot.h"
#include "field/field.h"
#include "opts.h"
#include "base/json.h"
#include "output/output.h"
#include "rule/format.h"

#define PREFIX	"%evt.num %evt.time %evt.cpu %proc.name (%proc.pid) "
#define BODY	"%evt.type %evt.args"

struct replay_opts {
	const char *const *paths;
	size_t npaths;
	const char *format;		/* NULL: ours */
	bool json, stats, follow;
};

struct replay {
	const struct replay_opts *opts;
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	struct eyas_prog prog;
	struct eyas_format *prefix, *body;	/* prefix NULL: the format is a person's */
	struct eyas_arena arena;
	struct eyas_strbuf line, raw;
	struct replay_stats stats;
	bool first_member;
};

enum { OPT_STATS = EYAS_OPT_OWN };

/* clang-format off */
static const struct argp_option options[] = {
	{ "stats", OPT_STATS, NULL, 0, "totals by record, call and process, losses, time span", 0 },
	{ "print", 'p', "FORMAT", 0, "a line of fields, as in rules: '%evt.time %proc.name'", 0 },
	EYAS_OPT_ROW_JSON,
	{ "follow", 'f', NULL, 0, "wait for more while the file is being written", 0 },
	{ 0 },
};
/* clang-format on */

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct replay_opts *o = state->input;

	switch (key) {
	case OPT_STATS:
		o->stats = true;
		break;
	case 'p':
		o->format = arg;
		break;
	case 'j':
		o->json = true;
		break;
	case 'f':
		o->follow = true;
		break;
	case ARGP_KEY_ARGS:
		o->paths = (const char *const *)state->argv + state->next;
		o->npaths = (size_t)(state->argc - state->next);
		break;
	case ARGP_KEY_SUCCESS:
		if (!o->npaths)
			argp_error(state, "no file was named");
		if (o->stats && o->format)
			argp_error(state, "--stats has no lines that -p could be for");
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "FILE...",
	.doc = "Print what capture files hold, one line for each event.\v"
	       "Parts of one recording are read as one; other files one after the other. Of a\n"
	       "file that was cut, or is still written, everything up to its last whole block\n"
	       "is read. '-' is stdin.\n\n"
	       "Examples:\n"
	       "  eyas replay build.eyas | less\n"
	       "  eyas replay --stats build.eyas\n"
	       "  eyas replay -p '%proc.cmdline opened %fd.name' build.eyas",
};

/* ---- lines ---- */

static int compile(struct replay *r, const char *text, struct eyas_format **ret)
{
	struct eyas_parse_err perr = { 0 };
	struct eyas_build b = { .prog = &r->prog, .perr = &perr };
	int code = eyas_format_compile(&b, text, strlen(text), ret);

	if (code == -EINVAL)
		eyas_msg("-p: %s%s%s", perr.err.msg, perr.hint ? "; " : "",
			 perr.hint ? perr.hint : "");
	else if (code < 0)
		eyas_msg("-p: %s", strerror(-code));
	return code;
}

static int compile_formats(struct replay *r)
{
	if (r->opts->format)
		return compile(r, r->opts->format, &r->body);
	if (compile(r, PREFIX, &r->prefix) < 0)
		return -1;
	return compile(r, BODY, &r->body);
}

static int member(const char *key, const struct eyas_field *field, const struct eyas_value *val,
		  void *arg)
{
	struct replay *r = arg;

	if (!r->first_member)
		eyas_strbuf_addc(&r->line, ',');
	r->first_member = false;
	eyas_json_string(&r->line, key, strlen(key));
	eyas_strbuf_addc(&r->line, ':');
	if (val)
		eyas_alert_json_value(&r->line, field, val);
	else
		eyas_strbuf_adds(&r->line, "null");
	return 0;
}

static void text_member(struct replay *r, const char *key, const char *s, size_t len)
{
	eyas_strbuf_addf(&r->line, ",\"%s\":", key);
	eyas_json_string(&r->line, s, len);
}

static int make_json(struct replay *r, struct eyas_field_ctx *ctx, const char *type)
{
	int code = 0;

	r->first_member = true;
	eyas_strbuf_addc(&r->line, '{');
	if (r->prefix)
		code = eyas_format_fields(r->prefix, ctx, member, r);
	if (type) {
		replay_args(ctx->ev, &r->raw);
		text_member(r, "evt.type", type, strlen(type));
		text_member(r, "evt.args", r->raw.buf, r->raw.len);
	} else if (code >= 0) {
		code = eyas_format_fields(r->body, ctx, member, r);
	}
	eyas_strbuf_adds(&r->line, "}\n");
	return code;
}

static int make_text(struct replay *r, struct eyas_field_ctx *ctx, const char *type)
{
	int code = 0;

	if (r->prefix)
		code = eyas_format_render(r->prefix, ctx, &r->raw);
	if (type) {
		eyas_strbuf_addf(&r->raw, "%s ", type);
		replay_args(ctx->ev, &r->raw);
	} else if (code >= 0) {
		code = eyas_format_render(r->body, ctx, &r->raw);
	}
	/* No name in an event makes two lines of one, or drives a terminal. */
	eyas_json_escape(&r->line, r->raw.buf, r->raw.len);
	eyas_strbuf_addc(&r->line, '\n');
	return code;
}

static int print_event(struct replay *r, const struct eyas_event *ev)
{
	const char *type = replay_type(ev);
	struct eyas_field_ctx ctx;
	int code;

	/* A person's fields are those of events that rules see. */
	if (type && !r->prefix)
		return 0;
	eyas_arena_reset(&r->arena);
	eyas_strbuf_reset(&r->line);
	eyas_strbuf_reset(&r->raw);
	eyas_field_ctx_init(&ctx, ev, r->enrich, &r->arena,
			    eyas_source_capture_facts(r->source)->hostname);
	code = r->opts->json ? make_json(r, &ctx, type) : make_text(r, &ctx, type);
	if (code < 0 || !eyas_strbuf_ok(&r->line) || !eyas_strbuf_ok(&r->raw))
		return -ENOMEM;
	if (fwrite(r->line.buf, 1, r->line.len, stdout) != r->line.len)
		return -errno;
	return 0;
}

/* ---- files ---- */

static int load_state(void *arg, struct eyas_bytes items, struct eyas_err *err)
{
	return eyas_enrich_load(arg, items, err);
}

static int take_event(struct replay *r, const struct eyas_event *ev, struct eyas_err *err)
{
	int code = eyas_enrich_update(r->enrich, ev);

	if (code >= 0 && r->opts->stats)
		replay_stats_add(&r->stats, ev, r->enrich);
	else if (code >= 0)
		code = print_event(r, ev);
	return code < 0 ? eyas_err_set(err, code, "cannot print: %s", strerror(-code)) : 0;
}

static int read_events(struct replay *r, struct eyas_err *err)
{
	struct pollfd pfd = { .fd = eyas_source_fd(r->source), .events = POLLIN };
	struct eyas_event ev;
	int n, code = 0;

	while (!code && (n = eyas_source_next(r->source, &ev, err)) >= 0) {
		if (n) {
			code = take_event(r, &ev, err);
			continue;
		}
		fflush(stdout);
		poll(&pfd, 1, -1);
	}
	return code ? code : n == -ENODATA ? 0 : n;
}

static void print_stats(struct replay *r)
{
	const struct eyas_facts *f = eyas_source_capture_facts(r->source);

	if (r->opts->json)
		replay_stats_json(&r->stats, f);
	else
		replay_stats_print(&r->stats, f);
	if (r->stats.oom)
		eyas_msg("memory is short: not all processes were counted");
	replay_stats_release(&r->stats);
	memset(&r->stats, 0, sizeof(r->stats));
}

/* The recording that begins with path @i; adds to *ret how many paths are of it. */
static int replay_one(struct replay *r, size_t i, size_t *ret)
{
	struct eyas_capture_config cfg = {
		.paths = r->opts->paths + i,
		.npaths = r->opts->npaths - i,
		.follow = r->opts->follow,
		.state = load_state,
	};
	struct eyas_err err;
	int code = eyas_enrich_create(&r->enrich, "", &err);

	if (!code) {
		eyas_enrich_detach(r->enrich);
		cfg.arg = r->enrich;
		code = eyas_source_capture_open(&r->source, &cfg, &err);
	}
	if (!code) {
		code = read_events(r, &err);
		if (r->opts->stats)
			print_stats(r);
		*ret += eyas_source_capture_parts(r->source);
		fflush(stdout);
		if (eyas_source_capture_note(r->source))
			eyas_msg("%s", eyas_source_capture_note(r->source));
		if (r->source->stats.lost && !r->opts->stats)
			eyas_msg("events %" PRIu64 ", lost %" PRIu64, r->source->stats.events,
				 r->source->stats.lost);
	}
	if (code < 0)
		eyas_msg_err(&err);
	eyas_source_close(r->source);
	eyas_enrich_free(r->enrich);
	r->source = NULL;
	r->enrich = NULL;
	return code;
}

static void replay_free(struct replay **pr)
{
	struct replay *r = *pr;

	if (!r)
		return;
	replay_stats_release(&r->stats);
	eyas_prog_release(&r->prog);
	eyas_arena_release(&r->arena);
	eyas_strbuf_release(&r->line);
	eyas_strbuf_release(&r->raw);
	free(r);
}

static int run(int argc, char **argv)
{
	_cleanup_(replay_free) struct replay *r = NULL;
	struct replay_opts opts = { .paths = NULL };

	if (eyas_opts_parse(&argp, argc, argv, &opts))
		return EYAS_STATUS_FAILURE;
	r = calloc(1, sizeof(*r));
	if (!r) {
		eyas_msg("cannot replay: out of memory");
		return EYAS_STATUS_FAILURE;
	}
	r->opts = &opts;
	eyas_strbuf_init(&r->line);
	eyas_strbuf_init(&r->raw);
	if (eyas_prog_init(&r->prog, false) < 0 || compile_formats(r) < 0)
		return EYAS_STATUS_FAILURE;
	for (size_t i = 0; i < opts.npaths;)
		if (replay_one(r, i, &i) < 0)
			return EYAS_STATUS_FAILURE;
	return EYAS_STATUS_OK;
}

const struct eyas_command eyas_cmd_replay = {
	.name = "replay",
	.run = run,
	.help = "print what a capture file holds",
};
