// SPDX-License-Identifier: Apache-2.0
/* Structs of files and descriptors. */
#include "decode/struct.h"

#include <fcntl.h>
#include <sys/stat.h>
#include "decode/fs.h"
#include "decode/timetext.h"

#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}
#define SELDOM(name, kind, off, size, off32, size32, ...)                         \
	{                                                                         \
		name, EYAS_DF_##kind, true, off, off32, size, size32, __VA_ARGS__ \
	}

/* ---- modes ---- */

void eyas_dec_file_mode(struct eyas_decode *d, uint64_t mode)
{
	static const struct {
		uint32_t bit;
		const char *name;
	} special[] = {
		{ S_ISUID, "S_ISUID|" },
		{ S_ISGID, "S_ISGID|" },
		{ S_ISVTX, "S_ISVTX|" },
	};
	const struct eyas_xval *type = eyas_xlat_get(&eyas_xlat_file_type, mode & S_IFMT);
	bool known = type || !(mode & S_IFMT);
	bool verbose = d->opts.xlat == EYAS_DECODE_VERBOSE;

	eyas_dec_sym(d, mode);
	if (!known || d->opts.xlat != EYAS_DECODE_ABBREV)
		eyas_dec_put_oct(d, mode);
	if (known && d->opts.xlat != EYAS_DECODE_RAW) {
		if (verbose)
			eyas_dec_puts(d, " /* ");
		eyas_dec_puts(d, type ? type->name : "");
		eyas_dec_puts(d, type ? "|" : "");
		mode &= ~(uint64_t)S_IFMT;
		for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
			if (mode & special[i].bit)
				eyas_dec_puts(d, special[i].name);
			mode &= ~(uint64_t)special[i].bit;
		}
		eyas_dec_put_oct(d, mode);
		if (verbose)
			eyas_dec_puts(d, " */");
	}
	eyas_dec_symend(d);
}

/* ---- struct stat ---- */

/* Where the members of a layout are; a size of 0: there is none. */
struct stat_member {
	uint8_t off, size;
};

struct stat_layout {
	struct stat_member dev, ino, mode, nlink, uid, gid, rdev, bytes, blksize, blocks;
	struct stat_member atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec;
};

/* clang-format off */
static const struct stat_layout stat_x86_64 = {
	{ 0, 8 }, { 8, 8 }, { 24, 4 }, { 16, 8 }, { 28, 4 }, { 32, 4 }, { 40, 8 }, { 48, 8 },
	{ 56, 8 }, { 64, 8 }, { 72, 8 }, { 80, 8 }, { 88, 8 }, { 96, 8 }, { 104, 8 }, { 112, 8 },
};
static const struct stat_layout stat_ia32 = {
	{ 0, 4 }, { 4, 4 }, { 8, 2 }, { 10, 2 }, { 12, 2 }, { 14, 2 }, { 16, 4 }, { 20, 4 },
	{ 24, 4 }, { 28, 4 }, { 32, 4 }, { 36, 4 }, { 40, 4 }, { 44, 4 }, { 48, 4 }, { 52, 4 },
};
static const struct stat_layout stat64_ia32 = {
	{ 0, 8 }, { 88, 8 }, { 16, 4 }, { 20, 4 }, { 24, 4 }, { 28, 4 }, { 32, 8 }, { 44, 8 },
	{ 52, 4 }, { 56, 8 }, { 64, 4 }, { 68, 4 }, { 72, 4 }, { 76, 4 }, { 80, 4 }, { 84, 4 },
};
static const struct stat_layout stat_arm64 = {
	{ 0, 8 }, { 8, 8 }, { 16, 4 }, { 20, 4 }, { 24, 4 }, { 28, 4 }, { 32, 8 }, { 48, 8 },
	{ 56, 4 }, { 64, 8 }, { 72, 8 }, { 80, 8 }, { 88, 8 }, { 96, 8 }, { 104, 8 }, { 112, 8 },
};
static const struct stat_layout stat_old = {
	{ 0, 2 }, { 2, 2 }, { 4, 2 }, { 6, 2 }, { 8, 2 }, { 10, 2 }, { 12, 2 }, { 16, 4 },
	{ 0, 0 }, { 0, 0 }, { 20, 4 }, { 0, 0 }, { 24, 4 }, { 0, 0 }, { 28, 4 }, { 0, 0 },
};
/* clang-format on */

static uint64_t member(const unsigned char *p, struct stat_member m)
{
	return m.size ? eyas_dec_get(p + m.off, m.size) : 0;
}

static void stat_uint(struct eyas_decode *d, const char *name, const unsigned char *p,
		      struct stat_member m)
{
	if (!m.size)
		return;
	eyas_dec_field(d, name);
	eyas_dec_uint(d, member(p, m));
}

static void stat_time(struct eyas_decode *d, const char *name, const char *nsec_name,
		      const unsigned char *p, struct stat_member m, struct stat_member nsec)
{
	int64_t sec = eyas_dec_signed(member(p, m), m.size);

	eyas_dec_field(d, name);
	eyas_dec_int(d, sec);
	eyas_dec_time_note(d, sec, member(p, nsec), EYAS_TIME_NSEC);
	stat_uint(d, nsec_name, p, nsec);
}

static void stat_size(struct eyas_decode *d, const struct stat_layout *l, const unsigned char *p)
{
	uint64_t mode = member(p, l->mode);

	if (S_ISCHR(mode) || S_ISBLK(mode)) {
		eyas_dec_field(d, "st_rdev");
		eyas_dec_dev(d, member(p, l->rdev));
	} else {
		eyas_dec_field(d, "st_size");
		eyas_dec_int(d, eyas_dec_signed(member(p, l->bytes), l->bytes.size));
	}
}

static void print_stat(struct eyas_decode *d, const struct stat_layout *l, const unsigned char *p)
{
	bool whole = eyas_dec_whole(d);

	eyas_dec_open(d, '{');
	if (whole) {
		eyas_dec_field(d, "st_dev");
		eyas_dec_dev(d, member(p, l->dev));
		stat_uint(d, "st_ino", p, l->ino);
	}
	eyas_dec_field(d, "st_mode");
	eyas_dec_file_mode(d, member(p, l->mode));
	if (whole) {
		stat_uint(d, "st_nlink", p, l->nlink);
		stat_uint(d, "st_uid", p, l->uid);
		stat_uint(d, "st_gid", p, l->gid);
		stat_uint(d, "st_blksize", p, l->blksize);
		stat_uint(d, "st_blocks", p, l->blocks);
	}
	stat_size(d, l, p);
	if (whole) {
		stat_time(d, "st_atime", "st_atime_nsec", p, l->atime, l->atime_nsec);
		stat_time(d, "st_mtime", "st_mtime_nsec", p, l->mtime, l->mtime_nsec);
		stat_time(d, "st_ctime", "st_ctime_nsec", p, l->ctime, l->ctime_nsec);
	} else {
		eyas_dec_more(d);
	}
	eyas_dec_close(d, '}');
}

static void print_stat_native(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_stat(d,
		   eyas_dec_32(d)	       ? &stat_ia32 :
		   d->layout == EYAS_DEC_ARM64 ? &stat_arm64 :
						 &stat_x86_64,
		   p);
}

static void print_stat64(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_stat(d, &stat64_ia32, p);
}

static void print_stat_old(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_stat(d, &stat_old, p);
}

/* ---- struct statx ---- */

#define STX_NLINK 0x4U
#define STX_UID 0x8U
#define STX_GID 0x10U
#define STX_ATIME 0x20U
#define STX_MTIME 0x40U
#define STX_CTIME 0x80U
#define STX_INO 0x100U
#define STX_SIZE 0x200U
#define STX_BLOCKS 0x400U
#define STX_BTIME 0x800U
#define STX_MNT_ID 0x1000U
#define STX_DIOALIGN 0x2000U

struct statx_time {
	const char *name;
	uint32_t bit;
	uint16_t off;
};

static void statx_num(struct eyas_decode *d, const char *name, const unsigned char *p,
		      unsigned int size)
{
	eyas_dec_field(d, name);
	eyas_dec_uint(d, eyas_dec_get(p, size));
}

static void statx_times(struct eyas_decode *d, const unsigned char *p, uint32_t mask)
{
	static const struct statx_time times[] = {
		{ "stx_atime", STX_ATIME, 64 },
		{ "stx_btime", STX_BTIME, 80 },
		{ "stx_ctime", STX_CTIME, 96 },
		{ "stx_mtime", STX_MTIME, 112 },
	};

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		int64_t sec = (int64_t)eyas_dec_get(p + times[i].off, 8);
		uint32_t nsec = (uint32_t)eyas_dec_get(p + times[i].off + 8, 4);

		if (!(mask & times[i].bit))
			continue;
		eyas_dec_field(d, times[i].name);
		eyas_dec_open(d, '{');
		eyas_dec_field(d, "tv_sec");
		eyas_dec_int(d, sec);
		eyas_dec_field(d, "tv_nsec");
		eyas_dec_uint(d, nsec);
		eyas_dec_close(d, '}');
		eyas_dec_time_note(d, sec, nsec, EYAS_TIME_NSEC);
	}
}

static void statx_rest(struct eyas_decode *d, const unsigned char *p, uint32_t mask)
{
	if (mask & STX_BLOCKS)
		statx_num(d, "stx_blocks", p + 48, 8);
	eyas_dec_field(d, "stx_attributes_mask");
	eyas_dec_flags(d, &eyas_xlat_statx_attr, eyas_dec_get(p + 56, 8));
	statx_times(d, p, mask);
	statx_num(d, "stx_rdev_major", p + 128, 4);
	statx_num(d, "stx_rdev_minor", p + 132, 4);
	statx_num(d, "stx_dev_major", p + 136, 4);
	statx_num(d, "stx_dev_minor", p + 140, 4);
	if (mask & STX_MNT_ID) {
		eyas_dec_field(d, "stx_mnt_id");
		eyas_dec_hex(d, eyas_dec_get(p + 144, 8));
	}
	if (mask & STX_DIOALIGN) {
		statx_num(d, "stx_dio_mem_align", p + 152, 4);
		statx_num(d, "stx_dio_offset_align", p + 156, 4);
	}
}

static void print_statx(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t mask = (uint32_t)eyas_dec_get(p, 4);
	bool whole = eyas_dec_whole(d);

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "stx_mask");
	eyas_dec_flags(d, &eyas_xlat_statx, mask);
	if (whole)
		statx_num(d, "stx_blksize", p + 4, 4);
	eyas_dec_field(d, "stx_attributes");
	eyas_dec_flags(d, &eyas_xlat_statx_attr, eyas_dec_get(p + 8, 8));
	if (whole && (mask & STX_NLINK))
		statx_num(d, "stx_nlink", p + 16, 4);
	if (whole && (mask & STX_UID))
		statx_num(d, "stx_uid", p + 20, 4);
	if (whole && (mask & STX_GID))
		statx_num(d, "stx_gid", p + 24, 4);
	if (mask & 3) {
		eyas_dec_field(d, "stx_mode");
		eyas_dec_file_mode(d, eyas_dec_get(p + 28, 2));
	}
	if (whole && (mask & STX_INO))
		statx_num(d, "stx_ino", p + 32, 8);
	if (mask & STX_SIZE)
		statx_num(d, "stx_size", p + 40, 8);
	if (whole)
		statx_rest(d, p, mask);
	else
		eyas_dec_more(d);
	eyas_dec_close(d, '}');
}

/* ---- others ---- */

static void print_fsid(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "val");
	eyas_dec_open(d, '[');
	eyas_dec_item(d);
	eyas_dec_hex(d, eyas_dec_get(p, 4));
	eyas_dec_item(d);
	eyas_dec_hex(d, eyas_dec_get(p + 4, 4));
	eyas_dec_close(d, ']');
	eyas_dec_close(d, '}');
}

static void print_fdpair(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '[');
	eyas_dec_item(d);
	eyas_dec_fd(d, (int32_t)eyas_dec_get(p, 4), EYAS_DEC_NO_ARG);
	eyas_dec_item(d);
	eyas_dec_fd(d, (int32_t)eyas_dec_get(p + 4, 4), EYAS_DEC_NO_ARG);
	eyas_dec_close(d, ']');
}

static void print_one_int(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_one_uint(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_uint(d, eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

/* sendfile() takes it for unsigned. */
static void print_one_uoff(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open1(d);
	eyas_dec_uint(d, eyas_dec_get(p, len < 8 ? 4 : 8));
	eyas_dec_close(d, ']');
}

static void print_one_off(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	unsigned int size = len < 8 ? 4 : 8;

	eyas_dec_open1(d);
	eyas_dec_int(d, eyas_dec_signed(eyas_dec_get(p, size), size));
	eyas_dec_close(d, ']');
}

static void print_aio_context(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_addr(d, eyas_dec_get(p, eyas_dec_word_size(d)));
	eyas_dec_close(d, ']');
}

/* What the program stored with the descriptor may be any of the two. */
static void print_epoll_data(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "u32");
	eyas_dec_uint(d, eyas_dec_get(p, 4));
	eyas_dec_field(d, "u64");
	eyas_dec_uint(d, eyas_dec_get(p, 8));
	eyas_dec_close(d, '}');
}

static void print_epoll_event(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "events");
	eyas_dec_flags(d, &eyas_xlat_epoll_events, eyas_dec_get(p, 4));
	eyas_dec_field(d, "data");
	print_epoll_data(d, p + (d->layout == EYAS_DEC_ARM64 ? 8 : 4), 8);
	eyas_dec_close(d, '}');
}

static void print_file_handle(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t full = (uint32_t)eyas_dec_get(p, 4), max = 128;
	uint32_t bytes = full < max ? full : max;
	uint32_t there = bytes < len - 8 ? bytes : len - 8;
	uint8_t hex = d->opts.hex;

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "handle_bytes");
	eyas_dec_uint(d, full);
	if (d->plan->sc->args[1].kind == EYAS_KIND_PATH && d->failed) {
		eyas_dec_close(d, '}');
		return;
	}
	eyas_dec_field(d, "handle_type");
	eyas_dec_int(d, (int32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_field(d, "f_handle");
	d->opts.hex = EYAS_DECODE_HEX_ALL;
	if (there < bytes)
		eyas_dec_word(d, "???");
	else
		eyas_dec_quote(d, p + 8, bytes, EYAS_DEC_PATH | (full > max ? EYAS_DEC_CUT : 0));
	d->opts.hex = hex;
	eyas_dec_close(d, '}');
}

/* Later kernels may take more than this. */
static void print_open_how(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint64_t mode = eyas_dec_get(p + 8, 8);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "flags");
	eyas_dec_open_flags(d, p, 8);
	if (mode || (eyas_dec_get(p, 8) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)))) {
		eyas_dec_field(d, "mode");
		eyas_dec_mode(d, mode);
	}
	eyas_dec_field(d, "resolve");
	eyas_dec_flags(d, &eyas_xlat_resolve, eyas_dec_get(p + 16, 8));
	eyas_dec_struct_rest(d, p, 24, len);
	eyas_dec_close(d, '}');
}

/* clang-format off */
static const struct eyas_dec_field statfs_fields[] = {
	F("f_type",    ENUM,   0, 8,  0, 4, &eyas_xlat_fs_magic, NULL),
	F("f_bsize",   UINT,   8, 8,  4, 4, NULL, NULL),
	F("f_blocks",  UINT,  16, 8,  8, 4, NULL, NULL),
	F("f_bfree",   UINT,  24, 8, 12, 4, NULL, NULL),
	F("f_bavail",  UINT,  32, 8, 16, 4, NULL, NULL),
	F("f_files",   UINT,  40, 8, 20, 4, NULL, NULL),
	F("f_ffree",   UINT,  48, 8, 24, 4, NULL, NULL),
	F("f_fsid",    FN,    56, 8, 28, 8, NULL, print_fsid),
	F("f_namelen", UINT,  64, 8, 36, 4, NULL, NULL),
	F("f_frsize",  UINT,  72, 8, 40, 4, NULL, NULL),
	F("f_flags",   FLAGS, 80, 8, 44, 4, &eyas_xlat_statfs, NULL),
};
static const struct eyas_dec_field statfs64_fields[] = {
	F("f_type",    ENUM,   0, 8,  0, 4, &eyas_xlat_fs_magic, NULL),
	F("f_bsize",   UINT,   8, 8,  4, 4, NULL, NULL),
	F("f_blocks",  UINT,  16, 8,  8, 8, NULL, NULL),
	F("f_bfree",   UINT,  24, 8, 16, 8, NULL, NULL),
	F("f_bavail",  UINT,  32, 8, 24, 8, NULL, NULL),
	F("f_files",   UINT,  40, 8, 32, 8, NULL, NULL),
	F("f_ffree",   UINT,  48, 8, 40, 8, NULL, NULL),
	F("f_fsid",    FN,    56, 8, 48, 8, NULL, print_fsid),
	F("f_namelen", UINT,  64, 8, 56, 4, NULL, NULL),
	F("f_frsize",  UINT,  72, 8, 60, 4, NULL, NULL),
	F("f_flags",   FLAGS, 80, 8, 64, 4, &eyas_xlat_statfs, NULL),
};
static const struct eyas_dec_field mount_attr_fields[] = {
	F("attr_set",    FLAGS,  0, 8,  0, 8, &eyas_xlat_mount_attr, NULL),
	F("attr_clr",    FLAGS,  8, 8,  8, 8, &eyas_xlat_mount_attr, NULL),
	F("propagation", ENUM,  16, 8, 16, 8, &eyas_xlat_propagation, NULL),
	F("userns_fd",   UINT,  24, 8, 24, 8, NULL, NULL),
};
static const struct eyas_dec_field xattr_args_fields[] = {
	F("value", ADDR,   0, 8,  0, 8, NULL, NULL),
	F("size",  UINT,   8, 4,  8, 4, NULL, NULL),
	F("flags", FLAGS, 12, 4, 12, 4, &eyas_xlat_xattr, NULL),
};
static const struct eyas_dec_field file_attr_fields[] = {
	F("fa_xflags",     FLAGS,  0, 8,  0, 8, &eyas_xlat_fs_xflags, NULL),
	F("fa_extsize",    UINT,   8, 4,  8, 4, NULL, NULL),
	F("fa_nextents",   UINT,  12, 4, 12, 4, NULL, NULL),
	F("fa_projid",     UINT,  16, 4, 16, 4, NULL, NULL),
	F("fa_cowextsize", UINT,  20, 4, 20, 4, NULL, NULL),
};
static const struct eyas_dec_field mnt_id_req_fields[] = {
	F("size",   UINT,  0, 4,  0, 4, NULL, NULL),
	F("mnt_id", HEX,   8, 8,  8, 8, NULL, NULL),
	F("param",  HEX,  16, 8, 16, 8, NULL, NULL),
	F("mnt_ns_id", HEX, 24, 8, 24, 8, NULL, NULL),
};
static const struct eyas_dec_field ns_id_req_fields[] = {
	F("size",       UINT,   0, 4,  0, 4, NULL, NULL),
	F("ns_id",      HEX,    8, 8,  8, 8, NULL, NULL),
	F("ns_type",    FLAGS, 16, 4, 16, 4, &eyas_xlat_setns, NULL),
	F("user_ns_id", HEX,   24, 8, 24, 8, NULL, NULL),
};
static const struct eyas_dec_field statmount_fields[] = {
	F("size",            UINT,  0, 4,  0, 4, NULL, NULL),
	F("mask",            HEX,   8, 8,  8, 8, NULL, NULL),
	F("sb_dev_major",    UINT, 16, 4, 16, 4, NULL, NULL),
	F("sb_dev_minor",    UINT, 20, 4, 20, 4, NULL, NULL),
	F("sb_magic",        ENUM, 24, 8, 24, 8, &eyas_xlat_fs_magic, NULL),
	F("sb_flags",        FLAGS,32, 4, 32, 4, &eyas_xlat_mount, NULL),
	F("mnt_id",          HEX,  40, 8, 40, 8, NULL, NULL),
	F("mnt_parent_id",   HEX,  48, 8, 48, 8, NULL, NULL),
	F("mnt_id_old",      UINT, 56, 4, 56, 4, NULL, NULL),
	F("mnt_parent_id_old", UINT, 60, 4, 60, 4, NULL, NULL),
	F("mnt_attr",        FLAGS,64, 8, 64, 8, &eyas_xlat_mount_attr, NULL),
	F("mnt_propagation", FLAGS,72, 8, 72, 8, &eyas_xlat_mount, NULL),
};
static const struct eyas_dec_field cachestat_range_fields[] = {
	F("off", UINT, 0, 8, 0, 8, NULL, NULL),
	F("len", UINT, 8, 8, 8, 8, NULL, NULL),
};
static const struct eyas_dec_field cachestat_fields[] = {
	F("nr_cache",            UINT,  0, 8,  0, 8, NULL, NULL),
	F("nr_dirty",            UINT,  8, 8,  8, 8, NULL, NULL),
	F("nr_writeback",        UINT, 16, 8, 16, 8, NULL, NULL),
	F("nr_evicted",          UINT, 24, 8, 24, 8, NULL, NULL),
	F("nr_recently_evicted", UINT, 32, 8, 32, 8, NULL, NULL),
};
static const struct eyas_dec_field pollfd_fields[] = {
	F("fd",      FD,    0, 4, 0, 4, NULL, NULL),
	F("events",  FLAGS, 4, 2, 4, 2, &eyas_xlat_poll, NULL),
	F("revents", FLAGS, 6, 2, 6, 2, &eyas_xlat_poll, NULL),
};
static const struct eyas_dec_field ustat_fields[] = {
	F("f_tfree",  INT,  0, 4, 0, 4, NULL, NULL),
	F("f_tinode", UINT, 8, 8, 4, 4, NULL, NULL),
};

const struct eyas_dec_struct eyas_dec_structs_fs[] = {
	{ "stat",           144,  64, .fn = print_stat_native, .size_arm64 = 128 },
	{ "stat64",         144,  96, .fn = print_stat64 },
	{ "oldstat",         32,  32, .fn = print_stat_old },
	{ "statx",          256, 256, .fn = print_statx },
	{ "statfs",         120,  64, EYAS_DEC_FIELDS(statfs_fields) },
	{ "statfs64",       120,  84, EYAS_DEC_FIELDS(statfs64_fields) },
	{ "fdpair",           8,   8, .fn = print_fdpair },
	{ "int",              4,   4, .fn = print_one_int },
	{ "uint",             4,   4, .fn = print_one_uint },
	{ "off_t",            8,   4, .fn = print_one_uoff },
	{ "loff_t",           8,   8, .fn = print_one_off },
	{ "aio_context",      8,   4, .fn = print_aio_context },
	{ "epoll_event",     12,  12, .fn = print_epoll_event, .size_arm64 = 16 },
	{ "file_handle",      8,   8, .fn = print_file_handle },
	{ "open_how",        24,  24, .fn = print_open_how },
	{ "mount_attr",      32,  32, EYAS_DEC_FIELDS(mount_attr_fields) },
	{ "xattr_args",      16,  16, EYAS_DEC_FIELDS(xattr_args_fields) },
	{ "file_attr",       24,  24, EYAS_DEC_FIELDS(file_attr_fields) },
	{ "mnt_id_req",      24,  24, EYAS_DEC_FIELDS(mnt_id_req_fields) },
	{ "ns_id_req",       32,  32, EYAS_DEC_FIELDS(ns_id_req_fields) },
	{ "statmount",       80,  80, EYAS_DEC_FIELDS(statmount_fields) },
	{ "cachestat_range", 16,  16, EYAS_DEC_FIELDS(cachestat_range_fields) },
	{ "cachestat",       40,  40, EYAS_DEC_FIELDS(cachestat_fields) },
	{ "pollfd",           8,   8, EYAS_DEC_FIELDS(pollfd_fields) },
	{ "ustat",           32,  20, EYAS_DEC_FIELDS(ustat_fields) },
	{ .name = NULL },
};
/* clang-format on */
