/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The route of a recording: source -> capture files, or, as a flight recorder,
 * memory. Records are not looked into, but for those that change the state with
 * which a next file begins.
 *
 *	eyas_recorder_init(&r, &cfg, &err);
 *	while ((n = eyas_recorder_step(&r, 64, &err)) >= 0)
 *		if (!n)
 *			poll(eyas_source_fd(source), eyas_recorder_timeout(&r));
 *	eyas_recorder_finish(&r, &err);
 *	eyas_recorder_release(&r);
 */
#ifndef EYAS_PIPELINE_RECORDER_H
#define EYAS_PIPELINE_RECORDER_H

#include "enrich/enrich.h"
#include "source/capture_write.h"
#include "source/facts.h"
#include "source/flight.h"
#include "source/rotation.h"
#include "source/source.h"

/* All borrowed until release. */
struct eyas_recorder_config {
	struct eyas_source *source;
	struct eyas_enrich *enrich;
	const struct eyas_facts *facts;
	const char *const *command;	/* line, ended by NULL; may be NULL */
	struct eyas_rotation files;	/* no path: a flight recorder */
	uint64_t window;		/* of that, ns */
	size_t memory;			/* bytes */
};

struct eyas_recorder {
	struct eyas_recorder_config cfg;
	struct eyas_strbuf facts, state, name;
	uint8_t id[16];
	struct eyas_capture_writer *writer;	/* NULL: none, or flight */
	struct eyas_flight *flight;
	unsigned int part;		/* of the file being written */
	unsigned int slot;		/* the same since the last one that was due by time */
	unsigned int due_by_time;	/* files that were */
	uint64_t next_num, next_time;	/* of the next record; CLOCK_REALTIME, s */
	uint64_t flushed;		/* CLOCK_MONOTONIC, ns */
	uint64_t bytes;			/* of files that are done */
	bool done;			/* as many files as were wanted */
	bool tracks;			/* keeps enrich up to date */
	struct eyas_capture_end totals;	/* of all files */
	unsigned int files;
};

/*
 * Takes in the running system, so the source must already be recording, and
 * makes the first file.
 */
int eyas_recorder_init(struct eyas_recorder *r, const struct eyas_recorder_config *cfg,
		       struct eyas_err *err) _must_check_;
void eyas_recorder_release(struct eyas_recorder *r);

/*
 * Handle at most @max runs of records, and what time has brought. Returns how many;
 * 0: none now; -ENODATA: no more ever, or as many files as were wanted; -errno:
 * what is in the files by then is good.
 */
int eyas_recorder_step(struct eyas_recorder *r, unsigned int max, struct eyas_err *err);

/* Milliseconds after which step() has work though the source is quiet; -1: none. */
int eyas_recorder_timeout(const struct eyas_recorder *r);

/* Write what has been recorded so far, for who reads along. */
int eyas_recorder_flush(struct eyas_recorder *r, struct eyas_err *err);

/* Flight recorder: write what is kept to @path; *ret is of this file. */
int eyas_recorder_dump(struct eyas_recorder *r, const char *path, struct eyas_capture_end *ret,
		       struct eyas_err *err);

/* End the file; then totals, files and bytes are those of all. */
int eyas_recorder_finish(struct eyas_recorder *r, struct eyas_err *err);

#endif
