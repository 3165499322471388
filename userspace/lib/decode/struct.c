// SPDX-License-Identifier: Apache-2.0
/* Structs and arrays of them in user memory. */
#include "decode/struct.h"

#include "base/util.h"
#include "decode/signals.h"

static const struct eyas_dec_struct *const families[] = {
	eyas_dec_structs_fs,   eyas_dec_structs_ipc,  eyas_dec_structs_kernel,
	eyas_dec_structs_net,  eyas_dec_structs_proc, eyas_dec_structs_signal,
	eyas_dec_structs_time,
};

const struct eyas_dec_struct *eyas_dec_struct_find(const char *name)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(families); i++) {
		for (const struct eyas_dec_struct *s = families[i]; s->name; s++) {
			if (eyas_streq(s->name, name))
				return s;
		}
	}
	return NULL;
}

static void print_field(struct eyas_decode *d, const struct eyas_dec_field *f,
			const unsigned char *p, unsigned int size)
{
	uint64_t v = size <= 8 ? eyas_dec_get(p, size) : 0;

	switch ((enum eyas_dec_field_kind)f->kind) {
	case EYAS_DF_INT:
		eyas_dec_int(d, eyas_dec_signed(v, size));
		break;
	case EYAS_DF_UINT:
		eyas_dec_uint(d, v);
		break;
	case EYAS_DF_HEX:
		eyas_dec_hex(d, v);
		break;
	case EYAS_DF_ADDR:
		eyas_dec_addr(d, v);
		break;
	case EYAS_DF_MODE:
		eyas_dec_mode(d, v);
		break;
	case EYAS_DF_FLAGS:
		eyas_dec_flags(d, f->aux, v);
		break;
	case EYAS_DF_ENUM:
		eyas_dec_enum(d, f->aux, v, 0);
		break;
	case EYAS_DF_FD:
		eyas_dec_fd(d, (int32_t)v, EYAS_DEC_NO_ARG);
		break;
	case EYAS_DF_PID:
		eyas_dec_pid(d, (int32_t)v);
		break;
	case EYAS_DF_ID:
		eyas_dec_id(d, (uint32_t)v);
		break;
	case EYAS_DF_SIGNAL:
		eyas_dec_signal(d, (int32_t)v);
		break;
	case EYAS_DF_DEV:
		eyas_dec_dev(d, v);
		break;
	case EYAS_DF_STRUCT:
		eyas_dec_struct(d, f->aux, p, size);
		break;
	case EYAS_DF_FN:
		f->fn(d, p, size);
		break;
	}
}

void eyas_dec_fields(struct eyas_decode *d, const struct eyas_dec_struct *s, const unsigned char *p,
		     uint32_t len)
{
	bool small = eyas_dec_32(d), more = false;

	for (uint16_t i = 0; i < s->nfields; i++) {
		const struct eyas_dec_field *f = &s->fields[i];
		uint32_t off = small ? f->off32 : f->off, size = small ? f->size32 : f->size;

		if (!size || off + size > len)
			continue;
		if (f->seldom && !eyas_dec_whole(d)) {
			more = true;
			continue;
		}
		eyas_dec_field(d, f->name);
		print_field(d, f, p + off, size);
	}
	if (more)
		eyas_dec_more(d);
}

void eyas_dec_struct(struct eyas_decode *d, const struct eyas_dec_struct *s, const unsigned char *p,
		     uint32_t len)
{
	if (s->fn) {
		s->fn(d, p, len);
		return;
	}
	eyas_dec_open(d, '{');
	eyas_dec_fields(d, s, p, len);
	eyas_dec_close(d, '}');
}

void eyas_dec_struct_at(struct eyas_decode *d, const struct eyas_dec_struct *s,
			const struct eyas_dec_mem *m, uint64_t addr)
{
	if (!m || m->len < eyas_dec_struct_size(d, s) || d->opts.no_structs)
		eyas_dec_addr(d, addr);
	else
		eyas_dec_struct(d, s, m->p, m->len);
}

void eyas_dec_struct_rest(struct eyas_decode *d, const unsigned char *p, uint32_t known,
			  uint32_t len)
{
	uint8_t hex = d->opts.hex;
	uint32_t i = known;

	while (i < len && !p[i])
		i++;
	if (i >= len)
		return;
	if (d->json) {
		eyas_dec_field(d, "rest");
	} else {
		eyas_dec_item(d);
		eyas_strbuf_addf(d->out, "/* bytes %u..%u */ ", known, len - 1);
	}
	d->opts.hex = EYAS_DECODE_HEX_ALL;
	eyas_dec_quote(d, p + known, len - known, 0);
	d->opts.hex = hex;
}

/* Elements there are no bytes of: unreadable, or more than were recorded. */
static void print_rest(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr)
{
	eyas_dec_more(d);
	if (!m->fault || d->json)
		return;
	eyas_dec_puts(d, " /* ");
	eyas_dec_put_hex(d, addr);
	eyas_dec_puts(d, " */");
}

void eyas_dec_array_at(struct eyas_decode *d, const struct eyas_dec_struct *s,
		       const struct eyas_dec_mem *m, uint64_t addr, uint64_t count, uint32_t step)
{
	uint64_t i = 0, there;

	if (!addr || (count && !m) || d->opts.no_structs) {
		eyas_dec_addr(d, addr);
		return;
	}
	there = count ? m->len / step : 0;
	if (count && !there) {
		eyas_dec_addr(d, addr);
		return;
	}
	eyas_dec_open(d, '[');
	for (; i < count && i < there; i++) {
		if (!eyas_dec_whole(d) && i >= d->opts.strsize) {
			eyas_dec_more(d);
			break;
		}
		eyas_dec_item(d);
		eyas_dec_struct(d, s, m->p + i * step, step);
	}
	if (i < count && i == there)
		print_rest(d, m, addr + i * step);
	eyas_dec_close(d, ']');
}

/* ---- arguments ---- */

void eyas_dec_arg_instruct(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	eyas_dec_struct_at(d, d->plan->arg[arg].aux, eyas_dec_in(d, arg, &m) ? &m : NULL,
			   d->args[arg]);
}

void eyas_dec_arg_outstruct(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	bool got = !d->failed && eyas_dec_out(d, arg, &m);

	eyas_dec_struct_at(d, d->plan->arg[arg].aux, got ? &m : NULL, d->args[arg]);
}

/* What the call made of it, or what it was given if it failed. */
void eyas_dec_arg_iostruct(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	bool got = (!d->failed && eyas_dec_out(d, arg, &m)) || eyas_dec_in(d, arg, &m);

	eyas_dec_struct_at(d, d->plan->arg[arg].aux, got ? &m : NULL, d->args[arg]);
}

void eyas_dec_arg_inarray(struct eyas_decode *d, unsigned int arg)
{
	const struct eyas_dec_struct *s = d->plan->arg[arg].aux;
	struct eyas_dec_mem m;

	eyas_dec_array_at(d, s, eyas_dec_in(d, arg, &m) ? &m : NULL, d->args[arg],
			  eyas_dec_arg32(d, arg + 1), eyas_dec_struct_size(d, s));
}

void eyas_dec_arg_outarray(struct eyas_decode *d, unsigned int arg)
{
	const struct eyas_dec_struct *s = d->plan->arg[arg].aux;
	struct eyas_dec_mem m;
	bool got = !d->failed && eyas_dec_out(d, arg, &m);

	if (d->failed)
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_array_at(d, s, got ? &m : NULL, d->args[arg], (uint64_t)d->ret,
				  eyas_dec_struct_size(d, s));
}

/* Ticks are of a hundredth of a second in every interface to user space. */
void eyas_dec_ticks(struct eyas_decode *d, uint64_t v)
{
	eyas_dec_uint(d, v);
	if (!v || d->json || d->opts.xlat == EYAS_DECODE_RAW)
		return;
	eyas_strbuf_addf(d->out, " /* %llu.%02u s */", (unsigned long long)(v / 100),
			 (unsigned int)(v % 100));
}
