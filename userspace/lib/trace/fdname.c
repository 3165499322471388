// SPDX-License-Identifier: Apache-2.0
/* Descriptors, directories and pids, by what the process table knows; and paths to filter by. */
#include "trace/fdname.h"

#include <errno.h>
#include <string.h>
#include "event/callnr.h"
#include "event/evtype.h"

/* Names as /proc/PID/fd has them; what else the table has is for rules. */
static bool is_proc_name(struct eyas_text name)
{
	static const char *const prefixes[] = { "/", "pipe:[", "socket:[", "anon_inode:" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t len = strlen(prefixes[i]);

		if (name.len >= len && !memcmp(name.p, prefixes[i], len))
			return true;
	}
	return false;
}

static bool known_fd(struct eyas_trace *t, uint32_t pid, int num, struct eyas_text *ret)
{
	struct eyas_fd fd;

	if (eyas_enrich_fd(t->en, eyas_enrich_proc(t->en, pid), num, &fd) < 0 ||
	    !is_proc_name(fd.name))
		return false;
	*ret = fd.name;
	return true;
}

static bool sees_closes(const struct eyas_trace *t)
{
	return eyas_callset_has(&t->o->calls, EYAS_ABI_X86_64, SYS_close);
}

static bool hook_fd(void *arg, const struct eyas_event *ev, int fd, struct eyas_decode_fd *ret)
{
	struct eyas_trace *t = arg;
	struct eyas_text name;

	/* What was learned is right as long as it is seen to end, else the better guess is what is now. */
	if (sees_closes(t) && eyas_fdmemory_get(&t->fds, ev->pid, fd, ret))
		return true;
	if (!known_fd(t, ev->pid, fd, &name))
		return eyas_fdmemory_get(&t->fds, ev->pid, fd, ret);
	ret->path = name.p;
	ret->len = name.len;
	return true;
}

static bool hook_cwd(void *arg, const struct eyas_event *ev, const char **ret, size_t *ret_len)
{
	const struct eyas_trace *t = arg;
	const struct eyas_proc *p = eyas_enrich_proc(t->en, ev->pid);

	if (!p || !p->cwd.len)
		return false;
	*ret = p->cwd.p;
	*ret_len = p->cwd.len;
	return true;
}

/* The task that an argument with this value names, as the kernel found it. */
static const struct eyas_target *told_task(const struct eyas_event *ev, int pid)
{
	const __u64 *args = ev->sys ? ev->sys->args : ev->enter ? ev->enter->args : NULL;

	for (unsigned int i = 0; args && i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->kind == EYAS_BLOB_TASK && b->arg < 6 && (int)args[b->arg] == pid)
			return (const void *)b->data;
	}
	return NULL;
}

static bool hook_comm(void *arg, const struct eyas_event *ev, int pid, char ret[16])
{
	const struct eyas_trace *t = arg;
	const struct eyas_target *target = told_task(ev, pid);
	const struct eyas_proc *p;
	size_t len;

	memset(ret, 0, 16);
	if (target) {
		memcpy(ret, target->comm, sizeof(target->comm));
		return true;
	}
	/* In another namespace the number would be of somebody else. */
	p = eyas_enrich_proc(t->en, ev->pid);
	if (!p || p->vpid != p->pid)
		return false;
	p = eyas_enrich_proc(t->en, (uint32_t)pid);
	if (!p || !p->comm.len)
		return false;
	len = p->comm.len < 15 ? p->comm.len : 15;
	memcpy(ret, p->comm.p, len);
	return true;
}

void eyas_fdname_hooks(struct eyas_trace *t, struct eyas_decode_hooks *ret)
{
	ret->fd = hook_fd;
	ret->cwd = hook_cwd;
	ret->comm = hook_comm;
	ret->arg = t;
}

/* ---- -P ---- */

static bool is_listed(const struct eyas_trace *t, const char *p, size_t len)
{
	for (size_t i = 0; i < t->o->paths.len; i++)
		if (strlen(t->o->paths.data[i]) == len && !memcmp(t->o->paths.data[i], p, len))
			return true;
	return false;
}

/* What was copied is what its copy is. */
static const struct eyas_event_blob *path_of(const struct eyas_event *ev, unsigned int n)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_FILE_PATH, (uint8_t)n);

	if (b || n || !eyas_evtype_copies(ev->evtype))
		return b;
	return eyas_event_blob(ev, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG);
}

static bool fd_is_listed(struct eyas_trace *t, const struct eyas_event *ev, unsigned int n, int fd)
{
	const struct eyas_event_blob *b = path_of(ev, n);
	struct eyas_text name;

	if (b)
		return is_listed(t, b->data, b->len);
	return fd >= 0 && known_fd(t, ev->pid, fd, &name) && is_listed(t, name.p, name.len);
}

static bool arg_is_listed(struct eyas_trace *t, const struct eyas_event *ev, unsigned int n,
			  uint64_t value)
{
	const struct eyas_event_blob *b;

	switch ((enum eyas_kind)ev->sc->args[n].kind) {
	case EYAS_KIND_PATH:
		b = eyas_event_blob(ev, EYAS_BLOB_STRING, (uint8_t)n);
		return b && is_listed(t, b->data, b->len);
	case EYAS_KIND_FD:
	case EYAS_KIND_DIRFD:
		return fd_is_listed(t, ev, n, (int)value);
	default:
		return false;
	}
}

bool eyas_fdname_on_path(struct eyas_trace *t, const struct eyas_event *ev)
{
	const __u64 *args = ev->sys ? ev->sys->args : ev->enter ? ev->enter->args : NULL;
	const struct eyas_event_blob *b;

	if (ev->type == EYAS_REC_EXEC) {
		b = eyas_event_blob(ev, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG);
		return b && is_listed(t, b->data, b->len);
	}
	for (unsigned int n = 0; args && ev->sc && n < ev->sc->nargs; n++)
		if (arg_is_listed(t, ev, n, args[n]))
			return true;
	return false;
}
