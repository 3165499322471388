// SPDX-License-Identifier: Apache-2.0
/* Structs of clocks and timers. */
#include "decode/struct.h"
#include "decode/timetext.h"

#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}

/* clang-format off */
static const struct eyas_dec_field timespec_fields[] = {
	F("tv_sec",  INT, 0, 8, 0, 4, NULL, NULL),
	F("tv_nsec", UINT, 8, 8, 4, 4, NULL, NULL),
};
static const struct eyas_dec_field timespec64_fields[] = {
	F("tv_sec",  INT, 0, 8, 0, 8, NULL, NULL),
	F("tv_nsec", UINT, 8, 8, 8, 8, NULL, NULL),
};
static const struct eyas_dec_field timeval_fields[] = {
	F("tv_sec",  INT, 0, 8, 0, 4, NULL, NULL),
	F("tv_usec", UINT, 8, 8, 4, 4, NULL, NULL),
};
/* clang-format on */

const struct eyas_dec_struct eyas_dec_timespec = { .name = "timespec",
						   .size = 16,
						   .size32 = 8,
						   EYAS_DEC_FIELDS(timespec_fields) };
const struct eyas_dec_struct eyas_dec_timespec64 = { .name = "timespec64",
						     .size = 16,
						     .size32 = 16,
						     EYAS_DEC_FIELDS(timespec64_fields) };
const struct eyas_dec_struct eyas_dec_timeval = { .name = "timeval",
						  .size = 16,
						  .size32 = 8,
						  EYAS_DEC_FIELDS(timeval_fields) };

static void print_dated(struct eyas_decode *d, const unsigned char *p)
{
	uint32_t half = eyas_dec_word_size(d);

	eyas_dec_item(d);
	eyas_dec_struct(d, &eyas_dec_timeval, p, 2 * half);
	eyas_dec_time_note(d, eyas_dec_signed(eyas_dec_get(p, half), half),
			   eyas_dec_get(p + half, half), EYAS_TIME_USEC);
}

/* Nanoseconds that are none have names. */
static void print_utime(struct eyas_decode *d, const struct eyas_dec_struct *s,
			const unsigned char *p)
{
	uint32_t half = eyas_dec_struct_size(d, s) / 2;
	uint64_t nsec = eyas_dec_get(p + half, half);
	const struct eyas_xval *name = eyas_xlat_get(&eyas_xlat_utime, nsec);

	if (!name) {
		eyas_dec_struct(d, s, p, 2 * half);
		eyas_dec_time_note(d, eyas_dec_signed(eyas_dec_get(p, half), half), nsec,
				   EYAS_TIME_NSEC);
		return;
	}
	if (d->opts.xlat == EYAS_DECODE_ABBREV) {
		eyas_dec_word(d, name->name);
		return;
	}
	eyas_dec_struct(d, s, p, 2 * half);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE && !d->json)
		eyas_strbuf_addf(d->out, " /* %s */", name->name);
}

static void print_utimes(struct eyas_decode *d, const struct eyas_dec_struct *s,
			 const unsigned char *p)
{
	eyas_dec_open(d, '[');
	eyas_dec_item(d);
	print_utime(d, s, p);
	eyas_dec_item(d);
	print_utime(d, s, p + eyas_dec_struct_size(d, s));
	eyas_dec_close(d, ']');
}

static void print_timespec_pair(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_utimes(d, &eyas_dec_timespec, p);
}

static void print_timespec64_pair(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_utimes(d, &eyas_dec_timespec64, p);
}

static void print_timeval_pair(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '[');
	print_dated(d, p);
	print_dated(d, p + len / 2);
	eyas_dec_close(d, ']');
}

static void print_seconds(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	int64_t sec = eyas_dec_signed(eyas_dec_get(p, len), len);

	eyas_dec_int(d, sec);
	eyas_dec_time_note(d, sec, 0, EYAS_TIME_SEC);
}

static void print_time_t(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	unsigned int size = eyas_dec_word_size(d);

	(void)len;
	eyas_dec_open1(d);
	print_seconds(d, p, size);
	eyas_dec_close(d, ']');
}

static void print_ticks(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_ticks(d, eyas_dec_get(p, len));
}

/* clang-format off */
static const struct eyas_dec_field itimerspec_fields[] = {
	F("it_interval", STRUCT,  0, 16, 0, 8, &eyas_dec_timespec, NULL),
	F("it_value",    STRUCT, 16, 16, 8, 8, &eyas_dec_timespec, NULL),
};
static const struct eyas_dec_field itimerspec64_fields[] = {
	F("it_interval", STRUCT,  0, 16,  0, 16, &eyas_dec_timespec64, NULL),
	F("it_value",    STRUCT, 16, 16, 16, 16, &eyas_dec_timespec64, NULL),
};
static const struct eyas_dec_field itimerval_fields[] = {
	F("it_interval", STRUCT,  0, 16, 0, 8, &eyas_dec_timeval, NULL),
	F("it_value",    STRUCT, 16, 16, 8, 8, &eyas_dec_timeval, NULL),
};
static const struct eyas_dec_field timezone_fields[] = {
	F("tz_minuteswest", INT, 0, 4, 0, 4, NULL, NULL),
	F("tz_dsttime",     INT, 4, 4, 4, 4, NULL, NULL),
};
static const struct eyas_dec_field tms_fields[] = {
	F("tms_utime",   FN,  0, 8,  0, 4, NULL, print_ticks),
	F("tms_stime",   FN,  8, 8,  4, 4, NULL, print_ticks),
	F("tms_cutime",  FN, 16, 8,  8, 4, NULL, print_ticks),
	F("tms_cstime",  FN, 24, 8, 12, 4, NULL, print_ticks),
};
static const struct eyas_dec_field utimbuf_fields[] = {
	F("actime",  FN, 0, 8, 0, 4, NULL, print_seconds),
	F("modtime", FN, 8, 8, 4, 4, NULL, print_seconds),
};
static const struct eyas_dec_field timex_fields[] = {
	F("modes",     FLAGS,    0,  4,  0, 4, &eyas_xlat_adjtimex_modes, NULL),
	F("offset",    INT,      8,  8,  4, 4, NULL, NULL),
	F("freq",      INT,     16,  8,  8, 4, NULL, NULL),
	F("maxerror",  INT,     24,  8, 12, 4, NULL, NULL),
	F("esterror",  INT,     32,  8, 16, 4, NULL, NULL),
	F("status",    FLAGS,   40,  4, 20, 4, &eyas_xlat_adjtimex_status, NULL),
	F("constant",  INT,     48,  8, 24, 4, NULL, NULL),
	F("precision", UINT,    56,  8, 28, 4, NULL, NULL),
	F("tolerance", INT,     64,  8, 32, 4, NULL, NULL),
	F("time",      STRUCT,  72, 16, 36, 8, &eyas_dec_timeval, NULL),
	F("tick",      INT,     88,  8, 44, 4, NULL, NULL),
	F("ppsfreq",   INT,     96,  8, 48, 4, NULL, NULL),
	F("jitter",    INT,    104,  8, 52, 4, NULL, NULL),
	F("shift",     INT,    112,  4, 56, 4, NULL, NULL),
	F("stabil",    INT,    120,  8, 60, 4, NULL, NULL),
	F("jitcnt",    INT,    128,  8, 64, 4, NULL, NULL),
	F("calcnt",    INT,    136,  8, 68, 4, NULL, NULL),
	F("errcnt",    INT,    144,  8, 72, 4, NULL, NULL),
	F("stbcnt",    INT,    152,  8, 76, 4, NULL, NULL),
	F("tai",       INT,    160,  4, 80, 4, NULL, NULL),
};
/* clang-format on */

static const struct eyas_dec_struct timex = { .name = "timex",
					      .size = 208,
					      .size32 = 128,
					      EYAS_DEC_FIELDS(timex_fields) };

/* Of 32-bit programs, and as that of 64 bits. */
static void print_timex64(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint8_t was = d->layout;

	d->layout = EYAS_DEC_X86_64;
	eyas_dec_struct(d, &timex, p, len);
	d->layout = was;
}

/* clang-format off */

const struct eyas_dec_struct eyas_dec_structs_time[] = {
	{ "timespec",        16,  8, EYAS_DEC_FIELDS(timespec_fields) },
	{ "timespec64",      16, 16, EYAS_DEC_FIELDS(timespec64_fields) },
	{ "timeval",         16,  8, EYAS_DEC_FIELDS(timeval_fields) },
	{ "timespec_pair",   32, 16, .fn = print_timespec_pair },
	{ "timespec64_pair", 32, 32, .fn = print_timespec64_pair },
	{ "timeval_pair",    32, 16, .fn = print_timeval_pair },
	{ "itimerspec",      32, 16, EYAS_DEC_FIELDS(itimerspec_fields) },
	{ "itimerspec64",    32, 32, EYAS_DEC_FIELDS(itimerspec64_fields) },
	{ "itimerval",       32, 16, EYAS_DEC_FIELDS(itimerval_fields) },
	{ "time_t",           8,  4, .fn = print_time_t },
	{ "timezone",         8,  8, EYAS_DEC_FIELDS(timezone_fields) },
	{ "tms",             32, 16, EYAS_DEC_FIELDS(tms_fields) },
	{ "utimbuf",         16,  8, EYAS_DEC_FIELDS(utimbuf_fields) },
	{ "timex",          208,128, EYAS_DEC_FIELDS(timex_fields) },
	{ "timex64",        208,208, .fn = print_timex64 },
	{ .name = NULL },
};
/* clang-format on */
