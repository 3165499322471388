// SPDX-License-Identifier: Apache-2.0
/* What all channels have in common. */
#include "output/output.h"

#include <errno.h>
#include <poll.h>

int eyas_output_emit(struct eyas_output *o, const struct eyas_alert *alert)
{
	return o->ops->emit(o, alert);
}

int eyas_output_flush(struct eyas_output *o)
{
	return o->ops->flush(o);
}

int eyas_output_reopen(struct eyas_output *o)
{
	return o->ops->reopen ? o->ops->reopen(o) : 0;
}

int eyas_output_finish(struct eyas_output *o, int ms)
{
	int r = o->ops->flush(o);

	for (; r == -EAGAIN && ms > 0; ms -= 10) {
		poll(NULL, 0, 10);
		r = o->ops->flush(o);
	}
	o->ops->drop(o);
	return r;
}

void eyas_output_close(struct eyas_output *o)
{
	if (o)
		o->ops->close(o);
}
