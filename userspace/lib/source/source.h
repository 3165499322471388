/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where events come from. Live rings, capture files and the null source look
 * the same: events in time order over all CPUs and lanes, loss in its place.
 */
#ifndef EYAS_SOURCE_SOURCE_H
#define EYAS_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include "event/event.h"
#include "source/policy.h"

struct eyas_source;

struct eyas_source_stats {
	uint64_t events;	/* given out, LOSS events not counted */
	uint64_t lost;		/* told by LOSS events so far */
	uint64_t lost_by_class[EYAS_CLASS_MAX];
	uint64_t loss_events;
};

/*
 * Records of one ring that follow each other, as they came: nobody has looked
 * behind their headers. A LOSS record is alone. Valid until the next run.
 */
struct eyas_record_run {
	const struct eyas_record *rec;
	uint32_t len;		/* bytes of all of them */
	uint32_t count;
	uint64_t clock;		/* time of day less the records' time, modulo 2^64 */
	const struct eyas_loss *loss;	/* NULL if they are no LOSS record */
	uint16_t cpu;
	uint8_t lane;
};

struct eyas_source_ops {
	/*
	 * The next event: 1; none now: 0 (wait); no more ever: -ENODATA; -errno.
	 * -EBADMSG, a record that can't be, is final: what comes after it is held
	 * back, and every further call says the same.
	 */
	int (*next)(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *err);
	/* The same, one or more, without parsing them; NULL: by next. */
	int (*next_run)(struct eyas_source *src, struct eyas_record_run *ret, struct eyas_err *err);
	/* Descriptor to poll for POLLIN, -1 if next never has to wait. */
	int (*fd)(const struct eyas_source *src);
	/* Change what is recorded; -EOPNOTSUPP where that can't be. */
	int (*set_policy)(struct eyas_source *src, const struct eyas_policy *p,
			  struct eyas_err *err);
	/*
	 * Stop recording and let next() give what is left, then -ENODATA; what was
	 * lost and not told yet comes as a last LOSS event. May be NULL.
	 */
	int (*drain)(struct eyas_source *src, struct eyas_err *err);
	void (*close)(struct eyas_source *src);
};

struct eyas_source {
	const struct eyas_source_ops *ops;
	struct eyas_source_stats stats;
};

/* A session on /dev/eyas with @p as its policy. Close with eyas_source_close(). */
int eyas_source_rings_open(struct eyas_source **ret, const struct eyas_policy *p,
			   struct eyas_err *err) _must_check_;

/* No events at all, or, with @records, the given ones once (tests). */
int eyas_source_null_open(struct eyas_source **ret, const void *records, size_t len,
			  struct eyas_err *err) _must_check_;

int eyas_source_next(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *err);
int eyas_source_next_run(struct eyas_source *src, struct eyas_record_run *ret,
			 struct eyas_err *err);
int eyas_source_fd(const struct eyas_source *src);	/* -1: next never has to wait */
int eyas_source_set_policy(struct eyas_source *src, const struct eyas_policy *p,
			   struct eyas_err *err);
int eyas_source_drain(struct eyas_source *src, struct eyas_err *err);
void eyas_source_close(struct eyas_source *src);	/* NULL is fine */

#endif
