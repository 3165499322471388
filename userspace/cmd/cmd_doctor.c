// SPDX-License-Identifier: Apache-2.0
/* eyas doctor: why does it not work here, and which command mends it? */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "cmd.h"
#include "doctor.h"
#include "opts.h"

struct doctor_opts {
	const char *root, *release;
	bool json;
	enum eyas_color color;
};

enum { OPT_ROOT = EYAS_OPT_OWN, OPT_KERNEL };

/* clang-format off */
static const struct argp_option options[] = {
	EYAS_OPT_ROW_JSON,
	{ "kernel", OPT_KERNEL, "RELEASE", 0, "look for this kernel, not the running one", 0 },
	{ "root", OPT_ROOT, "DIR", 0, "look at the system that is mounted there", 0 },
	EYAS_OPT_ROW_COLOR,
	{ 0 },
};

static const struct { const char *word, *color; } states[] = {
	[EYAS_FINDING_OK]	= { "ok",	"\033[32m" },
	[EYAS_FINDING_WARN]	= { "warn",	"\033[33m" },
	[EYAS_FINDING_FAIL]	= { "FAIL",	"\033[1;31m" },
};
/* clang-format on */

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct doctor_opts *o = state->input;

	switch (key) {
	case 'j':
		o->json = true;
		break;
	case OPT_ROOT:
		o->root = arg;
		break;
	case OPT_KERNEL:
		o->release = arg;
		break;
	case EYAS_OPT_COLOR:
		eyas_opts_color(state, arg, &o->color);
		break;
	case ARGP_KEY_ARG:
		argp_error(state, "unexpected argument '%s'", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Find out whether eyas works here, and if not, what mends it.\v"
	       "Nothing is changed. Each finding is ok, warn (it works, but) or FAIL, with the\n"
	       "command that mends it below. Exit status: 1 if anything failed.\n\n"
	       "Examples:\n"
	       "  sudo eyas doctor\n"
	       "  eyas doctor --kernel 6.12.9-amd64   # before booting it\n"
	       "  sudo eyas doctor -j | jq -r 'select(.state != \"ok\").mend'",
};

static void print_text(const char *name, const struct eyas_finding *f, bool color)
{
	printf("%s%-4s%s  %-10s %s\n", color ? states[f->state].color : "", states[f->state].word,
	       color ? "\033[0m" : "", name, f->text.buf);
	if (f->mend.len)
		printf("      %-10s mend: %s\n", "", f->mend.buf);
}

static int print_json(const char *name, const struct eyas_finding *f)
{
	json_t *o = json_pack("{s:s, s:s, s:s}", "check", name, "state",
			      f->state == EYAS_FINDING_FAIL ? "fail" : states[f->state].word,
			      "text", f->text.buf);
	int r = -1;

	if (o && (!f->mend.len || !json_object_set_new(o, "mend", json_string(f->mend.buf))))
		r = json_dumpf(o, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
	json_decref(o);
	putchar('\n');
	return r;
}

static int look(const struct eyas_doctor *d, const struct doctor_opts *o)
{
	bool color = eyas_color_wanted(o->color, STDOUT_FILENO);
	int status = EYAS_STATUS_OK;
	size_t n;
	const struct eyas_doctor_check *checks = eyas_doctor_checks(&n);

	for (size_t i = 0; i < n; i++) {
		struct eyas_finding f = { .text = EYAS_STRBUF_INIT, .mend = EYAS_STRBUF_INIT };

		if (checks[i].live_only && !d->live)
			continue;
		checks[i].look(d, &f);
		if (!o->json) {
			print_text(checks[i].name, &f, color);
		} else if (print_json(checks[i].name, &f)) {
			eyas_msg("cannot print what was found on '%s'", checks[i].name);
			status = EYAS_STATUS_FAILURE;
		}
		if (f.state == EYAS_FINDING_FAIL)
			status = EYAS_STATUS_FAILURE;
		eyas_strbuf_release(&f.text);
		eyas_strbuf_release(&f.mend);
	}
	return status;
}

static int run(int argc, char **argv)
{
	struct doctor_opts o = { .root = "", .color = EYAS_COLOR_AUTO };
	struct eyas_doctor d;
	struct utsname un;

	if (eyas_opts_parse(&argp, argc, argv, &o))
		return EYAS_STATUS_USAGE;
	if (uname(&un) < 0) {
		eyas_msg("cannot ask the kernel for its name: %s", strerror(errno));
		return EYAS_STATUS_FAILURE;
	}
	if (o.root[0] && access(o.root, R_OK | X_OK) < 0) {
		eyas_msg("cannot look into '%s': %s", o.root, strerror(errno));
		return EYAS_STATUS_FAILURE;
	}
	d.root = o.root;
	d.release = o.release ? o.release : un.release;
	d.live = !o.root[0] && !strcmp(d.release, un.release);
	return look(&d, &o);
}

const struct eyas_command eyas_cmd_doctor = {
	.name = "doctor",
	.run = run,
	.help = "why it does not work here, and what mends it",
};
