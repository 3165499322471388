// SPDX-License-Identifier: Apache-2.0
/* Calls about sockets. */
#include <sys/socket.h>
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/msg.h"
#include "decode/sockopt.h"
#include "decode/struct.h"

/* ---- socket ---- */

static void arg_socket_type(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint32_t v = eyas_dec_arg32(d, arg);

	eyas_dec_sym(d, v);
	if (eyas_xlat_get(&eyas_xlat_socket_type, v & 0xf)) {
		eyas_dec_part_enum(d, &parts, &eyas_xlat_socket_type, v & 0xf);
		v &= ~0xfU;
	}
	eyas_dec_part_flags(d, &parts, &eyas_xlat_sock, v, EYAS_XF_NOTE);
	if (!parts.any)
		eyas_dec_uint(d, 0);
	eyas_dec_symend(d);
}

static const struct {
	uint16_t family;
	const struct eyas_xlat *list;
} protocols[] = {
	{ AF_INET, &eyas_xlat_ipproto },    { AF_INET6, &eyas_xlat_ipproto },
	{ AF_NETLINK, &eyas_xlat_netlink }, { AF_BLUETOOTH, &eyas_xlat_btproto },
	{ AF_CAN, &eyas_xlat_canproto },    { AF_KCM, &eyas_xlat_kcmproto },
	{ AF_SMC, &eyas_xlat_smcproto },    { AF_PHONET, &eyas_xlat_pn_proto },
	{ AF_CAIF, &eyas_xlat_caifproto },  { AF_NFC, &eyas_xlat_nfcproto },
	{ AF_ISDN, &eyas_xlat_isdn_p },
};

static void arg_protocol(struct eyas_decode *d, unsigned int arg)
{
	uint32_t family = eyas_dec_arg32(d, 0), v = eyas_dec_arg32(d, arg);

	if (family == AF_PACKET) {
		eyas_dec_sym(d, v);
		eyas_dec_puts(d, "htons(");
		eyas_dec_enum(d, &eyas_xlat_eth_p, (v & 0xff) << 8 | (v >> 8 & 0xff), 0);
		eyas_dec_puts(d, ")");
		eyas_dec_symend(d);
		return;
	}
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (protocols[i].family != family)
			continue;
		eyas_dec_enum(d, protocols[i].list, v, 0);
		return;
	}
	eyas_dec_uint(d, d->args[arg]);
}

/* ---- options ---- */

#define LEVEL 1
#define NAME 2
#define VALUE 3

static void show_option(struct eyas_decode *d, bool set)
{
	eyas_dec_show(d, 0);
	if (eyas_dec_arg(d, LEVEL))
		eyas_dec_enum(d, &eyas_xlat_sockopt_level, eyas_dec_arg32(d, LEVEL), 0);
	if (eyas_dec_arg(d, NAME))
		eyas_dec_sockopt_name(d, eyas_dec_arg32(d, LEVEL), eyas_dec_arg32(d, NAME), set);
}

static void call_setsockopt(struct eyas_decode *d)
{
	int32_t len = (int32_t)eyas_dec_arg32(d, 4);
	struct eyas_dec_mem m;
	bool got = eyas_dec_in(d, VALUE, &m);

	show_option(d, true);
	if (eyas_dec_arg(d, VALUE))
		eyas_dec_sockopt(d, got ? &m : NULL, len, true);
	if (eyas_dec_arg(d, 4))
		eyas_dec_int(d, len);
}

static void call_getsockopt(struct eyas_decode *d)
{
	struct eyas_dec_mem m, len;
	bool got = !d->failed && eyas_dec_out(d, VALUE, &m);
	int32_t n = !d->failed && eyas_dec_out(d, 4, &len) && len.len >= 4 ?
			    (int32_t)eyas_dec_get(len.p, 4) :
			    -1;

	show_option(d, false);
	eyas_dec_split(d);
	if (eyas_dec_arg(d, VALUE)) {
		if (d->failed || n < 0)
			eyas_dec_addr(d, d->args[VALUE]);
		else
			eyas_dec_sockopt(d, got ? &m : NULL, n, false);
	}
	if (eyas_dec_arg(d, 4))
		eyas_dec_arg_room(d, 4);
}

/* ---- others ---- */

static void arg_len(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_int(d, (int32_t)eyas_dec_arg32(d, arg));
}

/* Where it gave up, the time left is told with the result. */
static bool recvmmsg_result(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	eyas_dec_int(d, d->ret);
	if (!d->ret) {
		eyas_dec_ret_note(d, "Timeout");
	} else if (d->args[4] && eyas_dec_out(d, 4, &m) &&
		   m.len >= eyas_dec_struct_size(d, d->plan->arg[4].aux)) {
		eyas_dec_ret_open(d);
		eyas_dec_puts(d, "left ");
		eyas_dec_struct(d, d->plan->arg[4].aux, m.p, m.len);
		eyas_dec_ret_close(d);
	}
	return true;
}

static void arg_timeout(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	eyas_dec_struct_at(d, d->plan->arg[arg].aux, eyas_dec_in(d, arg, &m) ? &m : NULL,
			   d->args[arg]);
}

/* How much of each message was sent is told inside of it. */
static void call_sendmmsg(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_split(d);
	eyas_dec_show_from(d, 1);
}

const struct eyas_dec_call eyas_dec_calls_net[] = {
	{ "sendmmsg", call_sendmmsg, NULL },
	{ "setsockopt", call_setsockopt, NULL },
	{ "getsockopt", call_getsockopt, NULL },
	{ "recvmmsg", NULL, recvmmsg_result },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_net[] = {
	{ "socket", 1, arg_socket_type, NULL },
	{ "socket", 2, arg_protocol, NULL },
	{ "socketpair", 1, arg_socket_type, NULL },
	{ "socketpair", 2, arg_protocol, NULL },
	{ "connect", 2, arg_len, NULL },
	{ "bind", 2, arg_len, NULL },
	{ "sendto", 5, arg_len, NULL },
	{ "accept", 2, eyas_dec_arg_socklen, NULL },
	{ "accept4", 2, eyas_dec_arg_socklen, NULL },
	{ "getsockname", 2, eyas_dec_arg_socklen, NULL },
	{ "getpeername", 2, eyas_dec_arg_socklen, NULL },
	{ "recvfrom", 5, eyas_dec_arg_socklen, NULL },
	{ "sendmmsg", 1, eyas_dec_arg_inmmsg, NULL },
	{ "sendmmsg", 2, eyas_dec_arg_uint32, NULL },
	{ "recvmmsg", 1, eyas_dec_arg_outmmsg, NULL },
	{ "recvmmsg", 2, eyas_dec_arg_uint32, NULL },
	{ "recvmmsg", 4, arg_timeout, NULL },
	{ NULL, 0, NULL, NULL },
};
