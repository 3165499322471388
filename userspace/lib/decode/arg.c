// SPDX-License-Identifier: Apache-2.0
/* Arguments: their memory, where they begin, and values by what they are. */
#include "decode/arg.h"

#include <fcntl.h>
#include "decode/fd.h"
#include "decode/signals.h"

/* ---- memory ---- */

/* Kinds that hold what a pointer leads to; iovecs and messages are asked for by kind. */
static bool is_memory(uint8_t kind)
{
	switch (kind) {
	case EYAS_BLOB_STRING:
	case EYAS_BLOB_BYTES:
	case EYAS_BLOB_STRUCT:
	case EYAS_BLOB_ARRAY:
	case EYAS_BLOB_STRINGS:
	case EYAS_BLOB_SOCKADDR:
	case EYAS_BLOB_IOV:
	case EYAS_BLOB_MSG:
		return true;
	default:
		return false;
	}
}

static bool find_in(const struct eyas_event *ev, uint8_t kind, unsigned int arg, uint8_t out,
		    struct eyas_dec_mem *ret)
{
	for (unsigned int i = 0; ev && i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->arg != arg || (b->flags & EYAS_BLOB_F_OUT) != out ||
		    !(kind ? b->kind == kind : is_memory(b->kind)))
			continue;
		*ret = eyas_dec_mem_of(b);
		return true;
	}
	return false;
}

bool eyas_dec_in_blob(const struct eyas_decode *d, uint8_t kind, unsigned int arg,
		      struct eyas_dec_mem *ret)
{
	struct eyas_dec_mem again;

	if (!find_in(d->enter, kind, arg, 0, ret))
		return find_in(d->exit, kind, arg, 0, ret);
	/* What could not be read at entry was read again. */
	if (ret->fault && find_in(d->exit, kind, arg, 0, &again))
		*ret = again;
	return true;
}

bool eyas_dec_out_blob(const struct eyas_decode *d, uint8_t kind, unsigned int arg,
		       struct eyas_dec_mem *ret)
{
	return find_in(d->exit, kind, arg, EYAS_BLOB_F_OUT, ret);
}

bool eyas_dec_in(const struct eyas_decode *d, unsigned int arg, struct eyas_dec_mem *ret)
{
	return eyas_dec_in_blob(d, 0, arg, ret);
}

bool eyas_dec_out(const struct eyas_decode *d, unsigned int arg, struct eyas_dec_mem *ret)
{
	return eyas_dec_out_blob(d, 0, arg, ret);
}

/* ---- where arguments begin ---- */

static const char *const kind_names[EYAS_KIND_MAX] = {
	[EYAS_KIND_INT] = "int",
	[EYAS_KIND_UINT] = "uint",
	[EYAS_KIND_HEX] = "hex",
	[EYAS_KIND_ADDR] = "address",
	[EYAS_KIND_MODE] = "mode",
	[EYAS_KIND_FD] = "fd",
	[EYAS_KIND_DIRFD] = "dirfd",
	[EYAS_KIND_PID] = "pid",
	[EYAS_KIND_UID] = "uid",
	[EYAS_KIND_GID] = "gid",
	[EYAS_KIND_SIGNAL] = "signal",
	[EYAS_KIND_DEV] = "device",
	[EYAS_KIND_OFFSET] = "offset",
	[EYAS_KIND_FLAGS] = "flags",
	[EYAS_KIND_ENUM] = "enum",
	[EYAS_KIND_CMD] = "command",
	[EYAS_KIND_PATH] = "path",
	[EYAS_KIND_STRING] = "string",
	[EYAS_KIND_STRINGS] = "strings",
	[EYAS_KIND_INBUF] = "bytes",
	[EYAS_KIND_OUTBUF] = "bytes",
	[EYAS_KIND_INSTRUCT] = "struct",
	[EYAS_KIND_OUTSTRUCT] = "struct",
	[EYAS_KIND_IOSTRUCT] = "struct",
	[EYAS_KIND_INARRAY] = "array",
	[EYAS_KIND_OUTARRAY] = "array",
	[EYAS_KIND_IOARRAY] = "array",
	[EYAS_KIND_INIOV] = "iovec",
	[EYAS_KIND_OUTIOV] = "iovec",
	[EYAS_KIND_INMSG] = "msghdr",
	[EYAS_KIND_OUTMSG] = "msghdr",
	[EYAS_KIND_INSOCKADDR] = "sockaddr",
	[EYAS_KIND_OUTSOCKADDR] = "sockaddr",
	[EYAS_KIND_SIGSET] = "sigset",
	[EYAS_KIND_OUTSIGSET] = "sigset",
};

static void begin_json(struct eyas_decode *d, unsigned int arg, const char *name)
{
	const struct eyas_syscall *sc = d->plan->sc;

	if (d->arg_open)
		eyas_dec_putc(d, '}');
	if (d->pos)
		eyas_dec_putc(d, ',');
	eyas_dec_puts(d, "{\"name\":\"");
	eyas_dec_puts(d, name ? name : "");
	eyas_dec_puts(d, "\",\"type\":\"");
	eyas_dec_puts(d, sc && arg < sc->nargs ? kind_names[sc->args[arg].kind] : "hex");
	eyas_dec_puts(d, "\",\"raw\":\"");
	eyas_dec_put_hex(d, d->args[arg]);
	eyas_dec_puts(d, "\",\"value\":");
	d->arg_open = true;
}

/* What goes before an argument; in the second half of a call its first has it already. */
static void separate(struct eyas_decode *d)
{
	bool first = d->split && !d->split_done;

	if (d->split)
		d->split_done = true;
	if (d->pos && !(first && d->phase == EYAS_DEC_EXIT))
		eyas_dec_puts(d, ", ");
}

static bool begin(struct eyas_decode *d, unsigned int arg, const char *name, bool named)
{
	if (!(d->phase & (d->split ? EYAS_DEC_EXIT : EYAS_DEC_ENTER))) {
		if (d->split && !d->split_done)
			separate(d);
		d->pos++;
		return false;
	}
	if (d->json) {
		begin_json(d, arg, name);
	} else {
		separate(d);
		if (name && (named || d->opts.names)) {
			eyas_dec_puts(d, name);
			eyas_dec_putc(d, '=');
		}
	}
	d->pos++;
	return true;
}

bool eyas_dec_arg(struct eyas_decode *d, unsigned int arg)
{
	const struct eyas_syscall *sc = d->plan->sc;

	if (arg >= d->plan->split)
		d->split = true;
	return begin(d, arg, sc && arg < sc->nargs ? sc->args[arg].name : NULL, false);
}

bool eyas_dec_arg_as(struct eyas_decode *d, unsigned int arg, const char *name)
{
	return begin(d, arg, name, true);
}

void eyas_dec_split(struct eyas_decode *d)
{
	d->split = true;
}

void eyas_dec_value(struct eyas_decode *d, unsigned int arg)
{
	if (d->opts.raw)
		eyas_dec_hex(d, d->args[arg]);
	else
		d->plan->arg[arg].print(d, arg);
}

void eyas_dec_show(struct eyas_decode *d, unsigned int arg)
{
	if (eyas_dec_arg(d, arg))
		eyas_dec_value(d, arg);
}

void eyas_dec_show_from(struct eyas_decode *d, unsigned int from)
{
	for (unsigned int i = from; i < d->plan->sc->nargs; i++)
		eyas_dec_show(d, i);
}

/* ---- values ---- */

void eyas_dec_arg_int(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_int(d, (int32_t)d->args[arg]);
}

void eyas_dec_arg_int64(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_int(d, eyas_dec_signed(d->args[arg], eyas_dec_word_size(d)));
}

void eyas_dec_arg_uint(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_uint(d, d->args[arg]);
}

void eyas_dec_arg_uint32(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_uint(d, eyas_dec_arg32(d, arg));
}

void eyas_dec_arg_hex(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_hex(d, d->args[arg]);
}

void eyas_dec_arg_hex32(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_hex(d, eyas_dec_arg32(d, arg));
}

void eyas_dec_arg_addr(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_addr(d, d->args[arg]);
}

void eyas_dec_arg_mode(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_mode(d, d->args[arg] & 0xffff);
}

void eyas_dec_arg_fd(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_fd(d, (int32_t)d->args[arg], arg);
}

void eyas_dec_arg_dirfd(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_dirfd(d, (int32_t)d->args[arg], arg);
}

void eyas_dec_arg_pid(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_pid(d, (int32_t)d->args[arg]);
}

/* The one id that stands for none is -1. */
void eyas_dec_arg_id(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_id(d, eyas_dec_arg32(d, arg));
}

void eyas_dec_arg_signal(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_signal(d, (int32_t)d->args[arg]);
}

void eyas_dec_arg_dev(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_dev(d, eyas_dec_arg32(d, arg));
}

void eyas_dec_arg_flags(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_flags(d, d->plan->arg[arg].aux, eyas_dec_arg32(d, arg));
}

void eyas_dec_arg_flags64(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_flags(d, d->plan->arg[arg].aux, d->args[arg]);
}

void eyas_dec_arg_enum(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_enum(d, d->plan->arg[arg].aux, eyas_dec_arg32(d, arg), 0);
}

void eyas_dec_arg_enum64(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_enum(d, d->plan->arg[arg].aux, d->args[arg], 0);
}
