// SPDX-License-Identifier: Apache-2.0
/* fcntl: each command has an argument of its own. */
#include <signal.h>
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/fs.h"
#include "decode/signals.h"
#include "decode/struct.h"

#define ARG 2

/* What the argument is. */
enum what {
	NONE,
	FDNUM,
	UNSIGNED,
	SIGNED,
	FDFLAGS,
	OPENFLAGS,
	SIGNAL,
	LEASE,
	NOTIFY,
	SEALS,
	LOCK,
	LOCK_OUT,
	LOCK64,
	LOCK64_OUT,
	OWNER,
	OWNER_OUT,
	HINT,
	HINT_OUT
};

static const struct {
	uint32_t cmd;
	uint8_t what;
} commands[] = {
	{ 0, UNSIGNED },    { 1, NONE },	{ 2, FDFLAGS },	  { 3, NONE },
	{ 4, OPENFLAGS },   { 5, LOCK_OUT },	{ 6, LOCK },	  { 7, LOCK },
	{ 8, SIGNED },	    { 9, NONE },	{ 10, SIGNAL },	  { 11, NONE },
	{ 12, LOCK64_OUT }, { 13, LOCK64 },	{ 14, LOCK64 },	  { 15, OWNER },
	{ 16, OWNER_OUT },  { 36, LOCK64_OUT }, { 37, LOCK64 },	  { 38, LOCK64 },
	{ 1024, LEASE },    { 1025, NONE },	{ 1026, NOTIFY }, { 1027, FDNUM },
	{ 1030, UNSIGNED }, { 1031, UNSIGNED }, { 1032, NONE },	  { 1033, SEALS },
	{ 1034, NONE },	    { 1035, HINT_OUT }, { 1036, HINT },	  { 1037, HINT_OUT },
	{ 1038, HINT },
};

/* Commands whose struct has 64-bit offsets in every ABI. */
static bool is_wide(const struct eyas_decode *d, uint8_t what)
{
	return !eyas_dec_32(d) || what == LOCK64 || what == LOCK64_OUT;
}

static void print_lock(struct eyas_decode *d, const struct eyas_dec_mem *m, bool wide, bool pid)
{
	unsigned int off = wide && !eyas_dec_32(d) ? 8 : 4, size = wide ? 8 : 4;

	if (m->len < off + 2 * size + 4) {
		eyas_dec_addr(d, d->args[ARG]);
		return;
	}
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "l_type");
	eyas_dec_enum(d, &eyas_xlat_lock_type, eyas_dec_get(m->p, 2), 0);
	eyas_dec_field(d, "l_whence");
	eyas_dec_enum(d, &eyas_xlat_whence, eyas_dec_get(m->p + 2, 2), 0);
	eyas_dec_field(d, "l_start");
	eyas_dec_int(d, eyas_dec_signed(eyas_dec_get(m->p + off, size), size));
	eyas_dec_field(d, "l_len");
	eyas_dec_int(d, eyas_dec_signed(eyas_dec_get(m->p + off + size, size), size));
	if (pid) {
		eyas_dec_field(d, "l_pid");
		eyas_dec_pid(d, (int32_t)eyas_dec_get(m->p + off + 2 * size, 4));
	}
	eyas_dec_close(d, '}');
}

static void print_owner(struct eyas_decode *d, const struct eyas_dec_mem *m)
{
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "type");
	eyas_dec_enum(d, &eyas_xlat_owner_type, eyas_dec_get(m->p, 4), 0);
	eyas_dec_field(d, "pid");
	eyas_dec_pid(d, (int32_t)eyas_dec_get(m->p + 4, 4));
	eyas_dec_close(d, '}');
}

static void print_memory(struct eyas_decode *d, uint8_t what)
{
	bool out = what == LOCK_OUT || what == LOCK64_OUT || what == OWNER_OUT || what == HINT_OUT;
	bool got;
	struct eyas_dec_mem m;

	got = out ? !d->failed && eyas_dec_out(d, ARG, &m) : eyas_dec_in(d, ARG, &m);
	if (!got || m.len < 8 || d->opts.no_structs) {
		eyas_dec_addr(d, d->args[ARG]);
		return;
	}
	switch (what) {
	case OWNER:
	case OWNER_OUT:
		print_owner(d, &m);
		break;
	case HINT:
	case HINT_OUT:
		eyas_dec_open1(d);
		eyas_dec_enum(d, &eyas_xlat_rw_hint, eyas_dec_get(m.p, 8), 0);
		eyas_dec_close(d, ']');
		break;
	default:
		print_lock(d, &m, is_wide(d, what), out);
		break;
	}
}

static void print_arg(struct eyas_decode *d, uint8_t what)
{
	uint32_t v = eyas_dec_arg32(d, ARG);

	switch ((enum what)what) {
	case NONE:
		break;
	case FDNUM:
		eyas_dec_fd(d, (int)v, EYAS_DEC_NO_ARG);
		break;
	case UNSIGNED:
		eyas_dec_uint(d, v);
		break;
	case SIGNED:
		eyas_dec_pid(d, (int)v);
		break;
	case FDFLAGS:
		eyas_dec_flags(d, &eyas_xlat_fd_flags, v);
		break;
	case OPENFLAGS:
		eyas_dec_open_flags_of(d, v);
		break;
	case SIGNAL:
		eyas_dec_signal(d, (int)v);
		break;
	case LEASE:
		eyas_dec_enum(d, &eyas_xlat_lock_type, v, 0);
		break;
	case NOTIFY:
		eyas_dec_flags(d, &eyas_xlat_notify, v);
		break;
	case SEALS:
		eyas_dec_flags(d, &eyas_xlat_seals, v);
		break;
	default:
		print_memory(d, what);
		break;
	}
}

static bool is_out(uint8_t what)
{
	return what == LOCK_OUT || what == LOCK64_OUT || what == OWNER_OUT || what == HINT_OUT;
}

static void call_fcntl(struct eyas_decode *d)
{
	uint32_t cmd = eyas_dec_arg32(d, 1);

	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		uint8_t what = commands[i].what;

		if (commands[i].cmd != cmd)
			continue;
		/* These have numbers of their own only where the others are narrow. */
		if (cmd >= 12 && cmd <= 14 && !eyas_dec_32(d))
			break;
		if (is_out(what))
			eyas_dec_split(d);
		if (what != NONE && eyas_dec_arg(d, ARG))
			print_arg(d, what);
		return;
	}
	if (eyas_dec_arg(d, ARG))
		eyas_dec_hex(d, d->args[ARG]);
}

static void put_flags(struct eyas_decode *d, const char *what)
{
	eyas_dec_put_hex(d, (uint64_t)d->ret);
	eyas_dec_ret_open(d);
	eyas_dec_puts(d, what);
}

static bool fcntl_result(struct eyas_decode *d)
{
	uint64_t ret = (uint64_t)d->ret;
	uint8_t was;

	switch (eyas_dec_arg32(d, 1)) {
	case 0:
	case 1030:
		eyas_dec_fd(d, (int)d->ret, EYAS_BLOB_NO_ARG);
		return true;
	case 1:
		if (!ret)
			return false;
		put_flags(d, "flags ");
		eyas_dec_flags(d, &eyas_xlat_fd_flags, ret);
		break;
	case 3:
		put_flags(d, "flags ");
		was = eyas_dec_names(d);
		eyas_dec_open_flags_of(d, ret);
		d->opts.xlat = was;
		break;
	case 1034:
		if (!ret)
			return false;
		put_flags(d, "seals ");
		eyas_dec_flags(d, &eyas_xlat_seals, ret);
		break;
	case 11:
		eyas_dec_int(d, d->ret);
		if (!ret || ret > 64)
			return true;
		eyas_dec_ret_open(d);
		was = eyas_dec_names(d);
		eyas_dec_signal(d, (int)ret);
		d->opts.xlat = was;
		break;
	case 1025:
		eyas_dec_put_hex(d, ret);
		if (!eyas_xlat_get(&eyas_xlat_lock_type, ret))
			return true;
		eyas_dec_ret_open(d);
		was = eyas_dec_names(d);
		eyas_dec_enum(d, &eyas_xlat_lock_type, ret, 0);
		d->opts.xlat = was;
		break;
	default:
		return false;
	}
	eyas_dec_ret_close(d);
	return true;
}

const struct eyas_dec_call eyas_dec_calls_fcntl[] = {
	{ "fcntl", call_fcntl, fcntl_result },
	{ NULL, NULL, NULL },
};
