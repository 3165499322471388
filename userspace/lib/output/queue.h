/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on their way to a descriptor: bounded, counted, never blocking. */
#ifndef EYAS_OUTPUT_QUEUE_H
#define EYAS_OUTPUT_QUEUE_H

#include "base/strbuf.h"
#include "output/output.h"

#define EYAS_QUEUE_MAX	(1U << 20)	/* bytes that may wait */

struct eyas_queue {
	struct eyas_strbuf lines;
	size_t done;		/* bytes of lines already written */
	bool gone;		/* the reader is, for good */
};

void eyas_queue_release(struct eyas_queue *q);

/* Add a line and write what can be written; see eyas_output_emit(). */
int eyas_queue_put(struct eyas_queue *q, int fd, const struct eyas_alert *alert,
		   struct eyas_output *o);
int eyas_queue_flush(struct eyas_queue *q, int fd, struct eyas_output *o);
void eyas_queue_drop(struct eyas_queue *q, struct eyas_output *o);

#endif
