// SPDX-License-Identifier: Apache-2.0
/* Numbers that stand for something of the kernel's, and what that is. */
#include "decode/fd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "decode/emit.h"
#include "decode/msg.h"
#include "decode/xlat.h"
#include "event/evtype.h"

/* ---- what is known of a descriptor ---- */

/* From the blobs of one argument, or of the result. */
static bool from_record(const struct eyas_event *ev, uint8_t arg, struct eyas_decode_fd *fd)
{
	bool found = false;

	for (unsigned int i = 0; ev && i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->arg != arg)
			continue;
		switch (b->kind) {
		case EYAS_BLOB_FILE:
			fd->file = (const void *)b->data;
			fd->deleted = fd->file->flags & (EYAS_FILE_F_DELETED | EYAS_FILE_F_MEMFD);
			break;
		case EYAS_BLOB_FILE_PATH:
			fd->path = b->data;
			fd->len = b->len;
			found = true;
			break;
		case EYAS_BLOB_SOCKET:
			fd->socket = (const void *)b->data;
			found = true;
			break;
		case EYAS_BLOB_SOCKET_PATH:
			fd->own = b->data;
			fd->own_len = b->len;
			break;
		case EYAS_BLOB_PEER_PATH:
			fd->peer = b->data;
			fd->peer_len = b->len;
			break;
		}
	}
	return found;
}

/* Is the argument what the result is a copy of? Then both are the same object. */
static bool is_copied(const struct eyas_decode *d, unsigned int arg)
{
	return arg == 0 && d->plan && d->plan->sc && eyas_evtype_copies(d->plan->sc->evtype);
}

static bool is_told(struct eyas_decode *d, unsigned int arg, struct eyas_decode_fd *ret)
{
	if (arg == EYAS_BLOB_NO_ARG)
		return from_record(d->exit, EYAS_BLOB_NO_ARG, ret);
	if (arg >= EYAS_DEC_ARGS)
		return false;
	return from_record(d->enter, (uint8_t)arg, ret) ||
	       from_record(d->exit, (uint8_t)arg, ret) ||
	       (is_copied(d, arg) && from_record(d->exit, EYAS_BLOB_NO_ARG, ret));
}

static bool describe(struct eyas_decode *d, int fd, unsigned int arg, struct eyas_decode_fd *ret)
{
	const struct eyas_decode_hooks *h = &d->opts.hooks;

	*ret = (struct eyas_decode_fd){ 0 };
	if (is_told(d, arg, ret))
		return true;
	*ret = (struct eyas_decode_fd){ 0 };
	return h->fd && h->fd(h->arg, d->ev, fd, ret) && (ret->path || ret->socket);
}

/* ---- sockets, -yy ---- */

static void put_name(struct eyas_decode *d, const char *name, size_t len)
{
	eyas_dec_putc(d, ',');
	if (len && !name[0]) {
		eyas_dec_putc(d, '@');
		name++;
		len--;
	}
	eyas_dec_quote(d, name, len, EYAS_DEC_PATH);
}

static void put_unix(struct eyas_decode *d, const struct eyas_decode_fd *fd)
{
	const struct eyas_socket *s = fd->socket;

	eyas_dec_puts(d, s->type == SOCK_STREAM ? "UNIX-STREAM:[" : "UNIX:[");
	eyas_strbuf_addu(d->out, s->ino);
	if (s->peer_ino) {
		eyas_dec_puts(d, "->");
		eyas_strbuf_addu(d->out, s->peer_ino);
	}
	if (fd->own_len)
		put_name(d, fd->own, fd->own_len);
	eyas_dec_putc(d, ']');
}

static void put_end(struct eyas_decode *d, uint16_t family, const uint8_t *addr, uint32_t port)
{
	char text[INET6_ADDRSTRLEN];

	if (family == AF_INET) {
		eyas_dec_add(d, text, eyas_dec_ipv4(text, addr));
	} else {
		inet_ntop(family, addr, text, sizeof(text));
		eyas_dec_putc(d, '[');
		eyas_dec_puts(d, text);
		eyas_dec_putc(d, ']');
	}
	eyas_dec_putc(d, ':');
	eyas_strbuf_addu(d->out, port);
}

static const char *inet_proto(const struct eyas_socket *s)
{
	switch (s->protocol) {
	case IPPROTO_TCP:
		return "TCP";
	case IPPROTO_UDP:
		return "UDP";
	case IPPROTO_UDPLITE:
		return "UDPLITE";
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return s->type == SOCK_RAW ? "RAW" : "PING";
	case IPPROTO_SCTP:
		return "SCTP";
	case IPPROTO_DCCP:
		return "DCCP";
	case IPPROTO_MPTCP:
		return "MPTCP";
	default:
		return s->type == SOCK_RAW ? "RAW" : NULL;
	}
}

static bool put_inet(struct eyas_decode *d, const struct eyas_socket *s)
{
	static const uint8_t any[16];
	const char *proto = inet_proto(s);

	if (!proto)
		return false;
	eyas_dec_puts(d, proto);
	eyas_dec_puts(d, s->family == AF_INET6 ? "v6:[" : ":[");
	if (!s->lport && !memcmp(s->laddr, any, sizeof(any))) {
		eyas_strbuf_addu(d->out, s->ino);
	} else {
		put_end(d, s->family, s->laddr, s->lport);
		if (s->rport || memcmp(s->raddr, any, sizeof(any))) {
			eyas_dec_puts(d, "->");
			put_end(d, s->family, s->raddr, s->rport);
		}
	}
	eyas_dec_putc(d, ']');
	return true;
}

static bool put_socket(struct eyas_decode *d, const struct eyas_decode_fd *fd)
{
	const struct eyas_socket *s = fd->socket;

	switch (s->family) {
	case AF_UNIX:
		put_unix(d, fd);
		return true;
	case AF_INET:
	case AF_INET6:
		return put_inet(d, s);
	case AF_NETLINK:
		eyas_dec_puts(d, "NETLINK:[");
		if (s->lport) {
			const struct eyas_xval *p = eyas_xlat_get(&eyas_xlat_netlink, s->protocol);

			eyas_dec_puts(d, p ? p->name + sizeof("NETLINK_") - 1 : "?");
			eyas_dec_putc(d, ':');
		}
		eyas_strbuf_addu(d->out, s->lport ? s->lport : s->ino);
		eyas_dec_putc(d, ']');
		return true;
	default:
		return false;
	}
}

/* ---- -y ---- */

/* Device numbers lie in pieces: 12 bits above 8, and 20 more above the first 8. */
static uint64_t major_of(uint64_t dev)
{
	return (dev >> 8 & 0xfff) | (dev >> 32 & 0xfffff000);
}

static uint64_t minor_of(uint64_t dev)
{
	return (dev & 0xff) | (dev >> 12 & 0xffffff00);
}

/* "char 1:3" of a device node. */
static void put_device(struct eyas_decode *d, const struct eyas_file *f)
{
	eyas_strbuf_addf(d->out, "%s %" PRIu64 ":%" PRIu64, S_ISCHR(f->mode) ? "char" : "block",
			 major_of(f->rdev), minor_of(f->rdev));
}

static bool is_device(const struct eyas_decode_fd *fd)
{
	return fd->path && fd->file && fd->file->rdev &&
	       (S_ISCHR(fd->file->mode) || S_ISBLK(fd->file->mode));
}

static void put_path(struct eyas_decode *d, const struct eyas_decode_fd *fd)
{
	bool yy = d->opts.fds > 1;

	eyas_dec_putc(d, '<');
	if (yy && fd->socket && put_socket(d, fd)) {
		eyas_dec_putc(d, '>');
		return;
	}
	if (fd->path) {
		eyas_dec_quote(d, fd->path, fd->len, EYAS_DEC_PATH | EYAS_DEC_BARE);
	} else {
		eyas_dec_puts(d, "socket:[");
		eyas_strbuf_addu(d->out, fd->socket->ino);
		eyas_dec_putc(d, ']');
	}
	if (yy && is_device(fd)) {
		eyas_dec_putc(d, '<');
		put_device(d, fd->file);
		eyas_dec_putc(d, '>');
	}
	eyas_dec_putc(d, '>');
	if (fd->deleted)
		eyas_dec_puts(d, "(deleted)");
}

static void json_fd(struct eyas_decode *d, int fd, const struct eyas_decode_fd *info)
{
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "fd");
	eyas_dec_int(d, fd);
	eyas_dec_field(d, "path");
	if (info->path) {
		eyas_dec_quote(d, info->path, info->len, EYAS_DEC_PATH);
	} else {
		eyas_dec_puts(d, "\"socket:[");
		eyas_strbuf_addu(d->out, info->socket->ino);
		eyas_dec_puts(d, "]\"");
	}
	if (info->deleted) {
		eyas_dec_field(d, "deleted");
		eyas_dec_puts(d, "true");
	}
	if (d->opts.fds > 1 && is_device(info)) {
		eyas_dec_field(d, "device");
		eyas_dec_putc(d, '"');
		put_device(d, info->file);
		eyas_dec_putc(d, '"');
	}
	if (d->opts.fds > 1 && info->socket) {
		eyas_dec_field(d, "socket");
		eyas_dec_putc(d, '"');
		d->sym++;
		put_socket(d, info);
		d->sym--;
		eyas_dec_putc(d, '"');
	}
	eyas_dec_close(d, '}');
}

void eyas_dec_fd(struct eyas_decode *d, int fd, unsigned int arg)
{
	struct eyas_decode_fd info;
	bool known = d->opts.fds && fd >= 0 && describe(d, fd, arg, &info);

	if (known && d->json) {
		json_fd(d, fd, &info);
		return;
	}
	eyas_dec_int(d, fd);
	if (known)
		put_path(d, &info);
}

void eyas_dec_dirfd(struct eyas_decode *d, int fd, unsigned int arg)
{
	const struct eyas_decode_hooks *h = &d->opts.hooks;
	struct eyas_decode_fd cwd = { 0 };

	if (fd != AT_FDCWD) {
		eyas_dec_fd(d, fd, arg);
		return;
	}
	if (d->opts.fds && h->cwd && h->cwd(h->arg, d->ev, &cwd.path, &cwd.len) && d->json) {
		json_fd(d, fd, &cwd);
		return;
	}
	eyas_dec_enum(d, &eyas_xlat_dirfd, (uint64_t)fd, EYAS_XF_DEC);
	if (cwd.path)
		put_path(d, &cwd);
}

/* ---- others ---- */

void eyas_dec_pid(struct eyas_decode *d, int pid)
{
	const struct eyas_decode_hooks *h = &d->opts.hooks;
	char comm[16];

	eyas_dec_int(d, pid);
	if (d->json || !d->opts.pids || pid <= 0 || !h->comm || !h->comm(h->arg, d->ev, pid, comm))
		return;
	eyas_dec_putc(d, '<');
	eyas_dec_cstr(d, comm, sizeof(comm), EYAS_DEC_PATH | EYAS_DEC_BARE);
	eyas_dec_putc(d, '>');
}

void eyas_dec_id(struct eyas_decode *d, uint32_t id)
{
	if (id == UINT32_MAX)
		eyas_dec_int(d, -1);
	else
		eyas_dec_uint(d, id);
}

void eyas_dec_dev(struct eyas_decode *d, uint64_t dev)
{
	eyas_dec_sym(d, dev);
	if (d->opts.xlat != EYAS_DECODE_ABBREV)
		eyas_dec_put_hex(d, dev);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " /* ");
	if (d->opts.xlat != EYAS_DECODE_RAW) {
		eyas_dec_puts(d, "makedev(");
		eyas_dec_put_hex(d, major_of(dev));
		eyas_dec_puts(d, ", ");
		eyas_dec_put_hex(d, minor_of(dev));
		eyas_dec_putc(d, ')');
	}
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " */");
	eyas_dec_symend(d);
}
