// SPDX-License-Identifier: GPL-2.0
/*
 * Calls whose arguments lead to memory or not, and to how much, by the value of
 * another one: commands of fcntl, options of prctl, requests of ioctl.
 */
#include <linux/ioctl.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/eyas_kinds.h>
#include "arch.h"
#include "cases.h"
#include "fetch.h"
#include "syscalls.h"

#define IN	EYAS_OP_IN
#define OUT	EYAS_OP_OUT
#define IO	(EYAS_OP_IN | EYAS_OP_OUT)
#define CUT	4	/* the call writes it if a signal ends it, and only then */

/* Ways to get memory that no kind of argument needs. */
enum {
	TOLD = EYAS_FETCH_MAX,	/* bytes; argument len points to their number */
	AND_WORD,		/* bytes: as argument len says, and a long before them */
	PAGES,			/* a byte for each page of as many bytes as len says */
	NODES,			/* bits, as many as argument len says, in whole longs */
	SIGPAIR,		/* a struct of a pointer to a signal set and its size, and the set */
	SIGFRAME,		/* signal set of the frame that a handler returns to */
	DIRENTS,		/* bytes that the call got: all, as entries are counted */
};

#define DIRENTS_MAX	32768U	/* what C libraries ask for at once */

enum family {
	OF_NONE, OF_FCNTL, OF_PRCTL, OF_ARCH_PRCTL, OF_IOCTL, OF_SEMCTL, OF_SHMCTL,
	OF_MSGCTL, OF_MSGSND, OF_MSGRCV, OF_FUTEX, OF_FUTEX64, OF_KEYCTL, OF_QUOTACTL,
	OF_QUOTACTL_FD, OF_SECCOMP, OF_LANDLOCK, OF_FSCONFIG, OF_URING_REGISTER,
	OF_URING_ENTER, OF_REBOOT, OF_MODIFY_LDT, OF_GETSOCKOPT, OF_GETGROUPS,
	OF_SETGROUPS, OF_GETGROUPS32, OF_SETGROUPS32, OF_IO_SUBMIT, OF_IO_CANCEL,
	OF_IO_GETEVENTS, OF_MINCORE, OF_MBIND, OF_SET_MEMPOLICY, OF_GET_MEMPOLICY,
	OF_MIGRATE_PAGES, OF_ROBUST_LIST, OF_NANOSLEEP, OF_CLOCK_NANOSLEEP,
	OF_CLOCK_NANOSLEEP64, OF_PSELECT6, OF_SIGRETURN,
	OF_MOVE_PAGES, OF_KEXEC_LOAD, OF_FUTEX_REQUEUE, OF_LISTMOUNT, OF_LSM_ATTR, OF_LSM_MODULES,
	OF_GETDENTS,
	OF_MAX,
};

/* A call with cases, and the value that tells them: bits of one argument. */
static const struct family_of {
	const char *call;
	u8 family;
	u8 arg;
	u8 shift;
	bool some;		/* 1, if any bit is set */
	u32 mask;
} families[] = {
	{ "fcntl",		OF_FCNTL,		1, 0, false, ~0U },
	{ "fcntl64",		OF_FCNTL,		1, 0, false, ~0U },
	{ "prctl",		OF_PRCTL,		0, 0, false, ~0U },
	{ "arch_prctl",		OF_ARCH_PRCTL,	0, 0, false, ~0U },
	{ "ioctl",		OF_IOCTL,		1, 0, false, ~0U },
	{ "semctl",		OF_SEMCTL,		2, 0, false, 0xff },
	{ "shmctl",		OF_SHMCTL,		1, 0, false, 0xff },
	{ "msgctl",		OF_MSGCTL,		1, 0, false, 0xff },
	{ "msgsnd",		OF_MSGSND },
	{ "msgrcv",		OF_MSGRCV },
	{ "futex",		OF_FUTEX,		1, 0, false, 0x7f },
	{ "futex_time64",	OF_FUTEX64,	1, 0, false, 0x7f },
	{ "keyctl",		OF_KEYCTL,		0, 0, false, ~0U },
	{ "quotactl",		OF_QUOTACTL,	0, 8, false, ~0U },
	{ "quotactl_fd",	OF_QUOTACTL_FD,	1, 8, false, ~0U },
	{ "seccomp",		OF_SECCOMP,	0, 0, false, ~0U },
	{ "landlock_add_rule",	OF_LANDLOCK,	1, 0, false, ~0U },
	{ "fsconfig",		OF_FSCONFIG,	1, 0, false, ~0U },
	{ "io_uring_register",	OF_URING_REGISTER,	1, 0, false, ~0U },
	{ "io_uring_enter",	OF_URING_ENTER },
	{ "reboot",		OF_REBOOT,		2, 0, false, ~0U },
	{ "modify_ldt",		OF_MODIFY_LDT,	0, 0, false, ~0U },
	{ "getsockopt",		OF_GETSOCKOPT },
	{ "getgroups",		OF_GETGROUPS,	0, 0, true, ~0U },
	{ "setgroups",		OF_SETGROUPS },
	{ "getgroups32",	OF_GETGROUPS32,	0, 0, true, ~0U },
	{ "setgroups32",	OF_SETGROUPS32 },
	{ "io_submit",		OF_IO_SUBMIT },
	{ "io_cancel",		OF_IO_CANCEL },
	{ "io_getevents",	OF_IO_GETEVENTS },
	{ "io_pgetevents",	OF_IO_GETEVENTS },
	{ "io_pgetevents_time64", OF_IO_GETEVENTS },
	{ "mincore",		OF_MINCORE },
	{ "mbind",		OF_MBIND },
	{ "set_mempolicy",	OF_SET_MEMPOLICY },
	{ "get_mempolicy",	OF_GET_MEMPOLICY },
	{ "migrate_pages",	OF_MIGRATE_PAGES },
	{ "get_robust_list",	OF_ROBUST_LIST },
	{ "nanosleep",		OF_NANOSLEEP },
	/* A time that it sleeps until is not counted down. */
	{ "clock_nanosleep",	OF_CLOCK_NANOSLEEP, 1, 0, false, 1 },
	{ "clock_nanosleep_time64", OF_CLOCK_NANOSLEEP64, 1, 0, false, 1 },
	{ "pselect6",		OF_PSELECT6 },
	{ "pselect6_time64",	OF_PSELECT6 },
	{ "rt_sigreturn",	OF_SIGRETURN },
	{ "move_pages",		OF_MOVE_PAGES },
	{ "kexec_load",		OF_KEXEC_LOAD },
	{ "futex_requeue",	OF_FUTEX_REQUEUE },
	{ "listmount",		OF_LISTMOUNT },
	{ "listns",		OF_LISTMOUNT },
	{ "lsm_get_self_attr",	OF_LSM_ATTR },
	{ "lsm_list_modules",	OF_LSM_MODULES },
	{ "getdents",		OF_GETDENTS },
	{ "getdents64",		OF_GETDENTS },
};

/* What an argument leads to when the value is this one. */
struct row {
	u8 family;
	u8 arg;
	u8 when;		/* EYAS_OP_*, CUT */
	u8 fetch;		/* enum eyas_fetch_id, or one of those above */
	u32 value;
	u8 len;			/* as struct eyas_op has it */
	u16 native;		/* and its size: of the ABI, of 32-bit programs */
	u16 compat;
};

#define STRUCT(native, compat)	EYAS_FETCH_STRUCT, 0, native, compat
#define FIXED(size)		EYAS_FETCH_STRUCT, 0, size, size
#define WORD			EYAS_FETCH_STRUCT, 0, sizeof(long), 4
#define TEXT(most)		EYAS_FETCH_STRING, 0, most, most
#define BYTES(len)		EYAS_FETCH_BYTES, len, 0, 0
#define ARRAY(len, native, compat) EYAS_FETCH_ARRAY, len, native, compat
#define RESULT			EYAS_LEN_RET
#define MEASURED(how, len)	how, len, 0, 0

/* ROW(call, value, argument, when, what) */
#define ROW(family, value, arg, when, ...)	ROW_(OF_##family, value, arg, when, __VA_ARGS__)
#define ROW_(family, value, arg, when, fetch, len, native, compat) \
	{ family, arg, when, fetch, value, len, native, compat }

static struct row rows[] __ro_after_init = {
	/* struct flock, in compat two of them; struct f_owner_ex; hints */
	ROW(FCNTL, 5, 2, IO, STRUCT(32, 16)), ROW(FCNTL, 6, 2, IN, STRUCT(32, 16)),
	ROW(FCNTL, 7, 2, IN, STRUCT(32, 16)), ROW(FCNTL, 12, 2, IO, STRUCT(0, 24)),
	ROW(FCNTL, 13, 2, IN, STRUCT(0, 24)), ROW(FCNTL, 14, 2, IN, STRUCT(0, 24)),
	ROW(FCNTL, 36, 2, IO, STRUCT(32, 24)), ROW(FCNTL, 37, 2, IN, STRUCT(32, 24)),
	ROW(FCNTL, 38, 2, IN, STRUCT(32, 24)), ROW(FCNTL, 15, 2, IN, FIXED(8)),
	ROW(FCNTL, 16, 2, OUT, FIXED(8)), ROW(FCNTL, 17, 2, OUT, FIXED(8)),
	ROW(FCNTL, 1035, 2, OUT, FIXED(8)), ROW(FCNTL, 1036, 2, IN, FIXED(8)),
	ROW(FCNTL, 1037, 2, OUT, FIXED(8)), ROW(FCNTL, 1038, 2, IN, FIXED(8)),

	/* Numbers; names of threads and of mappings; a filter's struct sock_fprog */
	ROW(PRCTL, 2, 1, OUT, FIXED(4)), ROW(PRCTL, 5, 1, OUT, FIXED(4)),
	ROW(PRCTL, 9, 1, OUT, FIXED(4)), ROW(PRCTL, 11, 1, OUT, FIXED(4)),
	ROW(PRCTL, 15, 1, IN, TEXT(16)), ROW(PRCTL, 16, 1, OUT, TEXT(16)),
	ROW(PRCTL, 19, 1, OUT, FIXED(4)), ROW(PRCTL, 22, 2, IN, STRUCT(16, 8)),
	ROW(PRCTL, 25, 1, OUT, FIXED(4)), ROW(PRCTL, 37, 1, OUT, FIXED(4)),
	ROW(PRCTL, 40, 1, OUT, FIXED(8)), ROW(PRCTL, 0x41555856, 1, OUT, BYTES(RESULT)),
	ROW(PRCTL, 0x53564d41, 4, IN, TEXT(80)),

	ROW(ARCH_PRCTL, 0x1003, 1, OUT, FIXED(8)), ROW(ARCH_PRCTL, 0x1004, 1, OUT, FIXED(8)),
	ROW(ARCH_PRCTL, 0x1021, 1, OUT, FIXED(8)), ROW(ARCH_PRCTL, 0x1022, 1, OUT, FIXED(8)),
	ROW(ARCH_PRCTL, 0x1024, 1, OUT, FIXED(8)), ROW(ARCH_PRCTL, 0x4001, 1, OUT, FIXED(8)),
	ROW(ARCH_PRCTL, 0x5005, 1, OUT, FIXED(8)),

	/* Requests of ioctl from before they told what they lead to: of terminals, */
	ROW(IOCTL, 0x5401, 2, OUT, FIXED(36)), ROW(IOCTL, 0x5402, 2, IN, FIXED(36)),
	ROW(IOCTL, 0x5403, 2, IN, FIXED(36)), ROW(IOCTL, 0x5404, 2, IN, FIXED(36)),
	ROW(IOCTL, 0x5405, 2, OUT, FIXED(18)), ROW(IOCTL, 0x5406, 2, IN, FIXED(18)),
	ROW(IOCTL, 0x5407, 2, IN, FIXED(18)), ROW(IOCTL, 0x5408, 2, IN, FIXED(18)),
	ROW(IOCTL, 0x540f, 2, OUT, FIXED(4)), ROW(IOCTL, 0x5410, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x5411, 2, OUT, FIXED(4)), ROW(IOCTL, 0x5412, 2, IN, FIXED(1)),
	ROW(IOCTL, 0x5413, 2, OUT, FIXED(8)), ROW(IOCTL, 0x5414, 2, IN, FIXED(8)),
	ROW(IOCTL, 0x5415, 2, OUT, FIXED(4)), ROW(IOCTL, 0x5416, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x5417, 2, IN, FIXED(4)), ROW(IOCTL, 0x5418, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x5419, 2, OUT, FIXED(4)), ROW(IOCTL, 0x541a, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x541b, 2, OUT, FIXED(4)), ROW(IOCTL, 0x541c, 2, IN, FIXED(1)),
	ROW(IOCTL, 0x5420, 2, IN, FIXED(4)), ROW(IOCTL, 0x5421, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x5423, 2, IN, FIXED(4)), ROW(IOCTL, 0x5424, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x5429, 2, OUT, FIXED(4)), ROW(IOCTL, 0x5452, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x5460, 2, OUT, FIXED(8)),
	/* of consoles, */
	ROW(IOCTL, 0x4b33, 2, OUT, FIXED(1)), ROW(IOCTL, 0x4b3b, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x4b44, 2, OUT, FIXED(4)), ROW(IOCTL, 0x5600, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x5601, 2, OUT, FIXED(8)), ROW(IOCTL, 0x5602, 2, IN, FIXED(8)),
	ROW(IOCTL, 0x5603, 2, OUT, FIXED(6)),
	/* of disks and file systems, */
	ROW(IOCTL, 1, 2, IO, FIXED(4)), ROW(IOCTL, 2, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x0301, 2, OUT, STRUCT(16, 8)), ROW(IOCTL, 0x125d, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x125e, 2, OUT, FIXED(4)), ROW(IOCTL, 0x1260, 2, OUT, WORD),
	ROW(IOCTL, 0x1263, 2, OUT, WORD), ROW(IOCTL, 0x1268, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x1277, 2, IN, FIXED(16)), ROW(IOCTL, 0x1278, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x1279, 2, OUT, FIXED(4)), ROW(IOCTL, 0x127a, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x127b, 2, OUT, FIXED(4)), ROW(IOCTL, 0x4c02, 2, IN, STRUCT(168, 140)),
	ROW(IOCTL, 0x4c03, 2, OUT, STRUCT(168, 140)), ROW(IOCTL, 0x4c04, 2, IN, FIXED(232)),
	ROW(IOCTL, 0x4c05, 2, OUT, FIXED(232)), ROW(IOCTL, 0x4c0a, 2, IN, FIXED(304)),
	/* and of sockets and network interfaces: struct ifconf, ifreq */
	ROW(IOCTL, 0x8901, 2, IN, FIXED(4)), ROW(IOCTL, 0x8902, 2, IN, FIXED(4)),
	ROW(IOCTL, 0x8903, 2, OUT, FIXED(4)), ROW(IOCTL, 0x8904, 2, OUT, FIXED(4)),
	ROW(IOCTL, 0x8905, 2, OUT, FIXED(4)), ROW(IOCTL, 0x8906, 2, OUT, STRUCT(16, 8)),
	ROW(IOCTL, 0x8907, 2, OUT, STRUCT(16, 8)), ROW(IOCTL, 0x8910, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8912, 2, IO, STRUCT(16, 8)), ROW(IOCTL, 0x8913, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8914, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8915, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8916, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8917, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8918, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8919, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x891a, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x891b, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x891c, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x891d, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x891e, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8921, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8922, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8923, 2, IN, STRUCT(40, 32)),
	ROW(IOCTL, 0x8924, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8927, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8933, 2, IO, STRUCT(40, 32)), ROW(IOCTL, 0x8942, 2, IO, STRUCT(40, 32)),
	ROW(IOCTL, 0x8943, 2, IN, STRUCT(40, 32)), ROW(IOCTL, 0x8946, 2, IO, STRUCT(40, 32)),

	ROW(SEMCTL, 1, 3, IN, STRUCT(104, 64)), ROW(SEMCTL, 2, 3, OUT, STRUCT(104, 64)),
	ROW(SEMCTL, 3, 3, OUT, FIXED(40)), ROW(SEMCTL, 18, 3, OUT, STRUCT(104, 64)),
	ROW(SEMCTL, 19, 3, OUT, FIXED(40)), ROW(SEMCTL, 20, 3, OUT, STRUCT(104, 64)),
	ROW(SHMCTL, 1, 2, IN, STRUCT(112, 84)), ROW(SHMCTL, 2, 2, OUT, STRUCT(112, 84)),
	ROW(SHMCTL, 3, 2, OUT, STRUCT(72, 36)), ROW(SHMCTL, 13, 2, OUT, STRUCT(112, 84)),
	ROW(SHMCTL, 14, 2, OUT, STRUCT(48, 24)), ROW(SHMCTL, 15, 2, OUT, STRUCT(112, 84)),
	ROW(MSGCTL, 1, 2, IN, STRUCT(120, 88)), ROW(MSGCTL, 2, 2, OUT, STRUCT(120, 88)),
	ROW(MSGCTL, 3, 2, OUT, FIXED(32)), ROW(MSGCTL, 11, 2, OUT, STRUCT(120, 88)),
	ROW(MSGCTL, 12, 2, OUT, FIXED(32)), ROW(MSGCTL, 13, 2, OUT, STRUCT(120, 88)),
	ROW(MSGSND, 0, 1, IN, MEASURED(AND_WORD, 2)),
	ROW(MSGRCV, 0, 1, OUT, MEASURED(AND_WORD, RESULT)),

	/* Timeouts of those that wait */
	ROW(FUTEX, 0, 3, IN, STRUCT(16, 8)), ROW(FUTEX, 6, 3, IN, STRUCT(16, 8)),
	ROW(FUTEX, 9, 3, IN, STRUCT(16, 8)), ROW(FUTEX, 11, 3, IN, STRUCT(16, 8)),
	ROW(FUTEX, 13, 3, IN, STRUCT(16, 8)), ROW(FUTEX64, 0, 3, IN, FIXED(16)),
	ROW(FUTEX64, 6, 3, IN, FIXED(16)), ROW(FUTEX64, 9, 3, IN, FIXED(16)),
	ROW(FUTEX64, 11, 3, IN, FIXED(16)), ROW(FUTEX64, 13, 3, IN, FIXED(16)),

	ROW(KEYCTL, 1, 1, IN, TEXT(0)), ROW(KEYCTL, 2, 2, IN, BYTES(3)),
	ROW(KEYCTL, 6, 2, OUT, BYTES(RESULT)), ROW(KEYCTL, 10, 2, IN, TEXT(0)),
	ROW(KEYCTL, 10, 3, IN, TEXT(0)), ROW(KEYCTL, 11, 2, OUT, BYTES(RESULT)),
	ROW(KEYCTL, 12, 2, IN, BYTES(3)), ROW(KEYCTL, 17, 2, OUT, BYTES(RESULT)),
	ROW(KEYCTL, 20, 2, IN, EYAS_FETCH_IOV, 0, 0, 0), ROW(KEYCTL, 23, 1, IN, FIXED(12)),
	ROW(KEYCTL, 24, 3, IN, TEXT(0)), ROW(KEYCTL, 24, 4, OUT, FIXED(56)),
	ROW(KEYCTL, 25, 1, IN, FIXED(40)), ROW(KEYCTL, 25, 2, IN, TEXT(0)),
	ROW(KEYCTL, 26, 1, IN, FIXED(40)), ROW(KEYCTL, 26, 2, IN, TEXT(0)),
	ROW(KEYCTL, 27, 1, IN, FIXED(40)), ROW(KEYCTL, 27, 2, IN, TEXT(0)),
	ROW(KEYCTL, 28, 1, IN, FIXED(40)), ROW(KEYCTL, 28, 2, IN, TEXT(0)),
	ROW(KEYCTL, 29, 2, IN, TEXT(0)), ROW(KEYCTL, 29, 3, IN, TEXT(0)),
	ROW(KEYCTL, 31, 1, OUT, BYTES(RESULT)),

	/* QUOTAON's file; formats, infos and quotas; those of XFS */
	ROW(QUOTACTL, 0x800002, 3, IN, TEXT(PATH_MAX)), ROW(QUOTACTL, 0x800004, 3, OUT, FIXED(4)),
	ROW(QUOTACTL, 0x800005, 3, OUT, FIXED(24)), ROW(QUOTACTL, 0x800006, 3, IN, FIXED(24)),
	ROW(QUOTACTL, 0x800007, 3, OUT, STRUCT(72, 68)),
	ROW(QUOTACTL, 0x800008, 3, IN, STRUCT(72, 68)), ROW(QUOTACTL, 0x800009, 3, OUT, FIXED(72)),
	ROW(QUOTACTL, 0x5801, 3, IN, FIXED(4)), ROW(QUOTACTL, 0x5802, 3, IN, FIXED(4)),
	ROW(QUOTACTL, 0x5803, 3, OUT, FIXED(112)), ROW(QUOTACTL, 0x5804, 3, IN, FIXED(112)),
	ROW(QUOTACTL, 0x5805, 3, OUT, STRUCT(80, 68)), ROW(QUOTACTL, 0x5809, 3, OUT, FIXED(112)),
	ROW(QUOTACTL_FD, 0x800004, 3, OUT, FIXED(4)), ROW(QUOTACTL_FD, 0x800005, 3, OUT, FIXED(24)),
	ROW(QUOTACTL_FD, 0x800006, 3, IN, FIXED(24)),
	ROW(QUOTACTL_FD, 0x800007, 3, OUT, STRUCT(72, 68)),
	ROW(QUOTACTL_FD, 0x800008, 3, IN, STRUCT(72, 68)),
	ROW(QUOTACTL_FD, 0x800009, 3, OUT, FIXED(72)), ROW(QUOTACTL_FD, 0x5801, 3, IN, FIXED(4)),
	ROW(QUOTACTL_FD, 0x5802, 3, IN, FIXED(4)), ROW(QUOTACTL_FD, 0x5803, 3, OUT, FIXED(112)),
	ROW(QUOTACTL_FD, 0x5804, 3, IN, FIXED(112)),
	ROW(QUOTACTL_FD, 0x5805, 3, OUT, STRUCT(80, 68)),
	ROW(QUOTACTL_FD, 0x5809, 3, OUT, FIXED(112)),

	ROW(SECCOMP, 1, 2, IN, STRUCT(16, 8)), ROW(SECCOMP, 2, 2, IN, FIXED(4)),
	ROW(SECCOMP, 3, 2, OUT, FIXED(6)),
	ROW(LANDLOCK, 1, 2, IN, FIXED(12)), ROW(LANDLOCK, 2, 2, IN, FIXED(16)),
	ROW(FSCONFIG, 1, 3, IN, TEXT(0)), ROW(FSCONFIG, 2, 3, IN, BYTES(4)),
	ROW(FSCONFIG, 3, 3, IN, TEXT(PATH_MAX)), ROW(FSCONFIG, 4, 3, IN, TEXT(PATH_MAX)),
	/* Buffers, descriptors, an eventfd, updates of descriptors, restrictions */
	ROW(URING_REGISTER, 0, 2, IN, ARRAY(3, 16, 8)), ROW(URING_REGISTER, 2, 2, IN, ARRAY(3, 4, 4)),
	ROW(URING_REGISTER, 4, 2, IN, ARRAY(3, 4, 4)), ROW(URING_REGISTER, 6, 2, IN, FIXED(16)),
	ROW(URING_REGISTER, 7, 2, IN, ARRAY(3, 4, 4)), ROW(URING_REGISTER, 11, 2, IN, ARRAY(3, 16, 16)),
	ROW(URING_ENTER, 0, 4, IN, FIXED(EYAS_SIZE_NEXT)),
	ROW(REBOOT, 0xa1b2c3d4, 3, IN, TEXT(0)),
	ROW(MODIFY_LDT, 0, 1, OUT, BYTES(RESULT)), ROW(MODIFY_LDT, 1, 1, IN, BYTES(2)),
	ROW(MODIFY_LDT, 2, 1, OUT, BYTES(RESULT)), ROW(MODIFY_LDT, 0x11, 1, IN, BYTES(2)),

	/* Calls with one case: what their table cannot say */
	ROW(GETSOCKOPT, 0, 3, OUT, MEASURED(TOLD, 4)),
	/* Nothing is written where only their number was asked for. */
	ROW(GETGROUPS, 1, 1, OUT, ARRAY(RESULT, 4, 2)), ROW(SETGROUPS, 0, 1, IN, ARRAY(0, 4, 2)),
	ROW(GETGROUPS32, 1, 1, OUT, ARRAY(RESULT, 4, 4)), ROW(SETGROUPS32, 0, 1, IN, ARRAY(0, 4, 4)),
	ROW(IO_SUBMIT, 0, 2, IN, EYAS_FETCH_POINTERS, 1, 64, 64),
	ROW(IO_CANCEL, 0, 1, IN, FIXED(64)), ROW(IO_CANCEL, 0, 2, OUT, FIXED(32)),
	ROW(IO_GETEVENTS, 0, 3, OUT, ARRAY(RESULT, 32, 32)),
	ROW(IO_GETEVENTS, 0, 5, IN, MEASURED(SIGPAIR, 0)),
	ROW(MINCORE, 0, 2, OUT, MEASURED(PAGES, 1)),
	ROW(MBIND, 0, 3, IN, MEASURED(NODES, 4)), ROW(SET_MEMPOLICY, 0, 1, IN, MEASURED(NODES, 2)),
	ROW(GET_MEMPOLICY, 0, 1, OUT, MEASURED(NODES, 2)),
	ROW(MIGRATE_PAGES, 0, 2, IN, MEASURED(NODES, 1)),
	ROW(MIGRATE_PAGES, 0, 3, IN, MEASURED(NODES, 1)),
	ROW(ROBUST_LIST, 0, 1, OUT, WORD), ROW(ROBUST_LIST, 0, 2, OUT, WORD),
	ROW(NANOSLEEP, 0, 1, CUT, STRUCT(16, 8)), ROW(CLOCK_NANOSLEEP, 0, 3, CUT, STRUCT(16, 8)),
	ROW(CLOCK_NANOSLEEP64, 0, 3, CUT, FIXED(16)),
	ROW(PSELECT6, 0, 5, IN, MEASURED(SIGPAIR, 0)),
	ROW(SIGRETURN, 0, 0, IN, MEASURED(SIGFRAME, 0)),
	ROW(MOVE_PAGES, 0, 2, IN, ARRAY(1, 8, 4)), ROW(MOVE_PAGES, 0, 3, IN, ARRAY(1, 4, 4)),
	ROW(MOVE_PAGES, 0, 4, OUT, ARRAY(1, 4, 4)),
	ROW(KEXEC_LOAD, 0, 2, IN, ARRAY(1, 32, 16)), ROW(FUTEX_REQUEUE, 0, 0, IN, FIXED(48)),
	ROW(LISTMOUNT, 0, 1, OUT, ARRAY(RESULT, 8, 8)), ROW(LSM_ATTR, 0, 1, OUT, MEASURED(TOLD, 2)),
	ROW(LSM_MODULES, 0, 0, OUT, ARRAY(RESULT, 8, 8)),
	ROW(GETDENTS, 0, 1, OUT, MEASURED(DIRENTS, RESULT)),
};

/* ---- the table ---- */

/* Where the rows of a family begin, and those of the next one. */
static u16 first_row[OF_MAX + 1] __ro_after_init;

static int compare(const void *a, const void *b)
{
	const struct row *p = a, *q = b;

	if (p->family != q->family)
		return (int)p->family - q->family;
	if (p->value != q->value)
		return p->value < q->value ? -1 : 1;
	return (int)p->arg - q->arg;
}

void __init eyas_cases_init(void)
{
	unsigned int i;

	sort(rows, ARRAY_SIZE(rows), sizeof(*rows), compare, NULL);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		first_row[rows[i].family + 1] = i + 1;
	for (i = 1; i <= OF_MAX; i++)
		if (!first_row[i])
			first_row[i] = first_row[i - 1];
}

u16 __init eyas_cases_find(const char *name)
{
	u16 i;

	for (i = 0; i < ARRAY_SIZE(families); i++)
		if (!strcmp(families[i].call, name))
			return i + 1;
	return 0;
}

static bool is_string(const struct row *row)
{
	return row->fetch == EYAS_FETCH_STRING && row->when == IN;
}

bool __init eyas_cases_arg(u16 of, u8 arg)
{
	unsigned int i;

	for (i = 0; of && i < ARRAY_SIZE(rows); i++)
		if (rows[i].family == families[of - 1].family && rows[i].arg == arg)
			return true;
	return false;
}

bool __init eyas_cases_any(u16 of, bool string)
{
	unsigned int i;

	for (i = 0; of && i < ARRAY_SIZE(rows); i++)
		if (rows[i].family == families[of - 1].family && is_string(&rows[i]) == string)
			return true;
	return false;
}

/* ---- what a row leads to ---- */

static u64 word_at(const struct eyas_fetch *f, u64 addr)
{
	unsigned long word = 0;

	BUILD_BUG_ON(sizeof(word) != sizeof(u64));
	if (copy_from_user_nofault(&word, (void __user *)(unsigned long)addr, f->compat ? 4 : 8))
		return 0;
	return f->compat ? (u32)word : word;
}

/* Bytes, their number being in memory. */
static bool fetch_told(struct eyas_fetch *f, const struct eyas_op *op)
{
	const void __user *at = (void __user *)(unsigned long)f->args[op->len];
	s32 len;

	if (copy_from_user_nofault(&len, at, sizeof(len)) || len < 0)
		return true;
	return eyas_fetch_counted(f, EYAS_BLOB_BYTES, op->arg, len, f->snaplen);
}

static bool fetch_measured(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 len = op->len == EYAS_LEN_RET ? f->ret : f->args[op->len];
	u32 word = f->compat ? 4 : 8, more = 0;

	if (f->compat)
		len = (u32)len;
	if (op->fetch == AND_WORD) {
		more = word;
		len = min_t(u64, len, U32_MAX / 2) + more;
	} else if (op->fetch == PAGES) {
		len = DIV_ROUND_UP(min_t(u64, len, S64_MAX), PAGE_SIZE);
	} else {
		len = DIV_ROUND_UP(min_t(u64, len, U32_MAX), 8 * word) * word;
	}
	return eyas_fetch_counted(f, EYAS_BLOB_BYTES, op->arg, len, f->snaplen + more);
}

/* The struct, and as BYTES of the same argument what it points to. */
static bool fetch_sigpair(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 addr = f->args[op->arg], set;
	u32 word = f->compat ? 4 : 8;

	if (!eyas_fetch_counted(f, EYAS_BLOB_STRUCT, op->arg, 2 * word, 2 * word))
		return false;
	set = word_at(f, addr);
	if (!set || word_at(f, addr + word) != sizeof(sigset_t))
		return true;
	return eyas_fetch_at(f, EYAS_BLOB_BYTES, op->arg, set, sizeof(sigset_t), sizeof(sigset_t));
}

static bool fetch_sigframe(struct eyas_fetch *f, const struct eyas_op *op)
{
	/* After the call the stack is another one. */
	if (f->flags)
		return true;
	return eyas_fetch_at(f, EYAS_BLOB_STRUCT, op->arg,
			     eyas_arch_sigframe_mask(current_pt_regs(), f->compat),
			     sizeof(sigset_t), sizeof(sigset_t));
}

static bool fetch_row(struct eyas_fetch *f, const struct row *row)
{
	const struct eyas_op op = {
		.fetch = row->fetch,
		.arg = row->arg,
		.len = row->len,
		.size = f->compat ? row->compat : row->native,
	};

	if (op.fetch != SIGFRAME && !f->args[op.arg])
		return true;
	switch (op.fetch) {
	case TOLD:
		return fetch_told(f, &op);
	case AND_WORD:
	case PAGES:
	case NODES:
		return fetch_measured(f, &op);
	case SIGPAIR:
		return fetch_sigpair(f, &op);
	case SIGFRAME:
		return fetch_sigframe(f, &op);
	case DIRENTS:
		return eyas_fetch_counted(f, EYAS_BLOB_BYTES, op.arg, f->ret, DIRENTS_MAX);
	case EYAS_FETCH_STRUCT:
		/* A command of another ABI. */
		if (!op.size)
			return true;
		fallthrough;
	default:
		return eyas_fetch_op(f, &op);
	}
}

/* ---- which rows hold ---- */

/* Whether the call that has ended wrote it. */
static bool wrote(const struct eyas_fetch *f, const struct row *row)
{
	if (row->when & CUT)
		return f->ret == -EINTR || f->ret == -ERESTART_RESTARTBLOCK;
	return (row->when & OUT) && !IS_ERR_VALUE((unsigned long)f->ret);
}

/* One row at entry, or after the call; @again: arguments in it that it was given count. */
static bool take_row(struct eyas_fetch *f, const struct row *row, bool after, u8 again)
{
	bool ok;

	if (after && wrote(f, row))
		f->flags = EYAS_BLOB_F_OUT;
	else if ((row->when & IN) && (!after || (again & (1U << row->arg))))
		f->flags = after ? EYAS_BLOB_F_REREAD : 0;
	else
		return true;
	ok = fetch_row(f, row);
	f->flags = after ? EYAS_BLOB_F_REREAD : 0;
	return ok;
}

/* Requests that are in no table tell themselves how much they read and write. */
static bool take_ioctl(struct eyas_fetch *f, u32 request, bool after, u8 again)
{
	const struct row row = {
		.arg = 2,
		.when = (_IOC_DIR(request) & _IOC_WRITE ? IN : 0) |
			(_IOC_DIR(request) & _IOC_READ ? OUT : 0),
		.fetch = EYAS_FETCH_STRUCT,
		.native = _IOC_SIZE(request),
		.compat = _IOC_SIZE(request),
	};

	return take_row(f, &row, after, again);
}

bool eyas_cases_fetch(struct eyas_fetch *f, const struct eyas_op *op)
{
	const struct family_of *of = &families[op->size - 1];
	u32 value = (u32)f->args[of->arg] >> of->shift & of->mask;
	/* For the row before all of them, if there is none. */
	const struct row *row, key = { .family = of->family, .value = of->some ? !!value : value };
	bool after = f->flags & EYAS_BLOB_F_REREAD, ok = true;
	unsigned int low = first_row[of->family], high = first_row[of->family + 1], end = high;
	u8 again = f->faults;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (compare(&rows[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (row = &rows[low]; ok && row < &rows[end] && row->value == key.value; row++)
		if (is_string(row) == op->len)
			ok = take_row(f, row, after, again);
	if (row == &rows[low] && of->family == OF_IOCTL)
		ok = take_ioctl(f, value, after, again);
	if (!after)
		f->faults |= 1U << EYAS_CASE_ARG;
	return ok;
}
