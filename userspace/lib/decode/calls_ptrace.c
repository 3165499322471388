// SPDX-License-Identifier: Apache-2.0
/* ptrace: each request has arguments of its own. */
#include "decode/calls.h"
#include "decode/signals.h"
#include "decode/struct.h"

#define ADDR 2
#define DATA 3

/* What addr and data are. */
enum what { NONE, HEX, DEC, SIGNAL, OPTIONS, REGSET, USER };

static const struct {
	uint32_t request;
	uint8_t addr, data;
} requests[] = {
	{ 3, USER, HEX },	 { 6, USER, HEX },	   { 7, HEX, SIGNAL },
	{ 8, NONE, NONE },	 { 9, HEX, SIGNAL },	   { 12, NONE, HEX },
	{ 13, NONE, HEX },	 { 14, NONE, HEX },	   { 15, NONE, HEX },
	{ 16, NONE, NONE },	 { 17, HEX, SIGNAL },	   { 21, HEX, OPTIONS },
	{ 24, HEX, SIGNAL },	 { 31, HEX, SIGNAL },	   { 32, HEX, SIGNAL },
	{ 33, HEX, SIGNAL },	 { 0x4200, HEX, OPTIONS }, { 0x4204, REGSET, HEX },
	{ 0x4205, REGSET, HEX }, { 0x4206, HEX, OPTIONS }, { 0x4207, NONE, NONE },
	{ 0x4208, NONE, NONE },	 { 0x420a, DEC, HEX },	   { 0x420b, DEC, HEX },
	{ 0x420c, DEC, HEX },	 { 0x420d, DEC, HEX },	   { 0x420e, DEC, HEX },
};

/* Registers of x86_64 in the order that the kernel stores them in. */
static void print_register(struct eyas_decode *d, uint64_t v)
{
	/* clang-format off */
	static const char *const names[] = {
		"R15", "R14", "R13", "R12", "RBP", "RBX", "R11", "R10", "R9", "R8", "RAX", "RCX",
		"RDX", "RSI", "RDI", "ORIG_RAX", "RIP", "CS", "EFLAGS", "RSP", "SS", "FS_BASE",
		"GS_BASE", "DS", "ES", "FS", "GS",
	};
	/* clang-format on */
	uint8_t was;

	if (d->layout != EYAS_DEC_X86_64 || v >= sizeof(names) / sizeof(names[0]) * 8) {
		eyas_dec_hex(d, v);
		return;
	}
	eyas_dec_sym(d, v);
	if (eyas_dec_hex_words(d, v, &was)) {
		eyas_dec_puts(d, "8*");
		eyas_dec_puts(d, names[v / 8]);
		if (v % 8)
			eyas_strbuf_addf(d->out, "+%u", (unsigned int)(v % 8));
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

static void print_value(struct eyas_decode *d, unsigned int arg, uint8_t what)
{
	uint64_t v = d->args[arg];

	switch ((enum what)what) {
	case NONE:
		break;
	case HEX:
		eyas_dec_addr(d, v);
		break;
	case DEC:
		eyas_dec_uint(d, v);
		break;
	case SIGNAL:
		eyas_dec_signal(d, (int32_t)v);
		break;
	case OPTIONS:
		eyas_dec_flags(d, &eyas_xlat_ptrace_options, v);
		break;
	case REGSET:
		eyas_dec_enum(d, &eyas_xlat_nt_regset, v, 0);
		break;
	case USER:
		print_register(d, v);
		break;
	}
}

static void call_ptrace(struct eyas_decode *d)
{
	uint64_t request = d->args[0];
	uint8_t addr = HEX, data = HEX;

	if (eyas_dec_arg(d, 0))
		eyas_dec_enum(d, &eyas_xlat_ptrace, request, 0);
	if (!request)
		return;
	eyas_dec_show(d, 1);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (requests[i].request == request) {
			addr = requests[i].addr;
			data = requests[i].data;
		}
	}
	if (addr != NONE && eyas_dec_arg(d, ADDR))
		print_value(d, ADDR, addr);
	if (data != NONE && eyas_dec_arg(d, DATA))
		print_value(d, DATA, data);
}

const struct eyas_dec_call eyas_dec_calls_ptrace[] = {
	{ "ptrace", call_ptrace, NULL },
	{ NULL, NULL, NULL },
};
