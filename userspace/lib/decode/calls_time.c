// SPDX-License-Identifier: Apache-2.0
/* Calls about clocks and timers, and futexes, which wait with them. */
#include "decode/calls.h"
#include "decode/struct.h"
#include "decode/timetext.h"

/* How long it had still to sleep is told only if it was interrupted. */
static void arg_remaining(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	bool cut = d->ret == -516 || d->ret == -4;
	bool got = cut && eyas_dec_out(d, arg, &m);

	eyas_dec_struct_at(d, d->plan->arg[arg].aux, got ? &m : NULL, d->args[arg]);
}

static bool time_result(struct eyas_decode *d)
{
	size_t was;

	eyas_dec_int(d, d->ret);
	was = d->out->len;
	eyas_dec_ret_open(d);
	if (eyas_dec_time_text(d, d->ret, 0, EYAS_TIME_SEC))
		eyas_dec_ret_close(d);
	else
		eyas_strbuf_cut(d->out, was);
	return true;
}

static bool adjtime_result(struct eyas_decode *d)
{
	const struct eyas_xval *e = eyas_xlat_get(&eyas_xlat_time_state, (uint64_t)d->ret);
	struct eyas_dec_mem m;

	eyas_dec_int(d, d->ret);
	if (e && eyas_dec_out(d, d->plan->sc->nargs - 1U, &m) && m.len)
		eyas_dec_ret_note(d, e->name);
	return true;
}

/* ---- futex ---- */

#define FUTEX_REALTIME 256U
#define FUTEX_OPARG_SHIFT 8

enum shape {
	WAIT,
	WAKE,
	FD,
	REQUEUE,
	CMP_REQUEUE,
	WAKE_OP,
	LOCK,
	UNLOCK,
	WAIT_BITSET,
	WAKE_BITSET,
	WAIT_REQUEUE,
	OTHER
};

/* clang-format off */
static const uint8_t shapes[] = {
	WAIT, WAKE, FD, REQUEUE, CMP_REQUEUE, WAKE_OP, LOCK, UNLOCK, UNLOCK, WAIT_BITSET,
	WAKE_BITSET, WAIT_REQUEUE, CMP_REQUEUE, LOCK,
};
/* clang-format on */

static void arg_futex_op(struct eyas_decode *d, unsigned int arg)
{
	uint32_t v = eyas_dec_arg32(d, arg);
	const struct eyas_xval *e = eyas_xlat_get(&eyas_xlat_futex, v & ~FUTEX_REALTIME);
	uint8_t was;

	if (!(v & FUTEX_REALTIME) || !e) {
		eyas_dec_enum(d, &eyas_xlat_futex, v, 0);
		return;
	}
	eyas_dec_sym(d, v);
	if (eyas_dec_hex_words(d, v, &was)) {
		eyas_dec_puts(d, e->name);
		eyas_dec_puts(d, "|FUTEX_CLOCK_REALTIME");
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

/* Of 32-bit programs, futex_time64. */
static bool is_time64(const struct eyas_decode *d)
{
	return d->plan->sc->name[sizeof("futex") - 1];
}

static void timeout(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	if (eyas_dec_arg(d, 3))
		eyas_dec_struct_at(d, is_time64(d) ? &eyas_dec_timespec64 : &eyas_dec_timespec,
				   eyas_dec_in(d, 3, &m) ? &m : NULL, d->args[3]);
}

static void number(struct eyas_decode *d, unsigned int arg)
{
	if (eyas_dec_arg(d, arg))
		eyas_dec_uint(d, eyas_dec_arg32(d, arg));
}

static void bits(struct eyas_decode *d, unsigned int arg)
{
	if (eyas_dec_arg(d, arg))
		eyas_dec_enum(d, &eyas_xlat_futex_bitset, eyas_dec_arg32(d, arg), 0);
}

/* "FUTEX_OP_ADD<<28"; what is unknown is told behind the shift. */
static void shifted(struct eyas_decode *d, const struct eyas_xlat *x, uint32_t v, const char *by)
{
	bool known = eyas_xlat_get(x, v) && d->opts.xlat != EYAS_DECODE_RAW;

	if (known)
		eyas_dec_enum(d, x, v, 0);
	else
		eyas_dec_put_hex(d, v);
	eyas_dec_puts(d, by);
	if (known)
		return;
	eyas_dec_puts(d, " /* ");
	eyas_dec_puts(d, x->unknown);
	eyas_dec_puts(d, " */");
}

static void wake_op(struct eyas_decode *d)
{
	uint32_t v = eyas_dec_arg32(d, 5);
	uint32_t shift = v >> 31, op = v >> 28 & 7, cmp = v >> 24 & 15;

	if (!eyas_dec_arg(d, 5))
		return;
	eyas_dec_sym(d, v);
	if (shift) {
		eyas_dec_enum(d, &eyas_xlat_futex_oparg, FUTEX_OPARG_SHIFT, 0);
		eyas_dec_puts(d, "<<28|");
	}
	shifted(d, &eyas_xlat_futex_op, op, "<<28");
	eyas_dec_putc(d, '|');
	eyas_dec_put_hex(d, v >> 12 & 0xfff);
	eyas_dec_puts(d, "<<12|");
	shifted(d, &eyas_xlat_futex_cmp, cmp, "<<24");
	eyas_dec_putc(d, '|');
	eyas_dec_put_hex(d, v & 0xfff);
	eyas_dec_symend(d);
}

static void futex_rest(struct eyas_decode *d, enum shape shape)
{
	switch (shape) {
	case WAIT:
		timeout(d);
		break;
	case LOCK:
		timeout(d);
		break;
	case WAIT_BITSET:
		timeout(d);
		bits(d, 5);
		break;
	case WAKE_BITSET:
		bits(d, 5);
		break;
	case REQUEUE:
		number(d, 3);
		eyas_dec_show(d, 4);
		break;
	case CMP_REQUEUE:
		number(d, 3);
		eyas_dec_show(d, 4);
		number(d, 5);
		break;
	case WAKE_OP:
		number(d, 3);
		eyas_dec_show(d, 4);
		wake_op(d);
		break;
	case WAIT_REQUEUE:
		timeout(d);
		eyas_dec_show(d, 4);
		break;
	case OTHER:
		eyas_dec_show(d, 3);
		eyas_dec_show(d, 4);
		eyas_dec_show(d, 5);
		break;
	default:
		break;
	}
}

static void call_futex(struct eyas_decode *d)
{
	uint32_t op = eyas_dec_arg32(d, 1), cmd = op & 0x7f;
	enum shape shape = cmd < sizeof(shapes) ? shapes[cmd] : OTHER;

	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (shape == UNLOCK)
		return;
	if (shape != LOCK)
		eyas_dec_show(d, 2);
	futex_rest(d, shape);
}

const struct eyas_dec_call eyas_dec_calls_time[] = {
	{ "time", NULL, time_result },
	{ "adjtimex", NULL, adjtime_result },
	{ "clock_adjtime", NULL, adjtime_result },
	{ "futex", call_futex, NULL },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_time[] = {
	{ "nanosleep", 1, arg_remaining, NULL },
	{ "clock_nanosleep", 3, arg_remaining, NULL },
	{ "alarm", 0, eyas_dec_arg_uint32, NULL },
	{ "futex", 1, arg_futex_op, NULL },
	{ "futex", 2, eyas_dec_arg_uint32, NULL },
	{ "futex", 5, eyas_dec_arg_hex32, NULL },
	{ "futex_waitv", 1, eyas_dec_arg_uint32, NULL },
	{ "futex_waitv", 2, eyas_dec_arg_hex32, NULL },
	{ NULL, 0, NULL, NULL },
};
