// SPDX-License-Identifier: Apache-2.0
/* Processes that live by records. */
#include "life.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

static void fail(const char *why)
{
	fprintf(stderr, "life: %s\n", why);
	abort();
}

void eyas_life_create(struct eyas_life *l)
{
	struct eyas_err err = { 0 };

	memset(l, 0, sizeof(*l));
	eyas_fakeroot_create(&l->root);
	eyas_fakeroot_file(&l->root, "proc/stat", "btime 1600000000\n");
	if (eyas_enrich_create(&l->en, l->root.dir, &err))
		fail(err.msg);
}

void eyas_life_release(struct eyas_life *l)
{
	eyas_enrich_free(l->en);
	eyas_recs_release(&l->b);
	eyas_arena_release(&l->arena);
	eyas_fakeroot_remove(&l->root);
}

void eyas_life_update(struct eyas_life *l)
{
	eyas_rec_event(&l->b, &l->ev);
	if (eyas_enrich_update(l->en, &l->ev))
		fail("cannot take in an event");
}

void eyas_life_start(struct eyas_life *l, uint32_t pid)
{
	struct eyas_task *t;

	eyas_rec_by(&l->b, pid);
	t = eyas_rec_exec(&l->b, "cat");
	t->cap_permitted = t->cap_effective = EYAS_LIFE_CAPS;
	eyas_rec_text(&l->b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/cat");
	eyas_rec_text(&l->b, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, "./cat");
	eyas_rec_blob(&l->b, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, "cat\0/x", 7);
	eyas_rec_blob(&l->b, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, "A=1\0B=2", 8);
	eyas_rec_text(&l->b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/home/me");
	eyas_life_update(l);
}

void eyas_life_fork(struct eyas_life *l, uint32_t parent, uint32_t pid)
{
	eyas_rec_by(&l->b, parent);
	eyas_rec_fork(&l->b, pid, "cat");
	eyas_life_update(l);
}

void eyas_life_end(struct eyas_life *l, uint32_t pid)
{
	eyas_rec_by(&l->b, pid);
	eyas_rec_exit(&l->b, 0);
	eyas_life_update(l);
}

void eyas_life_open(struct eyas_life *l, uint32_t pid, int fd, const char *path, uint64_t flags)
{
	eyas_rec_by(&l->b, pid);
	eyas_rec_sys(&l->b, SYS_openat, fd, (uint64_t)AT_FDCWD, 0x7000, flags);
	eyas_rec_text(&l->b, EYAS_BLOB_STRING, 1, path);
	eyas_life_update(l);
}
