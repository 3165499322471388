/* SPDX-License-Identifier: Apache-2.0 */
/* Capture files as a source: events as they were recorded, and what was before them. */
#ifndef EYAS_SOURCE_SOURCE_CAPTURE_H
#define EYAS_SOURCE_SOURCE_CAPTURE_H

#include "source/capture.h"
#include "source/facts.h"
#include "source/source.h"

struct eyas_capture_config {
	/* The parts of one recording in their order; what follows them is left alone. */
	const char *const *paths;	/* "-": stdin */
	size_t npaths;
	bool follow;			/* the last one may still be written: wait for more */
	/*
	 * Called with items of STATE where they belong: those of the start by
	 * open, others from next, before the event that they hold for. NULL: nobody
	 * wants them. Failing is final, with -errno and @err.
	 */
	int (*state)(void *arg, struct eyas_bytes items, struct eyas_err *err);
	void *arg;
};

/* Strings are borrowed until close. */
int eyas_source_capture_open(struct eyas_source **ret, const struct eyas_capture_config *cfg,
			     struct eyas_err *err) _must_check_;

const struct eyas_facts *eyas_source_capture_facts(const struct eyas_source *src);

/* How many of the paths were parts of this recording, as far as it has been read. */
size_t eyas_source_capture_parts(const struct eyas_source *src);

/* What there is to say of files that do not end as they should; NULL: nothing. */
const char *eyas_source_capture_note(const struct eyas_source *src);

/* Totals as the file's writer has them; NULL if it has no end mark (yet). */
const struct eyas_capture_end *eyas_source_capture_end(const struct eyas_source *src);

#endif
