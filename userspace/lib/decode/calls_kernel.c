// SPDX-License-Identifier: Apache-2.0
/* Calls about the kernel itself: bpf, seccomp, landlock, modules, io_uring, quotas. */
#include "decode/bpf.h"
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/msg.h"
#include "decode/signals.h"
#include "decode/struct.h"

/* ---- bpf ---- */

static void arg_bpf_attr(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	eyas_dec_bpf_attr(d, eyas_dec_arg32(d, 0), eyas_dec_in(d, arg, &m) ? &m : NULL,
			  d->args[arg]);
}

static bool bpf_result(struct eyas_decode *d)
{
	/* Commands that make a descriptor. */
	static const uint64_t makes_fd = 1ULL << 0 | 1ULL << 5 | 1ULL << 7 | 1ULL << 13 |
					 1ULL << 14 | 1ULL << 17 | 1ULL << 18 | 1ULL << 19 |
					 1ULL << 28 | 1ULL << 30 | 1ULL << 33;
	uint32_t cmd = eyas_dec_arg32(d, 0);

	if (cmd >= 64 || !(makes_fd >> cmd & 1))
		return false;
	eyas_dec_fd(d, (int)d->ret, EYAS_BLOB_NO_ARG);
	return true;
}

/* ---- seccomp and landlock ---- */

static void print_sizes(struct eyas_decode *d, const unsigned char *p)
{
	static const char *const names[] = { "seccomp_notif", "seccomp_notif_resp",
					     "seccomp_data" };

	eyas_dec_open(d, '{');
	for (unsigned int i = 0; i < 3; i++) {
		eyas_dec_field(d, names[i]);
		eyas_dec_uint(d, eyas_dec_get(p + 2 * i, 2));
	}
	eyas_dec_close(d, '}');
}

static void call_seccomp(struct eyas_decode *d)
{
	uint32_t op = eyas_dec_arg32(d, 0);
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	if (eyas_dec_arg(d, 1)) {
		if (op == 1)
			eyas_dec_value(d, 1);
		else
			eyas_dec_hex(d, eyas_dec_arg32(d, 1));
	}
	if (op == 3)
		eyas_dec_split(d);
	if (!eyas_dec_arg(d, 2))
		return;
	if (op == 1 && eyas_dec_in(d, 2, &m) && m.len >= 2 * eyas_dec_word_size(d)) {
		eyas_dec_filter(d, m.p, m.len);
	} else if (op == 2 && eyas_dec_in(d, 2, &m) && m.len >= 4) {
		eyas_dec_open1(d);
		eyas_dec_enum(d, &eyas_xlat_seccomp_ret, eyas_dec_get(m.p, 4), 0);
		eyas_dec_close(d, ']');
	} else if (op == 3 && !d->failed && eyas_dec_out(d, 2, &m) && m.len >= 6) {
		print_sizes(d, m.p);
	} else {
		eyas_dec_addr(d, d->args[2]);
	}
}

/* Asked for its version, it makes no descriptor. */
static bool landlock_result(struct eyas_decode *d)
{
	if (eyas_dec_arg32(d, 2))
		eyas_dec_int(d, d->ret);
	return eyas_dec_arg32(d, 2);
}

static void call_landlock_rule(struct eyas_decode *d)
{
	uint32_t type = eyas_dec_arg32(d, 1);
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (eyas_dec_arg(d, 2)) {
		if (!eyas_dec_in(d, 2, &m) || m.len < (type == 2 ? 16 : 12) || !type || type > 2) {
			eyas_dec_addr(d, d->args[2]);
		} else {
			eyas_dec_open(d, '{');
			eyas_dec_field(d, "allowed_access");
			eyas_dec_flags(d,
				       type == 1 ? &eyas_xlat_landlock_fs : &eyas_xlat_landlock_net,
				       eyas_dec_get(m.p, 8));
			eyas_dec_field(d, type == 1 ? "parent_fd" : "port");
			if (type == 1)
				eyas_dec_fd(d, (int32_t)eyas_dec_get(m.p + 8, 4), EYAS_DEC_NO_ARG);
			else
				eyas_dec_uint(d, eyas_dec_get(m.p + 8, 8));
			eyas_dec_close(d, '}');
		}
	}
	eyas_dec_show(d, 3);
}

/* ---- the log and the end ---- */

static void print_log_action(struct eyas_decode *d)
{
	int32_t v = (int32_t)eyas_dec_arg32(d, 0);
	const struct eyas_xval *e = eyas_xlat_get(&eyas_xlat_syslog, (uint32_t)v);

	eyas_dec_sym(d, (uint32_t)v);
	eyas_dec_int(d, v);
	eyas_strbuf_addf(d->out, " /* %s */", e ? e->name : eyas_xlat_syslog.unknown);
	eyas_dec_symend(d);
}

static void call_syslog(struct eyas_decode *d)
{
	uint32_t action = eyas_dec_arg32(d, 0);
	bool reads = action >= 2 && action <= 4;

	if (eyas_dec_arg(d, 0))
		print_log_action(d);
	switch (action) {
	case 0:
	case 1:
	case 5:
	case 6:
	case 7:
	case 9:
	case 10:
		return;
	}
	if (reads)
		eyas_dec_split(d);
	if (eyas_dec_arg(d, 1)) {
		if (reads && d->args[1])
			eyas_dec_arg_outbuf(d, 1);
		else
			eyas_dec_addr(d, d->args[1]);
	}
	if (!eyas_dec_arg(d, 2))
		return;
	eyas_dec_int(d, (int32_t)eyas_dec_arg32(d, 2));
	if (action == 8 && !d->json) {
		const struct eyas_xval *e =
			eyas_xlat_get(&eyas_xlat_loglevel, eyas_dec_arg32(d, 2));

		eyas_strbuf_addf(d->out, " /* %s */", e ? e->name : eyas_xlat_loglevel.unknown);
	}
}

static void call_reboot(struct eyas_decode *d)
{
	struct eyas_dec_mem m;
	size_t n;

	if (eyas_dec_arg(d, 0))
		eyas_dec_enum(d, &eyas_xlat_reboot_magic1, eyas_dec_arg32(d, 0), 0);
	if (eyas_dec_arg(d, 1))
		eyas_dec_enum(d, &eyas_xlat_reboot_magic2, eyas_dec_arg32(d, 1), 0);
	eyas_dec_show(d, 2);
	if (eyas_dec_arg32(d, 2) != 0xa1b2c3d4U || !eyas_dec_arg(d, 3))
		return;
	n = eyas_dec_in(d, 3, &m) ? strnlen((const char *)m.p, m.len) : 0;
	if (!d->args[3] || !eyas_dec_in(d, 3, &m) || (m.fault && n == m.len))
		eyas_dec_addr(d, d->args[3]);
	else
		eyas_dec_quote(d, m.p, n, 0);
}

static void arg_kexec_flags(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_parts parts = { 0 };
	uint64_t v = d->args[arg];

	eyas_dec_sym(d, v);
	eyas_dec_part_enum(d, &parts, &eyas_xlat_kexec_arch, v & 0xffff0000U);
	eyas_dec_part_flags(d, &parts, &eyas_xlat_kexec, v & ~0xffff0000ULL, EYAS_XF_NOTE);
	eyas_dec_symend(d);
}

/* ---- io_uring ---- */

static void call_uring_enter(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	for (unsigned int i = 0; i < 4; i++)
		eyas_dec_show(d, i);
	if (eyas_dec_arg(d, 4)) {
		if (!(d->args[3] & 8) && d->args[5] == 8 && eyas_dec_in(d, 4, &m) && m.len >= 8)
			eyas_dec_sigset(d, m.p, 8);
		else
			eyas_dec_addr(d, d->args[4]);
	}
	eyas_dec_show(d, 5);
}

/* Descriptors are registered by arrays of numbers. */
static void call_uring_register(struct eyas_decode *d)
{
	uint32_t op = eyas_dec_arg32(d, 1), n = eyas_dec_arg32(d, 3), i;
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (eyas_dec_arg(d, 2)) {
		if ((op != 2 && op != 4 && op != 7) || !eyas_dec_in(d, 2, &m) || m.len < 4 || !n) {
			eyas_dec_addr(d, d->args[2]);
		} else {
			eyas_dec_open(d, '[');
			for (i = 0; i < n && (i + 1) * 4 <= m.len; i++) {
				if (i >= d->opts.strsize && !eyas_dec_whole(d))
					break;
				eyas_dec_item(d);
				eyas_dec_fd(d, (int32_t)eyas_dec_get(m.p + 4 * i, 4),
					    EYAS_DEC_NO_ARG);
			}
			if (i < n)
				eyas_dec_more(d);
			eyas_dec_close(d, ']');
		}
	}
	eyas_dec_show(d, 3);
}

/* ---- mounts by descriptors ---- */

static void print_config_value(struct eyas_decode *d, uint32_t cmd)
{
	struct eyas_dec_mem m;
	size_t n;

	if (!eyas_dec_in(d, 3, &m)) {
		eyas_dec_addr(d, d->args[3]);
		return;
	}
	if (cmd == 2) {
		uint8_t hex = d->opts.hex;

		d->opts.hex = EYAS_DECODE_HEX_ALL;
		eyas_dec_bytes(d, &m, d->args[3], d->args[4]);
		d->opts.hex = hex;
		return;
	}
	n = strnlen((const char *)m.p, m.len);
	if (m.fault && n == m.len)
		eyas_dec_addr(d, d->args[3]);
	else
		eyas_dec_quote(d, m.p, n, cmd == 1 ? 0 : EYAS_DEC_PATH);
}

static void call_fsconfig(struct eyas_decode *d)
{
	uint32_t cmd = eyas_dec_arg32(d, 1);

	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	if (eyas_dec_arg(d, 2)) {
		if (cmd <= 5)
			eyas_dec_value(d, 2);
		else
			eyas_dec_addr(d, d->args[2]);
	}
	if (eyas_dec_arg(d, 3)) {
		if (cmd >= 1 && cmd <= 4)
			print_config_value(d, cmd);
		else
			eyas_dec_addr(d, d->args[3]);
	}
	if (!eyas_dec_arg(d, 4))
		return;
	if (cmd >= 3 && cmd <= 5)
		eyas_dec_dirfd(d, (int32_t)eyas_dec_arg32(d, 4), EYAS_DEC_NO_ARG);
	else
		eyas_dec_int(d, (int32_t)eyas_dec_arg32(d, 4));
}

/* ---- quotas ---- */

static void put_quota_cmd(struct eyas_decode *d, uint32_t v)
{
	uint32_t cmd = v >> 8, type = v & 0xff;
	const struct eyas_xlat *x = eyas_xlat_get(&eyas_xlat_quota_xcmd, cmd) ?
					    &eyas_xlat_quota_xcmd :
					    &eyas_xlat_quota_cmd;
	uint8_t was;

	eyas_dec_sym(d, v);
	if (eyas_dec_raw(d))
		eyas_dec_uint(d, v);
	if (eyas_dec_words(d, &was)) {
		eyas_dec_puts(d, "QCMD(");
		eyas_dec_enum(d, x, cmd, 0);
		eyas_dec_puts(d, ", ");
		eyas_dec_enum(d, &eyas_xlat_quota_type, type, 0);
		eyas_dec_putc(d, ')');
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

static void arg_quota_cmd(struct eyas_decode *d, unsigned int arg)
{
	put_quota_cmd(d, eyas_dec_arg32(d, arg));
}

/* The file with the quotas. */
static void print_quota_file(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (eyas_dec_in_blob(d, EYAS_BLOB_STRING, arg, &m) && !m.fault)
		eyas_dec_quote(d, m.p, m.len, EYAS_DEC_PATH);
	else
		eyas_dec_addr(d, d->args[arg]);
}

/* @first: the argument after the command and what it is about. */
static void show_quota(struct eyas_decode *d, uint32_t v, unsigned int first)
{
	uint32_t cmd = v >> 8;

	if (cmd == 0x800001 || cmd == 0x800003)
		return;
	if (cmd == 0x800002) {
		if (eyas_dec_arg(d, first))
			eyas_dec_enum(d, &eyas_xlat_quota_format, eyas_dec_arg32(d, first), 0);
		if (eyas_dec_arg(d, first + 1))
			print_quota_file(d, first + 1);
		return;
	}
	/* The others that are about no one user. */
	if (cmd != 0x800004 && cmd != 0x800005 && cmd != 0x800006 && cmd != 0x5801 &&
	    cmd != 0x5802 && cmd != 0x5805 && cmd != 0x5806 && cmd != 0x5807 && cmd != 0x5808)
		eyas_dec_show(d, first);
	eyas_dec_show(d, first + 1);
}

static void call_quotactl(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	show_quota(d, eyas_dec_arg32(d, 0), 2);
}

static void call_quotactl_fd(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	show_quota(d, eyas_dec_arg32(d, 1), 2);
}

/* ---- calls without a meaning ---- */

static void numbers(struct eyas_decode *d, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		if (eyas_dec_arg(d, i))
			eyas_dec_hex(d, d->args[i]);
	}
}

static void call_three(struct eyas_decode *d)
{
	numbers(d, 3);
}

static void call_four(struct eyas_decode *d)
{
	numbers(d, 4);
}

static void call_five(struct eyas_decode *d)
{
	numbers(d, 5);
}

static void call_restart(struct eyas_decode *d)
{
	const char *of = d->call->restarted ? d->call->restarted : "system call";

	if (!eyas_dec_arg_as(d, 0, NULL))
		return;
	eyas_dec_sym(d, 0);
	eyas_strbuf_addf(d->out, "<... resuming interrupted %s ...>", of);
	eyas_dec_symend(d);
}

/* Random bytes are no text, whatever they look like. */
static void arg_random(struct eyas_decode *d, unsigned int arg)
{
	uint8_t hex = d->opts.hex;

	d->opts.hex = EYAS_DECODE_HEX_ALL;
	eyas_dec_arg_outbuf(d, arg);
	d->opts.hex = hex;
}

static void arg_module(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_addr(d, d->args[arg]);
}

const struct eyas_dec_call eyas_dec_calls_kernel[] = {
	{ "bpf", NULL, bpf_result },
	{ "seccomp", call_seccomp, NULL },
	{ "landlock_add_rule", call_landlock_rule, NULL },
	{ "syslog", call_syslog, NULL },
	{ "landlock_create_ruleset", NULL, landlock_result },
	{ "reboot", call_reboot, NULL },
	{ "io_uring_enter", call_uring_enter, NULL },
	{ "io_uring_register", call_uring_register, NULL },
	{ "fsconfig", call_fsconfig, NULL },
	{ "quotactl", call_quotactl, NULL },
	{ "quotactl_fd", call_quotactl_fd, NULL },
	{ "restart_syscall", call_restart, NULL },
	{ "getpmsg", call_five, NULL },
	{ "putpmsg", call_five, NULL },
	{ "afs_syscall", call_five, NULL },
	{ "vserver", call_five, NULL },
	{ "tuxcall", call_three, NULL },
	{ "security", call_three, NULL },
	{ "epoll_ctl_old", call_four, NULL },
	{ "epoll_wait_old", call_four, NULL },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_kernel[] = {
	{ "bpf", 1, arg_bpf_attr, NULL },
	{ "bpf", 2, eyas_dec_arg_uint32, NULL },
	{ "getrandom", 0, arg_random, NULL },
	{ "init_module", 0, arg_module, NULL },
	{ "sethostname", 1, eyas_dec_arg_uint32, NULL },
	{ "setdomainname", 1, eyas_dec_arg_uint32, NULL },
	{ "perf_event_open", 4, eyas_dec_arg_flags64, NULL },
	{ "kexec_load", 3, arg_kexec_flags, NULL },
	{ "kexec_file_load", 4, eyas_dec_arg_flags64, NULL },
	{ "quotactl", 0, arg_quota_cmd, NULL },
	{ "quotactl_fd", 1, arg_quota_cmd, NULL },
	{ "landlock_add_rule", 3, eyas_dec_arg_hex32, NULL },
	{ "landlock_restrict_self", 1, eyas_dec_arg_flags, NULL },
	{ "io_uring_setup", 0, eyas_dec_arg_uint32, NULL },
	{ "io_uring_enter", 1, eyas_dec_arg_uint32, NULL },
	{ "io_uring_enter", 2, eyas_dec_arg_uint32, NULL },
	{ "io_uring_register", 3, eyas_dec_arg_uint32, NULL },
	{ "iopl", 0, eyas_dec_arg_int, NULL },
	{ "ioperm", 0, eyas_dec_arg_hex, NULL },
	{ "ioperm", 1, eyas_dec_arg_hex, NULL },
	{ "create_module", 0, eyas_dec_arg_hex, NULL },
	{ "create_module", 1, eyas_dec_arg_hex, NULL },
	{ "get_kernel_syms", 0, eyas_dec_arg_hex, NULL },
	{ "query_module", 0, eyas_dec_arg_hex, NULL },
	{ "query_module", 1, eyas_dec_arg_hex, NULL },
	{ "query_module", 2, eyas_dec_arg_hex, NULL },
	{ "query_module", 3, eyas_dec_arg_hex, NULL },
	{ "query_module", 4, eyas_dec_arg_hex, NULL },
	{ "nfsservctl", 0, eyas_dec_arg_hex, NULL },
	{ "nfsservctl", 1, eyas_dec_arg_hex, NULL },
	{ "nfsservctl", 2, eyas_dec_arg_hex, NULL },
	{ NULL, 0, NULL, NULL },
};
