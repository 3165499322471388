// SPDX-License-Identifier: Apache-2.0
/* Threads that differ from the first one of their process. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "enrich/threadset.h"

/* Compared as bytes: nothing is between the members. */
_Static_assert(sizeof(struct eyas_self) == 24 + 10 * 4 + 16 + sizeof(void *), "padding");

static bool same(const struct eyas_self *a, const struct eyas_self *b)
{
	return !memcmp(a, b, sizeof(*a));
}

void eyas_self_set_comm(struct eyas_self *s, const char *comm, size_t len)
{
	len = strnlen(comm, len < sizeof(s->comm) ? len : sizeof(s->comm) - 1);
	memset(s->comm, 0, sizeof(s->comm));
	memcpy(s->comm, comm, len);
}

void eyas_self_of_task(struct eyas_self *ret, const struct eyas_task *t)
{
	*ret = (struct eyas_self){
		.cap_inheritable = t->cap_inheritable,
		.cap_permitted = t->cap_permitted,
		.cap_effective = t->cap_effective,
		.uid = t->uid,
		.euid = t->euid,
		.suid = t->suid,
		.gid = t->gid,
		.egid = t->egid,
		.sgid = t->sgid,
		.ns_net = t->ns_net,
		.ns_user = t->ns_user,
		.ns_mnt = t->ns_mnt,
	};
	eyas_self_set_comm(ret, t->comm, sizeof(t->comm));
}

/* Of the first thread. */
static void first_get(const struct eyas_entry *e, struct eyas_self *ret)
{
	const struct eyas_proc *p = &e->p;

	*ret = (struct eyas_self){
		.cap_inheritable = p->cap_inheritable,
		.cap_permitted = p->cap_permitted,
		.cap_effective = p->cap_effective,
		.uid = p->uid,
		.euid = p->euid,
		.suid = p->suid,
		.gid = p->gid,
		.egid = p->egid,
		.sgid = p->sgid,
		.ns_net = p->ns_net,
		.ns_user = p->ns_user,
		.ns_mnt = p->ns_mnt,
	};
	memcpy(ret->comm, e->comm, sizeof(ret->comm));
}

static int first_set(struct eyas_entry *e, const struct eyas_self *s)
{
	struct eyas_proc *p = &e->p;

	p->cap_inheritable = s->cap_inheritable;
	p->cap_permitted = s->cap_permitted;
	p->cap_effective = s->cap_effective;
	p->uid = s->uid;
	p->euid = s->euid;
	p->suid = s->suid;
	p->gid = s->gid;
	p->egid = s->egid;
	p->sgid = s->sgid;
	p->ns_net = s->ns_net;
	p->ns_user = s->ns_user;
	p->ns_mnt = s->ns_mnt;
	if (!memcmp(e->comm, s->comm, sizeof(e->comm)))
		return 0;
	return eyas_proctab_set_comm(e, s->comm, sizeof(s->comm));
}

/* ---- the list ---- */

static void take(struct eyas_thread *th, const struct eyas_self *s)
{
	struct eyas_shared *cwd = eyas_shared_ref(s->cwd);

	eyas_shared_unref(th->self.cwd);
	th->self = *s;
	th->self.cwd = cwd;
}

static void thread_free(struct eyas_thread *th)
{
	eyas_shared_unref(th->self.cwd);
	free(th);
}

static void others_free(struct eyas_entry *e)
{
	if (e->others)
		thread_free(e->others);
	e->others = NULL;
}

static void unlist(struct eyas_proctab *t, struct eyas_thread *th)
{
	struct eyas_entry *e = th->of;

	if (th->prev)
		th->prev->next = th->next;
	else
		e->listed = th->next;
	if (th->next)
		th->next->prev = th->prev;
	e->nlisted--;
	eyas_map_del(&t->by_tid, th->tid);
	thread_free(th);
}

static struct eyas_thread *find(const struct eyas_proctab *t, const struct eyas_entry *e,
				uint32_t tid)
{
	struct eyas_thread *th = e->nlisted ? eyas_map_get(&t->by_tid, tid) : NULL;

	return th && th->of == e ? th : NULL;
}

static int list(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid,
		const struct eyas_self *s)
{
	/* One of that number that is listed elsewhere ended, and nobody told. */
	struct eyas_thread *old = eyas_map_get(&t->by_tid, tid), *th;

	if (old)
		unlist(t, old);
	if (t->by_tid.len >= EYAS_THREADS_MAX) {
		t->threads_refused++;
		return 0;
	}
	th = calloc(1, sizeof(*th));
	if (!th)
		return -ENOMEM;
	th->tid = tid;
	th->of = e;
	if (eyas_map_set(&t->by_tid, tid, th)) {
		free(th);
		return -ENOMEM;
	}
	take(th, s);
	th->next = e->listed;
	if (th->next)
		th->next->prev = th;
	e->listed = th;
	e->nlisted++;
	return 0;
}

/* What a thread is that is not in the list. */
static void default_get(const struct eyas_entry *e, struct eyas_self *ret)
{
	if (e->others)
		*ret = e->others->self;
	else
		first_get(e, ret);
}

/* Whether there can be threads that are not in the list, beside the first. */
static bool unlisted(const struct eyas_entry *e)
{
	return e->p.threads > e->nlisted + !e->first_gone;
}

/* Where the list has all, it need not have those that are as the first one. */
static void settle(struct eyas_proctab *t, struct eyas_entry *e)
{
	struct eyas_thread *th, *next;
	struct eyas_self first;

	if (unlisted(e))
		return;
	others_free(e);
	first_get(e, &first);
	for (th = e->listed; th; th = next) {
		next = th->next;
		if (same(&th->self, &first))
			unlist(t, th);
	}
}

/* ---- what it is used for ---- */

bool eyas_thread_get(const struct eyas_proctab *t, const struct eyas_entry *e, uint32_t tid,
		     struct eyas_self *ret)
{
	const struct eyas_thread *th;

	if (tid == e->p.pid) {
		first_get(e, ret);
		return false;
	}
	th = find(t, e, tid);
	if (th)
		*ret = th->self;
	else
		default_get(e, ret);
	return th || e->others;
}

int eyas_thread_set_others(struct eyas_entry *e, const struct eyas_self *s)
{
	if (!e->others)
		e->others = calloc(1, sizeof(*e->others));
	if (!e->others)
		return -ENOMEM;
	take(e->others, s);
	return 0;
}

static int set_first(struct eyas_proctab *t, struct eyas_entry *e, const struct eyas_self *s)
{
	struct eyas_self now;
	int r = 0;

	first_get(e, &now);
	if (same(&now, s))
		return 0;
	if (!e->others && unlisted(e))
		r = eyas_thread_set_others(e, &now);
	if (r == 0)
		r = first_set(e, s);
	settle(t, e);
	return r;
}

int eyas_thread_set(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid,
		    const struct eyas_self *s)
{
	struct eyas_self usual;
	struct eyas_thread *th;
	int r = 0;

	if (tid == e->p.pid)
		return set_first(t, e, s);
	th = find(t, e, tid);
	default_get(e, &usual);
	if (same(&usual, s)) {
		if (th)
			unlist(t, th);
		return 0;
	}
	if (th)
		take(th, s);
	else
		r = list(t, e, tid, s);
	if (e->others)
		settle(t, e);
	return r;
}

/* The first one does: the others keep what it had. */
static int unshare_first(struct eyas_entry *e)
{
	struct eyas_thread *th;
	struct eyas_self now;
	int r = 0;

	first_get(e, &now);
	if (!e->others && unlisted(e))
		r = eyas_thread_set_others(e, &now);
	if (r < 0)
		return r;
	for (th = e->listed; th; th = th->next) {
		if (!th->self.own_fs)
			th->self.cwd = eyas_shared_ref(e->cwd);
		th->self.own_fs = true;
	}
	if (e->others && !e->others->self.own_fs) {
		e->others->self.own_fs = true;
		e->others->self.cwd = eyas_shared_ref(e->cwd);
	}
	return 0;
}

int eyas_thread_unshare_fs(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid)
{
	struct eyas_self s;

	if (e->p.threads < 2)
		return 0;
	if (tid == e->p.pid)
		return unshare_first(e);
	eyas_thread_get(t, e, tid, &s);
	if (s.own_fs)
		return 0;
	s.own_fs = true;
	s.cwd = e->cwd;
	return eyas_thread_set(t, e, tid, &s);
}

void eyas_thread_end(struct eyas_proctab *t, struct eyas_entry *e, uint32_t tid)
{
	struct eyas_thread *th = find(t, e, tid);

	if (th)
		unlist(t, th);
	if (e->others)
		settle(t, e);
}

void eyas_threads_clear(struct eyas_proctab *t, struct eyas_entry *e)
{
	others_free(e);
	while (e->listed)
		unlist(t, e->listed);
}
