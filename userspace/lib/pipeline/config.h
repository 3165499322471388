/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What eyas watch can be told in a file: Falco's keys, those that mean
 * something here. Keys that are unknown or without effect give warnings.
 */
#ifndef EYAS_PIPELINE_CONFIG_H
#define EYAS_PIPELINE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "rule/ruleset.h"

/* What to do about lost events: syscall_event_drops.actions. */
#define EYAS_DROPS_LOG (1U << 0)
#define EYAS_DROPS_ALERT (1U << 1)
#define EYAS_DROPS_EXIT (1U << 2)

struct eyas_config {
	EYAS_VEC(const char *) rules_files;
	EYAS_VEC(struct eyas_rule_switch) rules;
	EYAS_VEC(struct eyas_append) appends;
	EYAS_VEC(struct eyas_static_field) statics;
	const char *priority; /* NULL: not given; else right */
	const char *rule_matching; /* the same */
	bool watch_files;
	bool json, iso_time;
	bool json_output, json_message, json_fields, json_tags; /* members that are there */
	bool stdout_on, file_on, file_keep;
	const char *file; /* NULL: none named */
	bool drops_given; /* else an alert is raised */
	EYAS_VEC(unsigned int) drop_actions; /* EYAS_DROPS_*, as they are listed */
	double drops_threshold; /* share of lost events up to which nothing is done */
	EYAS_VEC(const char *) warnings; /* one line each, in order */
	struct eyas_arena arena; /* all texts */
};

/* Everything as it is without a file. */
void eyas_config_init(struct eyas_config *c);
void eyas_config_release(struct eyas_config *c);

/*
 * Take in a file's @text; what it says goes before what was said before. In
 * values ${NAME} is that variable of the environment, $${NAME} is just text. 0;
 * -EINVAL, with the place, if it is no YAML or a known key has a wrong value;
 * -ENOMEM.
 */
int eyas_config_read(struct eyas_config *c, const char *name, const char *text, size_t len,
		     struct eyas_err *err) _must_check_;

/* Does @arg begin with a known key and then "=", "." or "["? */
bool eyas_config_is_set(const char *arg);

/* What is to be done about lost events, EYAS_DROPS_*. */
unsigned int eyas_config_drops(const struct eyas_config *c);

/*
 * KEY=VALUE: "a.b=x"; "a[]=x" adds to a list, "a[2]=x" replaces an item of it; a
 * VALUE in {} or [] is YAML, any other one is text as it stands. As
 * eyas_config_read().
 */
int eyas_config_set(struct eyas_config *c, const char *arg, struct eyas_err *err) _must_check_;

#endif
