/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A test program: one suite with one test case, filled by @fill.
 *
 *	static void fill(TCase *tc) { tcase_add_test(tc, name); }
 *	EYAS_TEST_MAIN("file", fill)
 *
 * Each test runs in a process of its own, with the top folder of the
 * repository as working directory. CK_FORK=no for a debugger, CK_RUN_CASE and
 * CK_VERBOSITY=verbose as libcheck has them.
 */
#ifndef EYAS_TEST_UNIT_H
#define EYAS_TEST_UNIT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static inline int eyas_test_run(const char *name, void (*fill)(TCase *tc))
{
	Suite *suite = suite_create(name);
	TCase *tc = tcase_create(name);
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	fill(tc);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* What cannot be tested here is said, never silent: return eyas_test_skip("..."). */
static inline void eyas_test_skip(const char *why)
{
	printf("SKIP: %s\n", why);
	fflush(stdout);
}

/* What was read must be what is wanted, byte by byte. */
#define ck_assert_bytes_eq(p, len, want)					\
	do {									\
		const char *_want = (want);					\
		size_t _len = (len);						\
		ck_assert_uint_eq(_len, strlen(_want));				\
		ck_assert_mem_eq(p, _want, _len);				\
	} while (0)

#define EYAS_TEST_MAIN(name, fill)						\
	int main(void)								\
	{									\
		return eyas_test_run(name, fill);				\
	}

#endif
