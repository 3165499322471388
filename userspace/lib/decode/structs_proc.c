// SPDX-License-Identifier: Apache-2.0
/* Structs of processes: their limits, times, identities and capabilities. */
#include "decode/struct.h"

#include <sched.h>
#include "decode/proc.h"
#include "decode/signals.h"

#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}
#define SELDOM(name, kind, off, size, off32, size32, ...)                         \
	{                                                                         \
		name, EYAS_DF_##kind, true, off, off32, size, size32, __VA_ARGS__ \
	}

/* ---- wait ---- */

static void put_signal_end(struct eyas_decode *d, uint32_t status)
{
	uint32_t sig = status & 0x7f;
	uint8_t was = eyas_dec_names(d);

	if (sig == 0x7f) {
		eyas_dec_puts(d, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		eyas_dec_signal(d, (int)(status >> 8 & 0x7f));
		if (status & 0x8000)
			eyas_dec_puts(d, " | 0x80");
	} else {
		eyas_dec_puts(d, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		eyas_dec_signal(d, (int)sig);
		if (status & 0x80)
			eyas_dec_puts(d, " && WCOREDUMP(s)");
	}
	eyas_dec_putc(d, '}');
	d->opts.xlat = was;
}

void eyas_dec_wait_status(struct eyas_decode *d, uint32_t status)
{
	uint32_t event = status >> 16, low = status & 0xffff, left = 0;

	eyas_dec_sym(d, status);
	if (low == 0xffff) {
		eyas_dec_puts(d, "{WIFCONTINUED(s)}");
	} else if (!(low & 0x7f)) {
		eyas_dec_puts(d, "{WIFEXITED(s) && WEXITSTATUS(s) == ");
		eyas_strbuf_addu(d->out, low >> 8);
		eyas_dec_putc(d, '}');
		left = low & 0x80;
	} else {
		put_signal_end(d, low);
		if ((low & 0x7f) != 0x7f)
			left = low & 0xff00;
	}
	if (event) {
		eyas_dec_putc(d, '|');
		eyas_dec_enum(d, &eyas_xlat_ptrace_event, event, 0);
		eyas_dec_puts(d, "<<16");
	}
	if (left) {
		eyas_dec_putc(d, '|');
		eyas_dec_put_hex(d, left);
	}
	eyas_dec_symend(d);
}

static void print_wstatus(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_wait_status(d, (uint32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

/* ---- limits ---- */

void eyas_dec_limit(struct eyas_decode *d, uint64_t v)
{
	bool kilo = v > 1024 && v % 1024 == 0 && !d->json;
	uint8_t was;

	if (v != UINT64_MAX && !kilo) {
		eyas_dec_uint(d, v);
		return;
	}
	eyas_dec_sym(d, v);
	if (eyas_dec_raw(d))
		eyas_dec_uint(d, v);
	if (eyas_dec_words(d, &was)) {
		if (kilo) {
			eyas_dec_uint(d, v / 1024);
			eyas_dec_puts(d, "*1024");
		} else {
			eyas_dec_puts(d, "RLIM64_INFINITY");
		}
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

static void print_limit(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint64_t v = eyas_dec_get(p, len);

	if (len == 4 && v == UINT32_MAX)
		eyas_dec_enum(d, &eyas_xlat_rlim_infinity32, v, 0);
	else
		eyas_dec_limit(d, v);
}

/* ---- clone ---- */

void eyas_dec_clone_flags(struct eyas_decode *d, uint64_t v)
{
	struct eyas_dec_parts parts = { 0 };
	int sig = v & CSIGNAL;

	eyas_dec_sym(d, v);
	eyas_dec_part_flags(d, &parts, &eyas_xlat_clone, v & ~(uint64_t)CSIGNAL, 0);
	if (sig || !parts.any) {
		eyas_dec_part(d, &parts);
		eyas_dec_signal(d, sig);
	}
	eyas_dec_symend(d);
}

void eyas_dec_cpus(struct eyas_decode *d, const unsigned char *p, uint32_t size)
{
	bool some = false;

	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i < size * 8; i++) {
		if (!(p[i / 8] >> (i % 8) & 1))
			continue;
		if (d->json)
			eyas_dec_item(d);
		else if (some)
			eyas_dec_putc(d, ' ');
		eyas_dec_uint(d, i);
		some = true;
	}
	eyas_dec_close(d, ']');
}

/* ---- capabilities ---- */

/* "1<<CAP_CHOWN|...": two words of bits, the second one only in newer versions. */
static void put_caps(struct eyas_decode *d, uint32_t low, uint32_t high)
{
	struct eyas_dec_parts parts = { 0 };

	eyas_dec_sym(d, (uint64_t)high << 32 | low);
	if (low || !high)
		eyas_dec_flags(d, &eyas_xlat_caps_low, low);
	parts.any = low || !high;
	eyas_dec_part_flags(d, &parts, &eyas_xlat_caps_high, high, EYAS_XF_NOTE);
	eyas_dec_symend(d);
}

static void print_cap_data(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const char *const names[] = { "effective", "permitted", "inheritable" };
	struct eyas_dec_mem head;
	bool wide =
		eyas_dec_in(d, 0, &head) && head.len >= 4 &&
		(eyas_dec_get(head.p, 4) == 0x20071026 || eyas_dec_get(head.p, 4) == 0x20080522);

	eyas_dec_open(d, '{');
	for (unsigned int i = 0; i < 3; i++) {
		eyas_dec_field(d, names[i]);
		put_caps(d, (uint32_t)eyas_dec_get(p + 4 * i, 4),
			 wide && len >= 24 ? (uint32_t)eyas_dec_get(p + 12 + 4 * i, 4) : 0);
	}
	eyas_dec_close(d, '}');
}

/* ---- sched ---- */

#define SCHED_KEEP_POLICY 8

/* The first version has 48 bytes, and is meant by a size of 0. */
static void print_sched_attr(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t size = (uint32_t)eyas_dec_get(p, 4);
	bool set = d->plan->sc->args[1].kind == EYAS_KIND_INSTRUCT;
	uint64_t flags = len >= 16 ? eyas_dec_get(p + 8, 8) : 0;

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "size");
	eyas_dec_uint(d, size);
	if (!size)
		size = 48;
	if (len < 48 || (set && size < 48)) {
		eyas_dec_close(d, '}');
		return;
	}
	if (!set || !(flags & SCHED_KEEP_POLICY)) {
		eyas_dec_field(d, "sched_policy");
		eyas_dec_enum(d, &eyas_xlat_sched, eyas_dec_get(p + 4, 4), 0);
	}
	eyas_dec_field(d, "sched_flags");
	eyas_dec_flags(d, &eyas_xlat_sched_flags, flags);
	eyas_dec_field(d, "sched_nice");
	eyas_dec_int(d, (int32_t)eyas_dec_get(p + 16, 4));
	eyas_dec_field(d, "sched_priority");
	eyas_dec_uint(d, eyas_dec_get(p + 20, 4));
	eyas_dec_field(d, "sched_runtime");
	eyas_dec_uint(d, eyas_dec_get(p + 24, 8));
	eyas_dec_field(d, "sched_deadline");
	eyas_dec_uint(d, eyas_dec_get(p + 32, 8));
	eyas_dec_field(d, "sched_period");
	eyas_dec_uint(d, eyas_dec_get(p + 40, 8));
	if (size >= 56 && len >= 56) {
		eyas_dec_field(d, "sched_util_min");
		eyas_dec_uint(d, eyas_dec_get(p + 48, 4));
		eyas_dec_field(d, "sched_util_max");
		eyas_dec_uint(d, eyas_dec_get(p + 52, 4));
	}
	if (set && size > 56)
		eyas_dec_more(d);
	eyas_dec_close(d, '}');
}

static void print_sched_param(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

/* ---- others ---- */

static void print_one_id(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	eyas_dec_open1(d);
	eyas_dec_id(d, (uint32_t)eyas_dec_get(p, 4));
	eyas_dec_close(d, ']');
}

static void print_one_id16(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t id = (uint32_t)eyas_dec_get(p, 2);

	(void)len;
	eyas_dec_open1(d);
	eyas_dec_id(d, id == UINT16_MAX ? UINT32_MAX : id);
	eyas_dec_close(d, ']');
}

/* Names of @step bytes each: @few of them unless the whole is asked for. */
static void print_names(struct eyas_decode *d, const unsigned char *p, unsigned int step,
			unsigned int count)
{
	static const char *const names[] = { "sysname", "nodename", "release",
					     "version", "machine",  "domainname" };

	eyas_dec_open(d, '{');
	for (unsigned int i = 0; i < count; i++) {
		if (i == 2 && !eyas_dec_whole(d)) {
			eyas_dec_more(d);
			break;
		}
		eyas_dec_field(d, names[i]);
		eyas_dec_quote(d, p + i * step, strnlen((const char *)p + i * step, step),
			       strnlen((const char *)p + i * step, step) == step ?
				       EYAS_DEC_PATH | EYAS_DEC_CUT :
				       EYAS_DEC_PATH);
	}
	eyas_dec_close(d, '}');
}

static void print_utsname(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_names(d, p, 65, 6);
}

static void print_oldutsname(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_names(d, p, 65, 5);
}

static void print_olduname(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	(void)len;
	print_names(d, p, 9, 5);
}

static void print_loads(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '[');
	for (unsigned int i = 0; i < 3; i++) {
		eyas_dec_item(d);
		eyas_dec_uint(d, eyas_dec_get(p + i * (len / 3), len / 3));
	}
	eyas_dec_close(d, ']');
}

/* clang-format off */
static const struct eyas_dec_field rlimit_fields[] = {
	F("rlim_cur", FN, 0, 8, 0, 4, NULL, print_limit),
	F("rlim_max", FN, 8, 8, 4, 4, NULL, print_limit),
};
static const struct eyas_dec_field rlimit64_fields[] = {
	F("rlim_cur", FN, 0, 8, 0, 8, NULL, print_limit),
	F("rlim_max", FN, 8, 8, 8, 8, NULL, print_limit),
};
static const struct eyas_dec_field rusage_fields[] = {
	F("ru_utime",       STRUCT,  0, 16,  0, 8, &eyas_dec_timeval, NULL),
	F("ru_stime",       STRUCT, 16, 16,  8, 8, &eyas_dec_timeval, NULL),
	SELDOM("ru_maxrss",   UINT,  32, 8, 16, 4, NULL, NULL),
	SELDOM("ru_ixrss",    UINT,  40, 8, 20, 4, NULL, NULL),
	SELDOM("ru_idrss",    UINT,  48, 8, 24, 4, NULL, NULL),
	SELDOM("ru_isrss",    UINT,  56, 8, 28, 4, NULL, NULL),
	SELDOM("ru_minflt",   UINT,  64, 8, 32, 4, NULL, NULL),
	SELDOM("ru_majflt",   UINT,  72, 8, 36, 4, NULL, NULL),
	SELDOM("ru_nswap",    UINT,  80, 8, 40, 4, NULL, NULL),
	SELDOM("ru_inblock",  UINT,  88, 8, 44, 4, NULL, NULL),
	SELDOM("ru_oublock",  UINT,  96, 8, 48, 4, NULL, NULL),
	SELDOM("ru_msgsnd",   UINT, 104, 8, 52, 4, NULL, NULL),
	SELDOM("ru_msgrcv",   UINT, 112, 8, 56, 4, NULL, NULL),
	SELDOM("ru_nsignals", UINT, 120, 8, 60, 4, NULL, NULL),
	SELDOM("ru_nvcsw",    UINT, 128, 8, 64, 4, NULL, NULL),
	SELDOM("ru_nivcsw",   UINT, 136, 8, 68, 4, NULL, NULL),
};
static const struct eyas_dec_field sysinfo_fields[] = {
	F("uptime",    UINT,   0,  8,  0,  4, NULL, NULL),
	F("loads",     FN,     8, 24,  4, 12, NULL, print_loads),
	F("totalram",  UINT,  32,  8, 16,  4, NULL, NULL),
	F("freeram",   UINT,  40,  8, 20,  4, NULL, NULL),
	F("sharedram", UINT,  48,  8, 24,  4, NULL, NULL),
	F("bufferram", UINT,  56,  8, 28,  4, NULL, NULL),
	F("totalswap", UINT,  64,  8, 32,  4, NULL, NULL),
	F("freeswap",  UINT,  72,  8, 36,  4, NULL, NULL),
	F("procs",     UINT,  80,  2, 40,  2, NULL, NULL),
	F("totalhigh", UINT,  88,  8, 44,  4, NULL, NULL),
	F("freehigh",  UINT,  96,  8, 48,  4, NULL, NULL),
	F("mem_unit",  UINT, 104,  4, 52,  4, NULL, NULL),
};
static const struct eyas_dec_field cap_header_fields[] = {
	F("version", ENUM, 0, 4, 0, 4, &eyas_xlat_cap_version, NULL),
	F("pid",     PID,  4, 4, 4, 4, NULL, NULL),
};
static const struct eyas_dec_field futex_waitv_fields[] = {
	F("val",   HEX,    0, 8,  0, 8, NULL, NULL),
	F("uaddr", ADDR,   8, 8,  8, 8, NULL, NULL),
	F("flags", FLAGS, 16, 4, 16, 4, &eyas_xlat_futex_waitv, NULL),
};

const struct eyas_dec_struct eyas_dec_structs_proc[] = {
	{ "rlimit",       16,   8, EYAS_DEC_FIELDS(rlimit_fields) },
	{ "rlimit64",     16,  16, EYAS_DEC_FIELDS(rlimit64_fields) },
	{ "rusage",      144,  72, EYAS_DEC_FIELDS(rusage_fields) },
	{ "sysinfo",     108,  64, EYAS_DEC_FIELDS(sysinfo_fields) },
	{ "cap_header",    8,   8, EYAS_DEC_FIELDS(cap_header_fields) },
	{ "cap_data",     12,  12, .fn = print_cap_data },
	{ "futex_waitv",  24,  24, EYAS_DEC_FIELDS(futex_waitv_fields) },
	{ "sched_attr",    4,   4, .fn = print_sched_attr },
	{ "sched_param",   4,   4, .fn = print_sched_param },
	{ "wstatus",       4,   4, .fn = print_wstatus },
	{ "uid",           4,   4, .fn = print_one_id },
	{ "gid",           4,   4, .fn = print_one_id },
	{ "uid16",         2,   2, .fn = print_one_id16 },
	{ "gid16",         2,   2, .fn = print_one_id16 },
	{ "utsname",     390, 390, .fn = print_utsname },
	{ "oldutsname",  325, 325, .fn = print_oldutsname },
	{ "olduname",     45,  45, .fn = print_olduname },
	{ .name = NULL },
};
/* clang-format on */
