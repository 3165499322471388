/* SPDX-License-Identifier: Apache-2.0 */
/* Names of addresses, from the hosts file of a root. No name server is asked. */
#ifndef EYAS_ENRICH_HOSTS_H
#define EYAS_ENRICH_HOSTS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"

/* The names of one address; the file's first is the first, the others in any order. */
struct eyas_host {
	const char *name;
	struct eyas_host *next;
};

struct eyas_hosts {
	char *path;
	bool loaded;
	bool given;			/* what is known was given: the file is not looked at */
	struct timespec mtime;
	uint64_t ino, size;		/* size: bytes given, too */
	uint64_t checked;		/* CLOCK_MONOTONIC, ns */
	uint64_t recheck_ns;		/* look for changes this often, 0: always */
	struct eyas_strmap by_addr;
	struct eyas_arena arena, old;	/* old: names handed out before a reload */
};

/* @root "" is our own. 0 or -ENOMEM; a missing file is an empty one. */
int eyas_hosts_init(struct eyas_hosts *h, const char *root);
void eyas_hosts_release(struct eyas_hosts *h);

/*
 * Forget the file, and never look at it again: what is known is what is given
 * by the second function, lines as of such a file, 16 MiB in all. 0 or -ENOMEM.
 */
void eyas_hosts_detach(struct eyas_hosts *h);
int eyas_hosts_give(struct eyas_hosts *h, const char *text, size_t len);

/* Add all that is known, as lines of such a file. */
void eyas_hosts_save(struct eyas_hosts *h, struct eyas_strbuf *out);

/* Of @len bytes of address, 4 or 16; NULL if it has no name. Valid until the
 * second reload after the call. */
const struct eyas_host *eyas_hosts_by_addr(struct eyas_hosts *h, const uint8_t *addr, size_t len);

#endif
