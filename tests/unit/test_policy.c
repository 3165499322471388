// SPDX-License-Identifier: Apache-2.0
/* What is recorded, put together from names of calls. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "event/syscall.h"
#include "source/policy.h"
#include "unit.h"

static struct eyas_policy p;

static void setup(void)
{
	memset(&p, 0xff, sizeof(p));
	eyas_policy_init(&p);
}

static unsigned int selected(unsigned int abi)
{
	unsigned int n = p.other[abi] != 0;

	for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
		n += p.plan[abi][nr] != 0;
	return n;
}

START_TEST(nothing_is_selected_at_first)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		ck_assert_uint_eq(selected(abi), 0);
	ck_assert_uint_eq(p.events, 0);
	ck_assert_uint_eq(p.wake_us, UINT32_MAX);
	ck_assert_uint_eq(p.bulk_size, 0);
	ck_assert_uint_eq(p.snaplen, 0);
}
END_TEST

START_TEST(a_name_selects_its_call_in_each_abi)
{
	ck_assert_int_eq(eyas_policy_add(&p, "openat", EYAS_PLAN_STRINGS), 0);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][257], EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X32][257], EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS);
	ck_assert_uint_eq(selected(EYAS_ABI_X86_64), 1);
	ck_assert_uint_eq(selected(EYAS_ABI_X32), 1);
}
END_TEST

START_TEST(abis_have_numbers_of_their_own)
{
	ck_assert_int_eq(eyas_policy_add(&p, "execve", 0), 0);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_execve], EYAS_PLAN_RECORD);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X32][520], EYAS_PLAN_RECORD);
	ck_assert_uint_eq(selected(EYAS_ABI_X32), 1);
}
END_TEST

START_TEST(other_names_mean_the_same_call)
{
	ck_assert_int_eq(eyas_policy_add(&p, "setuid32", 0), 0);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][105], EYAS_PLAN_RECORD);
	ck_assert_int_eq(eyas_policy_add(&p, "pread", 0), 0);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][17], EYAS_PLAN_RECORD);
	ck_assert_uint_eq(selected(EYAS_ABI_X86_64), 2);
}
END_TEST

START_TEST(every_abi_has_what_an_abi_has_by_that_name)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		unsigned int len;
		const struct eyas_syscall *table = eyas_syscall_table(abi, &len);

		for (unsigned int nr = 0; nr < len; nr++) {
			if (!table[nr].name)
				continue;
			eyas_policy_init(&p);
			ck_assert_int_eq(eyas_policy_add(&p, table[nr].name, 0), 0);
			ck_assert_uint_eq(p.plan[abi][nr], EYAS_PLAN_RECORD);
		}
	}
}
END_TEST

START_TEST(names_that_are_no_calls)
{
	static const char *const names[] = {
		"", "no_such_call", "procexit", "switch", "container", "cloned",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert_int_eq(eyas_policy_add(&p, names[i], 0), -ENOENT);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		ck_assert_uint_eq(selected(abi), 0);
}
END_TEST

START_TEST(wishes_are_united)
{
	static const struct { uint8_t a, b, want; } cases[] = {
		{ 0, 0, EYAS_PLAN_RECORD },
		{ EYAS_PLAN_STRINGS, EYAS_PLAN_OBJECTS,
		  EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS },
		{ EYAS_PLAN_NO_FAILED, EYAS_PLAN_NO_FAILED,
		  EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED },
		{ EYAS_PLAN_NO_FAILED, 0, EYAS_PLAN_RECORD },
		{ 0, EYAS_PLAN_NO_FAILED, EYAS_PLAN_RECORD },
		{ EYAS_PLAN_NO_FAILED, EYAS_PLAN_NO_OK, EYAS_PLAN_RECORD },
		{ EYAS_PLAN_NO_OK | EYAS_PLAN_STRINGS, EYAS_PLAN_NO_OK,
		  EYAS_PLAN_RECORD | EYAS_PLAN_NO_OK | EYAS_PLAN_STRINGS },
		{ 0xff, 0xff, EYAS_PLAN_ALL },
	};

	ck_assert_int_eq(eyas_policy_add(&p, "open", cases[_i].a), 0);
	ck_assert_int_eq(eyas_policy_add(&p, "open", cases[_i].b), 0);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][2], cases[_i].want);
}
END_TEST

START_TEST(calls_without_a_name_go_by_syscall)
{
	ck_assert_int_eq(eyas_policy_add(&p, "syscall", 0), 0);
	for (int nr = 0; nr < EYAS_NR_MAX; nr++)
		ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][nr],
				  eyas_syscall_by_nr(EYAS_ABI_X86_64, nr) ? 0 : EYAS_PLAN_RECORD);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		ck_assert_uint_eq(p.other[abi], EYAS_PLAN_RECORD);
	ck_assert_uint_eq(selected(EYAS_ABI_ARM32), EYAS_NR_MAX + 1);
}
END_TEST

START_TEST(all_is_all)
{
	eyas_policy_add_all(&p, EYAS_PLAN_STRINGS | EYAS_PLAN_NO_OK);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		ck_assert_uint_eq(selected(abi), EYAS_NR_MAX + 1);
		ck_assert_uint_eq(p.plan[abi][EYAS_NR_MAX - 1],
				  EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_NO_OK);
	}
}
END_TEST

START_TEST(widened_it_meets_both)
{
	struct eyas_policy more;
	unsigned int x86 = EYAS_ABI_X86_64;

	eyas_policy_init(&more);
	ck_assert_int_eq(eyas_policy_add(&p, "openat", EYAS_PLAN_STRINGS | EYAS_PLAN_NO_FAILED), 0);
	ck_assert_int_eq(eyas_policy_add(&p, "chdir", EYAS_PLAN_NO_OK), 0);
	ck_assert_int_eq(eyas_policy_add(&more, "openat", EYAS_PLAN_OBJECTS), 0);
	ck_assert_int_eq(eyas_policy_add(&more, "close", EYAS_PLAN_NO_FAILED), 0);
	p.events = EYAS_EVENT_EXEC;
	more.events = EYAS_EVENT_SIGNAL;
	p.bulk_size = 4096;
	more.snaplen = 200;
	eyas_policy_widen(&p, &more);
	ck_assert_uint_eq(p.plan[x86][SYS_openat],
			  EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS);
	ck_assert_uint_eq(p.plan[x86][SYS_chdir], EYAS_PLAN_RECORD | EYAS_PLAN_NO_OK);
	ck_assert_uint_eq(p.plan[x86][SYS_close], EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED);
	ck_assert_uint_eq(selected(x86), 3);
	ck_assert_uint_eq(p.events, EYAS_EVENT_EXEC | EYAS_EVENT_SIGNAL);
	ck_assert_uint_eq(p.bulk_size, 4096);
	ck_assert_uint_eq(p.snaplen, 200);
}
END_TEST

START_TEST(modules_that_cannot_tell_late_starts_tell_all)
{
	struct eyas_policy before;

	p.flags = EYAS_SESSION_F_LATE | EYAS_SESSION_F_TIMES | EYAS_SESSION_F_BRIEF;
	p.plan[EYAS_ABI_X86_64][SYS_read] = EYAS_PLAN_RECORD;
	p.plan[EYAS_ABI_X86_64][SYS_write] = EYAS_PLAN_COUNT;
	p.other[EYAS_ABI_IA32] = EYAS_PLAN_RECORD | EYAS_PLAN_DATA;
	before = p;
	eyas_policy_fit(&p, ~0ULL);
	ck_assert_mem_eq(&p, &before, sizeof(p));
	eyas_policy_fit(&p, ~(EYAS_FEATURE_LATE | EYAS_FEATURE_BRIEF));
	ck_assert_uint_eq(p.flags, EYAS_SESSION_F_TIMES);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_read], EYAS_PLAN_RECORD | EYAS_PLAN_ENTER);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_write], EYAS_PLAN_COUNT);
	ck_assert_uint_eq(p.other[EYAS_ABI_IA32],
			  EYAS_PLAN_RECORD | EYAS_PLAN_DATA | EYAS_PLAN_ENTER);
}
END_TEST

START_TEST(modules_that_cannot_tell_changes_tell_calls)
{
	struct eyas_policy before;

	p.events = EYAS_EVENT_PROCESS | EYAS_EVENT_CREDS | EYAS_EVENT_SIGNAL;
	before = p;
	eyas_policy_fit(&p, EYAS_FEATURE_SIGNALS);
	ck_assert_mem_eq(&p, &before, sizeof(p));
	eyas_policy_fit(&p, ~EYAS_FEATURE_SIGNALS);
	/* There is nothing that tells signals instead. */
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS | EYAS_EVENT_SIGNAL);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_setresuid],
			  EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED | EYAS_PLAN_OBJECTS);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X32][105], p.plan[EYAS_ABI_X86_64][105]);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_prctl], 0);
	ck_assert_uint_eq(selected(EYAS_ABI_X86_64), 9);

	eyas_policy_init(&p);
	p.events = EYAS_EVENT_COMM;
	eyas_policy_fit(&p, 0);
	ck_assert_uint_eq(p.events, 0);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_prctl],
			  EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED | EYAS_PLAN_STRINGS);
	ck_assert_uint_eq(selected(EYAS_ABI_X86_64), 1);
	/* What is not wanted is not substituted. */
	eyas_policy_init(&p);
	p.events = EYAS_EVENT_PROCESS;
	eyas_policy_fit(&p, 0);
	ck_assert_uint_eq(selected(EYAS_ABI_X86_64), 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, nothing_is_selected_at_first);
	tcase_add_test(tc, a_name_selects_its_call_in_each_abi);
	tcase_add_test(tc, abis_have_numbers_of_their_own);
	tcase_add_test(tc, other_names_mean_the_same_call);
	tcase_add_test(tc, every_abi_has_what_an_abi_has_by_that_name);
	tcase_add_test(tc, names_that_are_no_calls);
	tcase_add_loop_test(tc, wishes_are_united, 0, 8);
	tcase_add_test(tc, calls_without_a_name_go_by_syscall);
	tcase_add_test(tc, all_is_all);
	tcase_add_test(tc, modules_that_cannot_tell_late_starts_tell_all);
	tcase_add_test(tc, modules_that_cannot_tell_changes_tell_calls);
	tcase_add_test(tc, widened_it_meets_both);
}

EYAS_TEST_MAIN("policy", fill)
