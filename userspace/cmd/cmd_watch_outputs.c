// SPDX-License-Identifier: Apache-2.0
/* eyas watch: where alerts go, and how they are written. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "cmd_watch.h"

/* -o FILE is the only one; a configuration may name two. */
int eyas_watch_outputs_open(struct eyas_watch_outputs *ret, const struct eyas_watch_opts *o,
			    const struct eyas_config *c, struct eyas_err *err)
{
	const char *file = o->out;
	int r = 0;

	*ret = (struct eyas_watch_outputs){ .n = 0 };
	if (!file && c->file_on) {
		file = c->file;
		if (!file || !*file)
			return eyas_err_set(err, -EINVAL,
					    "file_output is enabled and has no filename");
	}
	if (!o->out && c->stdout_on)
		r = eyas_output_fd_open(&ret->v[ret->n++], STDOUT_FILENO, "stdout", err);
	if (!r && file)
		r = eyas_output_file_open(&ret->v[ret->n++], file, o->out || c->file_keep, err);
	return r;
}

void eyas_watch_outputs_close(struct eyas_watch_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++)
		eyas_output_close(outs->v[i]);
	outs->n = 0;
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool eyas_watch_outputs_equal(const struct eyas_watch_opts *o, const struct eyas_config *a,
			      const struct eyas_config *b)
{
	return o->out || (a->stdout_on == b->stdout_on && a->file_on == b->file_on &&
			  a->file_keep == b->file_keep && is_same(a->file, b->file));
}

/* A line is the same on all channels: no colour in a file. */
void eyas_watch_apply(const struct eyas_watch *w, struct eyas_pipeline_config *ret)
{
	const struct eyas_watch_opts *o = w->opts;
	const struct eyas_config *c = &o->set.config;
	bool plain = o->out || w->outs.n != 1 || !c->stdout_on;

	ret->loss_untold = !(eyas_config_drops(c) & EYAS_DROPS_ALERT);
	ret->loss_threshold = c->drops_threshold;
	ret->noutputs = w->outs.n;
	for (size_t i = 0; i < w->outs.n; i++)
		ret->outputs[i] = w->outs.v[i];
	ret->alert = (struct eyas_alert_options){
		.form = o->set.json ? EYAS_ALERT_JSON : EYAS_ALERT_TEXT,
		.time_iso_8601 = o->set.iso_time,
		.color = eyas_color_wanted(plain ? EYAS_COLOR_NEVER : o->color, STDOUT_FILENO),
		.hostname = w->hostname,
		.no_output = !c->json_output,
		.message = c->json_message,
		.no_output_fields = !c->json_fields,
		.no_tags = !c->json_tags,
	};
}
