// SPDX-License-Identifier: Apache-2.0
/* Calls about memory. */
#include "decode/calls.h"
#include "decode/fs.h"
#include "decode/struct.h"

static void map_flags(struct eyas_decode *d, uint32_t v)
{
	struct eyas_dec_parts parts = { 0 };
	bool verbose = d->opts.xlat == EYAS_DECODE_VERBOSE;
	uint8_t was = d->opts.xlat;

	eyas_dec_sym(d, v);
	if (was != EYAS_DECODE_ABBREV)
		eyas_dec_put_hex(d, v);
	if (verbose)
		eyas_dec_puts(d, " /* ");
	if (was != EYAS_DECODE_RAW) {
		d->opts.xlat = EYAS_DECODE_ABBREV;
		eyas_dec_part_enum(d, &parts, &eyas_xlat_map_type, v & 0xf);
		eyas_dec_huge_flags(d, &eyas_xlat_mmap, v & ~0xfU, "MAP_HUGE_SHIFT", &parts);
		d->opts.xlat = was;
	}
	if (verbose)
		eyas_dec_puts(d, " */");
	eyas_dec_symend(d);
}

static void arg_map_flags(struct eyas_decode *d, unsigned int arg)
{
	map_flags(d, eyas_dec_arg32(d, arg));
}

#define MREMAP_TO 3 /* may move, and to one place only */

static void call_mremap(struct eyas_decode *d)
{
	for (unsigned int i = 0; i < 4; i++)
		eyas_dec_show(d, i);
	if ((d->args[3] & MREMAP_TO) == MREMAP_TO)
		eyas_dec_show(d, 4);
}

/* A page for each byte: whether it is resident, in its lowest bit. */
static void arg_pages(struct eyas_decode *d, unsigned int arg)
{
	uint64_t len = d->args[arg - 1], n = len / 4096 + (len % 4096 != 0), i;
	struct eyas_dec_mem m;

	if (d->failed || !d->args[arg] || (n && (!eyas_dec_out(d, arg, &m) || !m.len))) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_open(d, '[');
	for (i = 0; i < n && i < m.len; i++) {
		if (i >= d->opts.strsize && !eyas_dec_whole(d))
			break;
		eyas_dec_item(d);
		eyas_dec_uint(d, m.p[i] & 1);
	}
	if (i < n)
		eyas_dec_more(d);
	eyas_dec_close(d, ']');
}

/* ---- NUMA ---- */

/* @bits bits in words. */
static void print_nodes(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
			uint64_t bits)
{
	unsigned int size = eyas_dec_word_size(d);
	uint64_t words = bits / (8 * size) + (bits % (8 * size) != 0), i;

	if (!addr || (words && (!m || m->len < size))) {
		eyas_dec_addr(d, addr);
		return;
	}
	eyas_dec_open(d, '[');
	for (i = 0; i < words && (i + 1) * size <= m->len; i++) {
		if (i >= d->opts.strsize && !eyas_dec_whole(d))
			break;
		eyas_dec_item(d);
		eyas_dec_sym(d, eyas_dec_get(m->p + i * size, size));
		eyas_strbuf_addf(d->out, "%#0*llx", (int)size * 2,
				 (unsigned long long)eyas_dec_get(m->p + i * size, size));
		eyas_dec_symend(d);
	}
	if (i < words)
		eyas_dec_more(d);
	eyas_dec_close(d, ']');
}

static void arg_nodes(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	print_nodes(d, eyas_dec_in(d, arg, &m) ? &m : NULL, d->args[arg], d->args[arg + 1]);
}

static void arg_nodes_before(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	print_nodes(d, eyas_dec_in(d, arg, &m) ? &m : NULL, d->args[arg], d->args[1]);
}

static void arg_nodes_out(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (d->failed)
		eyas_dec_addr(d, d->args[arg]);
	else
		print_nodes(d, eyas_dec_out(d, arg, &m) ? &m : NULL, d->args[arg],
			    d->args[arg + 1]);
}

static void mode_of(struct eyas_decode *d, uint64_t v)
{
	uint64_t flags = v & 0xe000, mode = v & ~0xe000ULL;
	const struct eyas_xval *known = eyas_xlat_get(&eyas_xlat_mpol_mode, mode);
	struct eyas_dec_parts parts = { 0 };
	uint8_t was;

	eyas_dec_sym(d, v);
	if (!flags) {
		eyas_dec_part_enum(d, &parts, &eyas_xlat_mpol_mode, mode);
	} else if (eyas_dec_hex_words(d, v, &was)) {
		if (known)
			eyas_dec_part_enum(d, &parts, &eyas_xlat_mpol_mode, mode);
		eyas_dec_part_flags(d, &parts, &eyas_xlat_mpol_flags, flags, 0);
		if (!known) {
			eyas_dec_part(d, &parts);
			eyas_dec_put_hex(d, mode);
		}
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

static void arg_mpol_mode(struct eyas_decode *d, unsigned int arg)
{
	mode_of(d, d->args[arg]);
}

static void arg_mpol_mode32(struct eyas_decode *d, unsigned int arg)
{
	mode_of(d, eyas_dec_arg32(d, arg));
}

/* A policy, or the number of a node if that was asked for. */
static void arg_mpol_out(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	uint32_t v;

	if (d->failed || !eyas_dec_out(d, arg, &m) || m.len < 4) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	v = (uint32_t)eyas_dec_get(m.p, 4);
	eyas_dec_open1(d);
	if (d->args[4] & 1)
		eyas_dec_int(d, (int32_t)v);
	else
		eyas_dec_enum(d, &eyas_xlat_mpol_mode, v, 0);
	eyas_dec_close(d, ']');
}

/* ---- membarrier ---- */

#define MEMBARRIER_QUERY 0

static void call_membarrier(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (eyas_dec_arg32(d, 1) & 1)
		eyas_dec_show(d, 2);
}

static bool membarrier_result(struct eyas_decode *d)
{
	if (eyas_dec_arg32(d, 0) != MEMBARRIER_QUERY || !d->ret)
		return false;
	eyas_dec_put_hex(d, (uint64_t)d->ret);
	eyas_dec_ret_open(d);
	eyas_dec_flags(d, &eyas_xlat_membarrier, (uint64_t)d->ret);
	eyas_dec_ret_close(d);
	return true;
}

static void call_mincore(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	eyas_dec_split(d);
	eyas_dec_show(d, 2);
}

const struct eyas_dec_call eyas_dec_calls_mem[] = {
	{ "mincore", call_mincore, NULL },
	{ "mremap", call_mremap, NULL },
	{ "membarrier", call_membarrier, membarrier_result },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_mem[] = {
	{ "mmap", 2, eyas_dec_arg_flags64, NULL },
	{ "mmap", 3, arg_map_flags, NULL },
	{ "mprotect", 2, eyas_dec_arg_flags64, NULL },
	{ "pkey_mprotect", 2, eyas_dec_arg_flags64, NULL },
	{ "remap_file_pages", 2, eyas_dec_arg_flags64, NULL },
	{ "remap_file_pages", 4, arg_map_flags, NULL },
	{ "mremap", 3, eyas_dec_arg_flags64, NULL },
	{ "mincore", 2, arg_pages, NULL },
	{ "mbind", 2, arg_mpol_mode, NULL },
	{ "mbind", 3, arg_nodes, NULL },
	{ "set_mempolicy", 0, arg_mpol_mode32, NULL },
	{ "set_mempolicy", 1, arg_nodes, NULL },
	{ "get_mempolicy", 0, arg_mpol_out, NULL },
	{ "get_mempolicy", 1, arg_nodes_out, NULL },
	{ "get_mempolicy", 4, eyas_dec_arg_flags64, NULL },
	{ "migrate_pages", 2, arg_nodes_before, NULL },
	{ "migrate_pages", 3, arg_nodes_before, NULL },
	{ "move_pages", 5, eyas_dec_arg_flags, &eyas_xlat_move_pages },
	{ "pkey_alloc", 0, eyas_dec_arg_hex, NULL },
	{ "pkey_alloc", 1, eyas_dec_arg_flags64, NULL },
	{ "membarrier", 1, eyas_dec_arg_flags, &eyas_xlat_membarrier_flags },
	{ "set_mempolicy_home_node", 3, eyas_dec_arg_hex, NULL },
	{ NULL, 0, NULL, NULL },
};
