/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of eyas replay share: totals, and events that rules do not see as text. */
#ifndef EYAS_CMD_CMD_REPLAY_H
#define EYAS_CMD_CMD_REPLAY_H

#include "base/map.h"
#include "base/strbuf.h"
#include "enrich/enrich.h"
#include "event/event.h"
#include "event/evtype.h"
#include "source/source_capture.h"

/* ---- cmd_replay_text.c ---- */

/* "fork", of a record that has no event type; NULL: it has one. */
const char *replay_type(const struct eyas_event *ev);
/* What is in it: "child=701 flags=0x1". */
void replay_args(const struct eyas_event *ev, struct eyas_strbuf *out);

/* ---- cmd_replay_stats.c ---- */

struct replay_count {
	uint64_t n, failed;
};

struct replay_stats {
	uint64_t events, lost, bytes, first, last;	/* times: ns since the epoch */
	uint64_t lost_by_class[EYAS_CLASS_MAX];
	uint64_t records[EYAS_REC_TYPE_MAX];
	struct replay_count types[EYAS_EVT_MAX];	/* of system calls */
	struct eyas_map procs;				/* pid -> struct replay_proc */
	bool oom;
};

/* Call it after enrich took in the event. */
void replay_stats_add(struct replay_stats *s, const struct eyas_event *ev,
		      const struct eyas_enrich *en);
void replay_stats_print(struct replay_stats *s, const struct eyas_facts *f);
void replay_stats_json(struct replay_stats *s, const struct eyas_facts *f);
void replay_stats_release(struct replay_stats *s);

#endif
