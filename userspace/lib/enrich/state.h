/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of struct eyas_enrich, for the files of this folder only. */
#ifndef EYAS_ENRICH_STATE_H
#define EYAS_ENRICH_STATE_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "enrich/container.h"
#include "enrich/enrich.h"
#include "enrich/hosts.h"
#include "enrich/procfs.h"
#include "enrich/proctab.h"
#include "enrich/users.h"
#include "event/evtype.h"

struct eyas_enrich {
	char *root;
	bool live;			/* /proc may be asked: it is of the events' host */
	const struct eyas_event *enter;	/* of the call that ends now, NULL: none */
	uint64_t changes;		/* of what is known of processes, counted */
	bool closes_seen;		/* so descriptor tables can be relied on */
	bool fds_saved;			/* descriptors from before the events are in the tables */
	/* Records tell of all changes: what calls tell is not needed any more. */
	bool creds_told, comm_told;
	bool boot_known;
	uint64_t boot_real;		/* CLOCK_REALTIME - CLOCK_BOOTTIME, ns */
	uint64_t first_time, prev_time, now;
	struct eyas_proctab tab;
	struct eyas_users users;
	struct eyas_hosts hosts;
	eyas_container_find *find_container;
	void *find_container_arg;
	struct eyas_map containers;	/* cgroup id -> char *, full id */
	struct eyas_map cgroups_saved;	/* by id, of snapshot.c */
	uint64_t loaded;		/* bytes, of snapshot.c */
	struct eyas_procfs pf;
	struct eyas_strbuf tmp;
	struct eyas_arena scratch;	/* until the next update */
	/* What close ends after its event, so that the event still has a name. */
	uint32_t closing_pid, closing_lo, closing_hi;
	bool closing;
	uint32_t leaving;		/* a thread that ended, kept for its event; 0: none */
	struct {			/* who acts, where it is not the first thread */
		struct eyas_entry e;	/* first: a struct eyas_proc is its entry */
		struct eyas_entry *of;
	} actor;
	struct { bool valid; uint32_t pid; struct eyas_fd fd; int r; } last_fd;
	uint8_t effects[EYAS_EVT_MAX];
};

/* What the current event closed, and a thread that it ended, is gone. */
void eyas_enrich_finish_close(struct eyas_enrich *en);

/*
 * The entry of a process that acts; NULL if unknown. One that no event introduced
 * is read from /proc, once: an entry without knowledge keeps later events from
 * trying again. 0 or -ENOMEM.
 */
int eyas_enrich_get(struct eyas_enrich *en, uint32_t pid, struct eyas_entry **ret);

/* Remember which container a cgroup is of. */
void eyas_enrich_note_container(struct eyas_enrich *en, uint64_t cgroup, const char *id);

/* The path of a binary without what the kernel adds if it is unlinked or a memfd. */
struct eyas_text eyas_enrich_exe_path(struct eyas_text path, uint32_t exec_flags);

int eyas_enrich_take_cwd(struct eyas_entry *e, const char *p, size_t len);

/* The directory of the thread that acts. */
struct eyas_text eyas_enrich_cwd(const struct eyas_enrich *en, const struct eyas_event *ev);

/* Which argument holds the directory that path argument @n is relative to; -1: none. */
int eyas_enrich_dirfd_arg(const struct eyas_event *ev, unsigned int n);

#endif
