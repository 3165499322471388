// SPDX-License-Identifier: Apache-2.0
/* Calls that wait for descriptors: what they asked for, and what came. */
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/signals.h"
#include "decode/struct.h"

#define POLLFD 8 /* bytes of a struct pollfd */

static void print_pollfd(struct eyas_decode *d, const unsigned char *p, bool events)
{
	int fd = (int32_t)eyas_dec_get(p, 4);

	eyas_dec_open(d, '{');
	eyas_dec_field(d, "fd");
	/* With the result there are no names, as with strace. */
	if (events || d->json)
		eyas_dec_fd(d, fd, EYAS_DEC_NO_ARG);
	else
		eyas_dec_int(d, fd);
	if (events && fd >= 0) {
		eyas_dec_field(d, "events");
		eyas_dec_flags(d, &eyas_xlat_poll, eyas_dec_get(p + 4, 2));
	}
	if (!events || d->json) {
		eyas_dec_field(d, "revents");
		eyas_dec_flags(d, &eyas_xlat_poll, eyas_dec_get(p + 6, 2));
	}
	eyas_dec_close(d, '}');
}

/* JSON has what came in the same array; text has it with the result. */
static void arg_pollfds(struct eyas_decode *d, unsigned int arg)
{
	uint64_t count = eyas_dec_arg32(d, arg + 1), i, n;
	struct eyas_dec_mem m;
	bool got = d->json && !d->failed ? eyas_dec_out(d, arg, &m) : eyas_dec_in(d, arg, &m);

	n = got ? m.len / POLLFD : 0;
	if (!d->args[arg] || (count && !n) || d->opts.no_structs) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_open(d, '[');
	for (i = 0; i < count && i < n && (i < d->opts.strsize || eyas_dec_whole(d)); i++) {
		eyas_dec_item(d);
		print_pollfd(d, m.p + i * POLLFD, true);
	}
	if (i < count) {
		eyas_dec_more(d);
		if (i == n && m.fault && !d->json)
			eyas_strbuf_addf(d->out, " /* %#llx */",
					 (unsigned long long)(d->args[arg] + i * POLLFD));
	}
	eyas_dec_close(d, ']');
}

/* Those that something came for; true if there was one. */
static bool print_ready(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t count)
{
	uint64_t n = m->len / POLLFD, i;
	uint32_t shown = 0;

	for (i = 0; i < count && i < n; i++) {
		const unsigned char *p = m->p + i * POLLFD;

		if (!eyas_dec_get(p + 6, 2))
			continue;
		if (!shown)
			eyas_dec_puts(d, "[");
		else
			eyas_dec_puts(d, ", ");
		if (shown++ == d->opts.strsize && !d->opts.verbose) {
			eyas_dec_puts(d, "...");
			break;
		}
		print_pollfd(d, p, false);
	}
	if (i == n && i < count) {
		eyas_dec_puts(d, shown ? ", " : "[");
		eyas_dec_addr(d, d->args[0] + i * POLLFD);
		shown++;
	}
	if (shown)
		eyas_dec_putc(d, ']');
	return shown;
}

/* How much time was left, of calls that tell it. */
static bool print_left(struct eyas_decode *d, unsigned int arg, bool some)
{
	struct eyas_dec_mem m;

	if (!eyas_dec_out(d, arg, &m) || m.len < eyas_dec_struct_size(d, d->plan->arg[arg].aux))
		return some;
	eyas_dec_puts(d, some ? ", left " : "left ");
	eyas_dec_struct(d, d->plan->arg[arg].aux, m.p, m.len);
	return true;
}

static bool poll_notes(struct eyas_decode *d, unsigned int left)
{
	struct eyas_dec_mem m;
	size_t was, empty;
	bool some = false;

	eyas_dec_int(d, d->ret);
	if (!d->ret) {
		eyas_dec_ret_note(d, "Timeout");
		return true;
	}
	was = d->out->len;
	eyas_dec_ret_open(d);
	empty = d->out->len;
	if (d->args[0] && eyas_dec_out(d, 0, &m))
		some = print_ready(d, &m, eyas_dec_arg32(d, 1));
	if (left)
		print_left(d, left, some);
	if (d->out->len == empty)
		eyas_strbuf_cut(d->out, was);
	else
		eyas_dec_ret_close(d);
	return true;
}

static bool poll_result(struct eyas_decode *d)
{
	return poll_notes(d, 0);
}

static bool ppoll_result(struct eyas_decode *d)
{
	return poll_notes(d, 2);
}

static void show_as_given(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	eyas_dec_struct_at(d, d->plan->arg[arg].aux, eyas_dec_in(d, arg, &m) ? &m : NULL,
			   d->args[arg]);
}

/* ---- select ---- */

#define SETS 3
#define FD_MAX 1024

/*
 * Descriptors in a set of @nfds bits, at most @most, which is told with the result;
 * returns how many there were.
 */
static uint64_t print_set(struct eyas_decode *d, const struct eyas_dec_mem *m, uint32_t nfds,
			  uint64_t most)
{
	uint32_t bits = m->len * 8 < nfds ? m->len * 8 : nfds;
	uint64_t some = 0;

	eyas_dec_open(d, '[');
	for (uint32_t i = 0; i < bits && some < most; i++) {
		if (!(m->p[i / 8] >> (i % 8) & 1))
			continue;
		if (d->json)
			eyas_dec_item(d);
		else if (some)
			eyas_dec_putc(d, ' ');
		if (most == UINT64_MAX)
			eyas_dec_fd(d, (int)i, EYAS_DEC_NO_ARG);
		else
			eyas_dec_int(d, (int)i);
		some++;
	}
	eyas_dec_close(d, ']');
	return some;
}

static uint32_t set_bits(const struct eyas_decode *d)
{
	int32_t n = (int32_t)eyas_dec_arg32(d, 0);

	return n < 0 ? 0 : n > FD_MAX ? FD_MAX : (uint32_t)n;
}

static uint32_t set_bytes(const struct eyas_decode *d)
{
	uint32_t word = eyas_dec_word_size(d) * 8;

	return (set_bits(d) + word - 1) / word * (word / 8);
}

static void arg_fdset(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (!d->args[arg] || (int32_t)eyas_dec_arg32(d, 0) < 0 || !eyas_dec_in(d, arg, &m) ||
	    m.len < set_bytes(d))
		eyas_dec_addr(d, d->args[arg]);
	else
		print_set(d, &m, set_bits(d), UINT64_MAX);
}

static bool any_bit(const struct eyas_dec_mem *m, uint32_t bits)
{
	for (uint32_t i = 0; i < bits && i < m->len * 8; i++) {
		if (m->p[i / 8] >> (i % 8) & 1)
			return true;
	}
	return false;
}

static bool select_result(struct eyas_decode *d)
{
	static const char *const names[SETS] = { "in ", "out ", "except " };
	struct eyas_dec_mem m;
	uint64_t left = (uint64_t)d->ret;
	size_t was, empty;
	bool some = false;

	eyas_dec_int(d, d->ret);
	if (!d->ret) {
		eyas_dec_ret_note(d, "Timeout");
		return true;
	}
	was = d->out->len;
	eyas_dec_ret_open(d);
	empty = d->out->len;
	/* The result is how many there are in all sets: there is no need to look further. */
	for (unsigned int i = 0; i < SETS && left; i++) {
		if (!eyas_dec_out(d, i + 1, &m) || m.len < set_bytes(d) ||
		    !any_bit(&m, set_bits(d)))
			continue;
		eyas_dec_puts(d, some ? ", " : "");
		eyas_dec_puts(d, names[i]);
		left -= print_set(d, &m, set_bits(d), left);
		some = true;
	}
	print_left(d, 4, some);
	if (d->out->len == empty)
		eyas_strbuf_cut(d->out, was);
	else
		eyas_dec_ret_close(d);
	return true;
}

/* A pointer to a set and its size, and as bytes of the same argument the set. */
static void arg_sigset_pair(struct eyas_decode *d, unsigned int arg)
{
	unsigned int word = eyas_dec_word_size(d);
	struct eyas_dec_mem pair, set;
	bool got = eyas_dec_in_blob(d, EYAS_BLOB_STRUCT, arg, &pair);

	if (!got || pair.len < 2 * word || d->opts.no_structs ||
	    !eyas_dec_in_blob(d, EYAS_BLOB_BYTES, arg, &set) || set.len < 8) {
		eyas_dec_struct_at(d, d->plan->arg[arg].aux, got ? &pair : NULL, d->args[arg]);
		return;
	}
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "sigmask");
	eyas_dec_sigset(d, set.p, 8);
	eyas_dec_field(d, "sigsetsize");
	eyas_dec_uint(d, eyas_dec_get(pair.p + word, word));
	eyas_dec_close(d, '}');
}

/* ---- epoll ---- */

static void call_epoll_ctl(struct eyas_decode *d)
{
	for (unsigned int i = 0; i < 3; i++)
		eyas_dec_show(d, i);
	if (!eyas_dec_arg(d, 3))
		return;
	/* What is taken out needs no events. */
	if (eyas_dec_arg32(d, 1) == 2)
		eyas_dec_addr(d, d->args[3]);
	else
		eyas_dec_value(d, 3);
}

const struct eyas_dec_call eyas_dec_calls_poll[] = {
	{ "poll", NULL, poll_result },	       { "ppoll", NULL, ppoll_result },
	{ "select", NULL, select_result },     { "pselect6", NULL, select_result },
	{ "epoll_ctl", call_epoll_ctl, NULL }, { NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_poll[] = {
	{ "poll", 0, arg_pollfds, NULL },
	{ "poll", 1, eyas_dec_arg_uint32, NULL },
	{ "ppoll", 0, arg_pollfds, NULL },
	{ "ppoll", 1, eyas_dec_arg_uint32, NULL },
	{ "ppoll", 2, show_as_given, NULL },
	{ "select", 1, arg_fdset, NULL },
	{ "select", 2, arg_fdset, NULL },
	{ "select", 3, arg_fdset, NULL },
	{ "select", 4, show_as_given, NULL },
	{ "pselect6", 1, arg_fdset, NULL },
	{ "pselect6", 2, arg_fdset, NULL },
	{ "pselect6", 3, arg_fdset, NULL },
	{ "pselect6", 4, show_as_given, NULL },
	{ "pselect6", 5, arg_sigset_pair, NULL },
	{ NULL, 0, NULL, NULL },
};
