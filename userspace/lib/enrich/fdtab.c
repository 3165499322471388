// SPDX-License-Identifier: Apache-2.0
/* Descriptor tables: see fdtab.h. A linear search, because they are small. */
#include <errno.h>
#include "enrich/fdtab.h"

#define FD_COST(name_len)	(sizeof(struct eyas_fdtab_fd) + (name_len))

static void fd_release(struct eyas_fdtab_fd *fd, struct eyas_fdpool *pool)
{
	pool->bytes -= FD_COST(fd->name ? fd->name->len : 0);
	eyas_shared_unref(fd->name);
}

struct eyas_fdtab *eyas_fdtab_ref(struct eyas_fdtab *t)
{
	if (t)
		t->refs++;
	return t;
}

void eyas_fdtab_unref(struct eyas_fdtab *t, struct eyas_fdpool *pool)
{
	if (!t || --t->refs)
		return;
	for (uint32_t i = 0; i < t->len; i++)
		fd_release(&t->fds[i], pool);
	free(t->fds);
	free(t);
}

static struct eyas_fdtab_fd *find(const struct eyas_fdtab *t, int32_t num)
{
	for (uint32_t i = 0; t && i < t->len; i++)
		if (t->fds[i].num == num)
			return &t->fds[i];
	return NULL;
}

const struct eyas_fdtab_fd *eyas_fdtab_get(const struct eyas_fdtab *t, int32_t num)
{
	return find(t, num);
}

/* The entries of @old, to be owned by @new, too. */
static int copy(struct eyas_fdtab *new, const struct eyas_fdtab *old, struct eyas_fdpool *pool)
{
	new->fds = malloc(old->len * sizeof(*new->fds));
	if (!new->fds)
		return -ENOMEM;
	new->cap = old->len;
	new->oldest = old->oldest;
	for (; new->len < old->len; new->len++) {
		struct eyas_fdtab_fd *fd = &new->fds[new->len];

		*fd = old->fds[new->len];
		eyas_shared_ref(fd->name);
		pool->bytes += FD_COST(fd->name ? fd->name->len : 0);
	}
	return 0;
}

static size_t cost(const struct eyas_fdtab *t)
{
	size_t n = 0;

	for (uint32_t i = 0; t && i < t->len; i++)
		n += FD_COST(t->fds[i].name ? t->fds[i].name->len : 0);
	return n;
}

static int make_own(struct eyas_fdtab **t, struct eyas_fdpool *pool, size_t more)
{
	struct eyas_fdtab *old = *t, *new;
	int r = 0;

	new = calloc(1, sizeof(*new));
	if (!new)
		return -ENOMEM;
	new->refs = 1;
	if (pool->bytes + cost(old) + more > pool->max)
		pool->refused += old ? old->len : 0;
	else if (old && old->len)
		r = copy(new, old, pool);
	if (r < 0) {
		free(new);
		return r;
	}
	eyas_fdtab_unref(old, pool);
	*t = new;
	return 0;
}

/*
 * Make *t exist and be ours alone, with @more bytes to come. What the pool has
 * no room for is forgotten.
 */
static inline int own(struct eyas_fdtab **t, struct eyas_fdpool *pool, size_t more)
{
	return *t && (*t)->refs == 1 ? 0 : make_own(t, pool, more);
}

static int room(struct eyas_fdtab *t)
{
	uint32_t cap = t->cap ? t->cap * 2 : 8;
	struct eyas_fdtab_fd *fds;

	if (t->len < t->cap)
		return 0;
	if (cap > EYAS_FDTAB_MAX)
		cap = EYAS_FDTAB_MAX;
	fds = realloc(t->fds, cap * sizeof(*fds));
	if (!fds)
		return -ENOMEM;
	t->fds = fds;
	t->cap = cap;
	return 0;
}

/* Put @fd, whose name it takes, in place of the one of its number. */
static int put(struct eyas_fdtab *t, struct eyas_fdpool *pool, struct eyas_fdtab_fd fd)
{
	struct eyas_fdtab_fd *at = find(t, fd.num);

	if (!at && t->len == EYAS_FDTAB_MAX)
		at = &t->fds[t->oldest++ % EYAS_FDTAB_MAX];
	if (at) {
		fd_release(at, pool);
	} else {
		int r = room(t);

		if (r < 0) {
			eyas_shared_unref(fd.name);
			return r;
		}
		at = &t->fds[t->len++];
	}
	*at = fd;
	pool->bytes += FD_COST(fd.name ? fd.name->len : 0);
	return 0;
}

/* A number used again, as most are: with its old name's memory, if that is ours. */
static inline bool reuse(struct eyas_fdtab *t, struct eyas_fdpool *pool,
			 const struct eyas_fdtab_fd *fd, const char *name, size_t len)
{
	struct eyas_fdtab_fd *at = find(t, fd->num);
	struct eyas_shared *text = at ? at->name : NULL;
	size_t old;

	if (!text || !len)
		return false;
	old = text->len;
	if (!eyas_shared_rewrite(text, name, len))
		return false;
	pool->bytes = pool->bytes + len - old;
	*at = *fd;
	at->name = text;
	return true;
}

static __attribute__((noinline)) int set_anew(struct eyas_fdtab **t, struct eyas_fdpool *pool,
					      const struct eyas_fdtab_fd *fd, const char *name,
					      size_t len)
{
	struct eyas_fdtab_fd new = *fd;
	int r = own(t, pool, FD_COST(len));

	if (r < 0)
		return r;
	if (pool->bytes + FD_COST(len) > pool->max) {
		pool->refused++;
		return eyas_fdtab_del(t, pool, (uint32_t)fd->num, (uint32_t)fd->num);
	}
	new.name = NULL;
	if (len) {
		new.name = eyas_shared_create(name, len);
		if (!new.name)
			return -ENOMEM;
	}
	return put(*t, pool, new);
}

int eyas_fdtab_set(struct eyas_fdtab **t, struct eyas_fdpool *pool, const struct eyas_fdtab_fd *fd,
		   const char *name, size_t len)
{
	if (*t && (*t)->refs == 1 && pool->bytes + FD_COST(len) <= pool->max &&
	    reuse(*t, pool, fd, name, len))
		return 0;
	return set_anew(t, pool, fd, name, len);
}

int eyas_fdtab_dup(struct eyas_fdtab **t, struct eyas_fdpool *pool, int32_t from, int32_t to,
		   bool cloexec)
{
	const struct eyas_fdtab_fd *fd = find(*t, from);
	struct eyas_fdtab_fd new;
	size_t more;
	int r;

	if (from == to)
		return 0;
	if (!fd)
		return eyas_fdtab_del(t, pool, (uint32_t)to, (uint32_t)to);
	new = *fd;
	new.num = to;
	new.cloexec = cloexec;
	more = FD_COST(new.name ? new.name->len : 0);
	eyas_shared_ref(new.name);
	r = own(t, pool, more);
	if (!r && pool->bytes + more <= pool->max)
		return put(*t, pool, new);
	eyas_shared_unref(new.name);
	if (r < 0)
		return r;
	pool->refused++;
	return eyas_fdtab_del(t, pool, (uint32_t)to, (uint32_t)to);
}

/* Drop those with lo <= number <= hi, or the close-on-exec ones. */
static int drop(struct eyas_fdtab **t, struct eyas_fdpool *pool, uint32_t lo, uint32_t hi,
		bool cloexec_only)
{
	bool any = false;
	uint32_t n = 0;
	int r;

#define GOES(fd)	((uint32_t)(fd)->num >= lo && (uint32_t)(fd)->num <= hi && \
			 (!cloexec_only || (fd)->cloexec))
	for (uint32_t i = 0; *t && i < (*t)->len; i++)
		any |= GOES(&(*t)->fds[i]);
	if (!any)
		return 0;
	r = own(t, pool, 0);
	if (r < 0)
		return r;
	for (uint32_t i = 0; i < (*t)->len; i++) {
		struct eyas_fdtab_fd *fd = &(*t)->fds[i];

		if (GOES(fd))
			fd_release(fd, pool);
		else
			(*t)->fds[n++] = *fd;
	}
#undef GOES
	(*t)->len = n;
	(*t)->oldest = 0;
	return 0;
}

int eyas_fdtab_del(struct eyas_fdtab **t, struct eyas_fdpool *pool, uint32_t lo, uint32_t hi)
{
	return drop(t, pool, lo, hi, false);
}

int eyas_fdtab_exec(struct eyas_fdtab **t, struct eyas_fdpool *pool)
{
	return drop(t, pool, 0, UINT32_MAX, true);
}
