// SPDX-License-Identifier: Apache-2.0
/* Calls of 32-bit programs that are not, or not quite, those of 64 bits. */
#include <string.h>
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/fs.h"
#include "decode/signals.h"
#include "decode/struct.h"

#define PAGE_SHIFT 12
#define SET_SIZE 4 /* bytes of a set of the first signals */

/* ---- numbers of 64 bits in two arguments ---- */

static const struct halves {
	const char *name;
	uint8_t lo[2]; /* the lower half, the upper one follows; 0: none */
	bool is_unsigned;
} halves[] = {
	{ "pread64", { 3 }, false },	     { "pwrite64", { 3 }, false },
	{ "truncate64", { 1 }, true },	     { "ftruncate64", { 1 }, true },
	{ "readahead", { 1 }, false },	     { "fadvise64", { 1 }, false },
	{ "fadvise64_64", { 1, 3 }, false }, { "sync_file_range", { 1, 3 }, false },
	{ "fallocate", { 2, 4 }, false },
};

static const struct halves *find_halves(const char *name)
{
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		if (strcmp(halves[i].name, name) == 0)
			return &halves[i];
	}
	return NULL;
}

static void call_halves(struct eyas_decode *d)
{
	const struct halves *h = find_halves(d->plan->sc->name);

	for (unsigned int i = 0; i < d->plan->sc->nargs; i++) {
		uint64_t v = d->args[i];

		if (!i || !h || (i != h->lo[0] && i != h->lo[1])) {
			eyas_dec_show(d, i);
			continue;
		}
		v |= d->args[i + 1] << 32;
		if (!eyas_dec_arg(d, i++))
			continue;
		if (h->is_unsigned)
			eyas_dec_uint(d, v);
		else
			eyas_dec_int(d, (int64_t)v);
	}
}

/* Here the upper half comes first. */
static void call_llseek(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	if (eyas_dec_arg(d, 1))
		eyas_dec_int(d, (int64_t)(d->args[1] << 32 | d->args[2]));
	eyas_dec_show_from(d, 3);
}

static void arg_pages(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_hex(d, d->args[arg] << PAGE_SHIFT);
}

/* ---- identities of 16 bits ---- */

static void arg_id16(struct eyas_decode *d, unsigned int arg)
{
	uint32_t id = (uint16_t)d->args[arg];

	eyas_dec_id(d, id == UINT16_MAX ? UINT32_MAX : id);
}

/* ---- the first signals ---- */

static void arg_inset(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (eyas_dec_in(d, arg, &m) && m.len >= SET_SIZE)
		eyas_dec_sigset(d, m.p, SET_SIZE);
	else
		eyas_dec_addr(d, d->args[arg]);
}

static void arg_outset(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (!d->failed && eyas_dec_out(d, arg, &m) && m.len >= SET_SIZE)
		eyas_dec_sigset(d, m.p, SET_SIZE);
	else
		eyas_dec_addr(d, d->args[arg]);
}

static void put_set(struct eyas_decode *d, uint32_t set)
{
	unsigned char bytes[SET_SIZE];

	memcpy(bytes, &set, sizeof(bytes));
	eyas_dec_sigset(d, bytes, sizeof(bytes));
}

static void arg_set(struct eyas_decode *d, unsigned int arg)
{
	put_set(d, eyas_dec_arg32(d, arg));
}

/* The first two arguments are nothing. */
static void call_sigsuspend(struct eyas_decode *d)
{
	if (eyas_dec_arg(d, 2))
		arg_set(d, 2);
}

static bool mask_result(struct eyas_decode *d, const char *what)
{
	eyas_dec_ret(d);
	eyas_dec_ret_open(d);
	eyas_dec_puts(d, what);
	put_set(d, (uint32_t)d->ret);
	eyas_dec_ret_close(d);
	return true;
}

static bool sgetmask_result(struct eyas_decode *d)
{
	return mask_result(d, "mask ");
}

static bool ssetmask_result(struct eyas_decode *d)
{
	return mask_result(d, "old mask ");
}

static void arg_handler(struct eyas_decode *d, unsigned int arg)
{
	uint32_t v = eyas_dec_arg32(d, arg);
	uint64_t handler = v == UINT32_MAX ? UINT64_MAX : v;

	if (eyas_xlat_get(&eyas_xlat_sa_handler, handler))
		eyas_dec_enum(d, &eyas_xlat_sa_handler, handler, 0);
	else
		eyas_dec_addr(d, v);
}

static bool signal_result(struct eyas_decode *d)
{
	const struct eyas_xval *e = eyas_xlat_get(&eyas_xlat_sa_handler, (uint64_t)d->ret);

	eyas_dec_ret(d);
	if (e)
		eyas_dec_ret_note(d, e->name);
	return true;
}

/* ---- arguments in memory ---- */

#define MEMORY_ARG 0

/* The native call's arguments, which lie where the only argument leads to. */
static void call_in_memory(struct eyas_decode *d)
{
	const struct eyas_dec_plan *own = d->plan;
	struct eyas_dec_plan native = { 0 };
	uint64_t args[EYAS_DEC_ARGS];
	struct eyas_dec_mem m;

	eyas_dec_plan_make(&native, eyas_syscall_by_name(EYAS_ABI_X86_64, own->sc->name),
			   EYAS_ABI_X86_64);
	if (!eyas_dec_in(d, MEMORY_ARG, &m) || m.len < 4U * native.sc->nargs ||
	    d->opts.no_structs) {
		eyas_dec_show_from(d, 0);
		return;
	}
	memcpy(args, d->args, sizeof(args));
	for (unsigned int i = 0; i < native.sc->nargs; i++)
		d->args[i] = eyas_dec_get(m.p + 4 * i, 4);
	native.split = EYAS_DEC_ARGS;
	d->plan = &native;
	eyas_dec_show_from(d, 0);
	d->plan = own;
	memcpy(d->args, args, sizeof(args));
}

/* How many arguments the calls on sockets have, by their number. */
static const uint8_t socket_args[] = {
	0, 3, 3, 3, 2, 3, 3, 3, 4, 4, 4, 6, 6, 2, 5, 5, 3, 3, 4, 5, 4
};

static void call_socketcall(struct eyas_decode *d)
{
	uint32_t call = eyas_dec_arg32(d, 0);
	uint32_t n = call < sizeof(socket_args) ? socket_args[call] : 0;
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	if (!eyas_dec_arg(d, 1))
		return;
	if (!n || !eyas_dec_in(d, 1, &m) || m.len < 4 * n || d->opts.no_structs) {
		eyas_dec_addr(d, d->args[1]);
		return;
	}
	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i < n; i++) {
		eyas_dec_item(d);
		eyas_dec_hex(d, eyas_dec_get(m.p + 4 * i, 4));
	}
	eyas_dec_close(d, ']');
}

const struct eyas_dec_call eyas_dec_calls_ia32[] = {
	{ "pread64", call_halves, NULL },	 { "pwrite64", call_halves, NULL },
	{ "truncate64", call_halves, NULL },	 { "ftruncate64", call_halves, NULL },
	{ "readahead", call_halves, NULL },	 { "fadvise64", call_halves, NULL },
	{ "fadvise64_64", call_halves, NULL },	 { "sync_file_range", call_halves, NULL },
	{ "fallocate", call_halves, NULL },	 { "_llseek", call_llseek, NULL },
	{ "sigsuspend", call_sigsuspend, NULL }, { "sgetmask", NULL, sgetmask_result },
	{ "ssetmask", NULL, ssetmask_result },	 { "signal", NULL, signal_result },
	{ "mmap", call_in_memory, NULL },	 { "select", call_in_memory, NULL },
	{ "socketcall", call_socketcall, NULL }, { NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_ia32[] = {
	{ "mmap2", 5, arg_pages, NULL },
	{ "sigprocmask", 1, arg_inset, NULL },
	{ "sigprocmask", 2, arg_outset, NULL },
	{ "sigpending", 0, arg_outset, NULL },
	{ "ssetmask", 0, arg_set, NULL },
	{ "signal", 1, arg_handler, NULL },
	{ "setuid", 0, arg_id16, NULL },
	{ "setgid", 0, arg_id16, NULL },
	{ "setfsuid", 0, arg_id16, NULL },
	{ "setfsgid", 0, arg_id16, NULL },
	{ "setreuid", 0, arg_id16, NULL },
	{ "setreuid", 1, arg_id16, NULL },
	{ "setregid", 0, arg_id16, NULL },
	{ "setregid", 1, arg_id16, NULL },
	{ "setresuid", 0, arg_id16, NULL },
	{ "setresuid", 1, arg_id16, NULL },
	{ "setresuid", 2, arg_id16, NULL },
	{ "setresgid", 0, arg_id16, NULL },
	{ "setresgid", 1, arg_id16, NULL },
	{ "setresgid", 2, arg_id16, NULL },
	{ "chown", 1, arg_id16, NULL },
	{ "chown", 2, arg_id16, NULL },
	{ "fchown", 1, arg_id16, NULL },
	{ "fchown", 2, arg_id16, NULL },
	{ "lchown", 1, arg_id16, NULL },
	{ "lchown", 2, arg_id16, NULL },
	{ NULL, 0, NULL, NULL },
};
