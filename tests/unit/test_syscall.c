// SPDX-License-Identifier: Apache-2.0
/* The tables of system calls: that rows make sense, and that they are found. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include "event/evtype.h"
#include "event/syscall.h"
#include "unit.h"

/* The rows in the order they are written down. */
static const struct { int nr; const char *name; } written[] = {
#define SC(number, text, ...)	{ number, #text },
#define ARG(name, kind, aux)
#include <linux/eyas_syscalls.h>
#undef ARG
#undef SC
};

#define SAME(...)	+ 1
#define SC(...)		+ 1
static const struct { unsigned int abi, rows; } abis[] = {
	{ EYAS_ABI_X86_64, 0
#include <linux/eyas_syscalls.h>
	},
	{ EYAS_ABI_X32, 0
#include <linux/eyas_syscalls.h>
	},
	{ EYAS_ABI_IA32, 0
#include <linux/eyas_syscalls_ia32.h>
	},
	{ EYAS_ABI_ARM64, 0
#include <linux/eyas_syscalls_arm64.h>
	},
};
#undef SC
#undef SAME

START_TEST(numbers_ascend_and_fit)
{
	int last = -1;

	for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		ck_assert_msg(written[i].nr > last, "%s after %d", written[i].name, last);
		last = written[i].nr;
	}
	ck_assert_int_lt(last, EYAS_NR_MAX);
	ck_assert_uint_ge(sizeof(written) / sizeof(written[0]), 385);
}
END_TEST

static bool is_buffer(uint8_t kind)
{
	return kind == EYAS_KIND_INBUF || kind == EYAS_KIND_OUTBUF;
}

/* The next argument is the number, or the length, of what this one points to. */
static bool is_counted(uint8_t kind)
{
	return kind == EYAS_KIND_INARRAY || kind == EYAS_KIND_OUTARRAY ||
	       kind == EYAS_KIND_IOARRAY || kind == EYAS_KIND_INIOV || kind == EYAS_KIND_OUTIOV ||
	       kind == EYAS_KIND_INSOCKADDR || kind == EYAS_KIND_OUTSOCKADDR;
}

static bool needs_list(uint8_t kind)
{
	return kind == EYAS_KIND_FLAGS || kind == EYAS_KIND_ENUM || kind == EYAS_KIND_CMD ||
	       kind == EYAS_KIND_INSTRUCT || kind == EYAS_KIND_OUTSTRUCT ||
	       kind == EYAS_KIND_IOSTRUCT || kind == EYAS_KIND_INARRAY ||
	       kind == EYAS_KIND_OUTARRAY || kind == EYAS_KIND_IOARRAY;
}

/* "3": an argument that is a number and not itself; "RET" only where something is filled. */
static bool length_is_right(const struct eyas_syscall *sc, int i)
{
	const struct eyas_syscall_arg *a = &sc->args[i];
	int n;

	if (!strcmp(a->aux, "RET"))
		return a->kind == EYAS_KIND_OUTBUF;
	if (strlen(a->aux) != 1 || a->aux[0] < '0' || a->aux[0] > '5')
		return false;
	n = a->aux[0] - '0';
	return n < sc->nargs && n != i &&
	       (sc->args[n].kind == EYAS_KIND_UINT || sc->args[n].kind == EYAS_KIND_INT);
}

static void check_args(const struct eyas_syscall *sc)
{
	for (int i = 0; i < 6; i++) {
		const struct eyas_syscall_arg *a = &sc->args[i];

		if (i >= sc->nargs) {
			ck_assert_msg(!a->name, "%s, %d", sc->name, i);
			continue;
		}
		ck_assert_msg(a->name && *a->name && a->kind < EYAS_KIND_MAX, "%s, %d", sc->name,
			      i);
		for (int k = 0; k < i; k++)
			ck_assert_msg(strcmp(a->name, sc->args[k].name) != 0, "%s has two '%s'",
				      sc->name, a->name);
		if (is_buffer(a->kind))
			ck_assert_msg(length_is_right(sc, i), "%s, %s", sc->name, a->name);
		else
			ck_assert_msg(needs_list(a->kind) == (a->aux[0] != '\0'), "%s, %s: '%s'",
				      sc->name, a->name, a->aux);
		if (is_counted(a->kind))
			ck_assert_msg(i + 1 < sc->nargs, "%s, %s", sc->name, a->name);
	}
}

START_TEST(rows_make_sense)
{
	unsigned int abi = abis[_i].abi, len, rows = 0;
	const struct eyas_syscall *table = eyas_syscall_table(abi, &len);

	for (unsigned int nr = 0; nr < len; nr++) {
		const struct eyas_syscall *sc = &table[nr];

		if (!sc->name)
			continue;
		rows++;
		ck_assert_uint_eq(sc->nr, nr);
		ck_assert_uint_lt(sc->ret, EYAS_RET_MAX);
		ck_assert_uint_lt(sc->cls, EYAS_CLASS_MAX);
		ck_assert_uint_lt(sc->lane, EYAS_LANE_MAX);
		ck_assert_uint_lt(sc->evtype, EYAS_EVT_MAX);
		ck_assert_uint_le(sc->nargs, 6);
		check_args(sc);
		ck_assert_ptr_eq(eyas_syscall_by_nr(abi, (int)nr), sc);
		ck_assert_ptr_eq(eyas_syscall_by_name(abi, sc->name), sc);
	}
	ck_assert_uint_eq(rows, abis[_i].rows);
}
END_TEST

START_TEST(numbers_are_those_of_the_kernel)
{
	static const struct { int nr; const char *name; uint8_t nargs, ret; } known[] = {
#ifdef __x86_64__
		{ SYS_read, "read", 3, EYAS_RET_INT },
		{ SYS_open, "open", 3, EYAS_RET_FD },
#endif
		{ SYS_execve, "execve", 3, EYAS_RET_ERR },
		{ SYS_openat, "openat", 4, EYAS_RET_FD },
		{ SYS_connect, "connect", 3, EYAS_RET_ERR },
		{ SYS_mmap, "mmap", 6, EYAS_RET_ADDR },
		{ SYS_sched_yield, "sched_yield", 0, EYAS_RET_ERR },
		{ SYS_clone3, "clone3", 2, EYAS_RET_PID },
		{ SYS_openat2, "openat2", 4, EYAS_RET_FD },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X86_64,
								     known[i].name);

		ck_assert_msg(sc != NULL, "%s", known[i].name);
		ck_assert_int_eq(sc->nr, known[i].nr);
		ck_assert_uint_eq(sc->evtype, sc->nr);
		ck_assert_uint_eq(sc->nargs, known[i].nargs);
		ck_assert_uint_eq(sc->ret, known[i].ret);
	}
}
END_TEST

/* "#define __NR_name number" of a header of the kernel, to the number of @abi. */
static unsigned int check_header(const char *path, unsigned int abi)
{
	FILE *f = fopen(path, "re");
	unsigned int n = 0, nr;
	char line[256], name[64];

	while (f && fgets(line, sizeof(line), f)) {
		const struct eyas_syscall *sc;

		if (sscanf(line, "#define __NR_%63s (__X32_SYSCALL_BIT + %u)", name, &nr) != 2 &&
		    sscanf(line, "#define __NR_%63s %u", name, &nr) != 2)
			continue;
		sc = eyas_syscall_by_nr(abi, (int)nr);
		ck_assert_msg(sc && !strcmp(sc->name, name), "%s: %s is %u", path, name, nr);
		n++;
	}
	if (f)
		fclose(f);
	else
		fprintf(stderr, "SKIP: no %s\n", path);
	return n;
}

START_TEST(other_abis_are_those_of_the_kernel)
{
	unsigned int n = check_header("/usr/include/x86_64-linux-gnu/asm/unistd_32.h",
				      EYAS_ABI_IA32);

	ck_assert_msg(!n || n > 400, "%u", n);
	n = check_header("/usr/include/x86_64-linux-gnu/asm/unistd_x32.h", EYAS_ABI_X32);
	ck_assert_msg(!n || n > 340, "%u", n);
	n = check_header("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", EYAS_ABI_X86_64);
	ck_assert_msg(!n || n > 350, "%u", n);
}
END_TEST

/* Rows that say "the same", rows of their own, and the types of both. */
START_TEST(ia32_and_arm64)
{
	static const struct {
		unsigned int abi;
		int nr;
		const char *name, *type;
		uint8_t nargs;
	} rows[] = {
		{ EYAS_ABI_IA32, 3, "read", "read", 3 },
		{ EYAS_ABI_IA32, 11, "execve", "execve", 3 },
		{ EYAS_ABI_IA32, 17, "break", "break", 0 },
		{ EYAS_ABI_IA32, 82, "select", "select", 1 },
		{ EYAS_ABI_IA32, 180, "pread64", "pread64", 5 },
		{ EYAS_ABI_IA32, 192, "mmap2", "mmap", 6 },
		{ EYAS_ABI_IA32, 195, "stat64", "stat", 2 },
		{ EYAS_ABI_IA32, 213, "setuid32", "setuid", 1 },
		{ EYAS_ABI_IA32, 295, "openat", "openat", 4 },
		{ EYAS_ABI_IA32, 300, "fstatat64", "newfstatat", 4 },
		{ EYAS_ABI_IA32, 403, "clock_gettime64", "clock_gettime", 2 },
		{ EYAS_ABI_IA32, 454, "futex_wake", "futex_wake", 4 },
		{ EYAS_ABI_ARM64, 56, "openat", "openat", 4 },
		{ EYAS_ABI_ARM64, 220, "clone", "clone", 5 },
		{ EYAS_ABI_ARM64, 221, "execve", "execve", 3 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct eyas_syscall *sc = eyas_syscall_by_nr(rows[i].abi, rows[i].nr);

		ck_assert_msg(sc && !strcmp(sc->name, rows[i].name), "%s", rows[i].name);
		ck_assert_uint_eq(sc->nargs, rows[i].nargs);
		ck_assert_int_eq(sc->evtype, eyas_evtype_by_name(rows[i].type));
		ck_assert_int_eq(eyas_evtype_by_name(rows[i].name), sc->evtype);
	}
	/* In this order there, unlike here. */
	ck_assert_str_eq(eyas_syscall_by_nr(EYAS_ABI_ARM64, 220)->args[3].name, "tls");
	ck_assert_str_eq(eyas_syscall_by_name(EYAS_ABI_X86_64, "clone")->args[4].name, "tls");
	ck_assert_ptr_null(eyas_syscall_by_nr(EYAS_ABI_IA32, 285));
	ck_assert_ptr_null(eyas_syscall_by_nr(EYAS_ABI_ARM32, 1));
}
END_TEST

START_TEST(arguments_are_told)
{
	const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X86_64, "openat");

	ck_assert_uint_eq(sc->cls, EYAS_CLASS_FILE);
	ck_assert_uint_eq(sc->lane, EYAS_LANE_BULK);
	ck_assert_uint_eq(sc->trace, EYAS_TRACE_FILE | EYAS_TRACE_DESC);
	ck_assert_str_eq(sc->args[0].name, "dfd");
	ck_assert_uint_eq(sc->args[0].kind, EYAS_KIND_DIRFD);
	ck_assert_str_eq(sc->args[0].aux, "");
	ck_assert_uint_eq(sc->args[1].kind, EYAS_KIND_PATH);
	ck_assert_str_eq(sc->args[2].aux, "open");
	ck_assert_uint_eq(eyas_syscall_by_name(EYAS_ABI_X86_64, "setuid")->lane, EYAS_LANE_CRIT);
}
END_TEST

START_TEST(x32_has_numbers_of_its_own)
{
	static const struct { const char *name; int nr; } own[] = {
		{ "rt_sigaction", 512 }, { "ioctl", 514 }, { "execve", 520 }, { "ptrace", 521 },
		{ "waitid", 529 }, { "execveat", 545 }, { "preadv2", 546 }, { "pwritev2", 547 },
		{ "openat", 257 }, { "read", 0 },
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		const struct eyas_syscall *sc = eyas_syscall_by_nr(EYAS_ABI_X32,
								   0x40000000 + own[i].nr);

		ck_assert_msg(sc && !strcmp(sc->name, own[i].name), "%d", own[i].nr);
		ck_assert_int_eq(sc->nr, own[i].nr);
		ck_assert_uint_eq(sc->evtype,
				  eyas_syscall_by_name(EYAS_ABI_X86_64, own[i].name)->nr);
		ck_assert_ptr_eq(eyas_syscall_by_nr(EYAS_ABI_X32, own[i].nr), sc);
	}
	/* The number that x86_64 has for it is none. */
	ck_assert_ptr_null(eyas_syscall_by_nr(EYAS_ABI_X32, 0x40000000 + SYS_execve));
	ck_assert_ptr_null(eyas_syscall_by_nr(EYAS_ABI_X32, 0x40000000 + 548));
}
END_TEST

START_TEST(anything_may_be_asked)
{
	static const int nrs[] = {
		-1, INT32_MIN, INT32_MAX, 0x40000000, EYAS_NR_MAX - 1, 100000, 400,
	};
	unsigned int len = 1;

	for (unsigned int abi = 0; abi < 300; abi++) {
		for (size_t i = 0; i < sizeof(nrs) / sizeof(nrs[0]); i++) {
			const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, nrs[i]);

			/* x32 read */
			if (abi == EYAS_ABI_X32 && nrs[i] == 0x40000000)
				ck_assert_str_eq(sc->name, "read");
			else if (abi == EYAS_ABI_IA32 && nrs[i] == 400)
				ck_assert_str_eq(sc->name, "msgsnd");
			else
				ck_assert_msg(!sc, "ABI %u, %d", abi, nrs[i]);
		}
		ck_assert_ptr_null(eyas_syscall_by_name(abi, "no_such_call"));
		ck_assert_ptr_null(eyas_syscall_by_name(abi, ""));
	}
	ck_assert_ptr_null(eyas_syscall_table(EYAS_ABI_MAX, &len));
	ck_assert_uint_eq(len, 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, numbers_ascend_and_fit);
	tcase_add_loop_test(tc, rows_make_sense, 0, sizeof(abis) / sizeof(abis[0]));
	tcase_add_test(tc, numbers_are_those_of_the_kernel);
	tcase_add_test(tc, other_abis_are_those_of_the_kernel);
	tcase_add_test(tc, ia32_and_arm64);
	tcase_add_test(tc, arguments_are_told);
	tcase_add_test(tc, x32_has_numbers_of_its_own);
	tcase_add_test(tc, anything_may_be_asked);
}

EYAS_TEST_MAIN("syscall", fill)
