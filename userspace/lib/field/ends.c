// SPDX-License-Identifier: Apache-2.0
/* Ends of sockets. The one place that knows where they come from: the socket
 * as the kernel has it, and the address among the arguments. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "enrich/fds.h"
#include "event/callnr.h"
#include "event/evtype.h"
#include "field/ends.h"
#include "field/subject.h"

#define PATH_OFFSET	offsetof(struct sockaddr_un, sun_path)
#define EPHEMERAL	32768	/* ports that a client gets if it asks for none */

/* ---- addresses ---- */

/* What the call would have filled in is worth nothing if it failed. */
static const struct eyas_event_blob *address(const struct eyas_event *ev)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_SOCKADDR, EYAS_BLOB_NO_ARG);

	if (!b || !ev->sys || (b->flags & EYAS_BLOB_F_OUT && ev->sys->ret < 0))
		return NULL;
	return b;
}

static int take_unix(const struct eyas_event_blob *b, struct eyas_peer *ret)
{
	if (b->len <= PATH_OFFSET)
		return -ENOENT;		/* unnamed */
	ret->path.p = b->data + PATH_OFFSET;
	ret->path.len = b->len - PATH_OFFSET;
	/* An abstract name starts with a NUL and holds its own length. */
	if (*ret->path.p)
		ret->path.len = strnlen(ret->path.p, ret->path.len);
	return 0;
}

static int take_inet6(const struct sockaddr_in6 *in6, struct eyas_peer *ret)
{
	ret->port = ntohs(in6->sin6_port);
	memcpy(ret->addr, &in6->sin6_addr, 16);
	if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
		ret->family = AF_INET;
		memcpy(ret->addr, in6->sin6_addr.s6_addr + 12, 4);
	}
	return 0;
}

int eyas_peer_get(const struct eyas_event *ev, struct eyas_peer *ret)
{
	const struct eyas_event_blob *b = address(ev);
	struct sockaddr_storage ss = { 0 };
	const struct sockaddr_in *in = (const void *)&ss;

	if (!b || b->len < sizeof(ss.ss_family))
		return -ENOENT;
	memcpy(&ss, b->data, b->len < sizeof(ss) ? b->len : sizeof(ss));
	*ret = (struct eyas_peer){ .family = ss.ss_family };
	switch (ss.ss_family) {
	case AF_UNIX:
		return take_unix(b, ret);
	case AF_INET:
		if (b->len < offsetof(struct sockaddr_in, sin_zero))
			return -EBADMSG;
		ret->port = ntohs(in->sin_port);
		memcpy(ret->addr, &in->sin_addr, 4);
		return 0;
	case AF_INET6:
		if (b->len < offsetof(struct sockaddr_in6, sin6_scope_id))
			return -EBADMSG;
		return take_inet6((const void *)&ss, ret);
	default:
		return -EBADMSG;
	}
}

static int unix_text(struct eyas_text path, struct eyas_arena *arena, struct eyas_text *ret)
{
	char *out;

	*ret = path;
	if (!path.len || *path.p)
		return 0;
	out = eyas_arena_strndup(arena, path.p, path.len);
	if (!out)
		return -ENOMEM;
	*out = '@';
	*ret = (struct eyas_text){ out, path.len };
	return 0;
}

int eyas_peer_text(const struct eyas_peer *peer, struct eyas_arena *arena, struct eyas_text *ret)
{
	char host[INET6_ADDRSTRLEN];
	char *out;

	if (peer->family == AF_UNIX)
		return unix_text(peer->path, arena, ret);
	if (!inet_ntop(peer->family, peer->addr, host, sizeof(host)))
		return -ENOENT;
	out = eyas_arena_printf(arena, "%s:%u", host, (unsigned int)peer->port);
	if (!out)
		return -ENOMEM;
	*ret = (struct eyas_text){ out, strlen(out) };
	return 0;
}

/* ---- what an address means ---- */

enum end { END_NONE, END_LOCAL, END_REMOTE };

struct meaning {
	uint16_t evtype;
	uint8_t end, role;
	bool sends;
	uint8_t lasts;
};

/* How long the address is an end of the socket. */
enum { NEVER_NEW, STAYS, FOR_THIS_CALL };

#define CLIENT		EYAS_ROLE_CLIENT
#define SERVER		EYAS_ROLE_SERVER

static const struct meaning meanings[] = {
	{ SYS_connect, END_REMOTE, CLIENT, false, STAYS },
	{ SYS_bind, END_LOCAL, SERVER, false, STAYS },
	{ SYS_accept, END_REMOTE, SERVER, false, NEVER_NEW },
	{ SYS_accept4, END_REMOTE, SERVER, false, NEVER_NEW },
	/* Who speaks first is the client: of datagrams nobody says more. */
	{ SYS_sendto, END_REMOTE, CLIENT, true, FOR_THIS_CALL },
	{ SYS_sendmsg, END_REMOTE, CLIENT, true, FOR_THIS_CALL },
	{ SYS_sendmmsg, END_REMOTE, CLIENT, true, FOR_THIS_CALL },
	{ SYS_recvfrom, END_REMOTE, SERVER, false, FOR_THIS_CALL },
	{ SYS_recvmsg, END_REMOTE, SERVER, false, FOR_THIS_CALL },
	{ SYS_recvmmsg, END_REMOTE, SERVER, false, FOR_THIS_CALL },
	{ SYS_getsockname, END_LOCAL, EYAS_ROLE_NONE, false, NEVER_NEW },
	{ SYS_getpeername, END_REMOTE, EYAS_ROLE_NONE, false, NEVER_NEW },
	{ SYS_write, END_NONE, EYAS_ROLE_NONE, true, NEVER_NEW },
	{ SYS_writev, END_NONE, EYAS_ROLE_NONE, true, NEVER_NEW },
	{ EYAS_EVT_send, END_NONE, EYAS_ROLE_NONE, true, NEVER_NEW },
};

static const struct meaning *meaning_of(const struct eyas_event *ev)
{
	static const struct meaning none = { 0 };

	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (meanings[i].evtype == ev->evtype && ev->sys)
			return &meanings[i];
	return &none;
}

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
static const uint8_t zero[16];

/* An IPv4 address in IPv6's clothes is an IPv4 address. */
static void set_end(struct eyas_end *end, int family, const uint8_t *addr, uint16_t port)
{
	bool is_mapped = family == AF_INET6 && !memcmp(addr, mapped, sizeof(mapped));

	if (family != AF_INET && family != AF_INET6)
		return;
	*end = (struct eyas_end){ .family = family == AF_INET || is_mapped ? 4 : 6, .port = port };
	memcpy(end->addr, is_mapped ? addr + sizeof(mapped) : addr, end->family == 4 ? 4 : 16);
}

/* Without the kernel's own view: what the call could not have done otherwise. */
static bool is_connected(const struct eyas_event *ev, const struct meaning *m, char proto,
			 bool has_address)
{
	bool ok = ev->sys && ev->sys->ret >= 0;

	switch (ev->evtype) {
	case SYS_connect:
		return ok || (ev->sys && ev->sys->ret == -EINPROGRESS);
	case SYS_accept:
	case SYS_accept4:
		return ok;
	case SYS_getpeername:
		return ok;
	case SYS_socket:
	case SYS_bind:
	case SYS_listen:
		return false;
	}
	return ok && (proto == 't' || (m->sends && !has_address));
}

/* ---- the socket itself ---- */

static const struct eyas_socket *socket_of(const struct eyas_field_ctx *ctx)
{
	const struct eyas_event_blob *b = eyas_subject_blob(ctx, EYAS_BLOB_SOCKET);

	return b && b->len >= sizeof(struct eyas_socket) ? (const void *)b->data : NULL;
}

static bool is_any(const struct eyas_end *end)
{
	return !memcmp(end->addr, zero, sizeof(zero));
}

static void take_end(struct eyas_end *end, const struct eyas_socket *s, const uint8_t *addr,
		     uint32_t port)
{
	/* The number of a raw socket is its protocol. */
	if (s->type == SOCK_RAW)
		port = 0;
	set_end(end, s->family, addr, (uint16_t)port);
	if (!port && is_any(end))
		end->family = 0;
}

static void take_socket(const struct eyas_socket *s, struct eyas_ends *ret)
{
	take_end(&ret->local, s, s->laddr, s->lport);
	take_end(&ret->remote, s, s->raddr, s->rport);
	/* Of all its addresses it will use one, not known yet. A server has all. */
	ret->local.any = s->state != TCP_LISTEN && is_any(&ret->local);
	ret->connected = s->state != TCP_CLOSE && s->state != TCP_LISTEN;
}

char eyas_ends_type(const struct eyas_field_ctx *ctx, char *ret_proto)
{
	const struct eyas_socket *s = socket_of(ctx);
	struct eyas_ends e = { 0 };

	*ret_proto = 0;
	if (!s)
		return 0;
	*ret_proto = eyas_fd_proto(s->family, s->type, s->protocol);
	take_socket(s, &e);
	if (e.local.family || e.remote.family)
		return e.local.family == 4 || e.remote.family == 4 ? '4' : '6';
	return eyas_fd_type_of_domain(s->family);
}

/* Who is the server where no call told: the end whose port was chosen. */
static enum eyas_role guess(const struct eyas_ends *e, const struct eyas_socket *s)
{
	bool local = e->local.port < EPHEMERAL, remote = e->remote.port < EPHEMERAL;

	if (s && s->state == TCP_LISTEN)
		return EYAS_ROLE_SERVER;
	if (!e->local.family || !e->remote.family || local == remote)
		return EYAS_ROLE_NONE;
	return local ? EYAS_ROLE_SERVER : EYAS_ROLE_CLIENT;
}

/* ---- both together ---- */

/* Is the call told an end that counts? A stream has its other end, whatever it is told. */
static bool get_told(const struct eyas_field_ctx *ctx, const struct meaning *m,
		     struct eyas_peer *ret)
{
	return m->end != END_NONE && eyas_peer_get(ctx->ev, ret) == 0 &&
	       !(m->sends && eyas_subject_proto(ctx) == 't');
}

/* The kernel knows better than the program where a socket is, but not where a datagram goes. */
static void take_told(const struct meaning *m, const struct eyas_peer *peer, struct eyas_ends *ret)
{
	struct eyas_end *end = m->end == END_LOCAL ? &ret->local : &ret->remote;

	if (!end->family || m->lasts == FOR_THIS_CALL)
		set_end(end, peer->family, peer->addr, peer->port);
	end->any = false;
}

static void find_ends(const struct eyas_field_ctx *ctx, char type, struct eyas_ends *ret)
{
	const struct meaning *m = meaning_of(ctx->ev);
	const struct eyas_socket *s;
	struct eyas_peer peer;
	bool told;

	if (!type || !strchr("46u", type))
		return;
	s = socket_of(ctx);
	if (s)
		take_socket(s, ret);
	told = get_told(ctx, m, &peer);
	if (told)
		take_told(m, &peer, ret);
	if (!s || ctx->ev->evtype == SYS_connect)
		ret->connected = is_connected(ctx->ev, m, eyas_subject_proto(ctx), told);
	ret->role = m->role;
	if (m->end == END_NONE || (m->lasts == FOR_THIS_CALL && !told))
		ret->role = EYAS_ROLE_NONE;
	if (ret->role == EYAS_ROLE_NONE)
		ret->role = guess(ret, s);
	ret->renamed = told && m->lasts != NEVER_NEW && (ctx->ev->sys->ret >= 0 || ret->connected);
}

int eyas_ends_get(const struct eyas_field_ctx *ctx, struct eyas_ends *ret)
{
	struct eyas_subject *s = eyas_subject_shared(ctx);
	char type = eyas_subject_type(ctx);
	struct eyas_ends *ends;

	if (!eyas_subject(ctx))
		return -ENOENT;
	if (!s->ends) {
		ends = eyas_arena_alloc(ctx->arena, sizeof(*ends));
		if (!ends)
			return -ENOMEM;
		find_ends(ctx, type, ends);
		s->ends = ends;
	}
	*ret = *s->ends;
	return 0;
}

/* Towards us or from us: how a call's data goes. */
static bool is_inbound(const struct eyas_event *ev)
{
	switch (ev->evtype) {
	case SYS_accept:
	case SYS_accept4:
	case SYS_recvfrom:
	case SYS_recvmsg:
	case SYS_recvmmsg:
	case EYAS_EVT_recv:
		return true;
	}
	return false;
}

/* ---- names ---- */

static int end_text(const struct eyas_end *end, struct eyas_arena *arena, const char **ret)
{
	char host[INET6_ADDRSTRLEN];

	*ret = "";
	if (!end->family)
		return 0;
	if (!inet_ntop(end->family == 4 ? AF_INET : AF_INET6, end->addr, host, sizeof(host)))
		return 0;
	*ret = eyas_arena_printf(arena, "%s:%u", host, (unsigned int)end->port);
	return *ret ? 0 : -ENOMEM;
}

static int inet_name(const struct eyas_field_ctx *ctx, const struct eyas_ends *e,
		     struct eyas_text *ret)
{
	const char *local, *remote, *out;
	int r = end_text(&e->local, ctx->arena, &local);

	if (!r)
		r = end_text(&e->remote, ctx->arena, &remote);
	if (r)
		return r;
	if (!*local && !*remote)
		return -ENOENT;
	if (!*remote)
		out = local;
	else if (e->role == EYAS_ROLE_SERVER)
		out = eyas_arena_printf(ctx->arena, "%s->%s", remote, local);
	else
		out = eyas_arena_printf(ctx->arena, "%s->%s", local, remote);
	if (!out)
		return -ENOMEM;
	*ret = (struct eyas_text){ out, strlen(out) };
	return 0;
}

/* The name that either end has: of two it is the one that is not made up for this call. */
static int unix_name(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	static const uint8_t kinds[] = { EYAS_BLOB_PEER_PATH, EYAS_BLOB_SOCKET_PATH };
	struct eyas_peer peer;

	if (eyas_peer_get(ctx->ev, &peer) == 0 && peer.family == AF_UNIX)
		return unix_text(peer.path, ctx->arena, ret);
	for (size_t i = 0; i < sizeof(kinds); i++) {
		const struct eyas_event_blob *b = eyas_subject_blob(ctx, kinds[i]);

		if (b && b->len)
			return unix_text((struct eyas_text){ b->data, b->len }, ctx->arena, ret);
	}
	return -ENOENT;
}

int eyas_ends_name(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	struct eyas_ends e;
	int r;

	if (eyas_subject_type(ctx) == 'u')
		return unix_name(ctx, ret);
	r = eyas_ends_get(ctx, &e);
	return r ? r : inet_name(ctx, &e, ret);
}

/* ---- tuples ---- */

static int inet_tuple(const struct eyas_field_ctx *ctx, const struct eyas_ends *e,
		      struct eyas_text *ret)
{
	const char *local, *remote, *out;
	int r = end_text(&e->local, ctx->arena, &local);

	if (!r)
		r = end_text(&e->remote, ctx->arena, &remote);
	if (r)
		return r;
	if (!*local || !*remote)
		return -ENOENT;
	out = is_inbound(ctx->ev) ? eyas_arena_printf(ctx->arena, "%s->%s", remote, local) :
				    eyas_arena_printf(ctx->arena, "%s->%s", local, remote);
	if (!out)
		return -ENOMEM;
	*ret = (struct eyas_text){ out, strlen(out) };
	return 0;
}

/* Sockets have no numbers but those of their inodes. */
static int unix_tuple(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	const struct eyas_socket *s = socket_of(ctx);
	struct eyas_text path = { 0 };
	const char *out;
	int r;

	if (!s)
		return -ENOENT;
	r = unix_name(ctx, &path);
	if (r == -ENOMEM)
		return r;
	out = eyas_arena_printf(ctx->arena, "%llx->%llx%s%.*s", (unsigned long long)s->ino,
				(unsigned long long)s->peer_ino, path.len ? " " : "", (int)path.len,
				path.len ? path.p : "");
	if (!out)
		return -ENOMEM;
	*ret = (struct eyas_text){ out, strlen(out) };
	return 0;
}

int eyas_ends_tuple(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	struct eyas_ends e;
	int r;

	if (eyas_subject_type(ctx) == 'u')
		return unix_tuple(ctx, ret);
	r = eyas_ends_get(ctx, &e);
	return r ? r : inet_tuple(ctx, &e, ret);
}
