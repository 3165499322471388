// SPDX-License-Identifier: Apache-2.0
/* Facts about containers by id: asked for once, kept while there is room. */
#include "enrich/runtimes.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/util.h"
#include "enrich/cgroup.h"
#include "enrich/reading.h"
#include "source/clock.h"

#define KNOWN_MAX	1024	/* containers; with more all are forgotten and read again */
#define TRIES_MAX	6	/* each after twice as long as the one before */
#define RETRY_NS	1000000000ULL

/* What one look at the files gave. Older ones stay: values of an event can be theirs. */
struct facts {
	struct facts *older;
	struct eyas_arena arena;
	struct eyas_container c;
};

struct known {
	struct facts *facts;	/* NULL: nothing yet */
	unsigned int tries;
	uint64_t next;		/* CLOCK_MONOTONIC; UINT64_MAX: it is as good as it gets */
};

/* Who is asked, in this order: Docker's containers are containerd's, too. */
static int (*const runtimes[])(const struct eyas_reading *r) = {
	eyas_runtime_docker,
	eyas_runtime_storage,
	eyas_runtime_containerd,
};

int eyas_runtimes_init(struct eyas_runtimes *rt, const char *root)
{
	*rt = (struct eyas_runtimes){ .root = strdup(root), .retry_ns = RETRY_NS };
	return rt->root ? 0 : -ENOMEM;
}

static void facts_free(struct facts *f)
{
	while (f) {
		struct facts *older = f->older;

		eyas_arena_release(&f->arena);
		free(f);
		f = older;
	}
}

static void forget(struct eyas_runtimes *rt)
{
	const char *key;
	size_t pos = 0, len;
	void *val;

	while (eyas_strmap_next(&rt->by_id, &pos, &key, &len, &val)) {
		struct known *k = val;

		facts_free(k->facts);
		free(k);
	}
	eyas_strmap_release(&rt->by_id);
}

void eyas_runtimes_release(struct eyas_runtimes *rt)
{
	forget(rt);
	free(rt->root);
	*rt = (struct eyas_runtimes){ 0 };
}

/* LXC and systemd-nspawn name their containers; there is nothing else to know. */
static int read_named(const struct eyas_reading *r)
{
	_cleanup_free_ char *path = NULL;
	struct stat st;

	if (asprintf(&path, "%s/run/systemd/machines/%s", r->root, r->id) < 0) {
		path = NULL;
		return -ENOENT;
	}
	r->c->type = lstat(path, &st) == 0 ? "systemd-nspawn" : "lxc";
	r->c->name = eyas_reading_keep(r, r->id);
	return 0;
}

static bool is_hex_id(const char *id)
{
	return strlen(id) == EYAS_CONTAINER_ID_MAX &&
	       strspn(id, "0123456789abcdef") == EYAS_CONTAINER_ID_MAX;
}

static int read_files(const struct eyas_reading *r)
{
	if (!is_hex_id(r->id))
		return read_named(r);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(runtimes); i++)
		if (!runtimes[i](r))
			return 0;
	return -ENOENT;
}

static struct facts *facts_read(const struct eyas_runtimes *rt, const char *id)
{
	struct facts *f = calloc(1, sizeof(*f));
	struct eyas_reading r = { .root = rt->root, .id = id };

	if (!f)
		return NULL;
	r.arena = &f->arena;
	r.c = &f->c;
	r.labels = eyas_arena_alloc(&f->arena, EYAS_READ_LABELS_MAX * sizeof(*r.labels));
	r.pod_labels = eyas_arena_alloc(&f->arena, EYAS_READ_LABELS_MAX * sizeof(*r.pod_labels));
	r.mounts = eyas_arena_alloc(&f->arena, EYAS_READ_MOUNTS_MAX * sizeof(*r.mounts));
	if (!r.labels || !r.pod_labels || !r.mounts || read_files(&r) < 0) {
		facts_free(f);
		return NULL;
	}
	f->c.labels = r.labels;
	f->c.pod_labels = r.pod_labels;
	f->c.mounts = r.mounts;
	return f;
}

/* Docker writes an address down only after the start. */
static bool is_whole(const struct facts *f)
{
	if (!f)
		return false;
	return f->c.ip || f->c.host_network == EYAS_TOLD_YES || !eyas_streq(f->c.type, "docker");
}

static void look(const struct eyas_runtimes *rt, const char *id, struct known *k, uint64_t now)
{
	struct facts *f = facts_read(rt, id);

	if (f) {
		f->older = k->facts;
		k->facts = f;
	}
	k->next = is_whole(f) || ++k->tries >= TRIES_MAX ? UINT64_MAX :
							   now + (rt->retry_ns << (k->tries - 1));
}

static struct known *add(struct eyas_runtimes *rt, const char *id)
{
	struct known *k = calloc(1, sizeof(*k));

	if (rt->by_id.len >= KNOWN_MAX)
		forget(rt);
	if (k && eyas_strmap_set(&rt->by_id, id, strlen(id), k) == 0)
		return k;
	free(k);
	return NULL;
}

const struct eyas_container *eyas_runtimes_find(void *arg, const char *id)
{
	struct eyas_runtimes *rt = arg;
	struct known *k = eyas_strmap_get(&rt->by_id, id, strlen(id));
	uint64_t now;

	if (!k)
		k = add(rt, id);
	if (!k)
		return NULL;
	if (k->next != UINT64_MAX) {
		now = eyas_clock_now(CLOCK_MONOTONIC);
		if (now >= k->next)
			look(rt, id, k, now);
	}
	return k->facts ? &k->facts->c : NULL;
}
