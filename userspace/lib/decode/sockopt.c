// SPDX-License-Identifier: Apache-2.0
/* Options of sockets. */
#include "decode/sockopt.h"

#include <sys/socket.h>
#include "base/util.h"
#include "decode/fd.h"
#include "decode/msg.h"
#include "decode/struct.h"

static const struct {
	uint32_t level;
	const struct eyas_xlat *both, *set, *get;
} levels[] = {
	{ 0, &eyas_xlat_sockopt_ip, &eyas_xlat_sockopt_ip_set, &eyas_xlat_sockopt_ip_get },
	{ SOL_SOCKET, &eyas_xlat_sockopt_socket, &eyas_xlat_sockopt_socket_set,
	  &eyas_xlat_sockopt_socket_get },
	{ 6, &eyas_xlat_sockopt_tcp, NULL, NULL },
	{ 17, &eyas_xlat_sockopt_udp, NULL, NULL },
	{ 40, &eyas_xlat_sockopt_vsock, NULL, NULL },
	{ 41, &eyas_xlat_sockopt_ipv6, &eyas_xlat_sockopt_ipv6_set, &eyas_xlat_sockopt_ipv6_get },
	{ 101, &eyas_xlat_sockopt_can_raw, NULL, NULL },
	{ 132, &eyas_xlat_sockopt_sctp, NULL, NULL },
	{ 136, &eyas_xlat_sockopt_udp, NULL, NULL },
	{ 255, &eyas_xlat_sockopt_raw, NULL, NULL },
	{ 256, &eyas_xlat_sockopt_ipx, NULL, NULL },
	{ 257, &eyas_xlat_sockopt_ax25, NULL, NULL },
	{ 263, &eyas_xlat_sockopt_packet, NULL, NULL },
	{ 266, &eyas_xlat_sockopt_irda, NULL, NULL },
	{ 268, &eyas_xlat_sockopt_llc, NULL, NULL },
	{ 269, &eyas_xlat_sockopt_dccp, NULL, NULL },
	{ 270, &eyas_xlat_sockopt_netlink, NULL, NULL },
	{ 271, &eyas_xlat_sockopt_tipc, NULL, NULL },
	{ 272, &eyas_xlat_sockopt_rxrpc, NULL, NULL },
	{ 273, &eyas_xlat_sockopt_pppol2tp, NULL, NULL },
	{ 274, &eyas_xlat_sockopt_bluetooth, NULL, NULL },
	{ 275, &eyas_xlat_sockopt_pnpipe, NULL, NULL },
	{ 276, &eyas_xlat_sockopt_rds, NULL, NULL },
	{ 277, &eyas_xlat_sockopt_iucv, NULL, NULL },
	{ 278, &eyas_xlat_sockopt_caif, NULL, NULL },
	{ 279, &eyas_xlat_sockopt_alg, NULL, NULL },
	{ 280, &eyas_xlat_sockopt_nfc, NULL, NULL },
	{ 281, &eyas_xlat_sockopt_kcm, NULL, NULL },
	{ 282, &eyas_xlat_sockopt_tls, NULL, NULL },
	{ 283, &eyas_xlat_sockopt_xdp, NULL, NULL },
};

void eyas_dec_sockopt_name(struct eyas_decode *d, uint32_t level, uint32_t name, bool set)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(levels); i++) {
		const struct eyas_xlat *one = set ? levels[i].set : levels[i].get;

		if (levels[i].level != level)
			continue;
		if (one && eyas_xlat_get(one, name))
			eyas_dec_enum(d, one, name, 0);
		else
			eyas_dec_enum(d, levels[i].both, name, 0);
		return;
	}
	eyas_dec_uint(d, name);
}

/* ---- values ---- */

/*
 * A member of 4 bytes at @off, if the kernel was given room for it; of a part
 * the bytes are shown.
 */
static bool open_word(struct eyas_decode *d, const char *name, const unsigned char *p, uint32_t off,
		      uint32_t len)
{
	if (len <= off)
		return false;
	eyas_dec_field(d, name);
	if (len - off >= 4)
		return true;
	eyas_dec_quote(d, p + off, len - off, EYAS_DEC_HEX);
	return false;
}

static void print_linger(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '{');
	if (open_word(d, "l_onoff", p, 0, len))
		eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
	if (open_word(d, "l_linger", p, 4, len))
		eyas_dec_int(d, (int32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_close(d, '}');
}

static void print_creds(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '{');
	if (open_word(d, "pid", p, 0, len))
		eyas_dec_pid(d, (int32_t)eyas_dec_get(p, 4));
	if (open_word(d, "uid", p, 4, len))
		eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 4, 4));
	if (open_word(d, "gid", p, 8, len))
		eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 8, 4));
	eyas_dec_close(d, '}');
}

/* A filter's instructions are further away than is recorded. */
void eyas_dec_filter(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	unsigned int word = eyas_dec_word_size(d);

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "len");
	eyas_dec_uint(d, eyas_dec_get(p, 2));
	eyas_dec_field(d, "filter");
	eyas_dec_addr(d, eyas_dec_get(p + word, word));
	eyas_dec_close(d, '}');
}

static void print_errno(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	if (len < 4) {
		eyas_dec_quote(d, p, len, EYAS_DEC_HEX);
		return;
	}
	eyas_dec_open1(d);
	eyas_dec_errno(d, (int32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_member(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "imr_multiaddr");
	eyas_dec_in_addr(d, p);
	eyas_dec_field(d, "imr_interface");
	eyas_dec_in_addr(d, p + 4);
	eyas_dec_close(d, '}');
}

static void print_member6(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_in6_addr(d, "ipv6mr_multiaddr", p);
	eyas_dec_field(d, "ipv6mr_interface");
	eyas_dec_ifindex(d, (uint32_t)eyas_dec_get(p + 16, 4));
	eyas_dec_close(d, '}');
}

static void print_packet_member(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t alen = (uint32_t)eyas_dec_get(p + 6, 2);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "mr_ifindex");
	eyas_dec_ifindex(d, (uint32_t)eyas_dec_get(p, 4));
	eyas_dec_field(d, "mr_type");
	eyas_dec_enum(d, &eyas_xlat_packet_mr, eyas_dec_get(p + 4, 2), 0);
	eyas_dec_field(d, "mr_alen");
	eyas_dec_uint(d, alen);
	eyas_dec_field(d, "mr_address");
	if (alen > len - 8)
		alen = len - 8;
	alen = alen < 8 ? alen : 8;
	eyas_dec_hwaddr(d, p + 8, alen, alen);
	eyas_dec_close(d, '}');
}

static void print_ring(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const char *const names[] = { "tp_block_size", "tp_block_nr", "tp_frame_size",
					     "tp_frame_nr" };

	(void)len;
	eyas_dec_open(d, '{');
	for (unsigned int i = 0; i < 4; i++) {
		eyas_dec_field(d, names[i]);
		eyas_dec_uint(d, eyas_dec_get(p + 4 * i, 4));
	}
	eyas_dec_close(d, '}');
}

/*
 * Options of SOL_SOCKET that are an int, whatever the length that is given;
 * numbers: the SO_TIMESTAMPs, and what headers of older systems do not have.
 */
static const uint8_t ints[] = { SO_DEBUG,
				SO_REUSEADDR,
				SO_DONTROUTE,
				SO_BROADCAST,
				SO_SNDBUF,
				SO_RCVBUF,
				SO_KEEPALIVE,
				SO_OOBINLINE,
				SO_NO_CHECK,
				SO_PRIORITY,
				SO_BSDCOMPAT,
				SO_REUSEPORT,
				SO_PASSCRED,
				SO_RCVLOWAT,
				SO_SNDLOWAT,
				SO_DETACH_FILTER,
				29,
				SO_ACCEPTCONN,
				SO_SNDBUFFORCE,
				SO_RCVBUFFORCE,
				SO_PASSSEC,
				35,
				SO_MARK,
				37,
				SO_RXQ_OVFL,
				SO_WIFI_STATUS,
				SO_PEEK_OFF,
				SO_NOFCS,
				SO_LOCK_FILTER,
				SO_SELECT_ERR_QUEUE,
				SO_BUSY_POLL,
				SO_INCOMING_CPU,
				SO_CNX_ADVICE,
				SO_INCOMING_NAPI_ID,
				SO_ZEROCOPY,
				63,
				64,
				65,
				68,
				69,
				70,
				73,
				74,
				75 };

static bool is_int(uint32_t level, uint32_t name)
{
	for (size_t i = 0; level == SOL_SOCKET && i < EYAS_ARRAY_LEN(ints); i++) {
		if (ints[i] == name)
			return true;
	}
	return false;
}

static void print_int(struct eyas_decode *d, const unsigned char *p)
{
	eyas_dec_open1(d);
	eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

#define SET 1U
#define GET 2U

static const struct {
	uint32_t level, name;
	uint8_t when;
	uint8_t least; /* bytes of it; with fewer its address is printed */
	eyas_dec_object *print;
} values[] = {
	{ SOL_SOCKET, SO_LINGER, SET, 8, print_linger },
	{ SOL_SOCKET, SO_LINGER, GET, 1, print_linger },
	{ SOL_SOCKET, SO_PEERCRED, GET, 1, print_creds },
	{ SOL_SOCKET, SO_ATTACH_FILTER, SET, 16, eyas_dec_filter },
	{ SOL_SOCKET, 51, SET, 16, eyas_dec_filter },
	{ SOL_SOCKET, SO_ERROR, GET, 1, print_errno },
	{ 0, 35, SET, 8, print_member },
	{ 0, 36, SET, 8, print_member },
	{ 41, 20, SET, 20, print_member6 },
	{ 41, 21, SET, 20, print_member6 },
	{ 41, 27, SET, 20, print_member6 },
	{ 41, 28, SET, 20, print_member6 },
	{ 263, 1, SET, 16, print_packet_member },
	{ 263, 2, SET, 16, print_packet_member },
	{ 263, 5, SET, 16, print_ring },
	{ 263, 13, SET, 16, print_ring },
};

/* @cut: @len bytes are not all that there are, because of a fault. */
static bool print_known(struct eyas_decode *d, const struct eyas_dec_mem *m, uint32_t len, bool cut,
			bool set)
{
	uint32_t level = eyas_dec_arg32(d, 1), name = eyas_dec_arg32(d, 2);

	if (is_int(level, name)) {
		if (len >= 4)
			print_int(d, m->p);
		else if (set || cut)
			eyas_dec_addr(d, d->args[3]);
		else
			eyas_dec_quote(d, m->p, len, EYAS_DEC_HEX);
		return true;
	}
	for (size_t i = 0; i < EYAS_ARRAY_LEN(values); i++) {
		if (values[i].level != level || values[i].name != name ||
		    !(values[i].when & (set ? SET : GET)))
			continue;
		if (len < values[i].least || cut) {
			eyas_dec_addr(d, d->args[3]);
		} else {
			values[i].print(d, m->p, len);
		}
		return true;
	}
	return false;
}

void eyas_dec_sockopt(struct eyas_decode *d, const struct eyas_dec_mem *m, int32_t len, bool set)
{
	uint64_t addr = d->args[3];
	uint32_t there = m ? m->len : 0;

	if (!addr || !m || d->opts.no_structs || len < 0 || (!set && !len)) {
		eyas_dec_addr(d, addr);
		return;
	}
	if (len >= 0 && (uint32_t)len < there)
		there = (uint32_t)len;
	if (print_known(d, m, there, m->fault && (uint32_t)len > there, set))
		return;
	if (len == 4 && there == 4) {
		print_int(d, m->p);
		return;
	}
	eyas_dec_bytes(d, m, addr, (uint64_t)(int64_t)len);
}
