// SPDX-License-Identifier: Apache-2.0
/* eyas rules fields and events: the names that rules may use. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "cmd_rules.h"
#include "event/evtype.h"
#include "field/evtinfo.h"
#include "field/params.h"
#include "rule/op.h"

struct names {
	const char *family;
	bool json, only; /* their names */
};

/* clang-format off */
static const struct argp_option options[] = {
	EYAS_OPT_ROW_JSON,
	{ 0 },
};

static const struct argp_option options_fields[] = {
	EYAS_OPT_ROW_JSON,
	{ "names", 'N', NULL, 0, "only names, one a line", 0 },
	{ 0 },
};
/* clang-format on */

/* ---- fields ---- */

/* "proc.aname[N]" as it may be written. */
static void field_name(const struct eyas_field *f, char *buf, size_t size)
{
	const char *arg = f->flags & EYAS_FIELD_ARG_KEY ? "[KEY]" : "[N]";

	if (!(f->flags & (EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_REQ)))
		arg = "";
	snprintf(buf, size, "%s%s", f->name, arg);
}

static const char *remark(const struct eyas_field *f)
{
	if (f->flags & EYAS_FIELD_FILTER_ONLY)
		return " (only tested)";
	if (f->flags & EYAS_FIELD_PRINT_ONLY)
		return " (only printed)";
	if (f->flags & EYAS_FIELD_DEPRECATED)
		return " (deprecated)";
	if (f->flags & EYAS_FIELD_NEVER)
		return " (always missing)";
	return "";
}

static const char *type_of(const struct eyas_field *f, char *buf, size_t size)
{
	bool list = f->flags & (EYAS_FIELD_LIST | EYAS_FIELD_ANY);

	snprintf(buf, size, "%s%s", list ? "list of " : "", eyas_type_name(f->type));
	return buf;
}

static void print_field(const struct eyas_field *f)
{
	char name[80], type[48];

	field_name(f, name, sizeof(name));
	printf("  %-34s %s%s\n", name, type_of(f, type, sizeof(type)), remark(f));
	printf("      %s\n", f->help);
}

static int print_field_json(const struct eyas_field_family *family, const struct eyas_field *f)
{
	const char *arg = f->flags & EYAS_FIELD_ARG_REQ ? "required" :
			  f->flags & EYAS_FIELD_ARG_OPT ? "optional" :
							  "none";

	return eyas_rules_print_json(json_pack(
		"{s:s, s:s, s:s, s:b, s:s, s:b, s:b, s:b, s:s}", "name", f->name, "family",
		family->name, "type", eyas_type_name(f->type), "list",
		(f->flags & (EYAS_FIELD_LIST | EYAS_FIELD_ANY)) != 0, "argument", arg, "condition",
		!(f->flags & EYAS_FIELD_PRINT_ONLY), "output", !(f->flags & EYAS_FIELD_FILTER_ONLY),
		"deprecated", (f->flags & EYAS_FIELD_DEPRECATED) != 0, "description", f->help));
}

static int print_family(const struct eyas_field_family *family, const struct names *n)
{
	int r = 0;

	if (!n->json && !n->only)
		printf("%s: %s\n\n", family->name, family->help);
	for (size_t i = 0; i < family->len && !r; i++) {
		if (n->json)
			r = print_field_json(family, &family->fields[i]);
		else if (n->only)
			puts(family->fields[i].name);
		else
			print_field(&family->fields[i]);
	}
	if (!n->json && !n->only)
		putchar('\n');
	return r;
}

static int unknown_family(const char *name)
{
	size_t n;
	const struct eyas_field_family *const *families = eyas_field_families(&n);
	_cleanup_free_ const char **names = calloc(n + 1, sizeof(*names));
	const char *near;

	for (size_t i = 0; names && i < n; i++)
		names[i] = families[i]->name;
	near = names ? eyas_opts_nearest(name, names, n) : NULL;
	for (size_t i = 0; names && i < n; i++) {
		size_t len = strlen(names[i]);

		/* A field, not a family. */
		if (!strncmp(name, names[i], len) && name[len] == '.') {
			eyas_msg("no family '%s'; 'eyas rules fields %s' lists its fields", name,
				 names[i]);
			return EYAS_STATUS_FAILURE;
		}
	}
	if (near)
		eyas_msg("no fields '%s'; did you mean '%s'?", name, near);
	else
		eyas_msg("no fields '%s'; 'eyas rules fields' lists all of them", name);
	return EYAS_STATUS_FAILURE;
}

static error_t parse_fields(int key, char *arg, struct argp_state *state)
{
	struct names *n = state->input;

	if (key == 'j')
		n->json = true;
	else if (key == 'N')
		n->only = true;
	else if (key == ARGP_KEY_ARG && !n->family)
		n->family = arg;
	else if (key == ARGP_KEY_ARG)
		argp_error(state, "unexpected argument '%s'; name one family, or none for all",
			   arg);
	else
		return ARGP_ERR_UNKNOWN;
	return 0;
}

static const struct argp argp_fields = {
	.options = options_fields,
	.parser = parse_fields,
	.args_doc = "[FAMILY]",
	.doc = "List the fields that rules can test and print, or those of one family.\v"
	       "Examples:\n"
	       "  eyas rules fields\n"
	       "  eyas rules fields proc\n"
	       "  eyas rules fields -j | jq -r .name",
};

int eyas_rules_fields(int argc, char **argv)
{
	struct names names = { 0 };
	bool found = false;
	size_t n;
	const struct eyas_field_family *const *families = eyas_field_families(&n);
	int r = 0;

	if (eyas_opts_parse(&argp_fields, argc, argv, &names))
		return EYAS_STATUS_USAGE;
	for (size_t i = 0; i < n && !r; i++) {
		if (names.family && strcmp(names.family, families[i]->name) != 0)
			continue;
		found = true;
		r = print_family(families[i], &names);
	}
	return r ? EYAS_STATUS_FAILURE : found ? EYAS_STATUS_OK : unknown_family(names.family);
}

/* ---- events ---- */

static const char *category_of(unsigned int type)
{
	static const char *const io[] = { "IO-read", "IO-write", "IO-other" };
	enum eyas_category cat = eyas_evtinfo(type).category;
	const char *name = eyas_category_name(cat);

	if (!name && cat >= EYAS_CAT_IO_READ && cat <= EYAS_CAT_IO_OTHER)
		name = io[cat - EYAS_CAT_IO_READ];
	return name ? name : "other";
}

static void print_event(unsigned int type)
{
	const struct eyas_params *params = eyas_params_of(type);

	printf("%-24s %-10s", eyas_evtype_name(type), category_of(type));
	for (unsigned int i = 0; i < params->len; i++)
		printf("%s%s", i ? ", " : " ", params->p[i].name);
	putchar('\n');
}

static int print_event_json(unsigned int type)
{
	const struct eyas_params *params = eyas_params_of(type);
	json_t *args = json_array();

	for (unsigned int i = 0; i < params->len; i++)
		json_array_append_new(args, json_string(params->p[i].name));
	return eyas_rules_print_json(json_pack("{s:s, s:s, s:o}", "name", eyas_evtype_name(type),
					       "category", category_of(type), "arguments", args));
}

static error_t parse_events(int key, char *arg, struct argp_state *state)
{
	if (key == 'j')
		((struct names *)state->input)->json = true;
	else if (key == ARGP_KEY_ARG)
		argp_error(state, "unexpected argument '%s'; all events are listed, grep chooses",
			   arg);
	else
		return ARGP_ERR_UNKNOWN;
	return 0;
}

static const struct argp argp_events = {
	.options = options,
	.parser = parse_events,
	.doc = "List the event types that evt.type can be, their category, and the arguments that\n"
	       "evt.arg.NAME finds.\v"
	       "Examples:\n"
	       "  eyas rules events | grep ^open\n"
	       "  eyas rules events -j | jq -r 'select(.category==\"net\").name'",
};

int eyas_rules_events(int argc, char **argv)
{
	struct names names = { 0 };
	int r = 0;

	if (eyas_opts_parse(&argp_events, argc, argv, &names))
		return EYAS_STATUS_USAGE;
	for (unsigned int t = 0; t < EYAS_EVT_MAX && !r; t++) {
		if (!eyas_evtype_name(t) || t == EYAS_EVT_CLONED || t == EYAS_EVT_LOSS)
			continue;
		if (names.json)
			r = print_event_json(t);
		else
			print_event(t);
	}
	return r ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
}
