// SPDX-License-Identifier: Apache-2.0
/* How much of a call is decoded, by the tables. */
#include "decode/grade.h"
#include "unit.h"

static void ck_grade(const char *name, enum eyas_decode_grade want, unsigned int want_raw)
{
	const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X86_64, name);
	uint8_t raw;

	ck_assert_ptr_nonnull(sc);
	ck_assert_msg(eyas_decode_grade(EYAS_ABI_X86_64, sc, &raw) == want, "%s", name);
	ck_assert_msg(raw == want_raw, "%s: %x", name, raw);
}

START_TEST(grades)
{
	ck_grade("read", EYAS_DECODE_FULLY, 0);
	ck_grade("getpid", EYAS_DECODE_FULLY, 0);
	/* Where memory is to be is an address, and no more. */
	ck_grade("mmap", EYAS_DECODE_FULLY, 0);
	ck_grade("set_robust_list", EYAS_DECODE_FULLY, 0);
	/* Structs, lists, arrays. */
	ck_grade("clone3", EYAS_DECODE_FULLY, 0);
	ck_grade("poll", EYAS_DECODE_FULLY, 0);
	/* By the value of another argument, with functions of their own. */
	ck_grade("fcntl", EYAS_DECODE_FULLY, 0);
	ck_grade("futex", EYAS_DECODE_FULLY, 0);
	/* Memory that nobody looks into, beside what is decoded, and alone. */
	ck_grade("io_cancel", EYAS_DECODE_PARTLY, 1U << 1 | 1U << 2);
	ck_grade("_sysctl", EYAS_DECODE_NOT, 1U << 0);
}
END_TEST

/* Each row has a grade, and what is raw is an argument that it has. */
START_TEST(all_rows)
{
	unsigned int n = 0;

	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
			const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, nr);
			enum eyas_decode_grade grade;
			uint8_t raw;

			if (!sc || !sc->name)
				continue;
			n++;
			grade = eyas_decode_grade(abi, sc, &raw);
			ck_assert_uint_lt(raw, 1U << sc->nargs);
			ck_assert_msg((grade == EYAS_DECODE_FULLY) == !raw, "%s", sc->name);
		}
	}
	ck_assert_uint_gt(n, 350);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, grades);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("grade", fill)
