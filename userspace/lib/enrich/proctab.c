// SPDX-License-Identifier: Apache-2.0
/* The process table. Every list operation is O(1), so is eviction, amortised:
 * an entry leaves its parent once, and is looked at a bounded number of times. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "enrich/procfs.h"
#include "enrich/proctab.h"
#include "enrich/threadset.h"

#define EVICT_STEPS 64 /* entries looked at to find one nobody needs */
#define LOOP_STEPS 4096 /* ancestors looked at when a parent is set late */

#define entry_of(l) ((struct eyas_entry *)(void *)((char *)(l)-offsetof(struct eyas_entry, link)))

static void list_init(struct eyas_link *head)
{
	head->prev = head->next = head;
}

static bool list_empty(const struct eyas_link *head)
{
	return head->next == head;
}

static void list_del(struct eyas_link *l)
{
	l->prev->next = l->next;
	l->next->prev = l->prev;
}

static void list_add_tail(struct eyas_link *head, struct eyas_link *l)
{
	l->prev = head->prev;
	l->next = head;
	head->prev->next = l;
	head->prev = l;
}

void eyas_proctab_init(struct eyas_proctab *t, size_t max_live, size_t max_dead)
{
	memset(t, 0, sizeof(*t));
	list_init(&t->live);
	list_init(&t->kept);
	list_init(&t->leaves);
	t->max_live = max_live;
	t->max_dead = max_dead;
	t->max_leaves = max_dead < EYAS_PROCTAB_LEAVES_MAX ? max_dead : EYAS_PROCTAB_LEAVES_MAX;
	t->pool.max = 32U << 20;
}

/* Free what an entry owns; its place in lists and tree is already gone. */
static void entry_free(struct eyas_proctab *t, struct eyas_entry *e)
{
	eyas_threads_clear(t, e);
	eyas_image_unref(e->image);
	eyas_shared_unref(e->cwd);
	eyas_fdtab_unref(e->fds, &t->pool);
	free(e->own_cmdline);
	free(e->container);
	free(e);
}

void eyas_proctab_release(struct eyas_proctab *t)
{
	struct eyas_link *heads[] = { &t->live, &t->kept, &t->leaves };

	for (size_t i = 0; i < 3; i++) {
		while (!list_empty(heads[i])) {
			struct eyas_entry *e = entry_of(heads[i]->next);

			list_del(&e->link);
			entry_free(t, e);
		}
	}
	eyas_map_release(&t->by_pid);
	eyas_map_release(&t->ns_init);
	eyas_map_release(&t->by_tid);
}

struct eyas_entry *eyas_proctab_look(const struct eyas_proctab *t, uint32_t pid)
{
	return eyas_map_get(&t->by_pid, pid);
}

bool eyas_proctab_is_same(const struct eyas_entry *e, uint64_t start_time)
{
	uint64_t own = e->p.start_time;

	if (own == start_time || !own || !start_time)
		return true;
	return e->coarse && own / EYAS_PROCFS_TICK_NS == start_time / EYAS_PROCFS_TICK_NS;
}

/* ---- the tree ---- */

static void adopt(struct eyas_entry *parent, struct eyas_entry *e)
{
	e->parent = parent;
	e->prev_sibling = NULL;
	e->next_sibling = parent->first_child;
	if (e->next_sibling)
		e->next_sibling->prev_sibling = e;
	parent->first_child = e;
	if (!e->p.exited)
		parent->p.children++;
}

/* Take @e from its parent, who may be dead and then isn't needed any more. */
static void disown(struct eyas_proctab *t, struct eyas_entry *e)
{
	struct eyas_entry *parent = e->parent;

	if (!parent)
		return;
	if (e->prev_sibling)
		e->prev_sibling->next_sibling = e->next_sibling;
	else
		parent->first_child = e->next_sibling;
	if (e->next_sibling)
		e->next_sibling->prev_sibling = e->prev_sibling;
	if (!e->p.exited)
		parent->p.children--;
	e->parent = e->prev_sibling = e->next_sibling = NULL;
	if (parent->p.exited && !parent->first_child) {
		list_del(&parent->link);
		list_add_tail(&t->leaves, &parent->link);
		t->nleaves++;
	}
}

/* Take an entry out of everything and free it. */
static void drop(struct eyas_proctab *t, struct eyas_entry *e)
{
	disown(t, e);
	if (e->p.exited && !e->first_child)
		t->nleaves--;
	while (e->first_child) {
		struct eyas_entry *c = e->first_child;

		e->first_child = c->next_sibling;
		c->parent = c->prev_sibling = c->next_sibling = NULL;
	}
	if (eyas_map_get(&t->by_pid, e->p.pid) == e)
		eyas_map_del(&t->by_pid, e->p.pid);
	if (t->last == e)
		t->last = NULL;
	if (eyas_map_get(&t->ns_init, e->p.ns_pid) == e)
		eyas_map_del(&t->ns_init, e->p.ns_pid);
	list_del(&e->link);
	if (e->p.exited)
		t->ndead--;
	else
		t->nlive--;
	entry_free(t, e);
}

void eyas_proctab_set_parent(struct eyas_proctab *t, struct eyas_entry *e,
			     struct eyas_entry *parent)
{
	const struct eyas_entry *up = parent;

	if (e->parent || !parent)
		return;
	for (int i = 0; up; up = up->parent)
		if (up == e || ++i > LOOP_STEPS)
			return;
	if (parent->p.exited && !parent->first_child) {
		list_del(&parent->link);
		list_add_tail(&t->kept, &parent->link);
		t->nleaves--;
	}
	adopt(parent, e);
}

/* ---- life and bounds ---- */

/* The oldest of a list that isn't @keep; NULL if there is no other. */
static struct eyas_entry *oldest(struct eyas_link *head, const struct eyas_entry *keep)
{
	struct eyas_link *l = head->next;

	if (l != head && entry_of(l) == keep)
		l = l->next;
	return l == head ? NULL : entry_of(l);
}

/* Ended ones that are nobody's ancestor go first. */
static void trim_dead(struct eyas_proctab *t, const struct eyas_entry *keep)
{
	while (t->ndead > t->max_dead || t->nleaves > t->max_leaves) {
		struct eyas_entry *e = oldest(&t->leaves, keep);

		if (!e && t->ndead > t->max_dead) {
			e = oldest(&t->kept, keep);
			t->evicted_dead += e != NULL;
		}
		if (!e)
			return;
		drop(t, e);
	}
}

/* Second chance: a process that was active lately, or has children, is passed over. */
static void trim_live(struct eyas_proctab *t, const struct eyas_entry *keep1,
		      const struct eyas_entry *keep2)
{
	while (t->nlive > t->max_live) {
		struct eyas_entry *victim = NULL;

		for (int i = 0; i < EVICT_STEPS && !victim; i++) {
			struct eyas_entry *e = entry_of(t->live.next);

			if (e != keep1 && e != keep2 &&
			    (i == EVICT_STEPS - 1 || (!e->used && !e->first_child))) {
				victim = e;
				break;
			}
			e->used = false;
			list_del(&e->link);
			list_add_tail(&t->live, &e->link);
		}
		if (!victim)
			return;
		t->evicted_live++;
		drop(t, victim);
	}
}

static void bury(struct eyas_proctab *t, struct eyas_entry *e)
{
	if (e->p.exited)
		return;
	if (e->parent)
		e->parent->p.children--;
	e->p.exited = true;
	e->p.threads = 0;
	eyas_threads_clear(t, e);
	eyas_fdtab_unref(e->fds, &t->pool);
	e->fds = NULL;
	t->nlive--;
	t->ndead++;
	list_del(&e->link);
	list_add_tail(e->first_child ? &t->kept : &t->leaves, &e->link);
	t->nleaves += !e->first_child;
}

void eyas_proctab_exit(struct eyas_proctab *t, struct eyas_entry *e)
{
	bury(t, e);
	trim_dead(t, e);
}

int eyas_proctab_add(struct eyas_proctab *t, uint32_t pid, struct eyas_entry *parent,
		     struct eyas_entry **ret)
{
	struct eyas_entry *old = eyas_proctab_find(t, pid), *e;
	int r;

	e = calloc(1, sizeof(*e));
	if (!e)
		return -ENOMEM;
	e->p.pid = e->p.vpid = pid;
	e->p.threads = 1;
	e->p.loginuid = e->p.sessionid = UINT32_MAX;
	e->used = true;
	t->last = NULL;
	r = eyas_map_set(&t->by_pid, pid, e);
	if (r < 0) {
		free(e);
		return r;
	}
	t->nlive++;
	list_add_tail(&t->live, &e->link);
	eyas_proctab_set_parent(t, e, parent);
	/* Only now, when a parent of the same pid has its new child. */
	if (old) {
		bury(t, old);
		if (!old->first_child && old != parent)
			drop(t, old);
		trim_dead(t, parent);
	}
	trim_live(t, e, parent);
	*ret = e;
	return 0;
}

/* ---- contents ---- */

void eyas_proctab_set_task(struct eyas_proctab *t, struct eyas_entry *e,
			   const struct eyas_task *task)
{
	struct eyas_proc *p = &e->p;

	if (!e->parent || !p->ppid)
		p->ppid = task->ppid;
	p->vpid = task->vpid;
	p->sid = task->sid;
	p->pgid = task->pgid;
	p->vsid = task->vsid;
	p->vpgid = task->vpgid;
	p->tty = task->tty;
	p->uid = task->uid;
	p->euid = task->euid;
	p->suid = task->suid;
	p->gid = task->gid;
	p->egid = task->egid;
	p->sgid = task->sgid;
	p->loginuid = task->loginuid;
	p->sessionid = task->sessionid;
	if (p->ns_pid != task->ns_pid && eyas_map_get(&t->ns_init, p->ns_pid) == e)
		eyas_map_del(&t->ns_init, p->ns_pid);
	p->ns_pid = task->ns_pid;
	p->ns_net = task->ns_net;
	p->ns_user = task->ns_user;
	p->ns_mnt = task->ns_mnt;
	p->start_time = task->start_time;
	p->cgroup = task->cgroup;
	p->cap_inheritable = task->cap_inheritable;
	p->cap_permitted = task->cap_permitted;
	p->cap_effective = task->cap_effective;
	if (p->vpid == 1 && p->ns_pid && eyas_map_set(&t->ns_init, p->ns_pid, e) < 0)
		return; /* then the namespace has no known first process */
}

void eyas_image_unref(struct eyas_image *im)
{
	if (im && !--im->refs)
		free(im);
}

static struct eyas_text put(char **at, struct eyas_text t)
{
	struct eyas_text ret = { *at, t.len };

	if (!t.p)
		return (struct eyas_text){ 0 };
	memcpy(*at, t.p, t.len);
	*at += t.len;
	return ret;
}

static bool same_text(struct eyas_text a, struct eyas_text b)
{
	return a.p && b.p && a.len == b.len && !memcmp(a.p, b.p, a.len);
}

/* Then both command lines are one. */
static bool named_as_called(const char comm[16], struct eyas_text argv)
{
	struct eyas_text name = { comm, strnlen(comm, 16) };

	return argv.p && same_text(name, (struct eyas_text){ argv.p, strnlen(argv.p, argv.len) });
}

/* Texts made of argv: joined with blanks, and its parts. */
static void put_joined(struct eyas_image *im, char **at)
{
	size_t comm_len = strnlen(im->comm, sizeof(im->comm)), first;
	struct eyas_text argv = im->argv, args;

	im->exeline = put(at, argv);
	for (size_t i = 0; i < argv.len; i++)
		if (!(*at)[-(ptrdiff_t)argv.len + (ptrdiff_t)i])
			(*at)[-(ptrdiff_t)argv.len + (ptrdiff_t)i] = ' ';
	first = argv.p ? strnlen(argv.p, argv.len) : 0;
	im->exe = (struct eyas_text){ argv.p ? im->exeline.p : NULL, first };
	args = (struct eyas_text){ argv.p ? im->exeline.p + first : "", argv.len - first };
	if (args.len) {
		args.p++;
		args.len--;
	}
	im->args = args;
	if (named_as_called(im->comm, argv)) {
		im->cmdline = (struct eyas_text){ im->exeline.p, first };
		im->cmdline.len += args.len ? 1 + args.len : 0;
		return;
	}
	im->cmdline = put(at, (struct eyas_text){ im->comm, comm_len });
	if (args.len) {
		*(*at)++ = ' ';
		put(at, args);
		im->cmdline.len += 1 + args.len;
	}
}

/* The kernel ends every string of a list with a NUL: the last one separates nothing. */
static struct eyas_text list_text(struct eyas_text t)
{
	if (t.len && t.p[t.len - 1] == '\0')
		t.len--;
	return t;
}

/* Bytes of all texts; what is like another one takes none. */
static size_t image_size(const struct eyas_image_spec *spec, const char comm[16])
{
	size_t size = spec->exepath.len + 2 * spec->argv.len + spec->envp.len;

	if (!same_text(spec->exename, spec->exepath))
		size += spec->exename.len;
	if (!named_as_called(comm, list_text(spec->argv)))
		size += 16 + 1 + spec->argv.len;
	return size;
}

struct eyas_image *eyas_image_create(const struct eyas_image_spec *spec)
{
	char comm[16] = { 0 }, *at;
	struct eyas_image *im;

	memcpy(comm, spec->comm, strnlen(spec->comm, sizeof(comm) - 1));
	im = malloc(sizeof(*im) + image_size(spec, comm));
	if (!im)
		return NULL;
	*im = (struct eyas_image){
		.refs = 1,
		.argv_full = spec->argv_full,
		.exec_flags = spec->exec_flags,
		.exec_real = spec->exec_real,
		.has_exe_file = spec->exe_file != NULL,
	};
	if (spec->exe_file)
		im->exe_file = *spec->exe_file;
	memcpy(im->comm, comm, sizeof(comm));
	at = im->data;
	im->exepath = put(&at, spec->exepath);
	im->exename = same_text(spec->exename, spec->exepath) ? im->exepath :
								put(&at, spec->exename);
	im->argv = put(&at, list_text(spec->argv));
	im->envp = put(&at, list_text(spec->envp));
	put_joined(im, &at);
	return im;
}

int eyas_proctab_set_comm(struct eyas_entry *e, const char *comm, size_t len)
{
	const struct eyas_image *im = e->image;
	char *line, *at;

	len = strnlen(comm, len < sizeof(e->comm) ? len : sizeof(e->comm) - 1);
	memset(e->comm, 0, sizeof(e->comm));
	memcpy(e->comm, comm, len);
	e->p.comm = (struct eyas_text){ e->comm, len };
	free(e->own_cmdline);
	e->own_cmdline = NULL;
	if (im && !memcmp(e->comm, im->comm, sizeof(e->comm))) {
		e->p.cmdline = im->cmdline;
		return 0;
	}
	e->p.cmdline = e->p.comm;
	if (!im || !im->args.len)
		return 0;
	at = line = malloc(len + 1 + im->args.len);
	if (!line)
		return -ENOMEM;
	put(&at, e->p.comm);
	*at++ = ' ';
	put(&at, im->args);
	e->own_cmdline = line;
	e->p.cmdline = (struct eyas_text){ line, len + 1 + im->args.len };
	return 0;
}

int eyas_proctab_set_image(struct eyas_entry *e, struct eyas_image *im, const char *comm)
{
	struct eyas_proc *p = &e->p;

	if (im)
		im->refs++;
	eyas_image_unref(e->image);
	e->image = im;
	if (im) {
		p->exepath = im->exepath;
		p->exename = im->exename;
		p->argv = im->argv;
		p->envp = im->envp;
		p->exe = im->exe;
		p->args = im->args;
		p->exeline = im->exeline;
		p->argv_full = im->argv_full;
		p->exec_flags = im->exec_flags;
		p->exec_real = im->exec_real;
		p->exe_file = im->has_exe_file ? &im->exe_file : NULL;
	}
	return eyas_proctab_set_comm(e, comm, sizeof(e->comm));
}

void eyas_proctab_set_cwd(struct eyas_entry *e, struct eyas_shared *cwd)
{
	eyas_shared_unref(e->cwd);
	e->cwd = cwd;
	e->p.cwd = cwd ? (struct eyas_text){ cwd->text, cwd->len } : (struct eyas_text){ 0 };
}
