// SPDX-License-Identifier: Apache-2.0
/* Names of descriptors, learned from the records of calls that used them. */
#include "trace/fdmemory.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "event/callnr.h"

#define POOL_MAX	(8U << 20)	/* bytes of all names */
#define IS_PATH		'f'		/* the name is a path as in /proc */
#define IS_DELETED	'd'		/* the same, of a file that has no name any more */
#define IS_SOCKET	's'		/* it is a struct eyas_socket */
#define CLOSE_CLOEXEC	4U		/* CLOSE_RANGE_CLOEXEC */

static const __u64 *args_of(const struct eyas_event *ev)
{
	return ev->sys ? ev->sys->args : ev->enter ? ev->enter->args : NULL;
}

/* The table back into the map: changing it may have moved it. */
static int put_table(struct eyas_fdmemory *m, uint32_t pid, struct eyas_fdtab *t)
{
	if (!t || eyas_map_get(&m->pids, pid) == t)
		return 0;
	if (eyas_map_set(&m->pids, pid, t) == 0)
		return 0;
	eyas_fdtab_unref(t, &m->pool);
	return -ENOMEM;
}

/* The number that a blob is about, -1: none. */
static int fd_of(const struct eyas_event *ev, const struct eyas_event_blob *b)
{
	const __u64 *args = args_of(ev);

	if (b->arg == EYAS_BLOB_NO_ARG)
		return ev->sys && ev->sc->ret == EYAS_RET_FD ? (int)ev->sys->ret : -1;
	if (b->arg >= ev->sc->nargs || (ev->sc->args[b->arg].kind != EYAS_KIND_FD &&
					ev->sc->args[b->arg].kind != EYAS_KIND_DIRFD))
		return -1;
	return (int)args[b->arg];
}

static bool is_deleted(const struct eyas_event *ev, uint8_t arg)
{
	for (unsigned int i = 0; i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->kind == EYAS_BLOB_FILE && b->arg == arg)
			return ((const struct eyas_file *)(const void *)b->data)->flags &
			       (EYAS_FILE_F_DELETED | EYAS_FILE_F_MEMFD);
	}
	return false;
}

static int learn_blob(struct eyas_fdmemory *m, const struct eyas_event *ev,
		      const struct eyas_event_blob *b)
{
	struct eyas_fdtab_fd fd = { .num = fd_of(ev, b) };
	struct eyas_fdtab *t = eyas_map_get(&m->pids, ev->pid);
	const struct eyas_fdtab_fd *old = eyas_fdtab_get(t, fd.num);
	int r;

	fd.type = b->kind == EYAS_BLOB_SOCKET ? IS_SOCKET :
		  is_deleted(ev, b->arg)      ? IS_DELETED :
						IS_PATH;
	if (fd.num < 0 || (old && old->type == fd.type && old->name && old->name->len == b->len &&
			   !memcmp(old->name->text, b->data, b->len)))
		return 0;
	m->pool.max = POOL_MAX;
	r = eyas_fdtab_set(&t, &m->pool, &fd, b->data, b->len);
	return r ? r : put_table(m, ev->pid, t);
}

/* The child has what its parent had. */
static int inherit(struct eyas_fdmemory *m, const struct eyas_event *ev)
{
	struct eyas_fdtab *t = eyas_map_get(&m->pids, ev->pid);
	uint32_t child = ev->fork->child_pid;

	if (!t || child == ev->pid || eyas_map_get(&m->pids, child))
		return 0;
	return put_table(m, child, eyas_fdtab_ref(t));
}

int eyas_fdmemory_learn(struct eyas_fdmemory *m, const struct eyas_event *ev)
{
	int r = 0;

	if (ev->fork)
		return inherit(m, ev);
	for (unsigned int i = 0; args_of(ev) && ev->sc && i < ev->nblobs && !r; i++) {
		uint8_t kind = ev->blobs[i].kind;

		if (kind == EYAS_BLOB_FILE_PATH || kind == EYAS_BLOB_SOCKET)
			r = learn_blob(m, ev, &ev->blobs[i]);
	}
	return r;
}

static int close_fds(struct eyas_fdmemory *m, uint32_t pid, uint32_t lo, uint32_t hi)
{
	struct eyas_fdtab *t = eyas_map_get(&m->pids, pid);
	int r = eyas_fdtab_del(&t, &m->pool, lo, hi);

	return r ? r : put_table(m, pid, t);
}

int eyas_fdmemory_forget(struct eyas_fdmemory *m, const struct eyas_event *ev)
{
	const __u64 *args = args_of(ev);
	struct eyas_fdtab *t;

	if (ev->exit && ev->exit->flags & EYAS_EXIT_F_GROUP) {
		t = eyas_map_get(&m->pids, ev->pid);
		eyas_map_del(&m->pids, ev->pid);
		eyas_fdtab_unref(t, &m->pool);
	}
	if (!ev->sys || ev->sys->ret)
		return 0;
	if (ev->evtype == SYS_close)
		return close_fds(m, ev->pid, (uint32_t)args[0], (uint32_t)args[0]);
	if (ev->evtype == SYS_close_range && !(args[2] & CLOSE_CLOEXEC))
		return close_fds(m, ev->pid, (uint32_t)args[0], (uint32_t)args[1]);
	return 0;
}

bool eyas_fdmemory_get(struct eyas_fdmemory *m, uint32_t pid, int fd, struct eyas_decode_fd *ret)
{
	const struct eyas_fdtab_fd *known = eyas_fdtab_get(eyas_map_get(&m->pids, pid), fd);

	if (!known || !known->name)
		return false;
	if (known->type == IS_SOCKET) {
		if (known->name->len < sizeof(m->socket))
			return false;
		memcpy(&m->socket, known->name->text, sizeof(m->socket));
		ret->socket = &m->socket;
		return true;
	}
	ret->path = known->name->text;
	ret->len = known->name->len;
	ret->deleted = known->type == IS_DELETED;
	return true;
}

void eyas_fdmemory_release(struct eyas_fdmemory *m)
{
	uint64_t key;
	void *val;

	for (size_t pos = 0; eyas_map_next(&m->pids, &pos, &key, &val);)
		eyas_fdtab_unref(val, &m->pool);
	eyas_map_release(&m->pids);
}
