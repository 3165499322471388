// SPDX-License-Identifier: Apache-2.0
/* What /proc tells: of all processes at the start, later of those that nobody told of. */
#include <errno.h>
#include <string.h>
#include <time.h>
#include "enrich/cgroup.h"
#include "enrich/path.h"
#include "enrich/state.h"
#include "enrich/threadset.h"
#include "source/clock.h"

int eyas_enrich_take_cwd(struct eyas_entry *e, const char *p, size_t len)
{
	struct eyas_shared *cwd;

	/* Mostly it is that of the parent, whose text it then still shares. */
	if (e->cwd && e->cwd->len == len && !memcmp(e->cwd->text, p, len))
		return 0;
	cwd = eyas_shared_create(p, len);
	if (!cwd)
		return -ENOMEM;
	eyas_proctab_set_cwd(e, cwd);
	return 0;
}

void eyas_enrich_note_container(struct eyas_enrich *en, uint64_t cgroup, const char *id)
{
	char *own;

	if (!cgroup || eyas_map_get(&en->containers, cgroup))
		return;
	own = strdup(id);
	if (own && eyas_map_set(&en->containers, cgroup, own) < 0) {
		free(own);
		own = NULL;
	}
	en->changes++;
	/* Now, as what its runtime wrote goes when a container that is short-lived does. */
	if (own && *own && en->live && en->find_container)
		(void)en->find_container(en->find_container_arg, own);
}

struct eyas_text eyas_enrich_exe_path(struct eyas_text path, uint32_t exec_flags)
{
	if (!(exec_flags & (EYAS_EXEC_F_MEMFD | EYAS_EXEC_F_DELETED)))
		return path;
	path = eyas_path_strip_deleted(path);
	if ((exec_flags & EYAS_EXEC_F_MEMFD) && path.len > 7 && !memcmp(path.p, "/memfd:", 7)) {
		path.p++;
		path.len--;
	}
	return path;
}

/* Make what was read of @e's /proc directory its state. */
static int take_procfs(struct eyas_enrich *en, struct eyas_entry *e)
{
	struct eyas_procfs *pf = &en->pf;
	struct eyas_image_spec spec = {
		.comm = pf->task.comm,
		.argv = { pf->argv.buf, pf->argv.len },
		.argv_full = (uint32_t)pf->argv.len,
		.envp = { pf->envp.buf, pf->envp.len },
		.exec_flags = pf->task.exec_flags,
		.exe_file = pf->has_exe_file ? &pf->exe_file : NULL,
	};
	char id[EYAS_CONTAINER_ID_MAX + 1];
	struct eyas_image *im;
	int r;

	/* A program that rewrites its command line leaves NULs behind it. */
	while (spec.argv.len && !spec.argv.p[spec.argv.len - 1])
		spec.argv.len--;
	if (pf->exepath.len)
		spec.exepath =
			eyas_enrich_exe_path((struct eyas_text){ pf->exepath.buf, pf->exepath.len },
					     pf->task.exec_flags);
	eyas_proctab_set_task(&en->tab, e, &pf->task);
	e->coarse = true;
	e->unknown = false;
	e->p.threads = pf->threads;
	e->p.start_real = en->boot_known ? en->boot_real + pf->task.start_time : 0;
	spec.exec_real = e->p.start_real;
	im = eyas_image_create(&spec);
	if (!im)
		return -ENOMEM;
	r = eyas_proctab_set_image(e, im, pf->task.comm);
	eyas_image_unref(im);
	if (r == 0 && pf->cwd.len)
		r = eyas_enrich_take_cwd(e, pf->cwd.buf, pf->cwd.len);
	if (r < 0)
		return r;
	if (pf->cgroup.len) {
		eyas_cgroup_container(pf->cgroup.buf, id);
		eyas_enrich_note_container(en, pf->task.cgroup, id);
		free(e->container);
		e->container = strdup(id);
		e->container_cgroup = e->p.cgroup;
		e->container_known = e->container != NULL;
	}
	return 0;
}

struct seeding {
	struct eyas_enrich *en;
	struct eyas_entry *e;
};

static int seed_thread(uint32_t tid, void *arg)
{
	const struct seeding *s = arg;
	struct eyas_self self;
	struct eyas_task t;
	int r;

	if (tid == s->e->p.pid)
		return 0;
	r = eyas_procfs_thread(s->en->root, s->e->p.pid, tid, &t);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	eyas_self_of_task(&self, &t);
	return eyas_thread_set(&s->en->tab, s->e, tid, &self);
}

static int take_threads(struct eyas_enrich *en, struct eyas_entry *e)
{
	struct seeding s = { en, e };
	int r = 0;

	if (e->p.threads > 1)
		r = eyas_procfs_each_thread(en->root, e->p.pid, seed_thread, &s);
	return r == -ENOMEM ? r : 0;
}

static int seed_one(uint32_t pid, void *arg)
{
	struct eyas_enrich *en = arg;
	struct eyas_entry *e;
	int r;

	if (eyas_proctab_find(&en->tab, pid) || en->tab.nlive >= en->tab.max_live)
		return 0;
	r = eyas_procfs_read(&en->pf, en->root, pid);
	if (r == -ENOMEM)
		return r;
	if (r < 0)
		return 0; /* it ended meanwhile */
	r = eyas_proctab_add(&en->tab, pid, NULL, &e);
	if (r == 0)
		r = take_procfs(en, e);
	return r < 0 ? r : take_threads(en, e);
}

int eyas_enrich_seed(struct eyas_enrich *en, struct eyas_err *err)
{
	struct eyas_link *l;
	int r;

	en->boot_real = *en->root ? eyas_procfs_btime(en->root) :
				    eyas_clock_now(CLOCK_REALTIME) - eyas_clock_now(CLOCK_BOOTTIME);
	en->boot_known = en->boot_real != 0;
	r = eyas_procfs_for_each(en->root, seed_one, en);
	if (r == -ENOMEM)
		return eyas_err_set(err, r, "cannot read '%s/proc': out of memory", en->root);
	if (r < 0)
		return eyas_err_set(err, r, "cannot read '%s/proc': %s; is it mounted?", en->root,
				    strerrordesc_np(-r));
	for (l = en->tab.live.next; l != &en->tab.live; l = l->next) {
		struct eyas_entry *e =
			(struct eyas_entry *)(void *)((char *)l -
						      offsetof(struct eyas_entry, link));

		eyas_proctab_set_parent(&en->tab, e, eyas_proctab_find(&en->tab, e->p.ppid));
	}
	en->live = true;
	en->changes++;
	return 0;
}

int eyas_enrich_get(struct eyas_enrich *en, uint32_t pid, struct eyas_entry **ret)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, pid);
	int r;

	if (e || !en->live || !pid) {
		*ret = e;
		return 0;
	}
	en->changes++;
	r = eyas_procfs_read(&en->pf, en->root, pid);
	if (r == -ENOMEM)
		return r;
	if (r < 0) {
		r = eyas_proctab_add(&en->tab, pid, NULL, &e);
		if (r == 0)
			e->unknown = true;
	} else {
		r = eyas_proctab_add(&en->tab, pid, eyas_proctab_find(&en->tab, en->pf.task.ppid),
				     &e);
		if (r == 0)
			r = take_procfs(en, e);
		if (r == 0)
			r = take_threads(en, e);
	}
	*ret = r < 0 ? NULL : e;
	return r;
}
