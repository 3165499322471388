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
#include "base/vec.h"
#include "enrich/enrich.h"
#include "output/output.h"
#include "rule/ruleset.h"
#include "source/source.h"

#define EYAS_PIPELINE_OUTPUTS_MAX	8

/* Borrowed until release. */
struct eyas_pipeline_config {
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	bool seeded;		/* enrich knows the start: from a capture, not this machine */
	struct eyas_ruleset *rules;
	const struct eyas_policy *policy;	/* the source's, copied; NULL: it has none */
	struct eyas_output *outputs[EYAS_PIPELINE_OUTPUTS_MAX];
	size_t noutputs;
	struct eyas_alert_options alert;
	bool loss_untold;	/* no alert tells of lost events */
	double loss_threshold;	/* nor if their share of all is this or less */
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
	uint64_t losses, loss_alerts;	/* times that loss was to be told, and was */
	uint64_t by_priority[EYAS_PRIO_MAX];
};

/* Alerts of the rules of that name, also of one that is gone since. */
struct eyas_pipeline_count { char *name; uint64_t alerts; };

/* Other rules, which wait for the events recorded for the old ones to be handled. */
struct eyas_pipeline_swap {
	struct eyas_ruleset *next, *old;
	struct eyas_policy policy;	/* of next, as its slots are */
	size_t *slots;
	uint64_t after;			/* ns, raw clock: later events are for next */
};

struct eyas_pipeline {
	struct eyas_pipeline_config cfg;
	struct eyas_pipeline_stats stats;
	EYAS_VEC(struct eyas_pipeline_count) counts;	/* by order of first appearance */
	size_t *slots;		/* of each rule in the ruleset: its place in counts */
	struct eyas_policy policy;
	struct eyas_pipeline_swap swap;
	struct eyas_pipeline_loss loss;
	struct eyas_arena arena;
	struct eyas_strbuf line;
	const struct eyas_field_ctx *ctx;	/* of the event being matched */
	int output_error;	/* first -errno of an output, -EPIPE if any; 0 */
	bool waiting, draining;	/* alerts wait in an output's queue; no more is recorded */
	bool keeps_fds;		/* what processes have open is remembered */
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

/*
 * Go over to @rules (borrowed), for which the source must record @policy,
 * between two events: it records for both from now on, the old rules handle
 * what it had recorded before, the new ones all later events. Processes and
 * counts stay. 0; -EBUSY if another swap is under way; -ENOMEM, -errno of the
 * source: nothing has changed.
 */
int eyas_pipeline_swap(struct eyas_pipeline *p, struct eyas_ruleset *rules,
		       const struct eyas_policy *policy, struct eyas_err *err) _must_check_;

/* The rules that a swap has put out of use, once; NULL: none. To be freed by their owner. */
struct eyas_ruleset *eyas_pipeline_take_old(struct eyas_pipeline *p);

/* An alert of eyas itself, now; see eyas_alert_render_internal(). 0 or -ENOMEM. */
int eyas_pipeline_tell(struct eyas_pipeline *p, const char *rule, enum eyas_priority prio,
		       const char *msg, const char *const *fields);

/* Stop recording; step() gives what is left, then -ENODATA. 0 or -errno of the source. */
int eyas_pipeline_drain(struct eyas_pipeline *p, struct eyas_err *err);
/* To poll for POLLIN; -1 if step() never has to wait. */
int eyas_pipeline_fd(const struct eyas_pipeline *p);

/* Milliseconds after which step() has work though the descriptor is quiet; -1: none. */
int eyas_pipeline_timeout(const struct eyas_pipeline *p);

#endif
