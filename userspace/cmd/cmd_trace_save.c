// SPDX-License-Identifier: Apache-2.0
/* eyas trace --save: the records behind the lines, for eyas trace --from. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include "cmd_trace.h"
#include "enrich/snapshot.h"
#include "source/capture_write.h"
#include "source/facts.h"

int trace_save_open(struct eyas_capture_writer **ret, const struct trace_opts *o,
		    struct eyas_enrich *en, struct eyas_err *err)
{
	_cleanup_strbuf_ struct eyas_strbuf facts = EYAS_STRBUF_INIT;
	_cleanup_strbuf_ struct eyas_strbuf state = EYAS_STRBUF_INIT;
	struct eyas_capture_opening opening = { .path = o->save, .num = 1, .facts = &facts };
	struct eyas_facts *f = calloc(1, sizeof(*f));
	int r;

	if (!f)
		return eyas_err_set(err, -ENOMEM, "cannot write '%s': out of memory", o->save);
	eyas_facts_read(f);
	snprintf(f->program, sizeof(f->program), "eyas trace");
	eyas_facts_save(f, (const char *const *)o->command, &facts);
	free(f);
	if (getrandom(opening.id, sizeof(opening.id), 0) != sizeof(opening.id))
		return eyas_err_set(err, -errno, "cannot name a capture: %s", strerror(errno));
	r = eyas_capture_writer_open(ret, &opening, err);
	if (!r)
		r = eyas_enrich_save(en, &state, err);
	return r ? r : eyas_capture_writer_state(*ret, &state, err);
}

int trace_save_event(struct eyas_capture_writer *w, const struct eyas_event *ev,
		     struct eyas_err *err)
{
	struct eyas_record_run run = {
		.rec = ev->rec,
		.len = ev->rec->len,
		.count = 1,
		.clock = ev->time - ev->mono,
		.loss = ev->loss,
		.cpu = ev->cpu,
		.lane = ev->lane,
	};

	return eyas_capture_writer_put(w, &run, err);
}
