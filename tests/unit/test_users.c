// SPDX-License-Identifier: Apache-2.0
/* Names of users and groups from files, garbage and changes included. */
#include <check.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "enrich/users.h"
#include "fakeroot.h"
#include "unit.h"

static struct eyas_fakeroot root;
static struct eyas_users u;

static void setup(void)
{
	eyas_fakeroot_create(&root);
	ck_assert_int_eq(eyas_users_init(&u, root.dir), 0);
	u.recheck_ns = 0;
}

static void teardown(void)
{
	eyas_users_release(&u);
	eyas_fakeroot_remove(&root);
}

static const char *name_of(uint32_t uid)
{
	const struct eyas_user *user = eyas_users_by_uid(&u, uid);

	return user ? user->name : NULL;
}

START_TEST(missing_files_are_empty)
{
	ck_assert_ptr_null(eyas_users_by_uid(&u, 0));
	ck_assert_ptr_null(eyas_users_group_by_gid(&u, 0));
	ck_assert_ptr_null(eyas_users_by_uid(&u, UINT32_MAX));
}
END_TEST

START_TEST(users_and_groups_are_found)
{
	const struct eyas_user *user;

	eyas_fakeroot_file(&root, "etc/passwd",
			   "root:x:0:0:root:/root:/bin/bash\n"
			   "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n"
			   "last:x:4294967294:1::/:");
	eyas_fakeroot_file(&root, "etc/group", "root:x:0:\nadm:x:4:syslog,me\n");
	user = eyas_users_by_uid(&u, 0);
	ck_assert_str_eq(user->name, "root");
	ck_assert_str_eq(user->home, "/root");
	ck_assert_str_eq(user->shell, "/bin/bash");
	ck_assert_str_eq(name_of(33), "www-data");
	user = eyas_users_by_uid(&u, 4294967294U);
	ck_assert_str_eq(user->name, "last");
	ck_assert_str_eq(user->shell, "");
	ck_assert_ptr_null(name_of(1));
	ck_assert_str_eq(eyas_users_group_by_gid(&u, 4)->name, "adm");
	ck_assert_ptr_null(eyas_users_group_by_gid(&u, 4)->home);
	ck_assert_ptr_null(eyas_users_group_by_gid(&u, 33));
}
END_TEST

START_TEST(garbage_is_skipped)
{
	eyas_fakeroot_file(&root, "etc/passwd",
			   "\n:\n::\n:::::::\n"
			   "#root:x:5:0::/:/bin/sh\n"
			   ":x:5:0::/:/bin/sh\n"
			   "neg:x:-5:0::/:/bin/sh\n"
			   "plus:x:+5:0::/:/bin/sh\n"
			   "blank:x: 5:0::/:/bin/sh\n"
			   "hex:x:0x5:0::/:/bin/sh\n"
			   "none:x::0::/:/bin/sh\n"
			   "unset:x:4294967295:0::/:/bin/sh\n"
			   "huge:x:99999999999999999999:0::/:/bin/sh\n"
			   "short:x:7\n"
			   "colons:x:8:0:a:/h:/s:more:and:more\n"
			   "good:x:6:0::/:/bin/sh\n"
			   "second:x:6:0::/:/bin/sh\n"
			   "+@netgroup::::::\n");
	ck_assert_ptr_null(name_of(5));
	ck_assert_ptr_null(name_of(0));
	ck_assert_ptr_null(name_of(UINT32_MAX));
	ck_assert_str_eq(name_of(6), "good");	/* the first one counts */
	ck_assert_str_eq(name_of(7), "short");
	ck_assert_ptr_null(eyas_users_by_uid(&u, 7)->home);
	ck_assert_str_eq(name_of(8), "colons");
}
END_TEST

START_TEST(binary_files_do_no_harm)
{
	static const char data[] = "a:x:1:\0b:x:2:\n\0\0\n:\377\376:3:\nc:x:4:";

	eyas_fakeroot_bytes(&root, "etc/group", data, sizeof(data) - 1);
	ck_assert_str_eq(eyas_users_group_by_gid(&u, 1)->name, "a");
	ck_assert_ptr_null(eyas_users_group_by_gid(&u, 2));
	ck_assert_str_eq(eyas_users_group_by_gid(&u, 4)->name, "c");
}
END_TEST

START_TEST(changes_are_seen_and_names_outlive_one_reload)
{
	const char *old;

	eyas_fakeroot_file(&root, "etc/passwd", "one:x:1:1::/:/bin/sh\n");
	old = name_of(1);
	ck_assert_str_eq(old, "one");
	eyas_fakeroot_file(&root, "etc/passwd", "other:x:1:1::/:/bin/sh\n");
	ck_assert_str_eq(name_of(1), "other");
	ck_assert_str_eq(old, "one");
	eyas_fakeroot_unlink(&root, "etc/passwd");
	ck_assert_ptr_null(name_of(1));
	eyas_fakeroot_file(&root, "etc/passwd", "back:x:1:1::/:/bin/sh\n");
	ck_assert_str_eq(name_of(1), "back");
}
END_TEST

START_TEST(files_are_not_looked_at_each_time)
{
	u.recheck_ns = 3600ULL * 1000000000;
	eyas_fakeroot_file(&root, "etc/passwd", "one:x:1:1::/:/bin/sh\n");
	ck_assert_str_eq(name_of(1), "one");
	eyas_fakeroot_file(&root, "etc/passwd", "other:x:1:1::/:/bin/sh\n");
	ck_assert_str_eq(name_of(1), "one");
	u.recheck_ns = 0;
	ck_assert_str_eq(name_of(1), "other");
}
END_TEST

/* A fifo in its place must not stop us. */
START_TEST(what_is_no_file_is_not_opened)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/etc/passwd", root.dir);
	eyas_fakeroot_file(&root, "etc/passwd", "");
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ptr_null(name_of(0));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, missing_files_are_empty);
	tcase_add_test(tc, users_and_groups_are_found);
	tcase_add_test(tc, garbage_is_skipped);
	tcase_add_test(tc, binary_files_do_no_harm);
	tcase_add_test(tc, changes_are_seen_and_names_outlive_one_reload);
	tcase_add_test(tc, files_are_not_looked_at_each_time);
	tcase_add_test(tc, what_is_no_file_is_not_opened);
}

EYAS_TEST_MAIN("users", fill)
