// SPDX-License-Identifier: Apache-2.0
/* prctl and arch_prctl: each option has arguments, and a result, of its own. */
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/signals.h"
#include "decode/struct.h"

#define OPTION_ARGS 4

/* What an argument is; a list where it is one of names or flags. */
enum what {
	NONE,
	DEC,
	HEX,
	ADDR,
	ENUM_OF,
	FLAGS_OF,
	SIGNAL,
	NAME,
	NAME_OUT,
	VMA_NAME,
	INT_OUT,
	ADDR_OUT,
	FLAGS_OUT,
	ENUM_OUT,
	SIGNAL_OUT,
	ENUM_HEX
};

/* What a result is, where that is not a number. */
enum meaning { PLAIN, NAMED, FLAGGED };

struct option {
	uint32_t option;
	uint8_t args[OPTION_ARGS];
	uint8_t meaning;
	const struct eyas_xlat *list; /* of the first of those that need one */
	const struct eyas_xlat *result;
};

#define L(x) &eyas_xlat_##x

/* clang-format off */
static const struct option options[] = {
	{ 1,  { SIGNAL }, PLAIN, NULL, NULL },
	{ 2,  { SIGNAL_OUT }, PLAIN, NULL, NULL },
	{ 3,  { NONE }, NAMED, NULL, L(suid_dump) },
	{ 4,  { ENUM_OF }, PLAIN, L(suid_dump), NULL },
	{ 5,  { FLAGS_OUT }, PLAIN, L(pr_unalign), NULL },
	{ 6,  { FLAGS_OF }, PLAIN, L(pr_unalign), NULL },
	{ 7,  { NONE }, PLAIN, NULL, NULL },
	{ 8,  { DEC }, PLAIN, NULL, NULL },
	{ 9,  { INT_OUT }, PLAIN, NULL, NULL },
	{ 10, { DEC }, PLAIN, NULL, NULL },
	{ 11, { INT_OUT }, PLAIN, NULL, NULL },
	{ 12, { DEC }, PLAIN, NULL, NULL },
	{ 13, { NONE }, PLAIN, NULL, NULL },
	{ 14, { DEC }, PLAIN, NULL, NULL },
	{ 15, { NAME }, PLAIN, NULL, NULL },
	{ 16, { NAME_OUT }, PLAIN, NULL, NULL },
	{ 19, { INT_OUT }, PLAIN, NULL, NULL },
	{ 20, { DEC }, PLAIN, NULL, NULL },
	{ 21, { NONE }, PLAIN, NULL, NULL },
	{ 22, { ENUM_OF }, PLAIN, L(seccomp_mode), NULL },
	{ 23, { ENUM_OF }, PLAIN, L(caps), NULL },
	{ 24, { ENUM_OF }, PLAIN, L(caps), NULL },
	{ 25, { ENUM_OUT }, PLAIN, L(pr_tsc), NULL },
	{ 26, { ENUM_OF }, PLAIN, L(pr_tsc), NULL },
	{ 27, { NONE }, FLAGGED, NULL, L(secbits) },
	{ 28, { FLAGS_OF }, PLAIN, L(secbits), NULL },
	{ 29, { DEC }, PLAIN, NULL, NULL },
	{ 30, { NONE }, PLAIN, NULL, NULL },
	{ 31, { NONE }, PLAIN, NULL, NULL },
	{ 32, { NONE }, PLAIN, NULL, NULL },
	{ 33, { ENUM_OF, HEX, HEX, HEX }, PLAIN, L(pr_mce_kill), NULL },
	{ 34, { HEX, HEX, HEX, HEX }, NAMED, NULL, L(pr_mce_policy) },
	{ 35, { ENUM_OF, HEX, HEX, HEX }, PLAIN, L(pr_mm), NULL },
	{ 36, { DEC }, PLAIN, NULL, NULL },
	{ 37, { INT_OUT }, PLAIN, NULL, NULL },
	{ 38, { DEC, HEX, HEX, HEX }, PLAIN, NULL, NULL },
	{ 40, { ADDR_OUT }, PLAIN, NULL, NULL },
	{ 41, { DEC, HEX, HEX, HEX }, PLAIN, NULL, NULL },
	{ 45, { FLAGS_OF }, PLAIN, L(pr_fp_mode), NULL },
	{ 46, { NONE }, PLAIN, NULL, NULL },
	{ 47, { ENUM_OF, HEX, HEX, HEX }, PLAIN, L(pr_cap_ambient), NULL },
	{ 52, { ENUM_OF }, PLAIN, L(pr_spec), NULL },
	{ 53, { ENUM_OF, ENUM_OF }, PLAIN, L(pr_spec), NULL },
	{ 57, { DEC, HEX, HEX, HEX }, PLAIN, NULL, NULL },
	{ 59, { ENUM_OF, HEX, HEX, HEX }, PLAIN, L(pr_dispatch), NULL },
	{ 62, { ENUM_OF, DEC, ENUM_HEX, HEX }, PLAIN, L(pr_core), NULL },
	{ 0x53564d41, { ENUM_OF, ADDR, DEC, VMA_NAME }, PLAIN, L(pr_vma), NULL },
	{ 0x59616d61, { DEC }, PLAIN, NULL, NULL },
};

static const struct option arch_options[] = {
	{ 0x1003, { ADDR_OUT }, PLAIN, NULL, NULL },
	{ 0x1004, { ADDR_OUT }, PLAIN, NULL, NULL },
	{ 0x1011, { NONE }, PLAIN, NULL, NULL },
	{ 0x1012, { DEC }, PLAIN, NULL, NULL },
	{ 0x1021, { FLAGS_OUT }, PLAIN, L(xfeatures), NULL },
	{ 0x1022, { FLAGS_OUT }, PLAIN, L(xfeatures), NULL },
	{ 0x1023, { ENUM_OF }, PLAIN, L(xfeature), NULL },
	{ 0x1024, { FLAGS_OUT }, PLAIN, L(xfeatures), NULL },
	{ 0x1025, { ENUM_OF }, PLAIN, L(xfeature), NULL },
};
/* clang-format on */

static const struct option *find(const struct option *o, size_t n, uint32_t option)
{
	for (size_t i = 0; i < n; i++) {
		if (o[i].option == option)
			return &o[i];
	}
	return NULL;
}

static bool is_out(uint8_t what)
{
	return what == NAME_OUT || what == INT_OUT || what == ADDR_OUT || what == FLAGS_OUT ||
	       what == ENUM_OUT || what == SIGNAL_OUT;
}

static void print_name(struct eyas_decode *d, unsigned int arg, uint32_t max, bool out)
{
	struct eyas_dec_mem m;
	bool got = out ? !d->failed && eyas_dec_out(d, arg, &m) : eyas_dec_in(d, arg, &m);
	size_t len = got ? strnlen((const char *)m.p, m.len) : 0;

	if (!got || (m.fault && len == m.len)) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_quote(d, m.p, len < max ? len : max,
		       len >= max && len == m.len ? EYAS_DEC_CUT : 0);
}

static void print_out(struct eyas_decode *d, const struct option *o, unsigned int arg, uint8_t what)
{
	unsigned int size = what == ADDR_OUT || (what == FLAGS_OUT && o->list == L(xfeatures)) ? 8 :
												 4;
	struct eyas_dec_mem m;
	uint64_t v;

	if (d->failed || !eyas_dec_out(d, arg, &m) || m.len < size) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	v = eyas_dec_get(m.p, size);
	eyas_dec_open1(d);
	if (what == ADDR_OUT)
		eyas_dec_hex(d, v);
	else if (what == FLAGS_OUT)
		eyas_dec_flags(d, o->list, v);
	else if (what == ENUM_OUT)
		eyas_dec_enum(d, o->list, v, 0);
	else if (what == SIGNAL_OUT)
		eyas_dec_signal(d, (int)v);
	else
		eyas_dec_uint(d, v);
	eyas_dec_close(d, ']');
}

/* Second lists of options that need two. */
static const struct eyas_xlat *list_of(const struct eyas_decode *d, const struct option *o,
				       unsigned int arg)
{
	if (o->option == 53 && arg == 2)
		return L(pr_spec_what);
	(void)d;
	return o->list;
}

static void print_arg(struct eyas_decode *d, const struct option *o, unsigned int arg, uint8_t what)
{
	const struct eyas_xval *e;
	uint64_t v = d->args[arg];

	switch ((enum what)what) {
	case NONE:
		break;
	case DEC:
		eyas_dec_uint(d, v);
		break;
	case HEX:
		eyas_dec_hex(d, v);
		break;
	case ADDR:
		eyas_dec_addr(d, v);
		break;
	case ENUM_OF:
		eyas_dec_enum(d, list_of(d, o, arg), v, 0);
		break;
	case ENUM_HEX:
		eyas_dec_sym(d, v);
		eyas_dec_put_hex(d, v);
		e = eyas_xlat_get(L(pidtype), v);
		if (d->opts.xlat != EYAS_DECODE_RAW)
			eyas_strbuf_addf(d->out, " /* %s */",
					 e ? e->name : eyas_xlat_pidtype.unknown);
		eyas_dec_symend(d);
		break;
	case FLAGS_OF:
		eyas_dec_flags(d, o->list, v);
		break;
	case SIGNAL:
		eyas_dec_signal(d, (int)v);
		break;
	case NAME:
		print_name(d, arg, 15, false);
		break;
	case VMA_NAME:
		print_name(d, arg, 80, false);
		break;
	case NAME_OUT:
		print_name(d, arg, 16, true);
		break;
	default:
		print_out(d, o, arg, what);
		break;
	}
}

/* What an option's value gives its next argument for a meaning. */
static bool special(struct eyas_decode *d, uint32_t option, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (option == 33 && arg == 2 && d->args[1] == 1)
		eyas_dec_enum(d, L(pr_mce_policy), d->args[arg], 0);
	else if (option == 47 && arg == 2 && d->args[1] >= 1 && d->args[1] <= 3)
		eyas_dec_enum(d, L(caps), d->args[arg], 0);
	else if (option == 22 && arg == 2 && eyas_dec_in(d, arg, &m) && m.len >= 16)
		eyas_dec_filter(d, m.p, m.len);
	else
		return false;
	return true;
}

static void show_options(struct eyas_decode *d, const struct option *o)
{
	eyas_dec_show(d, 0);
	if (!o) {
		eyas_dec_show_from(d, 1);
		return;
	}
	for (unsigned int i = 0; i < OPTION_ARGS; i++) {
		unsigned int arg = i + 1;
		uint8_t what = o->args[i];

		/* Only a filter has a second argument. */
		if (o->option == 22 && i == 1 && d->args[1] == 2)
			what = ADDR;
		if (what == NONE)
			break;
		if (is_out(what))
			eyas_dec_split(d);
		if (eyas_dec_arg(d, arg) && !special(d, o->option, arg))
			print_arg(d, o, arg, what);
	}
}

static void call_prctl(struct eyas_decode *d)
{
	show_options(d, find(options, sizeof(options) / sizeof(options[0]), eyas_dec_arg32(d, 0)));
}

static void call_arch_prctl(struct eyas_decode *d)
{
	show_options(d, find(arch_options, sizeof(arch_options) / sizeof(arch_options[0]),
			     eyas_dec_arg32(d, 0)));
}

/* How a process may change what it is spied out by: two bits and one word. */
static bool spec_result(struct eyas_decode *d)
{
	struct eyas_dec_parts parts = { 0 };
	uint64_t ret = (uint64_t)d->ret;
	uint8_t was;

	eyas_dec_put_hex(d, ret);
	if (d->opts.xlat == EYAS_DECODE_RAW)
		return true;
	was = eyas_dec_names(d);
	eyas_dec_ret_open(d);
	if (!ret)
		eyas_dec_puts(d, "PR_SPEC_NOT_AFFECTED");
	else
		eyas_dec_part_flags(d, &parts, L(pr_spec_result), ret, 0);
	eyas_dec_ret_close(d);
	d->opts.xlat = was;
	return true;
}

static bool prctl_result(struct eyas_decode *d)
{
	uint32_t option = eyas_dec_arg32(d, 0);
	const struct option *o = find(options, sizeof(options) / sizeof(options[0]), option);
	const struct eyas_xval *e;
	uint8_t was;

	if (option == 52)
		return spec_result(d);
	if (!o || o->meaning == PLAIN)
		return false;
	if (o->meaning == FLAGGED) {
		if (!d->ret)
			return false;
		eyas_dec_put_hex(d, (uint64_t)d->ret);
		if (d->opts.xlat == EYAS_DECODE_RAW)
			return true;
		was = eyas_dec_names(d);
		eyas_dec_ret_open(d);
		eyas_dec_flags(d, o->result, (uint64_t)d->ret);
		eyas_dec_ret_close(d);
		d->opts.xlat = was;
		return true;
	}
	e = eyas_xlat_get(o->result, (uint64_t)d->ret);
	eyas_dec_int(d, d->ret);
	if (e)
		eyas_dec_ret_note(d, e->name);
	return true;
}

const struct eyas_dec_call eyas_dec_calls_prctl[] = {
	{ "prctl", call_prctl, prctl_result },
	{ "arch_prctl", call_arch_prctl, NULL },
	{ NULL, NULL, NULL },
};
