// SPDX-License-Identifier: Apache-2.0
/* Structs of io_uring, perf, landlock and what else is the kernel's own. */
#include "decode/struct.h"

#define F(name, kind, off, size, ...)                                          \
	{                                                                      \
		name, EYAS_DF_##kind, false, off, off, size, size, __VA_ARGS__ \
	}
#define N NULL, NULL

/* ---- io_uring ---- */

#define RING_OFF 40 /* bytes of where the members of a ring are */

static void print_words(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i + 4 <= len; i += 4) {
		eyas_dec_item(d);
		eyas_dec_hex(d, eyas_dec_get(p + i, 4));
	}
	eyas_dec_close(d, ']');
}

/* clang-format off */
static const struct eyas_dec_field sq_fields[] = {
	F("head", UINT, 0, 4, N), F("tail", UINT, 4, 4, N), F("ring_mask", UINT, 8, 4, N),
	F("ring_entries", UINT, 12, 4, N), F("flags", UINT, 16, 4, N), F("dropped", UINT, 20, 4, N),
	F("array", UINT, 24, 4, N),
};
static const struct eyas_dec_field cq_fields[] = {
	F("head", UINT, 0, 4, N), F("tail", UINT, 4, 4, N), F("ring_mask", UINT, 8, 4, N),
	F("ring_entries", UINT, 12, 4, N), F("overflow", UINT, 16, 4, N), F("cqes", UINT, 20, 4, N),
	F("flags", UINT, 24, 4, N),
};
static const struct eyas_dec_field resv_fields[] = {
	F("resv1", HEX, 28, 4, N), F("resv2", HEX, 32, 8, N),
};
/* clang-format on */
static const struct eyas_dec_struct sq_off = { "", 40, 40, EYAS_DEC_FIELDS(sq_fields) };
static const struct eyas_dec_struct cq_off = { "", 40, 40, EYAS_DEC_FIELDS(cq_fields) };
static const struct eyas_dec_struct resv = { "", 40, 40, EYAS_DEC_FIELDS(resv_fields) };

static void print_ring(struct eyas_decode *d, const char *name, const struct eyas_dec_struct *s,
		       const unsigned char *p)
{
	eyas_dec_field(d, name);
	eyas_dec_open(d, '{');
	eyas_dec_fields(d, s, p, RING_OFF);
	if (eyas_dec_get(p + 28, 4) || eyas_dec_get(p + 32, 8))
		eyas_dec_fields(d, &resv, p, RING_OFF);
	eyas_dec_close(d, '}');
}

#define URING_WQ 0x20U

/* What was asked for; what was made of it once the call has succeeded. */
static void print_uring_params(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint64_t flags = eyas_dec_get(p + 8, 4);
	static const unsigned char none[12];

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "flags");
	eyas_dec_flags(d, &eyas_xlat_uring_setup, flags);
	eyas_dec_field(d, "sq_thread_cpu");
	eyas_dec_hex(d, eyas_dec_get(p + 12, 4));
	eyas_dec_field(d, "sq_thread_idle");
	eyas_dec_uint(d, eyas_dec_get(p + 16, 4));
	if (flags & URING_WQ) {
		eyas_dec_field(d, "wq_fd");
		eyas_dec_fd(d, (int32_t)eyas_dec_get(p + 24, 4), EYAS_DEC_NO_ARG);
	}
	if (memcmp(p + 28, none, sizeof(none)) != 0) {
		eyas_dec_field(d, "resv");
		print_words(d, p + 28, 12);
	}
	if (!d->failed && d->ended) {
		eyas_dec_field(d, "sq_entries");
		eyas_dec_uint(d, eyas_dec_get(p, 4));
		eyas_dec_field(d, "cq_entries");
		eyas_dec_uint(d, eyas_dec_get(p + 4, 4));
		eyas_dec_field(d, "features");
		eyas_dec_flags(d, &eyas_xlat_uring_features, eyas_dec_get(p + 20, 4));
		print_ring(d, "sq_off", &sq_off, p + 40);
		print_ring(d, "cq_off", &cq_off, p + 80);
	}
	eyas_dec_close(d, '}');
}

/* ---- perf ---- */

#define PERF_FREQ (1ULL << 10)
#define PERF_WATERMARK (1ULL << 14)
#define PERF_TRACEPOINT 2
#define PERF_BREAKPOINT 5

static const struct {
	const char *name;
	uint8_t bit;
} perf_bits[] = {
	{ "disabled", 0 },
	{ "inherit", 1 },
	{ "pinned", 2 },
	{ "exclusive", 3 },
	{ "exclude_user", 4 },
	{ "exclude_kernel", 5 },
	{ "exclude_hv", 6 },
	{ "exclude_idle", 7 },
	{ "mmap", 8 },
	{ "comm", 9 },
	{ "freq", 10 },
	{ "inherit_stat", 11 },
	{ "enable_on_exec", 12 },
	{ "task", 13 },
	{ "watermark", 14 },
	{ "precise_ip", 15 },
	{ "mmap_data", 17 },
	{ "sample_id_all", 18 },
	{ "exclude_host", 19 },
	{ "exclude_guest", 20 },
	{ "exclude_callchain_kernel", 21 },
	{ "exclude_callchain_user", 22 },
	{ "mmap2", 23 },
	{ "comm_exec", 24 },
	{ "use_clockid", 25 },
	{ "context_switch", 26 },
	{ "write_backward", 27 },
	{ "namespaces", 28 },
	{ "ksymbol", 29 },
	{ "bpf_event", 30 },
	{ "aux_output", 31 },
	{ "cgroup", 32 },
	{ "text_poke", 33 },
	{ "build_id", 34 },
	{ "inherit_thread", 35 },
	{ "remove_on_exec", 36 },
	{ "sigtrap", 37 },
};

static void print_perf_bits(struct eyas_decode *d, uint64_t bits)
{
	static const char *const precise[] = { " /* arbitrary skid */", " /* constant skid */",
					       " /* requested to have 0 skid */",
					       " /* must have 0 skid */" };

	for (size_t i = 0; i < sizeof(perf_bits) / sizeof(perf_bits[0]); i++) {
		bool two = perf_bits[i].bit == 15;
		uint64_t v = bits >> perf_bits[i].bit & (two ? 3 : 1);

		/* What is not set is of no interest, but for how exact it is to be. */
		if (!v && !two && !eyas_dec_whole(d))
			continue;
		eyas_dec_field(d, perf_bits[i].name);
		eyas_dec_uint(d, v);
		if (two)
			eyas_dec_note(d, precise[v]);
	}
	if (bits >> 38) {
		eyas_dec_field(d, "__reserved_1");
		eyas_dec_hex(d, bits >> 38);
		eyas_dec_note(d, " /* Bits 63..38 */");
	}
}

static void print_perf_config(struct eyas_decode *d, uint32_t type, uint64_t config)
{
	eyas_dec_field(d, "config");
	switch (type) {
	case 0:
		eyas_dec_enum(d, &eyas_xlat_perf_hw, config, 0);
		break;
	case 1:
		eyas_dec_enum(d, &eyas_xlat_perf_sw, config, 0);
		break;
	case 3:
		eyas_dec_sym(d, config);
		eyas_dec_enum(d, &eyas_xlat_perf_cache_result, config >> 16, 0);
		eyas_dec_puts(d, "<<16|");
		eyas_dec_enum(d, &eyas_xlat_perf_cache_op, config >> 8 & 0xff, 0);
		eyas_dec_puts(d, "<<8|");
		eyas_dec_enum(d, &eyas_xlat_perf_cache, config & 0xff, 0);
		eyas_dec_symend(d);
		break;
	case PERF_TRACEPOINT:
		eyas_dec_uint(d, config);
		break;
	default:
		eyas_dec_hex(d, config);
		break;
	}
}

#define SAMPLE_BRANCH (1U << 11)
#define SAMPLE_STACK (1U << 13)
#define USE_CLOCKID (1ULL << 25)

/* Members that only matter with a sample type or a bit; each only if there is so much of it. */
static const struct perf_field {
	struct eyas_dec_field f;
	uint64_t sample, bits;
} perf_fields[] = {
	{ F("branch_sample_type", FLAGS, 72, 8, &eyas_xlat_perf_branch, NULL), SAMPLE_BRANCH, 0 },
	{ F("sample_regs_user", HEX, 80, 8, N), 0, 0 },
	{ F("sample_stack_user", HEX, 88, 4, N), SAMPLE_STACK, 0 },
	{ F("clockid", ENUM, 92, 4, &eyas_xlat_clock, NULL), 0, USE_CLOCKID },
	{ F("sample_regs_intr", HEX, 96, 8, N), 0, 0 },
	{ F("aux_watermark", UINT, 104, 4, N), 0, 0 },
	{ F("sample_max_stack", UINT, 108, 2, N), 0, 0 },
	{ F("aux_sample_size", UINT, 112, 4, N), 0, 0 },
	{ F("sig_data", HEX, 120, 8, N), 0, 0 },
};
#define PERF_KNOWN 128

static const struct eyas_dec_field perf_point[] = {
	F("bp_type", ENUM, 52, 4, &eyas_xlat_perf_bp, NULL), F("bp_addr", HEX, 56, 8, N),
	F("bp_len", UINT, 64, 8, N),
}, perf_configs[] = {
	F("config1", HEX, 56, 8, N), F("config2", HEX, 64, 8, N),
};
static const struct eyas_dec_struct point = { "", 64, 64, EYAS_DEC_FIELDS(perf_point) };
static const struct eyas_dec_struct configs = { "", 64, 64, EYAS_DEC_FIELDS(perf_configs) };

/* Bytes between members, where they are not 0. */
static void perf_hole(struct eyas_decode *d, const unsigned char *p, uint32_t off, uint32_t size,
		      uint32_t len)
{
	uint64_t v = off + size <= len ? eyas_dec_get(p + off, size) : 0;

	if (v && !d->json)
		eyas_strbuf_addf(d->out, " /* bytes %u..%u: %#llx */", off, off + size - 1,
				 (unsigned long long)v);
}

/* In the first version there is no second config, but half of it may be there. */
static void print_perf_rest(struct eyas_decode *d, const unsigned char *p, uint32_t len,
			    uint64_t bits, uint32_t type)
{
	uint64_t sample = eyas_dec_get(p + 24, 8);

	eyas_dec_field(d, bits & PERF_WATERMARK ? "wakeup_watermark" : "wakeup_events");
	eyas_dec_uint(d, eyas_dec_get(p + 48, 4));
	eyas_dec_fields(d, type == PERF_BREAKPOINT ? &point : &configs, p, len);
	for (size_t i = 0; i < sizeof(perf_fields) / sizeof(perf_fields[0]); i++) {
		const struct perf_field *f = &perf_fields[i];
		const struct eyas_dec_struct one = { "", .nfields = 1, .fields = &f->f };

		if ((f->sample && !(sample & f->sample)) || (f->bits && !(bits & f->bits)))
			continue;
		eyas_dec_fields(d, &one, p, len);
		if (f->f.off == 108)
			perf_hole(d, p, 110, 2, len);
		else if (f->f.off == 112)
			perf_hole(d, p, 116, 4, len);
	}
	if (len > PERF_KNOWN)
		eyas_dec_more(d);
}

static void print_perf_attr(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t type = (uint32_t)eyas_dec_get(p, 4);
	uint64_t bits = eyas_dec_get(p + 40, 8), period = eyas_dec_get(p + 16, 8);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "type");
	eyas_dec_enum(d, &eyas_xlat_perf_type, type, 0);
	eyas_dec_field(d, "size");
	eyas_dec_enum(d, &eyas_xlat_perf_size, eyas_dec_get(p + 4, 4), 0);
	print_perf_config(d, type, eyas_dec_get(p + 8, 8));
	eyas_dec_field(d, bits & PERF_FREQ ? "sample_freq" : "sample_period");
	eyas_dec_uint(d, period);
	eyas_dec_field(d, "sample_type");
	eyas_dec_flags(d, &eyas_xlat_perf_sample, eyas_dec_get(p + 24, 8));
	eyas_dec_field(d, "read_format");
	eyas_dec_flags(d, &eyas_xlat_perf_format, eyas_dec_get(p + 32, 8));
	print_perf_bits(d, bits);
	if (eyas_dec_whole(d))
		print_perf_rest(d, p, len, bits, type);
	else
		eyas_dec_more(d);
	eyas_dec_close(d, '}');
}

/* ---- others ---- */

/* Newer kernels know more than the first member. */
static void print_ruleset(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	static const struct {
		const char *name;
		const struct eyas_xlat *list;
	} more[] = {
		{ "handled_access_net", &eyas_xlat_landlock_net },
		{ "scoped", &eyas_xlat_landlock_scope },
	};

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "handled_access_fs");
	eyas_dec_flags(d, &eyas_xlat_landlock_fs, eyas_dec_get(p, 8));
	for (uint32_t i = 0; i < 2 && 8 * (i + 2) <= len; i++) {
		eyas_dec_field(d, more[i].name);
		eyas_dec_flags(d, more[i].list, eyas_dec_get(p + 8 * (i + 1), 8));
	}
	if (len > 24)
		eyas_dec_more(d);
	eyas_dec_close(d, '}');
}

static void print_lsm_ctx(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint64_t ctx_len = eyas_dec_get(p + 24, 8);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "id");
	eyas_dec_uint(d, eyas_dec_get(p, 8));
	eyas_dec_field(d, "flags");
	eyas_dec_hex(d, eyas_dec_get(p + 8, 8));
	eyas_dec_field(d, "len");
	eyas_dec_uint(d, eyas_dec_get(p + 16, 8));
	eyas_dec_field(d, "ctx_len");
	eyas_dec_uint(d, ctx_len);
	eyas_dec_field(d, "ctx");
	eyas_dec_quote(d, p + 32, ctx_len < len - 32 ? (size_t)ctx_len : len - 32, 0);
	eyas_dec_close(d, '}');
}

const struct eyas_dec_struct eyas_dec_structs_kernel[] = {
	{ "io_uring_params", 120, 120, .fn = print_uring_params },
	{ "perf_event_attr", 64, 64, .fn = print_perf_attr },
	{ "landlock_ruleset", 8, 8, .fn = print_ruleset },
	{ "lsm_ctx", 32, 32, .fn = print_lsm_ctx },
	{ .name = NULL },
};
