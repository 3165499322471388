// SPDX-License-Identifier: Apache-2.0
/* Descriptors and path arguments of the current event. The kernel's name comes
 * with the event where it can; this is for the rest. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "enrich/fds.h"
#include "enrich/path.h"
#include "enrich/state.h"

char eyas_fd_type_of_mode(uint32_t mode, uint32_t file_flags)
{
	if (file_flags & EYAS_FILE_F_MEMFD)
		return 'm';
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return 'd';
	case S_IFIFO:
		return 'p';
	case S_IFSOCK:
		return 'u';
	case S_IFREG:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFLNK:
		return 'f';
	default:
		return 0;
	}
}

char eyas_fd_type_of_domain(uint32_t domain)
{
	switch (domain) {
	case AF_INET:
		return '4';
	case AF_INET6:
		return '6';
	case AF_UNIX:
		return 'u';
	case AF_NETLINK:
		return 'n';
	default:
		return 'o';
	}
}

char eyas_fd_proto(uint32_t domain, uint32_t type, uint32_t protocol)
{
	if (domain != AF_INET && domain != AF_INET6)
		return 0;
	switch (type & 0xf) {
	case SOCK_STREAM:
		return 't';
	case SOCK_DGRAM:
		return protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6 ? 'i' : 'u';
	case SOCK_RAW:
		return 'r';
	default:
		return 0;
	}
}

/* What /proc/PID/fd links read for things that are no files. */
static const struct {
	const char *prefix;
	char type;
} links[] = {
	{ "pipe:", 'p' },
	{ "anon_inode:[eventfd]", 'e' },
	{ "anon_inode:[eventpoll]", 'l' },
	{ "anon_inode:[signalfd]", 's' },
	{ "anon_inode:[timerfd]", 't' },
	{ "anon_inode:inotify", 'i' },
	{ "anon_inode:[io_uring]", 'r' },
	{ "anon_inode:[userfaultfd]", 'u' },
	{ "anon_inode:[pidfd]", 'P' },
	{ "pidfd:", 'P' },
	{ "anon_inode:bpf", 'b' },
	{ "/memfd:", 'm' },
};

char eyas_fd_type_of_link(struct eyas_text link)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		size_t n = strlen(links[i].prefix);

		if (link.len >= n && !memcmp(link.p, links[i].prefix, n))
			return links[i].type;
	}
	return 0;
}

/* Of which family, the link does not tell. */
static bool is_socket(struct eyas_text link)
{
	return link.len > 7 && !memcmp(link.p, "socket:", 7);
}

static int from_link(struct eyas_enrich *en, uint32_t pid, struct eyas_fd *fd)
{
	struct eyas_text link;
	uint32_t mode;
	char *own;
	int r;

	r = eyas_procfs_fd(en->root, pid, fd->num, &en->tmp, &mode);
	if (r < 0)
		return r;
	link = (struct eyas_text){ en->tmp.buf, en->tmp.len };
	fd->type = eyas_fd_type_of_link(link);
	if (!fd->type && !is_socket(link))
		fd->type = eyas_fd_type_of_mode(mode, 0);
	if (link.p[0] == '/')
		link = eyas_path_strip_deleted(link);
	own = eyas_arena_strndup(&en->scratch, link.p, link.len);
	if (!own)
		return -ENOMEM;
	fd->name = (struct eyas_text){ own, link.len };
	return 0;
}

static int from_table(const struct eyas_entry *e, struct eyas_fd *fd)
{
	const struct eyas_fdtab_fd *known = eyas_fdtab_get(e->fds, fd->num);

	if (!known)
		return -ENOENT;
	fd->type = known->type;
	fd->proto = known->proto;
	if (known->name)
		fd->name = (struct eyas_text){ known->name->text, known->name->len };
	return 0;
}

/*
 * The table is right for the time of the event if closing is recorded too.
 * If it is not, what the descriptor is now is the better guess.
 */
static int look_up(struct eyas_enrich *en, const struct eyas_entry *e, struct eyas_fd *fd)
{
	int r;

	if (en->closes_seen) {
		r = from_table(e, fd);
		if (r == -ENOENT && en->live && !e->p.exited)
			r = from_link(en, e->p.pid, fd);
		return r;
	}
	r = -ENOENT;
	if (en->live && !e->p.exited)
		r = from_link(en, e->p.pid, fd);
	if (r == -ENOENT)
		return from_table(e, fd);
	if (r == 0 && !fd->type) { /* a socket: the table may know of which kind */
		struct eyas_fd known = { .num = fd->num };

		if (from_table(e, &known) == 0 && strchr("46un", known.type)) {
			fd->type = known.type;
			fd->proto = known.proto;
		}
	}
	return r;
}

int eyas_enrich_fd(struct eyas_enrich *en, const struct eyas_proc *p, int32_t num,
		   struct eyas_fd *ret)
{
	const struct eyas_entry *e = (const struct eyas_entry *)(const void *)p;
	struct eyas_fd fd = { .num = num };
	int r;

	if (!p || num < 0)
		return -ENOENT;
	if (!en->last_fd.valid || en->last_fd.pid != p->pid || en->last_fd.fd.num != num) {
		r = look_up(en, e, &fd);
		en->last_fd.pid = p->pid;
		en->last_fd.fd = fd;
		en->last_fd.r = r;
		en->last_fd.valid = true;
	}
	if (en->last_fd.r == 0)
		*ret = en->last_fd.fd;
	return en->last_fd.r;
}

int eyas_enrich_dirfd_arg(const struct eyas_event *ev, unsigned int n)
{
	if (!ev->sc || n == 0 || n >= ev->sc->nargs)
		return -1;
	return ev->sc->args[n - 1].kind == EYAS_KIND_DIRFD ? (int)n - 1 : -1;
}

/* What path argument @n is relative to; nothing: not known. */
static struct eyas_text base_of(struct eyas_enrich *en, const struct eyas_event *ev, unsigned int n)
{
	int dirfd = eyas_enrich_dirfd_arg(ev, n);
	struct eyas_fd fd;

	if (dirfd < 0 || !ev->sys || (int32_t)ev->sys->args[dirfd] == AT_FDCWD)
		return eyas_enrich_cwd(en, ev);
	if (eyas_enrich_fd(en, eyas_enrich_proc(en, ev->pid), (int32_t)ev->sys->args[dirfd],
			   &fd) == 0 &&
	    fd.name.len && fd.name.p[0] == '/')
		return fd.name;
	return (struct eyas_text){ 0 };
}

int eyas_enrich_path(struct eyas_enrich *en, const struct eyas_event *ev, unsigned int n,
		     struct eyas_arena *arena, struct eyas_text *ret)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_STRING, (uint8_t)n);
	struct eyas_text base = { 0 }, name;

	if (!b || (!b->len && (b->flags & EYAS_BLOB_F_FAULT)))
		return -ENOENT;
	name = (struct eyas_text){ b->data, b->len };
	if (!b->len || b->data[0] != '/')
		base = base_of(en, ev, n);
	return eyas_path_join(base, name, arena, ret);
}

bool eyas_enrich_path_is(struct eyas_enrich *en, const struct eyas_event *ev, unsigned int n,
			 struct eyas_text name, struct eyas_text path)
{
	struct eyas_text base;

	if (!name.len || name.p[0] == '/')
		return name.len == path.len && !memcmp(name.p, path.p, name.len);
	/* Most relative ones do not end as the object's own path does if they are not it. */
	if (path.len <= name.len || memcmp(path.p + path.len - name.len, name.p, name.len) != 0 ||
	    path.p[path.len - name.len - 1] != '/')
		return false;
	base = base_of(en, ev, n);
	if (base.len == 1)
		base.len = 0;
	return base.p && base.len + 1 + name.len == path.len && !memcmp(base.p, path.p, base.len);
}
