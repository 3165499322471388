/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process table: entries, lineage, bounds. What an event means for it is
 * decided in enrich.c and effects.c.
 */
#ifndef EYAS_ENRICH_PROCTAB_H
#define EYAS_ENRICH_PROCTAB_H

#include "base/map.h"
#include "enrich/enrich.h"
#include "enrich/fdtab.h"
#include "enrich/shared.h"

#define EYAS_PROCTAB_LIVE_MAX	65536
#define EYAS_PROCTAB_DEAD_MAX	8192
#define EYAS_PROCTAB_LEAVES_MAX	1024	/* dead ones that are nobody's ancestor */

/* What exec made of a process; forked children share it. */
struct eyas_image {
	uint32_t refs;
	uint32_t argv_full, exec_flags;
	uint64_t exec_real;
	bool has_exe_file;
	struct eyas_file exe_file;
	char comm[16];
	struct eyas_text exepath, exename, argv, envp, exe, args, exeline, cmdline;
	char data[];
};

/* What an image is made from; texts are copied. */
struct eyas_image_spec {
	const char *comm;
	struct eyas_text exepath, exename, argv, envp;
	uint32_t argv_full, exec_flags;
	uint64_t exec_real;
	const struct eyas_file *exe_file;	/* NULL: unknown */
};

struct eyas_thread;

struct eyas_link { struct eyas_link *prev, *next; };

struct eyas_entry {
	struct eyas_proc p;		/* first: a struct eyas_proc is its entry */
	struct eyas_link link;		/* in live, kept or leaves */
	struct eyas_entry *parent, *first_child, *next_sibling, *prev_sibling;
	struct eyas_image *image;	/* NULL: nothing known but the pid */
	struct eyas_shared *cwd;
	struct eyas_fdtab *fds;
	char comm[16];
	char *own_cmdline;		/* comm is no longer that of the image */
	/* Threads that differ from the first, see enrich/threadset.h. */
	struct eyas_thread *listed, *others;
	uint32_t nlisted;
	bool first_gone;		/* the first thread ended, others did not */
	char *container;		/* full id, NULL: not looked for, or unknown */
	uint64_t container_cgroup;	/* for which it was looked for */
	bool container_known;
	bool coarse;			/* start_time is rounded down to a tick */
	bool used;			/* since the last look for something to evict */
	bool unknown;			/* holds the place of a pid that nobody knows */
};

struct eyas_proctab {
	struct eyas_map by_pid;
	struct eyas_entry *last;	/* of by_pid, the last one sought; NULL: none */
	struct eyas_map ns_init;	/* ns_pid -> entry whose vpid is 1 */
	struct eyas_map by_tid;		/* threads that differ */
	struct eyas_link live;		/* oldest first; as are all lists */
	struct eyas_link kept;		/* ended, with children here */
	struct eyas_link leaves;	/* ended, without */
	size_t nlive, ndead, nleaves, max_live, max_dead, max_leaves;
	uint64_t evicted_live, evicted_dead, threads_refused;
	struct eyas_fdpool pool;
};

void eyas_proctab_init(struct eyas_proctab *t, size_t max_live, size_t max_dead);
void eyas_proctab_release(struct eyas_proctab *t);

struct eyas_entry *eyas_proctab_look(const struct eyas_proctab *t, uint32_t pid);

/* Who acts often acts again: the one that was sought last is found at once. */
static inline struct eyas_entry *eyas_proctab_find(const struct eyas_proctab *t, uint32_t pid)
{
	return t->last && t->last->p.pid == pid ? t->last : eyas_proctab_look(t, pid);
}

static inline struct eyas_entry *eyas_proctab_seek(struct eyas_proctab *t, uint32_t pid)
{
	t->last = eyas_proctab_find(t, pid);
	return t->last;
}

/*
 * A new empty entry for @pid. One that was there is taken for ended; it stays
 * as an ancestor if it has children. May evict others, but not @parent, which
 * becomes the parent (may be NULL).
 */
int eyas_proctab_add(struct eyas_proctab *t, uint32_t pid, struct eyas_entry *parent,
		     struct eyas_entry **ret);

/* Give @e a parent if it has none. Refuses to make a loop. */
void eyas_proctab_set_parent(struct eyas_proctab *t, struct eyas_entry *e,
			     struct eyas_entry *parent);

/* The process ended: a place among the dead, findable until evicted. */
void eyas_proctab_exit(struct eyas_proctab *t, struct eyas_entry *e);

/* Take over ids, credentials and start time. */
void eyas_proctab_set_task(struct eyas_proctab *t, struct eyas_entry *e,
			   const struct eyas_task *task);

/* Make an image; NULL: out of memory. Unref what you don't hand on. */
struct eyas_image *eyas_image_create(const struct eyas_image_spec *spec);
void eyas_image_unref(struct eyas_image *im);

/* @im (a reference is taken) becomes the image, @comm the name. */
int eyas_proctab_set_image(struct eyas_entry *e, struct eyas_image *im, const char *comm);
/* prctl(PR_SET_NAME) and the like; at most 15 bytes of @comm count. */
int eyas_proctab_set_comm(struct eyas_entry *e, const char *comm, size_t len);
/* Takes the reference. */
void eyas_proctab_set_cwd(struct eyas_entry *e, struct eyas_shared *cwd);

/* Does @start_time (exact) name this very process? */
bool eyas_proctab_is_same(const struct eyas_entry *e, uint64_t start_time);

#endif
