// SPDX-License-Identifier: Apache-2.0
/* Keys: each command of keyctl has arguments of its own. */
#include "decode/calls.h"
#include "decode/struct.h"

#define KEY_ARGS 4

/* What an argument is. */
enum what {
	NONE,
	SERIAL,
	DEC,
	INT, /* 32 bits of the argument count, as they do for UINT and ERRNO */
	UINT,
	ERRNO,
	HEX,
	ADDR,
	ID,
	TEXT,
	BYTES,
	BYTES_OUT,
	TEXT_OUT, /* its last byte is a NUL, which is not printed */
	PERM,
	REQKEY,
	MOVE_FLAGS
};

static const uint8_t commands[][KEY_ARGS] = {
	[0] = { SERIAL, INT },
	[1] = { TEXT },
	[2] = { SERIAL, BYTES, DEC },
	[3] = { SERIAL },
	[4] = { SERIAL, ID, ID },
	[5] = { SERIAL, PERM },
	[6] = { SERIAL, TEXT_OUT, DEC },
	[7] = { SERIAL },
	[8] = { SERIAL, SERIAL },
	[9] = { SERIAL, SERIAL },
	[10] = { SERIAL, TEXT, TEXT, SERIAL },
	[11] = { SERIAL, BYTES_OUT, DEC },
	[12] = { SERIAL, BYTES, DEC, SERIAL },
	[13] = { SERIAL, UINT, SERIAL },
	[14] = { REQKEY },
	[15] = { SERIAL, UINT },
	[16] = { SERIAL },
	[17] = { SERIAL, TEXT_OUT, DEC },
	[18] = { NONE },
	[19] = { SERIAL, UINT, ERRNO, SERIAL },
	[20] = { SERIAL, ADDR, DEC, SERIAL },
	[21] = { SERIAL },
	[22] = { ID, SERIAL },
	[23] = { ADDR, ADDR, DEC, ADDR },
	[24] = { SERIAL, HEX, TEXT, ADDR },
	[25] = { ADDR, TEXT, ADDR, ADDR },
	[26] = { ADDR, TEXT, ADDR, ADDR },
	[27] = { ADDR, TEXT, ADDR, ADDR },
	[28] = { ADDR, TEXT, ADDR, ADDR },
	[29] = { SERIAL, TEXT, TEXT },
	[30] = { SERIAL, SERIAL, SERIAL, MOVE_FLAGS },
	[31] = { ADDR, DEC },
};

static void print_serial(struct eyas_decode *d, uint32_t v)
{
	eyas_dec_enum(d, &eyas_xlat_key_spec, (uint64_t)(int64_t)(int32_t)v, EYAS_XF_DEC);
}

static void arg_serial(struct eyas_decode *d, unsigned int arg)
{
	print_serial(d, eyas_dec_arg32(d, arg));
}

static void print_bytes(struct eyas_decode *d, unsigned int arg, uint8_t what)
{
	struct eyas_dec_mem m;
	bool out = what != BYTES;
	uint64_t room = d->args[arg + 1], len = out ? (uint64_t)d->ret : room;
	bool got = out ? !d->failed && eyas_dec_out(d, arg, &m) : eyas_dec_in(d, arg, &m);

	if (what == TEXT_OUT && got && len && len <= room && len <= m.len && !m.p[len - 1])
		eyas_dec_quote(d, m.p, (size_t)len - 1, 0);
	else if (out && (d->failed || !room))
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_bytes(d, got ? &m : NULL, d->args[arg], len < room ? len : room);
}

static void print_text(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	size_t len;

	if (!eyas_dec_in(d, arg, &m)) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	len = strnlen((const char *)m.p, m.len);
	if (m.fault && len == m.len && len <= d->opts.strsize)
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_quote(d, m.p, len, 0);
}

static void print_arg(struct eyas_decode *d, unsigned int arg, uint8_t what)
{
	uint64_t v = d->args[arg];

	switch ((enum what)what) {
	case SERIAL:
		print_serial(d, (uint32_t)v);
		break;
	case DEC:
		eyas_dec_uint(d, v);
		break;
	case INT:
		eyas_dec_int(d, (int32_t)v);
		break;
	case UINT:
		eyas_dec_uint(d, (uint32_t)v);
		break;
	case ERRNO:
		if (eyas_decode_errno((uint32_t)v))
			eyas_dec_errno(d, (int)v);
		else
			eyas_dec_uint(d, (uint32_t)v);
		break;
	case HEX:
		eyas_dec_hex(d, v);
		break;
	case ID:
		eyas_dec_id(d, (uint32_t)v);
		break;
	case TEXT:
		print_text(d, arg);
		break;
	case BYTES:
	case BYTES_OUT:
	case TEXT_OUT:
		print_bytes(d, arg, what);
		break;
	case PERM:
		eyas_dec_flags(d, &eyas_xlat_key_perm, (uint32_t)v);
		break;
	case REQKEY:
		eyas_dec_enum(d, &eyas_xlat_key_reqkey, (uint64_t)(int64_t)(int32_t)v, EYAS_XF_DEC);
		break;
	case MOVE_FLAGS:
		eyas_dec_flags(d, &eyas_xlat_key_move, (uint32_t)v);
		break;
	default:
		eyas_dec_addr(d, v);
		break;
	}
}

static void call_keyctl(struct eyas_decode *d)
{
	uint32_t cmd = eyas_dec_arg32(d, 0);

	eyas_dec_show(d, 0);
	if (cmd >= sizeof(commands) / sizeof(commands[0])) {
		for (unsigned int i = 1; i <= KEY_ARGS; i++) {
			if (eyas_dec_arg(d, i))
				eyas_dec_hex(d, d->args[i]);
		}
		return;
	}
	for (unsigned int i = 0; i < KEY_ARGS && commands[cmd][i] != NONE; i++) {
		if (commands[cmd][i] == BYTES_OUT || commands[cmd][i] == TEXT_OUT)
			eyas_dec_split(d);
		if (eyas_dec_arg(d, i + 1))
			print_arg(d, i + 1, commands[cmd][i]);
	}
}

const struct eyas_dec_call eyas_dec_calls_key[] = {
	{ "keyctl", call_keyctl, NULL },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_key[] = {
	{ "add_key", 4, arg_serial, NULL },
	{ "request_key", 3, arg_serial, NULL },
	{ NULL, 0, NULL, NULL },
};
