// SPDX-License-Identifier: Apache-2.0
/* Effects of successful system calls on what the process table holds. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include "enrich/effects.h"
#include "enrich/fds.h"
#include "enrich/path.h"

#define NS_USER_INITIAL	0xEFFFFFFDU	/* inode of the first user namespace, fixed */
#define CAP_BIT_SETGID	(1ULL << 6)
#define CAP_BIT_SETUID	(1ULL << 7)
#define KEEP		UINT32_MAX	/* -1: leave this id as it is */
#define CHILDREN_MAX	64		/* looked at to find one by its own pid */
#define CLOSE_CLOEXEC	4U		/* CLOSE_RANGE_CLOEXEC */

/* How a call that makes a descriptor says close-on-exec. */
#define CLOEXEC_NEVER	(-1)
#define CLOEXEC_ALWAYS	(-2)

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
	char type;		/* of the descriptor that it makes */
	int8_t flags_arg;	/* argument with O_CLOEXEC, or CLOEXEC_* */
};

static uint32_t arg32(const struct change *c, int n)
{
	return (uint32_t)c->ev->sys->args[n];
}

/* ---- credentials ---- */

/* Ids in calls are those of the caller's namespace; ours are the host's. */
static bool ids_are_host_ids(const struct change *c)
{
	return !c->e->p.ns_user || c->e->p.ns_user == NS_USER_INITIAL;
}

static int reread_creds(const struct change *c)
{
	struct eyas_proc *p = &c->e->p;
	const struct eyas_task *t = &c->en->pf.task;
	int r;

	if (!c->en->live)
		return 0;
	r = eyas_procfs_read(&c->en->pf, c->en->root, p->pid);
	if (r < 0 || !eyas_proctab_is_same(c->e, t->start_time))
		return r == -ENOMEM ? r : 0;
	p->uid = t->uid;
	p->euid = t->euid;
	p->suid = t->suid;
	p->gid = t->gid;
	p->egid = t->egid;
	p->sgid = t->sgid;
	p->cap_inheritable = t->cap_inheritable;
	p->cap_permitted = t->cap_permitted;
	p->cap_effective = t->cap_effective;
	return 0;
}

/* New user ids, and what the kernel does to capabilities when root is left or entered. */
static int set_uids(const struct change *c, uint32_t uid, uint32_t euid, uint32_t suid)
{
	struct eyas_proc *p = &c->e->p;
	bool had_root = !p->uid || !p->euid || !p->suid, was_root = !p->euid;

	if (!ids_are_host_ids(c))
		return reread_creds(c);
	if (uid != KEEP)
		p->uid = uid;
	if (euid != KEEP)
		p->euid = euid;
	if (suid != KEEP)
		p->suid = suid;
	if (had_root && p->uid && p->euid && p->suid)
		p->cap_permitted = p->cap_effective = 0;
	else if (was_root && p->euid)
		p->cap_effective = 0;
	else if (!was_root && !p->euid)
		p->cap_effective = p->cap_permitted;
	return 0;
}

static int set_gids(const struct change *c, uint32_t gid, uint32_t egid, uint32_t sgid)
{
	struct eyas_proc *p = &c->e->p;

	if (!ids_are_host_ids(c))
		return reread_creds(c);
	if (gid != KEEP)
		p->gid = gid;
	if (egid != KEEP)
		p->egid = egid;
	if (sgid != KEEP)
		p->sgid = sgid;
	return 0;
}

static int on_setuid(const struct change *c)
{
	bool all = c->e->p.cap_effective & CAP_BIT_SETUID;
	uint32_t id = arg32(c, 0);

	return set_uids(c, all ? id : KEEP, id, all ? id : KEEP);
}

static int on_setgid(const struct change *c)
{
	bool all = c->e->p.cap_effective & CAP_BIT_SETGID;
	uint32_t id = arg32(c, 0);

	return set_gids(c, all ? id : KEEP, id, all ? id : KEEP);
}

/* The saved id follows the effective one if the real one is given or it is a new one. */
static uint32_t saved_id(uint32_t old_real, uint32_t real, uint32_t effective, uint32_t old_eff)
{
	if (real != KEEP || (effective != KEEP && effective != old_real))
		return effective != KEEP ? effective : old_eff;
	return KEEP;
}

static int on_setreuid(const struct change *c)
{
	const struct eyas_proc *p = &c->e->p;
	uint32_t r = arg32(c, 0), e = arg32(c, 1);

	return set_uids(c, r, e, saved_id(p->uid, r, e, p->euid));
}

static int on_setregid(const struct change *c)
{
	const struct eyas_proc *p = &c->e->p;
	uint32_t r = arg32(c, 0), e = arg32(c, 1);

	return set_gids(c, r, e, saved_id(p->gid, r, e, p->egid));
}

static int on_setresuid(const struct change *c)
{
	return set_uids(c, arg32(c, 0), arg32(c, 1), arg32(c, 2));
}

static int on_setresgid(const struct change *c)
{
	return set_gids(c, arg32(c, 0), arg32(c, 1), arg32(c, 2));
}

static int on_capset(const struct change *c)
{
	return reread_creds(c);		/* the sets are behind a pointer */
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

static int on_prctl(const struct change *c)
{
	const struct eyas_event_blob *b = eyas_event_blob(c->ev, EYAS_BLOB_STRING, 1);

	/* A thread's name is its own; the first thread's is that of the process. */
	if (arg32(c, 0) != PR_SET_NAME || c->ev->tid != c->ev->pid)
		return 0;
	if (b)
		return eyas_proctab_set_comm(c->e, b->data, b->len);
	if (!c->en->live || eyas_procfs_read(&c->en->pf, c->en->root, c->e->p.pid) < 0)
		return 0;
	return eyas_proctab_set_comm(c->e, c->en->pf.task.comm, sizeof(c->en->pf.task.comm));
}

/* The kernel's name of what the call was about, if it came along. */
static struct eyas_text real_path(const struct eyas_event *ev)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_FILE_PATH,
							  EYAS_BLOB_NO_ARG);

	return b && b->len ? (struct eyas_text){ b->data, b->len } : (struct eyas_text){ 0 };
}

static int set_cwd(const struct change *c, struct eyas_text path)
{
	struct eyas_shared *cwd;

	if (!path.len || path.p[0] != '/')
		return 0;
	cwd = eyas_shared_create(path.p, path.len);
	if (!cwd)
		return -ENOMEM;
	eyas_proctab_set_cwd(c->e, cwd);
	return 0;
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

/* The path is the first argument of kind PATH. */
static int on_open(const struct change *c)
{
	const struct eyas_file *file = eyas_event_file(c->ev, EYAS_BLOB_FILE);
	struct eyas_text path = real_path(c->ev);
	char type = file ? eyas_fd_type_of_mode(file->mode, file->flags) : 0;
	int r = -ENOENT;

	for (unsigned int i = 0; !path.len && c->ev->sc && i < c->ev->sc->nargs; i++) {
		if (c->ev->sc->args[i].kind != EYAS_KIND_PATH)
			continue;
		r = eyas_enrich_path(c->en, c->ev, i, &c->en->scratch, &path);
		if (r == -ENOMEM)
			return r;
		break;
	}
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
	{ "setuid",		on_setuid,	0, CLOEXEC_NEVER },
	{ "setgid",		on_setgid,	0, CLOEXEC_NEVER },
	{ "setreuid",		on_setreuid,	0, CLOEXEC_NEVER },
	{ "setregid",		on_setregid,	0, CLOEXEC_NEVER },
	{ "setresuid",		on_setresuid,	0, CLOEXEC_NEVER },
	{ "setresgid",		on_setresgid,	0, CLOEXEC_NEVER },
	{ "capset",		on_capset,	0, CLOEXEC_NEVER },
	{ "setsid",		on_setsid,	0, CLOEXEC_NEVER },
	{ "setpgid",		on_setpgid,	0, CLOEXEC_NEVER },
	{ "prctl",		on_prctl,	0, CLOEXEC_NEVER },
	{ "chdir",		on_chdir,	0, CLOEXEC_NEVER },
	{ "fchdir",		on_fchdir,	0, CLOEXEC_NEVER },
	{ "open",		on_open,	'f', 1 },
	{ "openat",		on_open,	'f', 2 },
	{ "openat2",		on_open,	'f', CLOEXEC_NEVER },
	{ "open_by_handle_at",	on_open,	'f', 2 },
	{ "creat",		on_open,	'f', CLOEXEC_NEVER },
	{ "socket",		on_socket,	'o', 1 },
	{ "accept",		on_accept,	'o', CLOEXEC_NEVER },
	{ "accept4",		on_accept,	'o', 3 },
	{ "dup",		on_dup,		0, CLOEXEC_NEVER },
	{ "dup2",		on_dup,		0, CLOEXEC_NEVER },
	{ "dup3",		on_dup,		0, 2 },
	{ "fcntl",		on_fcntl,	0, CLOEXEC_NEVER },
	{ "close",		on_close,	0, CLOEXEC_NEVER },
	{ "close_range",	on_close_range,	0, CLOEXEC_NEVER },
	{ "eventfd",		on_make,	'e', CLOEXEC_NEVER },
	{ "eventfd2",		on_make,	'e', 1 },
	{ "epoll_create",	on_make,	'l', CLOEXEC_NEVER },
	{ "epoll_create1",	on_make,	'l', 0 },
	{ "signalfd",		on_make,	's', CLOEXEC_NEVER },
	{ "signalfd4",		on_make,	's', 3 },
	{ "timerfd_create",	on_make,	't', 1 },
	{ "inotify_init",	on_make,	'i', CLOEXEC_NEVER },
	{ "inotify_init1",	on_make,	'i', 0 },
	{ "memfd_create",	on_memfd,	'm', CLOEXEC_NEVER },
	{ "pidfd_open",		on_make,	'P', CLOEXEC_ALWAYS },
	{ "io_uring_setup",	on_make,	'r', CLOEXEC_ALWAYS },
	{ "userfaultfd",	on_make,	'u', 0 },
};
/* clang-format on */

#define EFFECTS	(sizeof(effects) / sizeof(*effects))

void eyas_effects_init(uint8_t map[EYAS_EVT_MAX])
{
	_Static_assert(EFFECTS < UINT8_MAX, "an effect is a byte");
	memset(map, 0, EYAS_EVT_MAX);
	for (size_t i = 0; i < EFFECTS; i++) {
		int t = eyas_evtype_by_name(effects[i].name);

		if (t >= 0 && t < EYAS_NR_MAX)
			map[t] = (uint8_t)(i + 1);
	}
}

int eyas_effects_apply(struct eyas_enrich *en, uint8_t which, const struct eyas_event *ev,
		       struct eyas_entry *e)
{
	const struct change c = { en, ev, e, &effects[which - 1] };

	return c.row->apply(&c);
}
