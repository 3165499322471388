// SPDX-License-Identifier: Apache-2.0
/* Addresses of sockets. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include "decode/fd.h"
#include "decode/msg.h"

#define UNIX_PATH_MAX 108
#define XDP_SHARED 1 /* flags: memory of another socket */

static uint16_t be16(const unsigned char *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/*
 * What is in the order of the network is bytes where numbers are wanted; false: it
 * is nothing else. Then eyas_dec_words_end() follows the words.
 */
static bool net_words(struct eyas_decode *d, const unsigned char *p, size_t len, uint8_t *was)
{
	uint8_t hex = d->opts.hex;

	if (eyas_dec_raw(d)) {
		d->opts.hex = EYAS_DECODE_HEX_ALL;
		eyas_dec_quote(d, p, len, EYAS_DEC_PATH);
		d->opts.hex = hex;
	}
	return eyas_dec_words(d, was);
}

/* "htons(80)"; JSON has the number. */
static void put_net(struct eyas_decode *d, const unsigned char *p, unsigned int len)
{
	uint8_t was;

	if (!net_words(d, p, len, &was))
		return;
	eyas_dec_note(d, len == 2 ? "htons(" : "htonl(");
	eyas_dec_uint(d, len == 2 ? be16(p) : be32(p));
	eyas_dec_note(d, ")");
	eyas_dec_words_end(d, was);
}

/* inet_ntop() does it with printf, in ten times the time. */
size_t eyas_dec_ipv4(char text[INET_ADDRSTRLEN], const unsigned char *p)
{
	size_t n = 0;

	for (unsigned int i = 0; i < 4; i++) {
		if (i)
			text[n++] = '.';
		if (p[i] >= 100)
			text[n++] = (char)('0' + p[i] / 100);
		if (p[i] >= 10)
			text[n++] = (char)('0' + p[i] / 10 % 10);
		text[n++] = (char)('0' + p[i] % 10);
	}
	text[n] = '\0';
	return n;
}

void eyas_dec_in_addr(struct eyas_decode *d, const unsigned char *p)
{
	char text[INET_ADDRSTRLEN];
	size_t len = eyas_dec_ipv4(text, p);
	uint8_t was;

	if (!net_words(d, p, 4, &was))
		return;
	eyas_dec_note(d, "inet_addr(");
	eyas_dec_quote(d, text, len, EYAS_DEC_PATH);
	eyas_dec_note(d, ")");
	eyas_dec_words_end(d, was);
}

/* The member's name goes inside where there are words alone. */
void eyas_dec_in6_addr(struct eyas_decode *d, const char *name, const unsigned char *p)
{
	char text[INET6_ADDRSTRLEN];
	bool inside = !d->json && !eyas_dec_raw(d);
	uint8_t was;

	if (inside)
		eyas_dec_item(d);
	else
		eyas_dec_field(d, name);
	if (!net_words(d, p, 16, &was))
		return;
	inet_ntop(AF_INET6, p, text, sizeof(text));
	eyas_dec_note(d, "inet_pton(AF_INET6, ");
	eyas_dec_quote(d, text, strlen(text), EYAS_DEC_PATH);
	if (inside) {
		eyas_dec_puts(d, ", &");
		eyas_dec_puts(d, name);
	}
	eyas_dec_note(d, ")");
	eyas_dec_words_end(d, was);
}

void eyas_dec_ifindex(struct eyas_decode *d, uint32_t index)
{
	const struct eyas_decode_hooks *h = &d->opts.hooks;
	char name[16];
	uint8_t was;

	if (d->json || !h->ifname || !h->ifname(h->arg, d->ev, index, name)) {
		eyas_dec_uint(d, index);
		return;
	}
	if (eyas_dec_raw(d))
		eyas_dec_uint(d, index);
	if (!eyas_dec_words(d, &was))
		return;
	eyas_dec_puts(d, "if_nametoindex(");
	eyas_dec_cstr(d, name, sizeof(name), EYAS_DEC_PATH);
	eyas_dec_putc(d, ')');
	eyas_dec_words_end(d, was);
}

void eyas_dec_hwaddr(struct eyas_decode *d, const unsigned char *p, uint32_t len, uint32_t shown)
{
	uint8_t was;

	if (!d->json && !net_words(d, p, len, &was))
		return;
	eyas_dec_sym(d, 0);
	for (uint32_t i = 0; i < shown; i++)
		eyas_strbuf_addf(d->out, "%s%02x", i ? ":" : "", (unsigned int)p[i]);
	eyas_dec_symend(d);
	if (!d->json)
		eyas_dec_words_end(d, was);
}

static void put_unix(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	const char *path = (const char *)p + 2;
	size_t n = len - 2 < UNIX_PATH_MAX ? len - 2 : UNIX_PATH_MAX;

	if (!n)
		return;
	eyas_dec_field(d, "sun_path");
	if (path[0]) {
		eyas_dec_cstr(d, path, n, EYAS_DEC_PATH);
		return;
	}
	/* A name in no file system: all bytes after the first count. */
	if (d->json) {
		char name[UNIX_PATH_MAX];

		memcpy(name, path, n);
		name[0] = '@';
		eyas_dec_quote(d, name, n, EYAS_DEC_PATH);
		return;
	}
	eyas_dec_putc(d, '@');
	eyas_dec_quote(d, path + 1, n - 1, EYAS_DEC_PATH);
}

static void put_inet(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_field(d, "sin_port");
	put_net(d, p + 2, 2);
	eyas_dec_field(d, "sin_addr");
	eyas_dec_in_addr(d, p + 4);
}

/* Addresses that mean something on one link only, whose number follows. */
static bool is_link_local(const unsigned char *addr)
{
	return (addr[0] == 0xfe && (addr[1] & 0xc0) == 0x80) ||
	       (addr[0] == 0xff && (addr[1] & 0x0f) == 2);
}

static void put_inet6(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_field(d, "sin6_port");
	put_net(d, p + 2, 2);
	eyas_dec_field(d, "sin6_flowinfo");
	put_net(d, p + 4, 4);
	eyas_dec_in6_addr(d, "sin6_addr", p + 8);
	if (len < 28)
		return;
	eyas_dec_field(d, "sin6_scope_id");
	if (is_link_local(p + 8))
		eyas_dec_ifindex(d, (uint32_t)eyas_dec_get(p + 24, 4));
	else
		eyas_dec_uint(d, eyas_dec_get(p + 24, 4));
}

static void put_netlink(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t groups = (uint32_t)eyas_dec_get(p + 8, 4);

	(void)len;
	if (eyas_dec_get(p + 2, 2)) {
		eyas_dec_field(d, "nl_pad");
		eyas_dec_hex(d, eyas_dec_get(p + 2, 2));
	}
	eyas_dec_field(d, "nl_pid");
	eyas_dec_int(d, (int32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_field(d, "nl_groups");
	eyas_dec_sym(d, groups);
	eyas_strbuf_addf(d->out, "%#08x", groups);
	eyas_dec_symend(d);
}

void eyas_dec_mac(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i < len; i++) {
		eyas_dec_item(d);
		eyas_dec_hex(d, p[i]);
	}
	eyas_dec_close(d, ']');
}

static void put_packet(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint8_t was;
	uint32_t halen = p[11], there = len - 12 < 8 ? len - 12 : 8;

	eyas_dec_field(d, "sll_protocol");
	if (net_words(d, p + 2, 2, &was)) {
		eyas_dec_note(d, "htons(");
		eyas_dec_enum(d, &eyas_xlat_eth_p, be16(p + 2), 0);
		eyas_dec_note(d, ")");
		eyas_dec_words_end(d, was);
	}
	eyas_dec_field(d, "sll_ifindex");
	eyas_dec_ifindex(d, (uint32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_field(d, "sll_hatype");
	eyas_dec_enum(d, &eyas_xlat_arphrd, eyas_dec_get(p + 8, 2), 0);
	eyas_dec_field(d, "sll_pkttype");
	eyas_dec_enum(d, &eyas_xlat_packet_type, p[10], 0);
	eyas_dec_field(d, "sll_halen");
	eyas_dec_uint(d, halen);
	if (halen && halen <= there) {
		eyas_dec_field(d, "sll_addr");
		eyas_dec_mac(d, p + 12, halen);
	}
}

static void put_vsock(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	if (eyas_dec_get(p + 2, 2)) {
		eyas_dec_field(d, "svm_reserved1");
		eyas_dec_hex(d, eyas_dec_get(p + 2, 2));
	}
	eyas_dec_field(d, "svm_cid");
	eyas_dec_enum(d, &eyas_xlat_vsock_cid, eyas_dec_get(p + 8, 4), 0);
	eyas_dec_field(d, "svm_port");
	eyas_dec_enum(d, &eyas_xlat_vsock_port, eyas_dec_get(p + 4, 4), 0);
	eyas_dec_field(d, "svm_flags");
	eyas_dec_flags(d, &eyas_xlat_vsock_flags, p[12]);
}

static void put_alg(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_field(d, "salg_type");
	eyas_dec_cstr(d, p + 2, 14, EYAS_DEC_PATH);
	eyas_dec_field(d, "salg_feat");
	eyas_dec_hex(d, eyas_dec_get(p + 16, 4));
	eyas_dec_field(d, "salg_mask");
	eyas_dec_hex(d, eyas_dec_get(p + 20, 4));
	eyas_dec_field(d, "salg_name");
	eyas_dec_cstr(d, p + 24, len - 24, EYAS_DEC_PATH);
}

static void put_xdp(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_field(d, "sxdp_flags");
	eyas_dec_flags(d, &eyas_xlat_xdp_flags, eyas_dec_get(p + 2, 2));
	eyas_dec_field(d, "sxdp_ifindex");
	eyas_dec_ifindex(d, (uint32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_field(d, "sxdp_queue_id");
	eyas_dec_uint(d, eyas_dec_get(p + 8, 4));
	eyas_dec_field(d, "sxdp_shared_umem_fd");
	if (eyas_dec_get(p + 2, 2) & XDP_SHARED)
		eyas_dec_fd(d, (int32_t)eyas_dec_get(p + 12, 4), EYAS_DEC_NO_ARG);
	else
		eyas_dec_hex(d, eyas_dec_get(p + 12, 4));
}

/* clang-format off */
static const struct {
	uint16_t family;
	uint16_t least; /* bytes; with fewer it is a family with data */
	void (*print)(struct eyas_decode *d, const unsigned char *p, uint32_t len);
} families[] = {
	{ AF_UNIX, 2, put_unix },
	{ AF_INET, 16, put_inet },
	{ AF_INET6, 24, put_inet6 },
	{ AF_NETLINK, 12, put_netlink },
	{ AF_PACKET, 20, put_packet },
	{ AF_VSOCK, 16, put_vsock },
	{ AF_ALG, 88, put_alg },
	{ AF_XDP, 16, put_xdp },
};
/* clang-format on */

void eyas_dec_sockaddr(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint16_t family = (uint16_t)eyas_dec_get(p, 2);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "sa_family");
	eyas_dec_enum(d, &eyas_xlat_domain, family, 0);
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		if (families[i].family != family || len < families[i].least)
			continue;
		families[i].print(d, p, len);
		eyas_dec_close(d, '}');
		return;
	}
	if (len > 2) {
		eyas_dec_field(d, "sa_data");
		eyas_dec_quote(d, p + 2, len - 2, EYAS_DEC_PATH);
	}
	eyas_dec_close(d, '}');
}

/* ---- arguments ---- */

#define ADDR_MIN 2
#define ADDR_MAX 128U

static void print_at(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
		     int64_t len)
{
	uint32_t want = len < (int64_t)ADDR_MAX ? (uint32_t)len : ADDR_MAX;

	if (!addr || !m || len < ADDR_MIN || m->len < want)
		eyas_dec_addr(d, addr);
	else
		eyas_dec_sockaddr(d, m->p, want);
}

void eyas_dec_arg_insockaddr(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	bool got = eyas_dec_in_blob(d, EYAS_BLOB_SOCKADDR, arg, &m);

	print_at(d, got ? &m : NULL, d->args[arg], (int32_t)d->args[arg + 1]);
}

/* The length before, which was room, and after the call. */
static bool lengths(const struct eyas_decode *d, unsigned int arg, int32_t *before, int32_t *after)
{
	struct eyas_dec_mem m;

	if (!eyas_dec_in(d, arg, &m) || m.len < 4) {
		/* Without a record of its start, the room of a call is not known. */
		if (!eyas_dec_out(d, arg, &m) || m.len < 4)
			return false;
		*before = *after = (int32_t)eyas_dec_get(m.p, 4);
		return true;
	}
	*before = *after = (int32_t)eyas_dec_get(m.p, 4);
	if (!d->failed && eyas_dec_out(d, arg, &m) && m.len >= 4)
		*after = (int32_t)eyas_dec_get(m.p, 4);
	return true;
}

void eyas_dec_arg_outsockaddr(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	int32_t before, after;
	bool got = !d->failed && eyas_dec_out_blob(d, EYAS_BLOB_SOCKADDR, arg, &m) &&
		   lengths(d, arg + 1, &before, &after);

	print_at(d, got ? &m : NULL, d->args[arg], got ? after < before ? after : before : 0);
}

void eyas_dec_arg_room(struct eyas_decode *d, unsigned int arg)
{
	int32_t before, after;

	if (!lengths(d, arg, &before, &after)) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_open1(d);
	if (before == after) {
		eyas_dec_int(d, before);
	} else {
		eyas_dec_before(d);
		eyas_dec_int(d, before);
		eyas_dec_after(d);
		eyas_dec_int(d, after);
		eyas_dec_changed(d);
	}
	eyas_dec_close(d, ']');
}

/* Where no address is wanted, nobody looks at its length. */
void eyas_dec_arg_socklen(struct eyas_decode *d, unsigned int arg)
{
	if (d->args[arg - 1])
		eyas_dec_arg_room(d, arg);
	else
		eyas_dec_addr(d, d->args[arg]);
}
