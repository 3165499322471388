// SPDX-License-Identifier: Apache-2.0
/* Signals: their names, sets of them, and what comes with them. */
#include "decode/signals.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <strings.h>
#include "base/util.h"
#include "decode/arg.h"
#include "decode/fd.h"
#include "decode/struct.h"
#include "event/callnr.h"

#define SIGNALS 64
#define CODE_KERNEL 0x80 /* si_code: SI_KERNEL */
#define POLL_LAST 6 /* si_code: POLL_HUP */

/* clang-format off */
static const char names[SIGNALS + 1][8] = {
	"0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
	"SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP",
	"TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR",
	"SYS", "RTMIN", "RT_1", "RT_2", "RT_3", "RT_4", "RT_5", "RT_6", "RT_7", "RT_8",
	"RT_9", "RT_10", "RT_11", "RT_12", "RT_13", "RT_14", "RT_15", "RT_16", "RT_17",
	"RT_18", "RT_19", "RT_20", "RT_21", "RT_22", "RT_23", "RT_24", "RT_25", "RT_26",
	"RT_27", "RT_28", "RT_29", "RT_30", "RT_31", "RT_32",
};
/* clang-format on */

const char *eyas_decode_signame(unsigned int sig)
{
	return sig && sig <= SIGNALS ? names[sig] : NULL;
}

int eyas_decode_signal_by_name(const char *name)
{
	if (!strncasecmp(name, "SIG", 3))
		name += 3;
	for (int i = 1; i <= SIGNALS; i++) {
		if (!strcasecmp(names[i], name))
			return i;
	}
	return -ENOENT;
}

void eyas_dec_signal(struct eyas_decode *d, int sig)
{
	const char *name = eyas_decode_signame((unsigned int)sig);

	if (!name) {
		eyas_dec_int(d, sig);
		return;
	}
	eyas_dec_sym(d, (uint64_t)sig);
	if (d->opts.xlat != EYAS_DECODE_ABBREV)
		eyas_dec_int(d, sig);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " /* ");
	if (d->opts.xlat != EYAS_DECODE_RAW) {
		eyas_dec_puts(d, "SIG");
		eyas_dec_puts(d, name);
	}
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " */");
	eyas_dec_symend(d);
}

/* ---- sets ---- */

static void put_member(struct eyas_decode *d, unsigned int sig)
{
	if (d->opts.xlat != EYAS_DECODE_ABBREV)
		eyas_strbuf_addu(d->out, sig);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " /* ");
	if (d->opts.xlat != EYAS_DECODE_RAW)
		eyas_dec_puts(d, names[sig]);
	if (d->opts.xlat == EYAS_DECODE_VERBOSE)
		eyas_dec_puts(d, " */");
}

void eyas_dec_sigset(struct eyas_decode *d, const unsigned char *p, uint32_t size)
{
	uint64_t set = 0;
	unsigned int bits;
	bool some = false, rest;

	if (size > sizeof(set))
		size = sizeof(set);
	memcpy(&set, p, size);
	bits = size * 8;
	eyas_dec_sym(d, set);
	/* What is left out is shorter where most are in. */
	rest = (unsigned int)__builtin_popcountll(set) >= bits * 2 / 3;
	if (rest) {
		eyas_dec_putc(d, '~');
		set = ~set;
	}
	eyas_dec_putc(d, '[');
	if (bits < SIGNALS)
		set &= (1ULL << bits) - 1;
	for (; set; set &= set - 1) {
		if (some)
			eyas_dec_putc(d, ' ');
		put_member(d, (unsigned int)__builtin_ctzll(set) + 1);
		some = true;
	}
	eyas_dec_putc(d, ']');
	eyas_dec_symend(d);
}

/* The kernel takes one size only; with another it has not looked at the set. */
#define SET_SIZE 8

static bool size_fits(const struct eyas_decode *d)
{
	unsigned int size = d->plan->sc->evtype == SYS_signalfd4 ? 2 : d->plan->sc->nargs - 1U;

	return d->args[size] == SET_SIZE;
}

static void print_set(struct eyas_decode *d, unsigned int arg, const struct eyas_dec_mem *m)
{
	if (m && m->len >= SET_SIZE && size_fits(d) && !d->opts.no_structs)
		eyas_dec_sigset(d, m->p, SET_SIZE);
	else
		eyas_dec_addr(d, d->args[arg]);
}

void eyas_dec_arg_insigset(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	print_set(d, arg, eyas_dec_in(d, arg, &m) ? &m : NULL);
}

void eyas_dec_arg_outsigset(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	print_set(d, arg, !d->failed && eyas_dec_out(d, arg, &m) ? &m : NULL);
}

/* ---- siginfo ---- */

/* What is in a siginfo, wherever it comes from. */
struct info {
	int32_t signo, err, code;
	const unsigned char *fields; /* the union, NULL: of a SIGNAL record */
	const struct eyas_signal *rec;
	uint32_t len; /* of fields */
};

static const struct eyas_xlat *code_list(int32_t signo, int32_t code)
{
	if (code <= 0 || code == CODE_KERNEL)
		return &eyas_xlat_si_si;
	switch (signo) {
	case SIGCHLD:
		return &eyas_xlat_si_cld;
	case SIGILL:
		return &eyas_xlat_si_ill;
	case SIGFPE:
		return &eyas_xlat_si_fpe;
	case SIGSEGV:
		return &eyas_xlat_si_segv;
	case SIGBUS:
		return &eyas_xlat_si_bus;
	case SIGTRAP:
		return &eyas_xlat_si_trap;
	case SIGIO:
		return &eyas_xlat_si_poll;
	case SIGSYS:
		return &eyas_xlat_si_sys;
	default:
		return &eyas_xlat_si_si;
	}
}

static uint64_t field(const struct info *in, uint32_t off, unsigned int size)
{
	return in->fields && off + size <= in->len ? eyas_dec_get(in->fields + off, size) : 0;
}

/* Records of older modules have less than there is. */
static bool is_cut(const struct info *in)
{
	return in->rec && !(in->rec->flags & EYAS_SIGNAL_F_WHOLE);
}

/* A number that a record has as status, and else is in the union. */
static uint64_t status_of(const struct info *in, uint32_t off, unsigned int size)
{
	return in->rec ? (uint32_t)in->rec->status : field(in, off, size);
}

static void put_sender(struct eyas_decode *d, const struct info *in)
{
	eyas_dec_field(d, "si_pid");
	eyas_dec_pid(d, in->rec ? (int)in->rec->sender_vpid : (int)field(in, 0, 4));
	eyas_dec_field(d, "si_uid");
	eyas_dec_uint(d, in->rec ? in->rec->sender_uid : field(in, 4, 4));
}

static uint64_t value_of(const struct eyas_decode *d, const struct info *in)
{
	return in->rec ? in->rec->value : field(in, 8, eyas_dec_word_size(d));
}

static void put_value(struct eyas_decode *d, const struct info *in)
{
	eyas_dec_field(d, "si_int");
	eyas_dec_int(d, (int32_t)value_of(d, in));
	eyas_dec_field(d, "si_ptr");
	eyas_dec_addr(d, value_of(d, in));
}

static void put_child(struct eyas_decode *d, const struct info *in)
{
	int32_t status = in->rec ? in->rec->status : (int32_t)field(in, 8, 4);
	unsigned int word = eyas_dec_word_size(d);
	uint32_t times = eyas_dec_32(d) ? 12 : 16;

	put_sender(d, in);
	eyas_dec_field(d, "si_status");
	if (in->code == CLD_EXITED)
		eyas_dec_int(d, status);
	else
		eyas_dec_signal(d, status);
	if (is_cut(in)) {
		eyas_dec_more(d);
		return;
	}
	eyas_dec_field(d, "si_utime");
	eyas_dec_ticks(d, in->rec ? (uint32_t)in->rec->value : field(in, times, word));
	eyas_dec_field(d, "si_stime");
	eyas_dec_ticks(d, in->rec ? in->rec->value >> 32 : field(in, times + word, word));
}

static void put_fault(struct eyas_decode *d, const struct info *in)
{
	unsigned int word = eyas_dec_word_size(d);

	eyas_dec_field(d, "si_addr");
	eyas_dec_addr(d, in->rec ? in->rec->value : field(in, 0, word));
	if (is_cut(in))
		return;
	if (in->signo == SIGSEGV && in->code == 3) {
		eyas_dec_field(d, "si_lower");
		eyas_dec_addr(d, field(in, 2 * word, word));
		eyas_dec_field(d, "si_upper");
		eyas_dec_addr(d, field(in, 3 * word, word));
	} else if (in->signo == SIGSEGV && in->code == 4) {
		eyas_dec_field(d, "si_pkey");
		eyas_dec_uint(d, status_of(in, 2 * word, 4));
	} else if (in->signo == SIGBUS && (in->code == 4 || in->code == 5)) {
		eyas_dec_field(d, "si_addr_lsb");
		eyas_dec_hex(d, status_of(in, word, 2));
	}
}

static void put_sys(struct eyas_decode *d, const struct info *in)
{
	unsigned int word = eyas_dec_word_size(d);
	uint32_t nr = (uint32_t)status_of(in, word, 4);
	uint32_t arch = in->rec ? in->rec->sender_vpid : (uint32_t)field(in, word + 4, 4);
	const struct eyas_syscall *sc = NULL;
	uint8_t was;

	if (is_cut(in)) {
		eyas_dec_more(d);
		return;
	}
	eyas_dec_field(d, "si_call_addr");
	eyas_dec_addr(d, in->rec ? in->rec->value : field(in, 0, word));
	eyas_dec_field(d, "si_syscall");
	if (arch == 0xc000003e)
		sc = eyas_syscall_by_nr(EYAS_ABI_X86_64, (int)nr);
	eyas_dec_sym(d, nr);
	if (!sc || eyas_dec_raw(d))
		eyas_dec_int(d, (int32_t)nr);
	if (sc && eyas_dec_words(d, &was)) {
		eyas_dec_puts(d, "__NR_");
		eyas_dec_puts(d, sc->name);
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
	eyas_dec_field(d, "si_arch");
	eyas_dec_enum(d, &eyas_xlat_audit_arch, arch, 0);
}

static void put_poll(struct eyas_decode *d, const struct info *in)
{
	unsigned int word = eyas_dec_word_size(d);
	int64_t band;

	if (is_cut(in)) {
		eyas_dec_more(d);
		return;
	}
	eyas_dec_field(d, "si_band");
	band = in->rec ? (int64_t)in->rec->value : eyas_dec_signed(field(in, 0, word), word);
	eyas_dec_int(d, band);
	eyas_dec_field(d, "si_fd");
	eyas_dec_fd(d, (int32_t)status_of(in, word, 4), EYAS_DEC_NO_ARG);
}

/* Codes of what sends signals: 0 and less. */
static void put_sent(struct eyas_decode *d, const struct info *in)
{
	switch (in->code) {
	case SI_USER:
	case SI_TKILL:
		put_sender(d, in);
		break;
	case SI_TIMER:
		if (!is_cut(in)) {
			eyas_dec_field(d, "si_timerid");
			eyas_dec_hex(d, in->rec ? in->rec->sender_vpid : field(in, 0, 4));
			eyas_dec_field(d, "si_overrun");
			eyas_dec_int(d, (int32_t)status_of(in, 4, 4));
		}
		put_value(d, in);
		break;
	case SI_SIGIO:
		put_poll(d, in);
		break;
	default:
		put_sender(d, in);
		if (value_of(d, in))
			put_value(d, in);
		break;
	}
}

/* The kernel's own, of signals that have no members of their own. */
static void put_other(struct eyas_decode *d, const struct info *in)
{
	if (in->rec ? in->rec->sender_vpid || in->rec->sender_uid : field(in, 0, 8) != 0)
		put_sender(d, in);
	if (value_of(d, in))
		put_value(d, in);
}

static void put_rest(struct eyas_decode *d, const struct info *in)
{
	if (in->code <= 0) {
		put_sent(d, in);
		return;
	}
	switch (in->signo) {
	case SIGCHLD:
		put_child(d, in);
		break;
	case SIGILL:
	case SIGFPE:
	case SIGSEGV:
	case SIGBUS:
	case SIGTRAP:
		put_fault(d, in);
		break;
	case SIGIO:
		if (in->code <= POLL_LAST)
			put_poll(d, in);
		break;
	case SIGSYS:
		put_sys(d, in);
		break;
	default:
		put_other(d, in);
		break;
	}
}

static void put_info(struct eyas_decode *d, const struct info *in)
{
	eyas_dec_field(d, "si_signo");
	eyas_dec_signal(d, in->signo);
	eyas_dec_field(d, "si_code");
	eyas_dec_enum(d, code_list(in->signo, in->code), (uint32_t)in->code, 0);
	if (in->err) {
		eyas_dec_field(d, "si_errno");
		eyas_dec_errno(d, in->err);
	}
	put_rest(d, in);
}

/* Three numbers, aligned as a pointer is, and a union. */
void eyas_dec_siginfo(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint32_t head = eyas_dec_32(d) ? 12 : 16;
	struct info in = {
		.signo = (int32_t)eyas_dec_get(p, 4),
		.err = (int32_t)eyas_dec_get(p + 4, 4),
		.code = (int32_t)eyas_dec_get(p + 8, 4),
		.fields = p + head,
		.len = len - head,
	};

	eyas_dec_open(d, '{');
	if (in.signo)
		put_info(d, &in);
	eyas_dec_close(d, '}');
}

static void set_signal(struct eyas_decode *d, const struct eyas_event *ev, struct info *in)
{
	const struct eyas_signal *s = ev->signal;

	d->ev = ev;
	d->layout = ev->abi == EYAS_ABI_IA32 ? EYAS_DEC_IA32 : EYAS_DEC_X86_64;
	*in = (struct info){ .signo = (int32_t)s->sig, .err = s->err, .code = s->code, .rec = s };
}

void eyas_decode_signal(struct eyas_decode *d, const struct eyas_event *ev, struct eyas_strbuf *out)
{
	struct info in;

	if (!ev->signal)
		return;
	set_signal(d, ev, &in);
	d->out = out;
	d->json = false;
	d->depth = d->sym = 0;
	eyas_dec_puts(d, "--- ");
	eyas_dec_signal(d, in.signo);
	eyas_dec_putc(d, ' ');
	eyas_dec_open(d, '{');
	put_info(d, &in);
	eyas_dec_close(d, '}');
	eyas_dec_puts(d, " ---");
}

void eyas_decode_json_signal(struct eyas_decode *d, const struct eyas_event *ev,
			     struct eyas_strbuf *out)
{
	struct info in;
	uint8_t was;

	if (!ev->signal)
		return;
	set_signal(d, ev, &in);
	was = eyas_dec_names(d);
	d->out = out;
	d->json = true;
	d->sym = 0;
	d->depth = 1;
	d->some = 0;
	d->braces = 1U << 1;
	eyas_dec_field(d, "signal");
	eyas_dec_signal(d, in.signo);
	put_info(d, &in);
	d->opts.xlat = was;
}
