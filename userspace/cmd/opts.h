/* SPDX-License-Identifier: Apache-2.0 */
/* What all commands share: exit status, messages, option parsing, colour. */
#ifndef EYAS_CMD_OPTS_H
#define EYAS_CMD_OPTS_H

#include <argp.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/cleanup.h"
#include "base/err.h"

enum eyas_status {
	EYAS_STATUS_OK		= 0,
	EYAS_STATUS_FAILURE	= 1,
	EYAS_STATUS_USAGE	= 2,
};

/* "eyas: <text>\n" on stderr. */
void eyas_msg(const char *fmt, ...) _printf_(1, 2);

/* The same for an error of the library; returns EYAS_STATUS_FAILURE. */
int eyas_msg_err(const struct eyas_err *err);

enum eyas_color { EYAS_COLOR_AUTO, EYAS_COLOR_ALWAYS, EYAS_COLOR_NEVER };

/* The argument of --color; a usage error if it is none. */
void eyas_opts_color(struct argp_state *state, const char *arg, enum eyas_color *ret);

/* auto: @fd is a terminal, TERM is not "dumb" and NO_COLOR is unset or empty. */
bool eyas_color_wanted(enum eyas_color when, int fd);

/* Keys of long options without a letter. A command's own start at EYAS_OPT_OWN. */
enum {
	EYAS_OPT_COLOR = 0x100,
	EYAS_OPT_CONTAINER,
	EYAS_OPT_CGROUP,
	EYAS_OPT_UID,
	EYAS_OPT_OWN = 0x200,
};

/* clang-format off */
#define EYAS_OPT_ROW_COLOR \
	{ "color", EYAS_OPT_COLOR, "WHEN", 0, "colours: auto, always or never", 0 }
#define EYAS_OPT_ROW_JSON \
	{ "json", 'j', NULL, 0, "one JSON object a line", 0 }
/* clang-format on */

/*
 * argp_parse() with our manners: a usage error exits with EYAS_STATUS_USAGE,
 * --help prints to stdout. Returns 0 or the errno that the parser returned.
 */
int eyas_opts_parse(const struct argp *argp, int argc, char **argv, void *input);

/* The same for a command line that ends with another one: arguments come in their order. */
int eyas_opts_parse_command(const struct argp *argp, int argc, char **argv, void *input);

/* A decimal number from @min to @max; 0 or -EINVAL. */
int eyas_opts_number(const char *s, unsigned long min, unsigned long max, unsigned long *ret);

/*
 * Bytes of a CPU's ring of bulk records: what --buffer says, @mib, or 16 MiB, less where
 * many CPUs would have many of them. A power of two.
 */
uint32_t eyas_opts_ring_size(unsigned long mib);

/* The row text nearest to @word, NULL if none is near: for "did you mean". */
const char *eyas_opts_nearest(const char *word, const char *const *words, size_t n);

#endif
