// SPDX-License-Identifier: Apache-2.0
/* Descriptor tables: copy on write, bounds, and bytes that add up. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "enrich/fdtab.h"
#include "unit.h"

static struct eyas_fdpool pool;
static struct eyas_fdtab *t;

static void setup(void)
{
	pool = (struct eyas_fdpool){ .max = 1U << 20 };
	t = NULL;
}

/* All is given back, and counted so. */
static void teardown(void)
{
	eyas_fdtab_unref(t, &pool);
	ck_assert_uint_eq(pool.bytes, 0);
}

static void set(struct eyas_fdtab **tab, int32_t num, const char *name, bool cloexec)
{
	struct eyas_fdtab_fd fd = { .num = num, .type = 'f', .cloexec = cloexec };

	ck_assert_int_eq(eyas_fdtab_set(tab, &pool, &fd, name, name ? strlen(name) : 0), 0);
}

static const char *name_of(const struct eyas_fdtab *tab, int32_t num)
{
	const struct eyas_fdtab_fd *fd = eyas_fdtab_get(tab, num);

	if (!fd)
		return NULL;
	return fd->name ? fd->name->text : "";
}

START_TEST(descriptors_are_set_and_replaced)
{
	ck_assert_ptr_null(eyas_fdtab_get(NULL, 3));
	set(&t, 3, "/a", false);
	set(&t, 4, NULL, false);
	ck_assert_str_eq(name_of(t, 3), "/a");
	ck_assert_str_eq(name_of(t, 4), "");
	ck_assert_int_eq(eyas_fdtab_get(t, 3)->type, 'f');
	ck_assert_ptr_null(name_of(t, 5));
	set(&t, 3, "/longer", false);
	ck_assert_str_eq(name_of(t, 3), "/longer");
	ck_assert_uint_eq(t->len, 2);
}
END_TEST

START_TEST(duplicates_share_the_name)
{
	set(&t, 3, "/a", true);
	ck_assert_int_eq(eyas_fdtab_dup(&t, &pool, 3, 7, false), 0);
	ck_assert_ptr_eq(eyas_fdtab_get(t, 7)->name, eyas_fdtab_get(t, 3)->name);
	ck_assert(eyas_fdtab_get(t, 3)->cloexec);
	ck_assert(!eyas_fdtab_get(t, 7)->cloexec);
	ck_assert_int_eq(eyas_fdtab_dup(&t, &pool, 3, 3, false), 0);
	ck_assert(eyas_fdtab_get(t, 3)->cloexec);
	/* Of one that is not known nothing is known. */
	ck_assert_int_eq(eyas_fdtab_dup(&t, &pool, 99, 7, false), 0);
	ck_assert_ptr_null(eyas_fdtab_get(t, 7));
	ck_assert_str_eq(name_of(t, 3), "/a");
}
END_TEST

START_TEST(closing_takes_ranges)
{
	for (int i = 0; i < 10; i++)
		set(&t, i, "/x", false);
	ck_assert_int_eq(eyas_fdtab_del(&t, &pool, 3, 5), 0);
	for (int i = 0; i < 10; i++)
		ck_assert_int_eq(eyas_fdtab_get(t, i) == NULL, i >= 3 && i <= 5);
	ck_assert_int_eq(eyas_fdtab_del(&t, &pool, 5, 3), 0);
	ck_assert_int_eq(eyas_fdtab_del(&t, &pool, 3, UINT32_MAX), 0);
	ck_assert_uint_eq(t->len, 3);
	ck_assert_int_eq(eyas_fdtab_del(&t, &pool, 0, UINT32_MAX), 0);
	ck_assert_uint_eq(t->len, 0);
}
END_TEST

START_TEST(exec_closes_what_is_marked)
{
	set(&t, 0, "/tty", false);
	set(&t, 3, "/secret", true);
	set(&t, 4, "/log", false);
	ck_assert_int_eq(eyas_fdtab_exec(&t, &pool), 0);
	ck_assert_ptr_null(eyas_fdtab_get(t, 3));
	ck_assert_str_eq(name_of(t, 0), "/tty");
	ck_assert_str_eq(name_of(t, 4), "/log");
}
END_TEST

START_TEST(shared_tables_part_when_one_changes)
{
	struct eyas_fdtab *child;

	set(&t, 3, "/a", false);
	set(&t, 4, "/b", true);
	child = eyas_fdtab_ref(t);
	ck_assert_ptr_eq(child, t);
	ck_assert_int_eq(eyas_fdtab_exec(&child, &pool), 0);
	ck_assert_ptr_ne(child, t);
	ck_assert_ptr_null(eyas_fdtab_get(child, 4));
	ck_assert_str_eq(name_of(t, 4), "/b");
	set(&t, 3, "/c", false);
	ck_assert_str_eq(name_of(child, 3), "/a");
	eyas_fdtab_unref(child, &pool);

	/* The parent may go first. */
	child = eyas_fdtab_ref(t);
	eyas_fdtab_unref(t, &pool);
	t = child;
	set(&t, 9, "/d", false);
	ck_assert_str_eq(name_of(t, 3), "/c");
}
END_TEST

START_TEST(the_oldest_makes_room)
{
	for (int i = 0; i < EYAS_FDTAB_MAX; i++)
		set(&t, i, "/x", false);
	set(&t, 1000, "/new", false);
	set(&t, 1001, "/new", false);
	ck_assert_uint_eq(t->len, EYAS_FDTAB_MAX);
	ck_assert_ptr_null(eyas_fdtab_get(t, 0));
	ck_assert_ptr_null(eyas_fdtab_get(t, 1));
	ck_assert_ptr_nonnull(eyas_fdtab_get(t, 2));
	ck_assert_str_eq(name_of(t, 1000), "/new");
	ck_assert_str_eq(name_of(t, 1001), "/new");
}
END_TEST

START_TEST(what_the_pool_cannot_hold_is_forgotten_not_kept_wrong)
{
	struct eyas_fdtab_fd fd = { .num = 3, .type = 'f' };
	static char name[4000];

	memset(name, 'x', sizeof(name));
	set(&t, 3, "/old", false);
	set(&t, 4, "/kept", false);
	pool.max = pool.bytes + 1000;
	ck_assert_int_eq(eyas_fdtab_set(&t, &pool, &fd, name, sizeof(name)), 0);
	ck_assert_uint_eq(pool.refused, 1);
	ck_assert_ptr_null(eyas_fdtab_get(t, 3));
	ck_assert_str_eq(name_of(t, 4), "/kept");
	set(&t, 5, "/fits", false);
	pool.max = pool.bytes;
	ck_assert_int_eq(eyas_fdtab_dup(&t, &pool, 4, 5, false), 0);
	ck_assert_uint_eq(pool.refused, 2);
	ck_assert_ptr_null(eyas_fdtab_get(t, 5));
	ck_assert_uint_le(pool.bytes, pool.max);
}
END_TEST

START_TEST(forks_stay_below_the_pool)
{
	struct eyas_fdtab *child[8];

	for (int i = 0; i < 100; i++)
		set(&t, i, "/some/name/of/a/file", false);
	pool.max = pool.bytes + 500;
	for (int i = 0; i < 8; i++)
		child[i] = eyas_fdtab_ref(t);
	/* Each makes the table its own, which costs as much again. */
	for (int i = 0; i < 8; i++) {
		set(&child[i], 200, "/x", false);
		ck_assert_uint_le(pool.bytes, pool.max);
	}
	for (int i = 0; i < 8; i++)
		eyas_fdtab_unref(child[i], &pool);
}
END_TEST

START_TEST(random_use_adds_up)
{
	struct eyas_fdtab *tab[4] = { NULL };
	unsigned int seed = 17;
	char name[64];

	for (int i = 0; i < 50000; i++) {
		int k = rand_r(&seed) % 4, o = rand_r(&seed) % 4;
		int32_t num = rand_r(&seed) % 200;

		snprintf(name, sizeof(name), "/%d", i);
		switch (rand_r(&seed) % 6) {
		case 0:
		case 1:
			set(&tab[k], num, i % 3 ? name : NULL, i % 2);
			break;
		case 2:
			ck_assert_int_eq(eyas_fdtab_dup(&tab[k], &pool, num,
							rand_r(&seed) % 200, i % 2), 0);
			break;
		case 3:
			ck_assert_int_eq(eyas_fdtab_del(&tab[k], &pool, (uint32_t)num,
							(uint32_t)num + 3), 0);
			break;
		case 4:
			if (k != o) {
				eyas_fdtab_unref(tab[k], &pool);
				tab[k] = eyas_fdtab_ref(tab[o]);
			}
			break;
		default:
			if (i % 50 == 0)
				ck_assert_int_eq(eyas_fdtab_exec(&tab[k], &pool), 0);
			break;
		}
	}
	for (int k = 0; k < 4; k++)
		eyas_fdtab_unref(tab[k], &pool);
	ck_assert_uint_eq(pool.bytes, 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, descriptors_are_set_and_replaced);
	tcase_add_test(tc, duplicates_share_the_name);
	tcase_add_test(tc, closing_takes_ranges);
	tcase_add_test(tc, exec_closes_what_is_marked);
	tcase_add_test(tc, shared_tables_part_when_one_changes);
	tcase_add_test(tc, the_oldest_makes_room);
	tcase_add_test(tc, what_the_pool_cannot_hold_is_forgotten_not_kept_wrong);
	tcase_add_test(tc, forks_stay_below_the_pool);
	tcase_add_test(tc, random_use_adds_up);
}

EYAS_TEST_MAIN("fdtab", fill)
