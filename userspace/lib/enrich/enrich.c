// SPDX-License-Identifier: Apache-2.0
/* The public face: takes in events, answers questions about processes. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include "enrich/cgroup.h"
#include "enrich/effects.h"
#include "enrich/path.h"
#include "enrich/state.h"

#define CONTAINERS_MAX	4096	/* cgroups remembered before starting over */
#define ROOT_MAX	3072	/* bytes, so that what is below it has room */

static uint64_t clock_ns(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * 1000000000ULL + (uint64_t)ts.tv_nsec;
}

int eyas_enrich_create(struct eyas_enrich **ret, const char *root, struct eyas_err *err)
{
	struct eyas_enrich *en;

	if (strlen(root) > ROOT_MAX)
		return eyas_err_set(err, -ENAMETOOLONG, "root '%.64s...': name too long", root);
	en = calloc(1, sizeof(*en));
	if (!en)
		return eyas_err_set(err, -ENOMEM, "cannot keep process state: out of memory");
	eyas_proctab_init(&en->tab, EYAS_PROCTAB_LIVE_MAX, EYAS_PROCTAB_DEAD_MAX);
	eyas_procfs_init(&en->pf);
	eyas_strbuf_init(&en->tmp);
	eyas_effects_init(en->effects);
	en->root = strdup(root);
	if (!en->root || eyas_users_init(&en->users, root) < 0 ||
	    eyas_hosts_init(&en->hosts, root) < 0) {
		eyas_enrich_free(en);
		return eyas_err_set(err, -ENOMEM, "cannot keep process state: out of memory");
	}
	*ret = en;
	return 0;
}

static void forget_containers(struct eyas_enrich *en)
{
	size_t pos = 0;
	uint64_t key;
	void *val;

	while (eyas_map_next(&en->containers, &pos, &key, &val))
		free(val);
	eyas_map_release(&en->containers);
}

void eyas_enrich_free(struct eyas_enrich *en)
{
	if (!en)
		return;
	eyas_proctab_release(&en->tab);
	eyas_users_release(&en->users);
	eyas_hosts_release(&en->hosts);
	eyas_procfs_release(&en->pf);
	eyas_strbuf_release(&en->tmp);
	eyas_arena_release(&en->scratch);
	forget_containers(en);
	eyas_map_release(&en->cgroups_saved);
	free(en->root);
	free(en);
}

/* ---- from /proc ---- */

static int take_cwd(struct eyas_entry *e, const char *p, size_t len)
{
	struct eyas_shared *cwd = eyas_shared_create(p, len);

	if (!cwd)
		return -ENOMEM;
	eyas_proctab_set_cwd(e, cwd);
	return 0;
}

static void note_container(struct eyas_enrich *en, uint64_t cgroup, const char *id)
{
	char *own;

	if (!cgroup || eyas_map_get(&en->containers, cgroup))
		return;
	own = strdup(id);
	if (own && eyas_map_set(&en->containers, cgroup, own) < 0)
		free(own);
}

/* The path of a binary without what the kernel adds if it is unlinked or a memfd. */
static struct eyas_text exe_path(struct eyas_text path, uint32_t exec_flags)
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
		spec.exepath = exe_path((struct eyas_text){ pf->exepath.buf, pf->exepath.len },
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
		r = take_cwd(e, pf->cwd.buf, pf->cwd.len);
	if (r < 0)
		return r;
	if (pf->cgroup.len) {
		eyas_cgroup_container(pf->cgroup.buf, id);
		note_container(en, pf->task.cgroup, id);
		free(e->container);
		e->container = strdup(id);
		e->container_cgroup = e->p.cgroup;
		e->container_known = e->container != NULL;
	}
	return 0;
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
		return 0;	/* it ended meanwhile */
	r = eyas_proctab_add(&en->tab, pid, NULL, &e);
	return r < 0 ? r : take_procfs(en, e);
}

int eyas_enrich_seed(struct eyas_enrich *en, struct eyas_err *err)
{
	struct eyas_link *l;
	int r;

	en->boot_real = *en->root ? eyas_procfs_btime(en->root)
				  : clock_ns(CLOCK_REALTIME) - clock_ns(CLOCK_BOOTTIME);
	en->boot_known = en->boot_real != 0;
	r = eyas_procfs_for_each(en->root, seed_one, en);
	if (r == -ENOMEM)
		return eyas_err_set(err, r, "cannot read '%s/proc': out of memory", en->root);
	if (r < 0)
		return eyas_err_set(err, r, "cannot read '%s/proc': %s; is it mounted?",
				    en->root, strerrordesc_np(-r));
	for (l = en->tab.live.next; l != &en->tab.live; l = l->next) {
		struct eyas_entry *e = (struct eyas_entry *)(void *)
			((char *)l - offsetof(struct eyas_entry, link));

		eyas_proctab_set_parent(&en->tab, e, eyas_proctab_find(&en->tab, e->p.ppid));
	}
	en->live = true;
	return 0;
}

/*
 * The entry of a process that acts. One that no event introduced is read from
 * /proc, once: an entry without knowledge keeps later events from trying again.
 */
static int get_actor(struct eyas_enrich *en, uint32_t pid, struct eyas_entry **ret)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, pid);
	int r;

	if (e || !en->live || !pid) {
		*ret = e;
		return 0;
	}
	r = eyas_procfs_read(&en->pf, en->root, pid);
	if (r == -ENOMEM)
		return r;
	if (r < 0) {
		r = eyas_proctab_add(&en->tab, pid, NULL, &e);
		if (r == 0)
			e->unknown = true;
	} else {
		r = eyas_proctab_add(&en->tab, pid,
				     eyas_proctab_find(&en->tab, en->pf.task.ppid), &e);
		if (r == 0)
			r = take_procfs(en, e);
	}
	*ret = r < 0 ? NULL : e;
	return r;
}

/* ---- from events ---- */

static struct eyas_text blob_text(const struct eyas_event *ev, uint8_t kind)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, kind, EYAS_BLOB_NO_ARG);

	if (!b || (!b->len && (b->flags & EYAS_BLOB_F_FAULT)))
		return (struct eyas_text){ 0 };
	return (struct eyas_text){ b->data, b->len };
}

static int on_exec(struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_event_blob *argv = eyas_event_blob(ev, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG);
	const struct eyas_task *task = ev->task;
	struct eyas_image_spec spec = {
		.comm = task->comm,
		.exepath = exe_path(blob_text(ev, EYAS_BLOB_EXE_PATH), task->exec_flags),
		.exename = blob_text(ev, EYAS_BLOB_EXE_NAME),
		.argv = blob_text(ev, EYAS_BLOB_ARGV),
		.argv_full = argv ? argv->full : 0,
		.envp = blob_text(ev, EYAS_BLOB_ENVP),
		.exec_flags = task->exec_flags,
		.exec_real = ev->time,
		.exe_file = eyas_event_file(ev, EYAS_BLOB_EXE_FILE),
	};
	struct eyas_text cwd = blob_text(ev, EYAS_BLOB_CWD);
	struct eyas_entry *e = eyas_proctab_find(&en->tab, ev->pid);
	struct eyas_image *im;
	int r;

	if (!e || e->p.exited || !eyas_proctab_is_same(e, task->start_time)) {
		r = eyas_proctab_add(&en->tab, ev->pid, NULL, &e);
		if (r < 0)
			return r;
		e->p.start_real = en->boot_known ? en->boot_real + task->start_time : ev->time;
	} else if (e->unknown) {
		e->p.start_real = en->boot_known ? en->boot_real + task->start_time : ev->time;
	}
	eyas_proctab_set_parent(&en->tab, e, eyas_proctab_find(&en->tab, task->ppid));
	eyas_proctab_set_task(&en->tab, e, task);
	e->coarse = e->unknown = false;
	e->used = true;
	e->p.threads = 1;
	im = eyas_image_create(&spec);
	if (!im)
		return -ENOMEM;
	r = eyas_proctab_set_image(e, im, task->comm);
	eyas_image_unref(im);
	if (r == 0 && cwd.p)
		r = take_cwd(e, cwd.p, cwd.len);
	if (r == 0)
		r = eyas_fdtab_exec(&e->fds, &en->tab.pool);
	return r;
}

static int on_fork(struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_fork *fork = ev->fork;
	struct eyas_entry *caller, *parent, *e;
	int r = get_actor(en, ev->pid, &caller);

	if (r < 0)
		return r;
	if (fork->flags & EYAS_FORK_F_THREAD) {
		if (caller && !caller->p.exited)
			caller->p.threads++;
		return 0;
	}
	if (fork->child_pid == ev->pid)
		return 0;	/* not possible; the record is not of our kernel */
	if (!en->boot_known && ev->time > fork->task.start_time) {
		en->boot_real = ev->time - fork->task.start_time;
		en->boot_known = true;
	}
	/* With CLONE_PARENT the parent is another than the caller. */
	parent = fork->task.ppid == ev->pid ? caller
					    : eyas_proctab_find(&en->tab, fork->task.ppid);
	if (!parent)
		parent = caller;
	r = eyas_proctab_add(&en->tab, fork->child_pid, parent, &e);
	if (r < 0)
		return r;
	e->p.start_real = ev->time;
	eyas_proctab_set_task(&en->tab, e, &fork->task);
	caller = eyas_proctab_find(&en->tab, ev->pid);	/* may have been evicted */
	if (!caller || caller->unknown || caller == e)
		return eyas_proctab_set_comm(e, fork->task.comm, sizeof(fork->task.comm));
	eyas_proctab_set_cwd(e, eyas_shared_ref(caller->cwd));
	e->fds = eyas_fdtab_ref(caller->fds);
	return eyas_proctab_set_image(e, caller->image, fork->task.comm);
}

static void on_exit_record(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, ev->pid);

	if (!e || e->p.exited)
		return;
	if (ev->exit->flags & EYAS_EXIT_F_GROUP) {
		if (eyas_proctab_is_same(e, ev->exit->start_time))
			eyas_proctab_exit(&en->tab, e);
	} else if (e->p.threads > 1) {
		e->p.threads--;
	}
}

/* A thread's name is its own; the first thread's is that of the process. */
static int on_comm(struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_comm *c = ev->comm;
	struct eyas_entry *e;
	int r = get_actor(en, ev->pid, &e);

	if (r == 0 && c->tid == c->pid)
		r = get_actor(en, c->pid, &e);
	if (r < 0 || c->tid != c->pid || !e)
		return r;
	return eyas_proctab_set_comm(e, c->after, sizeof(c->after));
}

/* What the calls that change credentials tell is less exact, and not all that do are calls. */
static int on_creds(struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_creds *c = &ev->creds->after;
	struct eyas_entry *e;
	int r = get_actor(en, ev->pid, &e);

	if (r < 0 || !e || ev->tid != ev->pid)
		return r;
	e->p.uid = c->uid;
	e->p.euid = c->euid;
	e->p.suid = c->suid;
	e->p.gid = c->gid;
	e->p.egid = c->egid;
	e->p.sgid = c->sgid;
	e->p.ns_user = c->ns_user;
	e->p.cap_inheritable = c->cap_inheritable;
	e->p.cap_permitted = c->cap_permitted;
	e->p.cap_effective = c->cap_effective;
	return 0;
}

static int on_sys_exit(struct eyas_enrich *en, const struct eyas_event *ev)
{
	uint8_t effect = ev->evtype < EYAS_EVT_MAX ? en->effects[ev->evtype] : 0;
	struct eyas_entry *e;
	int r = get_actor(en, ev->pid, &e);

	if (r < 0 || !e)
		return r;
	e->used = true;
	if (!effect || ev->sys->ret < 0)
		return 0;
	return eyas_effects_apply(en, effect, ev, e);
}

void eyas_enrich_finish_close(struct eyas_enrich *en)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, en->closing_pid);

	if (!en->closing)
		return;
	en->closing = false;
	if (e)
		(void)eyas_fdtab_del(&e->fds, &en->tab.pool, en->closing_lo, en->closing_hi);
}

int eyas_enrich_update(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_entry *e;

	eyas_enrich_finish_close(en);
	if (en->scratch.used)
		eyas_arena_reset(&en->scratch);
	if (en->live && en->containers.len > CONTAINERS_MAX)
		forget_containers(en);
	en->last_fd.valid = false;
	if (ev->type == EYAS_REC_LOSS)
		return 0;
	if (!en->first_time)
		en->first_time = ev->time;
	en->prev_time = en->now ? en->now : ev->time;
	en->now = ev->time;

	switch (ev->type) {
	case EYAS_REC_SYS_EXIT:
		return ev->sys ? on_sys_exit(en, ev) : 0;
	case EYAS_REC_EXEC:
		return ev->task ? on_exec(en, ev) : 0;
	case EYAS_REC_FORK:
		return ev->fork ? on_fork(en, ev) : 0;
	case EYAS_REC_EXIT:
		if (ev->exit)
			on_exit_record(en, ev);
		return 0;
	case EYAS_REC_COMM:
		return ev->comm ? on_comm(en, ev) : 0;
	case EYAS_REC_CREDS:
		return ev->creds ? on_creds(en, ev) : 0;
	default:
		return get_actor(en, ev->pid, &e);
	}
}

/* ---- answers ---- */

const struct eyas_proc *eyas_enrich_proc(const struct eyas_enrich *en, uint32_t pid)
{
	const struct eyas_entry *e = eyas_proctab_find(&en->tab, pid);

	return e && !e->unknown ? &e->p : NULL;
}

const struct eyas_proc *eyas_enrich_parent(const struct eyas_enrich *en _unused_,
					   const struct eyas_proc *p)
{
	const struct eyas_entry *e = (const struct eyas_entry *)(const void *)p;

	return e->parent && !e->parent->unknown ? &e->parent->p : NULL;
}

const struct eyas_proc *eyas_enrich_ns_init(const struct eyas_enrich *en, uint32_t ns_pid)
{
	const struct eyas_entry *e = ns_pid ? eyas_map_get(&en->tab.ns_init, ns_pid) : NULL;

	return e ? &e->p : NULL;
}

const char *eyas_enrich_user(struct eyas_enrich *en, uint32_t uid)
{
	const struct eyas_user *u = eyas_users_by_uid(&en->users, uid);

	return u ? u->name : NULL;
}

const char *eyas_enrich_user_home(struct eyas_enrich *en, uint32_t uid)
{
	const struct eyas_user *u = eyas_users_by_uid(&en->users, uid);

	return u ? u->home : NULL;
}

const char *eyas_enrich_user_shell(struct eyas_enrich *en, uint32_t uid)
{
	const struct eyas_user *u = eyas_users_by_uid(&en->users, uid);

	return u ? u->shell : NULL;
}

const char *eyas_enrich_group(struct eyas_enrich *en, uint32_t gid)
{
	const struct eyas_user *u = eyas_users_group_by_gid(&en->users, gid);

	return u ? u->name : NULL;
}

const struct eyas_host *eyas_enrich_host(struct eyas_enrich *en, const uint8_t *addr, size_t len)
{
	return eyas_hosts_by_addr(&en->hosts, addr, len);
}

/* The id for a cgroup, from memory or the process' own file; NULL: unknown. */
static const char *find_container(struct eyas_enrich *en, const struct eyas_entry *e,
				  char buf[EYAS_CONTAINER_ID_MAX + 1])
{
	const char *id = e->p.cgroup ? eyas_map_get(&en->containers, e->p.cgroup) : NULL;

	if (id || !en->live || e->p.exited)
		return id;
	if (eyas_procfs_cgroup(en->root, e->p.pid, &en->tmp) < 0 || !en->tmp.len)
		return NULL;
	eyas_cgroup_container(en->tmp.buf, buf);
	note_container(en, e->p.cgroup, buf);
	return buf;
}

const char *eyas_enrich_container(struct eyas_enrich *en, const struct eyas_proc *p)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, p->pid);
	char buf[EYAS_CONTAINER_ID_MAX + 1];
	const char *id;

	if (!e || &e->p != p)
		return NULL;
	if (!e->container_known || e->container_cgroup != p->cgroup) {
		id = find_container(en, e, buf);
		free(e->container);
		e->container = id ? strdup(id) : NULL;
		e->container_cgroup = p->cgroup;
		e->container_known = true;
	}
	return e->container;
}

void eyas_enrich_stats(const struct eyas_enrich *en, struct eyas_enrich_stats *ret)
{
	*ret = (struct eyas_enrich_stats){
		.live = en->tab.nlive,
		.dead = en->tab.ndead,
		.evicted_live = en->tab.evicted_live,
		.evicted_dead = en->tab.evicted_dead,
		.fds_refused = en->tab.pool.refused,
		.first_time = en->first_time,
		.prev_time = en->prev_time,
	};
}
