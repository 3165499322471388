/* SPDX-License-Identifier: Apache-2.0 */
/* user.* and group.*. */
#include <sys/syscall.h>
#include "fields.h"
#include "unit.h"

static const struct eyas_field_case alice[] = {
	{ "user.uid", "1001" }, { "user.name", "alice" }, { "user.homedir", "/home/alice" },
	{ "user.shell", "/bin/zsh" }, { "user.loginuid", "1001" },
	{ "user.loginname", "alice" }, { "group.gid", "1001" }, { "group.name", "alice" },
	{ 0 },
};

static const struct eyas_field_case root[] = {
	{ "user.uid", "0" }, { "user.name", "root" }, { "user.homedir", "/root" },
	{ "user.shell", "/bin/bash" }, { "user.loginuid", "-1" },
	{ "user.loginname", "<NA>" }, { "group.gid", "0" }, { "group.name", "root" }, { 0 },
};

/* Nobody has that number: a value, for rules ask for it. */
static const struct eyas_field_case nobody[] = {
	{ "user.uid", "4242" }, { "user.name", "<NA>" }, { "user.homedir", "<NA>" },
	{ "user.shell", "<NA>" }, { "user.loginuid", "4243" }, { "user.loginname", "<NA>" },
	{ "group.gid", "4244" }, { "group.name", "<NA>" }, { 0 },
};

static const struct eyas_field_case stranger[] = {
	{ "user.uid", NULL }, { "user.name", NULL }, { "user.homedir", NULL },
	{ "user.shell", NULL }, { "user.loginuid", NULL }, { "user.loginname", NULL },
	{ "group.gid", NULL }, { "group.name", NULL }, { 0 },
};

START_TEST(by_process)
{
	struct eyas_fields f;
	struct eyas_task *t;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_fields_expect(&f, alice);
	eyas_rec_by(&f.b, 100);
	eyas_rec_sys(&f.b, SYS_getpid, 100);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, root);
	eyas_rec_by(&f.b, 500);
	t = eyas_rec_exec(&f.b, "x");
	t->euid = 4242;
	t->loginuid = 4243;
	t->egid = 4244;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, nobody);
	eyas_rec_by(&f.b, 600);
	eyas_rec_sys(&f.b, SYS_getpid, 600);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, stranger);
	eyas_fields_release(&f);
}
END_TEST

/* What a process may do is by its effective ids, whoever started it. */
START_TEST(effective_ids)
{
	struct eyas_fields f;
	struct eyas_task *t;

	eyas_fields_create(&f);
	t = eyas_rec_exec(&f.b, "sudo");
	t->uid = t->gid = 1001;
	t->euid = t->egid = 33;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "user.uid", "33" }, { "user.name", "www-data" }, { "group.gid", "33" },
		{ "group.name", "www-data" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Root is root, though its files be gone. */
START_TEST(without_passwd)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fakeroot_unlink(&f.root, "etc/passwd");
	eyas_fakeroot_unlink(&f.root, "etc/group");
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "user.name", "root" }, { "user.homedir", "/root" }, { "user.shell", "<NA>" },
		{ "group.name", "root" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(all_rows)
{
	static const struct eyas_field_case *const lists[] = { alice, root, nobody, stranger,
							       NULL };

	eyas_fields_covered("user", lists, NULL);
	eyas_fields_covered("group", lists, NULL);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, by_process);
	tcase_add_test(tc, effective_ids);
	tcase_add_test(tc, without_passwd);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("field_user", fill)
