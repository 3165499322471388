// SPDX-License-Identifier: Apache-2.0
/* The one table of system calls, laid out by number: once for each ABI that has its numbers. */
#include "event/syscall.h"

#include <stddef.h>
#include <string.h>
#include "event/evtype.h"

#define X32_BIT		0x40000000	/* programs set it in x32 numbers, records don't */

/* Types by name, so that a row that no type was thought of for does not compile. */
enum {
#define SC(nr, name, ...)		TYPE_##name = nr,
#define ARG(name, kind, aux)
#include <linux/eyas_syscalls.h>
#undef ARG
#undef SC
#define ONLY(name)			TYPE_##name = EYAS_EVT_##name,
#define SAME(name, native)		TYPE_##name = TYPE_##native,
#include "event/foreign.h"
};

#define ARG(name, kind, aux)		{ #name, #aux, EYAS_KIND_##kind },
#define ARGS(...)			((struct eyas_syscall_arg[]){ __VA_ARGS__ })

#define ROW(number, text, type, ret_, cls_, lane_, trace_, ...)			\
	{									\
		.name = text, .nr = number, .evtype = type,			\
		.ret = EYAS_RET_##ret_, .cls = EYAS_CLASS_##cls_,		\
		.lane = EYAS_LANE_##lane_, .trace = trace_,			\
		.nargs = sizeof(ARGS(__VA_ARGS__)) / sizeof(struct eyas_syscall_arg), \
		.args = { __VA_ARGS__ },					\
	},

/* clang-format off */
static const struct eyas_syscall x86_64[] = {
#define SC(nr, name, ...)		[nr] = ROW(nr, #name, TYPE_##name, __VA_ARGS__)
#include <linux/eyas_syscalls.h>
#undef SC
};

/* x32 is x86_64 but for calls that pass pointers in memory: these have numbers of their own. */
#define X32_NR_rt_sigaction		~, 512
#define X32_NR_rt_sigreturn		~, 513
#define X32_NR_ioctl			~, 514
#define X32_NR_readv			~, 515
#define X32_NR_writev			~, 516
#define X32_NR_recvfrom			~, 517
#define X32_NR_sendmsg			~, 518
#define X32_NR_recvmsg			~, 519
#define X32_NR_execve			~, 520
#define X32_NR_ptrace			~, 521
#define X32_NR_rt_sigpending		~, 522
#define X32_NR_rt_sigtimedwait		~, 523
#define X32_NR_rt_sigqueueinfo		~, 524
#define X32_NR_sigaltstack		~, 525
#define X32_NR_timer_create		~, 526
#define X32_NR_mq_notify		~, 527
#define X32_NR_kexec_load		~, 528
#define X32_NR_waitid			~, 529
#define X32_NR_set_robust_list		~, 530
#define X32_NR_get_robust_list		~, 531
#define X32_NR_vmsplice			~, 532
#define X32_NR_move_pages		~, 533
#define X32_NR_preadv			~, 534
#define X32_NR_pwritev			~, 535
#define X32_NR_rt_tgsigqueueinfo	~, 536
#define X32_NR_recvmmsg			~, 537
#define X32_NR_sendmmsg			~, 538
#define X32_NR_process_vm_readv		~, 539
#define X32_NR_process_vm_writev	~, 540
#define X32_NR_setsockopt		~, 541
#define X32_NR_getsockopt		~, 542
#define X32_NR_io_setup			~, 543
#define X32_NR_io_submit		~, 544
#define X32_NR_execveat			~, 545
#define X32_NR_preadv2			~, 546
#define X32_NR_pwritev2			~, 547

/* The number of X32_NR_name if that is defined, else nr: the second of what is there then. */
#define X32_NR(...)			X32_SECOND(__VA_ARGS__)
#define X32_SECOND(a, b, ...)		b

static const struct eyas_syscall x32[] = {
#define SC(nr, name, ...)						\
	[X32_NR(X32_NR_##name, nr, )] =					\
		ROW(X32_NR(X32_NR_##name, nr, ), #name, TYPE_##name, __VA_ARGS__)
#include <linux/eyas_syscalls.h>
#undef SC
};
/* clang-format on */

_Static_assert(sizeof(x86_64) / sizeof(x86_64[0]) <= EYAS_NR_MAX &&
		       sizeof(x32) / sizeof(x32[0]) <= EYAS_NR_MAX,
	       "a plan selects any call");

#define TABLE(rows)	{ rows, sizeof(rows) / sizeof((rows)[0]) }

/* An ABI without a row here has no names: its calls are known by number only. */
static const struct {
	const struct eyas_syscall *rows;
	unsigned int len;
} tables[EYAS_ABI_MAX] = {
	[EYAS_ABI_X86_64]	= TABLE(x86_64),
	[EYAS_ABI_X32]		= TABLE(x32),
};

const struct eyas_syscall *eyas_syscall_table(unsigned int abi, unsigned int *ret_len)
{
	if (abi >= EYAS_ABI_MAX) {
		*ret_len = 0;
		return NULL;
	}
	*ret_len = tables[abi].len;
	return tables[abi].rows;
}

const struct eyas_syscall *eyas_syscall_by_nr(unsigned int abi, int nr)
{
	const struct eyas_syscall *sc;

	if (abi == EYAS_ABI_X32)
		nr &= ~X32_BIT;
	if (abi >= EYAS_ABI_MAX || nr < 0 || (unsigned int)nr >= tables[abi].len)
		return NULL;
	sc = &tables[abi].rows[nr];
	return sc->name ? sc : NULL;
}

const struct eyas_syscall *eyas_syscall_by_name(unsigned int abi, const char *name)
{
	unsigned int len;
	const struct eyas_syscall *rows = eyas_syscall_table(abi, &len);

	for (unsigned int i = 0; i < len; i++)
		if (rows[i].name && !strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}
