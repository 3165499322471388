/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of "eyas watch" share. */
#ifndef EYAS_CMD_CMD_WATCH_H
#define EYAS_CMD_CMD_WATCH_H

#include "base/filewatch.h"
#include "enrich/runtimes.h"
#include "opts.h"
#include "pipeline/config.h"
#include "pipeline/pipeline.h"
#include "rulefiles.h"

/* Falco's letters for what are commands of their own here. */
enum eyas_watch_mode {
	EYAS_WATCH,
	EYAS_WATCH_VALIDATE,
	EYAS_WATCH_LIST,
	EYAS_WATCH_SHOW,
	EYAS_WATCH_FIELDS,
	EYAS_WATCH_EVENTS
};

/* What files of configuration have a say in. */
struct eyas_watch_settings {
	struct eyas_config config;
	struct eyas_ruleset_options rules; /* all of it, once they are read */
	bool json, iso_time;
};

struct eyas_watch_opts {
	enum eyas_watch_mode mode;
	const char *show; /* the rule of SHOW */
	struct eyas_watch_settings given; /* by the command line alone; no config */
	struct eyas_watch_settings set;
	EYAS_VEC(const char *) paths; /* of -r, or files to validate */
	EYAS_VEC(const char *) configs, sets; /* of -c; of -o KEY=VALUE */
	EYAS_VEC(const char *) only_tags, not_tags, not_names; /* -t, -T, -D */
	EYAS_VEC(const char *) from; /* capture files; none: this host, live */
	bool priority_given, matching_given;
	bool quiet, verbose, names, dry;
	const char *out, *pidfile;
	unsigned long seconds;
	enum eyas_color color;
};

/*
 * The command line, then the files of -c, then -o KEY=VALUE. Wrong words end
 * the program. 0, or the exit status of an error that was told.
 */
int eyas_watch_opts_parse(struct eyas_watch_opts *o, int argc, char **argv);
void eyas_watch_opts_release(struct eyas_watch_opts *o);

/*
 * The settings as the files of -c have them now, which may have changed. 0 or
 * -errno; release in any case.
 */
int eyas_watch_settings_read(const struct eyas_watch_opts *o, struct eyas_watch_settings *ret,
			     struct eyas_err *err);
void eyas_watch_settings_release(struct eyas_watch_settings *s);

/* Read the rules files that the options and @set name. 0 or -errno. */
int eyas_watch_opts_read_rules(const struct eyas_watch_opts *o,
			       const struct eyas_watch_settings *set, struct eyas_rulefiles *ret,
			       struct eyas_err *err);

/* Where alerts go. */
struct eyas_watch_outputs {
	struct eyas_output *v[2];
	size_t n;
};

struct eyas_watch {
	struct eyas_watch_opts *opts;
	char hostname[256];
	struct eyas_policy policy;
	struct eyas_ruleset *rules; /* in use */
	struct eyas_ruleset *next_rules; /* about to be */
	struct eyas_filewatch *files; /* NULL: not watched */
	bool reload; /* it is asked for */
	struct eyas_watch_outputs outs;
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	struct eyas_runtimes runtimes;
	struct eyas_pipeline pipe;
	int signals; /* signalfd */
	uint64_t deadline; /* CLOCK_MONOTONIC, ms; UINT64_MAX: none */
	bool output_told; /* that an output fails */
	uint64_t losses; /* of the pipeline's, those that were acted upon */
};

/* What is wrong with the rules, or only odd, on stderr. */
void eyas_watch_print_result(const struct eyas_watch *w, const struct eyas_load_result *res,
			     bool failed);

/* -o FILE, or what is configured. 0 or -errno; close in any case. */
int eyas_watch_outputs_open(struct eyas_watch_outputs *ret, const struct eyas_watch_opts *o,
			    const struct eyas_config *c, struct eyas_err *err);
void eyas_watch_outputs_close(struct eyas_watch_outputs *outs);
/* Do both configurations name the same ones? */
bool eyas_watch_outputs_equal(const struct eyas_watch_opts *o, const struct eyas_config *a,
			      const struct eyas_config *b);

/* What the settings say about alerts and about loss, for the pipeline. */
void eyas_watch_apply(const struct eyas_watch *w, struct eyas_pipeline_config *ret);

/* Begin to watch the files of rules and configuration. 0 or -errno. */
int eyas_watch_reload_open(struct eyas_watch *w, struct eyas_err *err);

/* Load rules anew if that is asked for, and free those that are out of use; @now in ms. */
void eyas_watch_reload_step(struct eyas_watch *w, uint64_t now);

unsigned int eyas_watch_calls_selected(const struct eyas_policy *p);

#endif
