// SPDX-License-Identifier: Apache-2.0
/* What all commands share: messages, option parsing, colour. */
#include "opts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/util.h"

#define RING_MIB	16
#define ALL_RINGS_MIB	128	/* of all CPUs together, unless --buffer says more */

void eyas_msg(const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* One call, so that lines of several processes don't mix. */
	fprintf(stderr, "eyas: %s\n", text);
}

int eyas_msg_err(const struct eyas_err *err)
{
	eyas_msg("%s", err->msg);
	return EYAS_STATUS_FAILURE;
}

void eyas_opts_color(struct argp_state *state, const char *arg, enum eyas_color *ret)
{
	static const char *const names[] = {
		[EYAS_COLOR_AUTO] = "auto",
		[EYAS_COLOR_ALWAYS] = "always",
		[EYAS_COLOR_NEVER] = "never",
	};

	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(arg, names[i])) {
			*ret = (enum eyas_color)i;
			return;
		}
	}
	argp_error(state, "--color: '%s' is not auto, always or never", arg);
}

bool eyas_color_wanted(enum eyas_color when, int fd)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (when != EYAS_COLOR_AUTO)
		return when == EYAS_COLOR_ALWAYS;
	return isatty(fd) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static int parse(const struct argp *argp, int argc, char **argv, unsigned int flags, void *input)
{
	bool ours = !getenv("ARGP_HELP_FMT");
	int r;

	/* Arguments shown once, no note about it: help has to fit a screen. */
	setenv("ARGP_HELP_FMT", "no-dup-args,no-dup-args-note,opt-doc-col=27,rmargin=79", 0);
	argp_err_exit_status = EYAS_STATUS_USAGE;
	r = argp_parse(argp, argc, argv, flags, NULL, input);
	/* Programs that we start have no use for it. */
	if (ours)
		unsetenv("ARGP_HELP_FMT");
	return r;
}

int eyas_opts_parse(const struct argp *argp, int argc, char **argv, void *input)
{
	return parse(argp, argc, argv, 0, input);
}

int eyas_opts_parse_command(const struct argp *argp, int argc, char **argv, void *input)
{
	return parse(argp, argc, argv, ARGP_IN_ORDER, input);
}

int eyas_opts_number(const char *s, unsigned long min, unsigned long max, unsigned long *ret)
{
	unsigned long v;
	char *end;

	if (*s < '0' || *s > '9')
		return -EINVAL;
	errno = 0;
	v = strtoul(s, &end, 10);
	if (errno || *end || v < min || v > max)
		return -EINVAL;
	*ret = v;
	return 0;
}

uint32_t eyas_opts_ring_size(unsigned long mib)
{
	unsigned long cpus = (unsigned long)sysconf(_SC_NPROCESSORS_CONF), size = 1;

	while (size < (mib ? mib : RING_MIB))
		size *= 2;
	while (!mib && size > 4 && size * cpus > ALL_RINGS_MIB)
		size /= 2;
	return (uint32_t)size << 20;
}

const char *eyas_opts_nearest(const char *word, const char *const *words, size_t n)
{
	size_t best = 1 + strlen(word) / 3;
	const char *ret = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t d = eyas_edit_distance(word, words[i]);

		/* A part of the word that was typed counts as near, too. */
		if (*word && !strncmp(word, words[i], strlen(word)))
			d = 1;
		if (d <= best && !(ret && d == best)) {
			best = d;
			ret = words[i];
		}
	}
	return ret;
}
