/* SPDX-License-Identifier: Apache-2.0 */
/* Tables at the end: files, peers, processes. */
#ifndef EYAS_TRACE_TABLES_H
#define EYAS_TRACE_TABLES_H

#include "trace/state.h"

/*
 * New ones are NULL, and adding gives -ENOMEM, if there is no memory; freeing
 * NULL is fine. Of a call, @enter may be NULL.
 */
struct eyas_trace_files *eyas_files_new(void);
void eyas_files_free(struct eyas_trace_files *f);
int eyas_files_add(struct eyas_trace_files *f, const struct eyas_trace *t,
		   const struct eyas_event *enter, const struct eyas_event *exit);
void eyas_files_text(const struct eyas_trace_files *f, struct eyas_strbuf *out);

struct eyas_trace_peers *eyas_peers_new(void);
void eyas_peers_free(struct eyas_trace_peers *p);
int eyas_peers_add(struct eyas_trace_peers *p, const struct eyas_event *enter,
		   const struct eyas_event *exit);
void eyas_peers_text(const struct eyas_trace_peers *p, struct eyas_strbuf *out);

struct eyas_trace_proctree *eyas_proctree_new(void);
void eyas_proctree_free(struct eyas_trace_proctree *tr);
int eyas_proctree_event(struct eyas_trace_proctree *tr, const struct eyas_event *ev);
void eyas_proctree_text(const struct eyas_trace_proctree *tr, struct eyas_strbuf *out);

/* ---- for these tables: what a call does with bytes ---- */

enum eyas_traffic_verb {
	EYAS_TRAFFIC_NONE,
	EYAS_TRAFFIC_OPEN,
	EYAS_TRAFFIC_MOVE,
	EYAS_TRAFFIC_CONNECT,
	EYAS_TRAFFIC_ACCEPT,
};

struct eyas_traffic {
	uint8_t verb;		/* enum eyas_traffic_verb */
	int8_t from, to;	/* MOVE: arguments with the descriptors, -1: none */
	bool bytes;		/* the result counts bytes */
};

struct eyas_traffic eyas_traffic_of(const struct eyas_event *exit);

/* The blob of @kind of argument @arg, of the end or else the entry; NULL: neither has it. */
const struct eyas_event_blob *eyas_traffic_blob(const struct eyas_event *enter,
						const struct eyas_event *exit, uint8_t kind,
						int arg);

#endif
