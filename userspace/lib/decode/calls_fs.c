// SPDX-License-Identifier: Apache-2.0
/* Calls about files by name, and about mounts. */
#include <fcntl.h>
#include <sys/stat.h>
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/fs.h"
#include "decode/struct.h"

#define HUGE_SHIFT 26 /* log2 of a page's size, above other flags */
#define HUGE_MASK 63U

/* ---- flags of open ---- */

void eyas_dec_open_flags_of(struct eyas_decode *d, uint64_t v)
{
	uint64_t flags = eyas_event_open_flags(d->ev->abi, v) & ~(uint64_t)O_ACCMODE;
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
		eyas_dec_part_enum(d, &parts, &eyas_xlat_accmode, v & O_ACCMODE);
		eyas_dec_part_flags(d, &parts, &eyas_xlat_open, flags, 0);
		d->opts.xlat = was;
	}
	if (verbose)
		eyas_dec_puts(d, " */");
	eyas_dec_symend(d);
}

void eyas_dec_open_flags(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open_flags_of(d, eyas_dec_get(p, len));
}

static void arg_open_flags(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_open_flags_of(d, eyas_dec_arg32(d, arg));
}

/* A mode is given only where a file may be made. */
static void open_at(struct eyas_decode *d, unsigned int flags)
{
	for (unsigned int i = 0; i <= flags; i++)
		eyas_dec_show(d, i);
	if (d->args[flags] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)))
		eyas_dec_show_from(d, flags + 1);
}

static void call_open(struct eyas_decode *d)
{
	open_at(d, 1);
}

/* A queue has no name that lasts only as long as it is open. */
static void call_mq_open(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (d->args[1] & O_CREAT)
		eyas_dec_show_from(d, 2);
}

static void call_openat(struct eyas_decode *d)
{
	open_at(d, 2);
}

/* ---- modes and devices ---- */

static void arg_file_mode(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_file_mode(d, d->args[arg] & 0xffff);
}

static void mknod_at(struct eyas_decode *d, unsigned int mode)
{
	for (unsigned int i = 0; i <= mode; i++)
		eyas_dec_show(d, i);
	if (S_ISCHR(d->args[mode]) || S_ISBLK(d->args[mode]))
		eyas_dec_show(d, mode + 1);
}

static void call_mknod(struct eyas_decode *d)
{
	mknod_at(d, 1);
}

static void call_mknodat(struct eyas_decode *d)
{
	mknod_at(d, 2);
}

/* ---- directories ---- */

/* Where the members of an entry are: the name, and its type if that comes before it. */
struct dirent {
	const unsigned char *p;
	uint32_t reclen, name;
	bool type_last;
};

static bool next_entry(const struct eyas_decode *d, const struct eyas_dec_mem *m, uint32_t at,
		       bool wide, struct dirent *e)
{
	unsigned int word = wide ? 8 : eyas_dec_word_size(d);

	e->name = 2 * word + 2 + wide;
	if (m->len - at < e->name + 1)
		return false;
	e->p = m->p + at;
	e->reclen = (uint32_t)eyas_dec_get(e->p + 2 * word, 2);
	e->type_last = !wide;
	return e->reclen > e->name && e->reclen <= m->len - at;
}

static void print_entry(struct eyas_decode *d, const struct dirent *e, bool wide)
{
	unsigned int word = wide ? 8 : eyas_dec_word_size(d);
	uint64_t type = e->type_last ? e->p[e->reclen - 1] : e->p[e->name - 1];
	uint32_t size = e->reclen - e->name - e->type_last;

	eyas_dec_item(d);
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "d_ino");
	eyas_dec_uint(d, eyas_dec_get(e->p, word));
	eyas_dec_field(d, "d_off");
	eyas_dec_uint(d, eyas_dec_get(e->p + word, word));
	eyas_dec_field(d, "d_reclen");
	eyas_dec_uint(d, e->reclen);
	if (!e->type_last) {
		eyas_dec_field(d, "d_type");
		eyas_dec_enum(d, &eyas_xlat_d_type, type, 0);
	}
	eyas_dec_field(d, "d_name");
	eyas_dec_cstr(d, e->p + e->name, size, EYAS_DEC_PATH);
	if (e->type_last) {
		eyas_dec_field(d, "d_type");
		eyas_dec_enum(d, &eyas_xlat_d_type, type, 0);
	}
	eyas_dec_close(d, '}');
}

/* How many there are, unless the whole is asked for. */
static void print_dirents(struct eyas_decode *d, unsigned int arg, bool wide)
{
	struct eyas_dec_mem m = { 0 };
	struct dirent e;
	uint32_t at = 0, n = 0;
	bool whole = eyas_dec_whole(d), known = d->ret == 0 || eyas_dec_out(d, arg, &m);

	if (d->failed || !known) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	if (whole)
		eyas_dec_open(d, '[');
	else
		eyas_dec_addr(d, d->args[arg]);
	for (; at < m.len && next_entry(d, &m, at, wide, &e); at += e.reclen, n++) {
		if (whole)
			print_entry(d, &e, wide);
	}
	if (whole) {
		if ((uint64_t)at < (uint64_t)d->ret)
			eyas_dec_more(d);
		eyas_dec_close(d, ']');
	} else {
		eyas_dec_puts(d, " /* ");
		eyas_dec_uint(d, n);
		eyas_dec_puts(d, (uint64_t)at < (uint64_t)d->ret ? "+ entries */" : " entries */");
	}
}

static void arg_dirents(struct eyas_decode *d, unsigned int arg)
{
	print_dirents(d, arg, false);
}

static void arg_dirents64(struct eyas_decode *d, unsigned int arg)
{
	print_dirents(d, arg, true);
}

/* ---- names that the call writes ---- */

/* Ended by NUL, which the result counts. */
static void arg_cwd(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (d->failed || !d->ret || !eyas_dec_out(d, arg, &m) || m.fault) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_quote(d, m.p, strnlen((const char *)m.p, m.len),
		       EYAS_DEC_PATH | (m.len < (uint64_t)d->ret ? EYAS_DEC_CUT : 0));
}

/* Nothing is written where only the size was asked for. */
static void arg_xattr_list(struct eyas_decode *d, unsigned int arg)
{
	if (d->args[arg + 1])
		eyas_dec_arg_outbuf(d, arg);
	else
		eyas_dec_addr(d, d->args[arg]);
}

/* ---- mounts ---- */

#define MS_MAGIC 0xc0ed0000U
#define MS_NO_DATA (0x1000U | 0x2000U | 0x20000U | 0x40000U | 0x80000U | 0x100000U)

static void arg_mount_flags(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint64_t v = d->args[arg];

	eyas_dec_sym(d, v);
	if ((v & 0xffff0000U) == MS_MAGIC) {
		eyas_dec_part_enum(d, &parts, &eyas_xlat_mount_magic, MS_MAGIC);
		v &= ~(uint64_t)0xffff0000U;
	}
	eyas_dec_part_flags(d, &parts, &eyas_xlat_mount, v, 0);
	if (!parts.any)
		eyas_dec_uint(d, 0);
	eyas_dec_symend(d);
}

/* What only moves or marks a mount has no type and no options. */
static void call_mount(struct eyas_decode *d)
{
	uint64_t flags = d->args[3] & ((d->args[3] & 0xffff0000U) == MS_MAGIC ? 0xffffU : ~0ULL);
	bool no_data = flags & MS_NO_DATA;
	bool no_type = no_data || (flags & 0x20);

	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (eyas_dec_arg(d, 2)) {
		if (no_type)
			eyas_dec_addr(d, d->args[2]);
		else
			eyas_dec_value(d, 2);
	}
	eyas_dec_show(d, 3);
	if (eyas_dec_arg(d, 4)) {
		if (no_data)
			eyas_dec_addr(d, d->args[4]);
		else
			eyas_dec_value(d, 4);
	}
}

static void arg_swap_flags(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint32_t v = eyas_dec_arg32(d, arg);

	eyas_dec_sym(d, v);
	eyas_dec_part_flags(d, &parts, &eyas_xlat_swapon, v & ~0x7fffU, EYAS_XF_NOTE);
	eyas_dec_part(d, &parts);
	eyas_dec_uint(d, v & 0x7fff);
	eyas_dec_symend(d);
}

static void arg_fan_init(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint32_t v = eyas_dec_arg32(d, arg);

	eyas_dec_sym(d, v);
	eyas_dec_part_enum(d, &parts, &eyas_xlat_fan_class, v & 0xc);
	eyas_dec_part_flags(d, &parts, &eyas_xlat_fan_init, v & ~0xcU, EYAS_XF_NOTE);
	eyas_dec_symend(d);
}

static void arg_fan_dirfd(struct eyas_decode *d, unsigned int arg)
{
	if ((int32_t)d->args[arg] == -1)
		eyas_dec_enum(d, &eyas_xlat_fan_nofd, UINT64_MAX, EYAS_XF_DEC);
	else
		eyas_dec_arg_dirfd(d, arg);
}

static void arg_statx_flags(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint32_t v = eyas_dec_arg32(d, arg);

	eyas_dec_sym(d, v);
	eyas_dec_part_enum(d, &parts, &eyas_xlat_statx_sync, v & 0x6000);
	eyas_dec_part_flags(d, &parts, &eyas_xlat_at_statx, v & ~0x6000U, 0);
	eyas_dec_symend(d);
}

void eyas_dec_huge_flags(struct eyas_decode *d, const struct eyas_xlat *x, uint32_t v,
			 const char *shift, struct eyas_dec_parts *parts)
{
	uint32_t huge = v >> HUGE_SHIFT & HUGE_MASK;
	uint8_t was;

	eyas_dec_part_flags(d, parts, x, v & ~(HUGE_MASK << HUGE_SHIFT), 0);
	if (!huge)
		return;
	eyas_dec_part(d, parts);
	eyas_dec_uint(d, huge);
	eyas_dec_puts(d, "<<");
	if (eyas_dec_raw(d))
		eyas_dec_uint(d, HUGE_SHIFT);
	if (!eyas_dec_words(d, &was))
		return;
	eyas_dec_puts(d, shift);
	eyas_dec_words_end(d, was);
}

static void arg_memfd_flags(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint32_t v = eyas_dec_arg32(d, arg);
	uint8_t was;

	eyas_dec_sym(d, v);
	if (!v) {
		eyas_dec_uint(d, 0);
	} else if (eyas_dec_hex_words(d, v, &was)) {
		eyas_dec_huge_flags(d, &eyas_xlat_memfd, v, "MFD_HUGE_SHIFT", &parts);
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

/* An offset before the call, and after it where that is another matter. */
static void arg_offset_change(struct eyas_decode *d, unsigned int arg)
{
	const struct eyas_dec_struct *s = d->plan->arg[arg].aux;
	struct eyas_dec_mem before, after;
	bool was = eyas_dec_in(d, arg, &before), is = !d->failed && eyas_dec_out(d, arg, &after);

	if (was && is && d->ret > 0 && before.len == after.len &&
	    before.len >= eyas_dec_struct_size(d, s)) {
		eyas_dec_before(d);
		eyas_dec_struct_at(d, s, &before, d->args[arg]);
		eyas_dec_after(d);
		eyas_dec_struct_at(d, s, &after, d->args[arg]);
		eyas_dec_changed(d);
		return;
	}
	eyas_dec_struct_at(d, s, was ? &before : is ? &after : NULL, d->args[arg]);
}

/* A position in two halves, the second one only of ABIs of 32 bits. */
static void call_preadv(struct eyas_decode *d)
{
	for (unsigned int i = 0; i < 3; i++)
		eyas_dec_show(d, i);
	if (eyas_dec_arg(d, 3))
		eyas_dec_int(d, (int64_t)(eyas_dec_32(d) ? d->args[4] << 32 | d->args[3] :
							   d->args[3]));
	if (d->plan->sc->nargs > 5)
		eyas_dec_show(d, 5);
}

const struct eyas_dec_call eyas_dec_calls_fs[] = {
	{ "open", call_open, NULL },
	{ "openat", call_openat, NULL },
	{ "mq_open", call_mq_open, NULL },
	{ "mknod", call_mknod, NULL },
	{ "mknodat", call_mknodat, NULL },
	{ "mount", call_mount, NULL },
	{ "preadv", call_preadv, NULL },
	{ "pwritev", call_preadv, NULL },
	{ "preadv2", call_preadv, NULL },
	{ "pwritev2", call_preadv, NULL },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_fs[] = {
	{ "open", 1, arg_open_flags, NULL },
	{ "openat", 2, arg_open_flags, NULL },
	{ "mq_open", 1, arg_open_flags, NULL },
	{ "open_by_handle_at", 2, arg_open_flags, NULL },
	{ "fanotify_init", 0, arg_fan_init, NULL },
	{ "fanotify_init", 1, arg_open_flags, NULL },
	{ "fanotify_mark", 2, eyas_dec_arg_flags64, NULL },
	{ "fanotify_mark", 3, arg_fan_dirfd, NULL },
	{ "mknod", 1, arg_file_mode, NULL },
	{ "mknodat", 2, arg_file_mode, NULL },
	{ "getdents", 1, arg_dirents, NULL },
	{ "getdents", 2, eyas_dec_arg_uint32, NULL },
	{ "getdents64", 1, arg_dirents64, NULL },
	{ "getdents64", 2, eyas_dec_arg_uint32, NULL },
	{ "getcwd", 0, arg_cwd, NULL },
	{ "readlink", 2, eyas_dec_arg_uint, NULL },
	{ "readlinkat", 3, eyas_dec_arg_uint, NULL },
	{ "setxattr", 2, eyas_dec_arg_xattr, NULL },
	{ "lsetxattr", 2, eyas_dec_arg_xattr, NULL },
	{ "fsetxattr", 2, eyas_dec_arg_xattr, NULL },
	{ "getxattr", 2, eyas_dec_arg_xattr, NULL },
	{ "lgetxattr", 2, eyas_dec_arg_xattr, NULL },
	{ "fgetxattr", 2, eyas_dec_arg_xattr, NULL },
	{ "listxattr", 1, arg_xattr_list, NULL },
	{ "llistxattr", 1, arg_xattr_list, NULL },
	{ "flistxattr", 1, arg_xattr_list, NULL },
	{ "truncate", 1, eyas_dec_arg_uint, NULL },
	{ "ftruncate", 1, eyas_dec_arg_uint, NULL },
	{ "mount", 0, eyas_dec_arg_path, NULL },
	{ "mq_open", 0, eyas_dec_arg_path, NULL },
	{ "mq_unlink", 0, eyas_dec_arg_path, NULL },
	{ "symlink", 0, eyas_dec_arg_path, NULL },
	{ "symlinkat", 0, eyas_dec_arg_path, NULL },
	{ "mount", 3, arg_mount_flags, NULL },
	{ "swapon", 1, arg_swap_flags, NULL },
	{ "statx", 2, arg_statx_flags, NULL },
	{ "memfd_create", 1, arg_memfd_flags, NULL },
	{ "memfd_secret", 0, eyas_dec_arg_flags, &eyas_xlat_cloexec },
	{ "delete_module", 1, eyas_dec_arg_flags, &eyas_xlat_delete_module },
	{ "name_to_handle_at", 4, eyas_dec_arg_flags, &eyas_xlat_at_handle },
	{ "faccessat2", 3, eyas_dec_arg_flags, &eyas_xlat_at_access },
	{ "mount_setattr", 2, eyas_dec_arg_flags, &eyas_xlat_at_mount },
	{ "sendfile", 2, arg_offset_change, NULL },
	{ "splice", 1, eyas_dec_arg_instruct, NULL },
	{ "splice", 3, eyas_dec_arg_instruct, NULL },
	{ "copy_file_range", 1, eyas_dec_arg_instruct, NULL },
	{ "copy_file_range", 3, eyas_dec_arg_instruct, NULL },
	{ "copy_file_range", 5, eyas_dec_arg_uint32, NULL },
	{ "lookup_dcookie", 0, eyas_dec_arg_uint, NULL },
	{ "sysfs", 0, eyas_dec_arg_hex, NULL },
	{ "close_range", 0, eyas_dec_arg_uint32, NULL },
	{ "close_range", 1, eyas_dec_arg_uint32, NULL },
	{ "eventfd", 0, eyas_dec_arg_uint32, NULL },
	{ "eventfd2", 0, eyas_dec_arg_uint32, NULL },
	{ NULL, 0, NULL, NULL },
};
