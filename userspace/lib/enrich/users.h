/* SPDX-License-Identifier: Apache-2.0 */
/* Names of users and groups from the passwd and group files of a root. */
#ifndef EYAS_ENRICH_USERS_H
#define EYAS_ENRICH_USERS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"

struct eyas_user { const char *name, *home, *shell; };

/* One of the two files. Groups have a name only. */
struct eyas_users_file {
	char *path;
	bool loaded;
	bool given;			/* what is known was given: the file is not looked at */
	struct timespec mtime;
	uint64_t ino, size;		/* size: bytes given, too */
	uint64_t checked;		/* CLOCK_MONOTONIC, ns */
	struct eyas_map by_id;
	struct eyas_arena arena, old;	/* old: names handed out before a reload */
};

struct eyas_users {
	struct eyas_users_file passwd, group;
	uint64_t recheck_ns;		/* look for changes this often, 0: always */
};

/* @root "" is our own. 0 or -ENOMEM; a missing file is an empty one. */
int eyas_users_init(struct eyas_users *u, const char *root);
void eyas_users_release(struct eyas_users *u);

/*
 * Forget the files, and never look at them again: what is known is what is given
 * by the second function, lines as of such a file, 16 MiB in all. 0 or -ENOMEM.
 */
void eyas_users_detach(struct eyas_users *u);
int eyas_users_give(struct eyas_users_file *f, const char *text, size_t len);

/* Add all that is known, as lines of such a file with empty passwords and comments. */
void eyas_users_save(struct eyas_users *u, struct eyas_users_file *f, struct eyas_strbuf *out);

/* NULL if there is none. Valid until the second reload after the call. */
const struct eyas_user *eyas_users_by_uid(struct eyas_users *u, uint32_t uid);
const struct eyas_user *eyas_users_group_by_gid(struct eyas_users *u, uint32_t gid);

#endif
