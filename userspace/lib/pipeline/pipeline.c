// SPDX-License-Identifier: Apache-2.0
/* The route: the only file that sees all stages. */
#include "pipeline/pipeline.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "pipeline/swap.h"
#include "source/clock.h"

#define NSEC	1000000000ULL

static const char *const class_names[EYAS_CLASS_MAX] = {
	[EYAS_CLASS_OTHER] = "n_drops_other",
	[EYAS_CLASS_PROCESS] = "n_drops_process",
	[EYAS_CLASS_FILE] = "n_drops_file",
	[EYAS_CLASS_DESC] = "n_drops_desc",
	[EYAS_CLASS_NETWORK] = "n_drops_network",
	[EYAS_CLASS_MEMORY] = "n_drops_memory",
	[EYAS_CLASS_SIGNAL] = "n_drops_signal",
	[EYAS_CLASS_CREDS] = "n_drops_creds",
};

int eyas_pipeline_init(struct eyas_pipeline *p, const struct eyas_pipeline_config *cfg,
		       struct eyas_err *err)
{
	int r;

	memset(p, 0, sizeof(*p));
	eyas_strbuf_init(&p->line);
	p->cfg = *cfg;
	if (cfg->policy)
		p->policy = *cfg->policy;
	p->slots = eyas_swap_slots(p, cfg->rules);
	if (!p->slots)
		r = eyas_err_set(err, -ENOMEM, "out of memory");
	else
		r = cfg->seeded ? 0 : eyas_enrich_seed(cfg->enrich, err);
	p->keeps_fds = true;
	eyas_swap_keep_fds(p, eyas_ruleset_needs_fds(cfg->rules));
	if (r < 0)
		eyas_pipeline_release(p);
	return r;
}

void eyas_pipeline_release(struct eyas_pipeline *p)
{
	eyas_swap_release(p);
	eyas_arena_release(&p->arena);
	eyas_strbuf_release(&p->line);
}

int eyas_pipeline_fd(const struct eyas_pipeline *p)
{
	return eyas_source_fd(p->cfg.source);
}

/* Waiting is no failure; among failures the first one is kept, unless one is final. */
static void note_output(struct eyas_pipeline *p, int r)
{
	if (r == -EAGAIN)
		p->waiting = true;
	else if (r < 0 && (!p->output_error || r == -EPIPE))
		p->output_error = r;
}

static void emit(struct eyas_pipeline *p, enum eyas_priority prio)
{
	struct eyas_alert alert = {
		.priority = prio, .line = p->line.buf, .len = p->line.len,
	};

	for (size_t i = 0; i < p->cfg.noutputs; i++)
		note_output(p, eyas_output_emit(p->cfg.outputs[i], &alert));
}

static void flush(struct eyas_pipeline *p)
{
	p->waiting = false;
	for (size_t i = 0; i < p->cfg.noutputs; i++)
		note_output(p, eyas_output_flush(p->cfg.outputs[i]));
}

int eyas_pipeline_timeout(const struct eyas_pipeline *p)
{
	if (p->swap.next)
		return EYAS_SWAP_IDLE_MS;
	if (p->waiting)
		return 20;
	return p->loss.total ? 1000 : -1;
}

static int matched(const struct eyas_rule *rule, void *arg)
{
	struct eyas_pipeline *p = arg;
	struct eyas_field_ctx ctx = *p->ctx;
	struct eyas_rule_info info;
	int r;

	eyas_rule_info(rule, &info);
	p->stats.alerts++;
	p->stats.by_priority[info.priority]++;
	p->counts.data[p->slots[info.index]].alerts++;
	r = eyas_alert_render(rule, &ctx, &p->cfg.alert, &p->line);
	if (r < 0)
		return r;
	emit(p, info.priority);
	return 0;
}

static bool few_lost(const struct eyas_pipeline *p)
{
	double all = (double)p->loss.total + (double)p->loss.events;

	return p->cfg.loss_threshold > 0 && (double)p->loss.total <= p->cfg.loss_threshold * all;
}

static int tell_loss(struct eyas_pipeline *p, uint64_t now)
{
	struct eyas_pipeline_loss *l = &p->loss;
	char numbers[EYAS_CLASS_MAX + 2][24], msg[128];
	const char *fields[2 * (EYAS_CLASS_MAX + 2) + 1];
	/* Sorted by name, as the renderer wants it. */
	static const uint8_t order[] = {
		EYAS_CLASS_CREDS, EYAS_CLASS_DESC, EYAS_CLASS_FILE, EYAS_CLASS_MEMORY,
		EYAS_CLASS_NETWORK, EYAS_CLASS_OTHER, EYAS_CLASS_PROCESS, EYAS_CLASS_SIGNAL,
	};
	size_t n = 0;
	bool few;
	int r;

	snprintf(numbers[0], sizeof(numbers[0]), "%" PRIu64, l->total);
	fields[n++] = "n_drops";
	fields[n++] = numbers[0];
	for (size_t i = 0; i < EYAS_CLASS_MAX; i++) {
		snprintf(numbers[1 + i], sizeof(numbers[0]), "%" PRIu64, l->count[order[i]]);
		fields[n++] = class_names[order[i]];
		fields[n++] = numbers[1 + i];
	}
	snprintf(numbers[1 + EYAS_CLASS_MAX], sizeof(numbers[0]), "%" PRIu64, l->events);
	fields[n++] = "n_evts";
	fields[n++] = numbers[1 + EYAS_CLASS_MAX];
	fields[n] = NULL;
	snprintf(msg, sizeof(msg),
		 "eyas internal: syscall event drop. %" PRIu64 " events dropped in last second.",
		 l->total);
	few = few_lost(p);
	p->stats.losses += !few;
	if (few || p->cfg.loss_untold) {
		*l = (struct eyas_pipeline_loss){ .told = now };
		return 0;
	}
	r = eyas_alert_render_internal("eyas internal: syscall event drop", EYAS_PRIO_DEBUG, now,
				       msg, fields, &p->cfg.alert, &p->line);
	if (r < 0)
		return r;
	p->stats.loss_alerts++;
	emit(p, EYAS_PRIO_DEBUG);
	*l = (struct eyas_pipeline_loss){ .told = now };
	return 0;
}

/* The first loss is told at once, what follows within a second in one alert. */
static int tell_loss_if_due(struct eyas_pipeline *p, uint64_t now)
{
	struct eyas_pipeline_loss *l = &p->loss;

	if (!l->total || (l->told && now < l->told + NSEC))
		return 0;
	return tell_loss(p, now);
}

static void take_loss(struct eyas_pipeline *p, const struct eyas_event *ev)
{
	for (size_t i = 0; i < EYAS_CLASS_MAX; i++) {
		p->loss.count[i] += ev->loss->count[i];
		p->loss.total += ev->loss->count[i];
		p->stats.lost += ev->loss->count[i];
	}
	p->loss.last = ev->time;
}

static int handle(struct eyas_pipeline *p, const struct eyas_event *ev)
{
	struct eyas_field_ctx ctx;
	int r;

	if (p->swap.next && ev->mono >= p->swap.after)
		eyas_swap_finish(p);
	r = eyas_enrich_update(p->cfg.enrich, ev);
	if (r < 0)
		return r;
	if (ev->loss) {
		take_loss(p, ev);
		return tell_loss_if_due(p, ev->time);
	}
	p->stats.events++;
	p->loss.events++;
	if (!eyas_ruleset_sees(p->cfg.rules, ev))
		return tell_loss_if_due(p, ev->time);
	eyas_arena_reset(&p->arena);
	eyas_field_ctx_init(&ctx, ev, p->cfg.enrich, &p->arena, p->cfg.alert.hostname);
	p->ctx = &ctx;
	r = eyas_ruleset_match(p->cfg.rules, &ctx, matched, p);
	p->ctx = NULL;
	return r < 0 ? r : tell_loss_if_due(p, ev->time);
}

static int fail(struct eyas_err *err, int r)
{
	return eyas_err_set(err, r, "cannot handle an event: %s", strerror(-r));
}

int eyas_pipeline_tell(struct eyas_pipeline *p, const char *rule, enum eyas_priority prio,
		       const char *msg, const char *const *fields)
{
	int r = eyas_alert_render_internal(rule, prio, eyas_clock_now(CLOCK_REALTIME), msg, fields,
					   &p->cfg.alert, &p->line);

	if (!r)
		emit(p, prio);
	return r;
}

/* No event now: the clock goes on without one. */
static int idle(struct eyas_pipeline *p)
{
	if (p->swap.next)
		eyas_swap_finish_idle(p);
	return tell_loss_if_due(p, eyas_clock_now(CLOCK_REALTIME));
}

/* No event any more: what was lost and is not told yet. */
static int end(struct eyas_pipeline *p)
{
	if (p->swap.next)
		eyas_swap_finish(p);
	return p->loss.total ? tell_loss(p, p->loss.last) : 0;
}

int eyas_pipeline_drain(struct eyas_pipeline *p, struct eyas_err *err)
{
	int r = eyas_source_drain(p->cfg.source, err);

	/* A swap under way must not start recording again. */
	p->draining = r >= 0;
	return r;
}

int eyas_pipeline_step(struct eyas_pipeline *p, unsigned int max, struct eyas_err *err)
{
	struct eyas_event ev;
	unsigned int n = 0;
	int next = 1, r = 0;

	while (n < max && next > 0 && !r) {
		next = eyas_source_next(p->cfg.source, &ev, err);
		if (next > 0)
			r = handle(p, &ev);
		n += next > 0;
	}
	if (!r && next == 0)
		r = idle(p);
	else if (!r && next == -ENODATA)
		r = end(p);
	if (p->waiting)
		flush(p);
	if (r < 0)
		return fail(err, r);
	return next < 0 ? next : (int)n;
}
