// SPDX-License-Identifier: Apache-2.0
/* Whom calls talked to: a row for each other end of a socket. */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "trace/tables.h"

#define EPHEMERAL	32768	/* ports from here on are given out, and tell nothing */

struct row {
	uint64_t connects, accepts, sent, sent_bytes, got, got_bytes, errors;
	char name[];
};

struct eyas_trace_peers {
	struct eyas_strmap rows;	/* name -> struct row */
	struct eyas_strbuf name;
};

struct eyas_trace_peers *eyas_peers_new(void)
{
	struct eyas_trace_peers *p = calloc(1, sizeof(*p));

	if (p)
		eyas_strbuf_init(&p->name);
	return p;
}

void eyas_peers_free(struct eyas_trace_peers *p)
{
	const char *key;
	size_t len;
	void *row;

	if (!p)
		return;
	for (size_t pos = 0; eyas_strmap_next(&p->rows, &pos, &key, &len, &row);)
		free(row);
	eyas_strmap_release(&p->rows);
	eyas_strbuf_release(&p->name);
	free(p);
}

/* ---- names of peers ---- */

static const char *protocol(const struct eyas_socket *s)
{
	switch (s->type & 0xf) {
	case SOCK_STREAM:
		return "TCP";
	case SOCK_DGRAM:
		return "UDP";
	default:
		return "RAW";
	}
}

static void put_ip(struct eyas_strbuf *out, int family, const void *addr)
{
	char text[INET6_ADDRSTRLEN] = "?";

	inet_ntop(family, addr, text, sizeof(text));
	eyas_strbuf_addf(out, family == AF_INET6 ? "[%s]" : "%s", text);
}

/* Whose socket has a port of its own is the server: "1.2.3.4 -> :80". */
static void name_inet(struct eyas_strbuf *out, const struct eyas_socket *s)
{
	eyas_strbuf_addf(out, "%s ", protocol(s));
	if (s->rport >= EPHEMERAL && s->lport && s->lport < EPHEMERAL) {
		put_ip(out, s->family, s->raddr);
		eyas_strbuf_addf(out, " -> :%" PRIu32, s->lport);
		return;
	}
	eyas_strbuf_adds(out, "-> ");
	put_ip(out, s->family, s->raddr);
	eyas_strbuf_addf(out, ":%" PRIu32, s->rport);
}

static void put_path(struct eyas_strbuf *out, const char *p, size_t len)
{
	eyas_strbuf_adds(out, "UNIX ");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];

		if (!c && !i)
			eyas_strbuf_addc(out, '@');
		else if (c < ' ' || c == 0x7f)
			eyas_strbuf_addf(out, "\\%o", c);
		else
			eyas_strbuf_addc(out, p[i]);
	}
}

/* From an address that the call was given: @s tells the protocol. */
static bool name_sockaddr(struct eyas_strbuf *out, const struct eyas_event_blob *b,
			  const struct eyas_socket *s)
{
	struct sockaddr_storage ss = { 0 };
	const struct sockaddr_in *in = (const void *)&ss;
	const struct sockaddr_in6 *in6 = (const void *)&ss;
	const struct sockaddr_un *un = (const void *)&ss;

	if (!b || b->len < sizeof(sa_family_t) || b->len > sizeof(ss))
		return false;
	memcpy(&ss, b->data, b->len);
	if (ss.ss_family == AF_UNIX && b->len > offsetof(struct sockaddr_un, sun_path)) {
		size_t len = b->len - offsetof(struct sockaddr_un, sun_path);

		put_path(out, un->sun_path, un->sun_path[0] ? strnlen(un->sun_path, len) : len);
		return true;
	}
	if (ss.ss_family == AF_INET && b->len >= sizeof(*in)) {
		eyas_strbuf_addf(out, "%s -> ", s ? protocol(s) : "INET");
		put_ip(out, AF_INET, &in->sin_addr);
		eyas_strbuf_addf(out, ":%u", (unsigned int)ntohs(in->sin_port));
		return true;
	}
	if (ss.ss_family == AF_INET6 && b->len >= offsetof(struct sockaddr_in6, sin6_scope_id)) {
		eyas_strbuf_addf(out, "%s -> ", s ? protocol(s) : "INET6");
		put_ip(out, AF_INET6, &in6->sin6_addr);
		eyas_strbuf_addf(out, ":%u", (unsigned int)ntohs(in6->sin6_port));
		return true;
	}
	return false;
}

/* The name of the peer of the socket of argument @arg in p->name; false: no socket, no peer. */
static bool find_name(struct eyas_trace_peers *p, const struct eyas_event *enter,
		      const struct eyas_event *exit, int arg, int addr_arg)
{
	const struct eyas_event_blob *b = eyas_traffic_blob(NULL, exit, EYAS_BLOB_SOCKET, arg);
	const struct eyas_event_blob *path;
	const struct eyas_socket *s = b ? (const void *)b->data : NULL;

	if (!b) {
		b = eyas_traffic_blob(NULL, enter, EYAS_BLOB_SOCKET, arg);
		s = b ? (const void *)b->data : NULL;
	}
	eyas_strbuf_reset(&p->name);
	if (s && s->rport && (s->family == AF_INET || s->family == AF_INET6)) {
		name_inet(&p->name, s);
		return true;
	}
	if (addr_arg >= 0 &&
	    name_sockaddr(&p->name, eyas_traffic_blob(enter, exit, EYAS_BLOB_SOCKADDR, addr_arg),
			  s))
		return true;
	if (!s || s->family != AF_UNIX)
		return false;
	path = eyas_traffic_blob(enter, exit, EYAS_BLOB_PEER_PATH, arg);
	if (!path || !path->len)
		path = eyas_traffic_blob(enter, exit, EYAS_BLOB_SOCKET_PATH, arg);
	if (path && path->len)
		put_path(&p->name, path->data, path->len);
	else
		eyas_strbuf_adds(&p->name, "UNIX (no name)");
	return true;
}

/* ---- counting ---- */

static struct row *row_get(struct eyas_trace_peers *p)
{
	size_t len = p->name.len;
	struct row *row = eyas_strmap_get(&p->rows, p->name.buf, len);

	if (row || !eyas_strbuf_ok(&p->name))
		return row;
	row = calloc(1, sizeof(*row) + len + 1);
	if (!row)
		return NULL;
	memcpy(row->name, p->name.buf, len);
	if (eyas_strmap_set(&p->rows, p->name.buf, len, row) == 0)
		return row;
	free(row);
	return NULL;
}

/* Where a call has the address of its peer; -1: nowhere. */
static int address_arg(const struct eyas_event *ev)
{
	for (unsigned int i = 0; ev->sc && i < ev->sc->nargs; i++) {
		uint8_t kind = ev->sc->args[i].kind;

		if (kind == EYAS_KIND_INSOCKADDR || kind == EYAS_KIND_OUTSOCKADDR ||
		    kind == EYAS_KIND_INMSG || kind == EYAS_KIND_OUTMSG)
			return (int)i;
	}
	return -1;
}

static int count_end(struct eyas_trace_peers *p, const struct eyas_event *enter,
		     const struct eyas_event *exit, int arg, const struct row *add)
{
	struct row *row;

	if (arg < 0 || !find_name(p, enter, exit, arg, address_arg(exit)))
		return 0;
	row = row_get(p);
	if (!row)
		return -ENOMEM;
	row->connects += add->connects;
	row->accepts += add->accepts;
	row->sent += add->sent;
	row->sent_bytes += add->sent_bytes;
	row->got += add->got;
	row->got_bytes += add->got_bytes;
	row->errors += eyas_is_errno(exit->sys->ret);
	return 0;
}

int eyas_peers_add(struct eyas_trace_peers *p, const struct eyas_event *enter,
		   const struct eyas_event *exit)
{
	struct eyas_traffic does = eyas_traffic_of(exit);
	uint64_t bytes = does.bytes && exit->sys && exit->sys->ret > 0 ? (uint64_t)exit->sys->ret :
									 0;
	struct row got = { .got = 1, .got_bytes = bytes };
	struct row sent = { .sent = 1, .sent_bytes = bytes };
	struct row connects = { .connects = 1 }, accepts = { .accepts = 1 };
	int r;

	switch ((enum eyas_traffic_verb)does.verb) {
	case EYAS_TRAFFIC_CONNECT:
		return count_end(p, enter, exit, does.to, &connects);
	case EYAS_TRAFFIC_ACCEPT:
		/* Nobody has come if it failed. */
		return exit->sys->ret < 0 ? 0 :
					    count_end(p, enter, exit, EYAS_BLOB_NO_ARG, &accepts);
	case EYAS_TRAFFIC_MOVE:
		r = count_end(p, enter, exit, does.from, &got);
		return r ? r : count_end(p, enter, exit, does.to, &sent);
	case EYAS_TRAFFIC_NONE:
	case EYAS_TRAFFIC_OPEN:
		break;
	}
	return 0;
}

/* ---- the table ---- */

static int row_compare(const void *a, const void *b)
{
	const struct row *ra = *(struct row *const *)a, *rb = *(struct row *const *)b;

	return strcmp(ra->name, rb->name);
}

void eyas_peers_text(const struct eyas_trace_peers *p, struct eyas_strbuf *out)
{
	_cleanup_free_ struct row **rows = calloc(p->rows.len + 1, sizeof(*rows));
	size_t n = 0, len;
	const char *key;
	void *val;

	if (!rows || !p->rows.len)
		return;
	for (size_t pos = 0; eyas_strmap_next(&p->rows, &pos, &key, &len, &val);)
		rows[n++] = val;
	qsort(rows, n, sizeof(*rows), row_compare);
	eyas_strbuf_adds(out, "connects  accepts    sends    bytes sent receives bytes received   "
			      "errors peer\n"
			      "-------- -------- -------- ------------- -------- -------------- "
			      "-------- ----------------\n");
	for (size_t i = 0; i < n; i++) {
		const struct row *r = rows[i];

		eyas_strbuf_addf(out, "%8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %13" PRIu64
				 " %8" PRIu64 " %14" PRIu64 " %8" PRIu64 " %s\n",
				 r->connects, r->accepts, r->sent, r->sent_bytes, r->got,
				 r->got_bytes, r->errors, r->name);
	}
}
