// SPDX-License-Identifier: Apache-2.0
/* eyas watch: its command line and its configuration. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/util.h"
#include "cmd_watch.h"

#define CONFIG_MAX (16U << 20) /* bytes of a file */

enum {
	OPT_ISO_TIME = EYAS_OPT_OWN,
	OPT_PATHS,
	OPT_PRIORITY,
	OPT_MATCHING,
	OPT_FROM,
	OPT_LIST,
	OPT_LIST_EVENTS,
	OPT_DRY_RUN,
};

/* clang-format off */
static const struct argp_option options[] = {
	{ "rules", 'r', "PATH", 0, "rules file, or directory of *.yaml; may be repeated", 0 },
	EYAS_OPT_ROW_JSON,
	{ "output", 'o', "FILE", 0, "append alerts to FILE, not to stdout; or KEY=VALUE", 0 },
	{ "max-time", 'M', "SECONDS", 0, "stop after so long", 0 },
	{ "priority", OPT_PRIORITY, "LEVEL", 0, "leave out rules less severe than LEVEL", 0 },
	{ "rule-matching", OPT_MATCHING, "HOW", 0, "first (default) or all rules that match", 0 },
	{ "tag", 't', "TAG", 0, "only rules with TAG; may be repeated", 0 },
	{ "no-tag", 'T', "TAG", 0, "no rules with TAG; may be repeated", 0 },
	{ "no-rule", 'D', "TEXT", 0, "no rules with TEXT in their name; may be repeated", 0 },
	{ "paths", OPT_PATHS, "HOW", 0, "real (default), through symbolic links; as-given", 0 },
	{ "from", OPT_FROM, "FILE", 0, "what a capture file holds, not this host", 0 },
	{ "iso-time", OPT_ISO_TIME, NULL, 0, "date and time in UTC", 0 },
	EYAS_OPT_ROW_COLOR,
	{ "quiet", 'q', NULL, 0, "only alerts and errors", 0 },
	{ "verbose", 'v', NULL, 0, "say what is loaded and selected", 0 },
	{ NULL, 0, NULL, 0, "As Falco has them:", 1 },
	{ "config", 'c', "FILE", 0, "take settings from FILE, a falco.yaml", 1 },
	{ "validate", 'V', "FILE", 0, "as 'eyas rules check FILE...'", 1 },
	{ "list-rules", 'L', NULL, 0, "as 'eyas rules list'", 1 },
	{ "show-rule", 'l', "RULE", 0, "as 'eyas rules show RULE'", 1 },
	{ "list", OPT_LIST, "SOURCE", OPTION_ARG_OPTIONAL, "as 'eyas rules fields'", 1 },
	{ "list-events", OPT_LIST_EVENTS, NULL, 0, "as 'eyas rules events'", 1 },
	{ NULL, 'N', NULL, 0, "with --list: only names", 1 },
	{ "pidfile", 'P', "FILE", 0, "write our process id to FILE", 1 },
	{ "unbuffered", 'U', NULL, 0, "as always: no alert waits for the next", 1 },
	{ "dry-run", OPT_DRY_RUN, NULL, 0, "load settings and rules, watch nothing", 1 },
	{ 0 },
};
/* clang-format on */

/* ---- words ---- */

/* Which of two words; the first one is the default. */
static bool either(struct argp_state *state, const char *option, const char *arg, const char *first,
		   const char *second)
{
	if (strcmp(arg, first) != 0 && strcmp(arg, second) != 0)
		argp_error(state, "%s: '%s' is neither '%s' nor '%s'", option, arg, first, second);
	return !strcmp(arg, second);
}

#define ADD(vec, arg) eyas_vec_push(&(vec), (const char *)(arg)) ? ENOMEM : 0

static error_t parse_output(int key, char *arg, struct argp_state *state, struct eyas_watch_opts *o)
{
	switch (key) {
	case 'j':
		o->given.json = true;
		break;
	case 'o':
		if (eyas_config_is_set(arg))
			return ADD(o->sets, arg);
		o->out = arg;
		break;
	case 'q':
		o->quiet = true;
		break;
	case 'v':
		o->verbose = true;
		break;
	case OPT_ISO_TIME:
		o->given.iso_time = true;
		break;
	case 'U':
		break;
	case EYAS_OPT_COLOR:
		eyas_opts_color(state, arg, &o->color);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static error_t parse_mode(int key, char *arg, struct argp_state *state, struct eyas_watch_opts *o)
{
	switch (key) {
	case 'V':
		o->mode = EYAS_WATCH_VALIDATE;
		return ADD(o->paths, arg);
	case ARGP_KEY_ARG:
		if (o->mode == EYAS_WATCH_VALIDATE)
			return ADD(o->paths, arg);
		argp_error(state, "unexpected argument '%s'; rules are named with -r", arg);
		break;
	case 'L':
		o->mode = EYAS_WATCH_LIST;
		break;
	case 'l':
		o->mode = EYAS_WATCH_SHOW;
		o->show = arg;
		break;
	case OPT_LIST:
		o->mode = EYAS_WATCH_FIELDS;
		if (arg && strcmp(arg, "syscall") != 0)
			argp_error(state, "--list: no source '%s'; there is only 'syscall'", arg);
		break;
	case OPT_LIST_EVENTS:
		o->mode = EYAS_WATCH_EVENTS;
		break;
	case 'N':
		o->names = true;
		break;
	case OPT_DRY_RUN:
		o->dry = true;
		break;
	default:
		return parse_output(key, arg, state, o);
	}
	return 0;
}

static error_t parse_rules(int key, char *arg, struct argp_state *state, struct eyas_watch_opts *o)
{
	switch (key) {
	case 'r':
		return ADD(o->paths, arg);
	case 't':
		return ADD(o->only_tags, arg);
	case 'T':
		return ADD(o->not_tags, arg);
	case 'D':
		return ADD(o->not_names, arg);
	case OPT_PRIORITY:
		o->priority_given = true;
		if (eyas_priority_parse(arg, &o->given.rules.min_priority) < 0)
			argp_error(state, "--priority: '%s' is not a priority, as 'warning' is",
				   arg);
		break;
	case OPT_MATCHING:
		o->matching_given = true;
		o->given.rules.match_all = either(state, "--rule-matching", arg, "first", "all");
		break;
	case OPT_PATHS:
		o->given.rules.paths_as_given = either(state, "--paths", arg, "real", "as-given");
		break;
	default:
		return parse_mode(key, arg, state, o);
	}
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct eyas_watch_opts *o = state->input;

	switch (key) {
	case 'c':
		return ADD(o->configs, arg);
	case 'M':
		if (eyas_opts_number(arg, 1, 1UL << 31, &o->seconds) < 0)
			argp_error(state, "-M: '%s' is not a number of seconds", arg);
		break;
	case 'P':
		o->pidfile = arg;
		break;
	case OPT_FROM:
		return ADD(o->from, arg);
	default:
		return parse_rules(key, arg, state, o);
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

/* ---- settings ---- */

static int read_configs(const struct eyas_watch_opts *o, struct eyas_config *ret,
			struct eyas_err *err)
{
	int r = 0;

	for (size_t i = 0; i < o->configs.len && !r; i++) {
		const char *path = o->configs.data[i];
		_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

		r = eyas_read_file(path, CONFIG_MAX, &text);
		if (r < 0)
			return eyas_err_set(err, r, "cannot read '%s': %s", path, strerror(-r));
		r = eyas_config_read(ret, path, text.buf, text.len, err);
	}
	for (size_t i = 0; i < o->sets.len && !r; i++)
		r = eyas_config_set(ret, o->sets.data[i], err);
	return r;
}

/* A pattern for all names that have @text in them. */
static const char *containing(struct eyas_arena *arena, const char *text)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	eyas_strbuf_addc(&sb, '*');
	for (; *text; text++) {
		if (strchr("*?[\\", *text))
			eyas_strbuf_addc(&sb, '\\');
		eyas_strbuf_addc(&sb, *text);
	}
	eyas_strbuf_addc(&sb, '*');
	return eyas_strbuf_ok(&sb) ? eyas_arena_strndup(arena, sb.buf, sb.len) : NULL;
}

/* Only what -t names is on, and of that nothing that -T and -D name. */
static int add_switches(const struct eyas_watch_opts *o, struct eyas_config *c)
{
	int r = 0;

	if (o->only_tags.len)
		r = eyas_vec_push(&c->rules, (struct eyas_rule_switch){ .rule = "*" });
	for (size_t i = 0; i < o->only_tags.len && !r; i++)
		r = eyas_vec_push(&c->rules, (struct eyas_rule_switch){
						     .enable = true, .tag = o->only_tags.data[i] });
	for (size_t i = 0; i < o->not_tags.len && !r; i++)
		r = eyas_vec_push(&c->rules,
				  (struct eyas_rule_switch){ .tag = o->not_tags.data[i] });
	for (size_t i = 0; i < o->not_names.len && !r; i++) {
		struct eyas_rule_switch s = { .rule = containing(&c->arena, o->not_names.data[i]) };

		r = s.rule ? eyas_vec_push(&c->rules, s) : -ENOMEM;
	}
	return r;
}

/* The command line goes before the configuration. */
static int settle(const struct eyas_watch_opts *o, struct eyas_watch_settings *ret)
{
	struct eyas_config *c = &ret->config;
	int r = add_switches(o, c);

	ret->rules = o->given.rules;
	if (c->priority && !o->priority_given)
		(void)eyas_priority_parse(c->priority, &ret->rules.min_priority);
	if (c->rule_matching && !o->matching_given)
		ret->rules.match_all = !strcmp(c->rule_matching, "all");
	ret->json = o->given.json || c->json;
	ret->iso_time = o->given.iso_time || c->iso_time;
	ret->rules.switches = c->rules.data;
	ret->rules.nswitches = c->rules.len;
	ret->rules.appends = c->appends.data;
	ret->rules.nappends = c->appends.len;
	ret->rules.statics = c->statics.data;
	ret->rules.nstatics = c->statics.len;
	return r;
}

int eyas_watch_settings_read(const struct eyas_watch_opts *o, struct eyas_watch_settings *ret,
			     struct eyas_err *err)
{
	int r;

	memset(ret, 0, sizeof(*ret));
	eyas_config_init(&ret->config);
	r = read_configs(o, &ret->config, err);
	if (r < 0)
		return r;
	if (settle(o, ret))
		return eyas_err_set(err, -ENOMEM, "out of memory");
	for (size_t i = 0; i < ret->config.warnings.len && !o->quiet; i++)
		eyas_msg("%s", ret->config.warnings.data[i]);
	return 0;
}

void eyas_watch_settings_release(struct eyas_watch_settings *s)
{
	eyas_config_release(&s->config);
}

int eyas_watch_opts_parse(struct eyas_watch_opts *o, int argc, char **argv)
{
	struct eyas_err err;

	memset(o, 0, sizeof(*o));
	o->given.rules.min_priority = EYAS_PRIO_DEBUG;
	if (eyas_opts_parse(&argp, argc, argv, o))
		return EYAS_STATUS_FAILURE;
	if (eyas_watch_settings_read(o, &o->set, &err) < 0)
		return eyas_msg_err(&err);
	return EYAS_STATUS_OK;
}

void eyas_watch_opts_release(struct eyas_watch_opts *o)
{
	eyas_watch_settings_release(&o->set);
	eyas_vec_release(&o->paths);
	eyas_vec_release(&o->configs);
	eyas_vec_release(&o->sets);
	eyas_vec_release(&o->only_tags);
	eyas_vec_release(&o->not_tags);
	eyas_vec_release(&o->not_names);
	eyas_vec_release(&o->from);
}

/* ---- rules files ---- */

/* A configuration names files that need not exist, and empty folders. */
static int add_configured(const struct eyas_config *c, struct eyas_rulefiles *ret,
			  struct eyas_err *err)
{
	for (size_t i = 0; i < c->rules_files.len; i++) {
		int r = eyas_rulefiles_add(ret, c->rules_files.data[i], err);

		if (r < 0 && r != -ENOENT)
			return r;
	}
	if (ret->v.len)
		return 0;
	return eyas_err_set(err, -ENOENT, "no rules: nothing of rules_files is there, as '%s'",
			    c->rules_files.data[0]);
}

int eyas_watch_opts_read_rules(const struct eyas_watch_opts *o,
			       const struct eyas_watch_settings *set, struct eyas_rulefiles *ret,
			       struct eyas_err *err)
{
	int r = 0;

	if (!o->paths.len && set->config.rules_files.len)
		return add_configured(&set->config, ret, err);
	if (!o->paths.len)
		return eyas_rulefiles_add_default(ret, err);
	for (size_t i = 0; i < o->paths.len && r >= 0; i++)
		r = eyas_rulefiles_add(ret, o->paths.data[i], err);
	return r;
}
