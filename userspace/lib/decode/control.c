// SPDX-License-Identifier: Apache-2.0
/* Control messages: what goes with the data of a message. */
#include <sys/socket.h>
#include "decode/msg.h"
#include "decode/struct.h"

#define LEVEL_IP 0

static void print_fds(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i + 4 <= len; i += 4) {
		eyas_dec_item(d);
		eyas_dec_fd(d, (int32_t)eyas_dec_get(p + i, 4), EYAS_DEC_NO_ARG);
	}
	eyas_dec_close(d, ']');
}

static void print_creds(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "pid");
	eyas_dec_pid(d, (int32_t)eyas_dec_get(p, 4));
	eyas_dec_field(d, "uid");
	eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_field(d, "gid");
	eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 8, 4));
	eyas_dec_close(d, '}');
}

static void print_text(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_quote(d, p, len, EYAS_DEC_PATH);
}

static void print_timeval(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_struct(d, &eyas_dec_timeval, p, len);
}

static void print_timespec(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_struct(d, &eyas_dec_timespec, p, len);
}

/* The new ones have 64 bits in every ABI. */
static void print_new_timeval(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "tv_sec");
	eyas_dec_int(d, (int64_t)eyas_dec_get(p, 8));
	eyas_dec_field(d, "tv_usec");
	eyas_dec_int(d, (int64_t)eyas_dec_get(p + 8, 8));
	eyas_dec_close(d, '}');
}

static void print_new_timespec(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_struct(d, &eyas_dec_timespec64, p, len);
}

static void print_three(struct eyas_decode *d, const struct eyas_dec_struct *s,
			const unsigned char *p, uint32_t len)
{
	uint32_t step = eyas_dec_struct_size(d, s);

	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i < 3 && (i + 1) * step <= len; i++) {
		eyas_dec_item(d);
		eyas_dec_struct(d, s, p + i * step, step);
	}
	eyas_dec_close(d, ']');
}

static void print_timestamps(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	print_three(d, &eyas_dec_timespec, p, len);
}

static void print_new_timestamps(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	print_three(d, &eyas_dec_timespec64, p, len);
}

static void print_pktinfo(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "ipi_ifindex");
	eyas_dec_ifindex(d, (uint32_t)eyas_dec_get(p, 4));
	eyas_dec_field(d, "ipi_spec_dst");
	eyas_dec_in_addr(d, p + 4);
	eyas_dec_field(d, "ipi_addr");
	eyas_dec_in_addr(d, p + 8);
	eyas_dec_close(d, '}');
}

static void print_one_uint(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_uint(d, eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_tos(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_mac(d, p, len ? 1 : 0);
}

static void print_opts(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_mac(d, p, len);
}

static void print_error(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const struct {
		const char *name;
		uint8_t off, size;
	} fields[] = {
		{ "ee_errno", 0, 4 }, { "ee_origin", 4, 1 }, { "ee_type", 5, 1 },
		{ "ee_code", 6, 1 },  { "ee_info", 8, 4 },   { "ee_data", 12, 4 },
	};

	eyas_dec_open(d, '{');
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		eyas_dec_field(d, fields[i].name);
		eyas_dec_uint(d, eyas_dec_get(p + fields[i].off, fields[i].size));
	}
	eyas_dec_field(d, "offender");
	eyas_dec_sockaddr(d, p + 16, len - 16);
	eyas_dec_close(d, '}');
}

static const struct {
	uint32_t level, type;
	uint32_t least; /* bytes; with fewer there is nothing to print */
	eyas_dec_object *print;
} types[] = {
	{ SOL_SOCKET, 1, 4, print_fds },	  { SOL_SOCKET, 2, 12, print_creds },
	{ SOL_SOCKET, 3, 1, print_text },	  { SOL_SOCKET, 4, 4, print_fds },
	{ SOL_SOCKET, 29, 16, print_timeval },	  { SOL_SOCKET, 35, 16, print_timespec },
	{ SOL_SOCKET, 37, 48, print_timestamps }, { SOL_SOCKET, 63, 16, print_new_timeval },
	{ SOL_SOCKET, 64, 16, print_new_timespec }, { SOL_SOCKET, 65, 48, print_new_timestamps },
	{ LEVEL_IP, 1, 1, print_tos },
	{ LEVEL_IP, 2, 4, print_one_uint },	  { LEVEL_IP, 3, 1, print_text },
	{ LEVEL_IP, 6, 1, print_opts },		  { LEVEL_IP, 7, 1, print_opts },
	{ LEVEL_IP, 8, 12, print_pktinfo },	  { LEVEL_IP, 11, 32, print_error },
	{ LEVEL_IP, 20, 16, eyas_dec_sockaddr },  { LEVEL_IP, 23, 4, print_one_uint },
};

static void print_data(struct eyas_decode *d, uint32_t level, uint32_t type, const unsigned char *p,
		       uint32_t len)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].level != level || types[i].type != type || len < types[i].least)
			continue;
		eyas_dec_field(d, "cmsg_data");
		types[i].print(d, p, len);
		return;
	}
}

static void print_level(struct eyas_decode *d, uint32_t level)
{
	if (eyas_xlat_get(&eyas_xlat_sockopt_level, level)) {
		eyas_dec_enum(d, &eyas_xlat_sockopt_level, level, 0);
		return;
	}
	eyas_dec_sym(d, level);
	eyas_dec_put_hex(d, level);
	eyas_dec_note(d, d->opts.xlat == EYAS_DECODE_RAW ? "" : " /* SOL_??? */");
	eyas_dec_symend(d);
}

static void print_one(struct eyas_decode *d, const unsigned char *p, uint64_t len, uint32_t there)
{
	unsigned int word = eyas_dec_word_size(d);
	uint32_t head = word + 8;
	uint32_t level = (uint32_t)eyas_dec_get(p + word, 4);
	uint32_t type = (uint32_t)eyas_dec_get(p + word + 4, 4);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "cmsg_len");
	eyas_dec_uint(d, len);
	eyas_dec_field(d, "cmsg_level");
	print_level(d, level);
	eyas_dec_field(d, "cmsg_type");
	if (level == SOL_SOCKET)
		eyas_dec_enum(d, &eyas_xlat_scm, type, 0);
	else if (level == LEVEL_IP)
		eyas_dec_enum(d, &eyas_xlat_cmsg_ip, type, 0);
	else
		eyas_dec_hex(d, type);
	if (len > head)
		print_data(d, level, type, p + head, (uint32_t)(len < there ? len : there) - head);
	eyas_dec_close(d, '}');
}

void eyas_dec_control(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
		      uint64_t full)
{
	unsigned int word = eyas_dec_word_size(d);
	uint32_t head = word + 8, at = 0;

	if (!addr || !m || m->len < head || full < head) {
		eyas_dec_addr(d, addr);
		return;
	}
	eyas_dec_open(d, '[');
	while (m->len - at >= head) {
		uint64_t len = eyas_dec_get(m->p + at, word), next;

		eyas_dec_item(d);
		print_one(d, m->p + at, len, m->len - at);
		if (len < head) {
			at += head;
			break;
		}
		next = (len + word - 1) / word * word;
		if (len > m->len - at || next > m->len - at) {
			at = m->len;
			break;
		}
		at += (uint32_t)next;
	}
	if (at < m->len || m->len < full) {
		eyas_dec_more(d);
		if (!d->json)
			eyas_strbuf_addf(d->out, " /* %#llx */", (unsigned long long)(addr + at));
	}
	eyas_dec_close(d, ']');
}
