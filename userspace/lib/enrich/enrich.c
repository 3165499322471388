// SPDX-License-Identifier: Apache-2.0
/* The public face: takes in events, answers questions about processes. */
#include <errno.h>
#include <string.h>
#include "enrich/cgroup.h"
#include "enrich/derive.h"
#include "enrich/effects.h"
#include "enrich/state.h"
#include "enrich/threadset.h"
#include "source/clock.h"

#define CONTAINERS_MAX 4096 /* cgroups remembered before starting over */
#define ROOT_MAX 3072 /* bytes, so that what is below it has room */

int eyas_enrich_create(struct eyas_enrich **ret, const char *root, struct eyas_err *err)
{
	struct eyas_enrich *en;

	if (strlen(root) > ROOT_MAX)
		return eyas_err_set(err, -ENAMETOOLONG, "root '%.64s...': name too long", root);
	en = calloc(1, sizeof(*en));
	if (!en)
		return eyas_err_set(err, -ENOMEM, "cannot keep process state: out of memory");
	/* Counts as many as no other one did before. */
	en->changes = eyas_clock_now(CLOCK_MONOTONIC);
	eyas_proctab_init(&en->tab, EYAS_PROCTAB_LIVE_MAX, EYAS_PROCTAB_DEAD_MAX);
	eyas_procfs_init(&en->pf);
	eyas_strbuf_init(&en->tmp);
	eyas_effects_init(en->effects, true);
	en->root = strdup(root);
	if (!en->root || eyas_users_init(&en->users, root) < 0 ||
	    eyas_hosts_init(&en->hosts, root) < 0) {
		eyas_enrich_free(en);
		return eyas_err_set(err, -ENOMEM, "cannot keep process state: out of memory");
	}
	*ret = en;
	return 0;
}

void eyas_enrich_keep_fds(struct eyas_enrich *en, bool keep)
{
	eyas_effects_init(en->effects, keep);
	/* What was missed meanwhile may have changed all of them. */
	en->closes_seen = false;
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
		.exepath =
			eyas_enrich_exe_path(blob_text(ev, EYAS_BLOB_EXE_PATH), task->exec_flags),
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
	/* Who started it may be forgotten: then it is the one who has it now. */
	if (!e->parent)
		e->p.ppid = task->ppid;
	eyas_proctab_set_parent(&en->tab, e, eyas_proctab_find(&en->tab, task->ppid));
	eyas_proctab_set_task(&en->tab, e, task);
	e->coarse = e->unknown = e->first_gone = false;
	e->used = true;
	/* Whichever thread it was, it is the first and only one now. */
	eyas_threads_clear(&en->tab, e);
	e->p.threads = 1;
	im = eyas_image_create(&spec);
	if (!im)
		return -ENOMEM;
	r = eyas_proctab_set_image(e, im, task->comm);
	eyas_image_unref(im);
	if (r == 0 && cwd.p)
		r = eyas_enrich_take_cwd(e, cwd.p, cwd.len);
	if (r == 0)
		r = eyas_fdtab_exec(&e->fds, &en->tab.pool);
	return r;
}

/* A new thread is as the one that made it, which need not be as the first one is. */
static int on_thread(struct eyas_enrich *en, const struct eyas_event *ev, struct eyas_entry *e)
{
	const struct eyas_fork *fork = ev->fork;
	struct eyas_self self, maker;

	e->p.threads++;
	if (e->unknown || fork->child_tid == e->p.pid)
		return 0;
	eyas_self_of_task(&self, &fork->task);
	if (!e->p.ns_mnt)
		e->p.ns_mnt = self.ns_mnt;
	else if (!self.ns_mnt)
		self.ns_mnt = e->p.ns_mnt;
	eyas_thread_get(&en->tab, e, ev->tid, &maker);
	if (maker.own_fs || !(fork->flags & EYAS_FORK_F_FS)) {
		self.own_fs = true;
		self.cwd = maker.own_fs ? maker.cwd : e->cwd;
	}
	return eyas_thread_set(&en->tab, e, fork->child_tid, &self);
}

static struct eyas_shared *cwd_of(const struct eyas_enrich *en, const struct eyas_entry *e,
				  uint32_t tid)
{
	struct eyas_self self;

	eyas_thread_get(&en->tab, e, tid, &self);
	return self.own_fs ? self.cwd : e->cwd;
}

static int on_fork(struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_fork *fork = ev->fork;
	struct eyas_entry *caller, *parent, *e;
	int r = eyas_enrich_get(en, ev->pid, &caller);

	if (r < 0)
		return r;
	if (fork->flags & EYAS_FORK_F_THREAD)
		return caller && !caller->p.exited ? on_thread(en, ev, caller) : 0;
	if (fork->child_pid == ev->pid)
		return 0; /* not possible; the record is not of our kernel */
	if (!en->boot_known && ev->time > fork->task.start_time) {
		en->boot_real = ev->time - fork->task.start_time;
		en->boot_known = true;
	}
	/* With CLONE_PARENT the parent is another than the caller. */
	parent = fork->task.ppid == ev->pid ? caller : eyas_proctab_find(&en->tab, fork->task.ppid);
	if (!parent)
		parent = caller;
	r = eyas_proctab_add(&en->tab, fork->child_pid, parent, &e);
	if (r < 0)
		return r;
	e->p.start_real = ev->time;
	eyas_proctab_set_task(&en->tab, e, &fork->task);
	caller = eyas_proctab_find(&en->tab, ev->pid); /* may have been evicted */
	if (!caller || caller->unknown || caller == e)
		return eyas_proctab_set_comm(e, fork->task.comm, sizeof(fork->task.comm));
	eyas_proctab_set_cwd(e, eyas_shared_ref(cwd_of(en, caller, ev->tid)));
	e->fds = eyas_fdtab_ref(caller->fds);
	return eyas_proctab_set_image(e, caller->image, fork->task.comm);
}

/* The start time in the record of the last thread is its own, not that of the first. */
static bool ends(const struct eyas_entry *e, const struct eyas_event *ev)
{
	if (ev->tid == ev->pid)
		return eyas_proctab_is_same(e, ev->exit->start_time);
	return !ev->exit->start_time || ev->exit->start_time >= e->p.start_time;
}

static void on_exit_record(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, ev->pid);

	if (!e || e->p.exited || !ends(e, ev))
		return;
	if (ev->exit->flags & EYAS_EXIT_F_GROUP) {
		eyas_proctab_exit(&en->tab, e);
		return;
	}
	if (e->p.threads > 1)
		e->p.threads--;
	if (ev->tid == ev->pid)
		e->first_gone = true;
	else
		en->leaving = ev->tid;
}

static int on_comm(struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_comm *c = ev->comm;
	struct eyas_self self;
	struct eyas_entry *e;
	int r = eyas_enrich_get(en, ev->pid, &e);

	en->comm_told = true;
	if (r == 0 && c->pid != ev->pid)
		r = eyas_enrich_get(en, c->pid, &e);
	if (r < 0 || !e || e->p.exited)
		return r;
	eyas_thread_get(&en->tab, e, c->tid, &self);
	eyas_self_set_comm(&self, c->after, sizeof(c->after));
	return eyas_thread_set(&en->tab, e, c->tid, &self);
}

static int on_creds(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_self self;
	struct eyas_entry *e;
	int r = eyas_enrich_get(en, ev->pid, &e);

	en->creds_told = true;
	if (r < 0 || !e || e->p.exited)
		return r;
	eyas_thread_get(&en->tab, e, ev->tid, &self);
	eyas_self_set_creds(&self, &ev->creds->after);
	return eyas_thread_set(&en->tab, e, ev->tid, &self);
}

/* The end of a call with the blobs of its entry behind its own. */
static void join_call(struct eyas_event *ret, const struct eyas_event *enter,
		      const struct eyas_event *exit)
{
	*ret = *exit;
	for (unsigned int i = 0; i < enter->nblobs && ret->nblobs < EYAS_EVENT_BLOBS_MAX; i++)
		ret->blobs[ret->nblobs++] = enter->blobs[i];
}

static int on_sys_exit(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_event whole;
	uint8_t effect = ev->evtype < EYAS_EVT_MAX ? en->effects[ev->evtype] : 0;
	struct eyas_entry *e = eyas_proctab_seek(&en->tab, ev->pid);
	int r = e ? 0 : eyas_enrich_get(en, ev->pid, &e);

	if (r < 0 || !e)
		return r;
	e->used = true;
	if (!effect || ev->sys->ret < 0)
		return 0;
	if (en->enter) {
		join_call(&whole, en->enter, ev);
		ev = &whole;
	}
	return eyas_effects_apply(en, effect, ev, e);
}

void eyas_enrich_finish_close(struct eyas_enrich *en)
{
	struct eyas_thread *th = en->leaving ? eyas_map_get(&en->tab.by_tid, en->leaving) : NULL;
	struct eyas_entry *e;

	en->changes += !!th;
	if (th)
		eyas_thread_end(&en->tab, th->of, en->leaving);
	en->leaving = 0;
	if (!en->closing)
		return;
	en->closing = false;
	e = eyas_proctab_find(&en->tab, en->closing_pid);
	if (e)
		(void)eyas_fdtab_del(&e->fds, &en->tab.pool, en->closing_lo, en->closing_hi);
}

int eyas_enrich_update(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_entry *e;

	if (en->closing || en->leaving)
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

	if (ev->type == EYAS_REC_SYS_EXIT)
		return ev->sys ? on_sys_exit(en, ev) : 0;
	en->changes++;
	switch (ev->type) {
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
		return eyas_enrich_get(en, ev->pid, &e);
	}
}

int eyas_enrich_update_call(struct eyas_enrich *en, const struct eyas_event *enter,
			    const struct eyas_event *ev)
{
	int r;

	en->enter = enter;
	r = eyas_enrich_update(en, ev);
	en->enter = NULL;
	return r;
}

/* ---- answers ---- */

uint64_t eyas_enrich_epoch(const struct eyas_enrich *en, const struct eyas_proc *p)
{
	return p && p != &en->actor.e.p ? en->changes : 0;
}

const struct eyas_proc *eyas_enrich_proc(const struct eyas_enrich *en, uint32_t pid)
{
	const struct eyas_entry *e = eyas_proctab_find(&en->tab, pid);

	return e && !e->unknown ? &e->p : NULL;
}

/* The command line is the name and the arguments, as that of the first thread is. */
static struct eyas_text actor_cmdline(struct eyas_enrich *en, const struct eyas_proc *p)
{
	char *line;

	if (!p->args.len)
		return p->comm;
	line = eyas_arena_printf(&en->scratch, "%.*s %.*s", (int)p->comm.len, p->comm.p,
				 (int)p->args.len, p->args.p);
	return line ? (struct eyas_text){ line, p->comm.len + 1 + p->args.len } : p->comm;
}

const struct eyas_proc *eyas_enrich_actor(struct eyas_enrich *en, const struct eyas_event *ev)
{
	struct eyas_entry *e = eyas_proctab_find(&en->tab, ev->pid), *a = &en->actor.e;
	struct eyas_self s;
	struct eyas_proc *p = &a->p;

	if (!e || e->unknown)
		return NULL;
	if (ev->tid == ev->pid || (!e->nlisted && !e->others))
		return &e->p;
	if (!eyas_thread_get(&en->tab, e, ev->tid, &s))
		return &e->p;
	*a = *e;
	en->actor.of = e;
	p->uid = s.uid;
	p->euid = s.euid;
	p->suid = s.suid;
	p->gid = s.gid;
	p->egid = s.egid;
	p->sgid = s.sgid;
	p->cap_inheritable = s.cap_inheritable;
	p->cap_permitted = s.cap_permitted;
	p->cap_effective = s.cap_effective;
	p->ns_net = s.ns_net;
	p->ns_user = s.ns_user;
	p->ns_mnt = s.ns_mnt;
	if (s.own_fs)
		p->cwd = s.cwd ? (struct eyas_text){ s.cwd->text, s.cwd->len } :
				 (struct eyas_text){ 0 };
	if (memcmp(s.comm, e->comm, sizeof(s.comm)) != 0) {
		memcpy(a->comm, s.comm, sizeof(s.comm));
		p->comm = (struct eyas_text){ a->comm, strnlen(a->comm, sizeof(a->comm)) };
		p->cmdline = actor_cmdline(en, p);
	}
	return p;
}

struct eyas_text eyas_enrich_cwd(const struct eyas_enrich *en, const struct eyas_event *ev)
{
	const struct eyas_entry *e = eyas_proctab_find(&en->tab, ev->pid);
	struct eyas_shared *cwd;

	if (!e || e->unknown)
		return (struct eyas_text){ 0 };
	cwd = cwd_of(en, e, ev->tid);
	return cwd ? (struct eyas_text){ cwd->text, cwd->len } : (struct eyas_text){ 0 };
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
	eyas_enrich_note_container(en, e->p.cgroup, buf);
	return buf;
}

const char *eyas_enrich_container(struct eyas_enrich *en, const struct eyas_proc *p)
{
	struct eyas_entry *e = p == &en->actor.e.p ? en->actor.of :
						     eyas_proctab_find(&en->tab, p->pid);
	char buf[EYAS_CONTAINER_ID_MAX + 1];
	const char *id;

	if (!e || (&e->p != p && p != &en->actor.e.p))
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
		.threads_refused = en->tab.threads_refused,
		.first_time = en->first_time,
		.prev_time = en->prev_time,
	};
}
