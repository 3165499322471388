// SPDX-License-Identifier: Apache-2.0
/* fd.*: the descriptor that the event made, used or closed. */
#include <errno.h>
#include <string.h>
#include "enrich/hosts.h"
#include "enrich/live.h"
#include "event/callnr.h"
#include "field/ends.h"
#include "field/facts.h"
#include "field/subject.h"

/* ---- what it is ---- */

GETTER(get_num)
{
	const struct eyas_subject *s = eyas_subject(ctx);

	return s && s->has_num ? give_int(ret, s->num) : -ENOENT;
}

GETTER(get_type)
{
	char type = eyas_subject_type(ctx);
	struct eyas_text name = { 0 };

	if (type != 'u')
		return give_str(ret, eyas_fd_type_name(type, name));
	if (ctx->ev->evtype == SYS_userfaultfd)
		return give_str(ret, "userfaultfd");
	if (eyas_subject_name(ctx, &name) == -ENOMEM)
		return -ENOMEM;
	return give_str(ret, eyas_fd_type_name(type, name));
}

GETTER(get_typechar)
{
	static const char letters[] = "fd46upeslitnbrmPo";
	char type = eyas_subject_type(ctx);
	const char *p = type ? strchr(letters, type) : NULL;

	if (!eyas_subject(ctx))
		return -ENOENT;
	return give_text(ret, (struct eyas_text){ p ? p : "o", 1 });
}

GETTER(get_sockfamily)
{
	switch (eyas_subject_type(ctx)) {
	case '4':
	case '6':
		return give_str(ret, "ip");
	case 'u':
		return ctx->ev->evtype == SYS_userfaultfd ? -ENOENT : give_str(ret, "unix");
	default:
		return -ENOENT;
	}
}

GETTER(get_l4proto)
{
	if (!eyas_subject_type(ctx))
		return -ENOENT;
	switch (eyas_subject_proto(ctx)) {
	case 't':
		return give_str(ret, "tcp");
	case 'u':
		return give_str(ret, "udp");
	case 'i':
		return give_str(ret, "icmp");
	case 'r':
		return give_str(ret, "raw");
	default:
		return give_str(ret, "<NA>");	/* a value that rules compare with */
	}
}

GETTER(get_uid)
{
	const struct eyas_subject *s = eyas_subject(ctx);
	const char *text;

	if (!s || !s->has_num)
		return -ENOENT;
	text = eyas_arena_printf(ctx->arena, "%u%lld", ctx->ev->tid, (long long)s->num);
	return text ? give_str(ret, text) : -ENOMEM;
}

/* ---- all descriptors of the process ---- */

struct types {
	struct eyas_value v[EYAS_FD_TYPES];
	size_t n;
};

static int add_type(const struct eyas_fd *fd, void *arg)
{
	const char *name = eyas_fd_type_name(fd->type, fd->name);
	struct types *t = arg;

	for (size_t i = 0; name && i < t->n; i++)
		if (t->v[i].s.p == name)
			return 0;
	if (name && t->n < EYAS_FD_TYPES)
		return give_str(&t->v[t->n++], name);
	return 0;
}

GETTER(get_types)
{
	struct types *t;
	struct eyas_fd fd;
	int r;

	if (!eyas_subject(ctx) || !ctx->proc)
		return -ENOENT;
	if (arg->given) {
		if (arg->index > INT32_MAX)
			return -ENOENT;
		r = eyas_enrich_fd(ctx->en, ctx->proc, (int32_t)arg->index, &fd);
		return r ? r : give_str(ret, eyas_fd_type_name(fd.type, fd.name));
	}
	t = eyas_arena_alloc(ctx->arena, sizeof(*t));
	r = t ? eyas_live_each_known_fd(ctx->en, ctx->proc, add_type, t) : -ENOMEM;
	if (r)
		return r;
	*ret = (struct eyas_value){ .type = EYAS_T_STRING, .list = true };
	ret->l.v = t->v;
	ret->l.len = t->n;
	return 0;
}

/* ---- what it is called ---- */

/* A path less its last component. */
static struct eyas_text directory_of(struct eyas_text path)
{
	const char *slash = path.len ? memrchr(path.p, '/', path.len) : NULL;

	if (!slash)
		return (struct eyas_text){ 0 };
	if (slash == path.p)
		return (struct eyas_text){ path.p, 1 };
	return (struct eyas_text){ path.p, (size_t)(slash - path.p) };
}

static struct eyas_text filename_of(struct eyas_text path)
{
	const char *slash = path.len > 1 ? memrchr(path.p, '/', path.len) : NULL;

	if (!slash)
		return path;
	return (struct eyas_text){ slash + 1, (size_t)(path.p + path.len - slash - 1) };
}

typedef int name_fn(const struct eyas_field_ctx *ctx, struct eyas_text *ret);

static int directory(const struct eyas_field_ctx *ctx, name_fn *name, struct eyas_text *ret)
{
	int r = name(ctx, ret);
	char type;

	if (r)
		return r;
	type = eyas_subject_type(ctx);
	if (type == 'f')
		*ret = directory_of(*ret);
	return ret->p && (type == 'f' || type == 'd') ? 0 : -ENOENT;
}

static int give_name(const struct eyas_field_ctx *ctx, name_fn *name, struct eyas_value *ret)
{
	struct eyas_text t;
	int r = name(ctx, &t);

	return r ? r : give_text(ret, t);
}

static int give_directory(const struct eyas_field_ctx *ctx, name_fn *name, struct eyas_value *ret)
{
	struct eyas_text t;
	int r = directory(ctx, name, &t);

	return r ? r : give_text(ret, t);
}

static int give_filename(const struct eyas_field_ctx *ctx, name_fn *name, struct eyas_value *ret)
{
	struct eyas_text t;
	int r = eyas_subject_type(ctx) == 'f' ? name(ctx, &t) : -ENOENT;

	return r ? r : give_text(ret, filename_of(t));
}

/* As given by the program, and the kernel's own. */
#define NAMES(fn, give)									\
	GETTER(fn) { return give(ctx, eyas_subject_name, ret); }			\
	GETTER(fn##_real) { return give(ctx, eyas_subject_real, ret); }

NAMES(get_name, give_name)
NAMES(get_directory, give_directory)
NAMES(get_filename, give_filename)

GETTER(get_nameraw)
{
	const struct eyas_subject *s = eyas_subject(ctx);

	if (!s)
		return -ENOENT;
	if (s->path_arg < 0) /* by handle there is no other name */
		return eyas_subject_is_open(ctx->ev) ? give_name(ctx, eyas_subject_name, ret) :
						       -ENOENT;
	return give_text(ret, s->raw);
}

/* "id:name"; on the host, where there is no id, ":name". */
static int in_container(const struct eyas_field_ctx *ctx, struct eyas_text t,
			struct eyas_value *ret)
{
	const char *id = facts_id(ctx);
	char *text;

	if (!id)
		return -ENOENT;
	text = eyas_arena_printf(ctx->arena, "%.*s:%.*s", EYAS_ID_SHOWN, id, (int)t.len, t.p);
	return text ? give_str(ret, text) : -ENOMEM;
}

GETTER(get_containername)
{
	struct eyas_text t;
	int r = eyas_subject_name(ctx, &t);

	return r ? r : in_container(ctx, t, ret);
}

GETTER(get_containerdirectory)
{
	struct eyas_text t;
	int r = directory(ctx, eyas_subject_name, &t);

	return r ? r : in_container(ctx, t, ret);
}

/* ---- ends of sockets ---- */

enum side { SIDE_CLIENT, SIDE_SERVER, SIDE_LOCAL, SIDE_REMOTE };

static const struct eyas_end *end_of(const struct eyas_ends *e, enum side side)
{
	const struct eyas_end *end = NULL;

	if (side == SIDE_LOCAL)
		end = &e->local;
	else if (side == SIDE_REMOTE)
		end = &e->remote;
	else if (e->role != EYAS_ROLE_NONE)
		end = (e->role == EYAS_ROLE_CLIENT) == (side == SIDE_CLIENT) ? &e->local :
									       &e->remote;
	return end && end->family ? end : NULL;
}

/* 0; -ENOENT if the end has none. */
typedef int end_fn(const struct eyas_field_ctx *ctx, const struct eyas_end *end,
		   struct eyas_value *ret);

static int ip(const struct eyas_field_ctx *ctx _unused_, const struct eyas_end *end,
	      struct eyas_value *ret)
{
	if (end->any)
		return -ENOENT;
	*ret = (struct eyas_value){ .type = EYAS_T_IP };
	ret->ip.family = end->family;
	ret->ip.prefix = end->family == 4 ? 32 : 128;
	memcpy(ret->ip.addr, end->addr, sizeof(ret->ip.addr));
	return 0;
}

static int port(const struct eyas_field_ctx *ctx _unused_, const struct eyas_end *end,
		struct eyas_value *ret)
{
	return give_uint(ret, EYAS_T_PORT, end->port);
}

/* The number: a name would need a look into a file, for each event. */
static int proto(const struct eyas_field_ctx *ctx, const struct eyas_end *end,
		 struct eyas_value *ret)
{
	const char *text = eyas_arena_printf(ctx->arena, "%u", (unsigned int)end->port);

	return text ? give_str(ret, text) : -ENOMEM;
}

static int host(const struct eyas_field_ctx *ctx, const struct eyas_end *end,
		struct eyas_value *ret)
{
	const struct eyas_host *first =
		end->any ? NULL : eyas_enrich_host(ctx->en, end->addr, end->family == 4 ? 4 : 16);
	struct eyas_value *v;
	size_t n = 0;

	if (!first || !first->next)
		return give_str(ret, first ? first->name : NULL);
	for (const struct eyas_host *h = first; h; h = h->next)
		n++;
	v = eyas_arena_alloc(ctx->arena, n * sizeof(*v));
	if (!v)
		return -ENOMEM;
	n = 0;
	for (const struct eyas_host *h = first; h; h = h->next)
		give_str(&v[n++], h->name);
	*ret = (struct eyas_value){ .type = EYAS_T_STRING, .list = true };
	ret->l.v = v;
	ret->l.len = n;
	return 0;
}

static int give_end(const struct eyas_field_ctx *ctx, enum side side, end_fn *give,
		    struct eyas_value *ret)
{
	const struct eyas_end *end;
	struct eyas_ends e;
	int r = eyas_ends_get(ctx, &e);

	if (r)
		return r;
	end = end_of(&e, side);
	return end ? give(ctx, end, ret) : -ENOENT;
}

/* Both ends, as far as they are known. */
static int give_either(const struct eyas_field_ctx *ctx, end_fn *give, struct eyas_value *ret)
{
	struct eyas_value *v;
	struct eyas_ends e;
	size_t n = 0;
	int r = eyas_ends_get(ctx, &e);

	if (r)
		return r;
	v = eyas_arena_alloc(ctx->arena, 2 * sizeof(*v));
	if (!v)
		return -ENOMEM;
	if (e.local.family && give(ctx, &e.local, &v[n]) == 0)
		n++;
	if (e.remote.family && give(ctx, &e.remote, &v[n]) == 0)
		n++;
	if (!n)
		return -ENOENT;
	*ret = (struct eyas_value){ .type = v[0].type, .list = true };
	ret->l.v = v;
	ret->l.len = n;
	return 0;
}

#define END(fn, side, what)	GETTER(fn) { return give_end(ctx, SIDE_##side, what, ret); }
#define SIDES(name, what)	END(get_c##name, CLIENT, what) END(get_s##name, SERVER, what) \
				END(get_l##name, LOCAL, what) END(get_r##name, REMOTE, what)

SIDES(ip, ip)
SIDES(port, port)
SIDES(proto, proto)
SIDES(host, host)

GETTER(get_ip)
{
	return give_either(ctx, ip, ret);
}

GETTER(get_port)
{
	return give_either(ctx, port, ret);
}

#define STATE(fn, expr)								\
	GETTER(fn)								\
	{									\
		struct eyas_ends e;						\
		int r = eyas_subject_type(ctx) ? eyas_ends_get(ctx, &e) : -ENOENT; \
										\
		return r ? r : give_bool(ret, expr);				\
	}

STATE(get_is_server, e.role == EYAS_ROLE_SERVER)
STATE(get_connected, e.connected)
STATE(get_name_changed, e.renamed)

/* ---- the file ---- */

#define OF_FILE(fn, give, expr)							\
	GETTER(fn)								\
	{									\
		const struct eyas_file *f = eyas_subject_file(ctx);		\
										\
		return f ? give(ret, expr) : -ENOENT;				\
	}

OF_FILE(get_dev, give_int, eyas_file_dev(f))
OF_FILE(get_dev_major, give_int, f->dev_major)
OF_FILE(get_dev_minor, give_int, f->dev_minor)
OF_FILE(get_ino, give_int, (int64_t)f->ino)
OF_FILE(get_is_upper, give_bool, !!(f->flags & EYAS_FILE_F_UPPER))
OF_FILE(get_is_lower, give_bool, !!(f->flags & EYAS_FILE_F_LOWER))

#define EITHER	(EYAS_FIELD_ANY | FILTER)
#define FILTER	(EYAS_FIELD_FILTER_ONLY | EYAS_FIELD_NO_TRANSFORM | EYAS_FIELD_NO_RHS)
#define HOST	(EYAS_FIELD_ANY | EYAS_FIELD_NO_TRANSFORM | EYAS_FIELD_NO_RHS)

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "fd.num", EYAS_T_INT, 0, get_num, NULL, NULL, "its number, -1 if it was not made" },
	{ "fd.type", EYAS_T_STRING, 0, get_type, NULL, NULL,
	  "file, directory, ipv4, ipv6, unix, pipe and so on" },
	{ "fd.typechar", EYAS_T_STRING, 0, get_typechar, NULL, NULL,
	  "the same as a letter: f d 4 6 u p e s l i t n b r m P, o: other" },
	{ "fd.name", EYAS_T_STRING, EYAS_FIELD_OF_NAME, get_name, get_name_real, NULL,
	  "absolute path of a file, addresses of a socket" },
	{ "fd.directory", EYAS_T_STRING, EYAS_FIELD_OF_NAME, get_directory, get_directory_real, NULL,
	  "directory of a file, a directory itself" },
	{ "fd.filename", EYAS_T_STRING, EYAS_FIELD_OF_NAME, get_filename, get_filename_real, NULL,
	  "name of a file without its directory" },
	{ "fd.ip", EYAS_T_IP, EITHER, get_ip, NULL, NULL, "address of either end" },
	{ "fd.cip", EYAS_T_IP, 0, get_cip, NULL, NULL, "address of the client" },
	{ "fd.sip", EYAS_T_IP, 0, get_sip, NULL, NULL, "address of the server" },
	{ "fd.lip", EYAS_T_IP, 0, get_lip, NULL, NULL, "address of our end" },
	{ "fd.rip", EYAS_T_IP, 0, get_rip, NULL, NULL, "address of the other end" },
	{ "fd.port", EYAS_T_PORT, EITHER, get_port, NULL, NULL, "port of either end" },
	{ "fd.cport", EYAS_T_PORT, 0, get_cport, NULL, NULL, "port of the client" },
	{ "fd.sport", EYAS_T_PORT, 0, get_sport, NULL, NULL, "port of the server" },
	{ "fd.lport", EYAS_T_PORT, 0, get_lport, NULL, NULL, "port of our end" },
	{ "fd.rport", EYAS_T_PORT, 0, get_rport, NULL, NULL, "port of the other end" },
	{ "fd.l4proto", EYAS_T_STRING, 0, get_l4proto, NULL, NULL,
	  "tcp, udp, icmp, raw or <NA>" },
	{ "fd.sockfamily", EYAS_T_STRING, 0, get_sockfamily, NULL, NULL, "ip or unix" },
	{ "fd.is_server", EYAS_T_BOOL, 0, get_is_server, NULL, NULL, "our end is the server" },
	{ "fd.uid", EYAS_T_STRING, 0, get_uid, NULL, NULL,
	  "thread id and number one behind the other" },
	{ "fd.containername", EYAS_T_STRING, 0, get_containername, NULL, NULL,
	  "container.id:fd.name" },
	{ "fd.containerdirectory", EYAS_T_STRING, 0, get_containerdirectory, NULL, NULL,
	  "container.id:fd.directory" },
	{ "fd.proto", EYAS_T_PORT, EITHER, get_port, NULL, NULL,
	  "port of either end, may be tested by name" },
	{ "fd.cproto", EYAS_T_STRING, 0, get_cproto, NULL, NULL, "port of the client as text" },
	{ "fd.sproto", EYAS_T_STRING, 0, get_sproto, NULL, NULL, "port of the server as text" },
	{ "fd.lproto", EYAS_T_STRING, 0, get_lproto, NULL, NULL, "port of our end as text" },
	{ "fd.rproto", EYAS_T_STRING, 0, get_rproto, NULL, NULL,
	  "port of the other end as text" },
	{ "fd.net", EYAS_T_NET, EITHER, get_ip, NULL, NULL, "network that either end is in" },
	{ "fd.cnet", EYAS_T_NET, FILTER, get_cip, NULL, NULL, "network that the client is in" },
	{ "fd.snet", EYAS_T_NET, FILTER, get_sip, NULL, NULL, "network that the server is in" },
	{ "fd.lnet", EYAS_T_NET, FILTER, get_lip, NULL, NULL, "network that our end is in" },
	{ "fd.rnet", EYAS_T_NET, FILTER, get_rip, NULL, NULL,
	  "network that the other end is in" },
	{ "fd.connected", EYAS_T_BOOL, 0, get_connected, NULL, NULL, "the socket has a peer" },
	{ "fd.name_changed", EYAS_T_BOOL, 0, get_name_changed, NULL, NULL,
	  "this event gave it another peer" },
	{ "fd.cip.name", EYAS_T_STRING, HOST, get_chost, NULL, NULL,
	  "name of the client's address in /etc/hosts" },
	{ "fd.sip.name", EYAS_T_STRING, HOST, get_shost, NULL, NULL,
	  "name of the server's address in /etc/hosts" },
	{ "fd.lip.name", EYAS_T_STRING, HOST, get_lhost, NULL, NULL,
	  "name of our address in /etc/hosts" },
	{ "fd.rip.name", EYAS_T_STRING, HOST, get_rhost, NULL, NULL,
	  "name of the other end's address in /etc/hosts" },
	{ "fd.dev", EYAS_T_INT, EYAS_FIELD_HEX, get_dev, NULL, NULL, "device of the file" },
	{ "fd.dev.major", EYAS_T_INT, 0, get_dev_major, NULL, NULL, "its major number" },
	{ "fd.dev.minor", EYAS_T_INT, 0, get_dev_minor, NULL, NULL, "its minor number" },
	{ "fd.ino", EYAS_T_INT, 0, get_ino, NULL, NULL, "inode of the file" },
	{ "fd.nameraw", EYAS_T_STRING, 0, get_nameraw, NULL, NULL,
	  "path as the program gave it, when the file is opened" },
	{ "fd.types", EYAS_T_STRING, EYAS_FIELD_LIST | EYAS_FIELD_ARG_OPT | EYAS_FIELD_NO_RHS,
	  get_types, NULL, NULL, "types of all descriptors of the process; [n]: of one" },
	{ "fd.is_upper_layer", EYAS_T_BOOL, 0, get_is_upper, NULL, NULL,
	  "the file was added to or changed in its container" },
	{ "fd.is_lower_layer", EYAS_T_BOOL, 0, get_is_lower, NULL, NULL,
	  "the file is of the container's image" },
};
/* clang-format on */

FAMILY(eyas_family_fd, "fd", "the descriptor that the event is about", rows);
