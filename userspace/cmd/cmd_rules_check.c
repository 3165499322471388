// SPDX-License-Identifier: Apache-2.0
/* eyas rules check: is a rules file, or a condition alone, right? */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "cmd_rules.h"
#include "rule/check.h"

#define CONDITION_MAX (64U << 20) /* bytes of it on stdin */

struct check {
	struct eyas_rulefiles files;
	const char *condition; /* "-": read it from stdin */
	bool json, syntax;
};

enum { OPT_SYNTAX = EYAS_OPT_OWN, OPT_CONDITION };

/* clang-format off */
static const struct argp_option options[] = {
	EYAS_OPT_ROW_RULES,
	EYAS_OPT_ROW_JSON,
	{ "syntax", OPT_SYNTAX, NULL, 0, "only the grammar: names need not exist", 0 },
	{ "condition", OPT_CONDITION, "TEXT", 0,
	  "check a condition instead; - reads it from stdin", 0 },
	{ 0 },
};
/* clang-format on */

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct check *c = state->input;

	switch (key) {
	case 'r':
	case ARGP_KEY_ARG:
		eyas_rules_add(&c->files, arg);
		break;
	case 'j':
		c->json = true;
		break;
	case OPT_SYNTAX:
		c->syntax = true;
		break;
	case OPT_CONDITION:
		c->condition = arg;
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "[FILE...]",
	.doc = "Check rules files as they would be loaded: all of them, in this order.\v"
	       "A FILE may be a directory. Without one the rules that come with eyas are checked.\n"
	       "With --condition, files only give the macros and lists that it may use.\n"
	       "Exit status: 0 if there is no error, warnings or not; 1 if there is one.\n\n"
	       "Examples:\n"
	       "  eyas rules check falco_rules.yaml my.yaml\n"
	       "  eyas rules check --syntax my.yaml\n"
	       "  echo 'proc.name = cat and fd.num >= 0' | eyas rules check --condition -",
};

/* "FILE: Ok, with warnings" */
static void print_verdict(const struct eyas_load_result *res, const char *name)
{
	size_t errors = 0, warnings = 0;

	for (size_t i = 0; i < res->len; i++) {
		if (strcmp(res->issues[i].file, name) != 0)
			continue;
		errors += !res->issues[i].warning;
		warnings += res->issues[i].warning;
	}
	printf("%s: %s\n", name, errors ? "Invalid" : warnings ? "Ok, with warnings" : "Ok");
}

static int print(const struct check *c, const struct eyas_load_result *res)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	const struct eyas_rulefiles *f = &c->files;
	size_t from = c->condition ? f->v.len - 1 : 0;
	int r;

	if (c->json) {
		r = eyas_rules_print_json(eyas_load_result_json(res, f->v.data, f->v.len));
		return r ? r : res->errors ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
	}
	eyas_load_result_text(res, &text);
	fputs(text.buf, stdout);
	/* After an error nobody looked at the rest. */
	for (size_t i = from; i < f->v.len && !res->errors; i++)
		print_verdict(res, f->v.data[i].name);
	for (size_t i = 0; i < f->v.len && res->errors; i++)
		if (!strcmp(f->v.data[i].name, res->issues[res->len - 1].file))
			print_verdict(res, f->v.data[i].name);
	return res->errors ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
}

static int read_stdin(struct eyas_strbuf *text)
{
	char buf[2048];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0) {
		eyas_strbuf_add(text, buf, (size_t)n);
		if (text->len > CONDITION_MAX)
			return -EFBIG;
	}
	if (n < 0)
		return -errno;
	/* The end of the line is not a part of it. */
	if (text->len && text->buf[text->len - 1] == '\n')
		eyas_strbuf_cut(text, text->len - 1);
	return eyas_strbuf_ok(text) ? 0 : -ENOMEM;
}

/* The condition is one more text, the last one. */
static int add_condition(struct check *c)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	bool from_stdin = !strcmp(c->condition, "-");
	struct eyas_rules_text one = { 0 };
	int r = 0;

	if (from_stdin)
		r = read_stdin(&text);
	else
		eyas_strbuf_adds(&text, c->condition);
	if (!r) {
		one.len = text.len;
		one.text = eyas_strbuf_detach(&text);
		one.name = strdup(from_stdin ? "stdin" : "condition");
		r = one.text && one.name ? eyas_vec_push(&c->files.v, one) : -ENOMEM;
	}
	if (!r)
		return 0;
	free((char *)one.text);
	free((char *)one.name);
	eyas_msg("cannot read the condition: %s", strerror(-r));
	return r;
}

static void release(struct check *c)
{
	eyas_rulefiles_release(&c->files);
}

static int load(struct check *c, struct eyas_load_result *res)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	const struct eyas_rules_text *texts = c->files.v.data;
	struct eyas_ruleset *rules = NULL;
	size_t n = c->files.v.len;
	int r;

	if (c->condition)
		return eyas_condition_check(texts, n, c->syntax, res);
	if (c->syntax)
		return eyas_rules_check_grammar(texts, n, res);
	r = eyas_ruleset_load(&rules, texts, n, &opt, res);
	eyas_ruleset_free(rules);
	return r;
}

int eyas_rules_check(int argc, char **argv)
{
	_cleanup_(release) struct check c = { .json = false };
	struct eyas_load_result res;
	int r;

	if (eyas_opts_parse(&argp, argc, argv, &c))
		return EYAS_STATUS_USAGE;
	if (c.condition ? add_condition(&c) : eyas_rules_default(&c.files))
		return EYAS_STATUS_FAILURE;
	r = load(&c, &res);
	if (r == -ENOMEM)
		eyas_msg("cannot load the rules: %s", strerror(-r));
	r = r == -ENOMEM ? EYAS_STATUS_FAILURE : print(&c, &res);
	eyas_load_result_release(&res);
	return r;
}
