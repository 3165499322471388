// SPDX-License-Identifier: Apache-2.0
/* What all sources share: statistics, and hooks that may be missing. */
#include "source/source.h"

#include <errno.h>

static void count(struct eyas_source_stats *st, uint64_t n, const struct eyas_loss *loss)
{
	if (!loss) {
		st->events += n;
		return;
	}
	st->loss_events += n;
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++) {
		st->lost += loss->count[c];
		st->lost_by_class[c] += loss->count[c];
	}
}

int eyas_source_next(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *err)
{
	int r = src->ops->next(src, ret, err);

	if (r > 0)
		count(&src->stats, 1, ret->loss);
	return r;
}

static int run_of_next(struct eyas_source *src, struct eyas_record_run *ret, struct eyas_err *err)
{
	struct eyas_event ev;
	int r = src->ops->next(src, &ev, err);

	if (r > 0)
		*ret = (struct eyas_record_run){
			.rec = ev.rec, .len = ev.rec->len, .count = 1, .loss = ev.loss,
			.clock = ev.time - ev.mono, .cpu = ev.cpu, .lane = ev.lane,
		};
	return r;
}

int eyas_source_next_run(struct eyas_source *src, struct eyas_record_run *ret, struct eyas_err *err)
{
	int r = src->ops->next_run ? src->ops->next_run(src, ret, err) : run_of_next(src, ret, err);

	if (r > 0)
		count(&src->stats, ret->count, ret->loss);
	return r;
}

int eyas_source_fd(const struct eyas_source *src)
{
	return src->ops->fd ? src->ops->fd(src) : -1;
}

int eyas_source_set_policy(struct eyas_source *src, const struct eyas_policy *p,
			   struct eyas_err *err)
{
	if (!src->ops->set_policy)
		return eyas_err_set(err, -EOPNOTSUPP,
				    "cannot choose what is recorded: this source only replays");
	return src->ops->set_policy(src, p, err);
}

int eyas_source_drain(struct eyas_source *src, struct eyas_err *err)
{
	return src->ops->drain ? src->ops->drain(src, err) : 0;
}

void eyas_source_close(struct eyas_source *src)
{
	if (src)
		src->ops->close(src);
}
