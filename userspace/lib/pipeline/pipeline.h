/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The route in one object: source -> enrich -> rules -> outputs. The caller
 * owns the parts and the poll loop:
 *
 *	while ((n = eyas_pipeline_step(&p, 256, &err)) >= 0)
 *		if (!n)
 *			poll(eyas_pipeline_fd(&p), eyas_pipeline_timeout(&p));
 */
#ifndef EYAS_PIPELINE_PIPELINE_H
#define EYAS_PIPELINE_PIPELINE_H

#include <stdint.h>
#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "enrich/enrich.h"
#include "output/output.h"
#include "rule/ruleset.h"
#include "source/source.h"

#define EYAS_PIPELINE_OUTPUTS_MAX	8

/* All borrowed until release. */
struct eyas_pipeline_config {
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	bool seeded;		/* enrich knows the start: from a capture, not this machine */
	struct eyas_ruleset *rules;
	struct eyas_output *outputs[EYAS_PIPELINE_OUTPUTS_MAX];
	size_t noutputs;
	struct eyas_alert_options alert;
};

/* Loss not told by an alert yet: at most one a second is. */
struct eyas_pipeline_loss {
	uint64_t count[EYAS_CLASS_MAX], total;
	uint64_t events;	/* seen since the last such alert */
	uint64_t told;		/* event time of the last such alert, 0: none */
	uint64_t last;		/* event time of the last LOSS event */
};

struct eyas_pipeline_stats {
	uint64_t events, lost;
	uint64_t alerts;	/* of rules */
	uint64_t loss_alerts;	/* our own */
	uint64_t by_priority[EYAS_PRIO_MAX];
};

struct eyas_pipeline {
	struct eyas_pipeline_config cfg;
	struct eyas_pipeline_stats stats;
	uint64_t *by_rule;	/* alerts of each rule, by its place in the ruleset */
	struct eyas_pipeline_loss loss;
	struct eyas_arena arena;
	struct eyas_strbuf line;
	const struct eyas_field_ctx *ctx;	/* of the event being matched */
	int output_error;	/* first -errno of an output, -EPIPE if any; 0 */
	bool waiting;		/* alerts wait in an output's queue */
};

/*
 * Takes in the running system, unless it is seeded, so the source must already
 * be recording: what happens meanwhile is in its events.
 */
int eyas_pipeline_init(struct eyas_pipeline *p, const struct eyas_pipeline_config *cfg,
		       struct eyas_err *err) _must_check_;
void eyas_pipeline_release(struct eyas_pipeline *p);

/*
 * Handle at most @max events. Returns how many; 0: none now, wait for the
 * descriptor; -ENODATA: no more ever; -errno of the source. A channel that
 * fails does not stop the others: see output_error and each one's counters.
 */
int eyas_pipeline_step(struct eyas_pipeline *p, unsigned int max, struct eyas_err *err);

/* To poll for POLLIN; -1 if step() never has to wait. */
int eyas_pipeline_fd(const struct eyas_pipeline *p);

/* Milliseconds after which step() has work though the descriptor is quiet; -1: none. */
int eyas_pipeline_timeout(const struct eyas_pipeline *p);

#endif
