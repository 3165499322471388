// SPDX-License-Identifier: Apache-2.0
/* Effects of successful system calls on what the process table holds. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include "enrich/derive.h"
#include "enrich/effects.h"
#include "enrich/fds.h"
#include "enrich/path.h"
#include "enrich/threadset.h"
#include "event/callnr.h"

#define CHILDREN_MAX 64 /* looked at to find one by its own pid */
#define CLOSE_CLOEXEC 4U /* CLOSE_RANGE_CLOEXEC */

/* How a call that makes a descriptor says close-on-exec. */
#define CLOEXEC_NEVER (-1)
#define CLOEXEC_ALWAYS (-2)

struct effect;

struct change {
	struct eyas_enrich *en;
	const struct eyas_event *ev;
	struct eyas_entry *e;
	const struct effect *row;
};

struct effect {
	const char *name;
	int (*apply)(const struct change *c);
	char type; /* of the descriptor that it makes */
	int8_t flags_arg; /* argument with O_CLOEXEC, or CLOEXEC_* */
	bool of_process; /* of what fields tell of it, not of its descriptors */
};

static uint32_t arg32(const struct change *c, int n)
{
	return (uint32_t)c->ev->sys->args[n];
}

/* ---- credentials and namespaces: of the thread ---- */

/* What /proc has of the thread now, if it still is the one we mean. */
static int reread_creds(const struct change *c, struct eyas_self *s)
{
	struct eyas_task t;
	int r;

	if (!c->en->live)
		return 0;
	r = eyas_procfs_thread(c->en->root, c->ev->pid, c->ev->tid, &t);
	if (r < 0 || (c->ev->tid == c->ev->pid && !eyas_proctab_is_same(c->e, t.start_time)))
		return r == -ENOMEM ? r : 0;
	s->uid = t.uid;
	s->euid = t.euid;
	s->suid = t.suid;
	s->gid = t.gid;
	s->egid = t.egid;
	s->sgid = t.sgid;
	s->cap_inheritable = t.cap_inheritable;
	s->cap_permitted = t.cap_permitted;
	s->cap_effective = t.cap_effective;
	return 0;
}

/* Where records of their own tell of credentials, they came before this one. */
static int on_creds(const struct change *c)
{
	const struct eyas_event_blob *b = eyas_event_blob(c->ev, EYAS_BLOB_CREDS, EYAS_BLOB_NO_ARG);
	struct eyas_self s;
	int r = 0;

	if (c->en->creds_told)
		return 0;
	eyas_thread_get(&c->en->tab, c->e, c->ev->tid, &s);
	if (b)
		eyas_self_set_creds(&s, (const void *)b->data);
	else if (eyas_derive_creds(c->ev, &s) < 0)
		r = reread_creds(c, &s);
	return r ? r : eyas_thread_set(&c->en->tab, c->e, c->ev->tid, &s);
}

/* In a mount namespace that was entered, the directory is the root. */
static int enter_root(const struct change *c, struct eyas_self *s)
{
	struct eyas_shared *root = eyas_shared_create("/", 1);

	if (!root)
		return -ENOMEM;
	if (!s->own_fs) {
		eyas_proctab_set_cwd(c->e, root);
		return 0;
	}
	s->cwd = root;
	return 1;
}

static int apply_namespaces(const struct change *c, bool enters)
{
	const struct eyas_event_blob *b = eyas_event_blob(c->ev, EYAS_BLOB_NS, EYAS_BLOB_NO_ARG);
	const struct eyas_ns *ns = b ? (const void *)b->data : NULL;
	struct eyas_shared *made = NULL;
	struct eyas_self s;
	int r = 0;

	eyas_thread_get(&c->en->tab, c->e, c->ev->tid, &s);
	if (ns && ns->mnt && s.ns_mnt && ns->mnt != s.ns_mnt && c->ev->evtype == SYS_setns)
		enters = true;
	if (ns) {
		s.ns_net = ns->net;
		s.ns_user = ns->user;
		s.ns_mnt = ns->mnt ? ns->mnt : s.ns_mnt;
	}
	if (enters)
		r = enter_root(c, &s);
	if (r < 0)
		return r;
	made = r ? s.cwd : NULL;
	r = eyas_thread_set(&c->en->tab, c->e, c->ev->tid, &s);
	eyas_shared_unref(made);
	return r;
}

static int on_setns(const struct change *c)
{
	int r = apply_namespaces(c, arg32(c, 1) & CLONE_NEWNS);

	return r == 0 && (arg32(c, 1) & CLONE_NEWUSER) ? on_creds(c) : r;
}

/* A new mount namespace comes with a directory of one's own; both are where they were. */
static int on_unshare(const struct change *c)
{
	uint32_t flags = arg32(c, 0);
	int r = 0;

	if (flags & (CLONE_FS | CLONE_NEWNS | CLONE_NEWUSER))
		r = eyas_thread_unshare_fs(&c->en->tab, c->e, c->ev->tid);
	if (r == 0)
		r = apply_namespaces(c, false);
	if (r == 0 && flags & CLONE_NEWUSER)
		r = on_creds(c);
	return r;
}

/* ---- sessions and groups ---- */

static int on_setsid(const struct change *c)
{
	struct eyas_proc *p = &c->e->p;

	p->sid = p->pgid = p->pid;
	p->vsid = p->vpgid = p->vpid;
	p->tty = 0;
	return 0;
}

/* A process or child of @e by its pid as @e sees it. */
static struct eyas_entry *by_vpid(struct eyas_entry *e, uint32_t vpid)
{
	struct eyas_entry *child = e->first_child;

	if (!vpid || vpid == e->p.vpid)
		return e;
	for (int i = 0; child && i < CHILDREN_MAX; i++, child = child->next_sibling)
		if (child->p.vpid == vpid && child->p.ns_pid == e->p.ns_pid)
			return child;
	return NULL;
}

static int on_setpgid(const struct change *c)
{
	struct eyas_entry *target = by_vpid(c->e, arg32(c, 0)), *leader;
	uint32_t vpgid = arg32(c, 1);

	if (!target)
		return 0;
	if (!vpgid)
		vpgid = target->p.vpid;
	leader = target->p.vpid == vpgid ? target : by_vpid(c->e, vpgid);
	target->p.vpgid = vpgid;
	if (leader)
		target->p.pgid = leader->p.pid;
	else if (target->p.vpid == target->p.pid)
		target->p.pgid = vpgid;
	return 0;
}

/* ---- name and directory ---- */

/* A record of its own tells where there is one; it came before this one. */
static int on_prctl(const struct change *c)
{
	const struct eyas_event_blob *b = eyas_event_blob(c->ev, EYAS_BLOB_STRING, 1);
	struct eyas_self s;
	struct eyas_task t;

	if (arg32(c, 0) != PR_SET_NAME || c->en->comm_told)
		return 0;
	eyas_thread_get(&c->en->tab, c->e, c->ev->tid, &s);
	if (b)
		eyas_self_set_comm(&s, b->data, b->len);
	else if (c->en->live && !eyas_procfs_thread(c->en->root, c->ev->pid, c->ev->tid, &t))
		eyas_self_set_comm(&s, t.comm, sizeof(t.comm));
	return eyas_thread_set(&c->en->tab, c->e, c->ev->tid, &s);
}

/* The kernel's name of what the call was about, if it came along. */
static struct eyas_text real_path(const struct eyas_event *ev)
{
	const struct eyas_event_blob *b =
		eyas_event_blob(ev, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG);

	return b && b->len ? (struct eyas_text){ b->data, b->len } : (struct eyas_text){ 0 };
}

static int set_cwd(const struct change *c, struct eyas_text path)
{
	struct eyas_shared *cwd;
	struct eyas_self s;
	int r;

	if (!path.len || path.p[0] != '/')
		return 0;
	cwd = eyas_shared_create(path.p, path.len);
	if (!cwd)
		return -ENOMEM;
	eyas_thread_get(&c->en->tab, c->e, c->ev->tid, &s);
	if (!s.own_fs) {
		eyas_proctab_set_cwd(c->e, cwd);
		return 0;
	}
	s.cwd = cwd;
	r = eyas_thread_set(&c->en->tab, c->e, c->ev->tid, &s);
	eyas_shared_unref(cwd);
	return r;
}

static int on_chdir(const struct change *c)
{
	struct eyas_text path = real_path(c->ev);
	int r;

	if (!path.len) {
		r = eyas_enrich_path(c->en, c->ev, 0, &c->en->scratch, &path);
		if (r < 0)
			return r == -ENOMEM ? r : 0;
	}
	return set_cwd(c, path);
}

static int on_fchdir(const struct change *c)
{
	struct eyas_text path = real_path(c->ev);
	struct eyas_fd fd;

	if (!path.len && eyas_enrich_fd(c->en, &c->e->p, (int32_t)arg32(c, 0), &fd) == 0)
		path = fd.name;
	return set_cwd(c, path);
}

/* Names begin at the new root; a directory outside of it has none, and keeps the old one. */
static int on_chroot(const struct change *c)
{
	struct eyas_text cwd = eyas_enrich_cwd(c->en, c->ev), root;
	int r = eyas_enrich_path(c->en, c->ev, 0, &c->en->scratch, &root);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	if (root.len < 2 || cwd.len < root.len || memcmp(cwd.p, root.p, root.len) ||
	    (cwd.len > root.len && cwd.p[root.len] != '/'))
		return 0;
	if (cwd.len == root.len)
		return set_cwd(c, (struct eyas_text){ "/", 1 });
	return set_cwd(c, (struct eyas_text){ cwd.p + root.len, cwd.len - root.len });
}

/* ---- descriptors ---- */

static bool cloexec(const struct change *c)
{
	if (c->row->flags_arg < 0)
		return c->row->flags_arg == CLOEXEC_ALWAYS;
	return arg32(c, c->row->flags_arg) & O_CLOEXEC;
}

static int set_fd(const struct change *c, char type, char proto, bool close, struct eyas_text name)
{
	struct eyas_fdtab_fd fd = {
		.num = (int32_t)c->ev->sys->ret,
		.type = type,
		.proto = proto,
		.cloexec = close,
	};

	return eyas_fdtab_set(&c->e->fds, &c->en->tab.pool, &fd, name.p, name.len);
}

static int on_make(const struct change *c)
{
	return set_fd(c, c->row->type, 0, cloexec(c), (struct eyas_text){ 0 });
}

/* It has a bit of its own for that. */
static int on_memfd(const struct change *c)
{
	return set_fd(c, c->row->type, 0, arg32(c, 1) & MFD_CLOEXEC, (struct eyas_text){ 0 });
}

/* The first argument of kind PATH, which the kernel did not resolve for us. */
static int given_path(const struct change *c, struct eyas_text *ret)
{
	int r = -ENOENT;

	for (unsigned int i = 0; c->ev->sc && i < c->ev->sc->nargs; i++) {
		if (c->ev->sc->args[i].kind != EYAS_KIND_PATH)
			continue;
		r = eyas_enrich_path(c->en, c->ev, i, &c->en->scratch, ret);
		break;
	}
	return r == -ENOMEM ? r : 0;
}

/* What was opened is what belongs to no argument: a directory that it is in does. */
static int on_open(const struct change *c)
{
	const struct eyas_event_blob *b = c->ev->blobs, *end = b + c->ev->nblobs;
	const struct eyas_file *file = NULL;
	struct eyas_text path = { 0 };
	char type;
	int r;

	for (; b < end; b++) {
		if (b->arg != EYAS_BLOB_NO_ARG)
			continue;
		if (b->kind == EYAS_BLOB_FILE)
			file = (const void *)b->data;
		else if (b->kind == EYAS_BLOB_FILE_PATH)
			path = (struct eyas_text){ b->data, b->len };
	}
	r = path.len ? 0 : given_path(c, &path);
	if (r < 0)
		return r;
	type = file ? eyas_fd_type_of_mode(file->mode, file->flags) : 0;
	if (!type && c->row->flags_arg >= 0 && (arg32(c, c->row->flags_arg) & O_DIRECTORY))
		type = 'd';
	return set_fd(c, type ? type : 'f', 0, cloexec(c), path);
}

static int on_socket(const struct change *c)
{
	uint32_t domain = arg32(c, 0);

	return set_fd(c, eyas_fd_type_of_domain(domain),
		      eyas_fd_proto(domain, arg32(c, 1), arg32(c, 2)), cloexec(c),
		      (struct eyas_text){ 0 });
}

/* The new socket is of the kind of the listening one. */
static int on_accept(const struct change *c)
{
	const struct eyas_fdtab_fd *fd = eyas_fdtab_get(c->e->fds, (int32_t)arg32(c, 0));

	return set_fd(c, fd ? fd->type : 0, fd ? fd->proto : 0, cloexec(c),
		      (struct eyas_text){ 0 });
}

static int on_dup(const struct change *c)
{
	return eyas_fdtab_dup(&c->e->fds, &c->en->tab.pool, (int32_t)arg32(c, 0),
			      (int32_t)c->ev->sys->ret, cloexec(c));
}

static int on_fcntl(const struct change *c)
{
	const struct eyas_fdtab_fd *fd = eyas_fdtab_get(c->e->fds, (int32_t)arg32(c, 0));
	struct eyas_fdtab_fd new;

	switch (arg32(c, 1)) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return eyas_fdtab_dup(&c->e->fds, &c->en->tab.pool, (int32_t)arg32(c, 0),
				      (int32_t)c->ev->sys->ret, arg32(c, 1) == F_DUPFD_CLOEXEC);
	case F_SETFD:
		if (!fd || fd->cloexec == (bool)(arg32(c, 2) & FD_CLOEXEC))
			return 0;
		new = *fd;
		new.cloexec = arg32(c, 2) & FD_CLOEXEC;
		return eyas_fdtab_set(&c->e->fds, &c->en->tab.pool, &new,
				      fd->name ? fd->name->text : NULL,
				      fd->name ? fd->name->len : 0);
	default:
		return 0;
	}
}

static int close_later(const struct change *c, uint32_t lo, uint32_t hi)
{
	c->en->closes_seen = true;
	c->en->closing = true;
	c->en->closing_pid = c->e->p.pid;
	c->en->closing_lo = lo;
	c->en->closing_hi = hi;
	return 0;
}

static int on_close(const struct change *c)
{
	return close_later(c, arg32(c, 0), arg32(c, 0));
}

static int on_close_range(const struct change *c)
{
	if (arg32(c, 2) & CLOSE_CLOEXEC)
		return 0;
	return close_later(c, arg32(c, 0), arg32(c, 1));
}

/* clang-format off */
static const struct effect effects[] = {
	{ "setuid",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "setgid",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "setreuid",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "setregid",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "setresuid",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "setresgid",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "capset",		on_creds,	0, CLOEXEC_NEVER, true },
	{ "setns",		on_setns,	0, CLOEXEC_NEVER, true },
	{ "unshare",		on_unshare,	0, CLOEXEC_NEVER, true },
	{ "setsid",		on_setsid,	0, CLOEXEC_NEVER, true },
	{ "setpgid",		on_setpgid,	0, CLOEXEC_NEVER, true },
	{ "prctl",		on_prctl,	0, CLOEXEC_NEVER, true },
	{ "chdir",		on_chdir,	0, CLOEXEC_NEVER, true },
	{ "fchdir",		on_fchdir,	0, CLOEXEC_NEVER, true },
	{ "chroot",		on_chroot,	0, CLOEXEC_NEVER, true },
	{ "open",		on_open,	'f', 1, false },
	{ "openat",		on_open,	'f', 2, false },
	{ "openat2",		on_open,	'f', CLOEXEC_NEVER, false },
	{ "open_by_handle_at",	on_open,	'f', 2, false },
	{ "creat",		on_open,	'f', CLOEXEC_NEVER, false },
	{ "socket",		on_socket,	'o', 1, false },
	{ "accept",		on_accept,	'o', CLOEXEC_NEVER, false },
	{ "accept4",		on_accept,	'o', 3, false },
	{ "dup",		on_dup,		0, CLOEXEC_NEVER, false },
	{ "dup2",		on_dup,		0, CLOEXEC_NEVER, false },
	{ "dup3",		on_dup,		0, 2, false },
	{ "fcntl",		on_fcntl,	0, CLOEXEC_NEVER, false },
	{ "close",		on_close,	0, CLOEXEC_NEVER, false },
	{ "close_range",	on_close_range,	0, CLOEXEC_NEVER, false },
	{ "eventfd",		on_make,	'e', CLOEXEC_NEVER, false },
	{ "eventfd2",		on_make,	'e', 1, false },
	{ "epoll_create",	on_make,	'l', CLOEXEC_NEVER, false },
	{ "epoll_create1",	on_make,	'l', 0, false },
	{ "signalfd",		on_make,	's', CLOEXEC_NEVER, false },
	{ "signalfd4",		on_make,	's', 3, false },
	{ "timerfd_create",	on_make,	't', 1, false },
	{ "inotify_init",	on_make,	'i', CLOEXEC_NEVER, false },
	{ "inotify_init1",	on_make,	'i', 0, false },
	{ "memfd_create",	on_memfd,	'm', CLOEXEC_NEVER, false },
	{ "pidfd_open",		on_make,	'P', CLOEXEC_ALWAYS, false },
	{ "io_uring_setup",	on_make,	'r', CLOEXEC_ALWAYS, false },
	{ "userfaultfd",	on_make,	'u', 0, false },
};
/* clang-format on */

#define EFFECTS (sizeof(effects) / sizeof(*effects))

void eyas_effects_init(uint8_t map[EYAS_EVT_MAX], bool fds)
{
	_Static_assert(EFFECTS < UINT8_MAX, "an effect is a byte");
	memset(map, 0, EYAS_EVT_MAX);
	for (size_t i = 0; i < EFFECTS; i++) {
		int t = eyas_evtype_by_name(effects[i].name);

		if (t >= 0 && t < EYAS_NR_MAX && (fds || effects[i].of_process))
			map[t] = (uint8_t)(i + 1);
	}
}

int eyas_effects_apply(struct eyas_enrich *en, uint8_t which, const struct eyas_event *ev,
		       struct eyas_entry *e)
{
	const struct change c = { en, ev, e, &effects[which - 1] };

	en->changes += c.row->of_process;
	return c.row->apply(&c);
}
