// SPDX-License-Identifier: Apache-2.0
/* All that is known of processes, users and addresses as items, and back. */
#include "enrich/snapshot.h"

#include <errno.h>
#include <string.h>
#include "enrich/cgroup.h"
#include "enrich/live.h"
#include "enrich/state.h"
#include "enrich/threadset.h"
#include "source/capture_items.h"

#define TEXT_PART	(512U << 10)	/* bytes of one item of lines */
#define FDS_MAX		4096		/* descriptors of one process */
#define CGROUPS_MAX	65536		/* taken in */
#define LOAD_MAX	(1ULL << 30)	/* bytes taken in: what small files can blow up to */

#define entry_of(l) ((struct eyas_entry *)(void *)((char *)(l)-offsetof(struct eyas_entry, link)))

/* ---- saving ---- */

/* Whole lines of @text as items. */
static void put_lines(struct eyas_strbuf *out, uint16_t type, const struct eyas_strbuf *text)
{
	const char *p = text->buf;
	size_t left = text->len;

	while (left) {
		const char *end = left > TEXT_PART ? memrchr(p, '\n', TEXT_PART) : p + left - 1;
		size_t len = end ? (size_t)(end - p) + 1 : left;

		eyas_item_put(out, type, p, len);
		p += len;
		left -= len;
	}
}

static void save_names(struct eyas_enrich *en, struct eyas_strbuf *out)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	eyas_users_save(&en->users, &en->users.passwd, &text);
	put_lines(out, EYAS_CAPTURE_PASSWD, &text);
	eyas_strbuf_reset(&text);
	eyas_users_save(&en->users, &en->users.group, &text);
	put_lines(out, EYAS_CAPTURE_GROUP, &text);
	eyas_strbuf_reset(&text);
	eyas_hosts_save(&en->hosts, &text);
	put_lines(out, EYAS_CAPTURE_HOSTS, &text);
}

struct saving {
	struct eyas_enrich *en;
	struct eyas_entry *e;
	struct eyas_strbuf *out;
	unsigned int fds;
};

static int save_fd(const struct eyas_fd *fd, void *arg)
{
	struct saving *s = arg;
	const struct eyas_fdtab_fd *known = eyas_fdtab_get(s->e->fds, fd->num);
	struct eyas_fdtab_fd new = { .num = fd->num, .type = fd->type, .proto = fd->proto };
	struct eyas_capture_fd item = {
		.num = fd->num,
		.type = (uint8_t)fd->type,
		.proto = (uint8_t)fd->proto,
		.cloexec = known && known->cloexec,
	};

	if (s->fds++ >= FDS_MAX)
		return 1;
	eyas_item_put2(s->out, EYAS_CAPTURE_FD, &item, sizeof(item), fd->name.p, fd->name.len);
	/* Later snapshots go by the table, if the events tell what is closed. */
	if (known)
		return 0;
	return eyas_fdtab_set(&s->e->fds, &s->en->tab.pool, &new, fd->name.p, fd->name.len);
}

/* What the table has, and no look at /proc. */
static int save_known_fds(struct saving *s)
{
	const struct eyas_fdtab *t = s->e->fds;
	int r = 0;

	for (uint32_t i = 0; t && i < t->len && !r; i++) {
		struct eyas_fd fd = { t->fds[i].num, t->fds[i].type, t->fds[i].proto, { 0 } };

		if (t->fds[i].name)
			fd.name = (struct eyas_text){ t->fds[i].name->text, t->fds[i].name->len };
		r = save_fd(&fd, s);
	}
	return r;
}

static int save_fds(struct saving *s)
{
	bool table = !s->en->live || (s->en->closes_seen && s->en->fds_saved);
	int r = table ? save_known_fds(s) : eyas_live_each_known_fd(s->en, &s->e->p, save_fd, s);

	return r == -ENOMEM ? r : 0;
}

static void put_text(struct eyas_strbuf *out, uint16_t type, struct eyas_text t)
{
	if (t.p)
		eyas_item_put(out, type, t.p, t.len);
}

static void save_task(const struct eyas_entry *e, struct eyas_strbuf *out)
{
	const struct eyas_proc *p = &e->p;
	struct eyas_capture_proc item = {
		.pid = p->pid,
		.threads = p->threads,
		.flags = (p->exited ? EYAS_CAPTURE_PROC_F_EXITED : 0) |
			 (e->coarse ? EYAS_CAPTURE_PROC_F_COARSE : 0),
		.start_real = p->start_real,
		.task = {
			.start_time = p->start_time, .cgroup = p->cgroup,
			.cap_inheritable = p->cap_inheritable, .cap_permitted = p->cap_permitted,
			.cap_effective = p->cap_effective, .ppid = p->ppid, .vtid = p->vpid,
			.vpid = p->vpid, .pgid = p->pgid, .sid = p->sid, .vpgid = p->vpgid,
			.vsid = p->vsid, .tty = p->tty, .uid = p->uid, .euid = p->euid,
			.suid = p->suid, .fsuid = p->euid, .gid = p->gid, .egid = p->egid,
			.sgid = p->sgid, .fsgid = p->egid, .loginuid = p->loginuid,
			.sessionid = p->sessionid, .ns_pid = p->ns_pid, .ns_net = p->ns_net,
			.ns_user = p->ns_user, .ns_mnt = p->ns_mnt, .exec_flags = p->exec_flags,
		},
	};

	memcpy(item.task.comm, e->comm, sizeof(item.task.comm));
	eyas_item_put(out, EYAS_CAPTURE_PROC_TASK, &item, sizeof(item));
}

static void save_thread(const struct eyas_thread *th, struct eyas_strbuf *out)
{
	const struct eyas_self *s = &th->self;
	struct eyas_capture_thread item = {
		.tid = th->tid,
		.own_fs = s->own_fs,
		.task = {
			.cap_inheritable = s->cap_inheritable, .cap_permitted = s->cap_permitted,
			.cap_effective = s->cap_effective, .uid = s->uid, .euid = s->euid,
			.suid = s->suid, .gid = s->gid, .egid = s->egid, .sgid = s->sgid,
			.ns_net = s->ns_net, .ns_user = s->ns_user, .ns_mnt = s->ns_mnt,
		},
	};

	memcpy(item.task.comm, s->comm, sizeof(item.task.comm));
	eyas_item_put2(out, EYAS_CAPTURE_THREAD, &item, sizeof(item), s->cwd ? s->cwd->text : NULL,
		       s->cwd ? s->cwd->len : 0);
}

static void save_threads(const struct eyas_entry *e, struct eyas_strbuf *out)
{
	if (e->others)
		save_thread(e->others, out);
	for (const struct eyas_thread *th = e->listed; th; th = th->next)
		save_thread(th, out);
}

static void save_image(const struct eyas_image *im, struct eyas_strbuf *out)
{
	struct eyas_capture_exe item = {
		.exec_real = im->exec_real,
		.flags = im->exec_flags,
		.argv_full = im->argv_full,
	};

	memcpy(item.comm, im->comm, sizeof(item.comm));
	eyas_item_put(out, EYAS_CAPTURE_PROC_EXE, &item, sizeof(item));
	put_text(out, EYAS_CAPTURE_EXE_PATH, im->exepath);
	put_text(out, EYAS_CAPTURE_EXE_NAME, im->exename);
	put_text(out, EYAS_CAPTURE_ARGV, im->argv);
	put_text(out, EYAS_CAPTURE_ENVP, im->envp);
	if (im->has_exe_file)
		eyas_item_put(out, EYAS_CAPTURE_EXE_FILE, &im->exe_file, sizeof(im->exe_file));
}

static int save_proc(struct eyas_enrich *en, struct eyas_entry *e, struct eyas_strbuf *out)
{
	struct saving s = { .en = en, .e = e, .out = out };
	size_t begun = eyas_item_begin(out, EYAS_CAPTURE_PROC);
	const char *container = eyas_enrich_container(en, &e->p);
	int r = 0;

	save_task(e, out);
	if (e->image)
		save_image(e->image, out);
	put_text(out, EYAS_CAPTURE_CWD, e->p.cwd);
	save_threads(e, out);
	if (container)
		eyas_item_put(out, EYAS_CAPTURE_CONTAINER, container, strlen(container));
	if (!e->p.exited)
		r = save_fds(&s);
	eyas_item_end(out, begun);
	return r;
}

/* The next one below the same root: a parent, then its children, those first that were first. */
static struct eyas_entry *next_below(struct eyas_entry *e)
{
	if (e->first_child) {
		for (e = e->first_child; e->next_sibling;)
			e = e->next_sibling;
		return e;
	}
	while (e && !e->prev_sibling)
		e = e->parent;
	return e ? e->prev_sibling : NULL;
}

static int save_procs(struct eyas_enrich *en, struct eyas_strbuf *out)
{
	/* Ended ones first: their pid may be that of another by now. */
	struct eyas_link *heads[] = { &en->tab.kept, &en->tab.live };
	int r = 0;

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		for (struct eyas_link *l = heads[i]->next; l != heads[i] && !r; l = l->next) {
			struct eyas_entry *e = entry_of(l);

			if (e->parent)
				continue;
			for (; e && !r; e = next_below(e))
				if (!e->unknown && (!e->p.exited || e->first_child))
					r = save_proc(en, e, out);
		}
	return r;
}

static int save_cgroup(struct eyas_enrich *en, uint64_t cgroup, const char *id,
		       struct eyas_strbuf *out)
{
	eyas_item_put2(out, EYAS_CAPTURE_CGROUP, &cgroup, sizeof(cgroup), id, strlen(id));
	return eyas_map_set(&en->cgroups_saved, cgroup, en);
}

int eyas_enrich_save(struct eyas_enrich *en, struct eyas_strbuf *out, struct eyas_err *err)
{
	uint64_t cgroup;
	size_t pos = 0;
	void *id;
	int r;

	eyas_enrich_finish_close(en);
	if (en->boot_known)
		eyas_item_put(out, EYAS_CAPTURE_BOOT_TIME, &en->boot_real, sizeof(en->boot_real));
	save_names(en, out);
	r = save_procs(en, out);
	if (en->live)
		en->fds_saved = true;
	while (!r && eyas_map_next(&en->containers, &pos, &cgroup, &id))
		r = save_cgroup(en, cgroup, id, out);
	if (!r && eyas_strbuf_ok(out))
		return 0;
	return eyas_err_set(err, -ENOMEM, "cannot save the state of processes: out of memory");
}

int eyas_enrich_save_cgroup(struct eyas_enrich *en, const struct eyas_event *ev,
			    struct eyas_strbuf *out)
{
	char id[EYAS_CONTAINER_ID_MAX + 1];
	uint64_t cgroup = ev->task ? ev->task->cgroup : 0;

	if (!cgroup || !en->live || eyas_map_get(&en->cgroups_saved, cgroup))
		return 0;
	/* If it is gone already, the next one of that cgroup will tell. */
	if (eyas_procfs_cgroup(en->root, ev->fork ? ev->fork->child_pid : ev->pid, &en->tmp) < 0 ||
	    !en->tmp.len)
		return 0;
	eyas_cgroup_container(en->tmp.buf, id);
	return save_cgroup(en, cgroup, id, out);
}

/* ---- loading ---- */

void eyas_enrich_detach(struct eyas_enrich *en)
{
	en->live = false;
	eyas_users_detach(&en->users);
	eyas_hosts_detach(&en->hosts);
}

/* What the items of one process tell; texts are in the items. */
struct loading {
	struct eyas_capture_proc proc;
	struct eyas_capture_exe exe;
	struct eyas_file exe_file;
	struct eyas_image_spec spec;
	struct eyas_text cwd, container;
	bool has_proc, has_exe;
};

static struct eyas_text text_of(struct eyas_bytes b)
{
	return (struct eyas_text){ (const char *)b.p, eyas_bytes_left(&b) };
}

static void load_item(struct loading *l, uint16_t type, struct eyas_bytes data)
{
	switch (type) {
	case EYAS_CAPTURE_PROC_TASK:
		eyas_item_struct(&data, &l->proc, sizeof(l->proc));
		l->has_proc = true;
		break;
	case EYAS_CAPTURE_PROC_EXE:
		eyas_item_struct(&data, &l->exe, sizeof(l->exe));
		l->has_exe = true;
		break;
	case EYAS_CAPTURE_EXE_FILE:
		eyas_item_struct(&data, &l->exe_file, sizeof(l->exe_file));
		l->spec.exe_file = &l->exe_file;
		break;
	case EYAS_CAPTURE_EXE_PATH:
		l->spec.exepath = text_of(data);
		break;
	case EYAS_CAPTURE_EXE_NAME:
		l->spec.exename = text_of(data);
		break;
	case EYAS_CAPTURE_ARGV:
		l->spec.argv = text_of(data);
		break;
	case EYAS_CAPTURE_ENVP:
		l->spec.envp = text_of(data);
		break;
	case EYAS_CAPTURE_CWD:
		l->cwd = text_of(data);
		break;
	case EYAS_CAPTURE_CONTAINER:
		l->container = text_of(data);
		break;
	default:
		break;
	}
}

static int load_fd(struct eyas_enrich *en, struct eyas_entry *e, struct eyas_bytes data)
{
	struct eyas_capture_fd item;
	struct eyas_fdtab_fd fd = { .num = 0 };

	eyas_item_struct(&data, &item, sizeof(item));
	fd.num = item.num;
	fd.type = (char)item.type;
	fd.proto = (char)item.proto;
	fd.cloexec = item.cloexec;
	return eyas_fdtab_set(&e->fds, &en->tab.pool, &fd, (const char *)data.p,
			      eyas_bytes_left(&data));
}

static int load_thread(struct eyas_enrich *en, struct eyas_entry *e, struct eyas_bytes data)
{
	struct eyas_capture_thread item;
	struct eyas_shared *cwd = NULL;
	struct eyas_self self;
	int r;

	eyas_item_struct(&data, &item, sizeof(item));
	eyas_self_of_task(&self, &item.task);
	if (item.own_fs) {
		cwd = eyas_shared_create((const char *)data.p, eyas_bytes_left(&data));
		if (!cwd)
			return -ENOMEM;
		self.own_fs = true;
		self.cwd = cwd;
	}
	if (!item.tid)
		r = eyas_thread_set_others(e, &self);
	else
		r = item.tid == e->p.pid ? 0 : eyas_thread_set(&en->tab, e, item.tid, &self);
	eyas_shared_unref(cwd);
	return r;
}

static int load_image(struct eyas_entry *e, struct loading *l)
{
	struct eyas_image *im;
	int r;

	if (!l->has_exe)
		return eyas_proctab_set_comm(e, l->proc.task.comm, sizeof(l->proc.task.comm));
	l->spec.comm = l->exe.comm;
	l->spec.exec_real = l->exe.exec_real;
	l->spec.exec_flags = l->exe.flags;
	l->spec.argv_full = l->exe.argv_full;
	im = eyas_image_create(&l->spec);
	if (!im)
		return -ENOMEM;
	r = eyas_proctab_set_image(e, im, l->proc.task.comm);
	eyas_image_unref(im);
	return r;
}

static int load_rest(struct eyas_entry *e, const struct loading *l)
{
	struct eyas_shared *cwd;

	if (l->cwd.p) {
		cwd = eyas_shared_create(l->cwd.p, l->cwd.len);
		if (!cwd)
			return -ENOMEM;
		eyas_proctab_set_cwd(e, cwd);
	}
	if (l->container.p && l->container.len <= EYAS_CONTAINER_ID_MAX) {
		e->container = strndup(l->container.p, l->container.len);
		e->container_cgroup = e->p.cgroup;
		e->container_known = e->container != NULL;
	}
	return 0;
}

static int load_proc(struct eyas_enrich *en, struct eyas_bytes items)
{
	struct loading l = { .has_proc = false };
	struct eyas_bytes rest = items, data;
	struct eyas_entry *e;
	uint16_t type;
	int r, n;

	while ((n = eyas_item_next(&rest, &type, &data)) > 0)
		load_item(&l, type, data);
	if (n < 0 || !l.has_proc || !l.proc.pid)
		return -EBADMSG;
	r = eyas_proctab_add(&en->tab, l.proc.pid, eyas_proctab_find(&en->tab, l.proc.task.ppid),
			     &e);
	if (r)
		return r;
	eyas_proctab_set_task(&en->tab, e, &l.proc.task);
	e->coarse = l.proc.flags & EYAS_CAPTURE_PROC_F_COARSE;
	e->p.threads = l.proc.threads;
	e->p.start_real = l.proc.start_real;
	r = load_image(e, &l);
	if (!r)
		r = load_rest(e, &l);
	while (!r && eyas_item_next(&items, &type, &data) > 0) {
		if (type == EYAS_CAPTURE_FD)
			r = load_fd(en, e, data);
		else if (type == EYAS_CAPTURE_THREAD)
			r = load_thread(en, e, data);
	}
	if (!r && l.proc.flags & EYAS_CAPTURE_PROC_F_EXITED)
		eyas_proctab_exit(&en->tab, e);
	return r;
}

static int load_cgroup(struct eyas_enrich *en, struct eyas_bytes data)
{
	uint64_t cgroup;
	char *id, *old;
	int r;

	if (!eyas_bytes_get(&data, &cgroup, sizeof(cgroup)) || !cgroup ||
	    eyas_bytes_left(&data) > EYAS_CONTAINER_ID_MAX)
		return -EBADMSG;
	if (en->containers.len >= CGROUPS_MAX)
		return 0;
	id = strndup((const char *)data.p, eyas_bytes_left(&data));
	if (!id)
		return -ENOMEM;
	old = eyas_map_del(&en->containers, cgroup);
	r = eyas_map_set(&en->containers, cgroup, id);
	free(r ? id : NULL);
	free(old);
	return r;
}

static int load_top(struct eyas_enrich *en, uint16_t type, struct eyas_bytes data)
{
	switch (type) {
	case EYAS_CAPTURE_BOOT_TIME:
		eyas_item_struct(&data, &en->boot_real, sizeof(en->boot_real));
		en->boot_known = en->boot_real != 0;
		return 0;
	case EYAS_CAPTURE_PASSWD:
		return eyas_users_give(&en->users.passwd, (const char *)data.p,
				       eyas_bytes_left(&data));
	case EYAS_CAPTURE_GROUP:
		return eyas_users_give(&en->users.group, (const char *)data.p,
				       eyas_bytes_left(&data));
	case EYAS_CAPTURE_HOSTS:
		return eyas_hosts_give(&en->hosts, (const char *)data.p, eyas_bytes_left(&data));
	case EYAS_CAPTURE_PROC:
		return load_proc(en, data);
	case EYAS_CAPTURE_CGROUP:
		return load_cgroup(en, data);
	default:
		return 0;
	}
}

int eyas_enrich_load(struct eyas_enrich *en, struct eyas_bytes items, struct eyas_err *err)
{
	struct eyas_bytes data;
	uint16_t type = 0;
	int r = 0, n;

	en->changes++;
	en->loaded += eyas_bytes_left(&items);
	if (en->loaded > LOAD_MAX)
		return eyas_err_set(err, -EFBIG, "more state than can be taken in");
	while ((n = eyas_item_next(&items, &type, &data)) > 0 && !r)
		r = load_top(en, type, data);
	if (n < 0)
		return eyas_err_set(err, -EBADMSG, "state that does not fit the block");
	if (r == -EBADMSG)
		return eyas_err_set(err, r, "an item of type %u that can't be", (unsigned int)type);
	return r ? eyas_err_set(err, r, "cannot take in the state: out of memory") : 0;
}

/* ---- what has to be seen ---- */

bool eyas_enrich_wants(const struct eyas_enrich *en, const struct eyas_record *rec)
{
	const struct eyas_syscall *sc;

	switch (rec->type) {
	case EYAS_REC_SYS_EXIT:
		sc = eyas_syscall_by_nr(rec->abi & (uint8_t)~EYAS_ABI_GATE32, rec->nr);
		return sc && sc->evtype < EYAS_EVT_MAX && en->effects[sc->evtype];
	case EYAS_REC_SYS_ENTER:
	case EYAS_REC_LOSS:
		return false;
	default:
		return true;
	}
}
