// SPDX-License-Identifier: Apache-2.0
/* eyas rules list and show: rules as they are after loading. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/util.h"
#include "base/vec.h"
#include "cmd_rules.h"
#include "event/syscall.h"

#define WIDTH 80 /* columns of text */
#define INDENT 13 /* of values */

struct list {
	struct eyas_rulefiles files;
	const char *name; /* the rule to show */
	bool json;
	struct eyas_load_result res;
	struct eyas_description *d;
};

/* clang-format off */
static const struct argp_option options[] = {
	EYAS_OPT_ROW_RULES,
	EYAS_OPT_ROW_JSON,
	{ 0 },
};
/* clang-format on */

/* ---- text ---- */

/* What rules say is somebody's text: it must not steer a terminal. */
static void put_clean(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		putchar((unsigned char)s[i] < ' ' || s[i] == 0x7f ? '?' : s[i]);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* "key          words of the text, broken where they don't fit" */
static void print_text(const char *key, const char *s)
{
	size_t col = INDENT;

	printf("%-*s", INDENT, key);
	while (*s) {
		size_t n = 0;

		while (is_blank(*s))
			s++;
		while (s[n] && !is_blank(s[n]))
			n++;
		if (!n)
			break;
		if (col > INDENT && col + 1 + n > WIDTH) {
			printf("\n%*s", INDENT, "");
			col = INDENT;
		}
		if (col > INDENT)
			col += (size_t)printf(" ");
		put_clean(s, n);
		col += n;
		s += n;
	}
	putchar('\n');
}

static void add_name(struct eyas_strbuf *sb, const char *name)
{
	eyas_strbuf_addf(sb, "%s%s", sb->len ? ", " : "", name);
}

static void print_names(const char *key, const char *const *names, size_t n)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < n; i++)
		add_name(&sb, names[i]);
	if (sb.len)
		print_text(key, sb.buf);
}

static void print_set(const char *key, const struct eyas_names *names)
{
	print_names(key, names->v.data, names->v.len);
}

static void print_events(const struct eyas_evset *events)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	unsigned int n = 0;

	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++) {
		if (!eyas_evset_has(events, t) || !eyas_evtype_name(t))
			continue;
		n++;
		add_name(&sb, eyas_evtype_name(t));
	}
	if (n > 100)
		print_text("events", "(all, or nearly so)");
	else
		print_text("events", n ? sb.buf : "(none: it can never match)");
}

/* ---- what the kernel is asked for ---- */

/* clang-format off */
static const struct { uint32_t bit; const char *name; } event_names[] = {
	{ EYAS_EVENT_EXEC,	"exec" },
	{ EYAS_EVENT_FORK,	"fork" },
	{ EYAS_EVENT_EXIT,	"exit" },
	{ EYAS_EVENT_SIGNAL,	"signals delivered" },
	{ EYAS_EVENT_COMM,	"changes of name" },
	{ EYAS_EVENT_CREDS,	"changes of credentials" },
	{ EYAS_EVENT_URING,	"io_uring" },
};

static const struct { uint8_t bit; const char *text; } plan_names[] = {
	{ EYAS_PLAN_STRINGS,	"strings" },
	{ EYAS_PLAN_OBJECTS,	"objects" },
	{ EYAS_PLAN_DATA,	"memory" },
	{ EYAS_PLAN_ENTER,	"an entry record" },
};
/* clang-format on */

/* "with strings, objects; only if it succeeded" */
static void describe_plan(struct eyas_strbuf *sb, uint8_t plan)
{
	_cleanup_strbuf_ struct eyas_strbuf with = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(plan_names); i++)
		if (plan & plan_names[i].bit)
			add_name(&with, plan_names[i].text);
	if (with.len)
		eyas_strbuf_addf(sb, "; with %s", with.buf);
	if (plan & EYAS_PLAN_NO_FAILED)
		eyas_strbuf_adds(sb, "; only if it succeeded");
	if (plan & EYAS_PLAN_NO_OK)
		eyas_strbuf_adds(sb, "; only if it failed");
}

static const char *print_hooks(const char *key, uint32_t events)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(event_names); i++)
		if (events & event_names[i].bit)
			add_name(&sb, event_names[i].name);
	if (!sb.len)
		return key;
	print_text(key, sb.buf);
	return "";
}

/* Calls that are recorded in one way, of the ABI that most programs have. */
static unsigned int calls_of_plan(const struct eyas_policy *p, uint8_t plan,
				  struct eyas_strbuf *names)
{
	unsigned int n = 0;

	for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++) {
		const struct eyas_syscall *sc = eyas_syscall_by_nr(EYAS_ABI_X86_64, (int)nr);

		if (p->plan[EYAS_ABI_X86_64][nr] != plan || !sc)
			continue;
		n++;
		add_name(names, sc->name);
	}
	return n;
}

static void print_policy(const struct eyas_policy *p)
{
	const char *key = print_hooks("kernel", p->events);

	/* The calls with most to tell first: they are what the rule is about. */
	for (unsigned int plan = EYAS_PLAN_ALL; plan >= EYAS_PLAN_RECORD; plan--) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
		unsigned int n = calls_of_plan(p, (uint8_t)plan, &sb);

		if (!n)
			continue;
		if (n > 100) {
			eyas_strbuf_reset(&sb);
			eyas_strbuf_addf(&sb, "(%u calls)", n);
		}
		describe_plan(&sb, (uint8_t)plan);
		print_text(key, sb.buf);
		key = "";
	}
	if (*key)
		print_text(key, "nothing");
}

/* ---- list ---- */

static void print_row(const struct eyas_rule *rule)
{
	struct eyas_rule_info info;

	eyas_rule_info(rule, &info);
	printf("%-14s%s", eyas_priority_name(info.priority), info.enabled ? "      " : "off   ");
	put_clean(info.name, strlen(info.name));
	putchar('\n');
}

static void print_list(const struct list *l)
{
	const struct eyas_ruleset *rs = eyas_description_rules(l->d);

	for (size_t i = 0; i < eyas_ruleset_len(rs); i++)
		print_row(eyas_ruleset_at(rs, i));
}

/* ---- show ---- */

static int show(const struct list *l, const struct eyas_rule *rule)
{
	struct eyas_rule_info info;
	struct eyas_details det;
	int r = eyas_description_rule(l->d, rule, &det);

	eyas_rule_info(rule, &info);
	print_text("rule", info.name);
	print_text("description", info.desc);
	print_text("priority", eyas_priority_name(info.priority));
	print_text("enabled", info.enabled ? "yes" : "no");
	print_text("source", info.source);
	print_names("tags", info.tags, info.ntags);
	print_text("output", info.output);
	print_text("condition", det.condition.buf);
	print_set("macros", &det.macros);
	print_set("lists", &det.lists);
	print_set("exceptions", &det.exceptions);
	print_set("operators", &det.operators);
	print_set("tests", &det.fields);
	print_set("prints", &det.output_fields);
	print_events(info.events);
	print_policy(&det.policy);
	eyas_details_release(&det);
	if (r)
		eyas_msg("cannot describe the rule: %s", strerror(-r));
	return r ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
}

/* The rule by its name; NULL, and a message, if there is none. */
static const struct eyas_rule *find(const struct list *l)
{
	const struct eyas_ruleset *rs = eyas_description_rules(l->d);
	_cleanup_free_ const char **names = calloc(eyas_ruleset_len(rs) + 1, sizeof(*names));
	struct eyas_rule_info info;
	const char *near;

	for (size_t i = 0; names && i < eyas_ruleset_len(rs); i++) {
		eyas_rule_info(eyas_ruleset_at(rs, i), &info);
		if (!strcmp(info.name, l->name))
			return eyas_ruleset_at(rs, i);
		names[i] = info.name;
	}
	near = names ? eyas_opts_nearest(l->name, names, eyas_ruleset_len(rs)) : NULL;
	if (near)
		eyas_msg("no rule '%s'; did you mean '%s'?", l->name, near);
	else
		eyas_msg("no rule '%s'; 'eyas rules list' shows what there is", l->name);
	return NULL;
}

/* ---- commands ---- */

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct list *l = state->input;

	if (key == 'r')
		eyas_rules_add(&l->files, arg);
	else if (key == 'j')
		l->json = true;
	else
		return ARGP_ERR_UNKNOWN;
	return 0;
}

static error_t parse_list(int key, char *arg, struct argp_state *state)
{
	if (key == ARGP_KEY_ARG)
		argp_error(state, "unexpected argument '%s'; rules files are named with -r", arg);
	return parse(key, arg, state);
}

static error_t parse_show(int key, char *arg, struct argp_state *state)
{
	struct list *l = state->input;

	if (key == ARGP_KEY_ARG && !l->name) {
		l->name = arg;
		return 0;
	}
	if (key == ARGP_KEY_ARG)
		argp_error(state, "unexpected argument '%s'; put the name in quotes", arg);
	if (key == ARGP_KEY_END && !l->name)
		argp_error(state, "which rule? 'eyas rules list' names them");
	return parse(key, arg, state);
}

static const struct argp argp_list = {
	.options = options,
	.parser = parse_list,
	.doc = "List the rules in the order in which they are tried.\v"
	       "With -j everything about rules, macros and lists, in the form of falco -L.\n\n"
	       "Examples:\n"
	       "  eyas rules list\n"
	       "  eyas rules list -r falco_rules.yaml -j | jq '.rules[].info.name'",
};

static const struct argp argp_show = {
	.options = options,
	.parser = parse_show,
	.args_doc = "RULE",
	.doc = "Show what a rule means: its condition with macros and lists written out, what it\n"
	       "tests and prints, its event types, and what the kernel must record for it.\v"
	       "Without -r the rules that come with eyas are looked at.\n\n"
	       "Examples:\n"
	       "  eyas rules show 'Program run from memory'\n"
	       "  eyas rules show -r falco_rules.yaml -j 'Run shell untrusted' | jq .",
};

static void release(struct list *l)
{
	eyas_description_free(l->d);
	eyas_load_result_release(&l->res);
	eyas_rulefiles_release(&l->files);
}

static int load(struct list *l, const struct eyas_ruleset_options *opt)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	int r = eyas_rules_default(&l->files);

	if (r)
		return r;
	r = eyas_description_load(&l->d, l->files.v.data, l->files.v.len, opt, &l->res);
	if (r == -EINVAL) {
		eyas_load_result_text(&l->res, &text);
		fputs(text.buf, stderr);
		eyas_msg("cannot load the rules");
	} else if (r) {
		eyas_msg("cannot load the rules: %s", strerror(-r));
	}
	return r;
}

static const struct eyas_ruleset_options plain = { .min_priority = EYAS_PRIO_DEBUG };

int eyas_rules_list_as(int argc, char **argv, const struct eyas_ruleset_options *opt)
{
	_cleanup_(release) struct list l = { .json = false };

	if (eyas_opts_parse(&argp_list, argc, argv, &l))
		return EYAS_STATUS_USAGE;
	if (load(&l, opt))
		return EYAS_STATUS_FAILURE;
	if (l.json)
		return eyas_rules_print_json(eyas_description_json(l.d, NULL));
	print_list(&l);
	return EYAS_STATUS_OK;
}

int eyas_rules_list(int argc, char **argv)
{
	return eyas_rules_list_as(argc, argv, &plain);
}

int eyas_rules_show_as(int argc, char **argv, const struct eyas_ruleset_options *opt)
{
	_cleanup_(release) struct list l = { .json = false };
	const struct eyas_rule *rule;

	if (eyas_opts_parse(&argp_show, argc, argv, &l))
		return EYAS_STATUS_USAGE;
	if (load(&l, opt))
		return EYAS_STATUS_FAILURE;
	rule = find(&l);
	if (!rule)
		return EYAS_STATUS_FAILURE;
	if (l.json)
		return eyas_rules_print_json(eyas_description_json(l.d, rule));
	return show(&l, rule);
}

int eyas_rules_show(int argc, char **argv)
{
	return eyas_rules_show_as(argc, argv, &plain);
}
