// SPDX-License-Identifier: Apache-2.0
/* Calls that make, wait for and arrange processes. */
#include <sched.h>
#include <string.h>
#include "decode/calls.h"
#include "decode/fd.h"
#include "decode/proc.h"
#include "decode/signals.h"
#include "decode/struct.h"

/* ---- clone ---- */

/* What the kernel stored at an address that a new task's number goes to. */
static void print_tid(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (d->failed || !eyas_dec_out(d, arg, &m) || m.len < 4) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_open1(d);
	eyas_dec_int(d, (int32_t)eyas_dec_get(m.p, 4));
	eyas_dec_close(d, ']');
}

/* The order of arguments is not that of the kernel, and those of no use are left out. */
static void call_clone(struct eyas_decode *d)
{
	uint64_t flags = d->args[0];
	bool arm = d->layout == EYAS_DEC_ARM64 || eyas_dec_32(d);
	unsigned int tls = arm ? 3 : 4, child = arm ? 4 : 3;

	if (eyas_dec_arg_as(d, 1, "child_stack"))
		eyas_dec_addr(d, d->args[1]);
	if (eyas_dec_arg_as(d, 0, "flags"))
		eyas_dec_clone_flags(d, (uint32_t)flags | (flags & 0xffffffff00000000ULL));
	if (!(flags & (CLONE_PARENT_SETTID | CLONE_PIDFD | CLONE_CHILD_SETTID |
		       CLONE_CHILD_CLEARTID | CLONE_SETTLS)))
		return;
	if (flags & (CLONE_PARENT_SETTID | CLONE_PIDFD))
		eyas_dec_split(d);
	if ((flags & (CLONE_PARENT_SETTID | CLONE_PIDFD)) && eyas_dec_arg_as(d, 2, "parent_tid"))
		print_tid(d, 2);
	if ((flags & CLONE_SETTLS) && eyas_dec_arg_as(d, tls, "tls"))
		eyas_dec_addr(d, d->args[tls]);
	if ((flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) &&
	    eyas_dec_arg_as(d, child, "child_tidptr"))
		eyas_dec_addr(d, d->args[child]);
}

#define CLONE_ARGS_LEAST 64U
#define CLONE_ARGS_KNOWN 88U

static uint64_t word(const struct eyas_dec_mem *m, unsigned int i)
{
	return m->len >= 8 * (i + 1) ? eyas_dec_get(m->p + 8 * i, 8) : 0;
}

static void addr_field(struct eyas_decode *d, const char *name, uint64_t v)
{
	eyas_dec_field(d, name);
	eyas_dec_addr(d, v);
}

/* Flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid... */
static void clone_args(struct eyas_decode *d, const struct eyas_dec_mem *m)
{
	uint64_t flags = word(m, 0), sig = word(m, 4);

	eyas_dec_field(d, "flags");
	eyas_dec_flags(d, &eyas_xlat_clone, flags);
	if (flags & CLONE_PIDFD)
		addr_field(d, "pidfd", word(m, 1));
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
		addr_field(d, "child_tid", word(m, 2));
	if (flags & CLONE_PARENT_SETTID)
		addr_field(d, "parent_tid", word(m, 3));
	eyas_dec_field(d, "exit_signal");
	if (sig && sig <= INT32_MAX)
		eyas_dec_signal(d, (int)sig);
	else
		eyas_dec_uint(d, sig);
	addr_field(d, "stack", word(m, 5));
	eyas_dec_field(d, "stack_size");
	eyas_dec_hex(d, word(m, 6));
	if (flags & CLONE_SETTLS)
		addr_field(d, "tls", word(m, 7));
	if (m->full < 80 || (!word(m, 8) && !word(m, 9)))
		return;
	addr_field(d, "set_tid", word(m, 8));
	eyas_dec_field(d, "set_tid_size");
	eyas_dec_uint(d, word(m, 9));
}

static void clone_args_rest(struct eyas_decode *d, const struct eyas_dec_mem *m)
{
	if (m->full >= CLONE_ARGS_KNOWN && (word(m, 0) & 0x200000000ULL)) {
		eyas_dec_field(d, "cgroup");
		eyas_dec_uint(d, word(m, 10));
	} else if (word(m, 10)) {
		eyas_dec_field(d, "cgroup");
		eyas_dec_uint(d, word(m, 10));
	}
	if (m->len > CLONE_ARGS_KNOWN)
		eyas_dec_struct_rest(d, m->p, CLONE_ARGS_KNOWN, m->len);
}

/* The parent's copy of the new task's number is the result, which the record has. */
static void clone_args_after(struct eyas_decode *d, const struct eyas_dec_mem *m)
{
	uint64_t flags = word(m, 0);

	if (d->failed || !d->ended || d->json || !(flags & (CLONE_PIDFD | CLONE_PARENT_SETTID)))
		return;
	eyas_dec_puts(d, " => ");
	eyas_dec_open(d, '{');
	if (flags & CLONE_PIDFD)
		addr_field(d, "pidfd", word(m, 1));
	if (flags & CLONE_PARENT_SETTID) {
		eyas_dec_field(d, "parent_tid");
		eyas_dec_open1(d);
		eyas_dec_int(d, d->ret);
		eyas_dec_close(d, ']');
	}
	eyas_dec_close(d, '}');
}

/* The struct is told at entry, what the call stored elsewhere right after it. */
static void call_clone3(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	if (!eyas_dec_in(d, 0, &m) || m.len < CLONE_ARGS_LEAST || d->opts.no_structs) {
		eyas_dec_show_from(d, 0);
		return;
	}
	if (eyas_dec_arg(d, 0)) {
		eyas_dec_open(d, '{');
		clone_args(d, &m);
		clone_args_rest(d, &m);
		eyas_dec_close(d, '}');
	}
	/* What follows the struct at entry is no comma. */
	if (word(&m, 0) & (CLONE_PIDFD | CLONE_PARENT_SETTID)) {
		d->split = d->split_done = true;
		if (d->phase & EYAS_DEC_EXIT)
			clone_args_after(d, &m);
	}
	eyas_dec_show(d, 1);
}

/* ---- exec ---- */

/* The environment is counted, unless the whole of it is asked for. */
static void print_environment(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	uint64_t n;

	if (eyas_dec_whole(d) || !eyas_dec_in(d, arg, &m) || m.kind != EYAS_BLOB_STRINGS ||
	    (m.fault && !m.len)) {
		eyas_dec_arg_strings(d, arg);
		return;
	}
	n = eyas_dec_strings_count(&m);
	eyas_dec_addr(d, d->args[arg]);
	eyas_dec_puts(d, " /* ");
	eyas_dec_uint(d, n);
	eyas_dec_puts(d, m.full == EYAS_BLOB_FULL_UNKNOWN && !m.fault ? "+" : "");
	eyas_dec_puts(d, n == 1 ? " var" : " vars");
	eyas_dec_puts(d, m.fault ? ", unterminated */" : " */");
}

/* ---- waiting ---- */

static void print_waited(struct eyas_decode *d, unsigned int arg)
{
	/* Nobody was there to be told of. */
	if (d->ret)
		eyas_dec_arg_outstruct(d, arg);
	else
		eyas_dec_addr(d, d->args[arg]);
}

/* ---- others ---- */

static void personality(struct eyas_decode *d, uint32_t v)
{
	struct eyas_dec_parts parts = { 0 };

	if (v == UINT32_MAX) {
		eyas_dec_hex(d, v);
		return;
	}
	eyas_dec_sym(d, v);
	eyas_dec_part_enum(d, &parts, &eyas_xlat_personality, v & 0xff);
	eyas_dec_part_flags(d, &parts, &eyas_xlat_personality_flags, v & ~0xffU, 0);
	eyas_dec_symend(d);
}

static void arg_personality(struct eyas_decode *d, unsigned int arg)
{
	personality(d, eyas_dec_arg32(d, arg));
}

static bool personality_result(struct eyas_decode *d)
{
	eyas_dec_put_hex(d, (uint64_t)d->ret);
	eyas_dec_ret_open(d);
	personality(d, (uint32_t)d->ret);
	eyas_dec_ret_close(d);
	return true;
}

static void priority(struct eyas_decode *d, uint32_t v)
{
	eyas_dec_puts(d, "IOPRIO_PRIO_VALUE(");
	eyas_dec_enum(d, &eyas_xlat_ioprio_class, v >> 13, 0);
	eyas_dec_puts(d, ", ");
	eyas_dec_uint(d, v & 0x1fff);
	eyas_dec_putc(d, ')');
}

static void arg_priority(struct eyas_decode *d, unsigned int arg)
{
	uint32_t v = eyas_dec_arg32(d, arg);
	uint8_t was;

	eyas_dec_sym(d, v);
	if (eyas_dec_raw(d))
		eyas_dec_uint(d, v);
	if (eyas_dec_words(d, &was)) {
		/* Words in words have their numbers, for once. */
		d->opts.xlat = was;
		priority(d, v);
		eyas_dec_words_end(d, was);
	}
	eyas_dec_symend(d);
}

static bool priority_result(struct eyas_decode *d)
{
	eyas_dec_int(d, d->ret);
	if (d->opts.xlat == EYAS_DECODE_RAW)
		return true;
	eyas_dec_ret_open(d);
	priority(d, (uint32_t)d->ret);
	eyas_dec_ret_close(d);
	return true;
}

static bool policy_result(struct eyas_decode *d)
{
	const struct eyas_xval *e = eyas_xlat_get(&eyas_xlat_sched, (uint64_t)d->ret);

	eyas_dec_int(d, d->ret);
	if (e)
		eyas_dec_ret_note(d, e->name);
	return true;
}

static void arg_cpus_in(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	uint32_t len = eyas_dec_arg32(d, arg - 1);

	if (!eyas_dec_in(d, arg, &m) || m.len < len)
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_cpus(d, m.p, len);
}

static void arg_cpus_out(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (d->failed || !d->args[arg] || !eyas_dec_out(d, arg, &m) || m.len < (uint64_t)d->ret)
		eyas_dec_addr(d, d->args[arg]);
	else
		eyas_dec_cpus(d, m.p, (uint32_t)d->ret);
}

#define KCMP_FILE 0
#define KCMP_EPOLL_TFD 7

static void call_kcmp(struct eyas_decode *d)
{
	uint32_t type = eyas_dec_arg32(d, 2);

	for (unsigned int i = 0; i < 3; i++)
		eyas_dec_show(d, i);
	if (type && type < KCMP_EPOLL_TFD)
		return;
	for (unsigned int i = 3; i < 5; i++) {
		if (!eyas_dec_arg(d, i))
			continue;
		if (type == KCMP_FILE || (type == KCMP_EPOLL_TFD && i == 3))
			eyas_dec_fd(d, (int)eyas_dec_arg32(d, i), EYAS_DEC_NO_ARG);
		else if (type == KCMP_EPOLL_TFD)
			eyas_dec_addr(d, d->args[i]);
		else
			eyas_dec_hex(d, d->args[i]);
	}
}

/* Groups are counted by the argument before them, or by the result. */
static void print_groups(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
			 uint32_t count)
{
	unsigned int size = strstr(d->plan->sc->name, "32") || !eyas_dec_32(d) ? 4 : 2;
	uint32_t i;

	if (!addr || (count && (!m || m->len < size))) {
		eyas_dec_addr(d, addr);
		return;
	}
	eyas_dec_open(d, '[');
	for (i = 0; i < count && (i + 1) * size <= m->len; i++) {
		uint64_t id = eyas_dec_get(m->p + i * size, size);

		if (i >= d->opts.strsize && !eyas_dec_whole(d))
			break;
		eyas_dec_item(d);
		eyas_dec_id(d, size == 2 && id == UINT16_MAX ? UINT32_MAX : (uint32_t)id);
	}
	if (i < count)
		eyas_dec_more(d);
	eyas_dec_close(d, ']');
}

static void call_setgroups(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	if (eyas_dec_arg(d, 1))
		print_groups(d, eyas_dec_in(d, 1, &m) ? &m : NULL, d->args[1],
			     eyas_dec_arg32(d, 0));
}

static void call_getgroups(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	eyas_dec_split(d);
	if (!eyas_dec_arg(d, 1))
		return;
	/* Nothing is written where only their number was asked for. */
	if (d->failed || (d->ret && !eyas_dec_arg32(d, 0)))
		eyas_dec_addr(d, d->args[1]);
	else
		print_groups(d, eyas_dec_out(d, 1, &m) ? &m : NULL, d->args[1], (uint32_t)d->ret);
}

/* Two words that the call writes. */
static void call_robust_list(struct eyas_decode *d)
{
	unsigned int word = eyas_dec_word_size(d);
	struct eyas_dec_mem m;

	eyas_dec_show(d, 0);
	eyas_dec_split(d);
	for (unsigned int i = 1; i < 3; i++) {
		bool got = !d->failed && eyas_dec_out(d, i, &m) && m.len >= word;

		if (!eyas_dec_arg(d, i))
			continue;
		if (!got) {
			eyas_dec_addr(d, d->args[i]);
			continue;
		}
		eyas_dec_open1(d);
		if (i == 1)
			eyas_dec_addr(d, eyas_dec_get(m.p, word));
		else
			eyas_dec_uint(d, eyas_dec_get(m.p, word));
		eyas_dec_close(d, ']');
	}
}

static void arg_setns_flags(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_flags(d, &eyas_xlat_setns, eyas_dec_arg32(d, arg));
}

/* Nobody's name is told of who asks. */
static bool own_tid_result(struct eyas_decode *d)
{
	eyas_dec_int(d, d->ret);
	return true;
}

const struct eyas_dec_call eyas_dec_calls_proc[] = {
	{ "set_tid_address", NULL, own_tid_result },
	{ "clone", call_clone, NULL },
	{ "clone3", call_clone3, NULL },
	{ "personality", NULL, personality_result },
	{ "ioprio_get", NULL, priority_result },
	{ "sched_getscheduler", NULL, policy_result },
	{ "kcmp", call_kcmp, NULL },
	{ "get_robust_list", call_robust_list, NULL },
	{ "getgroups", call_getgroups, NULL },
	{ "setgroups", call_setgroups, NULL },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_proc[] = {
	{ "sethostname", 0, eyas_dec_arg_uts_name, NULL },
	{ "setdomainname", 0, eyas_dec_arg_uts_name, NULL },
	{ "execve", 2, print_environment, NULL },
	{ "execveat", 3, print_environment, NULL },
	{ "wait4", 1, print_waited, NULL },
	{ "wait4", 3, print_waited, NULL },
	{ "unshare", 0, eyas_dec_arg_flags64, &eyas_xlat_unshare },
	{ "setns", 1, arg_setns_flags, NULL },
	{ "personality", 0, arg_personality, NULL },
	{ "ioprio_set", 2, arg_priority, NULL },
	{ "sched_setaffinity", 1, eyas_dec_arg_uint32, NULL },
	{ "sched_setaffinity", 2, arg_cpus_in, NULL },
	{ "sched_getaffinity", 1, eyas_dec_arg_uint32, NULL },
	{ "sched_getaffinity", 2, arg_cpus_out, NULL },
	{ "sched_setattr", 2, eyas_dec_arg_uint32, NULL },
	{ "sched_getattr", 2, eyas_dec_arg_uint32, NULL },
	{ "sched_getattr", 3, eyas_dec_arg_uint32, NULL },
	{ "getgroups", 0, eyas_dec_arg_int, NULL },
	{ "pidfd_send_signal", 3, eyas_dec_arg_hex32, NULL },
	{ "pidfd_getfd", 2, eyas_dec_arg_hex32, NULL },
	{ "process_mrelease", 1, eyas_dec_arg_hex32, NULL },
	{ "process_madvise", 4, eyas_dec_arg_hex32, NULL },
	{ "set_tid_address", 0, eyas_dec_arg_hex, NULL },
	{ "rseq", 0, eyas_dec_arg_hex, NULL },
	{ "rseq", 1, eyas_dec_arg_hex, NULL },
	{ "rseq", 2, eyas_dec_arg_hex, NULL },
	{ NULL, 0, NULL, NULL },
};
