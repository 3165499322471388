// SPDX-License-Identifier: Apache-2.0
/* bpf: attributes by command. */
#include "decode/bpf.h"

#include "base/util.h"

#define F(name, kind, off, size, ...)                                          \
	{                                                                      \
		name, EYAS_DF_##kind, false, off, off, size, size, __VA_ARGS__ \
	}
#define N NULL, NULL

static void print_name(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	size_t n = strnlen((const char *)p, len);

	/* The last byte is a NUL whatever is there. */
	eyas_dec_quote(d, p, n == len ? n - 1 : n, EYAS_DEC_PATH | (n == len ? EYAS_DEC_CUT : 0));
}

static void print_version(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t v = (uint32_t)eyas_dec_get(p, 4);
	uint8_t was;

	(void)len;
	eyas_dec_sym(d, v);
	if (eyas_dec_hex_words(d, v, &was)) {
		eyas_strbuf_addf(d->out, "KERNEL_VERSION(%u, %u, %u)", v >> 16, v >> 8 & 0xff,
				 v & 0xff);
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

/* clang-format off */
static const struct eyas_dec_field map_create[] = {
	F("map_type", ENUM, 0, 4, &eyas_xlat_bpf_map_type, NULL),
	F("key_size", UINT, 4, 4, N), F("value_size", UINT, 8, 4, N),
	F("max_entries", UINT, 12, 4, N),
	F("map_flags", FLAGS, 16, 4, &eyas_xlat_bpf_map_flags, NULL),
	F("inner_map_fd", FD, 20, 4, N), F("map_name", FN, 28, 16, NULL, print_name),
	F("map_ifindex", UINT, 44, 4, N), F("btf_fd", FD, 48, 4, N),
	F("btf_key_type_id", UINT, 52, 4, N), F("btf_value_type_id", UINT, 56, 4, N),
	F("btf_vmlinux_value_type_id", UINT, 60, 4, N), F("map_extra", UINT, 64, 8, N),
};
static const struct eyas_dec_field map_elem[] = {
	F("map_fd", FD, 0, 4, N), F("key", ADDR, 8, 8, N), F("value", ADDR, 16, 8, N),
	F("flags", ENUM, 24, 8, &eyas_xlat_bpf_elem, NULL),
};
static const struct eyas_dec_field map_delete[] = {
	F("map_fd", FD, 0, 4, N), F("key", ADDR, 8, 8, N),
};
static const struct eyas_dec_field map_next[] = {
	F("map_fd", FD, 0, 4, N), F("key", ADDR, 8, 8, N), F("next_key", ADDR, 16, 8, N),
};
static const struct eyas_dec_field map_freeze[] = { F("map_fd", FD, 0, 4, N) };
static const struct eyas_dec_field prog_load[] = {
	F("prog_type", ENUM, 0, 4, &eyas_xlat_bpf_prog_type, NULL),
	F("insn_cnt", UINT, 4, 4, N), F("insns", ADDR, 8, 8, N), F("license", ADDR, 16, 8, N),
	F("log_level", UINT, 24, 4, N), F("log_size", UINT, 28, 4, N), F("log_buf", ADDR, 32, 8, N),
	F("kern_version", FN, 40, 4, NULL, print_version),
	F("prog_flags", FLAGS, 44, 4, &eyas_xlat_bpf_prog_flags, NULL),
	F("prog_name", FN, 48, 16, NULL, print_name), F("prog_ifindex", UINT, 64, 4, N),
	F("expected_attach_type", ENUM, 68, 4, &eyas_xlat_bpf_attach, NULL),
	F("prog_btf_fd", FD, 72, 4, N), F("func_info_rec_size", UINT, 76, 4, N),
	F("func_info", ADDR, 80, 8, N), F("func_info_cnt", UINT, 88, 4, N),
	F("line_info_rec_size", UINT, 92, 4, N), F("line_info", ADDR, 96, 8, N),
	F("line_info_cnt", UINT, 104, 4, N), F("attach_btf_id", UINT, 108, 4, N),
	F("attach_prog_fd", FD, 112, 4, N), F("fd_array", ADDR, 120, 8, N),
};
static const struct eyas_dec_field obj[] = {
	F("pathname", ADDR, 0, 8, N), F("bpf_fd", FD, 8, 4, N),
	F("file_flags", FLAGS, 12, 4, &eyas_xlat_bpf_file_flags, NULL),
};
static const struct eyas_dec_field attach[] = {
	F("target_fd", FD, 0, 4, N), F("attach_bpf_fd", FD, 4, 4, N),
	F("attach_type", ENUM, 8, 4, &eyas_xlat_bpf_attach, NULL),
	F("attach_flags", FLAGS, 12, 4, &eyas_xlat_bpf_attach_flags, NULL),
	F("replace_bpf_fd", FD, 16, 4, N),
};
static const struct eyas_dec_field detach[] = {
	F("target_fd", FD, 0, 4, N), F("attach_type", ENUM, 8, 4, &eyas_xlat_bpf_attach, NULL),
};
static const struct eyas_dec_field test_run[] = {
	F("prog_fd", FD, 0, 4, N), F("retval", UINT, 4, 4, N),
	F("data_size_in", UINT, 8, 4, N), F("data_size_out", UINT, 12, 4, N),
	F("data_in", ADDR, 16, 8, N), F("data_out", ADDR, 24, 8, N),
	F("repeat", UINT, 32, 4, N), F("duration", UINT, 36, 4, N),
	F("ctx_size_in", UINT, 40, 4, N), F("ctx_size_out", UINT, 44, 4, N),
	F("ctx_in", ADDR, 48, 8, N), F("ctx_out", ADDR, 56, 8, N),
	F("flags", FLAGS, 64, 4, &eyas_xlat_bpf_run_flags, NULL), F("cpu", UINT, 68, 4, N),
	F("batch_size", UINT, 72, 4, N),
};
static const struct eyas_dec_field next_id[] = {
	F("start_id", UINT, 0, 4, N), F("next_id", UINT, 4, 4, N),
	F("open_flags", FLAGS, 8, 4, &eyas_xlat_bpf_map_flags, NULL),
};
static const struct eyas_dec_field prog_id[] = {
	F("prog_id", UINT, 0, 4, N), F("next_id", UINT, 4, 4, N),
	F("open_flags", FLAGS, 8, 4, &eyas_xlat_bpf_map_flags, NULL),
};
static const struct eyas_dec_field map_id[] = {
	F("map_id", UINT, 0, 4, N), F("next_id", UINT, 4, 4, N),
	F("open_flags", FLAGS, 8, 4, &eyas_xlat_bpf_map_flags, NULL),
};
static const struct eyas_dec_field btf_id[] = { F("btf_id", UINT, 0, 4, N) };
static const struct eyas_dec_field link_id[] = { F("link_id", UINT, 0, 4, N) };
static const struct eyas_dec_field info[] = {
	F("bpf_fd", FD, 0, 4, N), F("info_len", UINT, 4, 4, N), F("info", ADDR, 8, 8, N),
};
static const struct eyas_dec_field query[] = {
	F("target_fd", FD, 0, 4, N), F("attach_type", ENUM, 4, 4, &eyas_xlat_bpf_attach, NULL),
	F("query_flags", FLAGS, 8, 4, &eyas_xlat_bpf_query_flags, NULL),
	F("attach_flags", FLAGS, 12, 4, &eyas_xlat_bpf_attach_flags, NULL),
	F("prog_ids", ADDR, 16, 8, N), F("prog_cnt", UINT, 24, 4, N),
};
static const struct eyas_dec_field raw_tracepoint[] = {
	F("name", ADDR, 0, 8, N), F("prog_fd", FD, 8, 4, N),
};
static const struct eyas_dec_field btf_load[] = {
	F("btf", ADDR, 0, 8, N), F("btf_log_buf", ADDR, 8, 8, N), F("btf_size", UINT, 16, 4, N),
	F("btf_log_size", UINT, 20, 4, N), F("btf_log_level", UINT, 24, 4, N),
};
static const struct eyas_dec_field fd_query[] = {
	F("pid", PID, 0, 4, N), F("fd", FD, 4, 4, N), F("flags", UINT, 8, 4, N),
	F("buf_len", UINT, 12, 4, N), F("buf", ADDR, 16, 8, N), F("prog_id", UINT, 24, 4, N),
	F("fd_type", ENUM, 28, 4, &eyas_xlat_bpf_fd_type, NULL),
	F("probe_offset", HEX, 32, 8, N), F("probe_addr", HEX, 40, 8, N),
};
static const struct eyas_dec_field batch[] = {
	F("in_batch", ADDR, 0, 8, N), F("out_batch", ADDR, 8, 8, N), F("keys", ADDR, 16, 8, N),
	F("values", ADDR, 24, 8, N), F("count", UINT, 32, 4, N), F("map_fd", FD, 36, 4, N),
	F("elem_flags", FLAGS, 40, 8, &eyas_xlat_bpf_batch, NULL), F("flags", HEX, 48, 8, N),
};
static const struct eyas_dec_field link_create[] = {
	F("prog_fd", FD, 0, 4, N), F("target_fd", FD, 4, 4, N),
	F("attach_type", ENUM, 8, 4, &eyas_xlat_bpf_attach, NULL), F("flags", HEX, 12, 4, N),
};
static const struct eyas_dec_field link_update[] = {
	F("link_fd", FD, 0, 4, N), F("new_prog_fd", FD, 4, 4, N),
	F("flags", FLAGS, 8, 4, &eyas_xlat_bpf_attach_flags, NULL),
};
static const struct eyas_dec_field enable_stats[] = { F("type", UINT, 0, 4, N) };
static const struct eyas_dec_field iter_create[] = {
	F("link_fd", FD, 0, 4, N), F("flags", HEX, 4, 4, N),
};
static const struct eyas_dec_field link_detach[] = { F("link_fd", FD, 0, 4, N) };
static const struct eyas_dec_field bind_map[] = {
	F("prog_fd", FD, 0, 4, N), F("map_fd", FD, 4, 4, N), F("flags", HEX, 8, 4, N),
};
/* clang-format on */

/* @group: the attributes are in a struct of that name. */
#define ROW(f, group)                          \
	{                                      \
		f, EYAS_ARRAY_LEN(f), group, 0 \
	}
#define ROW_UP_TO(f, group, known)                 \
	{                                          \
		f, EYAS_ARRAY_LEN(f), group, known \
	}

static const struct {
	const struct eyas_dec_field *fields;
	uint16_t n;
	const char *group;
	uint16_t known; /* bytes that may be set; 0: up to the last field */
} commands[] = {
	ROW(map_create, NULL),
	ROW(map_elem, NULL),
	ROW(map_elem, NULL),
	ROW(map_delete, NULL),
	ROW(map_next, NULL),
	ROW(prog_load, NULL),
	ROW(obj, NULL),
	ROW(obj, NULL),
	ROW(attach, NULL),
	ROW(detach, NULL),
	ROW(test_run, "test"),
	ROW(next_id, NULL),
	ROW(next_id, NULL),
	ROW(prog_id, NULL),
	ROW(map_id, NULL),
	ROW(info, "info"),
	ROW(query, "query"),
	ROW(raw_tracepoint, "raw_tracepoint"),
	ROW(btf_load, NULL),
	ROW(btf_id, NULL),
	ROW(fd_query, "task_fd_query"),
	ROW(map_elem, NULL),
	ROW(map_freeze, NULL),
	ROW(next_id, NULL),
	ROW(batch, "batch"),
	ROW(batch, "batch"),
	ROW(batch, "batch"),
	ROW(batch, "batch"),
	ROW(link_create, "link_create"),
	ROW_UP_TO(link_update, "link_update", 16),
	ROW(link_id, NULL),
	ROW(next_id, NULL),
	ROW(enable_stats, "enable_stats"),
	ROW(iter_create, "iter_create"),
	ROW(link_detach, "link_detach"),
	ROW(bind_map, "prog_bind_map"),
};

/* Bytes that are not told of and not 0. */
static bool more_than(const struct eyas_dec_mem *m, uint32_t known)
{
	for (uint32_t i = known; i < m->len; i++) {
		if (m->p[i])
			return true;
	}
	return false;
}

void eyas_dec_bpf_attr(struct eyas_decode *d, uint32_t cmd, const struct eyas_dec_mem *m,
		       uint64_t addr)
{
	const struct eyas_dec_field *last;
	struct eyas_dec_struct s = { .name = "" };
	uint32_t known;

	if (!m || !m->len || cmd >= EYAS_ARRAY_LEN(commands) || d->opts.no_structs) {
		eyas_dec_addr(d, addr);
		return;
	}
	s.fields = commands[cmd].fields;
	s.nfields = commands[cmd].n;
	last = &s.fields[s.nfields - 1];
	known = commands[cmd].known ? commands[cmd].known : (uint32_t)last->off + last->size;
	eyas_dec_open(d, '{');
	if (commands[cmd].group) {
		eyas_dec_field(d, commands[cmd].group);
		eyas_dec_struct(d, &s, m->p, m->len);
	} else {
		eyas_dec_fields(d, &s, m->p, m->len);
	}
	if (more_than(m, known))
		eyas_dec_more(d);
	eyas_dec_close(d, '}');
}
