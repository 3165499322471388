/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A flight recorder: the last seconds of events in memory, sealed as in a file,
 * to be written when something happened, with what was before it.
 *
 * It is made of slices, each with the state at its start; the oldest one goes
 * when the others do without it. So there is a little more than was asked for.
 *
 *	eyas_flight_new(&f, window, max, &err);
 *	while (...) {
 *		if (eyas_flight_due(f))
 *			eyas_flight_begin(f, &state, &err);
 *		eyas_flight_put(f, &run, &err);
 *	}
 *	eyas_flight_write(f, &opening, &totals, &err);
 */
#ifndef EYAS_SOURCE_FLIGHT_H
#define EYAS_SOURCE_FLIGHT_H

#include "source/capture_write.h"

struct eyas_flight;

#define EYAS_FLIGHT_BYTES_MIN	(4U << 20)

/* Keep @window ns, or less if that takes more than @max bytes of memory. 0, -ENOMEM. */
int eyas_flight_new(struct eyas_flight **ret, uint64_t window, size_t max, struct eyas_err *err)
	_must_check_;
void eyas_flight_free(struct eyas_flight *f);	/* NULL is fine */

/* Whether a slice has to begin, as it has at first. */
bool eyas_flight_due(const struct eyas_flight *f);

/* It begins, with @state (items) as of the next record. 0, -ENOMEM. */
int eyas_flight_begin(struct eyas_flight *f, const struct eyas_strbuf *state, struct eyas_err *err);

/* Items that hold from the next record on. 0, -ENOMEM. */
int eyas_flight_state(struct eyas_flight *f, const struct eyas_strbuf *items, struct eyas_err *err);

/* Keep records; a slice must have begun. 0, -ENOMEM, -EBADMSG. */
int eyas_flight_put(struct eyas_flight *f, const struct eyas_record_run *run, struct eyas_err *err);

/*
 * Write what is kept, and keep it on; num of @o is set here. 0 with the totals of the
 * file, or what writing fails with.
 */
int eyas_flight_write(struct eyas_flight *f, const struct eyas_capture_opening *o,
		      struct eyas_capture_end *ret, struct eyas_err *err);

size_t eyas_flight_bytes(const struct eyas_flight *f);	/* of memory for blocks */

#endif
