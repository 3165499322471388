/* SPDX-License-Identifier: Apache-2.0 */
/*
 * State that a single event doesn't carry: processes, users, open files named
 * by earlier events. Kept from the event stream, seeded from /proc.
 */
#ifndef EYAS_ENRICH_ENRICH_H
#define EYAS_ENRICH_ENRICH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "event/event.h"

struct eyas_enrich;
struct eyas_host;

/* Borrowed text, NULL if unknown. Lists are NUL-separated. */
struct eyas_text { const char *p; size_t len; };

/*
 * One process (thread group), shown by its first thread. Owned by the table, valid until the next
 * eyas_enrich_update(). A process that ended stays for the event that says so
 * and for a while as an ancestor.
 */
struct eyas_proc {
	uint32_t pid, ppid, vpid;
	uint32_t sid, pgid, vsid, vpgid;	/* v: in its own pid namespace */
	uint32_t tty;			/* device number, 0: none */
	uint32_t uid, euid, suid, gid, egid, sgid;
	uint32_t loginuid, sessionid;	/* UINT32_MAX: unset */
	uint32_t ns_pid, ns_net, ns_user, ns_mnt;
	uint32_t exec_flags;		/* EYAS_EXEC_F_* */
	uint32_t threads;
	uint64_t start_time;		/* CLOCK_BOOTTIME, ns */
	uint64_t start_real;		/* ns since the epoch */
	uint64_t exec_real;		/* ns since the epoch, of its last exec */
	uint64_t cgroup;
	uint64_t cap_inheritable, cap_permitted, cap_effective;
	struct eyas_text comm, exepath, exename;	/* exename: as given to exec */
	struct eyas_text argv, envp, cwd;	/* cwd without trailing slash but for "/" */
	uint32_t argv_full;		/* true length, may exceed argv.len */
	/* Of argv, joined with blanks: its first, the others, all; comm and args. */
	struct eyas_text exe, args, exeline, cmdline;
	uint32_t children;		/* alive */
	bool exited;
	const struct eyas_file *exe_file;	/* NULL: unknown */
};

/* Root of the file system whose /proc and /etc are read, "" for our own. */
int eyas_enrich_create(struct eyas_enrich **ret, const char *root,
		       struct eyas_err *err) _must_check_;
void eyas_enrich_free(struct eyas_enrich *en);

/* Read /proc: call it after recording started and before the first update. */
int eyas_enrich_seed(struct eyas_enrich *en, struct eyas_err *err);

/* Take in what @ev changes. To be called for each event, before it is used. */
int eyas_enrich_update(struct eyas_enrich *en, const struct eyas_event *ev);

/*
 * The same for the end of a call, @ev, of which @enter, its SYS_ENTER record, has
 * what it was given: such an end does not repeat that. @enter may be NULL.
 */
int eyas_enrich_update_call(struct eyas_enrich *en, const struct eyas_event *enter,
			    const struct eyas_event *ev);

/*
 * Remember descriptors, as is the default, or do not: what the kernel tells with an
 * event needs no memory. /proc is asked for others while events are of now.
 */
void eyas_enrich_keep_fds(struct eyas_enrich *en, bool keep);

/* The process of a pid at the current event; NULL if unknown. */
const struct eyas_proc *eyas_enrich_proc(const struct eyas_enrich *en, uint32_t pid);

/*
 * The same for who acts in @ev: credentials, name, namespaces and directory are those of
 * the thread, where they differ from the first one's. Everything here takes it.
 */
const struct eyas_proc *eyas_enrich_actor(struct eyas_enrich *en, const struct eyas_event *ev);

/*
 * While this is the same, and @p is, so is all that is known of @p and its ancestors but
 * for descriptors and directories. 0: nothing is sure. No two tables have the same one.
 */
uint64_t eyas_enrich_epoch(const struct eyas_enrich *en, const struct eyas_proc *p);

/* Its parent; NULL if unknown or none. Never loops: depth is bounded. */
const struct eyas_proc *eyas_enrich_parent(const struct eyas_enrich *en, const struct eyas_proc *p);

/* The first process of a pid namespace; NULL if unknown. */
const struct eyas_proc *eyas_enrich_ns_init(const struct eyas_enrich *en, uint32_t ns_pid);

/* Names from the host's passwd and group; NULL if there is none. */
const char *eyas_enrich_user(struct eyas_enrich *en, uint32_t uid);
const char *eyas_enrich_group(struct eyas_enrich *en, uint32_t gid);
/* Home directory and shell; NULL if there is no such user. */
const char *eyas_enrich_user_home(struct eyas_enrich *en, uint32_t uid);
const char *eyas_enrich_user_shell(struct eyas_enrich *en, uint32_t uid);

/* Names that the host's hosts file has for an address of 4 or 16 bytes, see
 * enrich/hosts.h; NULL if it has none. */
const struct eyas_host *eyas_enrich_host(struct eyas_enrich *en, const uint8_t *addr, size_t len);

/* Full id of the container a process is in, "" on the host, NULL if unknown. */
const char *eyas_enrich_container(struct eyas_enrich *en, const struct eyas_proc *p);

/* A descriptor. Types as fd.typechar has them, 0: unknown. */
struct eyas_fd {
	int32_t num;
	char type;		/* f d 4 6 u p e s l i t n b r m P o */
	char proto;		/* of a socket: t(cp) u(dp) i(cmp) r(aw), 0: unknown */
	struct eyas_text name;	/* of a file: absolute path */
};

/* What is known of descriptor @num of @p (may be NULL) at the event. 0, -ENOENT. */
int eyas_enrich_fd(struct eyas_enrich *en, const struct eyas_proc *p, int32_t num,
		   struct eyas_fd *ret);

/*
 * Path argument @n of @ev: absolute and textually normalised, symlinks as they
 * are. 0; -ENOENT if it was not recorded. If nobody knows the directory it is
 * relative to, it is left relative. In the event or in @arena.
 */
int eyas_enrich_path(struct eyas_enrich *en, const struct eyas_event *ev, unsigned int n,
		     struct eyas_arena *arena, struct eyas_text *ret);
/* Is @name, given as path argument @n, that @path? One that is absolute and clean. */
bool eyas_enrich_path_is(struct eyas_enrich *en, const struct eyas_event *ev, unsigned int n,
			 struct eyas_text name, struct eyas_text path);


struct eyas_enrich_stats {
	uint64_t live, dead;		/* processes held */
	uint64_t evicted_live;		/* alive but dropped to stay in bounds */
	uint64_t evicted_dead;		/* had living descendants and was dropped */
	uint64_t fds_refused;		/* descriptors not remembered, same reason */
	uint64_t threads_refused;	/* threads taken for the first of theirs, same reason */
	uint64_t first_time, prev_time;	/* ns since the epoch; of events, 0: none */
};
void eyas_enrich_stats(const struct eyas_enrich *en, struct eyas_enrich_stats *ret);

#endif
