// SPDX-License-Identifier: Apache-2.0
/* Calls as lines: the entry points. */
#include "decode/decode.h"

#include <stdlib.h>
#include <string.h>
#include "decode/calls.h"
#include "decode/emit.h"
#include "decode/fd.h"
#include "decode/proc.h"
#include "decode/signals.h"

#define X32_OWN 512 /* first of the numbers that only x32 has */

struct eyas_decode *eyas_decode_new(const struct eyas_decode_opts *opts)
{
	struct eyas_decode *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->opts = *opts;
	eyas_strbuf_init(&d->text);
	return d;
}

void eyas_decode_free(struct eyas_decode *d)
{
	if (!d)
		return;
	for (unsigned int i = 0; i < EYAS_ABI_MAX; i++)
		free(d->plans[i]);
	eyas_strbuf_release(&d->text);
	free(d);
}

void eyas_decode_set(struct eyas_decode *d, const struct eyas_decode_opts *opts)
{
	d->opts = *opts;
}

void eyas_decode_name(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	if (ev->sc)
		eyas_strbuf_adds(out, ev->sc->name);
	else
		eyas_strbuf_addf(out, "syscall_%#x", (unsigned int)ev->nr);
}

/* NULL: the call is not known, or there is no memory. */
static const struct eyas_dec_plan *find_plan(struct eyas_decode *d, const struct eyas_event *ev)
{
	struct eyas_dec_plan *p;

	if (!ev->sc || ev->abi >= EYAS_ABI_MAX || (unsigned int)ev->nr >= EYAS_NR_MAX)
		return NULL;
	if (!d->plans[ev->abi]) {
		d->plans[ev->abi] = calloc(EYAS_NR_MAX, sizeof(*d->plans[0]));
		if (!d->plans[ev->abi])
			return NULL;
	}
	p = &d->plans[ev->abi][ev->nr];
	if (!p->sc)
		eyas_dec_plan_make(p, ev->sc, ev->abi);
	return p;
}

static uint8_t layout_of(const struct eyas_event *ev)
{
	switch (ev->abi) {
	case EYAS_ABI_IA32:
	case EYAS_ABI_ARM32:
		return EYAS_DEC_IA32;
	case EYAS_ABI_ARM64:
		return EYAS_DEC_ARM64;
	case EYAS_ABI_X32:
		/* Numbers of its own are of calls whose structs hold pointers. */
		return ev->nr >= X32_OWN ? EYAS_DEC_IA32 : EYAS_DEC_X86_64;
	default:
		return EYAS_DEC_X86_64;
	}
}

static void set_call(struct eyas_decode *d, const struct eyas_decode_call *c)
{
	static const __u64 none[EYAS_DEC_ARGS];
	const struct eyas_event *ev = c->enter ? c->enter : c->exit, *x = c->exit;
	const __u64 *args = ev->enter ? ev->enter->args : ev->sys ? ev->sys->args : none;

	d->call = c;
	d->enter = c->enter;
	d->exit = x;
	d->ev = ev;
	d->plan = find_plan(d, ev);
	d->layout = layout_of(ev);
	memcpy(d->args, args, sizeof(d->args));
	for (unsigned int i = 0; d->layout == EYAS_DEC_IA32 && i < EYAS_DEC_ARGS; i++)
		d->args[i] = (uint32_t)args[i];
	d->ended = x != NULL;
	d->ret = 0;
	if (d->ended && x->sys)
		d->ret = x->sys->ret;
	d->failed = eyas_is_errno(d->ret);
}

void eyas_dec_begin(struct eyas_decode *d, const struct eyas_decode_call *c, uint8_t phase,
		    struct eyas_strbuf *out)
{
	set_call(d, c);
	d->out = out;
	d->json = false;
	d->phase = phase;
	d->pos = 0;
	d->split = d->split_done = d->arg_open = false;
	d->sym = d->depth = 0;
	d->some = 0;
}

/* A call that there is no row for: all that it may have been given. */
static void unknown_args(struct eyas_decode *d)
{
	static const struct eyas_dec_plan none = { .split = EYAS_DEC_ARGS };

	d->plan = &none;
	for (unsigned int i = 0; i < EYAS_DEC_ARGS; i++) {
		if (eyas_dec_arg(d, i))
			eyas_dec_hex(d, d->args[i]);
	}
}

void eyas_dec_put_args(struct eyas_decode *d)
{
	if (!d->plan)
		unknown_args(d);
	else if (d->plan->args && !d->opts.raw)
		d->plan->args(d);
	else
		eyas_dec_show_from(d, 0);
	if (d->arg_open)
		eyas_dec_putc(d, '}');
}

void eyas_decode_call(struct eyas_decode *d, const struct eyas_decode_call *c,
		      struct eyas_strbuf *out)
{
	eyas_dec_begin(d, c, EYAS_DEC_ENTER | EYAS_DEC_EXIT, out);
	eyas_decode_name(d->ev, out);
	eyas_dec_putc(d, '(');
	eyas_dec_put_args(d);
	eyas_dec_putc(d, ')');
}

void eyas_decode_enter(struct eyas_decode *d, const struct eyas_decode_call *c,
		       struct eyas_strbuf *out)
{
	eyas_dec_begin(d, c, EYAS_DEC_ENTER, out);
	eyas_decode_name(d->ev, out);
	eyas_dec_putc(d, '(');
	eyas_dec_put_args(d);
}

void eyas_decode_resumed(struct eyas_decode *d, const struct eyas_decode_call *c,
			 struct eyas_strbuf *out)
{
	eyas_dec_begin(d, c, EYAS_DEC_EXIT, out);
	eyas_dec_put_args(d);
	eyas_dec_putc(d, ')');
}

/* ---- results ---- */

static void put_error(struct eyas_decode *d)
{
	unsigned int err = (unsigned int)-d->ret;
	const char *name = eyas_decode_errno(err);

	/* These never get out: the call is made again, or has failed otherwise. */
	eyas_dec_puts(d, err == 512 || err == 513 || err == 514 || err == 516 ? "?" : "-1");
	if (!name) {
		eyas_strbuf_addf(d->out, " (errno %u)", err);
		return;
	}
	eyas_dec_putc(d, ' ');
	eyas_dec_puts(d, name);
	eyas_dec_puts(d, " (");
	eyas_dec_puts(d, eyas_decode_strerror(err));
	eyas_dec_putc(d, ')');
}

void eyas_dec_ret(struct eyas_decode *d)
{
	uint64_t ret = (uint64_t)d->ret;

	if (d->opts.raw) {
		eyas_dec_put_hex(d, ret);
		return;
	}
	switch (d->plan ? d->plan->sc->ret : EYAS_RET_INT) {
	case EYAS_RET_HEX:
	case EYAS_RET_ADDR:
		eyas_dec_put_hex(d, eyas_dec_32(d) ? (uint32_t)ret : ret);
		break;
	case EYAS_RET_OCT:
		eyas_dec_put_oct(d, ret);
		break;
	case EYAS_RET_UINT:
		eyas_dec_uint(d, eyas_dec_32(d) ? (uint32_t)ret : ret);
		break;
	case EYAS_RET_FD:
		eyas_dec_fd(d, (int)d->ret, EYAS_BLOB_NO_ARG);
		break;
	case EYAS_RET_PID:
		eyas_dec_pid(d, (int)d->ret);
		break;
	default:
		eyas_dec_int(d, d->ret);
		break;
	}
}

void eyas_dec_ret_open(struct eyas_decode *d)
{
	eyas_dec_puts(d, " (");
}

void eyas_dec_ret_close(struct eyas_decode *d)
{
	eyas_dec_putc(d, ')');
}

void eyas_dec_ret_note(struct eyas_decode *d, const char *text)
{
	eyas_dec_ret_open(d);
	eyas_dec_puts(d, text);
	eyas_dec_ret_close(d);
}

void eyas_dec_put_result(struct eyas_decode *d)
{
	if (!d->ended)
		eyas_dec_putc(d, '?');
	else if (d->failed)
		put_error(d);
	else if (!d->plan || !d->plan->result || d->opts.raw || !d->plan->result(d))
		eyas_dec_ret(d);
}

void eyas_decode_result(struct eyas_decode *d, const struct eyas_decode_call *c,
			struct eyas_strbuf *out)
{
	eyas_dec_begin(d, c, EYAS_DEC_EXIT, out);
	eyas_dec_puts(d, "= ");
	eyas_dec_put_result(d);
}

void eyas_decode_comm(struct eyas_decode *d, const char *comm, size_t len, struct eyas_strbuf *out)
{
	d->out = out;
	d->json = false;
	eyas_dec_quote(d, comm, len, EYAS_DEC_PATH | EYAS_DEC_BARE);
}

void eyas_decode_exit(struct eyas_decode *d, uint32_t status, struct eyas_strbuf *out)
{
	uint32_t sig = status & 0x7f;

	d->out = out;
	d->json = false;
	d->sym = d->depth = 0;
	if (!sig) {
		eyas_strbuf_addf(out, "+++ exited with %u +++", status >> 8 & 0xff);
		return;
	}
	eyas_dec_puts(d, "+++ killed by ");
	eyas_dec_signal(d, (int)sig);
	eyas_dec_puts(d, status & 0x80 ? " (core dumped) +++" : " +++");
}
