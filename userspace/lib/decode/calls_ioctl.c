// SPDX-License-Identifier: Apache-2.0
/* ioctl: names of requests, and what the usual ones are given and write. */
#include <sys/socket.h>
#include "base/util.h"
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/msg.h"
#include "decode/struct.h"

#define CMD 1
#define ARG 2
#define IFNAME 16
#define CONTROL_CHARS 19 /* control characters of a terminal */

/* ---- terminals ---- */

static void tc_rest(struct eyas_decode *d, const struct eyas_xlat *x, uint32_t v)
{
	struct eyas_dec_parts parts = { 0 };

	eyas_dec_part_flags(d, &parts, x, v, 0);
}

static void tc_part(struct eyas_decode *d, const struct eyas_xlat *x, uint32_t v)
{
	eyas_dec_enum(d, x, v, 0);
	eyas_dec_putc(d, '|');
}

static void tc_oflag(struct eyas_decode *d, uint32_t v)
{
	tc_part(d, &eyas_xlat_tc_nl, v & 0x100);
	tc_part(d, &eyas_xlat_tc_cr, v & 0x600);
	tc_part(d, &eyas_xlat_tc_tab, v & 0x1800);
	tc_part(d, &eyas_xlat_tc_bs, v & 0x2000);
	tc_part(d, &eyas_xlat_tc_vt, v & 0x4000);
	tc_part(d, &eyas_xlat_tc_ff, v & 0x8000);
	tc_rest(d, &eyas_xlat_tc_oflag, v & ~0xff00U);
}

static void tc_cflag(struct eyas_decode *d, uint32_t v)
{
	tc_part(d, &eyas_xlat_tc_baud, v & 0x100f);
	if (v & 0x100f0000) {
		eyas_dec_enum(d, &eyas_xlat_tc_baud, v >> 16 & 0x100f, 0);
		eyas_dec_puts(d, "<<");
		eyas_dec_enum(d, &eyas_xlat_tc_ibshift, 16, 0);
		eyas_dec_putc(d, '|');
	}
	tc_part(d, &eyas_xlat_tc_csize, v & 0x30);
	tc_rest(d, &eyas_xlat_tc_cflag, v & ~0x100f103fU);
}

static void tc_iflag(struct eyas_decode *d, uint32_t v)
{
	tc_rest(d, &eyas_xlat_tc_iflag, v);
}

static void tc_lflag(struct eyas_decode *d, uint32_t v)
{
	tc_rest(d, &eyas_xlat_tc_lflag, v);
}

static void tc_chars(struct eyas_decode *d, const unsigned char *p)
{
	static const char *const names[CONTROL_CHARS] = {
		"VINTR",    "VQUIT",	"VERASE",  "VKILL",  "VEOF",  "VTIME",
		"VMIN",	    "VSWTC",	"VSTART",  "VSTOP",  "VSUSP", "VEOL",
		"VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2",
	};

	eyas_dec_open(d, '[');
	for (unsigned int i = 0; i < CONTROL_CHARS; i++) {
		eyas_dec_item(d);
		if (!d->json && names[i])
			eyas_strbuf_addf(d->out, "[%s]=", names[i]);
		else if (!d->json)
			eyas_strbuf_addf(d->out, "[%u]=", i);
		eyas_dec_hex(d, p[i]);
	}
	eyas_dec_close(d, ']');
}

static void print_termios(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const struct {
		const char *name;
		void (*print)(struct eyas_decode *d, uint32_t v);
	} flags[] = {
		{ "c_iflag", tc_iflag },
		{ "c_oflag", tc_oflag },
		{ "c_cflag", tc_cflag },
		{ "c_lflag", tc_lflag },
	};

	(void)len;
	eyas_dec_open(d, '{');
	for (unsigned int i = 0; i < EYAS_ARRAY_LEN(flags); i++) {
		uint32_t v = (uint32_t)eyas_dec_get(p + 4 * i, 4);

		eyas_dec_field(d, flags[i].name);
		eyas_dec_sym(d, v);
		flags[i].print(d, v);
		eyas_dec_symend(d);
	}
	if (eyas_dec_whole(d)) {
		eyas_dec_field(d, "c_line");
		eyas_dec_enum(d, &eyas_xlat_tc_line, p[16], 0);
		eyas_dec_field(d, "c_cc");
		tc_chars(d, p + 17);
	} else {
		eyas_dec_more(d);
	}
	eyas_dec_close(d, '}');
}

static void print_winsize(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const char *const names[] = { "ws_row", "ws_col", "ws_xpixel", "ws_ypixel" };

	(void)len;
	eyas_dec_open(d, '{');
	for (unsigned int i = 0; i < 4; i++) {
		eyas_dec_field(d, names[i]);
		eyas_dec_uint(d, eyas_dec_get(p + 2 * i, 2));
	}
	eyas_dec_close(d, '}');
}

/* ---- numbers ---- */

static void print_int(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_uint(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_uint(d, eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_long(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	unsigned int size = len < 8 ? 4 : 8;

	eyas_dec_open1(d);
	eyas_dec_uint(d, eyas_dec_get(p, size));
	eyas_dec_close(d, ']');
}

static void print_modem(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_flags(d, &eyas_xlat_tiocm, eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_fs_flags(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_flags(d, &eyas_xlat_fs_ioc_flags, eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_char(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_quote(d, p, 1, EYAS_DEC_PATH);
}

/* ---- files ---- */

static void print_fsxattr(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	bool get = eyas_dec_arg32(d, CMD) == 0x801c581fU;

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "fsx_xflags");
	eyas_dec_flags(d, &eyas_xlat_fs_xflags, eyas_dec_get(p, 4));
	eyas_dec_field(d, "fsx_extsize");
	eyas_dec_uint(d, eyas_dec_get(p + 4, 4));
	if (get) {
		eyas_dec_field(d, "fsx_nextents");
		eyas_dec_uint(d, eyas_dec_get(p + 8, 4));
	}
	eyas_dec_field(d, "fsx_projid");
	eyas_dec_hex(d, eyas_dec_get(p + 12, 4));
	eyas_dec_field(d, "fsx_cowextsize");
	eyas_dec_uint(d, eyas_dec_get(p + 16, 4));
	eyas_dec_close(d, '}');
}

static void print_clone_range(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const char *const names[] = { "src_offset", "src_length", "dest_offset" };

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "src_fd");
	eyas_dec_fd(d, (int32_t)eyas_dec_get(p, 4), EYAS_DEC_NO_ARG);
	for (unsigned int i = 0; i < 3; i++) {
		eyas_dec_field(d, names[i]);
		eyas_dec_uint(d, eyas_dec_get(p + 8 + 8 * i, 8));
	}
	eyas_dec_close(d, '}');
}

static void print_loop(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "lo_offset");
	eyas_dec_hex(d, eyas_dec_get(p + 24, 8));
	eyas_dec_field(d, "lo_number");
	eyas_dec_uint(d, eyas_dec_get(p + 40, 4));
	eyas_dec_field(d, "lo_flags");
	eyas_dec_flags(d, &eyas_xlat_loop_flags, eyas_dec_get(p + 52, 4));
	eyas_dec_field(d, "lo_file_name");
	eyas_dec_cstr(d, p + 56, 64, EYAS_DEC_PATH);
	eyas_dec_more(d);
	eyas_dec_close(d, '}');
}

static void print_fiemap(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "fm_start");
	eyas_dec_uint(d, eyas_dec_get(p, 8));
	eyas_dec_field(d, "fm_length");
	eyas_dec_uint(d, eyas_dec_get(p + 8, 8));
	eyas_dec_field(d, "fm_flags");
	eyas_dec_flags(d, &eyas_xlat_fiemap_flags, eyas_dec_get(p + 16, 4));
	eyas_dec_field(d, "fm_extent_count");
	eyas_dec_uint(d, eyas_dec_get(p + 24, 4));
	eyas_dec_close(d, '}');
}

/* ---- network interfaces ---- */

enum ifr { IFR_ADDR, IFR_FLAGS, IFR_INT, IFR_HWADDR, IFR_NAME };

static const struct {
	uint16_t cmd;
	uint8_t what; /* enum ifr */
	const char *member;
} ifreqs[] = {
	{ 0x8910, IFR_NAME, "ifr_name" },      { 0x8913, IFR_FLAGS, "ifr_flags" },
	{ 0x8914, IFR_FLAGS, "ifr_flags" },    { 0x8915, IFR_ADDR, "ifr_addr" },
	{ 0x8916, IFR_ADDR, "ifr_addr" },      { 0x8917, IFR_ADDR, "ifr_dstaddr" },
	{ 0x8918, IFR_ADDR, "ifr_dstaddr" },   { 0x8919, IFR_ADDR, "ifr_broadaddr" },
	{ 0x891a, IFR_ADDR, "ifr_broadaddr" }, { 0x891b, IFR_ADDR, "ifr_netmask" },
	{ 0x891c, IFR_ADDR, "ifr_netmask" },   { 0x891d, IFR_INT, "ifr_metric" },
	{ 0x891e, IFR_INT, "ifr_metric" },     { 0x8921, IFR_INT, "ifr_mtu" },
	{ 0x8922, IFR_INT, "ifr_mtu" },	       { 0x8924, IFR_HWADDR, "ifr_hwaddr" },
	{ 0x8927, IFR_HWADDR, "ifr_hwaddr" },  { 0x8933, IFR_INT, "ifr_ifindex" },
	{ 0x8942, IFR_INT, "ifr_qlen" },       { 0x8943, IFR_INT, "ifr_qlen" },
};

static void print_hwaddr(struct eyas_decode *d, const unsigned char *p)
{
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "sa_family");
	eyas_dec_enum(d, &eyas_xlat_arphrd, eyas_dec_get(p, 2), 0);
	eyas_dec_field(d, "sa_data");
	eyas_dec_hwaddr(d, p + 2, 14, 6);
	eyas_dec_close(d, '}');
}

static void print_ifr_value(struct eyas_decode *d, uint8_t what, const unsigned char *p)
{
	switch ((enum ifr)what) {
	case IFR_ADDR:
		eyas_dec_sockaddr(d, p, 16);
		break;
	case IFR_FLAGS:
		eyas_dec_flags(d, &eyas_xlat_ifflags, eyas_dec_get(p, 2));
		break;
	case IFR_HWADDR:
		print_hwaddr(d, p);
		break;
	default:
		eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
		break;
	}
}

/* The interface's name, and what was asked or is set. */
static void print_ifreq(struct eyas_decode *d, uint32_t cmd)
{
	bool set = false, got, asked;
	struct eyas_dec_mem in, out;
	size_t i = 0;

	while (i < EYAS_ARRAY_LEN(ifreqs) && ifreqs[i].cmd != cmd)
		i++;
	set = i < EYAS_ARRAY_LEN(ifreqs) &&
	      (cmd == 0x8914 || cmd == 0x8916 || cmd == 0x8918 || cmd == 0x891a || cmd == 0x891c ||
	       cmd == 0x891e || cmd == 0x8922 || cmd == 0x8924 || cmd == 0x8943);
	asked = eyas_dec_in(d, ARG, &in) && in.len >= 32;
	got = !set && !d->failed && eyas_dec_out(d, ARG, &out) && out.len >= 32;
	if (!asked && !got) {
		eyas_dec_addr(d, d->args[ARG]);
		return;
	}
	eyas_dec_open(d, '{');
	if (cmd == 0x8910) {
		eyas_dec_field(d, "ifr_ifindex");
		eyas_dec_int(d, (int32_t)eyas_dec_get((asked ? in.p : out.p) + IFNAME, 4));
	}
	if (cmd != 0x8910 || got) {
		eyas_dec_field(d, "ifr_name");
		eyas_dec_cstr(d,
			      cmd == 0x8910 ? out.p :
			      asked	    ? in.p :
					      out.p,
			      IFNAME, EYAS_DEC_PATH);
	}
	if (cmd != 0x8910 && (set || got)) {
		eyas_dec_field(d, ifreqs[i].member);
		print_ifr_value(d, ifreqs[i].what, (set ? in.p : out.p) + IFNAME);
	}
	eyas_dec_close(d, '}');
}

static bool is_ifreq(uint32_t cmd)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(ifreqs); i++) {
		if (ifreqs[i].cmd == cmd)
			return true;
	}
	return false;
}

/* ---- requests ---- */

enum how { NOTHING, DEC, FD, XONC, FLUSH, GIVEN, WRITTEN };

/* clang-format off */
static const struct request {
	uint32_t cmd;
	uint8_t how;
	uint8_t least;		/* bytes of memory; 8: a long, which may have 4 */
	eyas_dec_object *print;
} requests[] = {
	{ 0x5401, WRITTEN, 36, print_termios },	{ 0x5402, GIVEN, 36, print_termios },
	{ 0x5403, GIVEN, 36, print_termios },	{ 0x5404, GIVEN, 36, print_termios },
	{ 0x5409, DEC, 0, NULL },		{ 0x540a, XONC, 0, NULL },
	{ 0x540b, FLUSH, 0, NULL },		{ 0x540c, NOTHING, 0, NULL },
	{ 0x540d, NOTHING, 0, NULL },		{ 0x540e, DEC, 0, NULL },
	{ 0x540f, WRITTEN, 4, print_int },	{ 0x5410, GIVEN, 4, print_int },
	{ 0x5411, WRITTEN, 4, print_int },	{ 0x5412, GIVEN, 1, print_char },
	{ 0x5413, WRITTEN, 8, print_winsize },	{ 0x5414, GIVEN, 8, print_winsize },
	{ 0x5415, WRITTEN, 4, print_modem },	{ 0x5416, GIVEN, 4, print_modem },
	{ 0x5417, GIVEN, 4, print_modem },	{ 0x5418, GIVEN, 4, print_modem },
	{ 0x5419, WRITTEN, 4, print_int },	{ 0x541a, GIVEN, 4, print_int },
	{ 0x541b, WRITTEN, 4, print_int },	{ 0x5420, GIVEN, 4, print_int },
	{ 0x5421, GIVEN, 4, print_int },	{ 0x5422, NOTHING, 0, NULL },
	{ 0x5423, GIVEN, 4, print_int },	{ 0x5424, WRITTEN, 4, print_int },
	{ 0x5427, NOTHING, 0, NULL },		{ 0x5428, NOTHING, 0, NULL },
	{ 0x5429, WRITTEN, 4, print_int },	{ 0x5437, NOTHING, 0, NULL },
	{ 0x5450, NOTHING, 0, NULL },		{ 0x5451, NOTHING, 0, NULL },
	{ 0x5452, GIVEN, 4, print_int },	{ 0x80045430, WRITTEN, 4, print_int },
	{ 0x40045431, GIVEN, 4, print_int },
	{ 0x8901, GIVEN, 4, print_int },	{ 0x8902, GIVEN, 4, print_int },
	{ 0x8903, WRITTEN, 4, print_int },	{ 0x8904, WRITTEN, 4, print_int },
	{ 0x8905, WRITTEN, 4, print_int },
	{ 0x125d, GIVEN, 4, print_int },	{ 0x125e, WRITTEN, 4, print_int },
	{ 0x125f, NOTHING, 0, NULL },		{ 0x1260, WRITTEN, 8, print_long },
	{ 0x1261, NOTHING, 0, NULL },		{ 0x1263, WRITTEN, 8, print_long },
	{ 0x1268, WRITTEN, 4, print_int },	{ 0x80081272, WRITTEN, 8, print_long },
	{ 0x80041285, WRITTEN, 4, print_uint },
	{ 0x80086601, WRITTEN, 4, print_fs_flags }, { 0x40086602, GIVEN, 4, print_fs_flags },
	{ 0x801c581f, WRITTEN, 28, print_fsxattr }, { 0x401c5820, GIVEN, 28, print_fsxattr },
	{ 0xc0045877, NOTHING, 0, NULL },	{ 0xc0045878, NOTHING, 0, NULL },
	{ 0x40049409, FD, 0, NULL },		{ 0x4020940d, GIVEN, 32, print_clone_range },
	{ 0xc020660b, GIVEN, 32, print_fiemap },
	{ 0x4c00, FD, 0, NULL },		{ 0x4c01, NOTHING, 0, NULL },
	{ 0x4c04, GIVEN, 232, print_loop },	{ 0x4c05, WRITTEN, 232, print_loop },
	{ 0x4c06, FD, 0, NULL },		{ 0x4c07, NOTHING, 0, NULL },
	{ 0x2405, FD, 0, NULL },
	{ 0xb701, NOTHING, 0, NULL },		{ 0xb702, NOTHING, 0, NULL },
	{ 0x7001, NOTHING, 0, NULL },		{ 0x7002, NOTHING, 0, NULL },
};
/* clang-format on */

static const struct request *find(uint32_t cmd)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(requests); i++) {
		if (requests[i].cmd == cmd)
			return &requests[i];
	}
	return NULL;
}

static void print_memory(struct eyas_decode *d, const struct request *r)
{
	struct eyas_dec_mem m;
	uint32_t least = r->print == print_long ? eyas_dec_word_size(d) : r->least;
	bool got = r->how == GIVEN ? eyas_dec_in(d, ARG, &m) :
				     !d->failed && eyas_dec_out(d, ARG, &m);

	if (!got || m.len < least || d->opts.no_structs)
		eyas_dec_addr(d, d->args[ARG]);
	else
		r->print(d, m.p, m.len);
}

static void print_arg(struct eyas_decode *d, const struct request *r)
{
	uint32_t v = eyas_dec_arg32(d, ARG);

	switch ((enum how)r->how) {
	case NOTHING:
		break;
	case DEC:
		eyas_dec_int(d, (int32_t)v);
		break;
	case FD:
		eyas_dec_fd(d, (int32_t)v, EYAS_DEC_NO_ARG);
		break;
	case XONC:
		eyas_dec_enum(d, &eyas_xlat_tc_xonc, v, 0);
		break;
	case FLUSH:
		eyas_dec_enum(d, &eyas_xlat_tc_flush, v, 0);
		break;
	case GIVEN:
	case WRITTEN:
		print_memory(d, r);
		break;
	}
}

/* A request that has no name is told in its parts: direction, group, number, size. */
static void put_request(struct eyas_decode *d, uint32_t v)
{
	static const char *const dirs[] = { "_IOC_NONE", "_IOC_WRITE", "_IOC_READ",
					    "_IOC_READ|_IOC_WRITE" };

	eyas_dec_puts(d, "_IOC(");
	eyas_dec_puts(d, dirs[v >> 30]);
	eyas_dec_puts(d, ", ");
	eyas_dec_put_hex(d, v >> 8 & 0xff);
	eyas_dec_puts(d, ", ");
	eyas_dec_put_hex(d, v & 0xff);
	eyas_dec_puts(d, ", ");
	eyas_dec_put_hex(d, v >> 16 & 0x3fff);
	eyas_dec_putc(d, ')');
}

static void print_request(struct eyas_decode *d, uint32_t v)
{
	const struct eyas_xval *e = eyas_xlat_get(&eyas_xlat_ioctl, v);

	if (e || d->opts.xlat == EYAS_DECODE_RAW) {
		eyas_dec_enum(d, &eyas_xlat_ioctl, v, 0);
		return;
	}
	eyas_dec_sym(d, v);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE) {
		eyas_dec_put_hex(d, v);
		eyas_dec_puts(d, " /* ");
	}
	put_request(d, v);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " */");
	eyas_dec_symend(d);
}

static void call_ioctl(struct eyas_decode *d)
{
	uint32_t cmd = eyas_dec_arg32(d, CMD);
	const struct request *r = find(cmd);

	eyas_dec_show(d, 0);
	if (eyas_dec_arg(d, CMD))
		print_request(d, cmd);
	if (r && r->how == NOTHING)
		return;
	if ((r && r->how == WRITTEN) || (!r && is_ifreq(cmd)))
		eyas_dec_split(d);
	if (!eyas_dec_arg(d, ARG))
		return;
	if (r)
		print_arg(d, r);
	else if (is_ifreq(cmd) && d->args[ARG])
		print_ifreq(d, cmd);
	else if (eyas_xlat_get(&eyas_xlat_ioctl, cmd) && !d->args[ARG] && (cmd >> 30) != 0)
		eyas_dec_addr(d, d->args[ARG]);
	else
		eyas_dec_hex(d, d->args[ARG]);
}

const struct eyas_dec_call eyas_dec_calls_ioctl[] = {
	{ "ioctl", call_ioctl, NULL },
	{ NULL, NULL, NULL },
};
